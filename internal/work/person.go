package work

import (
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"

	"baton/internal/ical"
)

// PersonKind says what somebody is to the workspace.
type PersonKind string

// The kinds of people.
const (
	Teammate PersonKind = "teammate"
	Provider PersonKind = "provider" // paid, outside
	Family   PersonKind = "family"
	Agent    PersonKind = "agent" // software, with an accountable member
)

// PersonKinds lists every kind, in the order pages show them.
var PersonKinds = []PersonKind{Teammate, Provider, Family, Agent}

// A Person is whoever can carry a task.
type Person struct {
	ID          PersonID
	Name        string
	Kind        PersonKind
	Email       string
	Owner       PersonID // the member it is private to; 0 when shared with the workspace
	Accountable PersonID // the member who answers for an agent
	Skills      []Skill
	Interests   []string
	Wishes      []string // what the person wants to grow in
	Credentials []Credential
	Absences    []Absence
	StandIn     PersonID // who answers while the person is away
	HourCost    Money    // what an hour of theirs costs the workspace
	Released    Minutes  // free minutes a week the person offers for tasks of others
	Zone        string   // IANA; "" means the workspace's
	Note        string   // about the person; shown to the person
	LeftOn      ical.Date
	Stretch     *int // stretch tasks they take at a time: beyond what they can do now; nil as the workspace says
	Version     int64
}

// StretchAtATime is how many stretch tasks people take at a time in a new
// workspace.
const StretchAtATime = 2

// MostStretch is the most stretch tasks at a time that can be said.
const MostStretch = 20

// StretchLimit reports whether a number of stretch tasks at a time can be.
func StretchLimit(n int) bool { return n >= 0 && n <= MostStretch }

// A Skill is something a person can do, and how well: 1 begins, 5 teaches it.
type Skill struct {
	Name  string `json:"name" doc:"What it is called"`
	Level int    `json:"level" doc:"1 to 5"`
}

// A Credential is a licence or certificate, valid until a day or for good.
type Credential struct {
	Name  string    `json:"name" doc:"What it is called"`
	Until ical.Date `json:"until,omitzero" doc:"The last day it holds"`
}

// An Absence is a span of days, both included. It has no cause.
type Absence struct {
	From ical.Date `json:"from" doc:"The first day"`
	To   ical.Date `json:"to" doc:"The last day"`
}

// SkillLevel returns the person's level in a skill, 0 when it is not recorded.
// Names compare without regard to case.
func (p *Person) SkillLevel(name string) int {
	for _, s := range p.Skills {
		if strings.EqualFold(s.Name, name) {
			return s.Level
		}
	}
	return 0
}

// Holds reports whether the person has a credential on a day.
func (p *Person) Holds(name string, on ical.Date) bool {
	return slices.ContainsFunc(p.Credentials, func(c Credential) bool {
		return strings.EqualFold(c.Name, name) && (c.Until.IsZero() || c.Until.Compare(on) >= 0)
	})
}

// AwayOn returns the absence that covers a day.
func (p *Person) AwayOn(day ical.Date) (Absence, bool) {
	for _, a := range p.Absences {
		if a.From.Compare(day) <= 0 && a.To.Compare(day) >= 0 {
			return a, true
		}
	}
	return Absence{}, false
}

// Gone reports whether the person has left by a day.
func (p *Person) Gone(day ical.Date) bool {
	return !p.LeftOn.IsZero() && p.LeftOn.Compare(day) <= 0
}

// VisibleTo reports whether a member may know of the person at all.
func (p *Person) VisibleTo(member PersonID) bool {
	return p.Owner == 0 || p.Owner == member || p.ID == member
}

// Validate reports what is wrong with the person, by field.
func (p *Person) Validate() error {
	switch {
	case strings.TrimSpace(p.Name) == "":
		return FieldError("name", "A person needs a name.")
	case !slices.Contains(PersonKinds, p.Kind):
		return FieldError("kind", "%q is not a kind of person; use teammate, provider, family or agent.", p.Kind)
	case p.Kind == Agent && p.Accountable == 0:
		return FieldError("accountable", "An agent needs a member who answers for it.")
	case p.Released < 0 || p.Released > 7*24*60:
		return FieldError("hours_per_week", "Hours a week are between 0 and 168.")
	case p.Stretch != nil && !StretchLimit(*p.Stretch):
		return FieldError("stretch_tasks", "Stretch tasks at a time are between 0 and %d.", MostStretch)
	case p.HourCost.beyond():
		return FieldError("hourly_cost", "What an hour costs is between 0 and %d minor units.", MostMoney)
	case p.Email != "" && !IsAddress(p.Email):
		return FieldError("email", "%q is not a mail address like imani@clinic.example.", p.Email)
	}
	for _, s := range p.Skills {
		if strings.TrimSpace(s.Name) == "" || s.Level < 1 || s.Level > 5 {
			return FieldError("skills", "A skill has a name and a level from 1 to 5, like scheduling:4.")
		}
	}
	for _, a := range p.Absences {
		if a.From.IsZero() || a.To.IsZero() || a.To.Compare(a.From) < 0 {
			return FieldError("absences", "An absence has a first day and a last day that is not before it.")
		}
	}
	return nil
}

// IsAddress reports whether a text is a bare mail address: no name beside it,
// no comment, nothing that could end a line of a mail's head.
func IsAddress(text string) bool {
	parsed, err := mail.ParseAddress(text)
	return err == nil && parsed.Address == text && !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) || r == '"' })
}

// A Member is a person with an account in the workspace, and what only they
// may see of themselves.
type Member struct {
	Person    PersonID
	Account   AccountID
	Owner     bool    // runs the workspace
	Coach     bool    // only coaches: no plate, no people, what clients show them
	Capacity  Minutes // what a week may hold
	HourPrice Money   // what an hour of theirs is worth to them
	Digest    bool    // wants one mail a day
	Urgent    bool    // wants mail at once for what cannot wait
	JoinedAt  time.Time
	Version   int64

	ReviewDay  int  // the weekday of their weekly review, 1 Monday … 7 Sunday; 0 for none
	ReviewHour int  // of that day, when they are reminded of it: 0 … 23
	ReviewMail bool // wants mail then
}

// An Area is work, home or the user's own.
type Area struct {
	ID        AreaID
	Name      string
	Owner     PersonID // the member it is private to; 0 when shared
	Version   int64
	ChangedBy PersonID // who changed it last; 0 nobody
}

// A FocusArea is what a member wants the freed hours for. Only they see it.
type FocusArea struct {
	ID      FocusAreaID
	Owner   PersonID
	Name    string
	Weekly  Minutes // what they would like to give it
	Version int64
}
