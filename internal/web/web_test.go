package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"baton/internal/app/workspaces"
)

func TestSetUpLinkMakesTheFirstWorkspaceOnce(t *testing.T) {
	s := bareSite(t, Options{})
	link, err := workspaces.SetupLink(t.Context(), s.app)
	if err != nil {
		t.Fatal(err)
	}
	path := strings.TrimPrefix(link, s.app.URL)
	s.get(path).is(http.StatusOK).has("h1", "Set up")
	empty := s.post(path, nil).is(http.StatusUnprocessableEntity)
	for _, field := range []string{"name", "email", "workspace", "currency", "zone"} {
		if empty.text("#f-"+field+"-wrong") == "" {
			t.Errorf("an empty set-up says nothing about %s", field)
		}
	}
	typed := url.Values{"name": {"Dana"}, "email": {"dana"}, "workspace": {"Riverside"}, "kind": {"team"}, "currency": {"USD"}, "zone": {"America/Chicago"}}
	refused := s.post(path, typed).is(http.StatusUnprocessableEntity)
	refused.has("#f-email-wrong", "not a mail address")
	if got := refused.doc.Find("#f-workspace").AttrOr("value", ""); got != "Riverside" {
		t.Errorf("a refused form lost what was typed: %q", got)
	}
	typed.Set("email", "dana@example.org")
	s.post(path, typed).is(http.StatusOK).has(".steps", "Import or paste a list")
	s.get(path).is(http.StatusNotFound).has("main", "used already")
	if again, err := workspaces.SetupLink(t.Context(), s.app); again != "" || err != nil {
		t.Errorf("a second set-up link %q, %v", again, err)
	}
}

// TestWhoBeganElsewhereIsLedIn: with a workspace and nobody signed in on the pages
// there is a link for its owner, until it was used.
func TestWhoBeganElsewhereIsLedIn(t *testing.T) {
	way := func(s *site, want bool) string {
		t.Helper()
		link, err := workspaces.FirstSignIn(t.Context(), s.app)
		if err != nil || (link != "") != want {
			t.Errorf("the way in is %q, %v", link, err)
		}
		return strings.TrimPrefix(link, s.app.URL)
	}
	way(bareSite(t, Options{}), false) // a set-up link comes first
	s := newSite(t)
	way(s, false)
	s.post("/signout", nil)
	s.post(way(s, true), nil).is(http.StatusOK).has("h1", "Today")
	way(s, false)
	s.now = s.now.AddDate(1, 0, 0)
	way(s, true)
}

// TestSuggestedZonesAreZones keeps a mistyped one out of the list.
func TestSuggestedZonesAreZones(t *testing.T) {
	for _, z := range zones {
		if _, err := time.LoadLocation(z); err != nil {
			t.Error(err)
		}
	}
}

func TestSignInNeedsAButton(t *testing.T) {
	s := newSite(t)
	link, err := workspaces.LinkFor(t.Context(), s.app, s.me)
	if err != nil {
		t.Fatal(err)
	}
	path := strings.TrimPrefix(link, s.app.URL)
	s.post("/signout", nil).is(http.StatusOK).has("h1", "Sign in to Baton")
	for range 2 {
		s.get(path).is(http.StatusOK).has("button", "Sign in")
	}
	s.get(s.to("/today")).has("h1", "Sign in to Baton")
	s.post(path, nil).is(http.StatusOK).has("h1", "Today")
	s.post(path, nil).is(http.StatusNotFound).has("main", "used already")
}

func TestUnknownAndForeignPagesAreTheSame(t *testing.T) {
	s := newSite(t)
	other, err := workspaces.Found(t.Context(), s.app, workspaces.Founding{
		Workspace: "Elsewhere", Kind: "team", Currency: "EUR", Zone: "UTC", Name: "Kim", Email: "kim@example.org",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := s.get("/w/999/today").is(http.StatusNotFound).text("main")
	s.get(s.to("/nothing")).is(http.StatusNotFound).has("nav", "Plate")
	for _, path := range []string{"/w/2/today", "/w/x/today", "/nothing"} {
		if got := s.get(path).is(http.StatusNotFound).text("main"); got != want {
			t.Errorf("%s says %q, an unknown workspace %q (the other is %d)", path, got, want, other.Workspace)
		}
	}
}

func TestOtherSitesAreRefused(t *testing.T) {
	s := newSite(t)
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, s.app.URL+s.to("/tasks"), strings.NewReader("line=Trick"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	s.send(r).is(http.StatusForbidden).has("main", "another site")
}

func TestHeadersAllowNothingInline(t *testing.T) {
	s := newSite(t)
	got := s.get(s.to("/today")).header.Get("Content-Security-Policy")
	if !strings.HasPrefix(got, "default-src 'self';") || strings.Contains(got, "unsafe") {
		t.Errorf("content security policy %q", got)
	}
}

func TestQuickAddShowsWhatItUnderstoodAndCanBeUndone(t *testing.T) {
	s := newSite(t)
	added := s.post(s.to("/tasks"), url.Values{"line": {"Order exam supplies every friday 45m #clinic due 12 dec !2"}}).is(http.StatusOK)
	added.has(".toast", "Order exam supplies")
	added.has(".toast .chip", "45 minutes")
	number := added.doc.Find(".toast input[name=number]").AttrOr("value", "")
	s.post(s.to("/undo"), url.Values{"number": {number}}).is(http.StatusOK).has(".toast", "off your plate again")
	refused := s.post(s.to("/tasks"), url.Values{"line": {"45m #clinic"}}).is(http.StatusUnprocessableEntity)
	if got := refused.doc.Find("#f-line").AttrOr("value", ""); got != "45m #clinic" {
		t.Errorf("a refused line came back as %q", got)
	}
}
