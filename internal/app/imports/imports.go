// Package imports holds the operations that take other programs' files in, and
// back out.
//
// An import runs in three steps. The file is read into rows that are staged
// under one record, while nothing shows yet; what is wrong with the file ends
// it here and leaves nothing. The rows are then applied in batches, each one
// transaction, so that others work between them. A row that was imported before
// is found by its key and changes only what the file changed and the user did
// not. An import that a kill stopped is resumed, or forgotten if it was not
// read to its end.
package imports

import (
	"context"
	"io"
	"time"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// Operations lists what can be done with imports.
func Operations() []app.Operation {
	return []app.Operation{Start, List, Show, TakeBack}
}

// A File to import.
type File struct {
	Format string    `query:"format" json:"-" doc:"The format's name; found out unless said"`
	Name   string    `query:"name" json:"-" maxLength:"300" doc:"The file's name"`
	DryRun bool      `query:"dry_run" json:"-" doc:"Say what would happen, and change nothing"`
	Body   io.Reader `body:"raw" json:"-" doc:"The file as it is"`
}

// An Import is what one run did, or would do.
type Import struct {
	Import      work.ImportID     `json:"import,omitempty" doc:"Takes it back; absent for a dry run and when nothing changed"`
	Format      string            `json:"format"`
	Name        string            `json:"name,omitempty"`
	State       store.ImportState `json:"state,omitempty" enum:"staging,applying,applied,taking_back,taken_back"`
	Created     int               `json:"created"`
	Updated     int               `json:"updated"`
	Unchanged   int               `json:"unchanged"`
	Skipped     []store.Skipped   `json:"skipped" doc:"Lines that are not imported, and why"`
	MoreSkipped int               `json:"more_skipped,omitempty" doc:"How many more there are than listed"`
	Rows        []Preview         `json:"rows,omitempty" doc:"Of a dry run: what would happen to each row"`
	MoreRows    int               `json:"more_rows,omitempty" doc:"How many more there are than listed"`
	At          time.Time         `json:"at,omitzero"`
}

// A Preview is what would become of one row.
type Preview struct {
	Line    int              `json:"line"`
	Title   string           `json:"title"`
	Verdict store.RowVerdict `json:"verdict" enum:"created,updated,unchanged"`
	Reason  string           `json:"reason,omitempty" doc:"What would change, or why nothing does"`
}

// The lists of an answer end here; the rest is counted.
const (
	mostSkipped = 1000
	mostRows    = 1000
)

func (r *Import) skip(line int, reason string) {
	if len(r.Skipped) >= mostSkipped {
		r.MoreSkipped++
		return
	}
	r.Skipped = append(r.Skipped, store.Skipped{Line: line, Reason: reason})
}

func (r *Import) preview(p Preview) {
	switch p.Verdict {
	case store.RowCreated:
		r.Created++
	case store.RowUpdated:
		r.Updated++
	default:
		r.Unchanged++
	}
	if len(r.Rows) >= mostRows {
		r.MoreRows++
		return
	}
	r.Rows = append(r.Rows, p)
}

func view(m *store.Import) Import {
	skipped := m.Skipped
	if skipped == nil {
		skipped = []store.Skipped{}
	}
	return Import{
		Import: m.ID, Format: m.Format, Name: m.Name, State: m.State, Created: m.Created, Updated: m.Updated, Unchanged: m.Unchanged,
		Skipped: skipped, MoreSkipped: m.More, At: m.At,
	}
}

// What can happen with imports.
const (
	Imported work.EventKind = "imported"
	TookBack work.EventKind = "import_taken_back"
)

// batchSize is how many rows one transaction applies or takes back. Others wait
// for it, and the disk is waited for after it; docs/import.md has the
// measurements it was chosen by.
const batchSize = 250

// Start imports a file onto the actor's plate, or people.
var Start = app.Steps(app.Describe{
	Name: "import.start", Method: "POST", Path: "imports", Who: app.AnyMember, Undo: "import.take_back",
	Summary: "Import a file of another program: the body is the file itself.",
}, start)

// List lists the actor's imports, the newest first.
var List = app.Read(app.Describe{
	Name: "import.list", Method: "GET", Path: "imports", Who: app.AnyMember, Summary: "List your imports.",
}, func(ctx context.Context, tx *app.Tx, in app.Page) (app.List[Import], error) {
	var out app.List[Import]
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	all, err := tx.Imports(ctx, tx.Me.Person)
	if err != nil {
		return out, err
	}
	list := make([]Import, len(all))
	for i := range all {
		list[i] = view(&all[i])
		list[i].MoreSkipped += len(list[i].Skipped)
		list[i].Skipped = []store.Skipped{}
	}
	return app.Cut(list, in, func(m Import) string { return app.Key(-int64(m.Import)) })
})

// AskImport names one import.
type AskImport struct {
	Import work.ImportID `path:"import" json:"-"`
}

// Show returns one import with what it skipped.
var Show = app.Read(app.Describe{
	Name: "import.show", Method: "GET", Path: "imports/{import}", Who: app.AnyMember, Summary: "Look at an import.",
}, func(ctx context.Context, tx *app.Tx, in AskImport) (Import, error) {
	m, err := mine(ctx, tx, in.Import)
	return view(&m), err
})

// mine returns an import of the actor's; any other is not there for them.
func mine(ctx context.Context, tx *app.Tx, id work.ImportID) (store.Import, error) {
	if err := tx.MembersOnly(); err != nil {
		return store.Import{}, err
	}
	m, err := tx.Import(ctx, id)
	if err == nil && m.Person != tx.Me.Person {
		return store.Import{}, work.Errorf(work.NotFound, "There is no such import.")
	}
	return m, err
}
