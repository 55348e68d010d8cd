package web

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"baton/internal/app/people"
	"baton/internal/app/plans"
	"baton/internal/plan"
	"baton/internal/work"
)

// A choice is a task and a person, settled by hand.
type choice = plan.Choice

// planPages registers who should have which task, and why.
func (s *server) planPages() {
	s.member("GET /plan", (*visit).planPage)
	s.member("GET /plan/{task}", (*visit).explainPage)
	s.member("POST /plan/drafts", (*visit).draftPlan)
	s.member("POST /plan/passings", (*visit).passOn)
}

// A planSheet is what the Plan page shows.
type planSheet struct {
	Plan  plans.Plan
	Ask   plans.AskPlan
	Away  []plans.Proposal // to somebody else, what is worth most first
	Other []plans.Proposal // to drop or automate
	Stay  []plans.Proposal
	Held  []plans.Proposal // on its way already
	Known []people.Person  // whom a choice by hand can name, besides the actor
	Moved map[work.TaskID]plans.Move
	Idle  []people.Person // who releases no hours, so that the plan gives them nothing
}

// planAsk reads where the slider stands and what is settled beforehand.
func planAsk(q url.Values) (plans.AskPlan, error) {
	var ask plans.AskPlan
	if grow := q.Get("grow"); grow != "" {
		if err := ask.Grow.UnmarshalText([]byte(grow)); err != nil {
			return ask, work.FieldError("grow", "The slider stands between 0 and 100.")
		}
	}
	if price := q.Get("move_price"); price != "" {
		if err := ask.Price.UnmarshalText([]byte(price)); err != nil {
			return ask, work.FieldError("move_price", "%s.", capital(err.Error()))
		}
	}
	for name, to := range map[string]*plans.Choices{"pin": &ask.Pin, "forbid": &ask.Forbid, "was": &ask.Was} {
		if err := to.UnmarshalText([]byte(strings.Join(q[name], ","))); err != nil {
			return ask, work.FieldError(name, "%s.", capital(err.Error()))
		}
	}
	return ask, nil
}

func (v *visit) planPage() error {
	s := planSheet{}
	var err error
	if s.Ask, err = planAsk(v.r.URL.Query()); err != nil {
		return err
	}
	if settle := v.r.URL.Query().Get("settle"); settle != "" {
		return v.settleByHand(s, settle)
	}
	if s.Plan, err = do(v, plans.Show, s.Ask); err != nil {
		return err
	}
	s.Moved = map[work.TaskID]plans.Move{}
	for _, m := range s.Plan.Moves {
		s.Moved[m.TaskID] = m
	}
	for _, p := range s.Plan.Proposals {
		switch {
		case p.PartOf != 0: // goes where its whole goes
		case p.Held:
			s.Held = append(s.Held, p)
		case p.PersonID != nil:
			s.Away = append(s.Away, p)
		case p.Verdict == work.Drop || p.Verdict == work.Automate:
			s.Other = append(s.Other, p)
		default:
			s.Stay = append(s.Stay, p)
		}
	}
	if s.Known, err = v.others(); err != nil {
		return err
	}
	s.Idle = slices.DeleteFunc(slices.Clone(s.Known), func(p people.Person) bool { return p.Released > 0 })
	slices.SortStableFunc(s.Away, func(a, b plans.Proposal) int { return int(b.Value - a.Value) })
	return v.show("Plan", "plan", planView(v, s))
}

// draftPlan makes drafts of the proposals that were ticked.
func (v *visit) draftPlan() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	ask, err := planAsk(f.Values)
	if err != nil {
		return err
	}
	in := plans.DraftPlan{Frame: ask.Frame()}
	for _, t := range f.Values["task"] {
		n, err := strconv.ParseInt(t, 10, 64)
		if err != nil {
			return errNoPage
		}
		in.Tasks = append(in.Tasks, work.TaskID(n))
	}
	if len(in.Tasks) == 0 {
		return v.act(address(v, ask), work.FieldError("task", "Tick what you want to hand over first."), "")
	}
	made, err := do(v, plans.Draft, in)
	if err != nil {
		return v.act(address(v, ask), err, "")
	}
	said := plural(len(made.Drafts), "draft is", "drafts are") + " ready; nobody else sees them until you offer them."
	for _, s := range made.Skipped {
		said += " “" + s.Task + "”: " + s.Reason
	}
	return v.leave(v.to("/delegations?show=draft"), toast{Text: said})
}

