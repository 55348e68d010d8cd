package work

import (
	"cmp"
	"time"
)

// An ItemKind says what is open between the two.
type ItemKind string

// The kinds of item.
const (
	OfferItem    ItemKind = "offer"        // terms to answer
	Proposed     ItemKind = "proposal"     // the other side's own terms to answer
	Interest     ItemKind = "interest"     // would you like to have this?
	Confirmation ItemKind = "confirmation" // an agreement made aloud, to confirm or correct
	ReadBack     ItemKind = "read_back"    // the outcome and first step in own words
	Question     ItemKind = "question"     // an answer, or "what would you do?"
	Suggestion   ItemKind = "suggestion"   // what the receiver would do, said after a question was handed back
	ToApprove    ItemKind = "decision"     // a decision that needs a yes
	Intention    ItemKind = "intention"    // goes ahead unless there is an objection
	Objection    ItemKind = "objection"    // the receiver revises what was objected to, or drops it
	Ratification ItemKind = "it_happened"  // done outside the limits: ratify or mend
	CheckIn      ItemKind = "check_in"     // the receiver's update
	Feedback     ItemKind = "feedback"     // what the giver says to an update
	Delivery     ItemKind = "delivery"     // of the whole or a part
	Returned     ItemKind = "returned"     // a delivery or a turn that came back with notes
	Turn         ItemKind = "occurrence"   // one turn of a standing delegation
	Defect       ItemKind = "defect"       // found after a final delivery
	NoticeItem   ItemKind = "notice"       // an end by agreement
	Reflect      ItemKind = "reflection"   // a look back
	Away         ItemKind = "absence"      // the other side is away and nobody stands in
)

// Silence says what becomes of an item nobody answers.
type Silence string

// The rules for silence. Every rule reminds first.
const (
	Remind    Silence = "remind"   // keeps reminding; nothing is ever assumed
	Accepts   Silence = "accept"   // counts as a yes; never for money
	Lapses    Silence = "lapse"    // the item is over, and an offer with it
	GoesAhead Silence = "go_ahead" // an intention happens
)

// An Item is something open between the two that one of them must answer.
type Item struct {
	ID       ItemID
	Kind     ItemKind
	Holder   PersonID // who must answer
	For      PersonID // the absent person the holder answers for; 0 for themselves
	Since    time.Time
	AnswerBy time.Time
	Silence  Silence
	Blocking bool
	Reminded bool      // a reminder went out for this answer-by
	Overdue  time.Time // when an answer was due and none came, zero before; only reminders follow
	Frozen   time.Time // its clock stands still since then: the holder is away
	Text     string    // what is asked, said or delivered
	Part     string    // the part a delivery is of
	Final    bool      // a delivery of the whole
	Coached  bool      // a question handed back: "what would you do?"
	Decision DecisionID
	Turn     OccurrenceID
	Opened   PersonID // who opened it, 0 for the clock
	Result   string   // how it ended
	ClosedAt time.Time
}

// Open reports whether somebody must still answer.
func (it *Item) Open() bool { return it.ClosedAt.IsZero() }

// Principal is whose answer it is, whoever gives it.
func (it *Item) Principal() PersonID {
	if it.For != 0 {
		return it.For
	}
	return it.Holder
}

// DueAt is when the clock must look at the item: at its answer-by, and half
// way there for a reminder. Zero when its clock stands still.
func (it *Item) DueAt() time.Time {
	switch {
	case !it.Open() || !it.Frozen.IsZero():
		return time.Time{}
	case it.Reminded || it.Silence == GoesAhead:
		return it.AnswerBy
	}
	return it.remindAt()
}

func (it *Item) remindAt() time.Time {
	return it.Since.Add(it.AnswerBy.Sub(it.Since) * 2 / 3)
}

func moreUrgent(a, b Item) int {
	if a.Blocking != b.Blocking {
		if a.Blocking {
			return -1
		}
		return 1
	}
	return cmp.Or(a.AnswerBy.Compare(b.AnswerBy), cmp.Compare(a.ID, b.ID))
}

// manner is how items of a kind behave: who may be silent, for how long, and
// what silence means.
type manner struct {
	days     int // working days to answer
	silence  Silence
	blocking bool
	words    string // what the holder is asked to do
}

// manners has an entry for every kind of item. Intentions, check-ins and
// occurrences take their time from the terms or the calendar, and so does a
// suggestion where the level lets the receiver decide.
var manners = map[ItemKind]manner{
	OfferItem:    {days: 5, silence: Lapses, blocking: true, words: "answer the offer"},
	Proposed:     {days: 5, silence: Remind, words: "answer the proposed terms"},
	Interest:     {days: 5, silence: Lapses, words: "say whether you are interested"},
	Confirmation: {days: 5, silence: Remind, words: "confirm or correct what was agreed"},
	ReadBack:     {days: 3, silence: Remind, words: "confirm or correct the read-back"},
	Question:     {days: 2, silence: Remind, words: "answer the question"},
	Suggestion:   {days: 2, silence: Remind, words: "say go, or add to it"},
	ToApprove:    {days: 2, silence: Remind, blocking: true, words: "answer the decision"},
	Intention:    {days: 1, silence: GoesAhead, words: "object, or let it go ahead"},
	Objection:    {days: 3, silence: Remind, words: "revise or drop what was objected to"},
	Ratification: {days: 5, silence: Remind, words: "ratify what happened, or ask to mend it"},
	CheckIn:      {days: 2, silence: Lapses, words: "give an update"},
	Feedback:     {days: 3, silence: Lapses, words: "give feedback"},
	Delivery:     {days: 3, silence: Accepts, words: "accept the delivery or return it with notes"},
	Returned:     {days: 5, silence: Remind, words: "work on the notes and deliver again"},
	Turn:         {days: 2, silence: Lapses, words: "say whether this turn is done"},
	Defect:       {days: 5, silence: Remind, words: "mend the defect"},
	NoticeItem:   {days: 5, silence: Accepts, words: "agree to the end"},
	Reflect:      {days: 10, silence: Lapses, words: "look back"},
	Away:         {days: 5, silence: Remind, words: "wait, or end it"},
}

// Asks says what the item's holder is asked to do.
func (it *Item) Asks() string {
	switch {
	case it.Kind == ReadBack && it.Text == "":
		return "say the outcome and your first step in your own words"
	case it.Kind == Reflect && it.Part == JustThanks:
		return "say thanks, or what to change"
	case it.Kind == NoticeItem && it.Part == PassOn:
		return "say whether it may be passed on"
	case it.Kind == Question && it.Coached:
		return "say what you would do"
	}
	return manners[it.Kind].words
}

// answerable refuses an answer-by that is over, or a year and more away; zero is
// the usual one.
func answerable(until, now time.Time) error {
	switch {
	case until.IsZero():
		return nil
	case !until.After(now):
		return FieldError("answer_by", "The answer-by is in the past.")
	case until.Sub(now) > 366*24*time.Hour:
		return FieldError("answer_by", "The answer-by is within a year at most.")
	}
	return nil
}
