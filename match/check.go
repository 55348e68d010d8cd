package match

import (
	"errors"
	"fmt"
)

// Check reports how a Solution contradicts its Problem or itself. It shares
// no code with Solve, so that it can be believed when it disagrees. It cannot
// see whether a bound is true, only whether it is consistent with the plan.
func Check(p *Problem, s *Solution) error {
	if err := p.Validate(); err != nil {
		return err
	}
	if s == nil {
		return errors.New("there is no solution")
	}
	if s.Person == nil {
		return checkNoPlan(p, s)
	}
	if s.Status == Infeasible || s.Reason != nil {
		return errors.New("a plan, and a reason why there is none")
	}
	if len(s.Person) != p.Tasks() {
		return fmt.Errorf("%d tasks are given out, not %d", len(s.Person), p.Tasks())
	}
	value, err := worth(p, s.Person)
	if err != nil {
		return err
	}
	if value != s.Value {
		return fmt.Errorf("the plan is worth %d, not %d", value, s.Value)
	}
	if s.Bound < s.Value {
		return fmt.Errorf("the bound %d is below the value %d", s.Bound, s.Value)
	}
	if (s.Status == Optimal) != (s.Value == s.Bound) {
		return fmt.Errorf("the status is %v with value %d and bound %d", s.Status, s.Value, s.Bound)
	}
	if s.Status < Optimal || s.Status > Stopped {
		return fmt.Errorf("the status is %v", s.Status)
	}
	if err := checkPrices(p, s); err != nil {
		return err
	}
	return checkRunnersUp(p, s)
}

func checkNoPlan(p *Problem, s *Solution) error {
	if s.RunnerUp != nil || s.Value != 0 {
		return errors.New("no plan, but a value or runners-up")
	}
	switch s.Status {
	case Stopped:
		return nil
	case Infeasible:
	default:
		return fmt.Errorf("no plan, and the status is %v", s.Status)
	}
	if s.Reason == nil || len(s.Reason.Tasks) == 0 {
		return errors.New("infeasible without a reason")
	}
	for _, t := range s.Reason.Tasks {
		if t < 0 || t >= p.Tasks() {
			return fmt.Errorf("the reason names task %d of %d", t, p.Tasks())
		}
	}
	for _, i := range s.Reason.People {
		if i < 0 || i >= p.People() {
			return fmt.Errorf("the reason names person %d of %d", i, p.People())
		}
	}
	return nil
}

// worth is what a plan is worth by the definition in the package comment.
func worth(p *Problem, person []int) (int64, error) {
	var value int64
	load := make([]int64, p.People())
	tasks := make([]int, p.People())
	stretch := make([]int, p.People())
	for t, i := range person {
		if p.Pinned != nil && p.Pinned[t] != Nobody && p.Pinned[t] != i {
			return 0, fmt.Errorf("task %d is with %d, not with %d as pinned", t, i, p.Pinned[t])
		}
		if p.Previous != nil && p.Previous[t] != Nobody && p.Previous[t] != i {
			value -= p.SwitchCost
		}
		if i == Nobody {
			if p.Leave == nil || p.Leave[t] == MustDo {
				return 0, fmt.Errorf("task %d is left undone", t)
			}
			value += p.Leave[t]
			continue
		}
		found := -1
		for e := p.Start[t]; e < p.Start[t+1]; e++ {
			if p.Person[e] == i && (p.Forbidden == nil || !p.Forbidden[e]) {
				found = e
			}
		}
		if found < 0 {
			return 0, fmt.Errorf("task %d is with %d, who may not have it", t, i)
		}
		value += p.Value[found]
		load[i] += p.Effort[found]
		tasks[i]++
		if p.Stretch != nil && p.Stretch[found] {
			stretch[i]++
		}
	}
	for i := range load {
		switch {
		case load[i] > p.Capacity[i]:
			return 0, fmt.Errorf("person %d carries %d of %d", i, load[i], p.Capacity[i])
		case p.MaxTasks != nil && p.MaxTasks[i] != NoLimit && tasks[i] > p.MaxTasks[i]:
			return 0, fmt.Errorf("person %d has %d tasks of %d", i, tasks[i], p.MaxTasks[i])
		case p.MaxStretch != nil && p.MaxStretch[i] != NoLimit && stretch[i] > p.MaxStretch[i]:
			return 0, fmt.Errorf("person %d has %d stretch tasks of %d", i, stretch[i], p.MaxStretch[i])
		}
		value -= p.Load.Cost(p.Capacity[i], load[i])
	}
	return value, nil
}

// Cost is what a person with a capacity pays for a load. [Check] uses it, and
// [Solve] does not.
func (l Load) Cost(capacity, load int64) int64 {
	var thousandths int64
	for _, s := range l.Steps {
		percent := int64(s.Percent)
		if percent >= 100 && load <= capacity {
			continue
		}
		// capacity*percent/100 without overflow, percent being below 100.
		if above := load - (capacity/100*percent + capacity%100*percent/100); above > 0 {
			thousandths += s.Price * above
		}
	}
	return (thousandths + 999) / 1000
}

func checkPrices(p *Problem, s *Solution) error {
	if s.HourPrice == nil {
		return nil
	}
	if len(s.HourPrice) != p.People() {
		return fmt.Errorf("%d hour prices for %d people", len(s.HourPrice), p.People())
	}
	for i, price := range s.HourPrice {
		if price < 0 {
			return fmt.Errorf("an hour of person %d is worth %d", i, price)
		}
	}
	return nil
}

func checkRunnersUp(p *Problem, s *Solution) error {
	if s.RunnerUp == nil {
		return nil
	}
	if len(s.RunnerUp) != p.Tasks() {
		return fmt.Errorf("%d runners-up for %d tasks", len(s.RunnerUp), p.Tasks())
	}
	for t, a := range s.RunnerUp {
		if !a.Possible {
			continue
		}
		if a.Person == s.Person[t] {
			return fmt.Errorf("person %d is their own runner-up for task %d", a.Person, t)
		}
		if a.Cost < 0 && s.Status == Optimal {
			return fmt.Errorf("the runner-up for task %d costs %d, in an optimal plan", t, a.Cost)
		}
		if a.Person == Nobody {
			if p.Leave == nil || p.Leave[t] == MustDo {
				return fmt.Errorf("the runner-up for task %d is nobody", t)
			}
			continue
		}
		e, ok := p.Pair(t, a.Person)
		if !ok || p.Forbidden != nil && p.Forbidden[e] || p.Pinned != nil && p.Pinned[t] != Nobody {
			return fmt.Errorf("the runner-up for task %d is %d, who may not have it", t, a.Person)
		}
	}
	return nil
}
