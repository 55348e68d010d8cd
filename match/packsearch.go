package match

// search enumerates what can be better than the break set: it adds the items
// behind it and takes out those in it, by turns, from the break outwards.
func (k *packer) search(brk int, effort, profit int64) {
	k.left, k.right = brk-1, brk
	k.links = k.links[:0]
	first := state{effort: effort, profit: profit, back: breakSet}
	for i := range k.items[:brk] {
		first.count(&k.items[i], 1)
	}
	k.low = max(k.low, k.known-k.cost(k.knownEffort)-1)
	if k.improves(&first) {
		k.lowBack = breakSet
	}
	k.setTable()
	k.list = append(k.list[:0], first)
	for len(k.list) > 0 && (k.right < len(k.items) || k.left >= 0) {
		if k.right < len(k.items) {
			k.extend(k.right, 1)
		}
		if k.left >= 0 && len(k.list) > 0 {
			k.extend(k.left, -1)
		}
		if len(k.links) > maxLinks || k.spent() {
			k.exact = len(k.list) == 0
			return
		}
	}
}

// count adds (or takes out) an item's counts.
func (s *state) count(it *item, by int32) {
	s.tasks += by
	if it.stretch {
		s.stretch += by
	}
}

// start finds a first set to beat: the empty one, or the break set (as far as
// the counts allow) and whatever fits behind it.
func (k *packer) start() {
	k.low, k.lowBack = -k.cost(0), greedySet
	k.greedy = k.greedy[:0]
	var s state
	for i := range k.items {
		it := &k.items[i]
		gain := k.earned(it)
		if s.effort+it.effort > k.bag.room || s.tasks >= k.bag.slots ||
			it.stretch && s.stretch >= k.bag.stretches {
			continue
		}
		if k.bag.penalty != nil && gain <= k.cost(s.effort+it.effort)-k.cost(s.effort) {
			continue
		}
		s.effort += it.effort
		s.profit += gain
		s.count(it, 1)
		k.greedy = append(k.greedy, int32(i))
	}
	if worth := s.profit - k.cost(s.effort); worth > k.low {
		k.low = worth
	} else {
		k.greedy = k.greedy[:0]
	}
}

// earned is an item's profit before the count prices.
func (k *packer) earned(it *item) int64 {
	if it.stretch {
		return it.profit + k.price.task + k.price.stretch
	}
	return it.profit + k.price.task
}

// extend makes every state also one with item n added (sign 1) or taken out
// (sign -1), merging both lists in order of effort.
func (k *packer) extend(n int, sign int64) {
	it := &k.items[n]
	if sign > 0 {
		k.right = n + 1
	} else {
		k.left = n - 1
	}
	effort, profit := sign*it.effort, sign*it.profit
	if k.quick {
		k.rates()
	}
	k.resetTable()
	k.work += int64(2 * len(k.list))
	out := k.spare[:0]
	a, b := 0, 0 // next unchanged, next changed
	for a < len(k.list) || b < len(k.list) {
		changed := a == len(k.list)
		if !changed && b < len(k.list) {
			x, y := &k.list[a], &k.list[b]
			ye := y.effort + effort
			changed = ye < x.effort || ye == x.effort && y.profit+profit > x.profit
		}
		var s state
		if changed {
			s = k.list[b]
			b++
			s.effort += effort
			s.profit += profit
			s.count(it, int32(sign))
		} else {
			s = k.list[a]
			a++
		}
		better := k.improves(&s)
		if !better && k.hopeless(&s) || k.dominated(&s, out) {
			continue
		}
		if changed {
			k.links = append(k.links, link{s.back, int32(n)})
			s.back = int32(len(k.links) - 1)
		}
		if better {
			k.lowBack = s.back
			if k.hopeless(&s) {
				continue
			}
		}
		out = append(out, s)
	}
	k.list, k.spare = out, k.list
}

// improves notes a state that is a better set than the best so far.
func (k *packer) improves(s *state) bool {
	if s.effort > k.bag.room {
		return false
	}
	worth := s.profit
	if k.counted {
		if s.tasks > k.bag.slots || s.stretch > k.bag.stretches {
			return false
		}
		worth += int64(s.tasks)*k.price.task + int64(s.stretch)*k.price.stretch
	}
	if k.bag.penalty != nil {
		worth -= k.cost(s.effort)
	}
	if worth <= k.low {
		return false
	}
	k.low = worth
	return true
}

// hopeless says whether nothing that can still be added to or taken out of a
// state makes it better than the best set found.
func (k *packer) hopeless(s *state) bool {
	switch {
	case k.quick && k.bag.penalty != nil:
		return !k.mayImprove(s)
	case k.bag.penalty != nil:
		return k.hopelessPriced(s)
	}
	short := k.low - s.profit - k.extra // what has to be gained
	if s.effort <= k.bag.room {
		if short < 0 {
			return false
		}
		if k.right == len(k.items) || k.items[k.right].profit <= 0 {
			return true
		}
		r := &k.items[k.right]
		return atMost(k.bag.room-s.effort, r.profit, short, r.effort)
	}
	if short >= 0 || k.left < 0 {
		return true
	}
	l := &k.items[k.left]
	return atMost(-short, l.effort, s.effort-k.bag.room, l.profit)
}

// hopelessPriced is hopeless with a load penalty. The bound over the final
// effort is concave and piecewise linear: its maximum is where the state is, at
// the capacity, or at a bend.
func (k *packer) hopelessPriced(s *state) bool {
	if k.mayEnd(s, min(s.effort, k.bag.room)) || k.mayEnd(s, k.bag.room) || k.mayEnd(s, 0) {
		return false
	}
	for _, bend := range k.bag.penalty.bend {
		if y := bend - k.bag.load; y > 0 && y < k.bag.room && k.mayEnd(s, y) {
			return false
		}
	}
	return true
}

