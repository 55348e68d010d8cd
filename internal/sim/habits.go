package sim

import (
	"context"
	"maps"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/tasks"
	"baton/internal/ical"
	"baton/internal/work"
)

// scene is where somebody makes a move.
type scene struct {
	me   app.Actor
	d    delegations.Delegation
	item work.ItemID
	on   delegations.On
}

// A habit is how people of a Team make a move, and how often beside others.
type habit struct {
	often int
	make  func(t *Team, ctx context.Context, s scene) error
}

// use makes a habit of an operation.
func use[In, Out any](often int, op app.Op[In, Out], in func(t *Team, s scene) In) habit {
	return habit{often, func(t *Team, ctx context.Context, s scene) error {
		_, err := op.Do(ctx, t.app, s.me, in(t, s))
		return err
	}}
}

func why(_ *Team, s scene) delegations.Why {
	return delegations.Why{On: s.on, Reason: "It turned out so."}
}

func text(_ *Team, s scene) delegations.Text {
	return delegations.Text{On: s.on, Text: "In a few words."}
}

func item(_ *Team, s scene) delegations.OnItem {
	return delegations.OnItem{On: s.on, Item: s.item, Text: "In a few words."}
}

func seen(_ *Team, s scene) delegations.Seen {
	return delegations.Seen{On: s.on, Terms: s.d.Terms.Version}
}

func say(yes bool) func(*Team, scene) delegations.YesNo {
	return func(_ *Team, s scene) delegations.YesNo {
		return delegations.YesNo{On: s.on, Item: s.item, Yes: yes, Note: "For this reason."}
	}
}

func answer(yes bool) func(*Team, scene) delegations.AnswerTo {
	return func(_ *Team, s scene) delegations.AnswerTo {
		return delegations.AnswerTo{On: s.on, Item: s.item, Yes: yes, Reason: "For this reason."}
	}
}

func decision(t *Team, s scene) delegations.StateDecision {
	return delegations.StateDecision{On: s.on, Item: s.item, Words: "Do it another way", Amount: work.Money(t.rng.IntN(4) * 90_00)}
}

// habits has one for every move a person can make.
var habits map[work.MoveName]habit

func init() { // some of them begin a delegation, which has habits of its own
	habits = agreeing()
	maps.Copy(habits, deciding())
	maps.Copy(habits, carrying())
}

// agreeing has the moves from a draft to what both agreed on.
func agreeing() map[work.MoveName]habit {
	return map[work.MoveName]habit{
		work.MoveRevise: use(1, delegations.Revise, revision),
		work.MoveShow:   use(1, delegations.ShowSeveral, showing),
		work.MoveInterest: use(5, delegations.Interest, func(t *Team, s scene) delegations.SayInterest {
			return delegations.SayInterest{On: s.on, Yes: t.chance(60)}
		}),
		work.MoveOffer:   {5, (*Team).offer},
		work.MoveTell:    use(1, delegations.Tell, telling),
		work.MoveDiscard: use(1, delegations.Discard, func(_ *Team, s scene) delegations.On { return s.on }),
		work.MoveAccept:  use(12, delegations.Accept, acceptance),
		work.MoveRecord: use(1, delegations.AnswerFor, func(t *Team, s scene) delegations.GivenOutside {
			return delegations.GivenOutside{On: s.on, Yes: t.chance(70), Words: "By phone."}
		}),
		work.MoveDecline:    use(1, delegations.Decline, why),
		work.MoveWithdraw:   use(1, delegations.Withdraw, why),
		work.MoveUndoOffer:  use(1, delegations.UndoOffer, func(_ *Team, s scene) delegations.On { return s.on }),
		work.MovePropose:    use(1, delegations.Propose, proposal),
		work.MoveAgree:      use(6, delegations.Agree, func(_ *Team, s scene) delegations.Seen { return delegations.Seen{On: s.on, Terms: s.d.Newest} }),
		work.MoveKeep:       use(2, delegations.Keep, why),
		work.MoveConfirm:    use(6, delegations.Confirm, seen),
		work.MoveReadBack:   use(6, delegations.ReadBack, text),
		work.MoveReadBackOK: use(6, delegations.ConfirmReadBack, say(true)),
		work.MoveReadBackNo: use(2, delegations.ConfirmReadBack, say(false)),
	}
}

