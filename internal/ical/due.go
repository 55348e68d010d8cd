package ical

import (
	"fmt"
	"strings"
	"time"
)

// AllDay as a Due's minute says that it has a day but no time.
const AllDay = -1

// A Due is a local date or date-time with its IANA zone. The zero Due is none.
type Due struct {
	Date   Date
	Minute int // after midnight, or AllDay
	Zone   string
}

// DayDue returns a due of a whole day.
func DayDue(d Date, zone string) Due { return Due{Date: d, Minute: AllDay, Zone: zone} }

// DueAt returns the due of a moment, to the minute, in a zone.
func DueAt(t time.Time, zone string) Due {
	local := t.In(Location(zone))
	return Due{Date: DateOf(local), Minute: local.Hour()*60 + local.Minute(), Zone: zone}
}

// IsZero reports whether there is no due.
func (d Due) IsZero() bool { return d.Date.IsZero() }

// Start returns the moment its day or its minute begins.
func (d Due) Start() time.Time {
	return d.Date.at(max(d.Minute, 0), Location(d.Zone)).UTC()
}

// Instant returns the moment after which it is late: its minute, or the end of
// its day.
func (d Due) Instant() time.Time {
	if d.Minute == AllDay {
		return d.Date.AddDays(1).In(Location(d.Zone)).UTC()
	}
	return d.Start()
}

// String renders the due in the manner of RFC 9557:
// "2026-12-05[America/Chicago]" or "2026-12-05T15:00[America/Chicago]".
func (d Due) String() string {
	if d.IsZero() {
		return ""
	}
	text := d.Date.String()
	if d.Minute != AllDay {
		text += fmt.Sprintf("T%02d:%02d", d.Minute/60, d.Minute%60)
	}
	if d.Zone != "" {
		text += "[" + d.Zone + "]"
	}
	return text
}

// ParseDue reads what String renders. A due without a zone is in the given one.
func ParseDue(text, place string) (Due, error) {
	rest, tail, zoned := strings.Cut(text, "[")
	if zoned {
		name, ok := strings.CutSuffix(tail, "]")
		if _, known := zone(name); !ok || name == "" || !known {
			return Due{}, fmt.Errorf("%q names no time zone that is known", text)
		}
		place = name
	}
	day, clock, timed := strings.Cut(rest, "T")
	date, err := ParseDate(day)
	if err != nil {
		return Due{}, err
	}
	due := DayDue(date, place)
	if timed {
		t, err := time.Parse("15:04", clock)
		if err != nil {
			return Due{}, fmt.Errorf("%q is not a date and time; write it like 2026-12-05T15:00", text)
		}
		due.Minute = t.Hour()*60 + t.Minute()
	}
	return due, nil
}

// MarshalText renders the due as String does.
func (d Due) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Due) UnmarshalText(text []byte) (err error) {
	*d = Due{}
	if len(text) > 0 {
		*d, err = ParseDue(string(text), "")
	}
	return err
}
