package cli

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"baton/client"
	"baton/internal/app/calls"
	"baton/internal/app/coaching"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/work"
)

type callCmd struct {
	Times  callTimesCmd  `cmd:"" help:"See when your coach is free, or when a call can move to."`
	Book   callBookCmd   `cmd:"" help:"Book a call with your coach."`
	List   callListCmd   `cmd:"" default:"" help:"List your calls."`
	Show   callShowCmd   `cmd:"" help:"Look at a call, and at what became of the one before."`
	Entry  callEntryCmd  `cmd:"" help:"Print a call as an .ics file for your calendar."`
	Move   callMoveCmd   `cmd:"" help:"Move a call to another free time."`
	Cancel callCancelCmd `cmd:"" help:"Cancel a call."`
	Begin  callBeginCmd  `cmd:"" help:"Begin a call; without a number, one of your own without a coach."`
	Walk   callWalkCmd   `cmd:"" help:"Go through a call of your own, one question after another; it waits where you left it."`
	Plan   callPlanCmd   `cmd:"" help:"Plan a call of your own, without a coach."`
	Note   callNoteCmd   `cmd:"" help:"Note something for yourself, or for both with --shared."`
	Tasks  callTasksCmd  `cmd:"" help:"List the tasks that a decision can name."`
	Decide callDecideCmd `cmd:"" help:"Write down what is decided: delegate, drop, automate, keep or promise."`
	Take   callTakeCmd   `cmd:"" help:"Take what your coach proposed: it happens on your plate."`
	LetGo  callLetGoCmd  `cmd:"" name:"let-go" help:"Let go of what your coach proposed."`
	Kept   callKeptCmd   `cmd:"" help:"Say whether you kept a promise."`
	End    callEndCmd    `cmd:"" help:"End a call, or say that it took place; with --not-held, that it did not."`
}

type callArg struct {
	Call int64 `arg:"" help:"The call's number."`
}

func (c callArg) path(rest string) string { return fmt.Sprintf("calls/%d%s", c.Call, rest) }

type callTimesCmd struct {
	Coach string `help:"Your coach's name, when you have several." placeholder:"NAME"`
	Call  int64  `help:"The times this call can move to." placeholder:"NUMBER"`
	From  string `help:"From this day on." placeholder:"DATE"`
	Days  int    `help:"So many days." default:"28"`
}

// Run lists free times.
func (c *callTimesCmd) Run(s *session) error {
	path := fmt.Sprintf("calls/%d/times", c.Call)
	if c.Call == 0 {
		id, err := s.coachNamed(c.Coach)
		if err != nil {
			return err
		}
		path = fmt.Sprintf("sharings/%d/times", id)
	}
	return show(s, http.MethodGet, path, freeQuery(c.From, c.Days), nil, func(t calls.Times) {
		s.printf("%s, %d minutes; by your clock, %s:\n", t.Coach, t.Length, t.Yours)
		s.printTimes(t)
	})
}

// coachNamed is what the actor shares with a coach, by name; without one, with
// the only coach there is.
func (s *session) coachNamed(name string) (work.SharingID, error) {
	var found []coaching.Sharing
	err := each(s, "sharings", func(one coaching.Sharing) {
		if one.State == work.SharingOpen && strings.Contains(strings.ToLower(one.Coach.Name), strings.ToLower(name)) {
			found = append(found, one)
		}
	})
	switch {
	case err != nil:
		return 0, err
	case len(found) == 0 && name == "":
		return 0, work.Errorf(work.NotFound, "You have no coach here; baton coach invite, or baton call begin for a call of your own.")
	case len(found) == 0:
		return 0, work.Errorf(work.NotFound, "You have no coach called %q.", name)
	case len(found) > 1:
		return 0, work.Errorf(work.Invalid, "Several coaches fit; name one with --coach.")
	}
	return found[0].ID, nil
}

type callBookCmd struct {
	At    string `arg:"" help:"When it begins, as baton call times prints it: 2026-11-26T15:00:00Z, or \"2026-11-26 09:00\" by your clock."`
	Wish  string `help:"What you want of the call; your coach reads it." short:"m"`
	Coach string `help:"Your coach's name, when you have several." placeholder:"NAME"`
}

// Run books a call.
func (c *callBookCmd) Run(s *session) error {
	id, err := s.coachNamed(c.Coach)
	if err != nil {
		return err
	}
	at, err := s.moment(c.At, fmt.Sprintf("sharings/%d/times", id))
	if err != nil {
		return err
	}
	return show(s, http.MethodPost, fmt.Sprintf("sharings/%d/calls", id), nil, calls.BookCall{At: at, Wish: c.Wish}, func(v calls.Call) {
		s.printf("Booked, call %d: ", v.ID)
		s.printCallLine(v)
	})
}

