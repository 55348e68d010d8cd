package tasks

import (
	"context"
	"slices"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// CarriedFor says for whom a task is carried.
type CarriedFor struct {
	Delegation work.DelegationID `json:"delegation"`
	Giver      string            `json:"giver" doc:"Their name"`
}

// asked is of how many tasks one statement asks.
const asked = 400

// carriedFor finds for whom the actor carries which of some tasks. Nobody
// carries their own for somebody else.
func carriedFor(ctx context.Context, tx *app.Tx, list []work.Task) (map[work.TaskID]*CarriedFor, error) {
	var theirs []work.TaskID
	for i := range list {
		if t := &list[i]; t.Carrier == tx.Me.Person && t.Author != tx.Me.Person && !t.Finished() {
			theirs = append(theirs, t.ID)
		}
	}
	out := make(map[work.TaskID]*CarriedFor, len(theirs))
	for some := range slices.Chunk(theirs, asked) {
		found, err := tx.Delegations(ctx, store.DelegationFilter{Receiver: tx.Me.Person, Tasks: some, State: work.Active})
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			out[d.Task] = &CarriedFor{d.ID, d.Name(d.Giver)}
		}
	}
	return out, nil
}
