package match

import (
	"context"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// anyTeam draws a problem that brute force could not try and that is solved in
// a moment: a small team, and sometimes one of the odd problems of anyProblem,
// most of which have no plan.
func anyTeam(t *rapid.T) *Problem {
	if rapid.IntRange(0, 4).Draw(t, "odd") == 4 {
		return anyProblem(t, sizeOf{tasks: 10, people: 5, load: true})
	}
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "team"), 0))
	return teamOf(r, 6+r.IntN(9), 2+r.IntN(3))
}

func withoutLoad(p *Problem) *Problem {
	p.Load.Steps = nil
	return p
}

// The drawn teams mean something: most have a plan, and many need a search.
func TestTeamsNeedSearch(t *testing.T) {
	var all, plans, searched int
	rapid.Check(t, func(t *rapid.T) {
		s := solved(t, anyTeam(t), Options{NoRunnersUp: true})
		all, plans, searched = all+1, plans+count(s.Found()), searched+count(s.Iterations > 1)
	})
	t.Logf("%d of %d have a plan, %d needed a search", plans, all, searched)
	if 2*plans < all || 10*searched < all {
		t.Errorf("%d of %d have a plan, %d needed a search", plans, all, searched)
	}
}

// A worthOf is what the best plan of a problem is worth, if there is one.
type worthOf struct {
	found bool
	value int64
}

func proven(t *rapid.T, p *Problem) worthOf {
	t.Helper()
	s := solved(t, p, Options{NoRunnersUp: true})
	if s.Status != Optimal && s.Status != Infeasible {
		t.Fatalf("%v without a limit", s.Status)
	}
	return worthOf{s.Found(), s.Value}
}

// atLeast reports whether a problem's best plan is as good as another's.
func (w worthOf) atLeast(v worthOf) bool { return !v.found || w.found && w.value >= v.value }

// copyOf is a problem whose slices can be changed.
func copyOf(p *Problem) *Problem {
	q := *p
	q.Leave, q.Pinned, q.Previous = slices.Clone(p.Leave), slices.Clone(p.Pinned), slices.Clone(p.Previous)
	q.Value, q.Effort, q.Forbidden = slices.Clone(p.Value), slices.Clone(p.Effort), slices.Clone(p.Forbidden)
	q.Capacity = slices.Clone(p.Capacity)
	q.MaxTasks, q.MaxStretch = slices.Clone(p.MaxTasks), slices.Clone(p.MaxStretch)
	q.Load.Steps = slices.Clone(p.Load.Steps)
	return &q
}

// rebuilt is a problem with its tasks and people under other numbers, by number
// of old; the people's list may name somebody twice, who then is there twice.
func rebuilt(t *rapid.T, p *Problem, tasks, people []int) *Problem {
	var b Builder
	b.Load, b.SwitchCost = p.Load, p.SwitchCost
	number := func(old int) int { return slices.Index(people, old) } // Nobody stays Nobody
	for i, old := range people {
		b.Person(p.Capacity[old])
		b.Limit(i, p.MaxTasks[old], p.MaxStretch[old])
	}
	for j, old := range tasks {
		b.Task()
		b.leave[j], b.pinned[j], b.previous[j] = p.Leave[old], number(p.Pinned[old]), number(p.Previous[old])
		for i, who := range people {
			e, ok := p.Pair(old, who)
			if !ok {
				continue
			}
			b.pairs = append(b.pairs, pair{j, i, p.Value[e], p.Effort[e], p.Stretch[e]})
			if p.Forbidden[e] {
				b.Forbid(j, i)
			}
		}
	}
	q, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// counting lists the numbers below n.
func counting(n int) []int {
	list := make([]int, n)
	for k := range list {
		list[k] = k
	}
	return list
}

// Names do not matter: the same problem with tasks and people in another order
// is worth the same.
func TestRelabelled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyTeam(t)
		tasks := rapid.Permutation(counting(p.Tasks())).Draw(t, "order of tasks")
		people := rapid.Permutation(counting(p.People())).Draw(t, "order of people")
		if a, b := proven(t, p), proven(t, rebuilt(t, p, tasks, people)); a != b {
			t.Fatalf("%+v, relabelled %+v", a, b)
		}
	})
}