// passOn asks whoever carries something whether it may be passed on.
func (v *visit) passOn() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	ask, err := planAsk(f.Values)
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(f.Get("delegation"), 10, 64)
	if err != nil {
		return errNoPage
	}
	made, err := do(v, plans.PassOn, plans.AskToPass{Frame: ask.Frame(), Delegations: []work.DelegationID{work.DelegationID(n)}, Words: strings.TrimSpace(f.Get("words"))})
	if err != nil {
		return v.act(address(v, ask), err, "")
	}
	return v.leave(address(v, ask), toast{Text: made.Asked[0].Receiver.Name + " is asked. Everything stays as agreed until they say yes."})
}

// hoursNumber says hours as everywhere else; under one, in minutes.
func hoursNumber(h float64) string { return hoursWords(work.Minutes(math.Round(h * 60))) }

// idleWords say who releases no hours.
func idleWords(idle []people.Person) string {
	var names []string
	for _, p := range idle[:min(len(idle), 3)] {
		names = append(names, p.Name)
	}
	if more := len(idle) - len(names); more > 0 {
		names = append(names, strconv.Itoa(more)+" more")
	}
	if len(idle) == 1 {
		return names[0] + " releases no hours, so the plan proposes nothing for them."
	}
	return listWords(names) + " release no hours, so the plan proposes nothing for them."
}

// weeklyHours are a proposal's, where they are known.
func weeklyHours(p plans.Proposal) string {
	if p.Hours == 0 {
		return "no hours yet"
	}
	return hoursNumber(p.Hours) + " a week"
}

// whoDecides says a proposal's authority to its giver, in a few words.
func whoDecides(p plans.Proposal) string {
	if p.Level == nil || p.Kind == nil {
		return ""
	}
	if *p.Kind == work.Assignment {
		return "“" + p.Level.Simple() + "”"
	}
	return map[work.Level]string{
		work.Tell: "you decide", work.Explain: "you decide and explain", work.Consult: "you decide after hearing them", work.Agree: "you decide together",
		work.Intend: "they decide after telling you", work.Inform: "they decide and tell you", work.Autonomous: "they decide",
	}[*p.Level]
}

// boundWords says how good the plan is known to be.
func boundWords(p plans.Plan) string {
	switch {
	case (p.Value >= p.Bound || p.Bound <= 0) && len(p.Moves)+p.Stayed > 0:
		return "No better plan exists for these numbers and what moving costs."
	case p.Value >= p.Bound || p.Bound <= 0:
		return "No better plan exists for these numbers."
	default:
		return "No plan is worth more than " + strconv.FormatInt(100*(p.Bound-p.Value)/p.Bound, 10) + " % above this one."
	}
}

// stretchWords say how much of what somebody would carry is beyond what they can
// do now, "" for nothing.
func stretchWords(l plans.PersonLoad) string {
	switch {
	case l.Stretch == 0:
		return ""
	case l.Most == nil:
		return plural(l.Stretch, "stretch task", "stretch tasks")
	}
	return fmt.Sprintf("%d of %s", l.Stretch, plural(*l.Most, "stretch task", "stretch tasks"))
}

// moveWords say from whom to whom a task moved.
func moveWords(m plans.Move) string {
	to := nameOr(m.To, "you")
	if m.Verdict == work.Drop || m.Verdict == work.Automate {
		to = string(m.Verdict)
	}
	if m.Cause == plan.Appeared {
		return "new, to " + to
	}
	return "from " + nameOr(m.From, "you") + " to " + to
}

// stayedWords say how much of the plan before is as it was.
func stayedWords(p plans.Plan) string {
	stayed := plural(p.Stayed, "task is", "tasks are") + " with whom they were"
	if p.Stayed == 1 {
		stayed = "1 task is with whom it was"
	}
	if len(p.Moves) == 0 {
		return "Nothing moved: " + stayed + "."
	}
	return capital(stayed) + "."
}
