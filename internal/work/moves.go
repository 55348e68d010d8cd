package work

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// A MoveName is the verb of a move, the same in page, API and command line.
type MoveName string

// The moves.
const (
	MoveRevise     MoveName = "revise"
	MoveShow       MoveName = "show"
	MoveInterest   MoveName = "interest"
	MoveOffer      MoveName = "offer"
	MoveUndoOffer  MoveName = "undo_offer"
	MoveTell       MoveName = "tell"
	MoveDiscard    MoveName = "discard"
	MoveAccept     MoveName = "accept"
	MoveRecord     MoveName = "record_answer"
	MoveDecline    MoveName = "decline"
	MoveWithdraw   MoveName = "withdraw"
	MovePropose    MoveName = "propose"
	MoveAgree      MoveName = "agree"
	MoveKeep       MoveName = "keep"
	MoveConfirm    MoveName = "confirm"
	MoveReadBack   MoveName = "read_back"
	MoveReadBackOK MoveName = "confirm_read_back"
	MoveReadBackNo MoveName = "correct_read_back"
	MoveAsk        MoveName = "ask"
	MoveAnswer     MoveName = "answer"
	MoveTurnBack   MoveName = "turn_back"
	MoveGo         MoveName = "go"
	MoveAddTo      MoveName = "add_to"
	MoveDecide     MoveName = "decide"
	MoveApprove    MoveName = "approve"
	MoveRefuse     MoveName = "refuse"
	MoveObject     MoveName = "object"
	MoveReviseIt   MoveName = "revise_decision"
	MoveDropIt     MoveName = "drop_decision"
	MoveHappened   MoveName = "happened"
	MoveRatify     MoveName = "ratify"
	MoveMend       MoveName = "mend"
	MovePause      MoveName = "pause"
	MoveResume     MoveName = "resume"
	MoveRequest    MoveName = "request_update"
	MoveCheckIn    MoveName = "check_in"
	MoveFeedback   MoveName = "feedback"
	MoveSupport    MoveName = "support"
	MoveDeliver    MoveName = "deliver"
	MoveReceive    MoveName = "accept_delivery"
	MoveReturn     MoveName = "return"
	MoveDone       MoveName = "done"
	MoveSkip       MoveName = "skip"
	MoveReturnTurn MoveName = "return_turn"
	MoveDefect     MoveName = "defect"
	MoveMended     MoveName = "mended"
	MoveHandOn     MoveName = "hand_on"
	MoveGiveNotice MoveName = "give_notice"
	MoveAgreeEnd   MoveName = "agree_end"
	MoveRefuseEnd  MoveName = "refuse_end"
	MoveHandBack   MoveName = "hand_back"
	MoveRecall     MoveName = "recall"
	MoveMoot       MoveName = "moot"
	MoveSucceed    MoveName = "succeed"
	MoveWait       MoveName = "wait"
	MoveReflect    MoveName = "reflect"
	MoveThank      MoveName = "thank"
)

// A Move is one row of the table: what may be done, in which states, by whom,
// and which open item it answers.
type Move struct {
	Name  MoveName
	In    []State
	Who   Role
	Item  ItemKind // "" when the move answers no item
	Words string   // what the person does, as a button says it
}

var (
	inDraft   = []State{Draft}
	inOffered = []State{Offered}
	inActive  = []State{Active}
	talking   = []State{Offered, Active}
	afterward = []State{Active, Ended}
)

