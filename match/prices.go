package match

// Prices are what people's limits cost: a unit of a person's effort, each of
// their tasks, and each of their stretch tasks.
type prices struct {
	m *model

	effort, task, stretch []int64 // by person, scaled
}

func newPrices(m *model) prices {
	n := len(m.room)
	list := make([]int64, 3*n)
	return prices{m: m, effort: list[:n:n], task: list[n : 2*n : 2*n], stretch: list[2*n:]}
}

func (p *prices) copyFrom(q *prices) {
	copy(p.effort, q.effort)
	copy(p.task, q.task)
	copy(p.stretch, q.stretch)
}

// worth is what an option is worth at the prices, scaled.
func (p *prices) worth(e int32) int64 {
	m := p.m
	i := m.person[e]
	v := m.value[e]<<m.shift - p.effort[i]*m.effort[e] - p.task[i]
	if m.stretch[e] {
		v -= p.stretch[i]
	}
	return v
}

// choice is a task's best option and its worth: an edge, or undone for leaving
// it, or where that may not be, for none that is worth more than least.
func (p *prices) choice(t int32, least int64) (edge int32, worth int64) {
	m := p.m
	edge, worth = undone, least
	if !m.must[t] {
		worth = m.leave[t] << m.shift
	}
	for e := m.start[t]; e < m.start[t+1]; e++ {
		if v := p.worth(e); v > worth {
			edge, worth = e, v
		}
	}
	return edge, worth
}
