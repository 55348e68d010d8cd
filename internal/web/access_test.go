package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"baton/internal/work"
)

func TestDoorCodesAreOnAPageOfTheirOwn(t *testing.T) {
	dana := newSite(t)
	page, link := dana.offeredTo("Clean the rooms every saturday 3h", "Bright Homes", url.Values{"brief.outcome": {"The rooms are clean by Saturday evening."}})
	guest := dana.stranger()
	code := url.Values{"label": {"Front door"}, "secret": {"4711"}}
	dana.post(page+"/access", url.Values{"label": {""}, "secret": {"4711"}}).is(http.StatusUnprocessableEntity).has("#f-label-wrong", "Say what it opens")
	look := func(who *site, address string) *sheet {
		t.Helper()
		if p := who.get(address + "/access"); strings.Contains(p.body, "4711") {
			t.Error("looking at the page tells the code; a preview of the link would")
		}
		return who.post(address+"/access/reveal", nil)
	}
	dana.post(page+"/access", code).is(http.StatusOK).lacks("main", "4711")
	look(dana, page).is(http.StatusOK).has(".rows code", "4711")
	if p := look(guest, link); p.status == http.StatusOK || strings.Contains(p.body, "4711") {
		t.Error("who was only asked sees the code")
	}
	guest.get(link).lacks("main", "How to get in")
	guest.move(link, work.MoveAccept, nil).is(http.StatusOK).has("main a", "How to get in")
	look(guest, link).is(http.StatusOK).has(".rows code", "4711").lacks("main", "Keep a code")
	guest.get(link+"/access/reveal").is(http.StatusNotFound).lacks("main", "4711")
	dana.get(page).has("main", "Bright Homes looked at the door codes")
	guest.get(link).has("main", "Dana Reyes looked at the door codes").has("main", "You looked at the door codes")
	for _, address := range []string{page, page + "/history", dana.to("/mail"), dana.to("/playbooks")} {
		if p := dana.get(address); strings.Contains(p.body, "4711") {
			t.Errorf("%s shows the code", address)
		}
	}
	dana.post(page+"/access", url.Values{"label": {"Front door"}}).is(http.StatusOK)
	look(guest, link).has("main", "No code is kept")
	dana.post(page+"/access", code).is(http.StatusOK)
	dana.move(page, work.MoveRecall, url.Values{"reason": {"We move."}}).is(http.StatusOK)
	for _, p := range []*sheet{look(dana, page), look(guest, link)} {
		if p.status == http.StatusOK || strings.Contains(p.body, "4711") {
			t.Errorf("the code outlives the end: %d", p.status)
		}
	}
}

func TestAPlanExplainsATaskPointByPoint(t *testing.T) {
	s := newSite(t)
	s.fill()
	p := s.get(s.to("/plan?grow=70")).is(http.StatusOK)
	address := p.doc.Find(`a:contains("Point by point")`).AttrOr("href", "")
	if !strings.Contains(address, "grow=70") {
		t.Fatalf("it leads to %q", address)
	}
	e := s.get(address).is(http.StatusOK)
	if e.doc.Find("section.card .facts dd").Length() == 0 {
		t.Error("nobody is worth anything")
	}
	if back := e.doc.Find(`a:contains("Back to the plan")`).AttrOr("href", ""); back == "" || !strings.Contains(back, "grow=70") {
		t.Errorf("back is %q", back)
	}
	s.get(s.to("/plan/999999")).is(http.StatusNotFound)
}
