package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp/totp"

	"baton/internal/seal"
)

// TestAPasswordOnThePages sets one with an app for codes, signs out and in with
// both, and is asked to sign in again before anything is changed later.
func TestAPasswordOnThePages(t *testing.T) {
	s := newSite(t)
	s.app.Key = func() (*seal.Key, error) { return seal.New([]byte(strings.Repeat("k", 32))) }
	page := s.to("/signing-in")
	s.post(page+"/password", url.Values{"password": {"short"}}).is(http.StatusUnprocessableEntity).has(".wrong", "12 characters or more; yours has 5")
	s.post(page+"/password", url.Values{"password": {"seven green umbrellas"}}).is(http.StatusOK).has("main", "Set today")
	if body := s.post(page+"/codes", nil).is(http.StatusOK).has("h1", "An app for codes").body; !strings.Contains(body, "<svg class=\"qr\"") {
		t.Error("there is no picture")
	}
	secret := s.get(page + "/codes").doc.Find("form code").Text()
	code := func() string {
		c, err := totp.GenerateCode(secret, s.now)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	s.post(page+"/codes/confirm", url.Values{"code": {"nonsense"}}).is(http.StatusUnprocessableEntity).has(".wrong", "not the code of this moment")
	shown := s.post(page+"/codes/confirm", url.Values{"code": {code()}}).is(http.StatusOK)
	if n := shown.doc.Find("section[aria-labelledby=recovery] code").Length(); n != 10 {
		t.Errorf("%d recovery codes are shown", n)
	}
	s.post("/signout", nil)
	s.post("/signin", url.Values{"email": {"dana@example.org"}, "password": {"seven green umbrella"}, "way": {"password"}}).is(http.StatusUnprocessableEntity).has(".wrong", "do not belong together")
	s.now = s.now.Add(time.Minute)
	s.post("/signin", url.Values{"email": {"dana@example.org"}, "password": {"seven green umbrellas"}, "way": {"password"}}).is(http.StatusOK).has("h1", "Your code")
	if got := s.get(s.to("/today")); got.path != "/signin" {
		t.Fatalf("a password alone leads to %s", got.path)
	}
	s.post("/signin/code", url.Values{"code": {"000000"}}).is(http.StatusUnprocessableEntity)
	if got := s.post("/signin/code", url.Values{"code": {code()}}); got.path != s.to("/today") {
		t.Fatalf("with the code one is at %s", got.path)
	}
	s.now = s.now.Add(20 * time.Minute)
	if got := s.get(page); got.doc.Find("input[type=password]").Length() != 0 || !strings.Contains(got.body, "sign in again") {
		t.Error("a browser left open offers to change the ways in")
	}
	if got := s.post(page+"/password/end", nil); got.path != "/signin" {
		t.Fatalf("changing it later leads to %s", got.path)
	}
	s.now = s.now.Add(time.Minute)
	s.post("/signin", url.Values{"email": {"dana@example.org"}, "password": {"seven green umbrellas"}, "way": {"password"}})
	if got := s.post("/signin/code", url.Values{"code": {code()}}); got.path != page {
		t.Fatalf("signed in again, one is at %s", got.path)
	}
	s.post(page+"/codes/end", nil).is(http.StatusOK).has("main", "Set up an app for codes")
	s.post(page+"/password/end", nil).is(http.StatusOK).has("main", "You have none")
}

// TestAPasskeyInTheBrowser makes one, signs out, and signs in with it alone.
// One whose authenticator does not ask who it is opens nothing.
func TestAPasskeyInTheBrowser(t *testing.T) {
	s := newSite(t)
	b := newBrowser(t)
	s.app.URL = strings.Replace(s.app.URL, "127.0.0.1", "localhost", 1)
	s.server.Config.Handler = New(s.app, Options{})
	var id webauthn.AuthenticatorID
	call := func(fn func(ctx context.Context, t *chromedp.Target) error) { b.do(chromedp.Func(fn)) }
	call(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return err
		}
		made, err := cdp.Call(ctx, t, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: "ctap2", Transport: "internal", HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		}})
		id = made.AuthenticatorID
		return err
	})
	b.enter(s)
	page := s.app.URL + s.to("/signing-in")
	b.do(chromedp.Navigate(page))
	b.press("button[data-passkey]")
	if !strings.Contains(b.says(), "Made with Chrome on") {
		t.Fatalf("the page says: %s", b.says())
	}
	b.examine(axe(t), "how you sign in")
	b.shot("signing-in")
	b.do(chromedp.Click(chromedp.CSS("button[data-passkey]")))
	b.until(`document.getElementById("passkey-said").textContent.includes("already")`)
	out := func() {
		eval[bool](b, `fetch("/signout", {method: "POST"}).then(() => true)`, chromedp.EvalAwaitPromise)
		b.do(chromedp.Navigate(s.app.URL + s.to("/people")))
	}
	out()
	b.examine(axe(t), "sign in")
	b.shot("sign-in")
	b.press("button[data-passkey]")
	if at := eval[string](b, "location.pathname"); at != s.to("/people") {
		t.Fatalf("the passkey leads to %s: %s", at, b.says())
	}
	out()
	call(func(ctx context.Context, t *chromedp.Target) error {
		yes := true
		_, err := cdp.Call(ctx, t, webauthn.SetResponseOverrideBits, webauthn.SetResponseOverrideBitsParams{AuthenticatorID: id, IsBadUV: &yes})
		return err
	})
	b.do(chromedp.Click(chromedp.CSS("button[data-passkey]")))
	b.until(`document.getElementById("passkey-said").textContent.includes("does not open an account")`)
}

// TestSignInStepsAreTheirOwn asks for challenges and answers with nonsense.
func TestSignInStepsAreTheirOwn(t *testing.T) {
	s := newSite(t)
	send := func(path, body string) (int, string) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.app.URL+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		got := s.send(r)
		return got.status, got.body
	}
	if status, body := send("/signin/passkey/ask", "{}"); status != http.StatusConflict || !strings.Contains(body, "need a name and TLS") {
		t.Errorf("at a number: %d %s", status, body)
	}
	s.app.URL = strings.Replace(s.app.URL, "127.0.0.1", "localhost", 1)
	status, body := send("/signin/passkey/ask", "{}")
	challenge := regexp.MustCompile(`"challenge":"([\w-]{43})"`).FindStringSubmatch(body)
	if status != http.StatusOK || challenge == nil {
		t.Fatalf("%d %s", status, body)
	}
	for _, row := range []struct {
		body   string
		status int
	}{
		{`{`, http.StatusUnprocessableEntity},
		{`{"id":"!"}`, http.StatusUnprocessableEntity},
		{`{"challenge":"x","id":"eA"}`, http.StatusNotFound},
		{fmt.Sprintf(`{"challenge":%q,"id":"eA"}`, challenge[1]), http.StatusForbidden},
	} {
		if status, body := send("/signin/passkey", row.body); status != row.status || !strings.Contains(body, "problem") {
			t.Errorf("%s: %d %s", row.body, status, body)
		}
	}
}
