package calendar

import (
	"bufio"
	"io"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"baton/internal/ical"
	"baton/internal/importer"
	"baton/internal/work"
)

// A Span of time that a calendar has something in.
type Span struct{ From, To time.Time }

// longestBusy is how long one event keeps somebody busy at most.
const longestBusy = 60 * 24 * time.Hour

// mostBusy is how many busy times a calendar may have in the time asked about.
const mostBusy = 20_000

// Busy reads when a calendar's owner is busy in [from, to): from when to when
// and nothing else of it, merged and in order. What is cancelled, marked free or
// declined by the owner is not busy; a whole day is, from midnight to midnight
// in the calendar's zone. Repeating events are expanded in their own zones
// within the caps of this package. Published free and busy times count as they
// say.
func Busy(r io.Reader, c importer.Context, from, to time.Time) (spans []Span, err error) {
	v := &reader{
		c: c, zones: zones{c.Zone, map[string]string{}, map[string]int{}}, whole: importer.Seen{}, moved: map[string][]instance{},
		from: from.Add(-longestBusy), to: to,
	}
	v.refuses = v.notBusy
	b := &busyReader{reader: v, from: from, to: to}
	in := bufio.NewReader(r)
	head, _ := in.Peek(100) // a shorter file is no error here
	if !Format.Looks("", strings.TrimPrefix(string(head), "\ufeff")) {
		return nil, work.FieldError("file", "This is no calendar: an iCalendar file (.ics) begins with BEGIN:VCALENDAR.")
	}
	err = importer.Spool(in, func(again func() (io.Reader, error)) error {
		for _, pass := range []visitor{{v.about, v.prepare}, {nil, b.component}} {
			src, err := again()
			if err != nil {
				return err
			}
			if err := walk(src, pass); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return b.merged(), nil
}

// busyReader collects when a calendar's owner is busy.
type busyReader struct {
	*reader
	from, to time.Time
	spans    []Span
}

func (b *busyReader) component(c *component) (bool, error) {
	switch c.name {
	case "VEVENT":
		if c.get("RECURRENCE-ID") != nil && b.whole.Has(c.text("UID")) {
			break // counted with what it is an instance of
		}
		b.event(c)
	case "VFREEBUSY":
		for _, p := range c.all("FREEBUSY") {
			b.published(p)
		}
	}
	if len(b.spans) > mostBusy {
		b.spans = b.merged()
	}
	if len(b.spans) > mostBusy {
		return false, work.FieldError("file", "Line %d: the calendar is busy more than %d times; export fewer years.", c.line, mostBusy)
	}
	return true, nil
}

func (b *busyReader) event(c *component) {
	start, end, ok := b.span(c)
	if !ok || b.notBusy(c, start, end) != "" {
		return
	}
	if start.day && !end.After(start.at) {
		end = b.daysLater(start, 1) // a day without an end is that day
	}
	long := min(end.Sub(start.at), longestBusy)
	if len(c.all("RRULE"))+len(c.all("RDATE")) == 0 {
		b.add(start.at, start.at.Add(long))
		return
	}
	turns, _, err := b.turns(c, start, long)
	if err != nil {
		turns = []turn{{start.at, start.at.Add(long)}} // a rule nobody can follow keeps its first turn
	}
	days := int((long + 12*time.Hour) / (24 * time.Hour))
	for _, t := range turns {
		if start.day {
			t.end = b.daysLater(moment{t.start, start.zone, true}, days)
		}
		b.add(t.start, t.end)
	}
}

// daysLater is the midnight so many days after a whole day begins: a day can
// have 23 hours.
func (b *busyReader) daysLater(m moment, days int) time.Time {
	loc := ical.Location(m.zone)
	return ical.DateOf(m.at.In(loc)).AddDays(max(days, 1)).In(loc).UTC()
}

// published reads the periods of a FREEBUSY line.
func (b *busyReader) published(p *ics.BaseProperty) {
	if strings.EqualFold(param(p, "FBTYPE"), "FREE") {
		return
	}
	for value := range strings.SplitSeq(p.Value, ",") {
		first, rest, _ := strings.Cut(value, "/")
		start, ok := b.zones.moment(first, param(p, "TZID"))
		if !ok {
			continue
		}
		if end, ok := b.zones.moment(rest, param(p, "TZID")); ok {
			b.add(start.at, end.at)
		} else if d, ok := duration(rest); ok {
			b.add(start.at, start.at.Add(d))
		}
	}
}

// add keeps what lies in the time asked about.
func (b *busyReader) add(from, to time.Time) {
	if from.Before(b.from) {
		from = b.from
	}
	if to.After(b.to) {
		to = b.to
	}
	if from.Before(to) {
		b.spans = append(b.spans, Span{from.UTC(), to.UTC()})
	}
}

// merged joins what overlaps or touches, and orders it.
func (b *busyReader) merged() []Span {
	slices.SortFunc(b.spans, func(x, y Span) int { return x.From.Compare(y.From) })
	out := b.spans[:0]
	for _, s := range b.spans {
		if n := len(out); n > 0 && !s.From.After(out[n-1].To) {
			if s.To.After(out[n-1].To) {
				out[n-1].To = s.To
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

// notBusy says why an event leaves its owner free, or "".
func (v *reader) notBusy(c *component, start moment, end time.Time) string {
	switch {
	case strings.EqualFold(c.text("STATUS"), "CANCELLED"):
		return "is cancelled"
	case strings.EqualFold(c.text("TRANSP"), "TRANSPARENT"), strings.EqualFold(c.text("X-MICROSOFT-CDO-BUSYSTATUS"), "FREE"):
		return "is marked free"
	case v.declined(c):
		return "was declined"
	case !start.day && !end.After(start.at):
		return "has no length"
	}
	return ""
}
