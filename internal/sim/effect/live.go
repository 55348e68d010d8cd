package effect

import (
	"cmp"
	"slices"

	"baton/internal/work"
)

// A piece is one turn of a stream, or a single piece of work, in the week in
// which it falls due.
type piece struct {
	task     *task
	by       *person
	try      try
	hours    float64 // that it takes whoever does it
	quality  float64
	done     bool
	looked   bool    // by the leader
	returned bool    // with notes
	defect   bool    // that showed later
	cost     float64 // hours of the leader's, beside those of the plan
}

// live lets the people work through a week. Afterwards each piece that was due
// hangs at its task, for people to report.
func (w *world) live() {
	var all []*piece
	for _, t := range w.tasks {
		t.now = nil
		if !t.due(w.week) {
			continue
		}
		if by := w.doer(t); by != nil {
			t.now = w.begin(t, by)
			all = append(all, t.now)
		} else if t.every == 0 && t.carrier != nil {
			continue // it waits for them to come back
		}
	}
	for _, p := range w.people {
		if p.present {
			w.work(p, p.own*(1+0.08*w.chance.of(forWeek, uint64(p.slot), uint64(w.week)).NormFloat64()), all)
		}
	}
	for _, l := range w.leaders {
		w.work(&l.person, l.load, all)
		l.load = 0
	}
	for _, one := range all {
		w.look(one)
		w.count(one)
	}
	w.forget()
	w.tally.week(w)
}

// doer is who does what falls due: its carrier, or the leader for somebody
// who is away and what cannot be left out.
func (w *world) doer(t *task) *person {
	switch {
	case t.carrier == nil:
		return &t.leader.person
	case w.week >= t.carrier.away:
		return t.carrier
	case t.every > 0 && t.matters > 0:
		return &t.leader.person
	}
	return nil
}

// begin works out what goes into a piece, and charges the leader for the help
// they give on the way.
func (w *world) begin(t *task, by *person) *piece {
	p := &piece{task: t, by: by}
	l := t.leader
	p.try = try{
		skill: by.skill[t.field], difficulty: t.difficulty, helper: l.skill[t.field], clarity: 1, fatigue: by.fatigue,
		liking: by.liking[t.field], judgement: float64(t.judgement), learns: by.learns,
		noise: w.chance.of(forLuck, t.key, uint64(w.week)).NormFloat64(),
	}
	if by != &l.person {
		level := int(t.terms.Authority.Level)
		p.try.clarity, p.try.alone = t.clarity, alone[level]
		asked := questions(p.try.skill, t.difficulty, t.clarity) * askedOnce
		p.try.help = (asked + w.planned(t, by)) / t.hours
		p.cost = asked + w.planned(t, by) + deciding(level, float64(t.judgement))
		t.helped += asked + w.planned(t, by)
		l.load += p.cost
		w.tally.spent += p.cost
	}
	p.hours = t.hours * p.try.pace()
	return p
}

// planned is the help for one piece that the terms set aside, in hours: as
// much of it as whoever does it needs.
func (w *world) planned(t *task, by *person) float64 {
	weeks := float64(t.every)
	if t.every == 0 {
		weeks = float64(max(1, t.first-t.came))
	}
	need := min(max(t.difficulty+0.5-by.skill[t.field], 0), 1)
	return float64(t.terms.Support) / 60 * weeks * need
}

// work lets one person do what is theirs this week beside what they do anyway.
// What is more than anybody works is left undone, what matters least first.
func (w *world) work(p *person, busy float64, all []*piece) {
	var mine []*piece
	for _, one := range all {
		if one.by == p {
			mine = append(mine, one)
			one.done = true
			busy += one.hours
		}
	}
	if w.week < p.away && p.slot >= 0 {
		p.hours, p.fatigue = 0, tire(p.fatigue, 0, p.capacity)
		return
	}
	slices.SortStableFunc(mine, func(a, b *piece) int {
		return cmp.Or(cmp.Compare(a.task.matters, b.task.matters), cmp.Compare(b.hours, a.hours))
	})
	for _, one := range mine {
		if busy <= longest*p.capacity {
			break
		}
		one.done = false
		busy -= one.hours
	}
	p.hours = busy
	rush := max(0, busy/p.capacity-1)
	for _, one := range mine {
		one.try.rush = rush
		if one.done {
			one.quality = one.try.quality()
		}
	}
	p.fatigue = tire(p.fatigue, busy, p.capacity)
}

