// Package importer holds what the readers of other programs' files share: the
// row they all turn a stream into, text in any common encoding, tables, JSON
// that is read entry by entry, keys that survive a second export, and dates.
//
// There is one package per format below it, and formats, which knows them all.
// No reader holds a whole file: each hands out its rows as it goes, and what it
// must remember (names of lists, keys it has seen) is small per row and capped.
package importer

import (
	"io"
	"iter"
	"strings"
	"time"

	"baton/internal/ical"
	"baton/internal/phrase"
	"baton/internal/work"
)

// A Row is one task, or one person, as a file says it.
type Row struct {
	Line      int          `json:"line"`
	Key       string       `json:"key"`              // the same when the same thing is exported again
	Parent    string       `json:"parent,omitempty"` // the key of the task it is a part of
	Title     string       `json:"title,omitempty"`
	Note      string       `json:"note,omitempty"`
	Area      string       `json:"area,omitempty"`
	Effort    work.Minutes `json:"effort,omitempty"`
	When      string       `json:"when,omitempty"` // the recurrence and due in the file's own words; equal words are an equal when
	Rule      ical.Rule    `json:"rule,omitzero"`
	Due       ical.Due     `json:"due,omitzero"`
	Deadline  ical.Due     `json:"deadline,omitzero"`
	Counted   work.Minutes `json:"counted,omitempty"` // minutes a week, counted from a calendar
	Matters   *int         `json:"matters,omitempty"`
	Suggested string       `json:"suggested,omitempty"` // who carries it there

	Person *work.Person `json:"person,omitempty"` // set when the row is a person

	Remark string `json:"remark,omitempty"` // what was not understood and where it went
	Skip   string `json:"-"`                // why the row is not imported; "" imports it
}

// Rows is a stream of rows. An error ends it; it is a sentence that names the
// place when the file is at fault.
type Rows = iter.Seq2[Row, error]

// A Context is what a file is read against: "tomorrow" needs a day, a local
// time a zone, an amount a currency, and "declined" needs to know by whom.
type Context struct {
	Now      time.Time
	Zone     string   // IANA
	Currency string   // ISO 4217
	Me       []string // the member's name and mail addresses
	Head     string   // the beginning of the file, for what only many lines tell
}

// Phrase is the context for words about time.
func (c Context) Phrase() phrase.Context { return phrase.Context{Now: c.Now, Zone: c.Zone} }

// In returns the context with another zone, if that is one.
func (c Context) In(zone string) Context {
	if ical.IsZone(zone) {
		c.Zone = zone
	}
	return c
}

// A Format is one kind of file.
type Format struct {
	Name  string // todoist
	Words string // Todoist CSV
	// Looks reports whether a file with this name and beginning is of the
	// format.
	Looks func(name, head string) bool
	Read  func(r io.Reader, c Context) Rows
}

// Skipped is a row that is not imported.
func Skipped(line int, format string, args ...any) Row {
	return Row{Line: line, Skip: sentence(format, args...)}
}

// Mine reports whether a name or mail address is the member's.
func (c Context) Mine(who string) bool {
	for _, me := range c.Me {
		if me != "" && strings.EqualFold(me, strings.TrimSpace(who)) {
			return true
		}
	}
	return false
}
