package work

import (
	"time"

	"pgregory.net/rapid"
)

// make makes a move of the table, whatever it needs drawn at random.
func (w *world) make(d *Delegation, by PersonID, c Choice) error {
	a := w.act(by)
	var dec Decision
	if it := d.Item(c.On); it != nil {
		dec = w.decisions[it.Decision]
	}
	switch c.Name {
	case MoveRevise:
		return d.Revise(a, "", w.receives(d), w.terms("revised", d.Above), wasShown(d))
	case MoveShow:
		return d.Show(a, []PersonID{w.receives(d), candidate})
	case MoveInterest:
		return d.SayInterest(a, c.On, rapid.Bool().Draw(w.t, "interested"), "")
	case MoveOffer:
		return d.Offer(a, w.receives(d), time.Time{})
	case MoveTell:
		return d.Tell(a, w.receives(d), a.At.AddDate(0, -1, 0), "over coffee")
	case MoveAccept:
		return d.Accept(a, d.Terms.Version, "I will post it")
	case MoveRecord:
		return d.Answered(a, rapid.Bool().Draw(w.t, "yes"), "on the phone")
	case MoveDiscard:
		return d.CanDiscard(a)
	case MoveDecline:
		return d.Decline(a, "")
	case MoveWithdraw:
		return d.Withdraw(a, "")
	case MoveUndoOffer:
		return d.UndoOffer(a)
	case MovePropose:
		return d.Propose(a, d.Newest, w.terms("other", d.Above), "", rapid.Bool().Draw(w.t, "talked"))
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
	case MoveGo:
		return d.Go(a, c.On, "")
	case MoveAddTo:
		return d.AddTo(a, c.On, "and tell Wei")
	default:
		return w.makeActive(d, a, c, dec)
	}
}

func (w *world) makeActive(d *Delegation, a Act, c Choice, dec Decision) error {
	switch c.Name {
	case MoveDecide:
		_, err := d.Decide(a, w.decision(), w.chain(d))
		return err
	case MoveApprove, MoveRefuse:
		return d.AnswerDecision(a, c.On, dec, AnswerTo{Yes: c.Name == MoveApprove, Reason: "because"}, w.chain(d))
	case MoveObject:
		return d.Object(a, c.On, dec, "too dear")
	case MoveReviseIt:
		return d.ReviseDecision(a, c.On, dec, w.decision(), w.chain(d))
	case MoveDropIt:
		return d.DropDecision(a, c.On, dec)
	case MoveHappened:
		return d.Happened(a, w.decision(), w.chain(d))
	case MoveRatify, MoveMend:
		return d.AnswerHappened(a, c.On, dec, c.Name == MoveRatify, "note")
	case MovePause:
		return d.Pause(a, "")
	case MoveResume:
		return d.Resume(a)
	default:
		return w.makeWork(d, a, c)
	}
}

func (w *world) makeWork(d *Delegation, a Act, c Choice) error {
	switch c.Name {
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
	case MoveReturnTurn:
		return d.ReturnTurn(a, d.Unsettled[rapid.IntRange(0, len(d.Unsettled)-1).Draw(w.t, "turn")], "the windows too")
	case MoveHandOn:
		return w.handOn(d, a)
	default:
		return w.makeLast(d, a, c)
	}
}

func (w *world) makeLast(d *Delegation, a Act, c Choice) error {
	switch c.Name {
	case MoveDefect:
		return d.FindDefect(a, "a shift twice")
	case MoveMended:
		return d.Mended(a, c.On, "")
	case MoveGiveNotice:
		if d.Standing() && d.Is(a.By, AsGiver) && rapid.Bool().Draw(w.t, "to pass it on") {
			return d.AskToPassOn(a, "May I pass it on?")
		}
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
	w.t.Fatalf("the table has %s, and no history makes it", c.Name)
	return nil
}

func (w *world) handOn(d *Delegation, a Act) error {
	child, err := d.HandOn(a, DelegationID(w.next()), "", w.terms("handed on", &d.Terms.Authority))
	if err == nil {
		w.add(child)
	}
	return err
}

// receives is who is next down the chain.
func (w *world) receives(d *Delegation) PersonID {
	down := map[PersonID]PersonID{giver: receiver, receiver: second, second: third, third: candidate, successor: receiver}
	if next := down[d.Giver]; next != 0 && !w.gone[next] {
		return next
	}
	return stranger
}
