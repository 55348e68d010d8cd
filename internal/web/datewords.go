package web

import (
	"fmt"
	"time"

	"baton/internal/ical"
)

// dateWords says a date in full, as an agreement does: "Friday 12 December
// 2026".
func dateWords(d ical.Date) string { return d.In(time.UTC).Format("Monday 2 January 2006") }

// dueInFull says a due as an agreement does.
func dueInFull(d ical.Due) string {
	if d.IsZero() {
		return ""
	}
	words := dateWords(d.Date)
	if d.Minute != ical.AllDay {
		words += fmt.Sprintf(", %02d:%02d", d.Minute/60, d.Minute%60)
	}
	return words
}

// sinceWords says a past day as somebody near it would: "today", "yesterday",
// "Friday", "12 Dec".
func sinceWords(d, today ical.Date) string {
	if n := ical.DaysBetween(d, today); n > 1 && n < 7 {
		return d.Weekday().String()
	}
	return dayWords(d, today)
}

// dayOf is the workspace's date of a moment.
func (v *visit) dayOf(t time.Time) ical.Date { return ical.Today(t, v.place.Workspace.Zone) }

// since says when a moment was: "Friday".
func (v *visit) since(t time.Time) string { return sinceWords(v.dayOf(t), v.today()) }

// by says until when: "Friday", "12 Dec".
func (v *visit) by(t time.Time) string { return dayWords(v.dayOf(t.Add(-time.Second)), v.today()) }

// age says how long a moment is past, in days of the workspace.
func (v *visit) age(t time.Time) string {
	return ageWords(ical.DaysBetween(v.dayOf(t), v.today()))
}

// moment says exactly when something was.
func (v *visit) moment(t time.Time) string {
	return t.In(v.zone()).Format("Monday 2 January 2006, 15:04")
}
