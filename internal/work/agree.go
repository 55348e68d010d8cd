package work

import (
	"strings"
	"time"

	"baton/internal/ical"
)

// Accept agrees to the terms the receiver saw. A strategic delegation needs a
// read-back: the outcome and the first step, in the receiver's own words.
func (d *Delegation) Accept(a Act, seen int, readBack string) error {
	it, err := d.begin(a, MoveAccept, 0)
	if err != nil {
		return err
	}
	if err := d.fresh(seen, d.Terms.Version); err != nil {
		return err
	}
	if d.Kind == Strategic && strings.TrimSpace(readBack) == "" {
		return FieldError("read_back", "Say in your own words what will be true when it is done, and your first step.")
	}
	d.accepted(a, it, Detail{Text: readBack})
	d.readBack(a, readBack)
	return nil
}

// Answered records the answer a receiver gave outside Baton. It is the giver's
// word, marked so, and the receiver is asked to confirm it.
func (d *Delegation) Answered(a Act, yes bool, words string) error {
	if _, err := d.begin(a, MoveRecord, 0); err != nil {
		return err
	}
	if !yes {
		d.end(a, Declined, Detail{Reason: words, Outside: true})
		return nil
	}
	d.Told = true
	d.accepted(a, nil, Detail{Text: words, Outside: true})
	d.open(a, Item{Kind: Confirmation, Holder: d.Receiver, Text: words})
	return nil
}

func (d *Delegation) accepted(a Act, it *Item, detail Detail) {
	if it != nil {
		it.close(a.At, "accepted")
	}
	d.closeAll(OfferItem, a.At, "accepted")
	d.closeAll(Proposed, a.At, "accepted") // a yes given outside is to what was offered
	d.Proposal = nil
	detail.Terms, detail.Level = d.Terms.Version, d.Terms.Authority.Level
	d.record(a, AcceptedTerms, detail)
	d.activate(a, a.At)
}

// readBack asks for a read-back of what is strategic, or for an answer to the
// one that was given.
func (d *Delegation) readBack(a Act, words string) ItemID {
	switch {
	case d.Kind != Strategic:
		return 0
	case strings.TrimSpace(words) == "":
		return d.open(a, Item{Kind: ReadBack, Holder: d.Receiver}).ID
	}
	return d.open(a, Item{Kind: ReadBack, Holder: d.Giver, Text: words}).ID
}

// activate puts the terms in force and starts the clocks they ask for.
func (d *Delegation) activate(a Act, start time.Time) {
	d.State, d.Agreed, d.Rounds = Active, d.Terms.Version, 0
	d.AgreedAt, d.StartedAt = a.At, start
	today := ical.DayDue(ical.Today(a.At, a.Zone), a.Zone)
	d.schedule(a, today.Start().Add(-time.Minute))
}

// schedule sets the next check-in, the first occurrence after a moment, and
// the next review from the terms.
func (d *Delegation) schedule(a Act, turnsAfter time.Time) {
	start := ical.DayDue(ical.Today(a.At, a.Zone), a.Zone)
	d.NextCheckIn, d.NextTurn = time.Time{}, time.Time{}
	if next, ok := d.Terms.CheckIn.Next(start, start.Start()); ok {
		d.NextCheckIn = next.Start()
	}
	if d.Standing() {
		if due, ok := d.turnAfter(a, turnsAfter); ok {
			d.NextTurn = due.Start()
		}
	}
	months := d.Terms.reviewEvery(d.Kind)
	switch {
	case !d.Standing() || months == 0:
		d.NextReview = time.Time{}
	case d.NextReview.IsZero(): // new terms on the way do not put it off
		d.NextReview = a.At.AddDate(0, months, 0)
	}
}

// turnAfter returns the first occurrence after a moment. It is counted from
// the terms' due, or from the day they were agreed.
func (d *Delegation) turnAfter(a Act, after time.Time) (ical.Due, bool) {
	start := d.Terms.Due
	if start.IsZero() {
		start = ical.DayDue(ical.Today(d.StartedAt, a.Zone), a.Zone)
	}
	return d.Terms.Rule.Next(start, after)
}

func (d *Delegation) fresh(seen, current int) error {
	if seen != current {
		return Errorf(Stale, "The terms changed since you read them: you saw version %d, they are at version %d. Read them again.", seen, current)
	}
	return nil
}

// Decline refuses an offer. The reason is optional and nobody's match suffers.
func (d *Delegation) Decline(a Act, reason string) error {
	if _, err := d.begin(a, MoveDecline, 0); err != nil {
		return err
	}
	d.end(a, Declined, Detail{Reason: reason})
	return nil
}

// Withdraw takes back an offer nobody accepted.
func (d *Delegation) Withdraw(a Act, reason string) error {
	if _, err := d.begin(a, MoveWithdraw, 0); err != nil {
		return err
	}
	d.end(a, Withdrawn, Detail{Reason: reason})
	return nil
}

// Confirm says that an agreement made aloud is as the giver wrote it down.
func (d *Delegation) Confirm(a Act, seen int) error {
	it, err := d.begin(a, MoveConfirm, 0)
	if err != nil {
		return err
	}
	if err := d.fresh(seen, d.Terms.Version); err != nil {
		return err
	}
	d.Told = false
	it.close(a.At, "confirmed")
	d.record(a, Confirmed, Detail{Terms: d.Terms.Version})
	return nil
}

// SayReadBack puts the outcome and the first step in the receiver's own words.
func (d *Delegation) SayReadBack(a Act, words string) error {
	it, err := d.begin(a, MoveReadBack, 0)
	if err != nil {
		return err
	}
	if strings.TrimSpace(words) == "" {
		return FieldError("read_back", "Say in your own words what will be true when it is done, and your first step.")
	}
	it.close(a.At, "said")
	d.record(a, ReadBackSaid, Detail{Text: words})
	d.open(a, Item{Kind: ReadBack, Holder: d.Giver, Text: words})
	return nil
}

// ConfirmReadBack says the read-back is right, or what it misses.
func (d *Delegation) ConfirmReadBack(a Act, right bool, note string) error {
	move := MoveReadBackOK
	if !right {
		move = MoveReadBackNo
	}
	it, err := d.begin(a, move, 0)
	if err != nil {
		return err
	}
	if right {
		it.close(a.At, "confirmed")
		d.record(a, ReadBackOK, Detail{})
		return nil
	}
	if strings.TrimSpace(note) == "" {
		return FieldError("note", "Say what the read-back misses.")
	}
	it.close(a.At, "corrected")
	d.record(a, ReadBackCorrected, Detail{Text: note})
	d.open(a, Item{Kind: ReadBack, Holder: d.Receiver})
	return nil
}
