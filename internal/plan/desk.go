package plan

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"baton/internal/learn"
	"baton/internal/work"
	"baton/match"
)

// Limits keep planning from taking longer than somebody would wait, without a
// clock: the same plan on every machine. docs/matching.md says what they cost.
const (
	nodeLimit      = 2_000
	iterationLimit = 6_000
	workLimit      = 15_000_000 // steps, about a second of one core; as much again for all comparisons together
	leastWork      = 60_000     // of one comparison
	nearEnough     = 1_000      // millionths, for what a runner-up costs
)

// comparesUpTo is up to how many pairs each proposal's runner-up is found by
// planning again; beyond it the prices of people's hours tell, and Explain
// plans again for one task at a time.
const comparesUpTo = 2_000

// evenness is the price of a week that is nearly full, the same for everybody,
// the leader included: it leaves slack where it is cheap to.
var evenness = match.Load{Steps: []match.Step{{Percent: 75, Price: 150}, {Percent: 90, Price: 350}}}

// assumedEffort is what one turn of a task is taken to take that does not say.
const assumedEffort work.Minutes = 30

// reluctance is what it costs to keep what the leader said to hand over: it
// stays only when nobody may or can have it.
const reluctance = 10_000

// A desk is a plan in the making.
type desk struct {
	in        Input
	price     work.Money // of an hour of the leader's
	assumed   bool
	jobs      []*job
	byTask    map[work.TaskID]int // the job a line belongs to; -1 for what is held
	held      map[work.PersonID]int64
	slots     []int // stretch tasks each candidate takes beside those they have, or match.NoLimit
	stretched []int // stretch tasks each candidate has, pinned ones with them
	forbidden map[Choice]bool
	*memory

	only     work.TaskID // to be explained, however large the plan
	work     int64       // steps this plan may take
	solution *match.Solution
	who      []int // by job: an index of a candidate, me or nobody
}

// memory holds what reading titles found, for as long as one plan is made.
type memory struct {
	related map[relationKey]int
	spoken  map[work.TaskID][]work.Field
	named   map[nameKey]naming
	called  map[work.PersonID][]string // the names they go by
}

// fields is FieldsOf, remembered.
func (m *memory) fields(t *work.Task) []work.Field {
	f, ok := m.spoken[t.ID]
	if !ok {
		f = work.FieldsOf(t)
		m.spoken[t.ID] = f
	}
	return f
}

// relation is Related, remembered.
func (m *memory) relation(t *work.Task, name string) int {
	key := relationKey{t.ID, name}
	v, ok := m.related[key]
	if !ok {
		v = work.Related(t, name)
		m.related[key] = v
	}
	return v
}

type relationKey struct {
	task work.TaskID
	name string
}

// newDesk lays out what there is to plan, or says which wish cannot be met.
func newDesk(in Input) (*desk, error) {
	d := &desk{in: in, work: workLimit, memory: &memory{map[relationKey]int{}, map[work.TaskID][]work.Field{}, map[nameKey]naming{}, nil}}
	if in.Grow < 0 || in.Grow > 100 {
		return nil, work.FieldError("grow", "The slider goes from 0, lighten my load, to 100, grow my people.")
	}
	if in.MovePrice < 0 || in.MovePrice > MostMovePrice {
		return nil, work.FieldError("move_price", "What moving a task costs is between 0 and %d minutes of your week.", MostMovePrice)
	}
	d.in.People = slices.DeleteFunc(slices.Clone(in.People), func(c Candidate) bool { return c.ID == in.Me })
	slices.SortFunc(d.in.People, func(a, b Candidate) int { return cmp.Compare(a.ID, b.ID) })
	d.called = callings(d.in.People)
	return d, d.layOut()
}

// layOut makes the jobs and values every pair.
func (d *desk) layOut() error {
	d.price, d.assumed = d.in.HourPrice, false
	if d.price == 0 {
		d.assumed = true
		for _, p := range d.in.People {
			d.price = max(d.price, p.HourCost*3/2)
		}
	}
	d.forbidden = map[Choice]bool{}
	for _, f := range d.in.Forbids {
		d.forbidden[f] = true
	}
	d.gather()
	d.remember()
	for _, c := range append(slices.Clone(d.in.Pins), d.in.Forbids...) {
		if err := d.knows(c); err != nil {
			return err
		}
	}
	for _, c := range d.in.Pins {
		d.jobs[d.byTask[c.Task]].pin = d.candidate(c.Person)
	}
	for _, j := range d.jobs {
		d.decideFixed(j)
		j.pairs = make([]pair, len(d.in.People))
		for i := range d.in.People {
			j.pairs[i] = d.pairOf(j, &d.in.People[i])
		}
	}
	d.limitStretch()
	for _, c := range d.in.Pins {
		if i := d.candidate(c.Person); i >= 0 {
			if why := d.jobs[d.byTask[c.Task]].pairs[i].excluded; why != "" {
				return work.Errorf(work.Conflict, "“%s” cannot be pinned: %s.", d.jobs[d.byTask[c.Task]].line.Task.Title, why)
			}
		}
	}
	return nil
}

