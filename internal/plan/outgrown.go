package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"baton/internal/work"
)

// A Standing is recurring work that somebody carries for the leader.
type Standing struct {
	Delegation work.DelegationID
	Task       *work.Task
	Area       string
	Marks      work.Marks
	Person     work.PersonID // who carries it
	Clean      int           // deliveries and turns in a row that were accepted without a note
	Settled    bool          // an end, other terms or a hand-on are under way, or its holder said that they keep it
}

// A Passing proposes to pass standing work on: whoever carries it has outgrown
// it, somebody else would grow by it, and the one who did it can show them.
// Nothing is passed on before its holder and then the other have agreed.
type Passing struct {
	Delegation work.DelegationID
	Task       *work.Task
	From, To   *work.Person
	Weekly     work.Minutes
	Next       *work.Task // harder work of the plate that From could have instead; nil for none
	Gain       int64      // what the change is worth, after its price
	Points     []Term     // what Gain is made of
	Reasons    []string
	Ask        string // what From is asked, in the leader's words; it compares nobody
}

// proven is from how many deliveries and turns in a row without a note work is
// taken to be mastered, by how ready its holder is believed to be: the less is
// believed, the more has to be shown. Below that nobody has outgrown anything.
var proven = [...]int{2: 12, 3: 5, 4: 2, 5: 2}

// roundCounts is how many such turns a good look back in a row is worth.
const roundCounts = 4

// passFrom is where the slider asks to pass work on: who wants their load
// lightened does not touch what runs well.
const passFrom = 50

// changing is what a change of something agreed has to be worth before it is
// proposed, in minutes of the leader's week: so much, and an eighth of the
// work's own minutes. Two people have to agree and to get used to it.
const (
	changing      = 15
	changingShare = 8
)

// A hand is standing work with whoever carries it, as a job.
type hand struct {
	*Standing
	job    *job
	holder int // index of the candidate
}

// passings finds what has been outgrown and who would grow by it: what is worth
// most first, each with the hours that are left after what the plan hands over
// and after the passings before it. Nobody receives more than one at a time,
// nor is asked for more than one.
func (d *desk) passings() []Passing {
	if d.in.Grow < passFrom {
		return nil
	}
	room := make([]int64, len(d.in.People))
	for i := range d.in.People {
		room[i] = int64(d.in.People[i].Room()) - d.held[d.in.People[i].ID] - d.planned(i)
	}
	var all []*hand
	for i := range d.in.Standing {
		if h := d.outgrown(&d.in.Standing[i]); h != nil {
			all = append(all, h)
		}
	}
	busy, taken := map[int]bool{}, map[work.TaskID]bool{}
	var out []Passing
	for {
		best, from := d.bestPassing(all, room, busy, taken)
		if best == nil {
			return out
		}
		to := d.candidate(best.To.ID)
		busy[to], busy[from.holder] = true, true
		room[to] -= from.job.weekly
		room[from.holder] += from.job.weekly
		if best.Next != nil {
			taken[best.Next.ID] = true
		}
		out = append(out, *best)
	}
}

// bestPassing is the passing worth most among those still possible.
func (d *desk) bestPassing(all []*hand, room []int64, busy map[int]bool, taken map[work.TaskID]bool) (best *Passing, from *hand) {
	for _, h := range all {
		if busy[h.holder] {
			continue
		}
		for to := range d.in.People {
			if to == h.holder || busy[to] || room[to] < h.job.weekly || h.job.pairs[to].stretch && d.fullOfStretch(to) || h.job.pairs[to].excluded != "" || !Grows(&d.in.People[to]) {
				continue
			}
			p := d.passing(h, to)
			if p == nil || best != nil && cmp.Or(cmp.Compare(best.Gain, p.Gain), cmp.Compare(int64(p.Delegation), int64(best.Delegation)), cmp.Compare(int64(p.To.ID), int64(best.To.ID))) >= 0 {
				continue
			}
			best, from = p, h
		}
	}
	if best == nil {
		return nil, nil
	}
	best.Next = d.harder(from, room[from.holder]+from.job.weekly, taken)
	d.sayPassing(best, from)
	return best, from
}

// Grows reports whether somebody is asked to grow by the leader's work.
func Grows(p *Candidate) bool { return p.Kind == work.Teammate || p.Kind == work.Family }

// outgrown returns standing work as a job if its holder has mastered it and
// would not rather keep it, else nil.
func (d *desk) outgrown(s *Standing) *hand {
	i := d.candidate(s.Person)
	if i < 0 || s.Settled || !Grows(&d.in.People[i]) || s.Marks.NeedsMe.Value >= 3 {
		return nil
	}
	j := &job{line: &Line{Task: s.Task, Area: s.Area, Marks: s.Marks}, pin: nobody, was: nobody}
	d.measure(j)
	h := &hand{s, j, i}
	p := &d.in.People[i]
	clean := s.Clean + roundCounts*max(0, p.Next[j.area].Good)
	ready, _ := d.readiness(j, p)
	switch {
	case ready < 2, clean < proven[ready], p.Next[j.area].Good < 0:
		return nil
	}
	if name, related := d.interest(j, p); name != "" && related >= likes && d.harder(h, int64(p.Room())+j.weekly, nil) == nil {
		return nil // they like it, and there is nothing better to offer
	}
	j.pairs = make([]pair, len(d.in.People))
	j.pairs[i] = d.pairOf(j, p)
	j.line.Before = p.ID // from here on they can show the others
	for k := range d.in.People {
		if k != i {
			j.pairs[k] = d.pairOf(j, &d.in.People[k])
		}
	}
	return h
}

