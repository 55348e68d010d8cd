package store

import (
	"context"

	"baton/internal/work"
)

// Timer returns a member's running timer, and whether there is one.
func (tx *Tx) Timer(ctx context.Context, owner work.PersonID) (work.Timer, bool, error) {
	found, err := collect(ctx, tx.session, func(row scanner) (t work.Timer, err error) {
		var at int64
		err = row.Scan(&t.Owner, &t.Delegation, &at)
		t.Started = instant(at)
		return t, err
	}, `SELECT owner, delegation, started_at FROM timers WHERE workspace = ? AND owner = ?`, tx.ws.ID, owner)
	if err != nil || len(found) == 0 {
		return work.Timer{}, false, err
	}
	return found[0], true, nil
}

// StartTimer keeps a member's running timer; the key refuses a second one.
func (tx *Tx) StartTimer(ctx context.Context, t work.Timer) error {
	return tx.exec(ctx, `INSERT INTO timers (workspace, owner, delegation, started_at) VALUES (?, ?, ?, ?)`, tx.ws.ID, t.Owner, t.Delegation, micros(t.Started))
}

// ForgetTimer throws away the timer of somebody who leaves, if there is one.
func (tx *Tx) ForgetTimer(ctx context.Context, owner work.PersonID) error {
	return tx.exec(ctx, `DELETE FROM timers WHERE workspace = ? AND owner = ?`, tx.ws.ID, owner)
}

// EndTimer forgets a member's running timer.
func (tx *Tx) EndTimer(ctx context.Context, owner work.PersonID) error {
	return missing(tx.change(ctx, `DELETE FROM timers WHERE workspace = ? AND owner = ?`, tx.ws.ID, owner), "running timer")
}
