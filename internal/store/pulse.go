package store

import (
	"context"

	"baton/internal/ical"
	"baton/internal/work"
)

const pulseColumns = `week, fullness, matters, put_off, at`

func scanPulse(row scanner) (p work.Pulse, err error) {
	var week, putOff string
	var at int64
	if err = row.Scan(&week, &p.Full, &p.Matters, &putOff, &at); err != nil {
		return p, err
	}
	p.At = instant(at)
	if err = p.Week.UnmarshalText([]byte(week)); err != nil {
		return p, err
	}
	return p, p.PutOff.UnmarshalText([]byte(putOff))
}

// Pulses lists what a member said of their weeks from the one that began on a
// Monday, or of all with a zero date, the oldest first.
func (tx *Tx) Pulses(ctx context.Context, person work.PersonID, from ical.Date) ([]work.Pulse, error) {
	return collect(ctx, tx.session, scanPulse, `SELECT `+pulseColumns+` FROM pulses WHERE workspace = ? AND person = ? AND week >= ? ORDER BY week`,
		tx.ws.ID, person, from.String())
}

// SavePulse keeps what a member says of a week, in place of what they said.
func (tx *Tx) SavePulse(ctx context.Context, person work.PersonID, p work.Pulse) error {
	return tx.exec(ctx, `INSERT INTO pulses (workspace, person, `+pulseColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (workspace, person, week) DO UPDATE SET fullness = excluded.fullness, matters = excluded.matters, put_off = excluded.put_off, at = excluded.at`,
		tx.ws.ID, person, p.Week.String(), p.Full, p.Matters, p.PutOff.String(), micros(p.At))
}