// Moves is the one table of states, items and moves (docs/states.md shows it).
// A move that stands in several rows is possible when any of them is.
var Moves = []Move{
	{MoveRevise, inDraft, AsGiver, "", "Edit the draft"},
	{MoveShow, inDraft, AsGiver, "", "Show to several people"},
	{MoveInterest, inDraft, AsHolder, Interest, "Say whether you are interested"},
	{MoveOffer, inDraft, AsGiver, "", "Offer"},
	{MoveTell, inDraft, AsGiver, "", "Record what you agreed aloud"},
	{MoveDiscard, inDraft, AsGiver, "", "Discard the draft"},

	{MoveAccept, inOffered, AsHolder, OfferItem, "Accept"},
	{MoveRecord, inOffered, AsGiver, "", "Record an answer given outside"},
	{MoveDecline, inOffered, AsReceiver, "", "Decline"},
	{MoveWithdraw, inOffered, AsGiver, "", "Withdraw the offer"},
	{MoveUndoOffer, inOffered, AsGiver, "", "Take the offer back before it leaves"},
	{MovePropose, inOffered, AsHolder, OfferItem, "Propose other terms"},
	{MovePropose, talking, AsHolder, Proposed, "Answer with your own terms"},
	{MovePropose, inActive, AsEither, "", "Propose other terms"},
	{MoveAgree, talking, AsHolder, Proposed, "Agree to the proposed terms"},
	{MoveKeep, talking, AsHolder, Proposed, "Keep the present terms"},

	{MoveConfirm, inActive, AsHolder, Confirmation, "Confirm what was agreed"},
	{MovePropose, inActive, AsHolder, Confirmation, "Correct what was agreed"},
	{MoveReadBack, inActive, AsHolder, ReadBack, "Say it in your own words"},
	{MoveReadBackOK, inActive, AsHolder, ReadBack, "Yes, that is it"},
	{MoveReadBackNo, inActive, AsHolder, ReadBack, "Correct the read-back"},

	{MoveAsk, talking, AsReceiver, "", "Ask a question"},
	{MoveAnswer, talking, AsHolder, Question, "Answer"},
	{MoveTurnBack, talking, AsHolder, Question, "Ask: what would you do?"},
	{MoveGo, talking, AsHolder, Suggestion, "Go"},
	{MoveAddTo, talking, AsHolder, Suggestion, "Add to it"},

	{MoveDecide, inActive, AsReceiver, "", "Decide"},
	{MoveApprove, inActive, AsHolder, ToApprove, "Yes"},
	{MoveRefuse, inActive, AsHolder, ToApprove, "No, with a reason"},
	{MoveApprove, inActive, AsHolder, Intention, "Let it go ahead now"},
	{MoveObject, inActive, AsHolder, Intention, "Object"},
	{MoveReviseIt, inActive, AsHolder, Objection, "Intend something else"},
	{MoveDropIt, inActive, AsHolder, Objection, "Let it go"},
	{MoveHappened, inActive, AsReceiver, "", "Record what happened outside the limits"},
	{MoveRatify, inActive, AsHolder, Ratification, "It stands"},
	{MoveMend, inActive, AsHolder, Ratification, "Ask to mend it"},
	{MovePause, inActive, AsGiver, "", "Pause decisions"},
	{MoveResume, inActive, AsGiver, "", "Resume decisions"},

	{MoveRequest, inActive, AsGiver, "", "Ask for an update"},
	{MoveCheckIn, inActive, AsReceiver, "", "Give an update"},
	{MoveFeedback, inActive, AsHolder, Feedback, "Give feedback"},
	{MoveSupport, inActive, AsGiver, "", "Record support"},

	{MoveDeliver, inActive, AsReceiver, "", "Deliver"},
	{MoveReceive, inActive, AsHolder, Delivery, "Accept the delivery"},
	{MoveReturn, inActive, AsHolder, Delivery, "Return it with notes"},
	{MoveDone, inActive, AsHolder, Turn, "Done"},
	{MoveSkip, inActive, AsHolder, Turn, "Skip this time"},
	{MoveReturnTurn, inActive, AsGiver, "", "Ask to change something"},
	{MoveDefect, afterward, AsGiver, "", "Report a defect"},
	{MoveMended, afterward, AsHolder, Defect, "It is mended"},
	{MoveMended, inActive, AsHolder, Returned, "It is put right"},

	{MoveHandOn, inActive, AsReceiver, "", "Hand on"},
	{MoveGiveNotice, inActive, AsEither, "", "Give notice"},
	{MoveAgreeEnd, inActive, AsHolder, NoticeItem, "Agree to the end"},
	{MoveRefuseEnd, inActive, AsHolder, NoticeItem, "Do not agree"},
	{MoveHandBack, inActive, AsReceiver, "", "Hand back"},
	{MoveRecall, inActive, AsGiver, "", "Recall"},
	{MoveMoot, talking, AsGiver, "", "It is no longer needed"},
	{MoveSucceed, talking, AsOwner, "", "Pass to the successor of somebody who leaves"},
	{MoveWait, inActive, AsHolder, Away, "Wait"},

	{MoveReflect, afterward, AsHolder, Reflect, "Look back"},
	{MoveThank, afterward, AsEither, "", "Thank"},
}

