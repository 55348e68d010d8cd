package work

import (
	"slices"
	"strings"
	"testing"
)

func TestCoachingQuestionsFitTheLevel(t *testing.T) {
	for l := Tell; l <= Autonomous; l++ {
		all := CoachingQuestions(l)
		if len(all) < 3 || len(slices.Compact(slices.Sorted(slices.Values(all)))) != len(all) {
			t.Errorf("level %d has %q", l, all)
		}
		for _, q := range all {
			if !strings.HasSuffix(q, "?") {
				t.Errorf("%q asks nothing", q)
			}
		}
		if theirs := slices.ContainsFunc(all, func(q string) bool { return strings.Contains(q, "yours to decide") }); theirs != (l >= Inform) {
			t.Errorf("level %d: yours to decide is %v", l, theirs)
		}
	}
}
