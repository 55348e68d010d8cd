package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// signedInFor is how long a browser stays signed in.
const signedInFor = 30 * 24 * time.Hour

// accountKey is the one thing a session holds: whose it is.
const accountKey = "account"

func newSessions(a *app.App) *scs.SessionManager {
	m := scs.New()
	m.Store, m.Lifetime, m.HashTokenInStore = sessionStore{a}, signedInFor, true
	m.Cookie.Secure = strings.HasPrefix(a.URL, "https://")
	m.Cookie.Name, m.Cookie.HttpOnly, m.Cookie.SameSite = cookieName("baton", m.Cookie.Secure), true, http.SameSiteLaxMode
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		a.Log.ErrorContext(r.Context(), "session", "error", err)
		http.Error(w, ourFault, http.StatusInternalServerError)
	}
	return m
}

// cookieName is a cookie's name: over TLS one that browsers take from this host
// alone, so that no neighbouring host can plant it.
func cookieName(name string, secure bool) string {
	if secure {
		return "__Host-" + name
	}
	return name
}

// sessionStore keeps sessions in the database, so that any server process
// knows them.
type sessionStore struct{ app *app.App }

var _ scs.CtxStore = sessionStore{}

// FindCtx returns a session's data.
func (s sessionStore) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.app.Store.ReadGlobal(ctx, func(g *store.Global) error {
		data, found, err = g.Session(ctx, token, time.Now())
		return err
	})
	return data, found, err
}

// CommitCtx keeps a session's data.
func (s sessionStore) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	return s.app.Store.WriteGlobal(ctx, func(g *store.Global) error { return g.SaveSession(ctx, token, data, expires) })
}

// DeleteCtx ends a session.
func (s sessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.app.Store.WriteGlobal(ctx, func(g *store.Global) error { return g.EndSession(ctx, token, time.Now()) })
}

// Find, Commit and Delete are what scs calls without a request.

// Find returns a session's data.
func (s sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit keeps a session's data.
func (s sessionStore) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

// Delete ends a session.
func (s sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// account is who is signed in, 0 for nobody.
func (v *visit) account() work.AccountID {
	return work.AccountID(v.sessions.GetInt64(v.r.Context(), accountKey))
}

// signIn makes the browser's session an account's.
func (v *visit) signIn(account work.AccountID) error {
	ctx := v.r.Context()
	if err := v.sessions.RenewToken(ctx); err != nil {
		return err
	}
	v.sessions.Put(ctx, accountKey, int64(account))
	return nil
}
