package match

// A prover lowers the bound of the whole problem by a row of decisions (Posta,
// Ferland and Michelon 2012): is there a plan worth more than a cut a little
// below the bound? A tree finds one, or the bound falls to the cut. It has a
// board and a dual of its own.
type prover struct {
	s      *search
	tree   *tree
	active bool
}

func newProver(s *search) *prover {
	b := newBoard(s.m)
	return &prover{s: s, tree: newTree(s, b, newDual(s.m, b, s.meter))}
}

// run works for about an amount of work.
func (p *prover) run(work int64) {
	s := p.s
	until := s.work + work
	for !s.done() && s.work < until {
		if !p.active {
			p.begin()
		}
		if p.tree.run(until) {
			p.tree.leave()
			p.active = false
			s.lower(p.tree.cut)
		}
	}
}

// begin asks the next question.
func (p *prover) begin() {
	s, t := p.s, p.tree
	step := min(max(1, s.grain>>s.m.shift>>5), max(1, (s.bound-s.low)/8))
	t.b.copyFrom(s.b)
	copy(t.d.often, s.d.often)
	copy(t.v.slopes, s.v.slopes)
	t.d.setPrices(s.d.at)
	t.begin(max(s.low, s.bound-step))
	p.active = true
}
