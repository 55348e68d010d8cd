package delegations

import (
	"baton/internal/app"
	"baton/internal/work"
)

// StateDecision is something decided, intended or done.
type StateDecision struct {
	On
	Item           work.ItemID  `json:"item,omitempty" doc:"Of an objection: which one"`
	Words          string       `json:"words" minLength:"1" maxLength:"2000" doc:"What is decided"`
	Kind           string       `json:"kind,omitempty" maxLength:"100" doc:"One of the kinds the terms list"`
	Amount         work.Money   `json:"amount,omitempty" minimum:"0" doc:"Minor units"`
	Minutes        work.Minutes `json:"minutes,omitempty" minimum:"0"`
	Recommendation string       `json:"recommendation,omitempty" maxLength:"2000"`
}

func (in StateDecision) decision() work.Decision {
	return work.Decision{Words: in.Words, Kind: in.Kind, Amount: in.Amount, Time: in.Minutes, Recommendation: in.Recommendation}
}

// Decide states a decision; the authority rules whether it is recorded,
// intended with notice, or asked.
var Decide = move("decide", "decisions", "Decide: recorded, announced or asked, as your authority says.", app.AReceiver, "", func(s *scene, in StateDecision) error {
	var err error
	s.ruling, err = s.d.Decide(s.act, in.decision(), s.chain)
	return err
})

// AnswerTo answers a decision that needs the giver.
type AnswerTo struct {
	On
	Item   work.ItemID   `json:"item,omitempty" doc:"Which one, where there are several"`
	Yes    bool          `json:"yes"`
	Reason string        `json:"reason,omitempty" maxLength:"2000"`
	Words  string        `json:"words,omitempty" maxLength:"2000" doc:"Yes, but to this instead"`
	Amount *work.Money   `json:"amount,omitempty"`
	Time   *work.Minutes `json:"minutes,omitempty"`
}

// decision returns the decision a move would answer, and its item.
func (s *scene) decision(m work.MoveName, item work.ItemID) (work.Decision, work.ItemID, error) {
	it, err := s.d.Meant(s.act, m, item)
	if err != nil {
		return work.Decision{}, 0, err
	}
	dec, err := s.tx.Decision(s.ctx, it.Decision)
	return dec, it.ID, err
}

// AnswerDecision says yes, no with a reason, or yes to something else.
var AnswerDecision = move("answer_decision", "decisions/answer", "Say yes to a decision, no with a reason, or change it.", app.AGiver, "", func(s *scene, in AnswerTo) error {
	move := work.MoveApprove
	if !in.Yes {
		move = work.MoveRefuse
	}
	dec, item, err := s.decision(move, in.Item)
	if err != nil {
		return err
	}
	var change *work.Decision
	if in.Words != "" || in.Amount != nil || in.Time != nil {
		other := dec
		if in.Words != "" {
			other.Words = in.Words
		}
		if in.Amount != nil {
			other.Amount = *in.Amount
		}
		if in.Time != nil {
			other.Time = *in.Time
		}
		change = &other
	}
	return s.d.AnswerDecision(s.act, item, dec, work.AnswerTo{Yes: in.Yes, Reason: in.Reason, Change: change}, s.chain)
})

// Object stops an intention before it goes ahead.
var Object = move("object", "intentions/objection", "Object to an intention, with a reason.", app.AGiver, "", func(s *scene, in OnItem) error {
	dec, item, err := s.decision(work.MoveObject, in.Item)
	if err != nil {
		return err
	}
	return s.d.Object(s.act, item, dec, in.Text)
})

// ReviseDecision answers an objection with something else.
var ReviseDecision = move("revise_decision", "objections/revision", "Answer an objection with something else.", app.AReceiver, "", func(s *scene, in StateDecision) error {
	dec, item, err := s.decision(work.MoveReviseIt, in.Item)
	if err != nil {
		return err
	}
	return s.d.ReviseDecision(s.act, item, dec, in.decision(), s.chain)
})

// DropDecision lets go of what was objected to.
var DropDecision = move("drop_decision", "objections/drop", "Let go of what was objected to.", app.AReceiver, "", func(s *scene, in OnItem) error {
	dec, item, err := s.decision(work.MoveDropIt, in.Item)
	if err != nil {
		return err
	}
	return s.d.DropDecision(s.act, item, dec)
})

// Happened records something done outside the limits.
var Happened = move("happened", "happenings", "Record something you did outside the limits: done, not decided.", app.AReceiver, "", func(s *scene, in StateDecision) error {
	return s.d.Happened(s.act, in.decision(), s.chain)
})

// AnswerHappened ratifies what happened, or asks to mend it.
var AnswerHappened = move("answer_happened", "happenings/answer", "Ratify what happened, or ask to mend it.", app.AGiver, "", func(s *scene, in YesNo) error {
	move := work.MoveRatify
	if !in.Yes {
		move = work.MoveMend
	}
	dec, item, err := s.decision(move, in.Item)
	if err != nil {
		return err
	}
	return s.d.AnswerHappened(s.act, item, dec, in.Yes, in.Note)
})

// Pause stops decisions at once without recalling the work.
var Pause = move("pause", "pause", "Pause decisions at once; the work stays.", app.AGiver, "delegation.resume", func(s *scene, in Why) error {
	return s.d.Pause(s.act, in.Reason)
})

// Resume lets decisions go on.
var Resume = move("resume", "pause/end", "Let decisions go on.", app.AGiver, "delegation.pause", func(s *scene, _ On) error {
	return s.d.Resume(s.act)
})

// RequestUpdate asks for an update before its time.
var RequestUpdate = move("request_update", "update-requests", "Ask for an update before its time.", app.AGiver, "", func(s *scene, in Text) error {
	return s.d.RequestUpdate(s.act, in.Text)
})

// Update is a check-in.
type Update struct {
	On
	Status   string `json:"status" enum:"on_track,stuck,need_you"`
	Note     string `json:"note,omitempty" maxLength:"5000"`
	Feedback bool   `json:"feedback,omitempty" doc:"Ask for feedback"`
}

// CheckIn gives an update.
var CheckIn = move("check_in", "check-ins", "Give an update: on track, stuck, or need you.", app.AReceiver, "", func(s *scene, in Update) error {
	return s.d.GiveUpdate(s.act, in.Status, in.Note, in.Feedback)
})

// GiveFeedback answers an update.
type GiveFeedback struct {
	On
	Item    work.ItemID  `json:"item,omitempty"`
	Text    string       `json:"text" minLength:"1" maxLength:"5000"`
	Minutes work.Minutes `json:"minutes,omitempty" minimum:"0" doc:"What it took"`
}

// Feedback answers an update.
var Feedback = move("feedback", "feedback", "Give feedback on an update.", app.AGiver, "", func(s *scene, in GiveFeedback) error {
	return s.d.GiveFeedback(s.act, in.Item, in.Text, in.Minutes)
})