// Values in another unit make the answer worth that many times as much.
func TestScaledValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := withoutLoad(anyTeam(t))
		by := rapid.SampledFrom([]int64{2, 60, 1000003}).Draw(t, "by")
		q := copyOf(p)
		q.SwitchCost *= by
		for j := range q.Leave {
			if q.Leave[j] != MustDo {
				q.Leave[j] *= by
			}
		}
		for e := range q.Value {
			q.Value[e] *= by
		}
		if a, b := proven(t, p), proven(t, q); a.found != b.found || by*a.value != b.value {
			t.Fatalf("%+v, times %d %+v", a, by, b)
		}
	})
}

// Efforts and capacities in another unit change nothing.
func TestScaledEfforts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := withoutLoad(anyTeam(t))
		by := rapid.SampledFrom([]int64{2, 60, 1000003}).Draw(t, "by")
		q := copyOf(p)
		for e := range q.Effort {
			q.Effort[e] *= by
		}
		for i := range q.Capacity {
			q.Capacity[i] = q.Capacity[i]*by + by - 1 // what does not make one more unit is no use
		}
		if a, b := proven(t, p), proven(t, q); a != b {
			t.Fatalf("%+v, times %d %+v", a, by, b)
		}
	})
}

// A second one of somebody never makes the best plan worse.
func TestDuplicatedPerson(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyTeam(t)
		if p.People() == 0 {
			return
		}
		twice := append(counting(p.People()), rapid.IntRange(0, p.People()-1).Draw(t, "twice"))
		if a, b := proven(t, p), proven(t, rebuilt(t, p, counting(p.Tasks()), twice)); !b.atLeast(a) {
			t.Fatalf("%+v, with one more %+v", a, b)
		}
	})
}

// More capacity, or a higher limit, never makes the best plan worse.
func TestMoreCapacity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyTeam(t)
		if p.People() == 0 {
			return
		}
		q, i := copyOf(p), rapid.IntRange(0, p.People()-1).Draw(t, "who")
		q.Capacity[i] += rapid.Int64Range(0, 100).Draw(t, "more")
		if rapid.Bool().Draw(t, "unlimited") {
			q.MaxTasks[i], q.MaxStretch[i] = NoLimit, NoLimit
		}
		if a, b := proven(t, p), proven(t, q); !b.atLeast(a) {
			t.Fatalf("%+v, with more room %+v", a, b)
		}
	})
}

// Ruling a pair out never makes the best plan better, and changes nothing when
// the plan did not use it.
func TestForbidding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyTeam(t)
		if p.Pairs() == 0 {
			return
		}
		q, e := copyOf(p), rapid.IntRange(0, p.Pairs()-1).Draw(t, "pair")
		q.Forbidden[e] = true
		task, _ := slices.BinarySearch(p.Start, e+1)
		task--
		if p.Pinned[task] == p.Person[e] {
			return
		}
		s := solved(t, p, Options{NoRunnersUp: true})
		a, b := worthOf{s.Found(), s.Value}, proven(t, q)
		if !a.atLeast(b) {
			t.Fatalf("%+v, with a pair less %+v", a, b)
		}
		if s.Found() && s.Person[task] != p.Person[e] && a != b {
			t.Fatalf("%+v, with an unused pair less %+v", a, b)
		}
	})
}

// Nothing that takes no effort is held up by capacity, not even by none.
func TestZeroEffortAndCapacity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyTeam(t)
		clear(p.Effort)
		q := copyOf(p)
		clear(q.Capacity)
		if a, b := proven(t, p), proven(t, q); a != b {
			t.Fatalf("%+v, without capacity %+v", a, b)
		}
	})
}

// Nobody without capacity has a task with effort: the tasks are all left, or
// there is no plan.
func TestNoCapacity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyTeam(t)
		clear(p.Capacity)
		tooBig(t, p, 1)
	})
}

// What is too much for everybody is left, or there is no plan.
func TestEffortAboveEveryCapacity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyTeam(t)
		tooBig(t, p, maxCapacity(p)+rapid.Int64Range(1, 1<<30).Draw(t, "effort"))
	})
}

func maxCapacity(p *Problem) int64 { return slices.Max(append([]int64{0}, p.Capacity...)) }

