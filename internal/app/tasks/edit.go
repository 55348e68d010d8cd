package tasks

import (
	"context"
	"slices"
	"time"

	"baton/internal/app"
	"baton/internal/ical"
	"baton/internal/store"
	"baton/internal/work"
)

// EditTask changes fields of a task.
type EditTask struct {
	Task    work.TaskID `path:"task" json:"-"`
	IfMatch app.Match   `header:"If-Match" json:"-" doc:"Refuse when the version is another"`
	Fields
}

// Edit changes a task.
var Edit = app.Write(app.Describe{
	Name: "task.edit", Method: "PATCH", Path: "tasks/{task}", Who: app.AnyMember, Undo: "undo", Summary: "Change a task.",
}, func(ctx context.Context, tx *app.Tx, in EditTask) (Task, error) {
	return change(ctx, tx, in.Task, in.IfMatch, TaskEdited, func(t *work.Task) error {
		if t.Carrier != tx.Me.Person {
			return work.Errorf(work.Conflict, "It is not on your plate now; change the terms of its delegation instead.")
		}
		was := t.Kind
		if err := in.apply(ctx, tx, t); err != nil || t.Kind == was {
			return err
		}
		return another(ctx, tx, t)
	})
})

// another refuses to make a task a decision area, or the other way round, while
// it is being handed over or has parts.
func another(ctx context.Context, tx *app.Tx, t *work.Task) error {
	going, err := tx.Delegations(ctx, store.DelegationFilter{Task: t.ID})
	if err != nil {
		return err
	}
	if slices.ContainsFunc(going, func(d *work.Delegation) bool { return d.State != work.Ended }) {
		return work.FieldError("kind", "It is handed over, or about to be; end that first, or write the other down by itself.")
	}
	votes, err := tx.Votes(ctx, store.VoteFilter{Task: t.ID, Limit: 1})
	if err != nil {
		return err
	}
	if len(votes) > 0 {
		return work.FieldError("kind", "It was voted on as a decision area; drop it, and write the task down by itself.")
	}
	parts, err := tx.CountTasks(ctx, store.TaskFilter{Parts: true, Parent: t.ID})
	if err == nil && parts > 0 {
		return work.FieldError("kind", "A decision area has no parts, and this has some; write the decision area down by itself.")
	}
	return err
}

// change loads a task, changes it and keeps how to take that back.
func change(ctx context.Context, tx *app.Tx, id work.TaskID, seen app.Match, kind work.EventKind, fn func(*work.Task) error) (Task, error) {
	t, err := MineAt(ctx, tx, id, seen)
	if err != nil {
		return Task{}, err
	}
	before := t
	if err := fn(&t); err != nil {
		return Task{}, err
	}
	if err := tx.SaveTask(ctx, &t); err != nil {
		return Task{}, err
	}
	if err := changed(ctx, tx, kind, &before, &t); err != nil {
		return Task{}, err
	}
	return viewOne(ctx, tx, t)
}

var errNoParts = work.Errorf(work.Conflict, "A decision area has no parts. Write a task down by itself, or a second decision area.")

// SplitTask names the parts of a task.
type SplitTask struct {
	Task    work.TaskID `path:"task" json:"-"`
	IfMatch app.Match   `header:"If-Match" json:"-" doc:"Refuse when the version of the task is another"`
	Parts   []string    `json:"parts" minItems:"1" maxItems:"50" doc:"A title for each part"`
}

// Parts are the new parts of a task, and the version of the whole.
type Parts struct {
	app.List[Task]
	Version int64 `json:"version"`
}

// Split gives a task parts.
var Split = app.Write(app.Describe{
	Name: "task.split", Method: "POST", Path: "tasks/{task}/parts", Who: app.AnyMember, Undo: "task.drop", Summary: "Split a task into parts.",
}, func(ctx context.Context, tx *app.Tx, in SplitTask) (Parts, error) {
	var out Parts
	whole, err := MineAt(ctx, tx, in.Task, in.IfMatch)
	if err != nil {
		return out, err
	}
	if whole.Carrier != tx.Me.Person || whole.Finished() {
		return out, work.Errorf(work.Conflict, "Only an open task on your own plate can be split.")
	}
	if whole.Kind == work.DecisionArea {
		return out, errNoParts
	}
	var parts []work.Task
	for _, title := range in.Parts {
		part := work.Task{
			Kind: work.PlainTask, Title: work.OneLine(title), Area: whole.Area, Author: tx.Me.Person, Carrier: tx.Me.Person, Parent: whole.ID,
			State: work.TaskOpen, CreatedAt: tx.Now, Deadline: whole.Deadline,
		}
		if err := part.Validate(); err != nil {
			return out, err
		}
		if err := tx.AddTask(ctx, &part); err != nil {
			return out, err
		}
		parts = append(parts, part)
	}
	if err := tx.Happened(ctx, work.Event{Kind: TaskSplit, Task: whole.ID, Detail: work.Detail{Name: whole.Title}}); err != nil {
		return out, err
	}
	out.Version = whole.Version
	out.Items, err = View(ctx, tx, parts...)
	return out, err
})

