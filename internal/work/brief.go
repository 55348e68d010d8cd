package work

import (
	"fmt"
	"strings"
	"time"

	"baton/internal/ical"
)

// A Brief says what is expected.
type Brief struct {
	Outcome      string   `json:"outcome" doc:"What will be true when it is done"`
	Why          string   `json:"why,omitempty" doc:"What it is for"`
	WhyYou       string   `json:"why_you,omitempty" doc:"Why this person"`
	Success      []string `json:"success,omitempty" doc:"How both will know: a checklist"`
	Minimum      string   `json:"minimum,omitempty" doc:"The least that will do"`
	Resources    []string `json:"resources,omitempty"`
	Instructions []string `json:"instructions,omitempty" doc:"How it must be done, where that matters"`
	AskBefore    []string `json:"ask_before,omitempty" doc:"Sentences for limits that software cannot check"`
	Parts        []Part   `json:"parts,omitempty" doc:"Deliveries on the way, each with its own date"`
	Reviewer     PersonID `json:"reviewer,omitempty" doc:"Who looks at the delivery; the giver unless said"`
}

// A Part is a delivery on the way.
type Part struct {
	Name string   `json:"name"`
	Due  ical.Due `json:"due,omitzero"`
}

// Terms are what two people agree on. A version never changes once written.
type Terms struct {
	Version   int       `json:"version,omitempty" doc:"Baton counts them"`
	By        PersonID  `json:"by,omitempty" doc:"Baton says who wrote them"`
	At        time.Time `json:"at,omitzero" doc:"Baton says when"`
	Brief     Brief     `json:"brief"`
	Authority Authority `json:"authority"`
	Price     Money     `json:"price,omitempty" doc:"Minor units"`
	Per       PricePer  `json:"per,omitempty" doc:"What the price is for: occurrence, whole or hour"`
	Effort    Minutes   `json:"effort,omitempty" doc:"Minutes of work, per occurrence if it recurs"`
	Support   Minutes   `json:"support,omitempty" doc:"Minutes a week the giver sets aside to help"`
	Due       ical.Due  `json:"due,omitzero"`
	Rule      ical.Rule `json:"rule,omitzero" doc:"RRULE of a standing delegation"`
	CheckIn   ical.Rule `json:"check_in,omitzero" doc:"RRULE of the check-ins; none when empty"`
	Notice    int       `json:"notice_days,omitempty" doc:"Days of notice to end a standing delegation"`
	Intention int       `json:"intention_days,omitempty" doc:"Working days of notice of an intention; 1 unless said"`
	Review    int       `json:"review_months,omitempty" doc:"Months between looks back of a standing delegation; 3 unless said, none for an assignment"`
	Path      []Step    `json:"path,omitempty" doc:"The way to more authority; steps that are not above the level lead nowhere"`
}

// A PricePer says what a price is paid for.
type PricePer string

// What a price can be for.
const (
	PerOccurrence PricePer = "occurrence"
	PerWhole      PricePer = "whole"
	PerHour       PricePer = "hour"
)

// A Step of the path: "5 after two good rounds".
type Step struct {
	Level  Level `json:"level" minimum:"1" maximum:"7"`
	Rounds int   `json:"rounds" minimum:"1" doc:"Good rounds before it"`
}

// Validate reports what makes the terms impossible, by field. What merely
// makes them poor is CheckBrief's to say.
func (t *Terms) Validate() error {
	switch {
	case t.Authority.Level < Tell || t.Authority.Level > Autonomous:
		return FieldError("authority.level", "A level of authority is a number from 1 to 7.")
	case t.Price.beyond():
		return FieldError("price", "A price is between 0 and %d minor units.", MostMoney)
	case t.Price > 0 && t.Per != PerOccurrence && t.Per != PerWhole && t.Per != PerHour:
		return FieldError("per", "Say what the price is for: occurrence, whole or hour.")
	case t.Effort < 0 || t.Effort > 100_000:
		return FieldError("effort", "Effort is in minutes, from 0 to 100,000.")
	case t.Support < 0 || t.Support > 2400:
		return FieldError("support", "Support is in minutes a week, from 0 to 2,400.")
	case t.Notice < 0 || t.Notice > 365:
		return FieldError("notice_days", "Notice is between 0 and 365 days.")
	case t.Review < 0 || t.Review > 24:
		return FieldError("review_months", "The time between looks back is between 1 and 24 months.")
	case t.Intention < 0 || t.Intention > 30:
		return FieldError("intention_days", "The notice of an intention is between 1 and 30 working days.")
	}
	seen := map[string]bool{}
	for _, p := range t.Brief.Parts {
		name := strings.ToLower(strings.TrimSpace(p.Name))
		if name == "" || seen[name] {
			return FieldError("brief.parts", "Each part needs a name of its own.")
		}
		seen[name] = true
	}
	for _, l := range []*Money{t.Authority.Limits.PerDecision, t.Authority.Limits.Total} {
		if l != nil && l.beyond() {
			return FieldError("authority.limits", "A limit of money is between 0 and %d minor units.", MostMoney)
		}
	}
	if m := t.Authority.Limits.Hours; m != nil && (*m < 0 || *m > MostMinutes) {
		return FieldError("authority.limits.minutes", "A limit of time is between 0 and %d minutes.", MostMinutes)
	}
	return nil
}

// Ahead is what of the path leads to more than the level. What is behind stays
// in terms that were agreed: it leads on again when the level goes down.
func (t *Terms) Ahead() []Step {
	var path []Step
	for _, step := range t.Path {
		if step.Level > t.Authority.Level {
			path = append(path, step)
		}
	}
	return path
}

// ofArea refuses what terms of a decision area cannot hold: nothing in it falls
// due, and nothing is delivered.
func (t *Terms) ofArea() error {
	switch {
	case !t.Rule.IsZero():
		return FieldError("rule", "A decision area has no turns; leave the rhythm empty. Check-ins have their own.")
	case !t.Due.IsZero():
		return FieldError("due", "A decision area is never due; limit the authority by a last day instead.")
	case t.Effort != 0:
		return FieldError("effort", "A decision area has no effort of its own; leave it empty.")
	case len(t.Brief.Parts) > 0:
		return FieldError("brief.parts", "A decision area has no parts to deliver.")
	case t.Price > 0 && t.Per != PerHour:
		return FieldError("per", "Nothing is delivered in a decision area; a price is for the hour.")
	}
	return nil
}

// Standing reports whether the terms are of a standing delegation.
func (t *Terms) Standing() bool { return !t.Rule.IsZero() }

// reviewEvery is how many months lie between looks back; 0 is never.
func (t *Terms) reviewEvery(kind DelegationKind) int {
	if t.Review == 0 && kind == Strategic {
		return 3
	}
	return t.Review
}

// LookBackWords says how often both sides look back while standing work goes
// on; "" for never.
func (t *Terms) LookBackWords(kind DelegationKind) string {
	switch months := t.reviewEvery(kind); {
	case !t.Standing() || months == 0:
		return ""
	case months == 1:
		return "every month"
	default:
		return fmt.Sprintf("every %d months", months)
	}
}

// Weekly returns the minutes a week the terms ask of the receiver.
func (t *Terms) Weekly(today ical.Date) Minutes {
	line := Task{State: TaskOpen, Effort: t.Effort, Rule: t.Rule, Due: t.Due}
	return line.Weekly(today)
}
