package work

import (
	"slices"
	"time"

	"baton/internal/ical"
)

// reach says who is told of an event, beside nobody who did it.
type reach int

const (
	toOther reach = iota // the other side
	toNobody
	toBoth     // both sides: what the clock did
	toReceiver // who is to do it
	toSubject  // the person it is about
	toChain    // the other side, and every giver above
	toSide     // the other side of whom it is about, and who answers for them
)

// reaches is the one place that says who hears of what. What is not listed
// reaches the other side.
var reaches = map[EventKind]reach{
	Drafted: toNobody, Revised: toNobody, OfferUndone: toNobody, HandedOn: toNobody,
	Shown: toSubject, Thanked: toSubject, Reminded: toSubject,
	LessonTaken: toSubject, BeliefDisputed: toSubject, BeliefAnswered: toSubject, BeliefSettled: toSubject,
	CheckInDue: toReceiver, TurnDue: toReceiver,
	TurnAccepted: toNobody,
	ReviewDue:    toBoth, ReflectionsOpen: toBoth,
	CheckInMissed: toBoth, TurnMissed: toBoth, ItemLapsed: toBoth,
	Reflected: toNobody, // blind until both are in
	WentAhead: toBoth, NoticeAgreed: toBoth,
	EndedNow: toChain, ItHappened: toChain, DecisionsPaused: toChain,
	Waited:         toNobody,
	AccessRevealed: toNobody, // it is in the history, for whoever wonders
	PhotoRemoved:   toNobody,
	Withheld:       toNobody,
	WentAway:       toSide, CameBack: toSide, StandInChanged: toSide,
	SharingChanged: toNobody, SharingSeen: toNobody, NamingSaid: toNobody, // the coach finds it when they look, the client beside what they show
	SharedAbout:   toSubject,
	CallConfirmed: toSubject, CallNear: toBoth, CallUnsaid: toBoth,
	CallBegun: toNobody, CallEnded: toNobody, CallProposed: toNobody, CallTaken: toNobody, CallWalked: toNobody, // both are there
}

// personal events are told to nobody in place of somebody away: only they can
// be interested, and what is said about them is theirs to read.
var personal = map[EventKind]bool{Shown: true, LessonTaken: true, BeliefDisputed: true, BeliefAnswered: true, BeliefSettled: true, SharedAbout: true}

// A Notice tells one person of one event.
type Notice struct {
	Event  EventNumber
	To     PersonID
	Urgent bool // cannot wait for the daily mail
}

// Recipients computes who is told of an event of a delegation: never who did
// it, nobody twice, a decision at level 7 nobody, and a stand-in in place of
// somebody absent. above are the givers further up the chain.
func (d *Delegation) Recipients(e Event, above []PersonID) []Notice {
	var to []PersonID
	switch reaches[e.Kind] {
	case toOther:
		to = d.otherThan(e)
	case toBoth:
		to = []PersonID{d.Giver, d.Receiver}
	case toReceiver:
		to = []PersonID{d.Receiver}
	case toSubject:
		to = []PersonID{e.Person}
	case toChain:
		to = append(d.otherThan(e), above...)
	case toSide:
		standIn, _ := d.cover(e.Person)
		to = []PersonID{d.Other(e.Person), standIn}
	}
	if e.Kind == DecisionMade && e.Detail.Level == Autonomous {
		return nil
	}
	to = append(to, e.Detail.People...) // who is told of a decision further up
	if it := d.opened(e.Item); it != nil {
		to = append(to, it.Holder) // a reviewer, or a giver further up
	}
	var out []Notice
	for _, p := range to {
		if d.State == Draft && p == d.Receiver && p != e.Person {
			continue // a draft's receiver does not know of it
		}
		if standIn, _ := d.cover(p); standIn != 0 && !personal[e.Kind] {
			p = standIn
		}
		if p == 0 || p == e.By || slices.ContainsFunc(out, func(n Notice) bool { return n.To == p }) {
			continue
		}
		out = append(out, Notice{Event: e.Number, To: p, Urgent: urgent[e.Kind] || e.Kind == CheckedIn && e.Detail.Status == NeedYou})
	}
	return out
}

// Recipients computes who is told of an event of a sharing: the side that did
// not act, when it begins or ends; who left is told nothing.
func (s *Sharing) Recipients(e Event) []Notice {
	if reaches[e.Kind] != toOther {
		return nil
	}
	var out []Notice
	for _, p := range []PersonID{s.Client, s.Coach} {
		if p != e.By && p != e.Person {
			out = append(out, Notice{Event: e.Number, To: p, Urgent: urgent[e.Kind]})
		}
	}
	return out
}

// CallRecipients computes who is told of an event of a call between a client
// and a coach: nobody stands in for either.
func CallRecipients(e Event, client, coach PersonID) []Notice {
	var to []PersonID
	switch reaches[e.Kind] {
	case toBoth, toOther:
		to = []PersonID{client, coach}
	case toSubject:
		to = []PersonID{e.Person}
	}
	var out []Notice
	for _, p := range to {
		if p != 0 && p != e.By {
			out = append(out, Notice{Event: e.Number, To: p, Urgent: urgent[e.Kind]})
		}
	}
	return out
}

// Recipients computes who is told of an event of a vote: every voter but who did
// it; of what somebody says, and that a ballot is in, nobody. A reminder reaches
// those it is for. Nobody stands in for a voter: only they can say what they think.
func (v *Vote) Recipients(e Event) []Notice {
	to := v.Voters()
	switch e.Kind {
	case VoteCast, VoteExplained:
		return nil
	case VoteReminded:
		to = v.Silent()
	}
	var out []Notice
	for _, p := range to {
		if p != e.By {
			out = append(out, Notice{Event: e.Number, To: p})
		}
	}
	return out
}

func (d *Delegation) opened(id ItemID) *Item {
	i := slices.IndexFunc(d.Items, func(it Item) bool { return it.ID == id && id != 0 })
	if i < 0 {
		return nil
	}
	return &d.Items[i]
}

// otherThan returns the side that did not act; both when neither did, and the
// giver for a candidate.
func (d *Delegation) otherThan(e Event) []PersonID {
	acting := e.By
	if e.For != 0 {
		acting = e.For
	}
	switch acting {
	case d.Giver:
		return []PersonID{d.Receiver}
	case d.Receiver:
		return []PersonID{d.Giver}
	case 0:
		return []PersonID{d.Giver, d.Receiver}
	}
	if e.Kind == InterestSaid {
		return []PersonID{d.Giver}
	}
	return []PersonID{d.Giver, d.Receiver}
}

// urgent events are mailed at once; the rest waits for the daily mail.
var urgent = map[EventKind]bool{
	OfferMade: true, Shown: true, DecisionAsk: true, DecisionIntend: true,
	ObjectionMade: true, ItHappened: true, DecisionsPaused: true, EndedNow: true,
	UpdateRequested: true, ToldAloud: true,
	CallBooked: true, CallMoved: true, CallCancelled: true, CallConfirmed: true, CallNear: true,
}

// digestHour is when the daily mail leaves, by the clock of its reader.
const digestHour = 7

// NextDigest is the first moment from at on when the daily mail leaves in a
// zone.
func NextDigest(at time.Time, zone string) time.Time {
	local := at.In(ical.Location(zone))
	next := time.Date(local.Year(), local.Month(), local.Day(), digestHour, 0, 0, 0, local.Location())
	if next.Before(at) {
		next = time.Date(local.Year(), local.Month(), local.Day()+1, digestHour, 0, 0, 0, local.Location())
	}
	return next.UTC()
}
