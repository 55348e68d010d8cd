package work

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"baton/internal/ical"
)

const (
	giver     PersonID = 1
	receiver  PersonID = 2
	standIn   PersonID = 3
	candidate PersonID = 4
	stranger  PersonID = 9
)

var sameRule = cmpopts.EquateComparable(ical.Rule{})

var start = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC) // a Monday

// world is one delegation and all that was said about it.
type world struct {
	t         *rapid.T
	d         *Delegation
	now       time.Time
	decisions map[DecisionID]Decision
	turns     map[OccurrenceID]Occurrence
	agreed    map[int]Terms // by version, as they were when agreed
	ids       int64
	seen      int // events already looked at
}

func newWorld(t *rapid.T) *world {
	w := &world{
		t: t, now: start, ids: 100,
		decisions: map[DecisionID]Decision{}, turns: map[OccurrenceID]Occurrence{}, agreed: map[int]Terms{},
	}
	kind := rapid.SampledFrom([]DelegationKind{Assignment, Strategic}).Draw(t, "kind")
	task := &Task{ID: 7, Title: "Build the rota", Kind: PlainTask, State: TaskOpen}
	d, err := Start(w.act(giver), 50, task, kind, w.terms("first"), w.next)
	if err != nil {
		t.Fatal(err)
	}
	d.Names = map[PersonID]string{giver: "Ada", receiver: "Imani", standIn: "Wei"}
	w.d = d
	return w
}

func (w *world) next() int64 { w.ids++; return w.ids }

func (w *world) act(by PersonID) Act { return Act{By: by, At: w.now, Zone: "UTC"} }

func (w *world) terms(label string) Terms {
	t := w.t
	terms := Terms{
		Brief:     Brief{Outcome: "The rota is posted", Parts: []Part{{Name: "draft"}}},
		Authority: Authority{Level: Level(rapid.IntRange(1, 7).Draw(t, label+" level"))},
		Effort:    60,
	}
	if rapid.Bool().Draw(t, label+" limited") {
		limit := Money(rapid.Int64Range(0, 500).Draw(t, label+" limit"))
		terms.Authority.Limits.Total = &limit
	}
	if rapid.Bool().Draw(t, label+" standing") {
		terms.Rule = ical.MustRule("FREQ=WEEKLY;BYDAY=FR")
	}
	if rapid.Bool().Draw(t, label+" check-ins") {
		terms.CheckIn = ical.MustRule("FREQ=WEEKLY;BYDAY=MO")
	}
	return terms
}

func (w *world) decision() Decision {
	return Decision{Words: "buy a lamp", Recommendation: "the small one", Amount: Money(rapid.Int64Range(0, 400).Draw(w.t, "amount"))}
}

func (w *world) chain() []Link {
	spent := Spent{}
	for _, dec := range w.decisions {
		if dec.State.Counts() {
			spent.Money += dec.Amount
		}
	}
	return []Link{{Giver: giver, Authority: w.d.Terms.Authority, Spent: spent, Paused: !w.d.PausedAt.IsZero()}}
}

// step makes one random move of a random person, lets time pass, or sends
// somebody away.
func (w *world) step() {
	switch rapid.IntRange(0, 9).Draw(w.t, "what") {
	case 0:
		w.now = w.now.Add(time.Duration(rapid.IntRange(1, 240).Draw(w.t, "hours")) * time.Hour)
		w.d.Tick(Act{At: w.now, Zone: "UTC"}, w.decisions, w.chain())
	case 1:
		who := rapid.SampledFrom([]PersonID{giver, receiver}).Draw(w.t, "away")
		if _, away := w.d.Cover[who]; away {
			w.d.ComeBack(w.act(0), who)
		} else {
			w.d.GoAway(w.act(0), who, rapid.SampledFrom([]PersonID{0, standIn, giver}).Draw(w.t, "cover"))
		}
	default:
		by := rapid.SampledFrom([]PersonID{giver, receiver, standIn, candidate}).Draw(w.t, "by")
		can := w.d.Possible(w.act(by))
		if len(can) == 0 {
			return
		}
		c := rapid.SampledFrom(can).Draw(w.t, "move")
		if err := w.make(by, c); err != nil && KindOf(err) == "" {
			w.t.Fatalf("%s: not a sentence: %v", c.Name, err)
		}
	}
	w.absorb()
}

