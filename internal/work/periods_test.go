package work

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// ledgerStart is a Monday.
var ledgerStart = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func daysOn(n int) time.Time { return ledgerStart.AddDate(0, 0, n) }

func number(v float64) *float64 { return &v }

func TestPeriodsSayWhatHappenedInEach(t *testing.T) {
	lines := map[DelegationID]LedgerLine{1: {Kind: Assignment, Giver: 1, Receiver: 2, Standing: true}, 9: {Giver: 3, Receiver: 1}}
	done := func(day, minutes int, late bool) Event {
		return Event{Kind: TurnDone, Delegation: 1, By: 2, At: daysOn(day), Detail: Detail{Minutes: Minutes(minutes), Late: late}}
	}
	events := []Event{
		{Kind: AcceptedTerms, Delegation: 9, By: 1, At: daysOn(-40)}, // somebody else's
		{Kind: AcceptedTerms, Delegation: 1, By: 2, At: daysOn(1), Detail: Detail{Level: Explain}},
		done(2, 60, false), done(3, 60, true), done(16, 120, false),
		{Kind: TermsAgreed, Delegation: 1, By: 1, At: daysOn(17), Detail: Detail{Level: Intend}},
	}
	focus := []FocusEntry{{Focus: 1, Minutes: 90, At: daysOn(15)}}
	got := Periods(1, daysOn(-70), daysOn(21), 7, events, lines, focus)
	want := []Period{
		{daysOn(0), daysOn(7), map[string]*float64{
			"less_overload": number(1.8), "space_for_what_matters": number(0), "people_who_grow": number(0), "work_done_well": number(50), "trust": nil,
		}},
		{daysOn(7), daysOn(14), map[string]*float64{
			"less_overload": number(0), "space_for_what_matters": number(0), "people_who_grow": number(0), "work_done_well": nil, "trust": nil,
		}},
		{daysOn(14), daysOn(21), map[string]*float64{
			"less_overload": number(2), "space_for_what_matters": number(1.5), "people_who_grow": number(1), "work_done_well": number(100), "trust": nil,
		}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for name, none := range map[string][]Period{
		"nothing happened":   Periods(1, daysOn(-7), daysOn(21), 7, nil, lines, nil),
		"only other people":  Periods(1, daysOn(-70), daysOn(21), 7, events[:1], lines, nil),
		"periods of no days": Periods(1, daysOn(-7), daysOn(21), 0, events, lines, focus),
	} {
		if len(none) != 0 {
			t.Errorf("%s: %d periods", name, len(none))
		}
	}
}

// TestPeriodsAddUpToTheLedger cuts random turns into weeks: their hours are
// those of the whole span.
func TestPeriodsAddUpToTheLedger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := map[DelegationID]LedgerLine{1: {Kind: Assignment, Giver: 1, Receiver: 2, Standing: true}}
		events := []Event{{Kind: AcceptedTerms, Delegation: 1, By: 2, At: daysOn(0)}}
		for day := 0; day < 28; day += rapid.IntRange(0, 9).Draw(t, "gap") + 1 {
			events = append(events, Event{Kind: TurnDone, Delegation: 1, By: 2, At: daysOn(day), Detail: Detail{Minutes: Minutes(6 * rapid.IntRange(0, 50).Draw(t, "tenths"))}})
		}
		all := NewLedger(1, daysOn(0), daysOn(28), events, lines, nil).Promises[0].Value
		sum := 0.0
		for _, p := range Periods(1, daysOn(0), daysOn(28), 7, events, lines, nil) {
			sum += *p.Values["less_overload"]
		}
		if d := sum - all; d > 0.21 || d < -0.21 { // each of four is rounded to a tenth
			t.Fatalf("the weeks add up to %v, the span is %v", sum, all)
		}
	})
}
