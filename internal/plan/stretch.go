package plan

import (
	"fmt"

	"baton/match"
)

// A stretch task is work that is beyond what a teammate or a member of the
// family can do now. They grow by it, as long as there is not too much of it at
// a time. What needs no special skill is none, and whoever is paid by the piece,
// or is software, has none.
func isStretch(p *Candidate, ready int, skill string) bool {
	return Grows(p) && beyond(ready) && !plainly(ready, skill)
}

// plainly reports whether somebody is ready for work because anybody is.
func plainly(ready int, skill string) bool { return skill == "" && ready > 0 }

// most is how many stretch tasks somebody takes at a time: what they say, else
// what is usual here; false when there is no limit.
func (d *desk) most(p *Candidate) (int, bool) {
	switch {
	case p.Stretch != nil:
		return *p.Stretch, true
	case d.in.Stretch != nil:
		return *d.in.Stretch, true
	}
	return 0, false
}

// limitStretch counts the stretch tasks that everybody has already, whoever gave
// them, and finds how many more they take. What is pinned to somebody counts and
// goes to them all the same; of the rest nothing goes to whoever has as many as
// they take.
func (d *desk) limitStretch() {
	d.slots, d.stretched = make([]int, len(d.in.People)), make([]int, len(d.in.People))
	for i := range d.in.People {
		p := &d.in.People[i]
		for k := range p.Carries {
			d.stretched[i] += d.counts(&p.Carries[k], p)
		}
		for k := range d.in.Lines {
			if l := &d.in.Lines[k]; l.Held != nil && l.Held.Person == p.ID {
				d.stretched[i] += d.counts(l, p)
			}
		}
		for _, j := range d.jobs {
			if j.pin == i && j.pairs[i].stretch {
				d.stretched[i]++
			}
		}
		d.slots[i] = match.NoLimit
		if most, limited := d.most(p); limited {
			d.slots[i] = max(0, most-d.stretched[i])
		}
		for _, j := range d.jobs {
			if q := &j.pairs[i]; q.stretch && q.excluded == "" && j.pin != i && d.slots[i] == 0 {
				q.excluded = d.manyWords(i, d.stretched[i])
			}
		}
	}
}

// counts is 1 where a line somebody has is a stretch task for them.
func (d *desk) counts(l *Line, p *Candidate) int {
	j := &job{line: l, plain: isPlain(d.fields(l.Task))}
	if ready, skill := d.readiness(j, p); isStretch(p, ready, skill) {
		return 1
	}
	return 0
}

// manyWords says that somebody has as many stretch tasks as they take.
func (d *desk) manyWords(i, has int) string {
	p := &d.in.People[i]
	if has == 0 {
		return p.Name + " takes no stretch tasks"
	}
	return fmt.Sprintf("%s already carries %s", p.Name, stretchWords(has))
}

// stretchesOf counts the stretch tasks somebody would have with this plan, one
// job aside.
func (d *desk) stretchesOf(i, without int) int {
	n := d.stretched[i]
	for k, j := range d.jobs {
		if k != without && d.who[k] == i && j.pin != i && j.pairs[i].stretch {
			n++
		}
	}
	return n
}

// tooMany says that a job would be a stretch task more than somebody takes
// beside those they have in this plan, or "".
func (d *desk) tooMany(k, i int) string {
	if i < 0 || !d.jobs[k].pairs[i].stretch || d.slots[i] == match.NoLimit {
		return ""
	}
	n := d.stretchesOf(i, k)
	if most, _ := d.most(&d.in.People[i]); n < most {
		return ""
	}
	return fmt.Sprintf("%s, the most at a time.", d.manyWords(i, n))
}

// fullOfStretch reports whether somebody takes no further stretch task beside
// this plan.
func (d *desk) fullOfStretch(i int) bool {
	most, limited := d.most(&d.in.People[i])
	return limited && d.stretchesOf(i, nobody) >= most
}

// stretchWords counts stretch tasks.
func stretchWords(n int) string {
	words := [...]string{"no", "one", "two", "three", "four", "five", "six"}
	switch {
	case n == 1:
		return "one stretch task"
	case n < len(words):
		return words[n] + " stretch tasks"
	}
	return fmt.Sprintf("%d stretch tasks", n)
}

// pinnedWords says that a pin makes more stretch tasks than somebody takes, or
// "".
func (d *desk) pinnedWords(k int) string {
	j, i := d.jobs[k], d.who[k]
	most, limited := d.most(&d.in.People[i])
	if n := d.stretchesOf(i, nobody); j.pin == i && j.pairs[i].stretch && limited && n > most {
		return fmt.Sprintf("That makes %s for %s, who takes %s at a time.", stretchWords(n), d.in.People[i].Name, stretchCount(most))
	}
	return ""
}

func stretchCount(n int) string {
	if n == 0 {
		return "none"
	}
	return fmt.Sprint(n)
}
