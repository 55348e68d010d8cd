package api

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baton/internal/app"
	"baton/internal/app/operations"
	"baton/internal/app/people"
	"baton/internal/app/workspaces"
	"baton/internal/guard"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

// service is the API over a database of its own, with a clinic and a bakery
// that know nothing of each other.
type service struct {
	*app.App
	http.Handler
	now            time.Time
	ada, ben, zoe  app.Actor
	adaT, benT, zT string // their tokens
}

func open(t *testing.T) *service {
	t.Helper()
	return over(t, storetest.Open(t, storetest.DSN(t, "sqlite")))
}

// over is the same over a database there is.
func over(t *testing.T, db *store.Store) *service {
	t.Helper()
	s := &service{App: app.New(db, slog.New(slog.DiscardHandler)), now: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)}
	s.Now = func() time.Time { return s.now }
	s.URL = "https://baton.example.org"
	s.Handler = New(s.App, operations.All())
	found := func(name, mail string) app.Actor {
		me, err := workspaces.Found(t.Context(), s.App, workspaces.Founding{Workspace: name, Kind: "team", Currency: "USD", Zone: "UTC", Name: name, Email: mail})
		if err != nil {
			t.Fatal(err)
		}
		return me
	}
	s.ada, s.zoe = found("Ada", "ada@example.org"), found("Zoe", "zoe@example.org")
	name, kind, mail := "Ben", work.Teammate, "ben@example.org"
	p, err := people.Add.Do(t.Context(), s.App, s.ada, people.Fields{Name: &name, Kind: &kind, Email: &mail})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := workspaces.Invite.Do(t.Context(), s.App, s.ada, workspaces.InvitePerson{Person: p.ID}); err != nil {
		t.Fatal(err)
	}
	s.ben = app.Actor{Workspace: s.ada.Workspace, Person: p.ID}
	for who, token := range map[app.Actor]*string{s.ada: &s.adaT, s.ben: &s.benT, s.zoe: &s.zT} {
		made, err := workspaces.MakeToken.Do(t.Context(), s.App, who, workspaces.NewToken{Label: "test", Scope: app.ScopeAll})
		if err != nil {
			t.Fatal(err)
		}
		*token = made.Token
	}
	return s
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a answer) problem(t *testing.T) (p problem) {
	t.Helper()
	if err := json.Unmarshal(a.body, &p); err != nil {
		t.Fatalf("%d %s: %v", a.status, a.body, err)
	}
	return p
}

func (a answer) id(t *testing.T) int64 {
	t.Helper()
	var v struct {
		ID int64 `json:"id"`
	}
	if err := json.Unmarshal(a.body, &v); err != nil || a.status != http.StatusOK || v.ID == 0 {
		t.Fatalf("%d %s: %v", a.status, a.body, err)
	}
	return v.ID
}

// ask makes a request; headers are name and value in turn.
func (s *service) ask(token, method, path, body string, headers ...string) answer {
	r := httptest.NewRequest(method, Prefix+"/"+path, strings.NewReader(body))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return answer{w.Code, w.Header(), w.Body.Bytes()}
}

