package api

import (
	"bytes"
	"encoding/json"
	"image"
	"image/jpeg"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"baton/internal/app"
	"baton/internal/app/accounts"
	"baton/internal/app/delegations"
	"baton/internal/app/operations"
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/storetest"
)

// What an operation is about decides who may know that it is there.
const (
	own    = "own"    // whatever the actor has; nobody else's can be named
	object = "object" // a thing of one member, or of the sides of a delegation
	shared = "shared" // a person the whole workspace knows
	owners = "owners" // own, and for owners only
)

// about says for every operation what it is about. A new operation fails the
// test until it stands here.
var about = map[string][]string{
	own: {
		"support.timer", "support.stop", "review.show", "review.step", "review.finish",
		"belief.mine", "belief.dispute", "lesson.list", "task.add", "task.plate", "task.search", "search.others", "task.letgo", "task.week", "person.list", "person.add", "delegation.list", "delegation.waiting",
		"playbook.list", "history.list", "ledger.show", "ledger.sources", "undo", "settings.show", "settings.edit", "area.list", "area.add", "focus.list", "focus.add",
		"token.make", "token.list", "workspace.show", "mail.list", "export.show", "import.list", "import.start", "plan.show", "plan.draft", "plan.pass_on", "load.show",
		"guard.list", "mirror.show", "sharing.list", "coach.clients", "coach.invite", "sharing.start",
		"call.list", "call.guide", "call.plan", "hours.show", "hours.edit", "busy.list", "busy.read", "busy.forget", "free.show",
		"decisionarea.list", "vote.list",
		"pulse.show", "pulse.give", "pulse.list",
		"packet.show", "naming.list",
		"growth.show", "session.list", "session.end_others",
	},
	owners: {"workspace.edit", "backup.show", "audit.list"},
	shared: {"belief.list", "belief.settle", "person.show", "person.edit", "person.leave", "person.invite"},
	object: {
		"vote.start", "vote.show", "vote.cast", "vote.say", "vote.again", "vote.settle", "vote.withdraw",
		"lesson.take", "lesson.let_go", "task.show", "task.edit", "task.split", "task.complete", "task.drop", "task.reopen", "task.move", "task.mark", "task.judge", "plan.explain",
		"area.edit", "focus.edit", "focus.log", "token.revoke", "session.end", "playbook.forget", "import.show", "import.take_back", "delegation.start", "delegation.show", "delegation.history",
		"delegation.check", "delegation.discard", "delegation.note", "delegation.link", "delegation.end_links", "delegation.hand_on", "playbook.keep",
		"delegation.accept", "delegation.decline", "delegation.answer_for", "delegation.withdraw", "delegation.propose", "delegation.agree",
		"delegation.keep", "delegation.confirm", "delegation.read_back", "delegation.confirm_read_back", "delegation.ask", "delegation.answer",
		"delegation.turn_back", "delegation.go", "delegation.add_to", "delegation.decide", "delegation.answer_decision", "delegation.object", "delegation.revise_decision",
		"delegation.drop_decision", "delegation.happened", "delegation.answer_happened", "delegation.pause", "delegation.resume",
		"delegation.request_update", "delegation.check_in", "delegation.feedback", "delegation.support", "support.start", "delegation.deliver",
		"delegation.accept_delivery", "delegation.return", "delegation.done", "delegation.skip", "delegation.return_turn", "delegation.defect",
		"delegation.mended", "delegation.give_notice", "delegation.answer_notice", "delegation.hand_back", "delegation.recall", "delegation.moot",
		"delegation.wait", "delegation.thank", "delegation.reflect", "delegation.revise", "delegation.show_to", "delegation.interest",
		"delegation.offer", "delegation.undo_offer", "delegation.tell", "access.keep", "access.reveal", "photo.add", "photo.list", "photo.show", "photo.remove",
		"sharing.change", "sharing.stop", "sharing.preview", "sharing.look", "naming.answer",
		"sharing.change", "sharing.stop",
		"call.times", "call.book", "call.show", "call.entry", "call.other_times", "call.move", "call.cancel", "call.begin", "call.end", "call.not_held", "call.note", "call.question", "call.answer",
		"call.tasks", "call.decide", "call.take", "call.let_go", "call.say_kept",
	},
}

func kindOf(name string) string {
	for kind, names := range about {
		if slices.Contains(names, name) {
			return kind
		}
	}
	return ""
}

// secret is a word that stands in everything of Ada's that others must not see.
const secret = "Xylophone"

// things are ids of Ada's, by the name they have in a path.
type things map[string]int64

