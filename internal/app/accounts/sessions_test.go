package accounts_test

import (
	"log/slog"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/accounts"
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

// A house is a Baton with one owner and a clock of the test's.
type house struct {
	*app.App
	now time.Time
	me  app.Actor
}

func open(t *testing.T, db *store.Store) *house {
	t.Helper()
	h := &house{App: app.New(db, slog.New(slog.DiscardHandler)), now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	h.Now, h.URL = func() time.Time { return h.now }, "https://baton.example.org"
	me, err := workspaces.Found(t.Context(), h.App, workspaces.Founding{
		Workspace: "Riverside Clinic", Kind: "practice", Currency: "USD", Zone: "UTC", Name: "Dana Reyes", Email: "dana@example.org",
	})
	if err != nil {
		t.Fatal(err)
	}
	h.me = me
	return h
}

// TestASessionLastsWhileItIsUsed uses one every three weeks, and then not for
// thirty days.
func TestASessionLastsWhileItIsUsed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.Store) {
		h := open(t, db)
		s, err := accounts.Open(t.Context(), h.App, h.me.Account, "Firefox on Linux", accounts.ByLink)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			later  time.Duration
			cookie bool // is set again
		}{{5 * time.Minute, false}, {21 * 24 * time.Hour, true}, {time.Minute, false}, {21 * 24 * time.Hour, true}} {
			h.now = h.now.Add(step.later)
			found, err := accounts.Find(t.Context(), h.App, s.Secret)
			if err != nil || found.Account != h.me.Account || (found.Secret != "") != step.cookie {
				t.Fatalf("after %s more: %+v, %v", step.later, found, err)
			}
		}
		h.now = h.now.Add(30 * 24 * time.Hour)
		if _, err := accounts.Find(t.Context(), h.App, s.Secret); work.KindOf(err) != work.NotFound {
			t.Errorf("unused for thirty days: %v", err)
		}
		if _, err := accounts.Find(t.Context(), h.App, s.Hash); work.KindOf(err) != work.NotFound {
			t.Errorf("what the database keeps opens it: %v", err)
		}
	})
}

// TestSessionsAreEnded signs three browsers in, one of them out, then all but
// the one that asks. Those of somebody else stay.
func TestSessionsAreEnded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.Store) {
		h := open(t, db)
		zoe, err := workspaces.Found(t.Context(), h.App, workspaces.Founding{Workspace: "Bakery", Kind: "team", Currency: "EUR", Zone: "UTC", Name: "Zoe", Email: "zoe@example.org"})
		if err != nil {
			t.Fatal(err)
		}
		signIn := func(account work.AccountID, device string) accounts.SignedIn {
			h.now = h.now.Add(time.Second)
			s, err := accounts.Open(t.Context(), h.App, account, device, accounts.ByMail)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		signIn(h.me.Account, "Safari on iPhone")
		signIn(h.me.Account, "Chrome on Windows")
		this, hers := signIn(h.me.Account, "Firefox on Linux"), signIn(zoe.Account, "Edge on Windows")
		h.me.Session = this.Hash
		list := func() (out []accounts.Session) {
			all, err := accounts.Sessions.Do(t.Context(), h.App, h.me, app.Whole)
			if err != nil {
				t.Fatal(err)
			}
			return all.Items
		}
		all := list()
		if len(all) != 3 || !all[0].This || all[0].Device != "Firefox on Linux" || all[1].This || all[1].Way != accounts.ByMail {
			t.Fatalf("signed in are %+v", all)
		}
		if _, err := accounts.EndSession.Do(t.Context(), h.App, h.me, accounts.AskSession{Session: all[1].ID}); err != nil {
			t.Fatal(err)
		}
		if left := list(); len(left) != 2 || left[1].Device != "Safari on iPhone" {
			t.Fatalf("after one was ended: %+v", left)
		}
		for _, want := range []int{1, 0} {
			if ended, err := accounts.EndOtherSessions.Do(t.Context(), h.App, h.me, app.None{}); err != nil || ended.Ended != want {
				t.Errorf("ended %d others, want %d: %v", ended.Ended, want, err)
			}
		}
		for _, s := range []accounts.SignedIn{this, hers} {
			if _, err := accounts.Find(t.Context(), h.App, s.Secret); err != nil {
				t.Errorf("%s: %v", s.Device, err)
			}
		}
	})
}
