package work

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
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
	books := Books{Me: 1, Events: events, Lines: lines, Focus: focus}
	got := books.Periods(daysOn(-70), daysOn(21), EveryDays(7))
	want := []Period{
		{From: daysOn(0), To: daysOn(7), Values: map[string]*float64{
			"less_overload": number(1.8), "space_for_what_matters": number(0), "people_who_grow": number(0), "work_done_well": number(50), "trust": nil,
		}},
		{From: daysOn(7), To: daysOn(14), Values: map[string]*float64{
			"less_overload": number(0), "space_for_what_matters": number(0), "people_who_grow": number(0), "work_done_well": nil, "trust": nil,
		}},
		{From: daysOn(14), To: daysOn(21), Values: map[string]*float64{
			"less_overload": number(2), "space_for_what_matters": number(1.5), "people_who_grow": number(1), "work_done_well": number(100), "trust": nil,
		}},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Period{}, "Amounts", "Counts", "Focus")); diff != "" {
		t.Error(diff)
	}
	if got[0].Amounts[LessOverload]["handed_off"] != 2 || got[2].Counts[Growth]["levels_up"] != 1 || got[1].Counts[DoneWell]["late"] != 0 {
		t.Errorf("beside the numbers: %v %v", got[0].Amounts, got[2].Counts)
	}
	for name, none := range map[string][]Period{
		"nothing happened":  (&Books{Me: 1, Lines: lines}).Periods(daysOn(-7), daysOn(21), EveryDays(7)),
		"only other people": (&Books{Me: 1, Events: events[:1], Lines: lines}).Periods(daysOn(-70), daysOn(21), EveryDays(7)),
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
		books := Books{Me: 1, Events: events, Lines: lines}
		all := books.Ledger(daysOn(0), daysOn(28)).Promises[0].Value
		sum := 0.0
		for _, p := range books.Periods(daysOn(0), daysOn(28), EveryDays(7)) {
			sum += *p.Values["less_overload"]
		}
		minutes := Minutes(0)
		for _, source := range books.Sources(LessOverload, daysOn(0), daysOn(28)) {
			minutes += source.Minutes
		}
		if hoursOf(minutes) != all {
			t.Fatalf("the sources add up to %v, the span is %v", hoursOf(minutes), all)
		}
		if d := sum - all; d > 0.21 || d < -0.21 { // each of four is rounded to a tenth
			t.Fatalf("the weeks add up to %v, the span is %v", sum, all)
		}
	})
}

