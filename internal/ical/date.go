package ical

import (
	"cmp"
	"fmt"
	"sync"
	"time"
)

// A Date is a civil date, without a zone. The zero Date is none.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the date of a moment in its own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// Today returns the date it is in a zone at a moment.
func Today(now time.Time, zone string) Date { return DateOf(now.In(Location(zone))) }

// ParseDate reads "2026-12-05".
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return Date{}, fmt.Errorf("%q is not a date; write it like 2026-12-05", text)
	}
	return DateOf(t), nil
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String renders "2026-12-05", or "" for none.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText renders the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d = Date{}
	if len(text) > 0 {
		*d, err = ParseDate(string(text))
	}
	return err
}

// In returns the moment the date begins in a location.
func (d Date) In(loc *time.Location) time.Time {
	return d.at(0, loc)
}

// at returns the moment a clock shows a minute of the day. A minute that the
// clocks skip is as long after the hour before it as they say (RFC 5545,
// 3.3.5); of one they show twice it is the first.
func (d Date) at(minute int, loc *time.Location) time.Time {
	t := time.Date(d.Year, d.Month, d.Day, minute/60, minute%60, 0, 0, loc)
	_, offset := t.Zone()
	_, before := t.Add(-12 * time.Hour).Zone()
	if offset == before && t.Hour()*60+t.Minute() == minute {
		return t
	}
	// The clocks change near it: the time by the clock as it was before is the
	// first of two, or the one after the gap.
	first := time.Date(d.Year, d.Month, d.Day, minute/60, minute%60, -before, 0, time.UTC).In(loc)
	if shows := first.Hour()*60 + first.Minute(); shows != minute && t.Hour()*60+t.Minute() == minute {
		return t
	}
	return first
}

// AddDays returns the date n days later.
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 12, 0, 0, 0, time.UTC))
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.In(time.UTC).Weekday() }

// Compare orders dates by time.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// DaysBetween returns how many days b is after a; negative when it is before.
func DaysBetween(a, b Date) int {
	return int(b.In(time.UTC).Sub(a.In(time.UTC)) / (24 * time.Hour))
}

// zones keeps the zones that were asked for: the library reads its files anew
// each time. It grows no further than the names there are.
var zones sync.Map // name → *time.Location

// zone returns an IANA zone's location, and whether there is one of that name.
func zone(name string) (*time.Location, bool) {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location), true
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC, false
	}
	zones.Store(name, loc)
	return loc, true
}

// Location returns an IANA zone's location, UTC for "" or an unknown name.
func Location(name string) *time.Location {
	loc, _ := zone(name)
	return loc
}

// IsZone reports whether there is an IANA zone of a name.
func IsZone(name string) bool {
	_, ok := zone(name)
	return ok && name != "" && name != "Local"
}

// AddWorkingDays returns the same local time n working days (Monday to Friday)
// later in a zone.
func AddWorkingDays(t time.Time, n int, zone string) time.Time {
	local := t.In(Location(zone))
	for n > 0 {
		local = local.AddDate(0, 0, 1)
		if wd := local.Weekday(); wd != time.Saturday && wd != time.Sunday {
			n--
		}
	}
	return local.UTC()
}
