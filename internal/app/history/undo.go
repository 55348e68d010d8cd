package history

import (
	"context"
	"encoding/json"
	"slices"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// UndoWhat names a change; the latest of the actor's own unless said.
type UndoWhat struct {
	Number work.EventNumber `json:"number,omitempty" doc:"The event to take back; your latest change unless said"`
}

// Undone says what was taken back.
type Undone struct {
	Number work.EventNumber `json:"number"`
	Noun   string           `json:"noun"`
	ID     int64            `json:"id"`
	Words  string           `json:"words"`
}

// ChangeUndone is the event of a change taken back.
const ChangeUndone work.EventKind = "undone"

// Undo takes back one of the actor's own changes, unless anybody touched the
// same thing since.
var Undo = app.Write(app.Describe{
	Name: "undo", Method: "POST", Path: "undo", Who: app.AnyMember, Undo: "", Summary: "Take your latest change back, if nobody touched it since.",
}, undo)

func undo(ctx context.Context, tx *app.Tx, in UndoWhat) (Undone, error) {
	if err := tx.MembersOnly(); err != nil {
		return Undone{}, err
	}
	u, err := tx.LastUndo(ctx, tx.Me.Person, in.Number)
	if work.KindOf(err) == work.NotFound {
		return Undone{}, work.Errorf(work.Conflict, "There is nothing of yours to undo.")
	}
	if err != nil {
		return Undone{}, err
	}
	out := Undone{Number: u.Number, Noun: u.Noun, ID: u.ID}
	e := work.Event{Kind: ChangeUndone}
	switch u.Noun {
	case "task":
		e.Task = work.TaskID(u.ID)
		out.Words, err = undoTask(ctx, tx, u)
	case "person":
		e.Person = work.PersonID(u.ID)
		out.Words, err = undoPerson(ctx, tx, u)
	}
	if err != nil {
		return Undone{}, err
	}
	e.Detail = work.Detail{Text: out.Words}
	if u.Before == "" {
		e.Task, e.Person = 0, 0 // it is gone
	}
	if err := tx.Happened(ctx, e); err != nil {
		return Undone{}, err
	}
	return out, tx.MarkUndone(ctx, u.Number, tx.Now)
}

func touched(noun string) error {
	return work.Errorf(work.Conflict, "The %s was changed since; undo would lose that. Change it by hand.", noun)
}

func undoTask(ctx context.Context, tx *app.Tx, u store.Undo) (string, error) {
	now, err := tx.Task(ctx, work.TaskID(u.ID))
	if err != nil {
		return "", err
	}
	if now.Version != u.After {
		return "", touched("task")
	}
	if u.Before == "" {
		added, err := tx.Events(ctx, store.EventFilter{After: u.Number - 1, Limit: 1})
		if err != nil || len(added) == 0 {
			return "", err
		}
		leans, err := tx.LeansOnTask(ctx, now.ID, added[0].At)
		if err != nil {
			return "", err
		}
		if leans {
			return "", touched("task")
		}
		return "“" + now.Title + "” is off your plate again.", tx.RemoveTask(ctx, now.ID)
	}
	var before work.Task
	if err := json.Unmarshal([]byte(u.Before), &before); err != nil {
		return "", err
	}
	if before.Kind != now.Kind {
		leans, err := kindLeans(ctx, tx, now.ID)
		if err != nil {
			return "", err
		}
		if leans {
			return "", touched("task")
		}
	}
	older := before.Version
	before.Version = now.Version
	if err := tx.SaveTask(ctx, &before); err != nil {
		return "", err
	}
	return "“" + before.Title + "” is as it was.", tx.AsBefore(ctx, u.Noun, u.ID, older, before.Version)
}

// kindLeans reports whether anything rests on what a line of a plate is: a
// delegation that has not ended, or a vote.
func kindLeans(ctx context.Context, tx *app.Tx, id work.TaskID) (bool, error) {
	going, err := tx.Delegations(ctx, store.DelegationFilter{Task: id})
	if err != nil {
		return false, err
	}
	votes, err := tx.Votes(ctx, store.VoteFilter{Task: id, Limit: 1})
	return len(votes) > 0 || slices.ContainsFunc(going, func(d *work.Delegation) bool { return d.State != work.Ended }), err
}

func undoPerson(ctx context.Context, tx *app.Tx, u store.Undo) (string, error) {
	now, err := tx.Person(ctx, work.PersonID(u.ID))
	if err != nil {
		return "", err
	}
	if now.Version != u.After {
		return "", touched("person")
	}
	if u.Before == "" {
		leans, err := tx.LeansOnPerson(ctx, now.ID)
		if err != nil {
			return "", err
		}
		if leans {
			return "", touched("person")
		}
		return now.Name + " is off your list again.", tx.RemovePerson(ctx, now.ID)
	}
	var before work.Person
	if err := json.Unmarshal([]byte(u.Before), &before); err != nil {
		return "", err
	}
	older := before.Version
	before.Version = now.Version
	if err := tx.SavePerson(ctx, &before); err != nil {
		return "", err
	}
	return before.Name + " is as before.", tx.AsBefore(ctx, u.Noun, u.ID, older, before.Version)
}
