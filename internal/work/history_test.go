package work

import (
	"maps"
	"slices"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"baton/internal/ical"
)

// The people of a random history: a chain of hand-ons goes from the giver to
// the receiver, the second and the third.
const (
	giver     PersonID = 1
	receiver  PersonID = 2
	second    PersonID = 3
	third     PersonID = 4
	standIn   PersonID = 5
	candidate PersonID = 6
	reviewer  PersonID = 7
	successor PersonID = 8
	stranger  PersonID = 9
)

var everybody = []PersonID{giver, receiver, second, third, standIn, candidate, reviewer, successor}

var sameRule = cmpopts.EquateComparable(ical.Rule{})

var start = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC) // a Monday

// world is a chain of delegations, whoever is away, and all that was said.
type world struct {
	t         *rapid.T
	ds        []*Delegation // the first, and what was handed on or offered again
	now       time.Time
	absent    map[PersonID]PersonID
	gone      map[PersonID]bool
	decisions map[DecisionID]Decision
	turns     map[OccurrenceID]Occurrence
	versions  map[version]Terms // as they were first written
	agreed    map[DelegationID]int
	looked    map[DelegationID]int // events looked at already
	items     map[ItemID]bool      // looked at already
	taken     map[row]int
	favourite int // row of the table: it and those around it are made when they can be
	ids       int64
}

type version struct {
	of     DelegationID
	number int
}

// row is a row of the table of moves in one of its states.
type row struct {
	move  MoveName
	state State
	item  ItemKind
}

func newWorld(t *rapid.T) *world {
	w := &world{
		t: t, now: start, ids: 100, absent: map[PersonID]PersonID{}, gone: map[PersonID]bool{},
		decisions: map[DecisionID]Decision{}, turns: map[OccurrenceID]Occurrence{}, versions: map[version]Terms{},
		agreed: map[DelegationID]int{}, looked: map[DelegationID]int{}, items: map[ItemID]bool{}, taken: map[row]int{},
	}
	kind := rapid.SampledFrom([]DelegationKind{Assignment, Strategic}).Draw(t, "kind")
	task := &Task{ID: 7, Title: "Build the rota", Kind: PlainTask, State: TaskOpen}
	d, err := Start(w.act(giver), 50, task, kind, w.terms("first", nil), w.next)
	if err != nil {
		t.Fatal(err)
	}
	w.favourite = rapid.IntRange(0, len(Moves)-1).Draw(t, "favourite")
	w.add(d)
	return w
}

func (w *world) add(d *Delegation) {
	d.Names = map[PersonID]string{giver: "Ada", receiver: "Imani", standIn: "Wei"}
	d.Guest, d.Agent = rapid.Bool().Draw(w.t, "guest"), rapid.IntRange(0, 5).Draw(w.t, "agent") == 0
	d.Absent, d.NextID = w.absent, w.next
	w.ds = append(w.ds, d)
}

func (w *world) next() int64 { w.ids++; return w.ids }

func (w *world) act(by PersonID) Act { return Act{By: by, At: w.now, Zone: "UTC"} }

// terms draws terms; below an authority mostly such as it leaves room for.
func (w *world) terms(label string, above *Authority) Terms {
	t := w.t
	most := 7
	if above != nil && rapid.IntRange(0, 3).Draw(t, label+" fits") > 0 {
		most = int(above.Level)
	}
	terms := Terms{
		Brief:     Brief{Outcome: "The rota is posted", Parts: []Part{{Name: "draft"}}},
		Authority: Authority{Level: Level(rapid.IntRange(1, most).Draw(t, label+" level"))},
		Effort:    60,
	}
	switch {
	case above != nil && most < 7 || above != nil && rapid.Bool().Draw(t, label+" same limits"):
		terms.Authority.Limits = above.Limits
	case rapid.Bool().Draw(t, label+" limited"):
		limit := Money(rapid.Int64Range(0, 500).Draw(t, label+" limit"))
		terms.Authority.Limits.Total = &limit
	}
	if rapid.Bool().Draw(t, label+" standing") {
		terms.Rule = ical.MustRule("FREQ=WEEKLY;BYDAY=FR")
	}
	if rapid.Bool().Draw(t, label+" check-ins") {
		terms.CheckIn = ical.MustRule("FREQ=WEEKLY;BYDAY=MO")
	}
	if rapid.Bool().Draw(t, label+" reviewed") {
		terms.Brief.Reviewer = reviewer
	}
	if rapid.Bool().Draw(t, label+" paid") {
		terms.Price, terms.Per = 50, rapid.SampledFrom([]PricePer{PerOccurrence, PerHour}).Draw(t, label+" per")
	}
	return terms
}

func (w *world) decision() Decision {
	return Decision{Words: "buy a lamp", Recommendation: "the small one", Amount: Money(rapid.Int64Range(0, 400).Draw(w.t, "amount"))}
}

// spent adds up what counts under a delegation, that of hand-ons included.
func (w *world) spent(id DelegationID) (s Spent) {
	for _, dec := range w.decisions {
		if dec.Delegation == id && dec.State.Counts() {
			s.Money += dec.Amount
		}
	}
	for _, d := range w.ds {
		if d.Parent == id {
			s.Money += w.spent(d.ID).Money
		}
	}
	return s
}

