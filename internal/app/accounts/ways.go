package accounts

import (
	"context"
	"time"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// freshFor is how long after signing in somebody may change how they sign in:
// a browser left open is not enough for that.
const freshFor = 15 * time.Minute

// ErrSignInAgain asks whoever changes how they sign in to do so first.
var ErrSignInAgain = work.Errorf(work.Forbidden, "To change how you sign in, sign in again first: it has been more than a quarter of an hour.")

// Ways are the ways into an account, as its owner sees them.
type Ways struct {
	Email    string
	Password time.Time // when it was set; zero without one
	Codes    bool      // a password asks for a code as well
	Recovery int64     // codes that are left
	Passkeys []store.Passkey
	Fresh    bool // their owner just signed in
}

// WaysOf shows the ways into the account of whoever is signed in.
func WaysOf(ctx context.Context, a *app.App, me SignedIn) (w Ways, err error) {
	if me.Hash == "" {
		return w, ErrSignInAgain
	}
	err = a.Store.ReadGlobal(ctx, func(g *store.Global) error {
		w, err = waysOf(ctx, g, me, a.Now())
		return err
	})
	return w, err
}

func waysOf(ctx context.Context, g *store.Global, me SignedIn, now time.Time) (w Ways, err error) {
	account, err := g.AccountByID(ctx, me.Account)
	if err != nil {
		return w, err
	}
	w.Email = account.Email
	_, w.Password, err = g.Password(ctx, me.Account)
	if err != nil && work.KindOf(err) != work.NotFound {
		return w, err
	}
	codes, err := g.CodeApp(ctx, me.Account)
	if err != nil && work.KindOf(err) != work.NotFound {
		return w, err
	}
	w.Codes = !codes.Confirmed.IsZero()
	if w.Recovery, err = g.RecoveryCodes(ctx, me.Account); err != nil {
		return w, err
	}
	w.Passkeys, err = g.Passkeys(ctx, me.Account)
	w.Fresh = now.Sub(me.Opened) < freshFor
	return w, err
}

// MayChange reports whether the ways in may be changed now: by whoever just
// signed in, and by whoever could not sign in again, having only had a link.
func (w Ways) MayChange(a *app.App) bool {
	return w.Fresh || w.Password.IsZero() && len(w.Passkeys) == 0 && !a.Mails
}

// change runs fn for whoever may change the ways in, and says so in the audit
// log; "" is for what only begins.
func change(ctx context.Context, a *app.App, me SignedIn, kind app.AuditKind, fn func(*store.Global, Ways) error) error {
	if me.Hash == "" {
		return ErrSignInAgain
	}
	err := a.Store.WriteGlobal(ctx, func(g *store.Global) error {
		w, err := waysOf(ctx, g, me, a.Now())
		if err == nil && !w.MayChange(a) {
			err = ErrSignInAgain
		}
		if err != nil {
			return err
		}
		return fn(g, w)
	})
	if err != nil || kind == "" {
		return err
	}
	return audited(ctx, a, me.Account, kind, me.Device)
}
