package cli

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"baton/internal/app/plans"
	"baton/internal/plan"
	"baton/internal/work"
)

type planCmd struct {
	Task      string   `arg:"" optional:"" help:"Explain this task only: what every choice is worth."`
	Grow      int      `help:"0 lighten my load … 100 grow my people." default:"50"`
	Pin       []string `help:"A task has to go to a person; me is a person." placeholder:"TASK=PERSON" sep:"none"`
	Forbid    []string `help:"A task may not go to a person." placeholder:"TASK=PERSON" sep:"none"`
	Was       string   `help:"The plan before, as --json had printed it: what it gave to somebody moves only where that is worth its price." placeholder:"FILE"`
	MovePrice *int64   `help:"What moving a task costs, in minutes of your week; 15 unless said." placeholder:"MINUTES"`
	Draft     []string `help:"Accept the proposal for a task: a draft nobody else sees." placeholder:"TASK" sep:"none"`
	DraftAll  bool     `help:"Accept every proposal that hands something over."`
	PassOn    []string `help:"Ask whoever carries a task whether it may be passed on, as proposed." placeholder:"TASK" sep:"none"`
}

// Run plans the plate, explains one task of it, or accepts proposals.
func (c *planCmd) Run(s *session) error {
	ask, err := c.asks(s)
	if err != nil {
		return err
	}
	if len(c.Draft) > 0 || c.DraftAll {
		return c.accept(s, ask.Frame())
	}
	if len(c.PassOn) > 0 {
		return c.passOn(s, ask.Frame())
	}
	q := ask.Query()
	if c.Task == "" {
		return show(s, http.MethodGet, "plan", q, nil, s.printPlan)
	}
	id, err := s.task(c.Task)
	if err != nil {
		return err
	}
	return show(s, http.MethodGet, fmt.Sprintf("plan/%d", id), q, nil, s.printExplanation)
}

// asks is what the flags ask of a plan.
func (c *planCmd) asks(s *session) (ask plans.AskPlan, err error) {
	if c.Grow < 0 || c.Grow > 100 {
		return ask, work.FieldError("grow", "The slider goes from 0, lighten my load, to 100, grow my people.")
	}
	ask.Grow = plans.At(c.Grow)
	if c.MovePrice != nil {
		ask.Price = plans.Of(work.Minutes(*c.MovePrice))
	}
	if ask.Pin, err = s.choices("--pin", c.Pin); err != nil {
		return ask, err
	}
	if ask.Forbid, err = s.choices("--forbid", c.Forbid); err != nil {
		return ask, err
	}
	ask.Was, err = s.planBefore(c.Was)
	return ask, err
}

// planBefore reads the plan before from what --json had printed; none without a
// file.
func (s *session) planBefore(file string) (plans.Choices, error) {
	if file == "" {
		return nil, nil
	}
	text, err := s.readAll(file)
	if err != nil {
		return nil, err
	}
	var said struct {
		AsWas *plans.Choices `json:"as_was"`
	}
	if err := json.Unmarshal(text, &said); err != nil || said.AsWas == nil {
		return nil, work.Errorf(work.Invalid, "%s is no plan: save one with “baton plan --json”.", file)
	}
	return *said.AsWas, nil
}

func (c *planCmd) accept(s *session, frame plans.Frame) error {
	in := plans.DraftPlan{Frame: frame, All: c.DraftAll}
	for _, typed := range c.Draft {
		id, err := s.task(typed)
		if err != nil {
			return err
		}
		in.Tasks = append(in.Tasks, work.TaskID(id))
	}
	return show(s, http.MethodPost, "plan/drafts", nil, in, func(d plans.Drafted) {
		for _, one := range d.Drafts {
			s.printf("%d  %s: a draft for %s, level %d\n", one.ID, one.Title, one.Receiver.Name, one.Terms.Authority.Level)
		}
		for _, one := range d.Skipped {
			s.printf("–  %s: %s\n", one.Task, one.Reason)
		}
		if len(d.Drafts)+len(d.Skipped) == 0 {
			s.printf("The plan hands nothing over that is not drafted already.\n")
		}
		if len(d.Drafts) > 0 {
			s.printf("Say what will be true when it is done with “baton brief”, then “baton offer”.\n")
		}
	})
}