// Possible lists what a person may do now, in the table's order. A move that
// answers items appears once for each it could answer. What it lists may still
// be refused for what is said with it, never for who makes it or when.
func (d *Delegation) Possible(a Act) []Choice {
	var out []Choice
	by := a.By
	for _, m := range Moves {
		if !slices.Contains(m.In, d.State) || !d.sensible(m, a.At) {
			continue
		}
		if m.Item == "" {
			if d.Is(by, m.Who) || d.recordsFor(by, m.Name) {
				out = append(out, Choice{Move: m})
			}
			continue
		}
		for i := range d.Items {
			it := &d.Items[i]
			if it.Kind == m.Item && it.Open() && fits(m.Name, it) && (d.answers(by, it) || it.Holder == d.Receiver && d.recordsFor(by, m.Name)) {
				out = append(out, Choice{Move: m, On: it.ID})
			}
		}
	}
	return out
}

// A Choice is a move that is possible now, and the item it would answer.
type Choice struct {
	Move
	On ItemID
}

// recorded moves are those a giver may write down for a receiver without an
// account, who said so outside. They are marked so.
var recorded = []MoveName{MoveDone, MoveSkip, MoveDeliver, MoveMended, MoveCheckIn}

func (d *Delegation) recordsFor(by PersonID, m MoveName) bool {
	return d.Guest && d.Is(by, AsGiver) && slices.Contains(recorded, m)
}

// answers reports whether a person may answer an item: its holder, or the
// absent person it was moved away from, who may always act for themselves.
func (d *Delegation) answers(by PersonID, it *Item) bool {
	return by != 0 && (by == it.Holder || by == it.For)
}

// fits tells the moves apart that answer the same kind of item.
func fits(m MoveName, it *Item) bool {
	switch m {
	case MoveReadBack:
		return it.Text == ""
	case MoveReadBackOK, MoveReadBackNo:
		return it.Text != ""
	case MoveTurnBack:
		return !it.Coached
	case MoveMended:
		return !it.redelivered()
	}
	return true
}

// sensible leaves out moves that could only be refused.
func (d *Delegation) sensible(m Move, at time.Time) bool {
	switch m.Name {
	case MovePause:
		return d.PausedAt.IsZero()
	case MoveResume:
		return !d.PausedAt.IsZero()
	case MoveUndoOffer:
		return at.Sub(d.OfferedAt) <= OfferStays && !d.touchedSinceOffer()
	case MoveAccept, MoveRecord, MoveTell:
		return !d.Early
	case MoveAgree:
		return d.State == Active || !d.Early
	case MovePropose:
		return m.Item != "" || d.Proposal == nil
	case MoveRequest:
		return !d.has(CheckIn)
	case MoveDeliver:
		return d.deliverable("") == nil || slices.ContainsFunc(d.Terms.Brief.Parts, func(p Part) bool { return d.deliverable(p.Name) == nil })
	case MoveReturnTurn:
		return len(d.Unsettled) > 0
	case MoveHandOn:
		return len(d.Below) == 0
	case MoveGiveNotice:
		return d.EndsAt.IsZero() && !d.has(NoticeItem)
	case MoveDefect:
		return d.State == Active || d.Outcome == Completed
	}
	return true
}

// touchedSinceOffer reports whether somebody did something with an offer: then
// it is not undone any more, only withdrawn.
func (d *Delegation) touchedSinceOffer() bool {
	return d.Rounds > 0 || len(d.Below) > 0 || d.HeardAt.After(d.OfferedAt) ||
		slices.ContainsFunc(d.Items, func(it Item) bool { return it.Open() && it.Kind != OfferItem })
}

