package web

import (
	"net/url"
	"strings"

	"github.com/chromedp/chromedp"

	"baton/internal/app/clock"
	"baton/internal/app/people"
	"baton/internal/ical"
	"baton/internal/work"
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

// guestVoting lets somebody without an account vote on the page of their link,
// while a third voter is away.
func guestVoting(b *browser, s *site) {
	homes, area := s.somebody("Clear Rooms", work.Provider, ""), s.decisionArea("The treatment rooms")
	cleo := s.join("Cleo Ito", "cleo.ito@clinic.example")
	today := ical.Today(s.app.Now(), "America/Chicago")
	absences := []work.Absence{{From: today.AddDays(-2), To: today.AddDays(20)}}
	must(s, people.Edit, people.EditPerson{Person: cleo.me.Person, Fields: people.Fields{Absences: &absences}})
	if err := clock.Advance(b.t.Context(), s.app, s.app.Now()); err != nil {
		b.t.Fatal(err)
	}
	page := s.drafted(area, work.Strategic, homes, url.Values{"brief.outcome": {"The rooms are ready by eight."}})
	link := s.post(page+"/offer", nil).doc.Find("#f-link").AttrOr("value", "")
	started := s.post(s.to("/tasks/%d/votes", area), url.Values{"person": {idField(homes)}, "question": {"Who picks the soap?"}, "voters": {idField(cleo.me.Person)}})
	vote := started.doc.Find(`form[action$="/ballot"]`).AttrOr("action", "")
	b.do(chromedp.Navigate(s.app.URL + strings.TrimSuffix(vote, "/ballot")))
	if got := b.says(); !strings.Contains(got, "Cleo Ito") || !strings.Contains(got, "nobody waits for them") {
		b.t.Fatalf("who is away is not named: %s", got)
	}
	b.do(chromedp.Click(chromedp.CSS(`input[name="level"][value="3"]`)), chromedp.SendKeys(chromedp.CSS("#f-reason"), "The soap was wrong once"))
	b.press(`form[action$="/ballot"] button.primary`)

	theirs := b.apart()
	theirs.do(chromedp.Navigate(link))
	theirs.examine(axe(b.t), "/guest")
	theirs.shot("guest-vote-found")
	theirs.press(`section[aria-labelledby="votes"] a`)
	if got := theirs.says(); strings.Contains(got, "wrong once") || !strings.Contains(got, "Who picks the soap?") {
		b.t.Fatalf("before the reveal a guest's page says %s", got)
	}
	theirs.examine(axe(b.t), "/guest/votes/open")
	theirs.shot("guest-vote-open")
	theirs.do(chromedp.Click(chromedp.CSS(`input[name="level"][value="5"]`)))
	theirs.press(`form[action$="/ballot"] button.primary`)
	if got := theirs.says(); !strings.Contains(got, "wrong once") || !strings.Contains(got, "Settle on a level") {
		b.t.Fatalf("after the reveal a guest's page says %s", got)
	}
	theirs.examine(axe(b.t), "/guest/votes/revealed")
	theirs.shot("guest-vote-revealed")
	theirs.press(`form[action$="/settlement"] button.primary`)
	if got := theirs.says(); !strings.Contains(got, "Settled on level 3 by you") {
		b.t.Fatalf("settled, a guest's page says %s", got)
	}
	b.do(chromedp.Reload())
	b.shot("vote-settled")
}
