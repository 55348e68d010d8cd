package web

import (
	"net/url"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/work"
)

// carried makes a strategic delegation of the owner's that goes on: it was
// agreed aloud.
func (s *site) carried(title string) work.DelegationID {
	s.t.Helper()
	imani := s.somebody("Imani of "+title, work.Teammate, "")
	task, err := tasks.Add.Do(s.t.Context(), s.app, s.me, tasks.AddTask{Line: title})
	if err != nil {
		s.t.Fatal(err)
	}
	d, err := delegations.Begin.Do(s.t.Context(), s.app, s.me, delegations.StartDelegation{Task: task.ID, Kind: work.Strategic, Receiver: imani, Terms: &work.Terms{
		Brief: work.Brief{Outcome: title + " is done", Minimum: "It is done", Success: []string{"Sixty guests"}}, Authority: work.Authority{Level: 5},
	}})
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := delegations.Tell.Do(s.t.Context(), s.app, s.me, delegations.Agreement{On: delegations.On{Delegation: d.ID}, Receiver: imani}); err != nil {
		s.t.Fatal(err)
	}
	return d.ID
}

func TestHelpIsRecordedInOneTap(t *testing.T) {
	s := newSite(t)
	d := s.carried("Open day")
	page := s.get(s.to("/delegations/%d", d))
	page.has("#help", "Time you helped").has(".taps", "15 min")
	page = s.post(s.to("/delegations/%d/moves/support", d), url.Values{"minutes": {"15m"}})
	page.has(".timeline", "15 min")

	s.post(s.to("/delegations/%d/support/timer", d), nil).has("#timer", "You are helping Imani")
	s.now = s.now.Add(25 * time.Minute)
	s.get(s.to("/today")).has("[aria-labelledby=timer]", "25 min").has("[aria-labelledby=timer]", "Open day")
	other := s.carried("Winter schedule")
	s.get(s.to("/delegations/%d", other)).has("[aria-labelledby=timer]", "Open day").lacks("[aria-labelledby=help]", "Start a timer")
	s.post(s.to("/support/timer/end"), url.Values{"minutes": {""}, "note": {"the second draft"}}).has(".toast", "25 min of support recorded on “Open day”").lacks("main", "You are helping")
	s.get(s.to("/delegations/%d", d)).has(".timeline", "the second draft")
}

func TestAForgottenTimerAsksHowLongItWas(t *testing.T) {
	s := newSite(t)
	d := s.carried("Open day")
	s.post(s.to("/delegations/%d/support/timer", d), nil)
	s.now = s.now.Add(18 * time.Hour)
	s.get(s.to("/today")).has("[aria-labelledby=timer]", "How long was it really?")
	s.post(s.to("/support/timer/end"), url.Values{"minutes": {""}}).has(".toast", "Say how many minutes").has("main", "A timer is still running")
	s.post(s.to("/support/timer/end"), url.Values{"minutes": {"20m"}}).has(".toast", "20 min of support").lacks("main", "A timer is still running")
	s.post(s.to("/delegations/%d/support/timer", d), nil)
	s.post(s.to("/support/timer/end"), url.Values{"discard": {"yes"}}).has(".toast", "nothing is recorded")
	s.get(s.to("/delegations/%d", d)).has(".timeline", "20 min").lacks(".timeline", "18 h")
}

func TestAQuestionIsHandedBackInOneTap(t *testing.T) {
	s := newSite(t)
	d := s.carried("Open day")
	on := delegations.On{Delegation: d}
	now, err := delegations.Show.Do(t.Context(), s.app, s.me, on)
	if err != nil {
		t.Fatal(err)
	}
	imani := app.Actor{Workspace: s.me.Workspace, Person: now.Receiver.ID}
	if _, err := delegations.Ask.Do(t.Context(), s.app, imani, delegations.AskQuestion{On: on, Text: "Which hotel should it be?"}); err != nil {
		t.Fatal(err)
	}
	page := s.get(s.to("/delegations/%d", d))
	asked := page.doc.Find("form[action$='/moves/turn_back'] button[name=answer]")
	if asked.Length() != len(work.CoachingQuestions(5))+1 {
		t.Fatalf("%d ways to hand it back", asked.Length())
	}
	form := page.values("form[action$='/moves/turn_back']")
	form.Set("answer", asked.Eq(1).AttrOr("value", ""))
	s.post(s.to("/delegations/%d/moves/turn_back", d), form).has(".timeline", "what speaks against it?")
}

