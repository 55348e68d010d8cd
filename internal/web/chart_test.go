package web

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baton/internal/work"
)

func TestBarsStandWhereTheirValuesSay(t *testing.T) {
	week := func(n int, v ...float64) work.Period {
		p := work.Period{From: monday.AddDate(0, 0, 7*n), To: monday.AddDate(0, 0, 7*n+7), Values: map[string]*float64{"less_overload": nil, "trust": nil}}
		if len(v) > 0 {
			p.Values["less_overload"], p.Values["trust"] = &v[0], &v[0]
		}
		return p
	}
	type at struct {
		Y, Height      int
		Below, Counted bool
		Says           string
	}
	for _, c := range []struct {
		name    string
		promise work.Promise
		periods []work.Period
		zero    int
		want    []at
	}{
		{"hours above and below zero", work.Promise{Name: "less_overload", Unit: "hours"}, []work.Period{week(0, -2), week(1), week(2, 6)}, 54, []at{
			{54, 18, true, true, "−2 h"}, {0, 0, false, false, "nothing to count"}, {0, 54, false, true, "6 h"},
		}},
		{"percentages reach to a hundred", work.Promise{Name: "trust", Unit: "percent"}, []work.Period{week(0, 50), week(1, 0)}, 72, []at{
			{36, 36, false, true, "50 %"}, {71, 1, false, true, "0 %"},
		}},
		{"one of a scale", work.Promise{Name: "less_overload", Unit: "of 5"}, []work.Period{week(0, 1), week(1, 5)}, 72, []at{{58, 14, false, true, "1 of 5"}, {0, 72, false, true, "5 of 5"}}},
		{"one step", work.Promise{Name: "less_overload", Unit: "steps"}, []work.Period{week(0, 1), week(1, 2)}, 72, []at{{36, 36, false, true, "1 step"}, {0, 72, false, true, "2 steps"}}},
		{"nothing but zeros", work.Promise{Name: "less_overload", Unit: "hours"}, []work.Period{week(0, 0)}, 0, []at{{0, 1, false, true, "0 h"}}},
	} {
		drawn := chartOf(c.promise, c.periods, "UTC")
		var got []at
		right := -1
		for _, b := range drawn.Bars {
			got = append(got, at{b.Y, b.Height, b.Below, b.Counted, b.Says})
			if b.X <= right || b.X+b.Width > chartWidth || b.Y+b.Height > chartHeight {
				t.Errorf("%s: the bar %+v stands outside or on another", c.name, b)
			}
			right = b.X + b.Width - 1
		}
		if drawn.tells() != (len(c.periods) > 1) {
			t.Errorf("%s: is drawn: %v", c.name, drawn.tells())
		}
		if diff := cmp.Diff(c.want, got); diff != "" || drawn.Zero != c.zero {
			t.Errorf("%s: zero at %d, want %d: %s", c.name, drawn.Zero, c.zero, diff)
		}
	}
}

// TestTheLedgerDrawsWhatItsTableSays compares each card's bars with its table.
func TestTheLedgerDrawsWhatItsTableSays(t *testing.T) {
	s := newSite(t)
	empty := s.get(s.to("/ledger")).is(200)
	if empty.doc.Find("svg rect").Length() != 0 {
		t.Error("an empty ledger draws bars")
	}
	empty.has("#promise-trust + p", "Nothing yet")
	ana := s.join("Ana Lopez", "ana@example.org")
	page := s.drafted(s.onPlate("Water the plants every day 40m"), work.Assignment, ana.me.Person, url.Values{
		"brief.outcome": {"The plants stand upright."}, "rule": {"every day"},
	})
	s.post(page+"/offer", nil)
	ana.move(page, work.MoveAccept, nil)
	for range 9 {
		s.pass(24 * time.Hour)
		ana.move(page, work.MoveDone, nil)
	}
	p := s.get(s.to("/ledger?days=28")).is(200)
	if n := p.doc.Find(".chart").Length(); n == 0 {
		t.Fatal("nothing is drawn")
	}
	for _, card := range p.doc.Find("section:has(.figure):not(:has(.chart))").EachIter() {
		if figure := card.Find(".figure").Text(); !strings.HasPrefix(figure, "0 ") && !strings.HasPrefix(figure, "Nothing yet") {
			t.Errorf("%s is %s and is not drawn", card.Find("h2").Text(), figure)
		}
	}
	for _, card := range p.doc.Find("section:has(.chart)").EachIter() {
		rows, bars := card.Find("tbody tr").Length(), card.Find("rect").Length()
		silent := card.Find(`td:contains("nothing to count")`).Length()
		if rows == 0 || bars != rows-silent {
			t.Errorf("%s: %d bars, %d rows of which %d count nothing", card.Find("h2").Text(), bars, rows, silent)
		}
		for i, bar := range card.Find("rect title").EachIter() {
			if i == 0 && bar.Text() == "" {
				t.Error("a bar without words")
			}
		}
	}
}

// TestALedgerNumberLeadsToWhatItIsMadeOf follows each number to its list, which
// only its owner's own events are in.
func TestALedgerNumberLeadsToWhatItIsMadeOf(t *testing.T) {
	s := newSite(t)
	ana := s.join("Ana Lopez", "ana@example.org")
	page := s.drafted(s.onPlate("Water the plants every day 40m"), work.Assignment, ana.me.Person, url.Values{
		"brief.outcome": {"The plants stand upright."}, "rule": {"every day"},
	})
	s.post(page+"/offer", nil)
	ana.move(page, work.MoveAccept, nil)
	for range 60 { // more than a page of the list
		s.pass(24 * time.Hour)
		ana.move(page, work.MoveDone, nil)
	}
	s.signIn()
	p := s.get(s.to("/ledger?days=365&by=quarter")).is(200)
	p.has(`option[value="quarter"][selected]`, "By quarter")
	links := p.doc.Find(".figure a")
	if links.Length() != 5 {
		t.Fatalf("%d of five numbers lead on", links.Length())
	}
	for _, a := range links.EachIter() {
		s.get(a.AttrOr("href", "")).is(200)
	}
	hours := s.get(p.doc.Find("section:has(#promise-less_overload) .figure a").AttrOr("href", "")).is(200)
	hours.has(".sources li:first-child .numbers", "+40 min")
	if n := hours.doc.Find(".sources li").Length(); n != 50 {
		t.Errorf("%d on the first page", n)
	}
	older := s.get(hours.doc.Find(".paging a").AttrOr("href", "")).is(200)
	older.has(".sources li:last-child .numbers", "−10 min")
	if n := older.doc.Find(".sources li").Length(); n != 11 {
		t.Errorf("%d on the second", n)
	}
	if n := ana.get(s.to("/ledger/less_overload")).is(200).doc.Find(".sources li").Length(); n != 0 {
		t.Errorf("the receiver sees %d of them", n)
	}
	growth := s.get(s.to("/ledger/people_who_grow?days=365")).is(200)
	growth.has(".sources", "The first work of Ana Lopez that you accepted")
	for _, name := range []string{"people_who_grow", "work_done_well", "less_overload"} {
		if n := s.get(s.to("/ledger/%s?days=365", name)).doc.Find(".sources .chip").Length(); n != 0 {
			t.Errorf("%s: %d stand beside the number, where everything is in it", name, n)
		}
	}
	ana.move(page, work.MoveAsk, url.Values{"text": {"Which can?"}})
	s.get(s.to("/ledger/work_done_well?days=365")).has(".sources li:first-child", "Asked").has(".sources li:first-child .chip", "beside the number")
	s.get(s.to("/ledger/happiness")).is(404)
}
