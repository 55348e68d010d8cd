// Package jobs does what nobody asks for: it lets time pass, and hands the
// mail of the outbox to a mail server. Truth about both is in the database, so
// that a worker keeps nothing, may be killed at any moment, and may run on
// several machines at once.
package jobs

import (
	"context"
	"time"

	"baton/internal/app"
	"baton/internal/app/clock"
)

// sweep is how often the worker looks for what is due, whatever it was told.
const sweep = time.Minute

// Run works until ctx ends.
func Run(ctx context.Context, a *app.App) {
	for ctx.Err() == nil {
		if err := clock.Advance(ctx, a, a.Now()); err != nil && ctx.Err() == nil {
			a.Log.ErrorContext(ctx, "time did not pass everywhere", "error", err)
		}
		pause(ctx, sweep)
	}
}

// pause waits, or less when ctx ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
