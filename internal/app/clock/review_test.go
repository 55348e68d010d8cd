package clock

import (
	"strings"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/people"
	"baton/internal/app/reviews"
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/storetest"
)

// TestTheDailyMailNamesTheReview on its member's day, and on no other.
func TestTheDailyMailNamesTheReview(t *testing.T) {
	for day, named := range map[int]bool{2: true, 1: false, 0: false} { // seven on Tuesday by the clock of its reader, Monday where the workspace is
		m := gather(t, t.TempDir())
		yes, no := true, false
		if _, err := workspaces.ChangeSettings.Do(t.Context(), m.App, m.ben, workspaces.NewSettings{Digest: &yes, Urgent: &no, ReviewDay: &day}); err != nil {
			t.Fatal(err)
		}
		m.offer("Clean the house", m.ben)
		m.pass(8)
		all := m.letters(m.ben)
		if len(all) != 1 || strings.Contains(all[0].Body, "look over your week, in ten minutes: https://baton.example.org/w/") != named {
			t.Errorf("with the review on day %d: %+v", day, all)
		}
		_ = m.Store.Close()
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