// absorb takes in what the moves said, as a store would.
func (w *world) absorb() {
	for _, dec := range w.d.turn.decisions {
		w.decisions[dec.ID] = dec
	}
	for _, turn := range w.d.turn.turns {
		w.turns[turn.ID] = turn
	}
	w.d.turn.decisions, w.d.turn.turns = nil, nil
}

func (w *world) make(by PersonID, c Choice) error {
	d, a := w.d, w.act(by)
	var dec Decision
	if it := d.Item(c.On); it != nil {
		dec = w.decisions[it.Decision]
	}
	switch c.Name {
	case MoveRevise:
		return d.Revise(a, "", 0, w.terms("revised"))
	case MoveShow:
		return d.Show(a, []PersonID{receiver, candidate})
	case MoveInterest:
		return d.SayInterest(a, c.On, true, "")
	case MoveOffer:
		return d.Offer(a, receiver, time.Time{})
	case MoveTell:
		return d.Tell(a, receiver, a.At.AddDate(0, -1, 0), "over coffee")
	case MoveAccept:
		return d.Accept(a, d.Terms.Version, "I will post it")
	case MoveDecline:
		return d.Decline(a, "")
	case MoveWithdraw:
		return d.Withdraw(a, "")
	case MoveUndoOffer:
		return d.UndoOffer(a)
	case MovePropose:
		return d.Propose(a, d.Newest, w.terms("other"), "", rapid.Bool().Draw(w.t, "talked"))
	case MoveAgree:
		return d.Agree(a, d.Proposal.Version)
	case MoveKeep:
		return d.Keep(a, "")
	case MoveConfirm:
		return d.Confirm(a, d.Terms.Version)
	case MoveReadBack:
		return d.SayReadBack(a, "I post it")
	case MoveReadBackOK:
		return d.ConfirmReadBack(a, true, "")
	case MoveReadBackNo:
		return d.ConfirmReadBack(a, false, "by the 25th")
	case MoveAsk:
		return d.Ask(a, "who covers nights?", rapid.Bool().Draw(w.t, "blocking"))
	case MoveAnswer:
		return d.Answer(a, c.On, "Wei")
	case MoveTurnBack:
		return d.TurnBack(a, c.On, "")
	default:
		return w.makeActive(a, c, dec)
	}
}

func (w *world) makeActive(a Act, c Choice, dec Decision) error {
	d := w.d
	switch c.Name {
	case MoveDecide:
		_, err := d.Decide(a, w.decision(), w.chain())
		return err
	case MoveApprove, MoveRefuse:
		return d.AnswerDecision(a, c.On, dec, AnswerTo{Yes: c.Name == MoveApprove, Reason: "because"}, w.chain())
	case MoveObject:
		return d.Object(a, c.On, dec, "too dear")
	case MoveReviseIt:
		return d.ReviseDecision(a, c.On, dec, w.decision(), w.chain())
	case MoveDropIt:
		return d.DropDecision(a, c.On, dec)
	case MoveHappened:
		return d.Happened(a, w.decision(), w.chain())
	case MoveRatify, MoveMend:
		return d.AnswerHappened(a, c.On, dec, c.Name == MoveRatify, "note")
	case MovePause:
		return d.Pause(a, "")
	case MoveResume:
		return d.Resume(a)
	case MoveRequest:
		return d.RequestUpdate(a, "")
	case MoveCheckIn:
		return d.GiveUpdate(a, rapid.SampledFrom([]string{OnTrack, Stuck, NeedYou}).Draw(w.t, "status"), "", false)
	case MoveFeedback:
		return d.GiveFeedback(a, c.On, "good", 5)
	case MoveSupport:
		return d.Support(a, 10, "")
	case MoveDeliver:
		return d.Deliver(a, rapid.SampledFrom([]string{"", "draft"}).Draw(w.t, "part"), "here")
	case MoveReceive:
		return d.Receive(a, c.On, "")
	case MoveReturn:
		return d.Return(a, c.On, "nights are missing")
	case MoveDone, MoveSkip:
		return d.FinishTurn(a, c.On, w.turns[d.Item(c.On).Turn], c.Name == MoveDone, "")
	case MoveDefect:
		return d.FindDefect(a, "a shift twice")
	case MoveMended:
		return d.Mended(a, c.On, "")
	case MoveGiveNotice:
		return d.GiveNotice(a, a.At.AddDate(0, 0, 14), "")
	case MoveAgreeEnd, MoveRefuseEnd:
		return d.AnswerNotice(a, c.Name == MoveAgreeEnd, "")
	case MoveHandBack:
		return d.HandBack(a, "")
	case MoveRecall:
		return d.Recall(a, "")
	case MoveMoot:
		return d.MakeMoot(a, "")
	case MoveWait:
		return d.Wait(a, c.On)
	case MoveReflect:
		_, err := d.LookBack(a, c.On, Reflection{Outcome: 4, Hard: 2, Free: 3})
		return err
	case MoveThank:
		return d.Thank(a, "")
	}
	return nil
}

