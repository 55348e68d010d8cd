// Package history holds what looks back: the history of anything, undo, and
// the ledger of the five promises.
package history

import (
	"context"
	"slices"
	"strconv"
	"time"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// Operations lists what can be done with history.
func Operations() []app.Operation { return []app.Operation{Events, Undo, Ledger, Sources} }

// AskEvents says whose history to list.
type AskEvents struct {
	app.Page
	Task       work.TaskID       `query:"task" json:"-"`
	Delegation work.DelegationID `query:"delegation" json:"-"`
	Person     work.PersonID     `query:"person" json:"-"`
}

// An Event as a member reads it.
type Event struct {
	Number     work.EventNumber  `json:"number"`
	At         time.Time         `json:"at"`
	By         string            `json:"by,omitempty" doc:"Who did it; absent where it was time"`
	For        string            `json:"for,omitempty" doc:"The absent person they stood in for"`
	Kind       work.EventKind    `json:"kind" doc:"What happened"`
	Delegation work.DelegationID `json:"delegation,omitempty"`
	Task       work.TaskID       `json:"task,omitempty"`
	Person     work.PersonID     `json:"person,omitempty"`
	Title      string            `json:"title,omitempty" doc:"Of the delegation, or of the decision area voted on, it belongs to"`
	Detail     work.Detail       `json:"detail" doc:"What was said and decided, by its kind"`
}

// Events lists what happened to a task, a delegation or a person, or what the
// actor did, the newest first.
var Events = app.Read(app.Describe{
	Name: "history.list", Coaches: true, Method: "GET", Path: "history", Who: app.AnyMember, Summary: "See what happened to a task, a delegation or a person, or what you did.",
}, func(ctx context.Context, tx *app.Tx, in AskEvents) (app.List[Event], error) {
	out := app.List[Event]{Items: []Event{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	f := store.EventFilter{Task: in.Task, Delegation: in.Delegation, Person: in.Person, Reader: tx.Me.Person, Newest: true, Limit: in.Size() + 1}
	if in.Task == 0 && in.Delegation == 0 && in.Person == 0 {
		f.By = tx.Me.Person
	}
	before, err := in.Behind()
	if err != nil {
		return out, err
	}
	f.Before = work.EventNumber(before)
	found, err := tx.Events(ctx, f)
	if err != nil {
		return out, err
	}
	if len(found) > in.Size() {
		found = found[:in.Size()]
		out.Next = strconv.FormatInt(int64(found[len(found)-1].Number), 10)
	}
	v := viewer{tx: tx, names: map[work.PersonID]string{}, seen: map[work.DelegationID]*work.Delegation{}, votes: map[work.VoteID]string{}}
	for _, e := range found {
		shown, err := v.show(ctx, e)
		if err != nil {
			return out, err
		}
		if shown != nil {
			out.Items = append(out.Items, *shown)
		}
	}
	if len(found) > 0 && len(out.Items) == 0 && (in.Delegation != 0 || in.Task != 0) {
		return out, work.Errorf(work.NotFound, "There is no such history.")
	}
	return out, nil
})

// viewer decides which events the actor may read, looking each thing up once.
type viewer struct {
	tx    *app.Tx
	names map[work.PersonID]string
	seen  map[work.DelegationID]*work.Delegation
	votes map[work.VoteID]string // the decision area of those the actor votes in, "" of others
}

// show returns an event as the actor reads it, nil when it is not theirs.
func (v *viewer) show(ctx context.Context, e work.Event) (*Event, error) {
	ok, err := v.mayRead(ctx, e)
	if err != nil || !ok {
		return nil, err
	}
	for _, who := range []work.PersonID{e.By, e.For} {
		if _, known := v.names[who]; known || who == 0 {
			continue
		}
		p, err := v.tx.Person(ctx, who)
		if err != nil {
			return nil, err
		}
		v.names[who] = p.Name
	}
	out := &Event{
		Number: e.Number, At: e.At, By: v.names[e.By], For: v.names[e.For], Kind: e.Kind, Delegation: e.Delegation, Task: e.Task, Person: e.Person, Detail: e.Detail,
	}
	if e.Detail.Vote != 0 {
		if out.Title, err = v.votedOn(ctx, e.Detail.Vote); err != nil {
			return nil, err
		}
	}
	d, err := v.delegation(ctx, e.Delegation)
	if err != nil || d == nil {
		out.Delegation = 0 // none, or discarded since: there is nothing to look at
		return out, err
	}
	out.Title = d.Title
	return out, nil
}

// delegation returns a delegation, nil when there is none of that number any
// more.
func (v *viewer) delegation(ctx context.Context, id work.DelegationID) (d *work.Delegation, err error) {
	if d = v.seen[id]; d != nil || id == 0 {
		return d, nil
	}
	d, err = v.tx.Delegation(ctx, id)
	if work.KindOf(err) == work.NotFound {
		d, err = nil, nil
	}
	v.seen[id] = d
	return d, err
}

func (v *viewer) mayRead(ctx context.Context, e work.Event) (bool, error) {
	me := v.tx.Me.Person
	switch {
	case e.By == me:
		return true, nil
	case e.Kind.OfSharing() || e.Kind.OfCall() || v.tx.Me.Coach:
		return e.Person == me, nil
	case e.Detail.Vote != 0: // its voters read what happened to it
		area, err := v.votedOn(ctx, e.Detail.Vote)
		return area != "", err
	case e.Delegation != 0:
		return v.mayReadDelegation(ctx, e)
	case e.Task != 0:
		t, err := v.tx.Task(ctx, e.Task)
		if work.KindOf(err) == work.NotFound {
			return false, nil
		}
		return err == nil && (t.Author == me || t.Carrier == me), err
	case e.Person != 0:
		p, err := v.tx.Person(ctx, e.Person)
		if work.KindOf(err) == work.NotFound {
			return false, nil
		}
		return err == nil && p.VisibleTo(me), err
	}
	return false, nil
}

// votedOn names the decision area of a vote that the actor takes part in, ""
// of any other.
func (v *viewer) votedOn(ctx context.Context, id work.VoteID) (string, error) {
	area, known := v.votes[id]
	if known {
		return area, nil
	}
	vote, err := v.tx.Vote(ctx, id)
	if err != nil {
		return "", err
	}
	if slices.Contains(vote.Voters(), v.tx.Me.Person) {
		area = vote.Title
	}
	v.votes[id] = area
	return area, nil
}

func (v *viewer) mayReadDelegation(ctx context.Context, e work.Event) (bool, error) {
	d, err := v.delegation(ctx, e.Delegation)
	if err != nil || d == nil {
		return false, err
	}
	_, above, err := v.tx.Chain(ctx, d)
	if err != nil || !d.Is(v.tx.Me.Person, work.AsEither) && !slices.Contains(above, v.tx.Me.Person) {
		return false, err
	}
	switch {
	case e.Kind == work.DecisionMade && e.Detail.Level == work.Autonomous:
		return v.tx.Me.Person == d.Receiver, nil
	case e.Kind == work.Shown, e.Kind == work.InterestSaid:
		return v.tx.Me.Person == d.Giver, nil
	}
	return true, nil
}
