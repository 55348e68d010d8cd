package calendar

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"baton/internal/ical"
	"baton/internal/importer"
)

var (
	from = time.Date(2026, 10, 26, 0, 0, 0, 0, time.UTC)
	to   = from.AddDate(0, 0, 21)
	here = importer.Context{Now: from, Zone: "America/Chicago", Me: []string{"Ada", "ada@example.org"}}
)

func calendar(components ...string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + strings.Join(components, "") + "END:VCALENDAR\r\n"
}

func event(lines ...string) string {
	return "BEGIN:VEVENT\r\nUID:" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\n"
}

func words(spans []Span) (out []string) {
	for _, s := range spans {
		out = append(out, s.From.Format("02T15:04")+"/"+s.To.Format("02T15:04"))
	}
	return out
}

func TestBusy(t *testing.T) {
	for name, row := range map[string]struct {
		file string
		want []string
	}{
		"nothing":           {calendar(), nil},
		"one":               {calendar(event("a", "DTSTART:20261027T140000Z", "DTEND:20261027T150000Z", "SUMMARY:secret")), []string{"27T14:00/27T15:00"}},
		"by length":         {calendar(event("a", "DTSTART:20261027T140000Z", "DURATION:PT90M")), []string{"27T14:00/27T15:30"}},
		"no length":         {calendar(event("a", "DTSTART:20261027T140000Z")), nil},
		"cancelled":         {calendar(event("a", "DTSTART:20261027T140000Z", "DURATION:PT1H", "STATUS:CANCELLED")), nil},
		"transparent":       {calendar(event("a", "DTSTART:20261027T140000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT")), nil},
		"declined":          {calendar(event("a", "DTSTART:20261027T140000Z", "DURATION:PT1H", "ATTENDEE;PARTSTAT=DECLINED:mailto:ada@example.org", "ATTENDEE:mailto:b@example.org")), nil},
		"declined by other": {calendar(event("a", "DTSTART:20261027T140000Z", "DURATION:PT1H", "ATTENDEE;PARTSTAT=DECLINED:mailto:b@example.org", "ATTENDEE:mailto:ada@example.org")), []string{"27T14:00/27T15:00"}},
		"a whole day":       {calendar(event("a", "DTSTART;VALUE=DATE:20261027")), []string{"27T05:00/28T05:00"}},
		"two whole days":    {calendar(event("a", "DTSTART;VALUE=DATE:20261027", "DTEND;VALUE=DATE:20261029")), []string{"27T05:00/29T05:00"}},
		"a day of 25 hours, each week": {
			calendar(event("a", "DTSTART;VALUE=DATE:20261025", "DTEND;VALUE=DATE:20261026", "RRULE:FREQ=WEEKLY;COUNT=3")), []string{"26T00:00/26T05:00", "01T05:00/02T06:00", "08T06:00/09T06:00"},
		},
		"nine stays nine": {
			calendar(event("a", "DTSTART;TZID=America/Chicago:20261027T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")), []string{"27T14:00/27T15:00", "03T15:00/03T16:00"},
		},
		"excepted and moved": {
			calendar(event("a", "DTSTART:20261027T140000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20261028T140000Z"),
				event("a", "RECURRENCE-ID:20261029T140000Z", "DTSTART:20261029T200000Z", "DURATION:PT2H"), event("a", "RECURRENCE-ID:20261030T140000Z", "DTSTART:20261030T140000Z", "DURATION:PT1H", "STATUS:CANCELLED")),
			[]string{"27T14:00/27T15:00", "29T20:00/29T22:00"},
		},
		"a moved day": {
			calendar(event("a", "DTSTART;VALUE=DATE:20261027", "RRULE:FREQ=DAILY;COUNT=2"), event("a", "RECURRENCE-ID;VALUE=DATE:20261028", "DTSTART;VALUE=DATE:20261030")),
			[]string{"27T05:00/28T05:00", "30T05:00/31T05:00"},
		},
		"began before": {calendar(event("a", "DTSTART:20261025T140000Z", "DTEND:20261026T020000Z")), []string{"26T00:00/26T02:00"}},
		"joined": {
			calendar(event("a", "DTSTART:20261027T150000Z", "DURATION:PT1H"), event("b", "DTSTART:20261027T140000Z", "DURATION:PT1H"), event("c", "DTSTART:20261027T143000Z", "DURATION:PT10M")),
			[]string{"27T14:00/27T16:00"},
		},
		"a rule nobody can follow": {calendar(event("a", "DTSTART:20261027T140000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY")), []string{"27T14:00/27T15:00"}},
		"published": {
			calendar("BEGIN:VFREEBUSY\r\nFREEBUSY:20261027T140000Z/20261027T150000Z,20261028T140000Z/PT30M\r\nFREEBUSY;FBTYPE=FREE:20261029T140000Z/PT1H\r\nFREEBUSY;FBTYPE=BUSY-TENTATIVE:20261030T140000Z/PT1H\r\nEND:VFREEBUSY\r\n"),
			[]string{"27T14:00/27T15:00", "28T14:00/28T14:30", "30T14:00/30T15:00"},
		},
	} {
		got, err := Busy(strings.NewReader(row.file), here, from, to)
		if err != nil || !cmp.Equal(words(got), row.want) {
			t.Errorf("%s: %v %s", name, err, cmp.Diff(row.want, words(got)))
		}
	}
	for name, file := range map[string]string{
		"no calendar": "BEGIN:VCARD\r\nEND:VCARD\r\n", "empty": "", "cut off": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2026",
	} {
		if got, err := Busy(strings.NewReader(file), here, from, to); err == nil {
			t.Errorf("%s is busy at %v", name, got)
		}
	}
}

