package calendar

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"baton/internal/ical"
	"baton/internal/importer"
	"baton/internal/work"
)

// title is what an event or to-do is called.
func title(c *component) string {
	if t := importer.OneLine(c.text("SUMMARY")); t != "" {
		return t
	}
	return "Event without a title"
}

// event reads an event that is no instance of another.
func (v *reader) event(c *component) importer.Row {
	name := importer.Quoted(title(c))
	start, end, ok := v.span(c)
	if !ok {
		return importer.Skipped(c.line, "%s says no start that can be read.", name)
	}
	if why := v.noHours(c, start, end); why != "" {
		return importer.Skipped(c.line, "%s %s.", name, why)
	}
	row := importer.Row{
		Line: c.line, Key: v.key(c), Title: title(c), Note: c.text("DESCRIPTION"), Area: v.area(c),
		Effort: minutes(end.Sub(start.at)), Due: start.due(), When: v.says(c),
	}
	rules, extra := c.all("RRULE"), c.all("RDATE")
	if len(rules)+len(extra) == 0 {
		if start.at.Before(v.c.Now) {
			return importer.Skipped(c.line, "%s was over on %s.", name, start.due().Date)
		}
		return row
	}
	turns, rule, err := v.turns(c, start, end.Sub(start.at))
	if err != nil {
		return importer.Skipped(c.line, "%s: %s.", name, err)
	}
	total, next := time.Duration(0), time.Time{}
	for _, t := range turns {
		total += t.end.Sub(t.start)
		if t.start.After(v.c.Now) && (next.IsZero() || t.start.Before(next)) {
			next = t.start
		}
	}
	if next.IsZero() {
		if row.Due, ok = rule.Next(start.due(), v.c.Now); !ok || total > 0 {
			return importer.Skipped(c.line, "%s is over: it does not repeat in the next %d weeks.", name, weeks)
		}
	} else {
		row.Due = ical.DueAt(next, start.zone)
	}
	row.Rule = rule
	row.Counted = (minutes(total) + 2*weeks - 1) / (2 * weeks)
	return row
}

func minutes(d time.Duration) work.Minutes { return work.Minutes((d + time.Minute - 1) / time.Minute) }

// key is the event's UID; without one, what it is called and when it began.
func (v *reader) key(c *component) string {
	uid := c.text("UID")
	if uid == "" {
		uid = importer.Digest(c.text("SUMMARY"), c.text("DTSTART"))
	}
	if turn := c.text("RECURRENCE-ID"); turn != "" {
		uid += "/" + turn
	}
	return importer.ID("calendar", uid)
}

// says is all that decides when an event is: hours drift with the day they are
// counted on, and an event that says the same is not changed by that.
func (v *reader) says(c *component) string {
	var parts []string
	for _, name := range []string{"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE"} {
		for _, p := range c.all(name) {
			parts = append(parts, name, param(p, "TZID"), p.Value)
		}
	}
	for _, m := range v.moved[c.text("UID")] {
		parts = append(parts, fmt.Sprint(m.of.Unix(), m.start.Unix(), m.end.Unix(), m.gone))
	}
	return importer.Digest(parts...)
}

// Expanding recurrences is bounded over the whole file: an ordinary one costs
// little, one that counts what it counts, one without any turn very much.
const (
	mostWork     = 20_000_000
	ruleCosts    = 200
	neverCosts   = 300_000
	mostTurns    = 5000
	mostInstants = 20_000
)

// turn is one instance of an event inside the weeks that count.
type turn struct{ start, end time.Time }

// turns are the instances of a repeating event in the weeks that count, and
// the rule where it has just one.
func (v *reader) turns(c *component, start moment, long time.Duration) ([]turn, ical.Rule, error) {
	at := map[int64]time.Duration{}
	add := func(t time.Time, long time.Duration) {
		if !t.Before(v.from) && t.Before(v.to) && len(at) < mostTurns {
			at[t.Unix()] = long
		}
	}
	add(start.at, long)
	var rule ical.Rule
	rules := c.all("RRULE")
	for _, p := range rules {
		r, err := ical.ParseRule(p.Value)
		if err != nil {
			return nil, rule, err
		}
		dues, err := v.expand(r, start)
		if err != nil {
			return nil, rule, err
		}
		for _, d := range dues {
			add(d.Start(), long)
		}
		rule = r
	}
	if len(rules) != 1 {
		rule = ical.Rule{}
	}
	for _, t := range v.instants(c.all("RDATE"), start) {
		d := long
		if t.long > 0 {
			d = t.long
		}
		add(t.at, d)
	}
	for _, t := range v.instants(c.all("EXDATE"), start) {
		drop(at, t.moment)
	}
	for _, m := range v.moved[c.text("UID")] {
		delete(at, m.of.Unix())
		if !m.gone {
			add(m.start, m.end.Sub(m.start))
		}
	}
	out := make([]turn, 0, len(at))
	for unix, long := range at {
		t := time.Unix(unix, 0).UTC()
		out = append(out, turn{t, t.Add(long)})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].start.Before(out[j].start) })
	return out, rule, nil
}

