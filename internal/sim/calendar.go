package sim

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"baton/internal/ical"
)

// A calendar counts working days from the day the story ends, so that it reads
// the same whichever day that is: -1 is the last working day before it, and
// -1, -6, -11 are the same day of the week.
type calendar struct {
	now  time.Time
	zone string
}

// day returns the n-th working day after today, before it when n is negative;
// 0 is today, whatever day it is.
func (c calendar) day(n int) ical.Date {
	d, step := ical.Today(c.now, c.zone), 1
	if n < 0 {
		n, step = -n, -1
	}
	for n > 0 {
		d = d.AddDays(step)
		if wd := d.Weekday(); wd != time.Saturday && wd != time.Sunday {
			n--
		}
	}
	return d
}

// date reads "-12" or "+3".
func (c calendar) date(text string) (ical.Date, error) {
	n, err := strconv.Atoi(text)
	if err != nil {
		return ical.Date{}, fmt.Errorf("%q counts no working days; write it like -12 or +3", text)
	}
	return c.day(n), nil
}

// due reads "+5" or "+5 15:00".
func (c calendar) due(text string) (ical.Due, error) {
	day, clock, timed := strings.Cut(text, " ")
	date, err := c.date(day)
	if err != nil || !timed {
		return ical.DayDue(date, c.zone), err
	}
	t, err := time.Parse("15:04", clock)
	if err != nil {
		return ical.Due{}, fmt.Errorf("%q is not a time of day: %w", clock, err)
	}
	return ical.Due{Date: date, Minute: t.Hour()*60 + t.Minute(), Zone: c.zone}, nil
}

// moment reads "-12 09:30", or "now -95m".
func (c calendar) moment(text string) (time.Time, error) {
	if ago, ok := strings.CutPrefix(text, "now "); ok {
		d, err := time.ParseDuration(ago)
		return c.now.Add(d), err
	}
	due, err := c.due(text)
	return due.Start(), err
}

// rule reads "weekly -3", on the weekday of that day, "weekly -3 by 2" for
// every other week, or an RRULE.
func (c calendar) rule(text string) (ical.Rule, error) {
	words := strings.Fields(text)
	if len(words) < 2 || words[0] != "weekly" {
		return ical.ParseRule(text)
	}
	day, err := c.date(words[1])
	if err != nil {
		return ical.Rule{}, err
	}
	rule := "FREQ=WEEKLY;BYDAY=" + strings.ToUpper(day.Weekday().String()[:2])
	if len(words) == 4 {
		rule += ";INTERVAL=" + words[3]
	}
	return ical.ParseRule(rule)
}
