package plan

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"baton/internal/work"
	"baton/match"
)

// compare adds what else could be done with a job: the runner-up, the safest
// and the most growing choice, and what would have to change.
func (d *desk) compare(ctx context.Context, k int, p *Proposal) error {
	j := d.jobs[k]
	if j.fixed != "" || j.pin != nobody || d.in.NoReasons {
		return nil
	}
	p.Safest = d.option(k, func(a, b *pair) int {
		return cmp.Or(cmp.Compare(a.ready, b.ready), cmp.Compare(b.support, a.support), cmp.Compare(a.value, b.value))
	}, func(q *pair) bool { return q.ready >= 2 }, safeWords)
	p.MostGrowing = d.option(k, func(a, b *pair) int {
		return cmp.Or(cmp.Compare(a.growth, b.growth), cmp.Compare(a.value, b.value))
	}, func(q *pair) bool { return q.growth > 0 }, growWords)
	other, cost, err := d.without(ctx, k)
	if err != nil {
		return err
	}
	small := len(d.jobs)*len(d.in.People) <= changesUpTo || d.only == j.line.Task.ID
	switch {
	case other == nobody && small:
		p.Change, err = d.newcomer(ctx, k)
		return err
	case other == nobody:
		return nil
	}
	p.RunnerUp = &Alternative{Cost: cost}
	if other != me {
		p.RunnerUp.Person = d.in.People[other].Person
	}
	p.RunnerUp.Lacked = d.lacked(k, other)
	if small {
		p.Change, err = d.change(ctx, k, other, cost)
	}
	return err
}

// option picks the best pair by an order among those that count.
func (d *desk) option(k int, order func(a, b *pair) int, counts func(*pair) bool, words func(*Candidate, *pair) string) *Option {
	j, best := d.jobs[k], nobody
	for i := range j.pairs {
		q := &j.pairs[i]
		if q.excluded == "" && counts(q) && (best == nobody || order(q, &j.pairs[best]) > 0) {
			best = i
		}
	}
	if best == nobody {
		return nil
	}
	c, q := &d.in.People[best], &j.pairs[best]
	left := int64(c.Room()) - d.held[c.ID] - d.planned(best)
	return &Option{c.Person, q.level, q.value, words(c, q), d.who[k] == best || left >= j.weekly && d.tooMany(k, best) == ""}
}

func safeWords(c *Candidate, q *pair) string {
	help := "needs no help"
	if q.support > 0 {
		help = "needs " + work.HoursWords(work.Minutes(q.support)) + " of your help a week"
	}
	if q.skill == "" {
		return c.Name + " can do it and " + help + "."
	}
	return fmt.Sprintf("%s has %s at level %d%s and %s.", c.Name, q.skill, c.SkillLevel(q.skill), c.rests(q.skill), help)
}

func growWords(c *Candidate, q *pair) string {
	why := "would grow by it"
	if q.wish != "" {
		why = "wants to grow in " + q.wish
	}
	return fmt.Sprintf("%s %s; that takes %s of your help a week.", c.Name, why, work.HoursWords(work.Minutes(q.support)))
}

// without plans again with the chosen pair ruled out, and returns who would
// have the job then and how much less that plan is worth.
func (d *desk) without(ctx context.Context, k int) (other int, cost int64, err error) {
	if len(d.jobs)*len(d.in.People) > comparesUpTo && d.only != d.jobs[k].line.Task.ID {
		other, cost = d.priced(k)
		return other, cost, nil
	}
	p, err := d.problem()
	if err != nil {
		return nobody, 0, fmt.Errorf("plan: %w", err)
	}
	person := 0
	if d.who[k] != me {
		person = d.who[k] + 1
	}
	e, ok := p.Pair(k, person)
	if !ok {
		return nobody, 0, nil
	}
	p.Forbidden[e] = true
	p.Leave[k] = match.MustDo
	s, err := match.Solve(ctx, p, match.Options{NodeLimit: nodeLimit, IterationLimit: iterationLimit, WorkLimit: d.share(), NoRunnersUp: true, WarmStart: d.solution.Person, Gap: nearEnough})
	if err != nil {
		return nobody, 0, fmt.Errorf("plan: %w", err)
	}
	if !s.Found() {
		return nobody, 0, nil
	}
	return d.read(s)[k], max(0, d.solution.Value-s.Value), nil
}

