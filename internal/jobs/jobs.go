// Package jobs does what nobody asks for: it lets time pass, and hands the
// mail of the outbox to a mail server. Truth about both is in the database, so
// that a worker keeps nothing, may be killed at any moment, and may run on
// several machines at once.
package jobs

import (
	"context"
	"time"

	"baton/internal/app"
	"baton/internal/app/backups"
	"baton/internal/app/clock"
	"baton/internal/mail"
	"baton/internal/store"
)

// sweep is how often a worker looks for what is due, whatever it was told.
const sweep = time.Minute

// breath is the least time between two looks: a busy server commits hundreds
// of times a second.
const breath = time.Second

// A Worker does the background work over one database.
type Worker struct {
	app  *app.App
	send func(context.Context, mail.Message) error // nil without a mail server
	wake chan struct{}
	last string // what went wrong in the turn before
}

// New returns a worker. Without a mail server mail stays in the outbox.
func New(a *app.App, server *mail.Server) *Worker {
	w := &Worker{app: a, wake: make(chan struct{}, 1)}
	if server != nil {
		w.send = server.Send
	}
	return w
}

// Run works until ctx ends. A commit wakes it to see whether something falls
// due sooner than it thought.
func (w *Worker) Run(ctx context.Context) {
	w.app.Store.Watch(w.hint)
	defer w.app.Store.Watch(nil)
	for ctx.Err() == nil {
		w.Turn(ctx)
		turned := w.app.Now()
		for ctx.Err() == nil {
			wait := min(w.next(ctx, turned), turned.Add(sweep).Sub(w.app.Now()))
			if !w.pause(ctx, wait) {
				break
			}
			w.sleep(ctx, breath)
		}
	}
}

// hint tells the worker to look again. It never waits.
func (w *Worker) hint() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// Turn does everything that is due now. What goes wrong is logged once, not
// with every turn it goes wrong again.
func (w *Worker) Turn(ctx context.Context) {
	said := ""
	if err := clock.Advance(ctx, w.app, w.app.Now()); err != nil {
		said = err.Error()
	}
	for _, post := range []func(context.Context) error{w.deliver, w.letIn} {
		if err := post(ctx); err != nil {
			said += err.Error()
		}
	}
	if said != "" && said != w.last && ctx.Err() == nil {
		w.app.Log.ErrorContext(ctx, "background work failed", "error", said)
	}
	w.last = said
}

// next is how long until something falls due that was not due at a moment.
func (w *Worker) next(ctx context.Context, since time.Time) time.Duration {
	var at time.Time
	err := w.app.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		at, err = g.NextDue(ctx, since)
		return err
	})
	if err != nil || at.IsZero() {
		return sweep
	}
	return max(0, at.Sub(w.app.Now()))
}

// pause waits for a time and reports whether it was woken before.
func (w *Worker) pause(ctx context.Context, d time.Duration) (woken bool) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-w.wake:
		return true
	case <-timer.C:
	case <-ctx.Done():
	}
	return false
}

func (w *Worker) sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// BackUp makes the backups of a schedule until ctx ends.
func BackUp(ctx context.Context, a *app.App, s backups.Schedule) {
	tick := time.NewTicker(sweep)
	defer tick.Stop()
	for last := ""; ; {
		said := ""
		if err := s.Turn(ctx, a); err != nil {
			said = err.Error()
		}
		if said != "" && said != last && ctx.Err() == nil {
			a.Log.ErrorContext(ctx, "no backup", "error", said)
		}
		last = said
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}
