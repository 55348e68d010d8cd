package ical

import (
	"strings"
	"testing"
	"time"
)

func TestARuleByTheSecondIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"FREQ=SECONDLY":                          "by the minute or second",
		"FREQ=MINUTELY;INTERVAL=30":              "by the minute or second",
		"freq=minutely":                          "by the minute or second",
		"FREQ=DAILY;BYSECOND=1,2":                "at most one minute",
		"FREQ=DAILY;BYMINUTE=0,30":               "at most one minute",
		"FREQ=DAILY;INTERVAL=5000":               "at most 1000",
		"FREQ=WEEKLY;BYDAY=XX":                   "not a recurrence",
		"FREQ=DAILY;BYMONTHDAY=40":               "not a recurrence",
		"every friday":                           "not a recurrence",
		"INTERVAL=2":                             "FREQ is required",
		"FREQ=DAILY;" + strings.Repeat("X", 300): "at most 300",
	} {
		if got, err := ParseRule(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseRule(%q) = %q, %v; want a refusal with %q", text, got, err, want)
		}
	}
}

// TestThreeInTheAfternoonStaysSo walks over both changes of clocks of a year.
func TestThreeInTheAfternoonStaysSo(t *testing.T) {
	for _, zone := range []string{"America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata"} {
		start := Due{Date: Date{2026, time.January, 5}, Minute: 15 * 60, Zone: zone}
		dues, err := MustRule("FREQ=WEEKLY").Between(start, start.Start(), start.Start().AddDate(1, 0, 0), 100)
		if err != nil || len(dues) != 53 && len(dues) != 52 {
			t.Errorf("%s: %d weeks, %v", zone, len(dues), err)
		}
		for _, d := range dues {
			if local := d.Start().In(Location(zone)); d.Minute != 15*60 || local.Hour() != 15 || local.Weekday() != time.Monday {
				t.Errorf("%s: %s is %s", zone, d, local)
			}
		}
	}
}

// TestAnHourThatIsSkippedOrTwice holds that a due in it still has one moment,
// on its own day.
func TestAnHourThatIsSkippedOrTwice(t *testing.T) {
	for text, want := range map[string]string{
		"2026-03-08T02:30[America/Chicago]":     "2026-03-08T08:30:00Z", // skipped: as if the clocks had not gone forward
		"2026-11-01T01:30[America/Chicago]":     "2026-11-01T06:30:00Z", // twice: the first
		"2026-03-08[America/Chicago]":           "2026-03-09T05:00:00Z", // a day of 23 hours ends
		"2026-11-01[America/Chicago]":           "2026-11-02T06:00:00Z", // one of 25 hours
		"2026-04-05T01:30[Australia/Lord_Howe]": "2026-04-04T14:30:00Z", // half an hour twice: the first
		"2026-04-05T02:00[Australia/Lord_Howe]": "2026-04-04T15:30:00Z", // after it
		"2026-03-08T03:00[America/Chicago]":     "2026-03-08T08:00:00Z", // after the gap
		"2018-11-04[America/Sao_Paulo]":         "2018-11-05T02:00:00Z", // a day that begins at one
		"2026-12-05T15:00":                      "2026-12-05T15:00:00Z",
	} {
		due, err := ParseDue(text, "")
		if got := due.Instant().Format(time.RFC3339); err != nil || got != want || due.String() != text {
			t.Errorf("%s is late after %s (%q), %v; want %s", text, got, due, err, want)
		}
	}
}

func TestExpansionIsBounded(t *testing.T) {
	start := DayDue(Date{1970, time.January, 1}, "UTC")
	for _, text := range []string{
		"FREQ=HOURLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=7",
		"FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-1", "FREQ=WEEKLY;INTERVAL=1000", "FREQ=DAILY;COUNT=100000000",
	} {
		rule, err := ParseRule(text)
		if err != nil {
			continue // refused is bounded
		}
		dues, _ := rule.Between(start, start.Start(), time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC), most)
		if len(dues) > most {
			t.Errorf("%s has %d occurrences", text, len(dues))
		}
		rule.Next(start, time.Date(2150, 1, 1, 0, 0, 0, 0, time.UTC))
		rule.PerWeek()
	}
}

