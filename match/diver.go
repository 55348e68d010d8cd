package match

// A diver looks for plans by deciding person by person, the surest first, what
// the averages of the dual agree on, and lowering the dual after each (diving on
// the columns of the knapsack relaxation, as Sadykov and others 2019). What
// stays open is a kernel, which is then solved by itself. How much is left open
// adapts to how well kernels are solved.
type diver struct {
	s    *search
	tree *tree
	d    *dual

	spent int64  // work of the last way down
	firm  int32  // what is dropped up to, in 1/2^16: higher leaves a smaller kernel
	done  []bool // by person

	// What the dual goes back to.
	often  []int32
	slopes []int64
	prices []int64
}

// A taste says from which average on an option is taken, and up to which it is
// dropped, in 1/2^16.
type taste struct{ take, drop int32 }

const (
	diveSteps  = 12  // of the dual after each decision
	fewPeople  = 3   // not decided for
	fewTasks   = 20  // small enough for a tree
	manyTasks  = 400 // too many to leave much open at first
	mostFirm   = 1 << 16 / 8
	kernelWork = 16_000_000
)

func newDiver(s *search) *diver {
	v := &diver{s: s, tree: newTree(s, s.b, s.d), d: s.d, done: make([]bool, len(s.m.room)), firm: 1 << 16 / 20}
	if len(s.d.u) > manyTasks {
		v.firm = 1 << 16 / 9
	}
	return v
}

// dive goes down once.
func (v *diver) dive() {
	s, d := v.s, v.d
	mark, best := s.b.mark(), d.best
	v.often = append(v.often[:0], d.often...)
	v.slopes = append(v.slopes[:0], s.v.slopes...)
	v.prices = append(v.prices[:0], d.at...)
	clear(v.done)
	began := s.work
	open := v.down(v.taste())
	v.spent = s.work - began
	switch {
	case !open:
		v.firm -= v.firm / 32
	case s.b.open <= fewTasks || s.inner && s.b.open > len(d.u)*2/3:
		v.search()
		v.firm -= v.firm / 16
	default:
		v.solve()
	}
	s.b.undo(mark)
	copy(d.often, v.often)
	copy(s.v.slopes, v.slopes)
	copy(d.at, v.prices)
	d.restore()
	d.best = best
}

// taste is how firmly to decide this time: in a kernel, as chance will have it.
func (v *diver) taste() taste {
	if v.s.inner {
		drop := int32(1<<16/24 + v.s.draw.below(1<<16/8))
		return taste{1<<16*7/10 - drop*5/2, drop}
	}
	drop := int32(int64(v.firm) * (512 + v.s.draw.below(1024)) / 1024)
	return taste{max(1<<16/5, 1<<16-8*drop), drop}
}

// down decides for most people; it is false when what is left is worth nothing.
// With many people it decides for several between steps of the dual.
func (v *diver) down(like taste) bool {
	s, d := v.s, v.d
	for left := len(v.done); left > fewPeople && s.b.open > fewTasks; {
		for n := max(1, left/16); n > 0 && !s.b.dead; n-- {
			i := v.surest()
			v.done[i] = true
			v.decide(i, like)
			left--
		}
		if s.b.dead || !v.lower() {
			return false
		}
		if s.fix.fix(d.best, s.low, false) && s.b.dead {
			return false
		}
	}
	return true
}

// surest is the person left whose set differs least from the averages, by
// chance a little.
func (v *diver) surest() int32 {
	s, d := v.s, v.d
	m := s.m
	surest, least := int32(0), int64(1<<62)
	for i, done := range v.done {
		if done {
			continue
		}
		off := int64(0)
		for _, e := range m.byPerson[m.first[i]:m.first[i+1]] {
			switch {
			case s.b.edge[e] != free:
			case d.taken[e]:
				off += 1<<16 - int64(d.often[e])
			default:
				off += int64(d.often[e])
			}
		}
		off += off * s.draw.below(512) / 1024
		if off < least {
			surest, least = int32(i), off
		}
	}
	return surest
}

// decide takes what the averages give a person and drops what they do not.
func (v *diver) decide(i int32, like taste) {
	b, m := v.s.b, v.s.m
	for _, e := range m.byPerson[m.first[i]:m.first[i+1]] {
		if b.edge[e] != free || b.dead {
			continue
		}
		switch often := v.d.often[e]; {
		case often >= like.take:
			b.take(e)
		case often <= like.drop:
			b.drop(e)
		}
	}
}

// lower takes some steps of the dual; it is false when nothing here is worth
// more than the best plan, or the work is over.
func (v *diver) lower() bool {
	s, d := v.s, v.d
	s.v.begin(s.grain/16, false)
	for range diveSteps {
		if s.spent() || d.bound() <= s.low {
			return false
		}
		if !s.v.step() {
			s.offerTaken(s.b, d)
			break
		}
	}
	d.restore()
	return d.bound() > s.low
}

// solve solves what is left as a kernel. One that is solved with work to spare
// could have been larger, one that is not should have been smaller.
func (v *diver) solve() {
	s := v.s
	began := s.work
	give := max(kernelWork, v.spent)
	if s.inner {
		give = min(give, (s.until-s.work)/2)
	}
	switch solved := s.inside(began + give); {
	case !solved:
		v.firm = min(v.firm*9/8, mostFirm)
	case s.work-began < give/2:
		v.firm -= v.firm / 16
	}
}

// search looks through what is left for the best plan, first near its bound.
func (v *diver) search() {
	s := v.s
	until := s.work + kernelWork
	bound := v.d.bound()
	for step := 1 + s.grain>>s.m.shift>>5; bound > s.low && !s.done(); step *= 2 {
		v.tree.begin(max(s.low, bound-step))
		found := s.low
		over := v.tree.run(until)
		v.tree.leave()
		if !over || s.low > found {
			return
		}
		bound = max(s.low, bound-step)
	}
}