// furnish gives Ada one of everything, and a guest of hers a link to another
// delegation.
func furnish(t *testing.T, s *service) (ids things, guest string) {
	t.Helper()
	make := func(path, body string) int64 { return s.ask(s.adaT, "POST", path, body).id(t) }
	ids = things{"person": int64(s.ben.Person)}
	ids["task"] = make("tasks", `{"title":"`+secret+`"}`)
	offer := func(what string) int64 {
		to := strconv.FormatInt(make("people", `{"name":"`+what+` Homes","kind":"provider"}`), 10)
		task := strconv.FormatInt(make("tasks", `{"title":"`+what+`"}`), 10)
		d := make("tasks/"+task+"/delegation", `{"receiver":`+to+`,"terms":{"brief":{"outcome":"`+what+` is clean"},"authority":{"level":2}}}`)
		if got := s.ask(s.adaT, "POST", "delegations/"+strconv.FormatInt(d, 10)+"/offer", `{"receiver":`+to+`}`); got.status != http.StatusOK {
			t.Fatalf("offer: %d %s", got.status, got.body)
		}
		return d
	}
	ids["delegation"] = offer(secret)
	other := offer("Windows")
	ids["lesson"] = lesson(t, s, offer(secret+" again"))
	cleo := strconv.FormatInt(make("people", `{"name":"Cleo","kind":"teammate","email":"cleo@clinic.example","private":false}`), 10)
	if got := s.ask(s.adaT, "POST", "people/"+cleo+"/membership", `{}`); got.status != http.StatusOK {
		t.Fatalf("invite: %d %s", got.status, got.body)
	}
	for range 2 {
		area := strconv.FormatInt(make("tasks", `{"kind":"decision_area","title":"`+secret+`"}`), 10)
		ids["vote"] = make("tasks/"+area+"/votes", `{"person":`+cleo+`,"question":"`+secret+`"}`)
	}
	ids["area"] = make("areas", `{"name":"`+secret+`","private":true}`)
	ids["focus"] = make("focus-areas", `{"name":"`+secret+`"}`)
	ids["playbook"] = make("delegations/"+strconv.FormatInt(ids["delegation"], 10)+"/playbook", `{"name":"`+secret+`"}`)
	got := s.ask(s.adaT, "POST", "imports?name=x.txt&format=text", "- "+secret+"\n", "Content-Type", "application/octet-stream")
	var imported struct {
		ID     int64 `json:"id"`
		Import int64 `json:"import"`
	}
	if err := json.Unmarshal(got.body, &imported); err != nil || got.status != http.StatusOK {
		t.Fatalf("import: %d %s", got.status, got.body)
	}
	ids["import"] = max(imported.ID, imported.Import)
	shown(t, s, ids["delegation"])
	ids["photo"] = shown(t, s, ids["delegation"])
	ids["token"] = make("tokens", `{"label":"`+secret+`"}`)
	for range 2 {
		browser, err := accounts.Open(t.Context(), s.App, s.ada.Account, secret, accounts.ByLink)
		if err != nil {
			t.Fatal(err)
		}
		ids["session"] = delegations.ShortOf(browser.Hash)
	}
	ids["sharing"] = sharing(t, s)
	ids["naming"] = ids["sharing"]
	ids["call"], ids["decision"] = held(t, s)
	ids["question"] = 1
	var link struct {
		URL string `json:"url"`
	}
	if err := json.Unmarshal(s.ask(s.adaT, "POST", "delegations/"+strconv.FormatInt(other, 10)+"/links", `{}`).body, &link); err != nil || link.URL == "" {
		t.Fatal("no link", err)
	}
	return ids, link.URL[strings.LastIndexByte(link.URL, '/')+1:]
}

// shown lets Ada show a photo on a delegation.
func shown(t *testing.T, s *service, d int64) int64 {
	t.Helper()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 2, 2)), nil); err != nil {
		t.Fatal(err)
	}
	return s.ask(s.adaT, "POST", "delegations/"+strconv.FormatInt(d, 10)+"/photos?caption="+secret, file.String(), "Content-Type", "application/octet-stream").id(t)
}

// held lets Ada hold a call of her own, and decide something in it.
func held(t *testing.T, s *service) (call, decision int64) {
	t.Helper()
	call = s.ask(s.adaT, "POST", "calls", `{"wish":"`+secret+`"}`).id(t)
	var out struct{ Decisions []struct{ ID int64 } }
	got := s.ask(s.adaT, "POST", "calls/"+strconv.FormatInt(call, 10)+"/decisions", `{"kind":"promise","words":"`+secret+`"}`)
	if err := json.Unmarshal(got.body, &out); err != nil || len(out.Decisions) != 1 {
		t.Fatalf("decide: %d %s", got.status, got.body)
	}
	return call, out.Decisions[0].ID
}

