package web

import (
	"net/http"
	"net/url"
	"slices"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/store"
	"baton/internal/work"
)

// beginningPages registers how a delegation begins: a task, what goes with it,
// and perhaps for whom.
func (s *server) beginningPages() {
	s.member("GET /delegations/new", (*visit).startPage)
	s.member("POST /tasks/{task}/delegation", (*visit).start)
}

// A beginning is what the page shows on which a delegation begins.
type beginning struct {
	Task      tasks.Whole
	People    []people.Person
	Playbooks []store.Playbook
	form      *form
}

func (v *visit) beginning(task work.TaskID, f *form) (*beginning, error) {
	b := &beginning{form: f}
	var err error
	if b.Task, err = do(v, tasks.Show, tasks.AskTask{Task: task}); err != nil {
		return nil, err
	}
	if b.People, err = v.others(); err != nil {
		return nil, err
	}
	books, err := do(v, delegations.Playbooks, app.Whole)
	b.Playbooks = books.Items
	return b, err
}

// others are the people the member can hand something to.
func (v *visit) others() ([]people.Person, error) {
	all, err := do(v, people.Everybody, app.Whole)
	return slices.DeleteFunc(all.Items, func(p people.Person) bool {
		return p.ID == v.place.Actor.Person || !p.LeftOn.IsZero()
	}), err
}

func (v *visit) startPage() error {
	q := v.r.URL.Query()
	f := &form{Values: q}
	task, err := id[work.TaskID](f, "task")
	if err != nil {
		return errNoPage
	}
	if task == 0 {
		return v.chooseTask(q)
	}
	b, err := v.beginning(task, nil)
	if err != nil {
		return err
	}
	if c := b.Task.CarriedFor; c != nil { // what is somebody else's is handed on
		return v.leave(v.to("/delegations/%d/hand-on", c.Delegation), toast{})
	}
	kind := work.Assignment
	if b.Task.Kind == work.DecisionArea || q.Get("kind") == string(work.Strategic) {
		kind = work.Strategic
	}
	b.form = fields("kind", string(kind), "receiver", q.Get("person"), "playbook", q.Get("playbook"))
	return v.show("Hand over", "delegations", startView(v, b))
}

// chooseTask lists what can be handed over, and keeps what was chosen already.
func (v *visit) chooseTask(chosen url.Values) error {
	open, err := do(v, tasks.Plate, tasks.AskPlate{Page: app.Page{Limit: most}, State: work.TaskOpen, Top: true})
	if err != nil {
		return err
	}
	return v.show("Hand over", "delegations", chooseTaskView(v, open.Items, chosen))
}

// with is the address of the start page for a task.
func (v *visit) with(chosen url.Values, task work.TaskID) string {
	q := url.Values{"task": {idField(task)}}
	for _, name := range []string{"playbook", "person", "kind"} {
		if chosen.Has(name) {
			q.Set(name, chosen.Get(name))
		}
	}
	return v.to("/delegations/new?") + q.Encode()
}

func (v *visit) start() error {
	task, err := number[work.TaskID](v, "task")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	d, err := v.begin(task, f)
	if f.refuse(err, "kind", "receiver", "playbook") {
		b, err := v.beginning(task, f)
		if err != nil {
			return err
		}
		return v.showAs(http.StatusUnprocessableEntity, "Hand over", "delegations", startView(v, b))
	}
	if err != nil {
		return err
	}
	return v.leave(v.to("/delegations/%d/draft", d.ID), toast{})
}

func (v *visit) begin(task work.TaskID, f *form) (delegations.Delegation, error) {
	receiver, err := id[work.PersonID](f, "receiver")
	if err != nil {
		return delegations.Delegation{}, err
	}
	playbook, err := id[work.PlaybookID](f, "playbook")
	if err != nil {
		return delegations.Delegation{}, err
	}
	return do(v, delegations.Begin, delegations.StartDelegation{
		Task: task, Kind: work.DelegationKind(f.Get("kind")), Receiver: receiver, Playbook: playbook,
	})
}

func (b *beginning) playbookOptions() []option {
	out := []option{{"", "Begin from the task"}}
	for _, p := range b.Playbooks {
		out = append(out, option{idField(p.ID), p.Name})
	}
	return out
}

func personOptions(all []people.Person, none string) []option {
	out := []option{{"", none}}
	for _, p := range all {
		out = append(out, option{idField(p.ID), p.Name + personHint(&p)})
	}
	return out
}

func personHint(p *people.Person) string {
	if p.Kind == work.Teammate {
		return ""
	}
	return ", " + string(p.Kind)
}
