package store

import (
	"context"
	"strings"
	"time"
	"unicode"

	"baton/internal/work"
)

const eventColumns = `number, at, by, for_person, kind, delegation, task, person, item, detail`

func scanEvent(row scanner) (e work.Event, err error) {
	var at int64
	err = row.Scan(&e.Number, &at, &e.By, &e.For, &e.Kind, &e.Delegation, &e.Task, &e.Person, &e.Item, asJSON(&e.Detail))
	e.At = instant(at)
	return e, err
}

// Record appends an event and returns it with its number. Numbers have no gaps.
func (tx *Tx) Record(ctx context.Context, e work.Event) (work.Event, error) {
	e.Number = work.EventNumber(tx.nextEvent)
	tx.nextEvent++
	return e, tx.exec(ctx, `INSERT INTO events (workspace, `+eventColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.ws.ID, e.Number, micros(e.At), e.By, e.For, e.Kind, e.Delegation, e.Task, e.Person, e.Item, toJSON(e.Detail))
}

// An EventFilter says which events a list holds.
type EventFilter struct {
	Delegation work.DelegationID
	Task       work.TaskID
	Person     work.PersonID // it is about, or who did it
	By         work.PersonID
	After      work.EventNumber
	Before     work.EventNumber
	Newest     bool
	Limit      int
}

// Events lists what happened, oldest first unless the newest are asked for.
func (tx *Tx) Events(ctx context.Context, f EventFilter) ([]work.Event, error) {
	where, args := []string{"workspace = ?"}, []any{tx.ws.ID}
	add := func(use bool, condition string, values ...any) {
		if use {
			where, args = append(where, condition), append(args, values...)
		}
	}
	add(f.Delegation != 0, `delegation = ?`, f.Delegation)
	add(f.Task != 0, `task = ?`, f.Task)
	add(f.Person != 0, `(person = ? OR by = ?)`, f.Person, f.Person)
	add(f.By != 0, `by = ?`, f.By)
	add(f.After != 0, `number > ?`, f.After)
	add(f.Before != 0, `number < ?`, f.Before)
	order := ` ORDER BY number`
	if f.Newest {
		order += ` DESC`
	}
	if f.Limit <= 0 {
		f.Limit = 1_000_000
	}
	return collect(ctx, tx.session, scanEvent, `SELECT `+eventColumns+` FROM events WHERE `+strings.Join(where, " AND ")+order+` LIMIT ?`, append(args, f.Limit)...)
}

// EventsOfGiver lists the events of every delegation a member gave, the oldest
// first.
func (tx *Tx) EventsOfGiver(ctx context.Context, giver work.PersonID) ([]work.Event, error) {
	return collect(ctx, tx.session, scanEvent, `SELECT `+eventColumns+` FROM events WHERE workspace = ?
		AND delegation IN (SELECT id FROM delegations WHERE workspace = ? AND giver = ?) ORDER BY number`, tx.ws.ID, tx.ws.ID, giver)
}

// LastEventAt is when the latest event of the workspace happened.
func (tx *Tx) LastEventAt(ctx context.Context) (time.Time, error) {
	us, err := one(ctx, tx.session, number[int64], `SELECT COALESCE(MAX(at), 0) FROM events WHERE workspace = ? AND number = (SELECT MAX(number) FROM events WHERE workspace = ?)`, tx.ws.ID, tx.ws.ID)
	return instant(us), err
}

// An Undo says how to take an event back: the row before it, and the version
// the row must still have.
type Undo struct {
	Number work.EventNumber
	Person work.PersonID
	Noun   string
	ID     int64
	After  int64
	Before string // JSON of the row; empty when it did not exist
}

// SaveUndo keeps how to take an event back.
func (tx *Tx) SaveUndo(ctx context.Context, u Undo) error {
	return tx.exec(ctx, `INSERT INTO undos (workspace, number, person, noun, id, after, before, undone_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0)`,
		tx.ws.ID, u.Number, u.Person, u.Noun, u.ID, u.After, u.Before)
}

