package match

import "context"

// A search is a depth-first branch and bound over the options of tasks, with
// the dual's bound at every node, fixing by reduced costs and a plan polished
// from the dual's sets.
type search struct {
	ctx context.Context
	m   *model
	b   *board
	d   *dual
	fix fixer
	o   *polisher

	plan  *plan   // being worked on
	best  []int32 // edges of the best plan, nil when none is known
	low   int64   // its value, or one less than any plan can have
	bound int64   // no plan on the board has more
	tell  func(found bool, low, bound int64)

	prices [][]int64 // by depth, the prices its children begin with

	nodes              int64
	nodeLimit, evalMax int64
	gap                func(low, bound int64) bool // near enough to stop
	stopped            bool
	firstFound         bool // stop at the first plan
}

func newSearch(ctx context.Context, m *model) *search {
	b := newBoard(m)
	d := newDual(m, b)
	return &search{
		ctx: ctx, m: m, b: b, d: d, fix: fixer{d: d}, o: newPolisher(m), plan: newPlan(m),
		low: m.least - 1, nodeLimit: 1 << 62, evalMax: 1 << 62,
	}
}

// halted says whether to stop here.
func (s *search) halted() bool {
	if !s.stopped {
		s.stopped = s.ctx.Err() != nil || s.d.evals >= s.evalMax || s.d.k.spent() || s.nodes >= s.nodeLimit ||
			s.best != nil && (s.firstFound || s.gap != nil && s.gap(s.low, s.bound))
	}
	return s.stopped
}

// offer keeps the plan being worked on if it is the best.
func (s *search) offer() {
	if s.plan.missing == 0 && (s.best == nil || s.plan.value > s.low) {
		s.best = append(s.best[:0], s.plan.edge...)
		if s.best == nil {
			s.best = []int32{}
		}
		s.low = s.plan.value
		if s.tell != nil {
			s.tell(true, s.low, max(s.low, s.bound))
		}
	}
}

// build makes a plan of what the people of the dual take now: the best of
// each task's takers where there are several, somebody with room where there is
// none, polished.
func (s *search) build() {
	s.plan.clear()
	price := func(i int32) int64 { return s.d.by[i].price }
	for t := range s.plan.edge {
		pick, worth := int32(undone), int64(0)
		for e := s.m.start[t]; e < s.m.start[t+1]; e++ {
			if e == s.o.banned || !s.d.taken[e] && s.b.edge[e] != in {
				continue
			}
			if v := s.o.priced(int32(t), e, price); pick == undone || v > worth {
				pick, worth = e, v
			}
		}
		if pick != undone && s.plan.fits(pick) {
			s.plan.give(int32(t), pick)
		}
	}
	s.finish(price)
}

func (s *search) finish(price func(i int32) int64) {
	s.o.fill(s.plan, price)
	steps := int64(200*len(s.m.task) + 10000)
	s.d.k.work += steps - s.o.improve(s.plan, steps)
	s.offer()
}

// begin finds first prices, and plans from them and from a plan to start with.
func (s *search) begin(c *capacityDual, warm []int32) {
	s.plan.clear()
	for t, e := range warm {
		if e != undone && e != s.o.banned && s.plan.fits(e) {
			s.plan.give(int32(t), e)
		}
	}
	s.finish(func(int32) int64 { return 0 })
	c.descend(30*min(10, 1+len(s.m.room)), s.target(c.evaluate())>>s.m.shift<<s.m.shift)
	s.plan.clear()
	s.finish(func(i int32) int64 { return c.price[i] })
	for t := range s.d.u {
		s.d.u[t] = max(s.d.lowest(int32(t)), min(c.taskPrice(int32(t)), s.b.highest(int32(t))))
	}
}

// solve searches the board. The answer is in best, low and bound: the bound is
// low when the search was complete.
func (s *search) solve() {
	s.d.reset()
	s.bound = s.d.bound()
	s.bound = max(s.low, s.visit(0, s.bound))
}

