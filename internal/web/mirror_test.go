package web

import (
	"net/http"
	"net/url"
	"testing"

	"baton/internal/work"
)

// TestTheMirrorIsItsGivers follows a question that asks the giver to do the
// work, and an update asked for early, through the pages of both sides.
func TestTheMirrorIsItsGivers(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	dana.get(dana.to("/mirror")).is(http.StatusOK).has("main", "Nothing to see yet")
	page := dana.drafted(dana.onPlate("Spring open day 20h due 27 mar"), work.Strategic, ana.me.Person, url.Values{
		"brief.outcome": {"Forty families came."}, "due": {"27 mar"}, "authority.level": {"5"},
	})
	dana.post(page+"/offer", nil).is(http.StatusOK)
	ana.move(page, work.MoveAccept, url.Values{"read_back": {"Forty families come; I begin with the hotel."}}).is(http.StatusOK)
	ana.move(page, work.MoveAsk, url.Values{"text": {"Could you call the hotel?"}}).is(http.StatusOK)

	const creeping = "[aria-label='On its way back to you']"
	dana.get(dana.to("/today")).has(".chip", "asks you to do it")
	seen := dana.get(page)
	seen.has(creeping, "Ana Lopez asks you to do a piece")
	seen.has(creeping+" textarea", "What would you do if I could not be reached")
	dana.get(dana.to("/mirror")).has("main", "On its way back to you")
	if n := ana.get(page).doc.Find(creeping).Length(); n != 0 {
		t.Error("the receiver sees what the guard says to the giver")
	}
	send := dana.get(page).values(creeping + " form")
	dana.post(page+"/moves/turn_back", send).is(http.StatusOK)
	if n := dana.get(page).doc.Find(creeping).Length(); n != 0 {
		t.Error("a question that was handed back is still named")
	}
	ana.get(page).has(".item", "What would you do if I could not be reached")

	dana.move(page, work.MoveRequest, url.Values{"note": {"How is it going?"}}).is(http.StatusOK)
	later := dana.get(dana.to("/mirror"))
	later.has("h2", "Where you stepped in")
	later.has("main", "you asked for an update early")
	later.has("table", "Asked early")
	if got := ana.get(ana.to("/mirror")); got.text("table") != "" {
		t.Error("the receiver has a mirror of what the giver did")
	}
}
