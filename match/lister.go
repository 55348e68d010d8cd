package match

import (
	"cmp"
	"slices"
)

// A lister lists a person's sets that fall short of their best set by no more
// than a loss, depth first over the tasks, the dearest to get wrong first.
type lister struct {
	k     packer // for its bag's load penalty
	items []listed
	most  int64 // loss, from the relaxed bound
	least int64 // worth
	out   []set
	steps int64
	limit int64 // of the steps
}

type listed struct {
	item
	reduced int64 // profit at the prices of effort and counts
}

func (x *lister) begin(b bag, shift uint, work *meter) {
	x.k.bag, x.k.shift, x.k.meter = b, shift, work
	x.items = x.items[:0]
}

// add adds a task the person could have, by its bit.
func (x *lister) add(it item) {
	if it.effort <= x.k.bag.room {
		x.items = append(x.items, listed{item: it})
	}
}

// list appends the sets; it is false when that takes more steps than the limit,
// or the work is over.
func (x *lister) list(sets []set, by *packing, loss, limit int64) ([]set, bool) {
	for n := range x.items {
		it := &x.items[n]
		it.reduced = reduced(it.profit, by.price, it.effort) - by.task
		if it.stretch {
			it.reduced -= by.stretch
		}
	}
	slices.SortFunc(x.items, func(a, b listed) int {
		return cmp.Or(cmp.Compare(max(b.reduced, -b.reduced), max(a.reduced, -a.reduced)), cmp.Compare(a.edge, b.edge))
	})
	x.most, x.least = loss+by.relaxed-by.best, by.best-loss
	x.out, x.steps, x.limit = sets, 0, limit
	ok := x.from(0, 0, state{}, 0)
	return x.out, ok
}

// from tries every way to go on from item n on.
func (x *lister) from(n int, loss int64, s state, tasks uint64) bool {
	if x.steps++; x.steps > x.limit || x.steps%1024 == 0 && x.k.spent() {
		return false
	}
	if n == len(x.items) {
		if worth := s.profit - x.k.cost(s.effort); worth >= x.least {
			x.out = append(x.out, set{tasks: tasks, worth: worth})
		}
		return true
	}
	it := &x.items[n]
	if l := loss + max(0, -it.reduced); l <= x.most {
		t := s
		t.effort += it.effort
		t.profit += it.profit
		t.count(&it.item, 1)
		if t.effort <= x.k.bag.room && t.tasks <= x.k.bag.slots && t.stretch <= x.k.bag.stretches &&
			!x.from(n+1, l, t, tasks|1<<it.edge) {
			return false
		}
	}
	if l := loss + max(0, it.reduced); l <= x.most {
		return x.from(n+1, l, s, tasks)
	}
	return true
}
