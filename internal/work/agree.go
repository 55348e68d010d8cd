package work

import (
	"slices"
	"strings"
	"time"

	"baton/internal/ical"
)

// Start makes a draft of a delegation. Whether the giver carries the task is
// for the caller to check.
func Start(a Act, id DelegationID, task *Task, kind DelegationKind, terms Terms, next func() int64) (*Delegation, error) {
	if kind != Assignment && kind != Strategic {
		return nil, FieldError("kind", "A delegation is an assignment or strategic.")
	}
	d := &Delegation{
		ID: id, Kind: kind, Task: task.ID, Title: task.Title, Giver: a.By,
		State: Draft, CreatedAt: a.At, NextID: next,
	}
	if err := d.write(a, terms); err != nil {
		return nil, err
	}
	d.Terms, d.Proposal = *d.Proposal, nil
	d.record(a, Drafted, Detail{Terms: d.Newest})
	return d, nil
}

// write puts a new version of terms on the table as Proposal.
func (d *Delegation) write(a Act, terms Terms) error {
	if err := terms.Validate(); err != nil {
		return err
	}
	if d.Above != nil {
		if wide := d.Above.Narrows(terms.Authority); wide != "" {
			return &Error{Kind: Invalid, Message: wide, Fields: map[string]string{"authority": wide}}
		}
	}
	d.Newest++
	terms.Version, terms.By, terms.At = d.Newest, d.Side(a.By), a.At
	d.Proposal = &terms
	return nil
}

// Revise replaces the draft's terms, its kind and its receiver.
func (d *Delegation) Revise(a Act, kind DelegationKind, receiver PersonID, terms Terms) error {
	if _, err := d.begin(a, MoveRevise, 0); err != nil {
		return err
	}
	if receiver == d.Giver {
		return FieldError("receiver", "A delegation goes to somebody else.")
	}
	if kind != "" {
		d.Kind = kind
	}
	if err := d.write(a, terms); err != nil {
		return err
	}
	d.Terms, d.Proposal, d.Receiver = *d.Proposal, nil, receiver
	d.record(a, Revised, Detail{Terms: d.Newest})
	return nil
}

// Show asks several people whether they are interested. They do not see each
// other.
func (d *Delegation) Show(a Act, people []PersonID) error {
	if _, err := d.begin(a, MoveShow, 0); err != nil {
		return err
	}
	if err := d.offerable(); err != nil {
		return err
	}
	for _, p := range people {
		if p == d.Giver || slices.ContainsFunc(d.Items, func(it Item) bool { return it.Kind == Interest && it.Holder == p }) {
			continue
		}
		d.open(a, Item{Kind: Interest, Holder: p})
		d.about(a, Shown, p, Detail{})
	}
	return nil
}

// SayInterest is a candidate's answer to being shown a draft.
func (d *Delegation) SayInterest(a Act, item ItemID, yes bool, note string) error {
	it, err := d.begin(a, MoveInterest, item)
	if err != nil {
		return err
	}
	result := "not interested"
	if yes {
		result = "interested"
	}
	it.Text = note
	d.about(a, InterestSaid, it.Principal(), Detail{Status: result, Text: note})
	it.close(a.At, result)
	return nil
}

// Offer asks a receiver to agree, until a moment (zero: the usual time).
func (d *Delegation) Offer(a Act, receiver PersonID, until time.Time) error {
	if _, err := d.begin(a, MoveOffer, 0); err != nil {
		return err
	}
	if err := d.offerable(); err != nil {
		return err
	}
	switch {
	case receiver == 0:
		return FieldError("receiver", "Say who should have it.")
	case receiver == d.Giver:
		return FieldError("receiver", "A delegation goes to somebody else.")
	case !until.IsZero() && !until.After(a.At):
		return FieldError("answer_by", "The answer-by is in the past.")
	}
	d.closeAll(Interest, a.At, "chosen or not")
	d.Receiver, d.State, d.OfferedAt = receiver, Offered, a.At
	d.open(a, Item{Kind: OfferItem, Holder: receiver, AnswerBy: until})
	d.record(a, OfferMade, Detail{Terms: d.Terms.Version})
	return nil
}

func (d *Delegation) offerable() error {
	if strings.TrimSpace(d.Terms.Brief.Outcome) == "" {
		return FieldError("brief.outcome", "Say what will be true when it is done; an offer needs an outcome.")
	}
	return nil
}

// OfferStays is how long an offer can be undone: its notice has not left yet.
const OfferStays = 10 * time.Second

// UndoOffer takes an offer back before anybody was told of it.
func (d *Delegation) UndoOffer(a Act) error {
	if _, err := d.begin(a, MoveUndoOffer, 0); err != nil {
		return err
	}
	if a.At.Sub(d.OfferedAt) > OfferStays {
		return Errorf(Conflict, "The offer has left; withdraw it instead.")
	}
	d.closeAll(OfferItem, a.At, "undone")
	d.State, d.OfferedAt = Draft, time.Time{}
	d.record(a, OfferUndone, Detail{})
	return nil
}

