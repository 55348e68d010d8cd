package coach

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the rules into docs/coaching.md")

// TestDocuments compares docs/coaching.md with the rules in the code.
func TestDocuments(t *testing.T) {
	const path = "../../docs/coaching.md"
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rules := "| rule | rests on | asked when |\n|---|---|---|\n"
	for _, r := range Rules {
		rules += "| `" + string(r.Rule) + "` | " + string(r.Part) + " | " + r.When + " |\n"
	}
	const begin, end = "<!-- rules -->\n", "<!-- /rules -->"
	before, rest, there := strings.Cut(string(page), begin)
	_, after, closed := strings.Cut(rest, end)
	if !there || !closed {
		t.Fatal("docs/coaching.md has no place for the rules")
	}
	want := before + begin + rules + end + after
	if want == string(page) {
		return
	}
	if !*update {
		t.Fatal("docs/coaching.md is not what the code says; run go test ./internal/coach -run Documents -update")
	}
	if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}
