package work

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baton/internal/ical"
)

var update = flag.Bool("update", false, "write the tables into the documents")

// TestDocuments holds the tables of the documents against the code's own.
func TestDocuments(t *testing.T) {
	for doc, tables := range map[string]map[string]string{
		"letgo.md":     {"cues": cueTable(), "fields": fieldTable()},
		"states.md":    {"items": itemTable(), "moves": moveTable(), "notices": noticeTable(), "promises": promiseTable(), "costs": costTable()},
		"authority.md": {"levels": levelTable(), "narrows": narrowTable()},
	} {
		t.Run(doc, func(t *testing.T) { holdTables(t, "../../docs/"+doc, tables) })
	}
}

// holdTables compares what a document says between <!-- name --> and
// <!-- /name -->.
func holdTables(t *testing.T, file string, tables map[string]string) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc := string(text)
	for name, table := range tables {
		begin, end := "<!-- "+name+" -->\n", "<!-- /"+name+" -->"
		from, to := strings.Index(doc, begin), strings.Index(doc, end)
		if from < 0 || to < from {
			t.Fatalf("%s has no %s between %q and %q", file, name, begin, end)
		}
		from += len(begin)
		if diff := cmp.Diff(table, doc[from:to]); diff != "" && !*update {
			t.Errorf("%s: the table of %s is not the code's; go test ./internal/work -run Documents -update\n%s", file, name, diff)
		}
		doc = doc[:from] + table + doc[to:]
	}
	if *update {
		if err := os.WriteFile(file, []byte(doc), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// table renders rows as Markdown under a head like "a | b".
func table(head string, rows [][]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| %s |\n|%s\n", head, strings.Repeat("---|", strings.Count(head, "|")+1))
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s |\n", strings.Join(r, " | "))
	}
	return b.String()
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func itemTable() string {
	var rows [][]string
	for _, k := range slices.Sorted(maps.Keys(manners)) {
		m := manners[k]
		rows = append(rows, []string{MoveName(k).plain(), m.words, fmt.Sprint(m.days), strings.ReplaceAll(string(m.silence), "_", " "), yes(m.blocking)})
	}
	return table("item | its holder is asked to | working days | silence | blocks", rows)
}

func moveTable() string {
	var rows [][]string
	for _, m := range Moves {
		in := make([]string, len(m.In))
		for i, s := range m.In {
			in[i] = string(s)
		}
		rows = append(rows, []string{"`" + string(m.Name) + "`", m.Words, strings.Join(in, ", "), string(m.Who), MoveName(m.Item).plain()})
	}
	return table("move | in words | in | who | answers", rows)
}

func noticeTable() string {
	names := map[reach]string{
		toOther: "the other side", toNobody: "nobody", toBoth: "both", toSubject: "whom it is about", toChain: "the other side and every giver above",
		toReceiver: "the receiver", toSide: "the other side of whom it is about, and who answers for them",
	}
	kinds := map[EventKind]bool{}
	for k := range reaches {
		kinds[k] = true
	}
	for k := range urgent {
		kinds[k] = true
	}
	var rows [][]string
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		rows = append(rows, []string{strings.ReplaceAll(string(k), "_", " "), names[reaches[k]], yes(urgent[k])})
	}
	return table("event | told | at once", rows)
}

func promiseTable() string {
	var rows [][]string
	for _, p := range (&Books{}).Ledger(time.Time{}, time.Time{}).Promises {
		rows = append(rows, []string{strings.ReplaceAll(p.Name, "_", " "), p.Formula, p.Unit})
	}
	return table("promise | formula | in", rows)
}

func costTable() string {
	return table("what | minutes", [][]string{
		{"writing and offering an assignment", fmt.Sprint(BriefAssignment)},
		{"writing and talking over a strategic delegation", fmt.Sprint(BriefStrategic)},
		{"looking at a delivery", fmt.Sprint(ReviewDelivery)},
		{"reading an update", fmt.Sprint(ReadUpdate)},
	})
}

func levelTable() string {
	treated := map[Ruling]string{Asks: "asked of the giver", Intends: "an intention with notice", Decides: "recorded"}
	var rows [][]string
	for l := Tell; l <= Autonomous; l++ {
		t := Allows([]Link{{Authority: Authority{Level: l}}}, &Decision{}, ical.Date{})
		told := ""
		switch l {
		case Inform:
			told = ", and told with the daily mail"
		case Autonomous:
			told = ", and told to nobody"
		}
		rows = append(rows, []string{fmt.Sprint(int(l)), l.Words(), treated[t.Ruling] + told})
	}
	return table("level | to the receiver | a decision inside the limits is", rows)
}

// narrowTable says what each wider hand-on is told.
func narrowTable() string {
	var rows [][]string
	for _, c := range narrowings {
		if c.want != "" {
			rows = append(rows, []string{c.name, c.want})
		}
	}
	return table("handed on | is refused", rows)
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
		{"Talk to Wanda about her rota", "", 2, 1, 1, 0},
		{"Give feedback to the apprentice", "", 2, 1, 1, 0},
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
		{"Plan the substitutes' schedule", "", "timetabling", 80},
		{"Wash the windows", "", "housekeeping", 80},
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
