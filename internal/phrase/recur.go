package phrase

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"baton/internal/ical"
)

// A When is a recurrence or a single date that words say, and how it was
// understood.
type When struct {
	Rule  ical.Rule
	Due   ical.Due // the first one
	Words string   // "every Friday, next on 4 December 2026"
}

var plainRules = map[string]string{
	"daily": "FREQ=DAILY", "weekly": "FREQ=WEEKLY", "monthly": "FREQ=MONTHLY", "quarterly": "FREQ=MONTHLY;INTERVAL=3",
	"yearly": "FREQ=YEARLY", "annually": "FREQ=YEARLY", "fortnightly": "FREQ=WEEKLY;INTERVAL=2", "biweekly": "FREQ=WEEKLY;INTERVAL=2",
}

var units = map[string]string{
	"day": "DAILY", "days": "DAILY", "week": "WEEKLY", "weeks": "WEEKLY", "month": "MONTHLY", "months": "MONTHLY",
	"year": "YEARLY", "years": "YEARLY", "quarter": "QUARTER", "quarters": "QUARTER",
}

var counts = map[string]int{
	"other": 2, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
	"two": 2, "three": 3, "four": 4, "six": 6,
}

// ordinals are the counts that can also be a place in the month.
var ordinals = map[string]bool{"second": true, "2nd": true, "third": true, "3rd": true, "fourth": true, "4th": true}

var codes = [...]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// spaced sets commas apart, and reads Todoist's "every!" as every.
var spaced = strings.NewReplacer(",", " , ", "every!", "every")

// Recur reads a recurrence in English: "every friday 16:00", "every other
// wednesday", "every month on the 21st", "every 3 months", "every weekday at
// 7:30", "every monday, wednesday", "weekly on tue", "daily". A plain date is
// read as Day does.
func Recur(text string, c Context) (When, error) {
	words := strings.Fields(strings.ToLower(spaced.Replace(text)))
	if len(words) == 0 {
		return When{}, unreadf("there is no recurrence")
	}
	minute := ical.AllDay
	for take := 2; take >= 1; take-- {
		if take < len(words) {
			if m, ok := clockOf(strings.Join(words[len(words)-take:], " ")); ok {
				minute, words = m, words[:len(words)-take]
				break
			}
		}
	}
	if unsure := twoWays(words); unsure != nil {
		return When{}, unsure
	}
	rule, ok := ruleOf(words)
	if !ok {
		due, err := Day(text, c)
		if err != nil {
			return When{}, unreadf("%q is not a recurrence; write it like every friday, every 2 weeks or every month on the 21st", text)
		}
		return When{Due: due, Words: "on " + longDate(due)}, nil
	}
	return first(rule, minute, c)
}

// twoWays refuses "every third friday": people mean every three weeks, or the
// third of each month.
func twoWays(words []string) error {
	if len(words) != 3 || words[0] != "every" {
		return nil
	}
	n, counted := counts[words[1]]
	_, named := dayNames[strings.TrimSuffix(words[2], "s")]
	if !counted || !named || !ordinals[words[1]] {
		return nil
	}
	return fmt.Errorf("%q could be every %d weeks or once a month; write it like every %d weeks on %s, or every month on the %s %s",
		strings.Join(words, " "), n, n, words[2], words[1], words[2])
}

// first finds the first occurrence that is still to come today or later.
func first(text string, minute int, c Context) (When, error) {
	rule, err := ical.ParseRule(text)
	if err != nil {
		return When{}, err
	}
	start := ical.Due{Date: ical.Today(c.Now, c.Zone), Minute: minute, Zone: c.Zone}
	from := start.Start().Add(-time.Second)
	if minute != ical.AllDay {
		from = c.Now
	}
	due, ok := rule.Next(start, from)
	if !ok {
		return When{}, fmt.Errorf("the recurrence never happens")
	}
	return When{Rule: rule, Due: due, Words: rule.Words() + ", next on " + longDate(due)}, nil
}

func longDate(d ical.Due) string {
	text := fmt.Sprintf("%d %s %d", d.Date.Day, d.Date.Month, d.Date.Year)
	if d.Minute != ical.AllDay {
		text += fmt.Sprintf(" at %02d:%02d", d.Minute/60, d.Minute%60)
	}
	return text
}

