package accounts

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/mail"
	"baton/internal/store"
	"baton/internal/work"
)

// mailedLasts is how long a mailed link can be used, and an ask be answered.
const mailedLasts = 30 * time.Minute

// mostAsks is how many letters may be on their way to one address.
const mostAsks = 3

var errNoMail = work.Errorf(work.Conflict, "This Baton sends no mail. Ask an owner of your workspace, or whoever runs it, for a link to sign in with.")

// AskLink asks for a link by mail. It answers alike, and after the same work,
// whether anybody has an account with the address or not: a worker finds out.
func AskLink(ctx context.Context, a *app.App, email string) error {
	email = strings.ToLower(strings.TrimSpace(email))
	switch {
	case !a.Mails:
		return errNoMail
	case email == "":
		return work.FieldError("email", "Write the mail address you have here.")
	case !work.IsAddress(email):
		return work.FieldError("email", "%q is not a mail address.", email)
	}
	if err := app.Asks.Wrong(ctx, a); err != nil {
		return err
	}
	id, _ := delegations.Secret()
	now := a.Now()
	return a.Store.WriteGlobal(ctx, func(g *store.Global) error {
		return g.AddSignInAsk(ctx, store.SignInAsk{ID: id, Email: email, At: now, Leaves: now}, mostAsks)
	})
}

// ClaimAsks takes asks for links for one worker for a time.
func ClaimAsks(ctx context.Context, a *app.App, lease time.Duration, limit int) (out []store.SignInAsk, err error) {
	now := a.Now()
	some := false
	err = a.Store.ReadGlobal(ctx, func(g *store.Global) error {
		some, err = g.AwaitsSignIn(ctx, now)
		return err
	})
	if err != nil || !some {
		return nil, err
	}
	err = a.Store.WriteGlobal(ctx, func(g *store.Global) error {
		out, err = g.ClaimSignInAsks(ctx, now, now.Add(lease), limit)
		return err
	})
	return out, err
}

// Answer makes the letter with a link for whoever asked; false when there is
// nobody, or the answer would come too late. The link is in the letter alone:
// what is kept of it is a hash.
func Answer(ctx context.Context, a *app.App, ask store.SignInAsk) (letter mail.Message, there bool, err error) {
	now := a.Now()
	if now.Sub(ask.At) >= mailedLasts {
		return letter, false, nil
	}
	secret, hash := delegations.Secret()
	var account store.Account
	err = a.Store.WriteGlobal(ctx, func(g *store.Global) error {
		account, err = g.Account(ctx, ask.Email)
		if err != nil {
			return err
		}
		all, err := g.Memberships(ctx, account.ID)
		if err != nil || len(all) == 0 {
			return err
		}
		there = true
		return g.AddSignInLink(ctx, hash, store.Link{Workspace: all[0].Workspace, Person: all[0].Person, Expires: now.Add(mailedLasts), Mailed: true})
	})
	if work.KindOf(err) == work.NotFound {
		return letter, false, nil
	}
	letter = mail.Message{
		ID: "signin." + ask.ID + "@" + host(a.URL), To: ask.Email, At: ask.At, Subject: "Sign in to Baton",
		Body: fmt.Sprintf("Hello %s,\n\nthis link signs you in to Baton, once, within half an hour:\n\n%s/signin/%s\n\nSomebody asked for it with your address. If that was not you, do nothing: without the link nobody gets in.\n",
			account.Name, a.URL, secret),
	}
	return letter, there, err
}

// host is the name in an address, as a Message-ID ends with it.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return "localhost"
	}
	return u.Hostname()
}

// PutOff lets a claimed ask be tried again at a moment, if it is not too late
// then.
func PutOff(ctx context.Context, a *app.App, ask store.SignInAsk, at time.Time) error {
	return a.Store.WriteGlobal(ctx, func(g *store.Global) error {
		if at.Sub(ask.At) >= mailedLasts {
			return g.DropSignInAsk(ctx, ask.ID)
		}
		return g.PutOffSignInAsk(ctx, ask.ID, at)
	})
}

// Answered forgets an ask.
func Answered(ctx context.Context, a *app.App, ask store.SignInAsk) error {
	return a.Store.WriteGlobal(ctx, func(g *store.Global) error { return g.DropSignInAsk(ctx, ask.ID) })
}
