package plan

import (
	"context"
	"fmt"
	"slices"

	"baton/internal/work"
)

// changesUpTo is up to how many pairs a plan looks for what would change each
// proposal; beyond it Explain does, for one task at a time.
const changesUpTo = 600

// tries is how many changes are planned with, at most, for one job.
const tries = 3

// change finds something that would send a job to its runner-up: the first of
// a few likely changes that does so when everything is planned again with it.
// A pair has to gain more than cost, so what gains less is not tried.
func (d *desk) change(ctx context.Context, k, other int, cost int64) (*Change, error) {
	if other == me {
		return d.firstThat(ctx, k, nil, d.marks(k))
	}
	j, c := d.jobs[k], &d.in.People[other]
	var likely []*Change
	if q := &j.pairs[other]; d.who[k] >= 0 && q.value >= j.pairs[d.who[k]].value || d.who[k] == me && q.value > 0 {
		more := (c.Released + work.Minutes(j.weekly) + 29) / 30 * 30
		likely = append(likely, &Change{
			Person: c.ID, Minutes: more, Words: fmt.Sprintf("If %s offered %s a week instead of %s", c.Name, work.HoursWords(more), work.HoursWords(c.Released)),
		})
	}
	many := d.tooMany(k, other) != ""
	if many {
		more := d.stretchesOf(other, k) + 1
		likely = append(likely, &Change{Person: c.ID, Stretch: &more, Words: fmt.Sprintf("If %s took %s at a time", c.Name, stretchWords(more))})
	}
	for _, v := range d.learnings(k, other) {
		if d.gain(k, other, v) > cost || many && !d.changed(k, other, v).stretch {
			likely = append(likely, v)
			break
		}
	}
	if name := d.subject(j); name != "" && c.Kind == work.Teammate && j.line.Marks.Grows.Value >= 2 && j.pairs[other].growth == 0 {
		if v := (&Change{Person: c.ID, Wish: name, Words: fmt.Sprintf("If %s wanted to grow in %s", c.Name, name)}); d.gain(k, other, v) > cost {
			likely = append(likely, v)
		}
	}
	for _, grow := range []int{100, 0} {
		if grow != d.in.Grow {
			likely = append(likely, &Change{Grow: &grow, Words: fmt.Sprintf("With the slider at %d", grow)})
		}
	}
	return d.firstThat(ctx, k, c.Person, likely)
}

// marks are what a leader would have to say to keep a job.
func (d *desk) marks(k int) []*Change {
	var out []*Change
	m := d.jobs[k].line.Marks
	if m.Energy.Value < 2 {
		out = append(out, &Change{Energy: 2, Needs: m.NeedsMe.Value + 1, Words: "If it gave you much energy and needed you more"})
	}
	return append(out, &Change{Energy: m.Energy.Value, Needs: 4, Words: "If you marked that only you can do it"})
}

// learnings are the levels of skill a candidate has not reached yet.
func (d *desk) learnings(k, other int) []*Change {
	c, name := &d.in.People[other], d.jobs[k].pairs[other].skill
	if name == "" || d.relation(d.jobs[k].line.Task, name) < 80 {
		name = d.subject(d.jobs[k])
	}
	if name == "" {
		return nil
	}
	var out []*Change
	for level := c.SkillLevel(name) + 1; level <= 5; level++ {
		out = append(out, &Change{Person: c.ID, Skill: &work.Skill{Name: name, Level: level}, Words: fmt.Sprintf("If %s had %s at level %d", c.Name, name, level)})
	}
	return out
}

// subject is what a job is about, as a skill would be called: a skill it
// needs, or its field of work.
func (d *desk) subject(j *job) string {
	if len(j.line.Task.Skills) > 0 {
		return j.line.Task.Skills[0].Name
	}
	if fields := d.fields(j.line.Task); len(fields) > 0 {
		return fields[0].Name
	}
	return ""
}

// gain is what a pair is worth more with a change about its person.
func (d *desk) gain(k, other int, v *Change) int64 {
	q := d.changed(k, other, v)
	return q.value - d.jobs[k].pairs[other].value
}

