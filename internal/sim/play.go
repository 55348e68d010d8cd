package sim

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"baton/internal/app"
	"baton/internal/app/clock"
	"baton/internal/app/coaching"
	"baton/internal/app/decisionareas"
	"baton/internal/app/delegations"
	"baton/internal/app/operations"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/work"
)

// currency is what scripts count in.
const currency = "USD"

// A player acts for the people of a script, on a clock of its own.
type player struct {
	app      *app.App // whose Now is the player's clock
	calendar calendar
	now      time.Time
	actors   map[string]app.Actor
	labels   map[reflect.Type]map[string]int64
	table    map[string]app.Operation
}

// newPlayer returns a player whose story ends at a moment. a stays as it is.
func newPlayer(a *app.App, end time.Time, zone string) *player {
	p := &player{
		calendar: calendar{now: end, zone: zone},
		actors:   map[string]app.Actor{}, labels: map[reflect.Type]map[string]int64{}, table: map[string]app.Operation{},
	}
	mine := *a
	mine.Now = func() time.Time { return p.now }
	p.app = &mine
	for _, id := range []any{
		work.PersonID(0), work.TaskID(0), work.DelegationID(0), work.AreaID(0), work.FocusAreaID(0), work.PlaybookID(0),
		work.VoteID(0), work.SharingID(0), work.CallID(0),
	} {
		p.labels[reflect.TypeOf(id)] = map[string]int64{}
	}
	for _, o := range operations.All() {
		p.table[o.Describe().Name] = o
	}
	return p
}

// join gives a person of the script an actor: a member, or the owner.
func (p *player) join(label string, who app.Actor) {
	p.actors[label] = who
	p.labels[reflect.TypeFor[work.PersonID]()][label] = int64(who.Person)
}

// play lets time pass up to each act and makes it.
func (p *player) play(ctx context.Context, acts []act) error {
	for i := range acts {
		if err := p.until(ctx, acts[i].at); err != nil {
			return err
		}
		if err := p.do(ctx, &acts[i]); err != nil {
			return fmt.Errorf("%s: %s %s %s: %w", acts[i].place, acts[i].by, acts[i].operation, acts[i].subject, err)
		}
	}
	return nil
}

// morning is when a day of the story begins: when the daily mail has left.
const morning = 7*time.Hour + 5*time.Minute

// until lets time pass, day by day, as a server's sweep does.
func (p *player) until(ctx context.Context, at time.Time) error {
	if !at.After(p.now) {
		return nil
	}
	loc := ical.Location(p.calendar.zone)
	for {
		next := ical.Today(p.now, p.calendar.zone).In(loc).Add(morning)
		if !next.After(p.now) {
			next = ical.Today(p.now, p.calendar.zone).AddDays(1).In(loc).Add(morning)
		}
		if !next.Before(at) {
			break
		}
		if err := p.advance(ctx, next); err != nil {
			return err
		}
	}
	return p.advance(ctx, at)
}

func (p *player) advance(ctx context.Context, at time.Time) error {
	p.now = at.UTC()
	if err := clock.Advance(ctx, p.app, p.now); err != nil {
		return fmt.Errorf("let time pass to %s: %w", at.Format(time.DateTime), err)
	}
	return nil
}

// do makes one act.
func (p *player) do(ctx context.Context, a *act) error {
	op, ok := p.table[a.operation]
	if !ok {
		return fmt.Errorf("there is no operation %s", a.operation)
	}
	in := reflect.New(op.In())
	about, hasPath := pathField(in.Elem())
	if hasPath {
		id, err := p.value(about, a.subject)
		if err != nil {
			return err
		}
		about.Set(reflect.ValueOf(id).Convert(about.Type()))
	}
	for _, f := range a.fields {
		if err := p.fill(in.Elem(), f.name, f.text); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	me, err := p.actor(a.by, about)
	if err != nil {
		return err
	}
	out, err := op.DoAny(ctx, p.app, me, in.Interface())
	if err != nil {
		return err
	}
	p.remember(a, out)
	return nil
}

// actor is who acts: a member, or somebody without an account, for whom the
// link to the delegation acts.
func (p *player) actor(label string, about reflect.Value) (app.Actor, error) {
	if me, ok := p.actors[label]; ok {
		return me, nil
	}
	person, known := p.labels[reflect.TypeFor[work.PersonID]()][label]
	if !known || !about.IsValid() || about.Type() != reflect.TypeFor[work.DelegationID]() {
		return app.Actor{}, fmt.Errorf("%q is nobody who could do this", label)
	}
	for _, owner := range p.actors {
		return app.Actor{Workspace: owner.Workspace, Person: work.PersonID(person), Guest: work.DelegationID(about.Int())}, nil
	}
	return app.Actor{}, fmt.Errorf("nobody founded the workspace")
}

// remember labels what an act made, and lets in whom it invited.
func (p *player) remember(a *act, out any) {
	switch out := out.(type) {
	case workspaces.Invited:
		p.join(a.subject, app.Actor{Workspace: p.actors[a.by].Workspace, Person: out.Person.ID})
	case coaching.InvitedCoach:
		p.join(a.subject, app.Actor{Workspace: p.actors[a.by].Workspace, Person: out.Sharing.Coach.ID})
		p.labels[reflect.TypeFor[work.SharingID]()][a.label] = int64(out.Sharing.ID)
	case decisionareas.Vote:
		p.labels[reflect.TypeFor[work.VoteID]()][a.label] = int64(out.ID)
		if out.Delegation != 0 {
			p.relabel(out.DecisionArea, out.Delegation)
		}
	case delegations.Left:
		delete(p.actors, a.subject)
		for _, d := range out.Offered {
			p.relabel(d.Task, d.ID)
		}
	default:
		if id := reflect.ValueOf(out).FieldByName("ID"); id.IsValid() && p.labels[id.Type()] != nil {
			p.labels[id.Type()][a.label] = id.Int()
		}
	}
}

// relabel gives the label of a task to its newest delegation.
func (p *player) relabel(task work.TaskID, id work.DelegationID) {
	for label, known := range p.labels[reflect.TypeFor[work.TaskID]()] {
		if known == int64(task) {
			p.labels[reflect.TypeFor[work.DelegationID]()][label] = int64(id)
		}
	}
}
