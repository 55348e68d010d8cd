package match_test

import (
	"context"
	"fmt"
	"strings"

	"baton/match"
)

// Two people, three tasks: the one who is better at everything has no hours
// for everything.
func ExampleSolve() {
	var b match.Builder
	ann, ben := b.Person(60), b.Person(90)
	for _, task := range []struct{ ann, ben, minutes int64 }{{90, 70, 45}, {80, 30, 45}, {40, 35, 30}} {
		t := b.Task()
		b.Pair(t, ann, task.ann, task.minutes)
		b.Pair(t, ben, task.ben, task.minutes)
	}
	p, err := b.Problem()
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := match.Solve(context.Background(), p, match.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Person, s.Value, s.Bound, s.Status, match.Check(p, s))
	// Output: [1 0 1] 185 185 optimal <nil>
}

// One problem in OR-Library's format: 2 people, 3 tasks, costs, efforts,
// capacities. The cheapest plan has the highest value.
func ExampleReadORLib() {
	problems, err := match.ReadORLib(strings.NewReader("2 3  4 2 6  3 5 1  3 3 3  2 2 2  6 4"), false)
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := match.Solve(context.Background(), problems[0], match.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Person, "cost", -s.Value, s.Status)
	// Output: [1 0 1] cost 6 optimal
}
