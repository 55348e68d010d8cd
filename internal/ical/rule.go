package ical

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/teambition/rrule-go"
)

// A Rule is a recurrence in the words of RFC 5545: "FREQ=WEEKLY;BYDAY=FR".
// The zero Rule does not recur. Rules compare with ==.
type Rule struct{ text string }

// most is how many instances any question looks at.
const most = 20_000

// parsed remembers rules that were read: a large import says the same few ones
// again and again. It begins anew when it is full.
var parsed = struct {
	sync.Mutex
	rules map[string]Rule
}{rules: map[string]Rule{}}

const mostParsed = 1000

// ParseRule reads an RRULE, with or without its name. It refuses rules that
// repeat within the hour and rules that cannot be bounded.
func ParseRule(text string) (Rule, error) {
	parsed.Lock()
	r, ok := parsed.rules[text]
	parsed.Unlock()
	if ok {
		return r, nil
	}
	r, err := parseRule(text)
	if err != nil {
		return r, err
	}
	parsed.Lock()
	defer parsed.Unlock()
	if len(parsed.rules) >= mostParsed {
		clear(parsed.rules)
	}
	parsed.rules[strings.Clone(text)] = r
	return r, nil
}

func parseRule(text string) (Rule, error) {
	text = strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(text)), "RRULE:")
	if text == "" {
		return Rule{}, nil
	}
	if len(text) > 300 {
		return Rule{}, fmt.Errorf("a recurrence has at most 300 characters")
	}
	opt, err := rrule.StrToROption(text)
	if err != nil {
		return Rule{}, fmt.Errorf("%q is not a recurrence: %w", text, err)
	}
	switch {
	case !strings.Contains(text, "FREQ="):
		return Rule{}, fmt.Errorf("%q says no FREQ", text)
	case opt.Freq == rrule.MINUTELY || opt.Freq == rrule.SECONDLY:
		return Rule{}, fmt.Errorf("a recurrence by the minute or second is not work for a person")
	case opt.Freq == rrule.HOURLY && strings.Contains(text, "BY"):
		return Rule{}, fmt.Errorf("a recurrence by the hour with exceptions cannot be bounded")
	case len(opt.Bysecond) > 0 || len(opt.Byminute) > 1 || len(opt.Byhour) > 24:
		return Rule{}, fmt.Errorf("a recurrence has at most one minute of the hour")
	case opt.Interval > 1000:
		return Rule{}, fmt.Errorf("a recurrence skips at most 1000 periods")
	}
	if _, err := rrule.NewRRule(*opt); err != nil {
		return Rule{}, fmt.Errorf("%q is not a recurrence: %w", text, err)
	}
	if err := bounded(*opt); err != nil {
		return Rule{}, err
	}
	opt.Dtstart = time.Time{}
	return Rule{opt.RRuleString()}, nil
}

// MustRule is ParseRule for rules written in code.
func MustRule(text string) Rule {
	r, err := ParseRule(text)
	if err != nil {
		panic(err)
	}
	return r
}

// IsZero reports whether the rule does not recur.
func (r Rule) IsZero() bool { return r.text == "" }

// String renders the RRULE without its name.
func (r Rule) String() string { return r.text }

// MarshalText renders the rule as String does.
func (r Rule) MarshalText() ([]byte, error) { return []byte(r.text), nil }

// UnmarshalText reads what MarshalText wrote.
func (r *Rule) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRule(string(text))
	return err
}

func (r Rule) option() *rrule.ROption {
	opt, err := rrule.StrToROption(r.text)
	if err != nil {
		panic("ical: a Rule holds only what ParseRule accepted: " + err.Error())
	}
	return opt
}

// PerWeek returns how often the rule recurs on average, as so many times in so
// many weeks: every Friday is 1 in 1, every month 12 in 52. Rules beyond the
// simple ones are counted over four years.
func (r Rule) PerWeek() (times, weeks int64) {
	if r.IsZero() {
		return 0, 1
	}
	opt := r.option()
	every := int64(max(opt.Interval, 1))
	simple := opt.Count == 0 && opt.Until.IsZero() && len(opt.Bysetpos) == 0 && len(opt.Byyearday) == 0 &&
		len(opt.Byweekno) == 0 && len(opt.Byhour) <= 1 && len(opt.Byeaster) == 0
	days := int64(max(len(opt.Byweekday), 1))
	switch {
	case simple && opt.Freq == rrule.WEEKLY && len(opt.Bymonth)+len(opt.Bymonthday) == 0:
		return days, every
	case simple && opt.Freq == rrule.DAILY && len(opt.Bymonth)+len(opt.Bymonthday) == 0 && every == 1 && len(opt.Byweekday) > 0:
		return days, 1
	case simple && opt.Freq == rrule.DAILY && len(opt.Bymonth)+len(opt.Bymonthday)+len(opt.Byweekday) == 0:
		return 7, every
	case simple && opt.Freq == rrule.MONTHLY && len(opt.Bymonth)+len(opt.Byweekday) == 0:
		return 12 * int64(max(len(opt.Bymonthday), 1)), 52 * every
	case simple && opt.Freq == rrule.YEARLY && len(opt.Bymonth)+len(opt.Byweekday)+len(opt.Bymonthday) <= 2:
		return 1, 52 * every
	}
	return r.counted()
}

