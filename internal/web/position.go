package web

import (
	"slices"
	"strings"

	"baton/internal/app"
	"baton/internal/app/tasks"
	"baton/internal/work"
)

// A placing is what the page shows on which a task gets another place: the
// plate in its order, without the task.
type placing struct {
	Task   tasks.Task
	Others []tasks.Task
	After  string // where this part of the plate begins; "" at its top
	Next   string // where the next part begins; "" at the end
}

// positionPage lists the places a task can go to: it works by keyboard, by
// thumb and without scripts, on a plate of any length.
func (v *visit) positionPage() error {
	task, err := number[work.TaskID](v, "task")
	if err != nil {
		return err
	}
	whole, err := do(v, tasks.Show, tasks.AskTask{Task: task})
	if err != nil {
		return err
	}
	after := v.r.URL.Query().Get("after")
	list, err := do(v, tasks.Plate, tasks.AskPlate{Page: app.Page{After: after}, State: work.TaskOpen, Top: true})
	if err != nil {
		return err
	}
	p := placing{Task: whole.Task, After: after, Next: list.Next}
	p.Others = slices.DeleteFunc(list.Items, func(t tasks.Task) bool { return t.ID == task })
	return v.show("Move", "plate", positionView(v, p))
}

// moveTask puts a task behind another one, or at the top.
func (v *visit) moveTask() error {
	task, err := number[work.TaskID](v, "task")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	behind, err := id[work.TaskID](f, "behind")
	if err != nil {
		return err
	}
	t, err := do(v, tasks.Move, tasks.MoveTask{Task: task, Behind: behind})
	if err == nil && strings.Contains(v.back(""), "/position") {
		return v.leave(v.to("/plate#task-%d", task), toast{Text: "Moved: “" + t.Title + "”."})
	}
	return v.act(v.to("/plate"), err, "Moved: “%s”.", t.Title)
}
