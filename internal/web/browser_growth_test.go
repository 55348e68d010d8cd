package web

import (
	"net/url"
	"strings"

	"github.com/chromedp/chromedp"

	"baton/internal/work"
)

// mirrorAndGrowth follows one piece of work to both sides of it: the giver
// steps in and sees it in their mirror, thanks, and the receiver finds the work
// and the thanks in a record of their own, which prints.
func mirrorAndGrowth(b *browser, s *site) {
	ana := s.join("Ana Lopez", "ana.lopez@clinic.example")
	page := s.drafted(s.onPlate("Spring open day 20h due 27 mar"), work.Strategic, ana.me.Person, url.Values{
		"brief.outcome": {"Forty families came."}, "due": {"27 mar"}, "authority.level": {"5"},
	})
	s.post(page+"/offer", nil)
	ana.move(page, work.MoveAccept, url.Values{"read_back": {"Forty families come; I begin with the hotel."}})
	s.move(page, work.MoveRequest, url.Values{"note": {"How is it going?"}})
	s.move(page, work.MoveThank, url.Values{"text": {"You saw what was missing."}})

	b.look(1280, "light")
	b.do(chromedp.Navigate(s.app.URL + s.to("/ledger")))
	b.press(`a[href$="/mirror"]`)
	if got := b.says(); !strings.Contains(got, "Where you stepped in") || !strings.Contains(got, "you asked for an update early") {
		b.t.Fatalf("the mirror says %s", got)
	}
	b.examine(axe(b.t), "/mirror")
	b.press(`main .rows a`)
	if got := b.says(); !strings.Contains(got, "Forty families came.") {
		b.t.Fatalf("a line of the mirror leads to %s", got)
	}

	theirs := b.beside(ana)
	theirs.look(1280, "light")
	theirs.do(chromedp.Navigate(s.app.URL + s.to("/mirror")))
	if got := theirs.says(); strings.Contains(got, "Where you stepped in") {
		b.t.Fatalf("the receiver's mirror says %s", got)
	}
	theirs.do(chromedp.Navigate(s.app.URL + s.to("/ledger")))
	theirs.press(`a[href$="/growth"]`)
	for _, want := range []string{"Spring open day", "Levels reached", "You saw what was missing."} {
		if got := theirs.says(); !strings.Contains(got, want) {
			b.t.Fatalf("the record is without %q: %s", want, got)
		}
	}
	theirs.examine(axe(b.t), "/growth")
	paper(theirs)

	b.do(chromedp.Navigate(s.app.URL + s.to("/people/%d", ana.me.Person)))
	b.press(`main a[href*="/growth?person="]`)
	if got := b.says(); !strings.Contains(got, "Only what concerns the two of you") || !strings.Contains(got, "Spring open day") {
		b.t.Fatalf("what the giver sees of the record says %s", got)
	}
	b.examine(axe(b.t), "/growth?person=theirs")
}
