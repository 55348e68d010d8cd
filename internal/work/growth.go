package work

import (
	"cmp"
	"slices"
	"time"
)

// A GrowthRecord is what a person carried and what came of it: their own record. It
// holds no mark, verdict, private note, door code, support minute or word
// about anybody else, and counts nobody against anybody.
type GrowthRecord struct {
	Carried   []Carried      `json:"carried" doc:"The newest first"`
	Done      Minutes        `json:"minutes_done" doc:"Of turns done and work completed"`
	Decisions []DecisionOwn  `json:"decisions" doc:"The newest first"`
	ByLevel   map[Level]int  `json:"decisions_by_level" doc:"How many at each level of authority"`
	Levels    []LevelReached `json:"levels" doc:"When each level was reached first in an area"`
	Firsts    []FirstTime    `json:"first_times" doc:"What they did for the first time"`
}

// A GrowthLine is a delegation as the record of its receiver knows it.
type GrowthLine struct {
	ID       DelegationID   `json:"delegation"`
	Title    string         `json:"title" doc:"The task's title"`
	Kind     DelegationKind `json:"kind" doc:"assignment or strategic"`
	Standing bool           `json:"standing" doc:"It recurs"`
	Area     string         `json:"area,omitempty" doc:"The skill it needs first, or the field of work"`
	For      string         `json:"for" doc:"Whose it was"`
	Level    Level          `json:"level" doc:"Of authority, at last"`
	Since    time.Time      `json:"since" doc:"When it was agreed"`
	Until    time.Time      `json:"until,omitzero" doc:"Absent while it goes on"`
	Outcome  Outcome        `json:"outcome,omitempty" doc:"How it ended"`
	Told     bool           `json:"told,omitempty" doc:"Agreed aloud and written down by the giver; the receiver has not confirmed it"`
	Effort   Minutes        `json:"-"` // of the whole, where it does not recur
}

// Carried is work that was carried, with what came of it.
type Carried struct {
	GrowthLine
	Turns int     `json:"turns,omitempty" doc:"Turns done"`
	Done  Minutes `json:"minutes_done,omitempty" doc:"Of turns done, or of the whole once it is completed"`
}

// How a decision came to be.
const (
	DecidedAlone  = "decided"   // at level 6 or 7
	AfterNotice   = "announced" // at level 5, and nobody objected
	WithAgreement = "agreed"    // proposed up to level 4, or outside a limit, and the giver said yes
)

// A DecisionOwn is a decision a person made, or brought to a yes.
type DecisionOwn struct {
	Delegation DelegationID `json:"delegation"`
	Title      string       `json:"title" doc:"The task's title"`
	Words      string       `json:"words" doc:"What was decided"`
	Level      Level        `json:"level" doc:"Of authority, then"`
	How        string       `json:"how" enum:"decided,announced,agreed" doc:"decided alone, announced without an objection, or agreed with the giver"`
	At         time.Time    `json:"at" doc:"When"`
}

// A LevelReached says when a level of authority was agreed first in an area.
type LevelReached struct {
	Area       string       `json:"area,omitempty" doc:"The skill it needs first, or the field of work"`
	Level      Level        `json:"level" doc:"Of authority, 1 to 7"`
	Delegation DelegationID `json:"delegation"`
	Title      string       `json:"title" doc:"The task's title"`
	At         time.Time    `json:"at" doc:"When it was agreed"`
}

// What can be done for the first time.
const (
	FirstInArea   = "area"     // work in an area was accepted
	FirstDecision = "decision" // a decision without anybody's yes
	FirstStanding = "standing" // something recurring, or an area of work, was taken on
)

// A FirstTime is something a person did for the first time.
type FirstTime struct {
	What       string       `json:"what" enum:"area,decision,standing" doc:"The first in an area, the first decision of their own in it, or the first that recurs"`
	Area       string       `json:"area,omitempty" doc:"The skill it needs first, or the field of work"`
	Delegation DelegationID `json:"delegation"`
	Title      string       `json:"title" doc:"The task's title"`
	At         time.Time    `json:"at" doc:"When"`
}

// GrowthKinds are the events a growth record is made of.
var GrowthKinds = []EventKind{
	TurnDone, TurnAccepted, EndedNow, DeliveryAccepted, DecisionAsk, DecisionIntend, DecisionMade, WentAhead, DecisionApproved, AcceptedTerms, TermsAgreed, ToldAloud,
}

