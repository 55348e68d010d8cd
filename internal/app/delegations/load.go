package delegations

import (
	"context"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// A Week is what the actor's week holds: their tasks, and the support they
// promised to those they handed work to.
type Week struct {
	Capacity work.Minutes `json:"capacity" doc:"Minutes a week; 0 is not set"`
	Tasks    work.Minutes `json:"tasks"`
	Support  []Promised   `json:"support"`
	Total    work.Minutes `json:"total"`
	Over     work.Minutes `json:"over" doc:"Beyond the capacity"`
}

// Promised support, to the receiver of a delegation.
type Promised struct {
	Delegation work.DelegationID `json:"delegation"`
	Title      string            `json:"title"`
	With       string            `json:"with"`
	Minutes    work.Minutes      `json:"minutes" doc:"A week"`
}

// Load adds up the actor's week.
var Load = app.Read(app.Describe{
	Name: "load.show", Method: "GET", Path: "load", Who: app.AnyMember, Summary: "See what your week holds: your tasks, and the support you promised.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (Week, error) {
	if err := tx.MembersOnly(); err != nil {
		return Week{}, err
	}
	return week(ctx, tx)
})

// counted is how many tasks a week adds up, those that take most time first: a
// plate with more is beyond any capacity long before.
const counted = 2000

func week(ctx context.Context, tx *app.Tx) (Week, error) {
	w := Week{Support: []Promised{}}
	me, err := tx.Member(ctx, tx.Me.Person)
	if err != nil {
		return w, err
	}
	w.Capacity = me.Capacity
	carried, err := tx.Carried(ctx, tx.Me.Person, tx.Today(), counted)
	if err != nil {
		return w, err
	}
	w.Tasks = carried.Weekly
	given, err := tx.Delegations(ctx, store.DelegationFilter{Giver: tx.Me.Person, State: work.Active})
	if err != nil {
		return w, err
	}
	w.Total = w.Tasks
	for _, d := range given {
		if m := d.Terms.Support; m > 0 {
			w.Support = append(w.Support, Promised{d.ID, d.Title, d.Name(d.Receiver), m})
			w.Total += m
		}
	}
	if w.Capacity > 0 {
		w.Over = max(0, w.Total-w.Capacity)
	}
	return w, nil
}

// overload returns how far beyond their capacity the actor's week is.
func overload(ctx context.Context, tx *app.Tx) (work.Minutes, error) {
	w, err := week(ctx, tx)
	if work.KindOf(err) == work.NotFound {
		return 0, nil // a guest sets no capacity
	}
	return w.Over, err
}
