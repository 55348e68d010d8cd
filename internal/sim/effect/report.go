package effect

import (
	"context"
	"fmt"
	"math"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/lessons"
	"baton/internal/work"
)

// report lets everybody answer what waits for them: those who did work first,
// then the leaders.
func (t *team) report(ctx context.Context) error {
	for _, p := range t.world.people {
		if p.present && t.world.week >= p.away && p.involved {
			if err := t.clear(ctx, p.actor, nil, p); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
		}
	}
	for _, l := range t.world.leaders {
		if l.involved {
			if err := t.clear(ctx, l.actor, l, &l.person); err != nil {
				return fmt.Errorf("%s: %w", l.name, err)
			}
		}
	}
	return nil
}

// clear answers what waits for somebody.
func (t *team) clear(ctx context.Context, me app.Actor, l *leader, p *person) error {
	w, err := delegations.Waiting.Do(ctx, t.app, me, delegations.AskWaiting{Theirs: 1})
	if err != nil {
		return err
	}
	for i := range w.Mine {
		it := &w.Mine[i]
		one := t.byID[it.Delegation]
		if one == nil {
			continue
		}
		if l != nil {
			err = t.lead(ctx, l, one, it)
		} else {
			err = t.carry(ctx, p, one, it)
		}
		switch work.KindOf(err) {
		case work.NotFound, work.Conflict: // an answer before this one ended it
			err = nil
		}
		if err != nil {
			return fmt.Errorf("%s of %d: %w", it.Kind, it.Delegation, err)
		}
	}
	return nil
}

// carry answers as somebody who carries work.
func (t *team) carry(ctx context.Context, p *person, one *task, it *delegations.WaitingItem) (err error) {
	on := delegations.On{Delegation: it.Delegation}
	item := delegations.OnItem{On: on, Item: it.ID, Text: "As agreed."}
	switch it.Kind {
	case work.Turn:
		switch {
		case one.now == nil || one.now.by != p:
			_, err = delegations.Skip.Do(ctx, t.app, p.actor, item)
		case one.now.done:
			_, err = delegations.Done.Do(ctx, t.app, p.actor, item)
		}
	case work.CheckIn:
		in := delegations.Update{On: on, Status: work.OnTrack}
		if one.struggles(p) {
			in.Status, in.Note = work.Stuck, "I am not sure how to go on."
		}
		if _, err = delegations.CheckIn.Do(ctx, t.app, p.actor, in); err == nil {
			t.charge(one.leader, updateRead)
		}
	case work.Returned:
		if it.Turn == 0 {
			_, err = delegations.Deliver.Do(ctx, t.app, p.actor, delegations.HandOver{On: on, Note: "With your notes."})
		} else {
			_, err = delegations.Mended.Do(ctx, t.app, p.actor, item)
		}
	case work.Defect:
		_, err = delegations.Mended.Do(ctx, t.app, p.actor, item)
	case work.NoticeItem:
		one.leaving = p.liking[one.field] < dear
		_, err = delegations.AnswerNotice.Do(ctx, t.app, p.actor, delegations.YesNo{On: on, Item: it.ID, Yes: one.leaving})
	case work.Reflect:
		err = t.reflect(ctx, p.actor, one, it, p)
	case work.Proposed:
		err = t.agree(ctx, p.actor, one, on)
	}
	return err
}

// struggles reports whether somebody would say that they are stuck.
func (t *task) struggles(p *person) bool {
	return t.troubles >= 0.75 || p.skill[t.field] < t.difficulty-1
}

// lead answers as the giver.
func (t *team) lead(ctx context.Context, l *leader, one *task, it *delegations.WaitingItem) (err error) {
	on := delegations.On{Delegation: it.Delegation}
	item := delegations.OnItem{On: on, Item: it.ID, Text: "One thing is missing."}
	switch it.Kind {
	case work.ReadBack:
		_, err = delegations.ConfirmReadBack.Do(ctx, t.app, l.actor, delegations.YesNo{On: on, Item: it.ID, Yes: true})
	case work.Feedback:
		minutes := work.Minutes(10)
		if _, err = delegations.Feedback.Do(ctx, t.app, l.actor, delegations.GiveFeedback{On: on, Item: it.ID, Text: "Look at the last one together.", Minutes: minutes}); err == nil {
			t.charge(l, float64(minutes)/60)
		}
	case work.Delivery:
		switch {
		case one.now != nil && one.now.returned && !one.mending:
			one.mending = true
			_, err = delegations.Return.Do(ctx, t.app, l.actor, item)
		case one.mending || one.now != nil && one.now.looked:
			_, err = delegations.Receive.Do(ctx, t.app, l.actor, delegations.OnItem{On: on, Item: it.ID})
		}
	case work.Away:
		_, err = delegations.Wait.Do(ctx, t.app, l.actor, delegations.OnItem{On: on, Item: it.ID})
	case work.Reflect:
		err = t.reflect(ctx, l.actor, one, it, nil)
		t.charge(l, reflecting)
	case work.Proposed:
		err = t.agree(ctx, l.actor, one, on)
	}
	return err
}

