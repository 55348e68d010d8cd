package accounts

import (
	"context"
	"slices"
	"strconv"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/store"
	"baton/internal/work"
)

// The ways in, as a session remembers them.
const (
	ByLink = "link" // made on the server, or by an owner who invited
	ByMail = "mail" // a link that was mailed

	WithPassword = "password"
	WithPasskey  = "passkey"
)

// signedInFor is how long a browser stays signed in after it was last used.
const signedInFor = 30 * 24 * time.Hour

// seenEvery is how exactly the last use of a session is known.
const seenEvery = 10 * time.Minute

// A SignedIn is a session as the browser that has it knows it.
type SignedIn struct {
	store.Session
	Secret string // for its cookie; "" when the cookie it has stays as it is
}

// Open begins a session of an account in a browser that calls itself device.
func Open(ctx context.Context, a *app.App, account work.AccountID, device, way string) (SignedIn, error) {
	secret, hash := delegations.Secret()
	now := a.Now()
	s := store.Session{Hash: hash, Account: account, Device: device, Way: way, Opened: now, Seen: now, Expires: now.Add(signedInFor)}
	err := a.Store.WriteGlobal(ctx, func(g *store.Global) error { return g.AddSession(ctx, s) })
	if err == nil {
		err = audited(ctx, a, account, app.SignedIn, device+", "+way)
	}
	return SignedIn{s, secret}, err
}

// Find returns the session of a cookie's secret, NotFound when it ended. It
// notes that it is used; then the cookie, which lasts as long, is to be set
// again.
func Find(ctx context.Context, a *app.App, secret string) (SignedIn, error) {
	now := a.Now()
	var s store.Session
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		s, err = g.Session(ctx, delegations.HashSecret(secret), now)
		return err
	})
	if err != nil || now.Sub(s.Seen) < seenEvery {
		return SignedIn{Session: s}, err
	}
	s.Seen, s.Expires = now, now.Add(signedInFor)
	err = a.Store.WriteGlobal(ctx, func(g *store.Global) error { return g.SeeSession(ctx, s.Hash, s.Seen, s.Expires) })
	return SignedIn{s, secret}, err
}

// Close ends a session.
func Close(ctx context.Context, a *app.App, hash string) error {
	return a.Store.WriteGlobal(ctx, func(g *store.Global) error { return g.EndSession(ctx, hash) })
}

// A Session is a browser in which the actor is signed in.
type Session struct {
	ID      work.SessionID `json:"id"`
	Device  string         `json:"device" doc:"What the browser says it is, like Firefox on Linux"`
	Way     string         `json:"way" enum:"link,mail,password,passkey" doc:"How it came in: by a link made on the server or by an owner, by a mailed one, with a password or a passkey"`
	Opened  time.Time      `json:"opened" doc:"When it signed in"`
	Seen    time.Time      `json:"seen" doc:"When it was last used, to ten minutes"`
	Expires time.Time      `json:"expires" doc:"Unless it is used before"`
	This    bool           `json:"this,omitempty" doc:"The one that asks"`
}

func sessionID(s store.Session) work.SessionID { return work.SessionID(delegations.ShortOf(s.Hash)) }

func sessionsOf(ctx context.Context, tx *app.Tx) ([]store.Session, error) {
	account, err := accountOf(ctx, tx)
	if err != nil {
		return nil, err
	}
	return tx.Global().Sessions(ctx, account, tx.Now)
}

// Sessions lists the browsers in which the actor is signed in.
var Sessions = app.Read(app.Describe{
	Name: "session.list", Coaches: true, Method: "GET", Path: "sessions", Who: app.AnyMember, Summary: "List the browsers in which you are signed in, the one used latest first.",
}, func(ctx context.Context, tx *app.Tx, in app.Page) (app.List[Session], error) {
	all, err := sessionsOf(ctx, tx)
	if err != nil {
		return app.List[Session]{}, err
	}
	out := make([]Session, len(all))
	for i, s := range all {
		out[i] = Session{ID: sessionID(s), Device: s.Device, Way: s.Way, Opened: s.Opened, Seen: s.Seen, Expires: s.Expires, This: s.Hash == tx.Me.Session}
	}
	return app.Cut(out, in, func(s Session) string { return app.Key(-s.Seen.UnixMicro(), int64(s.ID)) })
})

// AskSession names a session.
type AskSession struct {
	Session work.SessionID `path:"session" json:"-"`
}

// EndSession signs one browser out.
var EndSession = app.Write(app.Describe{
	Name: "session.end", Coaches: true, Admits: true, Method: "DELETE", Path: "sessions/{session}", Who: app.AnyMember, Summary: "Sign a browser of yours out.",
}, func(ctx context.Context, tx *app.Tx, in AskSession) (app.None, error) {
	all, err := sessionsOf(ctx, tx)
	if err != nil {
		return app.None{}, err
	}
	i := slices.IndexFunc(all, func(s store.Session) bool { return sessionID(s) == in.Session })
	if i < 0 {
		return app.None{}, work.Errorf(work.NotFound, "You are signed in with no such browser.")
	}
	if err := tx.Global().EndSession(ctx, all[i].Hash); err != nil {
		return app.None{}, err
	}
	return app.None{}, tx.Audit(ctx, app.BrowserEnded, int64(in.Session), all[i].Device)
})

// Ended says how many browsers were signed out.
type Ended struct {
	Ended int `json:"ended"`
}

// EndOtherSessions signs every other browser out.
var EndOtherSessions = app.Write(app.Describe{
	Name: "session.end_others", Coaches: true, Admits: true, Method: "DELETE", Path: "sessions", Who: app.AnyMember, Summary: "Sign out every browser of yours but the one that asks.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (out Ended, err error) {
	all, err := sessionsOf(ctx, tx)
	if err != nil {
		return out, err
	}
	for _, s := range all {
		if s.Hash == tx.Me.Session {
			continue
		}
		if err := tx.Global().EndSession(ctx, s.Hash); err != nil {
			return out, err
		}
		if err := tx.Audit(ctx, app.BrowserEnded, int64(sessionID(s)), s.Device); err != nil {
			return out, err
		}
		out.Ended++
	}
	return out, nil
})

// Words say how many browsers were signed out.
func (e Ended) Words() string {
	switch e.Ended {
	case 0:
		return "You were signed in nowhere else."
	case 1:
		return "One other browser is signed out."
	}
	return strconv.Itoa(e.Ended) + " other browsers are signed out."
}
