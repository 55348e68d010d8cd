package ical

import (
	"fmt"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

// Words says the rule in English: "every Friday", "every other Wednesday",
// "every month on the 21st". Rules it has no words for are shown as written.
func (r Rule) Words() string {
	if r.IsZero() {
		return "once"
	}
	opt := r.option()
	if len(opt.Bysetpos)+len(opt.Byyearday)+len(opt.Byweekno)+len(opt.Byhour)+len(opt.Byminute) > 0 {
		return strings.ToLower(r.text)
	}
	var words string
	switch opt.Freq {
	case rrule.DAILY:
		words = period("day", opt.Interval)
		if len(opt.Byweekday) > 0 {
			words = "every " + weekdays(opt.Byweekday)
		}
	case rrule.WEEKLY:
		words = period("week", opt.Interval)
		if len(opt.Byweekday) > 0 {
			words = strings.TrimSuffix(words, "week")
			if opt.Interval > 2 {
				words += " on "
			}
			words += weekdays(opt.Byweekday)
		}
	case rrule.MONTHLY:
		words = period("month", opt.Interval) + monthDays(opt)
	case rrule.YEARLY:
		words = period("year", opt.Interval) + monthsOf(opt)
	default:
		return strings.ToLower(r.text)
	}
	if opt.Count > 0 {
		words += fmt.Sprintf(", %d times", opt.Count)
	}
	if !opt.Until.IsZero() {
		words += ", until " + opt.Until.Format("2 January 2006")
	}
	return words
}

func period(unit string, interval int) string {
	switch {
	case interval <= 1:
		return "every " + unit
	case interval == 2:
		return "every other " + unit
	}
	return fmt.Sprintf("every %d %ss", interval, unit)
}

func weekdays(days []rrule.Weekday) string {
	if len(days) == 5 && days[0].Day() == 0 && days[4].Day() == 4 {
		return "weekday"
	}
	names := make([]string, len(days))
	for i, d := range days {
		names[i] = time.Weekday((d.Day() + 1) % 7).String()
		if d.N() != 0 {
			names[i] = nth(d.N()) + " " + names[i]
		}
	}
	return join(names)
}

func monthDays(opt *rrule.ROption) string {
	switch {
	case len(opt.Byweekday) > 0:
		return " on the " + weekdays(opt.Byweekday)
	case len(opt.Bymonthday) > 0:
		names := make([]string, len(opt.Bymonthday))
		for i, d := range opt.Bymonthday {
			if names[i] = nth(d); d < 0 {
				names[i] += " day"
			}
		}
		return " on the " + join(names)
	}
	return ""
}

func monthsOf(opt *rrule.ROption) string {
	if len(opt.Bymonth) != 1 {
		return ""
	}
	month := time.Month(opt.Bymonth[0]).String()
	if len(opt.Bymonthday) == 1 {
		return fmt.Sprintf(" on %d %s", opt.Bymonthday[0], month)
	}
	return " in " + month
}

func nth(n int) string {
	switch {
	case n == -1:
		return "last"
	case n < 0:
		return nth(-n) + " last"
	}
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, suffix)
}

func join(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
