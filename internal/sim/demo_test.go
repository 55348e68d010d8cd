package sim

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/store"
	"baton/internal/work"
)

// wednesday is a working day, in the middle of its morning.
var wednesday = time.Date(2026, 11, 25, 15, 30, 0, 0, time.UTC)

func open(t testing.TB) *app.App {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "baton.db"), store.Options{Unsynced: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return app.New(s, slog.New(slog.DiscardHandler))
}

// play fills a new database with the demo as it is at a moment.
func play(t testing.TB, at time.Time) (*app.App, Cast) {
	t.Helper()
	a := open(t)
	cast, err := Demo(t.Context(), a, at)
	if err != nil {
		t.Fatal(err)
	}
	a.Now = func() time.Time { return at }
	return a, cast
}

// TestTheLeaderHasADayToBegin holds on every day of the week and at night: what
// waits is of several kinds and ages, and others hold something, too.
func TestTheLeaderHasADayToBegin(t *testing.T) {
	for _, later := range []time.Duration{0, 24, 48 + 9, 72, 96 + 7, 120, 144 - 11} {
		at := wednesday.Add(later * time.Hour)
		t.Run(at.Format("Monday 15:04"), func(t *testing.T) {
			a, cast := play(t, at)
			w, err := delegations.Waiting.Do(t.Context(), a, cast.Leader, app.None{})
			if err != nil {
				t.Fatal(err)
			}
			kinds, ages := map[work.ItemKind]bool{}, map[int]bool{}
			for _, it := range w.Mine {
				kinds[it.Kind], ages[it.AgeDays] = true, true
				if it.With.Name == "" || it.Title == "" || it.Asks == "" {
					t.Errorf("nobody can read what waits: %+v", it)
				}
			}
			if n := len(w.Mine); n < 5 || n > 8 || len(kinds) < 5 || len(ages) < 3 {
				t.Errorf("%d things of %d kinds and %d ages wait for the leader: %v", n, len(kinds), len(ages), kinds)
			}
			holders := map[string]bool{}
			for _, it := range w.Theirs {
				holders[it.Holder.Name] = true
			}
			if len(holders) < 3 || holders[""] {
				t.Errorf("others hold %d things: %v", len(w.Theirs), holders)
			}
		})
	}
}
