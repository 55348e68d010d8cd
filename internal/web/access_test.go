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
	dana.post(page+"/access", code).is(http.StatusOK).has(".rows code", "4711")
	if p := guest.get(link + "/access"); strings.Contains(p.body, "4711") {
		t.Error("who was only asked sees the code")
	}
	guest.get(link).lacks("main", "How to get in")
	guest.move(link, work.MoveAccept, nil).is(http.StatusOK).has("main a", "How to get in")
	guest.get(link+"/access").is(http.StatusOK).has(".rows code", "4711")
	guest.get(link+"/access").lacks("main", "Keep a code")
	if p := dana.get(page); strings.Contains(p.body, "4711") {
		t.Error("the delegation's own page shows the code")
	}
	dana.post(page+"/access", url.Values{"label": {"Front door"}}).is(http.StatusOK).has("main", "No code is kept")
	guest.get(link+"/access").has("main", "No code is kept")
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
