package phrase

import (
	"flag"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write what the program answers into docs/dates.md")

const docs = "../../docs/dates.md"

// TestTheDocumentIsTrue asks the grammar every row of docs/dates.md.
func TestTheDocumentIsTrue(t *testing.T) {
	body, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	lines, section, rows := strings.Split(string(body), "\n"), "", 0
	for i, line := range lines {
		if title, ok := strings.CutPrefix(line, "## "); ok {
			section = title
		}
		cells := strings.Split(line, "|")
		if len(cells) < 4 || !strings.HasPrefix(line, "| `") {
			continue
		}
		rows++
		lines[i] = "| " + strings.Join(append([]string{strings.TrimSpace(cells[1])}, answers(t, section, strings.Trim(cells[1], " `"))...), " | ") + " |"
	}
	want := strings.Join(lines, "\n")
	if *update {
		if err := os.WriteFile(docs, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, string(body)); diff != "" && !*update {
		t.Errorf("docs/dates.md is not what the program answers (- program, + document); run go test ./internal/phrase -update:\n%s", diff)
	}
	if rows < 50 {
		t.Errorf("only %d rows were found", rows)
	}
}

func answers(t *testing.T, section, text string) []string {
	switch section {
	case "Dates", "Refused dates":
		due, err := Day(text, here)
		if err != nil {
			return []string{plain(err)}
		}
		return []string{due.Date.Weekday().String() + ", " + longDate(due)}
	case "Recurrences", "Refused recurrences":
		when, err := Recur(text, here)
		if err != nil {
			return []string{plain(err)}
		}
		return []string{when.Words}
	case "Effort":
		minutes, err := Effort(text)
		if err != nil {
			return []string{plain(err)}
		}
		return []string{strconv.Itoa(minutes)}
	case "Quick add":
		got, err := QuickAdd(text, here)
		if err != nil {
			return []string{plain(err), ""}
		}
		words := make([]string, len(got.Chips))
		for i, c := range got.Chips {
			words[i] = c.Words
		}
		return []string{got.Title, strings.Join(words, "; ")}
	}
	t.Errorf("docs/dates.md: a row in %q, which no test reads", section)
	return nil
}

func plain(err error) string { return strings.ReplaceAll(err.Error(), "\"", "") }
