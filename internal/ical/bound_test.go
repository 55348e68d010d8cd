package ical

import (
	"testing"
	"time"
)

func TestRulesThatCannotBeExpandedAreRefused(t *testing.T) {
	for _, text := range []string{
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",      // searched to the year 9999
		"FREQ=DAILY;BYDAY=MO;BYSETPOS=5",           // likewise
		"FREQ=MONTHLY;BYDAY=53MO",                  // past the end of a table
		"FREQ=YEARLY;BYMONTH=6;BYDAY=-30SU",        // likewise
		"FREQ=HOURLY;BYHOUR=3;INTERVAL=2",          // searched for ever
		"FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=1MO,2TU", // no day is both
	} {
		if r, err := ParseRule(text); err == nil {
			t.Errorf("%s was taken as %s", text, r)
		}
	}
	for _, text := range []string{
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=MONTHLY;INTERVAL=12;BYMONTH=6;BYMONTHDAY=5", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY;BYDAY=52MO",
		"FREQ=YEARLY;BYWEEKNO=53", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
	} {
		if _, err := ParseRule(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// A rule is walked from near the moment asked about, in step with its start.
func TestDecadesNeedNoWalk(t *testing.T) {
	from := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"FREQ=DAILY": "2026-11-23T10:00", "FREQ=DAILY;INTERVAL=3": "2026-11-25T10:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR": "2026-11-23T10:00",
		"FREQ=HOURLY;INTERVAL=7": "2026-11-23T03:00", "FREQ=DAILY;UNTIL=20200101T000000Z": "", "FREQ=DAILY;COUNT=3": "",
	} {
		start := Due{Date: Date{1980, time.January, 7}, Minute: 10 * 60}
		walked := MustRule(text).expand(start, func(at time.Time) bool { return at.After(from) }, time.Time{}, 1)
		next, ok := MustRule(text).Next(start, from)
		if next.String() != want || ok != (want != "") {
			t.Errorf("%s: %s, want %s", text, next, want)
		}
		if len(walked) == 1 && walked[0] != next {
			t.Errorf("%s: walking comes to %s, stepping to %s", text, walked[0], next)
		}
	}
}