// LastUndo returns a member's latest change that was not taken back; with a
// number, that one.
func (tx *Tx) LastUndo(ctx context.Context, person work.PersonID, n work.EventNumber) (Undo, error) {
	where, args := `workspace = ? AND person = ? AND undone_at = 0`, []any{tx.ws.ID, person}
	if n != 0 {
		where, args = where+` AND number = ?`, append(args, n)
	}
	u, err := one(ctx, tx.session, func(row scanner) (u Undo, err error) {
		err = row.Scan(&u.Number, &u.Person, &u.Noun, &u.ID, &u.After, &u.Before)
		return u, err
	}, `SELECT number, person, noun, id, after, before FROM undos WHERE `+where+` ORDER BY number DESC LIMIT 1`, args...)
	return u, missing(err, "change to undo")
}

// MarkUndone notes that a change was taken back.
func (tx *Tx) MarkUndone(ctx context.Context, n work.EventNumber, at time.Time) error {
	return tx.exec(ctx, `UPDATE undos SET undone_at = ? WHERE workspace = ? AND number = ?`, micros(at), tx.ws.ID, n)
}

// AddNotice keeps that somebody is to be told of an event, from a moment on.
func (tx *Tx) AddNotice(ctx context.Context, n work.Notice, leaves time.Time) error {
	return tx.exec(ctx, `INSERT INTO notices (workspace, event, person, urgent, leaves_at, mailed_at, read_at) VALUES (?, ?, ?, ?, ?, 0, 0)
		ON CONFLICT (workspace, event, person) DO NOTHING`, tx.ws.ID, n.Event, n.To, bit(n.Urgent), micros(leaves))
}

// DropNotices forgets notices about a delegation that have not left yet.
func (tx *Tx) DropNotices(ctx context.Context, d work.DelegationID, at time.Time) error {
	return tx.exec(ctx, `DELETE FROM notices WHERE workspace = ? AND mailed_at = 0 AND leaves_at > ? AND event IN
		(SELECT number FROM events WHERE workspace = ? AND delegation = ?)`, tx.ws.ID, micros(at), tx.ws.ID, d)
}

// A Pending notice is one whose time to leave has come, with its event.
type Pending struct {
	Person work.PersonID
	Urgent bool
	Event  work.Event
}

// PendingNotices lists what a person was not told yet by mail.
func (tx *Tx) PendingNotices(ctx context.Context, person work.PersonID, at time.Time, urgentOnly bool) ([]Pending, error) {
	query := `SELECT n.person, n.urgent, ` + prefixed("e", eventColumns) + ` FROM notices n JOIN events e ON e.workspace = n.workspace AND e.number = n.event
		WHERE n.workspace = ? AND n.person = ? AND n.mailed_at = 0 AND n.leaves_at <= ?`
	if urgentOnly {
		query += ` AND n.urgent = 1`
	}
	return collect(ctx, tx.session, func(row scanner) (p Pending, err error) {
		p.Event, err = scanEvent(scanAfter{row, []any{&p.Person, &p.Urgent}})
		return p, err
	}, query+` ORDER BY n.event`, tx.ws.ID, person, micros(at))
}

func prefixed(table, columns string) string {
	names := strings.FieldsFunc(columns, func(r rune) bool { return r == 44 || unicode.IsSpace(r) })
	return table + "." + strings.Join(names, ", "+table+".")
}

// MarkMailed notes that a person was told of everything up to a moment.
func (tx *Tx) MarkMailed(ctx context.Context, person work.PersonID, events []work.EventNumber, at time.Time) error {
	for _, n := range events {
		if err := tx.exec(ctx, `UPDATE notices SET mailed_at = ? WHERE workspace = ? AND event = ? AND person = ?`, micros(at), tx.ws.ID, n, person); err != nil {
			return err
		}
	}
	return nil
}

