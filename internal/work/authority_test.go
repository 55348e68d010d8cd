package work

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"baton/internal/ical"
)

func money(m Money) *Money       { return &m }
func minutes(m Minutes) *Minutes { return &m }

var monday = ical.Date{Year: 2026, Month: 11, Day: 23}

// bounded is an authority with every limit there is.
var bounded = Authority{Level: Intend, Limits: Limits{
	PerDecision: money(100), Total: money(250), Hours: minutes(600), Kinds: []string{"furniture", "plants"}, Until: monday,
}}

func with(change func(*Authority)) Authority {
	a := bounded
	change(&a)
	return a
}

var narrowings = []struct {
	name  string
	child Authority
	want  string
}{
	{"the same", bounded, ""},
	{"a lower level", with(func(a *Authority) { a.Level = Tell }), ""},
	{"a higher level", with(func(a *Authority) { a.Level = Inform }), "The level handed on cannot be higher than your own."},
	{"less money a decision", with(func(a *Authority) { a.Limits.PerDecision = money(0) }), ""},
	{"more money a decision", with(func(a *Authority) { a.Limits.PerDecision = money(101) }), "The money per decision cannot be more than your own limit."},
	{"no limit of money a decision", with(func(a *Authority) { a.Limits.PerDecision = nil }), "The money per decision cannot be more than your own limit."},
	{"more money in total", with(func(a *Authority) { a.Limits.Total = money(251) }), "The total money cannot be more than your own limit."},
	{"more hours", with(func(a *Authority) { a.Limits.Hours = nil }), "The hours cannot be more than your own limit."},
	{"a shorter time", with(func(a *Authority) { a.Limits.Until = monday.AddDays(-1) }), ""},
	{"a longer time", with(func(a *Authority) { a.Limits.Until = monday.AddDays(1) }), "The authority cannot last longer than your own."},
	{"no end", with(func(a *Authority) { a.Limits.Until = ical.Date{} }), "The authority cannot last longer than your own."},
	{"one of your kinds", with(func(a *Authority) { a.Limits.Kinds = []string{"Plants"} }), ""},
	{"another kind", with(func(a *Authority) { a.Limits.Kinds = []string{"plants", "cars"} }), "You may not decide about cars, so you cannot hand it on."},
	{"every kind", with(func(a *Authority) { a.Limits.Kinds = nil }), "The kinds of decision cannot be more than your own."},
}