// deciding has questions and decisions.
func deciding() map[work.MoveName]habit {
	return map[work.MoveName]habit{
		work.MoveAsk: use(3, delegations.Ask, func(t *Team, s scene) delegations.AskQuestion {
			return delegations.AskQuestion{On: s.on, Text: "How shall it look?", Blocking: t.chance(20)}
		}),
		work.MoveAnswer:   use(6, delegations.Answer, item),
		work.MoveTurnBack: use(2, delegations.TurnBack, item),
		work.MoveGo:       use(6, delegations.Go, item),
		work.MoveAddTo:    use(2, delegations.AddTo, item),
		work.MoveDecide:   use(6, delegations.Decide, decision),
		work.MoveApprove:  use(6, delegations.AnswerDecision, answer(true)),
		work.MoveRefuse:   use(2, delegations.AnswerDecision, answer(false)),
		work.MoveObject:   use(3, delegations.Object, item),
		work.MoveReviseIt: use(3, delegations.ReviseDecision, decision),
		work.MoveDropIt:   use(3, delegations.DropDecision, item),
		work.MoveHappened: use(2, delegations.Happened, decision),
		work.MoveRatify:   use(5, delegations.AnswerHappened, say(true)),
		work.MoveMend:     use(2, delegations.AnswerHappened, say(false)),
		work.MovePause:    use(1, delegations.Pause, why),
		work.MoveResume:   use(9, delegations.Resume, func(_ *Team, s scene) delegations.On { return s.on }),
	}
}

// carrying has the moves while somebody carries it, and its ends.
func carrying() map[work.MoveName]habit {
	return map[work.MoveName]habit{
		work.MoveRequest: use(2, delegations.RequestUpdate, text),
		work.MoveCheckIn: use(6, delegations.CheckIn, update),
		work.MoveFeedback: use(6, delegations.Feedback, func(_ *Team, s scene) delegations.GiveFeedback {
			return delegations.GiveFeedback{On: s.on, Item: s.item, Text: "Well done.", Minutes: 5}
		}),
		work.MoveSupport: use(3, delegations.Support, func(_ *Team, s scene) delegations.Help { return delegations.Help{On: s.on, Minutes: 15} }),
		work.MoveDeliver: use(9, delegations.Deliver, delivery),
		work.MoveReceive: use(6, delegations.Receive, item),
		work.MoveReturn:  use(3, delegations.Return, item),
		work.MoveDone:    use(12, delegations.Done, item),
		work.MoveSkip:    use(2, delegations.Skip, item),
		work.MoveReturnTurn: use(2, delegations.ReturnTurn, func(_ *Team, s scene) delegations.NoteTurn {
			return delegations.NoteTurn{On: s.on, Note: "One thing is missing."}
		}),
		work.MoveDefect: use(1, delegations.FindDefect, text),
		work.MoveMended: use(6, delegations.Mended, item),
		work.MoveHandOn: {3, (*Team).handOn},
		work.MoveGiveNotice: use(1, delegations.GiveNotice, func(_ *Team, s scene) delegations.GiveNoticeOf {
			return delegations.GiveNoticeOf{On: s.on, Reason: "Enough for now."}
		}),
		work.MoveAgreeEnd:  use(5, delegations.AnswerNotice, say(true)),
		work.MoveRefuseEnd: use(3, delegations.AnswerNotice, say(false)),
		work.MoveHandBack:  use(1, delegations.HandBack, why),
		work.MoveRecall:    use(1, delegations.Recall, why),
		work.MoveMoot:      use(1, delegations.MakeMoot, why),
		work.MoveWait:      use(6, delegations.Wait, item),
		work.MoveReflect: use(6, delegations.Reflect, func(t *Team, s scene) delegations.LookBack {
			return delegations.LookBack{On: s.on, Item: s.item, Reflection: work.Reflection{Outcome: 1 + t.rng.IntN(5), Hard: 3, Free: 4}}
		}),
		work.MoveThank: use(1, delegations.Thank, text),
	}
}

// terms are what somebody at random would write down. Every third sets a limit
// in money, every second repeats.
func (t *Team) terms() work.Terms {
	terms := work.Terms{
		Brief:     work.Brief{Outcome: "It is done and posted.", Why: "Others rely on it.", Success: []string{"Posted"}, Parts: []work.Part{{Name: "Draft"}}},
		Authority: work.Authority{Level: work.Level(1 + t.rng.IntN(7))}, Effort: work.Minutes(15 * (1 + t.rng.IntN(8))), Notice: t.rng.IntN(15),
	}
	if t.chance(33) {
		limit := work.Money(t.rng.IntN(8) * 50_00)
		terms.Authority.Limits.Total = &limit
	}
	if t.chance(20) {
		terms.Price, terms.Per = 60_00, pick(t, []work.PricePer{work.PerOccurrence, work.PerWhole, work.PerHour})
	}
	due := ical.DayDue(ical.Today(t.now, zone).AddDays(1+t.rng.IntN(30)), zone)
	terms.Due = due
	if t.chance(50) {
		terms.Rule = ical.MustRule(pick(t, []string{"FREQ=WEEKLY;BYDAY=FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=15"}))
	}
	if t.chance(40) {
		terms.CheckIn = ical.MustRule("FREQ=WEEKLY;BYDAY=WE")
	}
	return terms
}

