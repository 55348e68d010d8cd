package guard

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the tables into docs/guards.md")

// TestDocuments compares docs/guards.md with the rules in the code.
func TestDocuments(t *testing.T) {
	const path = "../../docs/guards.md"
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rules, acts := "| rule | when |\n|---|---|\n", "| intervention | when |\n|---|---|\n"
	for _, r := range Rules {
		rules += "| `" + string(r.Rule) + "` | " + r.Words + " |\n"
	}
	for _, a := range Acts {
		acts += "| `" + string(a.Act) + "` | " + a.Words + " |\n"
	}
	want := between(between(string(page), "rules", rules), "acts", acts)
	if want == string(page) {
		return
	}
	if !*update {
		t.Fatal("docs/guards.md is not what the code says; run go test ./internal/guard -run Documents -update")
	}
	if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// between replaces what stands between a pair of marks.
func between(page, mark, text string) string {
	begin, end := "<!-- "+mark+" -->\n", "<!-- /"+mark+" -->"
	before, rest, _ := strings.Cut(page, begin)
	_, after, _ := strings.Cut(rest, end)
	return before + begin + text + end + after
}
