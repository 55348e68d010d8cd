package web

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"baton/internal/app/clock"
	"baton/internal/work"
)

// pass lets time go by, and the clock do its part.
func (s *site) pass(d time.Duration) {
	s.t.Helper()
	s.now = s.now.Add(d)
	if err := clock.Advance(s.t.Context(), s.app, s.now); err != nil {
		s.t.Fatal(err)
	}
}

// TestAnyUnsettledTurnCanBeReturned returns the older of two turns.
func TestAnyUnsettledTurnCanBeReturned(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	page := dana.drafted(dana.onPlate("Water the plants every day 10m"), work.Assignment, ana.me.Person, url.Values{
		"brief.outcome": {"The plants stand upright."}, "rule": {"every day"},
	})
	dana.post(page+"/offer", nil)
	ana.move(page, work.MoveAccept, nil)
	for range 2 {
		dana.pass(24 * time.Hour)
		ana.now = dana.now
		ana.move(page, work.MoveDone, url.Values{"note": {"All but the cactus."}}).has(".toast", "Done.")
	}
	turns := dana.get(page).doc.Find(`[name="occurrence"] option`)
	if turns.Length() != 2 {
		t.Fatalf("%d turns to choose from", turns.Length())
	}
	older := turns.Last()
	dana.move(page, work.MoveReturnTurn, url.Values{"note": {"The fern was dry."}, "occurrence": {older.AttrOr("value", "")}}).has(".toast", "Asked.")
	ana.get(page).has(".item.mine", "The fern was dry.")
	if got := dana.get(page).text("[aria-labelledby=turns]"); strings.Count(got, "All but the cactus.") != 2 {
		t.Errorf("a note on a turn took the place of its receiver's: %s", got)
	}
	left := dana.get(page).doc.Find(`[name="occurrence"]`)
	if left.Length() != 1 || left.AttrOr("value", "") == older.AttrOr("value", "") {
		t.Errorf("the turn that was returned can be returned again: %s", left.AttrOr("value", ""))
	}
}
