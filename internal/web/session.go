package web

import (
	"net/http"
	"strings"
	"time"

	"baton/internal/app/accounts"
	"baton/internal/work"
)

// The cookies: whose browser it is, and where it was going when it was asked to
// sign in.
const (
	sessionCookie = "baton"
	stepCookie    = "baton_step" // that its password was right, while the code is missing
	nextCookie    = "baton_next"
)

// stepLasts is how long the code may take.
const stepLasts = 10 * time.Minute

// cookieName is a cookie's name: over TLS one that browsers take from this host
// alone, so that no neighbouring host can plant it.
func (s *server) cookieName(name string) string {
	if s.secure {
		return "__Host-" + name
	}
	return name
}

// keep gives the browser a cookie that scripts cannot read, for a time.
func (v *visit) keep(name, value string, lasts time.Duration) {
	http.SetCookie(v.w, &http.Cookie{
		Name: v.cookieName(name), Value: value, Path: "/", MaxAge: int(lasts / time.Second),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: v.secure,
	})
}

// drop takes a cookie back.
func (v *visit) drop(name string) { v.keep(name, "", -time.Second) }

// cookie is what the browser sent of one; "" for none.
func (v *visit) cookie(name string) string {
	c, err := v.r.Cookie(v.cookieName(name))
	if err != nil {
		return ""
	}
	return c.Value
}

// account is who is signed in, 0 for nobody.
func (v *visit) account() (work.AccountID, error) {
	if v.known != nil {
		return v.known.Account, nil
	}
	v.known = &accounts.SignedIn{}
	secret := v.cookie(sessionCookie)
	if secret == "" {
		return 0, nil
	}
	s, err := accounts.Find(v.r.Context(), v.app, secret)
	if work.KindOf(err) == work.NotFound {
		return 0, nil
	}
	if err == nil && s.Secret != "" {
		v.keep(sessionCookie, s.Secret, s.Expires.Sub(v.app.Now()))
	}
	v.known = &s
	return s.Account, err
}

// signIn begins a session of an account in the browser. One it had before is
// over: a cookie from before signs nobody in.
func (v *visit) signIn(account work.AccountID, way string) error {
	if _, err := v.account(); err != nil {
		return err
	}
	before := v.known.Hash
	s, err := accounts.Open(v.r.Context(), v.app, account, deviceOf(v.r.UserAgent()), way)
	if err != nil {
		return err
	}
	v.known = &s
	v.keep(sessionCookie, s.Secret, s.Expires.Sub(s.Opened))
	if before == "" {
		return nil
	}
	return accounts.Close(v.r.Context(), v.app, before)
}

// signOut ends the browser's session. What the browser keeps of the pages goes
// with it.
func (v *visit) signOut() error {
	if _, err := v.account(); err != nil {
		return err
	}
	if v.known.Hash != "" {
		if err := accounts.Close(v.r.Context(), v.app, v.known.Hash); err != nil {
			return err
		}
	}
	v.drop(sessionCookie)
	v.w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	http.Redirect(v.w, v.r, "/signin", http.StatusSeeOther)
	return nil
}

// browsers and systems are found in what a browser says of itself, the first
// that is there: many say the names of others too.
var (
	browsers = [][2]string{
		{"Edg/", "Edge"},
		{"EdgiOS/", "Edge"},
		{"OPR/", "Opera"},
		{"SamsungBrowser/", "Samsung Internet"},
		{"Firefox/", "Firefox"},
		{"FxiOS/", "Firefox"},
		{"Chrome/", "Chrome"},
		{"CriOS/", "Chrome"},
		{"Safari/", "Safari"},
	}
	systems = [][2]string{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"CrOS", "ChromeOS"}, {"Windows", "Windows"}, {"Mac OS X", "Mac"}, {"Linux", "Linux"},
	}
)

// deviceOf says in words which browser it is, like Firefox on Linux.
func deviceOf(agent string) string {
	first := func(known [][2]string, none string) string {
		for _, k := range known {
			if strings.Contains(agent, k[0]) {
				return k[1]
			}
		}
		return none
	}
	return first(browsers, "A browser") + " on " + first(systems, "an unknown system")
}
