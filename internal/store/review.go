package store

import (
	"context"
	"time"

	"baton/internal/work"
)

// Reviews lists a member's weekly reviews, the latest first.
func (tx *Tx) Reviews(ctx context.Context, owner work.PersonID) ([]work.Review, error) {
	return collect(ctx, tx.session, func(row scanner) (r work.Review, err error) {
		var started, finished int64
		err = row.Scan(&r.Owner, asText(&r.Week), asJSON(&r.Done), asJSON(&r.Did), &started, &finished)
		r.Started, r.Finished = instant(started), instant(finished)
		return r, err
	}, `SELECT owner, week, steps, did, started_at, finished_at FROM reviews WHERE workspace = ? AND owner = ? ORDER BY week DESC`, tx.ws.ID, owner)
}

// SaveReview keeps a member's review of a week.
func (tx *Tx) SaveReview(ctx context.Context, r *work.Review) error {
	done := r.Done
	if done == nil {
		done = []work.ReviewStep{}
	}
	return tx.exec(ctx, `INSERT INTO reviews (workspace, owner, week, steps, did, started_at, finished_at) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (workspace, owner, week) DO UPDATE SET steps = excluded.steps, did = excluded.did, finished_at = excluded.finished_at`,
		tx.ws.ID, r.Owner, r.Week.String(), toJSON(done), toJSON(r.Did), micros(r.Started), micros(r.Finished))
}

// replan is the moment of a reminder that the clock is to plan anew.
var replan = instant(1)

// ReviewAt is when the clock looks at a member's weekly review next; zero when
// it never does, or for who is no member.
func (tx *Tx) ReviewAt(ctx context.Context, member work.PersonID) (time.Time, error) {
	us, err := one(ctx, tx.session, number[int64], `SELECT COALESCE(MAX(review_at), 0) FROM members WHERE workspace = ? AND person = ?`, tx.ws.ID, member)
	return instant(us), err
}

// PlanReview notes when the clock looks at a member's weekly review next.
func (tx *Tx) PlanReview(ctx context.Context, member work.PersonID, at time.Time) error {
	return tx.exec(ctx, `UPDATE members SET review_at = ? WHERE workspace = ? AND person = ?`, micros(at), tx.ws.ID, member)
}
