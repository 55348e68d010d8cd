package match

import (
	"testing"

	"pgregory.net/rapid"
)

// Two tasks that each fit and together do not are named with their efforts and
// what is left beside a pinned one.
func TestTooMuchNamesEfforts(t *testing.T) {
	var b Builder
	i := b.Person(100)
	for range 3 {
		b.Pair(b.Task(), i, 1, 40)
	}
	b.Pin(0, i)
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	const want = "tasks 1, 2 cannot all be done by person 0: they take at least 80 of 60"
	if s := solved(t, p, Options{}); s.Reason == nil || s.Reason.String() != want {
		t.Fatalf("%+v, not %q", s, want)
	}
}

// The tasks of a reason cannot all be done whatever else is left, and without
// any one of them they can.
func TestReasonIsIrreducible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t, sizeOf{tasks: 5, people: 3})
		s := solved(t, p, Options{})
		if s.Reason == nil || s.Reason.Why != TooMuch {
			return
		}
		q := *p
		q.Leave = make([]int64, p.Tasks())
		for _, task := range s.Reason.Tasks {
			q.Leave[task] = MustDo
		}
		if _, found := bruteForce(&q); found {
			t.Fatalf("%v, but they can", s.Reason)
		}
		for _, task := range s.Reason.Tasks {
			q.Leave[task] = 0
			if _, found := bruteForce(&q); !found {
				t.Fatalf("%v, and task %d has no part in it", s.Reason, task)
			}
			q.Leave[task] = MustDo
		}
	})
}
