package learn

import (
	"testing"

	"pgregory.net/rapid"

	"baton/internal/ical"
	"baton/internal/work"
)

func good(level work.Level) Round {
	return Round{Level: level, Giver: said(4, 3, 3), Receiver: said(5, 3, 3)}
}

func poor(level work.Level) Round {
	return Round{Level: level, Giver: said(2, 3, 3), Receiver: said(2, 3, 3)}
}

func TestNextLevel(t *testing.T) {
	returned := good(3)
	returned.Returned = 1
	unfree := good(3)
	unfree.Receiver.Free = 2
	fair := Round{Level: 3, Giver: said(3, 3, 3), Receiver: said(4, 3, 3)}
	for _, row := range []struct {
		name   string
		kind   work.DelegationKind
		now    work.Level
		agent  bool
		limit  work.Level
		rounds []Round
		want   work.Level
	}{
		{"nothing yet", work.Strategic, 3, false, 0, nil, 3},
		{"one good round", work.Strategic, 3, false, 0, []Round{good(3)}, 3},
		{"two good rounds", work.Strategic, 3, false, 0, []Round{good(3), good(3)}, 4},
		{"two good rounds, one at another level", work.Strategic, 3, false, 0, []Round{good(2), good(3)}, 3},
		{"good, fair, good", work.Strategic, 3, false, 0, []Round{good(3), fair, good(3)}, 3},
		{"something came back", work.Strategic, 3, false, 0, []Round{good(3), returned}, 3},
		{"it did not feel free", work.Strategic, 3, false, 0, []Round{good(3), unfree}, 3},
		{"two poor rounds", work.Strategic, 3, false, 0, []Round{good(3), poor(3), poor(3)}, 2},
		{"good then poor", work.Strategic, 3, false, 0, []Round{good(3), good(3), poor(3)}, 3},
		{"never below the giver's own", work.Strategic, 1, false, 0, []Round{poor(1), poor(1)}, 1},
		{"never above the receiver's own", work.Strategic, 7, false, 0, []Round{good(7), good(7)}, 7},
		{"software stays at its cap", work.Strategic, 5, true, 0, []Round{good(5), good(5)}, 5},
		{"handed on: not wider than above", work.Strategic, 4, false, 4, []Round{good(4), good(4)}, 4},
		{"an assignment takes the next sentence", work.Assignment, 2, false, 0, []Round{good(2), good(2)}, 5},
		{"an assignment back to asking first", work.Assignment, 5, false, 0, []Round{poor(5), poor(5)}, 2},
	} {
		if got := NextLevel(row.kind, row.now, row.agent, row.limit, row.rounds); got != row.want {
			t.Errorf("%s: %d, want %d", row.name, got, row.want)
		}
	}
}

