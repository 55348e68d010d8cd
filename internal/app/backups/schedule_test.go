package backups_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/backups"
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/storetest"
)

// A place is a server with a clock of its own and a directory for backups.
type place struct {
	*app.App
	t   *testing.T
	me  app.Actor
	now time.Time
	s   backups.Schedule
}

// settled is a server with a workspace, at 15:00 in a zone five hours behind.
func settled(t *testing.T, s *store.Store) *place {
	t.Helper()
	p := &place{App: over(s), t: t, now: now.Add(5 * time.Hour)}
	p.Now = func() time.Time { return p.now }
	p.s = backups.Schedule{Dir: t.TempDir(), Hour: 3, Zone: time.FixedZone("there", -5*60*60), Daily: 2, Weekly: 2, Server: "desk"}
	var err error
	p.me, err = workspaces.Found(t.Context(), p.App, workspaces.Founding{Workspace: "Clinic", Kind: "practice", Currency: "USD", Zone: "UTC", Name: "Ada", Email: "ada@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *place) turn() {
	p.t.Helper()
	if err := p.s.Turn(p.t.Context(), p.App); err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) files() (names []string) {
	p.t.Helper()
	all, err := os.ReadDir(p.s.Dir)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, e := range all {
		names = append(names, e.Name())
	}
	return names
}

func (p *place) health() backups.Health {
	p.t.Helper()
	h, err := backups.Show.Do(p.t.Context(), p.App, p.me, app.None{})
	if err != nil {
		p.t.Fatal(err)
	}
	return h
}

func (p *place) letters() []store.Letter {
	p.t.Helper()
	var all []store.Letter
	err := p.Store.Read(p.t.Context(), p.me.Workspace, func(tx *store.Tx) (err error) {
		all, err = tx.Letters(p.t.Context(), p.me.Person, 0, 100)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return all
}

// TestOneBackupADay from the hour on; the first at once, and what was missed
// while no server ran is made up for.
func TestOneBackupADay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := settled(t, s)
		if h := p.health(); !strings.Contains(h.Worry, "No server makes backups") {
			t.Errorf("%+v", h)
		}
		for _, step := range []struct {
			after time.Duration
			files int
		}{
			{0, 1},                // 15:00 on Monday: the first
			{11 * time.Hour, 1},   // 2:00 on Tuesday
			{59 * time.Minute, 1}, // 2:59
			{time.Minute, 2},      // 3:00
			{time.Minute, 2},
			{20 * time.Hour, 2}, // 23:01
			{26 * time.Hour, 2}, // 1:01 on Thursday: Wednesday's was missed, and two days are kept
		} {
			p.now = p.now.Add(step.after)
			p.turn()
			if got := p.files(); len(got) != step.files {
				t.Errorf("at %s: %q, want %d", p.now, got, step.files)
			}
			if h := p.health(); h.Worry != "" || h.Last == nil || h.Last.Server != "desk" {
				t.Errorf("at %s: %+v", p.now, h)
			}
		}
		last := p.files()[1]
		if last != "baton-20261126-060100.db.gz" || p.health().Last.File != last {
			t.Errorf("the last one is %s, and %+v", last, p.health())
		}
		opened(t, filepath.Join(p.s.Dir, last))
		p.now = p.now.Add(40 * time.Hour)
		if h := p.health(); !strings.Contains(h.Worry, "is 1 days old") {
			t.Errorf("%+v", h)
		}
	})
}

// TestServersShareTheDays lets several servers on one database take their turns
// at the same moments: each day has one backup.
func TestServersShareTheDays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := settled(t, s)
		p.s.Daily = 100
		for day := 1; day <= 5; day++ {
			var wg sync.WaitGroup
			for _, server := range []string{"a", "b", "c", "d"} {
				wg.Go(func() {
					mine := p.s
					mine.Server = server
					if err := mine.Turn(context.Background(), p.App); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if got := p.files(); len(got) != day {
				t.Errorf("after %d days: %q", day, got)
			}
			p.now = p.now.Add(24 * time.Hour)
		}
	})
}

// TestABackupThatFailsIsTold once a day, tried again every hour, and the last
// good one stays.
func TestABackupThatFailsIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := settled(t, s)
		p.turn()
		good := p.files()
		there := p.s.Dir
		p.s.Dir = filepath.Join(there, "missing")
		p.now = p.now.Add(24 * time.Hour)
		fails := func() {
			t.Helper()
			if err := p.s.Turn(t.Context(), p.App); err == nil || !strings.Contains(err.Error(), "cannot be written: no such file or directory") {
				t.Errorf("%v, want why it failed", err)
			}
		}
		fails()
		p.now = p.now.Add(30 * time.Minute)
		p.turn() // too early to try again
		p.now = p.now.Add(31 * time.Minute)
		fails()
		all := p.letters()
		if len(all) != 1 || all[0].To != "ada@example.org" || !strings.Contains(all[0].Body, "failed on the server desk") || !strings.Contains(all[0].Body, "no such file or directory") {
			t.Errorf("%+v", all)
		}
		if h := p.health(); h.Problem == "" || !strings.Contains(h.Worry, "The backup of 2026-11-24 failed") || h.Last == nil || h.Last.File != good[0] {
			t.Errorf("%+v", h)
		}
		p.s.Dir = there
		if got := p.files(); len(got) != 1 || got[0] != good[0] {
			t.Errorf("%q is left, want %q", got, good)
		}
		p.now = p.now.Add(time.Hour)
		p.turn()
		if h := p.health(); h.Worry != "" || len(p.files()) != 2 {
			t.Errorf("%+v, %q", h, p.files())
		}
	})
}

// TestAServerThatDiedIsReplaced: what it began is taken up by another after two
// hours, and at once when it was told to stop.
func TestAServerThatDiedIsReplaced(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := settled(t, s)
		began := store.BackupDay{Day: p.s.Day(p.now), Server: "dead", BeganAt: p.now}
		err := s.WriteGlobal(t.Context(), func(g *store.Global) error {
			mine, err := g.BeginBackup(t.Context(), began, p.now, p.now)
			if !mine {
				t.Error("nobody else began")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		p.now = p.now.Add(119 * time.Minute)
		p.turn()
		if got := p.files(); len(got) != 0 {
			t.Errorf("%q, while another is at it", got)
		}
		p.now = p.now.Add(time.Minute)
		if err := p.s.Turn(dies(t.Context(), 20), p.App); err != nil {
			t.Fatal(err)
		}
		if got := p.files(); len(got) != 0 {
			t.Errorf("%q, though the server was stopped", got)
		}
		p.turn()
		if got := p.files(); len(got) != 1 {
			t.Errorf("%q, want the day's", got)
		}
	})
}
