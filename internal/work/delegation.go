package work

import (
	"slices"
	"time"
)

// DelegationKind tells the two kinds of delegation apart.
type DelegationKind string

// The kinds of delegation.
const (
	Assignment DelegationKind = "assignment" // a task that needs little judgement
	Strategic  DelegationKind = "strategic"  // the task and the decisions that belong to it
)

// State is where a delegation stands. Everything finer is an open item.
type State string

// The states of a delegation.
const (
	Draft   State = "draft"
	Offered State = "offered"
	Active  State = "active"
	Ended   State = "ended"
)

// Words are the state behind “is”.
func (s State) Words() string {
	if s == Draft {
		return "a draft"
	}
	return string(s)
}

// Outcome says how a delegation ended.
type Outcome string

// The outcomes.
const (
	Completed   Outcome = "completed"
	Declined    Outcome = "declined"
	Lapsed      Outcome = "lapsed"
	Withdrawn   Outcome = "withdrawn"
	HandedBack  Outcome = "handed_back"
	Recalled    Outcome = "recalled"
	ByAgreement Outcome = "ended_by_agreement"
	PassedOn    Outcome = "passed_to_successor"
	Moot        Outcome = "moot"
)

// Returns reports whether the task is back on the giver's plate after an
// outcome.
func (o Outcome) Returns() bool {
	return o != "" && o != Completed && o != PassedOn && o != Moot
}

// A Delegation is one hand-over of one task, or of a decision area, from a
// giver to a receiver. It carries its open items: a move reads and changes
// them together, and nothing else does.
type Delegation struct {
	ID       DelegationID
	Kind     DelegationKind
	Task     TaskID
	TaskKind TaskKind
	Title    string // the task's, for sentences
	Giver    PersonID
	Receiver PersonID // 0 while a draft is shown to several
	Parent   DelegationID
	State    State
	Outcome  Outcome
	Reason   string // why it ended

	Terms    Terms  // in force, or on offer before anybody agreed
	Proposal *Terms // the other side's own terms, while they are open
	Newest   int    // the highest version of terms written so far
	Agreed   int    // the version both agreed to; 0 while there is none
	Told     bool   // recorded by the giver; the receiver has not confirmed it
	Rounds   int    // of terms since the last agreement

	PausedAt time.Time // the giver paused decisions
	Spent    Spent     // by decisions here and in every hand-on below

	OfferedAt   time.Time
	AgreedAt    time.Time
	StartedAt   time.Time
	EndedAt     time.Time
	EndsAt      time.Time // notice was given and agreed
	NextCheckIn time.Time
	NextTurn    time.Time // when the next occurrence falls due
	NextReview  time.Time // when both look back on a standing delegation
	Good        int       // deliveries and turns accepted without a note since the last step of the path
	Delivered   []string  // parts delivered for good
	CreatedAt   time.Time
	HeardAt     time.Time // when a person last did something about it
	Version     int64

	Items     []Item       // open before the move, and those the move opened
	Unsettled []Occurrence // done, and not yet counted as accepted

	// Absent says who of the workspace is away and whom each named to answer
	// meanwhile (0 nobody), Names what people are called in sentences, and NextID
	// hands out ids of the workspace. Whoever loads the delegation fills them.
	Absent map[PersonID]PersonID
	Guest  bool // the receiver has no account: the giver may record what they say
	Agent  bool // the receiver is software
	Names  map[PersonID]string
	NextID func() int64
	// Above is the authority this was handed on from, Below those handed on
	// from here and not ended: no child may be wider than its parent.
	Above *Authority
	Below []Authority
	Early bool // what it is handed on from waits for its own agreement

	turn turn
}

// turn collects what a move did beside changing the delegation.
type turn struct {
	events    []Event
	decisions []Decision
	turns     []Occurrence
}

// An Act is who moves, and when. Zone is the IANA zone in which days are
// counted.
type Act struct {
	By   PersonID
	At   time.Time
	Zone string
}

// A Role is a side of a delegation.
type Role string

// The roles.
const (
	AsGiver    Role = "giver"
	AsReceiver Role = "receiver"
	AsEither   Role = "either"
	AsHolder   Role = "holder" // of the item the move answers
	AsOwner    Role = "owner"  // of the workspace, when somebody leaves
)