func TestNextLevelIsOneStepAndInBounds(t *testing.T) {
	round := rapid.Custom(func(t *rapid.T) Round {
		score := rapid.IntRange(1, 5)
		return Round{
			work.Level(rapid.IntRange(1, 7).Draw(t, "level")), said(score.Draw(t, "outcome"), 3, 3), said(score.Draw(t, "outcome"), 3, score.Draw(t, "free")),
			rapid.IntRange(0, 1).Draw(t, "returned"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		now, agent := work.Level(rapid.IntRange(1, 7).Draw(t, "now")), rapid.Bool().Draw(t, "agent")
		rounds := rapid.SliceOfN(round, 0, 5).Draw(t, "rounds")
		next := NextLevel(work.Strategic, now, agent, 0, rounds)
		if next < now-1 || next > now+1 || next < 1 || next > 7 || agent && next > now && next > work.AgentCap {
			t.Fatalf("from %d to %d", now, next)
		}
	})
}

func TestProposeRhythm(t *testing.T) {
	for _, row := range []struct {
		name string
		c    Circumstances
		rule string
		why  string
	}{
		{"new and going on", Circumstances{Level: 3}, "FREQ=WEEKLY;BYDAY=MO", "A check-in a week: the work is new."},
		{"new and soon due", Circumstances{Level: 3, Weeks: 3}, "FREQ=WEEKLY;BYDAY=MO,TH", "Two check-ins a week: the work is new and soon due."},
		{"known", Circumstances{Level: 4, Ready: 3}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "A check-in every other week: the work is known."},
		{"well known", Circumstances{Level: 5, Ready: 5}, "FREQ=MONTHLY;BYDAY=+1MO", "A check-in a month: the work is well known."},
		{"two good rounds", Circumstances{Level: 3, Good: 2}, "FREQ=MONTHLY;BYDAY=+1MO", "A check-in a month: the work is new, and two good rounds went before."},
		{"as good as it gets", Circumstances{Level: 6, Ready: 4, Good: 4}, "", "No check-ins: the work is well known, and four good rounds went before."},
		{"a poor round", Circumstances{Level: 4, Ready: 3, Good: -1}, "FREQ=WEEKLY;BYDAY=MO", "A check-in a week: the work is known, but one poor round went before."},
		{"no closer than the level warrants", Circumstances{Level: 5, Good: -3}, "FREQ=WEEKLY;BYDAY=MO", "A check-in a week: the work is new, but three poor rounds went before; level 5 warrants no more."},
		{"theirs", Circumstances{Level: 7, Ready: 3}, "", "No check-ins: the work is known; the work is theirs."},
		{"over before it begins", Circumstances{Level: 5, Ready: 5, Weeks: 1}, "", "No check-ins: the work is well known; it is over before the first would come."},
		{"a month away", Circumstances{Level: 5, Ready: 5, Weeks: 4}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "A check-in every other week: the work is well known."},
	} {
		rule, why := ProposeRhythm(row.c)
		if rule.String() != row.rule || why != row.why {
			t.Errorf("%s: %q, %q", row.name, rule, why)
		}
	}
}

// TestRhythmHolds: never closer than the level warrants, and no closer for
// another good round, another year of practice or more authority.
func TestRhythmHolds(t *testing.T) {
	perYear := func(r ical.Rule) int64 {
		times, weeks := r.PerWeek()
		return times * 52 / weeks
	}
	rapid.Check(t, func(t *rapid.T) {
		c := Circumstances{
			work.Level(rapid.IntRange(1, 7).Draw(t, "level")), rapid.IntRange(0, 60).Draw(t, "weeks"),
			rapid.IntRange(0, 5).Draw(t, "ready"), rapid.IntRange(-4, 4).Draw(t, "good"),
		}
		rule, why := ProposeRhythm(c)
		if why == "" {
			t.Fatal("no reason")
		}
		findings := work.CheckBrief(&work.Terms{Authority: work.Authority{Level: c.Level}, CheckIn: rule}, work.BriefContext{Kind: work.Strategic})
		for _, f := range findings {
			if f.Code == "check_ins" {
				t.Fatalf("%s at level %d: %s", rule, c.Level, f.Sentence)
			}
		}
		better := c
		better.Good++
		if more, _ := ProposeRhythm(better); perYear(more) > perYear(rule) {
			t.Fatalf("after another good round %s instead of %s", more, rule)
		}
	})
}

func TestNextRhythm(t *testing.T) {
	monthly, weeklyRule, twice := ladder[1].rule, ladder[3].rule, ladder[4].rule
	unfree := Round{Level: 3, Giver: said(3, 3, 3), Receiver: said(3, 3, 2)}
	for _, row := range []struct {
		name  string
		now   ical.Rule
		level work.Level
		last  Round
		want  ical.Rule
	}{
		{"good", weeklyRule, 3, good(3), ladder[2].rule},
		{"good, from none", ical.Rule{}, 3, good(3), ical.Rule{}},
		{"good, from once a month", monthly, 3, good(3), ical.Rule{}},
		{"poor", weeklyRule, 3, poor(3), twice},
		{"poor, as close as the level warrants", weeklyRule, 5, poor(5), weeklyRule},
		{"neither, and not free", weeklyRule, 3, unfree, ladder[2].rule},
		{"neither", weeklyRule, 3, Round{Level: 3, Giver: said(3, 3, 3)}, weeklyRule},
		{"daily is closer than any proposed", ical.MustRule("FREQ=DAILY"), 2, good(2), weeklyRule},
	} {
		if got := NextRhythm(row.now, row.level, row.last); got != row.want {
			t.Errorf("%s: %s, want %s", row.name, got, row.want)
		}
	}
}

func TestEffort(t *testing.T) {
	for _, row := range []struct {
		estimate, took work.Minutes
		rounds         int
		want           work.Minutes
	}{
		{60, 90, 0, 85}, {60, 90, 1, 75}, {60, 90, 2, 70}, {60, 60, 0, 60}, {120, 30, 0, 50}, {0, 42, 0, 40}, {5, 1, 0, 5},
	} {
		if got := Effort(row.estimate, row.took, row.rounds); got != row.want {
			t.Errorf("%d took %d after %d: %d, want %d", row.estimate, row.took, row.rounds, got, row.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b, n := rapid.Int64Range(5, 6000).Draw(t, "estimate"), rapid.Int64Range(5, 6000).Draw(t, "took"), rapid.IntRange(0, 9).Draw(t, "rounds")
		got := int64(Effort(work.Minutes(a), work.Minutes(b), n))
		if got < min(a, b)-3 || got > max(a, b)+3 || got%5 != 0 {
			t.Fatalf("%d is not between %d and %d", got, a, b)
		}
	})
}

func TestRunningRhythm(t *testing.T) {
	weeklyRule, fortnight, monthly := ladder[3].rule, ladder[2].rule, ladder[1].rule
	said := func(status string) work.Event {
		return work.Event{Kind: work.CheckedIn, Detail: work.Detail{Status: status}}
	}
	ok, stuck, word := said(work.OnTrack), said(work.Stuck), said(work.NeedYou)
	today := ical.Date{Year: 2026, Month: 3, Day: 2}
	soon := ical.Due{Date: today.AddDays(13), Minute: ical.AllDay}
	for _, row := range []struct {
		name   string
		terms  work.Terms
		events []work.Event
		want   ical.Rule
	}{
		{"three on track", work.Terms{CheckIn: weeklyRule}, []work.Event{ok, ok, ok}, fortnight},
		{"two on track", work.Terms{CheckIn: weeklyRule}, []work.Event{ok, ok}, weeklyRule},
		{"one of them stuck", work.Terms{CheckIn: weeklyRule}, []work.Event{ok, stuck, ok, ok}, weeklyRule},
		{"one was missed", work.Terms{CheckIn: weeklyRule}, []work.Event{ok, ok, {Kind: work.CheckInMissed}, ok}, weeklyRule},
		{"something came back", work.Terms{CheckIn: weeklyRule}, []work.Event{ok, ok, {Kind: work.DeliveryReturned}, ok}, weeklyRule},
		{"other terms since", work.Terms{CheckIn: weeklyRule}, []work.Event{ok, ok, {Kind: work.TermsAgreed}, ok}, weeklyRule},
		{"never to none", work.Terms{CheckIn: monthly}, []work.Event{ok, ok, ok, ok}, monthly},
		{"over before the next", work.Terms{CheckIn: weeklyRule, Due: soon}, []work.Event{ok, ok, ok}, weeklyRule},
		{"stuck twice", work.Terms{CheckIn: fortnight, Authority: work.Authority{Level: 3}}, []work.Event{ok, stuck, word}, weeklyRule},
		{"stuck once", work.Terms{CheckIn: fortnight, Authority: work.Authority{Level: 3}}, []work.Event{stuck, ok, stuck}, fortnight},
		{"as close as the level warrants", work.Terms{CheckIn: weeklyRule, Authority: work.Authority{Level: 5}}, []work.Event{stuck, stuck}, weeklyRule},
		{"stuck without any", work.Terms{Authority: work.Authority{Level: 3}}, []work.Event{stuck, stuck}, monthly},
	} {
		got, why := RunningRhythm(&row.terms, row.events, today)
		if got != row.want || (why == "") != (got == row.terms.CheckIn) {
			t.Errorf("%s: %s because %q, want %s", row.name, got, why, row.want)
		}
	}
}
