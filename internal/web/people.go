package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/growth"
	"baton/internal/app/people"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/work"
)

// peoplePages registers the people somebody can delegate to.
func (s *server) peoplePages() {
	s.member("GET /people", (*visit).peoplePage)
	s.member("GET /people/new", (*visit).newPersonPage)
	s.member("POST /people", (*visit).addPerson)
	s.member("GET /people/{person}", (*visit).personPage)
	s.member("POST /people/{person}", (*visit).editPerson)
	s.member("POST /people/{person}/membership", (*visit).invite)
	s.member("POST /people/{person}/departure", (*visit).leaves)
}

func (v *visit) everybody() ([]people.Person, error) {
	list, err := do(v, people.Everybody, app.Whole)
	// By name: people are never ranked.
	slices.SortStableFunc(list.Items, func(a, b people.Person) int {
		return cmp.Or(cmp.Compare(gone(a), gone(b)), cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)))
	})
	return list.Items, err
}

func gone(p people.Person) int {
	if p.LeftOn.IsZero() {
		return 0
	}
	return 1
}

func (v *visit) peoplePage() error {
	all, err := v.everybody()
	if err != nil {
		return err
	}
	return v.show("People", "people", peopleView(v, all))
}

// A personSheet is what the page of a person shows.
type personSheet struct {
	Person people.Person // zero for a new one
	Others []people.Person
	Form   *form
	Clash  *clash
	Link   string // a sign-in link just made, shown this once
	Record bool   // there is a growth record the reader may see
}

func (v *visit) personSheet(f *form) (personSheet, error) {
	var s personSheet
	person, err := number[work.PersonID](v, "person")
	if err != nil {
		return s, err
	}
	if s.Person, err = do(v, people.Show, people.AskPerson{Person: person}); err != nil {
		return s, err
	}
	all, err := v.everybody()
	if err != nil {
		return s, err
	}
	s.Others = slices.DeleteFunc(all, func(p people.Person) bool { return p.ID == person || !p.LeftOn.IsZero() })
	if s.Form = f; f == nil {
		s.Form = v.personForm(s.Person)
	}
	switch _, err := do(v, growth.Show, growth.Ask{Person: person}); {
	case err == nil:
		s.Record = true
	case work.KindOf(err) != work.NotFound:
		return s, err
	}
	return s, nil
}

func (v *visit) personPage() error {
	s, err := v.personSheet(nil)
	if err != nil {
		return err
	}
	return v.show(s.Person.Name, "people", personView(v, s))
}

func (v *visit) newPersonPage() error {
	f := fields("kind", string(work.Teammate))
	return v.newPerson(http.StatusOK, f)
}

func (v *visit) newPerson(status int, f *form) error {
	all, err := v.everybody()
	if err != nil {
		return err
	}
	return v.showAs(status, "Add a person", "people", newPersonView(v, personSheet{Form: f, Others: all}))
}

// personFields are the fields of the form, by the names the domain gives them.
var personFields = []string{"name", "kind", "email", "private", "skills", "wishes", "interests", "credentials", "absences", "stand_in", "hours_per_week", "stretch_tasks", "hourly_cost", "note"}

var personLabels = map[string]string{
	"name": "Name", "kind": "What they are to you", "email": "Mail address", "private": "Private", "skills": "Skills", "wishes": "Wants to grow in",
	"interests": "Interests", "credentials": "Credentials", "absences": "Away", "stand_in": "Stand-in", "hours_per_week": "Hours released", "stretch_tasks": "Stretch tasks at a time",
	"hourly_cost": "An hour costs", "note": "Note",
}

