// Package people holds the operations on people: who there is, what they can
// do, want and cost, when they are away, and what happens when they leave.
package people

import (
	"context"
	"slices"

	"baton/internal/app"
	"baton/internal/ical"
	"baton/internal/store"
	"baton/internal/work"
)

// Operations lists what can be done with people.
func Operations() []app.Operation {
	return []app.Operation{Everybody, Show, Add, Edit}
}

// A Person as a member sees them. What is recorded about somebody, they see.
type Person struct {
	ID          work.PersonID     `json:"id"`
	Name        string            `json:"name" doc:"What they are called"`
	Kind        work.PersonKind   `json:"kind" doc:"teammate, provider, family or agent"`
	Email       string            `json:"email,omitempty"`
	Private     bool              `json:"private" doc:"Only you know of them"`
	Member      bool              `json:"member" doc:"Has an account here"`
	Accountable work.PersonID     `json:"accountable,omitempty" doc:"The member who answers for an agent"`
	Skills      []work.Skill      `json:"skills,omitempty" doc:"With levels 1 to 5"`
	Interests   []string          `json:"interests,omitempty" doc:"What interests them"`
	Wishes      []string          `json:"wants_to_grow_in,omitempty" doc:"What they want to learn"`
	Credentials []work.Credential `json:"credentials,omitempty" doc:"Licences and certificates"`
	Absences    []work.Absence    `json:"absences,omitempty" doc:"When they are away; never why"`
	StandIn     work.PersonID     `json:"stand_in,omitempty" doc:"Who answers while they are away"`
	HourCost    work.Money        `json:"hourly_cost,omitempty" doc:"Minor units"`
	Currency    string            `json:"currency" doc:"ISO 4217; of what an hour costs"`
	Released    work.Minutes      `json:"released" doc:"Free minutes a week offered for tasks of others"`
	Stretch     *int              `json:"stretch_tasks,omitempty" doc:"How many tasks beyond what they can do now they take at a time; absent: as the workspace says"`
	Carried     work.Minutes      `json:"carried" doc:"Minutes a week of delegations they carry now"`
	Zone        string            `json:"zone,omitempty"`
	Note        string            `json:"note,omitempty" doc:"They read it, too"`
	LeftOn      ical.Date         `json:"left_on,omitzero" doc:"The day they left"`
	Version     int64             `json:"version"`
}

func view(tx *app.Tx, p *work.Person, member bool, carried work.Minutes) Person {
	return Person{
		ID: p.ID, Name: p.Name, Kind: p.Kind, Email: p.Email, Private: p.Owner != 0, Member: member, Accountable: p.Accountable,
		Skills: p.Skills, Interests: p.Interests, Wishes: p.Wishes, Credentials: p.Credentials, Absences: p.Absences, StandIn: p.StandIn,
		HourCost: p.HourCost, Currency: tx.Workspace().Currency, Released: p.Released, Stretch: p.Stretch, Carried: carried, Zone: p.Zone, Note: p.Note, LeftOn: p.LeftOn, Version: p.Version,
	}
}

// Everybody lists the people the actor knows of.
var Everybody = app.Read(app.Describe{
	Name: "person.list", Method: "GET", Path: "people", Who: app.AnyMember, Summary: "List the people you can delegate to.",
}, func(ctx context.Context, tx *app.Tx, in app.Page) (app.List[Person], error) {
	var out app.List[Person]
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	all, err := tx.People(ctx, tx.Me.Person)
	if err != nil {
		return out, err
	}
	members, err := tx.Members(ctx)
	if err != nil {
		return out, err
	}
	loads, err := tx.Loads(ctx, tx.Today())
	if err != nil {
		return out, err
	}
	list := make([]Person, len(all))
	for i := range all {
		isMember := slices.ContainsFunc(members, func(m work.Member) bool { return m.Person == all[i].ID })
		list[i] = view(tx, &all[i], isMember, loads[all[i].ID])
	}
	return app.Cut(list, in, func(p Person) string { return app.Key(p.Name, int64(p.ID)) })
})

// AskPerson names one person.
type AskPerson struct {
	Person work.PersonID `path:"person" json:"-"`
}

// Known returns a person the actor may know of; any other is not there.
func Known(ctx context.Context, tx *app.Tx, id work.PersonID) (work.Person, error) {
	if err := tx.MembersOnly(); err != nil {
		return work.Person{}, err
	}
	p, err := tx.Person(ctx, id)
	if err == nil && id != tx.Me.Person {
		err = mayKnow(ctx, tx, &p)
	}
	if err != nil {
		return work.Person{}, err
	}
	return p, nil
}

