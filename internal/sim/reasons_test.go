package sim

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"baton/internal/app/plans"
	"baton/internal/plan"
)

// TestEveryReasonBeginsLikeASentence asks for the plan as it is, and with
// somebody ruled out of each task in it.
func TestEveryReasonBeginsLikeASentence(t *testing.T) {
	a, cast := play(t, wednesday)
	look := func(in plans.AskPlan) plans.Plan {
		t.Helper()
		p, err := plans.Show.Do(t.Context(), a, cast.Leader, in)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range p.Proposals {
			for _, why := range one.Reasons {
				if first, _ := utf8.DecodeRuneInString(why); unicode.IsLower(first) {
					t.Errorf("%s: %q", one.Task, why)
				}
			}
		}
		return p
	}
	first := look(plans.AskPlan{})
	var ruled plans.Choices
	for _, one := range first.Proposals {
		if one.PersonID == nil || one.PartOf != 0 || one.Value == 0 {
			continue
		}
		for _, l := range first.Loads {
			ruled = append(ruled, plan.Choice{Task: one.TaskID, Person: l.PersonID})
		}
	}
	said := false
	for _, one := range look(plans.AskPlan{Forbid: ruled}).Proposals {
		for _, why := range one.Reasons {
			said = said || strings.HasPrefix(why, "You ruled ")
		}
	}
	if !said {
		t.Error("no reason says that somebody was ruled out")
	}
}
