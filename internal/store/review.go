package store

import (
	"context"

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
