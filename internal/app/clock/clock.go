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
// moment and in that order across delegations, absences, calls and votes. So one
// late call leaves what many timely ones would have; only mail differs, because
// it tells at once what it would have told on several days.
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
			return errors.Join(append(h.failed, post(ctx, a, now), fade(ctx, a, now))...)
		}
	}
}

// A hand of the clock moves to a moment, past what it cannot move.
type hand struct {
	app    *app.App
	now    time.Time
	stuck  map[any]error // by what is due
	failed []error
}

// fail leaves something out of the rest of this advance.
func (h *hand) fail(what any, err error) {
	h.stuck[what] = err
	h.failed = append(h.failed, err)
}

// dues is what is due, of each kind the earliest first.
type dues struct {
	delegations []store.Due
	changes     []store.Change
	calls       []store.DueCall
	votes       []store.DueVote
}

// due lists what is due next, without what is stuck.
func (h *hand) due(ctx context.Context) (d dues, err error) {
	limit := batch + len(h.stuck)
	err = h.app.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		if d.delegations, err = g.DueDelegations(ctx, h.now, limit); err != nil {
			return err
		}
		if d.changes, err = g.DueChanges(ctx, h.now, limit); err != nil {
			return err
		}
		if d.calls, err = g.DueCalls(ctx, h.now, limit); err != nil {
			return err
		}
		d.votes, err = g.DueVotes(ctx, h.now, limit)
		return err
	})
	if err != nil {
		return dues{}, fmt.Errorf("find what is due: %w", err)
	}
	d.delegations = slices.DeleteFunc(d.delegations, func(d store.Due) bool { return h.stuck[d] != nil })
	d.changes = slices.DeleteFunc(d.changes, func(c store.Change) bool { return h.stuck[c] != nil })
	d.calls = slices.DeleteFunc(d.calls, func(c store.DueCall) bool { return h.stuck[c] != nil })
	d.votes = slices.DeleteFunc(d.votes, func(v store.DueVote) bool { return h.stuck[v] != nil })
	return d, ctx.Err()
}

// A stroke does one thing that is due.
type stroke struct {
	what  any // as it is noted when stuck
	name  string
	ws    work.WorkspaceID
	at    time.Time
	doing func(context.Context, *app.Tx) error
}

// first is what else than a delegation is due first: a presence before a call,
// and a call before a vote, of the same moment. There is none where at is zero.
func (d *dues) first() (s stroke) {
	earlier := func(at time.Time) bool { return s.at.IsZero() || at.Before(s.at) }
	if len(d.changes) > 0 {
		c := d.changes[0]
		s = stroke{c, fmt.Sprintf("presence of person %d", c.Person), c.Workspace, c.At, func(ctx context.Context, tx *app.Tx) error { return attend(ctx, tx, c.Person) }}
	}
	if len(d.calls) > 0 && earlier(d.calls[0].At) {
		c := d.calls[0]
		s = stroke{c, fmt.Sprintf("call %d", c.Call), c.Workspace, c.At, func(ctx context.Context, tx *app.Tx) error { return ring(ctx, tx, c.Call) }}
	}
	if len(d.votes) > 0 && earlier(d.votes[0].At) {
		v := d.votes[0]
		s = stroke{v, fmt.Sprintf("vote %d", v.Vote), v.Workspace, v.At, func(ctx context.Context, tx *app.Tx) error { return count(ctx, tx, v.Vote) }}
	}
	return s
}

// strike does all that is due at the earliest moment there is, and reports
// whether there was one.
func (h *hand) strike(ctx context.Context) (bool, error) {
	d, err := h.due(ctx)
	if err != nil {
		return false, err
	}
	due := d.delegations
	if s := d.first(); !s.at.IsZero() && (len(due) == 0 || !s.at.After(due[0].At)) {
		if err := at(ctx, h.app, s.ws, s.at, func(tx *app.Tx) error { return s.doing(ctx, tx) }); err != nil {
			h.fail(s.what, fmt.Errorf("%s of workspace %d: %w", s.name, s.ws, err))
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
