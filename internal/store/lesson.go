package store

import (
	"context"
	"strings"
	"time"

	"baton/internal/learn"
	"baton/internal/work"
)

// A LessonID names something a look back proposes.
type LessonID int64

// A LessonState is where a lesson stands.
type LessonState string

// The states of a lesson.
const (
	LessonOpen  LessonState = "open"
	LessonTaken LessonState = "taken"
	LessonLetGo LessonState = "let_go"
)

// A Lesson is something a look back proposes, as it is kept.
type Lesson struct {
	ID         LessonID
	Delegation work.DelegationID
	Task       work.TaskID
	Giver      work.PersonID // of the delegation
	learn.Lesson
	State    LessonState
	At       time.Time
	ClosedAt time.Time
	ClosedBy work.PersonID
}

const lessonColumns = `id, delegation, task, giver, body, state, at, closed_at, closed_by`

func scanLesson(row scanner) (l Lesson, err error) {
	var at, closed int64
	err = row.Scan(&l.ID, &l.Delegation, &l.Task, &l.Giver, asJSON(&l.Lesson), &l.State, &at, &closed, &l.ClosedBy)
	l.At, l.ClosedAt = instant(at), instant(closed)
	return l, err
}

// AddLesson keeps what a look back proposes, open.
func (tx *Tx) AddLesson(ctx context.Context, l *Lesson) error {
	l.ID, l.State = LessonID(tx.NextID()), LessonOpen
	return tx.exec(ctx, `INSERT INTO lessons (workspace, id, delegation, task, giver, kind, holder, about, subject, body, state, at, closed_at, closed_by)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)`,
		tx.ws.ID, l.ID, l.Delegation, l.Task, l.Giver, string(l.Kind), l.Holder, l.About, strings.ToLower(l.Subject), toJSON(l.Lesson), string(l.State), micros(l.At))
}

// CloseLesson says what became of a lesson. One that is closed already stays
// as it is.
func (tx *Tx) CloseLesson(ctx context.Context, id LessonID, state LessonState, by work.PersonID, at time.Time) error {
	return missing(tx.change(ctx, `UPDATE lessons SET state = ?, closed_at = ?, closed_by = ? WHERE workspace = ? AND id = ? AND state = 'open'`,
		string(state), micros(at), by, tx.ws.ID, id), "open lesson")
}

// A LessonFilter says which lessons a list holds.
type LessonFilter struct {
	ID         LessonID
	Of         work.PersonID // to agree, or it is about them, or from work they gave
	Holder     work.PersonID
	About      work.PersonID
	Delegation work.DelegationID
	Task       work.TaskID // of any delegation of it
	Kind       learn.Kind
	Subject    string
	State      LessonState
	Before     LessonID
	Limit      int
}

// Lessons lists lessons, the newest first; the plus keeps SQLite from walking the
// table by id.
func (tx *Tx) Lessons(ctx context.Context, f LessonFilter) ([]Lesson, error) {
	where, args := []string{"workspace = ?"}, []any{tx.ws.ID}
	add := func(use bool, condition string, values ...any) {
		if use {
			where, args = append(where, condition), append(args, values...)
		}
	}
	add(f.ID != 0, `id = ?`, f.ID)
	add(f.Of != 0, `id IN (SELECT id FROM lessons WHERE workspace = ? AND holder = ? UNION ALL SELECT id FROM lessons WHERE workspace = ? AND about = ? AND about > 0
		UNION ALL SELECT id FROM lessons WHERE workspace = ? AND giver = ?)`, tx.ws.ID, f.Of, tx.ws.ID, f.Of, tx.ws.ID, f.Of)
	add(f.Holder != 0, `holder = ?`, f.Holder)
	add(f.About != 0, `about = ? AND about > 0`, f.About)
	add(f.Delegation != 0, `delegation = ?`, f.Delegation)
	add(f.Task != 0, `task = ?`, f.Task)
	add(f.Kind != "", `kind = ?`, string(f.Kind))
	add(f.Subject != "", `subject = ?`, strings.ToLower(f.Subject))
	add(f.State != "", `state = ?`, string(f.State))
	add(f.Before != 0, `id < ?`, f.Before)
	if f.Limit <= 0 {
		f.Limit = 100_000
	}
	return collect(ctx, tx.session, scanLesson, `SELECT `+lessonColumns+` FROM lessons WHERE `+strings.Join(where, " AND ")+` ORDER BY +id DESC LIMIT ?`, append(args, f.Limit)...)
}

// CountLessons counts the lessons in a state that somebody is to agree to.
func (tx *Tx) CountLessons(ctx context.Context, holder work.PersonID, state LessonState) (int64, error) {
	return one(ctx, tx.session, number[int64], `SELECT COUNT(*) FROM lessons WHERE workspace = ? AND holder = ? AND state = ?`, tx.ws.ID, holder, string(state))
}

// A Round is a look back in a row of them, as it is kept.
type Round struct {
	Delegation      work.DelegationID
	Giver, Receiver work.PersonID
	Area            string
	learn.Round
	At time.Time
}

const roundColumns = `delegation, giver, receiver, area, level, giver_outcome, receiver_outcome, receiver_free, returned, at`

func scanRound(row scanner) (r Round, err error) {
	var at int64
	var gave, got, free int
	err = row.Scan(&r.Delegation, &r.Giver, &r.Receiver, &r.Area, &r.Level, &gave, &got, &free, &r.Returned, &at)
	r.At = instant(at)
	if gave != 0 {
		r.Round.Giver = &work.Reflection{Outcome: gave}
	}
	if got != 0 {
		r.Round.Receiver = &work.Reflection{Outcome: got, Free: free}
	}
	return r, err
}

// AddRound keeps a look back in its row.
func (tx *Tx) AddRound(ctx context.Context, r *Round) error {
	var gave, got work.Reflection
	if r.Round.Giver != nil {
		gave = *r.Round.Giver
	}
	if r.Round.Receiver != nil {
		got = *r.Round.Receiver
	}
	return tx.exec(ctx, `INSERT INTO rounds (workspace, id, `+roundColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.ws.ID, tx.NextID(), r.Delegation, r.Giver, r.Receiver, strings.ToLower(r.Area), r.Level, gave.Outcome, got.Outcome, got.Free, r.Returned, micros(r.At))
}

// Rounds lists the looks back of two people in an area, and those of one
// delegation, the oldest first.
func (tx *Tx) Rounds(ctx context.Context, giver, receiver work.PersonID, area string, d work.DelegationID) ([]Round, error) {
	return collect(ctx, tx.session, scanRound, `SELECT `+roundColumns+` FROM rounds WHERE workspace = ? AND giver = ? AND receiver = ? AND id IN (
		SELECT id FROM rounds WHERE workspace = ? AND giver = ? AND receiver = ? AND area = ? AND area <> ''
		UNION SELECT id FROM rounds WHERE workspace = ? AND delegation = ?) ORDER BY +id`,
		tx.ws.ID, giver, receiver, tx.ws.ID, giver, receiver, strings.ToLower(area), tx.ws.ID, d)
}

// RoundsGiven lists the looks back of a giver with everybody they handed work
// to, or with one person, the oldest first.
func (tx *Tx) RoundsGiven(ctx context.Context, giver, receiver work.PersonID) ([]Round, error) {
	where, args := `workspace = ? AND giver = ?`, []any{tx.ws.ID, giver}
	if receiver != 0 {
		where, args = where+` AND receiver = ?`, append(args, receiver)
	}
	return collect(ctx, tx.session, scanRound, `SELECT `+roundColumns+` FROM rounds WHERE `+where+` ORDER BY +id`, args...)
}
