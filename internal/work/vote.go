package work

import (
	"slices"
	"strings"
	"time"

	"baton/internal/ical"
)

// VoteState is where a vote stands.
type VoteState string

// The states of a vote.
const (
	VoteOpen      VoteState = "open"      // voters say a level, none sees another's
	VoteRevealed  VoteState = "revealed"  // all see all; a level is to be settled
	VoteSettled   VoteState = "settled"   // the level went into terms, or stayed
	VoteLapsed    VoteState = "lapsed"    // too few voted, or nobody settled
	VoteWithdrawn VoteState = "withdrawn" // whoever started it took it back
)

const (
	// MostVoters bounds a vote; more is a meeting.
	MostVoters = 12
	// MostRounds is how often a vote is held; after that a talk serves better.
	MostRounds = 2
	// VoteDays is how many working days there are to vote.
	VoteDays = 3
	// SettleDays is how many working days there are to settle.
	SettleDays = 5
	// fewestBallots reveal a round: with fewer it would say whose is whose.
	fewestBallots = 2
)

// A Vote asks some people, blind, which level somebody should have in a decision
// area. Its ballots are private until the round is revealed.
type Vote struct {
	ID           VoteID
	DecisionArea TaskID
	Giver        PersonID // who started it and answers for the decision area
	Receiver     PersonID // whom the level is for
	Question     string
	Examples     []string // decisions to think of
	State        VoteState
	Round        int
	AnswerBy     time.Time
	StartedAt    time.Time
	RevealedAt   time.Time // this round; zero before
	SettleBy     time.Time
	ClosedAt     time.Time
	Level        Level // settled on
	SettledBy    PersonID
	Delegation   DelegationID // whose terms the settlement went to
	RemindAt     time.Time    // when those are reminded who have not voted in this round; zero once that is over
	Version      int64
	Ballots      []Ballot // of all rounds, by round and voter

	// Title is the decision area's, and Names are what its voters are called.
	Title string
	Names map[PersonID]string
	// Absent says who of the workspace is away, or left: as of a delegation, but
	// nobody votes in place of another.
	Absent map[PersonID]PersonID

	events []Event
}

// StartVote opens a vote on a decision area. others vote beside the giver and
// the receiver; a zero until is the usual time.
func StartVote(a Act, id VoteID, area *Task, receiver PersonID, others []PersonID, v Vote) (*Vote, error) {
	switch {
	case area.Kind != DecisionArea:
		return nil, FieldError("decision_area", "A vote is on a decision area, and “%s” is a task.", area.Title)
	case area.Finished():
		return nil, Errorf(Conflict, "“%s” is closed; there is nothing to vote on.", area.Title)
	case receiver == 0 || receiver == a.By:
		return nil, FieldError("person", "Say whom the level is for: somebody else than you.")
	case strings.TrimSpace(v.Question) == "":
		return nil, FieldError("question", "Ask a question: what should be decided at which level?")
	}
	if err := answerable(v.AnswerBy, a.At); err != nil {
		return nil, err
	}
	out := &Vote{
		ID: id, DecisionArea: area.ID, Giver: a.By, Receiver: receiver, Question: strings.TrimSpace(v.Question),
		Examples: v.Examples, State: VoteOpen, StartedAt: a.At,
	}
	voters := []PersonID{a.By, receiver}
	for _, p := range others {
		if p != 0 && !slices.Contains(voters, p) {
			voters = append(voters, p)
		}
	}
	if len(voters) > MostVoters {
		return nil, FieldError("voters", "At most %d people vote; ask those whom it concerns most.", MostVoters)
	}
	out.begin(a, voters, v.AnswerBy)
	out.record(a, VoteStarted, Detail{Text: out.Question})
	return out, nil
}

// begin opens the next round to voters.
func (v *Vote) begin(a Act, voters []PersonID, until time.Time) {
	if until.IsZero() {
		until = ical.AddWorkingDays(a.At, VoteDays, a.Zone)
	}
	v.Round++
	v.State, v.AnswerBy, v.RevealedAt, v.SettleBy = VoteOpen, until, time.Time{}, time.Time{}
	v.RemindAt = a.At.Add(until.Sub(a.At) / 2)
	for _, p := range voters {
		v.Ballots = append(v.Ballots, Ballot{Round: v.Round, Person: p})
	}
}

