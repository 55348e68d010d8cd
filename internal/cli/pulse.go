package cli

import (
	"errors"
	"fmt"
	"net/http"

	"baton/internal/app/pulse"
)

type pulseCmd struct {
	Full    *int `help:"How full was your week? 1 had room … 5 far too full." placeholder:"N"`
	Matters *int `help:"How much of it went to what matters to you? 1 hardly any … 5 most." placeholder:"N"`
	Later   bool `help:"Put the questions off until tomorrow."`
}

// Run answers for the week, or lists what was said of the weeks.
func (c *pulseCmd) Run(s *session) error {
	if c.Later && (c.Full != nil || c.Matters != nil) {
		return usageError{errors.New("answer, or put it off with --later; not both")}
	}
	if c.Full != nil || c.Matters != nil || c.Later {
		in := pulse.Answer{Later: c.Later}
		for _, said := range []struct {
			flag string
			n    *int
			to   *int
		}{{"--full", c.Full, &in.Full}, {"--matters", c.Matters, &in.Matters}} {
			if said.n != nil && (*said.n < 1 || *said.n > 5) {
				return usageError{fmt.Errorf("%s is a number from 1 to 5, not %d", said.flag, *said.n)}
			}
			set(said.to, said.n)
		}
		return show(s, http.MethodPost, "pulse", nil, in, func(p pulse.Current) {
			s.printf("%s\nOnly you see it.\n", weekSaid(p.Pulse))
		})
	}
	if !s.JSON {
		if err := show(s, http.MethodGet, "pulse", nil, nil, func(p pulse.Current) {
			if p.Asked {
				s.printf("%s: %s --full 1 to 5\n%s --matters 1 to 5\n", p.Week, pulse.FullQuestion, pulse.MattersQuestion)
			}
		}); err != nil {
			return err
		}
	}
	return list(s, "pulses", nil, func(all []pulse.Pulse) {
		for _, p := range all {
			s.printf("%s\n", weekSaid(p))
		}
		if len(all) == 0 {
			s.printf("You said nothing of your weeks yet.\n")
		}
	})
}

// weekSaid says a week with what was answered.
func weekSaid(p pulse.Pulse) string {
	answer := func(n int) string {
		if n == 0 {
			return "–"
		}
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("Week of %s: full %s, what matters %s", p.Week, answer(p.Full), answer(p.Matters))
}