func (w *world) find(id DelegationID) *Delegation {
	i := slices.IndexFunc(w.ds, func(d *Delegation) bool { return d.ID == id })
	if i < 0 {
		return nil
	}
	return w.ds[i]
}

// chain is a delegation's authority and each above it.
func (w *world) chain(d *Delegation) (links []Link) {
	for ; d != nil; d = w.find(d.Parent) {
		links = append(links, Link{d.ID, d.Giver, d.Terms.Authority, w.spent(d.ID), !d.PausedAt.IsZero(), d.Terms.Intention})
	}
	return links
}

func (w *world) above(d *Delegation) (givers []PersonID) {
	for _, link := range w.chain(d)[1:] {
		givers = append(givers, link.Giver)
	}
	return givers
}

// bounds tells a delegation of the authority above and below it.
func (w *world) bounds(d *Delegation) {
	d.Above, d.Below, d.Early = nil, nil, false
	if p := w.find(d.Parent); p != nil {
		d.Above, d.Early = &p.Terms.Authority, p.State != Active
	}
	for _, c := range w.ds {
		if c.Parent == d.ID && c.State != Ended {
			d.Below = append(d.Below, c.Terms.Authority)
		}
	}
}

// step makes one random move of a random person, lets time pass, sends somebody
// away or lets them go for good.
func (w *world) step() {
	going := slices.DeleteFunc(slices.Clone(w.ds), func(d *Delegation) bool { return d.State == Ended })
	if len(going) == 0 || rapid.IntRange(0, 9).Draw(w.t, "afterwards") == 0 {
		going = w.ds
	}
	d := going[rapid.IntRange(0, len(going)-1).Draw(w.t, "delegation")]
	w.bounds(d)
	switch rapid.IntRange(0, 29).Draw(w.t, "what") {
	case 0, 1:
		most := rapid.SampledFrom([]int{24, 24, 24, 240, 2400}).Draw(w.t, "at most")
		w.pass(time.Duration(rapid.IntRange(1, most).Draw(w.t, "hours")) * time.Hour)
	case 2, 3:
		w.presence()
	case 4:
		if rapid.IntRange(0, 2).Draw(w.t, "goes for good") == 0 {
			w.leave(d)
		}
	case 5:
		w.stale(d)
	default:
		w.move(d)
	}
	w.settle()
}

// exits end a delegation. They are made less often than they could be, so that
// what comes late in a life is reached.
var exits = []MoveName{MoveDecline, MoveWithdraw, MoveHandBack, MoveRecall, MoveMoot, MoveReceive, MoveAgreeEnd}

// move lets one of those who can do something do it.
func (w *world) move(d *Delegation) {
	var who []PersonID
	for _, p := range everybody {
		if !w.gone[p] && len(d.Possible(w.act(p))) > 0 {
			who = append(who, p)
		}
	}
	if len(who) == 0 {
		return
	}
	by := rapid.SampledFrom(who).Draw(w.t, "by")
	can := d.Possible(w.act(by))
	if near := slices.DeleteFunc(slices.Clone(can), w.far); len(near) > 0 && rapid.IntRange(0, 3).Draw(w.t, "as liked") > 0 {
		can = near
	}
	c := can[rapid.IntRange(0, len(can)-1).Draw(w.t, "move")]
	if slices.Contains(exits, c.Name) && rapid.IntRange(0, 5).Draw(w.t, "stays") > 0 {
		return
	}
	w.try(d, by, c)
}

// far reports whether a move is far from the favourite in the table.
func (w *world) far(c Choice) bool {
	i := slices.IndexFunc(Moves, func(m Move) bool { return m.Name == c.Name && m.Item == c.Item })
	return i < w.favourite-3 || i > w.favourite+3
}

// try makes a move, and notes the row of the table when it was not refused.
func (w *world) try(d *Delegation, by PersonID, c Choice) {
	took := row{c.Name, d.State, c.Item}
	switch err := w.make(d, by, c); {
	case err == nil:
		w.taken[took]++
	case KindOf(err) == "":
		w.t.Fatalf("%s: not a sentence: %v", c.Name, err)
	case KindOf(err) == Forbidden:
		w.t.Fatalf("%s was possible for %d and then forbidden: %v", c.Name, by, err)
	}
}

// pass lets time pass in all delegations, each thing at its own moment.
func (w *world) pass(long time.Duration) {
	until := w.now.Add(long)
	for {
		due := slices.MinFunc(w.ds, func(a, b *Delegation) int { return never(a.DueAt()).Compare(never(b.DueAt())) })
		if never(due.DueAt()).After(until) {
			break
		}
		w.now = due.DueAt()
		w.bounds(due)
		due.Tick(Act{At: w.now, Zone: "UTC"}, w.decisions, w.chain(due))
		w.settle()
	}
	w.now = until
}

func never(t time.Time) time.Time {
	if t.IsZero() {
		return start.AddDate(100, 0, 0)
	}
	return t
}

