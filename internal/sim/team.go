package sim

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"baton/internal/app"
	"baton/internal/app/clock"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/work"
)

// A Team is people who act at random, the same way for the same seed: they
// write down tasks, hand them over, answer what waits for them or leave it, go
// away, come back, and leave for good.
type Team struct {
	Workspace work.WorkspaceID
	Made      map[work.MoveName]int // moves made
	Refused   map[work.Kind]int     // moves the rules did not allow after all

	app     *app.App
	rng     *rand.Rand
	now     time.Time
	owner   app.Actor
	members []app.Actor
	outside []work.PersonID // providers, who act through links
	guests  []app.Actor     // one for each delegation to a provider
}

// NewTeam founds a workspace in a and fills it with members and two providers.
// a stays as it is; the team has a clock of its own that begins at a moment.
func NewTeam(ctx context.Context, a *app.App, seed uint64, members int, begin time.Time) (*Team, error) {
	t := &Team{Made: map[work.MoveName]int{}, Refused: map[work.Kind]int{}, rng: rand.New(rand.NewPCG(seed, seed)), now: begin}
	mine := *a
	mine.Now = func() time.Time { return t.now }
	t.app = &mine
	var err error
	t.owner, err = workspaces.Found(ctx, t.app, workspaces.Founding{
		Workspace: "Team " + strconv.FormatUint(seed, 10), Kind: "team", Currency: currency, Zone: zone, Name: "Member 1", Email: t.address(1),
	})
	if err != nil {
		return nil, err
	}
	t.Workspace, t.members = t.owner.Workspace, []app.Actor{t.owner}
	for n := 2; n <= members; n++ {
		if err := t.hire(ctx, n); err != nil {
			return nil, err
		}
	}
	for n := range 2 {
		name, kind, shared := fmt.Sprintf("Provider %d", n+1), work.Provider, false
		p, err := people.Add.Do(ctx, t.app, t.owner, people.Fields{Name: &name, Kind: &kind, Private: &shared})
		if err != nil {
			return nil, err
		}
		t.outside = append(t.outside, p.ID)
	}
	return t, nil
}

func (t *Team) address(n int) string {
	return fmt.Sprintf("member%d.%d@example.org", n, t.rng.Uint32())
}

// hire adds a member.
func (t *Team) hire(ctx context.Context, n int) error {
	name, email, released := fmt.Sprintf("Member %d", n), t.address(n), work.Minutes(60*(2+t.rng.IntN(8)))
	skills := []work.Skill{{Name: pick(t, skills), Level: 1 + t.rng.IntN(5)}}
	p, err := people.Add.Do(ctx, t.app, t.owner, people.Fields{Name: &name, Email: &email, Released: &released, Skills: &skills})
	if err != nil {
		return err
	}
	if _, err := workspaces.Invite.Do(ctx, t.app, t.owner, workspaces.InvitePerson{Person: p.ID}); err != nil {
		return err
	}
	t.members = append(t.members, app.Actor{Workspace: t.Workspace, Person: p.ID})
	return nil
}

func pick[T any](t *Team, from []T) T { return from[t.rng.IntN(len(from))] }

// chance is true so many times in a hundred.
func (t *Team) chance(percent int) bool { return t.rng.IntN(100) < percent }

// Now is the team's clock.
func (t *Team) Now() time.Time { return t.now }

// Day lets one day pass: on a working day everybody may act, and the night is
// the clock's.
func (t *Team) Day(ctx context.Context) error {
	t.now = ical.Today(t.now, zone).AddDays(1).In(ical.Location(zone)).Add(morning).UTC()
	if err := clock.Advance(ctx, t.app, t.now); err != nil {
		return err
	}
	if wd := t.now.In(ical.Location(zone)).Weekday(); wd == time.Saturday || wd == time.Sunday {
		return nil
	}
	for _, me := range t.members {
		if err := t.act(ctx, me); err != nil {
			return fmt.Errorf("%s, person %d: %w", t.now.Format(time.DateTime), me.Person, err)
		}
	}
	if err := t.visit(ctx); err != nil {
		return err
	}
	if t.chance(1) && len(t.members) > 4 {
		return t.part(ctx)
	}
	return nil
}

// act is what one member does in a day.
func (t *Team) act(ctx context.Context, me app.Actor) error {
	t.now = t.now.Add(time.Duration(1+t.rng.IntN(30)) * time.Minute)
	if t.chance(25) {
		if err := t.capture(ctx, me); err != nil {
			return err
		}
	}
	if t.chance(15) {
		if err := t.begin(ctx, me); err != nil {
			return err
		}
	}
	if t.chance(1) {
		if err := t.travel(ctx, me); err != nil {
			return err
		}
	}
	if err := t.answer(ctx, me); err != nil {
		return err
	}
	if !t.chance(40) {
		return nil
	}
	list, err := delegations.List.Do(ctx, t.app, me, delegations.AskList{Page: app.Page{Limit: 30}})
	if err != nil || len(list.Items) == 0 {
		return err
	}
	d, err := delegations.Show.Do(ctx, t.app, me, delegations.On{Delegation: pick(t, list.Items).ID})
	if err != nil {
		return err
	}
	return t.move(ctx, me, d, d.Moves)
}

