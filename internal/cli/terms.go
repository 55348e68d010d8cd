package cli

import (
	"fmt"
	"strings"

	"baton/internal/app/delegations"
	"baton/internal/ical"
	"baton/internal/phrase"
	"baton/internal/work"
)

// termFlags are terms as flags. A flag that is not given leaves what the terms
// say.
type termFlags struct {
	Outcome     *string  `help:"What will be true when it is done." group:"terms"`
	Why         *string  `help:"What it is for." group:"terms"`
	WhyYou      *string  `help:"Why this person." group:"terms"`
	Success     []string `help:"How both will know; repeat for each." group:"terms" sep:"none"`
	Minimum     *string  `help:"The least that will do." group:"terms"`
	Resource    []string `help:"Something to use; repeat for each." group:"terms" sep:"none"`
	Instruction []string `help:"How it must be done; repeat for each." group:"terms" sep:"none"`
	AskBefore   []string `help:"A limit in words; repeat for each." group:"terms" sep:"none"`
	Part        []string `help:"A part with its date, like 'Draft: 12 dec'; repeat for each." group:"terms" sep:"none"`
	Level       *int     `help:"Authority, 1 (the giver decides) to 7 (the receiver decides)." group:"terms"`
	Limit       *string  `help:"Money one decision may spend; '' for no limit." group:"terms"`
	Total       *string  `help:"Money all decisions may spend; '' for no limit." group:"terms"`
	Hours       *string  `help:"Time all decisions may take, like 10h; '' for no limit." group:"terms"`
	Kinds       []string `help:"The only kinds of decision that go with it." group:"terms"`
	Until       *string  `help:"Last day of the authority; '' for no end." group:"terms"`
	Price       *string  `help:"Price, like 120 or '38 per hour'." group:"terms"`
	Effort      *string  `help:"Effort each time, like 90m or 1h30." group:"terms"`
	Help        *int64   `help:"Minutes a week you set aside to support." name:"support" group:"terms"`
	Due         *string  `help:"When it is due, in words." group:"terms"`
	Every       *string  `help:"A rhythm in words: every friday." group:"terms"`
	CheckIn     *string  `help:"Check-ins in words: every monday; none for no check-ins." group:"terms"`
	NoticeDays  *int     `help:"Days of notice to end it." group:"terms"`
	Intention   *int     `help:"Working days an intention waits for an objection." name:"intention-days" group:"terms"`
	Review      *int     `help:"Months between looks back." name:"review-months" group:"terms"`
	Reviewer    *string  `help:"Who looks at the delivery; the giver unless said." placeholder:"PERSON" group:"terms"`
	Path        []string `help:"The way to more authority, like '5 after 2'." group:"terms" sep:"none"`
}

