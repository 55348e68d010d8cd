package match

import (
	"cmp"
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The lister lists exactly the sets that fall short by no more than the loss.
func TestListerIsBruteForce(t *testing.T) {
	work := &meter{ctx: context.Background()}
	k := &packer{shift: 3, meter: work}
	var x lister
	var prices counts
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 11).Draw(t, "items")
		var items []item
		for e := range n {
			items = append(items, item{
				profit: rapid.Int64Range(-500, 1000).Draw(t, "profit"), effort: rapid.Int64Range(0, 30).Draw(t, "effort"),
				edge: int32(e), stretch: rapid.Bool().Draw(t, "stretch"),
			})
		}
		b := bag{room: rapid.Int64Range(30, 150).Draw(t, "room"), slots: unlimited, stretches: unlimited}
		if rapid.Bool().Draw(t, "limited") {
			b.slots = rapid.Int32Range(0, 8).Draw(t, "slots")
			b.stretches = rapid.Int32Range(0, 4).Draw(t, "stretches")
		}
		if rapid.Bool().Draw(t, "priced") {
			b.penalty = &penalty{bend: []int64{rapid.Int64Range(-10, 60).Draw(t, "bend")}, price: []int64{rapid.Int64Range(0, 9000).Draw(t, "price")}}
		}
		loss := rapid.Int64Range(0, 800).Draw(t, "loss")

		k.items = k.items[:0]
		for _, it := range items {
			if it.profit > 0 {
				k.items = append(k.items, it)
			}
		}
		by := k.pack(b, &prices)
		x.begin(b, k.shift, work)
		for _, it := range items {
			x.add(it)
		}
		got, ok := x.list(nil, &by, loss, 1<<20)
		if !ok {
			t.Fatal("gave up")
		}
		slices.SortFunc(got, func(a, b set) int { return cmp.Compare(a.tasks, b.tasks) })
		if want := setsByForce(k, items, b, by.best-loss); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

// setsByForce are the sets of items worth at least so much.
func setsByForce(k *packer, items []item, b bag, least int64) []set {
	var list []set
	k.bag = b
	for tasks := range uint64(1) << len(items) {
		var s state
		for i := range items {
			if tasks>>i&1 == 1 {
				s.effort += items[i].effort
				s.profit += items[i].profit
				s.count(&items[i], 1)
			}
		}
		worth := s.profit - k.cost(s.effort)
		if s.effort <= b.room && s.tasks <= b.slots && s.stretch <= b.stretches && worth >= least {
			list = append(list, set{tasks, worth})
		}
	}
	return list
}

// A partition alone, from prices nobody has lowered, finds the best plan and
// proves it; when it is stopped, what it says is still true.
func TestPartitionIsBruteForce(t *testing.T) {
	tried := 0
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t, sizeOf{7, 4, true})
		best, found := bruteForce(p)
		m, why := newModel(p)
		if why != nil {
			return // no plan by its form
		}
		s := newSearch(&meter{ctx: context.Background()}, m, 0)
		for t := range s.d.u {
			s.d.u[t] = s.d.within(int32(t), 0)
		}
		if s.v.begin(0, true); s.b.dead || s.b.open == 0 {
			return // nothing to decide
		}
		tried++
		until := int64(1) << 40
		stopped := rapid.Bool().Draw(t, "stopped")
		if stopped {
			until = s.work + rapid.Int64Range(1, 5000).Draw(t, "work")
		}
		over, _ := newPartition(s).ask(m.least-1, until)
		switch {
		case !stopped && !over:
			t.Fatal("stopped without a limit")
		case over && (s.best != nil) != found:
			t.Fatalf("a plan: %v, want %v", s.best != nil, found)
		case over && found && m.worth(s.low) != best, s.best != nil && m.worth(s.low) > best:
			t.Fatalf("worth %d, best is %d", m.worth(s.low), best)
		}
	})
	if tried == 0 {
		t.Error("nothing was tried")
	}
}