// Tell records an agreement made aloud, with its real start. It proves no
// consent until the receiver confirms or corrects it.
func (d *Delegation) Tell(a Act, receiver PersonID, start time.Time, words string) error {
	if _, err := d.begin(a, MoveTell, 0); err != nil {
		return err
	}
	switch {
	case receiver == 0 || receiver == d.Giver:
		return FieldError("receiver", "Say with whom you agreed.")
	case start.After(a.At):
		return FieldError("started", "An agreement already begun started in the past; offer this instead.")
	}
	if err := d.offerable(); err != nil {
		return err
	}
	d.closeAll(Interest, a.At, "chosen or not")
	d.Receiver, d.Told = receiver, true
	d.record(a, ToldAloud, Detail{Terms: d.Terms.Version, Level: d.Terms.Authority.Level, Text: words})
	d.open(a, Item{Kind: Confirmation, Holder: receiver, Text: words})
	if start.IsZero() {
		start = a.At
	}
	d.activate(a, start)
	return nil
}

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
	if d.State != Offered || !d.Is(a.By, AsGiver) {
		return d.illegal(a.By, MoveAccept)
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
	detail.Terms, detail.Level = d.Terms.Version, d.Terms.Authority.Level
	d.record(a, AcceptedTerms, detail)
	d.activate(a, a.At)
}

func (d *Delegation) readBack(a Act, words string) {
	if d.Kind != Strategic {
		return
	}
	if strings.TrimSpace(words) == "" {
		d.open(a, Item{Kind: ReadBack, Holder: d.Receiver})
		return
	}
	d.open(a, Item{Kind: ReadBack, Holder: d.Giver, Text: words})
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
	d.NextCheckIn, d.NextTurn, d.NextReview = time.Time{}, time.Time{}, time.Time{}
	if next, ok := d.Terms.CheckIn.Next(start, start.Start()); ok {
		d.NextCheckIn = next.Start()
	}
	if d.Standing() {
		if due, ok := d.turnAfter(a, turnsAfter); ok {
			d.NextTurn = due.Start()
		}
		d.NextReview = a.At.AddDate(0, 3, 0)
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

// Propose answers with other terms, or opens new ones while the agreed stay in
// force. seen names the version it answers.
func (d *Delegation) Propose(a Act, seen int, terms Terms, note string) error {
	it, err := d.propositionAnswered(a)
	if err != nil {
		return err
	}
	if err := d.fresh(seen, d.Newest); err != nil {
		return err
	}
	if err := d.write(a, terms); err != nil {
		return err
	}
	if it != nil {
		it.close(a.At, "answered with other terms")
	}
	side := d.Side(a.By)
	d.closeAll(Confirmation, a.At, "corrected")
	d.closeAll(Proposed, a.At, "answered with other terms")
	d.Rounds++
	kind := TermsProposed
	if d.Told && side == d.Receiver {
		kind = Corrected
	}
	d.open(a, Item{Kind: Proposed, Holder: d.Other(side), Text: note, Blocking: d.State == Offered})
	d.record(a, kind, Detail{Terms: d.Newest, Text: note})
	return nil
}

// propositionAnswered finds the offer, proposal or confirmation that other
// terms answer; in an active delegation there may be none.
func (d *Delegation) propositionAnswered(a Act) (*Item, error) {
	for _, c := range d.Possible(a.By) {
		if c.Name == MovePropose && c.On != 0 {
			return d.Item(c.On), nil
		}
	}
	if d.Proposal != nil {
		return nil, d.illegal(a.By, MovePropose)
	}
	return d.begin(a, MovePropose, 0)
}

// ShouldTalk reports whether the two have gone back and forth so often that a
// talk would serve them better; its result can be recorded as terms.
func (d *Delegation) ShouldTalk() bool { return d.Rounds >= 2 && d.Proposal != nil }

// Agree takes the proposed terms, naming the version that was read.
func (d *Delegation) Agree(a Act, seen int) error {
	it, err := d.begin(a, MoveAgree, 0)
	if err != nil {
		return err
	}
	if err := d.fresh(seen, d.Proposal.Version); err != nil {
		return err
	}
	for _, child := range d.Below {
		if wide := d.Proposal.Authority.Narrows(child); wide != "" {
			return Errorf(Conflict, "Part of this is handed on with more authority than these terms leave. %s Change the hand-on first.", wide)
		}
	}
	before := d.Terms.Authority.Level
	d.Terms, d.Proposal = *d.Proposal, nil
	it.close(a.At, "agreed")
	d.closeAll(OfferItem, a.At, "agreed on other terms")
	d.record(a, TermsAgreed, Detail{Terms: d.Terms.Version, Level: d.Terms.Authority.Level})
	d.Told = false
	if d.State == Offered {
		d.activate(a, a.At)
		d.readBack(a, "")
		return nil
	}
	if before != d.Terms.Authority.Level {
		d.Good = 0
	}
	d.Agreed, d.AgreedAt, d.Rounds = d.Terms.Version, a.At, 0
	d.schedule(a, a.At)
	return nil
}

// Keep refuses the proposed terms: the present ones stay, and an offer is open
// again under them.
func (d *Delegation) Keep(a Act, reason string) error {
	it, err := d.begin(a, MoveKeep, 0)
	if err != nil {
		return err
	}
	d.Proposal = nil
	it.close(a.At, "kept the present terms")
	d.record(a, TermsKept, Detail{Terms: d.Terms.Version, Reason: reason})
	switch {
	case d.State == Offered:
		d.open(a, Item{Kind: OfferItem, Holder: d.Receiver, Text: reason})
	case d.Told:
		d.open(a, Item{Kind: Confirmation, Holder: d.Receiver, Text: reason})
	}
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

// CanDiscard reports whether a draft may be thrown away.
func (d *Delegation) CanDiscard(a Act) error {
	_, err := d.begin(a, MoveDiscard, 0)
	return err
}
