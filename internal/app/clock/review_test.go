package clock

import (
	"strings"
	"testing"

	"baton/internal/app/workspaces"
)

// TestTheDailyMailNamesTheReview on its member's day, and on no other.
func TestTheDailyMailNamesTheReview(t *testing.T) {
	for day, named := range map[int]bool{1: true, 2: false, 0: false} { // the clock begins on a Monday
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
