package learn

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestDocumentedNumbers computes the worked example of docs/learning.md again.
func TestDocumentedNumbers(t *testing.T) {
	text, err := os.ReadFile("../../docs/learning.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "<!-- worked -->")
	table, _, found := strings.Cut(rest, "<!-- /worked -->")
	if !found {
		t.Fatal("the worked example is gone")
	}
	var shown []string
	for line := range strings.SplitSeq(strings.TrimSpace(table), "\n") {
		cells := strings.Split(line, "|")
		shown = append(shown, strings.TrimSpace(strings.Join(cells[2:6], "|")))
	}
	row := func(o *Observation, b Belief) string {
		cell := ""
		if o != nil {
			cell = o.Level.String()
		}
		return strings.TrimSpace(fmt.Sprintf("%s | %s | %s | %d", cell, b.Mean, b.SD(), b.Effective()))
	}
	first, _ := Observe(3, 0, said(5, 3, 3), said(4, 2, 3), monday)
	later := monday.AddDate(2, 0, 0)
	split, _ := Observe(3, 1000, said(2, 3, 3), said(4, 3, 3), later)
	b := Recorded(3, monday)
	once, twice := b.Update(first), b.Update(first).Update(first)
	old := twice.Widen(later)
	want := []string{
		row(nil, Recorded(0, monday)), row(nil, b), row(&first, once), row(&first, twice), row(nil, old),
		row(&split, old.Update(split)), row(nil, old.Update(split).Disputed(5)),
	}
	for i, line := range shown[2:] {
		if got := strings.Join(strings.Fields(line), " "); got != strings.Join(strings.Fields(want[i]), " ") {
			t.Errorf("docs/learning.md says %q, it is %q", got, want[i])
		}
	}
	if len(shown) != len(want)+2 {
		t.Errorf("%d rows, want %d", len(shown)-2, len(want))
	}
}
