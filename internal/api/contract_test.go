package api

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baton/internal/app"
	"baton/internal/app/operations"
)

// stock gives Ada at least two of everything a list holds.
func stock(t *testing.T, s *service) things {
	t.Helper()
	ids, _ := furnish(t, s)
	note := strings.Repeat("gloves ", 300)
	for _, post := range [][2]string{
		{"tasks", `{"title":"Order gloves","note":"` + note + `","skills":[{"name":"ordering","level":2}]}`},
		{"tasks", `{"title":"Order masks"}`},
		{"people", `{"name":"Wei","note":"` + note + `"}`},
		{"areas", `{"name":"Garden"}`},
		{"focus-areas", `{"name":"Teaching"}`},
		{"tokens", `{"label":"phone"}`},
		{"coaches", `{"name":"Carl","email":"carl@example.org","parts":[]}`},
		{fmt.Sprintf("delegations/%d/playbook", ids["delegation"]), `{"name":"Second"}`},
	} {
		if got := s.ask(s.adaT, "POST", post[0], post[1]); got.status != http.StatusOK {
			t.Fatalf("%s: %d %s", post[0], got.status, got.body)
		}
	}
	if got := s.ask(s.adaT, "POST", "imports?name=y.txt&format=text", "- Water the plants\n", "Content-Type", "application/octet-stream"); got.status != http.StatusOK {
		t.Fatalf("import: %s", got.body)
	}
	now := s.now
	for week := range 2 {
		s.now = now.AddDate(0, 0, -7*week)
		if got := s.ask(s.adaT, "POST", "pulse", `{"full":3,"matters":4}`); got.status != http.StatusOK {
			t.Fatalf("pulse: %d %s", got.status, got.body)
		}
	}
	s.now = now
	for _, path := range []string{fmt.Sprintf("calls/%d/end", ids["call"]), "calls"} {
		if got := s.ask(s.adaT, "POST", path, `{}`); got.status != http.StatusOK {
			t.Fatalf("%s: %s", path, got.body)
		}
	}
	for _, source := range []string{"calendar", "private"} {
		if got := s.ask(s.adaT, "POST", "coach/busy?source="+source, "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "Content-Type", "application/octet-stream"); got.status != http.StatusOK {
			t.Fatalf("busy times: %s", got.body)
		}
	}
	return ids
}

// asked is the address of a GET with what it needs to be answered.
func asked(ids things, d app.Describe) string {
	path := ids.at(d.Path, false)
	switch d.Name {
	case "task.search":
		path += "?q=order"
	case "search.others":
		path += "?q=" + secret
	}
	return path
}

// unpaged are the lists that answer whole, each with a reason.
var unpaged = map[string]string{
	"lesson.list": "what the latest looks back propose, a handful each",
	"belief.mine": "one line for each skill somebody has",
	"belief.list": "one line for each skill somebody has",
	"guard.list":  "what is on its way back now",
}

// short are the lists of which stock makes fewer than two.
var short = map[string]string{
	"mail.list": "no time passed, so that nothing was written", "lesson.list": "nothing ended", "belief.mine": "nothing ended", "belief.list": "nothing ended",
	"guard.list": "nothing creeps", "coach.clients": "Ada coaches nobody", "naming.list": "Ada appears with nobody",
}

// TestEveryListComesInPages walks every list one by one and finds what it
// holds as a whole, in the same order.
func TestEveryListComesInPages(t *testing.T) {
	s := open(t)
	ids := stock(t, s)
	type page struct {
		Items []json.RawMessage `json:"items"`
		Next  string            `json:"next"`
	}
	for _, o := range operations.All() {
		d := o.Describe()
		if d.Method != http.MethodGet || !strings.HasPrefix(o.Out().Name(), "List[") {
			continue
		}
		t.Run(d.Name, func(t *testing.T) {
			path := asked(ids, d)
			with := func(query string) (p page) {
				join := map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")]
				got := s.ask(s.adaT, "GET", path+join+query, "")
				if err := json.Unmarshal(got.body, &p); err != nil || got.status != http.StatusOK {
					t.Fatalf("%s: %d %s", query, got.status, got.body)
				}
				return p
			}
			whole := with("limit=500")
			if few := len(whole.Items) < 2; few != (short[d.Name] != "") {
				t.Fatalf("it holds %d", len(whole.Items))
			}
			if unpaged[d.Name] != "" {
				return
			}
			var walked []json.RawMessage
			next := "limit=1"
			for range len(whole.Items) + 1 {
				p := with(next)
				if len(p.Items) > 1 {
					t.Fatalf("a page of one holds %d", len(p.Items))
				}
				walked = append(walked, p.Items...)
				if p.Next == "" {
					break
				}
				next = "limit=1&after=" + p.Next
			}
			if diff := cmp.Diff(texts(whole.Items), texts(walked)); diff != "" {
				t.Error(diff)
			}
			join := map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")]
			if got := s.ask(s.adaT, "GET", path+join+"after=%21", ""); got.status != http.StatusUnprocessableEntity || got.problem(t).Errors[0].Location != "after" {
				t.Errorf("a page that is none: %d %s", got.status, got.body)
			}
		})
	}
}

