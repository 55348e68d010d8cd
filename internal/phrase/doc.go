// Package phrase reads what people write about time and work: dates,
// recurrences, efforts, and the one line of quick add.
//
// It never guesses silently. What can be read in two ways is refused by Day and
// Recur with a sentence, and stays in the title for QuickAdd. docs/dates.md
// has the grammar.
package phrase

import (
	"errors"
	"fmt"
	"time"
)

// A Context says when and where words are read: "tomorrow" needs both.
type Context struct {
	Now  time.Time
	Zone string // IANA
}

// unread says that words are nothing the grammar knows; every other error is
// of words that it knows, and refuses as wrong or as meaning two things.
type unread string

func (u unread) Error() string { return string(u) }

func unreadf(format string, args ...any) error { return unread(fmt.Sprintf(format, args...)) }

// refused reports whether words were understood well enough to be refused.
func refused(err error) bool {
	var u unread
	return err != nil && !errors.As(err, &u)
}
