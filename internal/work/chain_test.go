package work

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// agreed is a delegation that is going on, with authority handed down from
// above it.
func agreed(t *testing.T, terms Terms) *Delegation {
	t.Helper()
	ids := int64(100)
	a := Act{By: giver, At: start, Zone: "UTC"}
	terms.Brief.Outcome = "Twelve people sit well"
	d, err := Start(a, 1, &Task{ID: 7}, Assignment, terms, func() int64 { ids++; return ids })
	if err == nil {
		err = d.Offer(a, receiver, time.Time{})
	}
	if err == nil {
		err = d.Accept(Act{By: receiver, At: start, Zone: "UTC"}, 1, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// up is a chain of one delegation below another, whose giver is standIn.
func up(d *Delegation, above Level, limits Limits) []Link {
	return []Link{{1, giver, d.Terms.Authority, Spent{}, false, 0}, {2, standIn, Authority{above, limits}, Spent{}, false, 2}}
}

// TestAYesIsWorthWhatItsGiverMayDecide: below level 4 and at it a yes is asked
// for further up, at level 5 it is announced there, above it is final.
func TestAYesIsWorthWhatItsGiverMayDecide(t *testing.T) {
	for _, row := range []struct {
		above  Level
		holder PersonID
		kind   ItemKind
		told   int
	}{
		{Tell, standIn, ToApprove, 0},
		{Explain, standIn, ToApprove, 0},
		{Consult, standIn, ToApprove, 0},
		{Agree, standIn, ToApprove, 0},
		{Intend, standIn, Intention, 0},
		{Inform, 0, "", 1},
		{Autonomous, 0, "", 0},
	} {
		d := agreed(t, Terms{Authority: Authority{Level: Tell}})
		chain := up(d, row.above, Limits{})
		if _, err := d.Decide(Act{By: receiver, At: start, Zone: "UTC"}, Decision{Words: "a lamp"}, chain); err != nil {
			t.Fatal(err)
		}
		err := d.AnswerDecision(Act{By: giver, At: start, Zone: "UTC"}, 0, d.Decisions()[0], AnswerTo{Yes: true, Reason: "nice"}, chain)
		if err != nil {
			t.Fatal(err)
		}
		var got Item
		for _, it := range d.Open() {
			got = it
		}
		last := d.Events()[len(d.Events())-1]
		if got.Kind != row.kind || got.Holder != row.holder || len(last.Detail.People) != row.told {
			t.Errorf("level %d above: %q is with %d, %v are told", row.above, got.Kind, got.Holder, last.Detail.People)
		}
		if state := d.Decisions()[len(d.Decisions())-1].State; (state == DecisionDecided) != (row.kind == "") {
			t.Errorf("level %d above: the decision is %s", row.above, state)
		}
	}
}

// TestSilenceInAChain: an intention nobody objects to is announced to the next
// giver up, and silence there lets no money pass without a limit of theirs.
func TestSilenceInAChain(t *testing.T) {
	d := agreed(t, Terms{Authority: Authority{Level: Intend, Limits: Limits{Total: money(500)}}})
	chain := up(d, Intend, Limits{})
	if _, err := d.Decide(Act{By: receiver, At: start, Zone: "UTC"}, Decision{Words: "a lamp", Amount: 40}, chain); err != nil {
		t.Fatal(err)
	}
	known := map[DecisionID]Decision{}
	for day := range 40 {
		for _, dec := range d.Decisions() {
			known[dec.ID] = dec
		}
		d.Tick(Act{At: start.AddDate(0, 0, day), Zone: "UTC"}, known, chain)
	}
	open := d.Open()
	if len(open) == 0 || open[0].Kind != Intention || open[0].Holder != standIn || open[0].Silence != Remind {
		t.Errorf("after forty silent days: %+v", open)
	}
}

// TestNothingIsSpentBeyondALimit: whatever is decided without a yes, under
// limits a decision and in total, on one's own and above, stays inside all.
func TestNothingIsSpentBeyondALimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := func(name string) *Money {
			if rapid.Bool().Draw(t, name) {
				return money(Money(rapid.Int64Range(0, 300).Draw(t, name+" limit")))
			}
			return nil
		}
		own := Limits{PerDecision: limit("a decision"), Total: limit("total")}
		above := Limits{PerDecision: limit("a decision above"), Total: limit("total above")}
		elsewhere := Money(rapid.Int64Range(0, 200).Draw(t, "spent elsewhere above"))
		spent := Money(0)
		for range rapid.IntRange(1, 12).Draw(t, "decisions") {
			dec := Decision{Words: "x", Amount: Money(rapid.Int64Range(0, 150).Draw(t, "amount"))}
			chain := []Link{
				{Giver: 1, Authority: Authority{Inform, own}, Spent: Spent{Money: spent}},
				{Giver: 2, Authority: Authority{Inform, above}, Spent: Spent{Money: spent + elsewhere}},
			}
			if Allows(chain, &dec, monday).Ruling != Decides {
				continue
			}
			spent += dec.Amount
			for i, l := range []Limits{own, above} {
				all := spent + Money(i)*elsewhere
				if l.PerDecision != nil && dec.Amount > *l.PerDecision || l.Total != nil && all > *l.Total {
					t.Fatalf("%d, %d in all, is decided under %+v", dec.Amount, all, l)
				}
			}
		}
	})
}

func TestMoneyReadsWhatItWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.SampledFrom([]string{"USD", "EUR", "JPY", "KWD", "XXX"}).Draw(t, "currency")
		m := Money(rapid.Int64Range(0, 1_000_000_000_000).Draw(t, "amount"))
		got, err := ParseMoney(m.Decimal(code), code)
		if err != nil || got != m {
			t.Fatalf("%d %s is %s, and reads as %d (%v)", m, code, m.Decimal(code), got, err)
		}
	})
	for _, bad := range []string{"", "-3", "3.", "1.234", "1,50", "3.-5", "1e3", "١", "99999999999999999999"} {
		if got, err := ParseMoney(bad, "USD"); KindOf(err) != Invalid && bad != "3." {
			t.Errorf("%q reads as %d (%v)", bad, got, err)
		}
	}
}