// look lets the leader look at what others did, as often as the level says;
// what is poor comes back with notes, and what nobody saw shows later.
func (w *world) look(one *piece) {
	t, l := one.task, one.task.leader
	if !one.done || one.by == &l.person {
		return
	}
	r := w.chance.of(forLook, t.key, uint64(w.week))
	after := 0.0
	if r.Float64() < looks[t.terms.Authority.Level] {
		one.looked = true
		after += lookBase + lookShare*t.hours
		if one.quality < poor {
			one.returned = true
			after += notesTime
			best := try{skill: l.skill[t.field], difficulty: t.difficulty, clarity: 1}
			one.quality += mended * max(0, best.quality()-one.quality)
			one.hours *= 1 + mendShare
			t.clarity += 0.2 * (1 - t.clarity)
		}
	} else if one.quality < bad && r.Float64() < 0.4+0.2*float64(t.matters) {
		one.defect = true
		after += repair(t.hours, t.matters)
	}
	l.load += after // of the week that comes
	w.tally.spent += after
	t.remember(one)
	t.clarity += 0.1 * (1 - t.clarity)
	one.by.learn(t.field, one.try.learned(one.hours, one.returned), w)
}

// remember keeps how it went of late.
func (t *task) remember(one *piece) {
	if t.pieces++; t.pieces == 1 {
		t.recent = one.quality
	}
	t.recent += (one.quality - t.recent) / 3
	t.troubles *= 0.75
	if one.returned || one.defect {
		t.troubles++
	}
}

func (p *person) learn(field int, levels float64, w *world) {
	p.skill[field] += levels
	p.used[field] = w.week
	w.tally.grown += levels
}

// forget lets what nobody uses fade, down to what they came with.
func (w *world) forget() {
	for _, p := range w.people {
		if !p.present {
			continue
		}
		for f := range p.skill {
			if lost := forgets * (p.skill[f] - p.began[f]); lost > 0 && w.week-p.used[f] > idleAfter {
				p.skill[f] -= lost
				w.tally.grown -= lost
			}
		}
	}
}

// count takes a piece into the measures.
func (w *world) count(one *piece) {
	t, l := one.task, one.task.leader
	w.tally.due += t.hours
	if one.done {
		w.tally.good += t.hours * one.quality
		if one.by != &l.person {
			w.tally.freed += t.hours * pace(l.skill[t.field], t.difficulty)
		}
		t.done = t.every == 0
	}
}

// clarityOf is how clear a brief is: what the leader can say, what the terms
// say, and the talk about a strategic one.
func clarityOf(l *leader, kind work.DelegationKind, b *work.Brief) float64 {
	c := 0.5*l.clarity + 0.1*float64(min(said(b), 5))
	if kind == work.Strategic {
		c += 0.1
	}
	return min(c, 0.95)
}

// said counts the things a brief says.
func said(b *work.Brief) (n int) {
	for _, there := range []bool{b.Outcome != "", b.Why != "", b.WhyYou != "", len(b.Success) > 0, b.Minimum != "", len(b.Instructions) > 0} {
		if there {
			n++
		}
	}
	return n
}

// briefing is what a hand-over costs the leader, in hours.
func briefing(kind work.DelegationKind, b *work.Brief) float64 {
	h := briefBase + briefField*float64(said(b))
	if kind == work.Strategic {
		h += readingBack
	}
	return h
}
