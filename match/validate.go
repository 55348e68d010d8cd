package match

import (
	"fmt"
	"math"
)

// limit is what sums of values, efforts and penalties stay below, so that no
// sum or scaled multiplier inside the solver overflows.
const limit = 1 << 60

// Validate says what is wrong with the problem's form or size; the error wraps
// ErrInvalid. A valid problem may still have no plan. The size limits: let the
// spread of a task be its best less its worst value plus SwitchCost, and R the
// sum of all spreads and of the largest load penalties. Then (tasks+1) * (R+1)
// plus the sum of absolute values is below 2^60, and so are
// (pairs+tasks+1) * (widest spread + 1) * 2 and the sum of all efforts.
func (p *Problem) Validate() error {
	for _, rule := range []func(*Problem) error{shape, pairsInOrder, choices, limits, sizes} {
		if err := rule(p); err != nil {
			return fmt.Errorf("%w: %w", ErrInvalid, err)
		}
	}
	return nil
}

func shape(p *Problem) error {
	if len(p.Start) == 0 && len(p.Person) > 0 {
		return fmt.Errorf("Start is empty, but there are %d pairs", len(p.Person))
	}
	if len(p.Start) > 0 && (p.Start[0] != 0 || p.Start[len(p.Start)-1] != len(p.Person)) {
		return fmt.Errorf("Start goes from %d to %d, not from 0 to %d pairs",
			p.Start[0], p.Start[len(p.Start)-1], len(p.Person))
	}
	for t := range p.Tasks() {
		if p.Start[t+1] < p.Start[t] {
			return fmt.Errorf("Start goes down at task %d", t)
		}
	}
	tasks, people, pairs := p.Tasks(), p.People(), p.Pairs()
	for _, s := range []struct {
		name      string
		has, want int
		optional  bool
	}{
		{"Value", len(p.Value), pairs, false},
		{"Effort", len(p.Effort), pairs, false},
		{"Stretch", len(p.Stretch), pairs, p.Stretch == nil},
		{"Forbidden", len(p.Forbidden), pairs, p.Forbidden == nil},
		{"Leave", len(p.Leave), tasks, p.Leave == nil},
		{"Pinned", len(p.Pinned), tasks, p.Pinned == nil},
		{"Previous", len(p.Previous), tasks, p.Previous == nil},
		{"MaxTasks", len(p.MaxTasks), people, p.MaxTasks == nil},
		{"MaxStretch", len(p.MaxStretch), people, p.MaxStretch == nil},
	} {
		if s.has != s.want && !s.optional {
			return fmt.Errorf("%s has %d entries, not %d", s.name, s.has, s.want)
		}
	}
	if tasks > math.MaxInt32 || people > math.MaxInt32 || pairs > math.MaxInt32 {
		return fmt.Errorf("more than %d tasks, people or pairs", math.MaxInt32)
	}
	return nil
}

func pairsInOrder(p *Problem) error {
	for t := range p.Tasks() {
		before := -1
		for e := p.Start[t]; e < p.Start[t+1]; e++ {
			switch i := p.Person[e]; {
			case i < 0 || i >= p.People():
				return fmt.Errorf("task %d names person %d of %d", t, i, p.People())
			case i == before:
				return fmt.Errorf("task %d names person %d twice", t, i)
			case i < before:
				return fmt.Errorf("task %d names person %d after %d", t, i, before)
			default:
				before = i
			}
			if p.Effort[e] < 0 {
				return fmt.Errorf("task %d takes person %d an effort of %d", t, p.Person[e], p.Effort[e])
			}
		}
	}
	return nil
}

func choices(p *Problem) error {
	for t := range p.Tasks() {
		if p.Pinned != nil && p.Pinned[t] != Nobody {
			i := p.Pinned[t]
			e, ok := p.Pair(t, i)
			if !ok {
				return fmt.Errorf("task %d is pinned to person %d, who is no candidate", t, i)
			}
			if p.Forbidden != nil && p.Forbidden[e] {
				return fmt.Errorf("task %d is pinned to person %d and forbidden to them", t, i)
			}
		}
		if p.Previous != nil && (p.Previous[t] < Nobody || p.Previous[t] >= p.People()) {
			return fmt.Errorf("task %d was with person %d of %d", t, p.Previous[t], p.People())
		}
	}
	return nil
}

func limits(p *Problem) error {
	for i, c := range p.Capacity {
		if c < 0 {
			return fmt.Errorf("person %d has a capacity of %d", i, c)
		}
		if p.MaxTasks != nil && p.MaxTasks[i] < NoLimit {
			return fmt.Errorf("person %d may have %d tasks", i, p.MaxTasks[i])
		}
		if p.MaxStretch != nil && p.MaxStretch[i] < NoLimit {
			return fmt.Errorf("person %d may have %d stretch tasks", i, p.MaxStretch[i])
		}
	}
	for k, s := range p.Load.Steps {
		if s.Percent < 0 || s.Price < 0 {
			return fmt.Errorf("step %d of the load has percent %d and price %d", k, s.Percent, s.Price)
		}
	}
	if p.SwitchCost < 0 {
		return fmt.Errorf("a switch costs %d", p.SwitchCost)
	}
	return nil
}

func sizes(p *Problem) error {
	effort := make([]int64, p.People())
	var spread, widest, size, work int64
	for t := range p.Tasks() {
		low, high := int64(math.MaxInt64), int64(math.MinInt64)
		if p.Leave != nil && p.Leave[t] != MustDo {
			low, high = p.Leave[t], p.Leave[t]
		}
		for e := p.Start[t]; e < p.Start[t+1]; e++ {
			low, high = min(low, p.Value[e]), max(high, p.Value[e])
			effort[p.Person[e]] = upTo(effort[p.Person[e]], p.Effort[e])
			work = upTo(work, p.Effort[e])
		}
		if low > high {
			continue
		}
		if low <= -limit || high >= limit {
			return fmt.Errorf("task %d has values from %d to %d, out of range", t, low, high)
		}
		size = upTo(size, max(-low, high))
		wide := upTo(high-low, p.SwitchCost)
		spread, widest = upTo(spread, wide), max(widest, wide)
	}
	for i := range effort {
		for _, s := range p.Load.Steps {
			spread = upTo(spread, times(s.Price, min(effort[i], p.Capacity[i]))/1000+1)
			work = upTo(work, times(s.Price, min(effort[i], p.Capacity[i])))
		}
	}
	if upTo(size, times(int64(p.Tasks()+1), upTo(spread, 1))) >= limit {
		return fmt.Errorf("the values are too large: a spread of %d over %d tasks", spread, p.Tasks())
	}
	if times(int64(p.Pairs()+p.Tasks()+1), upTo(widest, 1)) >= limit/2 {
		return fmt.Errorf("the values are too large: a spread of %d over %d pairs", widest, p.Pairs())
	}
	if work >= limit {
		return fmt.Errorf("the efforts, or efforts times load prices, are too large: %d", work)
	}
	return nil
}

// upTo adds two numbers that are not negative, up to limit.
func upTo(a, b int64) int64 {
	if a >= limit-b {
		return limit
	}
	return a + b
}

// times multiplies two numbers that are not negative, up to limit.
func times(a, b int64) int64 {
	if a != 0 && b > limit/a {
		return limit
	}
	return a * b
}
