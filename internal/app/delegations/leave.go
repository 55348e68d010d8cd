package delegations

import (
	"context"

	"baton/internal/app"
	"baton/internal/app/people"
	"baton/internal/store"
	"baton/internal/work"
)

// LeaveNow says that somebody leaves, and who follows them.
type LeaveNow struct {
	Person    work.PersonID `path:"person" json:"-"`
	Successor work.PersonID `json:"successor,omitempty" doc:"Who is offered what they gave and carried; without one it ends with the note"`
	Note      string        `json:"note,omitempty" maxLength:"5000" doc:"A hand-over note"`
}

// Left says what became of the delegations of somebody who left.
type Left struct {
	Person  people.Person `json:"person"`
	Offered []Delegation  `json:"offered" doc:"Offered again by or to the successor"`
	Ended   []Delegation  `json:"ended"`
}

// Leave lets somebody leave: each open delegation is offered again by a named
// successor, or ended with a hand-over note.
var Leave = app.Write(app.Describe{
	Name: "person.leave", Method: "POST", Path: "people/{person}/departure", Who: app.AnOwner, Undo: "person.edit", Summary: "Somebody leaves: offer what they gave and carried again, or end it with a note.",
}, leave)

func leave(ctx context.Context, tx *app.Tx, in LeaveNow) (Left, error) {
	var out Left
	p, err := people.Known(ctx, tx, in.Person)
	if err != nil {
		return out, err
	}
	if err := tx.Owner(); err != nil && p.Owner != tx.Me.Person {
		return out, err
	}
	if in.Successor != 0 {
		if _, err := people.Known(ctx, tx, in.Successor); err != nil || in.Successor == in.Person {
			return out, work.FieldError("successor", "Name somebody else who stays.")
		}
	}
	open, err := tx.Delegations(ctx, store.DelegationFilter{Party: p.ID})
	if err != nil {
		return out, err
	}
	for _, d := range open {
		if err := out.pass(ctx, tx, d.ID, in); err != nil {
			return out, err
		}
	}
	p.LeftOn = tx.Today()
	if err := tx.SavePerson(ctx, &p); err != nil {
		return out, err
	}
	if err := tx.Happened(ctx, work.Event{Kind: people.PersonLeft, Person: p.ID, Detail: work.Detail{Name: p.Name, Text: in.Note}}); err != nil {
		return out, err
	}
	if err := handOverPlate(ctx, tx, p.ID, in.Successor); err != nil {
		return out, err
	}
	if err := tx.RemoveMember(ctx, p.ID); err != nil {
		return out, err
	}
	out.Person, err = people.Show.Within(ctx, tx, people.AskPerson{Person: p.ID})
	return out, err
}

// pass settles one delegation of somebody who leaves.
func (out *Left) pass(ctx context.Context, tx *app.Tx, id work.DelegationID, in LeaveNow) error {
	d, err := tx.Delegation(ctx, id)
	if err != nil {
		return err
	}
	var next *work.Delegation
	switch {
	case d.State == work.Ended:
		return nil
	case d.State == work.Draft:
		return tx.DeleteDelegation(ctx, d.ID)
	case in.Successor != 0 && in.Successor != d.Other(in.Person):
		next, err = d.Succeed(tx.Act(), work.DelegationID(tx.NextID()), in.Person, in.Successor, in.Note)
	default:
		d.EndFor(tx.Act(), in.Person, in.Note)
	}
	if err != nil {
		return err
	}
	if err := Settle(ctx, tx, d); err != nil {
		return err
	}
	if next == nil {
		out.Ended = append(out.Ended, View(tx, d))
		return nil
	}
	t, err := tx.Task(ctx, d.Task)
	if err != nil {
		return err
	}
	if t.Carrier != next.Giver {
		t.Carrier = next.Giver
		if err := tx.SaveTask(ctx, &t); err != nil {
			return err
		}
	}
	if err := Settle(ctx, tx, next); err != nil {
		return err
	}
	view, err := reload(ctx, tx, next.ID)
	out.Offered = append(out.Offered, view)
	return err
}

// handOverPlate moves what is left on a plate to the successor, or to whoever
// lets the person go.
func handOverPlate(ctx context.Context, tx *app.Tx, from, to work.PersonID) error {
	if to == 0 {
		to = tx.Me.Person
	}
	left, err := tx.Tasks(ctx, store.TaskFilter{Carrier: from, State: work.TaskOpen})
	if err != nil {
		return err
	}
	for i := range left {
		left[i].Carrier = to
		if err := tx.SaveTask(ctx, &left[i]); err != nil {
			return err
		}
	}
	return nil
}