// mayEnd says whether a state could become better than the best set at a final
// effort, going there at the best rate left.
func (k *packer) mayEnd(s *state, effort int64) bool {
	short := k.low - s.profit - k.extra + k.convexCost(effort)
	if effort >= s.effort {
		if short < 0 {
			return true
		}
		if k.right == len(k.items) || k.items[k.right].profit <= 0 {
			return false
		}
		r := &k.items[k.right]
		return !atMost(effort-s.effort, r.profit, short, r.effort)
	}
	if short >= 0 || k.left < 0 {
		return false
	}
	l := &k.items[k.left]
	return !atMost(-short, l.effort, s.effort-effort, l.profit)
}

// setTable sizes the table of dominance by counts.
func (k *packer) setTable() {
	if !k.counted {
		return
	}
	k.tableK, k.tableG = 1, 1
	if k.manyTasks {
		k.tableK += len(k.items)
	}
	if k.manyStretch {
		for i := range k.items {
			if k.items[i].stretch {
				k.tableG++
			}
		}
	}
	if need := k.tableK * k.tableG; cap(k.table) < need {
		k.table = make([]int64, need)
	} else {
		k.table = k.table[:need]
	}
}

func (k *packer) resetTable() {
	if k.counted {
		for i := range k.table {
			k.table[i] = -1 << 62
		}
	}
}

// dominated says whether a state met before takes no more effort and no more
// counts and earns as much. States come in order of effort.
func (k *packer) dominated(s *state, out []state) bool {
	if !k.counted {
		return len(out) > 0 && out[len(out)-1].profit >= s.profit
	}
	worth := s.profit + int64(s.tasks)*k.price.task + int64(s.stretch)*k.price.stretch
	n, g := 0, 0
	if k.manyTasks {
		n = int(s.tasks)
	}
	if k.manyStretch {
		g = int(s.stretch)
	}
	if k.table[g*k.tableK+n] >= worth {
		return true
	}
	for ; g < k.tableG; g++ {
		row := k.table[g*k.tableK : (g+1)*k.tableK]
		for c := n; c < k.tableK && row[c] < worth; c++ {
			row[c] = worth
		}
	}
	return false
}

// collect lists the edges of the best set.
func (k *packer) collect(brk int) {
	if k.lowBack == greedySet {
		for _, i := range k.greedy {
			k.chosen = append(k.chosen, k.items[i].edge)
		}
		return
	}
	k.greedy = k.greedy[:0] // items that differ from the break set
	for b := k.lowBack; b != breakSet; b = k.links[b].back {
		k.greedy = append(k.greedy, k.links[b].item)
	}
	taken := k.items[:brk]
	for i := range taken {
		if !contains(k.greedy, int32(i)) {
			k.chosen = append(k.chosen, taken[i].edge)
		}
	}
	for _, i := range k.greedy {
		if int(i) >= brk {
			k.chosen = append(k.chosen, k.items[i].edge)
		}
	}
}

func contains(list []int32, x int32) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// tune looks for count prices that make the relaxation tight, from where it
// was last time. A limit that cannot bind here has none: what the bag takes may
// then be more than it would here.
func (k *packer) tune(c *counts) {
	var most int64
	for i := range k.items {
		most = max(most, k.items[i].profit)
	}
	if c.taskStep == 0 {
		c.taskStep, c.stretchStep = most/2+1, most/2+1
	}
	if !k.manyTasks {
		c.task = 0
	}
	if !k.manyStretch {
		c.stretch = 0
	}
	best, tasks, stretch := k.at(c.task, c.stretch)
	for range 3 {
		next := *c
		next.task = toward(c.task, c.taskStep, tasks-int64(k.bag.slots), most)
		next.stretch = toward(c.stretch, c.stretchStep, stretch-int64(k.bag.stretches), most)
		if next == *c {
			break
		}
		value, t, g := k.at(next.task, next.stretch)
		if value < best {
			best, tasks, stretch = value, t, g
			next.taskStep, next.stretchStep = c.taskStep*2, c.stretchStep*2
			*c = next
			continue
		}
		c.taskStep, c.stretchStep = max(1, c.taskStep/4), max(1, c.stretchStep/4)
		k.at(c.task, c.stretch)
	}
	k.at(c.task, c.stretch)
}

// toward moves a price up when its count is over, down when it is under.
func toward(price, step, over, most int64) int64 {
	switch {
	case over > 0:
		return min(most, price+step)
	case over < 0:
		return max(0, price-step)
	}
	return price
}

// at prices the counts and orders the items by what they then earn; it returns
// the relaxation's bound and its counts.
func (k *packer) at(task, stretch int64) (bound, tasks, stretches int64) {
	for i := range k.items {
		it := &k.items[i]
		it.profit -= task - k.price.task
		if it.stretch {
			it.profit -= stretch - k.price.stretch
		}
	}
	k.price.task, k.price.stretch = task, stretch
	k.extra = task*int64(k.bag.slots) + stretch*int64(k.bag.stretches)
	k.sort()
	brk, _, _ := k.breakItem()
	var price int64
	if brk < len(k.items) && k.items[brk].profit > 0 && k.items[brk].effort > 0 {
		price = min(k.items[brk].profit/k.items[brk].effort, 2*limit/(k.bag.room+1))
	}
	for i := range k.items[:brk] {
		tasks++
		if k.items[i].stretch {
			stretches++
		}
	}
	return k.relaxed(price), tasks, stretches
}
