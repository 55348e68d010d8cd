package cli

import (
	"fmt"
	"net/http"
	"strings"

	"baton/internal/app/delegations"
	"baton/internal/work"
)

type supportCmd struct {
	Record recordSupportCmd `cmd:"" default:"" help:"Record minutes you spent helping."`
	Start  startSupportCmd  `cmd:"" help:"Start a timer of your help; it runs until you stop it, on any device."`
	Stop   stopSupportCmd   `cmd:"" help:"Stop the running timer and record its minutes."`
	Timer  supportTimerCmd  `cmd:"" help:"See the timer that is running."`
}

type recordSupportCmd struct {
	on
	Minutes int64    `arg:"" help:"How many."`
	Note    []string `arg:"" optional:"" help:"What it was about."`
}

// Run records support.
func (c *recordSupportCmd) Run(s *session) error {
	return c.move(s, "support", delegations.Help{Minutes: work.Minutes(c.Minutes), Note: strings.Join(c.Note, " ")})
}

type startSupportCmd struct{ on }

// Run starts a timer.
func (c *startSupportCmd) Run(s *session) error {
	id, err := s.delegation(c.Delegation, sides["support/timer"])
	if err != nil {
		return err
	}
	return show(s, http.MethodPost, fmt.Sprintf("delegations/%d/support/timer", id), nil, struct{}{}, s.printTimer)
}

type stopSupportCmd struct {
	Note    []string `arg:"" optional:"" help:"What it was about."`
	Minutes int64    `help:"How many minutes it really was; what the timer ran unless said."`
	Discard bool     `help:"Throw the timer away and record nothing."`
}

// Run stops the timer.
func (c *stopSupportCmd) Run(s *session) error {
	in := delegations.StopTimer{Minutes: work.Minutes(c.Minutes), Note: strings.Join(c.Note, " "), Discard: c.Discard}
	return show(s, http.MethodPost, "support/timer/end", nil, in, func(t delegations.Stopped) {
		if t.Minutes == 0 {
			s.printf("Thrown away; nothing is recorded on “%s”.\n", t.Title)
			return
		}
		s.printf("%s of support recorded on “%s”.\n", work.HoursWords(t.Minutes), t.Title)
	})
}

type supportTimerCmd struct{}

// Run shows the timer.
func (c *supportTimerCmd) Run(s *session) error {
	return show(s, http.MethodGet, "support/timer", nil, nil, s.printTimer)
}

func (s *session) printTimer(t delegations.Running) {
	switch {
	case !t.Running:
		s.printf("No timer is running.\n")
	case t.Over:
		s.printf("A timer runs for “%s” (%d), where support can no longer be recorded: baton support stop --discard\n", t.Title, t.Delegation)
	case t.Forgotten:
		s.printf("A timer has run for %s on “%s” (%d). How long was it really? baton support stop --minutes …\n", work.HoursWords(t.Minutes), t.Title, t.Delegation)
	default:
		s.printf("Helping %s with “%s” (%d) since %s: %s.\n", t.With.Name, t.Title, t.Delegation, s.local(*t.Since).Format("15:04"), work.HoursWords(t.Minutes))
	}
}
