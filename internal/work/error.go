package work

import (
	"errors"
	"fmt"
)

// Kind sorts the mistakes a person can be told about. Every surface maps it
// once: to an HTTP status, to an exit code, to the tone of a page.
type Kind string

// The kinds of mistake.
const (
	Invalid   Kind = "invalid"   // the input says something impossible
	Forbidden Kind = "forbidden" // somebody else may do this, not you
	NotFound  Kind = "not_found" // there is no such thing for you
	Conflict  Kind = "conflict"  // not possible in the present state
	Stale     Kind = "stale"     // it changed since you read it
	Full      Kind = "full"      // no room: disk, quota or size

	TooOften Kind = "too_often" // too many wrong attempts

	Unreachable Kind = "unreachable" // the database or the server does not answer
)

// An Error is a sentence for the person who caused it. Everything that is not
// an Error is our own fault and is never shown.
type Error struct {
	Kind    Kind
	Message string
	Fields  map[string]string // by field path ("brief.outcome"), each a sentence
}

// Error returns the sentence.
func (e *Error) Error() string { return e.Message }

// Is makes errors.Is(err, &Error{Kind: k}) match any error of that kind.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Message == "" && t.Kind == e.Kind
}

// Errorf makes an Error from a formatted sentence.
func Errorf(k Kind, format string, args ...any) error {
	return &Error{Kind: k, Message: fmt.Sprintf(format, args...)}
}

// FieldError makes an Invalid error about one field of the input.
func FieldError(field, format string, args ...any) error {
	sentence := fmt.Sprintf(format, args...)
	return &Error{Kind: Invalid, Message: sentence, Fields: map[string]string{field: sentence}}
}

// KindOf returns the kind of the Error inside err, or "" if there is none.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return ""
}