func TestProblemsNameTheField(t *testing.T) {
	s := open(t)
	for _, row := range []struct {
		name, method, path, body string
		status                   int
		kind                     string
		fields                   []string
	}{
		{"no such field", "POST", "tasks", `{"titel":"x"}`, 422, "invalid", []string{"titel"}},
		{"a wrong type inside", "POST", "tasks", `{"title":"x","skills":[{"name":"a","level":"high"}]}`, 422, "invalid", []string{"skills[0].level"}},
		{"a day that is none", "POST", "tasks", `{"title":"x","due":"2026-02-30"}`, 422, "invalid", []string{"due"}},
		{"a day that is none, inside", "POST", "people", `{"name":"x","absences":[{"from":"2026-02-01","to":"2026-02-30"}]}`, 422, "invalid", []string{"absences[0].to"}},
		{"several that are not there", "POST", "tasks", `{"b":1,"c":2,"a":3,"title":"x"}`, 422, "invalid", []string{"a", "b", "c"}},
		{"too long", "POST", "tasks", `{"title":"` + strings.Repeat("x", 5<<20) + `"}`, 413, "invalid", nil},
		{"not by this method", "DELETE", "tasks", ``, 405, "invalid", nil},
		{"a rule of the domain", "POST", "people", `{"name":"  "}`, 422, "invalid", []string{"name"}},
		{"not JSON", "POST", "tasks", `{"title":`, 422, "invalid", nil},
		{"not UTF-8", "POST", "tasks", "{\"title\":\"x\xff\"}", 422, "invalid", nil},
		{"a number of a thousand digits", "POST", "tasks", `{"title":"x","effort":` + strings.Repeat("1", 1000) + `}`, 422, "invalid", nil},
		{"a field in another case", "POST", "tasks", `{"Title":"x"}`, 422, "invalid", []string{"Title"}},
		{"a field where there is none", "POST", "lessons/1/agreement", `{"level":2}`, 422, "invalid", []string{"level"}},
		{"not JSON where there are no fields", "POST", "lessons/1/agreement", `{bad`, 422, "invalid", nil},
		{"too long where there are no fields", "POST", "lessons/1/agreement", strings.Repeat(" ", 5<<20), 413, "invalid", nil},
		{"an unknown id", "GET", "tasks/999999", ``, 404, "not_found", nil},
		{"no number at all", "GET", "tasks/abc", ``, 404, "not_found", nil},
		{"no such resource", "GET", "nothing", ``, 404, "not_found", nil},
		{"a page that is none", "GET", "history?after=abc", ``, 422, "invalid", []string{"after"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := s.ask(s.adaT, row.method, row.path, row.body)
			p := got.problem(t)
			var fields []string
			for _, f := range p.Errors {
				fields = append(fields, f.Location)
			}
			if got.status != row.status || p.Status != row.status || p.Kind != row.kind || p.Detail == "" || p.Title == "" {
				t.Errorf("%d %s", got.status, got.body)
			}
			if diff := cmp.Diff(row.fields, fields); diff != "" {
				t.Error(diff)
			}
			if kind := got.header.Get("Content-Type"); kind != "application/problem+json" {
				t.Errorf("it is %s", kind)
			}
		})
	}
}

func TestALostUpdateIsRefused(t *testing.T) {
	s := open(t)
	made := s.ask(s.adaT, "POST", "tasks", `{"title":"Rota"}`)
	path := "tasks/" + strconv.FormatInt(made.id(t), 10)
	seen := s.ask(s.adaT, "GET", path, "").header.Get("ETag")
	if seen != `"1"` {
		t.Fatalf("ETag %s", seen)
	}
	for _, row := range []struct {
		match string
		want  int
	}{{seen, 200}, {seen, 412}, {`W/"2"`, 200}, {"3", 200}, {"*", 200}, {"", 200}, {`"abc"`, 412}, {`"a", "6"`, 200}, {`"a", "6"`, 412}} {
		got := s.ask(s.adaT, "PATCH", path, `{"title":"Staff rota"}`, "If-Match", row.match)
		if got.status != row.want {
			t.Errorf("If-Match %s: %d %s", row.match, got.status, got.body)
		}
	}
	d := s.ask(s.adaT, "POST", path+"/delegation", `{}`)
	draft := "delegations/" + strconv.FormatInt(d.id(t), 10) + "/draft"
	terms := `{"terms":{"brief":{"outcome":"Posted"},"authority":{"level":2}}}`
	for _, row := range []struct {
		match string
		want  int
	}{{`"77"`, 412}, {d.header.Get("ETag"), 200}, {d.header.Get("ETag"), 412}} {
		if got := s.ask(s.adaT, "POST", draft, terms, "If-Match", row.match); got.status != row.want {
			t.Errorf("a move on a delegation, If-Match %s: %d %s", row.match, got.status, got.body)
		}
	}
}

