package sim

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/store"
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

func TestDemo(t *testing.T) {
	a := open(t)
	begun := time.Now()
	cast, err := Demo(t.Context(), a, wednesday)
	if err != nil {
		t.Fatal(err)
	}
	t.Log("took", time.Since(begun))
	a.Now = func() time.Time { return wednesday }
	w, err := delegations.Waiting.Do(t.Context(), a, cast.Leader, app.None{})
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range w.Mine {
		fmt.Println("MINE", it.Title, "|", it.With.Name, "|", it.Kind, it.Asks, it.AgeDays, it.Late, it.Text)
	}
	for _, it := range w.Theirs {
		fmt.Println("THEIRS", it.Title, "|", it.Holder.Name, "|", it.Kind, it.Asks, it.AgeDays, it.Late, it.Text)
	}
}
