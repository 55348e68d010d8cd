package delegations

import (
	"cmp"
	"context"
	"time"

	"baton/internal/app"
	"baton/internal/app/people"
	"baton/internal/ical"
	"baton/internal/work"
)

// A HandOver is what was done.
type HandOver struct {
	On
	Part string `json:"part,omitempty" doc:"A part of the brief; the whole unless said"`
	Note string `json:"note,omitempty" maxLength:"5000"`
}

// Deliver hands over the whole or a part.
var Deliver = move("deliver", "deliveries", "Deliver the whole or a part.", app.AReceiver, "", func(s *scene, in HandOver) error {
	return s.d.Deliver(s.act, in.Part, in.Note)
})

// Receive accepts a delivery.
var Receive = move("accept_delivery", "deliveries/acceptance", "Accept a delivery.", app.AHolder, "delegation.defect", func(s *scene, in OnItem) error {
	return s.d.Receive(s.act, in.Item, in.Text)
})

// Return sends a delivery back with notes.
var Return = move("return", "deliveries/return", "Return a delivery with notes.", app.AHolder, "delegation.deliver", func(s *scene, in OnItem) error {
	return s.d.Return(s.act, in.Item, in.Text)
})

func finishTurn(m work.MoveName) func(*scene, OnItem) error {
	return func(s *scene, in OnItem) error {
		it, err := s.d.Meant(s.act, m, in.Item)
		if err != nil {
			return err
		}
		turn, err := s.tx.Occurrence(s.ctx, it.Turn)
		if err != nil {
			return err
		}
		return s.d.FinishTurn(s.act, it.ID, turn, m == work.MoveDone, in.Text)
	}
}

// Done marks a turn done; without a note in three days it counts as accepted.
var Done = move("done", "occurrences/done", "Mark the turn that is due done.", app.AReceiver, "delegation.return_turn", finishTurn(work.MoveDone))

// Skip leaves a turn out.
var Skip = move("skip", "occurrences/skip", "Skip the turn that is due.", app.AReceiver, "", finishTurn(work.MoveSkip))

// NoteTurn is a note on a turn that was done.
type NoteTurn struct {
	On
	Turn work.OccurrenceID `json:"occurrence,omitempty" doc:"The latest one done unless said"`
	Note string            `json:"note" minLength:"1" maxLength:"5000"`
}

// ReturnTurn asks to change something about a turn that was done.
var ReturnTurn = move("return_turn", "occurrences/return", "Ask to change something about a turn that was done.", app.AGiver, "", func(s *scene, in NoteTurn) error {
	var turn work.Occurrence // the rule says why there is none
	for _, o := range s.d.Unsettled {
		if in.Turn == 0 || in.Turn == o.ID {
			turn = o
		}
	}
	return s.d.ReturnTurn(s.act, turn, in.Note)
})

// FindDefect reports something wrong with what was delivered for good.
var FindDefect = move("defect", "defects", "Report a defect found later.", app.AGiver, "", func(s *scene, in Text) error {
	return s.d.FindDefect(s.act, in.Text)
})

// Mended says a defect is mended, or a returned turn put right.
var Mended = move("mended", "defects/mending", "Say that it is mended.", app.AReceiver, "", func(s *scene, in OnItem) error {
	return s.d.Mended(s.act, in.Item, in.Text)
})

// HandFurther hands on what the actor carries.
type HandFurther struct {
	On
	Kind     work.DelegationKind `json:"kind,omitempty" enum:"assignment,strategic"`
	Receiver work.PersonID       `json:"receiver,omitempty"`
	Terms    *work.Terms         `json:"terms,omitempty" doc:"Your own terms unless said; never wider"`
}

// HandOn starts a narrower delegation below the actor's own.
var HandOn = app.Write(app.Describe{
	Name: "delegation.hand_on", Method: "POST", Path: "delegations/{delegation}/hand-on", Who: app.AReceiver, Undo: "delegation.discard",
	Summary: "Hand on what you carry, never wider than your own authority: a draft.",
}, func(ctx context.Context, tx *app.Tx, in HandFurther) (Delegation, error) {
	d, chain, err := in.load(ctx, tx)
	if err != nil {
		return Delegation{}, err
	}
	children, err := tx.Delegations(ctx, childrenOf(d.ID))
	if err != nil {
		return Delegation{}, err
	}
	for _, c := range children {
		if c.State != work.Ended {
			return Delegation{}, work.Errorf(work.Conflict, "It is handed on already: delegation %d is %s.", c.ID, c.State.Words())
		}
	}
	terms := d.Terms
	if in.Terms != nil {
		terms = *in.Terms
	}
	child, err := d.HandOn(tx.Act(), work.DelegationID(tx.NextID()), in.Kind, terms)
	if err != nil {
		return Delegation{}, err
	}
	if in.Receiver != 0 {
		p, err := people.Carries(ctx, tx, in.Receiver)
		if err != nil {
			return Delegation{}, err
		}
		if err := above(chain, d.Receiver, &p); err != nil {
			return Delegation{}, err
		}
		child.Receiver = in.Receiver
	}
	if err := Settle(ctx, tx, d); err != nil {
		return Delegation{}, err
	}
	if err := Settle(ctx, tx, child); err != nil {
		return Delegation{}, err
	}
	return reload(ctx, tx, child.ID)
})

