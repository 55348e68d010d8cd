package workspaces

import (
	"cmp"
	"context"
	"time"

	"baton/internal/app"
	"baton/internal/app/accounts"
	"baton/internal/app/delegations"
	"baton/internal/store"
	"baton/internal/work"
)

// setupLasts is how long the set-up link can be used; a later start makes
// another.
const setupLasts = 7 * 24 * time.Hour

// SetupLink makes the one-time link with which the first workspace is made:
// "" when there is a workspace already.
func SetupLink(ctx context.Context, a *app.App) (string, error) {
	secret, hash := delegations.Secret()
	url := ""
	err := a.Store.WriteGlobal(ctx, func(g *store.Global) error {
		there, err := g.Workspaces(ctx)
		if err != nil || len(there) > 0 {
			return err
		}
		url = a.URL + "/setup/" + secret
		return g.AddSetupLink(ctx, hash, a.Now().Add(setupLasts))
	})
	return url, err
}

// FirstSignIn makes a one-time link that signs the first owner in, while nobody is
// signed in on the pages: "" otherwise, and without a workspace. Who began on the
// command line has a workspace, and no other way in.
func FirstSignIn(ctx context.Context, a *app.App) (string, error) {
	there := false
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) error {
		all, err := g.Workspaces(ctx)
		if err != nil {
			return err
		}
		signedIn, err := g.SignedIn(ctx, a.Now())
		there = len(all) > 0 && !signedIn
		return err
	})
	if err != nil || !there {
		return "", err
	}
	return SignInLink(ctx, a, "")
}

// CanSetUp reports whether a set-up link is good: an Error says why not.
func CanSetUp(ctx context.Context, a *app.App, secret string) error {
	if err := app.SignIns.Open(ctx, a); err != nil {
		return err
	}
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) error { return canSetUp(ctx, a, g, secret) })
	return wrong(ctx, a, app.SignIns, err)
}

// wrong counts an attempt with a secret that opens nothing.
func wrong(ctx context.Context, a *app.App, t app.Throttle, err error) error {
	if work.KindOf(err) != work.NotFound {
		return err
	}
	return cmp.Or(t.Wrong(ctx, a), err)
}

func canSetUp(ctx context.Context, a *app.App, g *store.Global, secret string) error {
	err := g.SetupLink(ctx, delegations.HashSecret(secret), a.Now())
	if work.KindOf(err) == work.NotFound {
		err = work.Errorf(work.NotFound, "This set-up link was used already or is too old. Restart Baton on an empty database for a new one.")
	}
	return err
}

// SetUp makes the first workspace with a set-up link.
func SetUp(ctx context.Context, a *app.App, secret string, f Founding) (app.Actor, error) {
	return found(ctx, a, f, func(g *store.Global) error {
		if err := canSetUp(ctx, a, g, secret); err != nil {
			return err
		}
		return g.UseSetupLinks(ctx, a.Now())
	})
}

// An Arrival is who a sign-in link let in, where they go, and which sort of link
// it was.
type Arrival struct {
	Actor app.Actor // with the account
	Way   string    // accounts.ByLink or accounts.ByMail
}

// SignIn uses a one-time sign-in link and returns who it signs in. It can be
// used once.
func SignIn(ctx context.Context, a *app.App, secret string) (Arrival, error) {
	return signIn(ctx, a, secret, func(g *store.Global, hash string) error { return g.UseSignInLink(ctx, hash, a.Now()) })
}

// SignInAgain is SignIn with a link that stays good for its day: the demo's.
func SignInAgain(ctx context.Context, a *app.App, secret string) (Arrival, error) {
	return signIn(ctx, a, secret, func(*store.Global, string) error { return nil })
}