// passOn asks whoever carries some tasks whether they may be passed on.
func (c *planCmd) passOn(s *session, frame plans.Frame) error {
	in := plans.AskToPass{Frame: frame}
	for _, typed := range c.PassOn {
		id, err := s.delegation(typed, work.AsGiver)
		if err != nil {
			return err
		}
		in.Delegations = append(in.Delegations, work.DelegationID(id))
	}
	return show(s, http.MethodPost, "plan/passings", nil, in, func(a plans.Asked) {
		for _, one := range a.Asked {
			s.printf("%d  %s: %s is asked whether it may be passed on. Everything stays as agreed until they say yes.\n", one.ID, one.Title, one.Receiver.Name)
		}
	})
}

// choices reads TASK=PERSON; the last = parts them, since titles may hold one.
func (s *session) choices(flag string, typed []string) (plans.Choices, error) {
	var out plans.Choices
	for _, one := range typed {
		at := strings.LastIndexByte(one, '=')
		if at <= 0 || at == len(one)-1 {
			return nil, usageError{fmt.Errorf("%s %q: write it like TASK=PERSON", flag, one)}
		}
		task, err := s.task(one[:at])
		if err != nil {
			return nil, err
		}
		var person int64
		if strings.EqualFold(one[at+1:], "me") {
			if person, err = s.self(); err != nil {
				return nil, err
			}
		} else if person, err = s.person(one[at+1:]); err != nil {
			return nil, err
		}
		out = append(out, plan.Choice{Task: work.TaskID(task), Person: work.PersonID(person)})
	}
	return out, nil
}

// self is the number of whoever acts.
func (s *session) self() (int64, error) {
	var set struct {
		Me struct {
			ID int64 `json:"id"`
		} `json:"me"`
	}
	err := s.get("settings", &set)
	return set.Me.ID, err
}

// printPlan groups the plan as a leader thinks of it: what leaves, by person,
// then what stays.
func (s *session) printPlan(p plans.Plan) {
	if len(p.Proposals) == 0 {
		s.printPassings(p)
		s.printf("Your plate is empty: there is nothing to plan. Add a task, or import a list.\n")
		return
	}
	s.printf("%s\n", headline(p))
	s.printMoves(p)
	for _, l := range p.Loads {
		s.printf("\n%s, %s of %s a week%s\n", l.Person, work.HoursWords(l.Carried+l.Planned), work.HoursWords(l.Offered), stretchLoad(l))
		for _, one := range p.Proposals {
			if one.PersonID != nil && *one.PersonID == l.PersonID {
				s.printProposal(one)
			}
		}
	}
	s.printGroup(p, "Nobody has to do it", func(v work.Verdict) bool { return v == work.Drop || v == work.Automate })
	s.printGroup(p, fmt.Sprintf("You, %s a week", hourWords(p.Mine)), func(v work.Verdict) bool { return v == work.Keep })
	s.printPassings(p)
}

// stretchLoad says how much of what somebody would carry is beyond what they
// can do now.
func stretchLoad(l plans.PersonLoad) string {
	switch {
	case l.Stretch == 0:
		return ""
	case l.Most == nil:
		return fmt.Sprintf(", %s", plural(l.Stretch, "stretch task"))
	}
	return fmt.Sprintf(", %d of %s", l.Stretch, plural(*l.Most, "stretch task"))
}

// printMoves says what is with somebody else than in the plan before, and why.
func (s *session) printMoves(p plans.Plan) {
	if len(p.Moves)+p.Stayed == 0 {
		return
	}
	if len(p.Moves) == 0 {
		s.printf("\nNothing moved since the plan before.\n")
		return
	}
	s.printf("\nMoved since the plan before, where %s stayed\n", plural(p.Stayed, "task"))
	for _, m := range p.Moves {
		s.printf("  %s: %s\n", m.Task, moveWords(m))
		s.printf("%s", wrapped(m.Reason, "      "))
	}
}

// moveWords say from whom to whom a task moved.
func moveWords(m plans.Move) string {
	called := func(name *string) string {
		if name == nil {
			return "you"
		}
		return *name
	}
	to := called(m.To)
	if m.Verdict == work.Drop || m.Verdict == work.Automate {
		to = string(m.Verdict)
	}
	if m.Cause == plan.Appeared {
		return "new, to " + to
	}
	return "from " + called(m.From) + " to " + to
}

// printPassings says what to pass on, and how to ask.
func (s *session) printPassings(p plans.Plan) {
	for i, one := range p.Passings {
		if i == 0 {
			s.printf("\nTo pass on, if both agree\n")
		}
		s.printf("  %s, %s a week: from %s to %s\n", one.Task, hourWords(one.Hours), one.From, one.To)
		s.printf("%s", wrapped(strings.Join(one.Reasons, " "), "      "))
	}
	if len(p.Passings) > 0 {
		s.printf("Ask with “baton plan --pass-on TASK”; nothing changes before they say yes.\n")
	}
}