func tooBig(t *rapid.T, p *Problem, effort int64) {
	for e := range p.Effort {
		p.Effort[e] = max(p.Effort[e], effort)
	}
	want := worthOf{found: true}
	for j := range p.Tasks() {
		want.found = want.found && p.Leave[j] != MustDo && p.Pinned[j] == Nobody
	}
	for j := 0; j < p.Tasks() && want.found; j++ {
		want.value += p.Leave[j]
		if p.Previous[j] != Nobody {
			want.value -= p.SwitchCost
		}
	}
	if got := proven(t, p); got != want {
		t.Fatalf("%+v, not %+v", got, want)
	}
}

// The smallest problems there are.
func TestHardlyAnything(t *testing.T) {
	for name, p := range map[string]*Problem{
		"nothing":   {},
		"no person": {Start: []int{0, 0}, Leave: []int64{-3}},
		"no task":   {Start: []int{0}, Capacity: []int64{5, 0}},
	} {
		s := solved(t, p, Options{})
		if s.Status != Optimal || len(s.Person) != p.Tasks() || !s.Found() {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if s := solved(t, &Problem{Start: []int{0, 0}}, Options{}); s.Status != Infeasible {
		t.Errorf("a task and nobody: %+v", s)
	}
}

// One person is a knapsack.
func TestOnePerson(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t, sizeOf{tasks: 10, people: 1, load: true})
		best, found := bruteForce(p)
		if got := proven(t, p); got != (worthOf{found, best}) {
			t.Fatalf("%+v, not %v, %d", got, found, best)
		}
	})
}

// A hundred thousand tasks that are all alike are no trouble.
func TestManyAlike(t *testing.T) {
	if testing.Short() {
		t.Skip("a large problem")
	}
	const tasks = 100_000
	var b Builder
	for range 3 {
		b.Person(tasks)
	}
	for j := range tasks {
		b.Task()
		for i := range 3 {
			b.Pair(j, i, int64(7-i), 2)
		}
	}
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	s := solved(t, p, Options{NoRunnersUp: true, WorkLimit: 1 << 28})
	t.Logf("%v, %d iterations, %d nodes", time.Since(began), s.Iterations, s.Nodes)
	if want := int64(tasks/2*7 + tasks/2*6); s.Status != Optimal || s.Value != want {
		t.Errorf("%d, bound %d, %v; the best is %d", s.Value, s.Bound, s.Status, want)
	}
}

// What is reported gets better only, and ends at the answer.
func TestProgressGetsBetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anySize(t)
		var last Progress
		calls := 0
		s := solved(t, p, Options{NoRunnersUp: true, WorkLimit: 1 << 18, Progress: func(now Progress) {
			if calls++; calls > 1 {
				worse := last.Found && (!now.Found || now.Value < last.Value) || now.Bound > last.Bound ||
					now.Nodes < last.Nodes || now.Iterations < last.Iterations
				if worse || now.Found && now.Value > now.Bound {
					t.Fatalf("%+v after %+v", now, last)
				}
			}
			last = now
		}})
		if calls > 0 && (last.Found != s.Found() || s.Found() && last.Value != s.Value || s.Status != Infeasible && last.Bound != s.Bound) {
			t.Fatalf("%+v, but the answer has value %d, bound %d, %v", last, s.Value, s.Bound, s.Status)
		}
	})
}

// A plan to begin with is not lost, however soon the search ends; and one that
// people agreed to stays as it is where it is the best and changing it costs
// something.
func TestBeginningWithAPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyTeam(t)
		s := solved(t, p, Options{NoRunnersUp: true})
		if !s.Found() {
			return
		}
		soon := Options{NoRunnersUp: true, WorkLimit: 1 << rapid.IntRange(0, 12).Draw(t, "work"), WarmStart: s.Person}
		if again := solved(t, p, soon); again.Value != s.Value {
			t.Fatalf("begun with a plan of %d, it ends with one of %d", s.Value, again.Value)
		}
		p.SwitchCost = 0
		free := solved(t, p, Options{NoRunnersUp: true})
		p.Previous, p.SwitchCost = free.Person, rapid.Int64Range(1, 50).Draw(t, "price of changing")
		if agreed := solved(t, p, Options{NoRunnersUp: true}); agreed.Value != free.Value || !slices.Equal(agreed.Person, free.Person) {
			t.Fatalf("agreed on %v, worth %d; now %v, worth %d", free.Person, free.Value, agreed.Person, agreed.Value)
		}
	})
}

