package web

import (
	"cmp"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/work"
)

// A moveForm is how pages ask for one move: its fields, and the operation that
// makes it. Who may make it, when, and what its button says is work.Moves' to
// say; nothing here repeats it.
type moveForm struct {
	Ask     string      // a sentence above the fields
	Fields  []moveField // in their order
	Buttons []option    // one for each answer; a single one with the move's words when empty
	Answers work.ItemKind
	Group   moveGroup
	Tone    string // of the button: primary, danger, or plain
	Page    string // below the delegation's address, for what needs a page of its own
	Done    string // what was done, for the toast
	Send    sender // nil for what other pages do
}

// A moveGroup is where a move stands that answers no item.
type moveGroup int

// The groups, in the order pages show them.
const (
	nowAndThen moveGroup = iota // part of the work
	onBehalf                    // what a receiver without an account said, written down
	changing                    // the agreement changes
	ending                      // it ends
	elsewhere                   // pages of their own offer it
)

// A moveField is a field of a move's form. Its name is what the rule calls it
// when something is wrong with it.
type moveField struct {
	Name, Label, Hint string
	Kind              fieldKind
	Required          bool
	Only              func(*delegations.Delegation) bool // nil: always
	On                work.ItemKind                      // asked for only when such an item is answered
}

// A fieldKind says how a field is filled in.
type fieldKind int

// The kinds of field.
const (
	longText fieldKind = iota
	lineText
	amountField
	timeField
	dateField
	tickField
	partChoice // one of the brief's parts that are not delivered yet
	turnChoice // one of the turns that were done and are not settled
	kindChoice // one of the kinds of decision the limits list
	seenTerms  // hidden: the version of the terms in force that the page shows
	seenOther  // hidden: the version of the proposed terms that the page shows
)

// A sender makes a move with what was sent.
type sender func(v *visit, s *sentMove) (delegations.Delegation, error)

// A sentMove is a move as a form sent it.
type sentMove struct {
	*form
	on   delegations.On
	item work.ItemID
}

// send makes a sender of an operation and of how its input is read.
func send[In any](op app.Op[In, delegations.Delegation], read func(v *visit, s *sentMove) (In, error)) sender {
	return func(v *visit, s *sentMove) (delegations.Delegation, error) {
		in, err := read(v, s)
		if err != nil {
			return delegations.Delegation{}, err
		}
		return do(v, op, in)
	}
}

// onItem sends what was written about an item.
func onItem(op app.Op[delegations.OnItem, delegations.Delegation], field string) sender {
	return send(op, func(_ *visit, s *sentMove) (delegations.OnItem, error) {
		return delegations.OnItem{On: s.on, Item: s.item, Text: s.text(field)}, nil
	})
}

// because sends an optional reason.
func because(op app.Op[delegations.Why, delegations.Delegation]) sender {
	return send(op, func(_ *visit, s *sentMove) (delegations.Why, error) {
		return delegations.Why{On: s.on, Reason: s.text("reason")}, nil
	})
}

// saying sends a text.
func saying(op app.Op[delegations.Text, delegations.Delegation], field string) sender {
	return send(op, func(_ *visit, s *sentMove) (delegations.Text, error) {
		return delegations.Text{On: s.on, Text: s.text(field)}, nil
	})
}

// answering sends a yes or a no with a note.
func answering(op app.Op[delegations.YesNo, delegations.Delegation], yes bool) sender {
	return send(op, func(_ *visit, s *sentMove) (delegations.YesNo, error) {
		return delegations.YesNo{On: s.on, Item: s.item, Yes: yes, Note: s.text("note")}, nil
	})
}

// having sends the version of the terms that was read.
func having(op app.Op[delegations.Seen, delegations.Delegation]) sender {
	return send(op, func(_ *visit, s *sentMove) (delegations.Seen, error) {
		return delegations.Seen{On: s.on, Terms: s.number("terms")}, nil
	})
}

func strategic(d *delegations.Delegation) bool { return d.Kind == work.Strategic }

var (
	optionalReason = moveField{Name: "reason", Label: "A reason, if you like"}
	neededReason   = moveField{Name: "reason", Label: "The reason", Required: true}
	optionalNote   = moveField{Name: "note", Label: "A note, if you like"}
	decisionFields = []moveField{
		{Name: "words", Label: "What it is", Required: true},
		{Name: "kind", Label: "What it is about", Kind: kindChoice},
		{Name: "amount", Label: "What it costs", Kind: amountField},
		{Name: "minutes", Label: "Time it takes", Kind: timeField},
	}
)