func TestTheSameKeyAnswersTheSame(t *testing.T) {
	s := open(t)
	first := s.ask(s.adaT, "POST", "tasks", `{"title":"Rota"}`, "Idempotency-Key", "k")
	again := s.ask(s.adaT, "POST", "tasks", `{"title":"Rota"}`, "Idempotency-Key", "k")
	if diff := cmp.Diff(string(first.body), string(again.body)); diff != "" || first.status != 200 {
		t.Error(first.status, diff)
	}
	if got := s.ask(s.adaT, "POST", "tasks", `{"title":"Another"}`, "Idempotency-Key", "k"); got.status != http.StatusConflict {
		t.Errorf("the same key for another task: %d", got.status)
	}
	if got := s.ask(s.adaT, "POST", "tokens", `{"label":"phone"}`, "Idempotency-Key", "secret"); got.status != http.StatusOK {
		t.Errorf("a token: %d %s", got.status, got.body)
	}
	if got := s.ask(s.adaT, "POST", "tokens", `{"label":"phone"}`, "Idempotency-Key", "secret"); got.status != http.StatusConflict {
		t.Errorf("a token asked for again is shown again: %d %s", got.status, got.body)
	}
	other := s.ask(s.benT, "POST", "tasks", `{"title":"Rota"}`, "Idempotency-Key", "k")
	if other.id(t) == first.id(t) {
		t.Error("a key of one member answers another")
	}
	// The same body about another thing is another request.
	second := s.ask(s.adaT, "POST", "tasks", `{"title":"Second"}`).id(t)
	for id, want := range map[int64]int{first.id(t): 200} {
		if got := s.ask(s.adaT, "POST", "tasks/"+strconv.FormatInt(id, 10)+"/drop", `{}`, "Idempotency-Key", "d"); got.status != want {
			t.Errorf("drop: %d %s", got.status, got.body)
		}
	}
	if got := s.ask(s.adaT, "POST", "tasks/"+strconv.FormatInt(second, 10)+"/drop", `{}`, "Idempotency-Key", "d"); got.status != http.StatusConflict {
		t.Errorf("the key of another task's drop: %d", got.status)
	}
	s.now = s.now.Add(24*time.Hour + time.Second)
	if late := s.ask(s.adaT, "POST", "tasks", `{"title":"Rota"}`, "Idempotency-Key", "k"); late.id(t) == first.id(t) {
		t.Error("a key holds for longer than a day")
	}
}

func TestPagesFollowEachOther(t *testing.T) {
	s := open(t)
	want := map[int64]bool{}
	for i := range 7 {
		want[s.ask(s.adaT, "POST", "tasks", `{"title":"Task `+strconv.Itoa(i)+`"}`).id(t)] = true
	}
	path, pages := "tasks?limit=3", 0
	for path != "" {
		got := s.ask(s.adaT, "GET", path, "")
		var page struct {
			Items []struct{ ID int64 }
			Next  string
		}
		if err := json.Unmarshal(got.body, &page); err != nil {
			t.Fatal(err)
		}
		for _, it := range page.Items {
			if !want[it.ID] {
				t.Errorf("task %d comes twice or was never made", it.ID)
			}
			delete(want, it.ID)
		}
		pages++
		link := got.header.Get("Link")
		next, _, found := strings.Cut(strings.TrimPrefix(link, "<"+Prefix+"/"), ">")
		if found != (page.Next != "") {
			t.Errorf("Link %q, next %q", link, page.Next)
		}
		path = next
		if !found {
			path = ""
		}
	}
	if len(want) > 0 || pages != 3 {
		t.Errorf("%d pages leave %v out", pages, want)
	}
}

