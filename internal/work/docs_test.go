package work

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baton/internal/ical"
)

var update = flag.Bool("update", false, "write the tables into docs/letgo.md")

const letgoDoc = "../../docs/letgo.md"

// TestLetGoDocument holds the tables of docs/letgo.md against the code's own.
func TestLetGoDocument(t *testing.T) {
	text, err := os.ReadFile(letgoDoc)
	if err != nil {
		t.Fatal(err)
	}
	doc := string(text)
	for name, table := range map[string]string{"cues": cueTable(), "fields": fieldTable()} {
		begin, end := "<!-- "+name+" -->\n", "<!-- /"+name+" -->"
		from, to := strings.Index(doc, begin), strings.Index(doc, end)
		if from < 0 || to < from {
			t.Fatalf("docs/letgo.md has no %s between %q and %q", name, begin, end)
		}
		from += len(begin)
		if diff := cmp.Diff(table, doc[from:to]); diff != "" && !*update {
			t.Errorf("docs/letgo.md: the table of %s is not the code's; go test ./internal/work -run LetGoDocument -update\n%s", name, diff)
		}
		doc = doc[:from] + table + doc[to:]
	}
	if *update {
		if err := os.WriteFile(letgoDoc, []byte(doc), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func cueTable() string {
	var b strings.Builder
	b.WriteString("| about | value | words, the first row that matches decides |\n|---|---|---|\n")
	for _, r := range Cues() {
		fmt.Fprintf(&b, "| %s | %d | %s |\n", strings.ReplaceAll(r.About, "_", " "), r.Value, quoted(r.Words))
	}
	return b.String()
}

func fieldTable() string {
	var b strings.Builder
	b.WriteString("| field | plain | words |\n|---|---|---|\n")
	for _, f := range Fields {
		plain := ""
		if f.Plain {
			plain = "yes"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", f.Name, plain, quoted(f.Words))
	}
	return b.String()
}

// quoted renders words as the code has them; a closing blank shows as "␣".
func quoted(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		if cut, ok := strings.CutSuffix(w, " "); ok {
			w = cut + "␣"
		}
		out[i] = "`" + w + "`"
	}
	return strings.Join(out, ", ")
}

// TestGuesses reads titles as a leader would.
func TestGuesses(t *testing.T) {
	for _, c := range []struct {
		title, note                   string
		needs, matters, grows, energy int
	}{
		{"Sign off abnormal lab results", "Only the physician of record may sign", 3, 3, 1, 0},
		{"Update the refrigerator log", "Compliance needs a signature but not mine", 0, 3, 0, -1},
		{"Drive to soccer practice", "Time with my daughter", 3, 3, 1, 2},
		{"Coach clients", "What I am here for", 3, 3, 1, 2},
		{"Edit the newsletter", "I like writing it; I do not like the layout", 0, 1, 1, 1},
		{"Lead the relaunch project", "", 1, 3, 3, 0},
		{"Post project photos", "", 1, 2, 1, 0},
		{"Pick up the printer paper", "", 0, 1, 1, 0},
		{"Log in to the bank", "", 0, 1, 0, -1},
		{"Negotiate the lease", "", 2, 1, 2, 0},
	} {
		m := Guess(&Task{Title: c.title, Note: c.note, Kind: PlainTask, State: TaskOpen}, nil, ical.Date{Year: 2026, Month: 11, Day: 23})
		got := [4]int{m.NeedsMe.Value, m.Matters.Value, m.Grows.Value, m.Energy.Value}
		if want := [4]int{c.needs, c.matters, c.grows, c.energy}; got != want {
			t.Errorf("%q: needs me, matters, grows, energy are %v, not %v (%q)", c.title, got, want, m.NeedsMe.Cue)
		}
	}
}

func TestRelated(t *testing.T) {
	for _, c := range []struct {
		title, note, skill string
		want               int
	}{
		{"Build the staff rota", "", "scheduling", 80},
		{"Send invoices", "", "invoicing", 100},
		{"Send invoices", "", "cleaning", 0},
		{"Answer patient messages", "", "patient communication", 80},
		{"Lead the group project", "", "leading projects", 100},
		{"Cover for absent teachers", "", "teaching", 0},
		{"Return the library books", "", "booking", 0},
		{"Group visits", "Curriculum and room", "teaching", 40},
	} {
		if got := Related(&Task{Title: c.title, Note: c.note}, c.skill); got != c.want {
			t.Errorf("%q and %q have %d in common, not %d", c.title, c.skill, got, c.want)
		}
	}
}
