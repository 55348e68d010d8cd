package plan

import (
	"fmt"
	"strings"

	"baton/internal/work"
	"baton/match"
)

// MovePrice is what a plan has to gain, in minutes of the leader's week, by
// each task that it takes from whoever had it in the plan before, unless the
// leader says otherwise.
const MovePrice work.Minutes = 15

// MostMovePrice is the most a leader may say: all of a week.
const MostMovePrice work.Minutes = 7 * 24 * 60

// A Cause is the kind of reason why a task moved.
type Cause string

// The causes of moves. All but Worth and Appeared leave no choice.
const (
	Appeared  Cause = "new"     // nobody had it
	Settled   Cause = "settled" // the leader said so: a verdict or a pin
	Ruled     Cause = "rule"    // whoever had it may not have it any more
	Full      Cause = "full"    // whoever had it has no hours left for it
	Stretched Cause = "stretch" // whoever had it has as many stretch tasks as they take
	Worth     Cause = "worth"   // the plan gains by it, after the price of moving
)

// A Move is a task that is with somebody else than in the plan before.
type Move struct {
	Task     *work.Task
	From, To *work.Person // nil for the leader; From for nobody when the cause is Appeared
	Verdict  work.Verdict // now; To has no meaning where nobody has to do it
	Cause    Cause
	Gain     int64 // with Worth: how much less the plan would be worth if only this went back; more than 0
	Reason   string
}

// remember finds who had each job in the plan before. What it says of others
// counts for nothing: they are done, on their way, or gone.
func (d *desk) remember() {
	before := map[work.TaskID]int{}
	for _, c := range d.in.Was {
		before[c.Task] = d.candidate(c.Person)
	}
	for _, j := range d.jobs {
		had, ok := before[j.line.Task.ID]
		if j.was = nobody; ok {
			j.was = had
		}
	}
}

// may reports whether a job may go to a candidate, or stay within the leader's
// own hours.
func (d *desk) may(j *job, i int) bool {
	switch {
	case i == nobody || j.off || j.pin != nobody && j.pin != i:
		return false
	case i == me:
		return !d.forbidden[Choice{j.line.Task.ID, d.in.Me}]
	}
	return j.fixed == "" && j.pairs[i].excluded == ""
}

// capacity is what a candidate, or the leader, has left for the plan, in
// minutes a week.
func (d *desk) capacity(i int) int64 {
	if i == me {
		return max(0, int64(d.in.Capacity)-d.held[d.in.Me])
	}
	p := &d.in.People[i]
	return max(0, int64(p.Room())-d.held[p.ID])
}

// A seating is a plan as the engine has it, with what everybody carries in it:
// people by the engine's numbers, of which the leader's is 0.
type seating struct {
	*desk
	person  []int
	load    []int64
	stretch []int // stretch tasks of this plan, pinned ones aside
}

func (d *desk) seating() *seating {
	s := &seating{d, d.solution.Person, make([]int64, len(d.in.People)+1), make([]int, len(d.in.People)+1)}
	for k, i := range s.person {
		s.account(k, i, 1)
	}
	return s
}

// account counts a job to whoever has it, or with -1 away from them.
func (s *seating) account(k, i, sign int) {
	if i == match.Nobody {
		return
	}
	j := s.jobs[k]
	s.load[i] += int64(sign) * j.weekly
	if i > 0 && j.pairs[i-1].stretch && j.pin != i-1 {
		s.stretch[i] += sign
	}
}

// fits reports whether somebody has the hours for one more job.
func (s *seating) fits(k, i int) bool { return s.load[i+1]+s.jobs[k].weekly <= s.capacity(i) }

// reaches reports whether a job would be no stretch task too many.
func (s *seating) reaches(k, i int) bool {
	return i == me || !s.jobs[k].pairs[i].stretch || s.slots[i] == match.NoLimit || s.stretch[i+1] < s.slots[i]
}

// worth is what a job is worth with somebody, evenness aside.
func (s *seating) worth(k, i int) int64 {
	switch j := s.jobs[k]; {
	case i == match.Nobody && j.off:
		return 0
	case i <= 0:
		return s.stay(j, i == match.Nobody)
	default:
		return j.pairs[i-1].value
	}
}

// more is what a load costs somebody more than without some minutes of it.
func (s *seating) more(i int, load, minutes int64) int64 {
	if i == match.Nobody {
		return 0
	}
	c := s.capacity(i - 1)
	return evenness.Cost(c, load) - evenness.Cost(c, load-minutes)
}

// back finds where a job that moved would go back to, by the engine's numbers,
// and what the plan is worth more as it is; false where there is no going back.
func (s *seating) back(k int) (to int, gain int64, ok bool) {
	j := s.jobs[k]
	if !s.may(j, j.was) {
		return 0, 0, false
	}
	var ways []int
	if s.fits(k, j.was) && s.reaches(k, j.was) {
		ways = append(ways, j.was+1)
	}
	if j.was == me {
		ways = append(ways, match.Nobody)
	}
	now := s.person[k]
	for _, way := range ways {
		g := s.worth(k, now) - s.worth(k, way) - int64(s.in.MovePrice)
		if now != match.Nobody {
			g -= s.more(now, s.load[now], j.weekly)
		}
		if way != match.Nobody {
			g += s.more(way, s.load[way]+j.weekly, j.weekly)
		}
		if !ok || g < gain {
			to, gain, ok = way, g, true
		}
	}
	return to, gain, ok
}

