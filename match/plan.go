package match

// undone stands where an edge is expected for a task that is left undone; for
// a task that must be done it is then missing, and the plan is none yet.
const undone = -1

// A plan is who has what, with what room is left. Plans are compared by score.
type plan struct {
	m    *model
	edge []int32 // by task, or undone

	room, load       []int64 // by person
	slots, stretches []int32
	members          [][]int32 // by person: their tasks
	place            []int32   // by task: where in its person's members

	value   int64 // less load penalties; missing tasks count 0
	missing int
}

func newPlan(m *model) *plan {
	people := len(m.room)
	p := &plan{
		m: m, edge: make([]int32, len(m.origin)), place: make([]int32, len(m.origin)),
		room: make([]int64, people), load: make([]int64, people),
		slots: make([]int32, people), stretches: make([]int32, people), members: make([][]int32, people),
	}
	p.clear()
	return p
}

// clear leaves every task undone.
func (p *plan) clear() {
	m := p.m
	copy(p.room, m.room)
	copy(p.slots, m.slots)
	copy(p.stretches, m.stretches)
	clear(p.load)
	p.value, p.missing = 0, 0
	for i := range p.members {
		p.members[i] = p.members[i][:0]
		p.value -= p.penalty(int32(i), 0)
	}
	for t := range p.edge {
		p.edge[t] = undone
		if m.must[t] {
			p.missing++
		} else {
			p.value += m.leave[t]
		}
	}
}

func (p *plan) penalty(i int32, load int64) int64 {
	if p.m.penalty == nil {
		return 0
	}
	return p.m.penalty[i].whole(load)
}

// fits says whether a person has room for an edge of theirs.
func (p *plan) fits(e int32) bool {
	m := p.m
	i := m.person[e]
	return m.effort[e] <= p.room[i] && p.slots[i] > 0 && (!m.stretch[e] || p.stretches[i] > 0)
}

// fitsFor is fits once the person has given another edge away.
func (p *plan) fitsFor(e, gone int32) bool {
	m := p.m
	i := m.person[e]
	return m.effort[e] <= p.room[i]+m.effort[gone] &&
		(!m.stretch[e] || m.stretch[gone] || p.stretches[i] > 0)
}

// worth is an option's part of the score, before load penalties.
func (p *plan) worth(t, e int32) int64 {
	switch {
	case e != undone:
		return p.m.value[e]
	case p.m.must[t]:
		return -p.m.big
	}
	return p.m.leave[t]
}

// give gives a task that is undone to a person, by its edge.
func (p *plan) give(t, e int32) {
	p.account(t, e, 1)
	i := p.m.person[e]
	p.edge[t] = e
	p.place[t] = int32(len(p.members[i]))
	p.members[i] = append(p.members[i], t)
}

// take leaves a task that somebody has undone.
func (p *plan) take(t int32) {
	e := p.edge[t]
	p.account(t, e, -1)
	i := p.m.person[e]
	list := p.members[i]
	last := list[len(list)-1]
	list[p.place[t]] = last
	p.place[last] = p.place[t]
	p.members[i] = list[:len(list)-1]
	p.edge[t] = undone
}

// shift changes a task's option.
func (p *plan) shift(t, e int32) {
	if p.edge[t] != undone {
		p.take(t)
	}
	if e != undone {
		p.give(t, e)
	}
}

func (p *plan) account(t, e int32, sign int64) {
	m := p.m
	i := m.person[e]
	p.value += p.penalty(i, p.load[i])
	p.room[i] -= sign * m.effort[e]
	p.load[i] += sign * m.effort[e]
	p.value -= p.penalty(i, p.load[i])
	if m.slots[i] != unlimited {
		p.slots[i] -= int32(sign)
	}
	if m.stretch[e] && m.stretches[i] != unlimited {
		p.stretches[i] -= int32(sign)
	}
	p.value += sign * m.value[e]
	if m.must[t] {
		p.missing -= int(sign)
	} else {
		p.value -= sign * m.leave[t]
	}
}

// change is what a person's load penalty falls by when their load grows.
func (p *plan) change(i int32, more int64) int64 {
	if p.m.penalty == nil || more == 0 {
		return 0
	}
	return p.m.penalty[i].whole(p.load[i]) - p.m.penalty[i].whole(p.load[i]+more)
}
