// Package clock lets time pass: items falling due, occurrences, absences, and
// the mail that tells people. Advance is idempotent; a sweep calls it every
// minute, tests and the demo with a clock of their own.
package clock

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/ical"
	"baton/internal/store"
	"baton/internal/work"
)

// batch is how many delegations one look at the database finds.
const batch = 500

// Advance does everything that is due by a moment, each thing at its own
// moment and in that order across delegations and absences. So one late call
// leaves what many timely ones would have; only mail differs, because it tells
// at once what it would have told on several days.
//
// What fails does not keep the rest from happening; the errors come back
// joined, and the next call tries it again.
func Advance(ctx context.Context, a *app.App, now time.Time) error {
	h := &hand{app: a, now: now, stuck: map[any]error{}}
	for {
		more, err := h.strike(ctx)
		if err != nil {
			return errors.Join(append(h.failed, err)...)
		}
		if !more {
			return errors.Join(append(h.failed, closeVotes(ctx, a, now), post(ctx, a, now))...)
		}
	}
}

// A hand of the clock moves to a moment, past what it cannot move.
type hand struct {
	app    *app.App
	now    time.Time
	stuck  map[any]error // by store.Due, store.Change or store.DueCall
	failed []error
}

// fail leaves something out of the rest of this advance.
func (h *hand) fail(what any, err error) {
	h.stuck[what] = err
	h.failed = append(h.failed, err)
}

// due lists what is due next, without what is stuck.
func (h *hand) due(ctx context.Context) (due []store.Due, changes []store.Change, calls []store.DueCall, err error) {
	limit := batch + len(h.stuck)
	err = h.app.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		if due, err = g.DueDelegations(ctx, h.now, limit); err != nil {
			return err
		}
		if changes, err = g.DueChanges(ctx, h.now, limit); err != nil {
			return err
		}
		calls, err = g.DueCalls(ctx, h.now, limit)
		return err
	})
	if err != nil {
		return nil, nil, nil, fmt.Errorf("find what is due: %w", err)
	}
	calls = slices.DeleteFunc(calls, func(c store.DueCall) bool { return h.stuck[c] != nil })
	due = slices.DeleteFunc(due, func(d store.Due) bool { return h.stuck[d] != nil })
	changes = slices.DeleteFunc(changes, func(c store.Change) bool { return h.stuck[c] != nil })
	return due, changes, calls, ctx.Err()
}

// strike does all that is due at the earliest moment there is, and reports
// whether there was one.
func (h *hand) strike(ctx context.Context) (bool, error) {
	due, changes, calls, err := h.due(ctx)
	if err != nil {
		return false, err
	}
	if len(changes) > 0 && (len(due) == 0 || !changes[0].At.After(due[0].At)) && (len(calls) == 0 || !changes[0].At.After(calls[0].At)) {
		c := changes[0]
		if err := at(ctx, h.app, c.Workspace, c.At, func(tx *app.Tx) error { return attend(ctx, tx, c.Person) }); err != nil {
			h.fail(c, fmt.Errorf("presence of person %d of workspace %d: %w", c.Person, c.Workspace, err))
		}
		return true, nil
	}
	if len(calls) > 0 && (len(due) == 0 || !calls[0].At.After(due[0].At)) {
		c := calls[0]
		if err := at(ctx, h.app, c.Workspace, c.At, func(tx *app.Tx) error { return ring(ctx, tx, c.Call) }); err != nil {
			h.fail(c, fmt.Errorf("call %d of workspace %d: %w", c.Call, c.Workspace, err))
		}
		return true, nil
	}
	for _, d := range due {
		if !d.At.Equal(due[0].At) {
			break
		}
		if err := tick(ctx, h.app, d); err != nil {
			h.fail(d, fmt.Errorf("delegation %d of workspace %d: %w", d.Delegation, d.Workspace, err))
		}
	}
	return len(due) > 0, nil
}

// at runs fn as the clock in one transaction of a workspace.
func at(ctx context.Context, a *app.App, ws work.WorkspaceID, now time.Time, fn func(*app.Tx) error) error {
	return a.Store.Write(ctx, ws, func(s *store.Tx) error {
		return fn(&app.Tx{Tx: s, App: a, Me: app.Actor{Workspace: ws}, Now: now})
	})
}

func tick(ctx context.Context, a *app.App, due store.Due) error {
	return at(ctx, a, due.Workspace, due.At, func(tx *app.Tx) error {
		d, err := tx.Delegation(ctx, due.Delegation)
		if err != nil {
			return err
		}
		open := map[work.DecisionID]work.Decision{}
		for _, it := range d.Items {
			if it.Decision != 0 {
				if open[it.Decision], err = tx.Decision(ctx, it.Decision); err != nil {
					return err
				}
			}
		}
		chain, _, err := tx.Chain(ctx, d)
		if err != nil {
			return err
		}
		d.Tick(tx.Act(), open, chain)
		return delegations.Settle(ctx, tx, d)
	})
}

// attend sends a person away or lets them come back, and notes who answers
// meanwhile. An absence told of late begins when it is told, not before what happened meanwhile.
func attend(ctx context.Context, tx *app.Tx, id work.PersonID) error {
	last, err := tx.LastEventAt(ctx)
	if err != nil {
		return err
	}
	if last.After(tx.Now) {
		tx.Now = last
	}
	p, err := tx.Person(ctx, id)
	if err != nil {
		return err
	}
	zone := p.Zone
	if zone == "" {
		zone = tx.Zone()
	}
	_, away := p.AwayOn(ical.Today(tx.Now, zone))
	return delegations.Attend(ctx, tx, id, func() error { return tx.SetAway(ctx, &p, away, tx.Now) })
}
