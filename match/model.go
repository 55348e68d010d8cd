package match

import "math/bits"

// A model is a Problem as the search wants it: pinned tasks placed, impossible
// pairs gone, values reduced by what every plan has and by their greatest
// common divisor, efforts by each person's.
type model struct {
	p *Problem

	// By task of the model.
	origin []int32 // its number in the problem
	start  []int32 // first edge, and one past the last
	leave  []int64 // value of leaving it undone, unless must
	must   []bool  // it may not be left undone
	top    []int64 // the most that any option is worth

	// By edge, grouped by task, people ascending.
	task, person  []int32
	value, effort []int64
	stretch       []bool

	// By person.
	first      []int32 // range in byPerson, and one past the last
	byPerson   []int32 // edges grouped by person, tasks ascending
	room       []int64 // capacity left by the pinned tasks
	slots      []int32 // tasks left
	stretches  []int32 // stretch tasks left
	pinnedLoad []int64
	grain      []int64 // what room and efforts were divided by

	penalty  []penalty // by person; nil without load steps
	constant int64     // a plan of value v in the model is worth constant + unit*v
	unit     int64
	big      int64 // more than any two plans differ by: what a missing task counts
	least    int64 // no plan is worth less
	shift    uint  // multipliers and dual values are in 1/2^shift
	floor    int64 // least multiplier of a task, scaled
}

// A penalty is one person's load price over what the model adds to the pinned
// load: bend[k] is where step k begins, price[k] what each unit above it costs
// in thousandths.
type penalty struct {
	bend, price []int64
}

// thousandths is the price of a load, before rounding.
func (q *penalty) thousandths(load int64) int64 {
	var sum int64
	for k, b := range q.bend {
		if load > b {
			sum += q.price[k] * (load - b)
		}
	}
	return sum
}

// whole is the price of a load in units of value.
func (q *penalty) whole(load int64) int64 { return (q.thousandths(load) + 999) / 1000 }

const unlimited = 1<<31 - 1

// newModel reduces a valid problem. The reason is not nil when the reduction
// already shows that there is no plan.
func newModel(p *Problem) (*model, *Reason) {
	m := &model{p: p, unit: 1}
	if why := m.place(); why != nil {
		return nil, why
	}
	if why := m.gather(); why != nil {
		return nil, why
	}
	m.group(p.People())
	m.normalise()
	m.reduceEfforts()
	m.setPenalties()
	m.setScale()
	return m, nil
}

// place puts the pinned tasks where they have to be.
func (m *model) place() *Reason {
	p := m.p
	m.room = append([]int64(nil), p.Capacity...)
	m.slots = make([]int32, p.People())
	m.stretches = make([]int32, p.People())
	m.pinnedLoad = make([]int64, p.People())
	for i := range m.slots {
		m.slots[i], m.stretches[i] = unlimited, unlimited
		if p.MaxTasks != nil && p.MaxTasks[i] != NoLimit {
			m.slots[i] = int32(min(p.MaxTasks[i], unlimited))
		}
		if p.MaxStretch != nil && p.MaxStretch[i] != NoLimit {
			m.stretches[i] = int32(min(p.MaxStretch[i], unlimited))
		}
	}
	if p.Pinned == nil {
		return nil
	}
	for t, i := range p.Pinned {
		if i == Nobody {
			continue
		}
		e, _ := p.Pair(t, i)
		m.constant += p.Value[e] - p.switching(t, i)
		m.room[i] -= p.Effort[e]
		m.pinnedLoad[i] += p.Effort[e]
		if m.slots[i] != unlimited {
			m.slots[i]--
		}
		if p.Stretch != nil && p.Stretch[e] && m.stretches[i] != unlimited {
			m.stretches[i]--
		}
	}
	for i := range m.room {
		if m.room[i] < 0 || m.slots[i] < 0 || m.stretches[i] < 0 {
			return pinsTooMuch(m, i)
		}
	}
	return nil
}

// switching is what giving a task to a person, or to Nobody, costs because
// somebody else had it.
func (p *Problem) switching(task, person int) int64 {
	if p.Previous == nil || p.Previous[task] == Nobody || p.Previous[task] == person {
		return 0
	}
	return p.SwitchCost
}

// usable says whether a pair can be part of a plan, given the pinned tasks.
func (m *model) usable(e int) bool {
	p, i := m.p, m.p.Person[e]
	stretch := p.Stretch != nil && p.Stretch[e]
	return (p.Forbidden == nil || !p.Forbidden[e]) && p.Effort[e] <= m.room[i] &&
		m.slots[i] > 0 && (!stretch || m.stretches[i] > 0)
}

