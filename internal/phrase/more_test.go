package phrase

import (
	"strings"
	"testing"
	"time"

	"baton/internal/ical"
)

// TestRefusalsAreSentences holds that whoever is refused reads what to write
// instead.
func TestRefusalsAreSentences(t *testing.T) {
	for text, want := range map[string]string{
		"12/05/2026": "could be Dec 05 or May 12; write it like 2026-12-05",
		"05/12/2026": "could be May 12 or Dec 05; write it like 2026-05-12",
		"31 apr":     "not a day of the calendar",
		"0/13/2026":  "not a day of the calendar",
		"30.2.2027":  "not a day of the calendar",
		"whenever":   "write it like 2026-12-05, 12 dec, friday or tomorrow",
	} {
		_, err := Day(text, here)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Day(%q): %v, want a sentence with %q", text, err, want)
		}
	}
}

// TestDaysAreTheReadersOwn reads late in the evening of the old and early in the
// morning of the new year, in zones on both sides of the date line.
func TestDaysAreTheReadersOwn(t *testing.T) {
	for _, row := range []struct{ now, zone, text, want string }{
		{"2027-01-01T03:00:00Z", "America/Chicago", "today", "2026-12-31"},
		{"2027-01-01T03:00:00Z", "America/Chicago", "31 dec", "2026-12-31"},
		{"2027-01-01T03:00:00Z", "America/Chicago", "1 jan", "2027-01-01"},
		{"2027-01-01T03:00:00Z", "Pacific/Auckland", "31 dec", "2027-12-31"},
		{"2026-03-07T18:00:00Z", "America/New_York", "tomorrow 2:30", "2026-03-08T02:30"}, // an hour that is skipped
		{"2028-01-30T12:00:00Z", "UTC", "in a month", "2028-03-01"},
		{"2026-11-23T12:00:00Z", "UTC", "29 feb", "2028-02-29"},
		{"2026-11-23T12:00:00Z", "Nowhere/Land", "tomorrow", "2026-11-24"}, // an unknown zone is UTC
	} {
		now, err := time.Parse(time.RFC3339, row.now)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Day(row.text, Context{Now: now, Zone: row.zone})
		if err != nil || got.String() != row.want+"["+row.zone+"]" {
			t.Errorf("at %s in %s %q is %v, %v; want %s", row.now, row.zone, row.text, got, err, row.want)
		}
	}
}

// TestAChipTakenBackIsTitle quotes each thing that was understood, one at a
// time: it becomes part of the title and the others stay.
func TestAChipTakenBackIsTitle(t *testing.T) {
	const line = `Order exam supplies every friday 45m #clinic @assistant due 12 dec !2`
	all, err := QuickAdd(line, here)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all.Chips {
		quoted := line[:c.From] + `"` + c.Text + `"` + line[c.To:]
		got, err := QuickAdd(quoted, here)
		if err != nil || !strings.Contains(got.Title, c.Text) || len(got.Chips) != len(all.Chips)-1 {
			t.Errorf("%s: title %q with %d chips, %v", quoted, got.Title, len(got.Chips), err)
		}
	}
}

func TestEffort(t *testing.T) {
	for text, want := range map[string]int{"45m": 45, "90 min": 90, "1h": 60, "1h30": 90, "1.5h": 90, "2,5 hours": 150, "0h45m": 45} {
		if got, err := Effort(text); err != nil || got != want {
			t.Errorf("Effort(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "45", "m", "0m", "-5m", "1.5h30", "999h", "9999999999m", "1h 1h", "١٠m"} {
		if got, err := Effort(text); err == nil {
			t.Errorf("Effort(%q) = %d, want a refusal", text, got)
		}
	}
}

func FuzzRecur(f *testing.F) {
	for _, text := range []string{"every friday 16:00", "every! 2 weeks", "every month on the first monday", "12/05/2026", "in 999 months at 9", "29 feb 23:59", "every 100 quarters on the 31st"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		when, err := Recur(text, here)
		if err != nil {
			if err.Error() == "" {
				t.Errorf("Recur(%q) is refused without a word", text)
			}
			return
		}
		again, err := ical.ParseRule(when.Rule.String())
		if err != nil || again != when.Rule {
			t.Errorf("Recur(%q) gives %q, which reads back as %q, %v", text, when.Rule, again, err)
		}
		if when.Due.IsZero() || when.Words == "" {
			t.Errorf("Recur(%q) = %+v has no first date or no words", text, when)
		}
		if due, err := ical.ParseDue(when.Due.String(), ""); err != nil || due != when.Due {
			t.Errorf("Recur(%q) is due %q, which reads back as %q, %v", text, when.Due, due, err)
		}
	})
}