// agree takes the terms a lesson led to: who proposes them knows why, and the
// other side has lived through the same.
func (t *team) agree(ctx context.Context, me app.Actor, one *task, on delegations.On) error {
	d, err := delegations.Show.Do(ctx, t.app, me, on)
	if err != nil {
		return err
	}
	if d, err = delegations.Agree.Do(ctx, t.app, me, delegations.Seen{On: on, Terms: d.Newest}); err == nil && one.deleg == d.ID {
		one.terms = d.Terms
	}
	return err
}

// deliver lets people hand over the single pieces they finished.
func (t *team) deliver(ctx context.Context) error {
	for _, one := range t.world.tasks {
		if one.every > 0 || !one.done || one.carrier == nil {
			continue
		}
		in := delegations.HandOver{On: delegations.On{Delegation: one.deleg}, Note: "Here it is."}
		if _, err := delegations.Deliver.Do(ctx, t.app, one.carrier.actor, in); err != nil {
			return err
		}
	}
	return nil
}

// reflect looks back as people do: about right, on a scale from 1 to 5.
// Whoever gave it says how hard it was beside what the task says it needs;
// whoever carried it how hard it was for them, and sees the outcome a little
// better.
func (t *team) reflect(ctx context.Context, me app.Actor, one *task, it *delegations.WaitingItem, carrier *person) error {
	r := t.world.chance.of(forReflection, one.key, uint64(t.world.week), uint64(me.Person))
	by := one.carrier
	if carrier != nil {
		by = carrier
	}
	gap := 0.0
	if by != nil {
		gap = one.difficulty - by.skill[one.field]
	}
	out := 1 + 4*one.recent + lookBack*r.NormFloat64()
	hard := 3 + one.difficulty - float64(one.stated) + lookBack*r.NormFloat64()
	if carrier != nil { // who did it says how hard it was for them
		out += 0.3
		hard += gap - one.difficulty + float64(one.stated) - carrier.bias
	}
	free := 1 + float64(one.terms.Authority.Level)/2 + lookBack*r.NormFloat64()
	in := delegations.LookBack{On: delegations.On{Delegation: it.Delegation}, Item: it.ID}
	in.Reflection = work.Reflection{Outcome: scale(out), Hard: scale(hard), Free: scale(free)}
	if in.Outcome <= 3 {
		in.Change = "A little more care at the end."
	}
	if carrier != nil {
		took := pace(by.skill[one.field], one.difficulty) * one.hours * math.Exp(0.15*r.NormFloat64())
		in.Took = work.Minutes(math.Round(took*12) * 5)
		switch liking := by.liking[one.field]; {
		case liking > 0.45:
			in.More = 1
		case liking < -0.3:
			in.More = -1
		}
	}
	_, err := delegations.Reflect.Do(ctx, t.app, me, in)
	return err
}

// learn lets everybody take the lessons that are theirs to take.
func (t *team) learn(ctx context.Context) error {
	if !t.policy.learns || t.world.week%4 != 3 {
		return nil
	}
	for _, l := range t.world.leaders {
		if err := t.take(ctx, l.actor, l.involved); err != nil {
			return err
		}
	}
	for _, p := range t.world.people {
		if err := t.take(ctx, p.actor, p.involved && p.present); err != nil {
			return err
		}
	}
	return nil
}

func (t *team) take(ctx context.Context, me app.Actor, involved bool) error {
	if !involved {
		return nil
	}
	list, err := lessons.List.Do(ctx, t.app, me, lessons.AskLessons{})
	if err != nil {
		return err
	}
	for _, l := range list.Items {
		if !l.Mine {
			continue
		}
		_, err := lessons.Take.Do(ctx, t.app, me, lessons.AskLesson{Lesson: l.ID})
		if kind := work.KindOf(err); err != nil && kind != work.Conflict && kind != work.NotFound {
			return fmt.Errorf("%s of %q: %w", l.Kind, l.Title, err)
		}
	}
	return nil
}

// lookBack is the standard deviation of an answer of a look back.
const lookBack = 0.6

func scale(v float64) int { return int(min(max(math.Round(v), 1), 5)) }
