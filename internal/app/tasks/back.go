package tasks

import (
	"context"

	"baton/internal/app"
	"baton/internal/learn"
	"baton/internal/store"
	"baton/internal/work"
)

// Back says how a task came back to its giver's plate.
type Back struct {
	Delegation work.DelegationID `json:"delegation"`
	From       string            `json:"from"`
	Outcome    work.Outcome      `json:"outcome"`
	Reason     string            `json:"reason,omitempty"`
	NextBest   *SomebodyElse     `json:"next_best,omitempty" doc:"Who else could have it"`
}

// SomebodyElse could have a task.
type SomebodyElse struct {
	ID   work.PersonID `json:"id"`
	Name string        `json:"name"`
}

// cameBack tells of the actor's latest delegation of a task they carry again,
// nil when it never came back.
func cameBack(ctx context.Context, tx *app.Tx, t *work.Task) (*Back, error) {
	if t.Finished() || t.Carrier != tx.Me.Person {
		return nil, nil //nolint:nilnil // most tasks never were away
	}
	found, err := tx.Delegations(ctx, store.DelegationFilter{Task: t.ID, Giver: tx.Me.Person, State: work.Ended, Limit: 1})
	if err != nil || len(found) == 0 || !found[0].Outcome.Returns() {
		return nil, err
	}
	d := found[0]
	next, err := NextBest(ctx, tx, t, d.Receiver)
	return &Back{d.ID, d.Name(d.Receiver), d.Outcome, d.Reason, next}, err
}

// NextBest names who else could have a task, as far as the actor knows people;
// nil when nobody is known to suit.
func NextBest(ctx context.Context, tx *app.Tx, t *work.Task, except work.PersonID) (*SomebodyElse, error) {
	people, err := tx.People(ctx, tx.Me.Person)
	if err != nil {
		return nil, err
	}
	loads, err := tx.Loads(ctx, tx.Today())
	if err != nil {
		return nil, err
	}
	known, err := tx.Known(ctx)
	if err != nil {
		return nil, err
	}
	for i := range people {
		people[i] = *learn.Apply(&people[i], known[people[i].ID], tx.Now)
	}
	best := work.NextBest(t, people, loads, except, tx.Today())
	if best == nil {
		return nil, nil //nolint:nilnil // nobody is an answer, not a failure
	}
	return &SomebodyElse{best.ID, best.Name}, nil
}
