package web

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"baton/internal/work"
)

// stranger is a browser in which nobody is signed in.
func (s *site) stranger() *site {
	other := *s
	jar, _ := cookiejar.New(nil) // never fails
	other.client = &http.Client{Jar: jar}
	return &other
}

// offeredTo offers a task to somebody without an account and returns the page
// and the path of their link.
func (s *site) offeredTo(line, name string, typed url.Values) (page, link string) {
	s.t.Helper()
	p := s.somebody(name, work.Provider, "")
	page = s.drafted(s.onPlate(line), work.Assignment, p, typed)
	made := s.post(page+"/offer", nil).is(http.StatusOK) // no mail reaches them: the link is there at once
	return page, strings.TrimPrefix(made.doc.Find("#f-link").AttrOr("value", ""), s.app.URL)
}

func TestGuestAnswersWithoutAnAccount(t *testing.T) {
	dana := newSite(t)
	page, link := dana.offeredTo("Clean the rooms every saturday 3h", "Bright Homes", url.Values{
		"brief.outcome": {"The rooms are clean by Saturday evening."}, "price": {"114"}, "per": {"occurrence"}, "rule": {"every saturday"},
		"effort": {"3h"}, "brief.ask_before": {"Moving furniture"},
	})
	guest := dana.stranger()
	got := guest.get(link).is(http.StatusOK)
	got.has("main", "Dana Reyes asks whether you would take this on.")
	got.has(".agreement", "114 USD each time")
	got.has(".agreement", "Moving furniture")
	if got.doc.Find("nav, script").Length() != 0 || got.header.Get("Referrer-Policy") != "no-referrer" || !strings.Contains(got.header.Get("X-Robots-Tag"), "noindex") {
		t.Errorf("a guest's page has more than it should: %v", got.header)
	}
	for _, reading := range []string{"", "/moves/accept", "/moves/decline", "/proposal", "/reflection"} {
		guest.get(link + reading).is(http.StatusOK) // and changes nothing
	}
	guest.move(link, work.MoveAsk, url.Values{"text": {"Is there a lift?"}}).is(http.StatusOK).has(".notice", "Asked.")
	dana.move(page, work.MoveAnswer, url.Values{"text": {"Yes."}}).is(http.StatusOK)
	guest.move(link, work.MoveAccept, nil).is(http.StatusOK).has(".notice", "Agreed.")
	dana.get(page).has(".chip", "Going on")
	guest.move(link, work.MoveThank, url.Values{"text": {"Thank you for asking us."}}).is(http.StatusOK)
	dana.get(page).has(".timeline", "Thank you for asking us.")
	guest.get(dana.to("/today")).has("h1", "Sign in to Baton")

	dana.post(page+"/links/end", nil).is(http.StatusOK)
	guest.get(link).is(http.StatusNotFound).has("h1", "This link is closed")
	guest.post(link+"/moves/ask", url.Values{"text": {"?"}}).is(http.StatusNotFound)
}

func TestGuestLinkOpensOneDelegationOnly(t *testing.T) {
	dana := newSite(t)
	_, link := dana.offeredTo("Clean the rooms 3h", "Bright Homes", url.Values{"brief.outcome": {"The rooms are clean."}})
	other, _ := dana.offeredTo("Wash the windows 2h", "Clear View", url.Values{"brief.outcome": {"One sees through."}})
	guest := dana.stranger()
	otherItem := dana.get(other).doc.Find(".item").AttrOr("id", "")
	guest.post(link+"/moves/accept", url.Values{"terms": {"2"}, "item": {strings.TrimPrefix(otherItem, "item-")}})
	dana.get(other).has(".chip", "Offered")
	guest.get(other).has("h1", "Sign in to Baton")
	guest.post(link+"/moves/hand_on", nil).is(http.StatusNotFound)
	guest.post(link+"/moves/recall", nil).is(http.StatusForbidden)
	guest.get("/guest/nothing").is(http.StatusNotFound).has("h1", "This link is closed")
	dana.now = dana.now.AddDate(0, 0, 31)
	guest.get(link).is(http.StatusNotFound).has("h1", "This link is closed")
}

func TestGuestProposesOtherTerms(t *testing.T) {
	dana := newSite(t)
	page, link := dana.offeredTo("Clean the rooms 3h", "Bright Homes", url.Values{"brief.outcome": {"The rooms are clean."}, "price": {"100"}, "per": {"whole"}})
	guest := dana.stranger()
	form := guest.get(link + "/proposal").is(http.StatusOK)
	if form.doc.Find(`details [name="price"]`).Length() != 0 || form.doc.Find(`details:not([open]) [name="brief.outcome"]`).Length() != 1 {
		t.Error("the price is folded away, or the brief is not")
	}
	values := url.Values{"proposal_note": {"It is a large place."}}
	for _, in := range form.doc.Find("form input, form textarea, form select").EachIter() {
		if in.AttrOr("type", "") == "radio" {
			if _, on := in.Attr("checked"); !on {
				continue
			}
		}
		value := in.AttrOr("value", in.Text())
		if in.Is("select") {
			value = in.Find("[selected]").AttrOr("value", "")
		}
		if name := in.AttrOr("name", ""); values.Get(name) == "" {
			values.Set(name, value)
		}
	}
	values.Set("price", "a lot")
	refused := guest.post(link+"/proposal", values).is(http.StatusUnprocessableEntity)
	refused.has(".wrong", "not an amount")
	values.Set("price", "120")
	guest.post(link+"/proposal", values).is(http.StatusOK)
	seen := dana.get(page).is(http.StatusOK)
	seen.has(".changes ins", "120 USD for all of it")
	seen.has(".changes del", "100 USD for all of it")
	if n := seen.doc.Find(".item .changes > div").Length(); n != 1 {
		t.Errorf("%d changes are shown where only the price changed: %s", n, seen.text(".changes"))
	}
	dana.move(page, work.MoveAgree, nil).is(http.StatusOK).has(".agreement", "120 USD")
}
