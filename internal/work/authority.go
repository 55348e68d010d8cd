package work

import (
	"slices"
	"strings"
	"time"

	"baton/internal/ical"
)

// A Level says who decides, from 1 (the giver) to 7 (the receiver alone).
type Level int

// The levels of authority.
const (
	Tell       Level = 1 // giver decides
	Explain    Level = 2 // giver decides and explains
	Consult    Level = 3 // giver decides after hearing the receiver
	Agree      Level = 4 // both agree
	Intend     Level = 5 // receiver decides after telling the giver
	Inform     Level = 6 // receiver decides and tells
	Autonomous Level = 7 // receiver decides
)

// AgentCap is the highest level software may hold.
const AgentCap = Intend

// Words say what a level means, to the receiver.
func (l Level) Words() string {
	switch l {
	case Tell:
		return "The giver decides."
	case Explain:
		return "Ask first; the answer comes with a reason."
	case Consult:
		return "Ask first, with your recommendation."
	case Agree:
		return "You both agree before it happens."
	case Intend:
		return "Say what you intend; it goes ahead unless there is an objection."
	case Inform:
		return "Decide, and tell afterwards."
	case Autonomous:
		return "It is yours."
	}
	return "No level is set."
}

// Simple says the level in the three sentences of an assignment.
func (l Level) Simple() string {
	switch {
	case l <= Agree:
		return "Ask me first"
	case l <= Inform:
		return "Tell me before"
	default:
		return "It's yours"
	}
}

// Limits narrow a level. A nil or zero field does not limit.
type Limits struct {
	PerDecision *Money    `json:"per_decision,omitempty" doc:"Money one decision may spend, in minor units"`
	Total       *Money    `json:"total,omitempty" doc:"Money all decisions together may spend, in minor units"`
	Hours       *Minutes  `json:"minutes,omitempty" doc:"Minutes all decisions together may take"`
	Kinds       []string  `json:"kinds,omitempty" doc:"The only kinds of decision that go with it"`
	Until       ical.Date `json:"until,omitzero" doc:"Last day of the authority"`
}

// Authority is a level and its limits.
type Authority struct {
	Level  Level  `json:"level" minimum:"1" maximum:"7" doc:"1 the giver decides … 7 the receiver decides"`
	Limits Limits `json:"limits,omitzero"`
}

// Spent is what decisions under one authority have used so far, those of
// hand-ons included.
type Spent struct {
	Money Money   `json:"money"`
	Time  Minutes `json:"minutes"`
}

// Outside returns the sentence that says which limit a decision breaks, or ""
// when it is inside all of them.
func (a Authority) Outside(d *Decision, spent Spent, today ical.Date) string {
	l := a.Limits
	switch {
	case !l.Until.IsZero() && l.Until.Compare(today) < 0:
		return "The authority ended on " + l.Until.String() + "."
	case len(l.Kinds) > 0 && !slices.ContainsFunc(l.Kinds, func(k string) bool { return strings.EqualFold(k, d.Kind) }):
		return "The authority covers " + strings.Join(l.Kinds, ", ") + " only."
	case l.PerDecision != nil && d.Amount > *l.PerDecision:
		return "It costs more than one decision may."
	case l.Total != nil && spent.Money+d.Amount > *l.Total:
		return "It would spend more than the total agreed."
	case l.Hours != nil && spent.Time+d.Time > *l.Hours:
		return "It would take more hours than agreed."
	}
	return ""
}

// CoversMoney reports whether a limit agreed beforehand bounds what a decision
// may spend. Without one, silence never lets a decision that costs money pass.
func (a Authority) CoversMoney() bool {
	return a.Limits.PerDecision != nil || a.Limits.Total != nil
}

// Narrows reports as a sentence how child is wider than a, or "" when it is as
// narrow or narrower in every respect.
func (a Authority) Narrows(child Authority) string {
	p, c := a.Limits, child.Limits
	switch {
	case child.Level > a.Level:
		return "The level handed on cannot be higher than your own."
	case wider(p.PerDecision, c.PerDecision):
		return "The money per decision cannot be more than your own limit."
	case wider(p.Total, c.Total):
		return "The total money cannot be more than your own limit."
	case wider(p.Hours, c.Hours):
		return "The hours cannot be more than your own limit."
	case !p.Until.IsZero() && (c.Until.IsZero() || c.Until.Compare(p.Until) > 0):
		return "The authority cannot last longer than your own."
	case len(p.Kinds) > 0 && len(c.Kinds) == 0:
		return "The kinds of decision cannot be more than your own."
	}
	for _, kind := range c.Kinds {
		if len(p.Kinds) > 0 && !slices.ContainsFunc(p.Kinds, func(k string) bool { return strings.EqualFold(k, kind) }) {
			return "You may not decide about " + kind + ", so you cannot hand it on."
		}
	}
	return ""
}

