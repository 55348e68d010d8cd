package effect

import (
	"cmp"
	"context"
	"slices"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/plans"
	"baton/internal/app/tasks"
	"baton/internal/work"
)

// A Policy decides what a leader hands over, and to whom. It sees what the
// operations answer.
type Policy struct {
	Name   string
	About  string
	hand   func(ctx context.Context, t *team, l *leader) error
	learns bool // takes the lessons of looks back
}

// Policies lists every policy, in the order tables show them.
var Policies = []*Policy{
	{Name: "keep", About: "the leader keeps everything"},
	{Name: "random", About: "to anybody with room", hand: simple(anybody)},
	{Name: "least_loaded", About: "to whoever has most room", hand: simple(leastLoaded)},
	{Name: "most_skilled", About: "to the best in the field who has room", hand: simple(mostSkilled)},
	{Name: "round_robin", About: "to everybody in turn", hand: simple(inTurn)},
	{Name: "baton_unlearned", About: "as the plan advises, lessons never taken", hand: advised},
	{Name: "baton", About: "as the plan advises, lessons taken", hand: advised, learns: true},
}

// A candidate is somebody with room for a task, as the database has them.
type candidate struct {
	*person
	seen people.Person
	room int64 // minutes a week
}

// A choice picks one of several candidates.
type choice func(t *team, l *leader, one *task, from []candidate) candidate

// simple hands over everything the let-go list says to hand over, to whom a
// rule picks among those with room. The terms are those Baton proposes; the
// brief says the outcome.
func simple(pick choice) func(context.Context, *team, *leader) error {
	return func(ctx context.Context, t *team, l *leader) error {
		list, err := tasks.LetGo.Do(ctx, t.app, l.actor, app.Whole)
		if err != nil {
			return err
		}
		free := t.free(l)
		var everybody []candidate
		for _, line := range list.Items {
			one := free[line.TaskID]
			if one == nil || line.Advice != work.Assign && line.Advice != work.Delegate {
				continue
			}
			if everybody == nil {
				if everybody, err = t.candidates(ctx, l); err != nil {
					return err
				}
			}
			from := slices.DeleteFunc(slices.Clone(everybody), func(c candidate) bool {
				return c.room < int64(line.Weekly) || slices.Contains(one.ruled, c.person)
			})
			if len(from) == 0 {
				continue
			}
			to := pick(t, l, one, from)
			for i := range everybody {
				if everybody[i].person == to.person {
					everybody[i].room -= int64(line.Weekly)
				}
			}
			d, err := delegations.Begin.Do(ctx, t.app, l.actor, delegations.StartDelegation{Task: one.id, Receiver: to.actor.Person})
			if err != nil {
				return err
			}
			terms := d.Terms
			terms.Brief.Outcome = "“" + one.title + "” is done as before."
			if err := t.offer(ctx, one, to.person, d, terms); err != nil {
				return err
			}
		}
		return nil
	}
}

// free are the tasks of a leader that nobody carries or is asked to, by number.
func (t *team) free(l *leader) map[work.TaskID]*task {
	out := map[work.TaskID]*task{}
	for _, one := range t.world.tasks {
		if one.leader == l && one.deleg == 0 && !one.done {
			out[one.id] = one
		}
	}
	return out
}

// candidates lists who is there and has hours left, as the database says.
func (t *team) candidates(ctx context.Context, l *leader) ([]candidate, error) {
	all, err := people.Everybody.Do(ctx, t.app, l.actor, app.Whole)
	if err != nil {
		return nil, err
	}
	today := day(t.world.week, 0)
	var out []candidate
	for _, seen := range all.Items {
		p := t.byPerson(seen.ID)
		there := work.Person{Absences: seen.Absences, LeftOn: seen.LeftOn}
		if _, away := there.AwayOn(today); p != nil && !away && !there.Gone(today) {
			out = append(out, candidate{p, seen, int64(seen.Released - seen.Carried)})
		}
	}
	return out, nil
}

func (t *team) byPerson(id work.PersonID) *person {
	for _, p := range t.world.people {
		if p.present && p.actor.Person == id {
			return p
		}
	}
	return nil
}

func anybody(t *team, l *leader, one *task, from []candidate) candidate {
	r := t.world.chance.of(forPolicy, one.key, uint64(t.world.week), uint64(len(one.ruled)))
	return from[r.IntN(len(from))]
}

func leastLoaded(_ *team, _ *leader, _ *task, from []candidate) candidate {
	return slices.MaxFunc(from, func(a, b candidate) int { return cmp.Compare(a.room, b.room) })
}

func mostSkilled(t *team, _ *leader, one *task, from []candidate) candidate {
	level := func(c candidate) int {
		for _, s := range c.seen.Skills {
			if s.Name == t.world.fields[one.field] {
				return s.Level
			}
		}
		return 0
	}
	return slices.MaxFunc(from, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(level(a), level(b)), cmp.Compare(a.room, b.room))
	})
}

func inTurn(t *team, _ *leader, _ *task, from []candidate) candidate {
	t.turn++
	return slices.MinFunc(from, func(a, b candidate) int {
		n := len(t.world.people)
		return cmp.Compare((a.slot-t.turn%n+n)%n, (b.slot-t.turn%n+n)%n)
	})
}

// slider is where the leaders of the advised policies put the plan's slider:
// half way from the middle to growing people.
const slider = 75

// advised accepts what the plan proposes to hand over, and completes the
// briefs as their check asks.
func advised(ctx context.Context, t *team, l *leader) error {
	free := t.free(l)
	grow := slider
	in := plans.DraftPlan{All: true, Frame: plans.Frame{Grow: &grow}}
	for _, one := range t.world.tasks {
		for _, p := range one.ruled {
			if free[one.id] != nil && p.present {
				in.Forbid = append(in.Forbid, plans.TaskPerson{Task: one.id, Person: p.actor.Person})
			}
		}
	}
	drafted, err := plans.Draft.Do(ctx, t.app, l.actor, in)
	if err != nil {
		return err
	}
	for _, d := range drafted.Drafts {
		one, to := free[d.Task], t.byPerson(d.Receiver.ID)
		terms := d.Terms
		complete(&terms.Brief, one.title, d.Kind)
		if err := t.offer(ctx, one, to, d, terms); err != nil {
			return err
		}
	}
	return t.passOn(ctx, l)
}

// complete says what the check of a brief asks for.
func complete(b *work.Brief, title string, kind work.DelegationKind) {
	b.Outcome = "“" + title + "” is done, and whoever needs it has it."
	b.Why = "Others rely on it."
	b.Success = []string{"It is on time", "Nobody has to ask"}
	if kind == work.Strategic && b.WhyYou == "" {
		b.WhyYou = "I would like you to grow in this."
	}
}
