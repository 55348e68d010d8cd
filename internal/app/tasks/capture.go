package tasks

import (
	"context"

	"baton/internal/app"
	"baton/internal/ical"
	"baton/internal/phrase"
	"baton/internal/work"
)

// Operations lists what can be done with tasks.
func Operations() []app.Operation {
	return []app.Operation{Add, Show, Edit, Split, Finish, Drop, Reopen, Move, Plate, Search, Others, Mark, Judge, LetGo, Week}
}

// Fields of a task that its author can set. Absent fields stay as they are.
type Fields struct {
	Kind        *work.TaskKind `json:"kind,omitempty" enum:"task,decision_area" doc:"A decision area has no effort and no date"`
	Title       *string        `json:"title,omitempty" maxLength:"500" doc:"What is to be done"`
	Note        *string        `json:"note,omitempty" maxLength:"20000" doc:"Your own"`
	Area        *string        `json:"area,omitempty" maxLength:"100" doc:"By name; a new one is private to you"`
	Effort      *work.Minutes  `json:"effort,omitempty" doc:"Minutes for one time"`
	Rule        *ical.Rule     `json:"rule,omitempty" doc:"RRULE, or empty for once"`
	Recurs      *string        `json:"recurs,omitempty" doc:"A recurrence in words, instead of rule: every other wednesday 15:00"`
	Due         *ical.Due      `json:"due,omitempty" doc:"A day or a moment, with its time zone"`
	DueWords    *string        `json:"due_words,omitempty" doc:"A date in words, instead of due: 12 dec"`
	Deadline    *ical.Due      `json:"deadline,omitempty" doc:"When it must be done at the latest"`
	Skills      *[]work.Skill  `json:"skills,omitempty" doc:"What it needs, with levels 1 to 5"`
	Credentials *[]string      `json:"credentials,omitempty" doc:"Licences it needs"`
	Suggested   *string        `json:"suggested,omitempty" maxLength:"200" doc:"Who may have it, in your words"`
}

// apply lays the fields over a task.
func (f Fields) apply(ctx context.Context, tx *app.Tx, t *work.Task) error {
	set(&t.Kind, f.Kind)
	set(&t.Title, f.Title)
	set(&t.Note, f.Note)
	set(&t.Effort, f.Effort)
	set(&t.Rule, f.Rule)
	set(&t.Due, f.Due)
	set(&t.Deadline, f.Deadline)
	set(&t.Skills, f.Skills)
	set(&t.Credentials, f.Credentials)
	set(&t.Suggested, f.Suggested)
	if f.Effort != nil || f.Rule != nil || f.Recurs != nil {
		t.Counted = 0 // the author knows better than the calendar
	}
	here := phrase.Context{Now: tx.Now, Zone: tx.Zone()}
	if f.Recurs != nil {
		t.Rule = ical.Rule{}
		if *f.Recurs != "" {
			when, err := phrase.Recur(*f.Recurs, here)
			if err != nil {
				return work.FieldError("recurs", "%s.", err)
			}
			t.Rule, t.Due = when.Rule, when.Due
		}
	}
	if f.DueWords != nil {
		t.Due = ical.Due{}
		if *f.DueWords != "" {
			due, err := phrase.Day(*f.DueWords, here)
			if err != nil {
				return work.FieldError("due_words", "%s.", err)
			}
			t.Due = due
		}
	}
	if f.Area != nil {
		area, err := Area(ctx, tx, *f.Area)
		if err != nil {
			return err
		}
		t.Area = area
	}
	t.Title, t.Suggested = work.OneLine(t.Title), work.OneLine(t.Suggested)
	return t.Validate()
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// AddTask is what it takes to put a task on a plate.
type AddTask struct {
	Line string `json:"line,omitempty" maxLength:"1000" doc:"One line as quick add reads it; fields given beside it win"`
	Fields
	Parent work.TaskID `json:"parent,omitempty" doc:"The task it is a part of"`
	Said   work.Said   `json:"marks,omitzero"`
}

// Added is a new task, and what quick add understood.
type Added struct {
	Task
	Chips []phrase.Chip `json:"chips,omitempty"`
}

// Add puts a task on the actor's plate.
var Add = app.Write(app.Describe{
	Name: "task.add", Method: "POST", Path: "tasks", Who: app.AnyMember, Undo: "undo",
	Summary: "Put a task on your plate.",
}, add)

func add(ctx context.Context, tx *app.Tx, in AddTask) (Added, error) {
	if err := tx.MembersOnly(); err != nil {
		return Added{}, err
	}
	t := work.Task{
		Kind: work.PlainTask, Author: tx.Me.Person, Carrier: tx.Me.Person, State: work.TaskOpen, CreatedAt: tx.Now, Parent: in.Parent,
	}
	if in.Parent != 0 {
		whole, err := Mine(ctx, tx, in.Parent)
		if err != nil {
			return Added{}, err
		}
		if whole.Kind == work.DecisionArea {
			return Added{}, errNoParts
		}
	}
	chips, err := in.readLine(tx, &t)
	if err != nil {
		return Added{}, err
	}
	if err := in.apply(ctx, tx, &t); err != nil {
		return Added{}, err
	}
	if err := in.Said.Validate(); err != nil {
		return Added{}, err
	}
	if err := tx.AddTask(ctx, &t); err != nil {
		return Added{}, err
	}
	if in.Said != (work.Said{}) {
		if err := tx.SaveMarks(ctx, tx.Me.Person, t.ID, in.Said, tx.Now); err != nil {
			return Added{}, err
		}
	}
	if err := changed(ctx, tx, TaskAdded, nil, &t); err != nil {
		return Added{}, err
	}
	view, err := viewOne(ctx, tx, t)
	return Added{view, chips}, err
}

// readLine takes in what a line of quick add says, under the fields given.
func (in *AddTask) readLine(tx *app.Tx, t *work.Task) ([]phrase.Chip, error) {
	if in.Line == "" {
		return nil, nil
	}
	got, err := phrase.QuickAdd(in.Line, phrase.Context{Now: tx.Now, Zone: tx.Zone()})
	if err != nil {
		return nil, work.FieldError("line", "%s.", err)
	}
	t.Title, t.Rule, t.Due, t.Effort, t.Suggested = got.Title, got.Rule, got.Due, work.Minutes(got.Effort), got.Person
	if in.Area == nil && got.Area != "" {
		in.Area = &got.Area
	}
	if in.Said.Matters == nil && got.Matters >= 0 {
		in.Said.Matters = &got.Matters
	}
	return got.Chips, nil
}

// What can happen to a task on a plate.
const (
	TaskAdded    work.EventKind = "task_added"
	TaskEdited   work.EventKind = "task_edited"
	TaskSplit    work.EventKind = "task_split"
	TaskFinished work.EventKind = "task_done"
	TaskDropped  work.EventKind = "task_dropped"
	TaskReopened work.EventKind = "task_reopened"
	TaskMoved    work.EventKind = "task_moved"
)

// changed records what happened to a task and how to take it back.
func changed(ctx context.Context, tx *app.Tx, kind work.EventKind, before *work.Task, t *work.Task) error {
	if err := tx.Happened(ctx, work.Event{Kind: kind, Task: t.ID, Detail: work.Detail{Name: t.Title}}); err != nil {
		return err
	}
	return tx.Undoable(ctx, "task", int64(t.ID), t.Version, app.Kept(before))
}