// knows refuses a choice about a task that is not on the plate, or a person
// the leader does not know.
func (d *desk) knows(c Choice) error {
	if i, ok := d.byTask[c.Task]; !ok || i < 0 || d.jobs[i].line.Task.ID != c.Task {
		return work.Errorf(work.NotFound, "Task %d is not on your plate to be planned.", c.Task)
	}
	if d.candidate(c.Person) == nobody {
		return work.Errorf(work.NotFound, "There is no such person to plan with: %d.", c.Person)
	}
	return nil
}

func (d *desk) candidate(id work.PersonID) int {
	if id == d.in.Me {
		return me
	}
	if i := slices.IndexFunc(d.in.People, func(c Candidate) bool { return c.ID == id }); i >= 0 {
		return i
	}
	return nobody
}

// gather makes a job of every line that is judged on its own; a part travels
// with its whole unless it has a verdict, a pin or a ban of its own.
func (d *desk) gather() {
	d.jobs, d.byTask, d.held = nil, map[work.TaskID]int{}, map[work.PersonID]int64{}
	lines := map[work.TaskID]*Line{}
	for i := range d.in.Lines {
		lines[d.in.Lines[i].Task.ID] = &d.in.Lines[i]
	}
	var place func(l *Line) int
	place = func(l *Line) int {
		if i, done := d.byTask[l.Task.ID]; done {
			return i
		}
		d.byTask[l.Task.ID] = -1
		whole := lines[l.Task.Parent]
		switch {
		case l.Held != nil:
			if l.Held.Person != 0 {
				d.held[l.Held.Person] += int64(l.Task.Weekly(d.in.Today))
			}
			return -1
		case whole == nil || d.alone(l):
			d.jobs = append(d.jobs, &job{line: l, pin: nobody})
			d.byTask[l.Task.ID] = len(d.jobs) - 1
		default:
			i := place(whole)
			if d.byTask[l.Task.ID] = i; i >= 0 {
				d.jobs[i].parts = append(d.jobs[i].parts, l)
			}
		}
		return d.byTask[l.Task.ID]
	}
	for i := range d.in.Lines {
		place(&d.in.Lines[i])
	}
	for _, j := range d.jobs {
		d.measure(j)
	}
}

func (d *desk) alone(l *Line) bool {
	about := func(c Choice) bool { return c.Task == l.Task.ID }
	return l.Verdict != "" || slices.ContainsFunc(d.in.Pins, about) || slices.ContainsFunc(d.in.Forbids, about)
}

// measure counts a job's minutes: the line's own, or those of its parts when
// it says none, or an assumption.
func (d *desk) measure(j *job) {
	j.place = placeOf(j.line, d.in.Household)
	fields := d.fields(j.line.Task)
	j.area = learn.AreaIn(j.line.Task, fields)
	j.plain = isPlain(fields)
	j.weekly, j.turn = int64(j.line.Task.Weekly(d.in.Today)), int64(j.line.Task.Effort)
	if j.weekly == 0 {
		for _, p := range j.parts {
			j.weekly += int64(p.Task.Weekly(d.in.Today))
			j.turn += int64(p.Task.Effort)
		}
	}
	if j.weekly == 0 {
		guess := *j.line.Task
		guess.Effort = assumedEffort
		j.weekly, j.turn = int64(guess.Weekly(d.in.Today)), int64(assumedEffort)
	}
	j.weekly = max(j.weekly, 1)
}

// isPlain reports whether work of some fields needs no skill, or has none.
func isPlain(fields []work.Field) bool {
	return len(fields) == 0 || slices.ContainsFunc(fields, func(f work.Field) bool { return f.Plain })
}

