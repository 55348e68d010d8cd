package phrase

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestQuickAddNeverGuesses holds that a reading is not taken where a longer one
// is refused, and that the line says so.
func TestQuickAddNeverGuesses(t *testing.T) {
	for _, row := range []struct{ line, title, unclear, why string }{
		{"call mom every 2nd tuesday", "call mom every 2nd tuesday", "every 2nd tuesday", "once a month"},
		{"call mom every 3rd thursday 20m", "call mom every 3rd thursday", "every 3rd thursday", "every 3 weeks on thursday"},
		{"lunch every friday at 25:00", "lunch every friday at 25:00", "every friday at 25:00", "is not a recurrence"},
		{"lunch every friday 13pm !1", "lunch every friday 13pm", "every friday 13pm", "is not a recurrence"},
		{"lunch every friday at 9.30", "lunch every friday at 9.30", "every friday at 9.30", "is not a recurrence"},
		{"meet every 2nd and 4th tuesday", "meet every 2nd and 4th tuesday", "every 2nd and 4th", "is not a recurrence"},
		{"pay every 15th of december", "pay every 15th of december", "every 15th of december", "is not a recurrence"},
		{"water every day until 5 dec", "water every day until 5 dec", "every day until 5 dec", "is not a recurrence"},
		{"call every friday except next monday", "call every friday except next monday", "every friday except next monday", "is not a recurrence"},
		{"pay due 12 dec 2300", "pay due 12 dec 2300", "due 12 dec 2300", "not a day of the calendar"},
		{"pay due friday 25:00 #home", "pay due friday 25:00", "due friday 25:00", "is not a date"},
		{"pay by friday or monday", "pay by friday or monday", "by friday or monday", "is not a date"},
		{"pay by 12/05/2026", "pay by 12/05/2026", "by 12/05/2026", "could be Dec 05 or May 12"},
	} {
		got, err := QuickAdd(row.line, here)
		if err != nil || got.Title != row.title || !got.Rule.IsZero() || !got.Due.IsZero() {
			t.Errorf("%s: title %q, %q, due %v, %v", row.line, got.Title, got.Rule, got.Due, err)
		}
		var said []Chip
		for _, c := range got.Chips {
			if c.Kind == "unclear" {
				said = append(said, c)
			}
		}
		if len(said) != 1 || said[0].Text != row.unclear || !strings.Contains(said[0].Words, row.why) {
			t.Errorf("%s: %+v is said to be unclear", row.line, said)
		}
	}
}

// TestQuickAddReadsOnce holds that the second of a kind is title, that names are
// joined by quotes, and that words beside a time are title.
func TestQuickAddReadsOnce(t *testing.T) {
	for _, row := range []struct {
		line, title string
		chips       []string
	}{
		{"x due 12 dec due 13 dec", "x due 13 dec", []string{"due 12 December 2026"}},
		{"x every friday due 12 dec due 13 dec", "x due 13 dec", []string{"every Friday, next on 27 November 2026", "due 12 December 2026"}},
		{`paint #"two words" @"Bright Homes"`, "paint", []string{"in two words", "for Bright Homes"}},
		{`paint #one #"two words"`, "paint #two words", []string{"in one"}},
		{`paint #"two words`, `paint #"two words`, nil},
		{`paint @Bright"Homes #a"`, `paint @Bright"Homes #a"`, nil},
		{`paint #""`, "paint #", nil},
		{"review every friday and send notes", "review and send notes", []string{"every Friday, next on 27 November 2026"}},
		{"call every friday 45m for 2 hours", "call for 2 hours", []string{"every Friday, next on 27 November 2026", "45 minutes"}},
	} {
		got, err := QuickAdd(row.line, here)
		var chips []string
		for _, c := range got.Chips {
			chips = append(chips, c.Words)
		}
		if diff := cmp.Diff(row.chips, chips); err != nil || got.Title != row.title || diff != "" {
			t.Errorf("%s: title %q, %v\n%s", row.line, got.Title, err, diff)
		}
	}
}

// TestTheTitleAndTheChipsAreTheLine holds that nothing is lost: the line without
// what was understood is the title, and each kind is understood once.
func TestTheTitleAndTheChipsAreTheLine(t *testing.T) {
	parts := rapid.SampledFrom(strings.Split(
		"call|mom|every|every friday|every 2nd|2nd|tuesday|and|daily|due|by|12 dec|13 dec|at|at 25:00|9:30|25:00|45m|1h|30|#home|#\"two words\"|"+
			"@anna|@\"Bright Homes\"|!1|!2|\"every monday\"|\"|#\"|in|of|month|until|friday|or|12/05/2026|monthly|on the|21st", "|"))
	rapid.Check(t, func(t *rapid.T) {
		line := strings.Join(rapid.SliceOfN(parts, 1, 12).Draw(t, "parts"), " ")
		got, err := QuickAdd(line, here)
		if err != nil {
			return // all of it was understood
		}
		at, kinds, words := 0, map[string]bool{}, split(line)
		for _, c := range got.Chips {
			if c.From < at || line[c.From:c.To] != c.Text {
				t.Fatalf("%q: chip %+v", line, c)
			}
			if c.Kind == "unclear" {
				continue
			}
			if kinds[c.Kind] {
				t.Fatalf("%q: %s twice: %+v", line, c.Kind, got.Chips)
			}
			kinds[c.Kind] = true
			words = slices.DeleteFunc(words, func(w token) bool { return w.from >= c.From && w.to <= c.To })
			at = c.To
		}
		rest := make([]string, len(words))
		for i, w := range words {
			rest[i] = w.text
		}
		if diff := cmp.Diff(strings.Join(rest, " "), got.Title); diff != "" {
			t.Fatalf("%q with %+v:\n%s", line, got.Chips, diff)
		}
		if strings.Contains(got.Area+got.Person, `"`) {
			t.Fatalf("%q: a quote in %q or %q", line, got.Area, got.Person)
		}
	})
}