// sharing lets Ada show a coach from outside what she has.
func sharing(t *testing.T, s *service) int64 {
	t.Helper()
	got := s.ask(s.adaT, "POST", "coaches", `{"name":"Cora","email":"cora@example.org","parts":["hours","plate","letgo","promises","mirror","questions","private"],"asks":"`+secret+`"}`)
	var out struct{ Sharing struct{ ID int64 } }
	if err := json.Unmarshal(got.body, &out); err != nil || got.status != http.StatusOK || out.Sharing.ID == 0 {
		t.Fatalf("invite a coach: %d %s", got.status, got.body)
	}
	return out.Sharing.ID
}

// lesson lets Ada look back on what she offered, and returns what that teaches.
func lesson(t *testing.T, s *service, offered int64) int64 {
	t.Helper()
	path := "delegations/" + strconv.FormatInt(offered, 10) + "/"
	for _, step := range [][2]string{
		{"told-answer", `{"yes":true}`}, {"deliveries", `{}`}, {"deliveries/acceptance", `{}`}, {"reflections", `{"thanks":false,"change":"` + secret + `"}`},
	} {
		if got := s.ask(s.adaT, "POST", path+step[0], step[1]); got.status != http.StatusOK {
			t.Fatalf("%s: %d %s", step[0], got.status, got.body)
		}
	}
	var all struct {
		Items []struct{ ID int64 }
	}
	if err := json.Unmarshal(s.ask(s.adaT, "GET", "lessons", "").body, &all); err != nil || len(all.Items) != 1 {
		t.Fatalf("%d lessons, %v", len(all.Items), err)
	}
	return all.Items[0].ID
}

// at fills a path with ids; other says which ids nothing has.
func (ids things) at(path string, other bool) string {
	for name, id := range ids {
		if other {
			id += 100_000
		}
		path = strings.ReplaceAll(path, "{"+name+"}", strconv.FormatInt(id, 10))
	}
	return path
}

// TestNobodyReachesWhatIsNotTheirs crosses every operation with everybody who
// must not reach what it is about: nobody signed in, a member of another
// workspace, another member of the same one, and a guest of another delegation.
// What is not theirs answers as what is not there, to the letter.
func TestNobodyReachesWhatIsNotTheirs(t *testing.T) {
	refusing := open(t) // what is refused changes nothing, so that these share it
	refused, refusedGuest := furnish(t, refusing)
	for _, o := range operations.All() {
		d := o.Describe()
		t.Run(d.Name, func(t *testing.T) {
			kind := kindOf(d.Name)
			if kind == "" {
				t.Fatal("say in this test what the operation is about")
			}
			if named := strings.Contains(d.Path, "{"); named != (kind == object || kind == shared) {
				t.Fatalf("%s names something in its path: %v", d.Path, named)
			}
			s, ids, guest := refusing, refused, refusedGuest
			if kind != object {
				s = open(t)
				ids, guest = furnish(t, s)
			}
			body := sample(t, o)
			path := ids.at(d.Path, false)
			if strings.Contains(path, "{") {
				t.Fatalf("the test has no id for %s", path)
			}
			if got := s.ask("", d.Method, path, body); got.status != http.StatusUnauthorized {
				t.Errorf("nobody signed in: %d %s", got.status, got.body)
			}
			if got := s.ask("baton_nonsense", d.Method, path, body); got.status != http.StatusUnauthorized {
				t.Errorf("with a token that is none: %d", got.status)
			}
			for who, token := range map[string]string{"a member of another workspace": s.zT, "another member": s.benT, "a guest of another delegation": guest} {
				got := s.ask(token, d.Method, path, body)
				if got.status < 300 && strings.Contains(string(got.body), secret) {
					t.Errorf("%s reads it: %s", who, got.body)
				}
				if got.status >= 500 {
					t.Errorf("%s breaks it: %d", who, got.status)
				}
				hidden := kind == object || kind == shared && who != "another member"
				if !hidden {
					if who == "another member" && (kind == owners || d.Who == app.AnOwner) && got.status != http.StatusForbidden {
						t.Errorf("a member who is no owner: %d %s", got.status, got.body)
					}
					continue
				}
				missing := s.ask(token, d.Method, ids.at(d.Path, true), body)
				if got.status != http.StatusNotFound && got.status != http.StatusForbidden || got.status != missing.status || string(got.body) != string(missing.body) {
					t.Errorf("%s: %d %s\nbut what is not there: %d %s", who, got.status, got.body, missing.status, missing.body)
				}
			}
		})
	}
}

// wholeOnly are the operations that a token needs the scope all for: what only
// an owner may, and what lets somebody or something in. It repeats what the
// operations say, so that neither changes alone.
var wholeOnly = []string{"workspace.edit", "audit.list", "backup.show", "person.invite", "person.leave", "coach.invite", "token.make", "session.end", "session.end_others"}

