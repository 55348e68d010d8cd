package accounts

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/binary"
	"net"
	"net/url"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/passkey"
	"baton/internal/store"
	"baton/internal/work"
)

// mostPasskeys is how many an account may have.
const mostPasskeys = 20

var errPasskey = work.Errorf(work.Forbidden, "This passkey does not open an account here. Try another, or sign in another way.")

// site is who passkeys are made for: the host people reach Baton by. false
// where browsers make none: they want a name, and TLS except on this machine.
func site(a *app.App) (passkey.Party, bool) {
	u, err := url.Parse(a.URL)
	if err != nil || u.Hostname() == "" || net.ParseIP(u.Hostname()) != nil || u.Scheme != "https" && u.Hostname() != "localhost" {
		return passkey.Party{}, false
	}
	return passkey.Party{ID: u.Hostname(), Origin: a.URL}, true
}

// Passkeys reports whether browsers can use passkeys here.
func Passkeys(a *app.App) bool {
	_, ok := site(a)
	return ok
}

// A Challenge is what a browser is to have signed by a passkey.
type Challenge struct {
	Challenge string   `json:"challenge"` // base64url
	Site      string   `json:"site"`
	User      string   `json:"user,omitempty"`  // of a new one: the account, base64url
	Name      string   `json:"name,omitempty"`  // of a new one: whose it is
	Known     []string `json:"known,omitempty"` // of a new one: ids the account has
}

// challenge makes one, kept until it is answered.
func challenge(ctx context.Context, a *app.App, g *store.Global, kind string, account work.AccountID) (Challenge, error) {
	at, ok := site(a)
	if !ok {
		return Challenge{}, work.Errorf(work.Conflict, "Passkeys need a name and TLS; this Baton is reached at %s.", a.URL)
	}
	secret, hash := delegations.Secret()
	now := a.Now()
	return Challenge{Challenge: secret, Site: at.ID}, g.AddSignInStep(ctx, hash, store.SignInStep{Account: account, Kind: kind, Expires: now.Add(stepLasts)}, now)
}

// AskPasskey makes a challenge for whoever has a passkey here.
func AskPasskey(ctx context.Context, a *app.App) (c Challenge, err error) {
	if err := app.SignIns.Open(ctx, a); err != nil {
		return c, err
	}
	err = a.Store.WriteGlobal(ctx, func(g *store.Global) error {
		c, err = challenge(ctx, a, g, stepPasskey, 0)
		return err
	})
	return c, err
}

// ByPasskey signs in with a signed challenge. Each is good once.
func ByPasskey(ctx context.Context, a *app.App, secret string, in passkey.Signed) (work.AccountID, error) {
	if err := app.SignIns.Open(ctx, a); err != nil {
		return 0, err
	}
	at, _ := site(a)
	var account work.AccountID
	err := a.Store.WriteGlobal(ctx, func(g *store.Global) error {
		if err := useStep(ctx, a, g, secret, stepPasskey, 0); err != nil {
			return err
		}
		known, err := g.Passkey(ctx, in.ID.String())
		if work.KindOf(err) == work.NotFound {
			return errPasskey
		}
		if err != nil {
			return err
		}
		key, err := base64.RawURLEncoding.DecodeString(known.Key)
		if err != nil {
			return err
		}
		counter, err := in.Check(at, secret, key, uint32(known.Counter))
		if err != nil {
			a.Log.WarnContext(ctx, "passkey refused", "account", known.Account, "cause", err)
			return errPasskey
		}
		account = known.Account
		return g.UsePasskey(ctx, known, int64(counter), a.Now())
	})
	if work.KindOf(err) == work.Forbidden {
		err = cmp.Or(app.SignIns.Wrong(ctx, a), err)
	}
	return account, err
}

// useStep ends a step of a kind, if it is there.
func useStep(ctx context.Context, a *app.App, g *store.Global, secret, kind string, account work.AccountID) error {
	hash := delegations.HashSecret(secret)
	step, err := g.SignInStep(ctx, hash, kind, a.Now())
	if work.KindOf(err) == work.NotFound || err == nil && step.Account != account {
		return errStepOver
	}
	if err != nil {
		return err
	}
	return g.EndSignInStep(ctx, hash)
}

// BeginPasskey makes a challenge for a new passkey of whoever just signed in.
func BeginPasskey(ctx context.Context, a *app.App, me SignedIn) (c Challenge, err error) {
	err = change(ctx, a, me, "", func(g *store.Global, w Ways) error {
		if len(w.Passkeys) >= mostPasskeys {
			return work.Errorf(work.Full, "You have %d passkeys; take one away first.", mostPasskeys)
		}
		c, err = challenge(ctx, a, g, stepNewPasskey, me.Account)
		c.Name, c.User = w.Email, base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint64(nil, uint64(me.Account)))
		for _, p := range w.Passkeys {
			c.Known = append(c.Known, p.ID)
		}
		return err
	})
	return c, err
}

// AddPasskey keeps a new passkey that answers a challenge, under a label.
func AddPasskey(ctx context.Context, a *app.App, me SignedIn, secret, label string, in passkey.Made) error {
	at, _ := site(a)
	return change(ctx, a, me, app.PasskeyMade, func(g *store.Global, _ Ways) error {
		if err := useStep(ctx, a, g, secret, stepNewPasskey, me.Account); err != nil {
			return err
		}
		counter, err := in.Check(at, secret)
		if err != nil {
			return work.Errorf(work.Invalid, "The browser's passkey cannot be used here: %s.", err)
		}
		return g.AddPasskey(ctx, store.Passkey{ID: in.ID.String(), Account: me.Account, Key: in.Key.String(), Counter: int64(counter), Label: label, Made: a.Now()})
	})
}

// DropPasskey takes a passkey away. What its device keeps of it opens nothing.
func DropPasskey(ctx context.Context, a *app.App, me SignedIn, id string) error {
	return change(ctx, a, me, app.PasskeyRemoved, func(g *store.Global, _ Ways) error { return g.DropPasskey(ctx, me.Account, id) })
}
