package store

import (
	"context"
	"time"

	"baton/internal/work"
)

// An Audited is one row of the audit log.
type Audited struct {
	Number  int64
	At      time.Time
	Kind    string
	By      work.PersonID // 0 for whoever runs the server
	Subject int64
	MAC     string // keyed hash over the row and the one before
	Note    string // outside the chain; may have been erased
}

const auditColumns = `a.number, a.at, a.kind, a.by, a.subject, a.mac, COALESCE(n.text, '')`

const auditTables = ` FROM audit a LEFT JOIN audit_notes n ON n.workspace = a.workspace AND n.number = a.number`

func scanAudited(row scanner) (a Audited, err error) {
	var at int64
	err = row.Scan(&a.Number, &at, &a.Kind, &a.By, &a.Subject, &a.MAC, &a.Note)
	a.At = instant(at)
	return a, err
}

// LastAudited is the head of the workspace's audit log; without a number when
// it is empty.
func (tx *Tx) LastAudited(ctx context.Context) (Audited, error) {
	all, err := tx.Audit(ctx, 0, 1)
	if err != nil || len(all) == 0 {
		return Audited{}, err
	}
	return all[0], nil
}

// Audit lists the audit log before a number (0: from its head), the newest
// first.
func (tx *Tx) Audit(ctx context.Context, before int64, limit int) ([]Audited, error) {
	if before == 0 {
		before = 1 << 62
	}
	return collect(ctx, tx.session, scanAudited, `SELECT `+auditColumns+auditTables+` WHERE a.workspace = ? AND a.number < ? ORDER BY a.number DESC LIMIT ?`, tx.ws.ID, before, limit)
}

// AuditAfter lists the audit log behind a number, the oldest first.
func (tx *Tx) AuditAfter(ctx context.Context, number int64, limit int) ([]Audited, error) {
	return collect(ctx, tx.session, scanAudited, `SELECT `+auditColumns+auditTables+` WHERE a.workspace = ? AND a.number > ? ORDER BY a.number LIMIT ?`, tx.ws.ID, number, limit)
}

// AddAudited adds a row to the audit log.
func (tx *Tx) AddAudited(ctx context.Context, a Audited) error {
	err := tx.exec(ctx, `INSERT INTO audit (workspace, number, at, kind, by, subject, mac) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		tx.ws.ID, a.Number, micros(a.At), a.Kind, a.By, a.Subject, a.MAC)
	if err != nil || a.Note == "" {
		return err
	}
	return tx.exec(ctx, `INSERT INTO audit_notes (workspace, number, text) VALUES (?, ?, ?)`, tx.ws.ID, a.Number, a.Note)
}

// LastAuditedAs is the number of the newest row of a kind; 0 for none.
func (tx *Tx) LastAuditedAs(ctx context.Context, kind string) (int64, error) {
	return one(ctx, tx.session, number[int64], `SELECT COALESCE(MAX(number), 0) FROM audit WHERE workspace = ? AND kind = ?`, tx.ws.ID, kind)
}

// KeyCheck is what the key file is known by; "" before there is one.
func (g *Global) KeyCheck(ctx context.Context) (string, error) {
	all, err := collect(ctx, g.session, func(row scanner) (mac string, err error) { err = row.Scan(&mac); return mac, err }, `SELECT mac FROM key_check`)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0], nil
}

// SaveKeyCheck keeps what the key file is known by.
func (g *Global) SaveKeyCheck(ctx context.Context, mac string) error {
	return g.exec(ctx, `INSERT INTO key_check (id, mac) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET mac = excluded.mac`, mac)
}
