package web

import (
	"slices"
	"strings"

	"baton/internal/app/plans"
	"baton/internal/work"
)

// An unfolded is what the page shows that explains one task of the plan.
type unfolded struct {
	plans.Explanation
	Can  []plans.Candidate
	Out  []string // why the others cannot have it
	Back string   // the plan it is of
}

// explainPage says for one task of the plan what everybody would be worth, and
// who is out by which rule.
func (v *visit) explainPage() error {
	task, err := number[work.TaskID](v, "task")
	if err != nil {
		return err
	}
	ask, err := planAsk(v.r.URL.Query())
	if err != nil {
		return err
	}
	u := unfolded{Back: address(v, ask)}
	if u.Explanation, err = do(v, plans.Explain, plans.AskExplanation{Task: task, AskPlan: ask}); err != nil {
		return err
	}
	for _, c := range u.Choices {
		if c.Out == "" {
			u.Can = append(u.Can, c)
		} else {
			u.Out = append(u.Out, strings.TrimSuffix(c.Out, ".")+".")
		}
	}
	slices.Sort(u.Out)
	u.Out = slices.Compact(u.Out)
	return v.show(u.Proposal.Task, "plan", explainView(v, u))
}

// explained is the address that explains a task of the plan as it is settled.
func (s planSheet) explained(v *visit, task work.TaskID) string {
	return v.to("/plan/%d?%s", task, plain.Replace(s.Ask.Query().Encode()))
}
