package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"baton/internal/app"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/phrase"
	"baton/internal/work"
)

// taskPages registers one task: its fields, marks, parts and verdict.
func (s *server) taskPages() {
	s.member("GET /tasks/{task}", (*visit).taskPage)
	s.member("POST /tasks/{task}", (*visit).editTask)
	s.member("POST /tasks/{task}/marks", (*visit).markTask)
	s.member("POST /tasks/{task}/parts", (*visit).splitTask)
}

// A taskSheet is what the page of a task shows.
type taskSheet struct {
	Task  tasks.Whole
	Areas []workspaces.Area
	Form  *form
	Clash *clash // another change came first
}

func (v *visit) taskSheet(f *form) (taskSheet, error) {
	var s taskSheet
	task, err := number[work.TaskID](v, "task")
	if err != nil {
		return s, err
	}
	if s.Task, err = do(v, tasks.Show, tasks.AskTask{Task: task}); err != nil {
		return s, err
	}
	areas, err := do(v, workspaces.Areas, app.Whole)
	if err != nil {
		return s, err
	}
	s.Areas, s.Form = areas.Items, f
	if f == nil {
		s.Form = v.taskForm(s.Task.Task)
	}
	return s, nil
}

func (v *visit) taskPage() error {
	s, err := v.taskSheet(nil)
	if err != nil {
		return err
	}
	return v.show(s.Task.Title, "plate", taskView(v, s))
}

// taskForm is a task as its form shows it.
func (v *visit) taskForm(t tasks.Task) *form {
	return fields(
		"version", strconv.FormatInt(t.Version, 10), "title", t.Title, "note", t.Note, "area", t.Area, "effort", effortField(t.Effort),
		"recurs", t.Recurs, "due_words", dueField(t.Due), "deadline_words", dueField(t.Deadline), "skills", skillsField(t.Skills),
		"credentials", strings.Join(t.Credentials, ", "), "suggested", t.Suggested, "kind", string(t.Kind),
	)
}

// taskFields are the fields of the form, by the names the domain gives them.
var taskFields = []string{"title", "note", "area", "effort", "recurs", "due_words", "deadline_words", "skills", "credentials", "suggested", "kind"}

var taskLabels = map[string]string{
	"title": "Title", "note": "Note", "area": "Area", "effort": "Time for one time", "recurs": "Repeats", "due_words": "Due", "deadline_words": "Deadline",
	"skills": "Skills it needs", "credentials": "Credentials it needs", "suggested": "Who might have it", "kind": "Kind",
}

func (v *visit) editTask() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	s, err := v.taskSheet(f)
	if err != nil {
		return err
	}
	in, err := v.taskEdit(f, s.Task.Task)
	if err == nil {
		_, err = do(v, tasks.Edit, in)
	}
	if work.KindOf(err) == work.Stale {
		s.Clash = newClash(err, f, v.taskForm(s.Task.Task), taskFields, taskLabels, v.to("/tasks/%d", s.Task.ID))
		return v.showAs(http.StatusConflict, s.Task.Title, "plate", taskView(v, s))
	}
	if f.refuse(err, taskFields...) {
		return v.showAs(http.StatusUnprocessableEntity, s.Task.Title, "plate", taskView(v, s))
	}
	if err != nil {
		return err
	}
	return v.leave(v.to("/tasks/%d", s.Task.ID), toast{Text: "Saved."})
}

