package match

// A tree is a depth-first branch and bound for plans worth more than a cut over
// what a board leaves open: at every node the dual's bound, fixing by its
// losses, and branching on the task it is least sure about. It can be left
// after any node and gone on with later.
type tree struct {
	s   *search
	b   *board
	d   *dual
	v   descent
	fix fixer

	cut   int64
	base  int // the board's mark at the root
	stack []branch
	spare [][]int64 // prices of frames that are gone
}

// A branch is a node's open choice: what was chosen is to be refused later.
type branch struct {
	mark       int
	task, edge int32
	prices     []int64
}

const (
	nodeSteps  = 12
	nodeRounds = 2
)

func newTree(s *search, b *board, d *dual) *tree {
	return &tree{s: s, b: b, d: d, v: newDescent(d), fix: newFixer(d)}
}

// begin starts at the board as it is.
func (t *tree) begin(cut int64) { t.cut, t.base = cut, t.b.mark() }

// leave takes back what the tree decided.
func (t *tree) leave() {
	for _, f := range t.stack {
		t.spare = append(t.spare, f.prices)
	}
	t.stack = t.stack[:0]
	t.b.undo(t.base)
}

// run goes on until the work counted reaches until; it is true when all is
// searched: then no plan on the board that was not offered is worth more than
// the cut.
func (t *tree) run(until int64) bool {
	for !t.s.spent() && t.s.work < until {
		t.cut = max(t.cut, t.s.low)
		open := t.visit()
		switch {
		case t.s.stopped:
			return false
		case open:
			t.down()
		case !t.back():
			return true
		}
	}
	return false
}

// visit bounds a node; it is true when the node has to be branched on.
func (t *tree) visit() bool {
	t.s.nodes++
	t.v.weight = nodeWeight
	for range nodeRounds {
		if t.b.dead || !t.lower() {
			return false
		}
		if !t.fix.fix(t.d.best, t.cut, true) {
			return true
		}
		if t.b.open == 0 && !t.b.dead {
			t.s.settle(t.b)
			return false
		}
	}
	return !t.b.dead
}

// lower takes some steps of the dual and leaves it at the best prices; it is
// false when nothing here is worth more than the cut, or what is was offered.
func (t *tree) lower() bool {
	d := t.d
	t.v.begin(0, false)
	t.v.aim = max(1, min(d.best-t.cut<<d.m.shift, t.s.grain/32))
	for range nodeSteps {
		if d.bound() <= t.cut {
			return false
		}
		if t.s.spent() {
			return true
		}
		if !t.v.step() {
			t.s.offerTaken(t.b, d)
			t.cut = max(t.cut, t.s.low)
			break
		}
	}
	d.restore()
	return d.bound() > t.cut
}

// down makes the choice that the dual likes best for the task it is least sure
// about.
func (t *tree) down() {
	task, edge := t.pick()
	var prices []int64
	if n := len(t.spare); n > 0 {
		prices, t.spare = t.spare[n-1], t.spare[:n-1]
	}
	t.stack = append(t.stack, branch{t.b.mark(), task, edge, append(prices[:0], t.d.at...)})
	if edge == undone {
		t.b.takeLeave(task)
	} else {
		t.b.take(edge)
	}
}

// back goes to the last open choice and refuses what was chosen there; it is
// false when there is none.
func (t *tree) back() bool {
	n := len(t.stack) - 1
	if n < 0 {
		return false
	}
	f := t.stack[n]
	t.stack = t.stack[:n]
	t.b.undo(f.mark)
	t.d.setPrices(f.prices)
	t.spare = append(t.spare, f.prices)
	if f.edge == undone {
		t.b.dropLeave(f.task)
	} else {
		t.b.drop(f.edge)
	}
	return true
}

// pick is the undecided task whose most frequent option is the least frequent,
// and that option.
func (t *tree) pick() (task, edge int32) {
	m, b := t.d.m, t.b
	least := int32(1 << 30)
	for k := range t.d.u {
		if b.decided[k] {
			continue
		}
		most, best, sum := int32(-1), int32(undone), int32(0)
		for e := m.start[k]; e < m.start[k+1]; e++ {
			if b.edge[e] != free {
				continue
			}
			often := t.d.often[e]
			sum += often
			if often > most {
				most, best = often, e
			}
		}
		if b.leave[k] == free && 1<<16-sum > most {
			most, best = 1<<16-sum, undone
		}
		if most < least {
			least, task, edge = most, int32(k), best
		}
	}
	return task, edge
}
