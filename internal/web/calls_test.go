package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/calls"
	"baton/internal/app/coaching"
	"baton/internal/app/people"
	"baton/internal/app/workspaces"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/work"
)

// coached gives the owner a coach in Tokyo who is free on Thursday mornings
// there, and returns what the owner shares and the coach.
func (s *site) coached() (work.SharingID, app.Actor) {
	s.t.Helper()
	ctx := s.t.Context()
	fail := func(err error) {
		s.t.Helper()
		if err != nil {
			s.t.Fatal(err)
		}
	}
	name, kind, mail, zone, windows := "Kenji Mori", work.Teammate, "kenji@example.org", "Asia/Tokyo", "Thu 9-11"
	p, err := people.Add.Do(ctx, s.app, s.me, people.Fields{Name: &name, Kind: &kind, Email: &mail, Zone: &zone})
	fail(err)
	_, err = workspaces.Invite.Do(ctx, s.app, s.me, workspaces.InvitePerson{Person: p.ID})
	fail(err)
	coach := app.Actor{Workspace: s.me.Workspace, Person: p.ID}
	_, err = calls.EditHours.Do(ctx, s.app, coach, calls.NewHours{Windows: &windows, Zone: &zone})
	fail(err)
	shared, err := coaching.Start.Do(ctx, s.app, s.me, coaching.StartSharing{Coach: p.ID, Showing: coaching.Showing{Parts: []work.SharedPart{work.SharePlate}}})
	fail(err)
	return shared.ID, coach
}

func TestACallIsBookedMovedAndCancelledOnPages(t *testing.T) {
	s := newSite(t)
	sharing, coach := s.coached()
	path := s.to("/coach/%d/book", sharing)
	p := s.get(path)
	p.is(http.StatusOK)
	p.has("form p", "by your clock in Chicago (CST)")
	p.has("form p", "Kenji Mori’s, in Tokyo (JST)")
	p.has("legend", "Wednesday 4 March")
	p.has("label", "18:00")
	p.has("label .quiet", "Thu 09:00")
	first := p.doc.Find("input[name=at]").First().AttrOr("value", "")
	s.post(path, url.Values{}).is(http.StatusUnprocessableEntity).has("[role=alert]", "Choose one of the times")

	// Somebody was faster: the page says so, and shows what is left.
	at, _ := time.Parse(time.RFC3339, first)
	other, err := calls.Book.Do(t.Context(), s.app, s.me, calls.BookCall{Sharing: sharing, At: at})
	if err != nil {
		t.Fatal(err)
	}
	p = s.post(path, url.Values{"at": {first}}).is(http.StatusUnprocessableEntity)
	p.has("[role=alert]", "That time has gone")
	if p.doc.Find(`input[value="`+first+`"]`).Length() != 0 {
		t.Error("the time that has gone is still offered")
	}
	if _, err := calls.Cancel.Do(t.Context(), s.app, coach, calls.CancelCall{OnCall: calls.OnCall{Call: other.ID}}); err != nil {
		t.Fatal(err)
	}

	p = s.post(path, url.Values{"at": {first}, "wish": {"Let go of the rota"}}).is(http.StatusOK)
	p.has("h1", "Call with Kenji Mori")
	p.has("main", "For Kenji Mori: Thursday 09:00, Tokyo (JST)")
	p.has("main", "Let go of the rota")
	page := strings.TrimSuffix(p.path, "#")
	entry := s.get(page + "/entry.ics").is(http.StatusOK)
	if !strings.Contains(entry.body, "BEGIN:VEVENT") || !strings.HasPrefix(entry.header.Get("Content-Type"), "text/calendar") {
		t.Errorf("the entry is %s", entry.body)
	}
	p = s.get(page + "/move").is(http.StatusOK)
	later := p.doc.Find("input[name=at]").Last().AttrOr("value", "")
	s.post(page+"/move", url.Values{"at": {later}}).is(http.StatusOK).has(".toast", "Moved.")
	s.get(s.to("/today")).lacks("main", "Call with Kenji Mori")
	early := s.get(page)
	early.has("main", "It can begin from Wednesday")
	if early.doc.Find(`form[action$="/beginning"]`).Length() != 0 {
		t.Error("a call can be begun before it may begin")
	}
	s.post(page+"/beginning", nil).has(".toast", "an hour before its time")
	s.post(page+"/cancellation", url.Values{"reason": {"A cold"}}).has("main", "Cancelled: A cold")
	s.get(s.to("/calls")).is(http.StatusOK).has(".rows", "cancelled")
}