// presence sends somebody away, lets them come back, or changes who stands in.
func (w *world) presence() {
	who := rapid.SampledFrom(everybody).Draw(w.t, "away")
	next := maps.Clone(w.absent)
	if _, away := next[who]; away && rapid.Bool().Draw(w.t, "comes back") {
		delete(next, who)
	} else {
		next[who] = rapid.SampledFrom(append([]PersonID{0}, everybody...)).Draw(w.t, "named")
	}
	w.attend(next)
}

func (w *world) attend(next map[PersonID]PersonID) {
	for who := range w.gone {
		next[who] = 0
	}
	for who, named := range next {
		if w.gone[named] {
			next[who] = 0
		}
	}
	w.absent = next
	for _, d := range w.ds {
		d.Attend(w.act(0), next)
		events := len(d.Events())
		items := slices.Clone(d.Items)
		if d.Attend(w.act(0), next); len(d.Events()) != events || !slices.Equal(items, d.Items) {
			w.t.Fatalf("attending twice is not the same as once")
		}
	}
}

// leave lets a side of a delegation go: every delegation of theirs is offered
// again by or to the successor, or ended.
func (w *world) leave(of *Delegation) {
	who := rapid.SampledFrom([]PersonID{of.Giver, of.Receiver, reviewer, standIn}).Draw(w.t, "leaves")
	if who == 0 || w.gone[who] || who == giver && len(w.gone) == 0 && rapid.Bool().Draw(w.t, "stays") {
		return
	}
	follows := rapid.SampledFrom([]PersonID{0, successor}).Draw(w.t, "follows")
	for _, d := range slices.Clone(w.ds) {
		if d.State == Draft && d.Receiver == who {
			d.Receiver = 0
		}
		if d.State == Ended || d.State == Draft || d.Giver != who && d.Receiver != who {
			continue
		}
		w.bounds(d)
		was := d.State
		if follows == 0 || who == successor || follows == d.Other(who) || w.gone[follows] {
			d.EndFor(w.act(stranger), who, "left")
			continue
		}
		agent := d.Agent
		if who == d.Receiver {
			agent = rapid.IntRange(0, 3).Draw(w.t, "follower is software") == 0
		}
		next, err := d.Succeed(w.act(stranger), DelegationID(w.next()), who, Successor{Person: follows, Agent: agent}, "left")
		if agent && d.Terms.Authority.Level > AgentCap {
			if KindOf(err) != Invalid || d.State != was {
				w.t.Fatalf("software follows at level %d: %v, %s", d.Terms.Authority.Level, err, d.State)
			}
			d.EndFor(w.act(stranger), who, "left")
			continue
		}
		if err != nil {
			w.t.Fatalf("succeed: %v", err)
		}
		if next.Agent != agent {
			w.t.Fatalf("software follows as software: %v, not %v", next.Agent, agent)
		}
		w.taken[row{MoveSucceed, was, ""}]++
		w.add(next)
		next.Agent = agent
		for _, c := range w.ds {
			if c.Parent == d.ID {
				c.Parent = next.ID
			}
		}
	}
	w.settle()
	for _, d := range w.ds {
		d.Release(w.act(stranger), who)
	}
	w.gone[who] = true
	w.attend(maps.Clone(w.absent))
}

// stale tries moves that name a version of the terms nobody has read last: they
// are refused and change nothing.
func (w *world) stale(d *Delegation) {
	by := rapid.SampledFrom([]PersonID{d.Giver, d.Receiver}).Draw(w.t, "stale by")
	state, version, items, events := d.State, d.Terms.Version, slices.Clone(d.Items), len(d.Events())
	a := w.act(by)
	for _, c := range d.Possible(a) {
		var err error
		switch c.Name {
		case MoveAccept:
			err = d.Accept(a, d.Terms.Version-1, "I will post it")
		case MoveAgree:
			err = d.Agree(a, d.Proposal.Version-1)
		case MoveConfirm:
			err = d.Confirm(a, d.Terms.Version+1)
		case MovePropose:
			err = d.Propose(a, d.Newest-1, w.terms("stale", nil), "", false)
		default:
			continue
		}
		if KindOf(err) != Stale {
			w.t.Fatalf("%s of a stale version: %v", c.Name, err)
		}
	}
	if d.State != state || d.Terms.Version != version || !slices.Equal(items, d.Items) || len(d.Events()) != events {
		w.t.Fatalf("promise 3: a refused move changed the delegation")
	}
}

// settle does what follows from the moves, as the operations do: what was
// handed on ends with what it was handed on from, and the rest is taken in.
func (w *world) settle() {
	for ended := true; ended; {
		ended = false
		for _, d := range w.ds {
			if p := w.find(d.Parent); p != nil && p.State == Ended && p.Outcome != PassedOn && d.State != Ended {
				d.Revoke(w.act(0), p.Outcome)
				ended = true
			}
		}
	}
	for _, d := range w.ds {
		for _, dec := range d.turn.decisions {
			w.decisions[dec.ID] = dec
		}
		for _, turn := range d.turn.turns {
			w.turns[turn.ID] = turn
		}
		d.turn.decisions, d.turn.turns = nil, nil
	}
}
