package match

import (
	"pgregory.net/rapid"
)

// shape bounds a random problem.
type sizeOf struct {
	tasks, people int
	load          bool
}

// anyProblem draws a problem with every rule there is, small enough to try all
// plans. Numbers are small, so that ties, full people and empty choices are
// common.
func anyProblem(t *rapid.T, size sizeOf) *Problem {
	var b Builder
	tasks := rapid.IntRange(0, size.tasks).Draw(t, "tasks")
	people := rapid.IntRange(0, size.people).Draw(t, "people")
	unit := rapid.SampledFrom([]int64{1, 1, 7, 1000}).Draw(t, "unit")
	tightness := rapid.Int64Range(5, 60).Draw(t, "capacity")
	for range people {
		i := b.Person(rapid.Int64Range(0, tightness).Draw(t, "capacity"))
		limit := func(name string) int { return rapid.SampledFrom([]int{NoLimit, NoLimit, 0, 1, 2, 3}).Draw(t, name) }
		if rapid.Bool().Draw(t, "limited") {
			b.Limit(i, limit("tasks"), limit("stretch"))
		}
	}
	mayLeave := rapid.SampledFrom([]int{0, 1, 3}).Draw(t, "mayLeave")
	for range tasks {
		j := b.Task()
		if rapid.IntRange(0, 3).Draw(t, "leave") < mayLeave {
			b.MayLeave(j, unit*rapid.Int64Range(-20, 10).Draw(t, "left"))
		}
		var candidates []int
		for i := range people {
			if rapid.IntRange(0, 4).Draw(t, "candidate") == 0 {
				continue
			}
			value, effort := unit*rapid.Int64Range(-10, 30).Draw(t, "value"), rapid.Int64Range(0, 20).Draw(t, "effort")
			if rapid.IntRange(0, 2).Draw(t, "stretch") == 0 {
				b.Stretch(j, i, value, effort)
			} else {
				b.Pair(j, i, value, effort)
			}
			if rapid.IntRange(0, 9).Draw(t, "forbid") == 0 {
				b.Forbid(j, i)
			} else {
				candidates = append(candidates, i)
			}
		}
		if len(candidates) > 0 && rapid.IntRange(0, 9).Draw(t, "pin") == 0 {
			b.Pin(j, rapid.SampledFrom(candidates).Draw(t, "pinned"))
		}
		if people > 0 && rapid.Bool().Draw(t, "had") {
			b.Had(j, rapid.IntRange(0, people-1).Draw(t, "previous"))
		}
	}
	b.SwitchCost = rapid.Int64Range(0, 5).Draw(t, "switch")
	if size.load {
		for range rapid.IntRange(0, 3).Draw(t, "steps") {
			b.Load.Steps = append(b.Load.Steps, Step{
				Percent: rapid.IntRange(0, 110).Draw(t, "percent"),
				Price:   rapid.Int64Range(0, 3000).Draw(t, "price"),
			})
		}
	}
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// bruteForce tries every plan; it is false when there is none.
func bruteForce(p *Problem) (best int64, found bool) {
	person := make([]int, p.Tasks())
	var try func(t int)
	try = func(t int) {
		if t == len(person) {
			if v, err := worth(p, person); err == nil && (!found || v > best) {
				best, found = v, true
			}
			return
		}
		for e := p.Start[t]; e < p.Start[t+1]; e++ {
			person[t] = p.Person[e]
			try(t + 1)
		}
		person[t] = Nobody
		if p.Leave != nil && p.Leave[t] != MustDo {
			try(t + 1)
		}
	}
	try(0)
	return best, found
}