// changed is a pair as it would be with a change about its person.
func (d *desk) changed(k, other int, v *Change) pair {
	changed := d.in.People[other]
	v.about(&changed)
	q := pair{kind: d.kind(d.jobs[k], &changed)}
	q.ready, q.skill = d.readiness(d.jobs[k], &changed)
	q.stretch = isStretch(&changed, q.ready, q.skill)
	q.support, q.once = d.cares(d.jobs[k], &changed, &q)
	d.value(d.jobs[k], &changed, &q)
	return q
}

// newcomer says whether somebody who offers this kind of work would have a job
// that nobody else can have.
func (d *desk) newcomer(ctx context.Context, k int) (*Change, error) {
	name := d.subject(d.jobs[k])
	if name == "" || d.who[k] != me {
		return nil, nil
	}
	hours := work.Minutes(d.jobs[k].weekly+59) / 60 * 60
	p := &work.Person{
		ID: 1 << 60, Name: "somebody new", Kind: work.Provider, Owner: d.in.Me, Released: hours, HourCost: d.price / 2,
		Skills: []work.Skill{{Name: name, Level: 4}},
	}
	v := &Change{New: p, Words: fmt.Sprintf("If you found somebody who offers %s, %s a week for %s an hour", name, work.HoursWords(hours), p.HourCost.Format(d.in.Currency))}
	return d.firstThat(ctx, k, p, []*Change{v})
}

// firstThat plans again with each change and returns the first that sends the
// job to a person, nil for the leader.
func (d *desk) firstThat(ctx context.Context, k int, to *work.Person, likely []*Change) (*Change, error) {
	for _, v := range likely[:min(len(likely), tries)] {
		v.To = to
		happens, err := d.happens(ctx, v, d.jobs[k].line.Task.ID)
		if err != nil {
			return nil, err
		}
		if happens {
			name := "you"
			if to != nil {
				name = to.Name
			}
			if to == nil {
				v.Words += ", it would stay with " + name + "."
			} else {
				v.Words += ", it would go to " + name + "."
			}
			return v, nil
		}
	}
	return nil, nil
}

// happens plans again with a change and says whether the task goes where the
// change says.
func (d *desk) happens(ctx context.Context, v *Change, task work.TaskID) (bool, error) {
	again := &desk{in: v.apply(d.in, task), work: d.share(), memory: d.memory}
	if err := again.layOut(); err != nil {
		return false, err
	}
	if err := again.solve(ctx); err != nil {
		return false, err
	}
	who := again.who[again.byTask[task]]
	if v.To == nil {
		return who == me, nil
	}
	return who >= 0 && again.in.People[who].ID == v.To.ID, nil
}

// apply is the input as it would be with a change to a task.
func (v *Change) apply(in Input, task work.TaskID) Input {
	in.People = slices.Clone(in.People)
	switch {
	case v.Grow != nil:
		in.Grow = *v.Grow
	case v.New != nil:
		in.People = append(in.People, Candidate{Person: v.New})
	case v.Person != 0:
		for i := range in.People {
			if in.People[i].ID == v.Person {
				v.about(&in.People[i])
			}
		}
	default:
		in.Lines = slices.Clone(in.Lines)
		for i := range in.Lines {
			if in.Lines[i].Task.ID == task {
				in.Lines[i].Marks.Energy = work.Mark{Value: v.Energy}
				in.Lines[i].Marks.NeedsMe = work.Mark{Value: min(v.Needs, 3)}
			}
		}
	}
	return in
}

// about lays a change over a copy of the person it is about.
func (v *Change) about(c *Candidate) {
	p := *c.Person
	switch {
	case v.Skill != nil:
		p.Skills = slices.DeleteFunc(slices.Clone(p.Skills), func(s work.Skill) bool { return s.Name == v.Skill.Name })
		p.Skills = append(p.Skills, *v.Skill)
	case v.Stretch != nil:
		p.Stretch = v.Stretch
	case v.Wish != "":
		p.Wishes = append(slices.Clone(p.Wishes), v.Wish)
	default:
		p.Released = v.Minutes
	}
	c.Person = &p
}
