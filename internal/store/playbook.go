package store

import (
	"context"
	"time"

	"baton/internal/work"
)

// A Playbook is terms kept for the next time.
type Playbook struct {
	ID      work.PlaybookID     `json:"id"`
	Owner   work.PersonID       `json:"owner"`
	Name    string              `json:"name"`
	Kind    work.DelegationKind `json:"kind"`
	Terms   work.Terms          `json:"terms"`
	Version int64               `json:"version"`
}

func scanPlaybook(row scanner) (p Playbook, err error) {
	err = row.Scan(&p.ID, &p.Owner, &p.Name, &p.Kind, asJSON(&p.Terms), &p.Version)
	return p, err
}

// Playbooks lists a member's playbooks by name.
func (tx *Tx) Playbooks(ctx context.Context, owner work.PersonID) ([]Playbook, error) {
	return collect(ctx, tx.session, scanPlaybook, `SELECT id, owner, name, kind, terms, version FROM playbooks WHERE workspace = ? AND owner = ? ORDER BY name`, tx.ws.ID, owner)
}

// SavePlaybook keeps a new playbook, or writes over the one of its id and
// version.
func (tx *Tx) SavePlaybook(ctx context.Context, p *Playbook) error {
	p.Version++
	if p.ID != 0 {
		return stale(tx.change(ctx, `UPDATE playbooks SET kind = ?, terms = ?, version = ? WHERE workspace = ? AND owner = ? AND id = ? AND version = ?`,
			p.Kind, toJSON(p.Terms), p.Version, tx.ws.ID, p.Owner, p.ID, p.Version-1), "playbook")
	}
	p.ID = work.PlaybookID(tx.NextID())
	err := tx.exec(ctx, `INSERT INTO playbooks (workspace, id, owner, name, kind, terms, version) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		tx.ws.ID, p.ID, p.Owner, p.Name, p.Kind, toJSON(p.Terms), p.Version)
	if err != nil {
		return err
	}
	return tx.reword(ctx, playbookWords(tx.ws.ID, p))
}

// DeletePlaybook forgets a playbook.
func (tx *Tx) DeletePlaybook(ctx context.Context, owner work.PersonID, id work.PlaybookID) error {
	if err := tx.change(ctx, `DELETE FROM playbooks WHERE workspace = ? AND owner = ? AND id = ?`, tx.ws.ID, owner, id); err != nil {
		return missing(err, "playbook")
	}
	return tx.unword(ctx, tx.ws.ID, int64(id))
}

// PrivateNote returns what a member wrote for themselves about a delegation.
func (tx *Tx) PrivateNote(ctx context.Context, owner work.PersonID, d work.DelegationID) (string, error) {
	found, err := collect(ctx, tx.session, func(row scanner) (s string, err error) { err = row.Scan(&s); return s, err },
		`SELECT text FROM private_notes WHERE workspace = ? AND owner = ? AND delegation = ?`, tx.ws.ID, owner, d)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// SavePrivateNote keeps a note that only its owner sees.
func (tx *Tx) SavePrivateNote(ctx context.Context, owner work.PersonID, d work.DelegationID, text string, at time.Time) error {
	return tx.exec(ctx, `INSERT INTO private_notes (workspace, owner, delegation, text, at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (workspace, owner, delegation) DO UPDATE SET text = excluded.text, at = excluded.at`, tx.ws.ID, owner, d, text, micros(at))
}
