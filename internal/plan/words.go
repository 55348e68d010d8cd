package plan

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"baton/internal/work"
)

// whyGo says why a job goes to whom it goes.
func (d *desk) whyGo(k int) []string {
	j, c := d.jobs[k], &d.in.People[d.who[k]]
	q := &j.pairs[d.who[k]]
	var out []string
	switch {
	case j.pin >= 0:
		out = append(out, "You pinned it to "+c.Name+".")
		if many := d.pinnedWords(k); many != "" {
			out = append(out, many)
		}
	case j.line.Verdict != "":
		out = append(out, "You said to "+string(j.line.Verdict)+" it.")
	}
	switch level := c.SkillLevel(q.skill); {
	case q.skill != "" && level > 0:
		out = append(out, fmt.Sprintf("%s has %s at level %d%s.", c.Name, q.skill, level, c.rests(q.skill)))
	case q.skill != "":
		out = append(out, fmt.Sprintf("%s has not done %s before; training is counted.", c.Name, q.skill))
	case q.ready > 0:
		out = append(out, fmt.Sprintf("It needs no special skill, and %s has the time: %s of %s a week would be used.", c.Name,
			work.HoursWords(c.Carried+work.Minutes(d.planned(d.who[k])+d.held[c.ID])), work.HoursWords(c.Released)))
	default:
		out = append(out, "It is new to "+c.Name+"; training is counted.")
	}
	if q.wish != "" {
		out = append(out, c.Name+" wants to grow in "+q.wish+".")
	} else if points(q, "reach") > 0 {
		out = append(out, c.Name+" "+reachWords(q)+".")
	}
	if by := d.shower(j); by != nil && by != c {
		out = append(out, by.Name+" has outgrown it and can show "+c.Name+" how.")
	}
	if name, related := d.interest(j, c); related > 0 {
		out = append(out, c.Name+" is interested in "+name+".")
	}
	if tired, related := d.mostRelated(j, c.Less); related > 0 {
		out = append(out, c.Name+" would like less "+tired+".")
	}
	if next := c.Next[j.area]; next.Level != 0 && next.Level == q.level {
		out = append(out, next.Cause)
	}
	if e := j.line.Marks.Energy; e.Value < 0 && !e.Guessed {
		out = append(out, "It drains you.")
	}
	frees := fmt.Sprintf("It takes %s a week off your plate", work.HoursWords(work.Minutes(j.weekly)))
	if j.line.Task.Effort == 0 && len(j.parts) == 0 {
		frees = "How long it takes is not known; it counts as " + work.HoursWords(assumedEffort) + " each time"
	}
	if q.support > 0 {
		frees += fmt.Sprintf("; helping takes %s of it", work.HoursWords(work.Minutes(q.support)))
	}
	out = append(out, frees+".")
	if j.line.Marks.Energy.Cue == work.MixedCue {
		out = append(out, "You like a part of it: split that off and keep it.")
	}
	return out
}

// rests says in brackets what a level of skill rests on, "" for a card alone.
func (c *Candidate) rests(skill string) string {
	if shown := c.Shown[strings.ToLower(skill)]; shown != "" {
		return " (" + shown + ")"
	}
	return ""
}

// whyStay says why a job stays with the leader.
func (d *desk) whyStay(k int, p *Proposal) []string {
	j := d.jobs[k]
	if j.fixed != "" {
		out := []string{j.fixed}
		if e := j.line.Marks.Energy; e.Value > 0 {
			out = append(out, "And you like it.")
		}
		return d.alsoOver(out, p)
	}
	var out []string
	if j.must {
		out = append(out, "You said to "+string(j.line.Verdict)+" it, but nobody can take it now.")
	}
	best, excluded := nobody, []string{}
	for i := range j.pairs {
		switch q := &j.pairs[i]; {
		case q.excluded != "":
			if barred(q.excluded) {
				excluded = append(excluded, q.excluded)
			}
		case best == nobody || q.value > j.pairs[best].value:
			best = i
		}
	}
	m := j.line.Marks
	if m.NeedsMe.Value == 2 {
		out = append(out, "It needs much of you yourself ("+cueWords(m.NeedsMe)+").")
	}
	if m.Energy.Value > 0 {
		out = append(out, "You enjoy it ("+cueWords(m.Energy)+").")
	}
	switch {
	case best == nobody:
		out = append(out, "Nobody you know of offers this kind of work.")
	case d.dear(k, j.pairs[best].value-d.stay(j, false)):
		out = append(out, fmt.Sprintf("Handing it to %s is worth %d more now; moving it costs more than that.", d.in.People[best].Name, j.pairs[best].value-d.stay(j, false)))
	case j.pairs[best].value > 0 && d.tooMany(k, best) != "":
		out = append(out, d.in.People[best].Name+" would grow by it. But "+d.tooMany(k, best))
	case j.pairs[best].value > 0:
		out = append(out, fmt.Sprintf("%s could do it, but has no hours left: they do more good elsewhere.", d.in.People[best].Name))
	default:
		out = append(out, "Handing it over would cost more than it frees: "+worst(&j.pairs[best])+".")
	}
	if len(excluded) > 0 {
		out = append(out, capital(strings.Join(excluded, "; "))+".")
	}
	return d.alsoOver(out, p)
}

func (d *desk) alsoOver(out []string, p *Proposal) []string {
	if p.Over {
		out = append(out, "Your own week is full without it: drop something, put it off, or find somebody.")
	}
	return out
}

// capital begins a sentence.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// barred tells the hard rules worth telling from the obvious ones.
func barred(why string) bool {
	return strings.Contains(why, " away until ") || strings.Contains(why, " does not hold ") || strings.Contains(why, "ruled") || strings.HasSuffix(why, " stretch tasks") || strings.HasSuffix(why, " stretch task")
}

func cueWords(m work.Mark) string {
	if m.Guessed {
		return "a guess: it " + m.Cue
	}
	return "as you marked"
}

// worst names what speaks most against a pair.
func worst(q *pair) string {
	words, low := "it is too small for that", int64(0)
	for _, t := range q.points {
		if t.Points < low {
			words, low = t.Words, t.Points
		}
	}
	return words
}

func (d *desk) whyOff(j *job, v work.Verdict) []string {
	if j.line.Verdict != "" {
		return []string{"You said to " + string(v) + " it."}
	}
	_, why := work.Advise(work.LetGo{Task: j.line.Task, Marks: j.line.Marks})
	return []string{why}
}
