// Package accounts holds how people get in: the browsers they are signed in
// with, and the ways to sign in. Its operations are the same in every workspace
// of an account.
package accounts

import (
	"context"

	"baton/internal/app"
	"baton/internal/work"
)

// Operations lists what can be done with one's own account.
func Operations() []app.Operation {
	return []app.Operation{Sessions, EndSession, EndOtherSessions}
}

// accountOf is the account an operation is about: the actor's own.
func accountOf(ctx context.Context, tx *app.Tx) (work.AccountID, error) {
	if err := tx.MembersOnly(); err != nil {
		return 0, err
	}
	m, err := tx.Member(ctx, tx.Me.Person)
	return m.Account, err
}
