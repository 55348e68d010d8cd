package effect

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"baton/internal/app/delegations"
	"baton/internal/work"
)

// Foresights are bounds like Oracle that look at all three aims at once. They
// show whether growth, hours and quality can be had together in a scenario by
// whoever knows what is hidden.
var Foresights = []*Policy{foresight(60, 4), foresight(80, 6), foresight(120, 8)}

// foresight hands over as if a level learned were worth so many hours of the
// leader's, and an hour of work done perfectly so many more than one done
// worthlessly. It knows every hidden skill, and moves work freely.
func foresight(level, quality float64) *Policy {
	f := scales{level, quality}
	return &Policy{
		Name: fmt.Sprintf("foresight_%g_%g", level, quality), hand: f.hand,
		About: fmt.Sprintf("knows every skill; a level is worth %g h and an hour of perfect work %g h: a bound, no policy", level, quality),
	}
}

// scales say what is worth how many hours of the leader's.
type scales struct{ level, quality float64 }

// A deal is one person having one task on terms.
type deal struct {
	task   *task
	person *person
	help   float64 // hours an hour of work, where it is needed
	level  work.Level
	worth  float64 // hours a week, beside keeping it
}

// moving is what a task has to gain by going to somebody else, in hours a
// week: so much, and a tenth of its hours.
const moving, movingShare = 0.08, 0.1

// hand gives every task to whom it is worth most, as far as they have the hours.
func (f scales) hand(ctx context.Context, t *team, l *leader) error {
	room, deals := f.deals(t.world, l)
	for _, d := range deals {
		one := d.task
		if d.worth <= 0 || one.asked != nil || room[d.person] < one.weekly() || slices.Contains(one.ruled, d.person) {
			continue
		}
		if now := one.carrier; now != nil {
			if now == d.person || one.every == 0 || d.worth < f.now(one)+moving+movingShare*one.weekly() {
				continue
			}
			on := delegations.On{Delegation: one.deleg}
			if _, err := delegations.Recall.Do(ctx, t.app, l.actor, delegations.Why{On: on, Reason: "It is worth more with somebody else."}); err != nil {
				return err
			}
			room[now] += one.weekly()
			one.free()
		}
		if err := t.entrust(ctx, lesson{task: one, person: d.person, help: d.help}, d.level); err != nil {
			return err
		}
		room[d.person] -= one.weekly()
	}
	return nil
}

// deals lists the best terms of every task with everybody, what is worth most
// first, and the hours that people have left: people say yes to a little more
// than they have.
func (f scales) deals(w *world, l *leader) (map[*person]float64, []deal) {
	room := map[*person]float64{}
	var out []deal
	for _, p := range w.people {
		if !p.present || w.week < p.away {
			continue
		}
		room[p] = 1.1 * p.free
		for _, one := range w.tasks {
			if !one.done && (one.carrier == p || one.asked == p) {
				room[p] -= one.weekly()
			}
			if !one.done && one.leader == l && one.judgement < 3 {
				out = append(out, f.best(one, p))
			}
		}
	}
	slices.SortStableFunc(out, func(a, b deal) int { return cmp.Compare(b.worth, a.worth) })
	return room, out
}

// best finds the terms under which somebody having a task is worth most.
func (f scales) best(one *task, p *person) deal {
	best := deal{worth: math.Inf(-1)}
	for _, help := range [...]float64{0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.45} {
		for _, level := range [...]work.Level{work.Explain, work.Consult, work.Intend, work.Inform} {
			if v := f.worth(one, p, help, level); v > best.worth {
				best = deal{one, p, help, level, v}
			}
		}
	}
	return best
}

// now is what a task is worth with whoever carries it.
func (f scales) now(one *task) float64 {
	return f.worth(one, one.carrier, float64(one.terms.Support)/60/one.weekly(), one.terms.Authority.Level)
}

// fortunes are four nodes that stand for the luck of a piece, with their
// weights.
var fortunes = [...]struct{ luck, weight float64 }{{-1.4, 0.16}, {-0.53, 0.34}, {0.53, 0.34}, {1.4, 0.16}}

// briefed is how clear a brief is after some turns.
const briefed = 0.85

// worth is what a task is worth with somebody on terms, in hours a week beside
// the leader doing it: what is learned, what becomes of the work, and the hours
// freed less those it takes.
func (f scales) worth(one *task, p *person, help float64, level work.Level) float64 {
	l := one.leader
	own := try{skill: l.skill[one.field], difficulty: one.difficulty, clarity: 1}
	skill := p.skill[one.field]
	asked := questions(skill, one.difficulty, briefed) * askedOnce
	given := help * one.hours * min(max(one.difficulty+0.5-skill, 0), 1)
	t := try{
		skill: skill, difficulty: one.difficulty, help: (asked + given) / one.hours, helper: l.skill[one.field], clarity: briefed, fatigue: p.fatigue,
		liking: p.liking[one.field], judgement: float64(one.judgement), alone: alone[level], learns: p.learns,
	}
	hours, look := one.hours*t.pace(), looks[level]
	learned, quality := 0.0, 0.0
	cost := asked + given + deciding(int(level), float64(one.judgement)) + look*(lookBase+lookShare*one.hours)
	for _, at := range fortunes {
		t.noise = at.luck
		q, back := t.quality(), 0.0
		if q < poor {
			back = look
		}
		if q < bad {
			cost += at.weight * (1 - look) * (0.4 + 0.2*float64(one.matters)) * repair(one.hours, one.matters)
		}
		cost += at.weight * back * notesTime
		learned += at.weight * (back*t.learned(hours*(1+mendShare), true) + (1-back)*t.learned(hours, false))
		quality += at.weight * (q + back*mended*max(0, own.quality()-q))
	}
	freed := one.hours * pace(own.skill, one.difficulty)
	turns := one.weekly() / one.hours
	return turns * (f.level*learned + f.quality*one.hours*(quality-own.quality()) + freed - cost)
}