// TestQueriesKeepTheirBounds asks for more and for less than a query's
// description allows.
func TestQueriesKeepTheirBounds(t *testing.T) {
	s := open(t)
	for query, want := range map[string]int{"limit=0": 422, "limit=-3": 422, "limit=501": 422, "limit=many": 422, "limit=500": 200, "limit=1": 200} {
		if got := s.ask(s.adaT, "GET", "tasks?"+query, ""); got.status != want || want == 422 && !strings.Contains(string(got.body), "limit") {
			t.Errorf("%s: %d %s", query, got.status, got.body)
		}
	}
}

func TestLongAnswersAreCompressed(t *testing.T) {
	s := open(t)
	s.ask(s.adaT, "POST", "tasks", `{"title":"Rota","note":"`+strings.Repeat("gloves ", 500)+`"}`)
	plain := s.ask(s.adaT, "GET", "tasks", "")
	small := s.ask(s.adaT, "GET", "tasks", "", "Accept-Encoding", "gzip")
	if small.header.Get("Content-Encoding") != "gzip" || len(small.body) > len(plain.body)/2 {
		t.Fatalf("%d bytes of %d, %s", len(small.body), len(plain.body), small.header.Get("Content-Encoding"))
	}
	z, err := gzip.NewReader(bytes.NewReader(small.body))
	if err != nil {
		t.Fatal(err)
	}
	if back, err := io.ReadAll(z); err != nil || !bytes.Equal(back, plain.body) {
		t.Error("it says something else unpacked", err)
	}
}

func TestTheDescriptionIsWhole(t *testing.T) {
	s := open(t)
	got := s.ask("", "GET", "openapi.json", "")
	var d struct {
		OpenAPI string `json:"openapi"`
		Paths   map[string]map[string]struct {
			OperationID string `json:"operationId"`
		}
	}
	if err := json.Unmarshal(got.body, &d); err != nil || !strings.HasPrefix(d.OpenAPI, "3.1") {
		t.Fatal(d.OpenAPI, err)
	}
	for _, o := range operations.All() {
		x := o.Describe()
		if d.Paths[Prefix+"/"+x.Path][strings.ToLower(x.Method)].OperationID == "" {
			t.Errorf("%s is not described", x.Name)
		}
	}
}

// TestWhatIsLearnedIsDescribed: every field of it has its meaning beside it,
// and the words it is told by are listed.
func TestWhatIsLearnedIsDescribed(t *testing.T) {
	var d struct {
		Components struct {
			Schemas map[string]struct {
				Properties map[string]struct {
					Description string
					Enum        []string
				}
			}
		}
	}
	if err := json.Unmarshal(open(t).ask("", "GET", "openapi.json", "").body, &d); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"Findings", "Finding", "Learned", "Return", "Evidence", "Image", "Note", "SpanCount", // the guards and what is found out
		"LookBack", "Reflection", "Look", "Lesson", // the look back
		"Ledger", "Promise", "Amount", "FocusShare", "Period", "Source", "Detail", "Pulse", "Answer", // the ledger
		"GrowthRecord", "Carried", "DecisionOwn", "LevelReached", "FirstTime", "GrowthThanks",
		"Record", "Belief", "Disagreement", "Less", "DisputeBelief", "SettleBelief",
		"Board", "Row", "Cell", "Vote", "Ballot", "NewVote", "CastLevel", "SayWhy", "Settlement", "TakeBack", "Party", // decision areas
		"Item", "WaitingItem", "Choice", "Running", "Photo", "Task", "PeopleFields", "Skill", "Absence", // what is handed over
		"Call", "CallsDecision", "Packet", "PromiseLine", "Sharing", "Review", "Stage", "Stuck", "Owed",
	} {
		if len(d.Components.Schemas[name].Properties) == 0 {
			t.Errorf("there is no %s", name)
		}
		for field, p := range d.Components.Schemas[name].Properties {
			if p.Description == "" && field != "$schema" {
				t.Errorf("nothing says what %s of %s is", field, name)
			}
		}
	}
	var rules []string
	for _, r := range guard.Rules {
		rules = append(rules, string(r.Rule))
	}
	if diff := cmp.Diff(rules, d.Components.Schemas["Return"].Properties["rule"].Enum); diff != "" {
		t.Error(diff)
	}
	for _, a := range guard.Acts {
		if says := d.Components.Schemas["SpanCount"].Properties["acts"].Description; !strings.Contains(says, string(a.Act)) {
			t.Errorf("%q does not name %s", says, a.Act)
		}
	}
}

