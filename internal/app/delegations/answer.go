package delegations

import (
	"baton/internal/app"
	"baton/internal/work"
)

// AcceptTerms agrees to the terms that were read.
type AcceptTerms struct {
	On
	Terms    int    `json:"terms" minimum:"1" doc:"The version of the terms you read"`
	ReadBack string `json:"read_back,omitempty" maxLength:"5000" doc:"Strategic: the outcome and your first step, in your own words"`
}

// Accept agrees to an offer.
var Accept = move("accept", "acceptance", "Accept the terms you read.", app.AReceiver, "delegation.hand_back", func(s *scene, in AcceptTerms) error {
	return s.d.Accept(s.act, in.Terms, in.ReadBack)
})

// Why is an optional reason.
type Why struct {
	On
	Reason string `json:"reason,omitempty" maxLength:"2000"`
}

// Decline refuses an offer; a reason is optional.
var Decline = move("decline", "refusal", "Decline; a reason is optional and nobody's match suffers.", app.AReceiver, "delegation.offer", func(s *scene, in Why) error {
	return s.d.Decline(s.act, in.Reason)
})

// GivenOutside is an answer the receiver gave outside.
type GivenOutside struct {
	On
	Yes   bool   `json:"yes"`
	Words string `json:"words,omitempty" maxLength:"2000" doc:"How and when they answered"`
}

// AnswerFor records the answer a receiver gave outside, marked so.
var AnswerFor = move("answer_for", "told-answer", "Record an answer the receiver gave you outside; it is marked so.", app.AGiver, "delegation.recall", func(s *scene, in GivenOutside) error {
	return s.d.Answered(s.act, in.Yes, in.Words)
})

// Withdraw takes back an offer.
var Withdraw = move("withdraw", "withdrawal", "Withdraw an offer nobody accepted.", app.AGiver, "delegation.start", func(s *scene, in Why) error {
	return s.d.Withdraw(s.act, in.Reason)
})

// OtherTerms are what the other side would agree to.
type OtherTerms struct {
	On
	Seen  int        `json:"seen" minimum:"1" doc:"The newest version of the terms you read"`
	Terms work.Terms `json:"terms"`
	Note  string     `json:"note,omitempty" maxLength:"2000"`
	Talk  bool       `json:"talked,omitempty" doc:"They are the result of a talk"`
}

// Propose answers with other terms, or opens new ones.
var Propose = move("propose", "proposal", "Propose other terms.", app.AParty, "", func(s *scene, in OtherTerms) error {
	return s.d.Propose(s.act, in.Seen, in.Terms, in.Note, in.Talk)
})

// Seen names the version of the terms that was read.
type Seen struct {
	On
	Terms int `json:"terms" minimum:"1" doc:"The version of the terms you read"`
}

// Agree takes the proposed terms.
var Agree = move("agree", "proposal/agreement", "Agree to the proposed terms you read.", app.AHolder, "delegation.propose", func(s *scene, in Seen) error {
	return s.d.Agree(s.act, in.Terms)
})

// Keep refuses the proposed terms.
var Keep = move("keep", "proposal/refusal", "Keep the present terms.", app.AHolder, "delegation.propose", func(s *scene, in Why) error {
	return s.d.Keep(s.act, in.Reason)
})

// Confirm says an agreement made aloud is written down right.
var Confirm = move("confirm", "confirmation", "Confirm what was agreed aloud.", app.AReceiver, "delegation.propose", func(s *scene, in Seen) error {
	return s.d.Confirm(s.act, in.Terms)
})

// Text is something said.
type Text struct {
	On
	Text string `json:"text,omitempty" maxLength:"5000"`
}

// ReadBack says the outcome and first step in the receiver's own words.
var ReadBack = move("read_back", "read-back", "Say the outcome and your first step in your own words.", app.AReceiver, "", func(s *scene, in Text) error {
	return s.d.SayReadBack(s.act, in.Text)
})

// YesNo is an answer with a note.
type YesNo struct {
	On
	Item work.ItemID `json:"item,omitempty" doc:"Which one, where there are several"`
	Yes  bool        `json:"yes"`
	Note string      `json:"note,omitempty" maxLength:"5000"`
}

// ConfirmReadBack says the read-back is right, or what it misses.
var ConfirmReadBack = move("confirm_read_back", "read-back/confirmation", "Confirm or correct the read-back.", app.AGiver, "", func(s *scene, in YesNo) error {
	return s.d.ConfirmReadBack(s.act, in.Yes, in.Note)
})

// AskQuestion is a question to the giver.
type AskQuestion struct {
	On
	Text     string `json:"text" minLength:"1" maxLength:"5000"`
	Blocking bool   `json:"blocking,omitempty" doc:"The work cannot go on without the answer"`
}

// Ask puts a question.
var Ask = move("ask", "questions", "Ask the giver a question.", app.AReceiver, "", func(s *scene, in AskQuestion) error {
	return s.d.Ask(s.act, in.Text, in.Blocking)
})

// OnItem answers one item; without one, the only one it can mean.
type OnItem struct {
	On
	Item work.ItemID `json:"item,omitempty" doc:"Which one, where there are several"`
	Text string      `json:"text,omitempty" maxLength:"5000"`
}

// Answer answers a question.
var Answer = move("answer", "answers", "Answer a question; one that was handed back, with what you would do.", app.AHolder, "", func(s *scene, in OnItem) error {
	return s.d.Answer(s.act, in.Item, in.Text)
})

// TurnBack hands a question back: what would you do?
var TurnBack = move("turn_back", "questions/return", "Hand a question back: what would you do?", app.AGiver, "delegation.answer", func(s *scene, in OnItem) error {
	return s.d.TurnBack(s.act, in.Item, in.Text)
})

// Go says to do what the receiver would do.
var Go = move("go", "suggestions/go", "Say go to what the receiver would do.", app.AGiver, "", func(s *scene, in OnItem) error {
	return s.d.Go(s.act, in.Item, in.Text)
})

// AddTo says to do what the receiver would do, and what else to mind.
var AddTo = move("add_to", "suggestions/additions", "Say go to what the receiver would do, and add to it.", app.AGiver, "", func(s *scene, in OnItem) error {
	return s.d.AddTo(s.act, in.Item, in.Text)
})
