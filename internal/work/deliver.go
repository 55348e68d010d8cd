package work

import (
	"slices"
	"strings"
	"time"
)

// Deliver hands over the whole (part is "") or a part of the brief. From level
// 5 on a delivery is final and the giver is told; below it, the giver accepts
// it or returns it with notes.
func (d *Delegation) Deliver(a Act, part, note string) error {
	if _, err := d.begin(a, MoveDeliver, 0); err != nil {
		return err
	}
	if err := d.deliverable(part); err != nil {
		return err
	}
	d.closeReturned(a.At, part)
	late := d.late(part, a.At)
	d.record(a, Delivered, Detail{Text: note, Part: part, Late: late})
	if d.Terms.Authority.Level >= Intend && d.Kind == Strategic {
		d.received(a, part)
		return nil
	}
	it := Item{Kind: Delivery, Holder: d.reviewer(), Text: note, Part: part, Final: part == ""}
	if d.Terms.Price > 0 && d.Terms.Per != PerOccurrence {
		it.Silence = Remind // silence never approves money
	}
	delivered := len(d.turn.events) - 1
	d.turn.events[delivered].Item = d.open(a, it).ID
	return nil
}

func (d *Delegation) deliverable(part string) error {
	switch {
	case part == "" && d.Standing():
		return Errorf(Conflict, "This goes on; mark each turn done, or give notice to end it.")
	case part != "" && !slices.ContainsFunc(d.Terms.Brief.Parts, func(p Part) bool { return p.Name == part }):
		return FieldError("part", "The brief has no part called %q.", part)
	case slices.Contains(d.Delivered, part):
		return Errorf(Conflict, "%q is delivered and accepted already.", part)
	}
	for _, it := range d.Items {
		if it.Kind == Delivery && it.Open() && it.Part == part {
			return Errorf(Conflict, "It is delivered; %s is to look at it.", d.Name(it.Holder))
		}
	}
	return nil
}

// reviewer is who looks at a delivery: the giver, or whoever the brief names,
// but never the receiver.
func (d *Delegation) reviewer() PersonID {
	if r := d.Terms.Brief.Reviewer; r != 0 && r != d.Receiver {
		return r
	}
	return d.Giver
}

func (d *Delegation) closeReturned(at time.Time, part string) {
	for i := range d.Items {
		if it := &d.Items[i]; it.redelivered() && it.Open() && it.Part == part {
			it.close(at, "delivered again")
		}
	}
}

func (d *Delegation) late(part string, at time.Time) bool {
	due := d.Terms.Due
	for _, p := range d.Terms.Brief.Parts {
		if p.Name == part {
			due = p.Due
		}
	}
	return !due.IsZero() && at.After(due.Instant())
}

// Receive accepts a delivery; that of the whole completes the delegation.
func (d *Delegation) Receive(a Act, item ItemID, note string) error {
	it, err := d.begin(a, MoveReceive, item)
	if err != nil {
		return err
	}
	it.close(a.At, "accepted")
	d.record(a, DeliveryAccepted, Detail{Part: it.Part, Text: note})
	d.Good++
	d.received(a, it.Part)
	return nil
}

func (d *Delegation) received(a Act, part string) {
	if part != "" {
		d.Delivered = append(d.Delivered, part)
		return
	}
	d.end(a, Completed, Detail{})
}

// Return sends a delivery back with notes.
func (d *Delegation) Return(a Act, item ItemID, notes string) error {
	it, err := d.begin(a, MoveReturn, item)
	if err != nil {
		return err
	}
	if strings.TrimSpace(notes) == "" {
		return FieldError("notes", "Say what is missing, so that it can be put right.")
	}
	it.close(a.At, "returned")
	part := it.Part
	d.Good = 0
	d.open(a, Item{Kind: Returned, Holder: d.Receiver, Text: notes, Part: part})
	d.record(a, DeliveryReturned, Detail{Part: part, Text: notes})
	return nil
}

// FindDefect reports something wrong with what was delivered for good.
func (d *Delegation) FindDefect(a Act, text string) error {
	if _, err := d.begin(a, MoveDefect, 0); err != nil {
		return err
	}
	if strings.TrimSpace(text) == "" {
		return FieldError("text", "Say what is wrong with it.")
	}
	d.open(a, Item{Kind: Defect, Holder: d.Receiver, Text: text})
	d.record(a, DefectFound, Detail{Text: text})
	return nil
}

// Mended closes a defect, a returned turn or something to put right. A
// returned delivery is mended by delivering it again.
func (d *Delegation) Mended(a Act, item ItemID, note string) error {
	it, err := d.begin(a, MoveMended, item)
	if err != nil {
		return err
	}
	it.close(a.At, "mended")
	d.record(a, DefectMended, Detail{Text: note})
	return nil
}

// redelivered reports whether the item is answered by delivering again.
func (it *Item) redelivered() bool { return it.Kind == Returned && it.Turn == 0 && it.Decision == 0 }

// FinishTurn marks one turn of a standing delegation done or skipped. Done
// counts as accepted after three days without a note.
func (d *Delegation) FinishTurn(a Act, item ItemID, turn Occurrence, done bool, note string) error {
	move := MoveDone
	if !done {
		move = MoveSkip
	}
	it, err := d.begin(a, move, item)
	if err != nil {
		return err
	}
	turn.Note, turn.ClosedAt = note, a.At
	detail := Detail{Due: turn.Due, Text: note}
	kind := TurnSkipped
	turn.State = TurnIsSkipped
	if done {
		kind, turn.State = TurnDone, TurnIsDone
		turn.AcceptBy = a.At.AddDate(0, 0, 3)
		detail.Minutes, detail.Money = turn.Minutes, turn.Price
		detail.Late = it.AnswerBy.Before(a.At)
	}
	it.close(a.At, string(turn.State))
	d.turn.turns = append(d.turn.turns, turn)
	if done {
		d.Unsettled = append(d.Unsettled, turn)
	}
	d.record(a, kind, detail)
	return nil
}

// ReturnTurn is the giver's note on a turn that was done, within its three
// days: the receiver puts it right.
func (d *Delegation) ReturnTurn(a Act, turn Occurrence, note string) error {
	if _, err := d.begin(a, MoveReturnTurn, 0); err != nil {
		return err
	}
	switch {
	case !slices.ContainsFunc(d.Unsettled, func(o Occurrence) bool { return o.ID == turn.ID }):
		return Errorf(Conflict, "That turn is settled; there is nothing to return.")
	case strings.TrimSpace(note) == "":
		return FieldError("note", "Say what to change.")
	}
	d.settle(&turn)
	d.Good = 0
	d.turn.turns = append(d.turn.turns, turn)
	d.open(a, Item{Kind: Returned, Holder: d.Receiver, Text: note, Turn: turn.ID})
	d.record(a, DeliveryReturned, Detail{Due: turn.Due, Text: note})
	return nil
}

func (d *Delegation) settle(turn *Occurrence) {
	turn.AcceptBy = time.Time{}
	d.Unsettled = slices.DeleteFunc(d.Unsettled, func(o Occurrence) bool { return o.ID == turn.ID })
}

// acceptTurn is the clock's: three days went by without a note.
func (d *Delegation) acceptTurn(a Act, turn Occurrence) {
	d.settle(&turn)
	d.Good++
	d.turn.turns = append(d.turn.turns, turn)
	d.record(a, TurnAccepted, Detail{Due: turn.Due, Minutes: turn.Minutes, Money: turn.Price})
}
