package work

import (
	"maps"
	"slices"
	"time"
)

// A Ballot is what one voter says in one round.
type Ballot struct {
	Round  int
	Person PersonID
	Level  Level // 0 before it is in
	Reason string
	At     time.Time
	Open   bool   // revealed to every voter
	Gone   bool   // they left the workspace, or the level by whose link they voted is over
	Words  string // said after the reveal by the highest and the lowest
}

// Voters are those who vote in the present round, the giver and the receiver
// first. Whoever is gone before they said a level is dropped.
func (v *Vote) Voters() []PersonID {
	var out []PersonID
	for _, b := range v.Ballots {
		if b.Round == v.Round && (b.Level != 0 || !b.Gone) {
			out = append(out, b.Person)
		}
	}
	return out
}

// Away are the voters of an open round who are away, whether they voted or not.
// Who counts along may guess from it whose level is in, and never which it is.
func (v *Vote) Away() []PersonID {
	if v.State != VoteOpen {
		return nil
	}
	return slices.DeleteFunc(v.Voters(), func(p PersonID) bool { return !v.absent(p) })
}

// Doubt counts as here whom somebody else than themself or the giver called away
// after the vote began: so nobody shuts another out. changes are the latest of
// each person.
func (v *Vote) Doubt(changes []Event) {
	absent := maps.Clone(v.Absent) // which other votes share
	for _, e := range changes {
		if e.By != e.Person && e.By != v.Giver && !e.At.Before(v.StartedAt) {
			delete(absent, e.Person)
		}
	}
	v.Absent = absent
}

func (v *Vote) absent(p PersonID) bool {
	_, away := v.Absent[p]
	return away
}

// Silent are those of an open round whose level is not in and who are here to
// say it.
func (v *Vote) Silent() []PersonID {
	if v.State != VoteOpen {
		return nil
	}
	return slices.DeleteFunc(v.Voters(), func(p PersonID) bool { return v.absent(p) || v.ballot(p).Level != 0 })
}

// complete reports whether an open round waits for nobody: all who are here
// have voted, and they are enough for a reveal.
func (v *Vote) complete() bool {
	return v.State == VoteOpen && v.In() >= fewestBallots && len(v.Silent()) == 0
}

// ballot is somebody's of the present round, nil when they do not vote.
func (v *Vote) ballot(p PersonID) *Ballot {
	i := slices.IndexFunc(v.Ballots, func(b Ballot) bool { return b.Round == v.Round && b.Person == p })
	if i < 0 {
		return nil
	}
	return &v.Ballots[i]
}

// In counts the ballots that are in, of the present round.
func (v *Vote) In() (in int) {
	for _, b := range v.Ballots {
		if b.Round == v.Round && b.Level != 0 {
			in++
		}
	}
	return in
}

// Seen are the ballots somebody may see: their own, and those of rounds that
// are revealed. Who does not vote sees none.
func (v *Vote) Seen(p PersonID) []Ballot {
	var out []Ballot
	if v.ballot(p) == nil {
		return nil
	}
	for _, b := range v.Ballots {
		if b.Open || b.Person == p {
			out = append(out, b)
		}
	}
	return out
}

// Extremes returns the lowest and the highest level of the revealed round; both
// are 0 before.
func (v *Vote) Extremes() (low, high Level) {
	for _, b := range v.Ballots {
		if b.Round != v.Round || !b.Open {
			continue
		}
		if low == 0 || b.Level < low {
			low = b.Level
		}
		high = max(high, b.Level)
	}
	return low, high
}

// Asked reports whether somebody is asked to say why: they said the highest or
// the lowest level of a revealed round in which not all said the same.
func (v *Vote) Asked(p PersonID) bool {
	b := v.ballot(p)
	low, high := v.Extremes()
	return v.State == VoteRevealed && b != nil && b.Open && low != high && (b.Level == low || b.Level == high)
}

// staying are the voters who are not gone.
func (v *Vote) staying() []PersonID {
	return slices.DeleteFunc(v.Voters(), func(p PersonID) bool { return v.ballot(p).Gone })
}