func TestPerWeek(t *testing.T) {
	for text, want := range map[string][2]int64{
		"":                                {0, 1},
		"FREQ=DAILY":                      {7, 1},
		"FREQ=DAILY;INTERVAL=2":           {7, 2},
		"FREQ=WEEKLY;BYDAY=FR":            {1, 1},
		"FREQ=WEEKLY;INTERVAL=2;BYDAY=WE": {1, 2},
		"FREQ=WEEKLY;BYDAY=MO,TU,WE":      {3, 1},
		"FREQ=MONTHLY":                    {12, 52},
		"FREQ=MONTHLY;INTERVAL=3":         {12, 156},
		"FREQ=YEARLY":                     {1, 52},
	} {
		if times, weeks := MustRule(text).PerWeek(); times != want[0] || weeks != want[1] {
			t.Errorf("%q is %d times in %d weeks, want %v", text, times, weeks, want)
		}
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"": "once", "FREQ=WEEKLY;BYDAY=FR": "every Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE": "every other Wednesday",
		"FREQ=MONTHLY;BYMONTHDAY=21": "every month on the 21st", "FREQ=MONTHLY;BYMONTHDAY=-1": "every month on the last day", "FREQ=DAILY;COUNT=3": "every day, 3 times",
		"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": "every weekday", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=12": "every year on 12 December",
		"FREQ=MONTHLY;BYDAY=1MO": "every month on the 1st Monday", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH": "every 3 weeks on Monday and Thursday",
		"FREQ=MONTHLY;BYMONTHDAY=11,12,13,22,23": "every month on the 11th, 12th, 13th, 22nd and 23rd",
	} {
		if got := MustRule(text).Words(); got != want {
			t.Errorf("%q is %q in words, want %q", text, got, want)
		}
	}
}

func TestWorkingDays(t *testing.T) {
	friday := time.Date(2026, 3, 6, 21, 0, 0, 0, time.UTC) // 15:00 in Chicago, the clocks change on Sunday
	if got := AddWorkingDays(friday, 1, "America/Chicago"); got.Format(time.RFC3339) != "2026-03-09T20:00:00Z" {
		t.Errorf("a working day after Friday at three is %s", got)
	}
}

func FuzzParseRule(f *testing.F) {
	for _, text := range []string{"FREQ=WEEKLY;BYDAY=FR", "RRULE:FREQ=MONTHLY;BYDAY=-1MO;UNTIL=20271231T000000Z", "FREQ=YEARLY;BYEASTER=0", "FREQ=HOURLY;BYHOUR=1,2", "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU"} {
		f.Add(text)
	}
	start := Due{Date: Date{2026, time.November, 23}, Minute: 9 * 60, Zone: "America/Chicago"}
	f.Fuzz(func(t *testing.T, text string) {
		rule, err := ParseRule(text)
		if err != nil {
			return
		}
		again, err := ParseRule(rule.String())
		if err != nil || again != rule {
			t.Errorf("ParseRule(%q) = %q, which reads back as %q, %v", text, rule, again, err)
		}
		if rule.Words() == "" {
			t.Errorf("%q has no words", rule)
		}
		if times, weeks := rule.PerWeek(); times < 0 || weeks < 1 {
			t.Errorf("%q is %d times in %d weeks", rule, times, weeks)
		}
		after := start.Start()
		for range 3 {
			due, ok := rule.Next(start, after)
			if !ok {
				break
			}
			if !due.Start().After(after) {
				t.Errorf("%q: %s does not follow %s", rule, due, after)
			}
			after = due.Start()
		}
	})
}

func FuzzParseDue(f *testing.F) {
	for _, text := range []string{"2026-12-05", "2026-12-05T15:00[America/Chicago]", "2026-12-05[", "1900-01-01T24:00", "2026-03-08T02:30[America/Chicago]"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		due, err := ParseDue(text, "Europe/Berlin")
		if err != nil {
			return
		}
		if again, err := ParseDue(due.String(), ""); err != nil || again != due {
			t.Errorf("ParseDue(%q) = %q, which reads back as %q, %v", text, due, again, err)
		}
		if due.Instant().Before(due.Start()) {
			t.Errorf("%q is late before it begins", text)
		}
	})
}
