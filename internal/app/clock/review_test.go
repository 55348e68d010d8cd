package clock

import (
	"slices"
	"strings"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/reviews"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

// looksOver lets somebody look over their week on a day, at an hour.
func (m *team) looksOver(who app.Actor, day, hour int) {
	m.t.Helper()
	if _, err := workspaces.ChangeSettings.Do(m.t.Context(), m.App, who, workspaces.NewSettings{ReviewDay: &day, ReviewHour: &hour}); err != nil {
		m.t.Fatal(err)
	}
}

// reminders are the moments at which mail reminded somebody of their review,
// the first first.
func (m *team) reminders(who app.Actor) (at []string) {
	m.t.Helper()
	all := m.letters(who)
	slices.SortFunc(all, func(a, b store.Letter) int { return a.CreatedAt.Compare(b.CreatedAt) })
	for _, l := range all {
		if strings.Contains(l.Body, "look over your week, in ten minutes: https://baton.example.org/w/") {
			at = append(at, l.CreatedAt.Format("01-02 15:04"))
		}
	}
	return at
}

// TestTheReviewHasItsMail on its member's day and at their hour by their own
// clock, whether there is news or not, once; over weeks in which the clocks
// change too.
func TestTheReviewHasItsMail(t *testing.T) {
	for _, c := range []struct {
		name      string
		tokyo     bool
		day, hour int
		from      string
		weeks     int
		want      []string // UTC
	}{
		{"an afternoon without news", false, 5, 16, "2026-11-23", 2, []string{"11-27 22:00", "12-04 22:00"}},
		{"by the clock of Tokyo", true, 1, 7, "2026-11-24", 2, []string{"11-29 22:00", "12-06 22:00"}},
		{"an hour earlier in summer", false, 7, 9, "2027-03-01", 2, []string{"03-07 15:00", "03-14 14:00"}},
		{"an hour the clocks skip", false, 7, 2, "2027-03-08", 2, []string{"03-14 08:00", "03-21 07:00"}},
		{"an hour they show twice", false, 7, 1, "2027-11-01", 2, []string{"11-07 06:00", "11-14 07:00"}},
		{"no day", false, 0, 9, "2026-11-23", 2, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := gather(t)
			defer func() { _ = m.Store.Close() }()
			from, err := time.Parse(time.DateOnly, c.from)
			if err != nil {
				t.Fatal(err)
			}
			m.now = from
			who := m.ada
			if c.tokyo {
				who = m.ben
			}
			m.looksOver(who, c.day, c.hour)
			m.pass(c.weeks * 7 * 24)
			if got := m.reminders(who); !slices.Equal(got, c.want) {
				t.Errorf("reminded at %v, want %v", got, c.want)
			}
			for _, l := range m.letters(who) {
				if l.Subject != "Look over your week, in ten minutes" {
					t.Errorf("the mail is called %q", l.Subject)
				}
			}
		})
	}
}

// TestNobodyIsRemindedInVain of a review that is done, that they do not want
// mail about, while they are away or after they left, nor a day late.
func TestNobodyIsRemindedInVain(t *testing.T) {
	do := func(t *testing.T, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		do   func(*testing.T, *team)
		want []string
	}{
		"nothing": {func(*testing.T, *team) {}, []string{"11-27 07:00"}},
		"the review is done": {func(t *testing.T, m *team) {
			_, err := reviews.Finish.Do(t.Context(), m.App, m.ben, app.None{})
			do(t, err)
		}, nil},
		"no mail about it": {func(t *testing.T, m *team) {
			no := false
			_, err := workspaces.ChangeSettings.Do(t.Context(), m.App, m.ben, workspaces.NewSettings{ReviewMail: &no})
			do(t, err)
		}, nil},
		"away": {func(t *testing.T, m *team) {
			friday := ical.Date{Year: 2026, Month: 11, Day: 27}
			_, err := people.Edit.Do(t.Context(), m.App, m.ben, people.EditPerson{Person: m.ben.Person, Fields: people.Fields{Absences: &[]work.Absence{{From: friday, To: friday}}}})
			do(t, err)
		}, nil},
		"left": {func(t *testing.T, m *team) {
			_, err := delegations.Leave.Do(t.Context(), m.App, m.ada, delegations.LeaveNow{Person: m.ben.Person})
			do(t, err)
		}, nil},
		"another zone": {func(t *testing.T, m *team) {
			zone := "Europe/Paris"
			_, err := people.Edit.Do(t.Context(), m.App, m.ben, people.EditPerson{Person: m.ben.Person, Fields: people.Fields{Zone: &zone}})
			do(t, err)
		}, []string{"11-27 15:00"}},
		"the server is down until the day is over": {func(_ *testing.T, m *team) { m.now = m.now.Add(28 * time.Hour) }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			m := gather(t)
			defer func() { _ = m.Store.Close() }()
			m.looksOver(m.ben, 5, 16) // on Friday in Tokyo
			m.pass(3*24 - 1)          // to 14:00 UTC on Thursday, 23:00 there
			c.do(t, m)
			m.pass(4 * 24)
			if got := m.reminders(m.ben); !slices.Equal(got, c.want) {
				t.Errorf("reminded at %v, want %v", got, c.want)
			}
		})
	}
}

// TestOneMailTellsOfNewsAndTheReview where both are for the same hour.
func TestOneMailTellsOfNewsAndTheReview(t *testing.T) {
	m := gather(t)
	defer func() { _ = m.Store.Close() }()
	yes, no := true, false
	if _, err := workspaces.ChangeSettings.Do(t.Context(), m.App, m.ben, workspaces.NewSettings{Digest: &yes, Urgent: &no}); err != nil {
		t.Fatal(err)
	}
	m.looksOver(m.ben, 2, 7) // on Tuesday by his clock, Monday where the workspace is
	m.offer("Clean the house", m.ben)
	m.pass(8)
	all := m.letters(m.ben)
	if len(all) != 1 || len(m.reminders(m.ben)) != 1 || !strings.HasPrefix(all[0].Subject, "Ada offers you") {
		t.Errorf("%+v", all)
	}
}

// TestAReviewIsDueByItsMembersClock: where Ben is it is Thursday already, where
// the workspace is still Wednesday.
func TestAReviewIsDueByItsMembersClock(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		m := coached(t, s)
		m.now = nine.Add(time.Minute)
		thursday := 4
		for _, who := range []app.Actor{m.ada, m.ben} {
			run(m, who, workspaces.ChangeSettings, workspaces.NewSettings{ReviewDay: &thursday})
		}
		due := func(who app.Actor, want bool, on string) {
			t.Helper()
			r := run(m, who, reviews.Show, app.None{})
			today, _, err := reviews.Reminder(t.Context(), m.App, who)
			if err != nil || r.Due != want || today != want || r.NextOn.String() != on {
				t.Errorf("person %d: due %v, reminded %v, next on %s, %v", who.Person, r.Due, today, r.NextOn, err)
			}
		}
		due(m.ada, false, "2026-11-26")
		due(m.ben, true, "2026-11-26")
		run(m, m.ben, reviews.Finish, app.None{})
		due(m.ben, false, "2026-12-03")
		zone := "Asia/Tokyo"
		run(m, m.ada, people.Edit, people.EditPerson{Person: m.ada.Person, Fields: people.Fields{Zone: &zone}})
		due(m.ada, true, "2026-11-26")
	})
}