// TestTheSchemeIsReadInAnyCase holds that bearer is Bearer, and that whatever
// opens nothing is 401.
func TestTheSchemeIsReadInAnyCase(t *testing.T) {
	s := open(t)
	for _, row := range []struct {
		header string
		want   int
	}{
		{"Bearer " + s.adaT, 200},
		{"bearer " + s.adaT, 200},
		{"BEARER  " + s.adaT, 200},
		{"Basic " + s.adaT, 401},
		{s.adaT, 401},
		{"Bearer", 401},
		{"Bearer nonsense", 401},
		{"Bearer baton_nonsense", 401},
	} {
		got := s.ask("", "GET", "tasks", "", "Authorization", row.header)
		if got.status != row.want || (row.want == 401) != (got.header.Get("WWW-Authenticate") != "") {
			t.Errorf("Authorization: %s…: %d %s", row.header[:6], got.status, got.body)
		}
	}
}

// TestAQuestionIsReadAsItIsDescribed holds query fields to the words and numbers
// they allow.
func TestAQuestionIsReadAsItIsDescribed(t *testing.T) {
	s := open(t)
	for _, row := range []struct{ path, field string }{
		{"tasks?state=zz", "state"},
		{"tasks?after=-5", "after"},
		{"tasks?after=0", "after"},
		{"search?q=x&after=-1", "after"},
		{"delegations?after=-1", "after"},
		{"history?after=-1", "after"},
		{"lessons?after=-1", "after"},
		{"lessons?state=zz", "state"},
		{"mail?after=-1", "after"},
		{"votes?going=yes", "going"},
		{"search?q=" + strings.Repeat("x", 201), "q"},
		{"ledger?every=7&by=week", "every"},
		{"tasks?limit=0", "limit"},
	} {
		got := s.ask(s.adaT, "GET", row.path, "")
		if got.status != http.StatusUnprocessableEntity || got.problem(t).Errors[0].Location != row.field {
			t.Errorf("%s: %d %s", row.path, got.status, got.body)
		}
	}
}

// TestAFieldStandsOnce holds that no body says two things of one field.
func TestAFieldStandsOnce(t *testing.T) {
	s := open(t)
	for _, row := range []struct {
		body  string
		field string // "" where the body is taken
	}{
		{`{"title":"A","title":"B"}`, "title"},
		{`{"title":"A","marks":{"matters":1,"matters":2}}`, "matters"},
		{`{"title":"A","skills":[{"name":"x","level":1,"name":"y"}]}`, "name"},
		{`{"nonsense":1,"nonsense":[{}],"title":"A"}`, "nonsense"},
		{`{"title":"title","note":"note","skills":[{"name":"x","level":1},{"name":"y","level":1}],"marks":{"matters":1}}`, ""},
	} {
		got := s.ask(s.adaT, "POST", "tasks", row.body)
		switch {
		case row.field == "" && got.status != http.StatusOK:
			t.Errorf("%s: %d %s", row.body, got.status, got.body)
		case row.field != "" && (got.status != http.StatusUnprocessableEntity || got.problem(t).Errors[0].Location != row.field):
			t.Errorf("%s: %d %s", row.body, got.status, got.body)
		}
	}
}
