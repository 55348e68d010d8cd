// Package formats knows every format that can be imported, and tells from a
// file's beginning and name which it is.
package formats

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"baton/internal/importer"
	"baton/internal/importer/asana"
	"baton/internal/importer/calendar"
	"baton/internal/importer/checklist"
	"baton/internal/importer/mstodo"
	"baton/internal/importer/peoplecsv"
	"baton/internal/importer/table"
	"baton/internal/importer/taskwarrior"
	"baton/internal/importer/todoist"
	"baton/internal/importer/trello"
	"baton/internal/work"
)

// All lists the formats in the order they are tried.
var All = []importer.Format{
	calendar.Format, taskwarrior.Format, trello.Format, todoist.Format, asana.Format, mstodo.Format, peoplecsv.Format, table.Format, checklist.Format,
}

// People is the name of the format whose rows are people.
var People = peoplecsv.Format.Name

// Named returns a format by its name.
func Named(name string) (importer.Format, error) {
	for _, f := range All {
		if strings.EqualFold(f.Name, name) {
			return f, nil
		}
	}
	return importer.Format{}, work.FieldError("format", "There is no format called %q; use one of %s.", importer.Cut(name, 40), names())
}

func names() string {
	var out []string
	for _, f := range All {
		out = append(out, f.Name)
	}
	return strings.Join(out[:len(out)-1], ", ") + " or " + out[len(out)-1]
}

// looks is how much of a file tells its format.
const looks = 48 << 10

// Open finds out a stream's format, unless one is forced by name, and returns
// its rows. The name is the file's, "" if it has none.
func Open(r io.Reader, name, forced string, c importer.Context) (importer.Format, importer.Rows, error) {
	text, err := importer.Decode(r)
	if err != nil {
		return importer.Format{}, nil, err
	}
	in := bufio.NewReaderSize(text, looks)
	head, err := in.Peek(looks)
	if err != nil && !errors.Is(err, io.EOF) {
		return importer.Format{}, nil, fmt.Errorf("read the file: %w", err)
	}
	c.Head = whole(string(head), err != nil)
	format, err := find(name, forced, c.Head)
	if err != nil {
		return format, nil, err
	}
	return format, importer.Tidy(format.Read(in, c)), nil
}

// whole drops a last line, or at least a last character, that may be cut.
func whole(head string, all bool) string {
	if all {
		return head
	}
	if end := strings.LastIndexByte(head, '\n'); end > 0 {
		return head[:end+1]
	}
	for len(head) > 0 && !utf8.ValidString(head[len(head)-1:]) {
		head = head[:len(head)-1]
	}
	return head
}

func find(name, forced, head string) (importer.Format, error) {
	if forced != "" {
		return Named(forced)
	}
	if strings.TrimSpace(head) == "" {
		return importer.Format{}, work.Errorf(work.Invalid, "The file is empty.")
	}
	for _, f := range All {
		if f.Looks(name, head) {
			return f, nil
		}
	}
	shown := "The file"
	if name != "" {
		shown = path.Base(name)
	}
	var known []string
	for _, f := range All {
		known = append(known, fmt.Sprintf("%s (%s)", f.Words, f.Name))
	}
	return importer.Format{}, work.FieldError("format", "Line 1: %s is in no format that is known: %s. Say which one it is, if it is one of them.", shown, strings.Join(known, ", "))
}
