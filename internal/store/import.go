package store

import (
	"context"
	"time"

	"baton/internal/work"
)

// An Import is one run of an import.
type Import struct {
	ID        work.ImportID
	Person    work.PersonID
	Format    string
	Name      string
	State     ImportState
	Created   int
	Updated   int
	Unchanged int
	Skipped   []Skipped // the first of them
	More      int       // skipped beyond those
	Areas     []work.AreaID
	Runner    string // the process at work on it
	At        time.Time
}

// An ImportState is how far an import has come.
type ImportState string

// The states of an import.
const (
	Staging    ImportState = "staging"
	Applying   ImportState = "applying"
	Applied    ImportState = "applied"
	TakingBack ImportState = "taking_back"
	TakenBack  ImportState = "taken_back"
)

// A Skipped line of an import, and why.
type Skipped struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

// A StagedRow is a row of an import, and what became of it. Rows that changed
// nothing are not kept.
type StagedRow struct {
	Number  int64 // its place in the file, from 1
	Line    int
	Body    string // the row as JSON until it is applied, then what there was before
	Target  int64  // the task or person it became
	Verdict RowVerdict
}

// A RowVerdict is what became of a row.
type RowVerdict string

// What can become of a row.
const (
	RowCreated   RowVerdict = "created"
	RowUpdated   RowVerdict = "updated"
	RowUnchanged RowVerdict = "unchanged"
	RowRemoved   RowVerdict = "removed"  // taken back
	RowRestored  RowVerdict = "restored" // taken back
	RowKept      RowVerdict = "kept"     // not taken back: it was changed since
)

const importColumns = `id, person, format, name, state, created, updated, unchanged, skipped, more_skipped, areas, runner, at`

func scanImport(row scanner) (m Import, err error) {
	var at int64
	err = row.Scan(&m.ID, &m.Person, &m.Format, &m.Name, &m.State, &m.Created, &m.Updated, &m.Unchanged, asJSON(&m.Skipped), &m.More, asJSON(&m.Areas), &m.Runner, &at)
	m.At = instant(at)
	return m, err
}

// AddImport begins an import.
func (tx *Tx) AddImport(ctx context.Context, m *Import) error {
	m.ID = work.ImportID(tx.NextID())
	return tx.exec(ctx, `INSERT INTO imports (workspace, `+importColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.ws.ID, m.ID, m.Person, m.Format, m.Name, m.State, m.Created, m.Updated, m.Unchanged, toJSON(notNil(m.Skipped)), m.More,
		toJSON(notNil(m.Areas)), m.Runner, micros(m.At))
}

// SaveImport notes how far an import has come. What it skipped is noted once,
// by SaveSkipped.
func (tx *Tx) SaveImport(ctx context.Context, m *Import) error {
	return tx.change(ctx, `UPDATE imports SET state = ?, created = ?, updated = ?, unchanged = ?, areas = ?, runner = ? WHERE workspace = ? AND id = ?`,
		m.State, m.Created, m.Updated, m.Unchanged, toJSON(notNil(m.Areas)), m.Runner, tx.ws.ID, m.ID)
}

// SaveSkipped notes what an import does not take.
func (tx *Tx) SaveSkipped(ctx context.Context, m *Import) error {
	return tx.change(ctx, `UPDATE imports SET skipped = ?, more_skipped = ? WHERE workspace = ? AND id = ?`, toJSON(notNil(m.Skipped)), m.More, tx.ws.ID, m.ID)
}

// Import returns one import.
func (tx *Tx) Import(ctx context.Context, id work.ImportID) (Import, error) {
	m, err := one(ctx, tx.session, scanImport, `SELECT `+importColumns+` FROM imports WHERE workspace = ? AND id = ?`, tx.ws.ID, id)
	return m, missing(err, "import")
}

// Imports lists a member's imports, the newest first.
func (tx *Tx) Imports(ctx context.Context, person work.PersonID) ([]Import, error) {
	return collect(ctx, tx.session, scanImport, `SELECT `+importColumns+` FROM imports WHERE workspace = ? AND person = ? ORDER BY id DESC`, tx.ws.ID, person)
}

// DropImport forgets an import of which no row is left.
func (tx *Tx) DropImport(ctx context.Context, id work.ImportID) error {
	return tx.exec(ctx, `DELETE FROM imports WHERE workspace = ? AND id = ?`, tx.ws.ID, id)
}

// DropRows forgets some rows of an import and returns how many.
func (tx *Tx) DropRows(ctx context.Context, id work.ImportID, limit int) (int64, error) {
	return tx.conn.exec(ctx, `DELETE FROM import_rows WHERE workspace = ? AND import = ? AND number IN
		(SELECT number FROM import_rows WHERE workspace = ? AND import = ? ORDER BY number LIMIT ?)`, []any{tx.ws.ID, id, tx.ws.ID, id, limit})
}

// An Unfinished import stopped half way, or is at work in some process.
type Unfinished struct {
	Workspace work.WorkspaceID
	Import    Import
}

// UnfinishedImports lists the imports that are not done.
func (g *Global) UnfinishedImports(ctx context.Context) ([]Unfinished, error) {
	return collect(ctx, g.session, func(row scanner) (u Unfinished, err error) {
		u.Import, err = scanImport(scanAfter{row, []any{&u.Workspace}})
		return u, err
	}, `SELECT workspace, `+importColumns+` FROM imports WHERE state IN ('staging', 'applying', 'taking_back') ORDER BY workspace, id`)
}

func scanStaged(row scanner) (r StagedRow, err error) {
	err = row.Scan(&r.Number, &r.Line, &r.Body, &r.Target, &r.Verdict)
	return r, err
}

const stagedColumns = `number, line, body, target, verdict`

// StagedRows lists rows that are not applied yet, in order, behind a number.
func (tx *Tx) StagedRows(ctx context.Context, id work.ImportID, after int64, limit int) ([]StagedRow, error) {
	return collect(ctx, tx.session, scanStaged, `SELECT `+stagedColumns+` FROM import_rows
		WHERE workspace = ? AND import = ? AND number > ? AND verdict = '' ORDER BY number LIMIT ?`, tx.ws.ID, id, after, limit)
}

// AppliedRows lists rows that changed something, the last first, before a
// number.
func (tx *Tx) AppliedRows(ctx context.Context, id work.ImportID, before int64, limit int) ([]StagedRow, error) {
	return collect(ctx, tx.session, scanStaged, `SELECT `+stagedColumns+` FROM import_rows
		WHERE workspace = ? AND import = ? AND number < ? AND verdict IN ('created', 'updated') ORDER BY number DESC LIMIT ?`, tx.ws.ID, id, before, limit)
}

// KeptRows lists rows that were not taken back, in order.
func (tx *Tx) KeptRows(ctx context.Context, id work.ImportID, limit int) ([]StagedRow, error) {
	return collect(ctx, tx.session, scanStaged, `SELECT `+stagedColumns+` FROM import_rows
		WHERE workspace = ? AND import = ? AND verdict = 'kept' ORDER BY number LIMIT ?`, tx.ws.ID, id, limit)
}

// CountRows counts the rows of an import with a verdict.
func (tx *Tx) CountRows(ctx context.Context, id work.ImportID, v RowVerdict) (int64, error) {
	return one(ctx, tx.session, number[int64], `SELECT COUNT(*) FROM import_rows WHERE workspace = ? AND import = ? AND verdict = ?`, tx.ws.ID, id, v)
}
