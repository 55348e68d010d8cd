package match

import "math/bits"

// A capacityDual relaxes the people's limits instead of the tasks': a unit of
// a person's effort has a price, and so have their tasks and stretch tasks;
// every task takes its best option at these prices. One evaluation is one pass
// over the pairs, and its bound is that of the linear relaxation. It gives the
// prices of hours and good first prices of tasks.
type capacityDual struct {
	prices
	used, tasks, stretches []int64 // by person, by the choices
	want                   []int64 // effort that pays at the price, less penalties
	top                    int64   // largest price times room

	best int64 // least bound so far
	at   prices
}

func newCapacityDual(m *model) *capacityDual {
	n := len(m.room)
	return &capacityDual{
		prices: newPrices(m), at: newPrices(m), top: limit / int64(n+1),
		used: make([]int64, n), tasks: make([]int64, n), stretches: make([]int64, n), want: make([]int64, n),
	}
}

// evaluate lets every task choose; the result is a bound on every plan.
func (c *capacityDual) evaluate() int64 {
	m := c.m
	clear(c.used)
	clear(c.tasks)
	clear(c.stretches)
	var sum int64
	for t := range m.origin {
		e, worth := c.choice(int32(t), m.floor)
		sum += worth
		if e < 0 {
			continue
		}
		i := m.person[e]
		c.used[i] += m.effort[e]
		c.tasks[i]++
		if m.stretch[e] {
			c.stretches[i]++
		}
	}
	for i := range m.room {
		sum += c.slack(i)
	}
	return sum
}

// slack is what a person's limits are worth at their prices: the most that
// price*y - penalty(y) can be for an effort y within the room, and so on.
func (c *capacityDual) slack(i int) int64 {
	m := c.m
	worth := c.task[i]*int64(m.slots[i]) + c.stretch[i]*int64(m.stretches[i])
	if m.penalty == nil {
		c.want[i] = m.room[i]
		return worth + c.effort[i]*m.room[i]
	}
	k := packer{shift: m.shift, bag: bag{penalty: &m.penalty[i]}}
	gain, want := -k.convexCost(0), int64(0)
	for n := -1; n < len(m.penalty[i].bend); n++ {
		y := m.room[i]
		if n >= 0 {
			y = m.penalty[i].bend[n]
		}
		if y <= 0 || y > m.room[i] {
			continue
		}
		if g := c.effort[i]*y - k.convexCost(y); g > gain {
			gain, want = g, y
		}
	}
	c.want[i] = want
	return worth + gain
}

// step moves the prices against the excess of each limit, relative to the
// limit, as far as would lower the bound by delta if it was linear; it is false
// when there is nothing to move.
func (c *capacityDual) step(delta int64) bool {
	norm := int64(0)
	c.each(func(price *int64, over, size int64) {
		r := relative(*price, over, size)
		norm += r * r
	})
	if norm == 0 {
		return false
	}
	c.each(func(price *int64, over, size int64) {
		r := relative(*price, over, size)
		move := max(1, mulDiv(delta, max(r, -r)<<10, norm)/(size+1))
		move *= sign(r)
		*price = max(0, min(*price+move, c.top/(size+1)))
	})
	return true
}

// each visits the price of every limit, how far the use is over what pays at
// that price, and the limit.
func (c *capacityDual) each(visit func(price *int64, over, size int64)) {
	for i := range c.m.room {
		visit(&c.effort[i], c.used[i]-c.want[i], c.m.room[i])
		if s := c.m.slots[i]; s != unlimited {
			visit(&c.task[i], c.tasks[i]-int64(s), int64(s))
		}
		if s := c.m.stretches[i]; s != unlimited {
			visit(&c.stretch[i], c.stretches[i]-int64(s), int64(s))
		}
	}
}

// relative is over/size in 1/1024, within bounds; 0 for a price of 0 that
// would have to fall.
func relative(price, over, size int64) int64 {
	if price == 0 && over < 0 {
		return 0
	}
	const most = 1 << 16
	if over > size*(most>>10) {
		return most
	}
	return max(-most, mulDiv(max(over, -over), 1024, size+1)*sign(over))
}

func sign(x int64) int64 {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	}
	return 0
}

// mulDiv is a*b/c for numbers that are not negative, at most 2^62.
func mulDiv(a, b, c int64) int64 {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	if hi >= uint64(c) {
		return 1 << 62
	}
	q, _ := bits.Div64(hi, lo, uint64(c))
	return int64(min(q, 1<<62))
}

// descend lowers the bound from the prices it is at, and returns to the best.
// No plan is worth less than value; a step aims at a part of what lies between,
// larger after a good gain and smaller after several without.
func (c *capacityDual) descend(work *meter, steps int, value int64) {
	level := c.evaluate()
	c.best = level
	c.at.copyFrom(&c.prices)
	delta, stale := max(1, (level-value)/8), 0
	for range steps {
		work.work += int64(len(c.m.task))
		if delta < 1<<c.m.shift/64 || work.spent() || !c.step(delta) {
			break
		}
		level = c.evaluate()
		gain := c.best - level
		if gain > delta/4 {
			delta = delta * 3 / 2
		}
		if gain > 0 {
			c.best, stale = level, 0
			c.at.copyFrom(&c.prices)
			continue
		}
		if stale++; stale == 8 {
			delta, stale = delta/2, 0
			c.copyFrom(&c.at)
			c.evaluate()
		}
	}
	c.copyFrom(&c.at)
}

// taskPrice is what a task earns at the present prices: a price of the task at
// which everybody's continuous relaxation agrees with this dual.
func (c *capacityDual) taskPrice(t int32) int64 {
	_, worth := c.choice(t, c.m.floor)
	return worth
}

// hours is what 60 more units of each person's effort would be worth.
func (c *capacityDual) hours() []int64 {
	out := make([]int64, len(c.effort))
	for i, price := range c.effort {
		out[i] = mulDiv(mulDiv(price, c.m.unit, c.m.grain[i]), 60, 1<<c.m.shift)
	}
	return out
}
