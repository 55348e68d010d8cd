package match

// What is decided about an edge, or about leaving a task undone.
const (
	free int8 = iota
	in
	out
)

// A board is what the search has decided so far: which options are taken,
// which are ruled out, what room that leaves. Every change is on the trail and
// can be undone.
type board struct {
	m *model

	edge    []int8  // by edge
	leave   []int8  // by task
	options []int32 // by task, not ruled out
	decided []bool  // by task

	room, load       []int64 // by person
	slots, stretches []int32

	value int64 // of the decided tasks, before load penalties
	open  int   // undecided tasks
	dead  bool  // some task has no option left

	dirty   []bool   // by person: changed since the dual looked
	trail   []int32  // edges, and ^task for leaving
	forced  []int32  // tasks with one option left, to be decided
	shrunk  []int32  // people with less room, whose edges are to be looked at
	waiting []bool   // by person: in shrunk
	onTrail []change // what kind each trail entry is
}

type change = int8

func newBoard(m *model) *board {
	n, people := len(m.origin), len(m.room)
	b := &board{
		m: m, edge: make([]int8, len(m.task)), leave: make([]int8, n), options: make([]int32, n),
		decided: make([]bool, n), open: n,
		room: append([]int64(nil), m.room...), load: make([]int64, people),
		slots: append([]int32(nil), m.slots...), stretches: append([]int32(nil), m.stretches...),
		dirty: make([]bool, people), waiting: make([]bool, people),
	}
	for t := range n {
		b.options[t] = m.start[t+1] - m.start[t]
		if m.must[t] {
			b.leave[t] = out
		} else {
			b.options[t]++
		}
		if b.options[t] == 1 {
			b.forced = append(b.forced, int32(t))
		}
	}
	for i := range b.dirty {
		b.dirty[i] = true
	}
	b.settle()
	b.trail, b.onTrail = b.trail[:0], b.onTrail[:0]
	return b
}

// take decides that an edge is part of the plan, and all that follows from it.
func (b *board) take(e int32) { b.takeEdge(e); b.settle() }

// drop rules an edge out, and all that follows from it.
func (b *board) drop(e int32) { b.dropEdge(e); b.settle() }

// takeLeave decides that a task is left undone.
func (b *board) takeLeave(t int32) { b.leaveUndone(t); b.settle() }

// dropLeave rules out that a task is left undone.
func (b *board) dropLeave(t int32) { b.dropLeaving(t); b.settle() }

func (b *board) note(x int32, kind change) {
	b.trail = append(b.trail, x)
	b.onTrail = append(b.onTrail, kind)
}

func (b *board) takeEdge(e int32) {
	m := b.m
	t, i := m.task[e], m.person[e]
	if b.edge[e] != free || b.room[i] < m.effort[e] || b.slots[i] == 0 || m.stretch[e] && b.stretches[i] == 0 {
		b.dead = b.dead || b.edge[e] != in
		return
	}
	b.edge[e] = in
	b.note(e, in)
	b.decide(t, m.value[e], -1)
	b.move(e, -1)
	if !b.waiting[i] {
		b.waiting[i] = true
		b.shrunk = append(b.shrunk, i)
	}
	for f := m.start[t]; f < m.start[t+1]; f++ {
		if b.edge[f] == free {
			b.dropEdge(f)
		}
	}
	if b.leave[t] == free {
		b.dropLeaving(t)
	}
}

// move takes an edge's needs from its person's room (sign -1) or gives them
// back (sign 1).
func (b *board) move(e int32, sign int64) {
	m := b.m
	i := m.person[e]
	b.room[i] += sign * m.effort[e]
	b.load[i] -= sign * m.effort[e]
	if b.slots[i] != unlimited {
		b.slots[i] += int32(sign)
	}
	if m.stretch[e] && b.stretches[i] != unlimited {
		b.stretches[i] += int32(sign)
	}
	b.dirty[i] = true
}

func (b *board) decide(t int32, value int64, open int) {
	b.decided[t] = open < 0
	b.open += open
	b.value -= int64(open) * value
}

