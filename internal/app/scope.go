package app

import (
	"net/http"
	"slices"

	"baton/internal/work"
)

// A Scope is how much of what its member may do a token does.
type Scope string

// The scopes.
const (
	ScopeRead Scope = "read" // looks, and changes nothing
	ScopeAct  Scope = "act"  // does what is its one member's to do, nothing that only an owner may
	ScopeAll  Scope = "all"  // everything, and lets others in
)

// scopes are all there are, each with all of those before it.
var scopes = []Scope{ScopeRead, ScopeAct, ScopeAll}

// Known reports whether there is such a scope.
func (s Scope) Known() bool { return slices.Contains(scopes, s) }

// Words say what a token of the scope does.
func (s Scope) Words() string {
	switch s {
	case ScopeRead:
		return "looks, and changes nothing"
	case ScopeAct:
		return "acts for its member, without an owner's powers"
	}
	return "does everything its member may"
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
	needs := d.Needs()
	if a.Scope == "" || slices.Index(scopes, a.Scope) >= slices.Index(scopes, needs) {
		return nil
	}
	return work.Errorf(work.Forbidden, "This token is for “%s”: it %s. This needs one for “%s”.", a.Scope, a.Scope.Words(), needs)
}