// check holds the promises that a single delegation can keep.
func (w *world) check() {
	t, d := w.t, w.d
	for _, it := range d.Open() {
		if it.Holder == 0 || it.AnswerBy.IsZero() {
			t.Fatalf("promise 1: open item %s of %s has holder %d, answer by %v", it.Kind, d.State, it.Holder, it.AnswerBy)
		}
		if d.State == Ended && it.Blocking {
			t.Fatalf("promise 1: an ended delegation has a blocking %s", it.Kind)
		}
		if due := it.DueAt(); it.Frozen.IsZero() && due.Before(w.now.AddDate(0, -2, 0)) {
			t.Fatalf("%s was due at %v and nothing happened by %v", it.Kind, due, w.now)
		}
	}
	if d.State == Active || d.State == Offered {
		if who, _ := d.Mover(); who == 0 {
			t.Fatalf("it is nobody's move in %s", d.State)
		}
	}
	w.checkTerms()
	for _, dec := range w.decisions {
		if dec.State == DecisionDecided && dec.Outside != "" && dec.AnsweredBy == 0 {
			t.Fatalf("promise 5: decided outside the limits without the giver: %+v", dec)
		}
	}
	for _, e := range d.Events()[w.seen:] {
		if e.Kind == WentAhead && e.Detail.Money > 0 && !w.decisions[e.Detail.Decision].covered() {
			t.Fatalf("promise 5: silence approved money: %+v", e)
		}
		w.checkRecipients(e)
	}
	w.seen = len(d.Events())
}

func (dec Decision) covered() bool { return dec.Ruling == Intends && dec.Outside == "" }

func (w *world) checkTerms() {
	d := w.d
	if d.Agreed == 0 {
		return
	}
	before, known := w.agreed[d.Agreed]
	if !known {
		w.agreed[d.Agreed] = d.Terms
		return
	}
	if d.State == Active && d.Terms.Version == d.Agreed {
		if diff := cmp.Diff(before, d.Terms, sameRule); diff != "" {
			w.t.Fatalf("promise 3: agreed terms changed without agreement: %s", diff)
		}
	}
	if d.State == Active && d.Terms.Version != d.Agreed {
		w.t.Fatalf("promise 3: version %d is in force, %d was agreed", d.Terms.Version, d.Agreed)
	}
}

func (w *world) checkRecipients(e Event) {
	told := map[PersonID]bool{}
	for _, n := range w.d.Recipients(e, nil) {
		if told[n.To] || n.To == e.By || n.To == 0 || n.To == stranger {
			w.t.Fatalf("promise 6: %s tells %d (by %d)", e.Kind, n.To, e.By)
		}
		told[n.To] = true
	}
}

func TestPromisesHoldOverRandomHistories(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			w.step()
			w.check()
		}
	})
}

func TestTimeInOneStepOrManyIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		_ = w.d.Offer(w.act(giver), receiver, time.Time{})
		if rapid.Bool().Draw(t, "accepted") {
			_ = w.d.Accept(w.act(receiver), 1, "I post it")
			_, _ = w.d.Decide(w.act(receiver), w.decision(), w.chain())
		}
		w.absorb()
		once, often := clone(w), clone(w)
		end := w.now.AddDate(0, 0, rapid.IntRange(1, 90).Draw(t, "days"))
		once.d.Tick(Act{At: end, Zone: "UTC"}, once.decisions, once.chain())
		for often.now.Before(end) {
			often.now = often.now.Add(7 * time.Hour)
			if often.now.After(end) {
				often.now = end
			}
			often.d.Tick(Act{At: often.now, Zone: "UTC"}, often.decisions, often.chain())
		}
		if diff := cmp.Diff(once.d.Events(), often.d.Events(), sameRule); diff != "" {
			t.Fatalf("one late call differs from many timely ones: %s", diff)
		}
	})
}

func clone(w *world) *world {
	copied, d := *w, *w.d
	d.Items = append([]Item(nil), w.d.Items...)
	d.turn = turn{events: append([]Event(nil), w.d.turn.events...)}
	copied.d = &d
	copied.ids = w.ids
	d.NextID = copied.next
	return &copied
}
