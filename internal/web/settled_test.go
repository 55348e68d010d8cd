package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
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
		link := in.Find("a").FilterFunction(func(_ int, a *goquery.Selection) bool { return strings.HasPrefix(a.Text(), label) })
		if link.Length() == 0 {
			t.Fatalf("there is no %q: %s", label, in.Text())
		}
		return s.get(link.First().AttrOr("href", "")).is(http.StatusOK)
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