// A higher price of changing what people agreed to never changes more of it.
func TestDearerChangesAreFewer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyTeam(t)
		changes := func(price int64) (n int) {
			p.SwitchCost = price
			s := solved(t, p, Options{NoRunnersUp: true})
			for j, i := range s.Person {
				n += count(p.Previous[j] != Nobody && p.Previous[j] != i)
			}
			return n
		}
		low := rapid.Int64Range(0, 60).Draw(t, "price")
		before, after := changes(low), changes(low+rapid.Int64Range(1, 400).Draw(t, "more"))
		if after > before {
			t.Fatalf("%d changes at %d, then %d", before, low, after)
		}
	})
}

// anySize draws a small team or a whole one, which a limit has to end.
func anySize(t *rapid.T) *Problem {
	if rapid.Bool().Draw(t, "small") {
		return anyTeam(t)
	}
	return teamProblem(rapid.Uint64().Draw(t, "seed of the team"))
}

// The same limits give the same answer, again and on any number of processors.
func TestLimitsRepeat(t *testing.T) {
	was := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(was)
	rapid.Check(t, func(t *rapid.T) {
		p := anySize(t)
		o := Options{Seed: rapid.Uint64().Draw(t, "seed"), WorkLimit: 1 << rapid.IntRange(0, 18).Draw(t, "work")}
		switch rapid.IntRange(0, 2).Draw(t, "limit") {
		case 0:
			o.NodeLimit = rapid.Int64Range(1, 50).Draw(t, "nodes")
		case 1:
			o.IterationLimit = rapid.Int64Range(1, 500).Draw(t, "iterations")
		}
		o.NoRunnersUp = rapid.Bool().Draw(t, "no runners-up")
		runtime.GOMAXPROCS(1)
		one, again := solved(t, p, o), solved(t, p, o)
		runtime.GOMAXPROCS(4)
		four := solved(t, p, o)
		if !reflect.DeepEqual(one, again) || !reflect.DeepEqual(one, four) {
			t.Fatalf("%+v\nagain %+v\non four %+v", one, again, four)
		}
	})
}

// A solve that is cancelled at any report has a plan that keeps the rules, and
// a bound that is one.
func TestCancelled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyTeam(t)
		if rapid.Bool().Draw(t, "hostile") {
			p = hostileCut(rapid.Uint64().Draw(t, "seed"))
		}
		after := rapid.IntRange(0, 12).Draw(t, "after")
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		if after == 0 {
			cancel()
		}
		calls := 0
		s, err := Solve(ctx, p, Options{Progress: func(Progress) {
			if calls++; calls == after {
				cancel()
			}
		}})
		if err == nil {
			err = Check(p, s)
		}
		if err != nil {
			t.Fatal(err)
		}
		best := proven(t, p)
		if best.found && (s.Status == Infeasible || s.Bound < best.value || s.Value > best.value && s.Found()) {
			t.Fatalf("cancelled at %d of %d: %d, bound %d, %v; the best is %d", after, calls, s.Value, s.Bound, s.Status, best.value)
		}
		if !best.found && (s.Found() || s.Status == Optimal) {
			t.Fatalf("a plan of %d where there is none", s.Value)
		}
	})
}

// hostileCut is a type D problem of 16 tasks and 4 people.
func hostileCut(seed uint64) *Problem {
	p := hostileProblem(seed)
	r := rand.New(rand.NewPCG(seed, 1))
	const tasks, people = 16, 4
	var b Builder
	var all [people]int64
	for j, task := range r.Perm(p.Tasks())[:tasks] {
		b.Task()
		for i := range people {
			e, _ := p.Pair(task, i)
			b.Pair(j, i, p.Value[e], p.Effort[e])
			all[i] += p.Effort[e]
		}
	}
	for _, effort := range all {
		b.Person(8 * effort / (10 * people))
	}
	q, err := b.Problem()
	if err != nil {
		panic(err)
	}
	return q
}
