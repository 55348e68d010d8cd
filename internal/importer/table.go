package importer

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"baton/internal/work"
)

// The caps of a table. A field past longest is a quote that somebody forgot;
// what lies past widest in a record is not read.
const (
	longest = 1 << 20
	widest  = 500
)

// A Table reads records of separated values: quotes may hold separators, line
// ends and doubled quotes; records may be ragged and end in any way.
type Table struct {
	in    *bufio.Reader
	comma byte
	line  int // of the byte read next

	text []byte // of the record, its fields one after another
	ends []int
}

// A Record is one row of a table.
type Record struct {
	Line   int // on which it begins
	Fields []string
}

// NewTable reads a table with a separator.
func NewTable(r io.Reader, comma byte) *Table {
	return &Table{in: bufio.NewReaderSize(r, 64<<10), comma: comma, line: 1}
}

// Blank reports whether every field is empty.
func (r Record) Blank() bool {
	for _, f := range r.Fields {
		if strings.TrimSpace(f) != "" {
			return false
		}
	}
	return true
}

// Next returns the next record, or io.EOF.
func (t *Table) Next() (Record, error) {
	if _, err := t.in.Peek(1); err != nil {
		return Record{}, ended(err)
	}
	record := Record{Line: t.line}
	t.text, t.ends = t.text[:0], t.ends[:0]
	for {
		more, err := t.field()
		if err != nil {
			return Record{}, err
		}
		if len(t.ends) < widest {
			t.ends = append(t.ends, len(t.text))
		} else {
			t.text = t.text[:t.ends[widest-1]]
		}
		if !more {
			break
		}
	}
	whole, from := string(t.text), 0
	record.Fields = make([]string, len(t.ends))
	for i, end := range t.ends {
		record.Fields[i] = whole[from:end]
		from = end
	}
	return record, nil
}

func ended(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	return fmt.Errorf("read the table: %w", err)
}

// field reads one field into the record's text; more says that the record
// goes on.
func (t *Table) field() (more bool, err error) {
	from, begun := len(t.text), false
	for {
		c, err := t.in.ReadByte()
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, ended(err)
		}
		switch {
		case c == t.comma:
			return true, nil
		case c == '\n' || c == '\r':
			t.newline(c)
			return false, nil
		case c == '"' && !begun:
			begun, t.text = true, t.text[:from] // blanks before a quote say nothing
			if err := t.quoted(from); err != nil {
				return false, err
			}
		case c != 0:
			begun = begun || c != ' ' && c != '\t'
			t.text = append(t.text, c)
		}
		if len(t.text)-from > longest {
			return false, work.Errorf(work.Invalid, "Line %d: a field is longer than 1 MB.", t.line)
		}
	}
}

// newline takes the second half of a line end along.
func (t *Table) newline(c byte) {
	t.line++
	if c != '\r' {
		return
	}
	if next, err := t.in.Peek(1); err == nil && next[0] == '\n' {
		_, _ = t.in.Discard(1) // it was just seen there
	}
}

// quoted reads up to the closing quote. A quote inside that is not doubled and
// closes nothing is a quote.
func (t *Table) quoted(from int) error {
	opened := t.line
	for {
		c, err := t.in.ReadByte()
		if errors.Is(err, io.EOF) {
			return work.Errorf(work.Invalid, "Line %d: a quote opens there and never closes.", opened)
		}
		if err != nil {
			return ended(err)
		}
		switch c {
		case '"':
			next, _ := t.in.Peek(1) // none at the end
			switch {
			case len(next) == 0, next[0] == t.comma, next[0] == '\n', next[0] == '\r':
				return nil
			case next[0] == '"':
				_, _ = t.in.Discard(1) // it was just seen there
			}
			t.text = append(t.text, '"')
		case '\n', '\r':
			t.newline(c)
			t.text = append(t.text, '\n')
		case 0:
		default:
			t.text = append(t.text, c)
		}
		if len(t.text)-from > longest {
			return work.Errorf(work.Invalid, "Line %d: the field that opens there is longer than 1 MB; is its closing quote missing?", opened)
		}
	}
}

// Columns says where the columns of a table are, by their names without case,
// blanks and signs.
type Columns map[string]int

// ColumnsOf reads a header.
func ColumnsOf(header Record) Columns {
	cols := Columns{}
	for i, name := range header.Fields {
		name = plain(name)
		if _, twice := cols[name]; name != "" && !twice {
			cols[name] = i
		}
	}
	return cols
}

func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '%' {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// Has reports whether there is a column of every name.
func (c Columns) Has(names ...string) bool {
	for _, n := range names {
		if _, ok := c[n]; !ok {
			return false
		}
	}
	return true
}

// Get returns a record's field in the first of the named columns that is not
// empty.
func (c Columns) Get(r Record, names ...string) string {
	for _, n := range names {
		if i, ok := c[n]; ok && i < len(r.Fields) {
			if field := clean(r.Fields[i]); field != "" {
				return field
			}
		}
	}
	return ""
}

// headerWithin is among how many records a header is looked for: some programs
// put spacer rows and links above it.
const headerWithin = 20

// Header skips to the first record that is one, and returns its columns.
func (t *Table) Header(is func(Columns) bool) (Columns, bool, error) {
	for range headerWithin {
		record, err := t.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, false, err
		}
		if cols := ColumnsOf(record); is(cols) {
			return cols, true, nil
		}
	}
	return nil, false, nil
}

// HasHeader reports whether the beginning of a file has a header, and with
// which separator.
func HasHeader(head string, is func(Columns) bool) (comma byte, ok bool) {
	for _, comma := range []byte{',', ';', '\t', '|'} {
		if _, ok, _ := NewTable(strings.NewReader(head), comma).Header(is); ok {
			return comma, true
		}
	}
	return ',', false
}

// Records reads the table of a format: it looks for the header and hands out
// what follows it, without blank records.
func Records(r io.Reader, c Context, missing string, is func(Columns) bool, each func(Columns, Record, func(Row) bool) bool) Rows {
	return func(yield func(Row, error) bool) {
		comma, _ := HasHeader(c.Head, is)
		t := NewTable(r, comma)
		cols, ok, err := t.Header(is)
		if err == nil && !ok {
			err = work.Errorf(work.Invalid, "Line 1: %s", missing)
		}
		if err != nil {
			yield(Row{}, err)
			return
		}
		give := func(row Row) bool { return yield(row, nil) }
		for {
			record, err := t.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Row{}, err)
				return
			}
			if !record.Blank() && !each(cols, record, give) {
				return
			}
		}
	}
}
