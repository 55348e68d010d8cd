package work

import (
	"slices"
	"testing"
	"time"
)

// What random histories found once, each told again on its own.

func by(p PersonID) Act { return Act{By: p, At: start, Zone: "UTC"} }

func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// offered is a delegation whose receiver is to answer an offer.
func offered(t *testing.T, terms Terms) *Delegation {
	t.Helper()
	ids := int64(100)
	terms.Brief.Outcome = "Twelve people sit well"
	d, err := Start(by(giver), 1, &Task{ID: 7}, Assignment, terms, func() int64 { ids++; return ids })
	must(t, err)
	must(t, d.Offer(by(giver), receiver, time.Time{}))
	return d
}

func holder(d *Delegation, kind ItemKind) PersonID {
	for _, it := range d.Open() {
		if it.Kind == kind {
			return it.Holder
		}
	}
	return 0
}

func TestTermsProposedBeforeTheAuthorityAboveWasNarrowed(t *testing.T) {
	d := agreed(t, Terms{Authority: Authority{Level: Tell}})
	d.Above = &Authority{Level: Inform}
	wide := d.Terms
	wide.Authority.Level = Inform
	must(t, d.Propose(by(receiver), 1, wide, "", false))
	d.Above = &Authority{Level: Agree}
	if err := d.Agree(by(giver), 2); KindOf(err) != Conflict {
		t.Errorf("wider than what it was handed on from: %v", err)
	}
}

func TestAPauseBelowHoldsWhatIsAnnouncedAbove(t *testing.T) {
	d := agreed(t, Terms{Authority: Authority{Level: Tell}})
	chain := up(d, Intend, Limits{})
	_, err := d.Decide(by(receiver), Decision{Words: "a lamp"}, chain)
	must(t, err, d.AnswerDecision(by(giver), 0, d.Decisions()[0], AnswerTo{Yes: true}, chain))
	chain[0].Paused = true
	dec := d.Decisions()[1]
	d.Tick(Act{At: start.AddDate(0, 0, 4), Zone: "UTC"}, map[DecisionID]Decision{dec.ID: dec}, chain)
	if got := holder(d, ToApprove); got != giver {
		t.Errorf("decisions are paused, and %d is asked about what was announced", got)
	}
}

func TestWhoObjectedFurtherUpIsAsked(t *testing.T) {
	d := agreed(t, Terms{Authority: Authority{Level: Tell}})
	chain := up(d, Intend, Limits{})
	_, err := d.Decide(by(receiver), Decision{Words: "a lamp"}, chain)
	last := func() Decision { return d.Decisions()[len(d.Decisions())-1] }
	must(t, err, d.AnswerDecision(by(giver), 0, last(), AnswerTo{Yes: true}, chain))
	must(t, d.Object(by(standIn), 0, last(), "too dear"))
	must(t, d.ReviseDecision(by(receiver), 0, last(), Decision{Words: "a candle"}, chain))
	if got := holder(d, ToApprove); got != giver {
		t.Fatalf("%d is asked first", got)
	}
	must(t, d.AnswerDecision(by(giver), 0, last(), AnswerTo{Yes: true}, chain))
	if got := holder(d, ToApprove); got != standIn {
		t.Errorf("%d is asked, not who objected; announced to %d", got, holder(d, Intention))
	}
}

func TestAbsence(t *testing.T) {
	for _, row := range []struct {
		name   string
		absent map[PersonID]PersonID
		of     PersonID
		want   PersonID
	}{
		{"here", nil, giver, 0},
		{"a stand-in", map[PersonID]PersonID{giver: standIn}, giver, standIn},
		{"whose stand-in is away too", map[PersonID]PersonID{giver: standIn, standIn: second}, giver, second},
		{"and named nobody", map[PersonID]PersonID{giver: standIn, standIn: 0}, giver, 0},
		{"in a circle", map[PersonID]PersonID{giver: standIn, standIn: second, second: giver}, giver, 0},
		{"in a circle beside them", map[PersonID]PersonID{giver: standIn, standIn: second, second: standIn}, giver, 0},
		{"the other side", map[PersonID]PersonID{giver: receiver}, giver, 0},
		{"through the other side", map[PersonID]PersonID{giver: receiver, receiver: standIn}, giver, 0},
		{"one for both: the giver's", map[PersonID]PersonID{giver: standIn, receiver: standIn}, giver, standIn},
		{"one for both: not the receiver's", map[PersonID]PersonID{giver: standIn, receiver: standIn}, receiver, 0},
		{"a reviewer's is no side", map[PersonID]PersonID{reviewer: giver}, reviewer, 0},
	} {
		d := &Delegation{Giver: giver, Receiver: receiver, Absent: row.absent}
		if got, _ := d.cover(row.of); got != row.want {
			t.Errorf("%s: %d answers, want %d", row.name, got, row.want)
		}
	}
}

func TestAReviewersDeliveryGoesToTheGiver(t *testing.T) {
	d := agreed(t, Terms{Authority: Authority{Level: Tell}, Brief: Brief{Reviewer: reviewer}})
	must(t, d.Deliver(by(receiver), "", "here"))
	for _, row := range []struct {
		absent map[PersonID]PersonID
		want   PersonID
	}{
		{nil, reviewer},
		{map[PersonID]PersonID{reviewer: third}, third},
		{map[PersonID]PersonID{reviewer: 0}, giver},
		{map[PersonID]PersonID{reviewer: 0, giver: standIn}, standIn},
		{map[PersonID]PersonID{reviewer: 0, giver: 0}, reviewer},
		{nil, reviewer},
	} {
		d.Attend(by(0), row.absent)
		if got := holder(d, Delivery); got != row.want {
			t.Errorf("with %v away %d has it, want %d", row.absent, got, row.want)
		}
	}
}

