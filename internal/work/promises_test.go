package work

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// check holds the promises of the design, 1 to 6, against every delegation.
func (w *world) check() {
	for _, d := range w.ds {
		w.checkItems(d)
		w.checkTerms(d)
		w.checkNarrow(d)
		fresh := d.Events()[w.looked[d.ID]:]
		for _, e := range fresh {
			w.checkDecided(d, e)
			w.checkAgreed(d, e)
			w.checkRecipients(d, e)
		}
		w.checkHolders(d, fresh, w.items)
		w.looked[d.ID] = len(d.Events())
		for _, it := range d.Items {
			w.items[it.ID] = true
		}
	}
	w.checkCarried()
}

// checkItems: every open item has one holder and an answer-by, and somebody
// who is there holds it or its clock stands still.
func (w *world) checkItems(d *Delegation) {
	t := w.t
	for _, it := range d.Open() {
		_, holderAway := w.absent[it.Holder]
		_, principalAway := w.absent[it.Principal()]
		switch {
		case it.Holder == 0 || it.AnswerBy.IsZero():
			t.Fatalf("promise 1: open item %s of %s has holder %d, answer by %v", it.Kind, d.State, it.Holder, it.AnswerBy)
		case d.State == Ended && it.Blocking:
			t.Fatalf("promise 1: an ended delegation has a blocking %s", it.Kind)
		case it.Frozen.IsZero() && holderAway:
			t.Fatalf("the %s is with %d, who is away (%v)", it.Kind, it.Holder, w.absent)
		case !it.Frozen.IsZero() && !principalAway, it.For != 0 && !principalAway:
			t.Fatalf("the %s did not return to %d", it.Kind, it.Principal())
		case it.For != 0 && (it.Holder == d.Receiver || it.For == d.Receiver && it.Holder == d.Giver):
			t.Fatalf("the %s of %d is with the other side, %d", it.Kind, it.For, it.Holder)
		case it.Frozen.IsZero() && it.DueAt().Before(w.now.AddDate(0, -2, 0)):
			t.Fatalf("%s was due at %v and nothing happened by %v", it.Kind, it.DueAt(), w.now)
		}
	}
	if who, _ := d.Mover(); who == 0 && (d.State == Active || d.State == Offered) {
		t.Fatalf("it is nobody's move in %s", d.State)
	}
	if g, away := d.cover(d.Giver); away && g != 0 {
		if r, _ := d.cover(d.Receiver); r == g {
			t.Fatalf("%d stands in for both sides", g)
		}
	}
}

// checkTerms: every version stays as it was first written, and the one in force
// is the one agreed to.
func (w *world) checkTerms(d *Delegation) {
	for _, terms := range []*Terms{&d.Terms, d.Proposal} {
		if terms == nil {
			continue
		}
		v := version{d.ID, terms.Version}
		if d.State == Draft && !wasShown(d) { // nobody has read it yet
			if terms.Version != 1 {
				w.t.Fatalf("a draft nobody has read is at version %d", terms.Version)
			}
			delete(w.versions, v)
		}
		if before, known := w.versions[v]; !known {
			w.versions[v] = *terms
		} else if diff := cmp.Diff(before, *terms, sameRule); diff != "" {
			w.t.Fatalf("promise 3: version %d changed: %s", terms.Version, diff)
		}
		if terms.Version > d.Newest {
			w.t.Fatalf("promise 3: version %d is newer than the newest, %d", terms.Version, d.Newest)
		}
	}
	if d.Agent && (d.State == Offered || d.State == Active) && d.Terms.Authority.Level > AgentCap {
		w.t.Fatalf("software holds level %d in %s", d.Terms.Authority.Level, d.State)
	}
	if d.Agent && d.Proposal != nil && d.State == Active && d.Proposal.Authority.Level > AgentCap {
		w.t.Fatalf("software is proposed level %d", d.Proposal.Authority.Level)
	}
	if d.State == Active && d.Terms.Version != d.Agreed {
		w.t.Fatalf("promise 3: version %d is in force, %d was agreed", d.Terms.Version, d.Agreed)
	}
}