// priced finds the runner-up of a job without planning again: whoever is worth
// most after paying for their hours what the plan says these are worth, and how
// much less that is.
func (d *desk) priced(k int) (other int, cost int64) {
	j := d.jobs[k]
	worth := func(i int) int64 {
		value, hour := int64(0), d.solution.HourPrice[0]
		if i >= 0 {
			value, hour = j.pairs[i].value, d.solution.HourPrice[i+1]
		}
		return value - hour*j.weekly/60
	}
	other = nobody
	if d.who[k] != me && d.who[k] != nobody {
		other = me
	}
	for i := range j.pairs {
		if i != d.who[k] && j.pairs[i].excluded == "" && (other == nobody || worth(i) > worth(other)) {
			other = i
		}
	}
	if other == nobody || d.who[k] == nobody {
		return other, 0
	}
	return other, max(0, worth(d.who[k])-worth(other))
}

// lacked says in words what the runner-up has less of than the choice made.
func (d *desk) lacked(k, other int) string {
	j, who := d.jobs[k], d.who[k]
	switch {
	case other == me:
		return "It would free no time of yours."
	case who == me && d.dear(k, j.pairs[other].value-d.stay(j, false)):
		return "It is with you, and handing it to " + d.in.People[other].Name + " is worth less than moving it costs."
	case who == me && j.pairs[other].value > 0 && d.tooMany(k, other) != "":
		return d.tooMany(k, other)
	case who == me && j.pairs[other].value > 0:
		return d.in.People[other].Name + "'s hours do more good elsewhere."
	case who == me:
		return "Handing it to " + d.in.People[other].Name + " is not worth it: " + worst(&j.pairs[other]) + "."
	}
	a, b := &j.pairs[who], &j.pairs[other]
	name := d.in.People[other].Name
	if d.dear(k, b.value-a.value) {
		return fmt.Sprintf("%s would be worth %d more; moving it costs more than that.", name, b.value-a.value)
	}
	if many := d.tooMany(k, other); many != "" && b.value >= a.value {
		return many
	}
	if b.value >= a.value {
		return name + "'s hours do more good elsewhere."
	}
	widest, short := "", int64(0)
	for _, t := range append(slices.Clone(a.points), b.points...) {
		if diff := points(a, t.Name) - points(b, t.Name); diff > short {
			widest, short = t.Name, diff
		}
	}
	switch widest {
	case "risk", "support", "briefing":
		if b.ready < a.ready {
			return fmt.Sprintf("%s has less practice in it than %s.", name, d.in.People[who].Name)
		}
		return name + " would need more of your help."
	case "reach":
		return fmt.Sprintf("%s would grow less by it.", name)
	case "growth":
		return fmt.Sprintf("It is not what %s wants to grow in.", name)
	case "interest":
		return fmt.Sprintf("It is not what interests %s.", name)
	case "less":
		return fmt.Sprintf("%s would like less of it.", name)
	case "cost":
		if d.in.People[who].Kind == work.Teammate && d.in.People[other].Kind != work.Teammate {
			return fmt.Sprintf("An hour of %s is paid extra; %s is here already.", name, d.in.People[who].Name)
		}
		return fmt.Sprintf("An hour of %s costs more.", name)
	case "named":
		return fmt.Sprintf("You had named %s.", d.in.People[who].Name)
	}
	return name + " comes close."
}

// dear reports whether a job stays with whoever had it because another choice
// is worth more, but not more than moving it costs.
func (d *desk) dear(k int, more int64) bool {
	return d.jobs[k].was == d.who[k] && more > 0 && more < int64(d.in.MovePrice)
}

func points(q *pair, name string) int64 {
	for _, t := range q.points {
		if t.Name == name {
			return t.Points
		}
	}
	return 0
}
