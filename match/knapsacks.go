package match

import "slices"

// Knapsacks finds what a person's best set loses when one edge changes sides,
// exactly, by dynamic programming over room from both ends of the list
// (Posta, Ferland and Michelon 2012): O(items * room) for all edges together.
type knapsacks struct {
	table  []int64 // rows of the best worth of the first items, by room
	behind []int64 // the same of the last ones
	items  []item
}

// mostCells is how large a table may become; with more the continuous
// relaxation has to do.
const mostCells = 1 << 20

// losses fills in the losses of a person's free edges; it is false when the
// person has limits that this does not cover, or too much room.
func (x *knapsacks) losses(d *dual, i int32, loss []int64) bool {
	m, b := d.m, d.b
	room := b.room[i]
	if m.penalty != nil || m.slots[i] != unlimited || m.stretches[i] != unlimited || room >= mostCells {
		return false
	}
	x.items = x.items[:0]
	var efforts int64
	for _, e := range m.byPerson[m.first[i]:m.first[i+1]] {
		if b.edge[e] != free {
			continue
		}
		if profit := m.value[e]<<m.shift - d.u[m.task[e]]; profit > 0 {
			x.items = append(x.items, item{profit: profit, effort: m.effort[e], edge: e})
			efforts += m.effort[e]
		}
	}
	room = min(room, efforts)
	wide := int(room) + 1
	if wide*(len(x.items)+1) > mostCells {
		return false
	}
	d.k.work += int64(2 * wide * (len(x.items) + 1))
	x.forward(wide)
	n := len(x.items)
	all := x.table[n*wide : (n+1)*wide]
	best := d.by[i].best
	for _, e := range m.byPerson[m.first[i]:m.first[i+1]] {
		if b.edge[e] != free {
			continue
		}
		if profit := m.value[e]<<m.shift - d.u[m.task[e]]; profit <= 0 {
			loss[e] = best - profit - all[min(room, b.room[i]-m.effort[e])]
		}
	}
	x.backward(wide, best, d.taken, b.room[i], loss)
	return true
}

// forward fills the table: row n is the best worth of the first n items.
func (x *knapsacks) forward(wide int) {
	x.table = slices.Grow(x.table[:0], wide*(len(x.items)+1))[:wide*(len(x.items)+1)]
	row := x.table[:wide]
	clear(row)
	for n := range x.items {
		next := x.table[(n+1)*wide : (n+2)*wide]
		add(next, row, &x.items[n])
		row = next
	}
}

// add makes next the best worth of what row holds and one more item.
func add(next, row []int64, it *item) {
	w := int(min(it.effort, int64(len(row))))
	copy(next[:w], row[:w])
	for a, without := range row[w:] {
		next[w+a] = max(without, row[a]+it.profit)
	}
}

// backward goes through the items from the last one, with what those behind
// are worth, and joins both sides around each.
func (x *knapsacks) backward(wide int, best int64, taken []bool, full int64, loss []int64) {
	x.behind = slices.Grow(x.behind[:0], 2*wide)[:2*wide]
	behind, next := x.behind[:wide], x.behind[wide:]
	clear(behind)
	for n := len(x.items) - 1; n >= 0; n-- {
		it := &x.items[n]
		before := x.table[n*wide : (n+1)*wide]
		room, gain := int64(wide-1), int64(0)
		if !taken[it.edge] {
			room, gain = min(room, full-it.effort), it.profit
		}
		// Sets without this item need at most the others' efforts.
		loss[it.edge] = best - gain - join(before[:room+1], behind[:room+1])
		add(next, behind, it)
		behind, next = next, behind
	}
}

// join is the best worth of two parts that share a room.
func join(a, b []int64) int64 {
	best := int64(0)
	last := len(b) - 1
	for k, v := range a {
		best = max(best, v+b[last-k])
	}
	return best
}