func (r Rule) counted() (times, weeks int64) {
	start := Due{Date: Date{2025, time.January, 1}, Zone: ""}
	dues, _ := r.Between(start, start.Start(), start.Start().AddDate(4, 0, 0), most)
	opt := r.option()
	if opt.Count > 0 || !opt.Until.IsZero() {
		// A rule that ends counts over the time it lasts.
		if len(dues) == 0 {
			return 0, 1
		}
		days := int64(DaysBetween(dues[0].Date, dues[len(dues)-1].Date)) + 7
		return int64(len(dues)), max((days+6)/7, 1)
	}
	return int64(len(dues)), 208
}

// Next returns the first occurrence strictly after a moment, of a rule whose
// counting begins at start and expands in start's zone. There may be none.
func (r Rule) Next(start Due, after time.Time) (Due, bool) {
	dues := r.expand(r.nearer(start, after), func(t time.Time) bool { return t.After(after) }, time.Time{}, 1)
	if len(dues) == 0 {
		return Due{}, false
	}
	return dues[0], true
}

// Between returns the occurrences that start in [from, to), at most limit of
// them; one more than that is an error.
func (r Rule) Between(start Due, from, to time.Time, limit int) ([]Due, error) {
	dues := r.expand(r.nearer(start, from), func(t time.Time) bool { return !t.Before(from) }, to, limit+1)
	if len(dues) > limit {
		return dues[:limit], fmt.Errorf("the recurrence has more than %d occurrences there", limit)
	}
	return dues, nil
}

// Ends returns how the rule ends: after so many occurrences, or at a moment.
// Both are zero for a rule that goes on.
func (r Rule) Ends() (count int, until time.Time) {
	if r.IsZero() {
		return 0, time.Time{}
	}
	opt := r.option()
	return opt.Count, opt.Until
}

// nearer moves the start of a long-running rule by whole periods towards a
// moment, so that decades need no walk. A rule that counts from its start, or
// by the month, keeps it.
func (r Rule) nearer(start Due, moment time.Time) Due {
	if r.IsZero() || start.IsZero() {
		return start
	}
	opt := r.option()
	period := max(opt.Interval, 1)
	switch {
	case opt.Count > 0:
		return start
	case opt.Freq == rrule.WEEKLY:
		period *= 7
	case opt.Freq != rrule.DAILY && opt.Freq != rrule.HOURLY:
		return start
	}
	if periods := DaysBetween(start.Date, DateOf(moment))/period - 2; periods > 0 {
		start.Date = start.Date.AddDays(periods * period)
	}
	return start
}

// expand walks the occurrences that a condition wants, before an end (none if
// zero). It looks at no more than a fixed number of them.
func (r Rule) expand(start Due, want func(time.Time) bool, end time.Time, limit int) []Due {
	if r.IsZero() || start.IsZero() {
		return nil
	}
	opt := r.option()
	loc := Location(start.Zone)
	opt.Dtstart = start.Start().In(loc)
	rule, err := rrule.NewRRule(*opt)
	if err != nil {
		return nil
	}
	var out []Due
	next := rule.Iterator()
	for range most {
		t, ok := next()
		if !ok || (!end.IsZero() && !t.Before(end)) || t.Year() > opt.Dtstart.Year()+200 {
			break
		}
		if !want(t) {
			continue
		}
		due := DueAt(t, start.Zone)
		if start.Minute == AllDay {
			due.Minute = AllDay
		}
		if out = append(out, due); len(out) == limit {
			break
		}
	}
	return out
}

// Known returns a rule that ParseRule once rendered, without checking it
// again: for reading back what was kept.
func Known(text string) (Rule, error) {
	if len(text) > 400 {
		return Rule{}, fmt.Errorf("%q is not a kept recurrence", text[:40])
	}
	return Rule{text}, nil
}
