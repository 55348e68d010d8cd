package match

import (
	"math/bits"
	"slices"
)

// An item is a task one person could have, at present prices.
type item struct {
	profit  int64 // value less the task's price, scaled
	effort  int64
	edge    int32
	stretch bool
}

// A bag is what one person can still take.
type bag struct {
	room             int64
	slots, stretches int32
	penalty          *penalty // nil: none
	load             int64    // what the penalty counts from
}

// counts are a person's prices on the number of tasks and of stretch tasks.
// They only steer the search for the best set; any values keep it exact.
type counts struct {
	task, stretch         int64
	taskStep, stretchStep int64
}

// A packing is the best set of items for one person, and how its worth would
// change: with one effort price and the count prices, no set that holds (or
// lacks) an item of reduced profit r beats relaxed-|r| when the relaxed
// optimum lacks (or holds) it.
type packing struct {
	best    int64 // worth of the best set, less its load penalty; scaled
	relaxed int64 // an upper bound on it, by relaxing capacity and counts
	price   int64 // per unit of effort in that relaxation
	task    int64 // per task
	stretch int64 // per stretch task
}

// A packer finds the best set of items for one person: a 0-1 knapsack with
// limits on counts and a convex price on the load. It extends the core around
// the break item of the continuous relaxation, keeping a list of undominated
// states (Pisinger's minimal-core algorithm), and drops every state whose
// continuous bound is not above the best set found. Worst case
// O(items * room * slots * stretches) states, in practice a few dozen.
// It can be used again without allocating.
type packer struct {
	shift uint
	items []item
	bag   bag
	price counts
	extra int64 // what the count prices pay for full counts

	plain          plain
	quick          bool // the rates of plain are good for these items
	ends           []end
	sizes          []int64
	counted        bool // a count limit can bind, namely
	manyTasks      bool // that of tasks
	manyStretch    bool // that of stretch tasks
	right, left    int  // next item to add, next to take out
	list, spare    []state
	links          []link
	known          int64 // profit of some set; 0 when none is known
	knownEffort    int64 // of that set
	low            int64 // worth of the best set found
	lowBack        int32 // how to get it from the break set; greedy for the greedy one
	greedy         []int32
	table          []int64 // best worth seen by counts, for dominance
	tableK, tableG int     // its rows are stretch counts
	chosen         []int32 // edges of the best set
	exact          bool    // false when maxLinks or the work limit cut the search off

	*meter // counts the states looked at
}

// A state is a set of items: the break set with some added and some taken out.
type state struct {
	effort, profit int64
	back           int32
	tasks, stretch int32
}

// A link says that a set is another one with one item added or taken out.
type link struct {
	back, item int32
}

const (
	breakSet  = -1
	greedySet = -2
	maxLinks  = 1 << 18
)

// pack finds the best set of k.items, all of positive profit and an effort
// that fits. The edges are then in k.chosen.
func (k *packer) pack(b bag, c *counts) packing {
	k.bag, k.exact = b, true
	k.chosen = k.chosen[:0]
	var efforts, profits int64
	var stretches int32
	for i := range k.items {
		efforts += k.items[i].effort
		profits += k.items[i].profit
		if k.items[i].stretch {
			stretches++
		}
	}
	k.bag.slots = min(b.slots, int32(len(k.items)))
	k.bag.stretches = min(b.stretches, stretches)
	k.manyTasks, k.manyStretch = k.tooMany(b.slots, false), k.tooMany(b.stretches, true)
	k.counted = k.manyTasks || k.manyStretch
	if !k.counted && efforts <= b.room && b.penalty == nil {
		for i := range k.items {
			k.chosen = append(k.chosen, k.items[i].edge)
		}
		return packing{best: profits, relaxed: profits}
	}
	k.price = counts{}
	k.extra = 0
	if k.counted {
		k.tune(c)
	} else {
		k.sort()
	}
	brk, effort, profit := k.breakItem()
	out := packing{price: 0, task: k.price.task, stretch: k.price.stretch}
	if brk < len(k.items) && k.items[brk].profit > 0 && k.items[brk].effort > 0 {
		out.price = min(k.items[brk].profit/k.items[brk].effort, 2*limit/(b.room+1))
	}
	out.relaxed = k.relaxed(out.price)
	k.start()
	k.quick = k.plain.setScale(k.items, max(efforts, b.room))
	k.setEnds()
	if k.quick && !k.counted && b.penalty == nil {
		k.searchPlain(brk, effort, profit)
	} else {
		k.search(brk, effort, profit)
	}
	out.best = k.low
	if !k.exact {
		out.best = out.relaxed
	}
	k.collect(brk)
	return out
}