// drop takes an excepted instance out; a date excepts all of its day.
func drop(at map[int64]time.Duration, m moment) {
	if !m.day {
		delete(at, m.at.Unix())
		return
	}
	day := ical.DateOf(m.at.In(ical.Location(m.zone)))
	for unix := range at {
		if ical.DateOf(time.Unix(unix, 0).In(ical.Location(m.zone))) == day {
			delete(at, unix)
		}
	}
}

func (v *reader) expand(r ical.Rule, start moment) ([]ical.Due, error) {
	count, until := r.Ends()
	if !until.IsZero() && until.Before(v.from.Add(-24*time.Hour)) {
		return nil, nil
	}
	if v.work += ruleCosts + min(count, mostInstants); v.work > mostWork {
		return nil, fmt.Errorf("the calendar repeats more often than can be counted")
	}
	dues, err := r.Between(start.due(), v.from, v.to, mostTurns)
	if len(dues) == 0 && count == 0 && until.IsZero() && start.at.Before(v.to) {
		v.work += neverCosts
	}
	return dues, err
}

// extra is a moment of an RDATE or EXDATE, with its length where it is a
// period.
type extra struct {
	moment
	long time.Duration
}

// instants reads lists of dates, date-times and periods. A date stands for the
// event's own time on that day, when it is not an exception.
func (v *reader) instants(props []*ics.BaseProperty, start moment) []extra {
	var out []extra
	for _, p := range props {
		for value := range strings.SplitSeq(p.Value, ",") {
			if len(out) >= mostInstants {
				return out
			}
			first, rest, period := strings.Cut(value, "/")
			m, ok := v.zones.moment(first, param(p, "TZID"))
			if !ok {
				continue
			}
			if m.day {
				m.zone = start.zone
				local := start.at.In(ical.Location(start.zone))
				day := ical.DateOf(m.at.In(ical.Location(v.zones.local)))
				if param(p, "TZID") != "" {
					day = m.due().Date
				}
				m.at = time.Date(day.Year, day.Month, day.Day, local.Hour(), local.Minute(), local.Second(), 0, ical.Location(start.zone)).UTC()
			}
			e := extra{moment: m}
			if period {
				if end, ok := v.zones.moment(rest, param(p, "TZID")); ok {
					e.long = end.at.Sub(m.at)
				} else if d, ok := duration(rest); ok {
					e.long = d
				}
				e.long = min(max(e.long, 0), 24*time.Hour)
			}
			out = append(out, e)
		}
	}
	return out
}

// todo reads a to-do.
func (v *reader) todo(c *component) importer.Row {
	name := importer.OneLine(c.text("SUMMARY"))
	switch status := strings.ToUpper(c.text("STATUS")); {
	case status == "COMPLETED" || c.get("COMPLETED") != nil:
		return importer.Skipped(c.line, "%s is completed.", importer.Quoted(name))
	case status == "CANCELLED":
		return importer.Skipped(c.line, "%s is cancelled.", importer.Quoted(name))
	}
	row := importer.Row{Line: c.line, Key: v.key(c), Title: name, Note: c.text("DESCRIPTION"), Area: v.area(c), When: v.says(c) + c.text("DUE")}
	if p := c.get("RELATED-TO"); p != nil && !slices.Contains([]string{"CHILD", "SIBLING"}, strings.ToUpper(param(p, "RELTYPE"))) {
		row.Parent = importer.ID("calendar", unescape.Replace(p.Value))
	}
	if m, ok := v.zones.of(c.get("DUE")); ok {
		row.Due = m.due()
	} else if m, ok := v.zones.of(c.get("DTSTART")); ok {
		row.Due = m.due()
	}
	if d, ok := duration(c.text("DURATION")); ok && d < 24*time.Hour {
		row.Effort = minutes(d)
	}
	if value := priority(c.text("PRIORITY")); value > 0 {
		row.Matters = &value
	}
	if p := c.get("RRULE"); p != nil {
		rule, err := ical.ParseRule(p.Value)
		if err != nil {
			row.Remark = importer.Join(row.Remark, fmt.Sprintf("How it repeats was not taken: %s.", err))
		}
		row.Rule = rule
		if next, ok := rule.Next(row.Due, v.c.Now); ok && row.Due.Instant().Before(v.c.Now) {
			row.Due = next
		}
	}
	return row
}

// priority turns 1 to 9, the lower the more urgent, into a mark; 0 is none.
func priority(text string) int {
	switch text {
	case "1", "2", "3", "4":
		return 3
	case "5":
		return 2
	case "6", "7", "8", "9":
		return 1
	}
	return 0
}
