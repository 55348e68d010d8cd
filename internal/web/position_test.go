package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// order are the titles on the plate, from its top.
func (s *site) order() string {
	s.t.Helper()
	var titles []string
	for _, a := range s.get(s.to("/plate")).doc.Find(".rows .what > a").EachIter() {
		titles = append(titles, a.Text())
	}
	return strings.Join(titles, " ")
}

func TestATaskMovesAnywhereWithoutScripts(t *testing.T) {
	s := newSite(t)
	for _, title := range []string{"One", "Two", "Three", "Four"} {
		s.add(title)
	}
	if got := s.order(); got != "One Two Three Four" {
		t.Fatalf("the plate begins as %s", got)
	}
	link := s.get(s.to("/plate")).doc.Find(`a[data-move]:contains("One")`).AttrOr("href", "")
	page := s.get(link).is(http.StatusOK)
	page.has(".places button", "At the top")
	page.lacks(".places button", "Below One")
	to := page.doc.Find(`.places button:contains("Three")`).AttrOr("value", "")
	moved := s.post(link, url.Values{"behind": {to}}).is(http.StatusOK)
	moved.has(".toast", "Moved: “One”.")
	if got := s.order(); got != "Two Three One Four" {
		t.Errorf("one behind three makes %s", got)
	}
	s.post(link, url.Values{"behind": {""}}).is(http.StatusOK)
	if got := s.order(); got != "One Two Three Four" {
		t.Errorf("back to the top makes %s", got)
	}
	s.get(s.to("/tasks/999/position")).is(http.StatusNotFound)
	if s.get(s.to("/plate?state=done")).doc.Find("[data-movable]").Length() != 0 {
		t.Error("what is done can be moved")
	}
}
