package tasks

import (
	"context"
	"strconv"
	"strings"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// AskTask names one task.
type AskTask struct {
	Task work.TaskID `path:"task" json:"-"`
}

// A Whole task: itself, its parts and the actor's marks.
type Whole struct {
	Task
	Marks work.Marks `json:"marks"`
	Parts []Task     `json:"parts,omitempty"`
	Back  *Back      `json:"back,omitempty" doc:"From whom it came back to you last, and why"`
}

// Show returns one task.
var Show = app.Read(app.Describe{
	Name: "task.show", Method: "GET", Path: "tasks/{task}", Who: app.AnyMember, Summary: "Look at a task.",
}, func(ctx context.Context, tx *app.Tx, in AskTask) (Whole, error) {
	t, err := Mine(ctx, tx, in.Task)
	if err != nil {
		return Whole{}, err
	}
	view, err := viewOne(ctx, tx, t)
	if err != nil {
		return Whole{}, err
	}
	marks, err := marksOf(ctx, tx, &t)
	if err != nil {
		return Whole{}, err
	}
	parts, err := tx.Tasks(ctx, store.TaskFilter{Parts: true, Parent: t.ID})
	if err != nil {
		return Whole{}, err
	}
	views, err := View(ctx, tx, parts...)
	if err != nil {
		return Whole{}, err
	}
	back, err := cameBack(ctx, tx, &t)
	return Whole{view, marks, views, back}, err
})

// AskPlate says which tasks of the plate to list.
type AskPlate struct {
	app.Page
	State work.TaskState `query:"state" json:"-" enum:"open,done,dropped" doc:"open unless said"`
	Area  work.AreaID    `query:"area" json:"-"`
	Top   bool           `query:"top" json:"-" doc:"Leave out parts"`
}

// Plate lists what the actor carries.
var Plate = app.Read(app.Describe{
	Name: "task.plate", Method: "GET", Path: "tasks", Who: app.AnyMember, Summary: "List what is on your plate.",
}, func(ctx context.Context, tx *app.Tx, in AskPlate) (app.List[Task], error) {
	if in.State == "" {
		in.State = work.TaskOpen
	}
	f := store.TaskFilter{Carrier: tx.Me.Person, State: in.State, Area: in.Area, TopOnly: in.Top}
	return list(ctx, tx, f, in.Page)
})

// AskSearch is what to look for.
type AskSearch struct {
	app.Page
	Words string `query:"q" json:"-" minLength:"1" maxLength:"200" doc:"Words. Where no task has the last one, it finds those that begin with it; a * behind it asks for that at once"`
}

// Search finds tasks by their words, the newest first.
var Search = app.Read(app.Describe{
	Name: "task.search", Method: "GET", Path: "search", Who: app.AnyMember, Summary: "Find tasks by words.",
}, func(ctx context.Context, tx *app.Tx, in AskSearch) (app.List[Task], error) {
	f := store.TaskFilter{Carrier: tx.Me.Person, Words: in.Words, Whole: !strings.HasSuffix(strings.TrimSpace(in.Words), "*")}
	if f.Whole && in.After != "" { // the first page may have been of beginnings
		first := f
		first.Limit = 1
		there, err := tx.Tasks(ctx, first)
		if err != nil {
			return app.List[Task]{}, err
		}
		f.Whole = len(there) > 0
	}
	out, err := list(ctx, tx, f, in.Page)
	if err == nil && f.Whole && len(out.Items) == 0 && in.After == "" {
		f.Whole = false
		out, err = list(ctx, tx, f, in.Page)
	}
	return out, err
})

func list(ctx context.Context, tx *app.Tx, f store.TaskFilter, p app.Page) (app.List[Task], error) {
	var out app.List[Task]
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	if p.After != "" {
		after, err := strconv.ParseInt(p.After, 10, 64)
		if err != nil {
			return out, work.FieldError("after", "Pass the next of the page before as after.")
		}
		f.After = work.TaskID(after)
	}
	f.Limit = p.Size() + 1
	found, err := tx.Tasks(ctx, f)
	if err != nil {
		return out, err
	}
	if len(found) > p.Size() {
		found = found[:p.Size()]
		out.Next = strconv.FormatInt(int64(found[len(found)-1].ID), 10)
	}
	if out.Count, err = tx.CountTasks(ctx, f); err != nil {
		return out, err
	}
	out.Items, err = View(ctx, tx, found...)
	return out, err
}
