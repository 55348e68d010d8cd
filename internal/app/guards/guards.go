// Package guards shows a giver what creeps back to them and the mirror of
// their own interventions. Both are the actor's own: nobody can ask for
// somebody else's.
package guards

import (
	"context"
	"time"

	"baton/internal/app"
	"baton/internal/guard"
	"baton/internal/store"
	"baton/internal/work"
)

// Operations lists what the guards show.
func Operations() []app.Operation { return []app.Operation{Returns, Mirror} }

// AskReturns says which delegation is looked at.
type AskReturns struct {
	Delegation work.DelegationID `query:"delegation" json:"-" doc:"Only this one; all that is going on unless said"`
}

// Returns names the work that is on its way back to the actor.
var Returns = app.Read(app.Describe{
	Name: "guard.list", Method: "GET", Path: "guards", Who: app.AnyMember, Summary: "See what you handed over and is on its way back to you, each with a coaching answer.",
}, func(ctx context.Context, tx *app.Tx, in AskReturns) (app.List[guard.Return], error) {
	out := app.List[guard.Return]{Items: []guard.Return{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	cases, err := given(ctx, tx, in.Delegation, func(d *work.Delegation) bool { return d.State == work.Active })
	if err != nil || len(cases) == 0 {
		return out, err
	}
	// A workspace hands out its ids in order: what was put down since has a greater one.
	since := work.TaskID(cases[len(cases)-1].ID)
	plate, err := tx.Tasks(ctx, store.TaskFilter{Author: tx.Me.Person, State: work.TaskOpen, Newest: true, After: since, Limit: newest})
	if err != nil {
		return out, err
	}
	out.Items = append(out.Items, guard.Reverse(cases, plate, tx.Now)...)
	return out, nil
})

// AskMirror says how far back the mirror looks.
type AskMirror struct {
	Spans int `query:"spans" json:"-" minimum:"1" maximum:"52" doc:"So many times four weeks; 6 unless said"`
}

// Mirror holds what the actor did against the levels they agreed to.
var Mirror = app.Read(app.Describe{
	Name: "mirror.show", Method: "GET", Path: "mirror", Who: app.AnyMember, Summary: "See how often you stepped in, against the levels you agreed to, and where you kept away.",
}, func(ctx context.Context, tx *app.Tx, in AskMirror) (guard.Image, error) {
	if err := tx.MembersOnly(); err != nil {
		return guard.Image{}, err
	}
	return Of(ctx, tx, in.Spans)
})

// usual is how many spans the mirror holds unless said.
const usual = 6

// Of is the actor's mirror over so many spans, the usual number when 0.
func Of(ctx context.Context, tx *app.Tx, spans int) (guard.Image, error) {
	if spans <= 0 {
		spans = usual
	}
	now := tx.Now.Add(time.Microsecond) // what happens now has happened
	since := now.Add(-guard.Span * time.Duration(spans))
	cases, err := given(ctx, tx, 0, func(d *work.Delegation) bool {
		return !d.StartedAt.IsZero() && (d.EndedAt.IsZero() || d.EndedAt.After(since))
	})
	return guard.Mirror(cases, spans, now), err
}

// Steps are the events since a moment with which the actor stepped in.
func Steps(ctx context.Context, tx *app.Tx, since time.Time) (map[work.EventNumber]bool, error) {
	cases, err := given(ctx, tx, 0, func(d *work.Delegation) bool {
		return !d.StartedAt.IsZero() && (d.EndedAt.IsZero() || !d.EndedAt.Before(since))
	})
	return guard.Steps(cases), err
}

// newest is how many open tasks of the giver's are looked at, those put down
// last.
const newest = 200

// given loads the cases the actor gave that are wanted, with all that was
// recorded of them, the newest first.
func given(ctx context.Context, tx *app.Tx, one work.DelegationID, want func(*work.Delegation) bool) ([]guard.Case, error) {
	all, err := mine(ctx, tx, one)
	if err != nil {
		return nil, err
	}
	versions, err := agreed(ctx, tx, one)
	if err != nil {
		return nil, err
	}
	var cases []guard.Case
	at := map[work.DelegationID]int{}
	for _, d := range all {
		if d.Giver != tx.Me.Person || !want(d) {
			continue
		}
		c := guard.Case{
			ID: d.ID, Kind: d.Kind, Title: d.Title, Task: d.Task, Giver: d.Giver, Receiver: d.Receiver, Name: d.Name(d.Receiver),
			Started: d.StartedAt, Ended: d.EndedAt, Terms: map[int]work.Terms{},
		}
		for _, t := range versions[d.ID] {
			c.Terms[t.Version] = t
		}
		at[d.ID] = len(cases)
		cases = append(cases, c)
	}
	if len(cases) == 0 {
		return nil, nil
	}
	events, err := recorded(ctx, tx, one)
	for _, e := range events {
		if i, wanted := at[e.Delegation]; wanted {
			cases[i].Events = append(cases[i].Events, e)
		}
	}
	return cases, err
}

// mine loads the delegation asked for, or all that the actor gave.
func mine(ctx context.Context, tx *app.Tx, one work.DelegationID) ([]*work.Delegation, error) {
	if one == 0 {
		return tx.Delegations(ctx, store.DelegationFilter{Giver: tx.Me.Person})
	}
	found, err := tx.DelegationsByID(ctx, []work.DelegationID{one})
	if d := found[one]; d != nil {
		return []*work.Delegation{d}, err
	}
	return nil, err
}

// agreed loads every version of the terms of the delegation asked for, or of
// all that the actor gave.
func agreed(ctx context.Context, tx *app.Tx, one work.DelegationID) (map[work.DelegationID][]work.Terms, error) {
	if one == 0 {
		return tx.TermsOfGiver(ctx, tx.Me.Person)
	}
	versions, err := tx.AllTerms(ctx, one)
	return map[work.DelegationID][]work.Terms{one: versions}, err
}

// recorded loads what happened to the delegation asked for, or to all that the
// actor gave, the oldest first.
func recorded(ctx context.Context, tx *app.Tx, one work.DelegationID) ([]work.Event, error) {
	if one == 0 {
		return tx.EventsOfGiver(ctx, tx.Me.Person)
	}
	return tx.Events(ctx, store.EventFilter{Delegation: one})
}