// decideFixed says what needs no engine: what only the leader may have, and
// what nobody has to do.
func (d *desk) decideFixed(j *job) {
	advice, _ := work.Advise(work.LetGo{Task: j.line.Task, Marks: j.line.Marks})
	mark := j.line.Marks.NeedsMe
	switch verdict := j.line.Verdict; {
	case j.pin != nobody:
		if j.pin == me {
			j.fixed = "You pinned it to yourself."
		}
	case verdict == work.Keep:
		j.fixed = "You said to keep it."
	case verdict == work.Drop || verdict == work.Automate || verdict == "" && (advice == work.Drop || advice == work.Automate):
		j.off = true
	case verdict != "":
		j.must = true
	case mark.Value >= 3 && mark.Guessed:
		j.fixed = "It " + mark.Cue + ": only you can do it."
	case mark.Value >= 3:
		j.fixed = "You marked that only you can do it."
	}
}

// problem puts the jobs into the engine's terms. Person 0 is the leader, whose
// own hours are a capacity like any other; a task may be left over at twice
// its price, which means that it stays although the leader's week is full.
func (d *desk) problem() (*match.Problem, error) {
	b := match.Builder{Load: evenness, SwitchCost: int64(d.in.MovePrice)}
	for i := me; i < len(d.in.People); i++ {
		b.Person(d.capacity(i))
		if i != me {
			b.Limit(i+1, match.NoLimit, d.slots[i])
		}
	}
	for _, j := range d.jobs {
		t := b.Task()
		if j.off {
			b.MayLeave(t, 0)
			continue
		}
		if j.pin == nobody || j.pin == me {
			left := d.stay(j, true)
			if j.was == me && d.may(j, me) {
				left += int64(d.in.MovePrice) // it stays with the leader, full week or not
			}
			b.MayLeave(t, left)
		}
		for i := me; i < len(d.in.People); i++ {
			if !d.may(j, i) {
				continue
			}
			switch {
			case i == me:
				b.Pair(t, 0, d.stay(j, false), j.weekly)
			case j.pairs[i].stretch && j.pin != i:
				b.Stretch(t, i+1, j.pairs[i].value, j.weekly)
			default:
				b.Pair(t, i+1, j.pairs[i].value, j.weekly)
			}
			if j.was == i {
				b.Had(t, i+1)
			}
		}
	}
	return b.Problem()
}

// solve runs the engine on the whole plate.
func (d *desk) solve(ctx context.Context) error {
	p, err := d.problem()
	if err != nil {
		return fmt.Errorf("plan: %w", err)
	}
	d.solution, err = match.Solve(ctx, p, match.Options{NodeLimit: nodeLimit, IterationLimit: iterationLimit, WorkLimit: d.work, Gap: d.enough(), NoRunnersUp: true})
	if err != nil {
		return fmt.Errorf("plan: %w", err)
	}
	if !d.solution.Found() {
		return d.tooMuch()
	}
	d.settle()
	d.who = d.read(d.solution)
	return nil
}

// share is how many steps planning again for one task may take.
func (d *desk) share() int64 {
	if d.only != 0 {
		return workLimit
	}
	return max(leastWork, workLimit/int64(max(1, len(d.jobs))))
}

// enough is the gap, in millionths, at which a plan is good enough: a small
// plate is planned as well as can be proven, a large one nearly so.
func (d *desk) enough() int64 {
	if len(d.jobs)*len(d.in.People) <= comparesUpTo {
		return 0
	}
	return nearEnough
}

// read turns persons of the engine into candidates.
func (d *desk) read(s *match.Solution) []int {
	who := make([]int, len(d.jobs))
	for k, i := range s.Person {
		who[k] = d.reads(k, i)
	}
	return who
}

// reads is who has a job that the engine gives to one of its persons.
func (d *desk) reads(k, i int) int {
	switch {
	case i == match.Nobody && d.jobs[k].off:
		return nobody
	case i == match.Nobody:
		return me
	}
	return i - 1
}

// tooMuch says which pins are more than somebody offers: nothing else can make
// a plan impossible.
func (d *desk) tooMuch() error {
	r := d.solution.Reason
	if r == nil || len(r.People) != 1 || r.People[0] == 0 {
		return work.Errorf(work.Conflict, "What is pinned cannot all be done; take a pin away.")
	}
	p := d.in.People[r.People[0]-1]
	return work.Errorf(work.Conflict, "What is pinned to %s takes %s a week; %s has %s.",
		p.Name, work.HoursWords(work.Minutes(r.Need)), p.Name, work.HoursWords(work.Minutes(r.Have)))
}