// mayKnow refuses a person who is private to another member, and one who only
// coaches: their clients find them beside what they show, and an owner can let
// them go. Who only coaches knows of nobody.
func mayKnow(ctx context.Context, tx *app.Tx, p *work.Person) error {
	m, err := tx.Member(ctx, p.ID)
	switch {
	case err != nil && work.KindOf(err) != work.NotFound:
		return err
	case tx.Me.Coach, !p.VisibleTo(tx.Me.Person), m.Coach && !tx.Me.Owner:
		return work.Errorf(work.NotFound, "There is no such person.")
	}
	return nil
}

// Carries is Known for somebody who is to carry something: not one who only
// coaches.
func Carries(ctx context.Context, tx *app.Tx, id work.PersonID) (work.Person, error) {
	p, err := Known(ctx, tx, id)
	if err != nil {
		return p, err
	}
	if m, err := tx.Member(ctx, id); err == nil && m.Coach {
		return p, work.Errorf(work.Conflict, "%s is here as a coach only, and carries nothing.", p.Name)
	}
	return p, nil
}

// KnownAt is Known, of a version that was seen.
func KnownAt(ctx context.Context, tx *app.Tx, id work.PersonID, seen app.Match) (work.Person, error) {
	p, err := Known(ctx, tx, id)
	if err == nil {
		err = tx.FreshAs(ctx, seen, p.Version, store.EventFilter{About: p.ID}, p.Name)
	}
	return p, err
}

// Show returns one person.
var Show = app.Read(app.Describe{
	Name: "person.show", Method: "GET", Path: "people/{person}", Who: app.AnyMember, Summary: "Look at a person.",
}, func(ctx context.Context, tx *app.Tx, in AskPerson) (Person, error) {
	p, err := Known(ctx, tx, in.Person)
	if err != nil {
		return Person{}, err
	}
	return viewOne(ctx, tx, &p)
})

func viewOne(ctx context.Context, tx *app.Tx, p *work.Person) (Person, error) {
	loads, err := tx.Loads(ctx, tx.Today(), p.ID)
	if err != nil {
		return Person{}, err
	}
	_, err = tx.Member(ctx, p.ID)
	isMember := err == nil
	if err != nil && work.KindOf(err) != work.NotFound {
		return Person{}, err
	}
	return view(tx, p, isMember, loads[p.ID]), nil
}

// Fields of a person. Absent fields stay as they are.
type Fields struct {
	Name        *string            `json:"name,omitempty" maxLength:"200" doc:"What they are called"`
	Kind        *work.PersonKind   `json:"kind,omitempty" enum:"teammate,provider,family,agent" doc:"An agent is software, and has somebody accountable"`
	Email       *string            `json:"email,omitempty" maxLength:"300" doc:"Where mail and links go"`
	Private     *bool              `json:"private,omitempty" doc:"Only you know of them; the default for providers and family"`
	Accountable *work.PersonID     `json:"accountable,omitempty" doc:"The member who answers for an agent"`
	Skills      *[]work.Skill      `json:"skills,omitempty" doc:"With levels 1 to 5"`
	Interests   *[]string          `json:"interests,omitempty" doc:"What interests them"`
	Wishes      *[]string          `json:"wants_to_grow_in,omitempty" doc:"What they want to learn"`
	Credentials *[]work.Credential `json:"credentials,omitempty" doc:"Licences and certificates"`
	Absences    *[]work.Absence    `json:"absences,omitempty" doc:"All of them: what is left out is taken away"`
	StandIn     *work.PersonID     `json:"stand_in,omitempty" doc:"Who answers while they are away"`
	HourCost    *work.Money        `json:"hourly_cost,omitempty" doc:"Minor units"`
	Released    *work.Minutes      `json:"released,omitempty" doc:"Free minutes a week offered for tasks of others"`
	Stretch     *int               `json:"stretch_tasks,omitempty" minimum:"-1" maximum:"20" doc:"How many tasks beyond what they can do now they take at a time; -1: as the workspace says"`
	Zone        *string            `json:"zone,omitempty" doc:"A time zone, like America/Chicago"`
	Note        *string            `json:"note,omitempty" maxLength:"5000" doc:"They read it, too"`
}

// AsUsual stands for as many stretch tasks as are usual in the workspace.
const AsUsual = -1

