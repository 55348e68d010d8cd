package work

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"
)

// What a hand-over costs its giver where nobody recorded minutes. The ledger
// counts them, so that freed hours are never flattered.
const (
	BriefAssignment Minutes = 10 // writing and offering an assignment
	BriefStrategic  Minutes = 45 // writing and talking over a strategic delegation
	ReviewDelivery  Minutes = 10 // looking at a delivery
	ReadUpdate      Minutes = 5  // reading a check-in
)

// A Promise is one of the five, as a number with its formula and the counts of
// the events it is made of.
type Promise struct {
	Name    string         `json:"name" doc:"Which of the five promises"`
	Formula string         `json:"formula" doc:"How value is computed, in words"`
	Value   float64        `json:"value" doc:"In its unit, over the whole time asked for"`
	Unit    string         `json:"unit" doc:"hours, steps or percent"`
	Of      int            `json:"of,omitempty" doc:"How many things a percentage is of; without any there is no number yet"`
	Counts  map[string]int `json:"counts" doc:"How many events of each kind it is made of; GET ledger/sources lists them"`
	Amounts []Amount       `json:"amounts,omitempty" doc:"What the number is put together from, and what stands beside it"`
	Focus   []FocusShare   `json:"focus,omitempty" doc:"Where the hours went, by focus area, the most first"`
}

// A FocusShare is what one focus area got.
type FocusShare struct {
	Focus FocusAreaID `json:"focus" doc:"The focus area's number"`
	Name  string      `json:"name" doc:"The focus area's name"`
	Value float64     `json:"value" doc:"Hours"`
}

// An Amount stands beside a promise: hours, money, or what the member says.
type Amount struct {
	Name  string  `json:"name" doc:"What it is, like handed_off or price_agreed"`
	Value float64 `json:"value" doc:"In its unit; below zero where it was lost"`
	Unit  string  `json:"unit" enum:"hours,money,hours a week,of 5" doc:"Money in minor units of the ledger's currency"`
}

// The names of amounts that let somebody work out what an hour is worth to the
// member.
const (
	ownHours = "own_hours"
	costs    = "cost"
	worth    = "worth"
)

// Private says that an amount is for the member alone: what they said of a
// week, and what rests on their hour price.
func (a Amount) Private() bool {
	return a.Unit == UnitOfFive || a.Name == ownHours || a.Name == costs || a.Name == worth
}

// The names of the promises.
const (
	LessOverload = "less_overload"
	Space        = "space_for_what_matters"
	Growth       = "people_who_grow"
	DoneWell     = "work_done_well"
	Trust        = "trust"
)

// A LedgerLine is what the ledger must know of a delegation beside its events.
type LedgerLine struct {
	Kind     DelegationKind
	Giver    PersonID
	Receiver PersonID
	Standing bool
	Effort   Minutes // of the whole, or of one occurrence
	Price    Money   // of the whole, where it is agreed for the whole
}

// A FocusEntry is time a member says went to a focus area.
type FocusEntry struct {
	Focus   FocusAreaID
	Minutes Minutes
	At      time.Time
}

// A Ledger holds the five promises of one member over a span of time.
type Ledger struct {
	From     time.Time `json:"from" doc:"The beginning of the time asked for"`
	To       time.Time `json:"to" doc:"The first moment behind it"`
	Currency string    `json:"currency" doc:"ISO 4217; of every amount of money"`
	Promises []Promise `json:"promises" doc:"The five, in their order"`
	Periods  []Period  `json:"periods,omitempty" doc:"The same over time, where it was asked for"`
}

// The units of promises that are a share of something, and of time.
const (
	unitPercent = "percent"
	unitHours   = "hours"
	UnitOfFive  = "of 5" // of what a member said of a week, which is theirs alone
)

// Books are what the ledger of one member is computed from.
type Books struct {
	Me     PersonID
	Events []Event // of what they gave, oldest first, from the beginning, so that first times are known
	Lines  map[DelegationID]LedgerLine
	Focus  []FocusEntry
	Pulses []Pulse
	Zone   string               // where weeks begin and end
	Steps  map[EventNumber]bool // the giver's own interventions, as their mirror counts them
	// HourPrice is what an hour is worth to the member, 0 where they said nothing.
	HourPrice Money
}

// Ledger computes the five promises. Only what lies in [from, to) counts.
// docs/states.md has the formulas.
func (b *Books) Ledger(from, to time.Time) Ledger {
	t := newTally()
	b.read(&t, from, to)
	return Ledger{From: from, To: to, Promises: b.promises(&t, from, to)}
}

// read counts the events before to; those before from only set the scene.
func (b *Books) read(t *tally, from, to time.Time) {
	for _, e := range b.Events {
		line, known := b.Lines[e.Delegation]
		if !known || line.Giver != b.Me || !e.At.Before(to) {
			continue
		}
		t.add(e, line, !e.At.Before(from), b.Steps[e.Number])
	}
}

// A LedgerSource is one thing a promise is made of: an event, or time given to
// a focus area.
type LedgerSource struct {
	Event   Event
	Focus   FocusAreaID
	Counts  []string // what it counts as
	Minutes Minutes  // what it adds to the promise's hours, or takes from them
}