// moveForms has an entry for every move of the table; a test says so.
var moveForms = map[work.MoveName]moveForm{
	work.MoveRevise:    {Group: elsewhere, Page: "/draft"},
	work.MoveShow:      {Group: elsewhere},
	work.MoveOffer:     {Group: elsewhere},
	work.MoveTell:      {Group: elsewhere},
	work.MoveDiscard:   {Group: elsewhere},
	work.MoveSucceed:   {Group: elsewhere}, // when somebody leaves: their page
	work.MoveUndoOffer: {Answers: work.OfferItem, Group: ending, Done: "Taken back; nobody was told.", Send: send(delegations.UndoOffer, func(_ *visit, s *sentMove) (delegations.On, error) { return s.on, nil })},
	work.MoveInterest: {
		Ask: "Saying no costs nothing, and nobody else sees your answer.", Fields: []moveField{optionalNote}, Tone: "primary",
		Buttons: []option{{"yes", "Yes, I would"}, {"no", "Not this time"}}, Done: "Said.", Send: sendInterest,
	},

	work.MoveAccept: {
		Tone: "primary", Done: "Agreed.",
		Fields: []moveField{
			{Name: "terms", Kind: seenTerms},
			{Name: "read_back", Label: "In your own words: what will be true when it is done, and your first step", Required: true, Only: strategic},
		},
		Send: send(delegations.Accept, func(_ *visit, s *sentMove) (delegations.AcceptTerms, error) {
			return delegations.AcceptTerms{On: s.on, Terms: s.number("terms"), ReadBack: s.text("read_back")}, nil
		}),
	},
	work.MoveDecline: {
		Ask: "A reason is optional, and declining has no other consequence for you.", Fields: []moveField{optionalReason},
		Answers: work.OfferItem, Done: "Declined.", Send: because(delegations.Decline),
	},
	work.MoveRecord: {
		Ask:    "It is marked as your word, and they are asked to confirm it.",
		Fields: []moveField{{Name: "words", Label: "How and when they answered"}}, Buttons: []option{{"yes", "They said yes"}, {"no", "They said no"}},
		Answers: work.OfferItem, Done: "Recorded as your word.", Send: send(delegations.AnswerFor, func(_ *visit, s *sentMove) (delegations.GivenOutside, error) {
			return delegations.GivenOutside{On: s.on, Yes: s.Get("answer") == "yes", Words: s.text("words")}, nil
		}),
	},
	work.MoveWithdraw: {Fields: []moveField{optionalReason}, Group: ending, Tone: "danger", Done: "Withdrawn. It is on your plate.", Send: because(delegations.Withdraw)},
	work.MovePropose:  {Group: changing, Page: "/proposal"},
	work.MoveAgree:    {Fields: []moveField{{Name: "terms", Kind: seenOther}}, Tone: "primary", Done: "Agreed.", Send: having(delegations.Agree)},
	work.MoveKeep:     {Fields: []moveField{optionalReason}, Done: "The present terms stay.", Send: because(delegations.Keep)},
	work.MoveConfirm:  {Fields: []moveField{{Name: "terms", Kind: seenTerms}}, Tone: "primary", Done: "Confirmed.", Send: having(delegations.Confirm)},
	work.MoveReadBack: {
		Fields: []moveField{{Name: "read_back", Label: "What will be true when it is done, and your first step", Required: true}},
		Tone:   "primary", Done: "Said.", Send: saying(delegations.ReadBack, "read_back"),
	},
	work.MoveReadBackOK: {Tone: "primary", Done: "Confirmed: you both mean the same.", Send: answering(delegations.ConfirmReadBack, true)},
	work.MoveReadBackNo: {Fields: []moveField{{Name: "note", Label: "What it misses", Required: true}}, Done: "Said.", Send: answering(delegations.ConfirmReadBack, false)},

	work.MoveAsk: {
		Fields: []moveField{{Name: "text", Label: "Your question", Required: true}, {Name: "blocking", Label: "The work waits for the answer", Kind: tickField}},
		Done:   "Asked.", Send: send(delegations.Ask, func(_ *visit, s *sentMove) (delegations.AskQuestion, error) {
			return delegations.AskQuestion{On: s.on, Text: s.text("text"), Blocking: s.is("blocking")}, nil
		}),
	},
	work.MoveAnswer: {Fields: []moveField{{Name: "text", Label: "Your answer", Required: true}}, Tone: "primary", Done: "Answered.", Send: onItem(delegations.Answer, "text")},
	work.MoveTurnBack: {
		Ask: "Hand the thinking back: their answer comes to you. One tap asks it.", Fields: []moveField{{Name: "text", Label: "In your own words, if you like", Hint: "“What would you do?” unless you write something."}},
		Done: "Asked back.", Send: send(delegations.TurnBack, func(_ *visit, s *sentMove) (delegations.OnItem, error) {
			return delegations.OnItem{On: s.on, Item: s.item, Text: cmp.Or(s.Get("answer"), s.text("text"))}, nil
		}),
	},

	work.MoveGo: {Tone: "primary", Done: "Said: go.", Send: onItem(delegations.Go, "")},
	work.MoveAddTo: {
		Ask: "It stays their way; you only add what they cannot see from where they are.", Fields: []moveField{{Name: "text", Label: "What to mind as well", Required: true}},
		Done: "Said: go, with what you added.", Send: onItem(delegations.AddTo, "text"),
	},

	work.MoveDecide: {
		Ask: "What you may decide is decided at once; the rest becomes an intention or a question.",
		Fields: append(decisionFields[:4:4], moveField{
			Name: "recommendation", Label: "What you recommend", Only: func(d *delegations.Delegation) bool { return d.Terms.Authority.Level <= work.Agree },
		}),
		Done: "Recorded.", Send: send(delegations.Decide, (*visit).readDecision),
	},
	work.MoveApprove: {
		Fields: []moveField{
			{Name: "reason", Label: "Why", On: work.ToApprove},
			{Name: "words", Label: "Yes, but to this instead", Kind: lineText, On: work.ToApprove},
			{Name: "amount", Label: "At this cost instead", Kind: amountField, On: work.ToApprove},
		},
		Tone: "primary", Done: "You said yes.", Send: answerDecision(true),
	},
	work.MoveRefuse:   {Fields: []moveField{neededReason}, Done: "You said no, with your reason.", Send: answerDecision(false)},
	work.MoveObject:   {Ask: "It stops until you agree together.", Fields: []moveField{neededReason}, Done: "It stops here.", Send: onItem(delegations.Object, "reason")},
	work.MoveReviseIt: {Fields: decisionFields, Tone: "primary", Done: "Said.", Send: send(delegations.ReviseDecision, (*visit).readDecision)},
	work.MoveDropIt:   {Done: "Let go.", Send: onItem(delegations.DropDecision, "")},
	work.MoveHappened: {
		Ask:    "Something had to be done outside your limits? Write it down as what it is: done.",
		Fields: decisionFields, Done: "Recorded as done.", Send: send(delegations.Happened, (*visit).readDecision),
	},
	work.MoveRatify: {Fields: []moveField{optionalNote}, Tone: "primary", Done: "It stands.", Send: answering(delegations.AnswerHappened, true)},
	work.MoveMend:   {Fields: []moveField{{Name: "note", Label: "What to put right", Required: true}}, Done: "Asked.", Send: answering(delegations.AnswerHappened, false)},
	work.MovePause: {
		Ask: "Every decision becomes a question until you resume. The work itself goes on.", Fields: []moveField{optionalReason},
		Group: changing, Done: "Decisions are paused.", Send: because(delegations.Pause),
	},
	work.MoveResume: {Group: changing, Done: "Decisions go on.", Send: send(delegations.Resume, func(_ *visit, s *sentMove) (delegations.On, error) { return s.on, nil })},

	work.MoveRequest: {
		Ask: "Between two check-ins a question like this is felt as a step in. Sometimes it is right.", Fields: []moveField{{Name: "text", Label: "What you would like to know"}},
		Done: "Asked.", Send: saying(delegations.RequestUpdate, "text"),
	},
	work.MoveCheckIn: {
		Fields: []moveField{
			{Name: "note", Label: "More, if you like"}, {Name: "feedback", Label: "I would like to hear what you think", Kind: tickField},
		},
		Buttons: []option{{work.OnTrack, "On track"}, {work.Stuck, "Stuck"}, {work.NeedYou, "I need a word"}},
		Answers: work.CheckIn, Tone: "primary", Done: "Said.", Send: send(delegations.CheckIn, func(_ *visit, s *sentMove) (delegations.Update, error) {
			return delegations.Update{On: s.on, Status: s.Get("answer"), Note: s.text("note"), Feedback: s.is("feedback")}, nil
		}),
	},
	work.MoveFeedback: {
		Fields: []moveField{{Name: "text", Label: "Your feedback", Required: true}, {Name: "minutes", Label: "Time it took you", Kind: timeField}},
		Tone:   "primary", Done: "Said.", Send: send(delegations.Feedback, func(_ *visit, s *sentMove) (delegations.GiveFeedback, error) {
			m, err := minutesOf(s.form, "minutes")
			return delegations.GiveFeedback{On: s.on, Item: s.item, Text: s.text("text"), Minutes: m}, err
		}),
	},
	work.MoveSupport: {
		Fields: []moveField{{Name: "minutes", Label: "Time you spent helping", Kind: timeField, Required: true}, optionalNote},
		Done:   "Recorded.", Send: send(delegations.Support, func(_ *visit, s *sentMove) (delegations.Help, error) {
			m, err := minutesOf(s.form, "minutes")
			return delegations.Help{On: s.on, Minutes: m, Note: s.text("note")}, err
		}),
	},

	work.MoveDeliver: {
		Fields:  []moveField{{Name: "part", Label: "What you deliver", Kind: partChoice}, {Name: "note", Label: "Where to find it, or a note"}},
		Answers: work.Returned, Tone: "primary", Done: "Delivered.", Send: send(delegations.Deliver, func(_ *visit, s *sentMove) (delegations.HandOver, error) {
			return delegations.HandOver{On: s.on, Part: s.Get("part"), Note: s.text("note")}, nil
		}),
	},
	work.MoveReceive: {Fields: []moveField{optionalNote}, Tone: "primary", Done: "Accepted.", Send: onItem(delegations.Receive, "note")},
	work.MoveReturn:  {Fields: []moveField{{Name: "notes", Label: "What is missing", Required: true}}, Done: "Returned with your notes.", Send: onItem(delegations.Return, "notes")},
	work.MoveDone:    {Fields: []moveField{optionalNote}, Tone: "primary", Done: "Done.", Send: onItem(delegations.Done, "note")},
	work.MoveSkip:    {Fields: []moveField{optionalNote}, Done: "Skipped this time.", Send: onItem(delegations.Skip, "note")},
	work.MoveReturnTurn: {
		Ask:    "A turn that was done counts as accepted after three days.",
		Fields: []moveField{{Name: "occurrence", Label: "Which turn", Kind: turnChoice}, {Name: "note", Label: "What to change", Required: true}},
		Done:   "Asked.", Send: send(delegations.ReturnTurn, func(_ *visit, s *sentMove) (delegations.NoteTurn, error) {
			turn, err := id[work.OccurrenceID](s.form, "occurrence")
			return delegations.NoteTurn{On: s.on, Turn: turn, Note: s.text("note")}, err
		}),
	},
	work.MoveDefect: {Fields: []moveField{{Name: "text", Label: "What is wrong with it", Required: true}}, Done: "Reported.", Send: saying(delegations.FindDefect, "text")},
	work.MoveMended: {Fields: []moveField{optionalNote}, Tone: "primary", Done: "Said.", Send: onItem(delegations.Mended, "note")},

	work.MoveHandOn: {Group: changing, Page: "/hand-on"},
	work.MoveGiveNotice: {
		Ask: "It ends on a day you both agree to.", Fields: []moveField{{Name: "ends", Label: "Last day", Kind: dateField}, optionalReason},
		Group: ending, Done: "Notice is given.", Send: giveNotice,
	},
	work.MoveAgreeEnd:  {Fields: []moveField{optionalNote}, Tone: "primary", Done: "Agreed.", Send: answering(delegations.AnswerNotice, true)},
	work.MoveRefuseEnd: {Fields: []moveField{optionalNote}, Done: "Said. It goes on as agreed.", Send: answering(delegations.AnswerNotice, false)},
	work.MoveHandBack:  {Ask: "It is theirs again at once. You need no reason.", Fields: []moveField{optionalReason}, Group: ending, Tone: "danger", Done: "Handed back.", Send: because(delegations.HandBack)},
	work.MoveRecall: {
		Ask: "It ends at once, with everything handed on from it, and is on your plate again.", Fields: []moveField{optionalReason},
		Group: ending, Tone: "danger", Done: "Recalled. It is on your plate.", Send: because(delegations.Recall),
	},
	work.MoveMoot: {Ask: "Nobody needs it any more: it leaves every plate.", Fields: []moveField{optionalReason}, Group: ending, Tone: "danger", Done: "Ended.", Send: because(delegations.MakeMoot)},
	work.MoveWait: {Tone: "primary", Done: "It waits.", Send: onItem(delegations.Wait, "")},

	work.MoveReflect: {Page: "/reflection"},
	work.MoveThank:   {Fields: []moveField{{Name: "text", Label: "What you want to say"}}, Done: "Said.", Send: saying(delegations.Thank, "text")},
}
