package web

import (
	"strconv"

	"baton/internal/app"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/work"
)

// platePages registers the plate and what can be done with a line of it.
func (s *server) platePages() {
	s.member("GET /plate", (*visit).platePage)
	s.member("POST /tasks/{task}/completion", taskAct(tasks.Finish, "Done: “%s”."))
	s.member("POST /tasks/{task}/drop", taskAct(tasks.Drop, "Dropped: “%s”. Nobody does it."))
	s.member("POST /tasks/{task}/reopening", taskAct(tasks.Reopen, "“%s” is on your plate again."))
	s.member("GET /tasks/{task}/position", (*visit).positionPage)
	s.member("POST /tasks/{task}/position", (*visit).moveTask)
}

// taskAct makes the handler of a button that does one thing to one task.
func taskAct(op app.Op[tasks.OnTask, tasks.Task], done string) handler {
	return func(v *visit) error {
		task, err := number[work.TaskID](v, "task")
		if err != nil {
			return err
		}
		t, err := do(v, op, tasks.OnTask{Task: task})
		return v.act(v.to("/plate"), err, done, t.Title)
	}
}

// A plate is what the Plate page shows.
type plate struct {
	List    app.List[tasks.Task]
	Areas   []workspaces.Area
	State   work.TaskState
	Area    work.AreaID
	Due     string // late or soon; "" for whenever
	After   string
	Waiting bool // a filter hides something
}

func (v *visit) platePage() error {
	q := v.r.URL.Query()
	p := plate{State: work.TaskState(q.Get("state")), Due: q.Get("due"), After: q.Get("after")}
	if p.State != work.TaskDone && p.State != work.TaskDropped {
		p.State = work.TaskOpen
	}
	area, err := strconv.ParseInt(q.Get("area"), 10, 64)
	if err != nil && q.Get("area") != "" {
		return errNoPage
	}
	p.Area = work.AreaID(area)
	if p.Due != tasks.Late && p.Due != tasks.Soon {
		p.Due = ""
	}
	p.Waiting = p.Due != "" || p.Area != 0 || p.State != work.TaskOpen
	ask := tasks.AskPlate{Page: app.Page{After: p.After}, State: p.State, Area: p.Area, Due: p.Due, Top: p.Due == ""}
	if p.List, err = do(v, tasks.Plate, ask); err != nil {
		return err
	}
	areas, err := do(v, workspaces.Areas, app.Whole)
	if err != nil {
		return err
	}
	p.Areas = areas.Items
	return v.show("Plate", "plate", plateView(v, p))
}

// next is the address of the page that follows.
func (p plate) next(v *visit) string {
	return v.to("/plate?state=%s&area=%s&due=%s&after=%s", p.State, areaField(p.Area), p.Due, p.List.Next)
}

func areaField(id work.AreaID) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}

func (p plate) filters() *form {
	return fields("state", string(p.State), "area", areaField(p.Area), "due", p.Due)
}

func (p plate) areaOptions() []option {
	out := []option{{"", "Every area"}}
	for _, a := range p.Areas {
		out = append(out, option{areaField(a.ID), a.Name})
	}
	return out
}

var dueOptions = []option{{"", "Whenever"}, {tasks.Late, "Late"}, {tasks.Soon, "Within a week"}}

// movable reports whether rows stand in the order their owner gave them.
func (p plate) movable() bool { return p.State == work.TaskOpen && p.Area == 0 && p.Due == "" }

var stateOptions = []option{{"open", "On your plate"}, {"done", "Done"}, {"dropped", "Dropped"}}

// verdictWords says a verdict as a chip does.
func verdictWords(verdict work.Verdict) string { return capital(string(verdict)) }