// TestATokenDoesNoMoreThanItsScope crosses every operation with a token of
// each scope, on both databases: what it is not for is refused with a sentence
// before anything is looked at.
func TestATokenDoesNoMoreThanItsScope(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.Store) {
		s := over(t, db)
		ids, _ := furnish(t, s)
		tokens := map[app.Scope]string{}
		for _, scope := range []app.Scope{app.ScopeRead, app.ScopeAct, app.ScopeAll} {
			made, err := workspaces.MakeToken.Do(t.Context(), s.App, s.ada, workspaces.NewToken{Label: "of a scope", Scope: scope})
			if err != nil {
				t.Fatal(err)
			}
			tokens[scope] = made.Token
		}
		for _, o := range operations.All() {
			d := o.Describe()
			whole := slices.Contains(wholeOnly, d.Name)
			for scope, token := range tokens {
				refused := whole && scope != app.ScopeAll || d.Method != http.MethodGet && scope == app.ScopeRead
				if !refused && scope == app.ScopeAll && d.Name == "person.leave" {
					continue // Ben stays for the rest
				}
				got := s.ask(token, d.Method, ids.at(d.Path, false), sample(t, o))
				said := strings.Contains(string(got.body), "This token is for")
				if said != refused || refused && got.status != http.StatusForbidden {
					t.Errorf("%s with a token to %s: %d %s", d.Name, scope, got.status, got.body)
				}
			}
		}
		if got := s.ask(tokens[app.ScopeAct], "GET", "export?workspace=true", ""); got.status != http.StatusForbidden {
			t.Errorf("without an owner's powers it exports the workspace: %d", got.status)
		}
	})
}

// TestATokenEnds: revoked or too old, it is refused at once; when it was last
// used is written once a minute.
func TestATokenEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.Store) {
		s := over(t, db)
		var made workspaces.TokenMade
		if err := json.Unmarshal(s.ask(s.adaT, "POST", "tokens", `{"label":"x","days":2}`).body, &made); err != nil {
			t.Fatal(err)
		}
		used := func() (at time.Time) {
			all, err := workspaces.Tokens.Do(t.Context(), s.App, s.ada, app.Whole)
			for _, token := range all.Items {
				if token.ID == made.ID && token.Used != nil {
					at = *token.Used
				}
				if token.ID == made.ID && token.Scope != app.ScopeAct {
					t.Errorf("unless said it is to %s", token.Scope)
				}
			}
			if err != nil {
				t.Fatal(err)
			}
			return at
		}
		first := s.now
		for _, step := range []struct {
			later time.Duration
			used  time.Time
		}{{0, first}, {30 * time.Second, first}, {2 * time.Minute, first.Add(2 * time.Minute)}} {
			s.now = first.Add(step.later)
			if got := s.ask(made.Token, "GET", "tasks", ""); got.status != http.StatusOK || !used().Equal(step.used) {
				t.Errorf("after %s: %d, last used %s", step.later, got.status, used())
			}
		}
		s.now = first.AddDate(0, 0, 2)
		if got := s.ask(made.Token, "GET", "tasks", ""); got.status != http.StatusUnauthorized {
			t.Errorf("too old: %d", got.status)
		}
		s.now = first
		s.ask(s.adaT, "DELETE", "tokens/"+strconv.FormatInt(int64(made.ID), 10), "")
		if got := s.ask(made.Token, "GET", "tasks", ""); got.status != http.StatusUnauthorized {
			t.Errorf("revoked: %d", got.status)
		}
	})
}

// sample makes a body with everything an operation requires, as its schema
// says.
func sample(t *testing.T, o app.Operation) string {
	t.Helper()
	if o.Describe().Method == http.MethodGet || !hasBody(o.In()) {
		return ""
	}
	registry := huma.NewMapRegistry("#/components/schemas/", schemaName)
	b, err := json.Marshal(example(registry, registry.Schema(o.In(), true, "")))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func example(r huma.Registry, s *huma.Schema) any {
	for s.Ref != "" {
		s = r.SchemaFromRef(s.Ref)
	}
	if len(s.Enum) > 0 {
		return s.Enum[0]
	}
	switch s.Type {
	case huma.TypeObject:
		out := map[string]any{}
		for _, name := range s.Required {
			out[name] = example(r, s.Properties[name])
		}
		return out
	case huma.TypeArray:
		return []any{example(r, s.Items)}
	case huma.TypeBoolean:
		return true
	case huma.TypeInteger, huma.TypeNumber:
		return 1
	}
	if s.Format == "date-time" {
		return "2026-12-01T09:00:00Z"
	}
	return "x"
}

// TestTheTableOfThisTestHasNoOthers keeps names here from outliving their
// operations.
func TestTheTableOfThisTestHasNoOthers(t *testing.T) {
	there := map[string]bool{}
	for _, o := range operations.All() {
		there[o.Describe().Name] = true
	}
	for kind, names := range about {
		for _, name := range names {
			if !there[name] {
				t.Errorf("%s (%s) is no operation", name, kind)
			}
		}
	}
}
