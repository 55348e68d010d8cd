// Package todoist reads the CSV files of Todoist: the present header, with or
// without the columns of the last years, and the older one.
package todoist

import (
	"io"
	"regexp"
	"strconv"
	"strings"

	"baton/internal/importer"
	"baton/internal/work"
)

// Format is Todoist's CSV.
var Format = importer.Format{
	Name: "todoist", Words: "Todoist CSV", Read: read,
	Looks: func(_, head string) bool { _, ok := importer.HasHeader(head, header); return ok },
}

func header(c importer.Columns) bool { return c.Has("type", "content") }

// read keeps one task back until what follows it is not a note of it.
func read(r io.Reader, c importer.Context) importer.Rows {
	return func(yield func(importer.Row, error) bool) {
		p := parser{c: c, keys: importer.NewKeys("todoist")}
		each := func(cols importer.Columns, record importer.Record, give func(importer.Row) bool) bool {
			return p.record(cols, record, give)
		}
		for row, err := range importer.Records(r, c, "there is no header with the columns TYPE and CONTENT.", header, each) {
			if !yield(row, err) || err != nil {
				return
			}
		}
		if p.held != nil {
			yield(*p.held, nil)
		}
	}
}

type parser struct {
	c       importer.Context
	keys    *importer.Keys
	section string
	parents []string // keys by indent
	held    *importer.Row
}

func (p *parser) record(cols importer.Columns, record importer.Record, give func(importer.Row) bool) bool {
	kind := strings.ToLower(cols.Get(record, "type"))
	content := cols.Get(record, "content")
	if kind == "note" && p.held != nil {
		p.held.Note = importer.Join(p.held.Note, content)
		return true
	}
	if p.held != nil {
		row := *p.held
		p.held = nil
		if !give(row) {
			return false
		}
	}
	switch kind {
	case "", "meta":
		return true
	case "section":
		p.section, p.parents = content, nil
		return true
	case "task":
		row := p.task(cols, record, content)
		p.held = &row
		return true
	case "note":
		return give(importer.Skipped(record.Line, "A comment on the whole project belongs to no task."))
	}
	return give(importer.Skipped(record.Line, "A row of the type %s is no task.", importer.Quoted(kind)))
}

// maxIndent is the deepest level Todoist has.
const maxIndent = 5

func (p *parser) task(cols importer.Columns, record importer.Record, content string) importer.Row {
	c := p.c.In(cols.Get(record, "timezone"))
	title, labels := split(content)
	indent, err := strconv.Atoi(cols.Get(record, "indent"))
	if err != nil || indent < 1 {
		indent = 1
	}
	indent = min(indent, maxIndent, len(p.parents)+1)
	row := importer.Row{Line: record.Line, Title: title, Area: p.section, Suggested: p.responsible(cols, record)}
	under := p.section
	if indent > 1 {
		row.Parent = p.parents[indent-2]
		under = row.Parent
	}
	row.Key = p.keys.Of(under, title)
	p.parents = append(p.parents[:indent-1], row.Key)
	row.Note = importer.Join(cols.Get(record, "description"), importer.Named("Labels", strings.Join(labels, ", ")))
	if priority, err := strconv.Atoi(cols.Get(record, "priority")); err == nil && priority >= 1 && priority <= 3 {
		matters := 4 - priority
		row.Matters = &matters
	}
	when(&row, cols.Get(record, "date"), cols.Get(record, "datelang"), c)
	row.By(cols.Get(record, "deadline"), c)
	effort(&row, cols.Get(record, "duration"), cols.Get(record, "durationunit"))
	return row
}

var label = regexp.MustCompile(`(?:^|\s)@([^\s@#!]+)`)

// split takes the labels out of a task's content, and the star that says that
// it cannot be ticked off.
func split(content string) (title string, labels []string) {
	for _, m := range label.FindAllStringSubmatch(content, -1) {
		labels = append(labels, m[1])
	}
	title = strings.TrimSpace(strings.TrimPrefix(label.ReplaceAllString(content, ""), "* "))
	if title == "" {
		return content, nil
	}
	return title, labels
}

var numbered = regexp.MustCompile(`\s*\(\d+\)$`)

// responsible is who carries the task there, if that is not the member.
func (p *parser) responsible(cols importer.Columns, record importer.Record) string {
	who := cols.Get(record, "responsible")
	if who == "" || who == cols.Get(record, "author") {
		return ""
	}
	who = numbered.ReplaceAllString(who, "")
	if p.c.Mine(who) {
		return ""
	}
	return who
}

// when reads Todoist's words, whose short and strict forms phrase does not
// know. Words of another language are kept, not guessed.
func when(row *importer.Row, text, language string, c importer.Context) {
	lower := strings.ToLower(text)
	if rest, ok := strings.CutPrefix(lower, "ev "); ok {
		text = "every " + rest
	}
	text = strings.Replace(text, "every! ", "every ", 1)
	row.Time(text, c)
	if row.Rule.IsZero() && row.Due.IsZero() && text != "" && language != "" && language != "en" {
		row.Remark = importer.Join(row.Remark, "Dates are read in English; this one is in "+language+".")
	}
}

// A day of work, as Todoist's durations count them.
const workday = 8 * 60

func effort(row *importer.Row, text, unit string) {
	if text == "" || strings.EqualFold(text, "none") {
		return
	}
	per := work.Minutes(1)
	switch strings.ToLower(unit) {
	case "day", "days":
		per = workday
	case "hour", "hours":
		per = 60
	}
	minutes, ok := importer.Span(text, per)
	if !ok {
		row.Remark = importer.Join(row.Remark, "Its duration was not understood: "+importer.Quoted(text)+".")
		return
	}
	row.Effort = minutes
}
