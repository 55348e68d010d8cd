package ical

import (
	"fmt"
	"time"

	"github.com/teambition/rrule-go"
)

// bounded refuses rules that rrule-go cannot expand safely: for some it runs
// past the end of its tables, and for one that never happens it searches up to
// the year 9999 each time it is asked.
func bounded(opt rrule.ROption) error {
	for _, day := range opt.Byweekday {
		most := 0
		switch opt.Freq {
		case rrule.MONTHLY:
			most = 5
		case rrule.YEARLY:
			most = 52
			if len(opt.Bymonth) > 0 {
				most = 5
			}
		}
		if n := day.N(); n > most || n < -most {
			return fmt.Errorf("a recurrence cannot be on the %s %s", nth(n), time.Weekday((day.Day()+1)%7))
		}
	}
	if !happens(opt) {
		return fmt.Errorf("the recurrence never happens")
	}
	return nil
}

// happens reports whether a rule does for some start, were its interval one.
// The calendar repeats after 400 years, so the search begins that far from
// where it ends by itself. A longer interval that misses its days from a
// certain start is searched faster for being longer.
func happens(opt rrule.ROption) bool {
	restricted := len(opt.Bymonth) + len(opt.Bymonthday) + len(opt.Byyearday) + len(opt.Byweekno) + len(opt.Bysetpos) + len(opt.Byeaster) + len(opt.Byweekday)
	if restricted == 0 {
		return true
	}
	opt.Dtstart, opt.Until, opt.Count, opt.Interval = time.Date(9999-400, 1, 1, 0, 0, 0, 0, time.UTC), time.Time{}, 0, 1
	rule, err := rrule.NewRRule(opt)
	if err != nil {
		return false
	}
	_, ok := rule.Iterator()()
	return ok
}