func TestNarrows(t *testing.T) {
	for _, c := range narrowings {
		if got := bounded.Narrows(c.child); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := (Authority{Level: Autonomous}).Narrows(bounded); got != "" {
		t.Errorf("nothing is wider than no limit: %q", got)
	}
}

func TestAllows(t *testing.T) {
	free := func(l Level) []Link { return []Link{{Giver: 1, Authority: Authority{Level: l}}} }
	own := Link{Giver: 2, Authority: Authority{Level: Inform, Limits: Limits{PerDecision: money(50)}}}
	above := Link{Giver: 1, Authority: Authority{Level: Inform, Limits: Limits{Total: money(200)}}, Spent: Spent{Money: 120}}
	chain := []Link{own, above}
	listed := []Link{{Giver: 1, Authority: Authority{Level: Autonomous, Limits: Limits{Kinds: []string{"furniture", "plants"}}}}}
	paused := own
	paused.Paused = true
	for _, c := range []struct {
		name  string
		chain []Link
		dec   Decision
		want  Treatment
	}{
		{"level 1", free(Tell), Decision{}, Treatment{Ruling: Asks, Giver: 1}},
		{"level 4", free(Agree), Decision{}, Treatment{Ruling: Asks, Giver: 1}},
		{"level 5", free(Intend), Decision{}, Treatment{Ruling: Intends, Giver: 1}},
		{"level 6", free(Inform), Decision{}, Treatment{Ruling: Decides}},
		{"level 7", free(Autonomous), Decision{Amount: 1_000_000}, Treatment{Ruling: Decides}},
		{"inside both", chain, Decision{Amount: 50}, Treatment{Ruling: Decides}},
		{"of a kind in the list", listed, Decision{Kind: "Plants"}, Treatment{Ruling: Decides}},
		{"of a kind outside the list", listed, Decision{Kind: "cars"}, Treatment{MustAsk, "The authority covers furniture, plants only.", 1}},
		{"of no kind where there is a list", listed, Decision{}, Treatment{MustAsk, "The authority covers furniture, plants only.", 1}},
		{"of a kind where there is no list", free(Autonomous), Decision{Kind: "cars"}, Treatment{Ruling: Decides}},
		{"of a kind outside the list above", []Link{own, listed[0]}, Decision{Kind: "cars"}, Treatment{MustAsk, "The authority covers furniture, plants only.", 1}},
		{"over one's own limit", chain, Decision{Amount: 51}, Treatment{MustAsk, "It costs more than one decision may.", 2}},
		{"over both: the furthest up answers", chain, Decision{Amount: 81}, Treatment{MustAsk, "It would spend more than the total agreed.", 1}},
		{"what it has spent itself does not count twice", chain, Decision{Amount: 50, State: DecisionIntended}, Treatment{Ruling: Decides}},
		{"paused", []Link{paused, above}, Decision{}, Treatment{MustAsk, "Decisions are paused for now.", 2}},
		{"of another kind", []Link{{Giver: 1, Authority: bounded}}, Decision{Kind: "cars"}, Treatment{MustAsk, "The authority covers furniture, plants only.", 1}},
		{"of a kind, in capitals", []Link{{Giver: 1, Authority: bounded}}, Decision{Kind: "Plants"}, Treatment{Ruling: Intends, Giver: 1}},
		{"too long", []Link{{Giver: 1, Authority: bounded, Spent: Spent{Time: 590}}}, Decision{Kind: "plants", Time: 11}, Treatment{MustAsk, "It would take more hours than agreed.", 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, Allows(c.chain, &c.dec, monday)); diff != "" {
				t.Error(diff)
			}
		})
	}
	late := Allows([]Link{{Giver: 1, Authority: bounded}}, &Decision{Kind: "plants"}, monday.AddDays(1))
	if late.Ruling != MustAsk || !strings.Contains(late.Outside, "ended on 2026-11-23") {
		t.Errorf("after its last day: %+v", late)
	}
}

func anyAuthority(t *rapid.T, label string) Authority {
	a := Authority{Level: Level(rapid.IntRange(1, 7).Draw(t, label+" level"))}
	some := func(name string) bool { return rapid.Bool().Draw(t, label+" "+name) }
	if some("per decision") {
		a.Limits.PerDecision = money(Money(rapid.Int64Range(0, 9).Draw(t, label+" a decision")))
	}
	if some("total") {
		a.Limits.Total = money(Money(rapid.Int64Range(0, 9).Draw(t, label+" in all")))
	}
	if some("hours") {
		a.Limits.Hours = minutes(Minutes(rapid.Int64Range(0, 9).Draw(t, label+" minutes")))
	}
	if some("kinds") {
		a.Limits.Kinds = rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 2).Draw(t, label+" kinds of")
	}
	if some("until") {
		a.Limits.Until = monday.AddDays(rapid.IntRange(-2, 2).Draw(t, label+" days"))
	}
	return a
}

// TestWhatIsNarrowerAllowsNoMore: whatever a narrower authority decides alone,
// the wider one would have decided alone or announced.
func TestWhatIsNarrowerAllowsNoMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wide, narrow := anyAuthority(t, "parent"), anyAuthority(t, "child")
		dec := Decision{
			Kind: rapid.SampledFrom([]string{"", "a", "b", "c"}).Draw(t, "kind"), Amount: Money(rapid.Int64Range(0, 9).Draw(t, "amount")),
			Time: Minutes(rapid.Int64Range(0, 9).Draw(t, "time")),
		}
		if wide.Narrows(narrow) != "" {
			return
		}
		if narrow.Outside(&dec, Spent{}, monday) == "" {
			if reason := wide.Outside(&dec, Spent{}, monday); reason != "" {
				t.Fatalf("the narrower allows what the wider does not: %s", reason)
			}
		}
		if third := anyAuthority(t, "grandchild"); narrow.Narrows(third) == "" && wide.Narrows(third) != "" {
			t.Fatalf("narrower than the narrower is not narrower: %s", wide.Narrows(third))
		}
	})
}
