package match

// An auction finds places for tasks that nobody has room for (after Bertsekas
// 1988). Every task goes where its worth is highest at what the limits of each
// person cost; who then has too much gives up what loses least by going
// elsewhere, and gets dearer by that loss. So prices rise where people are
// wanted, until everybody fits.
type auction struct {
	*meter
	prices
	p     *plan
	queue []int32 // tasks without a place
}

const auctionGrain = 256

func newAuction(m *model, work *meter) *auction {
	return &auction{meter: work, prices: newPrices(m)}
}

// seat gives the missing tasks of a plan to people, from prices of effort, in
// about so many steps; tasks it finds no place for stay missing.
func (a *auction) seat(p *plan, price func(i int32) int64, steps int64) {
	a.p = p
	for i := range a.effort {
		a.effort[i] = price(int32(i))
	}
	clear(a.task)
	clear(a.stretch)
	a.queue = a.queue[:0]
	for t, e := range p.edge {
		if e == undone {
			a.queue = append(a.queue, int32(t))
		}
	}
	for until := a.work + steps; len(a.queue) > 0 && a.work < until && !a.spent(); {
		t := a.queue[0]
		a.queue = a.queue[1:]
		if e, _ := a.options(t, undone); e != undone {
			p.give(t, e)
			a.relieve(a.m.person[e])
		}
	}
}

// options is a task's best option besides one, and its worth. Such a test in
// [prices.choice] would make the dual over capacities half slower again.
func (a *auction) options(t, besides int32) (edge int32, worth int64) {
	m := a.m
	edge, worth = undone, -limit
	if !m.must[t] {
		worth = m.leave[t] << m.shift
	}
	a.work += int64(m.start[t+1] - m.start[t])
	for e := m.start[t]; e < m.start[t+1]; e++ {
		if v := a.worth(e); v > worth && e != besides {
			edge, worth = e, v
		}
	}
	return edge, worth
}

// relieve takes tasks from a person until they fit.
func (a *auction) relieve(i int32) {
	p := a.p
	for {
		switch {
		case p.stretches[i] < 0:
			a.giveUp(i, &a.stretch[i], func(e int32) int64 {
				if a.m.stretch[e] {
					return 1
				}
				return 0
			})
		case p.slots[i] < 0:
			a.giveUp(i, &a.task[i], func(int32) int64 { return 1 })
		case p.room[i] < 0:
			over := -p.room[i]
			a.giveUp(i, &a.effort[i], func(e int32) int64 { return min(over, a.m.effort[e]) })
		default:
			return
		}
	}
}

// giveUp takes from a person the task that loses least for what it helps, and
// raises a price of theirs by that loss.
func (a *auction) giveUp(i int32, price *int64, helps func(e int32) int64) {
	p := a.p
	pick, least := int32(undone), int64(0)
	for _, t := range p.members[i] {
		e := p.edge[t]
		help := helps(e)
		if help == 0 {
			continue
		}
		_, other := a.options(t, e)
		if loss := max(0, a.worth(e)-other) / help; pick == undone || loss < least {
			pick, least = t, loss
		}
	}
	*price = min(*price+least+*price/auctionGrain+1, limit/(a.m.room[i]+1))
	p.take(pick)
	a.queue = append(a.queue, pick)
}
