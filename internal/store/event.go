package store

import (
	"context"
	"errors"
	"slices"
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
	About      work.PersonID // a change of this person's own row
	By         work.PersonID
	Reader     work.PersonID // leaves out what only its author may know of: whose ballot came in when
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
	add(f.Delegation != 0, `delegation = ? AND delegation > 0`, f.Delegation)
	add(f.Task != 0, `task = ? AND task > 0`, f.Task)
	add(f.Person != 0, `number IN (SELECT number FROM events WHERE workspace = ? AND person = ? AND person > 0
		UNION ALL SELECT number FROM events WHERE workspace = ? AND by = ?)`, tx.ws.ID, f.Person, tx.ws.ID, f.Person)
	add(f.About != 0, `person = ? AND person > 0 AND delegation = 0 AND task = 0`, f.About)
	add(f.By != 0, `by = ?`, f.By)
	add(f.Reader != 0, `(kind <> ? OR by = ?)`, work.VoteCast, f.Reader)
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

// LastOf finds the newest event of a kind that a member made.
func (tx *Tx) LastOf(ctx context.Context, by work.PersonID, kind work.EventKind) (e work.Event, found bool, err error) {
	e, err = one(ctx, tx.session, scanEvent, `SELECT `+eventColumns+` FROM events WHERE workspace = ? AND by = ? AND kind = ? ORDER BY number DESC LIMIT 1`,
		tx.ws.ID, by, kind)
	if errors.Is(err, errNone) {
		return e, false, nil
	}
	return e, err == nil, err
}

// EventsOfGiver lists the events of every delegation a member gave, the oldest
// first.
func (tx *Tx) EventsOfGiver(ctx context.Context, giver work.PersonID) ([]work.Event, error) {
	return collect(ctx, tx.session, scanEvent, `SELECT `+eventColumns+` FROM events WHERE workspace = ?
		AND delegation > 0 AND delegation IN (SELECT id FROM delegations WHERE workspace = ? AND giver = ?) ORDER BY +number`, tx.ws.ID, tx.ws.ID, giver)
}

// EventsAmong lists the events of some kinds in delegations, the oldest first.
func (tx *Tx) EventsAmong(ctx context.Context, of []work.DelegationID, kinds ...work.EventKind) ([]work.Event, error) {
	named := make([]any, len(kinds))
	for i, k := range kinds {
		named[i] = k
	}
	kindMarks := strings.Repeat("?, ", len(kinds)-1) + "?"
	var out []work.Event
	for some := range slices.Chunk(of, most) {
		marks, ids := in(some)
		found, err := collect(ctx, tx.session, scanEvent, `SELECT `+eventColumns+` FROM events WHERE workspace = ?
			AND delegation > 0 AND delegation IN (`+marks+`) AND kind IN (`+kindMarks+`) ORDER BY +number`, slices.Concat([]any{tx.ws.ID}, ids, named)...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	slices.SortFunc(out, func(a, b work.Event) int { return int(a.Number - b.Number) })
	return out, nil
}

// Thanks lists the words of thanks a person received and gave, the newest
// first.
func (tx *Tx) Thanks(ctx context.Context, person work.PersonID) ([]work.Event, error) {
	return collect(ctx, tx.session, scanEvent, `SELECT `+eventColumns+` FROM events WHERE workspace = ? AND number IN (
			SELECT number FROM events WHERE workspace = ? AND person = ? AND person > 0 AND kind = ?
			UNION ALL SELECT number FROM events WHERE workspace = ? AND by = ? AND kind = ?) ORDER BY number DESC`,
		tx.ws.ID, tx.ws.ID, person, work.Thanked, tx.ws.ID, person, work.Thanked)
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

// LeansOnTask reports whether anything was said about a task since it was
// added, which its removal would lose: parts, delegations, marks, a verdict.
func (tx *Tx) LeansOnTask(ctx context.Context, id work.TaskID, added time.Time) (bool, error) {
	n, err := one(ctx, tx.session, number[int64], `SELECT COUNT(*) FROM (
		SELECT 1 AS there FROM tasks WHERE workspace = ? AND parent = ? AND parent > 0
		UNION ALL SELECT 1 FROM delegations WHERE workspace = ? AND task = ?
		UNION ALL SELECT 1 FROM votes WHERE workspace = ? AND task = ?
		UNION ALL SELECT 1 FROM marks WHERE workspace = ? AND task = ? AND at > ?
		UNION ALL SELECT 1 FROM verdicts WHERE workspace = ? AND task = ? AND at > ?) AS found`,
		tx.ws.ID, id, tx.ws.ID, id, tx.ws.ID, id, tx.ws.ID, id, micros(added), tx.ws.ID, id, micros(added))
	return n > 0, err
}

// LeansOnPerson reports whether anything is about a person that could not be
// without them: an account, a delegation, an item, somebody they stand in or
// answer for.
func (tx *Tx) LeansOnPerson(ctx context.Context, id work.PersonID) (bool, error) {
	n, err := one(ctx, tx.session, number[int64], `SELECT COUNT(*) FROM (
		SELECT 1 AS there FROM members WHERE workspace = ? AND person = ?
		UNION ALL SELECT 1 FROM delegations WHERE workspace = ? AND receiver = ?
		UNION ALL SELECT 1 FROM items WHERE workspace = ? AND holder = ? AND closed_at = 0
		UNION ALL SELECT 1 FROM ballots WHERE workspace = ? AND person = ?
		UNION ALL SELECT 1 FROM people WHERE workspace = ? AND (stand_in = ? OR accountable = ?)) AS found`,
		tx.ws.ID, id, tx.ws.ID, id, tx.ws.ID, id, tx.ws.ID, id, tx.ws.ID, id, id)
	return n > 0, err
}

// AsBefore says that a row is again as it was at an older version, so that what
// led up to that can be taken back too.
func (tx *Tx) AsBefore(ctx context.Context, noun string, id, older, now int64) error {
	return tx.exec(ctx, `UPDATE undos SET after = ? WHERE workspace = ? AND noun = ? AND id = ? AND after = ? AND undone_at = 0`, now, tx.ws.ID, noun, id, older)
}

func prefixed(table, columns string) string {
	names := strings.FieldsFunc(columns, func(r rune) bool { return r == 44 || unicode.IsSpace(r) })
	return table + "." + strings.Join(names, ", "+table+".")
}
