package work

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"baton/internal/ical"
)

func TestTheNextReview(t *testing.T) {
	day := func(s string) ical.Date {
		if s == "" {
			return ical.Date{}
		}
		d, err := ical.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		name        string
		weekday     int
		last, today string
		want        string
	}{
		{"none yet, and it is the day", 5, "", "2026-11-27", "2026-11-27"},
		{"none yet, and the day is to come", 5, "", "2026-11-25", "2026-11-27"},
		{"a week later", 5, "2026-11-27", "2026-11-27", "2026-12-04"},
		{"a day late keeps the day", 5, "2026-11-28", "2026-12-01", "2026-12-04"},
		{"two days late skips one", 5, "2026-11-29", "2026-12-01", "2026-12-11"},
		{"long ago", 1, "2026-06-01", "2026-11-25", "2026-11-30"},
		{"on a Sunday", 7, "", "2026-11-25", "2026-11-29"},
		{"never", 0, "", "2026-11-27", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, some := NextReview(c.weekday, day(c.last), day(c.today))
			if got.String() != c.want || some != (c.want != "") {
				t.Errorf("the next is on %q, want %q", got, c.want)
			}
		})
	}
}

func TestAWeekBeginsOnMonday(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := ical.Date{Year: 2026, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 4000).Draw(t, "days"))
		week := WeekOf(day)
		if week.Weekday() != time.Monday || ical.DaysBetween(week, day) < 0 || ical.DaysBetween(week, day) > 6 {
			t.Fatalf("%s is in the week of %s", day, week)
		}
	})
}

func TestStepsOfAReview(t *testing.T) {
	var r Review
	for _, p := range ReviewParts {
		if r.Next() != p.Step {
			t.Fatalf("%s comes next, want %s", r.Next(), p.Step)
		}
		if err := r.Step(p.Step, true); err != nil {
			t.Fatal(err)
		}
		if err := r.Step(p.Step, true); err != nil { // done twice is done
			t.Fatal(err)
		}
	}
	if r.Next() != "" || len(r.Done) != len(ReviewParts) {
		t.Errorf("%q comes next of %v", r.Next(), r.Done)
	}
	if err := r.Step(ReviewStuck, false); err != nil || r.Next() != ReviewStuck {
		t.Errorf("%q comes next, %v", r.Next(), err)
	}
	if r.Step("lunch", true) == nil {
		t.Error("lunch is a step")
	}
	minutes := 0
	for _, p := range ReviewParts {
		minutes += p.Minutes
	}
	if minutes != 10 {
		t.Errorf("a review takes %d minutes", minutes)
	}
}

func TestWhatIsStuck(t *testing.T) {
	now := time.Date(2026, 11, 27, 15, 0, 0, 0, time.UTC)
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	for _, c := range []struct {
		name   string
		level  Level
		events []Event
		next   time.Time
		want   bool
	}{
		{"quiet for two weeks", 3, []Event{{Kind: AcceptedTerms, At: ago(15)}}, time.Time{}, true},
		{"quiet for a week", 3, []Event{{Kind: AcceptedTerms, At: ago(7)}}, time.Time{}, false},
		{"a check-in is to come", 3, []Event{{Kind: AcceptedTerms, At: ago(20)}}, now.AddDate(0, 0, 5), false},
		{"silence is what was agreed", 6, []Event{{Kind: AcceptedTerms, At: ago(60)}}, time.Time{}, false},
		{"stuck and left alone", 6, []Event{{Kind: CheckedIn, At: ago(1), Detail: Detail{Status: Stuck}}}, now.AddDate(0, 0, 5), true},
		{"needs the giver", 3, []Event{{Kind: CheckedIn, At: ago(1), Detail: Detail{Status: NeedYou}}}, time.Time{}, true},
		{"on track", 3, []Event{{Kind: CheckedIn, At: ago(1), Detail: Detail{Status: OnTrack}}}, time.Time{}, false},
		{"stuck and helped", 3, []Event{{Kind: CheckedIn, At: ago(2), Detail: Detail{Status: Stuck}}, {Kind: SupportGiven, At: ago(1)}}, time.Time{}, false},
		{"nothing happened at all", 3, nil, time.Time{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &Delegation{State: Active, Receiver: 2, NextCheckIn: c.next, Terms: Terms{Authority: Authority{Level: c.level}}}
			if why, got := d.Stuck(c.events, now); got != c.want {
				t.Errorf("stuck %v (%s), want %v", got, why, c.want)
			}
			d.State = Ended
			if _, got := d.Stuck(c.events, now); got {
				t.Error("what has ended is stuck")
			}
		})
	}
}

func TestThanksThatAreOwed(t *testing.T) {
	now := time.Date(2026, 11, 27, 15, 0, 0, 0, time.UTC)
	at := func(days int, kind EventKind, d Detail) Event {
		return Event{Kind: kind, At: now.AddDate(0, 0, -days), Person: 2, Detail: d}
	}
	for _, c := range []struct {
		name   string
		events []Event
		want   string
	}{
		{"a delivery", []Event{at(3, DeliveryAccepted, Detail{})}, "what was delivered"},
		{"the end of it", []Event{at(3, DeliveryAccepted, Detail{}), at(3, EndedNow, Detail{Outcome: Completed})}, "it is done"},
		{"handed back", []Event{at(3, EndedNow, Detail{Outcome: HandedBack})}, ""},
		{"turns", []Event{at(9, TurnAccepted, Detail{}), at(2, TurnAccepted, Detail{})}, "2 turns done"},
		{"thanked", []Event{at(9, DeliveryAccepted, Detail{}), at(2, Thanked, Detail{})}, ""},
		{"long ago", []Event{at(40, DeliveryAccepted, Detail{})}, ""},
		{"thanked long ago for something else", []Event{at(60, Thanked, Detail{}), at(2, DeliveryAccepted, Detail{})}, "what was delivered"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &Delegation{Giver: 1, Receiver: 2}
			if got, owed := d.ThanksOwed(c.events, now); got != c.want || owed != (c.want != "") {
				t.Errorf("owed for %q, want %q", got, c.want)
			}
		})
	}
	d := &Delegation{Giver: 1, Receiver: 2}
	back := Event{Kind: Thanked, At: now, Person: 1} // the receiver thanks the giver
	if _, owed := d.ThanksOwed([]Event{at(3, DeliveryAccepted, Detail{}), back}, now); !owed {
		t.Error("thanks of the other side count for the giver's")
	}
}
