package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"baton/internal/app/plans"
	"baton/internal/work"
)

// TestAPlanIsSettledByHand presses what the plan offers beside a proposal, takes
// each choice back, and settles a pair the plan did not propose: all without
// scripts, in the address alone.
func TestAPlanIsSettledByHand(t *testing.T) {
	s := newSite(t)
	s.fill()
	row := func(p *sheet, task string) *goquery.Selection {
		return p.doc.Find("#drafts li").FilterFunction(func(_ int, li *goquery.Selection) bool { return li.Find(".what a").First().Text() == task })
	}
	to := func(p *sheet, task string) string {
		return strings.TrimPrefix(row(p, task).Find(".what strong").Text(), "to ")
	}
	press := func(p *sheet, in *goquery.Selection, label string) *sheet {
		t.Helper()
		pressed := in.Find("a, button[form=choose]").FilterFunction(func(_ int, a *goquery.Selection) bool { return strings.HasPrefix(a.Text(), label) }).First()
		if pressed.Length() == 0 {
			t.Fatalf("there is no %q: %s", label, in.Text())
		}
		if href, link := pressed.Attr("href"); link {
			return s.get(href).is(http.StatusOK)
		}
		return s.get(p.choose(pressed)).is(http.StatusOK)
	}
	start := s.get(s.to("/plan?grow=30")).is(http.StatusOK).lacks("main", "take it back")
	task := start.doc.Find("#drafts li .what a").First().Text()
	person := to(start, task)
	if task == "" || person == "" {
		t.Fatal("the plan proposes nothing")
	}

	without := press(start, row(start, task), "Not "+person).has(".chips", "“"+task+"”: not "+person)
	if to(without, task) == person {
		t.Errorf("%s still goes to %s", task, person)
	}
	other := without.doc.Find("#drafts li .what a").First().Text()
	both := press(without, row(without, other), "Only me").has(".chips", "“"+task+"”: not "+person).has(".chips", "“"+other+"”: only me")
	press(both, both.doc.Find(".chips"), "“"+other+"”").has(".chips", "“"+task+"”: not "+person).lacks(".chips", "only me")

	kept := press(start, row(start, task), "Only me").has(".chips", "“"+task+"”: only me")
	if to(kept, task) != "" {
		t.Errorf("%s goes to %s, though only I do it", task, to(kept, task))
	}
	fixed := press(start, row(start, task), "Only "+person).has(".chips", "only "+person)
	if to(fixed, task) != person {
		t.Errorf("%s goes to %q", task, to(fixed, task))
	}
	for _, p := range []*sheet{without, kept, fixed} {
		back := press(p, p.doc.Find(".chips"), "“"+task+"”").lacks("main", "take it back")
		if got := to(back, task); got != person {
			t.Errorf("taken back, %s goes to %q", task, got)
		}
		if grow := back.doc.Find("#grow").AttrOr("value", ""); grow != "30" {
			t.Errorf("the slider went to %s", grow)
		}
	}

	form := kept.doc.Find("form:has(#settle-task)")
	choose := func(list, text string) string {
		return form.Find(list+" option").FilterFunction(func(_ int, o *goquery.Selection) bool { return o.Text() == text }).AttrOr("value", "")
	}
	q := url.Values{"task": {choose("#settle-task", task)}, "person": {choose("#settle-person", person)}, "settle": {"pin"}}
	form.Find("input[type=hidden]").Each(func(_ int, in *goquery.Selection) { q.Set(in.AttrOr("name", ""), in.AttrOr("value", "")) })
	settled := s.get(form.AttrOr("action", "")+"?"+q.Encode()).is(http.StatusOK).has(".chips", "only "+person)
	if settled.doc.Find(".chips a").Length() != 1 || to(settled, task) != person {
		t.Errorf("settled by the form: %s to %q", settled.text(".chips"), to(settled, task))
	}
	if drafted := settled.doc.Find(`#drafts input[name="pin"]`).Length(); drafted != 1 {
		t.Error("the drafts would be made without the choice")
	}
	for _, bad := range []string{"settle=pin", "settle=else&task=1&person=1", "settle=forbid&task=x&person=1"} {
		s.get(s.to("/plan?%s", bad)).is(http.StatusNotFound)
	}
}