func signIn(ctx context.Context, a *app.App, secret string, use func(g *store.Global, hash string) error) (Arrival, error) {
	var in Arrival
	if err := app.SignIns.Open(ctx, a); err != nil {
		return in, err
	}
	err := a.Store.WriteGlobal(ctx, func(g *store.Global) error {
		hash := delegations.HashSecret(secret)
		link, err := g.SignInLink(ctx, hash, a.Now())
		if err != nil {
			return err
		}
		m, err := g.Membership(ctx, link.Workspace, link.Person)
		if err != nil {
			return err
		}
		in = Arrival{actorOf(m, m.Account), accounts.ByLink}
		if link.Mailed {
			in.Way = accounts.ByMail
		}
		return use(g, hash)
	})
	if work.KindOf(err) == work.NotFound {
		err = work.Errorf(work.NotFound, "This sign-in link was used already or is too old. Ask for a new one.")
	}
	return in, wrong(ctx, a, app.SignIns, err)
}

// A Place is where a signed-in account is, and as whom: what every page says.
type Place struct {
	Actor     app.Actor
	Workspace store.Workspace
	Name      string // the member's
}

// Enter opens a workspace for an account. One it is no member of is not there.
func Enter(ctx context.Context, a *app.App, account work.AccountID, id work.WorkspaceID) (Place, error) {
	all, err := Memberships(ctx, a, account)
	if err != nil {
		return Place{}, err
	}
	for _, m := range all {
		if m.Workspace != id {
			continue
		}
		p := Place{Actor: actorOf(m, account)}
		err := a.Store.Read(ctx, id, func(tx *store.Tx) error {
			me, err := tx.Person(ctx, m.Person)
			p.Workspace, p.Name = tx.Workspace(), me.Name
			return err
		})
		return p, err
	}
	return Place{}, work.Errorf(work.NotFound, "There is no such page.")
}

// actorOf is an account as a member.
func actorOf(m store.Membership, account work.AccountID) app.Actor {
	return app.Actor{Workspace: m.Workspace, Person: m.Person, Owner: m.Owner, Coach: m.Coach, Account: account}
}

// Places lists where an actor may look: every workspace of the account that
// signed in, or the one of a token.
func Places(ctx context.Context, a *app.App, me app.Actor) ([]app.Actor, error) {
	if me.Account == 0 {
		return []app.Actor{me}, nil
	}
	all, err := Memberships(ctx, a, me.Account)
	out := make([]app.Actor, len(all))
	for i, m := range all {
		out[i] = actorOf(m, me.Account)
	}
	return out, err
}

// In is an actor in another workspace of their account, by its name or number.
func In(ctx context.Context, a *app.App, me app.Actor, workspace string) (app.Actor, error) {
	all, err := Places(ctx, a, me)
	if err != nil {
		return me, err
	}
	var found []app.Actor
	for _, place := range all {
		err := a.Store.Read(ctx, place.Workspace, func(tx *store.Tx) error {
			if isCalled(tx.Workspace(), workspace) {
				found = append(found, place)
			}
			return nil
		})
		if err != nil {
			return me, err
		}
	}
	switch len(found) {
	case 0:
		return me, work.Errorf(work.NotFound, "You are in no workspace called %s.", workspace)
	case 1:
		return found[0], nil
	}
	return me, work.Errorf(work.Invalid, "Several workspaces are called %s; use the number.", workspace)
}

// Memberships lists the places of an account.
func Memberships(ctx context.Context, a *app.App, account work.AccountID) (out []store.Membership, err error) {
	err = a.Store.ReadGlobal(ctx, func(g *store.Global) error {
		out, err = g.Memberships(ctx, account)
		return err
	})
	return out, err
}

// EnterAsGuest opens the one delegation of a guest's link, as the one person
// it was made for. A link that expired or was revoked opens nothing.
func EnterAsGuest(ctx context.Context, a *app.App, secret string) (Place, error) {
	var link store.Link
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		link, err = g.GuestLink(ctx, delegations.HashSecret(secret), a.Now())
		return err
	})
	if err != nil {
		return Place{}, wrong(ctx, a, app.Bearers, err)
	}
	p := Place{Actor: app.Actor{Workspace: link.Workspace, Person: link.Person, Guest: link.Delegation}}
	return p, a.Store.Read(ctx, link.Workspace, func(tx *store.Tx) error {
		me, err := tx.Person(ctx, link.Person)
		p.Workspace, p.Name = tx.Workspace(), me.Name
		return err
	})
}
