package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/operations"
	"baton/internal/app/workspaces"
	"baton/internal/work"
)

// A strategyCall is one that Cora coaches, and all that Ada wrote around it
// names Imani Okafor, who did not agree to be named.
type strategyCall struct {
	*service
	t                                   *testing.T
	coach                               string // Cora's token
	imani, sharing, past, call, decided int64
	task                                int64
}

// ok asks for what must succeed.
func (s *strategyCall) ok(token, method, path, body string) answer {
	s.t.Helper()
	got := s.ask(token, method, path, body)
	if got.status != http.StatusOK && got.status != http.StatusNoContent {
		s.t.Fatalf("%s %s: %d %s", method, path, got.status, got.body)
	}
	return got
}

// spoken sets the scene: a call that was held, with a note and decisions, and
// a second one whose time is now; with begun it goes on.
func spoken(t *testing.T, begun bool) *strategyCall {
	t.Helper()
	s := &strategyCall{service: open(t), t: t}
	s.imani = s.ok(s.adaT, "POST", "people", `{"name":"Imani Okafor","kind":"teammate","email":"imani@clinic.example"}`).id(t)
	s.task = s.ok(s.adaT, "POST", "tasks", `{"title":"Write the rota with Imani"}`).id(t)
	other := s.ok(s.adaT, "POST", "tasks", `{"title":"Okafor's holidays"}`).id(t)
	s.sharing = sharing(t, s.service)
	s.ok(s.adaT, "PUT", fmt.Sprintf("sharings/%d", s.sharing), `{"parts":["plate","letgo","promises","questions","hours","mirror"],"asks":"What of Imani?"}`)
	err := s.Read(t.Context(), s.ada, func(tx *app.Tx) error {
		shown, err := tx.Sharing(t.Context(), work.SharingID(s.sharing))
		if err != nil {
			return err
		}
		made, err := workspaces.MakeToken.Do(t.Context(), s.App, app.Actor{Workspace: s.ada.Workspace, Person: shown.Coach, Coach: true}, workspaces.NewToken{Label: "test"})
		s.coach = made.Token
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s.ok(s.coach, "PATCH", "coach/hours", `{"windows":"Thu 9-12","zone":"UTC"}`)
	s.past = s.held(time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC))
	s.decide(s.past, s.adaT, fmt.Sprintf(`{"kind":"delegate","task":%d,"receiver":%d}`, other, s.imani))
	s.decide(s.past, s.adaT, `{"kind":"promise","words":"Ask Imani first"}`)
	s.ok(s.adaT, "POST", fmt.Sprintf("calls/%d/notes", s.past), `{"text":"Imani Okafor is the one","shared":true}`)
	s.ok(s.adaT, "POST", fmt.Sprintf("calls/%d/end", s.past), `{}`)
	gone := s.book(time.Date(2026, 12, 3, 11, 0, 0, 0, time.UTC))
	s.ok(s.adaT, "POST", fmt.Sprintf("calls/%d/cancellation", gone), `{"reason":"Imani is ill"}`)
	next := time.Date(2026, 12, 3, 9, 0, 0, 0, time.UTC)
	if !begun {
		s.call = s.book(next)
		s.now = next
		return s
	}
	s.call = s.held(next)
	s.decided = s.decide(s.call, s.coach, fmt.Sprintf(`{"kind":"drop","task":%d}`, s.task))
	s.ok(s.adaT, "POST", fmt.Sprintf("calls/%d/notes", s.call), `{"text":"imani.okafor, again","shared":true}`)
	return s
}

func (s *strategyCall) book(at time.Time) int64 {
	s.t.Helper()
	return s.ok(s.adaT, "POST", fmt.Sprintf("sharings/%d/calls", s.sharing), fmt.Sprintf(`{"at":%q,"wish":"Imani Okafor carries too much"}`, at.Format(time.RFC3339))).id(s.t)
}

// held books a call, lets its time come and begins it.
func (s *strategyCall) held(at time.Time) int64 {
	s.t.Helper()
	id := s.book(at)
	s.now = at
	s.ok(s.adaT, "POST", fmt.Sprintf("calls/%d/beginning", id), `{}`)
	return id
}

func (s *strategyCall) decide(call int64, token, body string) int64 {
	s.t.Helper()
	var out struct{ Decisions []struct{ ID int64 } }
	got := s.ok(token, "POST", fmt.Sprintf("calls/%d/decisions", call), body)
	if err := json.Unmarshal(got.body, &out); err != nil || len(out.Decisions) == 0 {
		s.t.Fatalf("decide: %v %s", err, got.body)
	}
	return out.Decisions[len(out.Decisions)-1].ID
}

// named reports whether a text names Imani.
func named(text []byte) bool {
	low := strings.ToLower(string(text))
	return strings.Contains(low, "imani") || strings.Contains(low, "okafor")
}

// ofBooked are the operations on a call that has not begun; all others meet one
// that goes on.
var ofBooked = map[string]bool{"call.begin": true, "call.move": true, "call.cancel": true, "call.not_held": true}

// bodies are what operations of a call are asked with, where their schema's
// example is none of the call's.
func (s *strategyCall) body(t *testing.T, o app.Operation) string {
	switch o.Describe().Name {
	case "call.move":
		return `{"at":"2026-12-10T09:00:00Z"}`
	case "call.decide":
		return fmt.Sprintf(`{"kind":"drop","task":%d}`, s.task)
	case "hours.edit", "settings.edit":
		return `{}`
	}
	return sample(t, o)
}

// TestACoachReadsInitialsInACall crosses every operation that a coach may do,
// and every one of a call, with the name of somebody who did not agree to it.
func TestACoachReadsInitialsInACall(t *testing.T) {
	for _, o := range operations.All() {
		d := o.Describe()
		if !d.Coaches && !strings.HasPrefix(d.Name, "call.") {
			continue
		}
		t.Run(d.Name, func(t *testing.T) {
			s := spoken(t, !ofBooked[d.Name])
			path := things{"call": s.call, "sharing": s.sharing, "decision": s.decided, "question": 1, "token": 1}.at(d.Path, false)
			got := s.ask(s.coach, d.Method, path, s.body(t, o))
			switch {
			case named(got.body):
				t.Errorf("it names Imani: %s", got.body)
			case !d.Coaches && got.status != http.StatusForbidden:
				t.Errorf("a coach may: %d %s", got.status, got.body)
			case strings.HasPrefix(d.Name, "call.") && d.Coaches && got.status != http.StatusOK:
				t.Errorf("%d %s", got.status, got.body)
			}
			for _, path := range []string{"calls", fmt.Sprintf("calls/%d", s.call), fmt.Sprintf("calls/%d", s.past), "history", "mail", "clients", "export?scope=member"} {
				if got := s.ask(s.coach, "GET", path, ""); named(got.body) || got.status != http.StatusOK {
					t.Errorf("afterwards %s answers %d %s", path, got.status, got.body)
				}
			}
		})
	}
}

// TestATokenListsClientsOfItsWorkspace where the account that signed in lists
// those of all its own.
func TestATokenListsClientsOfItsWorkspace(t *testing.T) {
	s := spoken(t, false)
	got := s.ask(s.zT, "POST", "coaches", `{"name":"Cora","email":"cora@example.org","parts":["plate"]}`)
	if got.status != http.StatusOK {
		t.Fatalf("invite: %d %s", got.status, got.body)
	}
	var all struct {
		Items []struct{ Workspace struct{ Name string } }
	}
	list := func(got answer) (names string) {
		t.Helper()
		if err := json.Unmarshal(got.body, &all); err != nil || got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.body)
		}
		for _, c := range all.Items {
			names += c.Workspace.Name + " "
		}
		return names
	}
	if names := list(s.ask(s.coach, "GET", "clients", "")); names != "Ada " {
		t.Errorf("a token lists clients in %s", names)
	}
	me, err := workspaces.ActorFor(t.Context(), s.App, "cora@example.org")
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(WithActor(t.Context(), me), "GET", Prefix+"/clients?limit=1", nil)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if names := list(answer{w.Code, w.Header(), w.Body.Bytes()}); names != "Ada " || !strings.Contains(w.Body.String(), `"next"`) {
		t.Errorf("the first page of an account is %s", w.Body)
	}
	r.URL.RawQuery = ""
	w = httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if names := list(answer{w.Code, w.Header(), w.Body.Bytes()}); names != "Ada Zoe " {
		t.Errorf("an account lists clients in %s", names)
	}
}

