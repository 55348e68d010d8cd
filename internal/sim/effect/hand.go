package effect

import (
	"context"

	"baton/internal/app/delegations"
	"baton/internal/work"
)

// An offer waits for somebody's answer.
type offer struct {
	task   *task
	person *person
	made   delegations.Delegation
}

// offer completes the brief of a draft and offers it. What it costs the leader
// depends on how much the brief says.
func (t *team) offer(ctx context.Context, one *task, to *person, d delegations.Delegation, terms work.Terms) error {
	me, on := one.leader.actor, delegations.On{Delegation: d.ID}
	if _, err := delegations.Revise.Do(ctx, t.app, me, delegations.ReviseDraft{On: on, Receiver: &to.actor.Person, Terms: terms}); err != nil {
		return err
	}
	made, err := delegations.Offer.Do(ctx, t.app, me, delegations.MakeOffer{On: on})
	if err != nil {
		return err
	}
	one.asked, one.deleg, one.kind = to, made.ID, made.Kind
	to.involved, one.leader.involved = true, true
	t.byID[made.ID] = one
	t.offers = append(t.offers, offer{one, to, made})
	t.charge(one.leader, briefing(made.Kind, &terms.Brief))
	return nil
}

// charge takes hours of a leader's week for delegating.
func (t *team) charge(l *leader, hours float64) {
	l.load += hours
	t.world.tally.spent += hours
}

// answer lets people answer what they are offered: they accept what they
// think they have room for.
func (t *team) answer(ctx context.Context) error {
	for _, o := range t.offers {
		me, on := o.person.actor, delegations.On{Delegation: o.made.ID}
		if !t.world.fits(o.person, o.task) {
			if _, err := delegations.Decline.Do(ctx, t.app, me, delegations.Why{On: on, Reason: "My week is full."}); err != nil {
				return err
			}
			o.task.free()
			o.task.ruled = append(o.task.ruled, o.person)
			continue
		}
		in := delegations.AcceptTerms{On: on, Terms: o.made.Terms.Version}
		if o.made.Kind == work.Strategic {
			in.ReadBack = "It is as agreed and on time. I begin with what is due first."
		}
		if _, err := delegations.Accept.Do(ctx, t.app, me, in); err != nil {
			return err
		}
		o.task.accepted(o.person, o.made)
	}
	t.offers = t.offers[:0]
	return nil
}

// fits reports whether somebody thinks that they have room for a task.
func (w *world) fits(p *person, one *task) bool {
	hours := one.weekly()
	for _, t := range w.tasks {
		if t.carrier == p && !t.done {
			hours += t.weekly()
		}
	}
	return hours <= p.free*1.15+0.5
}

// accepted puts a task on somebody's plate.
func (t *task) accepted(p *person, d delegations.Delegation) {
	t.asked, t.carrier, t.terms, t.kind = nil, p, d.Terms, d.Kind
	t.clarity = clarityOf(t.leader, d.Kind, &d.Terms.Brief)
	t.troubles, t.pieces = 0, 0
}

// troubled is from which sum of troubles on, each worth three quarters of the
// one before, a leader takes work back: three pieces running.
const troubled = 2.2

// review lets leaders act on what they saw: they write help down, say what
// came back, and take back what does not work out; and people hand back what
// is too much.
func (t *team) review(ctx context.Context) error {
	for _, one := range t.world.tasks {
		if one.carrier == nil {
			continue
		}
		if err := t.help(ctx, one); err != nil {
			return err
		}
		if one.now != nil && one.now.done && one.now.by == one.carrier {
			if err := t.judge(ctx, one); err != nil {
				return err
			}
		}
	}
	for _, p := range t.world.people {
		if p.hours <= p.capacity {
			p.full = 0
			continue
		}
		if p.full++; p.full < fullEnough {
			continue
		}
		p.full = 0
		if err := t.unload(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// fullEnough is after how many full weeks running somebody hands work back.
const fullEnough = 5

// help writes down the help given, from an hour on.
func (t *team) help(ctx context.Context, one *task) error {
	minutes := work.Minutes(one.helped * 60)
	if minutes < 60 && (!one.done || minutes < 1) {
		return nil
	}
	one.helped = 0
	on := delegations.On{Delegation: one.deleg}
	_, err := delegations.Support.Do(ctx, t.app, one.leader.actor, delegations.Help{On: on, Minutes: min(minutes, 1440)})
	if work.KindOf(err) == work.Conflict {
		return nil // it ended with its delivery
	}
	return err
}

// judge says what was wrong with a piece of work, and takes a task back that
// goes wrong again and again.
func (t *team) judge(ctx context.Context, one *task) error {
	me, on := one.leader.actor, delegations.On{Delegation: one.deleg}
	switch {
	case one.now.returned && one.every > 0:
		if _, err := delegations.ReturnTurn.Do(ctx, t.app, me, delegations.NoteTurn{On: on, Note: "Something is missing."}); err != nil {
			return err
		}
	case one.now.defect:
		if _, err := delegations.FindDefect.Do(ctx, t.app, me, delegations.Text{On: on, Text: "It turned out to be wrong."}); err != nil {
			return err
		}
	}
	if one.every == 0 || one.pieces < 3 || one.troubles < troubled {
		return nil
	}
	if _, err := delegations.Recall.Do(ctx, t.app, me, delegations.Why{On: on, Reason: "It does not work out."}); err != nil {
		return err
	}
	one.ruled = append(one.ruled, one.carrier)
	one.free()
	return nil
}

// unload hands back what takes somebody the most time.
func (t *team) unload(ctx context.Context, p *person) error {
	var most *task
	for _, one := range t.world.tasks {
		if one.carrier == p && one.every > 0 && (most == nil || one.weekly() > most.weekly()) {
			most = one
		}
	}
	if most == nil {
		return nil
	}
	on := delegations.On{Delegation: most.deleg}
	if _, err := delegations.HandBack.Do(ctx, t.app, p.actor, delegations.Why{On: on, Reason: "It is more than I can do."}); err != nil {
		return err
	}
	most.ruled = append(most.ruled, p)
	most.free()
	return nil
}
