package importer

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"baton/internal/ical"
	"baton/internal/phrase"
	"baton/internal/work"
)

// instants are the date-times programs write.
var instants = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.9999999", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04",
	"20060102T150405Z", "20060102T150405", "20060102",
}

// A Time reads what a file says about when: an instant, a date, or words. What
// is not understood is said so in the remark, never guessed.
func (r *Row) Time(text string, c Context) {
	text = OneLine(text)
	if text == "" {
		return
	}
	r.When = text
	if due, ok := Instant(text, c); ok {
		r.Due = due
		return
	}
	when, err := phrase.Recur(text, c.Phrase())
	if err != nil {
		r.Note = Join(r.Note, Named("When", text))
		r.Remark = Join(r.Remark, "When it is due was not understood and is in the note: "+Quoted(text)+".")
		return
	}
	r.Rule, r.Due = when.Rule, when.Due
}

// By reads a deadline.
func (r *Row) By(text string, c Context) {
	if text = OneLine(text); text == "" {
		return
	}
	due, ok := Instant(text, c)
	if !ok {
		var err error
		if due, err = phrase.Day(text, c.Phrase()); err != nil {
			r.Note = Join(r.Note, Named("Deadline", text))
			r.Remark = Join(r.Remark, "Its deadline was not understood and is in the note: "+Quoted(text)+".")
			return
		}
	}
	r.Deadline = due
}

// Instant reads a date or date-time as programs write them. A moment at local
// midnight is a day.
func Instant(text string, c Context) (ical.Due, bool) {
	if d, err := ical.ParseDate(text); err == nil {
		return ical.DayDue(d, c.Zone), true
	}
	if due, ok := slashed(text, c); ok {
		return due, true
	}
	loc := ical.Location(c.Zone)
	for _, layout := range instants {
		var t time.Time
		var err error
		if strings.HasSuffix(layout, "Z") || layout == time.RFC3339Nano {
			t, err = time.Parse(layout, text)
		} else {
			t, err = time.ParseInLocation(layout, text, loc)
		}
		if err != nil || t.Year() < 1900 || t.Year() > 2200 {
			continue
		}
		due := ical.DueAt(t, c.Zone)
		if due.Minute == 0 {
			due.Minute = ical.AllDay
		}
		return due, true
	}
	return ical.Due{}, false
}

var slashes = regexp.MustCompile(`(?:^|[^\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?:$|[^\d/])`)

// slashed reads 12/25/2026 or 25/12/2026. Where one date alone could be either,
// the others at the beginning of the file decide, if they agree.
func slashed(text string, c Context) (ical.Due, bool) {
	m := slashes.FindStringSubmatch(text)
	if m == nil || strings.TrimSpace(text) != m[1]+"/"+m[2]+"/"+m[3] {
		return ical.Due{}, false
	}
	first, _ := strconv.Atoi(m[1])
	second, _ := strconv.Atoi(m[2])
	dayFirst, known := dayFirst(c.Head)
	switch {
	case first > 12:
		dayFirst = true
	case second > 12:
		dayFirst = false
	case !known && first != second:
		return ical.Due{}, false
	}
	if dayFirst {
		first, second = second, first
	}
	year, _ := strconv.Atoi(m[3])
	d := ical.Date{Year: year, Month: time.Month(first), Day: second}
	if back, err := ical.ParseDate(d.String()); err != nil || back != d {
		return ical.Due{}, false
	}
	return ical.DayDue(d, c.Zone), true
}

// dayFirst says whether a file's dates put the day first, if it has dates that
// show it and none that contradict.
func dayFirst(head string) (first, known bool) {
	var days, months int
	for _, m := range slashes.FindAllStringSubmatch(head, -1) {
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[2])
		switch {
		case a > 12 && b <= 12:
			days++
		case b > 12 && a <= 12:
			months++
		}
	}
	return days > 0, (days > 0) != (months > 0)
}

// Span reads an effort: with a unit as phrase does, or a bare number of the
// unit its column has.
func Span(text string, unit work.Minutes) (work.Minutes, bool) {
	text = strings.ReplaceAll(OneLine(text), ",", ".")
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		minutes := work.Minutes(n*float64(unit) + 0.5)
		return minutes, n > 0 && n < 100_000 && minutes > 0 && minutes <= 10_000
	}
	if hours, minutes, ok := strings.Cut(text, ":"); ok && len(minutes) == 2 {
		h, err1 := strconv.Atoi(hours)
		m, err2 := strconv.Atoi(minutes)
		return work.Minutes(h*60 + m), err1 == nil && err2 == nil && h >= 0 && m >= 0 && m < 60 && h < 160 && h+m > 0
	}
	minutes, err := phrase.Effort(text)
	return work.Minutes(minutes), err == nil
}

// Matters turns the words programs have for importance into a mark; nil for
// the middle and for what is not known.
func Matters(text string) *int {
	value := -1
	switch strings.ToLower(OneLine(text)) {
	case "high", "h", "urgent", "critical", "highest", "important", "1", "p1", "a", "!!!", "yes":
		value = 3
	case "medium", "m", "2", "p2", "b", "!!":
		value = 2
	case "low", "l", "lowest", "3", "p3", "c", "!":
		value = 1
	}
	if value < 0 {
		return nil
	}
	return &value
}
