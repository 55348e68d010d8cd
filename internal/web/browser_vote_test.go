package web

import (
	"strings"

	"github.com/chromedp/chromedp"
)

// blindVote lets two members vote, each in a browser session of their own, and
// looks at what each page says before and after the reveal.
func blindVote(b *browser, s *site) {
	ben := s.join("Ben Okoro", "ben.okoro@clinic.example")
	task := s.decisionArea("Ordering for the practice")
	theirs := b.beside(ben)

	b.look(1280, "light")
	b.do(chromedp.Navigate(s.app.URL + s.to("/tasks/%d/votes?person=%d", task, ben.me.Person)))
	b.do(chromedp.SendKeys(chromedp.CSS("#f-question"), "Who picks the supplier?"), chromedp.SendKeys(chromedp.CSS("#f-examples"), "A new brand of gloves"))
	b.press(`form[action$="/votes"] button.primary`)
	theirs.do(chromedp.Navigate(s.app.URL + s.to("/today")))
	theirs.press(`section[aria-labelledby="votes"] a`)
	theirs.do(chromedp.Click(chromedp.CSS(`input[name="level"][value="6"]`)), chromedp.SendKeys(chromedp.CSS("#f-reason"), "I know every supplier"))
	theirs.press(`form[action$="/ballot"] button.primary`)
	b.do(chromedp.Reload())
	if got := b.says(); strings.Contains(got, "every supplier") || !strings.Contains(got, "1 of 2 are in") {
		b.t.Fatalf("before the reveal the other page says %s", got)
	}
	b.examine(axe(b.t), "/votes/open")
	b.do(chromedp.Click(chromedp.CSS(`input[name="level"][value="4"]`)))
	b.press(`form[action$="/ballot"] button.primary`)
	if got := b.says(); !strings.Contains(got, "every supplier") || !strings.Contains(got, "Settle on a level") {
		b.t.Fatalf("after the reveal the page says %s", got)
	}
	b.examine(axe(b.t), "/votes/revealed")
	theirs.do(chromedp.Reload())
	theirs.do(chromedp.SendKeys(chromedp.CSS("#f-words"), "I would tell you before I order"))
	theirs.press(`form[action$="/words"] button`)
	b.do(chromedp.Reload())
	if got := b.says(); !strings.Contains(got, "before I order") {
		b.t.Fatalf("what was said after the reveal is missing: %s", got)
	}
	b.press(`form[action$="/settlement"] button.primary`)
	if got := b.says(); !strings.Contains(got, "Settled on level 4 by you") {
		b.t.Fatalf("settled, the page says %s", got)
	}
	b.do(chromedp.Navigate(s.app.URL + s.to("/decision-areas")))
	b.examine(axe(b.t), "/decision-areas")
}
