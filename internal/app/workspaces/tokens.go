package workspaces

import (
	"cmp"
	"context"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/store"
	"baton/internal/work"
)

// What can happen to a token. Its history is its member's alone.
const (
	TokenWasMade    work.EventKind = "token_made"
	TokenWasRevoked work.EventKind = "token_revoked"
)

// A Token as its member reads it: never its secret.
type Token struct {
	ID      work.TokenID `json:"id"`
	Label   string       `json:"label" doc:"What it is for"`
	Scope   app.Scope    `json:"scope" enum:"read,act,all" doc:"What it may do: look, act for you without an owner's powers, or all"`
	Made    time.Time    `json:"made"`
	Used    *time.Time   `json:"last_used,omitempty" doc:"To the minute; absent when it never was"`
	Expires time.Time    `json:"expires"`
	Expired bool         `json:"expired,omitempty"`
}

func tokenID(hash string) work.TokenID { return work.TokenID(delegations.ShortOf(hash)) }

// Tokens lists the actor's tokens, the newest first.
var Tokens = app.Read(app.Describe{
	Name: "token.list", Coaches: true, Method: "GET", Path: "tokens", Who: app.AnyMember, Summary: "List the tokens with which programs act for you, and when each was last used.",
}, func(ctx context.Context, tx *app.Tx, in app.Page) (app.List[Token], error) {
	if err := tx.MembersOnly(); err != nil {
		return app.List[Token]{}, err
	}
	all, err := tx.Tokens(ctx, tx.Me.Person)
	if err != nil {
		return app.List[Token]{}, err
	}
	out := make([]Token, len(all))
	for i, t := range all {
		out[i] = Token{ID: tokenID(t.Hash), Label: t.Label, Scope: app.Scope(t.Scope), Made: t.CreatedAt, Expires: t.Expires, Expired: !t.Expires.After(tx.Now)}
		if !t.UsedAt.IsZero() {
			out[i].Used = &t.UsedAt
		}
	}
	return app.Cut(out, in, func(t Token) string { return app.Key(-t.Made.UnixMicro(), int64(t.ID)) })
})

// AskToken names a token.
type AskToken struct {
	Token work.TokenID `path:"token" json:"-"`
}

// RevokeToken ends one of the actor's tokens at once.
var RevokeToken = app.Write(app.Describe{
	Name: "token.revoke", Coaches: true, Method: "DELETE", Path: "tokens/{token}", Who: app.AnyMember, Summary: "Revoke a token: what uses it is refused from now on.",
}, func(ctx context.Context, tx *app.Tx, in AskToken) (app.None, error) {
	if err := tx.MembersOnly(); err != nil {
		return app.None{}, err
	}
	all, err := tx.Tokens(ctx, tx.Me.Person)
	if err != nil {
		return app.None{}, err
	}
	for _, t := range all {
		if tokenID(t.Hash) != in.Token {
			continue
		}
		if err := tx.DeleteToken(ctx, tx.Me.Person, t.Hash); err != nil {
			return app.None{}, err
		}
		if err := tx.Audit(ctx, app.TokenRevoked, int64(in.Token), t.Label); err != nil {
			return app.None{}, err
		}
		return app.None{}, tx.Happened(ctx, work.Event{Kind: TokenWasRevoked, Detail: work.Detail{Name: t.Label}})
	}
	return app.None{}, work.Errorf(work.NotFound, "There is no such token.")
})

// NewToken names a token.
type NewToken struct {
	Label string    `json:"label" minLength:"1" maxLength:"100" doc:"What it is for"`
	Scope app.Scope `json:"scope,omitempty" enum:"read,act,all" doc:"What it may do: read looks and changes nothing, act does what is yours to do but nothing that only an owner may, all does everything; act unless said"`
	Days  int       `json:"days,omitempty" minimum:"0" maximum:"3650" doc:"How long it is valid; 90 unless said"`
}

// A TokenMade is shown once.
type TokenMade struct {
	ID      work.TokenID `json:"id"`
	Token   string       `json:"token" doc:"Shown this once"`
	Expires time.Time    `json:"expires"`
}

// MakeToken makes a token with which a program acts for the actor.
var MakeToken = app.Write(app.Describe{
	Name: "token.make", Coaches: true, Admits: true, Secret: true, Method: "POST", Path: "tokens", Who: app.AnyMember, Undo: "token.revoke", Summary: "Make a token with which a program acts for you.",
}, func(ctx context.Context, tx *app.Tx, in NewToken) (TokenMade, error) {
	if err := tx.MembersOnly(); err != nil {
		return TokenMade{}, err
	}
	if in.Days == 0 {
		in.Days = 90
	}
	if in.Scope = cmp.Or(in.Scope, app.ScopeAct); !in.Scope.Known() {
		return TokenMade{}, work.FieldError("scope", "A token is for read, act or all.")
	}
	secret, _ := delegations.Secret()
	secret = "baton_" + secret
	t := store.Token{Workspace: tx.Workspace().ID, Person: tx.Me.Person, Label: in.Label, Scope: string(in.Scope), CreatedAt: tx.Now, Expires: tx.Now.AddDate(0, 0, in.Days)}
	hash := delegations.HashSecret(secret)
	if err := tx.Global().AddToken(ctx, hash, t); err != nil {
		return TokenMade{}, err
	}
	if err := tx.Audit(ctx, app.TokenMade, int64(tokenID(hash)), t.Scope+": "+t.Label); err != nil {
		return TokenMade{}, err
	}
	return TokenMade{tokenID(hash), secret, t.Expires}, tx.Happened(ctx, work.Event{Kind: TokenWasMade, Detail: work.Detail{Name: in.Label}})
})
