package tasks

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"baton/internal/app"
	"baton/internal/ical"
	"baton/internal/store"
	"baton/internal/work"
)

// AskTask names one task.
type AskTask struct {
	Task work.TaskID `path:"task" json:"-"`
}

// OnTask names the task that something is done to.
type OnTask struct {
	Task    work.TaskID `path:"task" json:"-"`
	IfMatch app.Match   `header:"If-Match" json:"-" doc:"Refuse when the version is another"`
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
	Due   string         `query:"due" json:"-" enum:"late,soon" doc:"Only what is late, or falls due within a week; the earliest first"`
}

// What AskPlate.Due may say.
const (
	Late = "late"
	Soon = "soon"
)

// soonDays is how far ahead soon reaches, today aside.
const soonDays = 7

// due is when what is asked for falls due.
func (in AskPlate) due(tx *app.Tx) store.Span {
	switch in.Due {
	case Late:
		return store.Span{Until: tx.Now}
	case Soon:
		return store.Span{After: tx.Now, Until: tx.Today().AddDays(soonDays + 1).In(ical.Location(tx.Zone()))}
	}
	return store.Span{}
}

// Plate lists what the actor carries.
var Plate = app.Read(app.Describe{
	Name: "task.plate", Method: "GET", Path: "tasks", Who: app.AnyMember, Summary: "List what is on your plate.",
}, func(ctx context.Context, tx *app.Tx, in AskPlate) (app.List[Task], error) {
	var out app.List[Task]
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	after, err := in.Behind()
	if err != nil {
		return out, err
	}
	f := store.TaskFilter{Carrier: tx.Me.Person, State: cmp.Or(in.State, work.TaskOpen), Area: in.Area, TopOnly: in.Top, Due: in.due(tx), After: work.TaskID(after), Limit: in.Size() + 1}
	found, err := tx.Tasks(ctx, f)
	if err != nil {
		return out, err
	}
	return list(ctx, tx, in.Page, found, func() (int64, error) { return tx.CountTasks(ctx, f) })
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
	var out app.List[Task]
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	after, err := in.Behind()
	if err != nil {
		return out, err
	}
	s := store.Search{Plate: tx.Me.Person, Words: in.Words, Whole: !strings.HasSuffix(strings.TrimSpace(in.Words), "*"), Limit: 1}
	if s.Whole && after != 0 { // the first page may have been of beginnings
		there, err := tx.Search(ctx, s)
		if err != nil {
			return out, err
		}
		s.Whole = len(there) > 0
	}
	s.Before, s.Limit = work.TaskID(after), in.Size()+1
	found, err := tx.Search(ctx, s)
	if err == nil && len(found) == 0 && s.Whole && after == 0 {
		s.Whole = false
		found, err = tx.Search(ctx, s)
	}
	if err != nil {
		return out, err
	}
	return list(ctx, tx, in.Page, found, func() (int64, error) { return tx.CountFound(ctx, s) })
})

// list shows a page of tasks; found holds one more where there is a next page.
// What stands on one page needs no counting.
func list(ctx context.Context, tx *app.Tx, p app.Page, found []work.Task, count func() (int64, error)) (out app.List[Task], err error) {
	whole := p.After == "" && len(found) <= p.Size()
	if len(found) > p.Size() {
		found = found[:p.Size()]
		out.Next = strconv.FormatInt(int64(found[len(found)-1].ID), 10)
	}
	if out.Count = int64(len(found)); !whole {
		if out.Count, err = count(); err != nil {
			return out, err
		}
	}
	out.Items, err = View(ctx, tx, found...)
	return out, err
}