// gather lists the free tasks and their usable pairs.
func (m *model) gather() *Reason {
	p := m.p
	for t := range p.Tasks() {
		if p.Pinned != nil && p.Pinned[t] != Nobody {
			continue
		}
		from := len(m.task)
		for e := p.Start[t]; e < p.Start[t+1]; e++ {
			if !m.usable(e) {
				continue
			}
			m.task = append(m.task, int32(len(m.origin)))
			m.person = append(m.person, int32(p.Person[e]))
			m.value = append(m.value, p.Value[e]-p.switching(t, p.Person[e]))
			m.effort = append(m.effort, p.Effort[e])
			m.stretch = append(m.stretch, p.Stretch != nil && p.Stretch[e])
		}
		must := p.Leave == nil || p.Leave[t] == MustDo
		if must && from == len(m.task) {
			return noCandidate(m, t)
		}
		m.origin = append(m.origin, int32(t))
		m.start = append(m.start, int32(from))
		m.must = append(m.must, must)
		leave := int64(0)
		if !must {
			leave = p.Leave[t] - p.switching(t, Nobody)
		}
		m.leave = append(m.leave, leave)
	}
	m.start = append(m.start, int32(len(m.task)))
	return nil
}

// group lists the edges of each person.
func (m *model) group(people int) {
	m.first = make([]int32, people+1)
	for _, i := range m.person {
		m.first[i+1]++
	}
	for i := range people {
		m.first[i+1] += m.first[i]
	}
	next := append([]int32(nil), m.first[:people]...)
	m.byPerson = make([]int32, len(m.person))
	for e, i := range m.person {
		m.byPerson[next[i]] = int32(e)
		next[i]++
	}
}

// normalise makes the worst choice of every task worth 0 and divides the rest
// by their common divisor, which sharpens every rounding of a bound. With load
// penalties, which are in whole units, it does not divide.
func (m *model) normalise() {
	var divisor int64
	for t := range m.origin {
		low := m.leave[t]
		from, to := m.start[t], m.start[t+1]
		if m.must[t] {
			low = m.value[from]
		}
		for _, v := range m.value[from:to] {
			low = min(low, v)
		}
		m.constant += low
		if !m.must[t] {
			m.leave[t] -= low
			divisor = gcd(divisor, m.leave[t])
		}
		for e := from; e < to; e++ {
			m.value[e] -= low
			divisor = gcd(divisor, m.value[e])
		}
	}
	if divisor <= 1 || len(m.p.Load.Steps) > 0 {
		return
	}
	m.unit = divisor
	for t := range m.leave {
		m.leave[t] /= divisor
	}
	for e := range m.value {
		m.value[e] /= divisor
	}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// reduceEfforts cuts each person's room to what they could be given, and
// divides it and their efforts by their common divisor.
func (m *model) reduceEfforts() {
	m.grain = make([]int64, len(m.room))
	for i := range m.room {
		m.grain[i] = 1
		edges := m.byPerson[m.first[i]:m.first[i+1]]
		var divisor, all int64
		for _, e := range edges {
			divisor = gcd(divisor, m.effort[e])
			all += m.effort[e]
		}
		m.room[i] = min(m.room[i], all)
		if divisor <= 1 || len(m.p.Load.Steps) > 0 {
			continue
		}
		m.grain[i] = divisor
		m.room[i] /= divisor
		for _, e := range edges {
			m.effort[e] /= divisor
		}
	}
}

func (m *model) setPenalties() {
	steps := m.p.Load.Steps
	if len(steps) == 0 {
		return
	}
	m.penalty = make([]penalty, len(m.room))
	for i := range m.penalty {
		for _, s := range steps {
			hi, lo := bits.Mul64(uint64(m.p.Capacity[i]), uint64(s.Percent))
			if hi >= 100 || s.Price == 0 {
				continue
			}
			bend, _ := bits.Div64(hi, lo, 100)
			if bend >= uint64(m.p.Capacity[i]) {
				continue
			}
			m.penalty[i].bend = append(m.penalty[i].bend, int64(bend)-m.pinnedLoad[i])
			m.penalty[i].price = append(m.penalty[i].price, s.Price)
		}
	}
}

// setTop finds the most that any option of a task is worth, at least 0.
func (m *model) setTop() {
	m.top = make([]int64, len(m.origin))
	for t := range m.origin {
		if !m.must[t] {
			m.top[t] = max(0, m.leave[t])
		}
		for _, v := range m.value[m.start[t]:m.start[t+1]] {
			m.top[t] = max(m.top[t], v)
		}
	}
}

// setScale chooses what a missing task costs, and the scale and the least value
// of the multipliers: the finest scale that leaves them a wide range without
// any sum overflowing.
func (m *model) setScale() {
	var spread, widest, load int64
	m.setTop()
	for _, high := range m.top {
		spread += high
		widest = max(widest, high)
	}
	for i := range m.penalty {
		load += m.penalty[i].whole(m.room[i])
	}
	m.least = -load
	m.big = spread + load + 1
	terms := int64(len(m.task) + len(m.origin) + 1)
	for m.shift = 20; m.shift > 0; m.shift-- {
		most := int64(limit)>>m.shift/terms - widest
		if most >= min(m.big, 64*(widest+1)) && load>>(60-m.shift) == 0 {
			break
		}
	}
	m.floor = -min(m.big, int64(limit)>>m.shift/terms-widest) << m.shift
}

// worth turns a value of the model into one of the problem.
func (m *model) worth(value int64) int64 { return m.constant + m.unit*value }
