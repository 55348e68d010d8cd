package match

import "context"

// pinsTooMuch names what is pinned to a person who is over a limit.
func pinsTooMuch(p *Problem, person int, load int64) *Reason {
	r := &Reason{Why: PinsTooMuch, People: []int{person}, Need: load, Have: p.Capacity[person]}
	for t, i := range p.Pinned {
		if i == person {
			r.Tasks = append(r.Tasks, t)
		}
	}
	return r
}

// noCandidate names the people who might have a task if they had the room.
func noCandidate(p *Problem, task int, room []int64) *Reason {
	r := &Reason{Why: NoCandidate, Tasks: []int{task}}
	for e := p.Start[task]; e < p.Start[task+1]; e++ {
		if p.Forbidden != nil && p.Forbidden[e] {
			continue
		}
		i := p.Person[e]
		if len(r.People) == 0 || p.Effort[e] < r.Need {
			r.Need = p.Effort[e]
		}
		r.People = append(r.People, i)
		r.Have = max(r.Have, room[i])
	}
	return r
}

// tooMuch names tasks that cannot all be done although each of them can, who
// may have them, and what they have left beside what is pinned to them.
func tooMuch(m *model) *Reason {
	r := &Reason{Why: TooMuch}
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

const reasonWork = 1 << 23 // elementary steps for looking for fewer tasks

// irreducible leaves out of a model without a plan the tasks that it has none
// without, one after the other, as far as the work allows: of the tasks that
// then have to be done all but any one can be done, where that was proven.
func irreducible(ctx context.Context, m *model) *model {
	q := *m.p
	q.Value, q.Load, q.SwitchCost = make([]int64, q.Pairs()), Load{}, 0
	q.Leave = make([]int64, q.Tasks())
	for t, must := range m.must {
		if must {
			q.Leave[m.origin[t]] = MustDo
		}
	}
	work := &meter{ctx: ctx, workMax: reasonWork}
	for t, must := range m.must {
		if !must {
			continue
		}
		if work.spent() {
			break
		}
		q.Leave[m.origin[t]] = 0
		work.work += int64(len(m.task))
		if !impossible(work, &q) {
			q.Leave[m.origin[t]] = MustDo
		}
	}
	if fewer, why := newModel(&q); why == nil {
		return fewer
	}
	return m
}

// impossible says whether it is proven that a problem has no plan.
func impossible(work *meter, p *Problem) bool {
	m, why := newModel(p)
	if why != nil {
		return true
	}
	s := newSearch(work, m, 0)
	s.firstFound = true
	s.begin(newCapacityDual(m), startFrom(m, nil))
	if s.solve(); s.best != nil {
		work.stopped = false // by the first plan, not by a limit
		return false
	}
	return s.bound < m.least
}
