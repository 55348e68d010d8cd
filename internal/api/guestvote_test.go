package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// A hall is one of Ada's with three providers without an account who hold
// levels in her decision areas, and links of theirs. Bright votes on its own
// level in the rooms; Homes votes too.
type hall struct {
	*service
	t           *testing.T
	rooms, yard int64
	bright      int64
	vote        int64
	links       map[string]string // by person and decision area
}

func (h *hall) ok(token, method, path, body string) answer {
	h.t.Helper()
	got := h.ask(token, method, path, body)
	if got.status >= 300 {
		h.t.Fatalf("%s %s: %d %s", method, path, got.status, got.body)
	}
	return got
}

// offer offers somebody a level in a decision area, and returns a link to it.
func (h *hall) offer(person, area int64) string {
	h.t.Helper()
	d := h.ok(h.adaT, "POST", fmt.Sprintf("tasks/%d/delegation", area),
		fmt.Sprintf(`{"kind":"strategic","receiver":%d,"terms":{"brief":{"outcome":"It goes well"},"authority":{"level":3}}}`, person)).id(h.t)
	h.ok(h.adaT, "POST", fmt.Sprintf("delegations/%d/offer", d), fmt.Sprintf(`{"receiver":%d}`, person))
	var link struct{ URL string }
	if err := json.Unmarshal(h.ok(h.adaT, "POST", fmt.Sprintf("delegations/%d/links", d), `{}`).body, &link); err != nil {
		h.t.Fatal(err)
	}
	return link.URL[strings.LastIndexByte(link.URL, '/')+1:]
}

func aHall(t *testing.T) *hall {
	h := &hall{service: open(t), t: t, links: map[string]string{}}
	area := func(title string) int64 {
		return h.ok(h.adaT, "POST", "tasks", fmt.Sprintf(`{"kind":"decision_area","title":%q}`, title)).id(t)
	}
	h.rooms, h.yard = area("Rooms"), area("Yard")
	people := map[string]int64{}
	for _, name := range []string{"Bright", "Homes", "Pros"} {
		people[name] = h.ok(h.adaT, "POST", "people", fmt.Sprintf(`{"name":%q,"kind":"provider"}`, name)).id(t)
		h.links[name+" rooms"] = h.offer(people[name], h.rooms)
	}
	h.bright = people["Bright"]
	h.links["Bright yard"] = h.offer(people["Bright"], h.yard)
	h.vote = h.ok(h.adaT, "POST", fmt.Sprintf("tasks/%d/votes", h.rooms), fmt.Sprintf(`{"person":%d,"voters":[%d],"question":"Who orders?"}`, h.bright, people["Homes"])).id(t)
	return h
}

// TestAGuestVotesThroughOneLink crosses every operation on a vote with the
// links of those without an account: it is there for a voter by the link to the
// delegation it is about, and for nobody by any other.
func TestAGuestVotesThroughOneLink(t *testing.T) {
	h := aHall(t)
	one := fmt.Sprintf("votes/%d", h.vote)
	operations := []struct{ method, path, body string }{
		{"GET", one, ""},
		{"PUT", one + "/ballot", `{"level":4,"reason":"` + secret + `"}`},
		{"PUT", one + "/words", `{"words":"` + secret + `"}`},
		{"POST", one + "/rounds", `{}`},
		{"POST", one + "/settlement", `{"level":4}`},
		{"POST", one + "/withdrawal", `{}`},
	}
	for _, who := range []string{"Bright yard", "Pros rooms"} { // another link of a voter's, and a level without a vote
		for _, o := range operations {
			got := h.ask(h.links[who], o.method, o.path, o.body)
			missing := h.ask(h.links[who], o.method, strings.Replace(o.path, one, "votes/100000", 1), o.body)
			if got.status != http.StatusNotFound || string(got.body) != string(missing.body) {
				t.Errorf("%s, %s %s: %d %s\nbut what is not there: %s", who, o.method, o.path, got.status, got.body, missing.body)
			}
		}
		if got := h.ok(h.links[who], "GET", "votes", ""); strings.Contains(string(got.body), "Who orders?") {
			t.Errorf("%s lists it: %s", who, got.body)
		}
	}
	// Who votes reads it, says a level, and sees nobody else's; what is the
	// giver's stays theirs.
	h.ok(h.adaT, "PUT", one+"/ballot", `{"level":2,"reason":"`+secret+`"}`)
	for _, who := range []string{"Bright rooms", "Homes rooms"} {
		for _, path := range []string{one, "votes", "history", "delegations"} {
			if got := h.ask(h.links[who], "GET", path, ""); strings.Contains(string(got.body), secret) {
				t.Errorf("%s reads another's ballot in %s: %s", who, path, got.body)
			}
		}
		for _, o := range []struct{ method, path, body string }{
			{"POST", one + "/withdrawal", `{}`},
			{"POST", one + "/rounds", `{}`},
			{"POST", fmt.Sprintf("tasks/%d/votes", h.rooms), fmt.Sprintf(`{"person":%d,"question":"Mine?"}`, h.bright)},
		} {
			if got := h.ask(h.links[who], o.method, o.path, o.body); got.status != http.StatusForbidden && got.status != http.StatusNotFound {
				t.Errorf("%s, %s %s: %d %s", who, o.method, o.path, got.status, got.body)
			}
		}
	}
	h.ok(h.links["Bright rooms"], "PUT", one+"/ballot", `{"level":6,"reason":"We know the rooms"}`)
	if got := h.ok(h.adaT, "GET", one, ""); strings.Contains(string(got.body), "We know the rooms") {
		t.Errorf("the giver reads a guest's ballot: %s", got.body)
	}
	if got := h.ok(h.links["Homes rooms"], "PUT", one+"/ballot", `{"level":5}`); !strings.Contains(string(got.body), "We know the rooms") || !strings.Contains(string(got.body), secret) {
		t.Errorf("revealed, it says %s", got.body)
	}
	if got := h.ask(h.links["Homes rooms"], "POST", one+"/settlement", `{"level":4}`); got.status != http.StatusForbidden {
		t.Errorf("another voter settles: %d %s", got.status, got.body)
	}
	if got := h.ok(h.links["Bright rooms"], "POST", one+"/settlement", `{"level":4}`); !strings.Contains(string(got.body), `"settled"`) {
		t.Errorf("settled, it says %s", got.body)
	}
}
