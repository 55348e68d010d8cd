// Package accounts holds how people get in: the browsers they are signed in
// with, and the ways to sign in. Its operations are the same in every workspace
// of an account.
package accounts

import (
	"context"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// Operations lists what can be done with one's own account.
func Operations() []app.Operation {
	return []app.Operation{Sessions, EndSession, EndOtherSessions}
}

// audited adds to the audit log of every workspace of an account what somebody
// who has it did, or tried.
func audited(ctx context.Context, a *app.App, account work.AccountID, kind app.AuditKind, note string) error {
	var all []store.Membership
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		all, err = g.Memberships(ctx, account)
		return err
	})
	for _, m := range all {
		if err != nil {
			return err
		}
		me := app.Actor{Workspace: m.Workspace, Person: m.Person}
		err = a.Write(ctx, me, func(tx *app.Tx) error { return tx.Audit(ctx, kind, int64(m.Person), note) })
	}
	return err
}

// accountOf is the account an operation is about: the actor's own.
func accountOf(ctx context.Context, tx *app.Tx) (work.AccountID, error) {
	if err := tx.MembersOnly(); err != nil {
		return 0, err
	}
	m, err := tx.Member(ctx, tx.Me.Person)
	return m.Account, err
}
