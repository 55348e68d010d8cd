package phrase

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"baton/internal/ical"
)

var (
	monthNames = map[string]time.Month{
		"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
		"september": 9, "october": 10, "november": 11, "december": 12,
		"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
	}
	dayNames = map[string]time.Weekday{
		"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 0,
		"mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6, "sun": 0,
	}
	clockForm = regexp.MustCompile(`^(?:at\s+)?(\d{1,2})(?::(\d{2}))?\s*(am|pm)?$`)
	ordinal   = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?$`)
	inForm    = regexp.MustCompile(`^in (\d{1,3}|a|one|two|three) (day|week|month)s?$`)
	isoForm   = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	yearForm  = regexp.MustCompile(`^\d{4}$`)
	slashForm = regexp.MustCompile(`^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$`)
)

// Day reads a date, with or without a time: "2026-12-05", "12 dec", "dec 12
// 2027", "tomorrow 15:00", "fri", "next monday", "in 3 days", "25/12/2026". A
// date without a year is the next one; "12/05/2026" could be two days and is
// refused.
func Day(text string, c Context) (ical.Due, error) {
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(text, ",", " ")))
	if len(words) == 0 {
		return ical.Due{}, unreadf("there is no date")
	}
	// A time may stand at the end, in one word or two ("3 pm", "at 15:00").
	for take := min(2, len(words)-1); take >= 0; take-- {
		clock := strings.Join(words[len(words)-take:], " ")
		minute, ok := ical.AllDay, true
		if take > 0 {
			minute, ok = clockOf(clock)
		}
		if !ok {
			continue
		}
		date, found, err := dateOf(strings.Join(words[:len(words)-take], " "), c)
		if err != nil {
			return ical.Due{}, err
		}
		if found {
			return ical.Due{Date: date, Minute: minute, Zone: c.Zone}, nil
		}
	}
	return ical.Due{}, unreadf("%q is not a date; write it like 2026-12-05, 12 dec, friday or tomorrow", text)
}

// clockOf reads "15:00", "3pm", "at 9:30 am"; a bare number is no time.
func clockOf(text string) (minute int, ok bool) {
	m := clockForm.FindStringSubmatch(text)
	if m == nil || (m[2] == "" && m[3] == "" && !strings.HasPrefix(text, "at ")) {
		return 0, false
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ = strconv.Atoi("0" + m[2])
	if m[3] != "" {
		if hour < 1 || hour > 12 {
			return 0, false
		}
		hour %= 12
		if m[3] == "pm" {
			hour += 12
		}
	}
	if hour > 23 || minute > 59 {
		return 0, false
	}
	return hour*60 + minute, true
}

// dateOf reads the date part. An error is a date that is wrong or ambiguous.
func dateOf(text string, c Context) (ical.Date, bool, error) {
	today := ical.Today(c.Now, c.Zone)
	text = strings.TrimPrefix(text, "on ")
	switch text {
	case "today":
		return today, true, nil
	case "tomorrow", "tom":
		return today.AddDays(1), true, nil
	case "next week":
		return nextWeekday(today, time.Monday, 1), true, nil
	}
	if isoForm.MatchString(text) {
		d, err := ical.ParseDate(text)
		return d, true, err
	}
	if m := slashForm.FindStringSubmatch(text); m != nil {
		return slashDate(text, m)
	}
	if m := inForm.FindStringSubmatch(text); m != nil {
		return inDays(today, m[1], m[2]), true, nil
	}
	name := strings.TrimPrefix(text, "next ")
	if wd, ok := dayNames[name]; ok {
		// "next friday" is the one after the coming one only where that is
		// less than a week away by every reading: people disagree, so both
		// mean the coming one, and the answer says its date.
		return nextWeekday(today, wd, 1), true, nil
	}
	return monthDate(text, today)
}

func nextWeekday(from ical.Date, wd time.Weekday, atLeast int) ical.Date {
	days := (int(wd)-int(from.Weekday())+7)%7 + 0
	if days < atLeast {
		days += 7
	}
	return from.AddDays(days)
}

func inDays(today ical.Date, count, unit string) ical.Date {
	n, err := strconv.Atoi(count)
	if err != nil {
		n = map[string]int{"a": 1, "one": 1, "two": 2, "three": 3}[count]
	}
	switch unit {
	case "week":
		n *= 7
	case "month":
		return ical.DateOf(today.In(time.UTC).AddDate(0, n, 0))
	}
	return today.AddDays(n)
}

func slashDate(text string, m []string) (ical.Date, bool, error) {
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[2])
	year, _ := strconv.Atoi(m[3])
	switch {
	case a == b:
	case strings.Contains(text, "."), a > 12: // the dotted form puts the day first
	case b > 12:
		a, b = b, a
	default:
		return ical.Date{}, false, fmt.Errorf("%q could be %s or %s; write it like %04d-%02d-%02d",
			text, time.Month(a).String()[:3]+" "+m[2], time.Month(b).String()[:3]+" "+m[1], year, a, b)
	}
	return checked(text, year, b, a)
}

func checked(text string, year, month, day int) (ical.Date, bool, error) {
	t := time.Date(year, time.Month(month), day, 12, 0, 0, 0, time.UTC)
	if month < 1 || month > 12 || t.Day() != day || year < 1900 || year > 2200 {
		return ical.Date{}, false, fmt.Errorf("%q is not a day of the calendar", text)
	}
	return ical.DateOf(t), true, nil
}

// monthDate reads "12 dec", "dec 12", "december 12th 2027".
func monthDate(text string, today ical.Date) (ical.Date, bool, error) {
	words := strings.Fields(text)
	if len(words) < 2 || len(words) > 3 {
		return ical.Date{}, false, nil
	}
	month, named := monthNames[words[0]]
	dayWord := words[1]
	if !named {
		month, named = monthNames[words[1]]
		dayWord = words[0]
	}
	m := ordinal.FindStringSubmatch(dayWord)
	if !named || m == nil {
		return ical.Date{}, false, nil
	}
	day, _ := strconv.Atoi(m[1])
	if len(words) == 3 {
		if !yearForm.MatchString(words[2]) {
			return ical.Date{}, false, nil
		}
		year, _ := strconv.Atoi(words[2])
		return checked(text, year, int(month), day)
	}
	date, ok, err := checked(text, today.Year, int(month), day)
	if err == nil && date.Compare(today) < 0 {
		return checked(text, today.Year+1, int(month), day)
	}
	if err != nil && month == time.February && day == 29 {
		for year := today.Year; year < today.Year+9; year++ {
			if date, ok, err := checked(text, year, 2, 29); err == nil && date.Compare(today) >= 0 {
				return date, ok, nil
			}
		}
	}
	return date, ok, err
}
