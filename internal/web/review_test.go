package web

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/reviews"
	"baton/internal/app/workspaces"
	"baton/internal/work"
)

// done says of a delegation what its receiver said to its giver: it was
// delivered, and the giver accepts it.
func (s *site) done(d work.DelegationID) {
	s.t.Helper()
	on := delegations.On{Delegation: d}
	if _, err := delegations.Deliver.Do(s.t.Context(), s.app, s.me, delegations.HandOver{On: on}); err != nil {
		s.t.Fatal(err)
	}
}

func TestTheReviewIsKeptStepByStep(t *testing.T) {
	s := newSite(t)
	s.now = time.Date(2026, 3, 6, 16, 0, 0, 0, time.UTC) // a Friday
	s.get(s.to("/today")).has("#review", "Your week").has("main", "It is the day you look over your week")
	s.get(s.to("/review")).has("#step", "Empty your head").has(".pagehead", "Step 1 of 6, about 10 minutes")

	page := s.post(s.to("/review/tasks"), url.Values{"lines": {"Order gloves every monday 30m\n\n  Call the landlord  \nPlan the summer 6h"}})
	page.has(".toast", "3 tasks are on your plate").has("main", "Order gloves").has("#unmarked", "3 tasks are not marked")
	page = s.post(s.to("/review/tasks"), url.Values{"lines": {"Buy paper\n" + strings.Repeat("x", 1001) + "\nBuy ink"}})
	page.is(422).has(".wrong", "1 before it are on your plate")
	if got := page.doc.Find("#f-lines").Text(); strings.Contains(got, "Buy paper") || !strings.Contains(got, "Buy ink") {
		t.Errorf("the field holds %.40q", got)
	}

	s.post(s.to("/review/steps"), url.Values{"step": {"plate"}}).has("#step", "Who waits for whom").has("nav[aria-labelledby=steps]", "done")
	s.get(s.to("/today")).has("main", "It goes on where you left it")
	s.post(s.to("/review/steps"), url.Values{"step": {"waiting"}}).has("#step", "What is stuck").has("nav[aria-labelledby=steps] li:nth-child(3) .chip", "you are here")
	s.post(s.to("/review/steps"), url.Values{"step": {"lunch"}}).has(".toast", "no step called")
	s.post(s.to("/review/end"), url.Values{"step": {"hours"}}).has("main", "That was your week").has("main", "4 tasks put down").has("main", "1 review so far")
	s.get(s.to("/today")).lacks("main", "look over your week.")
	s.now = s.now.AddDate(0, 0, 7)
	s.get(s.to("/today")).has("main", "It is the day you look over your week")

	other := s.join("Imani Cole", "imani@example.org")
	other.get(other.to("/review")).has(".pagehead", "Step 1 of 6").lacks("main", "Order gloves")
}

func TestTheReviewDayIsASetting(t *testing.T) {
	s := newSite(t)
	form := s.get(s.to("/settings")).values("form[action$='/settings']")
	if form.Get("review_day") != "5" {
		t.Errorf("the review is on %q", form.Get("review_day"))
	}
	if form.Get("review_hour") != "7" || form.Get("review_mail") != "yes" {
		t.Errorf("mail reminds of it at %q: %q", form.Get("review_hour"), form.Get("review_mail"))
	}
	form.Set("review_hour", "16")
	form.Del("review_mail")
	form.Set("review_day", "1")
	s.post(s.to("/settings"), form).has(".toast", "Saved")
	s.get(s.to("/today")).has("main", "It is the day you look over your week") // tests begin on a Monday
	form = s.get(s.to("/settings")).values("form[action$='/settings']")
	if form.Get("review_hour") != "16" || form.Get("review_mail") != "" {
		t.Errorf("mail reminds of it at %q: %q", form.Get("review_hour"), form.Get("review_mail"))
	}
	form.Set("review_day", "0")
	s.post(s.to("/settings"), form)
	s.get(s.to("/today")).lacks("main", "It is the day you look over your week")
}

// clicksOfAReview is how many presses a review takes from Today to its end
// when each step has one thing to do: opening it, six steps, and one thing in
// each of five (what waits is answered elsewhere).
const clicksOfAReview = 11

// TestAReviewInTheBrowser goes through a whole review, with a device left in
// the middle, and counts the presses.
func TestAReviewInTheBrowser(t *testing.T) {
	s := newSite(t)
	s.now = time.Date(2026, 3, 6, 16, 0, 0, 0, time.UTC)
	d := s.carried("Open day")
	s.done(d)
	if _, err := workspaces.AddFocusArea.Do(t.Context(), s.app, s.me, workspaces.NewFocus{Name: "Teaching"}); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(time.Hour)
	b := newBrowser(t)
	b.look(500, "light")
	b.enter(s)
	presses := 0
	press := func(selector string) {
		t.Helper()
		b.press(selector)
		presses++
	}
	next := "main button[data-key=n]"
	press("[aria-labelledby=review] a.button")
	b.do(chromedp.SendKeys(chromedp.CSS("#f-lines"), "Order gloves every monday 2h\nAnswer the phone every friday 3h"))
	b.shot("review-plate")
	press("main form[action$='/review/tasks'] button")
	press(next)
	b.shot("review-waiting")

	b.enter(s) // another device: the step is kept
	press("[aria-labelledby=review] a.button")
	if got := eval[string](b, `document.querySelector("#step").textContent`); got != "Who waits for whom" {
		t.Fatalf("the other device goes on with %q", got)
	}
	for range 2 { // nothing to answer, nothing stuck; from the keyboard
		b.enterOn(next)
		presses++
	}
	b.shot("review-letgo")
	if got := eval[string](b, `document.querySelector("main").textContent`); !strings.Contains(got, "Begin to delegate") {
		t.Errorf("nothing to let go of: %s", got)
	}
	press(next)
	press("main form[action$='/review/thanks'] button")
	b.shot("review-thanks")
	press(next)
	b.do(chromedp.SendKeys(chromedp.CSS("main input[name=time]"), "2h"))
	press("main form[action$='/time'] button")
	b.shot("review-hours")
	press(next)
	b.shot("review-done")
	r, err := reviews.Show.Do(t.Context(), s.app, s.me, app.None{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Finished == nil || r.Did.Added != 2 || r.Did.Thanks != 1 || r.Did.Focus != 120 {
		t.Errorf("the review did %+v", r.Did)
	}
	if presses > clicksOfAReview {
		t.Errorf("a review takes %d presses, want at most %d", presses, clicksOfAReview)
	}
	t.Logf("%d presses", presses)
}
