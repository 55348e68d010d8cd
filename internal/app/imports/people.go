package imports

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"baton/internal/app"
	"baton/internal/app/people"
	"baton/internal/importer"
	"baton/internal/store"
	"baton/internal/work"
)

// personNoun makes people of rows. Somebody who is there already, by address
// or by name, is not made again: the file fills in what is empty.
type personNoun struct {
	all []work.Person // whom the actor knows
}

func newPersonNoun(ctx context.Context, tx *app.Tx) (*personNoun, error) {
	all, err := tx.People(ctx, tx.Me.Person)
	return &personNoun{all}, err
}

func (n *personNoun) made() []work.AreaID { return nil }

// People come in hundreds at most; they are looked up one by one.
func (n *personNoun) look(context.Context, *app.Tx, []importer.Row) error        { return nil }
func (n *personNoun) lookBack(context.Context, *app.Tx, []store.StagedRow) error { return nil }
func (n *personNoun) flush(context.Context, *app.Tx) error                       { return nil }

func (n *personNoun) says(row *importer.Row) said { return describe(row.Person) }

func describe(p *work.Person) said {
	s := said{}
	s.put("name", p.Name)
	s.put("kind", string(p.Kind))
	s.put("email", strings.ToLower(p.Email))
	s.put("hours_per_week", number(p.Released))
	if p.HourCost != 0 {
		s.put("hourly_cost", strconv.FormatInt(int64(p.HourCost), 10))
	}
	skills := make([]string, len(p.Skills))
	for i, k := range p.Skills {
		skills[i] = fmt.Sprintf("%s:%d", k.Name, k.Level)
	}
	credentials := make([]string, len(p.Credentials))
	for i, c := range p.Credentials {
		credentials[i] = c.Name + " " + c.Until.String()
	}
	s.put("skills", long(strings.Join(skills, ", ")))
	s.put("wants_to_grow_in", long(strings.Join(p.Wishes, ", ")))
	s.put("interests", long(strings.Join(p.Interests, ", ")))
	s.put("credentials", long(strings.Join(credentials, ", ")))
	s.put("note", long(p.Note))
	return s
}

func (n *personNoun) find(ctx context.Context, tx *app.Tx, row *importer.Row) (there, error) {
	id, text, err := tx.PersonSource(ctx, tx.Me.Person, row.Key)
	if err != nil {
		return there{}, err
	}
	for i := range n.all {
		p := &n.all[i]
		switch {
		case id != 0:
			if p.ID != id {
				continue
			}
		case p.Email != "" && strings.EqualFold(p.Email, row.Person.Email), strings.EqualFold(p.Name, row.Person.Name):
		default:
			continue
		}
		return there{id: int64(p.ID), before: parseSaid(text), now: describe(p), thing: *p}, nil
	}
	return there{}, nil
}

func (n *personNoun) create(ctx context.Context, tx *app.Tx, _ work.ImportID, row *importer.Row) (int64, error) {
	p := row.Person
	made, err := people.New(ctx, tx, people.Fields{
		Name: &p.Name, Kind: &p.Kind, Email: &p.Email, Skills: &p.Skills, Interests: &p.Interests, Wishes: &p.Wishes,
		Credentials: &p.Credentials, HourCost: &p.HourCost, Released: &p.Released, Note: &p.Note,
	})
	if err != nil {
		return 0, err
	}
	n.all = append(n.all, made)
	return int64(made.ID), tx.SetPersonSource(ctx, made.ID, row.Key, n.says(row).String())
}

// wasPerson is a person before an import changed them, with where they came
// from.
type wasPerson struct {
	Person    work.Person
	Key, Said string
}

func (n *personNoun) update(ctx context.Context, tx *app.Tx, out there, row *importer.Row, take []string) (string, error) {
	was, p := out.thing.(work.Person), row.Person
	_, text, err := tx.PersonSource(ctx, tx.Me.Person, row.Key)
	if err != nil {
		return "", err
	}
	before := app.Kept(&wasPerson{was, row.Key, text})
	in := people.EditPerson{Person: was.ID, Fields: chosen(p, take)}
	if _, err := people.Edit.Within(ctx, tx, in); err != nil {
		return "", err
	}
	return before, tx.SetPersonSource(ctx, was.ID, row.Key, n.says(row).String())
}

// chosen are some fields of a person as a change.
func chosen(p *work.Person, take []string) (f people.Fields) {
	for _, field := range take {
		switch field {
		case "name":
			f.Name = &p.Name
		case "kind":
			f.Kind = &p.Kind
		case "email":
			f.Email = &p.Email
		case "hours_per_week":
			f.Released = &p.Released
		case "hourly_cost":
			f.HourCost = &p.HourCost
		case "skills":
			f.Skills = &p.Skills
		case "wants_to_grow_in":
			f.Wishes = &p.Wishes
		case "interests":
			f.Interests = &p.Interests
		case "credentials":
			f.Credentials = &p.Credentials
		case "note":
			f.Note = &p.Note
		}
	}
	return f
}

func (n *personNoun) back(ctx context.Context, tx *app.Tx, row *store.StagedRow) (store.RowVerdict, string, error) {
	p, err := tx.Person(ctx, work.PersonID(row.Target))
	if work.KindOf(err) == work.NotFound {
		return store.RowRemoved, "", nil // somebody was faster
	}
	if err != nil {
		return "", "", err
	}
	text, err := tx.PersonSaid(ctx, p.ID)
	if err != nil {
		return "", "", err
	}
	if changed := differing(parseSaid(text), describe(&p)); len(changed) > 0 {
		return store.RowKept, p.Name + " was changed since: " + strings.Join(changed, ", ") + ".", nil
	}
	if row.Verdict == store.RowCreated {
		return n.remove(ctx, tx, &p)
	}
	var was wasPerson
	if err := json.Unmarshal([]byte(row.Body), &was); err != nil {
		return "", "", err
	}
	in := people.EditPerson{Person: p.ID, Fields: chosen(&was.Person, fields)}
	if _, err := people.Edit.Within(ctx, tx, in); err != nil {
		return "", "", err
	}
	if was.Said == "" {
		was.Key = ""
	}
	return store.RowRestored, "", tx.SetPersonSource(ctx, p.ID, was.Key, was.Said)
}

// remove takes a person away whom nothing refers to.
func (n *personNoun) remove(ctx context.Context, tx *app.Tx, p *work.Person) (store.RowVerdict, string, error) {
	if len(p.Absences) > 0 || p.StandIn != 0 || !p.LeftOn.IsZero() {
		return store.RowKept, p.Name + " was changed since.", nil
	}
	_, err := tx.Member(ctx, p.ID)
	if err == nil {
		return store.RowKept, p.Name + " is a member now.", nil
	}
	if work.KindOf(err) != work.NotFound {
		return "", "", err
	}
	given, err := tx.Delegations(ctx, store.DelegationFilter{Party: p.ID, Limit: 1})
	if err != nil {
		return "", "", err
	}
	if len(given) > 0 {
		return store.RowKept, p.Name + " is part of a delegation.", nil
	}
	return store.RowRemoved, "", tx.RemovePerson(ctx, p.ID)
}