func TestAnOfferThatWasAnsweredIsNotUndone(t *testing.T) {
	d := offered(t, Terms{Authority: Authority{Level: Tell}})
	must(t, d.Propose(by(receiver), 1, d.Terms, "", false))
	if err := d.UndoOffer(by(giver)); KindOf(err) != Conflict {
		t.Errorf("an offer answered with other terms: %v", err)
	}
}

func TestAHandOnWaitsForWhatItIsHandedOnFrom(t *testing.T) {
	d := offered(t, Terms{Authority: Authority{Level: Tell}})
	d.Early = true
	if err := d.Accept(by(receiver), 1, ""); KindOf(err) != Conflict {
		t.Errorf("accepted: %v", err)
	}
	if err := d.Answered(by(giver), true, ""); KindOf(err) != Conflict {
		t.Errorf("accepted outside: %v", err)
	}
	d.Early = false
	must(t, d.Accept(by(receiver), 1, ""))
}

func TestAYesFromOutsideClosesOpenTerms(t *testing.T) {
	d := offered(t, Terms{Authority: Authority{Level: Tell}})
	must(t, d.Propose(by(receiver), 1, d.Terms, "", false), d.Answered(by(giver), true, "on the phone"))
	if d.Proposal != nil || holder(d, Proposed) != 0 {
		t.Errorf("terms are open still: %+v", d.Open())
	}
}

// TestWhoAnswersIsTold: somebody away who acts for themselves leaves what comes
// of it with their stand-in, who hears of it.
func TestWhoAnswersIsTold(t *testing.T) {
	d := offered(t, Terms{Authority: Authority{Level: Tell}})
	must(t, d.Answered(by(giver), true, ""), d.Propose(by(giver), 1, d.Terms, "", false))
	d.Told = true
	d.Attend(by(0), map[PersonID]PersonID{receiver: standIn})
	must(t, d.Keep(by(receiver), "as it was"))
	e := d.Events()[len(d.Events())-1]
	told := d.Recipients(e, nil)
	if !slices.ContainsFunc(told, func(n Notice) bool { return n.To == standIn }) || holder(d, Confirmation) != standIn {
		t.Errorf("%d is to confirm, %v are told of %s", holder(d, Confirmation), told, e.Kind)
	}
}

func TestAtLevelSixEverybodyAboveIsTold(t *testing.T) {
	d := agreed(t, Terms{Authority: Authority{Level: Inform}})
	_, err := d.Decide(by(receiver), Decision{Words: "a lamp"}, append(up(d, Inform, Limits{}), Link{Giver: second, Authority: Authority{Level: Autonomous}}))
	must(t, err)
	var told []PersonID
	for _, n := range d.Recipients(d.Events()[len(d.Events())-1], nil) {
		told = append(told, n.To)
	}
	if !slices.Equal(told, []PersonID{giver, standIn}) {
		t.Errorf("told are %v", told)
	}
}

// TestSilenceNeverApprovesMoney: a delivery that is paid for is reminded of,
// for as long as it takes; one that is not, or was paid for each turn, counts
// as accepted.
func TestSilenceNeverApprovesMoney(t *testing.T) {
	for _, row := range []struct {
		terms Terms
		want  State
	}{
		{Terms{}, Ended}, {Terms{Price: 50, Per: PerOccurrence}, Ended}, {Terms{Price: 50, Per: PerWhole}, Active}, {Terms{Price: 50, Per: PerHour}, Active},
	} {
		row.terms.Authority.Level = Tell
		d := agreed(t, row.terms)
		must(t, d.Deliver(by(receiver), "", "here"))
		if it := d.Open()[0]; (it.Silence == Remind) != (row.want == Active) {
			t.Errorf("%+v says silence will %s", row.terms, it.Silence)
		}
		d.Tick(Act{At: start.AddDate(1, 0, 0), Zone: "UTC"}, nil, nil)
		if d.State != row.want {
			t.Errorf("%d per %s: %s after a silent year", row.terms.Price, row.terms.Per, d.State)
		}
	}
}

func TestAPriceAgreedAfterTheDelivery(t *testing.T) {
	d := agreed(t, Terms{Authority: Authority{Level: Tell}})
	must(t, d.Deliver(by(receiver), "", "here"))
	paid := d.Terms
	paid.Price, paid.Per = 50, PerWhole
	must(t, d.Propose(by(receiver), 1, paid, "", false), d.Agree(by(giver), 2))
	d.Tick(Act{At: start.AddDate(1, 0, 0), Zone: "UTC"}, nil, nil)
	if d.State != Active {
		t.Errorf("%s after a silent year", d.State)
	}
}

func TestALimitTakenAwayAfterTheIntention(t *testing.T) {
	d := agreed(t, Terms{Authority: Authority{Level: Intend, Limits: Limits{Total: money(100)}}})
	chain := []Link{{1, giver, d.Terms.Authority, Spent{}, false, 1}}
	_, err := d.Decide(by(receiver), Decision{Words: "a lamp", Amount: 40}, chain)
	must(t, err)
	chain[0].Authority.Limits = Limits{}
	dec := d.Decisions()[0]
	d.Tick(Act{At: start.AddDate(0, 1, 0), Zone: "UTC"}, map[DecisionID]Decision{dec.ID: dec}, chain)
	if got := holder(d, Intention); got != giver {
		t.Errorf("after a silent month it is with %d", got)
	}
}
