package plan

import (
	"context"
	"fmt"
	"testing"

	"baton/internal/work"
)

// TestALargePlateIsPlanned plans more than can be proven: every task is in the
// plan, with a runner-up where somebody else may have it, and the bound holds.
func TestALargePlateIsPlanned(t *testing.T) {
	in := large(t, 24)
	p, err := Make(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Proposals) != len(in.Lines) || p.Value > p.Bound {
		t.Fatalf("%d proposals for %d tasks, value %d, bound %d", len(p.Proposals), len(in.Lines), p.Value, p.Bound)
	}
	handed, compared := 0, 0
	for _, one := range p.Proposals {
		if one.Person != nil {
			handed++
			if one.RunnerUp != nil {
				compared++
			}
		}
	}
	if handed == 0 || compared < handed {
		t.Errorf("%d tasks handed over, %d with a runner-up", handed, compared)
	}
	if same, err := Make(context.Background(), in); err != nil || same.Value != p.Value {
		t.Errorf("planned again it is worth %d, not %d (%v)", same.Value, p.Value, err)
	}
}

// large is the crowd with its plate so many times more.
func large(t testing.TB, times int) Input {
	in := crowd(t)
	lines := in.Lines
	for round := range times {
		for _, l := range lines {
			more := *l.Task
			more.ID, more.Title = l.Task.ID+work.TaskID(1000*(round+1)), fmt.Sprintf("%s, site %d", l.Task.Title, round)
			again := l
			again.Task = &more
			in.Lines = append(in.Lines, again)
		}
	}
	return in
}