// TestTimesFarAheadAreFolded: a phone shows the next days first.
func TestTimesFarAheadAreFolded(t *testing.T) {
	s := newSite(t)
	sharing, coach := s.coached()
	windows := "Mon-Fri 9-11"
	_, err := calls.EditHours.Do(t.Context(), s.app, coach, calls.NewHours{Windows: &windows})
	s.must(err)
	path := s.to("/coach/%d/book", sharing)
	p := s.get(path).is(http.StatusOK)
	p.has("details:not([open]) summary", "Later, until")
	if n := p.doc.Find("form > fieldset").Length(); n != 5 {
		t.Errorf("%d days stand open", n)
	}
	if p.doc.Find("details input[name=at]").Length() == 0 {
		t.Error("nothing is folded")
	}
}

func TestACallOfOnesOwnIsHeldOnPages(t *testing.T) {
	s := newSite(t)
	added := s.add("Type the minutes every friday 1h")
	jamie := s.knows("Jamie", work.Teammate)
	s.get(s.to("/calls")).is(http.StatusOK).has(".empty", "No call yet")
	p := s.post(s.to("/calls"), nil).is(http.StatusOK)
	p.has("h1", "A call of your own")
	page := strings.TrimSuffix(p.path, "/walk")
	s.get(page).has("#agenda", "One thing after another")
	s.get(s.to("/history")).has(".rows a[href='"+page+"']", "Call begun")
	s.get(s.to("/today")).has("[aria-labelledby=calls] a[href='"+page+"']", "A call of your own")
	p = s.post(page+"/decisions", url.Values{"kind": {"promise"}}).is(http.StatusUnprocessableEntity)
	p.has(".wrong", "Say what is promised")
	s.post(page+"/decisions", url.Values{"kind": {"promise"}, "words": {"Fridays off"}, "due": {"2026-03-06"}}).is(http.StatusOK).has(".rows", "Promise: Fridays off (by 6 March)")
	p = s.post(page+"/decisions", url.Values{"kind": {"delegate"}, "task": {idField(added.Task.ID)}, "receiver": {idField(jamie.ID)}}).is(http.StatusOK)
	p.has(".rows", "Delegate “Type the minutes” to Jamie")
	p.has(".rows", "Still a draft.")
	s.post(page+"/notes", url.Values{"text": {"More air"}}).has("main", "More air")
	s.post(page+"/end", nil).has(".toast", "The call is over.")
	if got := s.get(s.to("/today")).text("[aria-labelledby=calls]"); got != "" {
		t.Errorf("a call that is over stands on Today: %s", got)
	}
	s.now = s.now.AddDate(0, 0, 7)
	p = s.post(s.to("/calls"), nil).is(http.StatusOK)
	p.has("#before", "What became of the call")
	p = s.get(strings.TrimSuffix(p.path, "/walk")).is(http.StatusOK)
	p.has("#before", "What became of the call")
	p.has(".rows", "Due on 6 March 2026; not said yet whether it is kept.")
	action := p.doc.Find(`form[action$="/promise"]`).First().AttrOr("action", "")
	s.post(action, url.Values{"kept": {"yes"}}).is(http.StatusOK)
	s.get(p.path).has(".rows", "Kept.")
}

