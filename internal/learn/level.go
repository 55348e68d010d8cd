package learn

import (
	"fmt"
	"slices"

	"baton/internal/work"
)

// A Round is one look back in a row of them: the same two people, the same
// area of work.
type Round struct {
	Level           work.Level // of authority, in force then
	Giver, Receiver *work.Reflection
	Returned        int // deliveries and turns that came back, and defects, since the round before
}

// Good reports a round that speaks for more authority: everybody who answered
// gave the outcome 4 or 5, the receiver felt at least as free as agreed, and
// nothing came back.
func (r Round) Good() bool {
	return r.answered() && r.Returned == 0 && r.all(func(l *work.Reflection) bool { return l.Outcome >= 4 }) && (r.Receiver == nil || r.Receiver.Free >= 3)
}

// Poor reports a round that speaks for less: an outcome of 2 or worse, on the
// mean of those who answered.
func (r Round) Poor() bool {
	return r.answered() && mean(r.Giver, r.Receiver, outcomes) <= 2000
}

func (r Round) answered() bool { return r.Giver != nil || r.Receiver != nil }

func (r Round) all(is func(*work.Reflection) bool) bool {
	return (r.Giver == nil || is(r.Giver)) && (r.Receiver == nil || is(r.Receiver))
}

// Streak counts the good rounds at the end of a row, oldest first; poor ones
// count down from zero. A round that is neither ends it.
func Streak(rounds []Round) int {
	good, poor := 0, 0
	for _, r := range slices.Backward(rounds) {
		switch {
		case r.Good() && poor == 0:
			good++
		case r.Poor() && good == 0:
			poor++
		default:
			return good - poor
		}
	}
	return good - poor
}

// inARow is how many good rounds speak for another level, and how many poor
// ones against the present one.
const inARow = 2

// NextLevel is the level that the last rounds, oldest first, speak for: one
// step up after two good ones in a row at the present level, one down after
// two poor ones. limit is the highest level possible here, 0 for no limit
// beyond the kinds'.
func NextLevel(kind work.DelegationKind, now work.Level, agent bool, limit work.Level, rounds []Round) work.Level {
	same := rounds
	for i, r := range rounds {
		if r.Level != now {
			same = rounds[i+1:]
		}
	}
	next := now
	switch streak := Streak(same); {
	case streak >= inARow:
		next = step(kind, now, 1)
	case streak <= -inARow:
		next = step(kind, now, -1)
	}
	highest := work.Autonomous
	if agent {
		highest = work.AgentCap
	}
	if limit > 0 {
		highest = min(highest, limit)
	}
	return max(min(next, max(highest, now)), work.Tell)
}

// sentences are the levels an assignment says in its three sentences.
var sentences = []work.Level{work.Explain, work.Intend, work.Autonomous}

// step is the next level up or down: one of the seven, for an assignment the
// next sentence. At the end of the ladder it stays.
func step(kind work.DelegationKind, now work.Level, by work.Level) work.Level {
	if kind != work.Assignment {
		return min(max(now+by, work.Tell), work.Autonomous)
	}
	next := now
	for _, l := range sentences {
		switch {
		case by > 0 && l > now:
			return l
		case by < 0 && l < now:
			next = l
		}
	}
	return next
}

// StepReached is the lesson of a path: the good rounds it asks for are there.
func StepReached(d *work.Delegation, s *work.Step, area string) Lesson {
	return Lesson{
		Kind: LevelLesson, About: d.Receiver, Holder: d.Giver, Subject: area, From: int64(d.Terms.Authority.Level), To: int64(s.Level),
		Cause: fmt.Sprintf("You agreed on level %d of “%s” after %s.", s.Level, d.Title, rounds(s.Rounds, "good")),
	}
}
