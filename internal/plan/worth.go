package plan

import (
	"fmt"
	"time"

	"baton/internal/work"
)

var utc = time.UTC

// Percentages by readiness, from 0 (never did such a thing) to 5 (teaches it).
var (
	riskOf    = [...]int64{40, 25, 12, 5, 2, 0}     // of the task's minutes: redone, or done worse
	helpOf    = [...]int64{25, 25, 22, 8, 2, 0}     // support of an assignment
	coachOf   = [...]int64{40, 32, 28, 16, 10, 5}   // support of a strategic delegation
	trainOf   = [...]int64{200, 150, 100, 50, 0, 0} // training, of one turn of what recurs
	showOf    = [...]int64{40, 30, 20, 10, 0, 0}    // training, of a single piece of work
	teachOf   = [...]int64{5, 13, 12, 10, 0, 0}     // support beside either, to teach: from the middle of the slider on
	edgeOf    = [...]int64{10, 60, 100, 55, 12, 2}  // how much one grows by it: most at the edge of what one can do, which nobody knows to the level
	stakesOf  = [...]int64{50, 75, 100, 150}        // how much of the risk counts, by how much it matters
	yoursOf   = [...]int64{0, 15, 60, 100}          // what is lost because it is not the leader, by needs me
	weightOf  = [...]int64{0, 0, 15, 100}           // and minutes a week however seldom it comes
	joyOf     = [...]int64{25, 12, 0, -20, -45}     // what drains is gladly let go, by energy from -2
	leastHelp = int64(5)                            // minutes a week a strategic delegation takes at least
)

// longestShown is how many minutes of one turn are shown to somebody new.
const longestShown = 120

// coming is over how many weeks what is done once is counted, for work without
// an end.
const coming = 26

// A job is what the engine gives to one person: a line with the parts that
// travel with it.
type job struct {
	line   *Line
	parts  []*Line
	weekly int64 // minutes; at least 1
	turn   int64 // minutes of one turn
	place  place
	area   string // of the work, as looks back name it
	plain  bool   // its field of work needs no skill, or it has none
	pairs  []pair // by candidate
	fixed  string // why only the leader may have it, or ""
	off    bool   // to be dropped or automated
	pin    int    // index of a candidate, or nobody
	was    int    // who had it in the plan before: index of a candidate, me or nobody
	must   bool   // the leader said to hand it over
}

// nobody stands where an index of a candidate is expected; me is the leader.
const (
	me     = -1
	nobody = -2
)

// A pair is one person having one task.
type pair struct {
	excluded string
	kind     work.DelegationKind
	level    work.Level
	ready    int
	stretch  bool   // beyond what they can do now, and they are to grow
	skill    string // that the readiness rests on
	wish     string
	growth   int64 // before the slider
	support  int64 // minutes a week
	once     int64 // minutes
	points   []Term
	value    int64
}

// offers is how much the best related skill of somebody has to do with a task.
func (d *desk) offers(j *job, p *Candidate) int {
	best := 0
	for _, s := range p.Skills {
		best = max(best, d.relation(j.line.Task, s.Name))
	}
	for _, need := range j.line.Task.Skills {
		if p.SkillLevel(need.Name) > 0 {
			best = 100
		}
	}
	return best
}

// best is the highest level of a skill that has to do with a task.
func (d *desk) best(j *job, p *Candidate) (level int) {
	for _, s := range p.Skills {
		if d.relation(j.line.Task, s.Name) >= 50 {
			level = max(level, s.Level)
		}
	}
	for _, need := range j.line.Task.Skills {
		level = max(level, p.SkillLevel(need.Name))
	}
	return level
}

// readiness says how well somebody can do a task now, from 0 to 5, and the
// skill it rests on: what the task says it needs, or else the best of skill
// level times how much the skill has to do with the task.
func (d *desk) readiness(j *job, p *Candidate) (ready int, skill string) {
	if needs := j.line.Task.Skills; len(needs) > 0 {
		ready = 5
		for _, need := range needs {
			have := p.SkillLevel(need.Name)
			r := min(max(3+max(have, 1)-max(need.Level, 1), 0), 5)
			if have == 0 { // a beginner, who may turn out to be less
				r = min(r, 2)
			}
			if r <= ready {
				ready, skill = r, need.Name
			}
		}
		return ready, skill
	}
	for _, s := range p.Skills {
		if r := (s.Level*d.relation(j.line.Task, s.Name) + 50) / 100; r > ready {
			ready, skill = min(r, 5), s.Name
		}
	}
	if p.Kind == work.Teammate || p.Kind == work.Family {
		if plain := plainness(j); plain > ready {
			return plain, ""
		}
	}
	return ready, skill
}