// choose is where a button leads that settles a choice of the plan.
func (p *sheet) choose(button *goquery.Selection) string {
	form := p.doc.Find("#choose")
	q := url.Values{"settle": {button.AttrOr("value", "")}}
	form.Find("input").Each(func(_ int, in *goquery.Selection) { q.Set(in.AttrOr("name", ""), in.AttrOr("value", "")) })
	return form.AttrOr("action", "") + "?" + q.Encode()
}

// TestAPlanSettledByHandMovesLittleElse: one choice is listed as a move with its
// reason, the rest stays as it was on the page, marked so; and the drafts are
// those of the plan that was seen.
func TestAPlanSettledByHandMovesLittleElse(t *testing.T) {
	s := newSite(t)
	s.fill()
	start := s.get(s.to("/plan?grow=30")).is(http.StatusOK).lacks("main", "Since the plan before").lacks("main", "as before")
	row := start.doc.Find("#drafts li").First()
	task, person := row.Find(".what a").First().Text(), strings.TrimPrefix(row.Find(".what strong").Text(), "to ")
	mine := s.get(start.choose(row.Find(`button:contains("Only me")`))).is(http.StatusOK)
	mine.has("[aria-labelledby=sums]", "and what moving costs").has("[aria-labelledby=moves]", task+" from "+person+" to you").has("[aria-labelledby=moves]", "You pinned it to yourself.")
	moves, stayed := mine.doc.Find("[aria-labelledby=moves] li").Length(), mine.doc.Find(`#drafts .quiet:contains("as before"), .rows .quiet:contains("as before")`).Length()
	if moves == 0 || stayed < moves {
		t.Errorf("%d moved, %d stayed: %s", moves, stayed, mine.text("[aria-labelledby=moves]"))
	}
	same := s.get(s.to("/plan?%s", mine.values("[aria-labelledby=moves] form").Encode())).is(http.StatusOK)
	if same.text("[aria-labelledby=moves]") != mine.text("[aria-labelledby=moves]") {
		t.Error("asked the same again, the plan moves something else")
	}
	if mine.values("#drafts").Get("was") == "" {
		t.Error("the drafts would be of another plan")
	}
	asked := mine.values("#drafts")
	asked.Del("task")
	s.get(s.to("/plan/%s?%s", strings.TrimPrefix(row.Find(".what a").AttrOr("href", ""), s.to("/tasks/")), asked.Encode())).has("main", "Moved since the plan before, from "+person+" to you. You pinned it to yourself.")
	again := s.get(s.to("/plan?%s", mine.values("#choose").Encode())).is(http.StatusOK)
	again.has("[aria-labelledby=moves]", "Nothing moved:")
	s.get(s.to("/plan?move_price=x")).is(http.StatusUnprocessableEntity)
}

// TestAVeryLargePlanIsNotCarriedAlong: an address that long would get lost.
func TestAVeryLargePlanIsNotCarriedAlong(t *testing.T) {
	s := planSheet{Plan: plans.Plan{Proposals: make([]plans.Proposal, 1)}}
	for task := range work.TaskID(400) {
		s.Plan.AsWas = append(s.Plan.AsWas, choice{Task: task + 1000, Person: 12})
	}
	if got := s.next().Was; len(got) != 400 {
		t.Errorf("of 400 tasks %d are carried along", len(got))
	}
	s.Plan.AsWas = append(s.Plan.AsWas, s.Plan.AsWas...)
	if got := s.next().Was; len(got) != 0 {
		t.Errorf("of 800 tasks %d are carried along", len(got))
	}
}
