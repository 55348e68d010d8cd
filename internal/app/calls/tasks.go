package calls

import (
	"cmp"
	"context"
	"slices"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// A Choice is a task that a decision can name.
type Choice struct {
	Task   work.TaskID  `json:"task"`
	Title  string       `json:"title"`
	Weekly work.Minutes `json:"weekly" doc:"Minutes a week"`
}

// mostLines is how many tasks one look at a plate takes.
const mostLines = 500

// AskTasks asks which tasks a decision can name.
type AskTasks struct {
	Call work.CallID `path:"call" json:"-"`
	app.Page
}

// Tasks lists what a decision of a call can name, the most hours first: for the
// client what is on their plate, for a coach what they are shown of it.
var Tasks = app.Read(app.Describe{
	Name: "call.tasks", Coaches: true, Method: "GET", Path: "calls/{call}/tasks", Who: app.AParty, Summary: "List the tasks that a decision in a call can name: the client's plate, or what the coach is shown of it.",
}, func(ctx context.Context, tx *app.Tx, in AskTasks) (app.List[Choice], error) {
	c, err := ours(ctx, tx, in.Call)
	if err != nil {
		return app.List[Choice]{}, err
	}
	all, err := tx.Tasks(ctx, store.TaskFilter{Carrier: c.Client, State: work.TaskOpen, TopOnly: true, Longest: true, Limit: mostLines})
	if err != nil {
		return app.List[Choice]{}, err
	}
	lines := []Choice{}
	for i := range all {
		t := &all[i]
		shown := true
		if tx.Me.Person == c.Coach {
			if shown, err = shownTask(ctx, tx, &c, t.ID); err != nil {
				return app.List[Choice]{}, err
			}
		}
		if shown {
			lines = append(lines, Choice{t.ID, t.Title, t.Weekly(tx.Today())})
		}
	}
	slices.SortFunc(lines, func(a, b Choice) int { return cmp.Or(cmp.Compare(b.Weekly, a.Weekly), cmp.Compare(a.Task, b.Task)) })
	return app.Cut(lines, in.Page, func(l Choice) string { return app.Key(-int64(l.Weekly), int64(l.Task)) })
})