// over lays the flags over terms of a delegation.
func (f *termFlags) over(s *session, d *delegations.Delegation, t *work.Terms) error {
	here := phrase.Context{Now: s.Now(), Zone: d.Zone}
	f.brief(&t.Brief)
	for _, step := range []func() error{
		func() error { return f.parts(t, here) },
		func() error { return f.authority(t, here, d.Currency) },
		func() error { return f.price(t, d.Currency) },
		func() error { return f.rhythm(t, here) },
		func() error { return f.path(t) },
		func() error { return f.people(s, t) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (f *termFlags) brief(b *work.Brief) {
	for _, p := range []struct{ to, from *string }{{&b.Outcome, f.Outcome}, {&b.Why, f.Why}, {&b.WhyYou, f.WhyYou}, {&b.Minimum, f.Minimum}} {
		if p.from != nil {
			*p.to = *p.from
		}
	}
	for _, p := range []struct {
		to   *[]string
		from []string
	}{{&b.Success, f.Success}, {&b.Resources, f.Resource}, {&b.Instructions, f.Instruction}, {&b.AskBefore, f.AskBefore}} {
		if len(p.from) > 0 {
			*p.to = p.from
		}
	}
}

func (f *termFlags) parts(t *work.Terms, here phrase.Context) error {
	if len(f.Part) == 0 {
		return nil
	}
	t.Brief.Parts = nil
	for _, typed := range f.Part {
		name, date, dated := strings.Cut(typed, ":")
		part := work.Part{Name: strings.TrimSpace(name)}
		if dated {
			due, err := phrase.Day(date, here)
			if err != nil {
				return work.Errorf(work.Invalid, "The part %q: %s.", name, err)
			}
			part.Due = due
		}
		t.Brief.Parts = append(t.Brief.Parts, part)
	}
	return nil
}

func (f *termFlags) authority(t *work.Terms, here phrase.Context, currency string) error {
	a := &t.Authority
	if f.Level != nil {
		a.Level = work.Level(*f.Level)
	}
	for _, m := range []struct {
		to   **work.Money
		from *string
	}{{&a.Limits.PerDecision, f.Limit}, {&a.Limits.Total, f.Total}} {
		if m.from == nil {
			continue
		}
		if *m.from == "" {
			*m.to = nil
			continue
		}
		amount, err := work.ParseMoney(*m.from, currency)
		if err != nil {
			return err
		}
		*m.to = &amount
	}
	if len(f.Kinds) > 0 {
		a.Limits.Kinds = f.Kinds
	}
	return f.span(&a.Limits, here)
}

// span sets the limits of time: hours in all, and the last day.
func (f *termFlags) span(l *work.Limits, here phrase.Context) error {
	if f.Hours != nil {
		l.Hours = nil
		if *f.Hours != "" {
			minutes, err := phrase.Effort(*f.Hours)
			if err != nil {
				return work.Errorf(work.Invalid, "--hours: %s.", err)
			}
			m := work.Minutes(minutes)
			l.Hours = &m
		}
	}
	if f.Until != nil {
		l.Until = ical.Date{}
		if *f.Until != "" {
			due, err := phrase.Day(*f.Until, here)
			if err != nil {
				return work.Errorf(work.Invalid, "--until: %s.", err)
			}
			l.Until = due.Date
		}
	}
	return nil
}

// people sets who has a part in it beside the two.
func (f *termFlags) people(s *session, t *work.Terms) error {
	if f.Reviewer == nil {
		return nil
	}
	t.Brief.Reviewer = 0
	if *f.Reviewer == "" {
		return nil
	}
	id, err := s.person(*f.Reviewer)
	t.Brief.Reviewer = work.PersonID(id)
	return err
}

func (f *termFlags) price(t *work.Terms, currency string) error {
	if f.Price == nil {
		return nil
	}
	amount, per, said := strings.Cut(*f.Price, " per ")
	t.Per = work.PerWhole
	if t.Standing() || f.Every != nil {
		t.Per = work.PerOccurrence
	}
	if said {
		t.Per = work.PricePer(map[string]string{"time": "occurrence"}[per])
		if t.Per == "" {
			t.Per = work.PricePer(per)
		}
	}
	var err error
	t.Price, err = work.ParseMoney(amount, currency)
	return err
}

func (f *termFlags) rhythm(t *work.Terms, here phrase.Context) error {
	if f.Effort != nil {
		m, err := phrase.Effort(*f.Effort)
		if err != nil {
			return work.Errorf(work.Invalid, "--effort: %s.", err)
		}
		t.Effort = work.Minutes(m)
	}
	if f.Help != nil {
		t.Support = work.Minutes(*f.Help)
	}
	for _, p := range []struct{ to, from *int }{{&t.Notice, f.NoticeDays}, {&t.Intention, f.Intention}, {&t.Review, f.Review}} {
		if p.from != nil {
			*p.to = *p.from
		}
	}
	if f.Every != nil {
		t.Rule, t.Due = ical.Rule{}, ical.Due{}
		if *f.Every != "" {
			when, err := phrase.Recur(*f.Every, here)
			if err != nil {
				return work.Errorf(work.Invalid, "--every: %s.", err)
			}
			t.Rule, t.Due = when.Rule, when.Due
		}
	}
	if f.CheckIn != nil {
		t.CheckIn = ical.Rule{}
		if *f.CheckIn != "none" {
			when, err := phrase.Recur(*f.CheckIn, here)
			if err != nil {
				return work.Errorf(work.Invalid, "--check-in: %s.", err)
			}
			t.CheckIn = when.Rule
		}
	}
	if f.Due == nil {
		return nil
	}
	t.Due = ical.Due{}
	if *f.Due == "" {
		return nil
	}
	var err error
	if t.Due, err = phrase.Day(*f.Due, here); err != nil {
		return work.Errorf(work.Invalid, "--due: %s.", err)
	}
	return nil
}

func (f *termFlags) path(t *work.Terms) error {
	if len(f.Path) == 0 {
		return nil
	}
	t.Path = nil
	for _, typed := range f.Path {
		var step work.Step
		if _, err := fmt.Sscanf(typed, "%d after %d", &step.Level, &step.Rounds); err != nil {
			return work.Errorf(work.Invalid, "%q is not a step of a path; write it like '5 after 2'.", typed)
		}
		if step.Level <= t.Authority.Level {
			return work.Errorf(work.Invalid, "A path leads to more authority; level %d is no more than the level %d it begins with.", step.Level, t.Authority.Level)
		}
		t.Path = append(t.Path, step)
	}
	return nil
}
