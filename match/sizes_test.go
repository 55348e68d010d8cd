package match

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

// scaled is a problem with its values and its efforts so many times as large.
func scaled(p *Problem, values, efforts int64) *Problem {
	q := copyOf(p)
	q.SwitchCost *= values
	for j := range q.Leave {
		if q.Leave[j] != MustDo {
			q.Leave[j] *= values
		}
	}
	for e := range q.Value {
		q.Value[e] *= values
		q.Effort[e] *= efforts
	}
	for i := range q.Capacity {
		q.Capacity[i] *= efforts
	}
	return q
}

// largest doubles a problem's values, or its efforts, for as long as it is
// valid.
func largest(p *Problem, values bool) (q *Problem, times int64) {
	q, times = p, 1
	for times < 1<<50 {
		next := scaled(p, 2*times, 1)
		if !values {
			next = scaled(p, 1, 2*times)
		}
		if next.Validate() != nil {
			break
		}
		q, times = next, 2*times
	}
	return q, times
}

// Numbers as large as they may be are added up without overflow, all the way
// to the best plan.
func TestAsLargeAsItMayBe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := withoutLoad(anyProblem(t, sizeOf{tasks: 6, people: 4}))
		best, found := bruteForce(p)
		q, times := largest(p, true)
		if got := proven(t, q); got != (worthOf{found, times * best}) {
			t.Fatalf("%+v, not %v, %d times %d", got, found, times, best)
		}
		q, _ = largest(p, false)
		if got := proven(t, q); got != (worthOf{found, best}) {
			t.Fatalf("%+v, not %v, %d", got, found, best)
		}
	})
}

// What could overflow is refused at the door.
func TestTooLargeIsRefused(t *testing.T) {
	base := func() *Problem {
		return &Problem{Start: []int{0, 1, 2}, Person: []int{0, 0}, Value: []int64{5, 3}, Effort: []int64{2, 2}, Leave: []int64{0, 0}, Capacity: []int64{3}}
	}
	for name, change := range map[string]func(*Problem){
		"value":       func(p *Problem) { p.Value[0] = 1 << 60 },
		"cost":        func(p *Problem) { p.Value[0] = -1 << 61 },
		"least value": func(p *Problem) { p.Value[0] = MustDo },
		"spread":      func(p *Problem) { p.Value[0], p.Leave[0] = 1<<58, -1<<58 },
		"leaving":     func(p *Problem) { p.Leave[1] = -1 << 60 },
		"switching":   func(p *Problem) { p.SwitchCost = 1 << 60 },
		"effort":      func(p *Problem) { p.Effort[0] = 1 << 60 },
		"all efforts": func(p *Problem) { p.Effort[0], p.Effort[1] = 1<<59, 1<<59 },
		"load price": func(p *Problem) {
			p.Effort[0], p.Capacity[0], p.Load.Steps = 1<<30, 1<<40, []Step{{Percent: 80, Price: 1 << 40}}
		},
		"all the world": func(p *Problem) { p.Value[0], p.Value[1], p.Leave[0], p.Leave[1] = 1<<59, 1<<59, -1<<59, -1<<59 },
	} {
		p := base()
		if err := p.Validate(); err != nil {
			t.Fatal(err)
		}
		change(p)
		if err := p.Validate(); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := Solve(t.Context(), p, Options{}); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s is solved: %v", name, err)
		}
	}
}

// An hour is worth what the next sixty units would bring, by the linear
// relaxation: nothing where there is room for all that pays.
func TestWhatAnHourIsWorth(t *testing.T) {
	for name, c := range map[string]struct {
		capacity  int64
		low, high int64
	}{
		"room for half of the third": {150, 6, 6},
		"room for the first":         {60, 12, 20},
		"room for all":               {180, 0, 6},
		"room to spare":              {240, 0, 0},
		"room for none":              {59, 0, 0}, // what somebody could not have alone does not count
	} {
		var b Builder
		b.Person(c.capacity)
		for _, value := range []int64{20, 12, 6} {
			j := b.Task()
			b.MayLeave(j, 0)
			b.Pair(j, 0, value, 60)
		}
		p, err := b.Problem()
		if err != nil {
			t.Fatal(err)
		}
		if got := solved(t, p, Options{}).HourPrice[0]; got < c.low || got > c.high {
			t.Errorf("%s: an hour is worth %d, not %d to %d", name, got, c.low, c.high)
		}
	}
}
