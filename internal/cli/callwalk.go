package cli

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"baton/internal/app/calls"
	"baton/internal/app/coaching"
	"baton/internal/ical"
	"baton/internal/work"
)

type callWalkCmd struct {
	Call     int64  `arg:"" optional:"" help:"The call's number; without one, the call of your own that goes on, or a new one."`
	Answer   string `help:"What you answer to the question you are at; it is kept as a note of yours, and you go on." short:"m"`
	Skip     bool   `help:"Go on without an answer."`
	Question int    `help:"Look at this question again, or answer it again." placeholder:"NUMBER"`
}

// Run shows where the actor is in a call of their own, or answers and goes on.
func (c *callWalkCmd) Run(s *session) error {
	id := c.Call
	if id == 0 {
		var begun calls.Call
		if err := s.call(http.MethodPost, "calls", nil, calls.GuideCall{}, &begun); err != nil {
			return err
		}
		id = int64(begun.ID)
	}
	path := fmt.Sprintf("calls/%d", id)
	at := c.Question
	if at == 0 {
		var now calls.Call
		if err := s.get(path, &now); err != nil {
			return err
		}
		if now.Walk == nil {
			return work.Errorf(work.Conflict, "You walk through a call of your own while it goes on; this one is %s.", plain(string(now.State)))
		}
		at = now.Walk.At
	}
	ask := fmt.Sprintf("%s/questions/%d", path, at)
	if c.Answer != "" || c.Skip {
		return show(s, http.MethodPost, ask, nil, calls.AnswerQuestion{Answer: c.Answer}, func(v calls.Call) { s.printWalk(int64(v.ID), *v.Walk) })
	}
	return show(s, http.MethodGet, ask, nil, nil, func(w calls.Walk) { s.printWalk(id, w) })
}

// printWalk asks a question of a call, with what there is to look at.
func (s *session) printWalk(id int64, w calls.Walk) {
	if w.At > w.Of {
		s.printf("That was all. What do you decide? baton call decide %d …\nThen end it, and say when the next is: baton call end %d --next \"2026-12-31 09:00\"\n", id, id)
		return
	}
	s.printf("Call %d, question %d of %d: %s\n\n  %s\n\n", id, w.At, w.Of, w.Step, w.Ask)
	for _, said := range w.Said {
		s.printf("  You said: %s\n", said)
	}
	if w.Part != "" {
		var p coaching.Packet
		if err := s.call(http.MethodGet, "packet", url.Values{"parts": {w.Part}}, nil, &p); err == nil {
			s.packet(p)
		}
	} else {
		var c calls.Call
		if err := s.get(fmt.Sprintf("calls/%d", id), &c); err == nil && c.Before != nil && w.At < w.Of-1 {
			s.printDecisions(c.Before.Decisions)
		} else if err == nil && c.Before == nil && w.At < w.Of-1 {
			s.printf("  There was no call before; go on with --skip.\n")
		} else if err == nil {
			s.printDecisions(c.Decisions)
		}
	}
	s.printf("\nAnswer with: baton call walk %d --answer TEXT, or go on with --skip. It waits for you here.\n", id)
}

type callPlanCmd struct {
	At   string `arg:"" help:"When it begins: \"2026-11-26 09:00\" by your clock, or 2026-11-26T15:00:00Z."`
	Wish string `help:"What you want of it." short:"m"`
}

// Run plans a call of one's own.
func (c *callPlanCmd) Run(s *session) error {
	at, err := s.moment(c.At, "coach/free")
	if err != nil {
		return err
	}
	return show(s, http.MethodPost, "calls/plans", nil, calls.PlanCall{At: at, Wish: c.Wish}, func(v calls.Call) {
		s.printf("Planned, call %d: %s\n", v.ID, nextWords(&v))
	})
}

// nextWords say when a call is by the actor's clock.
func nextWords(c *calls.Call) string {
	return c.From.In(ical.Location(c.Zone)).Format("Mon 2 Jan 2006 15:04")
}

type callEndCmd struct {
	callArg
	NotHeld bool   `help:"It did not take place."`
	Next    string `help:"Of a call of your own: when the next is, \"2026-11-26 09:00\" by your clock." placeholder:"WHEN"`
}

// Run ends a call.
func (c *callEndCmd) Run(s *session) error {
	if c.NotHeld {
		return show(s, http.MethodPost, c.path("/absence"), nil, struct{}{}, func(calls.Call) { s.printf("It did not take place; book another when you like.\n") })
	}
	var next time.Time
	if c.Next != "" {
		var err error
		if next, err = s.moment(c.Next, "coach/free"); err != nil {
			return err
		}
	}
	return show(s, http.MethodPost, c.path("/end"), nil, calls.EndCall{Next: next}, func(v calls.Call) {
		s.printCall(v)
		if v.Next != nil {
			s.printf("The next is call %d: %s\n", v.Next.ID, nextWords(v.Next))
		}
	})
}
