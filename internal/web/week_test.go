package web

import (
	"net/http"
	"net/url"
	"testing"

	"baton/internal/work"
)

// TestTakingOnTooMuchAsksWhatIsPutDown fills a receiver's week past what it
// holds and puts something down where Baton asks.
func TestTakingOnTooMuchAsksWhatIsPutDown(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	ana.add("Answer the phone every weekday 8h")
	ana.get(ana.to("/week")).is(http.StatusOK).has("h1", "Your week")
	page := dana.drafted(dana.onPlate("Build the rota every monday 6h"), work.Assignment, ana.me.Person, url.Values{
		"brief.outcome": {"Everybody knows their shifts."}, "rule": {"every monday"}, "effort": {"6h"},
	})
	dana.post(page+"/offer", nil).is(http.StatusOK)
	asked := ana.move(page, work.MoveAccept, nil).is(http.StatusOK)
	asked.has("h1", "What will you put down?")
	asked.has(".pagehead", "You took on “Build the rota”. It holds 46 h of 40 h. Put 6 h down, and it fits again.")
	asked.has(".toast", "Agreed.")
	asked.has("main", "What you carry for others")
	if n := asked.doc.Find(`main a[href="` + page + `"]`).Length(); n == 0 {
		t.Error("nothing leads on to what was accepted")
	}
	drop := asked.doc.Find(`form[action$="/drop"]`).AttrOr("action", "")
	ana.post(drop, nil).is(http.StatusOK)
	ana.get(ana.to("/week?taken=1")).has("h1", "Your week")
	ana.get(ana.to("/week?taken=x")).is(http.StatusNotFound)
	ana.get(ana.to("/week")).lacks("main", "Answer the phone")
}

// TestAnOfferIsTakenBackFromItsToast undoes it before anybody was told.
func TestAnOfferIsTakenBackFromItsToast(t *testing.T) {
	s := newSite(t)
	page := s.drafted(s.onPlate("Clean the rooms 3h"), work.Assignment, s.somebody("Bright Homes", work.Provider, ""), url.Values{
		"brief.outcome": {"The rooms are clean."},
	})
	offered := s.post(page+"/offer", nil).is(http.StatusOK)
	offered.has("main", "How it reaches Bright Homes")
	back := s.post(offered.doc.Find(".toast form").AttrOr("action", ""), nil).is(http.StatusOK)
	back.has(".toast", "nobody was told")
}