// plainness is how ready anybody is for a task that needs nothing special.
func plainness(j *job) int {
	m := j.line.Marks
	if m.NeedsMe.Value > 0 || m.Grows.Value > 1 || !j.plain {
		return 0
	}
	if m.Grows.Value == 0 {
		return 3
	}
	return 2
}

// wish returns what somebody wants to grow in that the task has to do with.
func (d *desk) wish(j *job, p *Candidate) (name string, related int) {
	return d.mostRelated(j, p.Wishes)
}

// kind says whether handing a task to somebody hands over its decisions too:
// where judgement goes with it, or the person would grow by it and wants to.
func (d *desk) kind(j *job, p *Candidate) work.DelegationKind {
	m := j.line.Marks
	_, wish := d.wish(j, p)
	switch {
	case j.line.Verdict == work.Assign:
		return work.Assignment
	case j.line.Verdict == work.Delegate, m.NeedsMe.Value >= 2 && j.line.Verdict == "":
		return work.Strategic
	case p.Kind == work.Provider || p.Kind == work.Agent:
		return work.Assignment
	case m.Grows.Value >= 3, m.Grows.Value >= 2 && wish >= 50:
		return work.Strategic
	}
	return work.Assignment
}

// pairOf values one person having one task.
func (d *desk) pairOf(j *job, p *Candidate) pair {
	q := pair{excluded: d.excluded(j, p, j.pin != nobody && j.pin != me && &d.in.People[j.pin] == p)}
	if q.excluded != "" {
		return q
	}
	q.kind = d.kind(j, p)
	q.ready, q.skill = d.readiness(j, p)
	q.stretch = isStretch(p, q.ready, q.skill)
	q.level = work.LevelFor(q.kind, d.best(j, p), p.Kind)
	if q.kind == work.Assignment && q.skill == "" && q.ready >= 3 {
		q.level = work.Intend // nobody asks before sorting the mail
	}
	if next := p.Next[j.area].Level; next != 0 {
		q.level = next
		if p.Kind == work.Agent {
			q.level = min(next, work.AgentCap)
		}
	}
	if d.stretches(p) && beyond(q.ready) {
		q.level = min(q.level, beginning(q.kind))
	}
	q.support, q.once = d.cares(j, p, &q)
	d.value(j, p, &q)
	return q
}

// beyond reports whether work is a step or more beyond what somebody can do.
func beyond(ready int) bool { return ready <= 2 }

// beginning is the level work begins with that is beyond its receiver, whatever
// they may decide elsewhere: what they make is looked at, and what they would
// do is heard before it is done.
func beginning(kind work.DelegationKind) work.Level {
	if kind == work.Strategic {
		return work.Consult
	}
	return work.Explain
}

// stretches reports whether the plan asks somebody to grow: work may then be
// beyond them on purpose.
func (d *desk) stretches(p *Candidate) bool { return d.in.Grow > 50 && Grows(p) }

// review is how many months lie between looks back of what is handed over; 0
// is as its kind has it. Whoever is to grow looks back every month on what is
// beyond them, and every quarter on the rest.
func (d *desk) review(p *Candidate, q *pair) int {
	switch {
	case !d.stretches(p):
		return 0
	case beyond(q.ready):
		return 1
	}
	return 3
}

// cares is what a hand-over costs the leader in time: support a week, and
// briefing and training once. From the middle of the slider on more support is
// set aside for those who are to grow, most of it where it teaches most.
func (d *desk) cares(j *job, p *Candidate, q *pair) (support, once int64) {
	turn, teach := min(j.turn, longestShown), int64(0)
	if Grows(p) {
		teach = teachOf[q.ready] * int64(min(max(d.in.Grow-50, 0), teachesFully)) / teachesFully
	}
	support, once = j.weekly*(helpOf[q.ready]+teach)/100, 10+turn/12
	if q.kind == work.Strategic {
		support, once = max(leastHelp, j.weekly*(coachOf[q.ready]+teach)/100), 20+turn/6
	}
	if d.shower(j) != nil {
		support /= 2
	}
	if j.line.Task.Rule.IsZero() {
		return support, once + turn*showOf[q.ready]/100
	}
	return support, once + turn*trainOf[q.ready]/100
}

// shower returns who did a job before, has outgrown it and can show the next
// person how: half of the help comes from them.
func (d *desk) shower(j *job) *Candidate {
	i := d.candidate(j.line.Before)
	if i < 0 || d.in.People[i].Gone(d.in.Today) {
		return nil
	}
	return &d.in.People[i]
}

// teachesFully is from how far beyond the middle of the slider all the support
// that teaches is set aside.
const teachesFully = 25

