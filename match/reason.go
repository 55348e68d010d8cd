package match

import "context"

// pinsTooMuch names what is pinned to a person who is over a limit.
func pinsTooMuch(m *model, person int) *Reason {
	p := m.p
	r := &Reason{
		Why: PinsTooMuch, People: []int{person}, Limit: OfEffort,
		Need: m.pinnedLoad[person], Have: p.Capacity[person],
	}
	switch {
	case m.room[person] < 0:
	case m.slots[person] < 0:
		r.Limit, r.Have = OfTasks, int64(p.MaxTasks[person])
	default:
		r.Limit, r.Have = OfStretch, int64(p.MaxStretch[person])
	}
	for t, i := range p.Pinned {
		if i != person {
			continue
		}
		if e, _ := p.Pair(t, i); r.Limit != OfStretch || p.Stretch[e] {
			r.Tasks = append(r.Tasks, t)
		}
	}
	if r.Limit != OfEffort {
		r.Need = int64(len(r.Tasks))
	}
	return r
}

// noCandidate names the people who might have a task if their limits allowed
// it: the room, or where somebody has that, the numbers.
func noCandidate(m *model, task int) *Reason {
	p := m.p
	r := &Reason{Why: NoCandidate, Tasks: []int{task}, Limit: OfEffort}
	for e := p.Start[task]; e < p.Start[task+1]; e++ {
		if p.Forbidden != nil && p.Forbidden[e] {
			continue
		}
		i := p.Person[e]
		if len(r.People) == 0 || p.Effort[e] < r.Need {
			r.Need = p.Effort[e]
		}
		r.People = append(r.People, i)
		r.Have = max(r.Have, m.room[i])
		switch {
		case p.Effort[e] > m.room[i]:
		case m.slots[i] <= 0:
			r.Limit = max(r.Limit, OfTasks)
		default:
			r.Limit = OfStretch
		}
	}
	if r.Limit != OfEffort {
		r.Need, r.Have = 1, 0
	}
	return r
}

// tooMuch names tasks that cannot all be done although each of them can, who
// may have them, and what they have left beside what is pinned to them.
func tooMuch(m *model) *Reason {
	r := &Reason{Why: TooMuch, Limit: OfEffort}
	may := make([]bool, m.p.People())
	for t, must := range m.must {
		if !must {
			continue
		}
		least := int64(limit)
		for e := m.start[t]; e < m.start[t+1]; e++ {
			i := m.person[e]
			may[i] = true
			least = min(least, m.effort[e]*m.grain[i])
		}
		r.Tasks = append(r.Tasks, int(m.origin[t]))
		r.Need += least
	}
	for i, yes := range may {
		if yes {
			r.People = append(r.People, i)
			r.Have += m.p.Capacity[i] - m.pinnedLoad[i]
		}
	}
	return r
}

const reasonWork = 1 << 23 // elementary steps for looking for fewer tasks, and for the limit

// why says why a model has no plan: the fewest tasks, and the limit, as far as
// the work allows.
func why(ctx context.Context, m *model) *Reason {
	work := &meter{ctx: ctx, workMax: reasonWork}
	q := irreducible(work, m)
	r := tooMuch(q)
	free := *q.p
	for _, kind := range []struct {
		limits *[]int
		of     Limit
	}{{&free.MaxStretch, OfStretch}, {&free.MaxTasks, OfTasks}} {
		if *kind.limits == nil {
			continue
		}
		*kind.limits = nil
		if found, _ := feasible(work, &free); found {
			r.Limit = kind.of
			break
		}
	}
	return r
}

// irreducible leaves out of a model without a plan the tasks that it has none
// without, one after the other, as far as the work allows: of the tasks that
// then have to be done all but any one can be done, where that was proven.
func irreducible(work *meter, m *model) *model {
	q := *m.p
	q.Value, q.Load, q.SwitchCost = make([]int64, q.Pairs()), Load{}, 0
	q.Leave = make([]int64, q.Tasks())
	for t, must := range m.must {
		if must {
			q.Leave[m.origin[t]] = MustDo
		}
	}
	for t, must := range m.must {
		if !must {
			continue
		}
		if work.spent() {
			break
		}
		q.Leave[m.origin[t]] = 0
		work.work += int64(len(m.task))
		if _, none := feasible(work, &q); !none {
			q.Leave[m.origin[t]] = MustDo
		}
	}
	if fewer, why := newModel(&q); why == nil {
		return fewer
	}
	return m
}

// feasible says whether a problem is known to have a plan, and whether it is
// proven to have none.
func feasible(work *meter, p *Problem) (found, none bool) {
	m, why := newModel(p)
	if why != nil {
		return false, true
	}
	s := newSearch(work, m, 0)
	s.firstFound = true
	s.begin(newCapacityDual(m), startFrom(m, nil))
	if s.solve(); s.best != nil {
		work.stopped = false // by the first plan, not by a limit
		return true, false
	}
	return false, s.bound < m.least
}
