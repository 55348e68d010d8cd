package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"baton/internal/app"
	"baton/internal/app/operations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/work"
)

// undoable says for each operation that undo takes back how a page does it: to
// which address, and with what.
var undoable = map[string]func(s *site) (path string, values url.Values){
	"task.add":      func(s *site) (string, url.Values) { return s.to("/tasks"), url.Values{"line": {"Call the plumber"}} },
	"task.edit":     func(s *site) (string, url.Values) { return s.edited("/tasks/%d", s.task, "title", "Order masks") },
	"task.complete": func(s *site) (string, url.Values) { return s.to("/tasks/%d/completion", s.task), nil },
	"task.drop":     func(s *site) (string, url.Values) { return s.to("/tasks/%d/drop", s.task), nil },
	"task.reopen": func(s *site) (string, url.Values) {
		must(s, tasks.Drop, tasks.OnTask{Task: s.task})
		return s.to("/tasks/%d/reopening", s.task), nil
	},
	"task.move": func(s *site) (string, url.Values) {
		return s.to("/tasks/%d/position", s.task), url.Values{"behind": {"0"}}
	},
	"person.add": func(s *site) (string, url.Values) {
		return s.to("/people"), url.Values{"name": {"Wei"}, "kind": {"teammate"}}
	},
	"person.edit": func(s *site) (string, url.Values) { return s.edited("/people/%d", s.person, "name", "Jamie C.") },
}

// edited is the form of a page with one field typed over.
func (s *site) edited(page string, id any, field, value string) (string, url.Values) {
	s.t.Helper()
	path := s.to(page, id)
	form := s.get(path).is(http.StatusOK).values("form.form")
	form.Set(field, value)
	return path, form
}

var versions = regexp.MustCompile(`"version":\d+`)

// state is all tasks and people as the owner sees them, but for versions.
func (s *site) state() string {
	s.t.Helper()
	all := []any{must(s, people.Everybody, app.Whole)}
	for _, state := range []work.TaskState{work.TaskOpen, work.TaskDone, work.TaskDropped} {
		all = append(all, must(s, tasks.Plate, tasks.AskPlate{State: state}))
	}
	b, err := json.Marshal(all)
	if err != nil {
		s.t.Fatal(err)
	}
	return versions.ReplaceAllString(string(b), "")
}

// TestEveryUndoableChangeIsTakenBackByItsToast makes each change on a page and
// presses Undo: it is as it was. Once somebody touched the thing, it is refused.
func TestEveryUndoableChangeIsTakenBackByItsToast(t *testing.T) {
	named := 0
	for _, o := range operations.All() {
		d := o.Describe()
		if d.Undo != "undo" {
			continue
		}
		named++
		t.Run(d.Name, func(t *testing.T) {
			change := undoable[d.Name]
			if change == nil {
				t.Fatal("say in this test how a page does it")
			}
			s := newSite(t)
			s.fill()
			path, values := change(s)
			before := s.state()
			done := s.post(path, values).is(http.StatusOK)
			if s.state() == before {
				t.Fatal("nothing was changed")
			}
			undo := done.values(`.toast form[action$="/undo"]`)
			if undo.Get("number") == "" {
				t.Fatal("the toast offers no undo")
			}
			s.post(s.to("/undo"), undo).is(http.StatusOK)
			if after := s.state(); after != before {
				t.Errorf("it was\n%s\nand is\n%s", before, after)
			}
			s.refusesOnceTouched(change)
		})
	}
	if named != len(undoable) {
		t.Errorf("%d operations are undoable, this test has %d", named, len(undoable))
	}
}

// refusesOnceTouched makes a change, then another of the same thing, and sees
// the first stay.
func (s *site) refusesOnceTouched(change func(*site) (string, url.Values)) {
	s.t.Helper()
	if drop := must(s, tasks.Show, tasks.AskTask{Task: s.task}); drop.State == work.TaskDropped {
		must(s, tasks.Reopen, tasks.OnTask{Task: s.task})
	}
	path, values := change(s)
	undo := s.post(path, values).is(http.StatusOK).values(`.toast form[action$="/undo"]`)
	note := "Touched since"
	for _, p := range must(s, people.Everybody, app.Whole).Items {
		must(s, people.Edit, people.EditPerson{Person: p.ID, Fields: people.Fields{Note: &note}})
	}
	for _, state := range []work.TaskState{work.TaskOpen, work.TaskDone, work.TaskDropped} {
		for _, t := range must(s, tasks.Plate, tasks.AskPlate{State: state}).Items {
			must(s, tasks.Edit, tasks.EditTask{Task: t.ID, Fields: tasks.Fields{Note: &note}})
		}
	}
	touched := s.state()
	s.post(s.to("/undo"), undo).has(".toast", "changed since")
	if s.state() != touched {
		s.t.Error("it was taken back though somebody touched it since")
	}
}
