// Package tasks holds the operations on a member's plate: capture, edit,
// split, complete, drop, marks, verdicts and the let-go list.
package tasks

import (
	"context"
	"strings"

	"baton/internal/app"
	"baton/internal/ical"
	"baton/internal/store"
	"baton/internal/work"
)

// A Task as its carrier or author sees it.
type Task struct {
	ID          work.TaskID    `json:"id"`
	Kind        work.TaskKind  `json:"kind" doc:"task or decision_area"`
	Title       string         `json:"title"`
	Note        string         `json:"note,omitempty" doc:"Your own"`
	Area        string         `json:"area,omitempty" doc:"The area's name"`
	State       work.TaskState `json:"state" doc:"open, done or dropped"`
	Author      work.PersonID  `json:"author" doc:"Whose it is"`
	Carrier     work.PersonID  `json:"carrier" doc:"On whose plate it is"`
	With        string         `json:"with,omitempty" doc:"Who carries it, when it is not you"`
	CarriedFor  *CarriedFor    `json:"carried_for,omitempty" doc:"Whose it is when you carry it for somebody; it is done, handed back or handed on in the delegation"`
	Parent      work.TaskID    `json:"parent,omitempty" doc:"The task it is a part of"`
	Effort      work.Minutes   `json:"effort,omitempty" doc:"Minutes for one time"`
	Weekly      work.Minutes   `json:"weekly" doc:"Minutes a week"`
	Rule        ical.Rule      `json:"rule,omitzero" doc:"RRULE"`
	Recurs      string         `json:"recurs,omitempty" doc:"The recurrence in words"`
	Due         ical.Due       `json:"due,omitzero" doc:"A day or a moment, with its time zone"`
	Deadline    ical.Due       `json:"deadline,omitzero" doc:"When it must be done at the latest"`
	Skills      []work.Skill   `json:"skills,omitempty" doc:"What it needs, with levels"`
	Credentials []string       `json:"credentials,omitempty" doc:"Licences it needs"`
	Suggested   string         `json:"suggested,omitempty" doc:"Who was named when it was written down"`
	Position    string         `json:"position" doc:"Where it stands on the plate; texts in bytewise order"`
	Verdict     work.Verdict   `json:"verdict,omitempty" doc:"Your own"`
	Version     int64          `json:"version"`
}

// View shows tasks to the actor, with their area and the actor's own verdict.
func View(ctx context.Context, tx *app.Tx, list ...work.Task) ([]Task, error) {
	if len(list) == 0 {
		return []Task{}, nil
	}
	areas, err := tx.Areas(ctx, tx.Me.Person)
	if err != nil {
		return nil, err
	}
	names := map[work.AreaID]string{}
	for _, a := range areas {
		names[a.ID] = a.Name
	}
	ids := make([]work.TaskID, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	verdicts, err := tx.VerdictsOn(ctx, tx.Me.Person, ids)
	if err != nil {
		return nil, err
	}
	whose, err := carriedFor(ctx, tx, list)
	if err != nil {
		return nil, err
	}
	out := make([]Task, len(list))
	for i := range list {
		t := &list[i]
		out[i] = Task{
			ID: t.ID, Kind: t.Kind, Title: t.Title, Note: t.Note, Area: names[t.Area], State: t.State, Author: t.Author, Carrier: t.Carrier,
			Parent: t.Parent, Effort: t.Effort, Weekly: t.Weekly(tx.Today()), Rule: t.Rule, Due: t.Due, Deadline: t.Deadline, Skills: t.Skills,
			Credentials: t.Credentials, Suggested: t.Suggested, Position: t.Position, Verdict: verdicts[t.ID].Verdict, Version: t.Version,
			CarriedFor: whose[t.ID],
		}
		if !t.Rule.IsZero() {
			out[i].Recurs = t.Rule.Words()
		}
		if t.Carrier != tx.Me.Person {
			p, err := tx.Person(ctx, t.Carrier)
			if err != nil {
				return nil, err
			}
			out[i].With = p.Name
		}
	}
	return out, nil
}

func viewOne(ctx context.Context, tx *app.Tx, t work.Task) (Task, error) {
	views, err := View(ctx, tx, t)
	if err != nil {
		return Task{}, err
	}
	return views[0], nil
}

// Mine returns a task that is on the actor's plate or that they wrote down;
// any other is not there for them.
func Mine(ctx context.Context, tx *app.Tx, id work.TaskID) (work.Task, error) {
	if err := tx.MembersOnly(); err != nil {
		return work.Task{}, err
	}
	t, err := tx.Task(ctx, id)
	if err != nil {
		return t, err
	}
	if t.Carrier != tx.Me.Person && t.Author != tx.Me.Person {
		return work.Task{}, work.Errorf(work.NotFound, "There is no such task.")
	}
	return t, nil
}

// MineAt is Mine, of a version that was seen.
func MineAt(ctx context.Context, tx *app.Tx, id work.TaskID, seen app.Match) (work.Task, error) {
	t, err := Mine(ctx, tx, id)
	if err == nil {
		err = tx.FreshAs(ctx, seen, t.Version, store.EventFilter{Task: t.ID}, "“"+t.Title+"”")
	}
	return t, err
}

// Area finds an area by name among those the actor sees, or makes one that is
// private to them. "" is no area.
func Area(ctx context.Context, tx *app.Tx, name string) (work.AreaID, error) {
	if name = work.OneLine(name); name == "" {
		return 0, nil
	}
	areas, err := tx.Areas(ctx, tx.Me.Person)
	if err != nil {
		return 0, err
	}
	for _, a := range areas {
		if strings.EqualFold(a.Name, name) {
			return a.ID, nil
		}
	}
	a := work.Area{Name: name, Owner: tx.Me.Person}
	err = tx.AddArea(ctx, &a)
	return a.ID, err
}