// visit searches what the board leaves open, which is worth at most bound, and
// returns the most that is left of that: no plan here that was not found has
// more, or none above low when the search was complete.
func (s *search) visit(depth int, bound int64) int64 {
	mark := s.b.mark()
	defer func() { s.b.undo(mark) }()
	for {
		if s.halted() {
			return bound
		}
		s.nodes++
		bound = s.ascend(depth, bound)
		if s.b.dead || bound <= s.low {
			return s.low
		}
		if s.b.open == 0 {
			s.settle()
			return s.low
		}
		if s.halted() {
			return bound
		}
		if depth == 0 {
			s.bound = bound
			if s.tell != nil {
				s.tell(s.best != nil, s.low, bound)
			}
		}
		t, e := s.branch()
		s.remember(depth)
		before := s.b.mark()
		s.choose(t, e)
		s.visit(depth+1, bound)
		if s.stopped {
			return bound
		}
		s.b.undo(before)
		s.recall(depth)
		s.refuse(t, e)
	}
}

// settle offers the plan of a board with nothing open.
func (s *search) settle() {
	s.plan.clear()
	for e, fate := range s.b.edge {
		if fate == in {
			s.plan.give(s.m.task[e], int32(e))
		}
	}
	s.offer()
}

func (s *search) choose(t, e int32) {
	if e == undone {
		s.b.takeLeave(t)
	} else {
		s.b.take(e)
	}
}

func (s *search) refuse(t, e int32) {
	if e == undone {
		s.b.dropLeave(t)
	} else {
		s.b.drop(e)
	}
}

func (s *search) remember(depth int) {
	if len(s.prices) == depth {
		s.prices = append(s.prices, make([]int64, len(s.d.u)))
	}
	copy(s.prices[depth], s.d.at)
}

func (s *search) recall(depth int) {
	for t, u := range s.prices[depth] {
		s.d.setPrice(int32(t), u)
	}
}

// branch chooses the task whose people the dual is least sure about, and the
// option it likes best.
func (s *search) branch() (task, edge int32) {
	least := int32(1 << 30)
	for t := range s.d.u {
		if s.b.decided[t] {
			continue
		}
		most, pick := int32(-1), int32(undone)
		sum := int32(0)
		for e := s.m.start[t]; e < s.m.start[t+1]; e++ {
			if s.b.edge[e] != free {
				continue
			}
			sum += s.d.often[e]
			if s.d.often[e] > most {
				most, pick = s.d.often[e], e
			}
		}
		if s.b.leave[t] == free && 1<<16-sum > most {
			most, pick = 1<<16-sum, undone
		}
		if most < least {
			least, task, edge = most, int32(t), pick
		}
	}
	return task, edge
}

// ascend lowers the dual bound of the board as far as pays, fixing options on
// the way, and leaves the prices at the best.
func (s *search) ascend(depth int, bound int64) int64 {
	steps, theta := 12, int64(512)
	if depth == 0 {
		steps, theta = 300, 1024
	}
	d := s.d
	if s.b.dead {
		return bound
	}
	d.reset()
	level, stale, patience := d.best, 0, 4
	d.average()
	for n := 0; s.b.open > 0; n++ {
		if d.bound() <= s.low || n >= steps || theta < 8 || s.halted() {
			break
		}
		if depth == 0 && n%8 == 0 || depth > 0 && n == steps-1 {
			s.build()
		}
		if s.fix.fix(level, s.low) {
			if s.b.dead {
				return s.low
			}
			level = d.evaluate()
			if level < d.best {
				d.best = level
				copy(d.at, d.u)
			}
			continue
		}
		if !d.step(level, s.target(level), theta) {
			s.build()
			break
		}
		level = d.evaluate()
		d.average()
		if level < d.best {
			d.best, stale = level, 0
			copy(d.at, d.u)
		} else if stale++; stale >= patience {
			theta, stale = theta/2, 0
			d.restore()
			level = d.evaluate()
		}
	}
	d.restore()
	return min(bound, d.bound())
}

// target is the level the steps aim at: the best value, or, before one is
// known, a part of what lies below.
func (s *search) target(level int64) int64 {
	if s.best != nil {
		return s.low << s.m.shift
	}
	return level - (level-s.m.least<<s.m.shift)/16
}
