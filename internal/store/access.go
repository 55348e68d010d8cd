package store

import (
	"context"
	"time"

	"baton/internal/work"
)

// Access opens a door: a label and what is secret about it. Its table is left
// out of every export.
type Access struct {
	Label  string
	Secret string
	At     time.Time
}

// Access lists what is kept for a delegation, by label.
func (tx *Tx) Access(ctx context.Context, id work.DelegationID) ([]Access, error) {
	return collect(ctx, tx.session, func(row scanner) (a Access, err error) {
		var at int64
		err = row.Scan(&a.Label, &a.Secret, &at)
		a.At = instant(at)
		return a, err
	}, `SELECT label, secret, at FROM access_secrets WHERE workspace = ? AND delegation = ? ORDER BY label`, tx.ws.ID, id)
}

// SaveAccess keeps one secret in place of an older one of the same label; an
// empty one is forgotten.
func (tx *Tx) SaveAccess(ctx context.Context, id work.DelegationID, a Access) error {
	if a.Secret == "" {
		return tx.exec(ctx, `DELETE FROM access_secrets WHERE workspace = ? AND delegation = ? AND label = ?`, tx.ws.ID, id, a.Label)
	}
	return tx.exec(ctx, `INSERT INTO access_secrets (workspace, delegation, label, secret, at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (workspace, delegation, label) DO UPDATE SET secret = excluded.secret, at = excluded.at`,
		tx.ws.ID, id, a.Label, a.Secret, micros(a.At))
}

// DropAccess forgets everything kept for a delegation.
func (tx *Tx) DropAccess(ctx context.Context, id work.DelegationID) error {
	return tx.exec(ctx, `DELETE FROM access_secrets WHERE workspace = ? AND delegation = ?`, tx.ws.ID, id)
}