// Apply lays the fields over a person.
func (f Fields) Apply(ctx context.Context, tx *app.Tx, p *work.Person) error {
	set(&p.Name, f.Name)
	set(&p.Kind, f.Kind)
	set(&p.Email, f.Email)
	set(&p.Accountable, f.Accountable)
	set(&p.Skills, f.Skills)
	set(&p.Interests, f.Interests)
	set(&p.Wishes, f.Wishes)
	set(&p.Credentials, f.Credentials)
	set(&p.Absences, f.Absences)
	set(&p.StandIn, f.StandIn)
	set(&p.HourCost, f.HourCost)
	set(&p.Released, f.Released)
	if f.Stretch != nil {
		if p.Stretch = f.Stretch; *f.Stretch == AsUsual {
			p.Stretch = nil
		}
	}
	set(&p.Zone, f.Zone)
	set(&p.Note, f.Note)
	if f.Private != nil {
		p.Owner = 0
		if *f.Private {
			p.Owner = tx.Me.Person
		}
	}
	for _, other := range []work.PersonID{p.StandIn, p.Accountable} {
		if other == 0 {
			continue
		}
		if other == p.ID {
			return work.FieldError("stand_in", "Nobody stands in for themselves.")
		}
		if _, err := Carries(ctx, tx, other); err != nil {
			return err
		}
	}
	p.Name = work.OneLine(p.Name)
	return p.Validate()
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// Add writes down a person who can carry tasks.
var Add = app.Write(app.Describe{
	Name: "person.add", Method: "POST", Path: "people", Who: app.AnyMember, Undo: "undo", Summary: "Add a person who can carry tasks.",
}, func(ctx context.Context, tx *app.Tx, in Fields) (Person, error) {
	if err := tx.MembersOnly(); err != nil {
		return Person{}, err
	}
	p, err := New(ctx, tx, in)
	if err != nil {
		return Person{}, err
	}
	return viewOne(ctx, tx, &p)
})

// New writes down a person with the defaults of their kind.
func New(ctx context.Context, tx *app.Tx, in Fields) (work.Person, error) {
	p := work.Person{Kind: work.Teammate}
	set(&p.Kind, in.Kind)
	if in.Private == nil && (p.Kind == work.Provider || p.Kind == work.Family) {
		p.Owner = tx.Me.Person
	}
	if p.Kind == work.Agent && in.Accountable == nil {
		p.Accountable = tx.Me.Person
	}
	if err := in.Apply(ctx, tx, &p); err != nil {
		return p, err
	}
	if err := tx.AddPerson(ctx, &p); err != nil {
		return p, err
	}
	return p, changed(ctx, tx, PersonAdded, nil, &p)
}

// What can happen to a person.
const (
	PersonAdded  work.EventKind = "person_added"
	PersonEdited work.EventKind = "person_edited"
	PersonLeft   work.EventKind = "person_left"
)

// EditPerson changes fields of a person.
type EditPerson struct {
	Person  work.PersonID `path:"person" json:"-"`
	IfMatch app.Match     `header:"If-Match" json:"-"`
	Fields
}

// Edit changes a person. Members change shared people and their own private
// ones; what somebody wants and when they are away, they also say themselves.
var Edit = app.Write(app.Describe{
	Name: "person.edit", Method: "PATCH", Path: "people/{person}", Who: app.AnyMember, Undo: "undo", Summary: "Change a person.",
}, func(ctx context.Context, tx *app.Tx, in EditPerson) (Person, error) {
	p, err := KnownAt(ctx, tx, in.Person, in.IfMatch)
	if err != nil {
		return Person{}, err
	}
	before := p
	if err := in.Apply(ctx, tx, &p); err != nil {
		return Person{}, err
	}
	if p.Kind == work.Agent && before.Kind != work.Agent {
		if err := withinCap(ctx, tx, &p); err != nil {
			return Person{}, err
		}
	}
	if err := tx.SavePerson(ctx, &p); err != nil {
		return Person{}, err
	}
	if err := changed(ctx, tx, PersonEdited, &before, &p); err != nil {
		return Person{}, err
	}
	return viewOne(ctx, tx, &p)
})

// withinCap refuses to call somebody software who decides more than software
// may.
func withinCap(ctx context.Context, tx *app.Tx, p *work.Person) error {
	going, err := tx.Delegations(ctx, store.DelegationFilter{Receiver: p.ID, Going: true})
	for _, d := range going {
		if d.Terms.Authority.Level > work.AgentCap {
			return work.FieldError("kind", "%s decides something at level %d, and software decides at level %d at most; agree on a lower level first.",
				p.Name, d.Terms.Authority.Level, work.AgentCap)
		}
	}
	return err
}

// written are the skills whose level a card did not say before, so that whoever
// it is about sees who wrote it.
func written(before, p *work.Person) (out []work.Skill) {
	for _, s := range p.Skills {
		if before == nil || before.SkillLevel(s.Name) != s.Level {
			out = append(out, s)
		}
	}
	return out
}

func changed(ctx context.Context, tx *app.Tx, kind work.EventKind, before, p *work.Person) error {
	if err := tx.Happened(ctx, work.Event{Kind: kind, Person: p.ID, Detail: work.Detail{Name: p.Name, Skills: written(before, p)}}); err != nil {
		return err
	}
	return tx.Undoable(ctx, "person", int64(p.ID), p.Version, app.Kept(before))
}
