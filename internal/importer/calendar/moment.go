package calendar

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"baton/internal/ical"
)

// zones knows where the time zones of a calendar are.
type zones struct {
	local string            // IANA, for times without a zone
	named map[string]string // IANA name by TZID
	fixed map[string]int    // seconds east of Greenwich by TZID, for zones that are nowhere
}

// most is how many zones of its own a calendar may have.
const mostZones = 2000

// add learns a VTIMEZONE.
func (z *zones) add(c *component) {
	id := c.text("TZID")
	if id == "" || len(z.named)+len(z.fixed) >= mostZones {
		return
	}
	for _, name := range []string{c.text("X-LIC-LOCATION"), id, windows[id]} {
		if ical.IsZone(name) {
			z.named[id] = name
			return
		}
	}
	if p := c.get("TZOFFSETTO"); p != nil {
		if seconds, ok := offset(p.Value); ok {
			z.fixed[id] = seconds
		}
	}
}

func offset(text string) (seconds int, ok bool) {
	if len(text) != 5 && len(text) != 7 {
		return 0, false
	}
	n, err := strconv.Atoi(text[1:5])
	if err != nil || text[0] != '+' && text[0] != '-' {
		return 0, false
	}
	seconds = n/100*3600 + n%100*60
	if text[0] == '-' {
		seconds = -seconds
	}
	return seconds, seconds > -16*3600 && seconds < 16*3600
}

// windows are the names Outlook gives to zones that people live in.
var windows = map[string]string{
	"Pacific Standard Time": "America/Los_Angeles", "Mountain Standard Time": "America/Denver", "US Mountain Standard Time": "America/Phoenix",
	"Central Standard Time": "America/Chicago", "Eastern Standard Time": "America/New_York", "Atlantic Standard Time": "America/Halifax",
	"Alaskan Standard Time": "America/Anchorage", "Hawaiian Standard Time": "Pacific/Honolulu", "Newfoundland Standard Time": "America/St_Johns",
	"E. South America Standard Time": "America/Sao_Paulo", "Argentina Standard Time": "America/Buenos_Aires", "SA Pacific Standard Time": "America/Bogota",
	"GMT Standard Time": "Europe/London", "Greenwich Standard Time": "Africa/Abidjan", "UTC": "Etc/UTC",
	"W. Europe Standard Time": "Europe/Berlin", "Romance Standard Time": "Europe/Paris", "Central Europe Standard Time": "Europe/Budapest",
	"Central European Standard Time": "Europe/Warsaw", "E. Europe Standard Time": "Europe/Chisinau", "FLE Standard Time": "Europe/Kiev",
	"GTB Standard Time": "Europe/Bucharest", "Russian Standard Time": "Europe/Moscow", "Turkey Standard Time": "Europe/Istanbul",
	"Israel Standard Time": "Asia/Jerusalem", "South Africa Standard Time": "Africa/Johannesburg", "Egypt Standard Time": "Africa/Cairo",
	"W. Central Africa Standard Time": "Africa/Lagos", "E. Africa Standard Time": "Africa/Nairobi", "Arabian Standard Time": "Asia/Dubai",
	"Pakistan Standard Time": "Asia/Karachi", "India Standard Time": "Asia/Kolkata", "Bangladesh Standard Time": "Asia/Dhaka",
	"SE Asia Standard Time": "Asia/Bangkok", "China Standard Time": "Asia/Shanghai", "Singapore Standard Time": "Asia/Singapore",
	"Tokyo Standard Time": "Asia/Tokyo", "Korea Standard Time": "Asia/Seoul", "W. Australia Standard Time": "Australia/Perth",
	"AUS Eastern Standard Time": "Australia/Sydney", "E. Australia Standard Time": "Australia/Brisbane", "New Zealand Standard Time": "Pacific/Auckland",
}

// A moment is when something is: an instant with the zone it is told in, or a
// day.
type moment struct {
	at   time.Time // UTC; of a day, its beginning in the zone
	zone string    // IANA
	day  bool
}

func (m moment) due() ical.Due {
	d := ical.DueAt(m.at, m.zone)
	if m.day {
		d.Minute = ical.AllDay
	}
	return d
}

// moment reads a DATE or DATE-TIME value.
func (z *zones) moment(value, tzid string) (moment, bool) {
	value = strings.TrimSpace(value)
	if len(value) == 9 && strings.HasSuffix(value, "Z") {
		value = value[:8] // a date is in no zone, whatever it ends in
	}
	zone := z.local
	if name, ok := z.named[tzid]; ok {
		zone = name
	} else if ical.IsZone(tzid) {
		zone = tzid
	} else if ical.IsZone(windows[tzid]) {
		zone = windows[tzid]
	}
	loc := ical.Location(zone)
	if seconds, ok := z.fixed[tzid]; ok {
		loc = time.FixedZone(tzid, seconds)
	}
	layout := "20060102T150405"
	switch {
	case len(value) == 8:
		layout = "20060102"
	case strings.HasSuffix(value, "Z"):
		layout, loc = layout+"Z", time.UTC
	}
	t, err := time.ParseInLocation(layout, value, loc)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return moment{}, false
	}
	return moment{t.UTC(), zone, len(value) == 8}, true
}

// of reads a property's value.
func (z *zones) of(p *ics.BaseProperty) (moment, bool) {
	if p == nil {
		return moment{}, false
	}
	return z.moment(p.Value, param(p, "TZID"))
}

var durations = regexp.MustCompile(`^\+?P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$`)

// duration reads a DURATION that is not negative.
func duration(text string) (time.Duration, bool) {
	m := durations.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(text)))
	if m == nil {
		return 0, false
	}
	var total time.Duration
	for i, unit := range []time.Duration{7 * 24 * time.Hour, 24 * time.Hour, time.Hour, time.Minute, time.Second} {
		n, _ := strconv.Atoi("0" + m[i+1])
		total += time.Duration(n) * unit
	}
	return total, true
}
