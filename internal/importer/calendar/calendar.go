// Package calendar reads iCalendar files: to-dos as tasks, events that repeat
// as the hours a week they take, and coming events that do not.
//
// Hours are counted over the last and the next eight weeks, from the instances
// that are there: with extra and excepted dates, moved and cancelled ones, each
// in its zone. A whole day, a time marked free and what the member declined are
// no hours.
package calendar

import (
	"io"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"baton/internal/ical"
	"baton/internal/importer"
	"baton/internal/work"
)

// Format is an iCalendar file.
var Format = importer.Format{
	Name: "calendar", Words: "iCalendar (.ics)", Read: read,
	Looks: func(_, head string) bool {
		head = strings.TrimLeft(head, " \t\r\n")
		return len(head) >= 15 && strings.EqualFold(head[:15], "BEGIN:VCALENDAR")
	},
}

// weeks is how far back and ahead hours are counted.
const weeks = 8

// mostMoved is how many single instances of a repeating event may differ.
const mostMoved = 200_000

// reader is what must be known before the first event can be read.
type reader struct {
	c        importer.Context
	zones    zones
	name     string                // of the calendar
	whole    importer.Seen         // UIDs of events that are no instance of another
	moved    map[string][]instance // instances that differ, by UID
	count    int                   // of them
	work     int                   // what expanding recurrences has cost
	from, to time.Time             // the weeks that count
	give     func(importer.Row) bool
	refuses  func(*component, moment, time.Time) string // why an event does not count, or ""
}

// instance is one turn of a repeating event that differs from the rest.
type instance struct {
	of         time.Time // the turn it stands for
	start, end time.Time
	gone       bool
}

// read goes over the file twice: for zones and single instances, wherever they
// stand, then for the events.
func read(r io.Reader, c importer.Context) importer.Rows {
	return func(yield func(importer.Row, error) bool) {
		stopped, found := false, false
		today := ical.Today(c.Now, c.Zone)
		v := &reader{
			c: c, zones: zones{c.Zone, map[string]string{}, map[string]int{}}, whole: importer.Seen{}, moved: map[string][]instance{},
			from: today.AddDays(-7 * weeks).In(ical.Location(c.Zone)), to: today.AddDays(7 * weeks).In(ical.Location(c.Zone)),
		}
		v.refuses = v.noHours
		v.give = func(row importer.Row) bool {
			found, stopped = true, !yield(row, nil)
			return !stopped
		}
		err := importer.Spool(r, func(again func() (io.Reader, error)) error {
			for _, pass := range []visitor{{v.about, v.prepare}, {nil, v.component}} {
				src, err := again()
				if err != nil {
					return err
				}
				if err := walk(src, pass); err != nil || stopped {
					return err
				}
			}
			return nil
		})
		switch {
		case stopped:
		case err != nil:
			yield(importer.Row{}, err)
		case !found:
			yield(importer.Skipped(1, "The calendar holds no event and no to-do."), nil)
		}
	}
}

// about learns the calendar's own name and zone.
func (v *reader) about(p *ics.BaseProperty) {
	switch p.IANAToken {
	case "X-WR-CALNAME":
		v.name = unescape.Replace(p.Value)
	case "X-WR-TIMEZONE":
		if ical.IsZone(p.Value) {
			v.zones.local = p.Value
		}
	}
}

// prepare learns zones and the instances that differ.
func (v *reader) prepare(c *component) (bool, error) {
	switch c.name {
	case "VTIMEZONE":
		v.zones.add(c)
	case "VEVENT":
		uid := c.text("UID")
		turn := c.get("RECURRENCE-ID")
		if turn == nil {
			v.whole.Add(uid, c.line)
			return true, nil
		}
		if v.count++; v.count > mostMoved {
			return false, work.Errorf(work.Invalid, "Line %d: the calendar moves more than %d single events; export fewer years.", c.line, mostMoved)
		}
		of, ok := v.zones.of(turn)
		if !ok {
			return true, nil
		}
		start, end, ok := v.span(c)
		why := v.refuses(c, start, end)
		v.moved[uid] = append(v.moved[uid], instance{of.at, start.at, end, !ok || why != ""})
	}
	return true, nil
}

// component reads an event or a to-do of the second pass.
func (v *reader) component(c *component) (bool, error) {
	switch c.name {
	case "VEVENT":
		if c.get("RECURRENCE-ID") != nil && v.whole.Has(c.text("UID")) {
			return true, nil // counted with what it is an instance of
		}
		return v.give(v.event(c)), nil
	case "VTODO":
		return v.give(v.todo(c)), nil
	case "VJOURNAL":
		return v.give(importer.Skipped(c.line, "%s is a journal entry.", importer.Quoted(c.text("SUMMARY")))), nil
	}
	return true, nil
}

// span is from when to when an event is.
func (v *reader) span(c *component) (start moment, end time.Time, ok bool) {
	if start, ok = v.zones.of(c.get("DTSTART")); !ok {
		return start, end, false
	}
	if last, ok := v.zones.of(c.get("DTEND")); ok && !last.at.Before(start.at) {
		return start, last.at, true
	}
	if p := c.get("DURATION"); p != nil {
		if d, ok := duration(p.Value); ok {
			return start, start.at.Add(d), true
		}
	}
	return start, start.at, true
}

// noHours says why an event takes no hours of the member, or "".
func (v *reader) noHours(c *component, start moment, end time.Time) string {
	switch {
	case strings.EqualFold(c.text("STATUS"), "CANCELLED"):
		return "is cancelled"
	case start.day:
		return "is for the whole day and counts no hours"
	case strings.EqualFold(c.text("TRANSP"), "TRANSPARENT"), strings.EqualFold(c.text("X-MICROSOFT-CDO-BUSYSTATUS"), "FREE"):
		return "is marked free and counts no hours"
	case v.declined(c):
		return "was declined"
	case end.Sub(start.at) >= 24*time.Hour:
		return "lasts a day or longer and counts no hours"
	case !end.After(start.at):
		return "has no length and counts no hours"
	}
	return ""
}

// declined reports whether the member said no, or the only one asked did.
func (v *reader) declined(c *component) bool {
	asked := c.all("ATTENDEE")
	for _, p := range asked {
		if !strings.EqualFold(param(p, "PARTSTAT"), "DECLINED") {
			continue
		}
		address := p.Value
		if len(address) > 7 && strings.EqualFold(address[:7], "mailto:") {
			address = address[7:]
		}
		if len(asked) == 1 || v.c.Mine(address) || strings.EqualFold(address, v.name) || v.c.Mine(param(p, "CN")) {
			return true
		}
	}
	return false
}

func (v *reader) area(c *component) string {
	first, _, _ := strings.Cut(c.text("CATEGORIES"), ",")
	if first == "" && !strings.Contains(v.name, "@") {
		return v.name
	}
	return first
}
