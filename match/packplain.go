package match

import "math/bits"

// A slim state is a state of a bag with nothing but room: what room is left, or
// missing when negative, and the worth.
type slim struct {
	gap    int32
	back   int32
	profit int64
}

const (
	endOfList = -1 << 30
	mostRoom  = 1 << 26 // efforts of all items that slim states can hold
)

// A plain search is search for bags with nothing but room. It bounds a state by
// the rates of the next items, in 1/2^shift of profit per effort rounded to the
// safe side, so that the loop has neither division nor 128-bit product.
type plain struct {
	list, spare []slim
	shift       uint
	most        int64 // a rate above all others
	over, under int64 // rate of the next item to add, rounded up; to take out, down
}

// setScale chooses the scale of the rates; it is false when these items need
// more than 64 bits, or slim states more than 32. Most is the most effort there
// can be.
func (p *plain) setScale(items []item, most int64) bool {
	if most >= mostRoom {
		return false
	}
	profit := int64(1)
	for i := range items {
		profit = max(profit, items[i].profit)
	}
	width := bits.Len64(uint64(most))
	spare := 61 - width - bits.Len64(uint64(profit))
	if spare < 0 {
		return false
	}
	p.shift, p.most = uint(min(spare, 16)), 1<<(61-width)
	return true
}

// rates sets the rates of what can still change.
func (k *packer) rates() {
	p := &k.plain
	p.over, p.under = 0, p.most
	if k.right < len(k.items) && k.items[k.right].profit > 0 {
		it := &k.items[k.right]
		p.over = p.rate(it, it.effort-1)
	}
	if k.left >= 0 {
		p.under = p.rate(&k.items[k.left], 0)
	}
}

// gain is an upper bound on what a change of effort brings.
func (p *plain) gain(more int64) int64 {
	if more < 0 {
		return more * p.under >> p.shift
	}
	return more * p.over >> p.shift
}

// An end is an effort at which a set may end best under a load penalty, apart
// from where it is, and the penalty there before rounding.
type end struct{ effort, cost int64 }

func (k *packer) setEnds() {
	k.ends = k.ends[:0]
	if k.bag.penalty == nil {
		return
	}
	k.ends = append(k.ends, end{k.bag.room, k.convexCost(k.bag.room)}, end{0, k.convexCost(0)})
	for _, bend := range k.bag.penalty.bend {
		if y := bend - k.bag.load; y > 0 && y < k.bag.room {
			k.ends = append(k.ends, end{y, k.convexCost(y)})
		}
	}
}

// mayImprove says whether a state could become better than the best set at one
// of the ends, or where it is.
func (k *packer) mayImprove(s *state) bool {
	worth := s.profit + k.extra - k.low
	here := min(s.effort, k.bag.room)
	if worth+k.plain.gain(here-s.effort) > k.convexCost(here) {
		return true
	}
	for _, y := range k.ends {
		if worth+k.plain.gain(y.effort-s.effort) > y.cost {
			return true
		}
	}
	return false
}

func (p *plain) rate(it *item, round int64) int64 {
	if it.effort == 0 {
		return p.most
	}
	return (it.profit<<p.shift + round) / it.effort
}

// searchPlain is search. A set worth k.known exists, which the search then finds
// again or beats.
func (k *packer) searchPlain(brk int, effort, profit int64) {
	k.left, k.right = brk-1, brk
	k.links = k.links[:0]
	k.rates()
	p := &k.plain
	gap := int32(k.bag.room - effort)
	k.low = max(k.low, k.known-1)
	if profit > k.low && gap >= 0 {
		k.low, k.lowBack = profit, breakSet
	}
	p.list = append(p.list[:0], slim{gap, breakSet, profit}, slim{gap: endOfList})
	for len(p.list) > 1 && (k.right < len(k.items) || k.left >= 0) {
		if k.right < len(k.items) {
			k.right++
			k.rates()
			k.extendPlain(k.right-1, 1)
		}
		if k.left >= 0 && len(p.list) > 1 {
			k.left--
			k.rates()
			k.extendPlain(k.left+1, -1)
		}
		if len(k.links) > maxLinks || k.spent() {
			k.exact = len(p.list) <= 1
			return
		}
	}
}

// extendPlain is extend.
func (k *packer) extendPlain(n int, sign int64) {
	it, p := &k.items[n], &k.plain
	effort, profit := int32(sign*it.effort), sign*it.profit
	k.work += int64(2 * len(p.list))
	list := p.list
	if cap(p.spare) < 2*len(list) {
		p.spare = make([]slim, 4*len(list))
	}
	out := p.spare[:2*len(list)]
	kept, a, b := 0, 0, 0
	last, low := int64(-1<<62), k.low
	x, y := list[0], list[0]
	y.gap -= effort
	y.profit += profit
	for x.gap > endOfList/2 || y.gap > endOfList/2 {
		s, changed := x, false
		if y.gap > x.gap || y.gap == x.gap && y.profit > x.profit {
			s, changed = y, true
			b++
			y = list[b]
			y.gap -= effort
			y.profit += profit
		} else {
			a++
			x = list[a]
		}
		if s.profit <= last {
			continue
		}
		last = s.profit
		rate := p.over
		if s.gap < 0 {
			rate = p.under
		} else if s.profit > low {
			low = s.profit
			if changed {
				k.links = append(k.links, link{s.back, int32(n)})
				s.back = int32(len(k.links) - 1)
				changed = false
			}
			k.lowBack = s.back
		}
		if s.profit+int64(s.gap)*rate>>p.shift <= low {
			continue
		}
		if changed {
			k.links = append(k.links, link{s.back, int32(n)})
			s.back = int32(len(k.links) - 1)
		}
		out[kept] = s
		kept++
	}
	out[kept] = slim{gap: endOfList}
	k.low = low
	p.list, p.spare = out[:kept+1], list[:cap(list)]
}