// moment reads when a call begins: an instant, or what the actor's clock shows
// then, which the free times say.
func (s *session) moment(text, times string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, nil
	}
	var free calls.Times
	if err := s.get(times+"?days=1", &free); err != nil {
		return time.Time{}, err
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", strings.Replace(text, "T", " ", 1), ical.Location(free.Yours))
	if err != nil {
		return t, work.FieldError("at", "%q is not a time; write it like 2026-11-26T15:00:00Z or \"2026-11-26 09:00\".", text)
	}
	return t, nil
}

// printCallLine says of a call in one line when it is and with whom.
func (s *session) printCallLine(c calls.Call) {
	who := "on your own"
	switch {
	case c.Coach != nil && c.Mine:
		who = "with " + c.Coach.Name
	case c.Coach != nil:
		who = "with " + c.Client.Name + ", whom you coach"
	}
	unsaid := ""
	if c.Unsaid {
		unsaid = "; did it take place?"
	}
	s.printf("%s, %s (%s%s)\n", c.From.In(ical.Location(c.Zone)).Format("Mon 2 Jan 2006 15:04"), who, plain(string(c.State)), unsaid)
}

type callListCmd struct{}

// Run lists calls.
func (c *callListCmd) Run(s *session) error {
	return list(s, "calls", nil, func(all []calls.Call) {
		for _, one := range all {
			s.printf("%4d  ", one.ID)
			s.printCallLine(one)
		}
		if len(all) == 0 {
			s.printf("No call yet: baton call times shows when your coach is free, baton call begin starts one of your own.\n")
		}
	})
}

type callShowCmd struct{ callArg }

// Run shows a call.
func (c *callShowCmd) Run(s *session) error {
	return show(s, http.MethodGet, c.path(""), nil, nil, s.printCall)
}

func (s *session) printCall(c calls.Call) {
	s.printf("Call %d: ", c.ID)
	s.printCallLine(c)
	if c.Wish != "" {
		s.printf("  %s\n", c.Wish)
	}
	if c.Before != nil && len(c.Before.Decisions) > 0 {
		s.printf("What became of the call before:\n")
		s.printDecisions(c.Before.Decisions)
	}
	if len(c.Decisions) > 0 {
		s.printf("Decided:\n")
		s.printDecisions(c.Decisions)
	}
	for _, n := range c.Notes {
		s.printf("  %s%s: %s\n", n.By, map[bool]string{true: "", false: " (for you alone)"}[n.Shared], n.Text)
	}
}

func (s *session) printDecisions(all []calls.Decision) {
	for _, d := range all {
		words := string(d.Kind)
		for _, part := range []string{d.Title, after("to ", d.Who), d.Words, after("by ", d.Due.String())} {
			if part != "" {
				words += ", " + part
			}
		}
		s.printf("  %d  %s\n      %s\n", d.ID, words, d.Became)
	}
}

type callEntryCmd struct{ callArg }

// Run prints an .ics file.
func (c *callEntryCmd) Run(s *session) error {
	return show(s, http.MethodGet, c.path("/entry"), nil, nil, func(e calls.Entry) { _, _ = io.WriteString(s.Out, e.Calendar) })
}

type callMoveCmd struct {
	callArg
	At string `arg:"" help:"When it begins, as baton call times --call prints it."`
}

// Run moves a call.
func (c *callMoveCmd) Run(s *session) error {
	at, err := s.moment(c.At, c.path("/times"))
	if err != nil {
		return err
	}
	return show(s, http.MethodPut, c.path("/time"), nil, calls.MoveCall{At: at}, func(v calls.Call) {
		s.printf("Moved: ")
		s.printCallLine(v)
	})
}

type callCancelCmd struct {
	callArg
	Reason []string `arg:"" optional:"" help:"Why; the other side reads it."`
}

// Run cancels a call.
func (c *callCancelCmd) Run(s *session) error {
	return show(s, http.MethodPost, c.path("/cancellation"), nil, calls.CancelCall{Reason: strings.Join(c.Reason, " ")}, func(calls.Call) { s.printf("Cancelled.\n") })
}

type callBeginCmd struct {
	Call int64  `arg:"" optional:"" help:"The call's number; without one, a call of your own."`
	Wish string `help:"What you want of a call of your own." short:"m"`
}

// Run begins a call.
func (c *callBeginCmd) Run(s *session) error {
	if c.Call == 0 {
		return show(s, http.MethodPost, "calls", nil, calls.GuideCall{Wish: c.Wish}, s.printCall)
	}
	return show(s, http.MethodPost, fmt.Sprintf("calls/%d/beginning", c.Call), nil, struct{}{}, s.printCall)
}

type callNoteCmd struct {
	callArg
	Text   []string `arg:"" help:"What to note."`
	Shared bool     `help:"Both see it."`
}

// Run keeps a note.
func (c *callNoteCmd) Run(s *session) error {
	in := calls.NewNote{Text: strings.Join(c.Text, " "), Shared: c.Shared}
	return show(s, http.MethodPost, c.path("/notes"), nil, in, func(calls.Call) { s.printf("Noted.\n") })
}

