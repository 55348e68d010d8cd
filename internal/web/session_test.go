package web

import (
	"net/http"
	"net/http/httptest"
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
	ask := func(method, address string, cookies ...*http.Cookie) *http.Response {
		r := httptest.NewRequestWithContext(t.Context(), method, address, nil)
		for _, c := range cookies {
			r.AddCookie(c)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Result()
	}
	var session *http.Cookie
	for _, c := range ask(http.MethodPost, link).Cookies() {
		if c.Name == "__Host-baton" {
			session = c
		}
	}
	if session == nil || !session.Secure || !session.HttpOnly || session.Path != "/" || session.Domain != "" || session.SameSite != http.SameSiteLaxMode {
		t.Fatalf("the session's cookie is %v", session)
	}
	if got := ask(http.MethodGet, s.app.URL+s.to("/settings"), session).StatusCode; got != http.StatusOK {
		t.Errorf("with the session: %d", got)
	}
	planted := *session
	planted.Name = strings.TrimPrefix(session.Name, "__Host-")
	if got := ask(http.MethodGet, s.app.URL+s.to("/settings"), &planted).StatusCode; got != http.StatusSeeOther {
		t.Errorf("with a cookie that any neighbour could plant: %d", got)
	}
}
