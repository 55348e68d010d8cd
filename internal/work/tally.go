package work

import "slices"

// tally adds up the events of the delegations a member gave.
type tally struct {
	counts                              map[string]map[string]int // by promise
	freed                               Minutes
	briefing, checkIns, support, review Minutes
	onTime, late                        int
	up, down, first                     int
	decided, approved                   int
	price, spent                        Money
	level                               map[DelegationID]Level
	begun                               map[DelegationID]bool
	carried                             map[PersonID]bool
	wanted                              string // the promise whose sources are kept
	sources                             []LedgerSource
}

// counted are the events each promise counts under their own names.
var counted = map[string][]EventKind{
	LessOverload: {TurnDone, EndedNow, SupportGiven, FeedbackGiven, CheckedIn, AcceptedTerms, ToldAloud, DeliveryAccepted, DeliveryReturned},
	Growth:       {TermsAgreed, ReadBackOK, QuestionTurned, Suggested},
	DoneWell:     {Delivered, TurnDone, TurnMissed, DeliveryReturned, DefectFound, QuestionAsked},
	Trust: {
		DecisionMade, WentAhead, DecisionApproved, DecisionChanged, DecisionDenied, ObjectionMade, UpdateRequested, DecisionsPaused, ItHappened,
	},
}

// SkillTaken is the kind of a lesson, taken, that says what a skill is at.
const SkillTaken = "skill"

// promisesOf are the promises that count a kind of event.
var promisesOf = func() map[EventKind][]string {
	out := map[EventKind][]string{}
	for _, p := range []string{LessOverload, Growth, DoneWell, Trust} {
		for _, k := range counted[p] {
			out[k] = append(out[k], p)
		}
	}
	return out
}()

func newTally() tally {
	t := tally{counts: map[string]map[string]int{}, level: map[DelegationID]Level{}, begun: map[DelegationID]bool{}, carried: map[PersonID]bool{}}
	for p, kinds := range counted {
		t.counts[p] = map[string]int{}
		for _, k := range kinds {
			t.counts[p][string(k)] = 0
		}
	}
	for p, names := range map[string][]string{
		Growth: {"levels_up", "first_times", "skills"}, DoneWell: {"on_time", "late", "questions_before_start"}, Trust: {"levels_up", "levels_down", "interventions"},
	} {
		for _, name := range names {
			t.counts[p][name] = 0
		}
	}
	return t
}

// fresh begins another period: what was counted is forgotten, what is known of
// levels and of who carried something stays.
func (t *tally) fresh() tally {
	n := newTally()
	n.level, n.begun, n.carried = t.level, t.begun, t.carried
	return n
}

// add takes in one event; what is before the span only sets the scene. stepped
// says that the giver stepped in with it.
func (t *tally) add(e Event, line LedgerLine, inSpan, stepped bool) {
	if inSpan {
		for _, p := range promisesOf[e.Kind] {
			t.count(e, p, string(e.Kind), 0)
		}
		if stepped {
			t.count(e, Trust, "interventions", 0)
		}
		if e.Kind == LessonTaken && e.Detail.Kind == SkillTaken {
			t.count(e, Growth, "skills", 0)
		}
		t.hours(e, line)
		t.quality(e)
		t.money(e, line)
	}
	t.levels(e, line, inSpan)
}

// count counts an event for a promise, and keeps it where sources are wanted.
func (t *tally) count(e Event, promise, as string, minutes Minutes) {
	if as != "" {
		t.counts[promise][as]++
	}
	if promise != t.wanted {
		return
	}
	if n := len(t.sources); n == 0 || t.sources[n-1].Event.Number != e.Number {
		t.sources = append(t.sources, LedgerSource{Event: e})
	}
	s := &t.sources[len(t.sources)-1]
	s.Minutes += minutes
	if as != "" && !slices.Contains(s.Counts, as) {
		s.Counts = append(s.Counts, as)
	}
}

// spend takes minutes that a hand-over cost its giver from the hours freed.
func (t *tally) spend(e Event, on *Minutes, m Minutes) {
	*on += m
	t.count(e, LessOverload, "", -m)
}

func (t *tally) free(e Event, m Minutes) {
	t.freed += m
	t.count(e, LessOverload, "", m)
}

func (t *tally) hours(e Event, line LedgerLine) {
	switch e.Kind {
	case AcceptedTerms, ToldAloud:
		if line.Kind == Strategic {
			t.spend(e, &t.briefing, BriefStrategic)
		} else {
			t.spend(e, &t.briefing, BriefAssignment)
		}
	case TurnDone:
		t.free(e, e.Detail.Minutes)
	case EndedNow:
		if e.Detail.Outcome == Completed && !line.Standing {
			t.free(e, line.Effort)
		}
	case SupportGiven, FeedbackGiven:
		t.spend(e, &t.support, e.Detail.Minutes)
	case CheckedIn:
		t.spend(e, &t.checkIns, ReadUpdate)
	case DeliveryAccepted, DeliveryReturned:
		if e.By != 0 {
			t.spend(e, &t.review, ReviewDelivery)
		}
	}
}

func (t *tally) quality(e Event) {
	switch e.Kind {
	case Delivered, TurnDone:
		if e.Detail.Late {
			t.late++
			t.count(e, DoneWell, "late", 0)
		} else {
			t.onTime++
			t.count(e, DoneWell, "on_time", 0)
		}
	case TurnMissed:
		t.late++
		t.count(e, DoneWell, "late", 0)
	case QuestionAsked:
		if !t.begun[e.Delegation] {
			t.count(e, DoneWell, "questions_before_start", 0)
		}
	case DecisionMade, WentAhead:
		t.decided++
	case DecisionApproved, DecisionChanged, DecisionDenied:
		t.approved++
	}
}

// money adds up prices of what was completed, and what was spent by decision.
// What is decided at level 7 the giver is not told, so that it is not in it.
func (t *tally) money(e Event, line LedgerLine) {
	sum, amount := &t.spent, e.Detail.Money
	switch e.Kind {
	case TurnAccepted:
		sum = &t.price
	case EndedNow:
		if e.Detail.Outcome != Completed || line.Standing {
			return
		}
		sum, amount = &t.price, line.Price
	case DecisionMade, DecisionApproved, DecisionChanged, WentAhead, ItHappened:
		if e.Detail.Level == Autonomous {
			return
		}
	default:
		return
	}
	if *sum += amount; amount != 0 {
		t.count(e, DoneWell, "", 0)
	}
}

func (t *tally) levels(e Event, line LedgerLine, inSpan bool) {
	switch e.Kind {
	case AcceptedTerms, TermsAgreed, ToldAloud:
		before, known := t.level[e.Delegation]
		switch {
		case !known || !inSpan:
		case e.Detail.Level > before:
			t.up++
			t.count(e, Growth, "levels_up", 0)
			t.count(e, Trust, "levels_up", 0)
		case e.Detail.Level < before:
			t.down++
			t.count(e, Trust, "levels_down", 0)
		}
		t.level[e.Delegation], t.begun[e.Delegation] = e.Detail.Level, true
	case DeliveryAccepted, TurnAccepted:
		if !t.carried[line.Receiver] && inSpan {
			t.first++
			t.count(e, Growth, "first_times", 0)
		}
		t.carried[line.Receiver] = true
	}
}
