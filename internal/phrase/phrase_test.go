package phrase

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baton/internal/ical"
)

// monday 23 November 2026, 11:00 in Chicago
var here = Context{Now: time.Date(2026, 11, 23, 17, 0, 0, 0, time.UTC), Zone: "America/Chicago"}

func TestRecur(t *testing.T) {
	for text, want := range map[string][2]string{
		"every month on the 21st":         {"FREQ=MONTHLY;BYMONTHDAY=21", "2026-12-21[America/Chicago]"},
		"every friday 16:00":              {"FREQ=WEEKLY;BYDAY=FR", "2026-11-27T16:00[America/Chicago]"},
		"every weekday 07:30":             {"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-24T07:30[America/Chicago]"},
		"every tuesday":                   {"FREQ=WEEKLY;BYDAY=TU", "2026-11-24[America/Chicago]"},
		"every 3 months":                  {"FREQ=MONTHLY;INTERVAL=3", "2026-11-23[America/Chicago]"},
		"every other wednesday 15:00":     {"FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "2026-11-25T15:00[America/Chicago]"},
		"every day":                       {"FREQ=DAILY", "2026-11-23[America/Chicago]"},
		"every monday, wednesday":         {"FREQ=WEEKLY;BYDAY=MO,WE", "2026-11-23[America/Chicago]"},
		"every! 2 weeks":                  {"FREQ=WEEKLY;INTERVAL=2", "2026-11-23[America/Chicago]"},
		"every month on the first monday": {"FREQ=MONTHLY;BYDAY=+1MO", "2026-12-07[America/Chicago]"},
		"every 12 dec":                    {"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=12", "2026-12-12[America/Chicago]"},
		"weekly on tue at 9am":            {"FREQ=WEEKLY;BYDAY=TU", "2026-11-24T09:00[America/Chicago]"},
		"daily":                           {"FREQ=DAILY", "2026-11-23[America/Chicago]"},
		"12 dec":                          {"", "2026-12-12[America/Chicago]"},
	} {
		got, err := Recur(text, here)
		if err != nil || got.Rule.String() != want[0] || got.Due.String() != want[1] {
			t.Errorf("Recur(%q) = %q from %q, %v; want %q from %q", text, got.Rule, got.Due, err, want[0], want[1])
		}
	}
	for _, text := range []string{"", "every", "every blue moon", "every 12/05/2026", "sometimes"} {
		if got, err := Recur(text, here); err == nil {
			t.Errorf("Recur(%q) = %v, want a refusal", text, got)
		}
	}
}

func TestDay(t *testing.T) {
	for text, want := range map[string]string{
		"2026-12-05": "2026-12-05", "12 dec": "2026-12-12", "dec 12 2027": "2027-12-12", "tomorrow": "2026-11-24",
		"fri": "2026-11-27", "next monday 15:00": "2026-11-30T15:00", "in 3 days": "2026-11-26", "25/12/2026": "2026-12-25",
		"1 nov": "2027-11-01", "today 3 pm": "2026-11-23T15:00", "29 feb": "2028-02-29",
	} {
		got, err := Day(text, here)
		if err != nil || got.String() != want+"[America/Chicago]" {
			t.Errorf("Day(%q) = %v, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"12/05/2026", "31 feb", "soon", "25:00", "99 dec"} {
		if got, err := Day(text, here); err == nil {
			t.Errorf("Day(%q) = %v, want a refusal", text, got)
		}
	}
}

func TestQuickAdd(t *testing.T) {
	got, err := QuickAdd("Order exam supplies every friday 45m #clinic @assistant due 12 dec !2", here)
	if err != nil {
		t.Fatal(err)
	}
	kinds := []string{}
	for _, c := range got.Chips {
		kinds = append(kinds, c.Kind)
	}
	got.Chips = nil
	want := Capture{
		Title: "Order exam supplies", Rule: ical.MustRule("FREQ=WEEKLY;BYDAY=FR"), Effort: 45, Area: "clinic", Person: "assistant", Matters: 2,
		Due: ical.DayDue(ical.Date{Year: 2026, Month: 12, Day: 12}, "America/Chicago"),
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b ical.Rule) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"recurrence", "effort", "area", "person", "due", "matters"}, kinds); diff != "" {
		t.Error(diff)
	}
}

func TestQuickAddKeepsWhatItDoesNotUnderstand(t *testing.T) {
	for line, title := range map[string]string{
		`Read "every friday" by Anna`: "Read every friday by Anna",
		`Pay by 12/05/2026`:           "Pay by 12/05/2026",
		`Buy 3 lamps`:                 "Buy 3 lamps",
		`Every blue moon dance`:       "Every blue moon dance",
		`Call "@home" team`:           "Call @home team",
		`Write issue # 4`:             "Write issue # 4",
		`Call mom every 2nd tuesday`:  "Call mom every 2nd tuesday",
		`Lunch every friday at 25:00`: "Lunch every friday at 25:00",
		`Pay due 12 dec 25:00`:        "Pay due 12 dec 25:00",
		`Pay due 12 dec due 13 dec`:   "Pay due 13 dec",
	} {
		if got, err := QuickAdd(line, here); err != nil || got.Title != title {
			t.Errorf("QuickAdd(%q) = %q, %v; want %q", line, got.Title, err, title)
		}
	}
	named, err := QuickAdd(`Mow #"the old house" @"Bright Homes" every friday`, here)
	if err != nil || named.Area != "the old house" || named.Person != "Bright Homes" || named.Title != "Mow" || named.Rule.IsZero() {
		t.Errorf("names in quotes: %+v, %v", named, err)
	}
	if _, err := QuickAdd("#clinic 45m", here); err == nil {
		t.Error("a line without a title was taken")
	}
}

func FuzzQuickAdd(f *testing.F) {
	f.Add("Order every friday 45m #clinic @x due 12 dec !2")
	f.Add(`"every" by 1. 1. 2026 in 3 days "`)
	f.Fuzz(func(t *testing.T, line string) {
		got, _ := QuickAdd(line, here)
		for _, c := range got.Chips {
			if line[c.From:c.To] != c.Text {
				t.Errorf("chip %+v is not where it says in %q", c, line)
			}
		}
		_, _ = Recur(line, here)
		_, _ = Day(line, here)
		_, _ = Effort(line)
	})
}
