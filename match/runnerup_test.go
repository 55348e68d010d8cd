package match

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// The runner-up costs what brute force without the choice says, for every
// task, and a second solve says the same.
func TestRunnerUpIsBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t, sizeOf{tasks: 5, people: 3, load: true})
		s := solved(t, p, Options{})
		if !s.Found() {
			return
		}
		if again := solved(t, p, Options{}); !reflect.DeepEqual(s, again) {
			t.Fatalf("%+v, then %+v", s, again)
		}
		for task, a := range s.RunnerUp {
			best, found := bruteOther(p, task, s.Person[task])
			if a.Possible != found || !a.Exact || found && a.Cost != s.Value-best {
				t.Fatalf("task %d: %+v; other plans: %v, the best worth %d of %d", task, a, found, best, s.Value)
			}
			if !found {
				continue
			}
			if best, found = bruteWith(p, task, a.Person); !found || s.Value-best != a.Cost {
				t.Fatalf("task %d with %d costs %d, not %d", task, a.Person, s.Value-best, a.Cost)
			}
		}
	})
}

// bruteOther is the best plan in which a task is not with a person.
func bruteOther(p *Problem, task, person int) (best int64, found bool) {
	for i := Nobody; i < p.People(); i++ {
		if i == person {
			continue
		}
		if v, ok := bruteWith(p, task, i); ok && (!found || v > best) {
			best, found = v, true
		}
	}
	return best, found
}

// bruteWith is the best plan in which a task is with a person, or with Nobody.
func bruteWith(p *Problem, task, person int) (int64, bool) {
	q := *p
	q.Forbidden = make([]bool, p.Pairs())
	copy(q.Forbidden, p.Forbidden)
	for e := p.Start[task]; e < p.Start[task+1]; e++ {
		if p.Person[e] != person {
			q.Forbidden[e] = true
		}
	}
	if person != Nobody {
		if _, ok := p.Pair(task, person); !ok || p.Leave == nil {
			return 0, false
		}
		q.Leave = append([]int64(nil), p.Leave...)
		q.Leave[task] = MustDo
	}
	return bruteForce(&q)
}

// Nothing is looked for when nobody asks.
func TestNoRunnersUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t, sizeOf{tasks: 4, people: 3})
		if s := solved(t, p, Options{NoRunnersUp: true}); s.RunnerUp != nil {
			t.Fatalf("runners-up: %v", s.RunnerUp)
		}
	})
}