// wasShown reports whether a draft was shown to somebody or offered once.
func wasShown(d *Delegation) bool {
	return slices.ContainsFunc(d.Items, func(it Item) bool { return it.Kind == Interest || it.Kind == OfferItem })
}

// checkAgreed: terms come into force by the side that did not write them, or
// as what the giver says was agreed outside.
func (w *world) checkAgreed(d *Delegation, e Event) {
	acting := e.By
	if e.For != 0 {
		acting = e.For
	}
	switch e.Kind {
	case AcceptedTerms:
		if acting != d.Receiver && !(e.Detail.Outside && acting == d.Giver) {
			w.t.Fatalf("promise 3: %d accepted for %d", acting, d.Receiver)
		}
	case TermsAgreed:
		if by := w.versions[version{d.ID, e.Detail.Terms}].By; acting == by {
			w.t.Fatalf("promise 3: %d agreed to their own terms", by)
		}
	}
}

// checkNarrow: a hand-on is as narrow as what it was handed on from, and does
// not outlive it.
func (w *world) checkNarrow(d *Delegation) {
	p := w.find(d.Parent)
	if d.State == Ended || p == nil {
		return
	}
	if wide := p.Terms.Authority.Narrows(d.Terms.Authority); wide != "" {
		w.t.Fatalf("promise 4: %s", wide)
	}
	if p.State == Ended {
		w.t.Fatalf("promise 4: a hand-on is %s, and what it was handed on from ended", d.State)
	}
}

// checkDecided: whatever was decided was within every limit, or somebody said
// yes who may; each level up the chain was heard; and silence let no money pass
// without a limit.
func (w *world) checkDecided(d *Delegation, e Event) {
	t, dec, chain := w.t, w.decisions[e.Detail.Decision], w.chain(d)
	switch e.Kind {
	case DeliveryAccepted:
		if e.Detail.Status == "silence" && d.Terms.Price > 0 && d.Terms.Per != PerOccurrence {
			t.Fatalf("promise 5: silence accepted a delivery that is paid for")
		}
		return
	case DecisionMade, WentAhead:
		for _, link := range chain {
			if total := link.Authority.Limits.Total; total != nil && link.Spent.Money > *total && dec.Amount > 0 {
				t.Fatalf("promise 4: %s spends %d of %d under %d", e.Kind, link.Spent.Money, *total, link.Delegation)
			}
			if link.Paused {
				t.Fatalf("%s while decisions of %d are paused", e.Kind, link.Delegation)
			}
		}
	case DecisionApproved, DecisionChanged:
	default:
		return
	}
	if dec.State == DecisionDecided && dec.Outside != "" && dec.AnsweredBy == 0 {
		t.Fatalf("promise 5: decided outside the limits without the giver: %+v", dec)
	}
	heard := -1
	for i, link := range chain {
		switch word := w.said(d, dec.ID, link.Giver); {
		case word == "decided", word == "went ahead" && link.Authority.Level >= Intend:
			heard = i
		}
		if i == heard && e.Kind == WentAhead && dec.Amount > 0 && !link.Authority.CoversMoney() && w.said(d, dec.ID, link.Giver) == "went ahead" {
			t.Fatalf("promise 5: silence approved money")
		}
	}
	if next := heard + 1; next < len(chain) && chain[next].Authority.Level <= Intend {
		t.Fatalf("%s at level %d, and giver %d was not heard", e.Kind, chain[next].Authority.Level, chain[next].Giver)
	}
}

// said is how a giver answered a decision since it was last revised.
func (w *world) said(d *Delegation, id DecisionID, giver PersonID) (word string) {
	for _, it := range d.Items {
		switch {
		case it.Decision != id || it.Open():
		case it.Kind == Objection:
			word = ""
		case it.Principal() == giver && (it.Kind == ToApprove || it.Kind == Intention):
			word = it.Result
		}
	}
	return word
}

