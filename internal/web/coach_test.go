package web

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"baton/internal/work"
)

// TestACoachIsShownWhatWasChosen goes from the invitation to the end of it: the
// client's preview is the coach's page, the coach has nothing else, who appears
// can be named, and the client sees when the coach looked.
func TestACoachIsShownWhatWasChosen(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	dana.get(dana.to("/mirror")).has(".pagehead", "Only you see this, and the coach you choose")
	page := dana.drafted(dana.onPlate("Spring open day with Ana 20h due 27 mar"), work.Strategic, ana.me.Person, url.Values{
		"brief.outcome": {"Forty families came."}, "due": {"27 mar"}, "authority.level": {"5"},
	})
	dana.post(page+"/offer", nil).is(http.StatusOK)
	ana.move(page, work.MoveAccept, url.Values{"read_back": {"Forty families come; I begin with the hotel."}}).is(http.StatusOK)
	dana.onPlate("Order supplies every friday 3h")
	standing := dana.drafted(dana.onPlate("Water the ferns every monday 15m"), work.Assignment, ana.me.Person, url.Values{"brief.outcome": {"They live."}, "rule": {"every monday"}, "due": {"9 mar"}})
	dana.post(standing+"/offer", nil).is(http.StatusOK)
	ana.move(standing, work.MoveAccept, nil).is(http.StatusOK)

	dana.get(dana.to("/coach")).has("h2", "Invite a coach")
	dana.get(dana.to("/coach/preview?parts=promises")).has("main", "Spring open day with A. L.")
	dana.post(dana.to("/coach/invitations"), url.Values{"name": {"Cora Vance"}, "email": {"cora"}}).is(http.StatusUnprocessableEntity).has(".wrong", "not a mail address")
	made := dana.post(dana.to("/coach/invitations"), url.Values{"name": {"Cora Vance"}, "email": {"cora@coach.example"}, "parts": {"promises", "mirror"}})
	made.is(http.StatusOK).has("h2", "Cora Vance is your coach")
	cora := *dana
	jar, _ := cookiejar.New(nil) // never fails
	cora.client = &http.Client{Jar: jar}
	link := made.text("code")
	if got := cora.post(strings.TrimPrefix(link, dana.app.URL), nil); got.path != dana.to("/coach") {
		t.Fatalf("a coach's day begins at %s", got.path)
	}
	dana.get(dana.to("/mirror")).has(".pagehead", "Cora Vance, whom you chose as your coach")

	clients := cora.get(dana.to("/coach"))
	clients.has("main", "Dana Reyes")
	if n := clients.doc.Find("nav li a").Length(); n != 2 {
		t.Errorf("a coach has %d pages", n)
	}
	for _, path := range []string{"/plate", "/people", "/ledger", "/mirror", "/coach/self", "/delegations", "/search?q=supplies"} {
		if got := cora.get(dana.to("%s", path)); got.status != http.StatusForbidden || strings.Contains(got.body, "supplies every") {
			t.Errorf("%s answers a coach with %d", path, got.status)
		}
	}
	settings := cora.get(dana.to("/settings")).is(http.StatusOK)
	settings.has("h2", "Your mail")
	for _, name := range []string{"capacity", "hour_price", "review_day", "review_mail"} {
		if settings.doc.Find("[name="+name+"]").Length() != 0 {
			t.Errorf("who has no plate is asked for %s", name)
		}
	}
	cora.post(dana.to("/settings"), url.Values{"version": {settings.doc.Find("[name=version]").AttrOr("value", "")}, "urgent": {"yes"}}).is(http.StatusOK).has(".toast", "Saved")
	address, _ := clients.doc.Find(".card h3 a").Attr("href")
	seen := cora.get(address).is(http.StatusOK)
	seen.has("h2", "Promises")
	seen.has("main", "Spring open day with A. L. by A. L.")
	seen.has("main", "Open, due 27 Mar")
	seen.has(".packet", "Where it says “you”, it speaks to Dana Reyes.")
	for _, line := range seen.doc.Find(".packet li").EachIter() {
		if text := line.Text(); strings.Contains(text, "Water the ferns") && strings.Contains(text, "due") {
			t.Errorf("what is standing is due with its first turn: %s", strings.Join(strings.Fields(text), " "))
		}
	}
	for _, word := range []string{"Lopez", "Order supplies", "Ana"} {
		if strings.Contains(seen.text("main"), word) {
			t.Errorf("the coach reads %q", word)
		}
	}
	if preview := dana.get(address).text(".packet"); preview != seen.text(".packet") {
		t.Errorf("the client previews\n%s\nthe coach sees\n%s", preview, seen.text(".packet"))
	}
	desk := dana.get(dana.to("/coach")).has(".card", "They last looked on 2 Mar 2026")
	desk.has("details:not([open]) summary", "Another coach")
	wrong := dana.post(dana.to("/coach/invitations"), url.Values{"name": {"Cleo"}, "email": {"cleo"}}).is(http.StatusUnprocessableEntity)
	wrong.has("details[open] .wrong", "not a mail address")

	ana.get(page).has("#namings", "Where a coach sees you")
	ana.post(dana.to("/namings/")+address[strings.LastIndexByte(address, '/')+1:], url.Values{"yes": {"yes"}}).is(http.StatusOK)
	cora.get(address).has("main", "Spring open day with Ana by Ana Lopez")
	ana.get(address).is(http.StatusNotFound)

	dana.post(address+"/end", nil).is(http.StatusOK).has(".toast", "sees nothing")
	if got := cora.get(address); got.status < 400 {
		t.Errorf("after the end it answers with %d", got.status)
	}
	self := dana.get(dana.to("/coach/self"))
	self.has("main", "Order supplies").lacks(".packet", "it speaks to")
	begin := self.doc.Find(`.pagehead form[method="post"]`)
	if got := strings.TrimSpace(begin.Text()); got != "Begin the call" {
		t.Fatalf("the page of one's own packet begins a call with %q", got)
	}
	dana.post(begin.AttrOr("action", ""), nil).is(http.StatusOK).has("h1", "A call of your own")
}
