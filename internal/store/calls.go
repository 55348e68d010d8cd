package store

import (
	"context"
	"time"

	"baton/internal/call"
	"baton/internal/work"
)

const callColumns = `id, sharing, coach, client, state, starts_at, ends_at, sequence, wish, reason, created_at, begun_at, closed_at, reminded, asked, version`

func scanCall(row scanner) (c call.Call, err error) {
	var from, to, created, begun, closed int64
	err = row.Scan(&c.ID, &c.Sharing, &c.Coach, &c.Client, &c.State, &from, &to, &c.Sequence, &c.Wish, &c.Reason, &created, &begun, &closed, &c.Reminded, &c.Asked, &c.Version)
	c.From, c.To, c.CreatedAt, c.BegunAt, c.ClosedAt = instant(from), instant(to), instant(created), instant(begun), instant(closed)
	return c, err
}

// AddCall keeps a new call and gives it its id.
func (tx *Tx) AddCall(ctx context.Context, c *call.Call) error {
	c.ID, c.Version = work.CallID(tx.NextID()), 1
	err := tx.exec(ctx, `INSERT INTO calls (workspace, `+callColumns+`, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.ws.ID, c.ID, c.Sharing, c.Coach, c.Client, c.State, micros(c.From), micros(c.To), c.Sequence, c.Wish, c.Reason,
		micros(c.CreatedAt), micros(c.BegunAt), micros(c.ClosedAt), bit(c.Reminded), bit(c.Asked), c.Version, micros(c.Due()))
	if err != nil && tx.d.unique(err) {
		return work.Errorf(work.Conflict, "That time is taken.")
	}
	return err
}

// SaveCall changes a call, unless somebody changed it since.
func (tx *Tx) SaveCall(ctx context.Context, c *call.Call) error {
	c.Version++
	return stale(tx.change(ctx, `UPDATE calls SET state = ?, starts_at = ?, ends_at = ?, sequence = ?, wish = ?, reason = ?, begun_at = ?, closed_at = ?,
		reminded = ?, asked = ?, version = ?, due_at = ? WHERE workspace = ? AND id = ? AND version = ?`,
		c.State, micros(c.From), micros(c.To), c.Sequence, c.Wish, c.Reason, micros(c.BegunAt), micros(c.ClosedAt),
		bit(c.Reminded), bit(c.Asked), c.Version, micros(c.Due()), tx.ws.ID, c.ID, c.Version-1), "call")
}

// Call returns a call.
func (tx *Tx) Call(ctx context.Context, id work.CallID) (call.Call, error) {
	c, err := one(ctx, tx.session, scanCall, `SELECT `+callColumns+` FROM calls WHERE workspace = ? AND id = ?`, tx.ws.ID, id)
	return c, missing(err, "call")
}

// CallsOf lists the calls a member takes part in, the latest first.
func (tx *Tx) CallsOf(ctx context.Context, person work.PersonID) ([]call.Call, error) {
	return collect(ctx, tx.session, scanCall, `SELECT `+callColumns+` FROM calls WHERE workspace = ? AND id IN
		(SELECT id FROM calls WHERE workspace = ? AND client = ? UNION ALL SELECT id FROM calls WHERE workspace = ? AND coach = ? AND coach > 0)
		ORDER BY starts_at DESC, id DESC`, tx.ws.ID, tx.ws.ID, person, tx.ws.ID, person)
}

// A DueCall is a call the clock is to look at.
type DueCall struct {
	Workspace work.WorkspaceID
	Call      work.CallID
	At        time.Time
}

// DueCalls lists calls whose moment has come, the earliest first.
func (g *Global) DueCalls(ctx context.Context, at time.Time, limit int) ([]DueCall, error) {
	return collect(ctx, g.session, func(row scanner) (d DueCall, err error) {
		var due int64
		err = row.Scan(&d.Workspace, &d.Call, &due)
		d.At = instant(due)
		return d, err
	}, `SELECT workspace, id, due_at FROM calls WHERE due_at > 0 AND due_at <= ? ORDER BY due_at, workspace, id LIMIT ?`, micros(at), limit)
}

// AddCallNote keeps a note of a call and gives it its id.
func (tx *Tx) AddCallNote(ctx context.Context, id work.CallID, n *call.Note) error {
	n.ID = tx.NextID()
	return tx.exec(ctx, `INSERT INTO call_notes (workspace, id, call, author, shared, body, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		tx.ws.ID, n.ID, id, n.Author, bit(n.Shared), n.Text, micros(n.At))
}

// CallNotes lists the notes of a call that a member may read: their own, and
// those both see.
func (tx *Tx) CallNotes(ctx context.Context, id work.CallID, reader work.PersonID) ([]call.Note, error) {
	return collect(ctx, tx.session, func(row scanner) (n call.Note, err error) {
		var at int64
		err = row.Scan(&n.ID, &n.Author, &n.Shared, &n.Text, &at)
		n.At = instant(at)
		return n, err
	}, `SELECT id, author, shared, body, at FROM call_notes WHERE workspace = ? AND call = ? AND (shared = 1 OR author = ?) ORDER BY id`, tx.ws.ID, id, reader)
}

const callDecisionColumns = `id, call, kind, task, title, receiver, words, due, by, at, state, closed_at, delegation, kept`

func scanCallDecision(row scanner) (d call.Decision, err error) {
	var at, closed int64
	err = row.Scan(&d.ID, &d.Call, &d.Kind, &d.Task, &d.Title, &d.Receiver, &d.Words, asText(&d.Due), &d.By, &at, &d.State, &closed, &d.Delegation, &d.Kept)
	d.At, d.ClosedAt = instant(at), instant(closed)
	return d, err
}

// AddCallDecision keeps a decision and gives it its id.
func (tx *Tx) AddCallDecision(ctx context.Context, d *call.Decision) error {
	d.ID = work.CallDecisionID(tx.NextID())
	return tx.exec(ctx, `INSERT INTO call_decisions (workspace, `+callDecisionColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.ws.ID, d.ID, d.Call, d.Kind, d.Task, d.Title, d.Receiver, d.Words, d.Due.String(), d.By, micros(d.At), d.State, micros(d.ClosedAt), d.Delegation, d.Kept)
}

// SaveCallDecision keeps what became of a decision.
func (tx *Tx) SaveCallDecision(ctx context.Context, d *call.Decision) error {
	return missing(tx.change(ctx, `UPDATE call_decisions SET receiver = ?, state = ?, closed_at = ?, delegation = ?, kept = ? WHERE workspace = ? AND id = ?`,
		d.Receiver, d.State, micros(d.ClosedAt), d.Delegation, d.Kept, tx.ws.ID, d.ID), "decision")
}

// CallDecisions lists what was decided in a call, in order.
func (tx *Tx) CallDecisions(ctx context.Context, id work.CallID) ([]call.Decision, error) {
	return collect(ctx, tx.session, scanCallDecision, `SELECT `+callDecisionColumns+` FROM call_decisions WHERE workspace = ? AND call = ? ORDER BY id`, tx.ws.ID, id)
}
