package web

import (
	"net/http"
	"net/url"
	"testing"

	"baton/internal/work"
)

// TestTheBoardShowsAreasAgainstPeople adds a decision area, hands it to a
// person and finds the level where the two cross.
func TestTheBoardShowsAreasAgainstPeople(t *testing.T) {
	s := newSite(t)
	ben := s.knows("Ben", work.Teammate).ID
	board := s.to("/decision-areas")
	s.get(board).is(http.StatusOK).has(".empty h2", "No decision area yet")
	s.post(board, url.Values{"title": {" "}}).is(http.StatusUnprocessableEntity).has(".wrong", "A task needs a title")
	s.post(board, url.Values{"title": {"Hiring for the front desk"}}).is(http.StatusOK).has(".toast", "is on your plate")
	page := s.get(board)
	page.has(`.board.wide th[scope="row"] a`, "Hiring for the front desk").has(".board.narrow .card", "Nobody has a level in it yet")

	plate := s.get(s.to("/plate"))
	plate.has(".rows .meta", "Decision area")
	plate.lacks(".rows button.tick", "Hiring")
	sheet := s.get(page.doc.Find(".board.wide th a").AttrOr("href", "")).is(http.StatusOK)
	sheet.has("main h2", "The decision area")
	sheet.lacks("label", "Due")
	sheet.lacks("button", "Done")

	start := s.get(page.doc.Find(".board.wide td a").AttrOr("href", "")).is(http.StatusOK)
	start.has("form", "It stays on your plate")
	start.lacks("legend", "What you hand over")
	draft := s.post(start.doc.Find("main form.form").AttrOr("action", ""), url.Values{"kind": {"strategic"}, "receiver": {idField(ben)}}).is(http.StatusOK)
	draft.lacks("label", "Due")
	draft.lacks("label", "Parts on the way")
	saved := s.post(draft.doc.Find("main form.form").AttrOr("action", ""), url.Values{
		"kind": {"strategic"}, "receiver": {idField(ben)}, "stands": {"yes"}, "authority.level": {"5"}, "brief.outcome": {"The desk is never empty"}, "then": {"stay"},
		"version": {draft.doc.Find(`input[name="version"]`).AttrOr("value", "")},
	})
	saved.is(http.StatusOK).has(".toast", "The draft is kept")
	page = s.get(board)
	page.has(`.board.wide thead th[scope="col"]`, "Ben").has(".board.wide td a", "Level 5, a draft").has(".board.narrow li", "Ben")
}
