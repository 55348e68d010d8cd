package match

import (
	"context"
	"math/bits"
)

// Options bound the work of Solve. The zero value solves to optimality.
// Everything but the context is deterministic.
type Options struct {
	Gap            int64 // stop when Solution.Gap() is at most this many millionths
	NodeLimit      int64 // of the search tree; 0: none
	IterationLimit int64 // evaluations of the dual bound; 0: none
	Seed           uint64

	Progress  func(Progress) // called when the value or the bound gets better; nil: not
	WarmStart []int          // by task, a plan to begin with, good or not; nil: Problem.Previous

	NoRunnersUp bool // leave Solution.RunnerUp out
}

// A Progress is how far a solve has come.
type Progress struct {
	Found             bool  // a plan is known, of this value
	Value, Bound      int64 // of the whole problem
	Nodes, Iterations int64
}

// gapMillionths is (bound-value)/|bound| in millionths, rounded up; capped.
func gapMillionths(value, bound int64) int64 {
	if bound <= value {
		return 0
	}
	size := max(bound, -bound, 1)
	hi, lo := bits.Mul64(uint64(bound)-uint64(value), 1_000_000)
	if hi >= uint64(size) {
		return 1 << 62
	}
	q, r := bits.Div64(hi, lo, uint64(size))
	if r > 0 {
		q++
	}
	return int64(min(q, 1<<62))
}

// Solve finds the best plan. The error is about the form of the problem only;
// a problem without a plan has the status Infeasible. When the context ends,
// the answer is the best so far with the bound proven so far.
func Solve(ctx context.Context, p *Problem, o Options) (*Solution, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	d := &dfs{ctx: ctx, p: p, person: make([]int, p.Tasks()), load: make([]int64, p.People()),
		rest: make([]int64, p.Tasks()+1)}
	for t := p.Tasks() - 1; t >= 0; t-- {
		best := int64(-limit)
		if p.Leave != nil {
			best = max(best, p.Leave[t])
		}
		for e := p.Start[t]; e < p.Start[t+1]; e++ {
			best = max(best, p.Value[e])
		}
		d.rest[t] = d.rest[t+1] + max(best, 0)
	}
	d.visit(0, 0)
	s := &Solution{Person: d.best, Value: d.value, Bound: d.value, Status: Optimal, HourPrice: make([]int64, p.People())}
	if d.best == nil {
		s.Status = Infeasible
		s.Reason = &Reason{Why: TooMuch}
		for t := range p.Tasks() {
			s.Reason.Tasks = append(s.Reason.Tasks, t)
		}
	} else if ctx.Err() != nil && d.rest[0] > d.value {
		s.Status, s.Bound = Stopped, d.rest[0]
	}
	return s, nil
}

// A dfs tries every plan whose optimistic value is above the best.
type dfs struct {
	ctx    context.Context
	p      *Problem
	person []int
	load   []int64
	rest   []int64 // best that tasks from here on can add
	best   []int
	value  int64
}

func (d *dfs) visit(t int, value int64) {
	if d.ctx.Err() != nil || d.best != nil && value+d.rest[t] <= d.value {
		return
	}
	if t == len(d.person) {
		if v, err := worth(d.p, d.person); err == nil && (d.best == nil || v > d.value) {
			d.best, d.value = append([]int(nil), d.person...), v
		}
		return
	}
	for e := d.p.Start[t]; e < d.p.Start[t+1]; e++ {
		i := d.p.Person[e]
		if d.load[i]+d.p.Effort[e] > d.p.Capacity[i] {
			continue
		}
		d.person[t] = i
		d.load[i] += d.p.Effort[e]
		d.visit(t+1, value+d.p.Value[e])
		d.load[i] -= d.p.Effort[e]
	}
	d.person[t] = Nobody
	if d.p.Leave != nil && d.p.Leave[t] != MustDo {
		d.visit(t+1, value+d.p.Leave[t])
	}
}
