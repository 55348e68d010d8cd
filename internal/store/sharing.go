package store

import (
	"context"
	"time"

	"baton/internal/work"
)

const sharingColumns = `id, client, coach, parts, asks, state, since, ended_at, ended_by, seen_at, version`

func scanSharing(row scanner) (s work.Sharing, err error) {
	var since, ended, seen int64
	err = row.Scan(&s.ID, &s.Client, &s.Coach, asJSON(&s.Parts), &s.Asks, &s.State, &since, &ended, &s.EndedBy, &seen, &s.Version)
	s.Since, s.EndedAt, s.SeenAt = instant(since), instant(ended), instant(seen)
	return s, err
}

// Sharing returns what one client shows one coach.
func (tx *Tx) Sharing(ctx context.Context, id work.SharingID) (work.Sharing, error) {
	s, err := one(ctx, tx.session, scanSharing, `SELECT `+sharingColumns+` FROM sharings WHERE workspace = ? AND id = ?`, tx.ws.ID, id)
	return s, missing(err, "sharing")
}

// SharingsOf lists what a person shows as a client and sees as a coach, the
// newest first, those that ended too.
func (tx *Tx) SharingsOf(ctx context.Context, person work.PersonID) ([]work.Sharing, error) {
	return collect(ctx, tx.session, scanSharing, `SELECT `+sharingColumns+` FROM sharings WHERE workspace = ? AND id IN
		(SELECT id FROM sharings WHERE workspace = ? AND client = ? UNION ALL SELECT id FROM sharings WHERE workspace = ? AND coach = ?) ORDER BY id DESC`,
		tx.ws.ID, tx.ws.ID, person, tx.ws.ID, person)
}

// AddSharing keeps a new sharing and gives it its id.
func (tx *Tx) AddSharing(ctx context.Context, s *work.Sharing) error {
	s.ID, s.Version = work.SharingID(tx.NextID()), 1
	err := tx.exec(ctx, `INSERT INTO sharings (workspace, `+sharingColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.ws.ID, s.ID, s.Client, s.Coach, toJSON(notNil(s.Parts)), s.Asks, s.State, micros(s.Since), micros(s.EndedAt), s.EndedBy, micros(s.SeenAt), s.Version)
	if err != nil && tx.d.unique(err) {
		return work.Errorf(work.Conflict, "You show this coach something already; change that.")
	}
	return err
}

// SaveSharing changes a sharing, unless somebody changed it since.
func (tx *Tx) SaveSharing(ctx context.Context, s *work.Sharing) error {
	s.Version++
	return stale(tx.change(ctx, `UPDATE sharings SET parts = ?, asks = ?, state = ?, ended_at = ?, ended_by = ?, version = ? WHERE workspace = ? AND id = ? AND version = ?`,
		toJSON(notNil(s.Parts)), s.Asks, s.State, micros(s.EndedAt), s.EndedBy, s.Version, tx.ws.ID, s.ID, s.Version-1), "sharing")
}

// SaveLook notes when the coach looked. It makes no new version: what the
// client shows is as it was.
func (tx *Tx) SaveLook(ctx context.Context, id work.SharingID, at time.Time) error {
	return missing(tx.change(ctx, `UPDATE sharings SET seen_at = ? WHERE workspace = ? AND id = ?`, micros(at), tx.ws.ID, id), "sharing")
}

const namingColumns = `sharing, person, told_at, agreed_at`

func scanNaming(row scanner) (n work.Naming, err error) {
	var told, agreed int64
	err = row.Scan(&n.Sharing, &n.Person, &told, &agreed)
	n.ToldAt, n.AgreedAt = instant(told), instant(agreed)
	return n, err
}

// Namings lists the third parties who appear in a sharing.
func (tx *Tx) Namings(ctx context.Context, id work.SharingID) ([]work.Naming, error) {
	return collect(ctx, tx.session, scanNaming, `SELECT `+namingColumns+` FROM namings WHERE workspace = ? AND sharing = ? ORDER BY person`, tx.ws.ID, id)
}

// NamingsOf lists the sharings in which a person appears, the newest first.
func (tx *Tx) NamingsOf(ctx context.Context, person work.PersonID) ([]work.Naming, error) {
	return collect(ctx, tx.session, scanNaming, `SELECT `+namingColumns+` FROM namings WHERE workspace = ? AND person = ? ORDER BY sharing DESC`, tx.ws.ID, person)
}

// SaveNaming keeps whether somebody was told, and may be named.
func (tx *Tx) SaveNaming(ctx context.Context, n work.Naming) error {
	return tx.exec(ctx, `INSERT INTO namings (workspace, `+namingColumns+`) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (workspace, sharing, person) DO UPDATE SET told_at = excluded.told_at, agreed_at = excluded.agreed_at`,
		tx.ws.ID, n.Sharing, n.Person, micros(n.ToldAt), micros(n.AgreedAt))
}
