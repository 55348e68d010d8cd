package work

import (
	"time"

	"baton/internal/ical"
)

// An EventKind names what happened, in the past tense.
type EventKind string

// What can happen to a delegation.
const (
	Drafted           EventKind = "drafted"
	Revised           EventKind = "revised"
	Shown             EventKind = "shown"
	InterestSaid      EventKind = "interest_said"
	OfferMade         EventKind = "offered"
	OfferUndone       EventKind = "offer_undone"
	ToldAloud         EventKind = "told"
	Confirmed         EventKind = "confirmed"
	Corrected         EventKind = "corrected"
	AcceptedTerms     EventKind = "accepted"
	ReadBackSaid      EventKind = "read_back"
	ReadBackOK        EventKind = "read_back_confirmed"
	ReadBackCorrected EventKind = "read_back_corrected"
	TermsProposed     EventKind = "proposed"
	TermsKept         EventKind = "kept"
	TermsAgreed       EventKind = "agreed"
	QuestionAsked     EventKind = "asked"
	QuestionAnswered  EventKind = "answered"
	QuestionTurned    EventKind = "turned_back"
	Suggested         EventKind = "suggested" // what they would do, after a question was handed back
	SaidGo            EventKind = "said_go"   // by the clock where silence means it
	AddedTo           EventKind = "added_to"
	DecisionAsk       EventKind = "decision_asked"
	DecisionIntend    EventKind = "intended"
	DecisionMade      EventKind = "decided"
	DecisionApproved  EventKind = "approved"
	DecisionChanged   EventKind = "changed"
	DecisionDenied    EventKind = "refused"
	ObjectionMade     EventKind = "objected"
	DecisionLetGo     EventKind = "decision_dropped"
	WentAhead         EventKind = "went_ahead"
	ItHappened        EventKind = "happened"
	RatifiedIt        EventKind = "ratified"
	MendAsked         EventKind = "mend_asked"
	DecisionsPaused   EventKind = "paused"
	DecisionsResumed  EventKind = "resumed"
	UpdateRequested   EventKind = "update_requested"
	CheckInDue        EventKind = "check_in_due"
	CheckedIn         EventKind = "checked_in"
	CheckInMissed     EventKind = "check_in_missed"
	FeedbackGiven     EventKind = "feedback_given"
	SupportGiven      EventKind = "supported"
	Delivered         EventKind = "delivered"
	DeliveryAccepted  EventKind = "delivery_accepted"
	DeliveryReturned  EventKind = "returned"
	DefectFound       EventKind = "defect_found"
	DefectMended      EventKind = "defect_mended"
	TurnDue           EventKind = "occurrence_due"
	TurnDone          EventKind = "occurrence_done"
	TurnSkipped       EventKind = "occurrence_skipped"
	TurnMissed        EventKind = "occurrence_missed"
	TurnAccepted      EventKind = "occurrence_accepted"
	NoticeGiven       EventKind = "notice_given"
	NoticeAgreed      EventKind = "notice_agreed"
	NoticeRefused     EventKind = "notice_refused"
	HandedOn          EventKind = "handed_on"
	EndedNow          EventKind = "ended"
	ReviewDue         EventKind = "review_due"
	Reflected         EventKind = "reflected"
	ReflectionsOpen   EventKind = "reflections_shown"
	Thanked           EventKind = "thanked"
	Reminded          EventKind = "reminded"
	ItemLapsed        EventKind = "item_lapsed"
	WentAway          EventKind = "went_away"
	CameBack          EventKind = "came_back"
	StandInChanged    EventKind = "stand_in_changed"
	Waited            EventKind = "waited"
	LevelProposed     EventKind = "level_proposed"
	LessonTaken       EventKind = "lesson_taken"
	AccessRevealed    EventKind = "access_revealed"
	PhotoAdded        EventKind = "photo_added"
	PhotoRemoved      EventKind = "photo_removed"
	BeliefDisputed    EventKind = "belief_disputed"
	BeliefAnswered    EventKind = "belief_answered"
	BeliefSettled     EventKind = "belief_settled"
	Withheld          EventKind = "withheld" // left out of an export: it has a number and says nothing
	VoteStarted       EventKind = "vote_started"
	VoteCast          EventKind = "vote_cast"
	VoteRevealedNow   EventKind = "vote_revealed"
	VoteReminded      EventKind = "vote_reminded"
	VoteExplained     EventKind = "vote_explained"
	VoteAgain         EventKind = "vote_again"
	VoteSettledOn     EventKind = "vote_settled"
	VoteLapsedNow     EventKind = "vote_lapsed"
	VoteWithdrawnNow  EventKind = "vote_withdrawn"
)