// A GiveNoticeOf says when a delegation should end.
type GiveNoticeOf struct {
	On
	Ends   ical.Date `json:"ends,omitzero" doc:"Last day; the terms' notice from today unless said"`
	Reason string    `json:"reason,omitempty" maxLength:"2000"`
}

// GiveNotice proposes an end by agreement.
var GiveNotice = move("give_notice", "notice", "Give notice: end it by agreement.", app.AParty, "", func(s *scene, in GiveNoticeOf) error {
	var ends time.Time
	if !in.Ends.IsZero() {
		ends = ical.DayDue(in.Ends, s.act.Zone).Instant()
	}
	return s.d.GiveNotice(s.act, ends, in.Reason)
})

// AskToPassOn asks whoever carries standing work for the actor whether it may
// be passed on.
func AskToPassOn(ctx context.Context, tx *app.Tx, id work.DelegationID, words string) (Delegation, error) {
	d, _, err := On{Delegation: id}.load(ctx, tx)
	if err != nil {
		return Delegation{}, err
	}
	if err := d.AskToPassOn(tx.Act(), words); err != nil {
		return Delegation{}, err
	}
	if err := Settle(ctx, tx, d); err != nil {
		return Delegation{}, err
	}
	return reload(ctx, tx, d.ID)
}

// AnswerNotice agrees to the end, or not.
var AnswerNotice = move("answer_notice", "notice/answer", "Agree to the end, or not.", app.AHolder, "", func(s *scene, in YesNo) error {
	return s.d.AnswerNotice(s.act, in.Yes, in.Note)
})

// HandBack is the receiver's exit.
var HandBack = move("hand_back", "hand-back", "Hand it back.", app.AReceiver, "delegation.start", func(s *scene, in Why) error {
	return s.d.HandBack(s.act, in.Reason)
})

// Recall is the giver's exit; it ends every hand-on below.
var Recall = move("recall", "recall", "Recall it, and everything handed on from it.", app.AGiver, "delegation.start", func(s *scene, in Why) error {
	return s.d.Recall(s.act, in.Reason)
})

// MakeMoot says that nobody needs it any more.
var MakeMoot = move("moot", "moot", "Say that it is no longer needed.", app.AGiver, "task.reopen", func(s *scene, in Why) error {
	return s.d.MakeMoot(s.act, in.Reason)
})

// Wait answers an absence: it can wait.
var Wait = move("wait", "absence/wait", "The other side is away: wait.", app.AHolder, "", func(s *scene, in OnItem) error {
	return s.d.Wait(s.act, in.Item)
})

// Thank keeps a word of thanks for the other side.
var Thank = move("thank", "thanks", "Thank the other side.", app.AParty, "", func(s *scene, in Text) error {
	return s.d.Thank(s.act, in.Text)
})

// LookBack is one side's reflection.
type LookBack struct {
	On
	Item   work.ItemID `json:"item,omitempty"`
	Thanks *bool       `json:"thanks,omitempty" doc:"Of an assignment, in place of the numbers: true thanks (worked says for what), false asks to change something (change says what)"`
	work.Reflection
}

// Reflect submits a look back; neither sees the other's before both are in.
var Reflect = move("reflect", "reflections", "Look back; neither side sees the other's before both are in.", app.AParty, "", func(s *scene, in LookBack) error {
	side := s.d.Side(s.act.By)
	if in.Thanks != nil {
		if s.d.Kind != work.Assignment {
			return work.FieldError("thanks", "A strategic delegation is looked back on with outcome, hard and free.")
		}
		in.Reflection = work.Thanks(*in.Thanks, cmp.Or(in.Worked, in.Change))
		if *in.Thanks && side == s.d.Giver {
			if err := s.d.Thank(s.act, in.Worked); err != nil {
				return err
			}
		}
	}
	if _, err := s.d.LookBack(s.act, in.Item, in.Reflection); err != nil {
		return err
	}
	return s.tx.AddReflection(s.ctx, s.d.ID, look(side, in.Reflection, s.tx.Now))
})
