package match

import (
	"context"
	"testing"

	"pgregory.net/rapid"
)

// packByForce tries every set of items.
func packByForce(k *packer, items []item, b bag) int64 {
	best := int64(-1 << 62)
	for set := range 1 << len(items) {
		var s state
		for i := range items {
			if set>>i&1 == 1 {
				s.effort += items[i].effort
				s.profit += items[i].profit
				s.count(&items[i], 1)
			}
		}
		if s.effort <= b.room && s.tasks <= b.slots && s.stretch <= b.stretches {
			k.bag = b
			best = max(best, s.profit-k.cost(s.effort))
		}
	}
	return best
}

// The best set is the best of all sets, its edges are worth that, the
// relaxation is above it, and the loss it promises for an item is really lost.
func TestPackIsBruteForce(t *testing.T) {
	k := &packer{shift: 3, meter: &meter{ctx: context.Background()}}
	var prices counts
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 12).Draw(t, "items")
		wide := rapid.SampledFrom([]int64{10, 1000, 1 << 40}).Draw(t, "range")
		var items []item
		var efforts int64
		for e := range n {
			it := item{
				profit: rapid.Int64Range(1, wide).Draw(t, "profit"), effort: rapid.Int64Range(0, 30).Draw(t, "effort"),
				edge: int32(e), stretch: rapid.Bool().Draw(t, "stretch"),
			}
			efforts += it.effort
			items = append(items, it)
		}
		b := bag{
			room: 30 + rapid.Int64Range(0, efforts).Draw(t, "room"), slots: unlimited, stretches: unlimited,
			load: rapid.Int64Range(0, 20).Draw(t, "load"),
		}
		if rapid.Bool().Draw(t, "limited") {
			b.slots = rapid.Int32Range(0, 8).Draw(t, "slots")
			b.stretches = rapid.Int32Range(0, 4).Draw(t, "stretches")
		}
		if rapid.Bool().Draw(t, "priced") {
			b.penalty = &penalty{}
			for range rapid.IntRange(0, 3).Draw(t, "steps") {
				b.penalty.bend = append(b.penalty.bend, rapid.Int64Range(-10, 60).Draw(t, "bend"))
				b.penalty.price = append(b.penalty.price, rapid.Int64Range(0, 100*wide).Draw(t, "price"))
			}
		}
		k.items = append(k.items[:0], items...)
		got := k.pack(b, &prices)
		want := packByForce(k, items, b)
		if got.best != want || got.relaxed < want {
			t.Fatalf("best %d, relaxed %d, want %d", got.best, got.relaxed, want)
		}
		var s state
		taken := map[int32]bool{}
		for _, e := range k.chosen {
			if taken[e] {
				t.Fatalf("item %d taken twice", e)
			}
			taken[e] = true
			s.effort += items[e].effort
			s.profit += items[e].profit
			s.count(&items[e], 1)
		}
		if s.effort > b.room || s.tasks > b.slots || s.stretch > b.stretches || s.profit-k.cost(s.effort) != want {
			t.Fatalf("the edges %v are not worth %d", k.chosen, want)
		}
		checkLosses(t, k, items, b, got, taken)
	})
}

// checkLosses forces each item in or out by a profit beyond all others.
func checkLosses(t *rapid.T, k *packer, items []item, b bag, got packing, taken map[int32]bool) {
	for e := range items {
		r := items[e].profit - got.task - got.price*items[e].effort
		if items[e].stretch {
			r -= got.stretch
		}
		changed := append([]item(nil), items...)
		bonus := int64(1 << 50)
		if taken[int32(e)] {
			bonus = -1 << 50
		} else {
			r = -r
		}
		changed[e].profit += bonus
		forced := packByForce(k, changed, b)
		if bonus > 0 {
			forced -= bonus
		}
		if forced > got.best-max(0, r-(got.relaxed-got.best)) {
			t.Fatalf("item %d: forced %d, best %d, relaxed %d, reduced %d", e, forced, got.best, got.relaxed, r)
		}
	}
}
