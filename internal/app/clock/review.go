package clock

import (
	"context"
	"time"

	"baton/internal/app"
	"baton/internal/app/reviews"
	"baton/internal/ical"
	"baton/internal/work"
)

// reminds reports whether the reader is to be reminded of their weekly review
// now, and plans when to look at it next. A reminder whose day is over by their
// clock is left out, and so is one while they are away, or after the review.
func (r *reader) reminds(ctx context.Context, tx *app.Tx) (bool, error) {
	planned, err := tx.ReviewAt(ctx, r.ID)
	if err != nil || planned.IsZero() || planned.After(tx.Now) {
		return false, err
	}
	var next time.Time
	if r.review {
		next = work.NextReviewAt(r.day, r.hour, r.zone, tx.Now)
	}
	if err := tx.PlanReview(ctx, r.ID, next); err != nil {
		return false, err
	}
	today := ical.Today(tx.Now, r.zone)
	if _, away := r.AwayOn(today); away || next.IsZero() || ical.Today(planned, r.zone) != today {
		return false, nil
	}
	return reviews.Due(ctx, tx, r.ID)
}