// TestACallOfOnesOwnIsWalkedThrough answers one question on each page, leaves,
// comes back to where it was, and ends with drafts and a next date.
func TestACallOfOnesOwnIsWalkedThrough(t *testing.T) {
	s := newSite(t)
	added := s.add("Type the minutes every friday 1h")
	jamie := s.knows("Jamie", work.Teammate)
	p := s.post(s.to("/calls"), nil).is(http.StatusOK)
	walk := p.path
	page := strings.TrimSuffix(walk, "/walk")
	p.has(".pagehead", "Question 1 of 13")
	p.has("h2", "What became of the last call")
	answer := func(n int, text string) *sheet {
		t.Helper()
		return s.post(walk, url.Values{"question": {strconv.Itoa(n)}, "answer": {text}}).is(http.StatusOK)
	}
	p = answer(1, "The minutes")
	p.has("label", "What stayed undone")
	p = answer(2, "")
	p.has(".pagehead", "Question 3 of 13")
	p.has("label", "Where did last week go")
	if p.doc.Find(".packet").Length() != 1 || strings.Contains(p.text(".packet"), "Type the minutes") {
		t.Errorf("beside the hours stands %s", p.text(".packet"))
	}

	// Looking back keeps the place; another day it goes on there.
	back := s.get(walk + "?at=1").is(http.StatusOK)
	back.has("form", "You said: The minutes")
	s.now = s.now.AddDate(0, 0, 2)
	s.get(page).has(".actions", "Go on with question 3 of 13")
	s.post(s.to("/calls"), nil).has(".pagehead", "Question 3 of 13")
	s.post(walk, url.Values{"question": {"99"}}).is(http.StatusNotFound)
	for n := 3; n <= 7; n++ {
		p = answer(n, "")
	}
	p.has("h2", "What to let go of")
	p.has(".packet", "Type the minutes")
	p = s.post(page+"/decisions", url.Values{"kind": {"delegate"}, "at": {"8"}}).is(http.StatusUnprocessableEntity)
	p.has("details[open] .wrong", "Say which task")
	p.has(".pagehead", "Question 8 of 13")
	p = s.post(page+"/decisions", url.Values{"kind": {"delegate"}, "task": {idField(added.Task.ID)}, "receiver": {idField(jamie.ID)}, "at": {"8"}}).is(http.StatusOK)
	p.has(".pagehead", "Question 8 of 13")
	p.has(".rows", "Still a draft.")
	for n := 8; n <= 13; n++ {
		p = answer(n, "")
	}
	p.has("h2", "What you decided")
	p.has(".rows", "Delegate “Type the minutes” to Jamie")
	if got := p.doc.Find("input[name=next]").AttrOr("value", ""); got != "2026-03-11T03:00" {
		t.Errorf("the next call is proposed for %s", got)
	}
	s.post(page+"/over", url.Values{"next": {"2026-03-01T09:00"}, "at": {"14"}}).is(http.StatusUnprocessableEntity).has(".wrong", "still to come")
	p = s.post(page+"/over", url.Values{"next": {"2026-03-11T09:00"}}).is(http.StatusOK)
	p.has(".toast", "The next is on Wednesday 11 March 2026, 09:00")
	p.has("main", "Which of it made your week lighter?")
	s.get(walk).is(http.StatusOK).has(".chip", "over")
	list := s.get(s.to("/calls")).is(http.StatusOK)
	list.has(".rows", "booked")
	planned := list.doc.Find(".rows a").First().AttrOr("href", "")

	// The next is moved, stands in the calendar, and begins with what became of it.
	s.post(planned+"/move", url.Values{"when": {"2026-03-01T09:00"}}).is(http.StatusUnprocessableEntity).has("[role=alert]", "still to come")
	s.get(planned+"/move").has("label", "To when")
	s.post(planned+"/move", url.Values{"when": {"2026-03-12T08:30"}}).is(http.StatusOK).has(".pagehead", "Thursday 12 March 2026, 08:30")
	if entry := s.get(planned + "/entry.ics"); !strings.Contains(entry.body, "METHOD:PUBLISH") || !strings.Contains(entry.body, "SEQUENCE:1") {
		t.Errorf("the entry is %s", entry.body)
	}
	s.post(s.to("/calls/plans"), url.Values{"at": {"2026-03-20T09:00"}}).has(".toast", "planned already")
	s.now = time.Date(2026, 3, 12, 13, 40, 0, 0, time.UTC)
	p = s.post(s.to("/calls"), nil).is(http.StatusOK)
	if p.path != planned+"/walk" {
		t.Errorf("what begins is %s, planned was %s", p.path, planned)
	}
	p.has(".rows", "Still a draft.")
}

