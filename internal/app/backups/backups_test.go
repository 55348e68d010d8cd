package backups_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baton/internal/app"
	"baton/internal/app/backups"
	"baton/internal/app/promises"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/sim"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

var now = time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)

func over(s *store.Store) *app.App {
	a := app.New(s, slog.New(slog.DiscardHandler))
	a.Now = func() time.Time { return now }
	return a
}

// told is an App over a database with eight weeks of a clinic in it.
func told(t *testing.T, database string) *app.App {
	t.Helper()
	a := over(storetest.Open(t, storetest.DSN(t, database)))
	if _, err := sim.Demo(t.Context(), a, now); err != nil {
		t.Fatal(err)
	}
	return a
}

func written(t *testing.T, a *app.App) (string, backups.Made) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "backup.gz")
	m, err := backups.Write(t.Context(), a, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return path, m
}

func opened(t *testing.T, path string) *backups.Opened {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	o, err := backups.Open(t.Context(), bytes.NewReader(body), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	})
	return o
}

// TestEverythingComesBack goes from each kind of database to each, and holds
// every row against the digests, the promises and the search.
func TestEverythingComesBack(t *testing.T) {
	a := told(t, "sqlite")
	path, first := written(t, a)
	if first.Rows() < 1000 {
		t.Fatalf("the story has %d rows; that is no test", first.Rows())
	}
	for _, to := range []string{"postgres", "sqlite", "postgres"} {
		b := over(storetest.Open(t, storetest.DSN(t, to)))
		if err := opened(t, path).Restore(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		again, m := written(t, b)
		if diff := cmp.Diff(first.Tables, m.Tables); diff != "" {
			t.Errorf("on %s: %s", to, diff)
		}
		path = again
		broken, err := promises.Broken(t.Context(), b, 1, time.Time{})
		if err != nil || len(broken) > 0 {
			t.Errorf("on %s: %v, %v", to, broken, err)
		}
		if was, is := found(t, a), found(t, b); was == 0 || was != is {
			t.Errorf("on %s a word finds %d things, before %d", to, is, was)
		}
	}
}

// found counts what a word of the story finds on all plates and beside them.
func found(t *testing.T, a *app.App) (n int64) {
	t.Helper()
	err := a.Store.Read(t.Context(), 1, func(tx *store.Tx) error {
		for plate := range work.PersonID(200) {
			few, err := tx.CountFound(t.Context(), store.Search{Plate: plate, Words: "the"})
			if err != nil {
				return err
			}
			hits, err := tx.Found(t.Context(), store.Look{Reader: plate, Words: "the", Limit: 100})
			if err != nil {
				return err
			}
			n += few + int64(len(hits))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestABackupIsOneMoment backs up while others write: what is in it keeps every
// promise, and holds all that was answered before it began.
func TestABackupIsOneMoment(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := over(s)
		me, err := workspaces.Found(t.Context(), a, workspaces.Founding{Workspace: "Clinic", Kind: "practice", Currency: "USD", Zone: "UTC", Name: "Ada", Email: "ada@example.org"})
		if err != nil {
			t.Fatal(err)
		}
		writing, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		busy := make(chan struct{}, 4)
		for range 4 {
			wg.Go(func() {
				title := "Order gloves"
				for n := 0; writing.Err() == nil; n++ {
					if _, err := tasks.Add.Do(context.Background(), a, me, tasks.AddTask{Fields: tasks.Fields{Title: &title}}); err != nil {
						t.Error(err)
						return
					}
					if n == 20 {
						busy <- struct{}{}
					}
				}
			})
		}
		<-busy
		before := count(t, s)
		path, m := written(t, a)
		stop()
		wg.Wait()
		b := over(storetest.Open(t, storetest.DSN(t, "sqlite")))
		if err := opened(t, path).Restore(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		broken, err := promises.Broken(t.Context(), b, me.Workspace, time.Time{})
		if err != nil || len(broken) > 0 {
			t.Errorf("%v, %v", broken, err)
		}
		if n := count(t, b.Store); n < before || n >= count(t, s) || m.Rows() < n {
			t.Errorf("%d tasks came back; there were %d before the backup, and %d in the end", n, before, count(t, s))
		}
	})
}

func count(t *testing.T, s *store.Store) (n int64) {
	t.Helper()
	err := s.Read(t.Context(), 1, func(tx *store.Tx) (err error) {
		n, err = tx.CountTasks(t.Context(), store.TaskFilter{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestDamageNeverComesBack turns a bit at many places of a backup, as it is and
// unpacked: it is refused, or what is in it is all the same what it was.
func TestDamageNeverComesBack(t *testing.T) {
	a := over(storetest.Open(t, storetest.DSN(t, "sqlite")))
	if _, err := workspaces.Found(t.Context(), a, workspaces.Founding{Workspace: "Clinic", Kind: "practice", Currency: "USD", Zone: "UTC", Name: "Ada", Email: "ada@example.org"}); err != nil {
		t.Fatal(err)
	}
	path, want := written(t, a)
	packed, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	plain := filepath.Join(t.TempDir(), "plain.db")
	if _, err := a.Store.Backup(t.Context(), plain, now); err != nil {
		t.Fatal(err)
	}
	unpacked, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []struct {
		name string
		body []byte
	}{{"packed", packed}, {"unpacked", unpacked}} {
		refused := 0
		for i := range 150 {
			at := i * len(kind.body) / 150
			body := bytes.Clone(kind.body)
			body[at] ^= 1 << (i % 8)
			o, err := backups.Open(t.Context(), bytes.NewReader(body), nil)
			switch {
			case err != nil:
				refused++
				if work.KindOf(err) != work.Invalid || !strings.Contains(err.Error(), "damaged") {
					t.Errorf("%s, byte %d: %v", kind.name, at, err)
				}
				continue
			case !cmp.Equal(o.Tables, want.Tables):
				t.Errorf("%s, byte %d: other rows were taken for whole", kind.name, at)
			}
			if err := o.Close(); err != nil {
				t.Error(err)
			}
		}
		if kind.name == "packed" && refused < 145 || refused == 0 {
			t.Errorf("%s: only %d of 150 damages were seen", kind.name, refused)
		}
	}
	for cut := 0; cut < len(packed); cut += len(packed) / 20 {
		if _, err := backups.Open(t.Context(), bytes.NewReader(packed[:cut]), nil); work.KindOf(err) != work.Invalid {
			t.Errorf("cut off at %d: %v", cut, err)
		}
	}
}

// A dying context ends after it was asked some times.
type dying struct {
	context.Context
	left atomic.Int64
}

func dies(ctx context.Context, after int) *dying {
	d := &dying{Context: ctx}
	d.left.Store(int64(after))
	return d
}

// Err implements context.Context.
func (d *dying) Err() error {
	if d.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// TestARestoreIsWholeOrNothing breaks restores off at many places.
func TestARestoreIsWholeOrNothing(t *testing.T) {
	path, m := written(t, told(t, "sqlite"))
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		rows := int(m.Rows())
		for _, asked := range []int{rows + 1, rows + rows/2, 2*rows - 1, 2*rows + rows/2} {
			err := opened(t, path).Restore(dies(t.Context(), asked), over(s))
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("after %d: %v", asked, err)
			}
			if _, left := written(t, over(s)); left.Rows() != 0 {
				t.Errorf("broken off after %d: %d rows are there", asked, left.Rows())
			}
		}
		if err := opened(t, path).Restore(t.Context(), over(s)); err != nil {
			t.Fatal(err)
		}
		if _, again := written(t, over(s)); !cmp.Equal(again.Tables, m.Tables) {
			t.Error("what came back in the end is something else")
		}
	})
}

// TestABackupThatFailsLeavesNothing breaks backups off at every row.
func TestABackupThatFailsLeavesNothing(t *testing.T) {
	a := over(storetest.Open(t, storetest.DSN(t, "sqlite")))
	if _, err := workspaces.Found(t.Context(), a, workspaces.Founding{Workspace: "Clinic", Kind: "practice", Currency: "USD", Zone: "UTC", Name: "Ada", Email: "ada@example.org"}); err != nil {
		t.Fatal(err)
	}
	_, m := written(t, a)
	dir := t.TempDir()
	for asked := range 2 * int(m.Rows()) {
		if _, err := backups.Write(dies(t.Context(), asked), a, filepath.Join(dir, "backup.gz"), nil); !errors.Is(err, context.Canceled) {
			t.Fatalf("after %d: %v", asked, err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%v is left, %v", left, err)
		}
	}
}