// ruleOf reads the words of a recurrence into an RRULE.
func ruleOf(words []string) (string, bool) {
	if rule, ok := plainRules[words[0]]; ok {
		rest := words[1:]
		if len(rest) > 1 && rest[0] == "on" {
			rest = rest[1:]
		}
		return within(rule, rest)
	}
	if words[0] != "every" || len(words) < 2 {
		return "", false
	}
	words = words[1:]
	interval := 1
	if n, ok := counts[words[0]]; ok && len(words) > 1 {
		interval, words = n, words[1:]
	} else if n, err := strconv.Atoi(words[0]); err == nil && len(words) > 1 && n > 0 && n <= 100 {
		if _, isUnit := units[words[1]]; isUnit {
			interval, words = n, words[1:]
		}
	}
	if freq, ok := units[words[0]]; ok {
		if freq == "QUARTER" {
			freq, interval = "MONTHLY", 3*interval
		}
		rest := words[1:]
		if len(rest) > 1 && rest[0] == "on" {
			rest = rest[1:]
		}
		return within(withInterval("FREQ="+freq, interval), rest)
	}
	if days, ok := weekdaysOf(words); ok {
		return withInterval("FREQ=WEEKLY", interval) + ";BYDAY=" + days, true
	}
	if day, ok := monthDay(words); ok && interval == 1 {
		return "FREQ=MONTHLY;BYMONTHDAY=" + day, true
	}
	return yearDay(words, interval)
}

func withInterval(rule string, n int) string {
	if n > 1 {
		rule += ";INTERVAL=" + strconv.Itoa(n)
	}
	return rule
}

// within reads what follows "every month": nothing, "the 21st", "tuesday".
func within(rule string, rest []string) (string, bool) {
	switch {
	case len(rest) == 0:
		return rule, true
	case strings.Contains(rule, "WEEKLY"):
		days, ok := weekdaysOf(rest)
		return rule + ";BYDAY=" + days, ok
	case strings.Contains(rule, "MONTHLY"):
		if day, ok := monthDay(rest); ok {
			return rule + ";BYMONTHDAY=" + day, true
		}
		return nthWeekday(rule, rest)
	}
	return "", false
}

// weekdaysOf reads "monday, wednesday and fri", "weekday", "weekend".
func weekdaysOf(words []string) (string, bool) {
	var out []string
	for _, w := range words {
		switch w {
		case ",", "and", "&":
			continue
		case "weekday", "weekdays", "workday", "workdays":
			out = append(out, "MO", "TU", "WE", "TH", "FR")
			continue
		case "weekend", "weekends":
			out = append(out, "SA", "SU")
			continue
		}
		day, ok := dayNames[strings.TrimSuffix(w, "s")]
		if !ok {
			day, ok = dayNames[w]
		}
		if !ok {
			return "", false
		}
		out = append(out, codes[day])
	}
	if len(out) == 0 || len(out) > 7 {
		return "", false
	}
	slices.SortFunc(out, func(a, b string) int { return mondayFirst(a) - mondayFirst(b) })
	return strings.Join(slices.Compact(out), ","), true
}

func mondayFirst(code string) int {
	return (slices.Index(codes[:], code) + 6) % 7
}

func monthDay(words []string) (string, bool) {
	if words[0] == "the" {
		words = words[1:]
	}
	if len(words) == 2 && words[0] == "last" && words[1] == "day" {
		return "-1", true
	}
	if len(words) != 1 {
		return "", false
	}
	m := ordinal.FindStringSubmatch(words[0])
	if m == nil {
		return "", false
	}
	day, _ := strconv.Atoi(m[1])
	return m[1], day >= 1 && day <= 31
}

// nthWeekday reads "the first monday", "last fri" of a month.
func nthWeekday(rule string, words []string) (string, bool) {
	if words[0] == "the" {
		words = words[1:]
	}
	if len(words) != 2 {
		return "", false
	}
	n, ok := map[string]string{"first": "1", "1st": "1", "second": "2", "2nd": "2", "third": "3", "3rd": "3", "fourth": "4", "4th": "4", "last": "-1"}[words[0]]
	day, named := dayNames[words[1]]
	if !ok || !named {
		return "", false
	}
	return rule + ";BYDAY=" + n + codes[day], true
}

// yearDay reads "12 dec" and "dec 12" as a day of every year.
func yearDay(words []string, interval int) (string, bool) {
	if len(words) != 2 {
		return "", false
	}
	month, ok := monthNames[words[0]]
	dayWord := words[1]
	if !ok {
		month, ok = monthNames[words[1]]
		dayWord = words[0]
	}
	m := ordinal.FindStringSubmatch(dayWord)
	if !ok || m == nil {
		return "", false
	}
	return withInterval("FREQ=YEARLY", interval) + fmt.Sprintf(";BYMONTH=%d;BYMONTHDAY=%s", month, m[1]), true
}