func TestACoachProposesOnPages(t *testing.T) {
	s := newSite(t)
	added := s.add("Type the minutes every friday 1h")
	sharing, coach := s.coached()
	times, err := calls.CallTimes.Do(t.Context(), s.app, s.me, calls.OnSharing{Sharing: sharing})
	if err != nil {
		t.Fatal(err)
	}
	c, err := calls.Book.Do(t.Context(), s.app, s.me, calls.BookCall{Sharing: sharing, At: times.Free[0].From})
	if err != nil {
		t.Fatal(err)
	}
	s.now = times.Free[0].From
	page := s.to("/calls/%d", c.ID)
	s.post(page+"/beginning", nil).has(".toast", "The call begins.")
	for _, kind := range []call.Kind{call.Drop, call.Keep} {
		if _, err := calls.Decide.Do(t.Context(), s.app, coach, calls.NewDecision{OnCall: calls.OnCall{Call: c.ID}, Kind: kind, Task: added.ID}); err != nil {
			t.Fatal(err)
		}
	}
	p := s.get(page)
	p.has(".rows", "Proposed, and not answered yet.")
	letGo := p.doc.Find(`form[action$="/refusal"]`).Last().AttrOr("action", "")
	take := p.doc.Find(`form[action$="/agreement"]`).First().AttrOr("action", "")
	s.post(letGo, nil).has(".toast", "Let go.")
	s.now = s.now.Add(3 * time.Hour)
	s.post(page+"/end", nil).has(".toast", "The call is over.")
	s.get(s.to("/today")).has("[aria-labelledby=calls] .chip", "1 proposal waits for you")
	s.post(take, nil).has(".rows", "The task was dropped.")
	if got := s.get(s.to("/today")).text("[aria-labelledby=calls]"); got != "" {
		t.Errorf("nothing of the call waits, and it stands on Today: %s", got)
	}
	s.post(page+"/absence", nil).has(".toast", "is over")
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// running gives the owner a call with a coach who signs in on pages, and begins
// it.
func (s *site) running(parts ...work.SharedPart) (coach *site, id work.CallID) {
	s.t.Helper()
	ctx := s.t.Context()
	coach = s.join("Kenji Mori", "kenji@example.org")
	zone, windows := "America/Chicago", "Thu 18-22"
	_, err := calls.EditHours.Do(ctx, s.app, coach.me, calls.NewHours{Windows: &windows, Zone: &zone})
	s.must(err)
	shared, err := coaching.Start.Do(ctx, s.app, s.me, coaching.StartSharing{Coach: coach.me.Person, Showing: coaching.Showing{Parts: parts}})
	s.must(err)
	times, err := calls.CallTimes.Do(ctx, s.app, s.me, calls.OnSharing{Sharing: shared.ID})
	s.must(err)
	c, err := calls.Book.Do(ctx, s.app, s.me, calls.BookCall{Sharing: shared.ID, At: times.Free[0].From})
	s.must(err)
	s.now = times.Free[0].From
	_, err = calls.Begin.Do(ctx, s.app, s.me, calls.OnCall{Call: c.ID})
	s.must(err)
	return coach, c.ID
}

// TestACoachReadsInitialsInACall holds what a coach reads in a call against the
// names of people who did not agree, in titles, words and receivers, and shows
// the names once they agree.
func TestACoachReadsInitialsInACall(t *testing.T) {
	s := newSite(t)
	ana := s.join("Anacanary Lopezcanary", "ana@example.org")
	added := s.add("Ring Anacanary every friday 1h")
	kept := s.add("Greet anacanary lopezcanary every friday 1h")
	given := s.drafted(s.onPlate("Spring open day 20h due 27 mar"), work.Strategic, ana.me.Person, url.Values{
		"brief.outcome": {"Forty families came."}, "due": {"27 mar"}, "authority.level": {"5"},
	})
	s.post(given+"/offer", nil).is(http.StatusOK)
	ana.move(given, work.MoveAccept, url.Values{"read_back": {"Forty families come; I begin with the hotel."}}).is(http.StatusOK)
	coach, id := s.running(work.SharePlate, work.SharePromises)
	on := calls.OnCall{Call: id}
	for _, d := range []calls.NewDecision{
		{Kind: call.Promise, Words: "Let Lopezcanary alone"},
		{Kind: call.Delegate, Task: added.ID, Receiver: ana.me.Person},
	} {
		d.OnCall = on
		_, err := calls.Decide.Do(t.Context(), s.app, s.me, d)
		s.must(err)
	}
	answers := func() string {
		t.Helper()
		lines, err := calls.Tasks.Do(t.Context(), s.app, coach.me, calls.AskTasks{Call: id})
		s.must(err)
		seen, err := calls.Show.Do(t.Context(), s.app, coach.me, calls.AskCall{Call: id})
		s.must(err)
		text, err := json.Marshal([]any{lines, seen})
		s.must(err)
		return string(text)
	}
	page := func() string {
		p := coach.get(s.to("/calls/%d", id)).is(http.StatusOK)
		p.doc.Find("select[name=receiver]").Remove() // the people a fellow member knows themselves
		return p.text("main")
	}
	for where, text := range map[string]string{"answer": answers(), "page": page()} {
		if strings.Contains(strings.ToLower(text), "canary") {
			t.Errorf("the %s names somebody who did not agree: %s", where, text)
		}
		for _, want := range []string{"Greet A. L.", "Ring A. L.", "Let A. L. alone"} {
			if !strings.Contains(text, want) {
				t.Errorf("the %s lacks %q: %s", where, want, text)
			}
		}
	}
	shown, err := coaching.List.Do(t.Context(), s.app, s.me, app.Page{})
	s.must(err)
	ana.post(s.to("/namings/%d", shown.Items[0].ID), url.Values{"yes": {"yes"}}).is(http.StatusOK)
	for where, text := range map[string]string{"answer": answers(), "page": page()} {
		if !strings.Contains(text, "Ring Anacanary") || !strings.Contains(text, "Anacanary Lopezcanary") {
			t.Errorf("the %s hides somebody who agreed: %s", where, text)
		}
	}

	// What is not shown any more cannot be named either.
	_, err = coaching.Change.Do(t.Context(), s.app, s.me, coaching.ChangeSharing{Sharing: shown.Items[0].ID, Showing: coaching.Showing{Parts: []work.SharedPart{work.ShareHours}}})
	s.must(err)
	lines, err := calls.Tasks.Do(t.Context(), s.app, coach.me, calls.AskTasks{Call: id})
	s.must(err)
	if len(lines.Items) != 0 {
		t.Errorf("a coach who sees the hours alone can name %v", lines.Items)
	}
	_, err = calls.Decide.Do(t.Context(), s.app, coach.me, calls.NewDecision{OnCall: on, Kind: call.Keep, Task: kept.ID})
	if work.KindOf(err) != work.Invalid {
		t.Errorf("naming what is not shown answers %v", err)
	}
}

// TestAPromiseIsDueByTheClientsClock asks at an hour at which it is still the
// day before where the workspace is.
func TestAPromiseIsDueByTheClientsClock(t *testing.T) {
	s := newSite(t)
	zone := "Pacific/Auckland"
	_, err := people.Edit.Do(t.Context(), s.app, s.me, people.EditPerson{Person: s.me.Person, Fields: people.Fields{Zone: &zone}})
	s.must(err)
	s.now = time.Date(2026, 3, 6, 18, 0, 0, 0, time.UTC) // the 6th in Chicago, the 7th in Auckland
	c, err := calls.Guide.Do(t.Context(), s.app, s.me, calls.GuideCall{})
	s.must(err)
	c, err = calls.Decide.Do(t.Context(), s.app, s.me, calls.NewDecision{OnCall: calls.OnCall{Call: c.ID}, Kind: call.Promise, Words: "Fridays off", Due: ical.DateOf(time.Date(2026, 3, 6, 0, 0, 0, 0, time.UTC))})
	s.must(err)
	if want := "Due on 6 March 2026; not said yet whether it is kept."; c.Decisions[0].Became != want {
		t.Errorf("it became %q, want %q", c.Decisions[0].Became, want)
	}
}