// TestBusyIsInOrderAndApart holds for any mixture of repeating events.
func TestBusyIsInOrderAndApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []string
		for range rapid.IntRange(0, 12).Draw(t, "events") {
			at := from.Add(time.Duration(rapid.IntRange(-80*24*60, 21*24*60).Draw(t, "at")) * time.Minute)
			zone := rapid.SampledFrom([]string{"America/Chicago", "Europe/Berlin", "Asia/Kolkata"}).Draw(t, "zone")
			rule := rapid.SampledFrom([]string{"", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY;BYDAY=MO,TH", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1"}).Draw(t, "rule")
			all = append(all, event(rapid.StringMatching(`[a-f]{3}`).Draw(t, "uid"), "DTSTART;TZID="+zone+":"+at.In(ical.Location(zone)).Format("20060102T150405"),
				rapid.SampledFrom([]string{"DURATION:PT45M", "DURATION:P3D"}).Draw(t, "long"), rule))
		}
		got, err := Busy(strings.NewReader(calendar(all...)), here, from, to)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range got {
			if !s.From.Before(s.To) || s.From.Before(from) || s.To.After(to) || i > 0 && !got[i-1].To.Before(s.From) {
				t.Fatalf("%d of %v is out of place", i, words(got))
			}
		}
	})
}

// TestBusyOfSamples reads real calendars, where they are.
func TestBusyOfSamples(t *testing.T) {
	files, _ := filepath.Glob("../../../../shared/samples/ics/*.ics")
	if len(files) == 0 {
		t.Skip("there are no samples here")
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Busy(f, here, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
		_ = f.Close()
		t.Logf("%s: %d busy times, %v", filepath.Base(file), len(got), err)
		if err != nil && !strings.Contains(err.Error(), "This is no calendar") && !strings.Contains(err.Error(), "breaks off") {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// FuzzBusy holds the same for any text.
func FuzzBusy(f *testing.F) {
	f.Add(calendar(event("a", "DTSTART:20261027T140000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4")))
	f.Add(calendar("BEGIN:VFREEBUSY\r\nFREEBUSY:20261027T140000Z/PT1H\r\nEND:VFREEBUSY\r\n"))
	f.Fuzz(func(t *testing.T, file string) {
		got, err := Busy(strings.NewReader(file), here, from, to)
		for i, s := range got {
			if err != nil || !s.From.Before(s.To) || i > 0 && !got[i-1].To.Before(s.From) {
				t.Fatalf("%v %v", words(got), err)
			}
		}
	})
}