// Finish marks a task on the actor's plate done. A recurring one moves to its
// next turn.
var Finish = app.Write(app.Describe{
	Name: "task.complete", Method: "POST", Path: "tasks/{task}/completion", Who: app.AnyMember, Undo: "undo", Summary: "Mark a task done.",
}, func(ctx context.Context, tx *app.Tx, in OnTask) (Task, error) {
	return change(ctx, tx, in.Task, in.IfMatch, TaskFinished, func(t *work.Task) error {
		if t.Kind == work.DecisionArea {
			return work.Errorf(work.Conflict, "A decision area is never done. Drop it when nobody needs it any more.")
		}
		if err := closable(ctx, tx, t); err != nil {
			return err
		}
		if !t.Rule.IsZero() && t.Due.IsZero() {
			t.Due = ical.DayDue(tx.Today(), tx.Zone())
		}
		behind := tx.Now
		if t.Due.Instant().After(behind) {
			behind = t.Due.Start() // done ahead of its time
		}
		if next, ok := t.Rule.Next(t.Due, behind); ok {
			t.Due = next
			return nil
		}
		t.State, t.ClosedAt = work.TaskDone, tx.Now
		return nil
	})
})

// Drop lets a task go for good: nobody does it.
var Drop = app.Write(app.Describe{
	Name: "task.drop", Method: "POST", Path: "tasks/{task}/drop", Who: app.AnyMember, Undo: "undo", Summary: "Drop a task: nobody does it.",
}, func(ctx context.Context, tx *app.Tx, in OnTask) (Task, error) {
	return change(ctx, tx, in.Task, in.IfMatch, TaskDropped, func(t *work.Task) error {
		if err := closable(ctx, tx, t); err != nil {
			return err
		}
		t.State, t.ClosedAt = work.TaskDropped, tx.Now
		return nil
	})
})

// Reopen puts a finished task back on the plate.
var Reopen = app.Write(app.Describe{
	Name: "task.reopen", Method: "POST", Path: "tasks/{task}/reopening", Who: app.AnyMember, Undo: "undo", Summary: "Put a finished task back on your plate.",
}, func(ctx context.Context, tx *app.Tx, in OnTask) (Task, error) {
	return change(ctx, tx, in.Task, in.IfMatch, TaskReopened, func(t *work.Task) error {
		if !t.Finished() {
			return work.Errorf(work.Conflict, "It is open already.")
		}
		t.State, t.ClosedAt, t.Carrier = work.TaskOpen, time.Time{}, tx.Me.Person
		return nil
	})
})

// closable refuses to close what somebody is asked to carry, or has.
func closable(ctx context.Context, tx *app.Tx, t *work.Task) error {
	switch {
	case t.Carrier != tx.Me.Person:
		return work.Errorf(work.Conflict, "It is on somebody else's plate; recall it, or say that it is no longer needed.")
	case t.Finished():
		return work.Errorf(work.Conflict, "It is %s already.", t.State)
	}
	open, err := tx.Delegations(ctx, store.DelegationFilter{Task: t.ID})
	if err != nil {
		return err
	}
	for _, d := range open {
		if d.State == work.Active && d.Receiver == tx.Me.Person {
			return work.Errorf(work.Conflict, "You carry it for %s: deliver it, or hand it back, in delegation %d.", d.Name(d.Giver), d.ID)
		}
	}
	if slices.ContainsFunc(open, func(d *work.Delegation) bool { return d.State == work.Offered || d.State == work.Active }) {
		return work.Errorf(work.Conflict, "It is offered to somebody; withdraw the offer or end the delegation first.")
	}
	if err := unvoted(ctx, tx, t); err != nil {
		return err
	}
	parts, err := tx.Tasks(ctx, store.TaskFilter{Parts: true, Parent: t.ID, State: work.TaskOpen, Limit: 1})
	if err == nil && len(parts) > 0 {
		err = work.Errorf(work.Conflict, "Its part “%s” is still open; finish or drop it first.", parts[0].Title)
	}
	return err
}

// unvoted refuses what would pull a decision area from under a vote on it.
func unvoted(ctx context.Context, tx *app.Tx, t *work.Task) error {
	if t.Kind != work.DecisionArea {
		return nil
	}
	going, err := tx.Votes(ctx, store.VoteFilter{Task: t.ID, Going: true, Limit: 1})
	if err == nil && len(going) > 0 {
		err = work.Errorf(work.Conflict, "A vote on a level in it goes on (number %d); settle it or withdraw it first.", going[0].ID)
	}
	return err
}

// MoveTask says where a task goes on the plate.
type MoveTask struct {
	Task    work.TaskID `path:"task" json:"-"`
	IfMatch app.Match   `header:"If-Match" json:"-" doc:"Refuse when the version of the task is another"`
	Behind  work.TaskID `json:"behind,omitempty" doc:"The task it goes behind; none for the top"`
}

// Move puts a task at another place of the plate.
var Move = app.Write(app.Describe{
	Name: "task.move", Method: "PUT", Path: "tasks/{task}/position", Who: app.AnyMember, Undo: "undo", Summary: "Put a task at another place of your plate.",
}, func(ctx context.Context, tx *app.Tx, in MoveTask) (Task, error) {
	return change(ctx, tx, in.Task, in.IfMatch, TaskMoved, func(t *work.Task) error {
		low := ""
		if in.Behind != 0 {
			before, err := Mine(ctx, tx, in.Behind)
			if err != nil {
				return err
			}
			low = before.Position
		}
		next, err := tx.PositionAfter(ctx, t.Carrier, low)
		if err != nil {
			return err
		}
		if low != next {
			t.Position = work.Between(low, next)
		}
		return nil
	})
})
