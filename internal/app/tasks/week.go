package tasks

import (
	"context"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// A WeekView is what a week of the actor's holds, and the one task it would be
// best to let go of next.
type WeekView struct {
	Capacity work.Minutes `json:"capacity" doc:"Minutes a week may hold"`
	Carried  work.Minutes `json:"carried" doc:"Minutes a week of the open tasks on your plate"`
	AtLeast  bool         `json:"at_least,omitempty" doc:"Only the longest tasks were counted; there are more"`
	Unknown  int          `json:"unknown" doc:"How many of them have no effort written down"`
	LetGo    *LetGoLine   `json:"letgo,omitempty" doc:"Best let go of next, among those without a verdict"`
}

// A week adds up so many tasks, those that take most time first, and looks for
// what to let go of among the first of them: what is beyond would not change
// the picture, and the page stays as fast on a plate of 100,000.
const (
	longest   = 200
	letGoOver = 50
)

// Week sums up the actor's week.
var Week = app.Read(app.Describe{
	Name: "task.week", Method: "GET", Path: "week", Who: app.AnyMember, Summary: "See what your week holds against your capacity, and what to let go of next.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (WeekView, error) {
	var out WeekView
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	me, err := tx.Member(ctx, tx.Me.Person)
	if err != nil {
		return out, err
	}
	out.Capacity = me.Capacity
	carried, err := tx.Carried(ctx, tx.Me.Person, tx.Today(), longest)
	if err != nil {
		return out, err
	}
	out.Carried, out.Unknown, out.AtLeast = carried.Weekly, carried.Unknown, carried.More
	open, err := tx.Tasks(ctx, store.TaskFilter{Carrier: tx.Me.Person, State: work.TaskOpen, Kind: work.PlainTask, Longest: true, Limit: letGoOver})
	if err != nil {
		return out, err
	}
	scored, err := score(ctx, tx, open)
	if err != nil {
		return out, err
	}
	out.LetGo, err = best(ctx, tx, scored)
	return out, err
})

// best is the task with the highest score that the actor has not judged yet
// and that there is something to say for letting go of.
func best(ctx context.Context, tx *app.Tx, scored []work.LetGo) (none *LetGoLine, err error) {
	ids := make([]work.TaskID, len(scored))
	for i, l := range scored {
		ids[i] = l.Task.ID
	}
	verdicts, err := tx.VerdictsOn(ctx, tx.Me.Person, ids)
	if err != nil {
		return nil, err
	}
	work.SortLetGo(scored)
	for _, l := range scored {
		if l.Score <= 0 {
			break
		}
		if l.Task.Parent != 0 || verdicts[l.Task.ID].Verdict != "" {
			continue
		}
		if found := line(l, ""); found.Advice != work.Keep {
			return &found, nil
		}
	}
	return none, nil
}