// TestInACallWhoAgreedIsNamed reads the same as the client, as the coach, and as
// the coach once Imani agreed, took it back, and the sharing ended.
func TestInACallWhoAgreedIsNamed(t *testing.T) {
	s := spoken(t, true)
	reads := func(token string) (all string) {
		for _, path := range []string{fmt.Sprintf("calls/%d", s.call), fmt.Sprintf("calls/%d", s.past), fmt.Sprintf("calls/%d/entry", s.call), fmt.Sprintf("calls/%d/tasks", s.call)} {
			all += string(s.ok(token, "GET", path, "").body)
		}
		return all
	}
	words := []string{"Imani Okafor carries too much", "Imani Okafor is the one", "Ask Imani first", "Write the rota with Imani"}
	has := func(who, token string, named bool) {
		t.Helper()
		all := reads(token)
		for _, w := range words {
			initials := strings.NewReplacer("Imani Okafor", "I. O.", "Imani", "I. O.").Replace(w)
			if strings.Contains(all, w) != named || strings.Contains(all, initials) == named {
				t.Errorf("%s reads of %q by name: %v\n%s", who, w, !named, all)
			}
		}
	}
	has("the client", s.adaT, true)
	has("the coach", s.coach, false)
	agree := func(yes bool) {
		t.Helper()
		err := s.Write(t.Context(), s.ada, func(tx *app.Tx) error {
			n := work.Naming{Sharing: work.SharingID(s.sharing), Person: work.PersonID(s.imani), ToldAt: s.now}
			if yes {
				n.AgreedAt = s.now
			}
			return tx.SaveNaming(t.Context(), n)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	agree(true)
	has("the coach, once Imani agreed,", s.coach, true)
	agree(false)
	has("the coach, once Imani took it back,", s.coach, false)
	agree(true)
	s.ok(s.adaT, "POST", fmt.Sprintf("sharings/%d/end", s.sharing), `{}`)
	if got := s.ok(s.coach, "GET", fmt.Sprintf("calls/%d", s.past), ""); named(got.body) {
		t.Errorf("after the end the coach reads %s", got.body)
	}
}