// tooMany says whether more than most of the items, or of the stretch items,
// fit at once.
func (k *packer) tooMany(most int32, stretch bool) bool {
	if int(most) >= len(k.items) {
		return false
	}
	k.sizes = k.sizes[:0]
	for i := range k.items {
		if !stretch || k.items[i].stretch {
			k.sizes = append(k.sizes, k.items[i].effort)
		}
	}
	if int(most) >= len(k.sizes) {
		return false
	}
	slices.Sort(k.sizes)
	room := k.bag.room
	for _, effort := range k.sizes[:most+1] {
		room -= effort
	}
	return room >= 0
}

// before orders items by profit per unit of effort, the best first, those
// without profit last.
func before(a, b *item) bool {
	if a.profit <= 0 {
		return false
	}
	if b.profit <= 0 {
		return true
	}
	return !atMost(a.profit, b.effort, b.profit, a.effort)
}

// atMost says whether a*b <= c*d, for numbers that are not negative.
func atMost(a, b, c, d int64) bool {
	h1, l1 := bits.Mul64(uint64(a), uint64(b))
	h2, l2 := bits.Mul64(uint64(c), uint64(d))
	return h1 < h2 || h1 == h2 && l1 <= l2
}

// sort orders the items; they are nearly in order from the last time.
func (k *packer) sort() {
	moves := 8 * len(k.items)
	for i := 1; i < len(k.items); i++ {
		x := k.items[i]
		j := i
		for ; j > 0 && before(&x, &k.items[j-1]); j-- {
			k.items[j] = k.items[j-1]
			moves--
		}
		k.items[j] = x
		if moves < 0 {
			slices.SortStableFunc(k.items, func(a, b item) int {
				switch {
				case before(&a, &b):
					return -1
				case before(&b, &a):
					return 1
				}
				return 0
			})
			return
		}
	}
}

// cost is the load penalty of a set by its effort, scaled.
func (k *packer) cost(effort int64) int64 {
	if k.bag.penalty == nil {
		return 0
	}
	return k.bag.penalty.whole(k.bag.load+effort) << k.shift
}

// convexCost is the convex function that cost rounds up.
func (k *packer) convexCost(effort int64) int64 {
	if k.bag.penalty == nil {
		return 0
	}
	t := k.bag.penalty.thousandths(k.bag.load + effort)
	return t/1000<<k.shift + t%1000<<k.shift/1000
}

// breakItem is the first item, by profit per effort, that does not fit or does
// not pay for the load penalty, and the effort and profit of those before it.
func (k *packer) breakItem() (n int, effort, profit int64) {
	for n = range k.items {
		it := &k.items[n]
		if it.profit <= 0 || effort+it.effort > k.bag.room {
			return n, effort, profit
		}
		if k.bag.penalty != nil && it.profit <= k.convexCost(effort+it.effort)-k.convexCost(effort) {
			return n, effort, profit
		}
		effort += it.effort
		profit += it.profit
	}
	return len(k.items), effort, profit
}

// relaxed is an upper bound by pricing effort and counts.
func (k *packer) relaxed(price int64) int64 {
	sum := k.extra
	for i := range k.items {
		if r := reduced(k.items[i].profit, price, k.items[i].effort); r > 0 {
			sum += r
		}
	}
	gain := -k.convexCost(0)
	gain = max(gain, price*k.bag.room-k.convexCost(k.bag.room))
	if k.bag.penalty != nil {
		for _, bend := range k.bag.penalty.bend {
			if y := bend - k.bag.load; y > 0 && y < k.bag.room {
				gain = max(gain, price*y-k.convexCost(y))
			}
		}
	}
	return sum + gain
}

// reduced is profit - price*effort, or a very low number where that overflows.
func reduced(profit, price, effort int64) int64 {
	hi, lo := bits.Mul64(uint64(price), uint64(effort))
	if hi > 0 || lo > 1<<62 {
		return -1 << 62
	}
	return profit - int64(lo)
}
