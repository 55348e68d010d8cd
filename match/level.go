package match

import "math/bits"

// A set is tasks a person could have, and what they are worth to the plan.
type set struct {
	tasks uint64
	worth int64 // less the load penalty and what the tasks cost, scaled
}

// A level is a node of the search: what it was left with.
type level struct {
	sets  []set
	end   []int32         // by person: one past their last set
	price [mostBits]int64 // by bit
	bound int64           // at these prices
	ways  []way
}

// reprice sets the prices of a level and the worth of its sets.
func (l *level) reprice(to *[mostBits]int64) {
	var change [mostBits]int64
	moved := uint64(0)
	for n, price := range l.price {
		if change[n] = to[n] - price; change[n] != 0 {
			moved |= 1 << n
		}
	}
	l.price = *to
	for n := range l.sets {
		set := &l.sets[n]
		for b := set.tasks & moved; b != 0; b &= b - 1 {
			set.worth -= change[bits.TrailingZeros64(b)]
		}
	}
}

// keep keeps some sets.
func (l *level) keep(which func(i int, set *set) bool) {
	from, kept := int32(0), int32(0)
	for i, end := range l.end {
		for n := from; n < end; n++ {
			if which(i, &l.sets[n]) {
				l.sets[kept] = l.sets[n]
				kept++
			}
		}
		from = end
		l.end[i] = kept
	}
	l.sets = l.sets[:kept]
}

// cover is the tasks that some of a person's sets hold, and that every one
// does; with no set left it is none and all.
func (l *level) cover(i int) (some, every uint64) {
	from := int32(0)
	if i > 0 {
		from = l.end[i-1]
	}
	every = 1<<64 - 1
	for n := from; n < l.end[i]; n++ {
		some |= l.sets[n].tasks
		every &= l.sets[n].tasks
	}
	return some, every
}

// evaluate is the bound at a level's prices; it fills in hits, best and pick.
func (x *partition) evaluate(l *level) int64 {
	sum := x.s.b.value << x.s.m.shift
	for n := range x.task {
		x.hits[n] = 0
		sum += max(l.price[n], x.leave[n])
	}
	from := int32(0)
	for i, end := range l.end {
		best, where := int64(-1<<62), from
		for n := from; n < end; n++ {
			if worth := l.sets[n].worth; worth > best {
				best, where = worth, n
			}
		}
		pick := l.sets[where].tasks
		x.best[i], x.pick[i] = best, pick
		sum += best
		for b := pick; b != 0; b &= b - 1 {
			x.hits[bits.TrailingZeros64(b)]++
		}
		from = end
	}
	x.s.evals++
	x.s.work += int64(len(l.sets) + len(x.task))
	return sum
}

// lower lowers a level's bound and leaves it at its best prices; it is false
// when nothing there is worth more than the cut, or what is was offered.
func (x *partition) lower(l *level, steps int) bool {
	m := x.s.m
	l.bound = x.evaluate(l)
	best := l.price
	clear(x.slope[:])
	aim, stale := max(1, l.bound-x.cut<<m.shift), 0
	for range steps {
		if l.bound>>m.shift <= x.cut {
			return false
		}
		norm := x.turn(l)
		if norm == 0 {
			x.offer()
			return false
		}
		x.here = best
		for n, g := range x.slope[:len(x.task)] {
			change := sign(g) * min(limit, mulDiv(aim, 8*max(g, -g), norm))
			x.here[n] = x.s.d.within(x.task[n], best[n]-change)
		}
		l.reprice(&x.here)
		now := x.evaluate(l)
		if now < l.bound {
			l.bound, best, stale = now, x.here, 0
		} else if stale++; stale == 3 {
			aim, stale = aim*2/3+1, 0
		}
	}
	l.reprice(&best)
	l.bound = x.evaluate(l)
	return l.bound>>m.shift > x.cut
}

// turn adds the present slopes to half of those before, in 1/8; it is the sum
// of the squares of what that makes, 0 when the best sets are a plan.
func (x *partition) turn(l *level) int64 {
	norm, steep := int64(1), false
	for n := range x.task {
		g := int64(1 - x.hits[n])
		if g == 1 && x.must>>n&1 == 0 && l.price[n] <= x.leave[n] {
			g = 0
		}
		steep = steep || g != 0
		x.slope[n] = x.slope[n]/2 + 8*g
		norm += x.slope[n] * x.slope[n]
	}
	if !steep {
		return 0
	}
	return norm
}

// strike strikes the sets that fall short, and those that what is left rules
// out; it is false when then no plan is left.
func (x *partition) strike(l *level) bool {
	least := (x.cut+1)<<x.s.m.shift - l.bound
	l.keep(func(i int, set *set) bool { return set.worth-x.best[i] >= least })
	for {
		var once, twice, forced uint64
		for i := range l.end {
			some, every := l.cover(i)
			if some == 0 && every != 0 || forced&every != 0 {
				return false
			}
			twice |= once & some
			once |= some
			forced |= every
			x.every[i] = every
		}
		if x.must&^once != 0 {
			return false
		}
		only := once &^ twice & x.must
		had := len(l.sets)
		l.keep(func(i int, set *set) bool { return set.tasks&forced&^x.every[i] == 0 })
		for i := range l.end {
			some, _ := l.cover(i)
			x.alone[i] = some & only
		}
		l.keep(func(i int, set *set) bool { return x.alone[i]&^set.tasks == 0 })
		if len(l.sets) == had {
			l.bound = x.evaluate(l)
			return l.bound>>x.s.m.shift > x.cut
		}
	}
}