func (b *board) dropEdge(e int32) {
	if b.edge[e] != free {
		b.dead = b.dead || b.edge[e] == in
		return
	}
	b.edge[e] = out
	b.note(e, out)
	b.dirty[b.m.person[e]] = true
	b.lose(b.m.task[e])
}

func (b *board) dropLeaving(t int32) {
	if b.leave[t] != free {
		b.dead = b.dead || b.leave[t] == in
		return
	}
	b.leave[t] = out
	b.note(^t, out)
	b.lose(t)
}

// lose counts down a task's options.
func (b *board) lose(t int32) {
	b.options[t]--
	switch {
	case b.options[t] == 0:
		b.dead = true
	case b.options[t] == 1 && !b.decided[t]:
		b.forced = append(b.forced, t)
	}
}

func (b *board) leaveUndone(t int32) {
	if b.leave[t] != free {
		b.dead = b.dead || b.leave[t] == out
		return
	}
	b.leave[t] = in
	b.note(^t, in)
	b.decide(t, b.m.leave[t], -1)
	for f := b.m.start[t]; f < b.m.start[t+1]; f++ {
		if b.edge[f] == free {
			b.dropEdge(f)
		}
	}
}

// settle decides tasks with one option and rules out what no longer fits,
// until nothing follows any more or a task has no option left.
func (b *board) settle() {
	for !b.dead && (len(b.forced) > 0 || len(b.shrunk) > 0) {
		if n := len(b.forced); n > 0 {
			t := b.forced[n-1]
			b.forced = b.forced[:n-1]
			if !b.decided[t] {
				b.takeOnly(t)
			}
			continue
		}
		i := b.shrunk[len(b.shrunk)-1]
		b.shrunk = b.shrunk[:len(b.shrunk)-1]
		b.waiting[i] = false
		b.dropUnfit(i)
	}
	for _, i := range b.shrunk {
		b.waiting[i] = false
	}
	b.forced, b.shrunk = b.forced[:0], b.shrunk[:0]
}

func (b *board) takeOnly(t int32) {
	if b.leave[t] == free {
		b.leaveUndone(t)
		return
	}
	for e := b.m.start[t]; e < b.m.start[t+1]; e++ {
		if b.edge[e] == free {
			b.takeEdge(e)
			return
		}
	}
}

// dropUnfit rules out what a person has no room for.
func (b *board) dropUnfit(i int32) {
	m := b.m
	for _, e := range m.byPerson[m.first[i]:m.first[i+1]] {
		if b.edge[e] == free && (m.effort[e] > b.room[i] || b.slots[i] == 0 || m.stretch[e] && b.stretches[i] == 0) {
			b.dropEdge(e)
		}
	}
}

// mark is where undo can go back to.
func (b *board) mark() int { return len(b.trail) }

// undo takes back everything since a mark.
func (b *board) undo(mark int) {
	m := b.m
	for n := len(b.trail) - 1; n >= mark; n-- {
		x, kind := b.trail[n], b.onTrail[n]
		if x < 0 {
			t := ^x
			b.leave[t] = free
			if kind == in {
				b.decide(t, m.leave[t], 1)
			} else {
				b.options[t]++
			}
			continue
		}
		b.edge[x] = free
		b.dirty[m.person[x]] = true
		if kind == in {
			b.decide(m.task[x], m.value[x], 1)
			b.move(x, 1)
		} else {
			b.options[m.task[x]]++
		}
	}
	b.trail, b.onTrail = b.trail[:mark], b.onTrail[:mark]
	b.dead = false
}

// forget makes all that is decided final: undo goes back to here at most.
func (b *board) forget() { b.trail, b.onTrail = b.trail[:0], b.onTrail[:0] }

// copyFrom makes the board equal to another one of the same model, with an
// empty trail.
func (b *board) copyFrom(from *board) {
	copy(b.edge, from.edge)
	copy(b.leave, from.leave)
	copy(b.options, from.options)
	copy(b.decided, from.decided)
	copy(b.room, from.room)
	copy(b.load, from.load)
	copy(b.slots, from.slots)
	copy(b.stretches, from.stretches)
	b.value, b.open, b.dead = from.value, from.open, from.dead
	for i := range b.dirty {
		b.dirty[i] = true
	}
	b.forget()
}
