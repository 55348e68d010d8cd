package match

// A dual relaxes that every task has exactly one option: each task has a price
// u, each person takes the best set of tasks at profit value - u (a packer's
// problem), and
//
//	L(u) = sum of u + sum over people of the worth of their best set
//
// over what the board leaves open, plus the value of what it has decided, is at
// least the value of every plan, for any u. Prices and L are integers in
// 1/2^shift. Nothing is solved again that a change of prices leaves best.
type dual struct {
	m *model
	b *board
	k packer

	u     []int64 // by task
	hits  []int32 // by task: how many people take it
	taken []bool  // by edge: its person takes it
	often []int32 // by edge: moving average of taken, in 1/2^16

	by     []packing // by person
	counts []counts  // by person
	sum    int64     // of all by.best
	order  []int32   // as model.byPerson, each person's part in the last order
	spots  []int32

	best int64   // least L since reset
	at   []int64 // the prices there
}

func newDual(m *model, b *board, work *meter) *dual {
	n, people := len(m.origin), len(m.room)
	d := &dual{
		m: m, b: b, u: make([]int64, n), hits: make([]int32, n), at: make([]int64, n),
		taken: make([]bool, len(m.task)), often: make([]int32, len(m.task)),
		by: make([]packing, people), counts: make([]counts, people),
		order: append([]int32(nil), m.byPerson...),
	}
	d.k.shift, d.k.meter = m.shift, work
	return d
}

// lowest is the least price of a task that makes sense: with less, leaving it
// undone would pay.
func (d *dual) lowest(t int32) int64 {
	if d.b.leave[t] == free {
		return d.m.leave[t] << d.m.shift
	}
	return d.m.floor
}

// within is the price nearest to u that makes sense for a task: nobody takes it
// above the most that any option is worth.
func (d *dual) within(t int32, u int64) int64 {
	return max(d.lowest(t), min(u, d.m.top[t]<<d.m.shift))
}

// setPrice changes a task's price. A set that was best stays so when a task
// outside it gets dearer or one inside it cheaper.
func (d *dual) setPrice(t int32, u int64) {
	change := u - d.u[t]
	if change == 0 {
		return
	}
	d.u[t] = u
	m := d.m
	for e := m.start[t]; e < m.start[t+1]; e++ {
		if d.b.edge[e] != free {
			continue
		}
		i := m.person[e]
		switch {
		case d.taken[e] != (change < 0):
			if d.taken[e] || m.value[e]<<m.shift > u {
				d.b.dirty[i] = true
			}
		case d.taken[e]:
			d.by[i].best -= change
			d.by[i].relaxed -= change
			d.sum -= change
		}
	}
}

// evaluate is L at the present prices, or more than any when the work is
// stopped on the way.
func (d *dual) evaluate() int64 {
	work := d.k.meter
	work.evals++
	work.work += int64(len(d.u))
	for i, dirty := range d.b.dirty {
		if !dirty {
			continue
		}
		if i%64 == 0 && work.spent() {
			return limit
		}
		d.b.dirty[i] = false
		d.repack(int32(i))
	}
	sum := d.sum + d.b.value<<d.m.shift
	for t, u := range d.u {
		if !d.b.decided[t] {
			sum += max(u, d.lowest(int32(t)))
		}
	}
	return sum
}

// repack finds one person's best set.
func (d *dual) repack(i int32) {
	m, b, k := d.m, d.b, &d.k
	order := d.order[m.first[i]:m.first[i+1]]
	k.items, d.spots = k.items[:0], d.spots[:0]
	k.work += int64(len(order))
	k.known, k.knownEffort = 0, 0
	tasks, stretches := int32(0), int32(0)
	for n, e := range order {
		before := d.taken[e]
		if before {
			d.taken[e] = false
			d.hits[m.task[e]]--
		}
		if b.edge[e] != free {
			continue
		}
		if profit := m.value[e]<<m.shift - d.u[m.task[e]]; profit > 0 {
			if before {
				k.known += profit
				k.knownEffort += m.effort[e]
				tasks++
				if m.stretch[e] {
					stretches++
				}
			}
			k.items = append(k.items, item{profit, m.effort[e], e, m.stretch[e]})
			d.spots = append(d.spots, int32(n))
		}
	}
	if k.knownEffort > b.room[i] || tasks > b.slots[i] || stretches > b.stretches[i] {
		k.known, k.knownEffort = 0, 0
	}
	d.sum -= d.by[i].best
	d.by[i] = k.pack(d.bag(i), &d.counts[i])
	d.sum += d.by[i].best
	for n, spot := range d.spots {
		order[spot] = k.items[n].edge
	}
	for _, e := range k.chosen {
		d.taken[e] = true
		d.hits[m.task[e]]++
	}
}

func (d *dual) bag(i int32) bag {
	g := bag{room: d.b.room[i], slots: d.b.slots[i], stretches: d.b.stretches[i], load: d.b.load[i]}
	if d.m.penalty != nil {
		g.penalty = &d.m.penalty[i]
	}
	return g
}

// slope is how far a task is from having one option: 1 with none, 0 with one,
// less with more, at least -32. Left undone at its price counts as one.
func (d *dual) slope(t int32) int64 {
	if d.hits[t] == 0 && d.u[t] <= d.lowest(t) && d.b.leave[t] == free {
		return 0
	}
	return max(-32, 1-int64(d.hits[t]))
}

// steep says whether some task does not have exactly one option.
func (d *dual) steep() bool {
	for t := range d.u {
		if !d.b.decided[t] && d.slope(int32(t)) != 0 {
			return true
		}
	}
	return false
}

// average moves the averages by weight/2^16 toward what is taken now.
func (d *dual) average(weight int64) {
	for e, now := range d.taken {
		to := int64(0)
		if now || d.b.edge[e] == in {
			to = 1 << 16
		}
		d.often[e] += int32((to - int64(d.often[e])) * weight >> 16)
	}
}

// bound is the best L as a value of the model.
func (d *dual) bound() int64 { return d.best >> d.m.shift }

// reset forgets the best prices and evaluates the present ones.
func (d *dual) reset() {
	d.best = d.evaluate()
	copy(d.at, d.u)
}

// restore puts the best prices back and evaluates them.
func (d *dual) restore() {
	d.setPrices(d.at)
	d.evaluate()
}

func (d *dual) setPrices(u []int64) {
	for t, u := range u {
		d.setPrice(int32(t), u)
	}
}