func wider[T ~int64](parent, child *T) bool {
	return parent != nil && (child == nil || *child > *parent)
}

// A Link is one authority in a chain of hand-ons, with what was spent under it.
type Link struct {
	Delegation DelegationID
	Giver      PersonID // who set its limits
	Authority  Authority
	Spent      Spent
	Paused     bool // its giver paused decisions
	Notice     int  // working days an intention is announced before
}

// GivenBy reports whether somebody is a giver anywhere in a chain: what they
// gave cannot come back to them by handing on.
func GivenBy(chain []Link, p PersonID) bool {
	return slices.ContainsFunc(chain, func(l Link) bool { return l.Giver == p })
}

// outside returns the sentence that says why a decision is not within the
// link. What the decision itself has used already does not count against it.
func (l Link) outside(d *Decision, today ical.Date) string {
	if l.Paused {
		return "Decisions are paused for now."
	}
	spent := l.Spent
	if d.State.Counts() {
		spent.Money -= d.Amount
		spent.Time -= d.Time
	}
	return l.Authority.Outside(d, spent, today)
}

// A Treatment is what a chain of authority makes of a decision.
type Treatment struct {
	Ruling  Ruling
	Outside string   // the limit it breaks, as a sentence
	Giver   PersonID // who answers, or may object: who set that limit, the furthest up of several
}

// Allows judges a decision against a whole chain, the receiver's own authority
// first, then each above it. Inside all limits the receiver's own level rules;
// what the levels above make of a yes to it is said by Allows of the rest of
// the chain. An empty chain allows everything. Complexity O(chain).
func Allows(chain []Link, d *Decision, today ical.Date) Treatment {
	t := Treatment{Ruling: Decides}
	for _, link := range chain {
		if reason := link.outside(d, today); reason != "" {
			t = Treatment{MustAsk, reason, link.Giver}
		}
	}
	if len(chain) == 0 || t.Ruling == MustAsk {
		return t
	}
	switch level := chain[0].Authority.Level; {
	case level <= Agree:
		t.Ruling, t.Giver = Asks, chain[0].Giver
	case level == Intend:
		t.Ruling, t.Giver = Intends, chain[0].Giver
	}
	return t
}

// part splits a chain at a giver in it: from the link that giver set, and those
// above, which bind the giver in turn. Who is no giver in it is bound by
// nothing of it.
func part(chain []Link, giver PersonID) (from, above []Link) {
	for i := len(chain) - 1; i >= 0; i-- {
		if chain[i].Giver == giver {
			return chain[i:], chain[i+1:]
		}
	}
	return nil, nil
}

// told are the givers who are told of what somebody bound by a chain decided:
// at level 6 they are, at level 7 not, and nobody further up.
func told(chain []Link) []PersonID {
	var out []PersonID
	for _, link := range chain {
		if link.Authority.Level != Inform {
			break
		}
		out = append(out, link.Giver)
	}
	return out
}

// A Ruling is how a decision is treated.
type Ruling string

// The rulings.
const (
	Decides Ruling = "decides"  // recorded at once
	Intends Ruling = "intends"  // goes ahead after its notice unless there is an objection
	Asks    Ruling = "asks"     // inside the limits; the level needs the giver's answer
	MustAsk Ruling = "must_ask" // outside the limits
)

// A DecisionState is where a decision stands.
type DecisionState string

// The states of a decision.
const (
	DecisionAsked      DecisionState = "asked"    // waits for the giver
	DecisionIntended   DecisionState = "intended" // goes ahead at its time
	DecisionObjected   DecisionState = "objected" // the receiver revises or drops it
	DecisionDecided    DecisionState = "decided"  // inside the limits, or with the giver's yes
	DecisionRefused    DecisionState = "refused"  // the giver said no
	DecisionDropped    DecisionState = "dropped"  // the receiver let it go
	DecisionHappened   DecisionState = "happened" // done outside the limits, waits for the giver
	DecisionRatified   DecisionState = "ratified" // happened, and stands
	DecisionToBeMended DecisionState = "to_mend"  // happened, and is to be put right
)

// A Decision is something the receiver decided, or intends to.
type Decision struct {
	ID             DecisionID
	Delegation     DelegationID
	By             PersonID
	Kind           string // from the terms' own list, may be empty
	Words          string
	Recommendation string
	Amount         Money
	Time           Minutes
	State          DecisionState
	Ruling         Ruling
	Outside        string // the limit it breaks
	Reason         string // with the answer
	AnsweredBy     PersonID
	GoesAheadAt    time.Time // of an intention
	At             time.Time
	ClosedAt       time.Time
	Version        int64
}

// Counts reports whether the decision's money and time are spent or about to
// be: what is decided, intended, or happened anyway counts in every total.
func (s DecisionState) Counts() bool {
	switch s {
	case DecisionDecided, DecisionIntended, DecisionHappened, DecisionRatified, DecisionToBeMended:
		return true
	}
	return false
}