func texts(all []json.RawMessage) []string {
	out := make([]string, len(all))
	for i, raw := range all {
		out[i] = string(raw)
	}
	return out
}

// TestEveryVersionIsAnETag asks for everything that has a version.
func TestEveryVersionIsAnETag(t *testing.T) {
	s := open(t)
	ids := stock(t, s)
	seen := 0
	for _, o := range operations.All() {
		d := o.Describe()
		if d.Method != http.MethodGet || o.Out().Kind() != reflect.Struct {
			continue
		}
		if f, ok := o.Out().FieldByName("Version"); !ok || f.Type.Kind() != reflect.Int64 {
			continue
		}
		seen++
		got := s.ask(s.adaT, "GET", asked(ids, d), "")
		var v struct {
			Version int64 `json:"version"`
		}
		if err := json.Unmarshal(got.body, &v); err != nil || v.Version == 0 || got.header.Get("ETag") != fmt.Sprintf(`"%d"`, v.Version) {
			t.Errorf("%s: ETag %s, version %d, %v", d.Name, got.header.Get("ETag"), v.Version, err)
		}
	}
	if seen < 5 {
		t.Errorf("only %d things have a version", seen)
	}
}

// unversioned are the things in a path that have no version, each with a reason.
var unversioned = map[string]string{
	"token": "it is made and revoked, never changed", "import": "it is made and taken back, never changed",
	"lesson": "it is taken or let go of once; a second answer is refused", "playbook": "it is only forgotten; written over by its version in replaces",
	"session": "it is begun and ended, never changed",
	"naming":  "it is the yes or no of one person, who alone says it",
}

// TestNoChangeIsWrittenOverUnseen sends every PUT and PATCH, and whatever is
// done to a thing with a version, with the version of another day, with what is
// none, and with a list of such.
func TestNoChangeIsWrittenOverUnseen(t *testing.T) {
	s := open(t)
	ids := stock(t, s)
	for _, o := range operations.All() {
		d := o.Describe()
		_, named, inPath := strings.Cut(d.Path, "{")
		named, _, _ = strings.Cut(named, "}")
		if d.Method == http.MethodGet || unversioned[named] != "" || !inPath && d.Method != http.MethodPut && d.Method != http.MethodPatch {
			continue
		}
		for _, match := range []string{`"9999"`, "garbage", `"a", "9999"`} {
			got := s.ask(s.adaT, d.Method, ids.at(d.Path, false), sample(t, o), "If-Match", match)
			switch {
			case got.status != http.StatusPreconditionFailed:
				t.Errorf("%s, If-Match %s: %d %s", d.Name, match, got.status, got.body)
			case !strings.Contains(got.problem(t).Detail, "since you read it"):
				t.Errorf("%s says %s", d.Name, got.body)
			}
		}
	}
}

// TestEveryMoveOfATaskTellsItsVersion does one thing after the other to a task,
// each with the version that the one before answered.
func TestEveryMoveOfATaskTellsItsVersion(t *testing.T) {
	s := open(t)
	made := s.ask(s.adaT, "POST", "tasks", `{"title":"Rota"}`)
	path := fmt.Sprintf("tasks/%d", made.id(t))
	part := func(got answer) string {
		var parts struct {
			Items []struct {
				ID int64 `json:"id"`
			} `json:"items"`
		}
		if err := json.Unmarshal(got.body, &parts); err != nil || len(parts.Items) != 1 {
			t.Fatalf("parts: %s, %v", got.body, err)
		}
		return fmt.Sprintf("tasks/%d/drop", parts.Items[0].ID)
	}
	tag := made.header.Get("ETag")
	for _, move := range [][3]string{
		{"PATCH", "/marks", `{"matters":2}`},
		{"PUT", "/verdict", `{"verdict":"keep"}`},
		{"POST", "/parts", `{"parts":["One"]}`},
		{"PUT", "/position", `{}`},
		{"POST", "/completion", ""},
		{"POST", "/reopening", ""},
		{"POST", "/drop", ""},
		{"POST", "/reopening", ""},
		{"PATCH", "", `{"note":"By hand"}`},
	} {
		got := s.ask(s.adaT, move[0], path+move[1], move[2], "If-Match", tag)
		if got.status != http.StatusOK || got.header.Get("ETag") == "" {
			t.Fatalf("%s %s, If-Match %s: %d %s", move[0], move[1], tag, got.status, got.body)
		}
		tag = got.header.Get("ETag")
		if now := s.ask(s.adaT, "GET", path, "").header.Get("ETag"); now != tag {
			t.Errorf("%s %s answers %s, and it is at %s", move[0], move[1], tag, now)
		}
		if move[1] == "/parts" {
			s.ask(s.adaT, "POST", part(got), "")
		}
	}
}