// begin checks a move against the table and finds the item it answers: the
// one named, or the only one it can mean.
func (d *Delegation) begin(a Act, m MoveName, item ItemID) (*Item, error) {
	free := false
	var fit []ItemID
	for _, c := range d.Possible(a) {
		switch {
		case c.Name != m:
		case c.On == 0:
			free = true
		case item == 0 || item == c.On:
			fit = append(fit, c.On)
		}
	}
	switch {
	case len(fit) == 1, len(fit) > 1 && (m == MoveDone || m == MoveSkip): // the oldest turn
		return d.Item(fit[0]), nil
	case len(fit) > 1:
		return nil, d.several(m, fit)
	case free && item == 0:
		return nil, nil
	}
	return nil, d.illegal(a, m)
}

// Meant returns the item a move would answer: the one named, or the only one
// it can mean. A move that answers none has none.
func (d *Delegation) Meant(a Act, m MoveName, item ItemID) (Item, error) {
	it, err := d.begin(a, m, item)
	if err != nil || it == nil {
		return Item{}, err
	}
	return *it, nil
}

// several asks which of the items a move is meant to answer.
func (d *Delegation) several(m MoveName, ids []ItemID) error {
	names := make([]string, len(ids))
	for i, id := range ids {
		it := d.Item(id)
		names[i] = strconv.FormatInt(int64(id), 10)
		if it.Text != "" {
			names[i] += " (" + firstLine(it.Text) + ")"
		} else if it.Part != "" {
			names[i] += " (" + it.Part + ")"
		}
	}
	return FieldError("item", "There are several you could %s; name the item: %s.", m.verb(), strings.Join(names, ", "))
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	if r := []rune(line); len(r) > 60 {
		line = string(r[:59]) + "…"
	}
	return line
}

func (m MoveName) plain() string { return strings.ReplaceAll(string(m), "_", " ") }

// verb is a move behind “you can”.
func (m MoveName) verb() string {
	switch m {
	case MoveDone:
		return "mark it done"
	case MoveMoot:
		return "say that it is no longer needed"
	case MoveDefect:
		return "report a defect"
	case MoveMended:
		return "say that it is mended"
	case MoveHappened:
		return "record what happened"
	case MoveFeedback:
		return "give feedback"
	case MoveInterest:
		return "say whether you are interested"
	}
	return m.plain()
}

// illegal says why a move is not possible: the state, who holds what, and what
// this person can do instead.
func (d *Delegation) illegal(a Act, m MoveName) error {
	kind, by := Conflict, a.By
	if !d.couldEver(by, m) {
		kind = Forbidden
	}
	var b strings.Builder
	b.WriteString("This delegation is " + d.stateWords())
	if open := d.Open(); len(open) > 0 {
		b.WriteString("; " + d.Name(open[0].Holder) + " is to " + open[0].Asks())
	}
	b.WriteString(". ")
	if d.Early && d.State != Ended {
		b.WriteString(d.Name(d.Giver) + " has not agreed to carry it yet; nobody can agree to it before. ")
	}
	can := d.Possible(a)
	names := make([]string, 0, len(can))
	for _, c := range can {
		if !slices.Contains(names, c.Name.verb()) {
			names = append(names, c.Name.verb())
		}
	}
	if len(names) == 0 {
		b.WriteString("There is nothing for you to do here now.")
	} else {
		b.WriteString("You cannot " + m.verb() + " now; you can: " + strings.Join(names, ", ") + ".")
	}
	return Errorf(kind, "%s", b.String())
}

// couldEver reports whether the table gives the person's side this move at all.
func (d *Delegation) couldEver(by PersonID, m MoveName) bool {
	for _, row := range Moves {
		if row.Name == m && (row.Who == AsHolder || d.Is(by, row.Who)) {
			return d.Side(by) != 0
		}
	}
	return false
}

func (d *Delegation) stateWords() string {
	if d.State == Ended {
		return "ended (" + strings.ReplaceAll(string(d.Outcome), "_", " ") + ")"
	}
	return d.State.Words()
}

func (d *Delegation) has(k ItemKind) bool {
	return slices.ContainsFunc(d.Items, func(it Item) bool { return it.Kind == k && it.Open() })
}
