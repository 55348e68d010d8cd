package work

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestGrowthBooks holds each formula of docs/growth.md to a history, one row a
// rule: work carried and hours done, decisions by how they came about, levels
// and first times.
func TestGrowthBooks(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 3, 2+n, 9, 0, 0, 0, time.UTC) }
	once := GrowthLine{ID: 1, Title: "Open day", Kind: Strategic, Area: "events", Since: day(0), Effort: 600}
	rota := GrowthLine{ID: 2, Title: "Rota", Kind: Strategic, Standing: true, Area: "scheduling", Since: day(1), Effort: 180}
	told := GrowthLine{ID: 3, Title: "Supplies", Kind: Assignment, Area: "orders", Since: day(2), Told: true}
	at := func(d DelegationID, kind EventKind, detail Detail) Event {
		return Event{Delegation: d, Kind: kind, Detail: detail}
	}
	type figures struct {
		done      Minutes
		turns     int
		decisions []string // the newest first
		byLevel   map[Level]int
		levels    []Level
		firsts    []string
	}
	for _, row := range []struct {
		name   string
		lines  []GrowthLine
		events []Event
		untold bool
		want   figures
	}{
		{"nothing yet", nil, nil, false, figures{}},
		{"of others' work nothing counts", []GrowthLine{once}, []Event{at(9, TurnDone, Detail{Minutes: 60})}, false, figures{}},
		{"turns done, not those skipped or missed", []GrowthLine{rota}, []Event{
			at(2, TurnDone, Detail{Minutes: 180}), at(2, TurnSkipped, Detail{Minutes: 180}), at(2, TurnMissed, Detail{}), at(2, TurnDone, Detail{Minutes: 150}),
		}, false, figures{done: 330, turns: 2}},
		{"completed once, its effort and a first time", []GrowthLine{once}, []Event{at(1, EndedNow, Detail{Outcome: Completed})}, false, figures{done: 600, firsts: []string{"area events"}}},
		{"handed back, nothing", []GrowthLine{once}, []Event{at(1, EndedNow, Detail{Outcome: HandedBack})}, false, figures{}},
		{"standing work that ends adds nothing to its turns", []GrowthLine{rota}, []Event{at(2, TurnDone, Detail{Minutes: 180}), at(2, EndedNow, Detail{Outcome: Completed})}, false, figures{done: 180, turns: 1}},
		{"an area is new once", []GrowthLine{rota}, []Event{at(2, TurnAccepted, Detail{}), at(2, DeliveryAccepted, Detail{})}, false, figures{firsts: []string{"area scheduling"}}},
		{
			"decided alone",
			[]GrowthLine{once},
			[]Event{at(1, DecisionMade, Detail{Text: "a tent", Level: Inform}), at(1, DecisionMade, Detail{Text: "a band", Level: Autonomous})},
			false,
			figures{decisions: []string{"a band decided", "a tent decided"}, byLevel: map[Level]int{6: 1, 7: 1}, firsts: []string{"decision "}},
		},
		{
			"a giver is not told of level 7",
			[]GrowthLine{once},
			[]Event{at(1, DecisionMade, Detail{Text: "a tent", Level: Inform}), at(1, DecisionMade, Detail{Text: "a band", Level: Autonomous})},
			true,
			figures{decisions: []string{"a tent decided"}, byLevel: map[Level]int{6: 1}, firsts: []string{"decision "}},
		},
		{
			"announced, and it went ahead",
			[]GrowthLine{once},
			[]Event{at(1, DecisionIntend, Detail{Decision: 5, Level: Intend}), at(1, WentAhead, Detail{Text: "a tent", Decision: 5, Level: Intend})},
			false,
			figures{decisions: []string{"a tent announced"}, byLevel: map[Level]int{5: 1}, firsts: []string{"decision "}},
		},
		{
			"announced, and let go ahead early",
			[]GrowthLine{once},
			[]Event{at(1, DecisionIntend, Detail{Decision: 5, Level: Intend}), at(1, DecisionApproved, Detail{Text: "a tent", Decision: 5})},
			false,
			figures{decisions: []string{"a tent announced"}, byLevel: map[Level]int{5: 1}, firsts: []string{"decision "}},
		},
		{"announced, and not gone ahead yet", []GrowthLine{once}, []Event{at(1, DecisionIntend, Detail{Decision: 5, Level: Intend})}, false, figures{}},
		{
			"asked, and agreed",
			[]GrowthLine{once},
			[]Event{at(1, DecisionAsk, Detail{Decision: 5, Level: Consult}), at(1, DecisionApproved, Detail{Text: "a tent", Decision: 5})},
			false,
			figures{decisions: []string{"a tent agreed"}, byLevel: map[Level]int{3: 1}},
		},
		{
			"outside a limit at level 5, and agreed",
			[]GrowthLine{once},
			[]Event{at(1, DecisionAsk, Detail{Decision: 5, Level: Intend}), at(1, DecisionApproved, Detail{Text: "a tent", Decision: 5})},
			false,
			figures{decisions: []string{"a tent agreed"}, byLevel: map[Level]int{5: 1}},
		},
		{"asked, and refused", []GrowthLine{once}, []Event{at(1, DecisionAsk, Detail{Decision: 5, Level: Consult}), at(1, DecisionDenied, Detail{Decision: 5})}, false, figures{}},
		{"levels go up by area", []GrowthLine{once}, []Event{
			at(1, AcceptedTerms, Detail{Level: Consult}), at(1, TermsAgreed, Detail{Level: Intend}), at(1, TermsAgreed, Detail{Level: Agree}), at(1, TermsAgreed, Detail{Level: Intend}),
		}, false, figures{levels: []Level{3, 5}}},
		{"each area has levels of its own, and standing work is new once", []GrowthLine{once, rota}, []Event{
			at(1, AcceptedTerms, Detail{Level: Intend}), at(2, AcceptedTerms, Detail{Level: Consult}), at(2, TermsAgreed, Detail{Level: Agree}),
		}, false, figures{levels: []Level{5, 3, 4}, firsts: []string{"standing "}}},
		{"agreed aloud, and not confirmed", []GrowthLine{told}, []Event{at(3, ToldAloud, Detail{Level: Explain})}, false, figures{}},
		{"agreed aloud, and confirmed", []GrowthLine{{ID: 3, Area: "orders"}}, []Event{at(3, ToldAloud, Detail{Level: Explain})}, false, figures{levels: []Level{2}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			for i := range row.events {
				row.events[i].At = day(i)
			}
			r := (&GrowthBooks{Lines: row.lines, Events: row.events, Untold: row.untold}).Record()
			got := figures{done: r.Done}
			for _, c := range r.Carried {
				got.turns += c.Turns
			}
			for _, d := range r.Decisions {
				got.decisions = append(got.decisions, d.Words+" "+d.How)
			}
			if len(r.ByLevel) > 0 {
				got.byLevel = r.ByLevel
			}
			for _, l := range r.Levels {
				got.levels = append(got.levels, l.Level)
			}
			for _, f := range r.Firsts {
				got.firsts = append(got.firsts, f.What+" "+f.Area)
			}
			if diff := cmp.Diff(row.want, got, cmp.AllowUnexported(figures{})); diff != "" {
				t.Error(diff)
			}
			if len(r.Carried) != len(row.lines) {
				t.Errorf("%d of %d lines are carried", len(r.Carried), len(row.lines))
			}
		})
	}
	newest := (&GrowthBooks{Lines: []GrowthLine{once, rota, told}}).Record().Carried
	if newest[0].ID != 3 || newest[2].ID != 1 {
		t.Errorf("the newest is not first: %v", newest)
	}
}
