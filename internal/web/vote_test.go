package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"baton/internal/app/clock"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/ical"
	"baton/internal/work"
)

// decisionArea puts a decision area on the plate.
func (s *site) decisionArea(title string) work.TaskID {
	kind := work.DecisionArea
	return must(s, tasks.Add, tasks.AddTask{Fields: tasks.Fields{Kind: &kind, Title: &title}}).ID
}

// TestABlindVoteOnTwoPages starts a vote on one member's page and settles it
// once the other's level is in: neither page says the other's before.
func TestABlindVoteOnTwoPages(t *testing.T) {
	ada := newSite(t)
	ben := ada.join("Ben", "ben@clinic.example")
	task := ada.decisionArea("Hiring for the front desk")
	form := ada.to("/tasks/%d/votes", task)
	ada.get(form).is(http.StatusOK).has("option", "Ben")
	ada.post(form, url.Values{"person": {""}, "question": {"Who picks?"}}).is(http.StatusUnprocessableEntity).has(".wrong", "Say whom the level is for")
	ada.post(form, url.Values{"person": {idField(ben.me.Person)}, "question": {" "}}).is(http.StatusUnprocessableEntity).has(".wrong", "Ask a question")
	started := ada.post(form, url.Values{
		"person": {idField(ben.me.Person)}, "question": {"Who picks whom we hire?"}, "examples": {"Whom to invite\nWhat to pay\n"}, "answer_by_words": {"friday"},
	}).is(http.StatusOK)
	started.has("main", "What to pay").has(".pagehead", "0 of 2 are in")
	page := started.doc.Find(`form[action$="/ballot"]`).AttrOr("action", "")
	page = strings.TrimSuffix(page, "/ballot")

	ben.get(ben.to("/today")).has("section h2", "Your vote").has("section a", "Your vote on “Hiring for the front desk” by")
	ben.post(page+"/ballot", url.Values{"reason": {"I did it"}}).is(http.StatusUnprocessableEntity).has(".wrong", "Choose a level, a number from 1 to 7.")
	in := ben.post(page+"/ballot", url.Values{"level": {"6"}, "reason": {"I hired the last two"}}).is(http.StatusOK)
	in.has(".toast", "Your level is in").has("h2", "Your level is in; you can change it").lacks("h2", "What everybody said")
	for _, path := range []string{page, ada.to("/today"), ada.to("/decision-areas"), ada.to("/votes"), ada.to("/history"), ada.to("/tasks/%d", task), ada.to("/history?task=%d", task)} {
		ada.get(path).is(http.StatusOK).lacks("main", "I hired the last two")
	}
	revealed := ada.post(page+"/ballot", url.Values{"level": {"3"}, "reason": {"Not alone yet"}}).is(http.StatusOK)
	revealed.has("h2", "What everybody said").has("main", "“I hired the last two”").has("h2", "Say why").has("h2", "Settle on a level")
	revealed.has("main", "Yours was the lowest level.")
	ben.get(page).has("main", "Yours was the highest level.")
	ben.post(page+"/words", url.Values{"words": {"I would tell you before I sign"}}).is(http.StatusOK).has("main", "I would tell you before I sign")
	ben.post(page+"/settlement", url.Values{"level": {"5"}}).is(http.StatusUnprocessableEntity).has(".problem", "offers it to you")
	again := ada.post(page+"/rounds", nil).is(http.StatusOK)
	again.has(".pagehead", "0 of 2 are in").has("h2", "What everybody said in round 1")
	ada.post(page+"/ballot", url.Values{"level": {"5"}})
	ben.post(page+"/ballot", url.Values{"level": {"5"}}).has("h2", "What everybody said in round 2").lacks("h2", "Say why")
	settled := ada.post(page+"/settlement", url.Values{"level": {"5"}}).is(http.StatusOK)
	ada.get(ada.to("/history")).has(".rows a[href='"+page+"']", "“Hiring for the front desk”")
	settled.has(".pagehead", "Settled on level 5 by you").has("a.button", "See the terms it went to")
	ada.get(ada.to("/decision-areas")).has(".board.wide td a", "Level 5, a draft")

	other := ada.post(form, url.Values{"person": {idField(ben.me.Person)}, "question": {"Once more?"}}).is(http.StatusOK)
	gone := ada.post(strings.TrimSuffix(other.doc.Find(`form[action$="/ballot"]`).AttrOr("action", ""), "/ballot")+"/withdrawal", nil).is(http.StatusOK)
	gone.has(".pagehead", "Withdrawn by you").lacks("button", "Say it")
	cleo := ada.join("Cleo", "cleo@clinic.example")
	cleo.get(page).is(http.StatusNotFound)
	cleo.get(cleo.to("/votes")).has(".empty h2", "No vote yet")
}