// likes is from how much an interest has to do with work its holder would
// rather keep.
const likes = 80

// passing values one person following another, or returns nil where it is not
// worth its price.
func (d *desk) passing(h *hand, to int) *Passing {
	j := h.job
	q, now := &j.pairs[to], &j.pairs[h.holder]
	if q.ready < 1 || q.ready > 2 {
		return nil
	}
	p := &Passing{Delegation: h.Delegation, Task: h.Task, From: d.in.People[h.holder].Person, To: d.in.People[to].Person, Weekly: work.Minutes(j.weekly)}
	add := func(name string, points int64, format string, args ...any) {
		if points != 0 {
			p.Points = append(p.Points, Term{name, points, fmt.Sprintf(format, args...)})
			p.Gain += points
		}
	}
	grow := *d
	grow.in.Grow = max(d.in.Grow, 75)
	gain := func(c *Candidate, q *pair) int64 {
		_, related := d.wish(j, c)
		return grow.reach(j, c, q, related) + wished(j, related)*int64(50+grow.in.Grow)/100
	}
	add("growth", gain(&d.in.People[to], q), "%s would grow by it", p.To.Name)
	mastered := *now
	mastered.ready = max(now.ready, 4) // that is what the proof says
	add("outgrown", -gain(&d.in.People[h.holder], &mastered), "%s would grow by it a little still", p.From.Name)
	ease := int64(175 - grow.in.Grow*3/2)
	add("support", (now.support-q.support)*ease/100, "%s a week of help more", work.HoursWords(work.Minutes(q.support-now.support)))
	add("risk", points(q, "risk")-points(now, "risk"), "%s", riskWords(q.ready, j.line.Marks.Matters.Value))
	add("briefing", -q.once*ease/100/coming, "%s once to hand it over", work.HoursWords(work.Minutes(q.once)))
	add("changing", -changing-j.weekly/changingShare, "both have to agree and get used to it")
	if p.Gain <= 0 {
		return nil
	}
	return p
}

// harder finds the work of the plate that would teach whoever has outgrown
// something most: beyond what they do now, and within their hours.
func (d *desk) harder(h *hand, room int64, taken map[work.TaskID]bool) (best *work.Task) {
	most := int64(0)
	grow := *d
	grow.in.Grow = 100
	p := &d.in.People[h.holder]
	for _, j := range d.jobs {
		q := &j.pairs[h.holder]
		if j.fixed != "" || j.off || j.pin != nobody && j.pin != h.holder || q.excluded != "" || q.ready < 1 || q.ready > 3 || j.weekly > room || taken[j.line.Task.ID] {
			continue
		}
		_, related := d.wish(j, p)
		if worth := grow.reach(j, p, q, related); worth > most {
			best, most = j.line.Task, worth
		}
	}
	return best
}

// sayPassing gives a passing its reasons, and the words its holder is asked
// with: these speak of their own work only.
func (d *desk) sayPassing(p *Passing, h *hand) {
	j, c, to := h.job, &d.in.People[h.holder], d.candidate(p.To.ID)
	proof := ""
	if h.Clean > 0 {
		proof = fmt.Sprintf("; %s in a row went well without a note", times(h.Clean))
	} else if good := c.Next[j.area].Good; good > 0 {
		proof = fmt.Sprintf("; %s in a row spoke well of it", looks(good))
	}
	if _, skill := d.readiness(j, c); skill != "" {
		needs := ""
		if n := neededLevel(j.line.Task, skill); n > 0 {
			needs = fmt.Sprintf(", and it needs %d", n)
		}
		p.Reasons = append(p.Reasons, fmt.Sprintf("%s has outgrown it: %s at level %d%s%s%s.", c.Name, skill, c.SkillLevel(skill), c.rests(skill), needs, proof))
	} else {
		p.Reasons = append(p.Reasons, fmt.Sprintf("%s has outgrown it%s.", c.Name, proof))
	}
	q := &j.pairs[to]
	if q.wish != "" {
		p.Reasons = append(p.Reasons, fmt.Sprintf("%s wants to grow in %s.", p.To.Name, q.wish))
	} else {
		p.Reasons = append(p.Reasons, fmt.Sprintf("%s %s.", p.To.Name, reachWords(q)))
	}
	p.Reasons = append(p.Reasons, fmt.Sprintf("%s can show %s how, so that fewer questions come to you.", p.From.Name, p.To.Name))
	p.Ask = fmt.Sprintf("You have outgrown “%s”. If you agree, I would offer it to %s, and you would be the one to ask.", p.Task.Title, p.To.Name)
	if p.Next != nil {
		p.Reasons = append(p.Reasons, fmt.Sprintf("%s could have “%s” instead, which asks more.", p.From.Name, p.Next.Title))
		p.Ask += fmt.Sprintf(" For you I think of “%s”.", p.Next.Title)
	}
}

func neededLevel(t *work.Task, skill string) int {
	i := slices.IndexFunc(t.Skills, func(s work.Skill) bool { return strings.EqualFold(s.Name, skill) })
	if i < 0 {
		return 0
	}
	return max(t.Skills[i].Level, 1)
}

func times(n int) string {
	if n == 1 {
		return "1 time"
	}
	return fmt.Sprintf("%d times", n)
}

func looks(n int) string {
	if n == 1 {
		return "1 look back"
	}
	return fmt.Sprintf("%d looks back", n)
}
