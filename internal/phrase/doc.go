// Package phrase reads what people write about time and work: dates,
// recurrences, efforts, and the one line of quick add.
//
// It never guesses silently. What can be read in two ways is refused by Day and
// Recur with a sentence, and stays in the title for QuickAdd. docs/dates.md
// has the grammar.
package phrase

import "time"

// A Context says when and where words are read: "tomorrow" needs both.
type Context struct {
	Now  time.Time
	Zone string // IANA
}
