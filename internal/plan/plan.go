package plan

import (
	"context"
	"slices"

	"baton/internal/work"
	"baton/match"
)

// Make plans a plate. It fails only on wishes that cannot be met, as a
// sentence, or on a mistake of ours. Complexity: one run of the engine, and
// for each job up to a handful more of the same size, to find its runner-up
// and what would change it.
func Make(ctx context.Context, in Input) (*Plan, error) {
	d, err := newDesk(in)
	if err != nil {
		return nil, err
	}
	return d.plan(ctx)
}

// plan solves and says what comes of it.
func (d *desk) plan(ctx context.Context) (*Plan, error) {
	if err := d.solve(ctx); err != nil {
		return nil, err
	}
	p := &Plan{Value: d.solution.Value, Bound: d.solution.Bound, HourPrice: d.price, Assumed: d.assumed}
	for i := range d.in.Lines {
		l := &d.in.Lines[i]
		switch k := d.byTask[l.Task.ID]; {
		case k < 0:
			p.Proposals = append(p.Proposals, d.heldProposal(l))
		case d.jobs[k].line == l:
			one, err := d.proposal(ctx, k)
			if err != nil {
				return nil, err
			}
			p.Proposals = append(p.Proposals, one)
		default:
			p.Proposals = append(p.Proposals, d.partProposal(k, l))
		}
	}
	d.moves(p)
	d.total(p)
	p.Passings = d.passings()
	return p, nil
}

// total adds the plan up.
func (d *desk) total(p *Plan) {
	var sum int64
	for k, j := range d.jobs {
		w := work.Minutes(j.weekly)
		switch who := d.who[k]; who {
		case nobody:
			p.Freed += w
			if j.line.Verdict == work.Automate || d.advice(j) == work.Automate {
				p.Briefing += setUp
			}
		case me:
			p.Mine += w
			if d.solution.Person[k] == match.Nobody {
				p.Over += w
			}
		default:
			q := &j.pairs[who]
			p.Freed += w - work.Minutes(q.support)
			p.Support += work.Minutes(q.support)
			p.Briefing += work.Minutes(q.once)
		}
	}
	for _, one := range p.Proposals {
		sum += one.Value
	}
	p.Evenness = sum - p.Moving - p.Value
	if p.Freed > 0 {
		p.Payback = int((p.Briefing + p.Freed - 1) / p.Freed)
	}
	for i, c := range d.in.People {
		load := PersonLoad{Person: c.ID, Name: c.Name, Offered: c.Released, Carried: c.Carried, Planned: work.Minutes(d.planned(i) + d.held[c.ID])}
		if most, limited := d.most(&d.in.People[i]); limited {
			load.Most = &most
		}
		load.Stretch = d.stretchesOf(i, nobody)
		if load.Planned > 0 {
			p.Loads = append(p.Loads, load)
		}
	}
}

// setUp is what making a machine do it takes, once.
const setUp work.Minutes = 120

// planned is what a candidate would carry.
func (d *desk) planned(i int) int64 {
	var sum int64
	for k, j := range d.jobs {
		if d.who[k] == i {
			sum += j.weekly
		}
	}
	return sum
}

func (d *desk) advice(j *job) work.Verdict {
	if j.line.Verdict != "" {
		return j.line.Verdict
	}
	v, _ := work.Advise(work.LetGo{Task: j.line.Task, Marks: j.line.Marks})
	return v
}

// proposal says what to do with a job.
func (d *desk) proposal(ctx context.Context, k int) (Proposal, error) {
	j, who := d.jobs[k], d.who[k]
	p := Proposal{
		Task: j.line.Task, Weekly: j.line.Task.Weekly(d.in.Today), Reasons: []string{}, Points: []Term{},
		Verdict: d.verdict(k), Stayed: who == j.was && who != nobody,
	}
	switch who {
	case nobody:
		p.Reasons = d.whyOff(j, p.Verdict)
		return p, nil
	case me:
		p.Over = d.solution.Person[k] == match.Nobody
		p.Value = d.stay(j, p.Over)
	default:
		q := &j.pairs[who]
		p.Person, p.Kind, p.Level, p.Value, p.Points = d.in.People[who].Person, q.kind, q.level, q.value, q.points
		p.Skill, p.Wish, p.Stretch = q.skill, q.wish, q.stretch
		p.Review = d.review(&d.in.People[who], q)
		if by := d.shower(j); by != nil && by.Person != p.Person {
			p.Before = by.Person
		}
		p.Support, p.Once = work.Minutes(q.support), work.Minutes(q.once)
	}
	if err := d.compare(ctx, k, &p); err != nil {
		return p, err
	}
	if who == me {
		p.Reasons = d.whyStay(k, &p)
	} else {
		p.Reasons = d.whyGo(k)
	}
	return p, nil
}

// verdict is what the plan says of a job.
func (d *desk) verdict(k int) work.Verdict {
	switch who := d.who[k]; {
	case who == nobody:
		return d.advice(d.jobs[k])
	case who == me:
		return work.Keep
	case d.jobs[k].pairs[who].kind == work.Strategic:
		return work.Delegate
	}
	return work.Assign
}

// stay is what a job is worth with the leader, as the problem has it.
func (d *desk) stay(j *job, over bool) (v int64) {
	if j.must {
		v = -reluctance
	}
	if over {
		v -= j.weekly + 10*int64(j.line.Marks.Matters.Value) + 1
	}
	return v
}

// partProposal lets a part travel with its whole.
func (d *desk) partProposal(k int, l *Line) Proposal {
	j, who := d.jobs[k], d.who[k]
	p := Proposal{
		Task: l.Task, PartOf: j.line.Task.ID, Weekly: l.Task.Weekly(d.in.Today), Verdict: d.verdict(k), Points: []Term{},
		Reasons: []string{"It is a part of “" + j.line.Task.Title + "” and goes where that goes."},
	}
	if who >= 0 {
		q := &j.pairs[who]
		p.Person, p.Kind, p.Level = d.in.People[who].Person, q.kind, q.level
	}
	return p
}

// heldProposal shows what is offered or carried already.
func (d *desk) heldProposal(l *Line) Proposal {
	p := Proposal{Task: l.Task, Weekly: l.Task.Weekly(d.in.Today), Held: true, Verdict: work.Keep, Points: []Term{}, Reasons: []string{}}
	if l.Held == nil { // a part of something held
		p.Reasons = append(p.Reasons, "It goes with its whole, which is with somebody already.")
		return p
	}
	p.Reasons = append(p.Reasons, l.Held.Words)
	if i := slices.IndexFunc(d.in.People, func(c Candidate) bool { return c.ID == l.Held.Person }); i >= 0 {
		p.Person, p.Kind, p.Verdict = d.in.People[i].Person, l.Held.Kind, work.Assign
		if l.Held.Kind == work.Strategic {
			p.Verdict = work.Delegate
		}
	}
	return p
}