// Is reports whether a person acts in a role: themselves, or as the stand-in
// of somebody absent.
func (d *Delegation) Is(p PersonID, role Role) bool {
	switch role {
	case AsGiver:
		return p == d.Giver || d.covers(p, d.Giver)
	case AsReceiver:
		return d.Receiver != 0 && (p == d.Receiver || d.covers(p, d.Receiver))
	case AsEither:
		return d.Is(p, AsGiver) || d.Is(p, AsReceiver)
	}
	return false
}

func (d *Delegation) covers(p, absent PersonID) bool {
	standIn, away := d.cover(absent)
	return away && p != 0 && standIn == p
}

// Side returns the party a person acts for, 0 for neither. Somebody who stands
// in for the other side acts for it.
func (d *Delegation) Side(p PersonID) PersonID {
	switch {
	case p == d.Giver, d.covers(p, d.Giver):
		return d.Giver
	case d.Is(p, AsReceiver):
		return d.Receiver
	}
	return 0
}

// Other returns the other party of a party.
func (d *Delegation) Other(side PersonID) PersonID {
	if side == d.Giver {
		return d.Receiver
	}
	return d.Giver
}

// Standing reports whether the delegation goes on over occurrences, or is of a
// decision area, which has none and is never delivered.
func (d *Delegation) Standing() bool { return d.TaskKind == DecisionArea || d.Terms.Standing() }

// Reached returns the step of the path that the good rounds since the last one
// have earned, nil while there is none. Both still have to agree to it.
func (d *Delegation) Reached() *Step {
	for i := range d.Terms.Path {
		step := &d.Terms.Path[i]
		if d.State == Active && step.Level > d.Terms.Authority.Level && d.Good >= step.Rounds {
			return step
		}
	}
	return nil
}

// Item returns an open item by its id, or nil.
func (d *Delegation) Item(id ItemID) *Item {
	for i := range d.Items {
		if d.Items[i].ID == id && d.Items[i].Open() {
			return &d.Items[i]
		}
	}
	return nil
}

// Open returns the open items, the most pressing first: what blocks before
// what does not, then by when an answer is due.
func (d *Delegation) Open() []Item {
	var open []Item
	for _, it := range d.Items {
		if it.Open() {
			open = append(open, it)
		}
	}
	slices.SortStableFunc(open, moreUrgent)
	return open
}

// Mover says whose move it is and since when: the most pressing open item's
// holder, else the receiver of a delegation that is going on, else nobody.
func (d *Delegation) Mover() (PersonID, time.Time) {
	open := slices.DeleteFunc(d.Open(), func(it Item) bool { return it.Kind == Reflect && d.State != Ended })
	switch {
	case len(open) > 0:
		return open[0].Holder, open[0].Since
	case d.State == Draft:
		return d.Giver, d.CreatedAt
	case d.State == Active:
		return d.Receiver, laterOf(d.StartedAt, d.HeardAt)
	}
	return 0, time.Time{}
}

// Name is what somebody is called in a sentence.
func (d *Delegation) Name(p PersonID) string {
	if name := d.Names[p]; name != "" {
		return name
	}
	return "the other side"
}

// Visible reports whether a person may see the delegation: a party, somebody
// who stands in for one, whoever holds an open item, or, through above, a giver
// further up the chain. A draft is its giver's, and those see it to whom it is
// shown; whom it names does not.
func (d *Delegation) Visible(p PersonID, above []PersonID) bool {
	if d.Is(p, AsGiver) || d.State != Draft && (d.Is(p, AsReceiver) || slices.Contains(above, p)) {
		return true
	}
	return slices.ContainsFunc(d.Items, func(it Item) bool { return it.Open() && it.Holder == p })
}

// Carrier returns on whose plate the task is now. A decision area stays on its
// giver's, who answers for it whoever decides.
func (d *Delegation) Carrier() PersonID {
	if d.TaskKind == DecisionArea {
		return d.Giver
	}
	if d.State == Active || d.Outcome == Completed {
		return d.Receiver
	}
	return d.Giver
}

// Events, Decisions and Turns hand over what the moves since loading
// did beside changing the delegation: what happened, decisions opened or
// closed, and occurrences.
func (d *Delegation) Events() []Event { return d.turn.events }

// Decisions returns the decisions the moves opened or changed.
func (d *Delegation) Decisions() []Decision { return d.turn.decisions }

// Turns returns the occurrences the moves opened or changed.
func (d *Delegation) Turns() []Occurrence { return d.turn.turns }
