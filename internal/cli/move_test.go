//go:build linux

package cli

import (
	"bufio"
	"context"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baton/internal/app"
	"baton/internal/seal"
	"baton/internal/sim"
	"baton/internal/store"
	"baton/internal/storetest"
)

// TestAMoveGoesOnAfterAKill kills moves in both directions somewhere in the
// middle, writes to the source between two of them, and holds what is there in
// the end against the source, row by row.
func TestAMoveGoesOnAfterAKill(t *testing.T) {
	bare(t)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	chance := rand.New(rand.NewPCG(seed, 0))
	path := program(t)
	for _, way := range [][2]string{{"sqlite", "postgres"}, {"postgres", "sqlite"}} {
		t.Run(way[0]+" to "+way[1], func(t *testing.T) {
			t.Setenv("BATON_KEY", filepath.Join(t.TempDir(), "baton.key"))
			from, to := storetest.DSN(t, way[0]), empty(t, way[1])
			story(t, from)
			// The first tables that go hold what a task that is added changes.
			for kills := 0; kills < 3; kills++ {
				if killMove(t, path, from, to, 3+chance.IntN(4)) {
					to, kills = empty(t, way[1]), -1 // it was faster
					continue
				}
				code, out, wrong := baton(t, path, 0, "plate", "--db", to)
				refuses(t, "plate", "is the unfinished copy of another one", code, out, wrong)
			}
			other := storetest.DSN(t, "sqlite")
			if code, _, wrong := baton(t, path, 0, "add", "Another team's", "--db", other); code != exitDone {
				t.Fatal(wrong)
			}
			code, out, wrong := baton(t, path, 0, "move", "--from", other, "--to", to)
			refuses(t, "another source", "is the unfinished copy of another database", code, out, wrong)
			if code, _, wrong := baton(t, path, 0, "add", "Written between", "--db", from); code != exitDone {
				t.Fatal(wrong)
			}
			code, out, wrong = baton(t, path, 0, "move", "--from", from, "--to", to)
			if code != exitDone || !strings.Contains(out, "The source changed since") {
				t.Fatalf("exit %d, %s, %s", code, out, wrong)
			}
			if diff := cmp.Diff(contents(t, from), contents(t, to)); diff != "" {
				t.Error(diff)
			}
			if code, out, wrong := baton(t, path, 0, "doctor", "--db", to); code != exitDone {
				t.Error(out, wrong)
			}
			if code, out, wrong := baton(t, path, 0, "search", "between", "--db", to); !strings.Contains(out, "Written between") {
				t.Error(code, out, wrong)
			}
		})
	}
}

// TestAMoveThatWasKilledIsNotDoneTwice moves to the end after a kill, with the
// source as it was: only what was missing goes.
func TestAMoveThatWasKilledIsNotDoneTwice(t *testing.T) {
	bare(t)
	t.Setenv("BATON_KEY", filepath.Join(t.TempDir(), "baton.key"))
	path, from, to := program(t), storetest.DSN(t, "sqlite"), empty(t, "sqlite")
	story(t, from)
	for killMove(t, path, from, to, 10) {
		to = empty(t, "sqlite")
	}
	code, out, wrong := baton(t, path, 0, "move", "--from", from, "--to", to)
	if code != exitDone || strings.Contains(out, "changed") || strings.Contains(out, "accounts:") {
		t.Errorf("exit %d, %s, %s", code, out, wrong)
	}
	if diff := cmp.Diff(contents(t, from), contents(t, to)); diff != "" {
		t.Error(diff)
	}
}

// empty is the address of a database without a schema.
func empty(t *testing.T, kind string) string {
	t.Helper()
	if kind == "postgres" {
		return storetest.Empty(t)
	}
	return filepath.Join(t.TempDir(), "to.db")
}

// story fills a database with the demo's.
func story(t *testing.T, dsn string) {
	t.Helper()
	s, err := store.Open(t.Context(), dsn, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := app.New(s, slog.New(slog.DiscardHandler))
	a.Key = sync.OnceValues(func() (*seal.Key, error) { return a.KeyOf(t.Context(), os.Getenv("BATON_KEY")) })
	if _, err := sim.Demo(t.Context(), a, time.Now()); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// killMove kills a move once some tables went, and reports whether it came to
// its end all the same.
func killMove(t *testing.T, path, from, to string, tables int) (ended bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	c := exec.CommandContext(ctx, path, "move", "--from", from, "--to", to)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); tables-- {
		ended = ended || strings.Contains(lines.Text(), "the same as where they came from")
		if tables == 1 {
			if err := c.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = c.Wait() // it was killed
	return ended
}

// contents digests every table of a database.
func contents(t *testing.T, dsn string) []store.Sum {
	t.Helper()
	s, err := store.Open(t.Context(), dsn, store.Options{Look: true})
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.Backup(t.Context(), filepath.Join(t.TempDir(), "backup.db"), time.Now())
	if err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	return b.Tables
}
