package match

// A search solves a model: prices and first plans from the capacity dual, then
// the dual's descent at the root, then by turns dives for better plans and
// proofs that there is nothing better.
type search struct {
	*meter
	m       *model
	b       *board // with what is decided for good
	d       *dual
	v       descent
	fix     fixer
	o       *polisher
	auction *auction

	plan  *plan   // being worked on
	best  []int32 // edges of the best plan, nil when none is known
	low   int64   // its value, or one less than any plan can have
	bound int64   // no plan has more
	grain int64   // how far the bound fell at the root, scaled
	draw  draw
	until int64 // stop when that much work is done
	inner bool  // the model is a kernel

	tell       func(found bool, low, bound int64)
	gap        func(low, bound int64) bool // near enough to stop
	firstFound bool                        // stop at the first plan
}

func newSearch(work *meter, m *model, seed uint64) *search {
	b := newBoard(m)
	d := newDual(m, b, work)
	return &search{
		meter: work, m: m, b: b, d: d, v: newDescent(d), fix: newFixer(d), o: newPolisher(m, work), auction: newAuction(m, work), plan: newPlan(m),
		low: m.least - 1, bound: limit, grain: 1 << m.shift, draw: newDraw(seed), until: 1 << 62,
	}
}

// done says whether to stop: a limit, a proof, or a plan that is good enough.
func (s *search) done() bool {
	if s.best != nil && (s.firstFound || s.gap != nil && s.gap(s.low, s.bound)) {
		s.stopped = true
	}
	return s.bound <= s.low || s.work >= s.until || s.spent()
}

// offer keeps the plan being worked on if it is the best.
func (s *search) offer() {
	if s.plan.missing > 0 || s.plan.value <= s.low {
		return
	}
	if s.best == nil {
		s.best = []int32{}
	}
	s.best = append(s.best[:0], s.plan.edge...)
	s.low = s.plan.value
	s.report()
}

// lower notes that no plan but the best known has more than bound.
func (s *search) lower(bound int64) {
	if bound = max(bound, s.low); bound < s.bound {
		s.bound = bound
		s.report()
	}
}

func (s *search) report() {
	if s.tell != nil && s.bound < limit {
		s.tell(s.best != nil, s.low, max(s.low, s.bound))
	}
}

// round makes a plan of what the people of the dual take now: the best of each
// task's takers where there are several, somebody with room where there is
// none, polished.
func (s *search) round() {
	s.plan.clear()
	price := func(i int32) int64 { return s.d.by[i].price }
	for t := range s.plan.edge {
		pick, worth := int32(undone), int64(0)
		for e := s.m.start[t]; e < s.m.start[t+1]; e++ {
			if !s.d.taken[e] && s.b.edge[e] != in {
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

// finish gives what is undone to people, polishes that, and offers it.
func (s *search) finish(price func(i int32) int64) {
	steps := int64(50*len(s.m.task) + 10000)
	given := steps
	s.o.fill(s.plan, price)
	if s.plan.missing > 0 {
		s.o.push(s.plan, &steps)
	}
	if s.plan.missing > 0 {
		s.auction.seat(s.plan, price, int64(20*len(s.m.task)))
	}
	s.work += given - s.o.improve(s.plan, steps)
	s.offer()
}

// settle offers the plan of a board with nothing open.
func (s *search) settle(b *board) { s.offerTaken(b, nil) }

// offerTaken offers what a board has decided together with what the people of
// a dual take, when that is a plan.
func (s *search) offerTaken(b *board, d *dual) {
	if d != nil && d.steep() {
		return
	}
	s.plan.clear()
	for e, fate := range b.edge {
		if fate == in || fate == free && d != nil && d.taken[e] {
			s.plan.give(s.m.task[e], int32(e))
		}
	}
	s.offer()
}

// begin finds first prices, and plans from them and from a plan to start with.
func (s *search) begin(c *capacityDual, warm []int32) {
	s.plan.clear()
	given := false
	for t, e := range warm {
		if e != undone && s.plan.fits(e) {
			s.plan.give(int32(t), e)
			given = true
		}
	}
	if given {
		s.finish(func(int32) int64 { return 0 })
	} else {
		s.o.fill(s.plan, func(int32) int64 { return 0 })
		s.offer()
	}
	c.descend(s.meter, 30*min(10, 1+len(s.m.room)), max(s.low, s.m.least)<<s.m.shift)
	s.lower(c.best >> s.m.shift)
	s.plan.clear()
	s.finish(func(i int32) int64 { return c.effort[i] })
	for t := range s.d.u {
		s.d.u[t] = s.d.within(int32(t), c.taskPrice(int32(t)))
	}
}

const (
	rootSteps    = 1000
	fewRootSteps = 100 // where a partition can go on
	rootChecks   = 50  // steps between looks at the progress
	setsFirst    = 16  // times the work of dives that a partition gets, after the first dive
)

// solve searches the board. The answer is in best, low and bound: the bound is
// low when the search was complete.
func (s *search) solve() {
	if s.root(); s.done() {
		return
	}
	var sets *partition
	if s.b.open <= mostBits {
		s.lower(s.d.bound())
		sets = newPartition(s)
	}
	prove, dive := newProver(s), newDiver(s)
	times := int64(1)
	for work := int64(1 << 18); !s.done(); work = min(2*work, 1<<25) {
		if sets == nil || !sets.run(times*work) {
			prove.run(work)
		}
		times = setsFirst
		for until := s.work + work; !s.done() && s.work < until; {
			low := s.low
			dive.dive()
			if s.low > low {
				s.cut()
			}
		}
	}
}

// root lowers the bound of the whole board as far as pays, with plans and final
// decisions on the way.
func (s *search) root() {
	d := s.d
	s.v.begin(0, true)
	first, last := d.best, d.best
	s.lower(d.bound())
	s.v.aim = max(1, first-s.low<<s.m.shift)
	s.v.least = 1 << s.m.shift >> 2
	steps := rootSteps
	if s.b.open <= mostBits {
		steps = fewRootSteps
	}
	for n := 1; n <= steps && !s.b.dead && s.b.open > 0; n++ {
		if s.lower(d.bound()); s.done() {
			return
		}
		more := s.v.step()
		if !more {
			s.offerTaken(s.b, d)
		}
		if n%rootChecks > 0 && more {
			continue
		}
		s.round()
		fell := last - d.best
		last = d.best
		s.grain = max(1<<s.m.shift, first-d.best)
		s.cut()
		if !more || n >= 3*rootChecks && fell < max(1<<s.m.shift/50, s.grain/200) {
			break
		}
	}
}

// cut decides for good what the best plan known allows at the best prices.
func (s *search) cut() {
	d := s.d
	d.restore()
	for !s.spent() && d.best>>s.m.shift > s.low && s.fix.fix(d.best, s.low, true) && !s.b.dead && s.b.open > 0 {
		s.b.forget()
		d.reset()
	}
	s.b.forget()
	switch {
	case s.b.dead:
		s.lower(s.low)
	case s.b.open == 0:
		s.settle(s.b)
		s.lower(s.low)
	default:
		s.lower(d.bound())
	}
}
