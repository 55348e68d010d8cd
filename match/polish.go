package match

import (
	"cmp"
	"slices"
)

// A polisher builds plans from prices and improves them by local search:
// another option for one task (shift), or one whose place is made by giving
// another task a new option (ejection; a swap is the case where both change
// places).
type polisher struct {
	*meter
	m     *model
	order []int32
	worth []int64
}

func newPolisher(m *model, work *meter) *polisher {
	return &polisher{meter: work, m: m, worth: make([]int64, len(m.origin))}
}

// fill gives the undone tasks to people with room, the most urgent first: the
// ones that lose most, at the prices of efforts, without their best option.
func (o *polisher) fill(p *plan, price func(i int32) int64) {
	o.order = o.order[:0]
	for t, e := range p.edge {
		if e != undone {
			continue
		}
		best, second := o.twoBest(p, int32(t), price)
		if best < 0 {
			continue
		}
		o.worth[t] = o.priced(int32(t), best, price) - o.priced(int32(t), second, price)
		o.order = append(o.order, int32(t))
	}
	slices.SortFunc(o.order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(o.worth[b], o.worth[a]), cmp.Compare(a, b))
	})
	for _, t := range o.order {
		if best, _ := o.twoBest(p, t, price); best >= 0 {
			p.give(t, best)
		}
	}
}

// push makes room for missing tasks by ejections.
func (o *polisher) push(p *plan, steps *int64) {
	for t, e := range p.edge {
		if e == undone && o.m.must[t] && *steps > 0 {
			o.eject(p, int32(t), steps)
		}
	}
}

// priced is what an option is worth at prices of effort, scaled; a task without
// one is urgent in proportion to all that any task is worth.
func (o *polisher) priced(t, e int32, price func(i int32) int64) int64 {
	m := o.m
	switch {
	case e >= 0:
		return m.value[e]<<m.shift - price(m.person[e])*m.effort[e]
	case !m.must[t]:
		return m.leave[t] << m.shift
	}
	return m.floor
}

// twoBest are a task's best options that fit, by priced worth; undone stands
// for leaving it, and for none.
func (o *polisher) twoBest(p *plan, t int32, price func(i int32) int64) (best, second int32) {
	m := o.m
	best, second = undone, undone
	b := o.priced(t, undone, price)
	s := b
	for e := m.start[t]; e < m.start[t+1]; e++ {
		if !p.fits(e) {
			continue
		}
		v := o.priced(t, e, price)
		if v > b || best == undone && m.must[t] {
			best, second = e, best
			b, s = v, b
		} else if v > s {
			second, s = e, v
		}
	}
	return best, second
}

// improve runs the local search until nothing helps or steps are used up, and
// returns the steps left.
func (o *polisher) improve(p *plan, steps int64) int64 {
	for better := true; better && steps > 0 && !o.spent(); {
		better = false
		for t := range p.edge {
			if t%64 == 0 && o.spent() {
				return steps
			}
			for o.shift(p, int32(t), &steps) {
				better = true
			}
		}
		if better {
			continue
		}
		for t := range p.edge {
			if o.eject(p, int32(t), &steps) {
				better = true
			}
			if steps <= 0 || t%64 == 0 && o.spent() {
				break
			}
		}
	}
	return steps
}

// shift gives a task its best other option that fits, if that helps.
func (o *polisher) shift(p *plan, t int32, steps *int64) bool {
	m := o.m
	now := p.edge[t]
	base := -p.worth(t, now)
	if now != undone {
		base += p.change(m.person[now], -m.effort[now])
	}
	best, gain := now, int64(0)
	if now != undone && !m.must[t] && base+m.leave[t] > gain {
		best, gain = undone, base+m.leave[t]
	}
	*steps -= int64(m.start[t+1] - m.start[t])
	for e := m.start[t]; e < m.start[t+1]; e++ {
		if base+m.value[e] <= gain || e == now || !p.fits(e) {
			continue
		}
		if g := base + m.value[e] + p.change(m.person[e], m.effort[e]); g > gain {
			best, gain = e, g
		}
	}
	if gain == 0 {
		return false
	}
	p.shift(t, best)
	return true
}

// A push is a task's new option and another task's new option that makes room.
type push struct {
	edge, other, otherEdge int32
	gain                   int64
}

// eject finds the best push for a task and does it.
func (o *polisher) eject(p *plan, t int32, steps *int64) bool {
	m := o.m
	now := p.edge[t]
	best := push{gain: 0}
	for e := m.start[t]; e < m.start[t+1]; e++ {
		k := m.person[e]
		if e == now {
			continue
		}
		own := m.value[e] - p.worth(t, now)
		for _, other := range p.members[k] {
			*steps--
			gone := p.edge[other]
			if !p.fitsFor(e, gone) {
				continue
			}
			if m.penalty == nil && own+m.top[other]-m.value[gone] <= best.gain {
				continue
			}
			o.reseat(p, t, e, other, own, &best, steps)
		}
	}
	if best.gain <= 0 {
		return false
	}
	if now != undone {
		p.take(t)
	}
	p.shift(best.other, best.otherEdge)
	p.give(t, best.edge)
	return true
}

// reseat looks for the best new option of other, whose place t takes by edge e.
func (o *polisher) reseat(p *plan, t, e, other int32, own int64, best *push, steps *int64) {
	m := o.m
	now, gone := p.edge[t], p.edge[other]
	k := m.person[e]
	base := own - m.value[gone] + p.change(k, m.effort[e]-m.effort[gone])
	left := int64(0)
	from := int32(Nobody)
	if now != undone {
		from = m.person[now]
		left = p.change(from, -m.effort[now])
	}
	if g := base + left; !m.must[other] && g+m.leave[other] > best.gain {
		*best = push{e, other, undone, g + m.leave[other]}
	}
	*steps -= int64(m.start[other+1] - m.start[other])
	for f := m.start[other]; f < m.start[other+1]; f++ {
		l := m.person[f]
		if l == k || m.penalty == nil && base+m.value[f] <= best.gain {
			continue
		}
		g := base + m.value[f]
		if l == from {
			if !p.fitsFor(f, now) {
				continue
			}
			g += p.change(l, m.effort[f]-m.effort[now])
		} else {
			if !p.fits(f) {
				continue
			}
			g += left + p.change(l, m.effort[f])
		}
		if g > best.gain {
			*best = push{e, other, f, g}
		}
	}
}
