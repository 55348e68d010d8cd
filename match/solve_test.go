package match

import (
	"context"
	"testing"

	"pgregory.net/rapid"
)

func solved(t rapid.TB, p *Problem, o Options) *Solution {
	t.Helper()
	s, err := Solve(context.Background(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := Check(p, s); err != nil {
		t.Fatalf("%v\n%+v", err, s)
	}
	return s
}

func TestSolveIsBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t, sizeOf{tasks: 6, people: 4, load: true})
		s := solved(t, p, Options{})
		best, found := bruteForce(p)
		if found != s.Found() {
			t.Fatalf("there is a plan: %v; found: %v", found, s.Found())
		}
		if found && (s.Status != Optimal || s.Value != best) {
			t.Fatalf("the best plan is worth %d; got %d, bound %d, %v", best, s.Value, s.Bound, s.Status)
		}
		if !found && s.Status != Infeasible {
			t.Fatalf("no plan, but %v", s.Status)
		}
	})
}