// moved reports whether a job is with somebody else than before.
func (s *seating) moved(k int) bool {
	j := s.jobs[k]
	return j.was != nobody && s.reads(k, s.person[k]) != j.was
}

// settle takes back every move that gains nothing: where several plans are
// worth the same, or the search ended early. Each step makes the plan better
// or moves less, so that it ends.
func (d *desk) settle() {
	s := d.seating()
	for again := true; again; {
		again = false
		for k := range s.jobs {
			if !s.moved(k) {
				continue
			}
			if to, gain, ok := s.back(k); ok && gain <= 0 {
				s.account(k, s.person[k], -1)
				s.account(k, to, 1)
				s.person[k] = to
				d.solution.Value -= gain
				again = true
			}
		}
	}
}

// moves says what is with somebody else than before, and why, and what that
// costs.
func (d *desk) moves(p *Plan) {
	s := d.seating()
	for k, j := range d.jobs {
		who := d.who[k]
		if who != nobody {
			p.Choices = append(p.Choices, Choice{j.line.Task.ID, d.id(who)})
		}
		switch {
		case len(d.in.Was) == 0 || who == nobody && j.was == nobody:
		case j.was == who:
			p.Stayed++
		case j.was != nobody || who >= 0:
			p.Moves = append(p.Moves, s.move(k))
			if d.may(j, j.was) {
				p.Moving += int64(d.in.MovePrice)
			}
		}
	}
}

// id is the person of a candidate, or the leader.
func (d *desk) id(i int) work.PersonID {
	if i == me {
		return d.in.Me
	}
	return d.in.People[i].ID
}

// known is the person of a candidate, nil for the leader and for nobody.
func (d *desk) known(i int) *work.Person {
	if i < 0 {
		return nil
	}
	return d.in.People[i].Person
}

// name is what somebody is called in a sentence to the leader.
func (d *desk) name(i int) string {
	if i < 0 {
		return "you"
	}
	return d.in.People[i].Name
}

// move says why a job moved.
func (s *seating) move(k int) Move {
	j, who := s.jobs[k], s.who[k]
	m := Move{Task: j.line.Task, From: s.known(j.was), To: s.known(who), Verdict: s.verdict(k)}
	_, gain, free := s.back(k)
	switch {
	case j.was == nobody:
		m.Cause, m.Reason = Appeared, "Nobody had it in the plan before."
	case who == nobody:
		m.Cause, m.Reason = Settled, s.whyOff(j, m.Verdict)[0]
	case j.fixed != "":
		m.Cause, m.Reason = Settled, j.fixed
	case j.pin != nobody:
		m.Cause, m.Reason = Settled, "You pinned it to "+s.name(who)+"."
	case j.was == me && !s.may(j, me):
		m.Cause, m.Reason = Ruled, "You ruled yourself out."
	case j.was == me && j.must:
		m.Cause, m.Reason = Settled, "You said to "+string(j.line.Verdict)+" it."
	case !s.may(j, j.was):
		m.Cause, m.Reason = Ruled, capital(j.pairs[j.was].excluded)+"."
	case !free && s.fits(k, j.was):
		m.Cause, m.Reason = Stretched, s.tooMany(k, j.was)
	case !free:
		m.Cause, m.Reason = Full, s.whyFull(k)
	default:
		m.Cause, m.Gain, m.Reason = Worth, gain, s.whyWorth(k, gain)
	}
	return m
}

// whyWorth says what a move of choice gains.
func (s *seating) whyWorth(k int, gain int64) string {
	why := fmt.Sprintf("With %s the plan is worth %d more than if it stayed with %s", s.name(s.who[k]), gain, s.name(s.jobs[k].was))
	if s.in.MovePrice == 0 {
		return why + "."
	}
	return fmt.Sprintf("%s, the %d that moving it costs already taken off.", why, s.in.MovePrice)
}

// whyFull says why somebody has no hours left for what they had.
func (s *seating) whyFull(k int) string {
	j := s.jobs[k]
	p, has := &s.in.People[j.was], s.capacity(j.was)
	switch {
	case p.Released == 0:
		return p.Name + " offers no hours any more."
	case has == 0:
		return fmt.Sprintf("%s has no hours left: %s a week are carried already.", p.Name, work.HoursWords(p.Carried+work.Minutes(s.held[p.ID])))
	case j.weekly > has:
		return fmt.Sprintf("%s has %s a week left, and it takes %s.", p.Name, work.HoursWords(work.Minutes(has)), work.HoursWords(work.Minutes(j.weekly)))
	}
	var came []string
	for other, o := range s.jobs {
		if s.who[other] == j.was && o.was != j.was {
			came = append(came, "“"+o.line.Task.Title+"”")
		}
	}
	taken := p.Carried + work.Minutes(s.held[p.ID]+s.load[j.was+1])
	why := fmt.Sprintf("%s has no hours left for it: %s of %s a week are taken", p.Name, work.HoursWords(taken), work.HoursWords(p.Released))
	if len(came) > 0 {
		why += ", now by " + strings.Join(came[:min(len(came), 3)], ", ") + " too"
	}
	return why + "."
}