// Sources lists what a promise is made of in [from, to), the newest first.
func (b *Books) Sources(promise string, from, to time.Time) []LedgerSource {
	t := newTally()
	t.wanted = promise
	b.read(&t, from, to)
	if promise == Space {
		for _, f := range b.Focus {
			if !f.At.Before(from) && f.At.Before(to) {
				t.sources = append(t.sources, LedgerSource{Event: Event{At: f.At, By: b.Me}, Focus: f.Focus, Counts: []string{"focus_entries"}, Minutes: f.Minutes})
			}
		}
	}
	t.sources = append(t.sources, b.pulseSources(promise, from, to)...)
	slices.SortStableFunc(t.sources, func(a, b LedgerSource) int { return a.Event.At.Compare(b.Event.At) })
	slices.Reverse(t.sources)
	return t.sources
}

// focusIn adds up what went to focus areas in [from, to).
func focusIn(focus []FocusEntry, from, to time.Time) (given Minutes, entries int) {
	for _, f := range focus {
		if !f.At.Before(from) && f.At.Before(to) {
			given += f.Minutes
			entries++
		}
	}
	return given, entries
}

// sharesIn adds up what went to each focus area in [from, to), the most first.
func sharesIn(focus []FocusEntry, from, to time.Time) []FocusShare {
	sums := map[FocusAreaID]Minutes{}
	for _, f := range focus {
		if !f.At.Before(from) && f.At.Before(to) {
			sums[f.Focus] += f.Minutes
		}
	}
	var out []FocusShare
	for _, id := range slices.Sorted(maps.Keys(sums)) {
		out = append(out, FocusShare{Focus: id, Value: hoursOf(sums[id])})
	}
	slices.SortStableFunc(out, func(a, b FocusShare) int { return cmp.Compare(b.Value, a.Value) })
	return out
}

// promises are the five, of what was counted in [from, to).
func (b *Books) promises(t *tally, from, to time.Time) []Promise {
	overload, space, well := t.overload(), b.space(from, to), t.doneWell()
	space.Amounts = []Amount{{"freed", overload.Value, unitHours}}
	well.Amounts = append(well.Amounts, t.costs(b.HourPrice)...)
	full, matters := b.pulsesIn(from, to)
	for p, said := range map[*Promise]pulses{&overload: full, &space: matters} {
		p.Counts["pulses"] = said.weeks
		p.Amounts = append(p.Amounts, said.mean()...)
	}
	return []Promise{overload, space, t.growth(), well, t.trust()}
}

func (t *tally) overload() Promise {
	return Promise{
		Name:    LessOverload,
		Formula: "hours of turns done and work completed by others − hours of briefing, support, feedback, updates read and deliveries reviewed",
		Value:   hoursOf(t.freed - t.cost()), Unit: unitHours, Counts: t.counts[LessOverload],
		Amounts: []Amount{
			{"handed_off", hoursOf(t.freed), unitHours},
			{"briefing", hoursOf(t.briefing), unitHours},
			{"check_ins", hoursOf(t.checkIns), unitHours},
			{"support", hoursOf(t.support), unitHours},
			{"review", hoursOf(t.review), unitHours},
		},
	}
}

// cost is the giver's own time that handing over took.
func (t *tally) cost() Minutes { return t.briefing + t.checkIns + t.support + t.review }

// costs are what work done by others came to, with the giver's own time, beside
// what the hours it freed are worth to them. Without an hour price there is
// nothing to say.
func (t *tally) costs(hourPrice Money) []Amount {
	if hourPrice <= 0 {
		return nil
	}
	priced := func(m Minutes) float64 { return math.Round(float64(m) * float64(hourPrice) / 60) }
	own := priced(t.cost())
	return []Amount{{ownHours, own, "money"}, {costs, float64(t.price) + float64(t.spent) + own, "money"}, {worth, priced(t.freed), "money"}}
}

func (b *Books) space(from, to time.Time) Promise {
	given, entries := focusIn(b.Focus, from, to)
	return Promise{
		Focus:   sharesIn(b.Focus, from, to),
		Name:    Space,
		Formula: "hours you recorded for your focus areas",
		Value:   hoursOf(given), Unit: unitHours,
		Counts: map[string]int{"focus_entries": entries},
	}
}

func (t *tally) growth() Promise {
	return Promise{
		Name:    Growth,
		Formula: "levels of authority agreed upwards + people whose work for you was accepted for the first time",
		Value:   float64(t.up + t.first), Unit: "steps", Counts: t.counts[Growth],
	}
}

func (t *tally) doneWell() Promise {
	return Promise{
		Name:    DoneWell,
		Formula: "deliveries and turns on time ÷ all that fell due, in percent",
		Value:   percent(t.onTime, t.onTime+t.late), Unit: unitPercent, Of: t.onTime + t.late, Counts: t.counts[DoneWell],
		Amounts: []Amount{{"price_agreed", float64(t.price), "money"}, {"spent_by_decision", float64(t.spent), "money"}},
	}
}

func (t *tally) trust() Promise {
	return Promise{
		Name:    Trust,
		Formula: "decisions that needed no approval ÷ all decisions, in percent",
		Value:   percent(t.decided, t.decided+t.approved), Unit: unitPercent, Of: t.decided + t.approved, Counts: t.counts[Trust],
	}
}

// Hours is an amount of time in hours.
func Hours(name string, m Minutes, unit string) Amount { return Amount{name, hoursOf(m), unit} }

func hoursOf(m Minutes) float64 { return round1(float64(m) / 60) }

func percent(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return round1(100 * float64(part) / float64(whole))
}

func round1(v float64) float64 {
	return float64(int64(v*10+sign(v)*0.5)) / 10
}

func sign(v float64) float64 {
	if v < 0 {
		return -1
	}
	return 1
}
