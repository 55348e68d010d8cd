// Package asana reads the CSV files of Asana, also those with links and spacer
// rows above the header.
package asana

import (
	"io"
	"strings"

	"baton/internal/importer"
)

// Format is Asana's CSV.
var Format = importer.Format{
	Name: "asana", Words: "Asana CSV", Read: read,
	Looks: func(_, head string) bool { _, ok := importer.HasHeader(head, header); return ok },
}

func header(c importer.Columns) bool {
	return c.Has("taskid", "name") && (c.Has("sectioncolumn") || c.Has("completedat") || c.Has("lastmodified"))
}

// parser remembers the key of each title: Asana names a parent by its title.
type parser struct {
	c    importer.Context
	keys importer.Names
}

func read(r io.Reader, c importer.Context) importer.Rows {
	p := parser{c, importer.Names{}}
	return importer.Records(r, c, "there is no header with the columns Task ID and Name.", header,
		func(cols importer.Columns, record importer.Record, give func(importer.Row) bool) bool {
			return give(p.row(cols, record))
		})
}

func (p *parser) row(cols importer.Columns, record importer.Record) importer.Row {
	title, id := cols.Get(record, "name"), cols.Get(record, "taskid")
	if done := cols.Get(record, "completedat"); done != "" {
		return importer.Skipped(record.Line, "%s was completed on %s.", importer.Quoted(title), importer.OneLine(done))
	}
	row := importer.Row{Line: record.Line, Title: title, Key: importer.ID("asana", id)}
	if id == "" {
		return importer.Skipped(record.Line, "%s has no Task ID.", importer.Quoted(title))
	}
	row.Area = area(cols.Get(record, "sectioncolumn"), cols.Get(record, "projects"))
	row.Note = importer.Join(cols.Get(record, "notes"), importer.Named("Tags", strings.ReplaceAll(cols.Get(record, "tags"), ",", ", ")),
		importer.Named("Start", cols.Get(record, "startdate")))
	row.Time(cols.Get(record, "duedate", "dueat"), p.c)
	row.Matters = importer.Matters(cols.Get(record, "priority"))
	if estimate := cols.Get(record, "estimatedtime", "estimate"); estimate != "" {
		row.Effort, _ = importer.Span(estimate, 1) // Asana exports minutes; what is none is left out
	}
	if who := cols.Get(record, "assignee"); !p.c.Mine(who) && !p.c.Mine(cols.Get(record, "assigneeemail")) {
		row.Suggested = who
	}
	if parent := cols.Get(record, "parenttask"); parent != "" {
		if row.Parent = p.keys.Key(parent); row.Parent == "" {
			row.Remark = "The task it is a part of, " + importer.Quoted(parent) + ", does not stand above it; it is a task of its own."
		}
	}
	p.keys.Set(title, row.Key)
	return row
}

// area is the section, or the project where a task has none.
func area(section, project string) string {
	switch strings.ToLower(section) {
	case "", "(no section)", "untitled section", "no section":
		first, _, _ := strings.Cut(project, ",")
		return first
	}
	return section
}
