package effect

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"baton/internal/app"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/work"
)

// A team is a world whose people use Baton: what they know of each other
// beyond their own week stands in a database, and what they do there are the
// operations a user has.
type team struct {
	world  *world
	app    *app.App
	now    time.Time
	policy *Policy
	byID   map[work.DelegationID]*task
	owner  app.Actor
	offers []offer
	turn   int // of those who take turns
}

// zone is where every team is; what day it is does not matter to it.
const zone = "UTC"

// monday is the first day of every run.
var monday = ical.Date{Year: 2027, Month: 1, Day: 4}

// day is a day of a week, 0 for Monday.
func day(week, weekday int) ical.Date { return monday.AddDays(7*week + weekday) }

// newTeam founds a workspace and lets everybody write down what they would.
func newTeam(ctx context.Context, a *app.App, w *world, p *Policy) (*team, error) {
	t := &team{world: w, policy: p, byID: map[work.DelegationID]*task{}}
	t.now = day(0, 0).In(time.UTC).Add(8 * time.Hour)
	mine := *a
	mine.Now = func() time.Time { return t.now }
	t.app = &mine
	first := w.leaders[0]
	var err error
	t.owner, err = workspaces.Found(ctx, t.app, workspaces.Founding{
		Workspace: w.sc.Name, Kind: w.sc.Kind, Currency: "USD", Zone: zone, Name: first.name, Email: address(&first.person),
	})
	if err != nil {
		return nil, err
	}
	first.actor = t.owner
	for i, l := range w.leaders {
		if i > 0 {
			if l.actor, err = t.join(ctx, people.Fields{Name: &l.name}, &l.person); err != nil {
				return nil, err
			}
		}
		capacity := work.Minutes(l.capacity * 60)
		if err := t.settle(ctx, l.actor, &capacity); err != nil {
			return nil, err
		}
	}
	for _, p := range w.people {
		if err := t.enter(ctx, p); err != nil {
			return nil, err
		}
	}
	for _, one := range w.tasks {
		if err := t.writeDown(ctx, one); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func address(p *person) string { return fmt.Sprintf("p%d.%d@example.org", p.slot, p.stay) }

// join makes a person a member.
func (t *team) join(ctx context.Context, f people.Fields, p *person) (app.Actor, error) {
	email, private := address(p), false
	f.Email, f.Private = &email, &private
	made, err := people.Add.Do(ctx, t.app, t.owner, f)
	if err != nil {
		return app.Actor{}, err
	}
	_, err = workspaces.Invite.Do(ctx, t.app, t.owner, workspaces.InvitePerson{Person: made.ID})
	return app.Actor{Workspace: t.owner.Workspace, Person: made.ID}, err
}

// settle sets up what a member wants: no mail, they look in.
func (t *team) settle(ctx context.Context, me app.Actor, capacity *work.Minutes) error {
	no := false
	_, err := workspaces.ChangeSettings.Do(ctx, t.app, me, workspaces.NewSettings{Capacity: capacity, Digest: &no, Urgent: &no, ReviewMail: &no})
	return err
}

// enter lets somebody join, with what they say of themselves: rated by
// themselves, so not quite what is true.
func (t *team) enter(ctx context.Context, p *person) error {
	r := t.world.chance.of(forRecord, uint64(p.slot), uint64(p.stay))
	var said []work.Skill
	for f, level := range p.skill {
		told := int(math.Round(level + p.bias + selfRating*r.NormFloat64()))
		if level >= worthSaying {
			said = append(said, work.Skill{Name: t.world.fields[f], Level: min(max(told, 1), 5)})
		}
	}
	wishes, interests := t.liked(p, 0.45, 2), t.liked(p, 0.3, 3)
	released := work.Minutes(math.Round(p.free*max(0, 1+0.15*r.NormFloat64())*4) * 15)
	kind, cost := work.PersonKind(p.group.Kind), work.Money(p.group.HourCost*100)
	actor, err := t.join(ctx, people.Fields{
		Name: &p.name, Kind: &kind, Skills: &said, Wishes: &wishes, Interests: &interests, Released: &released, HourCost: &cost,
	}, p)
	if err != nil {
		return err
	}
	p.actor = actor
	capacity := work.Minutes(p.capacity * 60)
	return t.settle(ctx, actor, &capacity)
}

const (
	selfRating  = 0.6 // standard deviation of what people say of a skill
	worthSaying = 1.8 // the level from which somebody names a skill at all
)

// liked names the fields somebody likes best, above a measure.
func (t *team) liked(p *person, above float64, most int) []string {
	var at []int
	for f, v := range p.liking {
		if v > above {
			at = append(at, f)
		}
	}
	slices.SortStableFunc(at, func(a, b int) int { return cmp.Compare(p.liking[b], p.liking[a]) })
	names := []string{}
	for _, f := range at[:min(len(at), most)] {
		names = append(names, t.world.fields[f])
	}
	return names
}

// writeDown puts a task on its leader's plate, as well as the leader can tell:
// how long it takes, what it needs, and what they think of it.
func (t *team) writeDown(ctx context.Context, one *task) error {
	r := t.world.chance.of(forMarks, one.key)
	effort := work.Minutes(max(5, math.Round(one.hours*math.Exp(0.25*r.NormFloat64()-0.1)*60/5)*5))
	needs, matters := one.judgement, one.matters
	if r.Float64() < 0.15 && needs < 3 {
		needs = min(max(needs+1-2*r.IntN(2), 0), 2)
	}
	in := tasks.AddTask{Said: work.Said{NeedsMe: &needs, Matters: &matters}}
	in.Title, in.Effort = &one.title, &effort
	if r.Float64() < 0.5 {
		grows, energy := min(max(int(math.Round(one.difficulty-1.5+0.5*r.NormFloat64())), 0), 3), one.energy
		in.Said.Grows, in.Said.Energy = &grows, &energy
	}
	one.stated = min(max(int(math.Round(one.difficulty+0.5*r.NormFloat64())), 1), 5)
	if r.Float64() < 0.7 {
		in.Skills = &[]work.Skill{{Name: t.world.fields[one.field], Level: one.stated}}
	}
	due := ical.DayDue(day(one.first, 4), zone)
	if one.every > 0 {
		weekday := 2 + r.IntN(3)
		due = ical.DayDue(day(one.first, weekday), zone)
		rule, err := ical.ParseRule(fmt.Sprintf("FREQ=WEEKLY;INTERVAL=%d;BYDAY=%s", one.every, [...]string{"MO", "TU", "WE", "TH", "FR"}[weekday]))
		if err != nil {
			return err
		}
		in.Rule = &rule
	}
	in.Due = &due
	added, err := tasks.Add.Do(ctx, t.app, one.leader.actor, in)
	one.id = added.ID
	return err
}
