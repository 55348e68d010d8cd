package match

import (
	"cmp"
	"math/bits"
	"slices"
)

// A partition solves what a small board leaves open as a set partitioning
// problem. A plan worth more than a cut gives each person a set of tasks that,
// at the dual's prices, falls short of their best set by no more than the bound
// exceeds the cut. It lists all such sets (Baldacci, Christofides and Mingozzi
// 2008), and where these are few enough searches them depth first: at every
// node it lowers the bound over the sets left, strikes those that now fall
// short, and branches on the task with the fewest ways to go on.
type partition struct {
	s     *search
	cut   int64 // plans worth no more are of no interest
	until int64
	step  int64 // how far the next cut is below the bound

	task  []int32 // by bit
	leave []int64 // by bit: value of leaving it, scaled
	must  uint64  // bits that may not be left
	edge  []int32 // by person and bit

	lister lister
	levels []level // by depth

	// Of the node at work.
	hits  [mostBits]int32 // by bit: how many best sets have it
	slope [mostBits]int64 // by bit
	here  [mostBits]int64 // prices
	best  []int64         // by person: the best set's worth
	pick  []uint64        // by person: the best set
	in    []int64         // by person and bit: best set with the task
	out   []int64         // by person and bit: best set without it
	every []uint64        // by person: tasks that all their sets have
	alone []uint64        // by person: tasks that have to be done and only they could have
}

// A way is an option of the task branched on, undone for leaving it, and what
// the bound loses with it.
type way struct {
	person int32
	loss   int64
}

const (
	mostBits       = 64 // tasks
	levelSteps     = 6
	rootLevelSteps = 96
	levelRounds    = 4
)

// run asks whether a plan is worth more than a cut below the bound, and lowers
// the cut until there is one, for about that much work; it is false when the
// sets are too many for that.
func (x *partition) run(work int64) bool {
	s := x.s
	until := s.work + work
	for !s.done() && s.work < until {
		cut := max(s.low, s.bound-x.step)
		over, fit := x.ask(cut, until)
		if !over {
			return fit
		}
		s.lower(max(cut, s.low))
		x.teach()
		x.step += x.step/2 + 1
	}
	return true
}

// teach gives the dual the prices that the root of the search ended with, if
// they are better there too.
func (x *partition) teach() {
	s, d := x.s, x.s.d
	for n, t := range x.task {
		d.setPrice(t, x.levels[0].price[n])
	}
	if level := d.evaluate(); level < d.best {
		d.best = level
		copy(d.at, d.u)
		s.lower(d.bound())
	}
}

func newPartition(s *search) *partition {
	people := len(s.m.room)
	return &partition{
		s: s, step: max(1, s.grain>>s.m.shift>>5),
		best: make([]int64, people), pick: make([]uint64, people), every: make([]uint64, people), alone: make([]uint64, people),
	}
}

// number gives the open tasks bits.
func (x *partition) number() {
	s := x.s
	x.task, x.leave, x.must = x.task[:0], x.leave[:0], 0
	for t := range s.m.origin {
		if s.b.decided[t] {
			continue
		}
		if s.b.leave[t] != free {
			x.must |= 1 << len(x.task)
		}
		x.task = append(x.task, int32(t))
		x.leave = append(x.leave, s.d.lowest(int32(t)))
	}
	n := len(s.m.room) * len(x.task)
	x.in, x.out, x.edge = make([]int64, n), make([]int64, n), make([]int32, n)
}

// ask looks for plans worth more than a cut and offers them; over when no other
// one is, fit when the sets were not too many.
func (x *partition) ask(cut, until int64) (over, fit bool) {
	x.cut, x.until = cut, until
	if !x.begin(until - x.s.work) {
		return false, false
	}
	return x.visit(0), true
}

// begin lists the sets at the dual's best prices; it is false when there are
// too many for that much work.
func (x *partition) begin(work int64) bool {
	s, d, m := x.s, x.s.d, x.s.m
	d.restore()
	x.number()
	root := x.at(0)
	root.sets, root.end = root.sets[:0], root.end[:0]
	spare := d.best - (x.cut+1)<<m.shift
	bit := make([]int, len(m.origin))
	for n, t := range x.task {
		bit[t] = n
		root.price[n] = d.u[t]
	}
	for i := range d.by {
		x.lister.begin(d.bag(int32(i)), m.shift, s.meter)
		for _, e := range m.byPerson[m.first[i]:m.first[i+1]] {
			if s.b.edge[e] == free {
				n := bit[m.task[e]]
				x.edge[i*len(x.task)+n] = e
				x.lister.add(item{m.value[e]<<m.shift - d.u[m.task[e]], m.effort[e], int32(n), m.stretch[e]})
			}
		}
		var ok bool
		root.sets, ok = x.lister.list(root.sets, &d.by[i], spare, work/64)
		s.work += x.lister.steps
		if !ok || int64(len(root.sets)) > work/512 || s.spent() {
			return false
		}
		root.end = append(root.end, int32(len(root.sets)))
	}
	return true
}

