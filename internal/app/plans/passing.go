package plans

import (
	"cmp"
	"context"
	"slices"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/tasks"
	"baton/internal/plan"
	"baton/internal/work"
)

// AskToPass says which standing work to pass on, of what the plan proposes that
// was asked with the same.
type AskToPass struct {
	Frame
	Delegations []work.DelegationID `json:"delegations,omitempty" doc:"By number"`
	All         bool                `json:"all,omitempty" doc:"Everything the plan proposes to pass on"`
	Words       string              `json:"words,omitempty" maxLength:"2000" doc:"What whoever carries it is asked; those of the plan unless said"`
}

// Asked are those asked whether work may be passed on.
type Asked struct {
	Asked []delegations.Delegation `json:"asked"`
}

// PassOn asks those who carry standing work whether it may be passed on, as
// the plan proposes. Only their yes ends it; then it is on the actor's plate,
// and the plan hands it to somebody else.
var PassOn = app.Write(app.Describe{
	Name: "plan.pass_on", Method: "POST", Path: "plan/passings", Who: app.AnyMember, Summary: "Ask those who have outgrown standing work whether it may be passed on, as the plan proposes.",
}, func(ctx context.Context, tx *app.Tx, in AskToPass) (Asked, error) {
	out := Asked{Asked: []delegations.Delegation{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	if len(in.Delegations) == 0 && !in.All {
		return out, work.FieldError("delegations", "Say which delegations, or all.")
	}
	input, err := in.ask().input(ctx, tx)
	if err != nil {
		return out, err
	}
	input.NoReasons = true
	made, err := plan.Make(ctx, input)
	if err != nil {
		return out, err
	}
	for _, id := range in.Delegations {
		if !slices.ContainsFunc(made.Passings, func(p plan.Passing) bool { return p.Delegation == id }) {
			return out, work.Errorf(work.Conflict, "The plan does not propose to pass delegation %d on now; look at the plan again.", id)
		}
	}
	for i := range made.Passings {
		p := &made.Passings[i]
		if !in.All && !slices.Contains(in.Delegations, p.Delegation) {
			continue
		}
		d, err := delegations.AskToPassOn(ctx, tx, p.Delegation, cmp.Or(in.Words, p.Ask))
		if err != nil {
			return out, err
		}
		out.Asked = append(out.Asked, d)
	}
	return out, nil
})

// standing lists the recurring work others carry for the actor.
func standing(ctx context.Context, tx *app.Tx, all []*work.Delegation) ([]plan.Standing, error) {
	var given []*work.Delegation
	var ids []work.TaskID
	for _, d := range all {
		if d.State == work.Active && d.Giver == tx.Me.Person && d.Parent == 0 && d.Standing() {
			given, ids = append(given, d), append(ids, d.Task)
		}
	}
	if len(given) == 0 {
		return nil, nil
	}
	found, err := tx.TasksByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]work.Task, len(given))
	for i, d := range given {
		list[i] = found[d.Task]
	}
	scored, err := tasks.ScoredOf(ctx, tx, list)
	if err != nil {
		return nil, err
	}
	refused, err := tx.Refusals(ctx, tx.Me.Person)
	if err != nil {
		return nil, err
	}
	out := make([]plan.Standing, len(given))
	for i, d := range given {
		handedOn := list[i].Carrier != d.Receiver
		out[i] = plan.Standing{
			Delegation: d.ID, Task: scored[i].Task, Marks: scored[i].Marks, Person: d.Receiver, Clean: d.Good,
			Settled: !d.EndsAt.IsZero() || d.Proposal != nil || handedOn || refused[d.ID] == d.Receiver,
		}
	}
	return out, nil
}

// predecessors finds who carried a task last and agreed to its end.
func predecessors(tx *app.Tx, all []*work.Delegation) map[work.TaskID]work.PersonID {
	out := map[work.TaskID]work.PersonID{}
	for _, d := range all { // the newest first
		if _, later := out[d.Task]; later || d.Giver != tx.Me.Person || d.State != work.Ended {
			continue
		}
		out[d.Task] = 0
		if d.Outcome == work.ByAgreement {
			out[d.Task] = d.Receiver
		}
	}
	return out
}
