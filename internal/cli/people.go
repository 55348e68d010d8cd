package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/work"
)

// json answers with a value as JSON.
func (s *session) json(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	_, err = fmt.Fprintln(s.Out, string(b))
	return err
}

func parseSkills(typed []string) ([]work.Skill, error) {
	var out []work.Skill
	for _, t := range typed {
		name, level, ok := strings.Cut(t, ":")
		n, err := strconv.Atoi(level)
		if !ok {
			n, err = 3, nil
		}
		if err != nil {
			return nil, work.Errorf(work.Invalid, "%q is not a skill; write it like scheduling:4.", t)
		}
		out = append(out, work.Skill{Name: strings.TrimSpace(name), Level: n})
	}
	return out, nil
}

type peopleCmd struct {
	List   peopleListCmd   `cmd:"" default:"" help:"List them."`
	Show   peopleShowCmd   `cmd:"" help:"Look at one."`
	Add    peopleAddCmd    `cmd:"" help:"Add a person."`
	Import peopleImportCmd `cmd:"" help:"Import people from a CSV file."`
	Edit   peopleEditCmd   `cmd:"" help:"Change a person."`
	Away   peopleAwayCmd   `cmd:"" help:"Say when somebody is away."`
	Invite peopleInviteCmd `cmd:"" help:"Give a person an account here."`
	Leave  peopleLeaveCmd  `cmd:"" help:"Somebody leaves: offer again what they gave and carried, or end it."`
}

type peopleListCmd struct{}

// Run lists people.
func (c *peopleListCmd) Run(s *session) error {
	return list(s, "people", nil, func(all []people.Person) {
		var rows [][]string
		for _, p := range all {
			skills := make([]string, len(p.Skills))
			for i, k := range p.Skills {
				skills[i] = fmt.Sprintf("%s:%d", k.Name, k.Level)
			}
			rows = append(rows, []string{fmt.Sprint(p.ID), p.Name, string(p.Kind), work.HoursWords(p.Released), strings.Join(skills, ", ")})
		}
		s.table("ID Name Kind Free Skills", rows)
	})
}

type peopleShowCmd struct {
	Person string `arg:"" help:"Number or name."`
}

// Run shows a person.
func (c *peopleShowCmd) Run(s *session) error {
	id, err := s.person(c.Person)
	if err != nil {
		return err
	}
	return show(s, http.MethodGet, fmt.Sprintf("people/%d", id), nil, nil, func(p people.Person) {
		s.printf("%d  %s  (%s, %s free a week)\n", p.ID, p.Name, p.Kind, work.HoursWords(p.Released))
		for _, k := range p.Skills {
			s.printf("     skill %s:%d\n", k.Name, k.Level)
		}
		for _, line := range [][2]string{
			{"", stretchSaid(p)}, {"wants to grow in ", strings.Join(p.Wishes, ", ")}, {"interested in ", strings.Join(p.Interests, ", ")}, {"", p.Email}, {"", p.Note},
		} {
			if line[1] != "" {
				s.printf("     %s%s\n", line[0], line[1])
			}
		}
		for _, a := range p.Absences {
			s.printf("     away %s to %s\n", a.From, a.To)
		}
	})
}

// stretchSaid says how many stretch tasks somebody takes at a time, where they
// say.
func stretchSaid(p people.Person) string {
	if p.Stretch == nil {
		return ""
	}
	return fmt.Sprintf("takes %s at a time", plural(*p.Stretch, "stretch task"))
}

// personFlags are the fields of a person as flags.
type personFlags struct {
	Kind         *string  `help:"teammate, provider, family or agent."`
	Email        *string  `help:"Mail address."`
	Hours        *float64 `help:"Free hours a week they offer."`
	StretchTasks *string  `help:"How many tasks beyond what they can do now they take at a time; usual for as many as the workspace says." placeholder:"N"`
	Cost         *int64   `help:"What an hour costs, in minor units."`
	Skill        []string `help:"A skill with its level, like scheduling:4." placeholder:"NAME:LEVEL"`
	Grow         []string `help:"What they want to grow in."`
	Interest     []string `help:"What interests them."`
	Credential   []string `help:"A licence or certificate."`
	StandIn      *string  `help:"Who answers while they are away." placeholder:"PERSON"`
	Private      *bool    `help:"Only you know of them." negatable:""`
	Note         *string  `help:"A note; they see it."`
}

func (f *personFlags) fields(s *session) (people.Fields, error) {
	in := people.Fields{Kind: (*work.PersonKind)(f.Kind), Email: f.Email, HourCost: (*work.Money)(f.Cost), Private: f.Private, Note: f.Note}
	if f.Hours != nil {
		m := work.Minutes(*f.Hours * 60)
		in.Released = &m
	}
	if f.StretchTasks != nil {
		n, err := strconv.Atoi(*f.StretchTasks)
		if *f.StretchTasks == "usual" {
			n, err = people.AsUsual, nil
		}
		if err != nil || n < people.AsUsual {
			return in, work.FieldError("stretch_tasks", "%q is no number of stretch tasks; write one, or usual.", *f.StretchTasks)
		}
		in.Stretch = &n
	}
	if len(f.Skill) > 0 {
		skills, err := parseSkills(f.Skill)
		if err != nil {
			return in, err
		}
		in.Skills = &skills
	}
	if len(f.Grow) > 0 {
		in.Wishes = &f.Grow
	}
	if len(f.Interest) > 0 {
		in.Interests = &f.Interest
	}
	if len(f.Credential) > 0 {
		var all []work.Credential
		for _, name := range f.Credential {
			all = append(all, work.Credential{Name: name})
		}
		in.Credentials = &all
	}
	if f.StandIn != nil {
		id, err := s.person(*f.StandIn)
		if err != nil {
			return in, err
		}
		p := work.PersonID(id)
		in.StandIn = &p
	}
	return in, nil
}