// Over reports whether the vote is closed for good.
func (v *Vote) Over() bool { return !v.ClosedAt.IsZero() }

// Due reports whether somebody is to vote, or to settle, now.
func (v *Vote) Due(p PersonID) bool {
	switch v.State {
	case VoteOpen:
		b := v.ballot(p)
		return b != nil && b.Level == 0
	case VoteRevealed:
		return p == v.Giver
	}
	return false
}

// Cast keeps a voter's level, or another one while the round is open. The last
// ballot of those who are here reveals them all.
func (v *Vote) Cast(a Act, level Level, reason string) error {
	b := v.ballot(a.By)
	switch {
	case b == nil:
		return Errorf(NotFound, "There is no such vote.")
	case v.State != VoteOpen:
		return Errorf(Conflict, "This vote is %s; no level can be said any more.", v.State)
	case level < Tell || level > Autonomous:
		return FieldError("level", "Choose a level, a number from 1 to 7.")
	}
	first := b.Level == 0
	b.Level, b.Reason, b.At = level, strings.TrimSpace(reason), a.At
	if first {
		v.record(a, VoteCast, Detail{})
	}
	if v.complete() {
		v.reveal(a)
	}
	return nil
}

// Attend takes in who is away, or left, by a moment: who is not here holds
// nothing up, and what waited for them alone is revealed.
func (v *Vote) Attend(a Act) {
	v.Tick(a)
	if v.complete() {
		v.reveal(a)
	}
}

// reveal opens the round to its voters.
func (v *Vote) reveal(a Act) {
	v.State, v.RevealedAt = VoteRevealed, a.At
	v.SettleBy = ical.AddWorkingDays(a.At, SettleDays, a.Zone)
	for i := range v.Ballots {
		if v.Ballots[i].Round == v.Round && v.Ballots[i].Level != 0 {
			v.Ballots[i].Open = true
		}
	}
	v.record(Act{At: a.At, Zone: a.Zone}, VoteRevealedNow, Detail{})
}

// Say keeps in words why somebody was the highest or the lowest.
func (v *Vote) Say(a Act, words string) error {
	switch b := v.ballot(a.By); {
	case b == nil:
		return Errorf(NotFound, "There is no such vote.")
	case !v.Asked(a.By):
		return Errorf(Conflict, "Only those who said the highest and the lowest level are asked why, once all is revealed.")
	case strings.TrimSpace(words) == "":
		return FieldError("words", "Say in a sentence or two why.")
	default:
		b.Words = strings.TrimSpace(words)
	}
	v.record(a, VoteExplained, Detail{})
	return nil
}

// Again begins a second round with the same voters, but for those who left.
func (v *Vote) Again(a Act, until time.Time) error {
	switch {
	case a.By != v.Giver:
		return v.notGiver(a.By, "begin another round")
	case v.State != VoteRevealed:
		return Errorf(Conflict, "This vote is %s; another round begins after a reveal.", v.State)
	case v.Round >= MostRounds:
		return Errorf(Conflict, "You voted %d times. Talk about it now, and settle on a level.", v.Round)
	}
	if err := answerable(until, a.At); err != nil {
		return err
	}
	v.begin(a, v.staying(), until)
	v.record(a, VoteAgain, Detail{})
	return nil
}

// Withdraw takes the vote back. What was not revealed stays so for good.
func (v *Vote) Withdraw(a Act, reason string) error {
	switch {
	case a.By != v.Giver:
		return v.notGiver(a.By, "withdraw it")
	case v.Over():
		return Errorf(Conflict, "This vote is %s already.", v.State)
	}
	v.Cancel(a, reason)
	return nil
}

// Cancel takes the vote back whoever asks: its giver or receiver leaves.
func (v *Vote) Cancel(a Act, reason string) {
	v.State, v.ClosedAt = VoteWithdrawn, a.At
	v.record(a, VoteWithdrawnNow, Detail{Reason: strings.TrimSpace(reason)})
}

