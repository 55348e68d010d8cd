package calls

import (
	"cmp"
	"context"
	"slices"

	"baton/internal/app"
	"baton/internal/app/coaching"
	"baton/internal/call"
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
	name := onPlate
	if tx.Me.Person == c.Coach {
		name = shownLines
	}
	lines, err := name(ctx, tx, &c)
	if err != nil {
		return app.List[Choice]{}, err
	}
	slices.SortFunc(lines, func(a, b Choice) int { return cmp.Or(cmp.Compare(b.Weekly, a.Weekly), cmp.Compare(a.Task, b.Task)) })
	return app.Cut(lines, in.Page, func(l Choice) string { return app.Key(-int64(l.Weekly), int64(l.Task)) })
})

// onPlate lists what the client of a call carries.
func onPlate(ctx context.Context, tx *app.Tx, c *call.Call) ([]Choice, error) {
	all, err := tx.Tasks(ctx, store.TaskFilter{Carrier: c.Client, State: work.TaskOpen, TopOnly: true, Longest: true, Limit: mostLines})
	if err != nil {
		return nil, err
	}
	lines := make([]Choice, len(all))
	for i := range all {
		t := &all[i]
		lines[i] = Choice{t.ID, t.Title, t.Weekly(tx.Today())}
	}
	return lines, nil
}

// shownLines lists the tasks a coach is shown now, as the packet words them.
func shownLines(ctx context.Context, tx *app.Tx, c *call.Call) ([]Choice, error) {
	lines := []Choice{}
	s, err := current(ctx, tx, c)
	if err != nil || s.State != work.SharingOpen {
		return lines, err
	}
	p, _, err := coaching.Seen(ctx, tx, &s)
	if err != nil {
		return nil, err
	}
	there := map[work.TaskID]bool{}
	add := func(l Choice) {
		if !there[l.Task] {
			there[l.Task] = true
			lines = append(lines, l)
		}
	}
	if p.Plate != nil {
		for _, g := range p.Plate.Groups {
			for i := range g.Tasks {
				add(Choice{g.Tasks[i].Task, g.Tasks[i].Title, g.Tasks[i].Weekly})
			}
		}
	}
	if p.LetGo != nil {
		for i := range p.LetGo.Lines {
			l := &p.LetGo.Lines[i]
			add(Choice{l.Task, l.Title, l.Weekly})
		}
	}
	return lines, nil
}
