package work

import (
	"strings"
	"time"

	"baton/internal/ical"
)

// HandOn starts a delegation below this one: the receiver gives what they
// carry, or a part of it, to somebody else. It can only narrow.
func (d *Delegation) HandOn(a Act, id DelegationID, kind DelegationKind, terms Terms) (*Delegation, error) {
	if _, err := d.begin(a, MoveHandOn, 0); err != nil {
		return nil, err
	}
	if kind == "" {
		kind = d.Kind
	}
	if d.TaskKind == DecisionArea && kind != Strategic {
		return nil, errAreaStrategic
	}
	child := &Delegation{
		ID: id, Kind: kind, Task: d.Task, TaskKind: d.TaskKind, Title: d.Title, Giver: d.Receiver, Parent: d.ID,
		State: Draft, CreatedAt: a.At, NextID: d.NextID, Above: &d.Terms.Authority,
	}
	if err := child.write(a, terms); err != nil {
		return nil, err
	}
	child.Terms, child.Proposal = *child.Proposal, nil
	child.record(a, Drafted, Detail{Terms: 1})
	d.record(a, HandedOn, Detail{Child: id})
	return child, nil
}

// GiveNotice proposes to end a delegation at a moment both agree to.
func (d *Delegation) GiveNotice(a Act, ends time.Time, reason string) error {
	return d.notice(a, ends, Item{Text: reason})
}

// PassOn marks the notice by which a giver asks whether work may be passed on
// to somebody else: silence is no yes to it, and everything stays as agreed.
const PassOn = "pass_on"

// AskToPassOn proposes to the receiver of standing work that it ends, so that
// somebody else can have it. Unlike any other notice it needs their word.
func (d *Delegation) AskToPassOn(a Act, words string) error {
	switch {
	case !d.Is(a.By, AsGiver):
		return Errorf(Forbidden, "Only the giver asks whether it may be passed on; hand it back instead.")
	case !d.Standing():
		return Errorf(Conflict, "“%s” is done once; only standing work is passed on.", d.Title)
	}
	return d.notice(a, time.Time{}, Item{Text: words, Part: PassOn, Silence: Lapses})
}

// notice opens the item of an end that is proposed.
func (d *Delegation) notice(a Act, ends time.Time, it Item) error {
	if _, err := d.begin(a, MoveGiveNotice, 0); err != nil {
		return err
	}
	earliest := a.At.AddDate(0, 0, d.Terms.Notice)
	switch {
	case ends.IsZero():
		ends = earliest
	case ends.Before(earliest.AddDate(0, 0, -1)):
		return FieldError("ends", "The terms ask for %d days of notice.", d.Terms.Notice)
	}
	d.EndsAt = ends
	it.Kind, it.Holder, it.AnswerBy = NoticeItem, d.Other(d.Side(a.By)), laterOf(ends, a.At.Add(time.Hour))
	if it.Part == PassOn {
		it.AnswerBy = laterOf(ends, ical.AddWorkingDays(a.At, manners[NoticeItem].days, a.Zone))
	}
	d.open(a, it)
	d.record(a, NoticeGiven, Detail{Reason: it.Text, Text: ends.UTC().Format(time.DateOnly), Kind: it.Part})
	return nil
}

func laterOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// NotAgreed is the result of a notice that was answered with no.
const NotAgreed = "not agreed"

// AnswerNotice agrees to the end, or not: then everything stays as agreed, and
// each side keeps its own exits.
func (d *Delegation) AnswerNotice(a Act, yes bool, note string) error {
	move := MoveAgreeEnd
	if !yes {
		move = MoveRefuseEnd
	}
	it, err := d.begin(a, move, 0)
	if err != nil {
		return err
	}
	if yes {
		it.close(a.At, "agreed")
		d.record(a, NoticeAgreed, Detail{Text: note})
		if !d.EndsAt.After(a.At) {
			d.end(a, ByAgreement, Detail{})
		}
		return nil
	}
	it.close(a.At, NotAgreed)
	d.EndsAt = time.Time{}
	d.record(a, NoticeRefused, Detail{Text: note})
	return nil
}

// HandBack is the receiver's exit, always open: the task is the giver's again.
func (d *Delegation) HandBack(a Act, reason string) error {
	return d.exit(a, MoveHandBack, HandedBack, reason)
}