// Notices lists what a person was told, the newest first.
func (tx *Tx) Notices(ctx context.Context, person work.PersonID, at time.Time, limit int) ([]work.Event, error) {
	return collect(ctx, tx.session, scanEvent, `SELECT `+prefixed("e", eventColumns)+` FROM notices n JOIN events e ON e.workspace = n.workspace AND e.number = n.event
		WHERE n.workspace = ? AND n.person = ? AND n.leaves_at <= ? ORDER BY n.event DESC LIMIT ?`, tx.ws.ID, person, micros(at), limit)
}

// WorkspacesWithNotices lists the workspaces that have something to tell by a
// moment.
func (g *Global) WorkspacesWithNotices(ctx context.Context, at time.Time) ([]work.WorkspaceID, error) {
	return collect(ctx, g.session, number[work.WorkspaceID], `SELECT DISTINCT workspace FROM notices WHERE mailed_at = 0 AND leaves_at <= ?`, micros(at))
}

// DigestedAt is when a member last had their daily mail.
func (tx *Tx) DigestedAt(ctx context.Context, person work.PersonID) (time.Time, error) {
	us, err := one(ctx, tx.session, number[int64], `SELECT digested_at FROM members WHERE workspace = ? AND person = ?`, tx.ws.ID, person)
	return instant(us), missing(err, "member")
}

// SetDigested notes that a member had their daily mail.
func (tx *Tx) SetDigested(ctx context.Context, person work.PersonID, at time.Time) error {
	return tx.exec(ctx, `UPDATE members SET digested_at = ? WHERE workspace = ? AND person = ?`, micros(at), tx.ws.ID, person)
}

// A Letter is a mail in the outbox.
type Letter struct {
	Workspace work.WorkspaceID
	ID        int64
	Person    work.PersonID
	To        string
	Subject   string
	Body      string
	MessageID string
	CreatedAt time.Time
	LeavesAt  time.Time
	Attempts  int
	SentAt    time.Time
	Problem   string
}

const letterColumns = `workspace, id, person, recipient, subject, body, message_id, created_at, leaves_at, attempts, sent_at, problem`

func scanLetter(row scanner) (l Letter, err error) {
	var created, leaves, sent int64
	err = row.Scan(&l.Workspace, &l.ID, &l.Person, &l.To, &l.Subject, &l.Body, &l.MessageID, &created, &leaves, &l.Attempts, &sent, &l.Problem)
	l.CreatedAt, l.LeavesAt, l.SentAt = instant(created), instant(leaves), instant(sent)
	return l, err
}

// AddLetter puts a mail in the outbox.
func (tx *Tx) AddLetter(ctx context.Context, l Letter) error {
	return tx.exec(ctx, `INSERT INTO outbox (`+letterColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, '')`,
		tx.ws.ID, tx.NextID(), l.Person, l.To, l.Subject, l.Body, l.MessageID, micros(l.CreatedAt), micros(l.LeavesAt))
}

// Letters lists the mail to a person, the newest first.
func (tx *Tx) Letters(ctx context.Context, person work.PersonID, limit int) ([]Letter, error) {
	return collect(ctx, tx.session, scanLetter, `SELECT `+letterColumns+` FROM outbox WHERE workspace = ? AND person = ? ORDER BY id DESC LIMIT ?`, tx.ws.ID, person, limit)
}

// LeavingLetters lists mail whose time has come.
func (g *Global) LeavingLetters(ctx context.Context, at time.Time, limit int) ([]Letter, error) {
	return collect(ctx, g.session, scanLetter, `SELECT `+letterColumns+` FROM outbox WHERE sent_at = 0 AND leaves_at <= ? ORDER BY leaves_at LIMIT ?`, micros(at), limit)
}

// SaveLetter notes how sending a mail went.
func (tx *Tx) SaveLetter(ctx context.Context, l Letter) error {
	return tx.exec(ctx, `UPDATE outbox SET leaves_at = ?, attempts = ?, sent_at = ?, problem = ? WHERE workspace = ? AND id = ?`,
		micros(l.LeavesAt), l.Attempts, micros(l.SentAt), l.Problem, tx.ws.ID, l.ID)
}
