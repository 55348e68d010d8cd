package effect

import (
	"cmp"
	"context"
	"slices"

	"baton/internal/app/delegations"
	"baton/internal/work"
)

// Oracle is no policy anybody could follow: it knows the hidden skills, looks
// at nothing but growth, and moves work as soon as somebody else would learn
// more by it. What people grow under it is about as much as they can in such a
// world; docs/effect.md measures the advice against it.
var Oracle = &Policy{Name: "oracle", About: "knows every skill and looks at nothing but growth: a bound, no policy", hand: foresee}

// A lesson is one person having one task, as it truly teaches.
type lesson struct {
	task    *task
	person  *person
	help    float64 // hours an hour of work, that teach the most
	teaches float64 // levels a week
}

// foresee gives every task to whoever learns most by it and has the hours.
// What is carried by somebody else is moved where that teaches a tenth more.
func foresee(ctx context.Context, t *team, l *leader) error {
	room, lessons := t.world.teachable(l)
	for _, one := range lessons {
		if one.task.asked != nil || room[one.person] < one.task.weekly() || slices.Contains(one.task.ruled, one.person) {
			continue
		}
		if now := one.task.carrier; now != nil {
			if now == one.person || one.task.every == 0 || one.teaches < 1.1*t.world.teach(one.task, now).teaches {
				continue
			}
			on := delegations.On{Delegation: one.task.deleg}
			if _, err := delegations.Recall.Do(ctx, t.app, l.actor, delegations.Why{On: on, Reason: "Somebody else learns more by it."}); err != nil {
				return err
			}
			room[now] += one.task.weekly()
			one.task.free()
		}
		if err := t.entrust(ctx, one, work.Autonomous); err != nil {
			return err
		}
		room[one.person] -= one.task.weekly()
	}
	return nil
}

// teachable lists what a leader could hand to whom, what teaches most first,
// and the hours that people have left.
func (w *world) teachable(l *leader) (map[*person]float64, []lesson) {
	room := map[*person]float64{}
	var out []lesson
	for _, p := range w.people {
		if !p.present || w.week < p.away {
			continue
		}
		room[p] = p.free
		for _, one := range w.tasks {
			switch {
			case one.done:
			case one.carrier == p || one.asked == p:
				room[p] -= one.weekly()
				fallthrough
			default:
				if one.leader == l && one.judgement < 3 {
					out = append(out, w.teach(one, p))
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b lesson) int { return cmp.Compare(b.teaches, a.teaches) })
	return room, out
}

// teach is what somebody would learn by a task a week, with the help that
// teaches most and all decisions their own.
func (w *world) teach(one *task, p *person) lesson {
	best := lesson{task: one, person: p, teaches: -1}
	need := min(max(one.difficulty+0.5-p.skill[one.field], 0), 1)
	for _, help := range [...]float64{0, 0.05, 0.1, 0.2, 0.3, 0.45} {
		t := try{
			skill: p.skill[one.field], difficulty: one.difficulty, help: help * need, helper: one.leader.skill[one.field],
			liking: p.liking[one.field], judgement: float64(one.judgement), alone: 1, learns: p.learns,
		}
		if learned := t.learned(one.weekly()*t.pace(), false); learned > best.teaches {
			best.help, best.teaches = help, learned
		}
	}
	return best
}

// entrust offers a task with the help of a lesson, at a level.
func (t *team) entrust(ctx context.Context, one lesson, level work.Level) error {
	d, err := delegations.Begin.Do(ctx, t.app, one.task.leader.actor, delegations.StartDelegation{
		Task: one.task.id, Receiver: one.person.actor.Person, Kind: work.Assignment,
	})
	if err != nil {
		return err
	}
	terms := d.Terms
	complete(&terms.Brief, one.task.title, d.Kind)
	terms.Authority.Level = level
	terms.Support = work.Minutes(one.help * one.task.weekly() * 60)
	return t.offer(ctx, one.task, one.person, d, terms)
}