func (s *session) showPerson(method, path string, in any) error {
	return show(s, method, path, nil, in, func(p people.Person) {
		s.printf("%d  %s  (%s, %s free a week)\n", p.ID, p.Name, p.Kind, work.HoursWords(p.Released))
	})
}

type peopleAddCmd struct {
	Name string `arg:""`
	personFlags
}

// Run adds a person.
func (c *peopleAddCmd) Run(s *session) error {
	in, err := c.fields(s)
	if err != nil {
		return err
	}
	in.Name = &c.Name
	return s.showPerson(http.MethodPost, "people", in)
}

type peopleEditCmd struct {
	Person string  `arg:"" help:"Number or name."`
	Name   *string `help:"New name."`
	personFlags
}

// Run changes a person.
func (c *peopleEditCmd) Run(s *session) error {
	id, err := s.person(c.Person)
	if err != nil {
		return err
	}
	in, err := c.fields(s)
	if err != nil {
		return err
	}
	in.Name = c.Name
	return s.showPerson(http.MethodPatch, fmt.Sprintf("people/%d", id), in)
}

type peopleAwayCmd struct {
	Person  string  `arg:"" help:"Number or name."`
	From    string  `arg:"" optional:"" help:"First day, like 2026-12-05; without one, see when they are away."`
	To      string  `arg:"" optional:"" help:"Last day; the first unless said."`
	StandIn *string `help:"Who answers meanwhile." placeholder:"PERSON"`
	Back    bool    `help:"They are back, or will not be away: take all their absences away."`
}

// Run says when somebody is away, or shows what is known of it.
func (c *peopleAwayCmd) Run(s *session) error {
	if c.Back && (c.From != "" || c.StandIn != nil) {
		return usageError{errors.New("say when they are away, or --back; not both")}
	}
	id, err := s.person(c.Person)
	if err != nil {
		return err
	}
	path := fmt.Sprintf("people/%d", id)
	if c.From == "" && !c.Back && c.StandIn == nil {
		return show(s, http.MethodGet, path, nil, nil, s.printAbsences)
	}
	absences := []work.Absence{}
	if c.From != "" {
		if c.To == "" {
			c.To = c.From
		}
		var a work.Absence
		if a.From, err = ical.ParseDate(c.From); err == nil {
			a.To, err = ical.ParseDate(c.To)
		}
		if err != nil {
			return work.Errorf(work.Invalid, "%s.", err)
		}
		absences = append(absences, a)
	}
	in, err := (&personFlags{StandIn: c.StandIn}).fields(s)
	if err != nil {
		return err
	}
	if len(absences) > 0 {
		var p people.Person
		if err := s.get(path, &p); err != nil {
			return err
		}
		absences = beside(p.Absences, absences[0])
	}
	if c.From != "" || c.Back {
		in.Absences = &absences
	}
	return show(s, http.MethodPatch, path, nil, in, s.printAbsences)
}

// beside puts an absence beside those there are, by their days; those it
// overlaps make way for it.
func beside(there []work.Absence, one work.Absence) []work.Absence {
	stay := slices.DeleteFunc(slices.Clone(there), func(a work.Absence) bool {
		return a.From.Compare(one.To) <= 0 && one.From.Compare(a.To) <= 0
	})
	stay = append(stay, one)
	slices.SortFunc(stay, func(a, b work.Absence) int { return a.From.Compare(b.From) })
	return stay
}

// printAbsences says when somebody is away.
func (s *session) printAbsences(p people.Person) {
	if len(p.Absences) == 0 {
		s.printf("%s is here.\n", p.Name)
	}
	day := func(d ical.Date) string { return d.In(time.UTC).Format("2 January 2006") }
	for _, a := range p.Absences {
		s.printf("%s is away from %s until %s.\n", p.Name, day(a.From), day(a.To))
	}
}

type peopleInviteCmd struct {
	Person string `arg:"" help:"Number or name."`
	Email  string `help:"Their recorded address unless said."`
	Owner  bool   `help:"They run the workspace too."`
}

// Run makes a person a member.
func (c *peopleInviteCmd) Run(s *session) error {
	id, err := s.person(c.Person)
	if err != nil {
		return err
	}
	return show(s, http.MethodPost, fmt.Sprintf("people/%d/membership", id), nil, workspaces.InvitePerson{Email: c.Email, Owner: c.Owner}, func(v workspaces.Invited) {
		s.printf("%s is a member. Signs them in once: %s\n", v.Person.Name, v.URL)
	})
}

type peopleLeaveCmd struct {
	Person    string `arg:"" help:"Number or name."`
	Successor string `help:"Who is offered what they gave and carried." placeholder:"PERSON"`
	Note      string `help:"A hand-over note."`
}

// Run lets somebody leave.
func (c *peopleLeaveCmd) Run(s *session) error {
	id, err := s.person(c.Person)
	if err != nil {
		return err
	}
	in := delegations.LeaveNow{Note: c.Note}
	if c.Successor != "" {
		successor, err := s.person(c.Successor)
		if err != nil {
			return err
		}
		in.Successor = work.PersonID(successor)
	}
	return show(s, http.MethodPost, fmt.Sprintf("people/%d/departure", id), nil, in, func(v delegations.Left) {
		s.printf("%s left. %d offered again, %d ended.\n", v.Person.Name, len(v.Offered), len(v.Ended))
	})
}
