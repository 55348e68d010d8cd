package web

import (
	"net/http"
	"strings"

	"github.com/chromedp/chromedp"

	"baton/internal/app"
	"baton/internal/app/calls"
	"baton/internal/call"
)

// bookedAndHeld books a call as a client does, and holds it: what the coach
// proposes is taken with a press.
func bookedAndHeld(b *browser, s *site) {
	source := axe(b.t)
	added := s.add("Count the shelves every friday 2h")
	sharing, coach := s.coached()
	b.do(chromedp.Navigate(s.app.URL + s.to("/coach/%d/book", sharing)))
	b.examine(source, "booking")
	at := eval[string](b, `document.querySelector("input[name=at]").value`)
	b.do(chromedp.Click(chromedp.CSS("input[name=at]")), chromedp.SendKeys(chromedp.CSS("textarea[name=wish]"), "Fewer shelves"))
	b.press(`form[action$="/book"] button`)
	if got := eval[string](b, `document.querySelector("h1").textContent`); got != "Call with Kenji Mori" {
		b.t.Fatalf("booking at %s leads to %q", at, got)
	}
	b.examine(source, "a booked call")
	page := eval[string](b, `location.pathname`)
	all, err := calls.List.Do(b.t.Context(), s.app, s.me, app.Page{Limit: 1})
	if err != nil || len(all.Items) != 1 {
		b.t.Fatal(len(all.Items), err)
	}
	was := s.now
	s.now = all.Items[0].From
	defer func() { s.now = was }()
	s.post(page+"/beginning", nil).is(http.StatusOK)
	on := calls.OnCall{Call: all.Items[0].ID}
	if _, err := calls.Decide.Do(b.t.Context(), s.app, coach, calls.NewDecision{OnCall: on, Kind: call.Automate, Task: added.ID}); err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.Navigate(s.app.URL + page))
	b.examine(source, "a call")
	b.press(`form[action$="/agreement"] button`)
	if !eval[bool](b, `document.querySelector("main").textContent.includes("Still on the plate, to be automated.")`) {
		b.t.Error("what was proposed is not taken")
	}
	if got, err := calls.Show.Do(b.t.Context(), s.app, s.me, calls.AskCall{Call: on.Call}); err != nil || got.Decisions[0].State != call.IsTaken || got.Decisions[0].Task != added.ID {
		b.t.Errorf("decided is %+v, %v", got.Decisions, err)
	}
	s.post(page+"/end", nil).is(http.StatusOK)
}

// walkedAlone goes through a call of one's own, one question after another:
// leaves it, takes it up where it was, decides something and says when the next
// is.
func walkedAlone(b *browser, s *site) {
	source := axe(b.t)
	added := s.add("Polish the silver every friday 2h")
	title := func() string { return eval[string](b, `document.querySelector(".pagehead").textContent`) }
	b.do(chromedp.Navigate(s.app.URL + s.to("/calls")))
	b.press(`form[action$="/calls"] button`)
	if !strings.Contains(title(), "Question 1 of 13") {
		b.t.Fatalf("a call of one's own begins with %q", title())
	}
	b.do(chromedp.SendKeys(chromedp.CSS("textarea[name=answer]"), "The silver shone"))
	b.press(`form[action$="/walk"] button`)
	for n := 2; n <= 4; n++ {
		b.press(`form[action$="/walk"] button`)
	}
	b.examine(source, "a call of ones own")
	b.do(chromedp.Navigate(s.app.URL + s.to("/calls")))
	b.press(`form[action$="/calls"] button`)
	if !strings.Contains(title(), "Question 5 of 13") {
		b.t.Errorf("taken up again it is at %q", title())
	}
	for n := 5; n <= 13; n++ {
		b.press(`form[action$="/walk"] button`)
	}
	b.do(chromedp.SetValue(chromedp.CSS("select[name=kind]"), string(call.Automate)), chromedp.SetValue(chromedp.CSS("select[name=task]"), idField(added.ID)))
	b.press(`form[action$="/decisions"] button`)
	b.examine(source, "a call of ones own, its end")
	b.press(`form[action$="/over"] button`)
	all, err := calls.List.Do(b.t.Context(), s.app, s.me, app.Page{Limit: 1})
	if err != nil || len(all.Items) != 1 || all.Items[0].State != call.Booked || all.Items[0].Coach != nil || !all.Items[0].From.After(s.now) {
		b.t.Fatalf("the next call is %+v, %v", all.Items, err)
	}
}