// TestEveryFieldHasAPath sends every body with a field that is none, and with
// each of its fields of a wrong type.
func TestEveryFieldHasAPath(t *testing.T) {
	s := open(t)
	ids := stock(t, s)
	for _, o := range operations.All() {
		d := o.Describe()
		if !takesJSON(o) {
			continue
		}
		r := newRegistry()
		schema := r.Schema(o.In(), true, "")
		for schema.Ref != "" {
			schema = r.SchemaFromRef(schema.Ref)
		}
		var body map[string]any
		if err := json.Unmarshal([]byte(sample(t, o)), &body); err != nil {
			t.Fatal(d.Name, err)
		}
		tried := map[string]any{"nonsense": 1}
		for name, p := range schema.Properties {
			tried[name] = []any{[]any{true}} // no field is a list of lists
			if p.Type == "array" {
				tried[name] = "x"
			}
		}
		for name, value := range tried {
			wrong := map[string]any{name: value}
			for k, v := range body {
				if k != name {
					wrong[k] = v
				}
			}
			sent, err := json.Marshal(wrong)
			if err != nil {
				t.Fatal(err)
			}
			got := s.ask(s.adaT, d.Method, ids.at(d.Path, false), string(sent))
			p := got.problem(t)
			if got.status != http.StatusUnprocessableEntity || len(p.Errors) == 0 || !strings.HasPrefix(p.Errors[0].Location, name) {
				t.Errorf("%s with a wrong %s: %d %s", d.Name, name, got.status, got.body)
			}
		}
	}
}

// TestEveryLongAnswerIsCompressed asks for everything twice.
func TestEveryLongAnswerIsCompressed(t *testing.T) {
	s := open(t)
	ids := stock(t, s)
	long := 0
	for _, o := range operations.All() {
		d := o.Describe()
		if d.Method != http.MethodGet {
			continue
		}
		plain := s.ask(s.adaT, "GET", asked(ids, d), "")
		small := s.ask(s.adaT, "GET", asked(ids, d), "", "Accept-Encoding", "gzip")
		if zipped := small.header.Get("Content-Encoding") == "gzip"; zipped != (len(plain.body) >= 1024) {
			t.Errorf("%s: %d bytes, compressed %v", d.Name, len(plain.body), zipped)
		} else if !zipped {
			continue
		}
		long++
		z, err := gzip.NewReader(bytes.NewReader(small.body))
		if err != nil {
			t.Fatal(d.Name, err)
		}
		back, err := io.ReadAll(z)
		if d.Name == "export.show" && err == nil && json.Valid(back) {
			continue // the audit log in it tells of the first
		}
		if err != nil || !bytes.Equal(back, plain.body) {
			t.Errorf("%s says something else unpacked (%v)", d.Name, err)
		}
	}
	if long < 10 {
		t.Errorf("only %d answers are long", long)
	}
}

// TestOperationsDocument holds the list in docs/api.md against the table of
// operations. BATON_UPDATE writes it.
func TestOperationsDocument(t *testing.T) {
	const file, begin, end = "../../docs/api.md", "<!-- operations -->\n", "<!-- /operations -->"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	has, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("%s has no %q … %q", file, begin, end)
	}
	want := operationList()
	if os.Getenv("BATON_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := cmp.Diff(want, has); diff != "" {
		t.Errorf("docs/api.md lists other operations; BATON_UPDATE=1 go test ./internal/api -run OperationsDocument\n%s", diff)
	}
}

func operationList() string {
	var b strings.Builder
	b.WriteString("| operation | request | who | taken back by | |\n|---|---|---|---|---|\n")
	for _, o := range operations.All() {
		d := o.Describe()
		fmt.Fprintf(&b, "| %s | `%s %s` | %s | %s | %s |\n", d.Name, d.Method, d.Path, d.Who, d.Undo, d.Summary)
	}
	return b.String()
}
