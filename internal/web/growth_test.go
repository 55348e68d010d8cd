package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"baton/internal/work"
)

// TestTheGrowthRecordIsTakenAlong follows one piece of work into the record of
// whoever carried it, and out of the workspace.
func TestTheGrowthRecordIsTakenAlong(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	ben := dana.join("Ben Ito", "ben@example.org")
	ana.get(ana.to("/growth")).is(http.StatusOK).has("main", "Nothing is in it yet")
	page := dana.drafted(dana.onPlate("Spring open day 20h due 27 mar"), work.Strategic, ana.me.Person, url.Values{
		"brief.outcome": {"Forty families came."}, "due": {"27 mar"}, "authority.level": {"5"},
	})
	dana.post(page+"/offer", nil).is(http.StatusOK)
	ana.move(page, work.MoveAccept, url.Values{"read_back": {"Forty families come; I begin with the hotel."}}).is(http.StatusOK)
	dana.move(page, work.MoveThank, url.Values{"text": {"You saw what was missing."}}).is(http.StatusOK)

	record := ana.get(ana.to("/growth")).is(http.StatusOK)
	record.has("main", "Spring open day")
	record.has("main", "“You saw what was missing.”")
	record.has("main", "Level 5")
	dana.get(dana.to("/growth?person=%d", ana.me.Person)).is(http.StatusOK).has("main", "You saw what was missing")
	dana.get(dana.to("/people/%d", ana.me.Person)).has("main", "What they carried for you")
	ben.get(ben.to("/growth?person=%d", ana.me.Person)).is(http.StatusNotFound)

	away := ana.get(ana.to("/growth/take/page")).is(http.StatusOK)
	if away.doc.Find("a, script, link").Length() != 0 || !strings.Contains(away.header.Get("Content-Disposition"), "attachment") {
		t.Error("what is taken along leads back into the workspace")
	}
	away.has("body", "Growth record of Ana Lopez")
	if got := ana.get(ana.to("/growth/take/json")); !strings.Contains(got.body, `"You saw what was missing."`) {
		t.Error(got.body)
	}
}
