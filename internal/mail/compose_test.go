package mail

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"baton/internal/ical"
	"baton/internal/work"
)

// TestWhatIsToldIsSaid: every event that somebody hears of has a sentence of its
// own. Who hears of what is in docs/states.md, which is made from the table.
func TestWhatIsToldIsSaid(t *testing.T) {
	source, err := os.ReadFile("../work/event.go")
	if err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile("../../docs/states.md")
	if err != nil {
		t.Fatal(err)
	}
	kinds := regexp.MustCompile(`EventKind += "([a-z_]+)"`).FindAllSubmatch(source, -1)
	if len(kinds) < 50 {
		t.Fatalf("event.go declares %d events", len(kinds))
	}
	for _, k := range kinds {
		kind := string(k[1])
		if kind == string(work.VoteCast) || kind == string(work.VoteExplained) {
			continue // a vote tells nobody of these: work.Vote.Recipients
		}
		if strings.Contains(string(table), "| "+strings.ReplaceAll(kind, "_", " ")+" | nobody |") {
			continue
		}
		if got := (Line{Kind: work.EventKind(kind), Title: "Water the plants"}).Sentence(); strings.HasPrefix(got, "Something changed") {
			t.Errorf("%s is told as %q", kind, got)
		}
	}
}

func TestADueTurnSaysItsDay(t *testing.T) {
	due, err := ical.ParseDue("2026-11-26", "UTC")
	if err != nil {
		t.Fatal(err)
	}
	got := Line{Kind: work.TurnDue, Title: "Water the plants", Detail: work.Detail{Due: due}}.Sentence()
	if want := "“Water the plants” is due on Thursday 26 November."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
