package web

import (
	"net/http"
	"net/url"

	"github.com/chromedp/chromedp"

	"baton/internal/work"
)

// doorCode lets a guest look at the page of a code, which tells nothing, and
// tap for it.
func doorCode(b *browser, s *site) {
	page, link := s.offeredTo("Clean the rooms every saturday 3h", "Bright Homes", url.Values{"brief.outcome": {"The rooms are clean by Saturday evening."}})
	s.post(page+"/access", url.Values{"label": {"Front door"}, "secret": {"4711"}}).is(http.StatusOK)
	s.stranger().move(link, work.MoveAccept, nil).is(http.StatusOK)
	shown := func() bool { return eval[bool](b, `document.body.textContent.includes("4711")`) }
	b.do(chromedp.Navigate(s.app.URL + link + "/access"))
	if shown() {
		b.t.Error("looking at the page tells the code")
	}
	b.press("main form button")
	if !shown() {
		b.t.Error("the code is not told to who taps for it")
	}
	b.examine(axe(b.t), "door code")
}
