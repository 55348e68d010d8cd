package work

import (
	"slices"
	"strings"
	"testing"

	"baton/internal/ical"
)

// sound is a brief that nothing is to be said against.
func sound() (*Terms, BriefContext) {
	t := &Terms{
		Brief: Brief{
			Outcome: "The rota is posted by the 25th and every shift is covered", Why: "Nobody plans their month before it is out",
			WhyYou: "You know who can swap with whom", Success: []string{"No shift is empty"}, Instructions: []string{"Ask the night team first"},
		},
		Authority: Authority{Level: Intend}, Due: ical.DayDue(monday, "UTC"), CheckIn: ical.MustRule("FREQ=WEEKLY;BYDAY=MO"), Support: 15,
	}
	return t, BriefContext{
		Kind: Strategic, Project: true, Today: monday, Task: &Task{Title: "Build the rota", Skills: []Skill{{Name: "scheduling", Level: 3}}},
		Receiver: &Person{ID: receiver, Name: "Imani", Skills: []Skill{{Name: "Scheduling", Level: 3}}},
	}
}

// TestCheckBrief: for each finding a brief that has it, and one that comes as
// near as can be without.
func TestCheckBrief(t *testing.T) {
	many := func(n int) []string { return slices.Repeat([]string{"do this"}, n) }
	for _, row := range []struct {
		code      string
		with, not func(*Terms, *BriefContext)
	}{
		{"no_outcome", func(t *Terms, _ *BriefContext) { t.Brief.Outcome = " " }, func(t *Terms, _ *BriefContext) { t.Brief.Outcome = "Posted" }},
		{"activity", func(t *Terms, _ *BriefContext) { t.Brief.Outcome = "Working on the rota" }, func(t *Terms, _ *BriefContext) { t.Brief.Outcome = "Workers know their shifts" }},
		{"no_why", func(t *Terms, _ *BriefContext) { t.Brief.Why = "" }, func(t *Terms, c *BriefContext) { t.Brief.Why, c.Kind, t.Authority.Level = "", Assignment, Explain }},
		{"no_why_you", func(t *Terms, _ *BriefContext) { t.Brief.WhyYou = "" }, func(t *Terms, c *BriefContext) { t.Brief.WhyYou, c.Kind = "", Assignment }},
		{"no_success", func(t *Terms, _ *BriefContext) { t.Brief.Success = nil }, func(t *Terms, _ *BriefContext) { t.Brief.Success, t.Brief.Minimum = nil, "Nights are covered" }},
		{"no_due", func(t *Terms, _ *BriefContext) { t.Due = ical.Due{} }, func(t *Terms, _ *BriefContext) { t.Due, t.Rule = ical.Due{}, ical.MustRule("FREQ=MONTHLY") }},
		{"past_due", func(t *Terms, _ *BriefContext) { t.Due = ical.DayDue(monday.AddDays(-1), "UTC") }, func(t *Terms, _ *BriefContext) {
			t.Due, t.Rule = ical.DayDue(monday.AddDays(-1), "UTC"), ical.MustRule("FREQ=MONTHLY")
		}},
		{"past_until", func(t *Terms, _ *BriefContext) { t.Authority.Limits.Until = monday.AddDays(-1) }, func(t *Terms, _ *BriefContext) { t.Authority.Limits.Until = monday }},
		{"micromanaged", func(t *Terms, _ *BriefContext) { t.Authority.Level, t.Brief.Instructions = Inform, many(3) }, func(t *Terms, _ *BriefContext) { t.Authority.Level, t.Brief.Instructions = Inform, many(2) }},
		{"no_say", func(t *Terms, _ *BriefContext) { t.Authority.Level = Tell }, func(t *Terms, c *BriefContext) { t.Authority.Level, c.Project = Tell, false }},
		{"money", func(t *Terms, _ *BriefContext) { t.Brief.Resources = []string{"A budget of $400"} }, func(t *Terms, _ *BriefContext) {
			t.Brief.Resources, t.Authority.Limits.Total = []string{"A budget of $400"}, money(40000)
		}},
		{"instructions", func(t *Terms, _ *BriefContext) { t.Brief.Instructions = many(8) }, func(t *Terms, _ *BriefContext) { t.Brief.Instructions = many(7) }},
		{"check_ins", func(t *Terms, _ *BriefContext) { t.CheckIn = ical.MustRule("FREQ=DAILY") }, func(t *Terms, _ *BriefContext) {
			t.CheckIn, t.Authority.Level = ical.MustRule("FREQ=WEEKLY;BYDAY=MO,TH"), Agree
		}},
		{"support", func(t *Terms, c *BriefContext) { t.Support, t.CheckIn, c.Receiver.Skills = 0, ical.Rule{}, nil }, func(_ *Terms, c *BriefContext) { c.Receiver.Skills = nil }},
		{"reviewer", func(t *Terms, _ *BriefContext) { t.Brief.Reviewer = receiver }, func(t *Terms, _ *BriefContext) { t.Brief.Reviewer = reviewer }},
	} {
		found := func(change func(*Terms, *BriefContext)) []string {
			terms, c := sound()
			change(terms, &c)
			var codes []string
			for _, f := range CheckBrief(terms, c) {
				codes = append(codes, f.Code)
				if !strings.HasSuffix(f.Sentence, ".") || !strings.HasSuffix(strings.Trim(f.Mend, "”"), ".") || f.Field == "" {
					t.Errorf("%s: not a sentence with a way to mend it: %+v", f.Code, f)
				}
				if f.Blocks != (f.Code == "no_outcome") {
					t.Errorf("%s blocks: %v", f.Code, f.Blocks)
				}
			}
			return codes
		}
		if got := found(row.with); !slices.Equal(got, []string{row.code}) {
			t.Errorf("%s: a brief that has it is told %v", row.code, got)
		}
		if got := found(row.not); slices.Contains(got, row.code) {
			t.Errorf("%s: a brief that has it not is told so", row.code)
		}
	}
	if terms, c := sound(); len(CheckBrief(terms, c)) > 0 {
		t.Errorf("a sound brief is told %v", CheckBrief(terms, c))
	}
}

// TestOnlyTheOutcomeBlocks: a brief with every other flaw can be offered.
func TestOnlyTheOutcomeBlocks(t *testing.T) {
	for outcome, want := range map[string]Kind{"": Invalid, "Help": ""} {
		d, err := Start(Act{By: giver, At: start, Zone: "UTC"}, 1, &Task{ID: 1}, Strategic, Terms{Brief: Brief{Outcome: outcome}, Authority: Authority{Level: Tell}}, func() int64 { return 1 })
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Offer(Act{By: giver, At: start, Zone: "UTC"}, receiver, start.AddDate(0, 0, 7)); KindOf(err) != want {
			t.Errorf("the outcome %q: %v", outcome, err)
		}
	}
}
