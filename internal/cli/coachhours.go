package cli

import (
	"bufio"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"time"

	"baton/client"
	"baton/internal/app"
	"baton/internal/app/calls"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/work"
)

// coachTimes are the commands about a coach's own times.
type coachTimes struct {
	Hours coachHoursCmd `cmd:"" help:"See or change the hours you keep for calls."`
	Busy  coachBusyCmd  `cmd:"" help:"Read an .ics file for when you are busy, list the calendars read, or forget one."`
	Free  coachFreeCmd  `cmd:"" help:"See when your hours are free, as your clients do."`
}

type coachHoursCmd struct {
	Windows *string  `help:"Weekly windows, like \"Tue 14:00-17:00, Mon-Fri 9-12\"; \"\" for none." placeholder:"WINDOWS"`
	Zone    *string  `help:"The zone by whose clock they stand, like America/Chicago."`
	Length  *int64   `help:"Minutes of a call: 30, 45, 60 or 90." placeholder:"MINUTES"`
	Before  *int64   `help:"Minutes kept free before a call." placeholder:"MINUTES"`
	After   *int64   `help:"Minutes kept free after it." placeholder:"MINUTES"`
	Notice  *int     `help:"Hours from booking to the call at least." placeholder:"HOURS"`
	Horizon *int     `help:"Weeks ahead that can be booked." placeholder:"WEEKS"`
	Off     []string `help:"Days without calls, like 2026-12-24,2026-12-25; none takes them back." placeholder:"DATES"`
}

// Run shows or changes the actor's hours.
func (c *coachHoursCmd) Run(s *session) error {
	in := calls.NewHours{
		Windows: c.Windows, Zone: c.Zone, Length: minutes(c.Length), Before: minutes(c.Before), After: minutes(c.After), Notice: c.Notice, Horizon: c.Horizon,
	}
	if len(c.Off) > 0 {
		days := []ical.Date{}
		for _, text := range c.Off {
			if strings.EqualFold(text, "none") {
				continue
			}
			d, err := ical.ParseDate(text)
			if err != nil {
				return work.FieldError("off", "%s.", err)
			}
			days = append(days, d)
		}
		in.Off = &days
	}
	if reflect.DeepEqual(in, calls.NewHours{}) {
		return show(s, http.MethodGet, "coach/hours", nil, nil, s.printHours)
	}
	return show(s, http.MethodPatch, "coach/hours", nil, in, s.printHours)
}

func minutes(n *int64) *work.Minutes {
	if n == nil {
		return nil
	}
	m := work.Minutes(*n)
	return &m
}

func (s *session) printHours(h calls.Hours) {
	if len(h.Windows) == 0 {
		s.printf("No hours for calls yet; baton coach hours --windows \"Tue 14:00-17:00\" keeps some.\n")
		return
	}
	s.printf("%s (%s)\n", call.WindowWords(h.Windows), h.Zone)
	s.printf("Calls of %d minutes, %d minutes free before and %d after; booked %d hours ahead at least and %d weeks at most.\n", h.Length, h.Before, h.After, h.Notice, h.Horizon)
	for _, d := range h.Off {
		s.printf("No calls on %s.\n", d)
	}
}

type coachBusyCmd struct {
	File   string `arg:"" optional:"" help:"The .ics file; - reads standard input. Without one, list the calendars."`
	Source string `help:"The calendar's name, for a second one; calendar unless said." placeholder:"NAME"`
	Forget bool   `help:"Forget the calendar."`
}

// Run reads a calendar, lists them, or forgets one.
func (c *coachBusyCmd) Run(s *session) error {
	q := url.Values{}
	if c.Source != "" {
		q.Set("source", c.Source)
	}
	switch {
	case c.Forget:
		return show(s, http.MethodDelete, "coach/busy", q, nil, func(app.None) { s.printf("Forgotten.\n") })
	case c.File == "":
		return list(s, "coach/busy", nil, func(all []calls.Calendar) {
			for _, one := range all {
				s.printf("%s  read on %s, up to %s: %s\n", one.Source, s.local(one.At).Format(time.DateOnly), s.local(one.Until).Format(time.DateOnly), busyWords(one.Count))
			}
			if len(all) == 0 {
				s.printf("No calendar was read; baton coach busy FILE.ics reads one.\n")
			}
		})
	}
	file, _, err := s.source(c.File)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	return answer(s, client.Request{Method: http.MethodPost, Path: "coach/busy", Query: q, Stream: bufio.NewReader(file)}, func(one calls.Calendar) {
		s.printf("%s is read: %s up to %s. Only the times are kept.\n", one.Source, busyWords(one.Count), s.local(one.Until).Format(time.DateOnly))
	})
}

func busyWords(n int) string {
	if n == 1 {
		return "1 busy time"
	}
	return fmt.Sprintf("%d busy times", n)
}

type coachFreeCmd struct {
	From string `help:"From this day on." placeholder:"DATE"`
	Days int    `help:"So many days." default:"14"`
}

// Run lists when the actor's hours are free.
func (c *coachFreeCmd) Run(s *session) error {
	return show(s, http.MethodGet, "coach/free", freeQuery(c.From, c.Days), nil, s.printTimes)
}

func freeQuery(from string, days int) url.Values {
	q := url.Values{"days": {fmt.Sprint(days)}}
	if from != "" {
		q.Set("from", from)
	}
	return q
}

// printTimes lists free times by the actor's clock.
func (s *session) printTimes(t calls.Times) {
	day := ""
	for _, f := range t.Free {
		local := f.From.In(ical.Location(t.Yours))
		if d := local.Format("Mon 2 Jan 2006"); d != day {
			day = d
			s.printf("%s\n", d)
		}
		s.printf("  %s  (%s)\n", local.Format("15:04"), f.From.UTC().Format(time.RFC3339))
	}
	if len(t.Free) == 0 {
		s.printf("No free time there.\n")
	}
	if t.Stale {
		s.printf("A calendar of yours was read more than four weeks ago; read it again.\n")
	}
}
