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
	WorkLimit      int64 // elementary steps, some ten to hundred million a second; 0: none
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
	work := &meter{ctx: ctx, nodeLimit: o.NodeLimit, evalMax: o.IterationLimit, workMax: o.WorkLimit}
	return solve(work, p, o), nil
}

// solve is Solve of a valid problem within the limits of a meter.
func solve(work *meter, p *Problem, o Options) *Solution {
	m, reason := newModel(p)
	if reason != nil {
		return &Solution{Status: Infeasible, Reason: reason}
	}
	s := newSearch(work, m, o.Seed)
	if o.Gap > 0 {
		s.gap = func(low, bound int64) bool { return gapMillionths(m.worth(low), m.worth(bound)) <= o.Gap }
	}
	if o.Progress != nil {
		s.tell = reporter(m, s, o.Progress)
	}
	prices := newCapacityDual(m)
	s.begin(prices, startFrom(m, o.WarmStart))
	s.solve()
	out := &Solution{Nodes: s.nodes, Iterations: s.evals}
	if s.best == nil {
		if s.bound >= s.m.least {
			out.Status, out.Bound = Stopped, m.worth(s.bound)
			return out
		}
		out.Status, out.Reason = Infeasible, why(work.ctx, m)
		return out
	}
	out.Value, out.Bound = m.worth(s.low), m.worth(s.bound)
	out.Person = m.people(s.best)
	out.HourPrice = prices.hours()
	switch {
	case out.Value == out.Bound:
		out.Status = Optimal
	case o.Gap > 0 && gapMillionths(out.Value, out.Bound) <= o.Gap:
		out.Status = WithinGap
	default:
		out.Status = Stopped
	}
	if !o.NoRunnersUp {
		out.RunnerUp = runnersUp(work.ctx, m, out, s.best, o, work.work)
	}
	return out
}

// reporter passes on what is better than what was passed on before.
func reporter(m *model, s *search, progress func(Progress)) func(bool, int64, int64) {
	var last Progress
	return func(found bool, low, bound int64) {
		now := Progress{Found: found, Bound: m.worth(bound), Nodes: s.nodes, Iterations: s.evals}
		if found {
			now.Value = m.worth(low)
		}
		if last.Iterations > 0 && now.Found == last.Found && now.Value == last.Value && now.Bound == last.Bound {
			return
		}
		last = now
		progress(now)
	}
}

// startFrom turns a plan by problem tasks into edges by model task, as far as
// its pairs are usable.
func startFrom(m *model, warm []int) []int32 {
	if warm == nil {
		warm = m.p.Previous
	}
	edges := make([]int32, len(m.origin))
	for t := range edges {
		edges[t] = undone
		origin := int(m.origin[t])
		if origin >= len(warm) {
			continue
		}
		for e := m.start[t]; e < m.start[t+1]; e++ {
			if int(m.person[e]) == warm[origin] {
				edges[t] = e
			}
		}
	}
	return edges
}

// people is who has each task of the problem.
func (m *model) people(edges []int32) []int {
	out := make([]int, m.p.Tasks())
	if m.p.Pinned != nil {
		copy(out, m.p.Pinned)
	}
	for t, e := range edges {
		i := Nobody
		if e != undone {
			i = int(m.person[e])
		}
		out[m.origin[t]] = i
	}
	return out
}
