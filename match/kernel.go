package match

// A kernel is what a board leaves open, as a model of its own: smaller, and with
// the same scale, so that prices and values are those of the whole.
type kernel struct {
	*model
	from []int32 // by edge, the edge of the whole
	done int64   // value of what the board has decided
}

// kernelOf takes what is open on the board.
func kernelOf(m *model, b *board) *kernel {
	people := len(m.room)
	k := &kernel{model: &model{
		p: m.p, unit: 1, shift: m.shift, floor: m.floor, big: m.big,
		room: append([]int64(nil), b.room...), slots: append([]int32(nil), b.slots...),
		stretches: append([]int32(nil), b.stretches...), grain: m.grain,
	}, done: b.value}
	for t := range m.origin {
		if b.decided[t] {
			continue
		}
		k.origin = append(k.origin, int32(t))
		k.start = append(k.start, int32(len(k.task)))
		k.must = append(k.must, b.leave[t] != free)
		k.leave = append(k.leave, m.leave[t])
		for e := m.start[t]; e < m.start[t+1]; e++ {
			if b.edge[e] == free {
				k.from = append(k.from, e)
				k.task = append(k.task, int32(len(k.origin)-1))
				k.person = append(k.person, m.person[e])
				k.value = append(k.value, m.value[e])
				k.effort = append(k.effort, m.effort[e])
				k.stretch = append(k.stretch, m.stretch[e])
			}
		}
	}
	k.start = append(k.start, int32(len(k.task)))
	k.group(people)
	if m.penalty != nil {
		k.penalty = make([]penalty, people)
		for i, q := range m.penalty {
			for n, bend := range q.bend {
				k.penalty[i].bend = append(k.penalty[i].bend, bend-b.load[i])
				k.penalty[i].price = append(k.penalty[i].price, q.price[n])
			}
		}
	}
	k.setTop()
	for i := range k.penalty {
		k.least -= k.penalty[i].whole(k.room[i])
	}
	return k
}

// inside solves what the search's board leaves open, from the dual's best
// prices, for plans better than the best known, until the work is done; it is
// true when there are none but what it found.
func (s *search) inside(until int64) bool {
	k := kernelOf(s.m, s.b)
	q := newSearch(s.meter, k.model, uint64(s.draw.below(1<<30)))
	q.until = min(until, s.until)
	q.low = max(q.low, s.low-k.done)
	q.inner = true
	for t, origin := range k.origin {
		q.d.u[t] = q.d.within(int32(t), s.d.at[origin])
	}
	q.solve()
	if q.best == nil {
		return q.bound <= q.low
	}
	s.plan.clear()
	for e, fate := range s.b.edge {
		if fate == in {
			s.plan.give(s.m.task[e], int32(e))
		}
	}
	for t, e := range q.best {
		if e != undone {
			s.plan.give(k.origin[t], k.from[e])
		}
	}
	s.offer()
	return q.bound <= q.low
}
