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
