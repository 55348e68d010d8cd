package match

import "context"

// A meter counts the work of a solve and says when its limits are reached.
type meter struct {
	ctx context.Context

	work, evals, nodes          int64 // elementary steps, evaluations of the dual, nodes of the tree
	workMax, evalMax, nodeLimit int64 // 0: none
	stopped                     bool
}

// spent reports whether a limit is reached or the context is over, and stays
// true from then on.
func (m *meter) spent() bool {
	if !m.stopped {
		m.stopped = m.workMax > 0 && m.work >= m.workMax || m.evalMax > 0 && m.evals >= m.evalMax ||
			m.nodeLimit > 0 && m.nodes >= m.nodeLimit || m.ctx.Err() != nil
	}
	return m.stopped
}

// A draw is a stream of random numbers (xorshift64*, Vigna 2016).
type draw uint64

func newDraw(seed uint64) draw { return draw(seed*0x9e3779b97f4a7c15 | 1) }

// below is a random number from 0 to n-1.
func (r *draw) below(n int64) int64 {
	x := uint64(*r)
	x ^= x >> 12
	x ^= x << 25
	x ^= x >> 27
	*r = draw(x)
	return int64(x * 0x2545f4914f6cdd1d >> 11 % uint64(n))
}