func (s *session) printGroup(p plans.Plan, title string, of func(work.Verdict) bool) {
	first := true
	for _, one := range p.Proposals {
		if one.PersonID != nil || !of(one.Verdict) {
			continue
		}
		if first {
			s.printf("\n%s\n", title)
			first = false
		}
		s.printProposal(one)
	}
}

func headline(p plans.Plan) string {
	away := 0
	for _, one := range p.Proposals {
		if one.Verdict != work.Keep {
			away++
		}
	}
	if p.Freed <= 0 {
		return "In this plan everything stays with you: nobody you know of has the skill and the hours."
	}
	text := fmt.Sprintf("%d of %d lines leave your plate: %s of your week back.", away, len(p.Proposals), hourWords(p.Freed))
	if p.Support > 0 {
		text = strings.TrimSuffix(text, ".") + ", with " + hourWords(p.Support) + " of your help a week already taken off."
	}
	text += fmt.Sprintf("\nBriefing and training take %s once; that is paid back after %s.", hourWords(p.Briefing), plural(p.Payback, "week"))
	if p.Over > 0 {
		text += fmt.Sprintf("\nYour own week is over by %s: something has to be dropped, put off, or find somebody.", hourWords(p.Over))
	}
	return text
}

func (s *session) printProposal(one plans.Proposal) {
	if one.PartOf != 0 {
		s.printf("    - %s\n", one.Task)
		return
	}
	what := ""
	if one.Kind != nil && !one.Held {
		what = fmt.Sprintf("  [%s, level %d: %s]", one.Verdict, *one.Level, levelWords(*one.Kind, *one.Level))
	} else if one.Verdict == work.Drop || one.Verdict == work.Automate {
		what = fmt.Sprintf("  [%s]", one.Verdict)
	}
	size := ""
	if one.Hours > 0 {
		size = ", " + hourWords(one.Hours) + " a week"
	}
	s.printf("  %s%s%s\n", one.Task, size, what)
	s.printf("%s", wrapped(strings.Join(one.Reasons, " "), "      "))
	var more []string
	if r := one.RunnerUp; r != nil && r.Person != nil {
		more = append(more, "Next best: "+*r.Person+". "+r.Lacked)
	}
	if g := one.Growing; g != nil && (one.PersonID == nil || *one.PersonID != g.PersonID) {
		more = append(more, "Would grow most: "+g.Words)
	}
	if one.Change != nil {
		more = append(more, one.Change.Words)
	}
	if len(more) > 0 {
		s.printf("%s", wrapped(strings.Join(more, " "), "      "))
	}
}

// levelWords says the level as the two would: an assignment in one of three
// sentences.
func levelWords(kind work.DelegationKind, l work.Level) string {
	if kind == work.Assignment {
		return strings.ToLower(l.Simple())
	}
	return strings.TrimSuffix(strings.ToLower(l.Words()[:1])+l.Words()[1:], ".")
}

func (s *session) printExplanation(e plans.Explanation) {
	s.printProposal(e.Proposal)
	if e.Move != nil {
		s.printf("%s", wrapped("Moved since the plan before, "+moveWords(*e.Move)+": "+e.Move.Reason, "      "))
	}
	var out []string
	for _, c := range e.Choices {
		if c.Out != "" {
			out = append(out, strings.TrimSuffix(c.Out, "."))
			continue
		}
		s.printf("\n  %s would be worth %d", c.Person, c.Value)
		s.printf(" (level %d; %s of your help a week, %s once)\n", c.Level, work.HoursWords(c.Support), work.HoursWords(c.Once))
		for _, t := range c.Points {
			s.printf("    %+5d  %s\n", t.Points, t.Words)
		}
	}
	slices.Sort(out)
	if out = slices.Compact(out); len(out) > 0 {
		s.printf("\n%s", wrapped("Not asked: "+strings.Join(out, "; ")+".", "  "))
	}
}

func hourWords(hours float64) string { return work.HoursWords(work.Minutes(hours*60 + 0.5)) }

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// wrapped breaks a paragraph into indented lines of about 78 characters.
func wrapped(text, indent string) string {
	var b strings.Builder
	line := indent
	for _, w := range strings.Fields(text) {
		if len([]rune(line))+1+len([]rune(w)) > 78 && strings.TrimSpace(line) != "" {
			b.WriteString(line + "\n")
			line = indent
		}
		if strings.TrimSpace(line) != "" {
			line += " "
		}
		line += w
	}
	b.WriteString(line + "\n")
	return b.String()
}