func (v *visit) personForm(p people.Person) *form {
	absences := make([]string, len(p.Absences))
	for i, a := range p.Absences {
		absences[i] = a.From.String() + " to " + a.To.String()
	}
	credentials := make([]string, len(p.Credentials))
	for i, c := range p.Credentials {
		credentials[i] = c.Name
		if !c.Until.IsZero() {
			credentials[i] += " until " + c.Until.String()
		}
	}
	f := fields(
		"version", strconv.FormatInt(p.Version, 10), "name", p.Name, "kind", string(p.Kind), "email", p.Email, "skills", skillsField(p.Skills),
		"wishes", strings.Join(p.Wishes, ", "), "interests", strings.Join(p.Interests, ", "), "credentials", strings.Join(credentials, "\n"),
		"absences", strings.Join(absences, "\n"), "stand_in", personField(p.StandIn), "hours_per_week", hoursField(p.Released), "note", p.Note,
	)
	if p.Stretch != nil {
		f.Set("stretch_tasks", strconv.Itoa(*p.Stretch))
	}
	if p.HourCost > 0 {
		f.Set("hourly_cost", p.HourCost.Decimal(v.place.Workspace.Currency))
	}
	if p.Private {
		f.Set("private", "yes")
	}
	return f
}

func personField(id work.PersonID) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}

// readPerson reads the form into fields of a person.
func (v *visit) readPerson(f *form) (people.Fields, error) {
	kind, private := work.PersonKind(f.text("kind")), f.is("private")
	in := people.Fields{Name: f.ptr("name"), Kind: &kind, Email: f.ptr("email"), Private: &private, Note: f.ptr("note")}
	skills, err := readSkills(f, "skills", 3)
	if err != nil {
		return in, err
	}
	wishes, interests := f.list("wishes"), f.list("interests")
	in.Skills, in.Wishes, in.Interests = &skills, &wishes, &interests
	if in.Credentials, err = readCredentials(f); err != nil {
		return in, err
	}
	if in.Absences, err = readAbsences(f); err != nil {
		return in, err
	}
	standIn, err := id[work.PersonID](f, "stand_in")
	if err != nil {
		return in, err
	}
	released, err := hours(f, "hours_per_week")
	if err != nil {
		return in, err
	}
	in.StandIn, in.Released = &standIn, &released
	if in.Stretch, err = readStretch(f, people.AsUsual); err != nil {
		return in, err
	}
	in.HourCost, err = v.money(f, "hourly_cost")
	return in, err
}

// readStretch reads how many stretch tasks are taken at a time; empty is
// otherwise.
func readStretch(f *form, otherwise int) (*int, error) {
	text := f.text("stretch_tasks")
	if text == "" {
		return &otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || !work.StretchLimit(n) {
		return nil, work.FieldError("stretch_tasks", "Stretch tasks at a time are a whole number from 0 to %d.", work.MostStretch)
	}
	return &n, nil
}

// money reads an amount; none is nothing.
func (v *visit) money(f *form, name string) (*work.Money, error) {
	var amount work.Money
	if text := f.text(name); text != "" {
		var err error
		if amount, err = work.ParseMoney(text, v.place.Workspace.Currency); err != nil {
			return nil, work.FieldError(name, "%s", err.Error())
		}
	}
	return &amount, nil
}

// readCredentials reads lines like "RN licence until 2027-06-30".
func readCredentials(f *form) (*[]work.Credential, error) {
	out := []work.Credential{}
	for _, l := range f.lines("credentials") {
		name, until, dated := strings.Cut(l, " until ")
		c := work.Credential{Name: strings.TrimSpace(name)}
		if dated {
			var err error
			if c.Until, err = ical.ParseDate(strings.TrimSpace(until)); err != nil {
				return nil, work.FieldError("credentials", "“%s” has no date that is understood; write it like RN licence until 2027-06-30.", l)
			}
		}
		out = append(out, c)
	}
	return &out, nil
}

// readAbsences reads lines like "2026-07-06 to 2026-07-17".
func readAbsences(f *form) (*[]work.Absence, error) {
	out := []work.Absence{}
	for _, l := range f.lines("absences") {
		first, last, two := strings.Cut(l, " to ")
		if !two {
			last = first
		}
		from, err := ical.ParseDate(strings.TrimSpace(first))
		if err != nil {
			return nil, work.FieldError("absences", "“%s” has no days that are understood; write them like 2026-07-06 to 2026-07-17.", l)
		}
		until, err := ical.ParseDate(strings.TrimSpace(last))
		if err != nil {
			return nil, work.FieldError("absences", "“%s” has no days that are understood; write them like 2026-07-06 to 2026-07-17.", l)
		}
		out = append(out, work.Absence{From: from, To: until})
	}
	return &out, nil
}

func (v *visit) addPerson() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	in, err := v.readPerson(f)
	var p people.Person
	if err == nil {
		p, err = do(v, people.Add, in)
	}
	if f.refuse(err, personFields...) {
		return v.newPerson(http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return v.leave(v.to("/people"), toast{Text: p.Name + " is on your list.", Link: v.to("/people/%d", p.ID), Label: "Look"})
}

func (v *visit) editPerson() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	s, err := v.personSheet(f)
	if err != nil {
		return err
	}
	in, err := v.readPerson(f)
	if err == nil {
		_, err = do(v, people.Edit, people.EditPerson{Person: s.Person.ID, IfMatch: f.seen(), Fields: in})
	}
	if work.KindOf(err) == work.Stale {
		s.Clash = newClash(err, f, v.personForm(s.Person), personFields, personLabels, v.to("/people/%d", s.Person.ID))
		return v.showAs(http.StatusConflict, s.Person.Name, "people", personView(v, s))
	}
	if f.refuse(err, personFields...) {
		return v.showAs(http.StatusUnprocessableEntity, s.Person.Name, "people", personView(v, s))
	}
	if err != nil {
		return err
	}
	return v.leave(v.to("/people/%d", s.Person.ID), toast{Text: "Saved."})
}

// invite gives a person an account and shows the link that signs them in.
func (v *visit) invite() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	s, err := v.personSheet(nil)
	if err != nil {
		return err
	}
	made, err := do(v, workspaces.Invite, workspaces.InvitePerson{Person: s.Person.ID, Email: f.text("email"), Owner: f.is("owner")})
	if s.Form.refuse(err, "email") {
		return v.showAs(http.StatusUnprocessableEntity, s.Person.Name, "people", personView(v, s))
	}
	if err != nil {
		return err
	}
	s.Person, s.Link = made.Person, made.URL
	return v.show(s.Person.Name, "people", personView(v, s))
}

