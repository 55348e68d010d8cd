package match

import (
	"context"
	"math/rand/v2"
	"testing"
)

// crowded is a problem with a hidden plan, that leaves people at most a
// twentieth of their room and no task more: whoever lets tasks choose by value
// finds the wanted people full.
func crowded(seed uint64) *Problem {
	const tasks, people = 200, 20
	r := rand.New(rand.NewPCG(seed, 0xa))
	var b Builder
	var room [people]int64
	var has, stretched [people]int
	for j := range tasks {
		b.Task()
		home := r.IntN(people)
		for i := range people {
			if i != home && r.IntN(3) > 0 {
				continue
			}
			value, effort, stretch := r.Int64N(100), 5+r.Int64N(60), r.IntN(4) == 0
			if stretch {
				b.Stretch(j, i, value, effort)
			} else {
				b.Pair(j, i, value, effort)
			}
			if i == home {
				room[i] += effort
				has[i]++
				stretched[i] += count(stretch)
			}
		}
	}
	for i := range people {
		b.Limit(b.Person(room[i]*21/20), has[i]+r.IntN(2), stretched[i])
	}
	p, err := b.Problem()
	if err != nil {
		panic(err)
	}
	return p
}

// An auction seats nearly every task where a plan is hidden, and keeps every
// limit on the way out, whenever it is stopped.
func TestAuctionSeats(t *testing.T) {
	const problems = 40
	all := 0
	for seed := uint64(1); seed <= problems; seed++ {
		m, why := newModel(crowded(seed))
		if why != nil {
			t.Fatalf("seed %d: %v", seed, why)
		}
		a := newAuction(m, &meter{ctx: context.Background()})
		for _, steps := range []int64{1, 2000, 200_000} {
			p := newPlan(m)
			a.seat(p, func(int32) int64 { return 0 }, steps)
			for i := range p.room {
				if p.room[i] < 0 || p.slots[i] < 0 || p.stretches[i] < 0 {
					t.Errorf("seed %d, %d steps: person %d has too much", seed, steps, i)
				}
			}
			all += count(steps == 200_000 && p.missing == 0)
			if steps == 1 && p.missing == 0 {
				t.Errorf("seed %d: one step seated all", seed)
			}
		}
	}
	if all < problems*3/4 {
		t.Errorf("all tasks seated in %d of %d problems", all, problems)
	}
}
