package plan

import (
	"cmp"
	"context"
	"slices"

	"baton/internal/work"
)

// An Explanation is everything about one task of a plan.
type Explanation struct {
	Proposal Proposal
	Move     *Move          // nil where it is with whoever had it, or there was no plan before
	Choices  []PersonChoice // the most valuable first, those who are out last
}

// A PersonChoice is somebody having the task.
type PersonChoice struct {
	Person        *work.Person
	Out           string // the rule by which they cannot
	Kind          work.DelegationKind
	Level         work.Level
	Value         int64
	Points        []Term
	Support, Once work.Minutes
}

// Explain plans a plate and says everything about one task of it.
func Explain(ctx context.Context, in Input, task work.TaskID) (*Explanation, error) {
	d, err := newDesk(in)
	if err != nil {
		return nil, err
	}
	d.only = task
	p, err := d.plan(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(p.Proposals, func(one Proposal) bool { return one.Task.ID == task })
	if i < 0 {
		return nil, work.Errorf(work.NotFound, "There is no such task on your plate.")
	}
	e := &Explanation{Proposal: p.Proposals[i]}
	if m := slices.IndexFunc(p.Moves, func(one Move) bool { return one.Task.ID == task }); m >= 0 {
		e.Move = &p.Moves[m]
	}
	k := d.byTask[task]
	if k < 0 {
		return e, nil
	}
	j := d.jobs[k]
	for i := range d.in.People {
		q := &j.pairs[i]
		c := PersonChoice{Person: d.in.People[i].Person, Out: q.excluded, Kind: q.kind, Level: q.level, Value: q.value, Points: q.points}
		c.Support, c.Once = work.Minutes(q.support), work.Minutes(q.once)
		if j.fixed != "" && c.Out == "" {
			c.Out = j.fixed
		}
		e.Choices = append(e.Choices, c)
	}
	slices.SortStableFunc(e.Choices, func(a, b PersonChoice) int {
		if (a.Out == "") != (b.Out == "") {
			return cmp.Compare(len(a.Out), len(b.Out))
		}
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Person.ID, b.Person.ID))
	})
	return e, nil
}