func (x *partition) at(depth int) *level {
	for len(x.levels) <= depth {
		x.levels = append(x.levels, level{})
	}
	return &x.levels[depth]
}

// visit searches a node; it is false when it was stopped.
func (x *partition) visit(depth int) bool {
	s := x.s
	s.nodes++
	for range levelRounds {
		x.cut = max(x.cut, s.low)
		l := &x.levels[depth]
		had := len(l.sets)
		if s.work >= x.until || s.spent() {
			return false
		}
		if !x.lower(l, max(levelSteps, rootLevelSteps>>depth)) || !x.strike(l) {
			return true
		}
		if len(l.sets) > had*7/8 {
			break
		}
	}
	return x.branch(depth)
}

// offer offers the plan of the best sets.
func (x *partition) offer() {
	s := x.s
	s.plan.clear()
	for e, fate := range s.b.edge {
		if fate == in {
			s.plan.give(s.m.task[e], int32(e))
		}
	}
	for i, tasks := range x.pick {
		for b := tasks; b != 0; b &= b - 1 {
			n := bits.TrailingZeros64(b)
			s.plan.give(x.task[n], x.edge[i*len(x.task)+n])
		}
	}
	s.offer()
}

// branch goes down every way of the task that has the fewest, or the dearest.
func (x *partition) branch(depth int) bool {
	l := &x.levels[depth]
	n := x.choose(l)
	if n < 0 { // one plan is left
		x.offer()
		return true
	}
	x.at(depth + 1)
	for k := 0; ; k++ {
		l, next := &x.levels[depth], &x.levels[depth+1]
		if k == len(l.ways) {
			return true
		}
		way := l.ways[k]
		if (l.bound-way.loss)>>x.s.m.shift <= max(x.cut, x.s.low) {
			continue
		}
		next.sets = append(next.sets[:0], l.sets...)
		next.end = append(next.end[:0], l.end...)
		next.price = l.price
		next.keep(func(i int, set *set) bool { return set.tasks>>n&1 == 1 == (int32(i) == way.person) })
		x.s.work += int64(len(l.sets))
		if !x.visit(depth + 1) {
			return false
		}
	}
}

// choose picks the task to branch on, and lists its ways, the best first.
func (x *partition) choose(l *level) int {
	x.measure(l)
	spare := l.bound - (x.cut+1)<<x.s.m.shift
	pick, least := -1, int64(0)
	var open uint64
	for i := range l.end {
		some, every := l.cover(i)
		open |= some &^ every
	}
	for b := open; b != 0; b &= b - 1 {
		n := bits.TrailingZeros64(b)
		size := int64(0)
		x.ways(l, n, func(_ int32, loss int64) {
			if loss <= spare {
				size += spare - loss + spare/8 + 1
			}
		})
		if pick < 0 || size < least {
			pick, least = n, size
		}
	}
	l.ways = l.ways[:0]
	if pick < 0 {
		return pick
	}
	x.ways(l, pick, func(person int32, loss int64) {
		if loss <= spare {
			l.ways = append(l.ways, way{person, loss})
		}
	})
	slices.SortFunc(l.ways, func(a, b way) int { return cmp.Or(cmp.Compare(a.loss, b.loss), cmp.Compare(a.person, b.person)) })
	return pick
}

// ways visits the options of a task and what the bound loses with each.
func (x *partition) ways(l *level, n int, visit func(person int32, loss int64)) {
	wide := len(x.task)
	others := int64(0)
	for i := range l.end {
		others += x.best[i] - x.out[i*wide+n]
	}
	for i := range l.end {
		if with := x.in[i*wide+n]; with > none {
			visit(int32(i), others-(x.best[i]-x.out[i*wide+n])+x.best[i]-with)
		}
	}
	if x.must>>n&1 == 0 {
		visit(undone, others+l.price[n]-x.leave[n])
	}
}

const none = -1 << 61

// measure finds each person's best set with and without each task.
func (x *partition) measure(l *level) {
	wide := len(x.task)
	for k := range x.in {
		x.in[k] = none
	}
	from := int32(0)
	for i, end := range l.end {
		in, out := x.in[i*wide:(i+1)*wide], x.out[i*wide:(i+1)*wide]
		for n := range out {
			out[n] = x.best[i]
			if x.pick[i]>>n&1 == 1 {
				out[n] = none
			}
		}
		for _, set := range l.sets[from:end] {
			for b := set.tasks; b != 0; b &= b - 1 {
				n := bits.TrailingZeros64(b)
				in[n] = max(in[n], set.worth)
			}
			for b := x.pick[i] &^ set.tasks; b != 0; b &= b - 1 {
				n := bits.TrailingZeros64(b)
				out[n] = max(out[n], set.worth)
			}
		}
		from = end
	}
	x.s.work += int64(4 * len(l.sets))
}