// TestCalendarCuts: weeks begin on Mondays and quarters on their first day, at
// midnight where the workspace is.
func TestCalendarCuts(t *testing.T) {
	zone := time.FixedZone("east", 2*3600)
	at := time.Date(2026, 5, 13, 10, 0, 0, 0, time.UTC) // a Wednesday
	for _, c := range []struct {
		name string
		cut  Cut
		want []time.Time
	}{
		{"week", EveryWeek(zone), []time.Time{time.Date(2026, 5, 10, 22, 0, 0, 0, time.UTC), time.Date(2026, 5, 3, 22, 0, 0, 0, time.UTC)}},
		{"quarter", EveryQuarter(zone), []time.Time{time.Date(2026, 3, 31, 22, 0, 0, 0, time.UTC), time.Date(2025, 12, 31, 22, 0, 0, 0, time.UTC)}},
	} {
		end, got := at, []time.Time(nil)
		for range c.want {
			end = c.cut(end)
			got = append(got, end)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// TestSourcesAreWhatIsCounted: each count of a promise is the number of its
// sources that say so.
func TestSourcesAreWhatIsCounted(t *testing.T) {
	lines := map[DelegationID]LedgerLine{1: {Kind: Strategic, Giver: 1, Receiver: 2, Effort: 300, Price: 900}}
	var events []Event
	for i, e := range []Event{
		{Kind: QuestionAsked},
		{Kind: AcceptedTerms, Detail: Detail{Level: Agree}},
		{Kind: QuestionAsked},
		{Kind: SupportGiven, Detail: Detail{Minutes: 20}},
		{Kind: CheckedIn},
		{Kind: DecisionApproved, Detail: Detail{Money: 700}},
		{Kind: DecisionMade, Detail: Detail{Money: 5000, Level: Autonomous}},
		{Kind: UpdateRequested},
		{Kind: DeliveryReturned, By: 1},
		{Kind: Delivered, Detail: Detail{Late: true}},
		{Kind: TermsAgreed, Detail: Detail{Level: Intend}},
		{Kind: TermsAgreed, Detail: Detail{Level: Tell}},
		{Kind: DeliveryAccepted, By: 1},
		{Kind: EndedNow, Detail: Detail{Outcome: Completed}},
		{Kind: LessonTaken, Detail: Detail{Kind: SkillTaken}},
		{Kind: LessonTaken, Detail: Detail{Kind: "rhythm"}},
	} {
		e.Number, e.Delegation, e.At = EventNumber(i+1), 1, daysOn(i)
		events = append(events, e)
	}
	books := Books{Me: 1, Events: events, Lines: lines, Focus: []FocusEntry{{Focus: 4, Minutes: 30, At: daysOn(3)}}, Steps: map[EventNumber]bool{8: true}}
	got := books.Ledger(daysOn(0), daysOn(20))
	for _, p := range got.Promises {
		counts := map[string]int{}
		for name := range p.Counts {
			counts[name] = 0
		}
		for _, s := range books.Sources(p.Name, got.From, got.To) {
			for _, name := range s.Counts {
				counts[name]++
			}
		}
		if diff := cmp.Diff(p.Counts, counts); diff != "" {
			t.Errorf("%s: %s", p.Name, diff)
		}
	}
	want := []Amount{{"handed_off", 5, "hours"}, {"briefing", 0.8, "hours"}, {"check_ins", 0.1, "hours"}, {"support", 0.3, "hours"}, {"review", 0.3, "hours"}}
	if diff := cmp.Diff(want, got.Promises[0].Amounts); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Amount{{"price_agreed", 900, "money"}, {"spent_by_decision", 700, "money"}}, got.Promises[3].Amounts); diff != "" {
		t.Error(diff)
	}
	if got.Promises[2].Counts["skills"] != 1 {
		t.Errorf("people who grow: %v", got.Promises[2].Counts)
	}
	if diff := cmp.Diff([]FocusShare{{Focus: 4, Value: 0.5}}, got.Promises[1].Focus); diff != "" {
		t.Error(diff)
	}
	// 90 minutes of the giver's own, and five hours handed off, at 60.00 an hour.
	books.HourPrice = 6000
	priced := books.Ledger(daysOn(0), daysOn(20)).Promises[3].Amounts
	if diff := cmp.Diff([]Amount{{"own_hours", 9000, "money"}, {"cost", 10600, "money"}, {"worth", 30000, "money"}}, priced[2:]); diff != "" {
		t.Error(diff)
	}
	for _, a := range priced[2:] {
		if !a.Private() {
			t.Errorf("%s tells the hour price", a.Name)
		}
	}
	well, trust := got.Promises[3].Counts, got.Promises[4].Counts
	if well["questions_before_start"] != 1 || well["asked"] != 2 || trust["interventions"] != 1 || trust["levels_up"] != 1 || trust["levels_down"] != 1 {
		t.Errorf("counts: %v, %v", well, trust)
	}
}

// TestSupportIsInEveryPayBackFigure: ninety minutes of help and thirty of
// feedback are taken from what was freed, wherever it is said, by week and by quarter too.
func TestSupportIsInEveryPayBackFigure(t *testing.T) {
	events := []Event{
		{Kind: AcceptedTerms, Detail: Detail{Level: Agree}},
		{Kind: SupportGiven, By: 1, Detail: Detail{Minutes: 90}},
		{Kind: FeedbackGiven, By: 1, Detail: Detail{Minutes: 30}},
		{Kind: TurnDone, By: 2, Detail: Detail{Minutes: 600}},
	}
	helped := Books{Me: 1, Lines: map[DelegationID]LedgerLine{1: {Kind: Assignment, Giver: 1, Receiver: 2, Standing: true}}, HourPrice: 6000}
	alone := helped
	for i, e := range events {
		e.Number, e.Delegation, e.At = EventNumber(i+1), 1, daysOn(0).Add(time.Duration(i)*time.Hour)
		helped.Events = append(helped.Events, e)
		if e.Kind != SupportGiven && e.Kind != FeedbackGiven {
			alone.Events = append(alone.Events, e)
		}
	}
	figures := func(b Books) map[string]float64 {
		out := map[string]float64{}
		add := func(where string, promises []Promise) {
			for _, p := range promises {
				if p.Name == LessOverload {
					out[where+" net"] = p.Value
				}
				for _, a := range p.Amounts {
					if a.Name == "freed" || a.Name == ownHours || a.Name == costs {
						out[where+" "+a.Name] = a.Value
					}
				}
			}
		}
		add("span", b.Ledger(daysOn(-1), daysOn(2)).Promises)
		for name, cut := range map[string]Cut{"week": EveryWeek(time.UTC), "quarter": EveryQuarter(time.UTC)} {
			for _, p := range b.Periods(daysOn(-1), daysOn(2), cut) {
				out[name+" net"] += *p.Values[LessOverload]
				out[name+" freed"] += p.Amounts[Space]["freed"]
				out[name+" own hours"] += p.Amounts[DoneWell][ownHours]
			}
		}
		return out
	}
	with, without := figures(helped), figures(alone)
	if len(with) != 10 {
		t.Fatalf("looked at %v", with)
	}
	for name, net := range without {
		want := net - 2 // hours
		if strings.HasSuffix(name, costs) || strings.Contains(name, "own") {
			want = net + 2*6000
		}
		if math.Abs(with[name]-want) > 0.01 {
			t.Errorf("%s: %.1f with two hours of help, want %.1f", name, with[name], want)
		}
	}
}

// TestFocusAreasStandInTheirPeriods: each hour in the week it was given, and
// all of them in the quarter; what no period has is in none.
func TestFocusAreasStandInTheirPeriods(t *testing.T) {
	monday := time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)
	b := Books{Me: 1, Focus: []FocusEntry{
		{Focus: 4, Minutes: 60, At: monday.AddDate(0, 0, 1)},
		{Focus: 4, Minutes: 30, At: monday.AddDate(0, 0, 8)},
		{Focus: 5, Minutes: 90, At: monday.AddDate(0, 0, 9)},
	}}
	end := monday.AddDate(0, 0, 14)
	for _, row := range []struct {
		name string
		cut  Cut
		want [][]FocusShare
	}{
		{"week", EveryWeek(time.UTC), [][]FocusShare{{{Focus: 4, Value: 1}}, {{Focus: 5, Value: 1.5}, {Focus: 4, Value: 0.5}}}},
		{"quarter", EveryQuarter(time.UTC), [][]FocusShare{{{Focus: 4, Value: 1.5}, {Focus: 5, Value: 1.5}}}},
	} {
		var got [][]FocusShare
		for _, p := range b.Periods(monday, end, row.cut) {
			got = append(got, p.Focus)
			if _, given := p.FreedHours(); given == 0 {
				t.Errorf("%s: nothing was given", row.name)
			}
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s: %s", row.name, diff)
		}
	}
}
