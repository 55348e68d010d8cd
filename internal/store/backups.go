package store

import (
	"context"
	"time"
)

// A BackupDay is what servers noted of the backup of one day.
type BackupDay struct {
	Day     string // 2026-11-23, by the clock of the servers
	Server  string // which tried last
	BeganAt time.Time
	EndedAt time.Time // zero while it is being made
	File    string
	Bytes   int64
	Problem string // why there is none; "" when there is, or while it is being made
}

// Good reports whether there is a backup of that day.
func (d BackupDay) Good() bool { return !d.EndedAt.IsZero() && d.Problem == "" }

const backupColumns = `day, server, began_at, ended_at, file, bytes, problem`

func scanBackupDay(row scanner) (d BackupDay, err error) {
	var began, ended int64
	err = row.Scan(&d.Day, &d.Server, &began, &ended, &d.File, &d.Bytes, &d.Problem)
	d.BeganAt, d.EndedAt = instant(began), instant(ended)
	return d, err
}

// BackupDays returns what was noted last, and of the last backup there is; each
// zero when there is none.
func (g *Global) BackupDays(ctx context.Context) (latest, good BackupDay, err error) {
	all, err := collect(ctx, g.session, scanBackupDay, `SELECT `+backupColumns+` FROM backups ORDER BY day DESC LIMIT 1`)
	if err != nil || len(all) == 0 {
		return latest, good, err
	}
	latest = all[0]
	all, err = collect(ctx, g.session, scanBackupDay, `SELECT `+backupColumns+` FROM backups WHERE ended_at > 0 AND problem = '' ORDER BY day DESC LIMIT 1`)
	if len(all) > 0 {
		good = all[0]
	}
	return latest, good, err
}

// BeginBackup notes that a server makes the backup of a day, and reports
// whether it is the one to: another made it, or is at it since a moment after
// lost, or failed after a moment not to be tried again before.
func (g *Global) BeginBackup(ctx context.Context, d BackupDay, lost, again time.Time) (bool, error) {
	n, err := g.conn.exec(ctx, `INSERT INTO backups (`+backupColumns+`) VALUES (?, ?, ?, 0, '', 0, '')
		ON CONFLICT (day) DO UPDATE SET server = excluded.server, began_at = excluded.began_at, ended_at = 0, problem = ''
		WHERE backups.ended_at = 0 AND backups.began_at <= ? OR backups.problem <> '' AND backups.began_at <= ?`,
		[]any{d.Day, d.Server, micros(d.BeganAt), micros(lost), micros(again)})
	return n == 1, err
}

// EndBackup notes what came of what BeginBackup began.
func (g *Global) EndBackup(ctx context.Context, d BackupDay) error {
	return g.exec(ctx, `UPDATE backups SET ended_at = ?, file = ?, bytes = ?, problem = ? WHERE day = ? AND server = ? AND began_at = ?`,
		micros(d.EndedAt), d.File, d.Bytes, d.Problem, d.Day, d.Server, micros(d.BeganAt))
}

// ForgetBackup takes back what BeginBackup began.
func (g *Global) ForgetBackup(ctx context.Context, d BackupDay) error {
	return g.exec(ctx, `DELETE FROM backups WHERE day = ? AND server = ? AND began_at = ?`, d.Day, d.Server, micros(d.BeganAt))
}