// MaySettle refuses who cannot settle the vote now.
func (v *Vote) MaySettle(a Act, level Level) error {
	switch {
	case a.By != v.Giver && a.By != v.Receiver:
		return v.notGiver(a.By, "settle it")
	case v.State != VoteRevealed:
		return Errorf(Conflict, "This vote is %s; a level is settled after the reveal.", v.State)
	case level < Tell || level > Autonomous:
		return FieldError("level", "Choose a level, a number from 1 to 7.")
	}
	return nil
}

// Settle closes the vote on a level. What comes of it in terms is agreed as
// terms are; d names the delegation they belong to.
func (v *Vote) Settle(a Act, level Level, d DelegationID) error {
	if err := v.MaySettle(a, level); err != nil {
		return err
	}
	v.State, v.ClosedAt, v.Level, v.SettledBy, v.Delegation = VoteSettled, a.At, level, a.By, d
	v.record(a, VoteSettledOn, Detail{Level: level, Child: d})
	return nil
}

func (v *Vote) notGiver(by PersonID, what string) error {
	if v.ballot(by) == nil {
		return Errorf(NotFound, "There is no such vote.")
	}
	return Errorf(Forbidden, "Only who started the vote can %s.", what)
}

// DueAt is when the clock must look at the vote; zero when it need not.
func (v *Vote) DueAt() time.Time {
	switch v.State {
	case VoteOpen:
		if !v.RemindAt.IsZero() {
			return v.RemindAt
		}
		return v.AnswerBy
	case VoteRevealed:
		return v.SettleBy
	}
	return time.Time{}
}

// Tick does what is due by a.At. Half way through a round those are reminded, once,
// who have not voted. At its end it is revealed with at least two ballots and
// lapses with fewer, for silence is no vote; a revealed vote nobody settles
// lapses, and every level stays as it is. It may be called again without harm.
func (v *Vote) Tick(a Act) {
	for due := v.DueAt(); !due.IsZero() && !due.After(a.At); due = v.DueAt() {
		now := Act{At: due, Zone: a.Zone}
		switch {
		case v.State == VoteOpen && !v.RemindAt.IsZero():
			v.remind(now)
		case v.State == VoteOpen && v.In() >= fewestBallots:
			v.reveal(now)
		default:
			v.lapse(now)
		}
	}
}

// remind tells those who are here and have not voted until when they can.
func (v *Vote) remind(a Act) {
	v.RemindAt = time.Time{}
	if len(v.Silent()) > 0 {
		v.record(a, VoteReminded, Detail{})
	}
}

func (v *Vote) lapse(a Act) {
	v.State, v.ClosedAt = VoteLapsed, a.At
	v.record(a, VoteLapsedNow, Detail{Reason: v.Why()})
}

// Why says why a vote lapsed; "" when it did not.
func (v *Vote) Why() string {
	switch {
	case v.State != VoteLapsed:
		return ""
	case v.RevealedAt.IsZero():
		return "Fewer than two voted in time; nothing was revealed."
	}
	return "Nobody settled on a level in time; every level stays as it is."
}

// Possible lists what a voter can do now: cast, say, again, settle, withdraw.
func (v *Vote) Possible(p PersonID) []string {
	var out []string
	add := func(can bool, move string) {
		if can {
			out = append(out, move)
		}
	}
	add(v.State == VoteOpen && v.ballot(p) != nil, "cast")
	add(v.Asked(p), "say")
	add(v.State == VoteRevealed && (p == v.Giver || p == v.Receiver), "settle")
	add(v.State == VoteRevealed && p == v.Giver && v.Round < MostRounds, "again")
	add(!v.Over() && p == v.Giver, "withdraw")
	return out
}

// Events hands over what happened since the vote was loaded.
func (v *Vote) Events() []Event { return v.events }

// record notes an event of the vote. No event ever says a ballot's level.
func (v *Vote) record(a Act, kind EventKind, detail Detail) {
	detail.Vote, detail.Round = v.ID, v.Round
	v.events = append(v.events, Event{At: a.At, By: a.By, Kind: kind, Task: v.DecisionArea, Person: v.Receiver, Detail: detail})
}
