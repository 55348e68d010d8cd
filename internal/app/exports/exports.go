// Package exports takes everything out as JSON, and brings it back into an
// empty database.
//
// An export is one JSON object: what it is, and its tables in an order in
// which they can be brought back, each row an object on a line of its own. The
// same database always gives the same bytes.
package exports

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// Operations lists what can be exported.
func Operations() []app.Operation { return []app.Operation{Show} }

// Format names an export, so that an import knows it.
const Format = "baton"

// version is of the export's shape, not of the tables in it.
const version = 1

// Ask says how much to export.
type Ask struct {
	Workspace bool `query:"workspace" json:"-" doc:"As its owner, the workspace: everything but what is private to others"`
}

// An Export is what a member may take with them.
type Export struct {
	Format  string      `json:"format"`
	Version int         `json:"version"`
	Scope   store.Scope `json:"scope" enum:"workspace,member"`
	Tables  []Table     `json:"tables"`
}

// A Table of an export.
type Table struct {
	Name string      `json:"name"`
	Rows []store.Row `json:"rows"`
}

// Show exports what the actor wrote, gave and carries; for an owner who asks,
// the workspace without what is private to others.
var Show = app.Steps(app.Describe{
	Name: "export.show", Coaches: true, Method: "GET", Path: "export", Who: app.AnyMember, Summary: "Take everything of yours out as JSON; as an owner, the workspace.",
}, func(ctx context.Context, a *app.App, me app.Actor, in Ask) (out Export, err error) {
	err = a.Read(ctx, me, func(tx *app.Tx) error {
		out, err = show(ctx, tx, in)
		return err
	})
	if err == nil {
		err = a.Write(ctx, me, func(tx *app.Tx) error { return tx.Audit(ctx, app.Exported, 0, string(out.Scope)) })
	}
	return out, err
})

func show(ctx context.Context, tx *app.Tx, in Ask) (Export, error) {
	out := Export{Format: Format, Version: version, Scope: store.OfMember, Tables: []Table{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	if in.Workspace {
		if err := tx.Owner(); err != nil {
			return out, err
		}
		out.Scope = store.OfWorkspace
	}
	return out, tx.Export(ctx, out.Scope, tx.Me.Person, store.Sink{
		Table: func(name string) error {
			out.Tables = append(out.Tables, Table{name, []store.Row{}})
			return nil
		},
		Row: func(r store.Row) error {
			t := &out.Tables[len(out.Tables)-1]
			t.Rows = append(t.Rows, r)
			return nil
		},
	})
}

// Write exports the whole database, for whoever runs it. It holds no more than
// a row in memory.
func Write(ctx context.Context, a *app.App, to io.Writer) error {
	w := bufio.NewWriterSize(to, 64<<10)
	tables, rows := 0, 0
	say := func(format string, args ...any) error {
		_, err := fmt.Fprintf(w, format, args...)
		return err
	}
	if err := say(`{"format":%q,"version":%d,"scope":%q,"tables":[`, Format, version, store.Everything); err != nil {
		return err
	}
	err := a.Store.Export(ctx, store.Sink{
		Table: func(name string) error {
			end := "\n"
			if tables > 0 {
				end = "\n]},\n"
			}
			tables, rows = tables+1, 0
			return say(`%s{"name":%q,"rows":[`, end, name)
		},
		Row: func(r store.Row) error {
			end := "\n"
			if rows > 0 {
				end = ",\n"
			}
			rows++
			return say("%s%s", end, r)
		},
	})
	if err != nil {
		return err
	}
	if err := say("\n]}\n]}\n"); err != nil {
		return err
	}
	return w.Flush()
}

// Restored counts what was brought back.
type Restored struct {
	Tables int `json:"tables"`
	Rows   int `json:"rows"`
}

// Restore brings an export back into an empty database, all of it or nothing.
func Restore(ctx context.Context, a *app.App, from io.Reader) (Restored, error) {
	var out Restored
	d := json.NewDecoder(bufio.NewReaderSize(from, 64<<10))
	d.UseNumber()
	r := &reading{d: d}
	err := a.Store.Restore(ctx, func(to *store.Restoring) error {
		return r.export(func(table string, row map[string]any) error {
			if row == nil {
				out.Tables++
				return to.Table(ctx, table)
			}
			out.Rows++
			return to.Add(ctx, table, row)
		})
	})
	return out, err
}

// reading reads an export piece by piece.
type reading struct{ d *json.Decoder }

// broken says where an export cannot be read.
func (r *reading) broken() error {
	return work.Errorf(work.Invalid, "The export cannot be read at byte %d; it was changed or cut off. Nothing was brought back.", r.d.InputOffset())
}

// expect reads a token that must be a certain one.
func (r *reading) expect(want json.Token) error {
	if got, err := r.d.Token(); err != nil || got != want {
		return r.broken()
	}
	return nil
}

// head reads what comes before the tables.
func (r *reading) head() error {
	if err := r.expect(json.Delim('{')); err != nil {
		return err
	}
	said := map[string]any{}
	for {
		name, err := r.d.Token()
		key, ok := name.(string)
		if err != nil || !ok {
			return r.broken()
		}
		if key == "tables" {
			break
		}
		var v any
		if err := r.d.Decode(&v); err != nil {
			return r.broken()
		}
		said[key] = v
	}
	switch {
	case said["format"] != Format:
		return work.Errorf(work.Invalid, "This is not an export of Baton.")
	case said["version"] != json.Number(fmt.Sprint(version)):
		return work.Errorf(work.Conflict, "The export was made by a newer Baton; bring it back with that one.")
	case said["scope"] == string(store.OfMember):
		return work.Errorf(work.Conflict, "This export holds what one member may take with them; a database is brought back from an export of everything or of a workspace.")
	}
	return nil
}

// export reads a whole export: row is called with nil for each table and with
// each of its rows.
func (r *reading) export(row func(table string, fields map[string]any) error) error {
	if err := r.head(); err != nil {
		return err
	}
	if err := r.expect(json.Delim('[')); err != nil {
		return err
	}
	for r.d.More() {
		if err := r.table(row); err != nil {
			return err
		}
	}
	if err := r.expect(json.Delim(']')); err != nil {
		return err
	}
	return r.expect(json.Delim('}'))
}

func (r *reading) table(row func(table string, fields map[string]any) error) error {
	for _, want := range []json.Token{json.Delim('{'), "name"} {
		if err := r.expect(want); err != nil {
			return err
		}
	}
	var name string
	if err := r.d.Decode(&name); err != nil {
		return r.broken()
	}
	for _, want := range []json.Token{"rows", json.Delim('[')} {
		if err := r.expect(want); err != nil {
			return err
		}
	}
	if err := row(name, nil); err != nil {
		return err
	}
	for r.d.More() {
		var fields map[string]any
		if err := r.d.Decode(&fields); err != nil || fields == nil {
			return r.broken()
		}
		if err := row(name, fields); err != nil {
			return err
		}
	}
	for _, want := range []json.Token{json.Delim(']'), json.Delim('}')} {
		if err := r.expect(want); err != nil {
			return err
		}
	}
	return nil
}
