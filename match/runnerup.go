package match

import (
	"context"
	"slices"
)

const (
	runnerUpWork  = 1 << 23 // elementary steps for all runners-up together
	runnerUpLeast = 50      // steps a pair that solving again has to be given
)

// runnersUp finds the best other choice for every task of a plan. First each
// task alone is moved, which shows what a change costs at most. A problem small
// enough is then solved again for each task, its choice ruled out, from the
// plan as it is; a choice is exact when that was solved to the end.
func runnersUp(ctx context.Context, m *model, out *Solution, best []int32, o Options, spent int64) []Alternative {
	list := make([]Alternative, m.p.Tasks())
	for t := range list {
		list[t] = Alternative{Person: Nobody, Exact: true}
	}
	m.moveAlone(best, list)
	budget := int64(runnerUpWork)
	if o.WorkLimit > 0 {
		budget = min(budget, max(0, o.WorkLimit-spent))
	}
	tasks, pairs := int64(len(m.origin)), int64(len(m.task))
	if tasks == 0 || budget/tasks < runnerUpLeast*pairs {
		return list
	}
	for _, t := range m.origin {
		if ctx.Err() != nil {
			break
		}
		work := &meter{ctx: ctx, workMax: budget / tasks, evalMax: o.IterationLimit, nodeLimit: o.NodeLimit}
		list[t] = without(work, m.p, out, int(t), list[t], o.Seed)
	}
	return list
}

// moveAlone fills in what moving one task costs while all else stays.
func (m *model) moveAlone(best []int32, list []Alternative) {
	plan := newPlan(m)
	for t, e := range best {
		if e != undone {
			plan.give(int32(t), e)
		}
	}
	value := plan.value
	for t, now := range best {
		a := &list[m.origin[t]]
		a.Exact = false
		t := int32(t)
		plan.shift(t, undone)
		try := func(person int, worth int64) {
			if cost := m.unit * (value - worth); !a.Possible || cost < a.Cost {
				a.Possible, a.Person, a.Cost = true, person, cost
			}
		}
		if now != undone && !m.must[t] {
			try(Nobody, plan.value)
		}
		for e := m.start[t]; e < m.start[t+1]; e++ {
			if e == now || !plan.fits(e) {
				continue
			}
			plan.give(t, e)
			try(int(m.person[e]), plan.value)
			plan.take(t)
		}
		plan.shift(t, now)
	}
}

// without solves a problem again with what a plan chose for one task ruled out;
// it is known when there is nothing better than the alternative so far.
func without(work *meter, p *Problem, s *Solution, task int, known Alternative, seed uint64) Alternative {
	q := *p
	if i := s.Person[task]; i == Nobody {
		q.Leave = slices.Clone(p.Leave)
		q.Leave[task] = MustDo
	} else {
		e, _ := p.Pair(task, i)
		q.Forbidden = make([]bool, p.Pairs())
		copy(q.Forbidden, p.Forbidden)
		q.Forbidden[e] = true
	}
	again := solve(work, &q, Options{Seed: seed, WarmStart: s.Person, NoRunnersUp: true})
	switch {
	case again.Status == Infeasible:
		return Alternative{Person: Nobody, Exact: true}
	case !again.Found():
		return known
	}
	a := Alternative{Possible: true, Person: again.Person[task], Cost: s.Value - again.Value, Exact: again.Status == Optimal}
	if known.Possible && known.Cost <= a.Cost {
		known.Exact = a.Exact && known.Cost == a.Cost
		return known
	}
	return a
}
