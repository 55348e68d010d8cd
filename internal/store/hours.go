package store

import (
	"context"
	"errors"
	"time"

	"baton/internal/call"
	"baton/internal/work"
)

// CoachHours returns the hours a member keeps for calls, the usual ones without
// a window when they never wrote any down.
func (tx *Tx) CoachHours(ctx context.Context, person work.PersonID, zone string) (call.Hours, error) {
	h, err := one(ctx, tx.session, func(row scanner) (h call.Hours, err error) {
		var windows string
		err = row.Scan(&h.Person, &h.Zone, &windows, &h.Length, &h.Before, &h.After, &h.Notice, &h.Horizon, asJSON(&h.Off), &h.Version)
		if err == nil {
			h.Windows, err = call.ParseWindows(windows)
		}
		return h, err
	}, `SELECT person, zone, windows, length, before, after, notice, horizon, off, version FROM coach_hours WHERE workspace = ? AND person = ?`, tx.ws.ID, person)
	if errors.Is(err, errNone) {
		return call.Usual(person, zone), nil
	}
	return h, err
}

// SaveCoachHours keeps a member's hours.
func (tx *Tx) SaveCoachHours(ctx context.Context, h *call.Hours) error {
	h.Version++
	if err := tx.PlanReview(ctx, h.Person, replan); err != nil { // theirs may be another clock now
		return err
	}
	return tx.exec(ctx, `INSERT INTO coach_hours (workspace, person, zone, windows, length, before, after, notice, horizon, off, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace, person) DO UPDATE SET zone = excluded.zone, windows = excluded.windows,
		length = excluded.length, before = excluded.before, after = excluded.after, notice = excluded.notice, horizon = excluded.horizon,
		off = excluded.off, version = excluded.version`,
		tx.ws.ID, h.Person, h.Zone, call.WindowWords(h.Windows), h.Length, h.Before, h.After, h.Notice, h.Horizon, toJSON(notNil(h.Off)), h.Version)
}

// A BusySource is a calendar that says when its owner is busy.
type BusySource struct {
	Source string
	At     time.Time // when it was read
	Until  time.Time // up to when it was read
	Count  int       // busy times to come
}

// BusySources lists a member's calendars by name.
func (tx *Tx) BusySources(ctx context.Context, person work.PersonID, now time.Time) ([]BusySource, error) {
	return collect(ctx, tx.session, func(row scanner) (b BusySource, err error) {
		var at, until int64
		err = row.Scan(&b.Source, &at, &until, &b.Count)
		b.At, b.Until = instant(at), instant(until)
		return b, err
	}, `SELECT s.source, s.at, s.until, (SELECT COUNT(*) FROM busy_times b WHERE b.workspace = s.workspace AND b.person = s.person AND b.source = s.source AND b.ends_at > ?)
		FROM busy_sources s WHERE s.workspace = ? AND s.person = ? ORDER BY s.source`, micros(now), tx.ws.ID, person)
}

// ReplaceBusy keeps when a calendar says its owner is busy, in place of what it
// said before. Spans are apart and in order.
func (tx *Tx) ReplaceBusy(ctx context.Context, person work.PersonID, source string, at, until time.Time, spans []call.Span) error {
	if err := tx.DropBusy(ctx, person, source); err != nil && work.KindOf(err) != work.NotFound {
		return err
	}
	err := tx.exec(ctx, `INSERT INTO busy_sources (workspace, person, source, at, until) VALUES (?, ?, ?, ?, ?)`, tx.ws.ID, person, source, micros(at), micros(until))
	if err != nil {
		return err
	}
	rows := make([][]any, len(spans))
	for i, s := range spans {
		rows[i] = []any{tx.ws.ID, person, source, micros(s.From), micros(s.To)}
	}
	return tx.insert(ctx, `INSERT INTO busy_times (workspace, person, source, starts_at, ends_at)`, "", rows)
}

// DropBusy forgets a calendar.
func (tx *Tx) DropBusy(ctx context.Context, person work.PersonID, source string) error {
	if err := tx.exec(ctx, `DELETE FROM busy_times WHERE workspace = ? AND person = ? AND source = ?`, tx.ws.ID, person, source); err != nil {
		return err
	}
	return missing(tx.change(ctx, `DELETE FROM busy_sources WHERE workspace = ? AND person = ? AND source = ?`, tx.ws.ID, person, source), "calendar")
}

// Busy lists when a member is busy between two moments, by all their calendars.
func (tx *Tx) Busy(ctx context.Context, person work.PersonID, from, to time.Time) ([]call.Span, error) {
	return collect(ctx, tx.session, scanSpan, `SELECT starts_at, ends_at FROM busy_times WHERE workspace = ? AND person = ? AND ends_at > ? AND starts_at < ?
		ORDER BY starts_at`, tx.ws.ID, person, micros(from), micros(to))
}

func scanSpan(row scanner) (s call.Span, err error) {
	var from, to int64
	err = row.Scan(&from, &to)
	return call.Span{From: instant(from), To: instant(to)}, err
}

// BookedSpans lists the calls a member takes part in, on either side, that are
// booked or running between two moments, but one.
func (tx *Tx) BookedSpans(ctx context.Context, person work.PersonID, from, to time.Time, but work.CallID) ([]call.Span, error) {
	return collect(ctx, tx.session, scanSpan, `SELECT starts_at, ends_at FROM calls WHERE workspace = ? AND coach = ? AND coach > 0 AND state IN ('booked', 'running')
			AND ends_at > ? AND starts_at < ? AND id <> ?
		UNION ALL SELECT starts_at, ends_at FROM calls WHERE workspace = ? AND client = ? AND coach > 0 AND state IN ('booked', 'running')
			AND ends_at > ? AND starts_at < ? AND id <> ? ORDER BY 1`,
		tx.ws.ID, person, micros(from), micros(to), but, tx.ws.ID, person, micros(from), micros(to), but)
}