type callTasksCmd struct{ callArg }

// Run lists what can be decided about.
func (c *callTasksCmd) Run(s *session) error {
	return list(s, c.path("/tasks"), nil, func(all []calls.Choice) {
		for _, one := range all {
			s.printf("%4d  %s (%s a week)\n", one.Task, one.Title, work.HoursWords(one.Weekly))
		}
		if len(all) == 0 {
			s.printf("No task is shown here.\n")
		}
	})
}

type callDecideCmd struct {
	callArg
	Kind  string   `arg:"" help:"delegate, drop, automate, keep or promise." enum:"delegate,drop,automate,keep,promise"`
	Words []string `arg:"" optional:"" help:"What is promised, or why."`
	Task  string   `help:"The task's number, or words of it, as baton call tasks lists it." placeholder:"TASK"`
	To    string   `help:"Who should have it." placeholder:"PERSON"`
	Due   string   `help:"Until when it is promised." placeholder:"DATE"`
}

// Run writes a decision down.
func (c *callDecideCmd) Run(s *session) error {
	in := calls.NewDecision{Kind: call.Kind(c.Kind), Words: strings.Join(c.Words, " ")}
	if c.Task != "" {
		id, err := s.callTask(c.Call, c.Task)
		if err != nil {
			return err
		}
		in.Task = id
	}
	if c.To != "" {
		id, err := s.person(c.To)
		if refused, ok := errors.AsType[*client.Error](err); ok && refused.Kind == string(work.Forbidden) { // a coach sees no people
			return work.FieldError("to", "Who should have it is the client's to choose; leave --to out.")
		}
		if err != nil {
			return err
		}
		in.Receiver = work.PersonID(id)
	}
	if c.Due != "" {
		due, err := ical.ParseDate(c.Due)
		if err != nil {
			return work.FieldError("due", "%s.", err)
		}
		in.Due = due
	}
	return show(s, http.MethodPost, c.path("/decisions"), nil, in, func(v calls.Call) { s.printDecisions(v.Decisions[len(v.Decisions)-1:]) })
}

// callTask finds one of the tasks that a decision of a call can name, by its
// number or words of its title: of the client's plate a coach sees no more.
func (s *session) callTask(id int64, typed string) (work.TaskID, error) {
	if number, err := strconv.ParseInt(typed, 10, 64); err == nil {
		return work.TaskID(number), nil
	}
	var exact, part []calls.Choice
	lower := strings.ToLower(strings.TrimSpace(typed))
	err := each(s, fmt.Sprintf("calls/%d/tasks", id), func(one calls.Choice) {
		switch title := strings.ToLower(one.Title); {
		case title == lower:
			exact = append(exact, one)
		case strings.Contains(title, lower):
			part = append(part, one)
		}
	})
	if len(exact) > 0 {
		part = exact
	}
	switch {
	case err != nil:
		return 0, err
	case len(part) == 0 || lower == "":
		return 0, work.Errorf(work.NotFound, "No decision of this call can name a task called %q; baton call tasks %d lists those it can.", typed, id)
	case len(part) > 1:
		return 0, work.Errorf(work.Invalid, "%q could be several; baton call tasks %d has their numbers.", typed, id)
	}
	return part[0].Task, nil
}

type callDecisionArg struct {
	callArg
	Decision int64 `arg:"" help:"The decision's number, as baton call show prints it."`
}

func (c callDecisionArg) at(rest string) string {
	return c.path(fmt.Sprintf("/decisions/%d/%s", c.Decision, rest))
}

type callTakeCmd struct {
	callDecisionArg
	To string `help:"Somebody else than proposed." placeholder:"PERSON"`
}

// Run takes a proposal.
func (c *callTakeCmd) Run(s *session) error {
	in := calls.TakeDecision{}
	if c.To != "" {
		id, err := s.person(c.To)
		if err != nil {
			return err
		}
		in.Receiver = work.PersonID(id)
	}
	return show(s, http.MethodPost, c.at("agreement"), nil, in, func(v calls.Call) {
		s.printf("Taken.\n")
		s.printDecisions(v.Decisions)
	})
}

type callLetGoCmd struct{ callDecisionArg }

// Run lets a proposal go.
func (c *callLetGoCmd) Run(s *session) error {
	return show(s, http.MethodPost, c.at("refusal"), nil, struct{}{}, func(calls.Call) { s.printf("Let go.\n") })
}

type callKeptCmd struct {
	callDecisionArg
	Not bool `help:"It was not kept."`
}

// Run says whether a promise was kept.
func (c *callKeptCmd) Run(s *session) error {
	return show(s, http.MethodPut, c.at("promise"), nil, calls.SayKept{Kept: !c.Not}, func(v calls.Call) { s.printDecisions(v.Decisions) })
}
