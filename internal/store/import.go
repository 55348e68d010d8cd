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
	Skipped   []Skipped
	At        time.Time
}

// An ImportState is how far an import has come.
type ImportState string

// The states of an import.
const (
	Staging   ImportState = "staging"
	Applying  ImportState = "applying"
	Applied   ImportState = "applied"
	TakenBack ImportState = "taken_back"
)

// A Skipped line of an import, and why.
type Skipped struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

// A StagedRow is a line of an import, and what became of it.
type StagedRow struct {
	Line    int
	Key     string
	Body    string // the row as JSON
	Task    work.TaskID
	Verdict string // created, updated or unchanged; "" until it is applied
}

const importColumns = `id, person, format, name, state, created, updated, unchanged, skipped, at`

func scanImport(row scanner) (m Import, err error) {
	var at int64
	err = row.Scan(&m.ID, &m.Person, &m.Format, &m.Name, &m.State, &m.Created, &m.Updated, &m.Unchanged, asJSON(&m.Skipped), &at)
	m.At = instant(at)
	return m, err
}

// AddImport begins an import.
func (tx *Tx) AddImport(ctx context.Context, m *Import) error {
	m.ID = work.ImportID(tx.NextID())
	return tx.exec(ctx, `INSERT INTO imports (workspace, `+importColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.ws.ID, m.ID, m.Person, m.Format, m.Name, m.State, m.Created, m.Updated, m.Unchanged, toJSON(notNil(m.Skipped)), micros(m.At))
}

// SaveImport notes how far an import has come.
func (tx *Tx) SaveImport(ctx context.Context, m *Import) error {
	return tx.change(ctx, `UPDATE imports SET format = ?, state = ?, created = ?, updated = ?, unchanged = ?, skipped = ? WHERE workspace = ? AND id = ?`,
		m.Format, m.State, m.Created, m.Updated, m.Unchanged, toJSON(notNil(m.Skipped)), tx.ws.ID, m.ID)
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

// StageRow keeps a line until it is applied.
func (tx *Tx) StageRow(ctx context.Context, id work.ImportID, r StagedRow) error {
	return tx.exec(ctx, `INSERT INTO import_rows (workspace, import, line, key, body, task, verdict) VALUES (?, ?, ?, ?, ?, 0, '')`, tx.ws.ID, id, r.Line, r.Key, r.Body)
}

func scanStaged(row scanner) (r StagedRow, err error) {
	err = row.Scan(&r.Line, &r.Key, &r.Body, &r.Task, &r.Verdict)
	return r, err
}

// StagedRows lists lines that are not applied yet, in order.
func (tx *Tx) StagedRows(ctx context.Context, id work.ImportID, limit int) ([]StagedRow, error) {
	return collect(ctx, tx.session, scanStaged, `SELECT line, key, body, task, verdict FROM import_rows WHERE workspace = ? AND import = ? AND verdict = '' ORDER BY line LIMIT ?`, tx.ws.ID, id, limit)
}

// StagedTask returns the task an earlier line of the same import became.
func (tx *Tx) StagedTask(ctx context.Context, id work.ImportID, key string) (work.TaskID, error) {
	found, err := collect(ctx, tx.session, number[work.TaskID], `SELECT task FROM import_rows WHERE workspace = ? AND import = ? AND key = ? AND task > 0 LIMIT 1`, tx.ws.ID, id, key)
	if err != nil || len(found) == 0 {
		return 0, err
	}
	return found[0], nil
}

// SettleRow notes what became of a line.
func (tx *Tx) SettleRow(ctx context.Context, id work.ImportID, r StagedRow) error {
	return tx.exec(ctx, `UPDATE import_rows SET task = ?, verdict = ?, body = '' WHERE workspace = ? AND import = ? AND line = ?`, r.Task, r.Verdict, tx.ws.ID, id, r.Line)
}

// A Playbook is terms kept for the next time.
type Playbook struct {
	ID      work.PlaybookID     `json:"id"`
	Owner   work.PersonID       `json:"owner"`
	Name    string              `json:"name"`
	Kind    work.DelegationKind `json:"kind"`
	Terms   work.Terms          `json:"terms"`
	Version int64               `json:"version"`
}

func scanPlaybook(row scanner) (p Playbook, err error) {
	err = row.Scan(&p.ID, &p.Owner, &p.Name, &p.Kind, asJSON(&p.Terms), &p.Version)
	return p, err
}

// Playbooks lists a member's playbooks by name.
func (tx *Tx) Playbooks(ctx context.Context, owner work.PersonID) ([]Playbook, error) {
	return collect(ctx, tx.session, scanPlaybook, `SELECT id, owner, name, kind, terms, version FROM playbooks WHERE workspace = ? AND owner = ? ORDER BY name`, tx.ws.ID, owner)
}

// SavePlaybook keeps a playbook; one of the same name is replaced.
func (tx *Tx) SavePlaybook(ctx context.Context, p *Playbook) error {
	p.ID, p.Version = work.PlaybookID(tx.NextID()), 1
	return tx.exec(ctx, `INSERT INTO playbooks (workspace, id, owner, name, kind, terms, version) VALUES (?, ?, ?, ?, ?, ?, 1)
		ON CONFLICT (workspace, owner, name) DO UPDATE SET kind = excluded.kind, terms = excluded.terms, version = playbooks.version + 1`,
		tx.ws.ID, p.ID, p.Owner, p.Name, p.Kind, toJSON(p.Terms))
}

// DeletePlaybook forgets a playbook.
func (tx *Tx) DeletePlaybook(ctx context.Context, owner work.PersonID, id work.PlaybookID) error {
	return missing(tx.change(ctx, `DELETE FROM playbooks WHERE workspace = ? AND owner = ? AND id = ?`, tx.ws.ID, owner, id), "playbook")
}

// PrivateNote returns what a member wrote for themselves about a delegation.
func (tx *Tx) PrivateNote(ctx context.Context, owner work.PersonID, d work.DelegationID) (string, error) {
	found, err := collect(ctx, tx.session, func(row scanner) (s string, err error) { err = row.Scan(&s); return s, err },
		`SELECT text FROM private_notes WHERE workspace = ? AND owner = ? AND delegation = ?`, tx.ws.ID, owner, d)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// SavePrivateNote keeps a note that only its owner sees.
func (tx *Tx) SavePrivateNote(ctx context.Context, owner work.PersonID, d work.DelegationID, text string, at time.Time) error {
	return tx.exec(ctx, `INSERT INTO private_notes (workspace, owner, delegation, text, at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (workspace, owner, delegation) DO UPDATE SET text = excluded.text, at = excluded.at`, tx.ws.ID, owner, d, text, micros(at))
}