// checkCarried: somebody carries the task, one person, and it is back with the
// giver where a delegation ended without being finished.
func (w *world) checkCarried() {
	carriers := map[PersonID]bool{}
	for _, d := range w.ds {
		if d.Outcome.Returns() && d.Carrier() != d.Giver {
			w.t.Fatalf("promise 2: %s and still with %d", d.Outcome, d.Carrier())
		}
		if d.State == Active && !w.carriedBelow(d.ID) {
			carriers[d.Carrier()] = true
		}
	}
	if len(carriers) > 1 {
		w.t.Fatalf("promise 2: the task is on several plates: %v%s", carriers, w)
	}
}

// carriedBelow reports whether somebody further down agreed to carry it.
func (w *world) carriedBelow(id DelegationID) bool {
	return slices.ContainsFunc(w.ds, func(c *Delegation) bool {
		return c.Parent == id && (c.State == Active || c.State == Offered && w.carriedBelow(c.ID))
	})
}

// String tells the delegations and what happened to each.
func (w *world) String() string {
	var b strings.Builder
	for _, d := range w.ds {
		fmt.Fprintf(&b, "\n%d below %d: %d to %d, %s %s:", d.ID, d.Parent, d.Giver, d.Receiver, d.State, d.Outcome)
		for _, e := range d.Events() {
			fmt.Fprintf(&b, " %s(%d)", e.Kind, e.By)
		}
	}
	return b.String()
}

func TestPromisesHoldOverRandomHistories(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { history(t, rapid.IntRange(1, 160).Draw(t, "steps")) })
}

// history lets people act at random, and holds the promises after every step.
func history(t *rapid.T, steps int) *world {
	w := newWorld(t)
	for range steps {
		w.step()
		w.check()
	}
	return w
}

// TestHistoriesReachEveryMove: what the promises are held against is the whole
// table, each row in each of its states.
func TestHistoriesReachEveryMove(t *testing.T) {
	taken := map[row]int{}
	histories := rapid.Custom(func(t *rapid.T) *world { return history(t, 160) })
	for seed := range 500 {
		for r, n := range histories.Example(seed).taken {
			taken[r] += n
		}
	}
	for _, m := range Moves {
		for _, s := range m.In {
			if taken[row{m.Name, s, m.Item}] == 0 {
				t.Errorf("no history takes %s in %s, answering %q", m.Name, s, m.Item)
			}
		}
	}
}

func TestTimeInOneStepOrManyIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		d := w.ds[0]
		_ = d.Offer(w.act(giver), receiver, time.Time{})
		if rapid.Bool().Draw(t, "accepted") {
			_ = d.Accept(w.act(receiver), 1, "I post it")
			_, _ = d.Decide(w.act(receiver), w.decision(), w.chain(d))
		}
		w.settle()
		end := w.now.AddDate(0, 0, rapid.IntRange(1, 90).Draw(t, "days"))
		once, often := w.copy(), w.copy()
		once.pass(end.Sub(w.now))
		for often.now.Before(end) {
			often.pass(min(7*time.Hour, end.Sub(often.now)))
		}
		if diff := cmp.Diff(once.ds[0].Events(), often.ds[0].Events(), sameRule); diff != "" {
			t.Fatalf("one late call differs from many timely ones: %s", diff)
		}
	})
}

// copy is a world of its own with the first delegation.
func (w *world) copy() *world {
	c, d := *w, *w.ds[0]
	d.Items = slices.Clone(d.Items)
	d.turn = turn{events: slices.Clone(d.turn.events)}
	c.decisions, c.turns = map[DecisionID]Decision{}, map[OccurrenceID]Occurrence{}
	for id, dec := range w.decisions {
		c.decisions[id] = dec
	}
	c.ds, d.NextID = []*Delegation{&d}, c.next
	return &c
}
