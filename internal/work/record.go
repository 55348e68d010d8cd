package work

import (
	"time"

	"baton/internal/ical"
)

// record appends an event of the delegation, in the name of whoever acts. Its
// address holds until the next one.
func (d *Delegation) record(a Act, kind EventKind, detail Detail) *Event {
	return d.about(a, kind, 0, detail)
}

func (d *Delegation) about(a Act, kind EventKind, person PersonID, detail Detail) *Event {
	e := Event{At: a.At, By: a.By, Kind: kind, Delegation: d.ID, Task: d.Task, Person: person, Detail: detail}
	if d.Guest && a.By == d.Giver && receiverSays[kind] {
		e.Detail.Outside = true
	}
	if side := d.Side(a.By); side != 0 && side != a.By {
		e.For = side
	}
	if a.By != 0 {
		d.HeardAt = a.At
	}
	d.turn.events = append(d.turn.events, e)
	return &d.turn.events[len(d.turn.events)-1]
}

// Looked is the event of somebody who looked at the door codes. It changes
// nothing: neither whose move it is nor when it was last heard of.
func (d *Delegation) Looked(a Act) Event {
	e := Event{At: a.At, By: a.By, Kind: AccessRevealed, Delegation: d.ID, Task: d.Task}
	if side := d.Side(a.By); side != 0 && side != a.By {
		e.For = side
	}
	return e
}

// AddPhoto says that a side showed the other a photo: of what is to be done, or
// of what was.
func (d *Delegation) AddPhoto(a Act, caption string) error {
	switch {
	case d.State == Ended:
		return Errorf(Conflict, "It ended; nothing is added to it any more.")
	case !d.Is(a.By, AsEither):
		return Errorf(Forbidden, "Only the two sides add photos.")
	}
	d.record(a, PhotoAdded, Detail{Text: caption})
	return nil
}

// RemovePhoto says that a photo was taken away: by whoever added it, or by the
// giver.
func (d *Delegation) RemovePhoto(a Act, author PersonID) error {
	if a.By != author && !d.Is(a.By, AsGiver) {
		return Errorf(Forbidden, "Whoever added a photo, or the giver, takes it away.")
	}
	d.record(a, PhotoRemoved, Detail{})
	return nil
}

// receiverSays are events in the receiver's own name; where the giver records
// one, it was said outside.
var receiverSays = map[EventKind]bool{TurnDone: true, TurnSkipped: true, Delivered: true, DefectMended: true, CheckedIn: true}

// open adds an item, with the time and the rule for silence of its kind unless
// the item brings its own. An item for somebody absent goes to the stand-in.
func (d *Delegation) open(a Act, it Item) *Item {
	m := manners[it.Kind]
	it.ID, it.Since = ItemID(d.NextID()), a.At
	if it.Opened == 0 {
		it.Opened = a.By
	}
	it.Blocking = it.Blocking || m.blocking
	if it.Silence == "" {
		it.Silence = m.silence
	}
	if it.AnswerBy.IsZero() {
		it.AnswerBy = ical.AddWorkingDays(a.At, m.days, a.Zone)
	}
	d.seat(&it, a.At)
	d.Items = append(d.Items, it)
	return &d.Items[len(d.Items)-1]
}

func (it *Item) close(at time.Time, result string) {
	it.ClosedAt, it.Result = at, result
}

func (d *Delegation) closeAll(kind ItemKind, at time.Time, result string) {
	for i := range d.Items {
		if d.Items[i].Kind == kind && d.Items[i].Open() {
			d.Items[i].close(at, result)
		}
	}
}

// end closes the delegation and everything that could still block it. Both
// sides of what was really going on are asked to look back.
func (d *Delegation) end(a Act, outcome Outcome, detail Detail) {
	was := d.State
	for i := range d.Items {
		if it := &d.Items[i]; it.Open() && it.Kind != Reflect && it.Kind != Defect {
			it.close(a.At, "ended")
		}
	}
	d.State, d.Outcome, d.Reason, d.EndedAt = Ended, outcome, detail.Reason, a.At
	d.Proposal, d.PausedAt, d.EndsAt = nil, time.Time{}, time.Time{}
	d.NextCheckIn, d.NextTurn, d.NextReview = time.Time{}, time.Time{}, time.Time{}
	detail.Outcome = outcome
	d.record(a, EndedNow, detail)
	switch {
	case was != Active || outcome == PassedOn:
	case d.Kind == Strategic:
		d.askReflections(a)
	case outcome == Completed || outcome == ByAgreement:
		d.askThanks(a)
	}
}

// askThanks is all that an assignment asks: its giver's thanks, or what to
// change the next time.
func (d *Delegation) askThanks(a Act) {
	if !d.has(Reflect) {
		d.open(a, Item{Kind: Reflect, Holder: d.Giver, Part: JustThanks, Reminded: true})
	}
}

// JustThanks marks the look back that an assignment asks for: nobody is
// reminded of it, and nobody is told when it lapses.
const JustThanks = "thanks"

func (d *Delegation) askReflections(a Act) {
	if d.has(Reflect) {
		return
	}
	for _, p := range []PersonID{d.Giver, d.Receiver} {
		if p == d.Receiver && d.Agent {
			continue // software does not look back
		}
		d.open(a, Item{Kind: Reflect, Holder: p, AnswerBy: a.At.AddDate(0, 0, 14)})
	}
	d.record(a, ReviewDue, Detail{})
}