// leaves lets somebody leave.
func (v *visit) leaves() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	person, err := number[work.PersonID](v, "person")
	if err != nil {
		return err
	}
	successor, err := id[work.PersonID](f, "successor")
	if err != nil {
		return err
	}
	left, err := do(v, delegations.Leave, delegations.LeaveNow{Person: person, Successor: successor, Note: f.text("note")})
	return v.act(v.to("/people/%d", person), err, "%s left. %s offered again, %s ended.", left.Person.Name,
		plural(len(left.Offered), "hand-over", "hand-overs"), plural(len(left.Ended), "hand-over", "hand-overs"))
}

var personKindOptions = []option{
	{"teammate", "Teammate"}, {"provider", "Provider: paid, outside"}, {"family", "Family"}, {"agent", "Software, with you answering for it"},
}

// peopleOptions lists people for a choice, with a first entry for nobody.
func peopleOptions(all []people.Person, nobody string) []option {
	out := []option{{"", nobody}}
	for _, p := range all {
		out = append(out, option{personField(p.ID), p.Name})
	}
	return out
}

// awayWords says whether somebody is away, or soon will be.
func awayWords(v *visit, p people.Person) string {
	for _, a := range p.Absences {
		switch today := v.today(); {
		case a.From.Compare(today) <= 0 && a.To.Compare(today) >= 0:
			return "away until " + dayWords(a.To, today)
		case a.From.Compare(today) > 0 && ical.DaysBetween(today, a.From) <= 14:
			return "away from " + dayWords(a.From, today)
		}
	}
	return ""
}

// roomWords says what somebody can take on.
func roomWords(p people.Person) string {
	switch free := p.Released - p.Carried; {
	case p.Released == 0 && p.Carried == 0:
		return "no hours released"
	case free > 0:
		return hoursWords(free) + " a week free"
	case p.Released == 0:
		return "carries " + hoursWords(p.Carried) + " a week"
	default:
		return "full: carries " + hoursWords(p.Carried) + " of " + hoursWords(p.Released)
	}
}

// awayChip says of something whose clock stands still until when it does.
func awayChip(v *visit, until ical.Date) string {
	if until.IsZero() {
		return "away, the clock stands"
	}
	return "away until " + dayWords(until, v.today()) + ", the clock stands"
}