// GrowthBooks are what a growth record is computed from.
type GrowthBooks struct {
	Lines  []GrowthLine
	Events []Event // of those delegations, oldest first
	Untold bool    // for a giver, who is not told of decisions at level 7
}

// Record puts the record together.
func (b *GrowthBooks) Record() GrowthRecord {
	g := growing{
		books: b, work: map[DelegationID]*Carried{}, asked: map[DecisionID]Event{}, top: map[string]Level{}, known: map[string]bool{},
		out: GrowthRecord{Carried: []Carried{}, Decisions: []DecisionOwn{}, ByLevel: map[Level]int{}, Levels: []LevelReached{}, Firsts: []FirstTime{}},
	}
	for _, l := range b.Lines {
		g.work[l.ID] = &Carried{GrowthLine: l}
	}
	for _, e := range b.Events {
		if c := g.work[e.Delegation]; c != nil {
			g.done(c, e)
			g.decided(c, e)
			g.reached(c, e)
		}
	}
	for _, l := range b.Lines {
		c := g.work[l.ID]
		g.out.Done += c.Done
		g.out.Carried = append(g.out.Carried, *c)
	}
	slices.SortStableFunc(g.out.Carried, func(a, b Carried) int { return cmp.Or(b.Since.Compare(a.Since), cmp.Compare(b.ID, a.ID)) })
	slices.Reverse(g.out.Decisions)
	return g.out
}

// growing is a growth record while its events are read.
type growing struct {
	books *GrowthBooks
	out   GrowthRecord
	work  map[DelegationID]*Carried
	asked map[DecisionID]Event // how a decision was brought: asked for, or announced
	top   map[string]Level     // the highest level in an area so far
	known map[string]bool      // what was done before, by kind and area
}

func (g *growing) done(c *Carried, e Event) {
	switch e.Kind {
	case TurnDone:
		c.Turns++
		c.Done += e.Detail.Minutes
	case EndedNow:
		if e.Detail.Outcome == Completed && !c.Standing {
			c.Done += c.Effort
			g.first(c, e, FirstInArea, c.Area)
		}
	case DeliveryAccepted, TurnAccepted:
		g.first(c, e, FirstInArea, c.Area)
	}
}

// first notes what was never done before.
func (g *growing) first(c *Carried, e Event, what, area string) {
	key := what + ":" + area
	if g.known[key] {
		return
	}
	g.known[key] = true
	g.out.Firsts = append(g.out.Firsts, FirstTime{what, area, c.ID, c.Title, e.At})
}

func (g *growing) decided(c *Carried, e Event) {
	d := DecisionOwn{Delegation: c.ID, Title: c.Title, Words: e.Detail.Text, Level: e.Detail.Level, At: e.At}
	switch e.Kind {
	case DecisionAsk, DecisionIntend:
		g.asked[e.Detail.Decision] = e
		return
	case DecisionMade:
		d.How = DecidedAlone
		if d.Level == Autonomous && g.books.Untold {
			return
		}
	case WentAhead:
		d.How = AfterNotice
	case DecisionApproved:
		brought := g.asked[e.Detail.Decision]
		if d.How, d.Level = WithAgreement, brought.Detail.Level; brought.Kind == DecisionIntend {
			d.How = AfterNotice
		}
	default:
		return
	}
	g.out.ByLevel[d.Level]++
	g.out.Decisions = append(g.out.Decisions, d)
	if d.How != WithAgreement {
		g.first(c, e, FirstDecision, "")
	}
}

// reached notes a level that is higher than any before in the area. What was
// agreed aloud counts once the receiver confirmed it.
func (g *growing) reached(c *Carried, e Event) {
	level := e.Detail.Level
	switch {
	case e.Kind == AcceptedTerms, e.Kind == TermsAgreed, e.Kind == ToldAloud && !c.Told:
	default:
		return
	}
	if c.Standing {
		g.first(c, e, FirstStanding, "")
	}
	if level <= g.top[c.Area] {
		return
	}
	g.top[c.Area] = level
	g.out.Levels = append(g.out.Levels, LevelReached{c.Area, level, c.ID, c.Title, e.At})
}
