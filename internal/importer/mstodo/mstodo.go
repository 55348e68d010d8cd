// Package mstodo reads lists of Microsoft To Do and of Outlook's tasks as CSV.
// Microsoft names the columns differently from way to way; all names known are
// taken.
package mstodo

import (
	"io"
	"strings"

	"baton/internal/importer"
)

// Format is Microsoft To Do's CSV.
var Format = importer.Format{
	Name: "mstodo", Words: "Microsoft To Do CSV", Read: read,
	Looks: func(_, head string) bool { _, ok := importer.HasHeader(head, header); return ok },
}

var (
	titles = []string{"title", "subject", "taskname", "task"}
	lists  = []string{"listname", "list", "tasklist", "tasklistname", "listdisplayname", "foldername", "folder", "categories"}
)

func header(c importer.Columns) bool {
	if !c.Has("title") && !c.Has("subject") && !c.Has("taskname") {
		return false
	}
	for _, sure := range []string{
		"importance", "isreminderon", "reminderonoff", "%complete", "datecompleted", "listname", "tasklist", "tasklistname", "duedatetime", "addedtomyday",
	} {
		if c.Has(sure) {
			return true
		}
	}
	return false
}

func read(r io.Reader, c importer.Context) importer.Rows {
	keys := importer.NewKeys("mstodo")
	return importer.Records(r, c, "there is no header with the columns Title or Subject and Importance, List or % Complete.", header,
		func(cols importer.Columns, record importer.Record, give func(importer.Row) bool) bool {
			row := task(cols, record, c, keys)
			if !give(row) {
				return false
			}
			return row.Skip != "" || steps(row, cols.Get(record, "steps", "checklistitems", "subtasks", "checklist"), keys, give)
		})
}

func task(cols importer.Columns, record importer.Record, c importer.Context, keys *importer.Keys) importer.Row {
	title := cols.Get(record, titles...)
	if done(cols, record) {
		return importer.Skipped(record.Line, "%s is completed.", importer.Quoted(title))
	}
	row := importer.Row{
		Line: record.Line, Title: title, Area: cols.Get(record, lists...),
		Note: importer.Join(cols.Get(record, "notes", "note", "body", "bodycontent", "description"), importer.Named("Start", cols.Get(record, "startdate"))),
	}
	row.Key = keys.Of(row.Area, title)
	if id := cols.Get(record, "id", "taskid"); id != "" {
		row.Key = importer.ID("mstodo", id)
	}
	// Microsoft writes an importance on every task; the middle one says nothing.
	row.Matters = importer.Matters(cols.Get(record, "importance", "priority"))
	due, recurs := cols.Get(record, "duedate", "duedatetime", "due"), cols.Get(record, "recurrence", "repeat", "recurrencepattern")
	if recurs == "" || strings.EqualFold(recurs, "none") || strings.EqualFold(recurs, "never") {
		row.Time(due, c)
	} else {
		row.Time(recurs, c)
		if first, ok := importer.Instant(due, c); ok {
			row.Due = first
			row.When += " from " + due
		}
	}
	if text := cols.Get(record, "totalwork", "estimate", "effort"); text != "" && text != "0" {
		row.Effort, _ = importer.Span(text, 1) // Outlook counts minutes; what is none is left out
	}
	if who := cols.Get(record, "assignedto"); !c.Mine(who) {
		row.Suggested = who
	}
	return row
}

func done(cols importer.Columns, record importer.Record) bool {
	if cols.Get(record, "datecompleted", "completeddate", "completeddatetime", "completedon") != "" {
		return true
	}
	percent := strings.TrimRight(cols.Get(record, "%complete"), "% ")
	switch strings.ToLower(cols.Get(record, "status", "iscompleted", "completed", "complete")) {
	case "completed", "complete", "done", "true", "yes":
		return true
	}
	return percent == "100" || percent == "1" || percent == "1.0"
}

// steps makes parts of a task's steps, which stand one to a line.
func steps(whole importer.Row, text string, keys *importer.Keys, give func(importer.Row) bool) bool {
	for line := range strings.SplitSeq(text, "\n") {
		title := strings.TrimLeft(importer.OneLine(line), "-*•[] ")
		if title == "" || strings.HasPrefix(importer.OneLine(line), "[x]") {
			continue
		}
		row := importer.Row{Line: whole.Line, Key: keys.Of(whole.Key, title), Parent: whole.Key, Title: title, Area: whole.Area}
		if !give(row) {
			return false
		}
	}
	return true
}
