package coach

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"baton/internal/work"
)

func TestQuestions(t *testing.T) {
	lines := func(titles ...string) (out []Line) {
		for _, title := range titles {
			out = append(out, Line{Title: title})
		}
		return out
	}
	for _, row := range []struct {
		name  string
		facts Facts
		want  []string
	}{
		{"nothing shown", Facts{}, nil},
		{"within the week", Facts{Capacity: 2400, Load: 2400}, nil},
		{"without a capacity", Facts{Load: 9000}, nil},
		{"over the week", Facts{Capacity: 2400, Load: 2760}, []string{"Your week holds 46 h against a capacity of 40 h. What would you put down first, and who would notice?"}},
		{"little freed", Facts{Freed: 4.9}, nil},
		{"freed and given", Facts{Freed: 10, Given: 5}, nil},
		{"freed for nothing", Facts{Freed: 10, Given: 4.9}, []string{"10.0 hours were freed, and 4.9 of them are written down for what matters. Where did the rest go, and where should it go?"}},
		{"one drains", Facts{Drained: lines("Rota")}, []string{"“Rota” drains you, and you keep it. What keeps it with you?"}},
		{"many drain", Facts{Drained: lines("A", "B", "C", "D", "E")}, []string{"“A”, “B”, “C” and 2 more drain you, and you keep them. What keeps them with you?"}},
		{"two without a verdict", Facts{Unjudged: lines("A", "B")}, nil},
		{"three without a verdict", Facts{Unjudged: lines("A", "B", "C")}, []string{"Three tasks with most to say for letting go have no verdict yet, “A” among them. What would you need to know to decide?"}},
		{"once", Facts{Beyond: 1}, []string{"You stepped in once beyond the levels you agreed to in the last four weeks. What did you fear would happen otherwise?"}},
		{"often", Facts{Beyond: 7}, []string{"You stepped in 7 times beyond the levels you agreed to in the last four weeks. What did you fear would happen otherwise?"}},
		{"in the order of the call", Facts{KeptAway: lines("K"), Mine: lines("M"), Waiting: lines("W")}, []string{
			"You decided to hand over “W” and it is still with you. What is the first step?",
			"You promised “M”, and its date is over. Do you keep it, agree on another date, or give it back?",
			"You kept away from “K”. What made that possible, and where else would it work?",
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got []string
			for _, q := range Questions(&row.facts) {
				got = append(got, q.Words)
			}
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestEveryRuleRestsOnAPart that can be shown.
func TestEveryRuleRestsOnAPart(t *testing.T) {
	for _, r := range Rules {
		known := false
		for _, p := range work.SharedParts {
			known = known || p == r.Part
		}
		if !known || r.When == "" {
			t.Errorf("%s rests on %q", r.Rule, r.Part)
		}
	}
}
