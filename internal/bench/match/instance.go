package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"baton/match"
)

// An instance is a problem with a name, and what is known of it.
type instance struct {
	name    string
	best    int64   // best known value, costs below zero
	known   bool    // there is one
	limit   float64 // seconds
	problem func() (*match.Problem, error)
}

// published lists the instances of a directory; none without one.
func published(dir string) ([]instance, error) {
	if dir == "" {
		return nil, nil
	}
	f, err := os.Open(filepath.Join(dir, "best_known.csv"))
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(f).ReadAll()
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	var list []instance
	for _, row := range rows[1:] {
		best, err := strconv.ParseInt(row[5], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", row[0], err)
		}
		maximise := row[4] == "max"
		if !maximise {
			best = -best
		}
		list = append(list, instance{
			name: row[0], best: best, known: true, limit: limitOf(row[0]),
			problem: func() (*match.Problem, error) { return readOne(filepath.Join(dir, row[1]), maximise) },
		})
	}
	return list, nil
}

// limitOf is the time an instance is given: what is hard to prove gets more.
func limitOf(name string) float64 {
	switch {
	case name == "d05100" || name == "d10100" || name == "d40400":
		return 60
	case name[0] == 'd':
		return 20
	}
	return 10
}

func readOne(file string, maximise bool) (*match.Problem, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	list, err := match.ReadORLib(f, maximise)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return list[0], nil
}

// generated are larger instances, made anew from fixed seeds.
func generated() []instance {
	var list []instance
	for _, size := range []struct{ people, tasks int }{{60, 900}, {80, 1600}} {
		for _, kind := range "CDE" {
			list = append(list, instance{
				name:  fmt.Sprintf("%c %d × %d", kind, size.tasks, size.people),
				limit: 60, problem: func() (*match.Problem, error) { return dense(kind, size.people, size.tasks, 1), nil },
			})
		}
	}
	for _, n := range []int{10_000, 100_000} {
		for _, name := range []string{"correlated", "uncorrelated"} {
			list = append(list, instance{
				name: fmt.Sprintf("sparse %d, %s", n, name), limit: 60,
				problem: func() (*match.Problem, error) { return sparse(n/20, n, name == "correlated", 1), nil },
			})
		}
	}
	return list
}

// dense makes an instance of type C, D or E (Chu and Beasley 1997; Laguna and
// others 1995): whole numbers, efforts a, costs c, capacities 0.8 of the mean
// effort of all tasks a person.
//
//	C  a in 5..25, c in 10..50
//	D  a in 1..100, c = 111 - a + e with e in -10..10
//	E  a = 1 - 10 ln(u), c = 1000/a - 10 u with u in (0, 1]
func dense(kind rune, people, tasks int, seed uint64) *match.Problem {
	r := rand.New(rand.NewPCG(seed, uint64(kind)))
	p := &match.Problem{Start: []int{0}, Capacity: make([]int64, people)}
	for range tasks {
		for i := range people {
			var a, c int64
			switch kind {
			case 'C':
				a, c = 5+r.Int64N(21), 10+r.Int64N(41)
			case 'D':
				a = 1 + r.Int64N(100)
				c = 111 - a + r.Int64N(21) - 10
			case 'E':
				a = int64(1 - 10*math.Log(1-r.Float64()))
				c = int64(1000/float64(a) - 10*(1-r.Float64()))
			}
			p.Person, p.Value, p.Effort = append(p.Person, i), append(p.Value, -c), append(p.Effort, a)
			p.Capacity[i] += a
		}
		p.Start = append(p.Start, len(p.Person))
	}
	for i := range p.Capacity {
		p.Capacity[i] = p.Capacity[i] * 8 / int64(10*people)
	}
	return p
}

// sparse makes tasks with 20 candidates each, efforts of 5 to 240, capacities
// that together are 0.8 of what the tasks take at the mean of their candidates,
// and values that grow with the effort as in type D, or are 1 to 500.
func sparse(people, tasks int, correlated bool, seed uint64) *match.Problem {
	r := rand.New(rand.NewPCG(seed, uint64(tasks)))
	p := &match.Problem{Start: []int{0}, Capacity: make([]int64, people)}
	var need int64
	for range tasks {
		var who []int
		for len(who) < 20 {
			if i := r.IntN(people); !slices.Contains(who, i) {
				who = append(who, i)
			}
		}
		slices.Sort(who)
		var sum int64
		for _, i := range who {
			w := 5 + r.Int64N(236)
			v := 1 + r.Int64N(500)
			if correlated {
				v = w + 10 + r.Int64N(21)
			}
			sum += w
			p.Person, p.Value, p.Effort = append(p.Person, i), append(p.Value, v), append(p.Effort, w)
		}
		need += sum / 20
		p.Start = append(p.Start, len(p.Person))
	}
	for i := range p.Capacity {
		p.Capacity[i] = need * 8 / int64(10*people)
	}
	return p
}
