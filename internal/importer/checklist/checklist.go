// Package checklist reads plain text and Markdown: one task a line, headings
// as areas, indented lines as parts, boxes that are ticked as done.
package checklist

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"baton/internal/importer"
	"baton/internal/phrase"
	"baton/internal/work"
)

// Format is a text with a task on each line.
var Format = importer.Format{
	Name: "text", Words: "plain text or Markdown checklist", Read: read,
	Looks: func(name, head string) bool {
		switch strings.ToLower(path.Ext(name)) {
		case ".txt", ".text", ".md", ".markdown", ".org", ".todo", "":
		default:
			return false
		}
		return text(head)
	},
}

// text reports whether a beginning is what people write, and no markup or data
// of a program.
func text(head string) bool {
	head = strings.TrimSpace(head)
	if head == "" || strings.ContainsRune("<{[", rune(head[0])) && !strings.HasPrefix(head, "[ ]") && !strings.HasPrefix(head, "[x]") {
		return false
	}
	if strings.HasPrefix(head, "%PDF") || strings.HasPrefix(head, "PK\x03") {
		return false
	}
	odd := strings.Count(head, "\x00")
	for _, r := range head {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == '\ufffd' {
			odd++
		}
	}
	return odd*100 <= len(head)
}

// longest is how long a line may be.
const longest = 1 << 20

var (
	heading = regexp.MustCompile(`^#{1,6}\s+(.*?)\s*#*$`)
	bullet  = regexp.MustCompile(`^(?:[-*+•–]|\d{1,4}[.)])\s+(.*)$`)
	box     = regexp.MustCompile(`^\[([ xX✓✔-])\]\s*(.*)$`)
	rule    = regexp.MustCompile(`^(?:[-=_*]\s*){3,}$`)
)

// parser knows the items above a line, so that its indent says what it is.
type parser struct {
	c        importer.Context
	keys     *importer.Keys
	markdown bool // text that is no item is prose
	area     string
	above    []item
	held     *importer.Row
	fenced   bool
}

type item struct {
	indent int
	key    string
	done   bool
}

func read(r io.Reader, c importer.Context) importer.Rows {
	return func(yield func(importer.Row, error) bool) {
		p := parser{c: c, keys: importer.NewKeys("text"), markdown: isMarkdown(c.Head)}
		in := bufio.NewReaderSize(r, 64<<10)
		for n := 1; ; n++ {
			line, err := readLine(in)
			if err != nil && !errors.Is(err, io.EOF) {
				if errors.Is(err, errTooLong) {
					err = work.Errorf(work.Invalid, "Line %d is longer than 1 MB.", n)
				}
				yield(importer.Row{}, err)
				return
			}
			for _, row := range p.line(n, line) {
				if !yield(row, nil) {
					return
				}
			}
			if err != nil {
				break
			}
		}
		if p.held != nil {
			yield(*p.held, nil)
		}
	}
}

var errTooLong = errors.New("a line is too long")

func readLine(in *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > longest:
			return "", errTooLong
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return "", fmt.Errorf("read the text: %w", err)
		}
		return string(line), err
	}
}

// isMarkdown says that a text has headings and marked items: its plain lines
// are prose then, not tasks.
func isMarkdown(head string) bool {
	headings, items := false, false
	for line := range strings.SplitSeq(head, "\n") {
		line = strings.TrimSpace(line)
		headings = headings || heading.MatchString(line)
		items = items || bullet.MatchString(line) || box.MatchString(line)
	}
	return headings && items
}

// line reads one line and returns the rows that are complete by it.
func (p *parser) line(n int, text string) []importer.Row {
	indent, text := indentOf(text)
	switch {
	case strings.HasPrefix(text, "```"):
		p.fenced = !p.fenced
		return p.flush()
	case text == "" || p.fenced || rule.MatchString(text):
		return nil
	case heading.MatchString(text):
		p.area, p.above = importer.OneLine(heading.FindStringSubmatch(text)[1]), nil
		return p.flush()
	}
	marked, done := false, false
	if m := bullet.FindStringSubmatch(text); m != nil {
		marked, text = true, m[1]
	}
	if m := box.FindStringSubmatch(text); m != nil {
		marked, done, text = true, m[1] != " ", m[2]
	}
	if !marked && p.held != nil && len(p.above) > 0 && indent > p.above[len(p.above)-1].indent {
		p.held.Note = importer.Join(p.held.Note, text)
		return nil
	}
	if !marked && p.markdown {
		return append(p.flush(), importer.Skipped(n, "Text that is no item of a list: %s.", importer.Quoted(text)))
	}
	return append(p.flush(), p.item(n, indent, text, done)...)
}

func (p *parser) flush() []importer.Row {
	if p.held == nil {
		return nil
	}
	row := *p.held
	p.held = nil
	return []importer.Row{row}
}

// indentOf measures the blanks before a text; a tab is four of them.
func indentOf(line string) (int, string) {
	indent := 0
	for i, r := range line {
		switch r {
		case ' ':
			indent++
		case '\t':
			indent += 4
		case '\ufeff':
		default:
			return indent, strings.TrimSpace(line[i:])
		}
	}
	return indent, ""
}

// deepest is how many levels of parts there are.
const deepest = 20

func (p *parser) item(n, indent int, text string, done bool) []importer.Row {
	for len(p.above) > 0 && (p.above[len(p.above)-1].indent >= indent || len(p.above) >= deepest) {
		p.above = p.above[:len(p.above)-1]
	}
	under, parent := p.area, ""
	if len(p.above) > 0 {
		parent = p.above[len(p.above)-1].key
		under = parent
		done = done || p.above[len(p.above)-1].done
	}
	key := p.keys.Of(under, importer.OneLine(text))
	p.above = append(p.above, item{indent, key, done})
	if done {
		return []importer.Row{importer.Skipped(n, "%s is ticked off.", importer.Quoted(text))}
	}
	row := importer.Row{Line: n, Key: key, Parent: parent, Title: text, Area: p.area}
	if got, err := phrase.QuickAdd(importer.OneLine(text), p.c.Phrase()); err == nil {
		row.Title, row.Rule, row.Due, row.Effort, row.Suggested = got.Title, got.Rule, got.Due, work.Minutes(got.Effort), got.Person
		if got.Area != "" {
			row.Area = got.Area
		}
		if got.Matters >= 0 {
			row.Matters = &got.Matters
		}
		row.When = whenWords(got.Chips)
	}
	p.held = &row
	return nil
}

// whenWords is what the line itself says about time.
func whenWords(chips []phrase.Chip) string {
	var words []string
	for _, c := range chips {
		if c.Kind == "recurrence" || c.Kind == "due" {
			words = append(words, c.Text)
		}
	}
	return strings.Join(words, " ")
}
