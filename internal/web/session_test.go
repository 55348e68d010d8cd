package web

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"baton/internal/app/workspaces"
)

// TestCookiesAreOfThisHostAloneOverTLS signs in where people come over TLS: the
// session is kept in a cookie no other host can plant, and it opens the pages.
func TestCookiesAreOfThisHostAloneOverTLS(t *testing.T) {
	s := newSite(t)
	s.app.URL = "https://baton.example.org"
	h := New(s.app, Options{})
	link, err := workspaces.LinkFor(t.Context(), s.app, s.me)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method, address string, cookies ...*http.Cookie) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), method, address, nil)
		for _, c := range cookies {
			r.AddCookie(c)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	var session *http.Cookie
	for _, c := range cookiesOf(ask(http.MethodPost, link)) {
		if c.Name == "__Host-baton" {
			session = c
		}
	}
	if session == nil || !session.Secure || !session.HttpOnly || session.Path != "/" || session.Domain != "" || session.SameSite != http.SameSiteLaxMode {
		t.Fatalf("the session's cookie is %v", session)
	}
	if got := ask(http.MethodGet, s.app.URL+s.to("/settings"), session).Code; got != http.StatusOK {
		t.Errorf("with the session: %d", got)
	}
	planted := *session
	planted.Name = strings.TrimPrefix(session.Name, "__Host-")
	if got := ask(http.MethodGet, s.app.URL+s.to("/settings"), &planted).Code; got != http.StatusSeeOther {
		t.Errorf("with a cookie that any neighbour could plant: %d", got)
	}
}

// cookiesOf are those an answer sets.
func cookiesOf(w *httptest.ResponseRecorder) []*http.Cookie {
	answer := w.Result()
	defer func() { _ = answer.Body.Close() }() // of memory
	return answer.Cookies()
}

// TestSigningInLeadsWhereOneWasGoing asks for a page without being signed in,
// signs in and is there. Signed out, the session's cookie opens nothing more.
func TestSigningInLeadsWhereOneWasGoing(t *testing.T) {
	s := newSite(t)
	in := cookieOf(t, s)
	out := s.post("/signout", nil)
	if out.path != "/signin" || !strings.Contains(out.body, "baton signin EMAIL") {
		t.Fatalf("signing out leads to %s", out.path)
	}
	s.client.Jar.SetCookies(mustParse(t, s.app.URL), []*http.Cookie{in})
	if got := s.get(s.to("/people?page=2")); got.path != "/signin" {
		t.Fatalf("with the cookie of a session that ended: %s", got.path)
	}
	link, err := workspaces.LinkFor(t.Context(), s.app, s.me)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.post(strings.TrimPrefix(link, s.app.URL), nil); got.path != s.to("/people?page=2") {
		t.Errorf("signed in, one is at %s", got.path)
	}
}

// TestAskingForALinkTellsNothing answers an address that has an account and one
// that has none with the same page.
func TestAskingForALinkTellsNothing(t *testing.T) {
	s := newSite(t)
	s.app.Mails = true
	ask := func(email string) *sheet { return s.post("/signin", url.Values{"email": {email}, "way": {"mail"}}) }
	known, unknown := ask("dana@example.org"), ask("zora@example.org")
	if known.status != http.StatusOK || strings.ReplaceAll(known.body, "dana@", "zora@") != unknown.body {
		t.Errorf("they differ:\n%s\n%s", known.body, unknown.body)
	}
	if got := ask("nonsense"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "is not a mail address") {
		t.Errorf("no address: %d", got.status)
	}
}

// TestBrowsersAreSignedOutFromAnother signs in with a second browser and ends
// it from the first, on the page How you sign in.
func TestBrowsersAreSignedOutFromAnother(t *testing.T) {
	s := newSite(t)
	first := s.client.Jar
	second, _ := cookiejar.New(nil) // never fails
	s.client.Jar = second
	link, err := workspaces.LinkFor(t.Context(), s.app, s.me)
	if err != nil {
		t.Fatal(err)
	}
	s.post(strings.TrimPrefix(link, s.app.URL), nil)
	s.client.Jar = first
	page := s.get(s.to("/signing-in"))
	rows := page.doc.Find("section[aria-labelledby=sessions] li")
	if rows.Length() != 2 || rows.Find("form").Length() != 1 {
		t.Fatalf("%d browsers are listed with %d buttons", rows.Length(), rows.Find("form").Length())
	}
	action, _ := rows.Find("form").Attr("action")
	if got := s.post(action, nil); !strings.Contains(got.body, "That browser is signed out.") {
		t.Errorf("ending it says %d", got.status)
	}
	s.client.Jar = second
	if got := s.get(s.to("/today")); got.path != "/signin" {
		t.Errorf("the second is still at %s", got.path)
	}
}

// TestDevices reads what browsers say of themselves.
func TestDevices(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0":                                                                  "Firefox on Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0":           "Edge on Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1": "Safari on iPhone",
		"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36":                   "Chrome on Android",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15":                   "Safari on Mac",
		"curl/8.0": "A browser on an unknown system",
	} {
		if got := deviceOf(agent); got != want {
			t.Errorf("%s: %s, want %s", agent, got, want)
		}
	}
}

// cookieOf is the cookie of the session the site's browser has.
func cookieOf(t *testing.T, s *site) *http.Cookie {
	t.Helper()
	for _, c := range s.client.Jar.Cookies(mustParse(t, s.app.URL)) {
		if c.Name == sessionCookie {
			return c
		}
	}
	t.Fatal("no session")
	return nil
}

func mustParse(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
