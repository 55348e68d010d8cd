package work

import "time"

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
	Name    string         `json:"name"`
	Formula string         `json:"formula"`
	Value   float64        `json:"value"`
	Unit    string         `json:"unit"`
	Of      int            `json:"of,omitempty" doc:"How many things a percentage is of; without any there is no number yet"`
	Counts  map[string]int `json:"counts"`
}

// A LedgerLine is what the ledger must know of a delegation beside its events.
type LedgerLine struct {
	Kind     DelegationKind
	Giver    PersonID
	Receiver PersonID
	Standing bool
	Effort   Minutes // of the whole, or of one occurrence
}

// A FocusEntry is time a member says went to a focus area.
type FocusEntry struct {
	Focus   FocusAreaID
	Minutes Minutes
	At      time.Time
}

// A Ledger holds the five promises of one member over a span of time.
type Ledger struct {
	From     time.Time `json:"from"`
	To       time.Time `json:"to"`
	Promises []Promise `json:"promises"`
	Periods  []Period  `json:"periods,omitempty" doc:"The same over time, where it was asked for"`
}

// unitPercent is the unit of promises that are a share of something.
const unitPercent = "percent"

// tally adds up the events of the delegations a member gave.
type tally struct {
	counts            map[EventKind]int
	freed, spent      Minutes
	onTime, late      int
	up, down, first   int
	level             map[DelegationID]Level
	carried           map[PersonID]bool
	decided, approved int
}

// NewLedger computes the five promises for a member from recorded events
// (oldest first, from the beginning, so that first times are known) and focus
// entries. Only what lies in [from, to) counts. docs/states.md has the formulas.
func NewLedger(me PersonID, from, to time.Time, events []Event, lines map[DelegationID]LedgerLine, focus []FocusEntry) Ledger {
	t := newTally()
	for _, e := range events {
		line, known := lines[e.Delegation]
		if !known || line.Giver != me || !e.At.Before(to) {
			continue
		}
		t.add(e, line, !e.At.Before(from))
	}
	given, entries := focusIn(focus, from, to)
	return Ledger{From: from, To: to, Promises: t.promises(given, entries)}
}

func newTally() tally {
	return tally{counts: map[EventKind]int{}, level: map[DelegationID]Level{}, carried: map[PersonID]bool{}}
}

// promises are the five, of what was counted.
func (t *tally) promises(given Minutes, entries int) []Promise {
	return []Promise{t.overload(), space(given, entries), t.growth(), t.doneWell(), t.trust()}
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

// add takes in one event; what is before the span only sets the scene.
func (t *tally) add(e Event, line LedgerLine, inSpan bool) {
	if inSpan {
		t.counts[e.Kind]++
		t.hours(e, line)
		t.quality(e)
	}
	t.levels(e, line, inSpan)
}

func (t *tally) hours(e Event, line LedgerLine) {
	switch e.Kind {
	case AcceptedTerms, ToldAloud:
		t.spent += BriefAssignment
		if line.Kind == Strategic {
			t.spent += BriefStrategic - BriefAssignment
		}
	case TurnDone:
		t.freed += e.Detail.Minutes
	case EndedNow:
		if e.Detail.Outcome == Completed && !line.Standing {
			t.freed += line.Effort
		}
	case SupportGiven, FeedbackGiven:
		t.spent += e.Detail.Minutes
	case CheckedIn:
		t.spent += ReadUpdate
	case DeliveryAccepted, DeliveryReturned:
		if e.By != 0 {
			t.spent += ReviewDelivery
		}
	}
}

func (t *tally) quality(e Event) {
	switch e.Kind {
	case Delivered, TurnDone:
		if e.Detail.Late {
			t.late++
		} else {
			t.onTime++
		}
	case TurnMissed:
		t.late++
	case DecisionMade, WentAhead:
		t.decided++
	case DecisionApproved, DecisionChanged, DecisionDenied:
		t.approved++
	}
}

func (t *tally) levels(e Event, line LedgerLine, inSpan bool) {
	switch e.Kind {
	case AcceptedTerms, TermsAgreed, ToldAloud:
		if before, known := t.level[e.Delegation]; known && inSpan {
			switch {
			case e.Detail.Level > before:
				t.up++
			case e.Detail.Level < before:
				t.down++
			}
		}
		t.level[e.Delegation] = e.Detail.Level
	case DeliveryAccepted, TurnAccepted:
		if !t.carried[line.Receiver] && inSpan {
			t.first++
		}
		t.carried[line.Receiver] = true
	}
}

func (t *tally) pick(kinds ...EventKind) map[string]int {
	out := map[string]int{}
	for _, k := range kinds {
		out[string(k)] = t.counts[k]
	}
	return out
}

func (t *tally) overload() Promise {
	return Promise{
		Name:    "less_overload",
		Formula: "hours of turns done and work completed by others − hours of briefing, support, feedback, updates read and deliveries reviewed",
		Value:   round1(float64(t.freed-t.spent) / 60), Unit: "hours",
		Counts: t.pick(TurnDone, EndedNow, SupportGiven, FeedbackGiven, CheckedIn, AcceptedTerms, DeliveryAccepted, DeliveryReturned),
	}
}

func space(given Minutes, entries int) Promise {
	return Promise{
		Name:    "space_for_what_matters",
		Formula: "hours you recorded for your focus areas",
		Value:   round1(float64(given) / 60), Unit: "hours",
		Counts: map[string]int{"focus_entries": entries},
	}
}

func (t *tally) growth() Promise {
	p := Promise{
		Name:    "people_who_grow",
		Formula: "levels of authority agreed upwards + people whose work for you was accepted for the first time",
		Value:   float64(t.up + t.first), Unit: "steps", Counts: t.pick(TermsAgreed, ReadBackOK, QuestionTurned),
	}
	p.Counts["levels_up"], p.Counts["first_times"] = t.up, t.first
	return p
}

func (t *tally) doneWell() Promise {
	p := Promise{
		Name:    "work_done_well",
		Formula: "deliveries and turns on time ÷ all that fell due, in percent",
		Unit:    unitPercent, Of: t.onTime + t.late, Counts: t.pick(Delivered, TurnDone, TurnMissed, DeliveryReturned, DefectFound, QuestionAsked),
	}
	p.Value = percent(t.onTime, t.onTime+t.late)
	p.Counts["on_time"], p.Counts["late"] = t.onTime, t.late
	return p
}

func (t *tally) trust() Promise {
	p := Promise{
		Name:    "trust",
		Formula: "decisions that needed no approval ÷ all decisions, in percent",
		Unit:    unitPercent, Of: t.decided + t.approved,
		Counts: t.pick(DecisionMade, WentAhead, DecisionApproved, DecisionDenied, ObjectionMade, UpdateRequested, DecisionsPaused, ItHappened),
	}
	p.Value = percent(t.decided, t.decided+t.approved)
	p.Counts["levels_up"], p.Counts["levels_down"] = t.up, t.down
	return p
}

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
