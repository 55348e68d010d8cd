package web

import (
	"net/http"
	"net/url"
	"testing"

	"baton/internal/work"
)

// button presses the one button of a page whose form leads to a path that ends
// so, after a row that says something.
func (s *site) takes(page, row, ending string) *sheet {
	s.t.Helper()
	p := s.get(page).is(http.StatusOK)
	form := p.doc.Find(`li:contains("` + row + `") form[action$="` + ending + `"]`).First()
	if form.Length() == 0 {
		s.t.Fatalf("%s has no %s beside %q: %s", page, ending, row, p.text("main"))
	}
	return s.post(form.AttrOr("action", ""), nil).is(http.StatusOK)
}

// TestALookBackTeaches walks from both looks back over what they propose to
// what is recorded, disputed and settled.
func TestALookBackTeaches(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	page := dana.drafted(dana.onPlate("Interview the applicants 4h due in 3 weeks"), work.Strategic, ana.me.Person, url.Values{
		"brief.outcome": {"A receptionist has signed."}, "brief.why": {"The phone rings unanswered."}, "brief.why_you": {"You know the desk."},
	})
	dana.post(page+"/offer", nil)
	ana.move(page, work.MoveAccept, url.Values{"read_back": {"Somebody has signed; first I write the advert."}})
	dana.move(page, work.MoveReadBackOK, nil)
	ana.move(page, work.MoveDeliver, nil)
	dana.move(page, work.MoveReceive, nil)

	dana.get(page+"/reflection").is(http.StatusOK).lacks("form", "really took").has("form", "How hard was the work itself?").lacks("form", "for you").has("form", "How free did you leave them?")
	dana.post(page+"/reflection", url.Values{"outcome": {"5"}}).is(http.StatusUnprocessableEntity).has(".wrong", "Say how hard it was, from 1, easy, to 5, very hard.")
	dana.post(page+"/reflection", url.Values{"outcome": {"5"}, "hard": {"3"}, "free": {"4"}}).is(http.StatusOK).has(".toast", "once both are in")
	ana.get(page+"/reflection").is(http.StatusOK).has("form", "It was counted as 4 h.").has("form", "How hard was it for you?").lacks("form", "the work itself").has("form", "How free did it feel?")
	ana.post(page+"/reflection", url.Values{"outcome": {"4"}, "hard": {"3"}, "free": {"4"}, "took": {"ages"}}).is(http.StatusUnprocessableEntity).has(".wrong", "not an effort")
	ana.post(page+"/reflection", url.Values{"outcome": {"4"}, "hard": {"3"}, "free": {"4"}, "took": {"8h"}, "more": {"1"}, "change": {"Ask the team"}}).is(http.StatusOK).has(".toast", "Both are in")

	dana.get(dana.to("/today")).has("main", "3 things that experience proposes to you")
	dana.get(page).has("main", "Count 7.2 h for it instead of 4 h.").has("main", "Next time: Ask the team").has("main", "Ana Lopez is to agree")
	dana.takes(page, "Ana Lopez’s hiring", "/agreement").has(".toast", "Ana Lopez’s hiring: level 2.8 of 5 instead of 1.5")
	dana.takes(dana.to("/lessons"), "Write it into the playbook", "/agreement")
	dana.takes(dana.to("/lessons"), "Count 7.2 h", "/refusal").has(".toast", "Everything stays as it is")
	dana.get(dana.to("/playbooks")).has("main", "Interview the applicants")
	ana.takes(ana.to("/lessons"), "would like more hiring", "/agreement")

	record := ana.to("/people/%d/record", ana.me.Person)
	ana.get(record).is(http.StatusOK).has("main", "2.8, from one look back").has("main", "Dana Reyes agreed to it on 2 March 2026").has("main", "Dana Reyes and Ana Lopez looked back")
	dana.get(record).is(http.StatusOK).lacks("main", "Dispute it")
	ana.post(record+"/dispute", url.Values{"skill": {"hiring"}, "words": {"I have hired for years."}, "level": {"5"}}).is(http.StatusOK).has("main", "“I have hired for years.”")
	dana.get(record).has("main", "disputed").has("main", "Own level: 5.")
	dana.post(record+"/settlement", url.Values{"skill": {"hiring"}, "level": {"4"}, "words": {"Let us say 4."}}).has(".toast", "Your answer is kept")
	ana.get(record).has("main", "Dana Reyes answers with level 4.")
	ana.post(record+"/settlement", url.Values{"skill": {"hiring"}, "level": {"4"}}).has(".toast", "Settled").lacks("main", "disputed")
	ana.get(record).has("main", "4.0, from one look back")
}

// TestAnAssignmentAsksForThanksOnly: one line, to the giver alone.
func TestAnAssignmentAsksForThanksOnly(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	page := dana.drafted(dana.onPlate("Count the stock 1h"), work.Assignment, ana.me.Person, url.Values{"brief.outcome": {"The list is right."}})
	dana.post(page+"/offer", nil)
	ana.move(page, work.MoveAccept, nil)
	ana.move(page, work.MoveDeliver, nil)
	dana.move(page, work.MoveReceive, nil)

	ana.get(page+"/reflection").has("main", "nothing to look back on")
	dana.get(dana.to("/today")).has("main", "Say thanks, or what to change")
	dana.get(page+"/reflection").has("form", "Please change this").lacks("form", "How hard")
	dana.post(page+"/reflection", url.Values{"worked": {" "}, "thanks": {"no"}}).is(http.StatusUnprocessableEntity).has(".wrong", "Say what to change")
	dana.post(page+"/reflection", url.Values{"worked": {"Done by noon"}, "thanks": {"yes"}}).is(http.StatusOK).has(".toast", "Said.")
	ana.get(page).has(".timeline", "Dana Reyes said thanks")
	dana.get(page).has("main", "It worked: Done by noon")
}
