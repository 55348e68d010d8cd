package store

import (
	"context"
	"time"
)

// attemptsKept is how long wrong attempts are kept at most.
const attemptsKept = 24 * time.Hour

// Attempts counts the wrong attempts of a source that began after a moment.
func (g *Global) Attempts(ctx context.Context, source string, after time.Time) (int64, error) {
	found, err := collect(ctx, g.session, number[int64], `SELECT wrong FROM attempts WHERE source = ? AND since > ?`, source, micros(after))
	if err != nil || len(found) == 0 {
		return 0, err
	}
	return found[0], nil
}

// AddAttempt counts one more; what began before after is forgotten.
func (g *Global) AddAttempt(ctx context.Context, source string, after, at time.Time) error {
	if err := g.exec(ctx, `DELETE FROM attempts WHERE since < ?`, micros(at.Add(-attemptsKept))); err != nil {
		return err
	}
	return g.exec(ctx, `INSERT INTO attempts (source, since, wrong) VALUES (?, ?, 1) ON CONFLICT (source) DO UPDATE SET
		wrong = CASE WHEN attempts.since > ? THEN attempts.wrong + 1 ELSE 1 END,
		since = CASE WHEN attempts.since > ? THEN attempts.since ELSE excluded.since END`, source, micros(at), micros(after), micros(after))
}
