package match

// A diver looks for plans by deciding person by person, the surest first, what
// the averages of the dual agree on, lowering the dual after each, and by
// searching what is left with a tree.
type diver struct {
	s    *search
	tree *tree
	d    *dual

	done  []bool // by person
	often []int32
	slope []int64
	price []int64
	tried int
}

// A taste says from which average on an option is taken, and up to which it is
// dropped, in 1/2^16.
type taste struct{ take, drop int32 }

var tastes = [...]taste{
	{1 << 16 / 2, 1 << 16 / 10},
	{1 << 16 * 3 / 10, 1 << 16 / 5},
	{1 << 16 * 6 / 10, 1 << 16 / 20},
}

const (
	diveSteps  = 20
	fewPeople  = 3
	fewTasks   = 20
	finishWork = 3_000_000
)

func newDiver(s *search) *diver {
	return &diver{s: s, tree: newTree(s, s.b, s.d), d: s.d, done: make([]bool, len(s.m.room))}
}

// dive goes down once.
func (v *diver) dive() {
	s, d := v.s, v.d
	mark := s.b.mark()
	v.often = append(v.often[:0], d.often...)
	v.slope = append(v.slope[:0], s.v.slopes...)
	v.price = append(v.price[:0], d.at...)
	best := d.best
	clear(v.done)
	like := tastes[v.tried%len(tastes)]
	v.tried++
	if v.down(like) {
		v.finish()
	}
	s.b.undo(mark)
	copy(d.often, v.often)
	copy(s.v.slopes, v.slope)
	copy(d.at, v.price)
	d.restore()
	d.best = best
}

// down decides for most people; it is false when what is left is worth nothing.
func (v *diver) down(like taste) bool {
	s, d := v.s, v.d
	for left := len(v.done); left > fewPeople && s.b.open > fewTasks; left-- {
		i := v.surest()
		v.done[i] = true
		v.decide(i, like)
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
		off += off * s.draw.below(1024) / 1024
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

// finish searches what is left for the best plan, first near its bound.
func (v *diver) finish() {
	s := v.s
	until := s.work + finishWork
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
