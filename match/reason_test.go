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

// A reason speaks of the limit that is in the way.
func TestReasonNamesTheLimit(t *testing.T) {
	for want, build := range map[string]func(b *Builder){
		"tasks 0, 1 pinned to person 0 take 8 of 5": func(b *Builder) {
			b.Pair(b.Task(), b.Person(5), 1, 4)
			b.Pair(b.Task(), 0, 1, 4)
			b.Pin(0, 0)
			b.Pin(1, 0)
		},
		"tasks 0, 1 pinned to person 0: of tasks they may have 1": func(b *Builder) {
			b.Limit(b.Person(50), 1, NoLimit)
			b.Pair(b.Task(), 0, 1, 4)
			b.Pair(b.Task(), 0, 1, 4)
			b.Pin(0, 0)
			b.Pin(1, 0)
		},
		"task 1 pinned to person 0: of stretch tasks they may have 0": func(b *Builder) {
			b.Limit(b.Person(50), 2, 0)
			b.Pair(b.Task(), 0, 1, 4)
			b.Stretch(b.Task(), 0, 1, 4)
			b.Pin(0, 0)
			b.Pin(1, 0)
		},
		"task 0 takes at least 9, more than any of person 0 has": func(b *Builder) {
			b.Limit(b.Person(5), 0, NoLimit)
			b.Pair(b.Task(), 0, 1, 9)
		},
		"task 0 would be one task too many for person 0": func(b *Builder) {
			b.Limit(b.Person(50), 0, NoLimit)
			b.Pair(b.Task(), 0, 1, 9)
		},
		"task 0 would be one stretch task too many for people 0, 1": func(b *Builder) {
			b.Limit(b.Person(50), 1, 0)
			b.Person(2)
			b.Stretch(b.Task(), 0, 1, 9)
			b.Pair(0, 1, 1, 9)
		},
		"tasks 0, 1, 2 cannot all be done by people 0, 1: they take at least 12 of 10": func(b *Builder) {
			b.Limit(b.Person(5), 1, 1)
			b.Limit(b.Person(5), 1, 1)
			for j := range 3 {
				b.Pair(b.Task(), 0, 1, 4)
				b.Pair(j, 1, 1, 4)
			}
		},
		"tasks 0, 1, 2 cannot all be done by people 0, 1 with the limits on their number of tasks": func(b *Builder) {
			b.Limit(b.Person(50), 1, 1)
			b.Limit(b.Person(50), 1, 1)
			for j := range 3 {
				b.Pair(b.Task(), 0, 1, 4)
				b.Pair(j, 1, 1, 4)
			}
		},
		"tasks 0, 1 cannot all be done by person 0 with the limits on their number of stretch tasks": func(b *Builder) {
			b.Limit(b.Person(50), 3, 1)
			b.Stretch(b.Task(), 0, 1, 4)
			b.Stretch(b.Task(), 0, 1, 4)
		},
	} {
		var b Builder
		build(&b)
		p, err := b.Problem()
		if err != nil {
			t.Fatal(err)
		}
		if s := solved(t, p, Options{}); s.Reason == nil || s.Reason.String() != want {
			t.Errorf("%+v, not %q", s.Reason, want)
		}
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