// TestAVoteSaysWhoIsAway: the page names who is away, and a vote they are missed
// in is revealed without them.
func TestAVoteSaysWhoIsAway(t *testing.T) {
	ada := newSite(t)
	ben, cleo := ada.join("Ben", "ben@clinic.example"), ada.join("Cleo", "cleo@clinic.example")
	today := ical.Today(ada.app.Now(), "America/Chicago")
	absences := []work.Absence{{From: today.AddDays(-2), To: today.AddDays(20)}}
	must(ada, people.Edit, people.EditPerson{Person: cleo.me.Person, Fields: people.Fields{Absences: &absences}})
	if err := clock.Advance(t.Context(), ada.app, ada.app.Now()); err != nil {
		t.Fatal(err)
	}
	form := ada.to("/tasks/%d/votes", ada.decisionArea("Hiring"))
	started := ada.post(form, url.Values{"person": {idField(ben.me.Person)}, "question": {"Who hires?"}, "voters": {idField(cleo.me.Person)}}).is(http.StatusOK)
	started.has("#voters ~ ul li", "Cleo away").has("main", "nobody waits for them").lacks("#voters ~ ul li", "Ben away")
	ballot := started.doc.Find(`form[action$="/ballot"]`).AttrOr("action", "")
	cleo.get(strings.TrimSuffix(ballot, "/ballot")).is(http.StatusOK).has("#voters ~ ul li", "You away")
	ada.post(ballot, url.Values{"level": {"3"}}).lacks("h2", "What everybody said")
	ben.post(ballot, url.Values{"level": {"5"}}).has("h2", "What everybody said").lacks("main", "away")
}

// TestAGuestVotesOnTheirPage: somebody without an account finds the vote on the
// page of their link, and its page leads nowhere else.
func TestAGuestVotesOnTheirPage(t *testing.T) {
	ada := newSite(t)
	homes := ada.somebody("Bright Homes", work.Provider, "")
	area := ada.decisionArea("The rooms")
	form := ada.to("/tasks/%d/votes", area)
	ada.get(form).has("h2", "Nobody here to vote with")
	page := ada.drafted(area, work.Strategic, homes, url.Values{"brief.outcome": {"The rooms are ready."}})
	made := ada.post(page+"/offer", nil).is(http.StatusOK)
	link := strings.TrimPrefix(made.doc.Find("#f-link").AttrOr("value", ""), ada.app.URL)
	guest := ada.stranger()
	guest.get(link).is(http.StatusOK).lacks("h2", "A vote on a level")

	ada.get(form).has("option", "Bright Homes (by their link)")
	started := ada.post(form, url.Values{"person": {idField(homes)}, "question": {"Who orders the soap?"}}).is(http.StatusOK)
	theirs := started.doc.Find(`form[action$="/ballot"]`).AttrOr("action", "")
	ada.post(theirs, url.Values{"level": {"2"}, "reason": {"They changed the soap"}})
	found := guest.get(link).is(http.StatusOK).has("section a", "The rooms").has("section .chip", "your vote")
	vote := found.doc.Find(`section[aria-labelledby="votes"] a`).AttrOr("href", "")
	if !strings.HasPrefix(vote, link+"/votes/") {
		t.Fatalf("the vote is at %q", vote)
	}
	seen := guest.get(vote).is(http.StatusOK).has("main", "Who orders the soap?").has("h2", "Which level for you?").lacks("main", "They changed the soap")
	for _, a := range seen.doc.Find("a[href], form[action]").EachIter() {
		if at := a.AttrOr("href", a.AttrOr("action", "")); !strings.HasPrefix(at, link) {
			t.Errorf("a guest's page leads to %s", at)
		}
	}
	guest.post(vote+"/ballot", url.Values{}).is(http.StatusUnprocessableEntity).has(".wrong", "from 1 to 7")
	revealed := guest.post(vote+"/ballot", url.Values{"level": {"5"}, "reason": {"We buy it every week"}}).is(http.StatusOK)
	revealed.has(".notice", "Your level is in.").has("main", "They changed the soap").has("h2", "Say why")
	guest.post(vote+"/words", url.Values{"words": {"We tell you before"}}).is(http.StatusOK).has("main", "We tell you before")
	settled := guest.post(vote+"/settlement", url.Values{"level": {"4"}}).is(http.StatusOK)
	settled.has("main", "Settled on level 4 by you").lacks("button", "Settle")
	guest.get(link).has("main", "Bright Homes").lacks("h2", "A vote on a level")
	guest.post(vote+"/withdrawal", nil).is(http.StatusNotFound)
}
