package work

import (
	"slices"
	"strings"
	"time"
)

// Start makes a draft of a delegation. Whether the giver carries the task is
// for the caller to check.
func Start(a Act, id DelegationID, task *Task, kind DelegationKind, terms Terms, next func() int64) (*Delegation, error) {
	if kind != Assignment && kind != Strategic {
		return nil, FieldError("kind", "A delegation is an assignment or strategic.")
	}
	if task.Kind == DecisionArea && kind != Strategic {
		return nil, errAreaStrategic
	}
	d := &Delegation{
		ID: id, Kind: kind, Task: task.ID, TaskKind: task.Kind, Title: task.Title, Giver: a.By,
		State: Draft, CreatedAt: a.At, NextID: next,
	}
	if err := d.write(a, terms); err != nil {
		return nil, err
	}
	d.Terms, d.Proposal = *d.Proposal, nil
	d.record(a, Drafted, Detail{Terms: d.Newest})
	return d, nil
}

var errAreaStrategic = FieldError("kind", "A decision area is handed over with its decisions: it is strategic, never an assignment.")

// write puts a new version of terms on the table as Proposal, a draft's without the
// steps of a path that its level has passed.
func (d *Delegation) write(a Act, terms Terms) error {
	if err := terms.Validate(); err != nil {
		return err
	}
	if d.TaskKind == DecisionArea {
		if err := terms.ofArea(); err != nil {
			return err
		}
	}
	if d.Agent && terms.Authority.Level > AgentCap {
		return errAgentCap
	}
	if d.Above != nil {
		if wide := d.Above.Narrows(terms.Authority); wide != "" {
			return &Error{Kind: Invalid, Message: wide, Fields: map[string]string{"authority": wide}}
		}
	}
	if d.State == Draft {
		terms.Path = terms.Ahead()
	}
	d.Newest++
	terms.Version, terms.By, terms.At = d.Newest, d.Side(a.By), a.At
	d.Proposal = &terms
	return nil
}

// Revise replaces the draft's terms, its kind and its receiver. Versions count
// what others have read: a draft that was neither shown nor
// offered to anybody is written over.
func (d *Delegation) Revise(a Act, kind DelegationKind, receiver PersonID, terms Terms, shown bool) error {
	if _, err := d.begin(a, MoveRevise, 0); err != nil {
		return err
	}
	if receiver == d.Giver {
		return FieldError("receiver", "A delegation goes to somebody else.")
	}
	if d.TaskKind == DecisionArea && kind == Assignment {
		return errAreaStrategic
	}
	if kind != "" {
		d.Kind = kind
	}
	before := d.Newest
	if !shown {
		d.Newest = d.Terms.Version - 1
	}
	if err := d.write(a, terms); err != nil {
		d.Newest = before
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
		if p == 0 || p == d.Giver || slices.ContainsFunc(d.Items, func(it Item) bool { return it.Kind == Interest && it.Holder == p }) {
			continue
		}
		d.open(a, Item{Kind: Interest, Holder: p})
		d.about(a, Shown, p, Detail{})
	}
	return nil
}

// What a candidate can say.
const (
	IsInterested  = "interested"
	NotInterested = "not interested"
)

// SayInterest is a candidate's answer to being shown a draft.
func (d *Delegation) SayInterest(a Act, item ItemID, yes bool, note string) error {
	it, err := d.begin(a, MoveInterest, item)
	if err != nil {
		return err
	}
	result := NotInterested
	if yes {
		result = IsInterested
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
	case d.tooFree():
		return errAgentCap
	}
	if err := answerable(until, a.At); err != nil {
		return err
	}
	if d.Agent && until.IsZero() {
		until = a.At.Add(AgentAnswers)
	}
	d.closeAll(Interest, a.At, "chosen or not")
	d.Receiver, d.State, d.OfferedAt = receiver, Offered, a.At
	d.open(a, Item{Kind: OfferItem, Holder: receiver, AnswerBy: until})
	d.record(a, OfferMade, Detail{Terms: d.Terms.Version})
	return nil
}

// errAgentCap refuses more than software may decide.
var errAgentCap = FieldError("authority.level", "Software decides at level %d at most.", AgentCap)

// tooFree reports whether software would hold more than it may.
func (d *Delegation) tooFree() bool { return d.Agent && d.Terms.Authority.Level > AgentCap }

func (d *Delegation) offerable() error {
	if strings.TrimSpace(d.Terms.Brief.Outcome) == "" {
		return FieldError("brief.outcome", "Say what will be true when it is done; an offer needs an outcome.")
	}
	return nil
}

// AgentAnswers is how long software has to answer an offer before it loses it.
const AgentAnswers = time.Hour

// OfferStays is how long an offer can be undone: its notice has not left yet.
const OfferStays = 10 * time.Second

// UndoOffer takes an offer back before anybody was told of it.
func (d *Delegation) UndoOffer(a Act) error {
	if _, err := d.begin(a, MoveUndoOffer, 0); err != nil {
		return err
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
	case d.tooFree():
		return errAgentCap
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

// CanDiscard reports whether a draft may be thrown away.
func (d *Delegation) CanDiscard(a Act) error {
	_, err := d.begin(a, MoveDiscard, 0)
	return err
}