func TestWhatTheyWouldDoIsGoneAlongWith(t *testing.T) {
	s := newSite(t)
	d := s.carried("Open day")
	on := delegations.On{Delegation: d}
	now, err := delegations.Show.Do(t.Context(), s.app, s.me, on)
	if err != nil {
		t.Fatal(err)
	}
	imani := app.Actor{Workspace: s.me.Workspace, Person: now.Receiver.ID}
	coached := func(question, suggestion string) {
		t.Helper()
		if _, err := delegations.Ask.Do(t.Context(), s.app, imani, delegations.AskQuestion{On: on, Text: question}); err != nil {
			t.Fatal(err)
		}
		if _, err := delegations.TurnBack.Do(t.Context(), s.app, s.me, delegations.OnItem{On: on}); err != nil {
			t.Fatal(err)
		}
		if _, err := delegations.Answer.Do(t.Context(), s.app, imani, delegations.OnItem{On: on, Text: suggestion}); err != nil {
			t.Fatal(err)
		}
	}
	coached("Which hotel should it be?", "I would take the Lion.")
	s.get(s.to("/today")).has("main", "I would take the Lion.")
	page := s.get(s.to("/delegations/%d", d))
	page.has(".item", "What they would do").has(".item", "Without a word by").has(".item", "The question: Which hotel should it be?")
	s.post(s.to("/delegations/%d/moves/go", d), page.values("form[action$='/moves/go']")).has(".toast", "Said: go").lacks("main", "What they would do")
	coached("Who speaks?", "I would ask Wei.")
	s.post(s.to("/delegations/%d/moves/add_to", d), url.Values{"text": {""}}).has("main", "Write what to add.")
	s.post(s.to("/delegations/%d/moves/add_to", d), url.Values{"text": {"Rosa knows him well."}}).has(".timeline", "Rosa knows him well.").lacks("main", "What they would do")
}

// TestTheRhythmIsProposedWithItsReason: on the draft before anything is
// agreed, and to the giver while it goes on.
func TestTheRhythmIsProposedWithItsReason(t *testing.T) {
	s := newSite(t)
	task := s.onPlate("Set up the front desk 60h due in 6 months")
	draft, err := delegations.Begin.Do(t.Context(), s.app, s.me, delegations.StartDelegation{Task: task, Kind: work.Strategic})
	if err != nil {
		t.Fatal(err)
	}
	s.get(s.to("/delegations/%d/draft", draft.ID)).has("main", "Proposed: a check-in a week: the work is new.")

	d := s.carried("Open day")
	on := delegations.On{Delegation: d}
	now, err := delegations.Show.Do(t.Context(), s.app, s.me, on)
	if err != nil {
		t.Fatal(err)
	}
	terms := now.Terms
	terms.CheckIn = ical.MustRule("FREQ=WEEKLY;BYDAY=MO")
	if _, err := delegations.Propose.Do(t.Context(), s.app, s.me, delegations.OtherTerms{On: on, Seen: now.Terms.Version, Terms: terms}); err != nil {
		t.Fatal(err)
	}
	imani := app.Actor{Workspace: s.me.Workspace, Person: now.Receiver.ID}
	if _, err := delegations.Agree.Do(t.Context(), s.app, imani, delegations.Seen{On: on, Terms: now.Terms.Version + 1}); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := delegations.CheckIn.Do(t.Context(), s.app, imani, delegations.Update{On: on, Status: work.OnTrack}); err != nil {
			t.Fatal(err)
		}
	}
	page := s.get(s.to("/delegations/%d", d))
	page.has("[aria-labelledby=lessons]", "Check-ins every other Monday instead of check-ins every Monday.").
		has("[aria-labelledby=lessons]", "Three updates in a row said on track")
	button := page.doc.Find("[aria-labelledby=lessons] form[action$='/agreement']").AttrOr("action", "")
	s.post(button, nil)
	s.get(s.to("/delegations/%d", d)).has("main", "Other terms").has("main", "Every other Monday")
}

func TestWhereTheFreedHoursWent(t *testing.T) {
	s := newSite(t)
	s.get(s.to("/ledger")).lacks("main", "Where the freed hours went")
	focus, err := workspaces.AddFocusArea.Do(t.Context(), s.app, s.me, workspaces.NewFocus{Name: "Teaching"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := workspaces.LogFocus.Do(t.Context(), s.app, s.me, workspaces.FocusTime{Focus: focus.ID, Minutes: 90}); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(time.Hour)
	for _, by := range []string{"", "week", "quarter"} {
		s.get(s.to("/ledger?by=%s", by)).has("[aria-labelledby=went] thead", "Teaching").has("[aria-labelledby=went] tbody", "1.5 h")
	}
}
