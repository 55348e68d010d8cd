package match

// A fixer rules options out, or decides them, by their reduced costs: with the
// prices as they are, an option that brings the bound down to the best value
// known is in no better plan.
type fixer struct {
	d      *dual
	loss   []int64 // by edge: what the bound loses at least if it changed sides
	exact  knapsacks
	take   []int32
	drop   []int32
	undo   []int32 // tasks to leave
	mustDo []int32 // tasks not to leave
}

func newFixer(d *dual) fixer { return fixer{d: d, loss: make([]int64, len(d.m.task))} }

// fix decides on the board what level, the bound at the present prices, allows
// given that only values above low are of interest. With exact, a person's
// losses are those of their best sets, not of the continuous relaxation. It
// says whether anything was decided.
func (f *fixer) fix(level, low int64, exact bool) bool {
	d := f.d
	b := d.b
	f.take, f.drop, f.undo, f.mustDo = f.take[:0], f.drop[:0], f.undo[:0], f.mustDo[:0]
	spare := level - (low+1)<<d.m.shift // what the bound may lose
	for i := range d.by {
		f.lose(int32(i), exact)
	}
	for t := range d.u {
		if !b.decided[t] {
			f.task(int32(t), spare)
		}
	}
	d.k.work += int64(len(f.loss))
	for _, e := range f.drop {
		b.dropEdge(e)
	}
	for _, t := range f.mustDo {
		b.dropLeaving(t)
	}
	for _, e := range f.take {
		if b.edge[e] != in {
			b.takeEdge(e)
		}
	}
	for _, t := range f.undo {
		if b.leave[t] != in {
			b.leaveUndone(t)
		}
	}
	b.settle()
	return len(f.drop)+len(f.mustDo)+len(f.take)+len(f.undo) > 0
}

// lose finds the losses of one person's edges.
func (f *fixer) lose(i int32, exact bool) {
	d := f.d
	if exact && f.exact.losses(d, i, f.loss) {
		return
	}
	for _, e := range d.m.byPerson[d.m.first[i]:d.m.first[i+1]] {
		if d.b.edge[e] == free {
			f.loss[e] = d.loss(e)
		}
	}
}

// task looks at the options of one task. Choosing one also means that nobody
// else takes it, which loses what the others' sets lose.
func (f *fixer) task(t int32, spare int64) {
	d := f.d
	m, b := d.m, d.b
	var others int64
	for e := m.start[t]; e < m.start[t+1]; e++ {
		if b.edge[e] == free && d.taken[e] {
			others += f.loss[e]
		}
	}
	for e := m.start[t]; e < m.start[t+1]; e++ {
		switch {
		case b.edge[e] != free:
		case !d.taken[e]:
			if f.loss[e]+others > spare {
				f.drop = append(f.drop, e)
			}
		case others-f.loss[e] > spare:
			f.drop = append(f.drop, e)
		case f.loss[e] > spare:
			f.take = append(f.take, e)
		}
	}
	if b.leave[t] == free && others+d.u[t]-d.lowest(t) > spare {
		f.mustDo = append(f.mustDo, t)
	}
}

// loss is what the bound loses at least if the edge changed sides: out of its
// person's set when taken, into it when not.
func (d *dual) loss(e int32) int64 {
	m := d.m
	by := &d.by[m.person[e]]
	profit := m.value[e]<<m.shift - d.u[m.task[e]] - by.task
	if m.stretch[e] {
		profit -= by.stretch
	}
	r := reduced(profit, by.price, m.effort[e])
	if !d.taken[e] {
		r = -r
	}
	return max(0, r-(by.relaxed-by.best))
}