// An Event is something that happened in a workspace. Its number has no gaps.
type Event struct {
	Number     EventNumber
	At         time.Time
	By         PersonID // who did it; 0 for the clock
	For        PersonID // the absent person they stood in for
	Kind       EventKind
	Delegation DelegationID
	Task       TaskID
	Person     PersonID // whom it is about, where that is not a party's own move
	Item       ItemID
	Detail     Detail
}

// A Detail holds what an event says beside its kind. Only what applies is set.
type Detail struct {
	Text     string       `json:"text,omitempty" doc:"What was said"`
	Reason   string       `json:"reason,omitempty" doc:"Why"`
	Status   string       `json:"status,omitempty" doc:"Of an update: on_track, stuck or need_you"`
	Outcome  Outcome      `json:"outcome,omitempty" doc:"Of an end: how it ended"`
	Terms    int          `json:"terms,omitempty" doc:"The version of the terms"`
	Level    Level        `json:"level,omitempty" doc:"Of authority, or of a skill"`
	Minutes  Minutes      `json:"minutes,omitempty" doc:"What it took"`
	Money    Money        `json:"money,omitempty" doc:"Minor units"`
	Due      ical.Due     `json:"due,omitzero" doc:"The day or moment it is about"`
	Late     bool         `json:"late,omitempty" doc:"It came after its time"`
	Part     string       `json:"part,omitempty" doc:"The part of the brief"`
	Outside  bool         `json:"outside,omitempty" doc:"Said outside Baton, and written down by the other side"` // the answer was given outside Baton and recorded by the other side
	Decision DecisionID   `json:"decision,omitempty" doc:"The decision's number"`
	Kind     string       `json:"kind,omitempty" doc:"The kind of item or decision"`
	People   []PersonID   `json:"people,omitempty" doc:"The numbers of those it is about"`
	Child    DelegationID `json:"child,omitempty" doc:"The delegation it was handed on as"`
	Name     string       `json:"name,omitempty" doc:"What it is called"`
	Call     CallID       `json:"call,omitempty" doc:"The call's number"`
	Question int          `json:"question,omitempty" doc:"Of a call of one's own: the question that comes next"` // of a call of one's own: the next one
	Was      time.Time    `json:"was,omitzero" doc:"When a call that moved was to be before"`                    // when a call that moved was to be before
	Vote     VoteID       `json:"vote,omitempty" doc:"The vote's number"`
	Round    int          `json:"round,omitempty" doc:"Of which round of a vote"`
	Skills   []Skill      `json:"skills,omitempty" doc:"The levels written on a person's card"` // the levels written on a person's card
}

// An OccurrenceState is where one turn of a standing delegation stands.
type OccurrenceState string

// The states of an occurrence.
const (
	TurnIsDue     OccurrenceState = "due"
	TurnIsDone    OccurrenceState = "done"
	TurnIsSkipped OccurrenceState = "skipped"
	TurnIsMissed  OccurrenceState = "missed"
)

// An Occurrence is one turn of a standing delegation.
type Occurrence struct {
	ID         OccurrenceID
	Delegation DelegationID
	Due        ical.Due
	State      OccurrenceState
	Note       string
	Price      Money
	Minutes    Minutes
	ClosedAt   time.Time
	AcceptBy   time.Time // done counts as accepted then; zero once it is settled
}
