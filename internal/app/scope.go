package app

import (
	"net/http"

	"baton/internal/work"
)

// A Scope is how much of what its member may do a token does.
type Scope string

// The scopes, each with all of those before it.
const (
	ScopeRead Scope = "read" // looks, and changes nothing
	ScopeAct  Scope = "act"  // does what is its one member's to do, nothing that only an owner may
	ScopeAll  Scope = "all"  // everything, and lets others in
)

// Words say what a token of the scope does.
func (s Scope) Words() string {
	return map[Scope]string{
		ScopeRead: "looks, and changes nothing",
		ScopeAct:  "acts for its member, without an owner's powers",
		ScopeAll:  "does everything its member may",
	}[s]
}

// Needs is the least scope of a token that may do the operation.
func (d Describe) Needs() Scope {
	switch {
	case d.Who == AnOwner || d.Admits:
		return ScopeAll
	case d.Method == http.MethodGet:
		return ScopeRead
	}
	return ScopeAct
}

// within refuses what the actor's token is not for. Whoever signed in, and a
// guest, has no scope: who they are says what they may.
func (a Actor) within(d Describe) error {
	rank := map[Scope]int{ScopeRead: 1, ScopeAct: 2, ScopeAll: 3}
	needs := d.Needs()
	if a.Scope == "" || rank[a.Scope] >= rank[needs] {
		return nil
	}
	return work.Errorf(work.Forbidden, "This token is for “%s”: it %s. This needs one for “%s”.", a.Scope, a.Scope.Words(), needs)
}
