package web

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/work"
)

// dueWords says a due as somebody near it would: "today", "tomorrow", "Friday",
// "12 Dec", with the time where it has one.
func dueWords(d ical.Due, today ical.Date) string {
	if d.IsZero() {
		return ""
	}
	words := dayWords(d.Date, today)
	if d.Minute != ical.AllDay {
		words += fmt.Sprintf(" %02d:%02d", d.Minute/60, d.Minute%60)
	}
	return words
}

func dayWords(d, today ical.Date) string {
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
	switch n := ical.DaysBetween(today, d); {
	case n == 0:
		return "today"
	case n == 1:
		return "tomorrow"
	case n == -1:
		return "yesterday"
	case n > 1 && n < 7:
		return t.Format("Monday")
	case d.Year == today.Year:
		return t.Format("2 Jan")
	}
	return t.Format("2 Jan 2006")
}

// dueTone is how pressing a due is: late, soon, or nothing.
func dueTone(d ical.Due, now time.Time, today ical.Date) string {
	switch {
	case d.IsZero():
		return ""
	case now.After(d.Instant()):
		return "late"
	case ical.DaysBetween(today, d.Date) <= 2:
		return "soon"
	}
	return ""
}

// ageWords says how long something waits: "since today", "2 days".
func ageWords(days int) string {
	switch days {
	case 0:
		return "since today"
	case 1:
		return "1 day"
	}
	return fmt.Sprintf("%d days", days)
}

// plural counts a thing: "1 task", "3 tasks".
func plural[N ~int | ~int64](n N, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.FormatInt(int64(n), 10) + " " + many
}

// countWords says a count as lists have it; 1001 stands for more than 1,000.
func countWords(n int64, one, many string) string {
	if n > 1000 {
		return "1,000+ " + many
	}
	return plural(n, one, many)
}

func hoursWords(m work.Minutes) string { return work.HoursWords(m) }

// hoursField is minutes as a field of hours holds them; none is empty.
func hoursField(m work.Minutes) string {
	if m == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(m)/60, 'f', -1, 64)
}

// capital begins a sentence.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 || strings.HasPrefix(s, "iCal") {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// to returns the address of a page of a workspace.
func to(p *workspaces.Place, format string, args ...any) string {
	return "/w/" + strconv.FormatInt(int64(p.Workspace.ID), 10) + fmt.Sprintf(format, args...)
}

// short cuts what was said for a row, its paragraphs parted by a stop; the
// whole of it is on its own page.
func short(parts ...string) string {
	var said []string
	for _, p := range strings.Split(strings.Join(parts, "\n"), "\n") {
		if p = strings.TrimSpace(p); p != "" {
			said = append(said, p)
		}
	}
	for i := range max(len(said)-1, 0) {
		if !strings.ContainsAny(said[i][len(said[i])-1:], ".!?:;") {
			said[i] += "."
		}
	}
	r := []rune(strings.Join(said, " "))
	if len(r) <= 140 {
		return string(r)
	}
	return strings.TrimSpace(string(r[:139])) + "…"
}

// signed writes a number with its sign, a true minus where it is negative.
func signed(n int) string {
	if n < 0 {
		return "−" + strconv.Itoa(-n)
	}
	return "+" + strconv.Itoa(n)
}

// zone is the workspace's time zone.
func (v *visit) zone() *time.Location { return ical.Location(v.place.Workspace.Zone) }

func joined(ids []string) string { return strings.Join(ids, ",") }

// whenShort says a moment near now briefly: "15:04" today, "2 Mar, 15:04".
func whenShort(v *visit, t time.Time) string {
	local := t.In(v.zone())
	switch day := ical.DateOf(local); {
	case day == v.today():
		return local.Format("15:04")
	case day.Year == v.today().Year:
		return local.Format("2 Jan, 15:04")
	}
	return local.Format("2 Jan 2006")
}
