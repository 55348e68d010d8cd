package api

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"baton/internal/app"
	"baton/internal/app/operations"
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

// from is a request's context as it comes from an address.
func from(t *testing.T, address string) context.Context {
	t.Helper()
	return app.WithAddress(t.Context(), netip.MustParseAddr(address))
}

// TestWrongTokensAreThrottled sends them to two servers of one database in turn.
func TestWrongTokensAreThrottled(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.Store) {
		s := over(t, db)
		second := app.New(db, slog.New(slog.DiscardHandler))
		second.Now = s.Now
		nodes := []http.Handler{s, New(second, operations.All())}
		status := func(node int, address, token string) int {
			r := httptest.NewRequestWithContext(from(t, address), http.MethodGet, Prefix+"/tasks", nil)
			r.Header.Set("Authorization", "Bearer "+token)
			w := httptest.NewRecorder()
			nodes[node].ServeHTTP(w, r)
			return w.Code
		}
		for i := range int(app.Bearers.Most) {
			token := []string{"baton_nonsense", "a-link-of-no-guest"}[i/2%2]
			if got := status(i%2, "203.0.113.7", token); got != http.StatusUnauthorized {
				t.Fatalf("attempt %d: %d", i+1, got)
			}
		}
		for _, row := range []struct {
			name, address, token string
			want                 int
		}{
			{"one too many", "203.0.113.7", "baton_nonsense", http.StatusTooManyRequests},
			{"as an address of IPv6", "::ffff:203.0.113.7", "baton_nonsense", http.StatusTooManyRequests},
			{"from elsewhere", "203.0.113.8", "baton_nonsense", http.StatusUnauthorized},
			{"a right one from there", "203.0.113.7", s.adaT, http.StatusOK},
		} {
			for node := range nodes {
				if got := status(node, row.address, row.token); got != row.want {
					t.Errorf("%s, server %d: %d, want %d", row.name, node, got, row.want)
				}
			}
		}
		s.now = s.now.Add(app.Bearers.Within)
		if got := status(0, "203.0.113.7", "baton_nonsense"); got != http.StatusUnauthorized {
			t.Errorf("after a while: %d", got)
		}
		if got := status(1, "203.0.113.7", "baton_nonsense"); got != http.StatusUnauthorized {
			t.Errorf("counting does not begin anew: %d", got)
		}
	})
}

// TestWrongLinksAreThrottled tries sign-in links, then a right one.
func TestWrongLinksAreThrottled(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.Store) {
		s := over(t, db)
		link, err := workspaces.LinkFor(t.Context(), s.App, s.ada)
		if err != nil {
			t.Fatal(err)
		}
		right := link[len(s.URL+"/signin/"):]
		network := []string{"2001:db8::1", "2001:db8::2"} // of one household
		for i := range int(app.SignIns.Most) {
			if _, err := workspaces.SignIn(from(t, network[i%2]), s.App, "nonsense"); work.KindOf(err) != work.NotFound {
				t.Fatalf("attempt %d: %v", i+1, err)
			}
		}
		if _, err := workspaces.SignIn(from(t, network[0]), s.App, right); work.KindOf(err) != work.TooOften {
			t.Errorf("one too many: %v", err)
		}
		if _, err := workspaces.EnterAsGuest(from(t, network[0]), s.App, "nonsense"); work.KindOf(err) != work.NotFound {
			t.Errorf("a guest's link counts by itself: %v", err)
		}
		if err := workspaces.CanSetUp(from(t, network[1]), s.App, "nonsense"); work.KindOf(err) != work.TooOften {
			t.Errorf("a set-up link: %v", err)
		}
		if _, err := workspaces.SignIn(from(t, "2001:db8:0:1::1"), s.App, right); err != nil {
			t.Errorf("from elsewhere: %v", err)
		}
		for range app.Bearers.Most {
			_, err = workspaces.EnterAsGuest(from(t, "203.0.113.9"), s.App, "nonsense")
		}
		if work.KindOf(err) != work.NotFound {
			t.Errorf("the last attempt: %v", err)
		}
		if _, err = workspaces.EnterAsGuest(from(t, "203.0.113.9"), s.App, "nonsense"); work.KindOf(err) != work.TooOften {
			t.Errorf("one too many: %v", err)
		}
	})
}
