package web

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"baton/internal/app/clock"
	"baton/internal/app/people"
	"baton/internal/ical"
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

// TestNothingDueIsNobodysArrears: while no turn is due, a standing delegation
// waits for nobody, and says so without a warning.
func TestNothingDueIsNobodysArrears(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	page := dana.drafted(dana.onPlate("Water the plants every friday 10m"), work.Assignment, ana.me.Person, url.Values{
		"brief.outcome": {"The plants stand upright."}, "rule": {"every friday"},
	})
	dana.post(page+"/offer", nil)
	ana.move(page, work.MoveAccept, nil)
	const rest = "Nothing is due; the last word was today. Your move with the next turn."
	if got := ana.get(page).has(".mover", rest).doc.Find(".mover.mine").Length(); got != 0 {
		t.Error("nothing is due, and the page warns")
	}
	dana.get(dana.to("/delegations")).has(".meta", "Nothing is due; the last word was today. Ana Lopez’s move with the next turn.")
	dana.pass(4 * 24 * time.Hour) // to Friday
	ana.now = dana.now
	if got := ana.get(page).has(".mover", "You are to say whether this turn is done").doc.Find(".mover.mine").Length(); got != 1 {
		t.Error("a turn is due, and the page does not say whose it is")
	}
}

// TestWhoIsAwaySaysUntilWhen: the list of what was handed out names the last
// day of somebody away, and so does what stands still until then.
func TestWhoIsAwaySaysUntilWhen(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	carried := dana.drafted(dana.onPlate("Water the plants every friday 10m"), work.Assignment, ana.me.Person, url.Values{
		"brief.outcome": {"The plants stand upright."}, "rule": {"every friday"},
	})
	dana.post(carried+"/offer", nil)
	ana.move(carried, work.MoveAccept, nil)
	offered := dana.drafted(dana.onPlate("Sort the archive 2h"), work.Assignment, ana.me.Person, url.Values{"brief.outcome": {"Every folder stands on the shelf."}})
	dana.post(offered+"/offer", nil)
	today := ical.Today(dana.app.Now(), "America/Chicago")
	absences := []work.Absence{{From: today, To: today.AddDays(12)}}
	must(dana, people.Edit, people.EditPerson{Person: ana.me.Person, Fields: people.Fields{Absences: &absences}})
	dana.pass(time.Minute)
	dana.get(dana.to("/delegations")).has("[aria-labelledby=given] .chip", "Ana Lopez is away until 14 March.")
	dana.get(dana.to("/today")).has(".chip", "away until 14 Mar, the clock stands")
	dana.get(offered).has(".item", "The clock stands still while they are away, until Saturday 14 March 2026.")
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
