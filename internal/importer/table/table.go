// Package table reads separated values of any program by the names of their
// columns.
package table

import (
	"io"
	"strings"

	"baton/internal/importer"
	"baton/internal/work"
)

// Format is a table with a header.
var Format = importer.Format{
	Name: "csv", Words: "CSV with a header", Read: read,
	Looks: func(name, head string) bool {
		alone := strings.HasSuffix(strings.ToLower(name), "sv") // a column alone could be the first line of a text
		_, ok := importer.HasHeader(head, func(c importer.Columns) bool { return header(c) && (len(c) > 1 || alone) })
		return ok
	},
}

// The names a column may have, the best first. docs/import.md lists them.
var (
	titles      = []string{"title", "task", "taskname", "name", "subject", "summary", "content", "todo", "what", "item", "action"}
	notes       = []string{"note", "notes", "description", "details", "comment", "comments", "body"}
	areas       = []string{"area", "section", "list", "project", "category", "categories", "group", "folder", "bucket", "column"}
	recurrences = []string{"recurrence", "recurs", "repeat", "repeats", "frequency", "howoften", "every"}
	dues        = []string{"due", "duedate", "dueon", "dueby", "when", "date"}
	deadlines   = []string{"deadline", "enddate", "end"}
	efforts     = []string{"effort", "duration", "estimate", "time", "timeneeded"}
	minutes     = []string{"minutes", "min", "effortminutes", "durationminutes", "effortmin"}
	hours       = []string{"hours", "h", "efforthours", "durationhours"}
	importances = []string{"priority", "importance", "prio"}
	whos        = []string{"who", "assignee", "assignedto", "person", "responsible", "owner"}
	parents     = []string{"parent", "parenttask", "partof"}
	ids         = []string{"id", "taskid", "uid", "uuid", "key"}
	states      = []string{"status", "state", "done", "completed", "complete", "iscompleted"}
	finished    = []string{"completedat", "completedon", "datecompleted", "completeddate", "completiondate"}
)

// header takes a record as one when it names a title and anything else, or a
// title alone by a name that is no word of a list.
func header(c importer.Columns) bool {
	for i, n := range titles {
		if c.Has(n) {
			return i < 3 && len(c) == 1 || len(c) > 1 && known(c) > 1
		}
	}
	return false
}

// known counts the columns whose names say something.
func known(c importer.Columns) int {
	n := 0
	for _, names := range [][]string{
		titles, notes, areas, recurrences, dues, deadlines, efforts, minutes, hours, importances, whos, parents, ids, states, finished, {"matters"},
	} {
		for _, name := range names {
			if c.Has(name) {
				n++
				break
			}
		}
	}
	return n
}

type parser struct {
	c     importer.Context
	keys  *importer.Keys
	names importer.Names // by title and id, for parents
}

func read(r io.Reader, c importer.Context) importer.Rows {
	p := parser{c: c, keys: importer.NewKeys("csv"), names: importer.Names{}}
	missing := "there is no header with a column for the title, such as title, task, name or subject."
	return importer.Records(r, c, missing, header, func(cols importer.Columns, record importer.Record, give func(importer.Row) bool) bool {
		return give(p.row(cols, record))
	})
}

func (p *parser) row(cols importer.Columns, record importer.Record) importer.Row {
	title := cols.Get(record, titles...)
	if state := cols.Get(record, states...); isDone(state) || cols.Get(record, finished...) != "" {
		return importer.Skipped(record.Line, "%s is done.", importer.Quoted(title))
	}
	row := importer.Row{
		Line: record.Line, Title: title, Note: cols.Get(record, notes...), Area: cols.Get(record, areas...),
		Matters: matters(cols, record),
	}
	if who := cols.Get(record, whos...); !p.c.Mine(who) {
		row.Suggested = who
	}
	p.time(&row, cols, record)
	row.By(cols.Get(record, deadlines...), p.c)
	effort(&row, cols, record)
	if parent := cols.Get(record, parents...); parent != "" {
		row.Parent = p.names.Key(parent)
	}
	row.Key = p.keys.Of(row.Area+"\x00"+row.Parent, title)
	if id := cols.Get(record, ids...); id != "" {
		row.Key = importer.ID("csv", id)
		p.names.Set(id, row.Key)
	}
	p.names.Set(title, row.Key)
	return row
}

func isDone(state string) bool {
	switch strings.ToLower(state) {
	case "done", "completed", "complete", "finished", "closed", "yes", "true", "x", "1", "100%", "archived", "cancelled", "canceled":
		return true
	}
	return false
}

func matters(cols importer.Columns, record importer.Record) *int {
	if text := cols.Get(record, "matters"); len(text) == 1 && text >= "0" && text <= "3" {
		value := int(text[0] - '0')
		return &value
	}
	return importer.Matters(cols.Get(record, importances...))
}

// time reads the recurrence, and the due beside it.
func (p *parser) time(row *importer.Row, cols importer.Columns, record importer.Record) {
	due, recurs := cols.Get(record, dues...), cols.Get(record, recurrences...)
	switch strings.ToLower(recurs) {
	case "", "never", "none", "no", "once", "false", "0":
		row.Time(due, p.c)
		return
	}
	row.Time(recurs, p.c)
	if due == "" {
		return
	}
	row.When += " from " + due
	if first, ok := importer.Instant(due, p.c); ok {
		row.Due = first
	}
}

func effort(row *importer.Row, cols importer.Columns, record importer.Record) {
	for _, column := range []struct {
		names []string
		unit  work.Minutes
	}{{minutes, 1}, {hours, 60}, {efforts, 1}} {
		text := cols.Get(record, column.names...)
		if text == "" {
			continue
		}
		span, ok := importer.Span(text, column.unit)
		if !ok {
			row.Remark = importer.Join(row.Remark, "Its effort was not understood: "+importer.Quoted(text)+".")
		}
		row.Effort = span
		return
	}
}