// answer answers some of what waits for a member.
func (t *Team) answer(ctx context.Context, me app.Actor) error {
	w, err := delegations.Waiting.Do(ctx, t.app, me, delegations.AskWaiting{})
	if err != nil {
		return err
	}
	for _, it := range w.Mine {
		if !t.chance(30) {
			continue
		}
		d, err := delegations.Show.Do(ctx, t.app, me, delegations.On{Delegation: it.Delegation})
		if work.KindOf(err) == work.NotFound {
			continue // an answer before this one ended it
		}
		if err != nil {
			return err
		}
		var moves []delegations.Choice
		for _, c := range d.Moves {
			if c.Item == it.ID {
				moves = append(moves, c)
			}
		}
		if err := t.move(ctx, me, d, moves); err != nil {
			return err
		}
	}
	return nil
}

// visit lets providers open the links they were sent.
func (t *Team) visit(ctx context.Context) error {
	still := t.guests[:0]
	for _, guest := range t.guests {
		d, err := delegations.Show.Do(ctx, t.app, guest, delegations.On{Delegation: guest.Guest})
		if work.KindOf(err) == work.NotFound || err == nil && d.State == work.Ended {
			continue
		}
		if err != nil {
			return err
		}
		still = append(still, guest)
		if !t.chance(30) {
			continue
		}
		if err := t.move(ctx, guest, d, d.Moves); err != nil {
			return err
		}
	}
	t.guests = still
	return nil
}

// move makes one of the moves that are possible, the likelier ones more often.
func (t *Team) move(ctx context.Context, me app.Actor, d delegations.Delegation, moves []delegations.Choice) error {
	total := 0
	for _, c := range moves {
		total += habits[c.Move].often
	}
	if total == 0 {
		return nil
	}
	at := t.rng.IntN(total)
	for _, c := range moves {
		if at -= habits[c.Move].often; at < 0 {
			return t.tried(c.Move, habits[c.Move].make(t, ctx, scene{me, d, c.Item, delegations.On{Delegation: d.ID}}))
		}
	}
	return nil
}

// tried counts a move. That the rules refuse it is no failure.
func (t *Team) tried(name work.MoveName, err error) error {
	switch kind := work.KindOf(err); {
	case err == nil:
		t.Made[name]++
	case kind != "":
		t.Refused[kind]++
	default:
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// capture puts a task on a plate, or finishes one that is there.
func (t *Team) capture(ctx context.Context, me app.Actor) error {
	if t.chance(60) {
		in := tasks.AddTask{Line: pick(t, lines)}
		_, err := tasks.Add.Do(ctx, t.app, me, in)
		return err
	}
	plate, err := tasks.Plate.Do(ctx, t.app, me, tasks.AskPlate{})
	if err != nil || len(plate.Items) < 5 {
		return err
	}
	task := tasks.OnTask{Task: pick(t, plate.Items).ID}
	op := pick(t, []app.Op[tasks.OnTask, tasks.Task]{tasks.Finish, tasks.Finish, tasks.Drop})
	if _, err = op.Do(ctx, t.app, me, task); work.KindOf(err) == work.Conflict {
		return nil // it is offered to somebody
	}
	return err
}

// travel sends a member away for some days, now and then with a stand-in.
func (t *Team) travel(ctx context.Context, me app.Actor) error {
	from := ical.Today(t.now, zone).AddDays(1 + t.rng.IntN(5))
	absences := []work.Absence{{From: from, To: from.AddDays(1 + t.rng.IntN(12))}}
	standIn := work.PersonID(0)
	if other := pick(t, t.members).Person; other != me.Person && t.chance(60) {
		standIn = other
	}
	_, err := people.Edit.Do(ctx, t.app, me, people.EditPerson{Person: me.Person, Fields: people.Fields{Absences: &absences, StandIn: &standIn}})
	return err
}

// part lets a member leave for good, and another come.
func (t *Team) part(ctx context.Context) error {
	gone := 1 + t.rng.IntN(len(t.members)-1)
	in := delegations.LeaveNow{Person: t.members[gone].Person, Note: "The folder is on the desk."}
	if next := pick(t, t.members); next.Person != in.Person && t.chance(70) {
		in.Successor = next.Person
	}
	if _, err := delegations.Leave.Do(ctx, t.app, t.owner, in); err != nil {
		return fmt.Errorf("person %d leaves: %w", in.Person, err)
	}
	t.Made[work.MoveSucceed]++
	t.members = append(t.members[:gone], t.members[gone+1:]...)
	return t.hire(ctx, 100+t.rng.IntN(900))
}