// value adds up what the pair is worth. docs/matching.md has the formula.
func (d *desk) value(j *job, p *Candidate, q *pair) {
	add := func(name string, points int64, format string, args ...any) {
		if points != 0 {
			q.points = append(q.points, Term{name, points, fmt.Sprintf(format, args...)})
			q.value += points
		}
	}
	m, w := j.line.Marks, j.weekly
	ease, grow := int64(175-d.in.Grow*3/2), int64(50+d.in.Grow)
	add("freed", w*ease/100, "%s a week off your plate", work.HoursWords(work.Minutes(w)))
	add("support", -q.support*ease/100, "%s a week of your help", work.HoursWords(work.Minutes(q.support)))
	add("briefing", -q.once*ease/100/d.span(j), "%s once to hand it over", work.HoursWords(work.Minutes(q.once)))
	add("risk", -w*riskOf[q.ready]*stakesOf[m.Matters.Value]/10_000, "%s", riskWords(q.ready, m.Matters.Value))
	add("yours", -w*yoursOf[m.NeedsMe.Value]/100-weightOf[m.NeedsMe.Value], "%s", [...]string{"", "it needs a little of what you know", "it needs much of what only you know", "only you can do it"}[m.NeedsMe.Value])
	add("energy", w*joyOf[m.Energy.Value+2]*ease/10_000, "%s", [...]string{"it drains you much", "it drains you", "", "you enjoy it", "it gives you much energy"}[m.Energy.Value+2])
	wish, related := d.wish(j, p)
	if related > 0 {
		q.wish, q.growth = wish, wished(j, related)
		add("growth", q.growth*grow/100, "%s wants to grow in %s", p.Name, wish)
	}
	if liked, related := d.interest(j, p); related > 0 {
		add("interest", min(w, 120)*int64(related)/800, "%s is interested in %s", p.Name, liked)
	}
	if tired, related := d.mostRelated(j, p.Less); related > 0 {
		add("less", -min(w, 120)*int64(related)/800, "%s would like less %s", p.Name, tired)
	}
	if price := int64(d.price); price > 0 && p.HourCost > 0 {
		cost := int64(p.HourCost) * w / price
		if p.Kind == work.Teammate {
			cost /= 2 // paid already; the hour is missing elsewhere
		}
		add("cost", -cost, "an hour of %s costs %s", p.Name, p.HourCost.Format(d.in.Currency))
	}
	if d.naming(j.line.Task, p) == calledUpon {
		add("named", 5+w/4, "you named %s when you wrote it down", p.Name)
	}
	if reach := d.reach(j, p, q, related); reach > 0 {
		q.growth += reach
		add("reach", reach, "%s %s", p.Name, reachWords(q))
	}
}

// wished is what it is worth that a job has to do with what somebody wants to
// grow in, before the slider.
func wished(j *job, related int) int64 {
	return (min(j.weekly, 120)/3 + 10*int64(j.line.Marks.Grows.Value)) * int64(related) / 100
}

// reach says how much somebody would grow by what lies beyond what they can
// do: most a step beyond it, hardly by what they master, twice as much by what
// they want. Of a member of the family it counts half, and a quarter where they
// have not asked for it: a home is not there for growing.
// It counts from the middle of the slider on. Whoever is paid by the piece, or
// is software, is not asked to grow.
func (d *desk) reach(j *job, p *Candidate, q *pair, wished int) int64 {
	if !d.stretches(p) {
		return 0
	}
	asked := int64(100 + wished)
	if p.Kind == work.Family {
		asked /= 2
		if wished == 0 {
			asked /= 2
		}
	}
	return (min(j.weekly, 240) + 10*int64(j.line.Marks.Grows.Value)) * edgeOf[q.ready] * asked * int64(d.in.Grow-50) / 222_000
}

func reachWords(q *pair) string {
	if !beyond(q.ready) || plainly(q.ready, q.skill) {
		return "would still grow by it"
	}
	return "would grow by it: it is beyond what they do now"
}

func riskWords(ready, matters int) string {
	how := [...]string{"new to them", "they have begun with such work", "they know some of it", "they can do it", "they do it well", ""}[ready]
	if matters == 3 {
		how += ", and it matters greatly"
	}
	return how
}

func (d *desk) interest(j *job, p *Candidate) (name string, related int) {
	return d.mostRelated(j, p.Interests)
}

// mostRelated returns which of some names has most to do with a job.
func (d *desk) mostRelated(j *job, names []string) (name string, related int) {
	for _, w := range names {
		if r := d.relation(j.line.Task, w); r > related {
			name, related = w, r
		}
	}
	return name, related
}

// span is over how many weeks what is done once is counted.
func (d *desk) span(j *job) int64 {
	if !j.line.Task.Rule.IsZero() || j.turn == 0 {
		return coming
	}
	return max(1, j.turn/j.weekly)
}
