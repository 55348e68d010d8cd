package effect

import (
	"context"
	"fmt"
	"time"

	"baton/internal/app/clock"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/work"
)

// replacedAfter is how many weeks pass until somebody follows who left.
const replacedAfter = 3

// week lets one week pass: on Monday people come and go, work arrives and is
// handed over; by Friday it is done, reported and looked at.
func (t *team) week(ctx context.Context) error {
	w := t.world
	if err := t.pass(ctx, day(w.week, 0).In(time.UTC).Add(8*time.Hour)); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{t.passed, t.comings, t.goings, t.arrive, t.plan, t.answer} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("week %d: %w", w.week, err)
		}
	}
	if err := t.pass(ctx, day(w.week, 4).In(time.UTC).Add(16*time.Hour)); err != nil {
		return err
	}
	w.live()
	for _, step := range []func(context.Context) error{t.deliver, t.report, t.review, t.close, t.learn} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("week %d: %w", w.week, err)
		}
	}
	w.week++
	return nil
}

// pass lets time pass up to a moment.
func (t *team) pass(ctx context.Context, at time.Time) error {
	t.now = at
	if err := clock.Advance(ctx, t.app, at); err != nil {
		return fmt.Errorf("let time pass to %s: %w", at.Format(time.DateOnly), err)
	}
	return nil
}

// comings fills the slots of those who left.
func (t *team) comings(ctx context.Context) error {
	w := t.world
	for i, p := range w.people {
		if p.present || w.week < p.since+replacedAfter {
			continue
		}
		next := w.newPerson(p.group, p.slot, p.stay+1)
		w.people[i] = next
		if err := t.enter(ctx, next); err != nil {
			return err
		}
		t.unsettle()
	}
	return nil
}

// unsettle lets every leader look at their plan again.
func (t *team) unsettle() {
	for _, l := range t.world.leaders {
		l.stale = true
	}
}

// goings sends people away for a while, or for good.
func (t *team) goings(ctx context.Context) error {
	w := t.world
	for _, p := range w.people {
		slot, week := uint64(p.slot), uint64(w.week)
		switch {
		case !p.present:
		case w.week > 3 && w.chance.of(forLeaving, slot, week).Float64() < w.sc.Turnover/weeksAYear:
			if err := t.leave(ctx, p); err != nil {
				return err
			}
		case w.week >= p.away:
			r := w.chance.of(forAbsence, slot, week)
			if r.Float64() >= w.sc.Absence/weeksAYear/meanAbsence {
				continue
			}
			p.away = w.week + [...]int{1, 1, 1, 1, 1, 1, 1, 2, 2, 4}[r.IntN(10)]
			absences := []work.Absence{{From: day(w.week, 0), To: day(p.away-1, 6)}}
			if _, err := people.Edit.Do(ctx, t.app, p.actor, people.EditPerson{Person: p.actor.Person, Fields: people.Fields{Absences: &absences}}); err != nil {
				return err
			}
		}
	}
	return nil
}

// meanAbsence is how many weeks an absence lasts on average.
const meanAbsence = 1.5

// leave lets somebody go; what they carried is with its leaders again.
func (t *team) leave(ctx context.Context, p *person) error {
	in := delegations.LeaveNow{Person: p.actor.Person, Note: "All of it is in the folder."}
	left, err := delegations.Leave.Do(ctx, t.app, t.owner, in)
	if err != nil {
		return err
	}
	for _, d := range left.Ended {
		if one := t.byID[d.ID]; one.done { // it only had not been looked at
			if _, err := tasks.Finish.Do(ctx, t.app, one.leader.actor, tasks.OnTask{Task: one.id}); err != nil {
				return err
			}
		}
	}
	p.present, p.since = false, t.world.week
	for _, one := range t.world.tasks {
		if one.carrier == p {
			one.free()
		}
	}
	t.unsettle()
	return nil
}

// free puts a task back on its leader's plate.
func (t *task) free() {
	t.carrier, t.asked, t.deleg, t.helped, t.troubles, t.pieces, t.leaving = nil, nil, 0, 0, 0, 0, false
	t.leader.stale = true
}

// arrive puts what is new on the leaders' plates.
func (t *team) arrive(ctx context.Context) error {
	w := t.world
	for i, l := range w.leaders {
		for _, one := range w.arrivals(i) {
			if err := t.writeDown(ctx, one); err != nil {
				return err
			}
			w.tasks = append(w.tasks, one)
			l.stale = true
		}
	}
	return nil
}

// plan lets every leader look at what could be handed over: when something
// changed, and once in four weeks anyway.
func (t *team) plan(ctx context.Context) error {
	for i, l := range t.world.leaders {
		if t.policy.hand == nil || !l.stale && (t.world.week+i)%4 != 0 {
			continue
		}
		l.stale = false
		if err := t.policy.hand(ctx, t, l); err != nil {
			return err
		}
	}
	return nil
}

// close lets go of single pieces that are done; leaders tick off those they
// did themselves.
func (t *team) close(ctx context.Context) error {
	kept := t.world.tasks[:0]
	for _, one := range t.world.tasks {
		if !one.done {
			kept = append(kept, one)
			continue
		}
		if one.carrier != nil {
			continue
		}
		if _, err := tasks.Finish.Do(ctx, t.app, one.leader.actor, tasks.OnTask{Task: one.id}); err != nil {
			return err
		}
	}
	t.world.tasks = kept
	return nil
}
