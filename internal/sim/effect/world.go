package effect

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"baton/internal/app"
	"baton/internal/work"
)

// A world is a team as it truly is, at a week.
type world struct {
	chance  chance
	sc      *Scenario
	fields  []string
	week    int
	leaders []*leader
	people  []*person // slots: who leaves is followed in the same slot
	tasks   []*task
	tally   tally
}

// A person as they truly are.
type person struct {
	slot, stay int // the slot of the team, and the how many-th person in it
	name       string
	group      *Group
	capacity   float64
	own        float64 // hours of their own work, on average
	free       float64 // hours truly left
	skill      []float64
	began      []float64 // skill at the start
	used       []int     // week of the last practice
	liking     []float64
	learns     float64
	bias       float64 // by how many levels they overrate themselves
	fatigue    float64
	away       int // back in this week
	since      int // week in which they came
	hours      float64
	full       int // weeks over capacity in a row
	present    bool

	involved bool // in a delegation, now or before
	actor    app.Actor
}

// A leader is a person with a plate.
type leader struct {
	person
	clarity float64
	load    float64 // hours of this week that went to delegating
	stale   bool    // something changed that a plan should see
}

// A task is a stream, or a single piece of work.
type task struct {
	leader     *leader
	key        uint64
	title      string
	field      int
	hours      float64
	difficulty float64
	judgement  int
	matters    int
	energy     int
	every      int // weeks between turns; 0 for a single piece
	first      int // week of the first turn, or in which a single piece is due
	came       int
	stated     int // the level of skill its leader thinks it needs

	id       work.TaskID
	deleg    work.DelegationID
	kind     work.DelegationKind
	terms    work.Terms
	carrier  *person // nil: the leader
	asked    *person // who is considering an offer
	clarity  float64
	helped   float64 // hours of help not yet written down
	troubles float64 // of the latest pieces, with something wrong
	pieces   int
	recent   float64   // quality of late
	ruled    []*person // who did not work out
	mending  bool      // something came back
	leaving  bool      // its carrier agreed to pass it on
	done     bool
	now      *piece
}

// due reports whether a turn, or the whole, is to be done in a week.
func (t *task) due(week int) bool {
	switch {
	case t.done:
		return false
	case t.every == 0:
		return week >= t.first
	}
	return week >= t.first && (week-t.first)%t.every == 0
}

// weekly is the hours a week of a turn, on average.
func (t *task) weekly() float64 {
	if t.every == 0 {
		return t.hours / float64(max(1, t.first-t.came+1))
	}
	return t.hours / float64(t.every)
}

func newWorld(sc *Scenario, seed uint64) *world {
	w := &world{chance: chance(seed), sc: sc, fields: sc.fields()}
	for i := range sc.Leaders {
		w.leaders = append(w.leaders, w.newLeader(i))
	}
	for i := range sc.People {
		for range or(sc.People[i].Count, 1) {
			p := w.newPerson(&sc.People[i], len(w.people), 0)
			w.people = append(w.people, p)
		}
	}
	for i, l := range w.leaders {
		for j := range sc.Leaders[i].Streams {
			w.tasks = append(w.tasks, w.newStream(l, i, j))
		}
	}
	return w
}

func (w *world) newLeader(i int) *leader {
	spec := &w.sc.Leaders[i]
	l := &leader{clarity: or(spec.Clarity, 0.5), stale: true}
	l.name, l.capacity, l.present, l.slot = spec.Name, or(spec.Capacity, 40), true, -1-i
	for _, f := range w.fields {
		level, ok := spec.Skills[f]
		if !ok {
			level = 4
		}
		l.skill = append(l.skill, level)
		l.liking = append(l.liking, 0)
	}
	return l
}

// newPerson makes somebody of a group for a slot of the team.
func (w *world) newPerson(g *Group, slot, stay int) *person {
	r := w.chance.of(forPerson, uint64(slot), uint64(stay))
	p := &person{slot: slot, stay: stay, group: g, name: nameOf(g, slot, stay), present: true, since: w.week}
	p.capacity = or(g.Capacity, 40)
	p.own = min(g.Own*(1+0.05*r.NormFloat64()), p.capacity)
	p.free = max(0, p.capacity-p.own)
	p.learns = or(g.Learns, 1) * math.Exp(0.25*r.NormFloat64())
	p.bias = 0.2 + 0.4*r.NormFloat64()
	for _, f := range w.fields {
		level := 1 + 0.5*math.Abs(r.NormFloat64())*or(g.Spread, 0.5)
		if said, ok := g.Skills[f]; ok {
			level = said + or(g.Spread, 0.5)*r.NormFloat64()
		}
		liking := 0.35 * r.NormFloat64()
		if slices.Contains(g.Wants, f) {
			liking += 0.6
		}
		p.skill = append(p.skill, min(max(level, 1), 5))
		p.liking = append(p.liking, min(max(liking, -1), 1))
		p.used = append(p.used, w.week)
	}
	p.began = slices.Clone(p.skill)
	return p
}

func (w *world) newStream(l *leader, i, j int) *task {
	st := &w.sc.Leaders[i].Streams[j]
	key := uint64(i*1000 + j)
	t := &task{
		leader: l, key: key, title: st.Title, field: slices.Index(w.fields, st.Field), hours: st.Hours, difficulty: st.Difficulty,
		judgement: st.Judgement, matters: or(st.Matters, 1), energy: st.Energy, every: or(st.Every, 1),
	}
	t.first = w.chance.of(forTask, key).IntN(t.every)
	return t
}

// arrivals are the single pieces of work that reach a leader in a week.
func (w *world) arrivals(i int) []*task {
	o := w.sc.Leaders[i].OneOffs
	if o == nil || o.PerWeek == 0 || len(o.Titles) == 0 {
		return nil
	}
	r := w.chance.of(forArrival, uint64(i), uint64(w.week))
	var out []*task
	for n := range poisson(r, o.PerWeek) {
		at := r.IntN(len(o.Titles))
		t := &task{
			leader: w.leaders[i], key: uint64(1_000_000 + i*1_000_000_000 + w.week*1000 + n), title: o.Titles[at], field: slices.Index(w.fields, o.Fields[at]),
			hours: between(r, o.Hours[0], o.Hours[1]), difficulty: between(r, o.Difficulty[0], o.Difficulty[1]),
			judgement: o.Judgement[0] + r.IntN(o.Judgement[1]-o.Judgement[0]+1), matters: r.IntN(4), energy: r.IntN(4) - 2, came: w.week,
		}
		t.first = w.week + 1 + int(t.hours/4) + r.IntN(3)
		out = append(out, t)
	}
	return out
}

// poisson draws how many things happen where so many do on average.
func poisson(r *rand.Rand, mean float64) int {
	n, p, limit := 0, r.Float64(), math.Exp(-mean)
	for p > limit {
		p *= r.Float64()
		n++
	}
	return n
}

// nameOf is what somebody is called: the group's name, numbered where it has
// several, and again for who follows in a slot.
func nameOf(g *Group, slot, stay int) string {
	name := g.Name
	if or(g.Count, 1) > 1 {
		name += " " + strconv.Itoa(slot+1)
	}
	if stay > 0 {
		name += " (" + strconv.Itoa(stay+1) + ")"
	}
	return name
}