// receiver is somebody else: a member, or now and then a provider.
func (t *Team) receiver(me work.PersonID) work.PersonID {
	if t.chance(15) {
		return pick(t, t.outside)
	}
	for {
		if other := pick(t, t.members).Person; other != me {
			return other
		}
	}
}

func revision(t *Team, s scene) delegations.ReviseDraft {
	to := t.receiver(s.me.Person)
	return delegations.ReviseDraft{On: s.on, Receiver: &to, Terms: t.terms()}
}

func showing(t *Team, s scene) delegations.ShowTo {
	return delegations.ShowTo{On: s.on, People: []work.PersonID{t.receiver(s.me.Person), t.receiver(s.me.Person)}}
}

func telling(t *Team, s scene) delegations.Agreement {
	return delegations.Agreement{On: s.on, Receiver: t.receiver(s.me.Person), Started: t.now.AddDate(0, 0, -t.rng.IntN(20)), Words: "In the hall."}
}

func acceptance(_ *Team, s scene) delegations.AcceptTerms {
	return delegations.AcceptTerms{On: s.on, Terms: s.d.Terms.Version, ReadBack: "It is posted. I begin with a list."}
}

func proposal(t *Team, s scene) delegations.OtherTerms {
	return delegations.OtherTerms{On: s.on, Seen: s.d.Newest, Terms: t.terms(), Note: "Rather like this."}
}

func update(t *Team, s scene) delegations.Update {
	return delegations.Update{On: s.on, Status: pick(t, []string{work.OnTrack, work.OnTrack, work.Stuck, work.NeedYou}), Note: "As planned.", Feedback: t.chance(20)}
}

func delivery(t *Team, s scene) delegations.HandOver {
	return delegations.HandOver{On: s.on, Part: pick(t, []string{"", "", "Draft"}), Note: "Here it is."}
}

// offer offers a draft, and sends a link to whoever has no account.
func (t *Team) offer(ctx context.Context, s scene) error {
	in := delegations.MakeOffer{On: s.on, Receiver: t.receiver(s.me.Person)}
	if t.chance(20) {
		in.AnswerBy = t.now.Add(time.Duration(24+t.rng.IntN(240)) * time.Hour)
	}
	d, err := delegations.Offer.Do(ctx, t.app, s.me, in)
	if err != nil {
		return err
	}
	for _, p := range t.outside {
		if p == d.Receiver.ID {
			t.guests = append(t.guests, app.Actor{Workspace: t.Workspace, Person: p, Guest: d.ID})
			_, err = delegations.MakeLink.Do(ctx, t.app, s.me, s.on)
		}
	}
	return err
}

// handOn hands on, with the terms somebody has or others.
func (t *Team) handOn(ctx context.Context, s scene) error {
	in := delegations.HandFurther{On: s.on, Receiver: t.receiver(s.me.Person)}
	if t.chance(50) {
		terms := t.terms()
		in.Terms = &terms
	}
	_, err := delegations.HandOn.Do(ctx, t.app, s.me, in)
	return err
}

// begin makes a draft of something on a member's plate.
func (t *Team) begin(ctx context.Context, me app.Actor) error {
	plate, err := tasks.Plate.Do(ctx, t.app, me, tasks.AskPlate{})
	if err != nil || len(plate.Items) == 0 {
		return err
	}
	in := delegations.StartDelegation{Task: pick(t, plate.Items).ID, Kind: pick(t, []work.DelegationKind{work.Assignment, work.Assignment, work.Strategic})}
	if t.chance(70) {
		terms := t.terms()
		in.Terms = &terms
	}
	d, err := delegations.Begin.Do(ctx, t.app, me, in)
	if work.KindOf(err) == work.Conflict {
		return nil // there is one already
	}
	if err != nil || d.Terms.Brief.Outcome == "" || !t.chance(80) {
		return err
	}
	return t.tried(work.MoveOffer, t.offer(ctx, scene{me, d, 0, delegations.On{Delegation: d.ID}}))
}

// skills and lines are what a Team knows and writes down.
var (
	skills = []string{"scheduling", "billing", "teaching", "inventory", "cleaning", "newsletters"}
	lines  = []string{
		"Build the rota every other monday 2h !2", "Order supplies every friday 45m", "Write the newsletter 3h due in 2 weeks", "Call the landlord 20m",
		"Sort the receipts every month 1h", "Prepare the talk 4h due in 1 month !3", "Water the plants every tuesday 10m", "Compare printers 90m",
		"Answer reviews every week 25m", "Count the stock every month 2h", "Plan the open day 6h due in 2 months !2", "Renew the contracts 3h",
	}
)
