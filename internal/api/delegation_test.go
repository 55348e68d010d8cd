package api

import (
	"encoding/json"
	"fmt"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baton/internal/storetest"
)

// carried is a delegation from Ada that Ben carries, at a level.
func (s *service) carried(t *testing.T, level int) string {
	t.Helper()
	task := s.ask(s.adaT, "POST", "tasks", `{"title":"Furnish the rooms"}`).id(t)
	body := fmt.Sprintf(`{"receiver":%d,"terms":{"brief":{"outcome":"Twelve people sit well"},"authority":{"level":%d}}}`, s.ben.Person, level)
	d := "delegations/" + strconv.FormatInt(s.ask(s.adaT, "POST", fmt.Sprintf("tasks/%d/delegation", task), body).id(t), 10)
	for _, step := range []struct{ token, path, body string }{
		{s.adaT, "/offer", `{}`}, {s.benT, "/acceptance", `{"terms":1}`},
	} {
		if got := s.ask(step.token, "POST", d+step.path, step.body); got.status != 200 {
			t.Fatalf("%s: %d %s", step.path, got.status, got.body)
		}
	}
	return d
}

// TestNothingIsHandedOnToWhoGaveIt tries every way of naming a receiver.
func TestNothingIsHandedOnToWhoGaveIt(t *testing.T) {
	s := open(t)
	above := s.carried(t, 6)
	names := func(who int64) map[string]string {
		return map[string]string{
			"draft":      fmt.Sprintf(`{"receiver":%d,"terms":{"brief":{"outcome":"Sat"},"authority":{"level":2}}}`, who),
			"offer":      fmt.Sprintf(`{"receiver":%d}`, who),
			"agreement":  fmt.Sprintf(`{"receiver":%d}`, who),
			"candidates": fmt.Sprintf(`{"people":[%d]}`, who),
		}
	}
	refused := func(what string, got answer) {
		t.Helper()
		p := got.problem(t)
		if got.status != 422 || len(p.Errors) != 1 || p.Errors[0].Location != "receiver" {
			t.Errorf("%s: %d %s", what, got.status, got.body)
		}
	}
	for whom, who := range map[string]int64{"the giver above": int64(s.ada.Person), "oneself": int64(s.ben.Person)} {
		refused("hand-on to "+whom, s.ask(s.benT, "POST", above+"/hand-on", fmt.Sprintf(`{"receiver":%d}`, who)))
	}
	below := "delegations/" + strconv.FormatInt(s.ask(s.benT, "POST", above+"/hand-on", `{}`).id(t), 10)
	for whom, who := range map[string]int64{"the giver above": int64(s.ada.Person), "oneself": int64(s.ben.Person)} {
		for path, body := range names(who) {
			refused(path+" with "+whom, s.ask(s.benT, "POST", below+"/"+path, body))
		}
	}
	task := s.ask(s.adaT, "POST", "tasks", `{"title":"Order chairs"}`).id(t)
	refused("begin with oneself", s.ask(s.adaT, "POST", fmt.Sprintf("tasks/%d/delegation", task), fmt.Sprintf(`{"receiver":%d}`, s.ada.Person)))
}

// TestHugeAmountsLeaveADelegationReadable states the most there may be as
// often as it takes a sum to be more than any one, and one more than the most.
func TestHugeAmountsLeaveADelegationReadable(t *testing.T) {
	for _, database := range storetest.Databases {
		t.Run(database, func(t *testing.T) {
			s := over(t, storetest.Open(t, storetest.DSN(t, database)))
			d := s.carried(t, 7)
			for _, row := range []struct {
				body string
				want int
			}{
				{`{"words":"spend","amount":1000000000000,"minutes":1000000}`, 200},
				{`{"words":"spend","amount":1000000000000,"minutes":1000000}`, 200},
				{`{"words":"spend","amount":1000000000001}`, 422},
				{`{"words":"spend","amount":9000000000000000000}`, 422},
				{`{"words":"spend","minutes":1000001}`, 422},
			} {
				if got := s.ask(s.benT, "POST", d+"/decisions", row.body); got.status != row.want {
					t.Errorf("%s: %d %s", row.body, got.status, got.body)
				}
			}
			for _, token := range []string{s.adaT, s.benT} {
				for _, path := range []string{d, "delegations"} {
					if got := s.ask(token, "GET", path, ""); got.status != 200 {
						t.Errorf("%s: %d %s", path, got.status, got.body)
					}
				}
			}
		})
	}
}

// TestADraftKeepsItsReceiver revises a draft without a word about who has it,
// and with one.
func TestADraftKeepsItsReceiver(t *testing.T) {
	s := open(t)
	task := s.ask(s.adaT, "POST", "tasks", `{"title":"Rota"}`).id(t)
	draft := s.ask(s.adaT, "POST", fmt.Sprintf("tasks/%d/delegation", task), fmt.Sprintf(`{"receiver":%d}`, s.ben.Person)).id(t)
	const terms = `"terms":{"brief":{"outcome":"Posted"},"authority":{"level":2}}`
	for _, row := range []struct {
		name, body string
		want       int64
	}{
		{"nothing said", `{` + terms + `}`, int64(s.ben.Person)},
		{"nobody", `{"receiver":0,` + terms + `}`, 0},
		{"nothing said of nobody", `{` + terms + `}`, 0},
		{"somebody", fmt.Sprintf(`{"receiver":%d,%s}`, s.ben.Person, terms), int64(s.ben.Person)},
	} {
		got := s.ask(s.adaT, "POST", fmt.Sprintf("delegations/%d/draft", draft), row.body)
		var d struct{ Receiver struct{ ID int64 } }
		if err := json.Unmarshal(got.body, &d); err != nil || got.status != 200 || d.Receiver.ID != row.want {
			t.Errorf("%s: %d %s", row.name, got.status, got.body)
		}
	}
}

// TestTitlesAndNamesAreOneLine gives each a line break.
func TestTitlesAndNamesAreOneLine(t *testing.T) {
	s := open(t)
	for _, row := range []struct{ method, path, field, body string }{
		{"POST", "tasks", "title", `{"title":"Order\r\nBcc: gloves\u0007"}`},
		{"POST", "people", "name", `{"name":"Order\nBcc:\u2028gloves","kind":"family"}`},
		{"POST", "areas", "name", `{"name":"Order\nBcc: gloves"}`},
		{"POST", "focus-areas", "name", `{"name":" Order\u0000Bcc:\tgloves"}`},
		{"PATCH", "workspace", "name", `{"name":"Order\nBcc: gloves"}`},
	} {
		got := s.ask(s.adaT, row.method, row.path, row.body)
		var fields map[string]any
		if err := json.Unmarshal(got.body, &fields); err != nil {
			t.Fatalf("%s: %d %s", row.path, got.status, got.body)
		}
		if diff := cmp.Diff("Order Bcc: gloves", fields[row.field]); diff != "" {
			t.Errorf("%s: %s", row.path, diff)
		}
	}
}
