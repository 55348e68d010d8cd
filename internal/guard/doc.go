// Package guard watches the practice of delegating itself, for the giver
// alone. Reverse names work that creeps back to them; Mirror holds what they did
// against the level of authority they agreed to. Both are read off recorded events
// by the rules in docs/guards.md, name the events they rest on, and judge
// nobody: the receiver is never the subject of either.
//
// It is pure: the same records give the same answer.
package guard

import (
	"time"

	"baton/internal/work"
)

// A Case is one delegation with what was recorded of it.
type Case struct {
	ID       work.DelegationID
	Kind     work.DelegationKind
	Title    string
	Task     work.TaskID
	Giver    work.PersonID
	Receiver work.PersonID
	Name     string // what the receiver is called
	Started  time.Time
	Ended    time.Time // zero while it is going on
	Terms    map[int]work.Terms
	Events   []work.Event // of this delegation, the oldest first
}

// active reports whether the delegation was going on at a moment.
func (c *Case) active(at time.Time) bool {
	return !c.Started.IsZero() && !at.Before(c.Started) && (c.Ended.IsZero() || at.Before(c.Ended))
}

// byGiver reports whether the giver did it themselves: what a stand-in does is
// not theirs.
func (c *Case) byGiver(e work.Event) bool { return e.By == c.Giver }

func (c *Case) byReceiver(e work.Event) bool { return e.By == c.Receiver || e.For == c.Receiver }

// A walk goes through the events of a case and knows which terms are in force.
type walk struct {
	c     *Case
	terms work.Terms
	known bool // terms were agreed
	needs bool // the receiver's last update said stuck, or asked for a word
}

// step takes in one event.
func (w *walk) step(e work.Event) {
	switch e.Kind {
	case work.AcceptedTerms, work.TermsAgreed, work.ToldAloud:
		w.terms, w.known = w.c.Terms[e.Detail.Terms], true
	case work.CheckedIn:
		w.needs = e.Detail.Status != work.OnTrack
	}
}

const (
	day  = 24 * time.Hour
	week = 7 * day
)

// Span is what the mirror counts over at a time.
const Span = 4 * week
