package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"baton/internal/app/people"
	"baton/internal/work"
)

func TestAPlanProposesAndMakesDrafts(t *testing.T) {
	s := newSite(t)
	s.get(s.to("/plan")).is(http.StatusOK).has("main", "Nothing to plan yet")
	s.add("Order exam supplies every day 45m")
	jamie := s.knows("Jamie Chen", work.Teammate, work.Skill{Name: "ordering supplies", Level: 4})
	s.get(s.to("/plan")).has(".notice", "Jamie Chen releases no hours, so the plan proposes nothing for them.")
	released := work.Minutes(600)
	must(s, people.Edit, people.EditPerson{Person: jamie.ID, Fields: people.Fields{Released: &released}})
	p := s.get(s.to("/plan?grow=20")).is(http.StatusOK)
	p.has("#drafts", "to Jamie Chen")
	p.lacks("main", "releases no hours")
	if got := p.doc.Find("#grow").AttrOr("value", ""); got != "20" {
		t.Errorf("the slider stands at %q", got)
	}
	not := p.doc.Find(`#drafts a:contains("Not Jamie")`).AttrOr("href", "")
	s.get(not).is(http.StatusOK).lacks("main", "to Jamie Chen")
	s.post(s.to("/plan/drafts"), url.Values{"grow": {"20"}}).has(".toast", "Tick what you want")
	sent := url.Values{}
	p.doc.Find("#drafts input").Each(func(_ int, e *goquery.Selection) { sent.Add(e.AttrOr("name", ""), e.AttrOr("value", "")) })
	made := s.post(s.to("/plan/drafts"), sent).is(http.StatusOK)
	made.has(".toast", "1 draft is ready")
	if !strings.Contains(made.path, "draft") {
		t.Errorf("drafts lead to %s", made.path)
	}
	for _, odd := range []string{"?grow=200", "?grow=x", "?pin=1", "?forbid=x:y"} {
		if got := s.get(s.to("/plan%s", odd)).status; got != http.StatusUnprocessableEntity {
			t.Errorf("%s answers %d", odd, got)
		}
	}
}