// taskEdit reads the form into what it changes of the task: a date or a
// recurrence left as it was stays exactly as it was.
func (v *visit) taskEdit(f *form, now tasks.Task) (tasks.EditTask, error) {
	in := tasks.EditTask{Task: now.ID, IfMatch: f.seen()}
	in.Title, in.Note, in.Area, in.Suggested = f.ptr("title"), f.ptr("note"), f.ptr("area"), f.ptr("suggested")
	if kind := work.TaskKind(f.text("kind")); kind != "" {
		in.Kind = &kind
	}
	was := v.taskForm(now)
	if f.Has("recurs") && f.text("recurs") != was.Get("recurs") {
		in.Recurs = f.ptr("recurs")
	}
	if f.Has("due_words") && f.text("due_words") != was.Get("due_words") {
		in.DueWords = f.ptr("due_words")
	}
	if words := f.text("deadline_words"); f.Has("deadline_words") && words != was.Get("deadline_words") {
		var deadline ical.Due
		if words != "" {
			var err error
			if deadline, err = phrase.Day(words, phrase.Context{Now: v.app.Now(), Zone: v.place.Workspace.Zone}); err != nil {
				return in, work.FieldError("deadline_words", "%s.", capital(err.Error()))
			}
		}
		in.Deadline = &deadline
	}
	effort, err := readEffort(f, "effort")
	if err != nil {
		return in, err
	}
	in.Effort = &effort
	skills, err := readSkills(f, "skills", 1)
	if err != nil {
		return in, err
	}
	credentials := f.list("credentials")
	in.Skills, in.Credentials = &skills, &credentials
	return in, nil
}

func (v *visit) markTask() error {
	task, err := number[work.TaskID](v, "task")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	var said work.Said
	for _, q := range questions {
		if value, err := strconv.Atoi(f.Get(q.Name)); err == nil {
			*q.said(&said) = &value
		}
	}
	_, err = do(v, tasks.Mark, tasks.MarkTask{Task: task, Said: said})
	return v.act(v.to("/tasks/%d", task), err, "The marks are yours now.")
}

func (v *visit) splitTask() error {
	task, err := number[work.TaskID](v, "task")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	parts := f.lines("parts")
	if len(parts) == 0 {
		return v.act(v.to("/tasks/%d", task), work.FieldError("parts", "Write a title for each part, one a line."), "")
	}
	made, err := do(v, tasks.Split, tasks.SplitTask{Task: task, Parts: parts})
	return v.act(v.to("/tasks/%d", task), err, "Split into %s.", plural(len(made.Items), "part", "parts"))
}

// effortField is an effort as the form takes it back.
func effortField(m work.Minutes) string {
	switch {
	case m == 0:
		return ""
	case m%60 == 0:
		return fmt.Sprintf("%dh", m/60)
	case m > 60:
		return fmt.Sprintf("%dh%02d", m/60, m%60)
	}
	return fmt.Sprintf("%dm", m)
}

func readEffort(f *form, name string) (work.Minutes, error) {
	if f.text(name) == "" {
		return 0, nil
	}
	minutes, err := phrase.Effort(f.text(name))
	if err != nil {
		return 0, work.FieldError(name, "%s.", capital(err.Error()))
	}
	return work.Minutes(minutes), nil
}

// dueField is a date as the form takes it back.
func dueField(d ical.Due) string {
	switch {
	case d.IsZero():
		return ""
	case d.Minute == ical.AllDay:
		return d.Date.String()
	}
	return fmt.Sprintf("%s %02d:%02d", d.Date, d.Minute/60, d.Minute%60)
}

// skillsField writes skills as the form takes them back: "filing: 2, …".
func skillsField(skills []work.Skill) string {
	words := make([]string, len(skills))
	for i, s := range skills {
		words[i] = fmt.Sprintf("%s: %d", s.Name, s.Level)
	}
	return strings.Join(words, ", ")
}

// readSkills reads "filing: 2, scheduling"; one without a level has otherwise.
func readSkills(f *form, name string, otherwise int) ([]work.Skill, error) {
	out := []work.Skill{}
	for _, s := range f.list(name) {
		what, level, said := strings.Cut(s, ":")
		n := otherwise
		if said {
			var err error
			if n, err = strconv.Atoi(strings.TrimSpace(level)); err != nil {
				return nil, work.FieldError(name, "“%s” is not a skill with its level; write it like scheduling: 4.", s)
			}
		}
		out = append(out, work.Skill{Name: strings.TrimSpace(what), Level: n})
	}
	return out, nil
}

// list reads entries parted by commas or lines.
func (f *form) list(name string) []string {
	out := []string{}
	for _, s := range strings.FieldsFunc(f.Get(name), func(r rune) bool { return r == ',' || r == '\n' || r == '\r' }) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
