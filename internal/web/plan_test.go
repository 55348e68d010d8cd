package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/work"
)

func TestAPlanProposesAndMakesDrafts(t *testing.T) {
	s := newSite(t)
	s.get(s.to("/plan")).is(http.StatusOK).has("main", "Nothing to plan yet")
	s.add("Order exam supplies every day 45m")
	jamie := s.knows("Jamie Chen", work.Teammate, work.Skill{Name: "ordering supplies", Level: 4})
	s.get(s.to("/plan")).has(".notice", "Jamie Chen releases no hours, so the plan proposes nothing for them.")
	released := work.Minutes(600)
	must(s, people.Edit, people.EditPerson{Person: jamie.ID, Fields: people.Fields{Released: &released}})
	p := s.get(s.to("/plan?grow=20")).is(http.StatusOK)
	p.has("#drafts", "to Jamie Chen")
	p.lacks("main", "releases no hours")
	if got := p.doc.Find("#grow").AttrOr("value", ""); got != "20" {
		t.Errorf("the slider stands at %q", got)
	}
	s.get(p.choose(p.doc.Find(`#drafts button:contains("Not Jamie")`))).is(http.StatusOK).lacks("main", "to Jamie Chen")
	s.post(s.to("/plan/drafts"), url.Values{"grow": {"20"}}).has(".toast", "Tick what you want")
	sent := url.Values{}
	p.doc.Find("#drafts input").Each(func(_ int, e *goquery.Selection) { sent.Add(e.AttrOr("name", ""), e.AttrOr("value", "")) })
	made := s.post(s.to("/plan/drafts"), sent).is(http.StatusOK)
	made.has(".toast", "1 draft is ready")
	if !strings.Contains(made.path, "draft") {
		t.Errorf("drafts lead to %s", made.path)
	}
	for _, odd := range []string{"?grow=200", "?grow=x", "?pin=1", "?forbid=x:y"} {
		if got := s.get(s.to("/plan%s", odd)).status; got != http.StatusUnprocessableEntity {
			t.Errorf("%s answers %d", odd, got)
		}
	}
}

// TestThePlanAsksToPassOutgrownWorkOn: it is shown with its reasons once it is
// proven, and asking leaves everything as agreed.
func TestThePlanAsksToPassOutgrownWorkOn(t *testing.T) {
	dana := newSite(t)
	ben := dana.join("Ben Hall", "ben@example.org")
	ana := dana.join("Ana Lopez", "ana@example.org")
	released := work.Minutes(300)
	for person, level := range map[work.PersonID]int{ben.me.Person: 4, ana.me.Person: 2} {
		must(dana, people.Edit, people.EditPerson{Person: person, Fields: people.Fields{Released: &released, Skills: &[]work.Skill{{Name: "scheduling", Level: level}}}})
	}
	id := dana.onPlate("Build the rota every day 30m")
	must(dana, tasks.Edit, tasks.EditTask{Task: id, Fields: tasks.Fields{Skills: &[]work.Skill{{Name: "scheduling", Level: 3}}}})
	page := dana.drafted(id, work.Assignment, ben.me.Person, url.Values{"brief.outcome": {"The rota hangs."}, "rule": {"every day"}})
	dana.post(page+"/offer", nil)
	ben.move(page, work.MoveAccept, nil)
	for day := range 9 {
		if day < 5 {
			dana.get(dana.to("/plan?grow=75")).lacks("main", "To pass on")
		}
		dana.pass(24 * time.Hour)
		ben.now = dana.now
		ben.move(page, work.MoveDone, nil)
	}
	dana.pass(4 * 24 * time.Hour)
	dana.get(dana.to("/plan?grow=20")).lacks("main", "To pass on")
	shown := dana.get(dana.to("/plan?grow=75")).is(http.StatusOK)
	shown.has("[aria-labelledby=passings]", "from Ben Hall to Ana Lopez")
	shown.has("[aria-labelledby=passings] .reasons", "Ben Hall has outgrown it: scheduling at level 4, and it needs 3")
	sent := url.Values{}
	shown.doc.Find("[aria-labelledby=passings] form input").Each(func(_ int, e *goquery.Selection) { sent.Add(e.AttrOr("name", ""), e.AttrOr("value", "")) })
	sent.Set("words", "May I pass the rota on?")
	dana.post(dana.to("/plan/passings"), sent).has(".toast", "Ben Hall is asked. Everything stays as agreed until they say yes.").lacks("main", "To pass on")
	ben.get(page).has(".item.mine", "May I pass the rota on?")
	dana.post(dana.to("/plan/passings"), sent).has(".toast", "does not propose to pass")
	sent.Set("delegation", "x")
	dana.post(dana.to("/plan/passings"), sent).is(http.StatusNotFound)
}

// TestStretchTasksAreLimited on a card and in the settings, and the plan shows
// how many somebody would have.
func TestStretchTasksAreLimited(t *testing.T) {
	s := newSite(t)
	id := s.onPlate("Order exam supplies every day 45m")
	must(s, tasks.Edit, tasks.EditTask{Task: id, Fields: tasks.Fields{Skills: &[]work.Skill{{Name: "purchasing", Level: 4}}}})
	jamie := s.knows("Jamie Chen", work.Teammate, work.Skill{Name: "purchasing", Level: 2})
	card := s.to("/people/%d", jamie.ID)
	form := s.get(card).is(http.StatusOK).values("form[action$='/people/" + idField(jamie.ID) + "']")
	form.Set("hours_per_week", "10")
	form.Set("stretch_tasks", "1")
	s.post(card, form).is(http.StatusOK)
	p := s.get(s.to("/plan?grow=100")).is(http.StatusOK)
	p.has("[aria-labelledby=loads]", "1 of 1 stretch task").has("#drafts .chip", "a stretch")
	form = s.get(card).is(http.StatusOK).values("form[action$='/people/" + idField(jamie.ID) + "']")
	if form.Get("stretch_tasks") != "1" {
		t.Errorf("the card holds %v", form)
	}
	form.Set("stretch_tasks", "many")
	s.post(card, form).is(http.StatusUnprocessableEntity).has("main", "a whole number from 0 to 20")
	form.Set("stretch_tasks", "")
	s.post(card, form).is(http.StatusOK)
	settings := s.get(s.to("/settings")).values("form[action$='/workspace']")
	if settings.Get("stretch_tasks") != "2" {
		t.Errorf("the workspace's settings are %v", settings)
	}
	settings.Set("stretch_tasks", "0")
	s.post(s.to("/workspace"), settings).is(http.StatusOK).has(".toast", "Saved.")
	s.get(s.to("/plan?grow=100")).lacks("#drafts .chip", "a stretch").has("main", "Jamie Chen takes no stretch tasks")
}
