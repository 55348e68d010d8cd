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

// tooMuch names tasks that cannot all be done although each of them can.
func tooMuch(ctx context.Context, m *model) *Reason {
	r := &Reason{Why: TooMuch}
	for t, must := range m.must {
		if must {
			r.Tasks = append(r.Tasks, int(m.origin[t]))
		}
	}
	_ = ctx
	return r
}