// Recall is the giver's: the work and everything handed on below it return.
func (d *Delegation) Recall(a Act, reason string) error {
	return d.exit(a, MoveRecall, Recalled, reason)
}

// MakeMoot says that nobody needs it any more.
func (d *Delegation) MakeMoot(a Act, reason string) error {
	return d.exit(a, MoveMoot, Moot, reason)
}

func (d *Delegation) exit(a Act, m MoveName, o Outcome, reason string) error {
	if _, err := d.begin(a, m, 0); err != nil {
		return err
	}
	d.end(a, o, Detail{Reason: strings.TrimSpace(reason)})
	return nil
}

// Revoke ends a hand-on because what it was handed on from ended. above is how.
func (d *Delegation) Revoke(a Act, above Outcome) {
	if d.State == Ended {
		return
	}
	outcome := Recalled
	switch {
	case d.State != Active:
		outcome = Withdrawn
	case above == Completed, above == Moot:
		outcome = Moot
	}
	d.end(a, outcome, Detail{Reason: "What it was handed on from ended."})
}

// A Successor follows somebody who leaves.
type Successor struct {
	Person PersonID
	Guest  bool // has no account
	Agent  bool // is software
}

// Succeed ends a delegation whose giver or receiver leaves and offers it again
// with the same terms: the successor takes the leaving person's place.
func (d *Delegation) Succeed(a Act, id DelegationID, leaving PersonID, successor Successor, note string) (*Delegation, error) {
	if d.State == Ended || d.State == Draft {
		return nil, d.illegal(a, MoveSucceed)
	}
	next := &Delegation{
		ID: id, Kind: d.Kind, Task: d.Task, TaskKind: d.TaskKind, Title: d.Title, Giver: d.Giver, Receiver: d.Receiver,
		Parent: d.Parent, State: Draft, Terms: d.Terms, Newest: 1, CreatedAt: a.At,
		NextID: d.NextID, Above: d.Above, Absent: d.Absent, Names: d.Names, Guest: d.Guest, Agent: d.Agent,
	}
	next.Terms.Version, next.Terms.At = 1, a.At
	switch leaving {
	case d.Giver:
		next.Giver = successor.Person
	case d.Receiver:
		next.Receiver, next.Guest, next.Agent = successor.Person, successor.Guest, successor.Agent
	default:
		return nil, Errorf(Invalid, "Only a side of the delegation can be followed by a successor.")
	}
	if next.Giver == next.Receiver {
		return nil, FieldError("successor", "The successor is the other side of this delegation; recall it or hand it back instead.")
	}
	if next.tooFree() {
		return nil, FieldError("successor", "“%s” is at level %d, and software decides at level %d at most. Name a person, or agree on a lower level first.",
			d.Title, d.Terms.Authority.Level, AgentCap)
	}
	next.Terms.By = next.Giver
	d.end(a, PassedOn, Detail{Reason: note, Child: id})
	next.record(a, Drafted, Detail{Terms: 1})
	offer := Act{By: next.Giver, At: a.At, Zone: a.Zone}
	if err := next.Offer(offer, next.Receiver, time.Time{}); err != nil {
		return nil, err
	}
	return next, nil
}

// Release takes from somebody who leaves what they hold without being a side:
// what they were to review or to judge is the giver's, what they were shown
// they no longer answer. What they stood in for is Attend's.
func (d *Delegation) Release(a Act, who PersonID) {
	for i := range d.Items {
		it := &d.Items[i]
		switch {
		case !it.Open() || it.Principal() != who:
		case it.Kind == Interest, who == d.Giver, who == d.Receiver:
			it.close(a.At, "left")
		default:
			it.Holder, it.For = d.Giver, 0
			d.seat(it, a.At)
		}
	}
}

// EndFor ends a delegation whose giver or receiver leaves without a successor.
func (d *Delegation) EndFor(a Act, leaving PersonID, note string) {
	outcome := Recalled
	switch {
	case d.State == Offered && leaving == d.Giver:
		outcome = Withdrawn
	case d.State == Offered:
		outcome = Declined
	case leaving == d.Receiver:
		outcome = HandedBack
	}
	d.end(a, outcome, Detail{Reason: note})
}
