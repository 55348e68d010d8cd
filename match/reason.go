package match

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
