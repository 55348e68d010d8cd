package store

import (
	"context"
	"time"

	"baton/internal/work"
)

const itemColumns = `id, kind, holder, principal, since, answer_by, silence, blocking, reminded, frozen, text, part, final, coached, decision, turn, opened_by, result, closed_at`

func scanItem(row scanner) (it work.Item, err error) {
	var since, answerBy, frozen, closed int64
	err = row.Scan(&it.ID, &it.Kind, &it.Holder, &it.For, &since, &answerBy, &it.Silence, &it.Blocking, &it.Reminded, &frozen, &it.Text, &it.Part,
		&it.Final, &it.Coached, &it.Decision, &it.Turn, &it.Opened, &it.Result, &closed)
	it.Since, it.AnswerBy, it.Frozen, it.ClosedAt = instant(since), instant(answerBy), instant(frozen), instant(closed)
	return it, err
}

func (tx *Tx) items(ctx context.Context, where string, args ...any) ([]work.Item, error) {
	return collect(ctx, tx.session, scanItem, `SELECT `+itemColumns+` FROM items WHERE workspace = ? AND `+where+` ORDER BY +id`, append([]any{tx.ws.ID}, args...)...)
}

// Items returns every item a delegation ever had, the oldest first.
func (tx *Tx) Items(ctx context.Context, id work.DelegationID) ([]work.Item, error) {
	return tx.items(ctx, `delegation = ?`, id)
}

// A Waiting is an open item with the delegation it belongs to.
type Waiting struct {
	Delegation work.DelegationID
	Item       work.Item
}

func scanWaiting(row scanner) (w Waiting, err error) {
	w.Item, err = scanItem(scanAfter{row, []any{&w.Delegation}})
	return w, err
}

// WaitingFor lists the open items a person holds, the most pressing first.
func (tx *Tx) WaitingFor(ctx context.Context, holder work.PersonID, limit int) ([]Waiting, error) {
	return collect(ctx, tx.session, scanWaiting, `SELECT delegation, `+itemColumns+` FROM items WHERE workspace = ? AND holder = ? AND closed_at = 0 AND frozen = 0
		ORDER BY answer_by, id LIMIT ?`, tx.ws.ID, holder, limit)
}

// HeldBy lists the delegations in which a person holds an open item, for
// themselves or somebody else.
func (tx *Tx) HeldBy(ctx context.Context, holder work.PersonID) ([]work.DelegationID, error) {
	return collect(ctx, tx.session, number[work.DelegationID], `SELECT DISTINCT +delegation FROM items WHERE workspace = ? AND holder = ? AND closed_at = 0 ORDER BY 1`, tx.ws.ID, holder)
}

// OpenOf lists the open items of every delegation a person is a side of,
// whoever holds them, the most pressing first.
func (tx *Tx) OpenOf(ctx context.Context, party work.PersonID, limit int) ([]Waiting, error) {
	return collect(ctx, tx.session, scanWaiting, `SELECT i.delegation, `+prefixed("i", itemColumns)+` FROM items i WHERE i.workspace = ? AND i.closed_at = 0 AND i.delegation IN (
			SELECT id FROM delegations WHERE workspace = ? AND giver = ? UNION ALL SELECT id FROM delegations WHERE workspace = ? AND receiver = ?)
		ORDER BY i.answer_by, i.id LIMIT ?`, tx.ws.ID, tx.ws.ID, party, tx.ws.ID, party, limit)
}

// scanAfter scans some columns before those another scan function knows.
type scanAfter struct {
	row   scanner
	first []any
}

// Scan reads the first columns and then dest.
func (s scanAfter) Scan(dest ...any) error { return s.row.Scan(append(s.first, dest...)...) }

func (tx *Tx) saveItem(ctx context.Context, d work.DelegationID, it *work.Item) error {
	return tx.exec(ctx, `INSERT INTO items (workspace, delegation, `+itemColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (workspace, id) DO UPDATE SET holder = excluded.holder, principal = excluded.principal, since = excluded.since,
			answer_by = excluded.answer_by, reminded = excluded.reminded, frozen = excluded.frozen, text = excluded.text,
			result = excluded.result, closed_at = excluded.closed_at`,
		tx.ws.ID, d, it.ID, it.Kind, it.Holder, it.For, micros(it.Since), micros(it.AnswerBy), it.Silence, bit(it.Blocking), bit(it.Reminded), micros(it.Frozen),
		it.Text, it.Part, bit(it.Final), bit(it.Coached), it.Decision, it.Turn, it.Opened, it.Result, micros(it.ClosedAt))
}

const decisionColumns = `id, delegation, by, kind, words, recommendation, amount, minutes, state, ruling, outside, reason, answered_by, goes_ahead_at, at, closed_at, version`

func scanDecision(row scanner) (d work.Decision, err error) {
	var ahead, at, closed int64
	err = row.Scan(&d.ID, &d.Delegation, &d.By, &d.Kind, &d.Words, &d.Recommendation, &d.Amount, &d.Time, &d.State, &d.Ruling, &d.Outside, &d.Reason,
		&d.AnsweredBy, &ahead, &at, &closed, &d.Version)
	d.GoesAheadAt, d.At, d.ClosedAt = instant(ahead), instant(at), instant(closed)
	return d, err
}

// Decisions lists a delegation's decisions, the oldest first.
func (tx *Tx) Decisions(ctx context.Context, id work.DelegationID) ([]work.Decision, error) {
	return collect(ctx, tx.session, scanDecision, `SELECT `+decisionColumns+` FROM decisions WHERE workspace = ? AND delegation = ? ORDER BY id`, tx.ws.ID, id)
}

// Decision returns one decision.
func (tx *Tx) Decision(ctx context.Context, id work.DecisionID) (work.Decision, error) {
	d, err := one(ctx, tx.session, scanDecision, `SELECT `+decisionColumns+` FROM decisions WHERE workspace = ? AND id = ?`, tx.ws.ID, id)
	return d, missing(err, "decision")
}

func (tx *Tx) saveDecision(ctx context.Context, d work.Decision) error {
	return tx.exec(ctx, `INSERT INTO decisions (workspace, `+decisionColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (workspace, id) DO UPDATE SET words = excluded.words, amount = excluded.amount, minutes = excluded.minutes, state = excluded.state,
			ruling = excluded.ruling, outside = excluded.outside, reason = excluded.reason, answered_by = excluded.answered_by,
			goes_ahead_at = excluded.goes_ahead_at, closed_at = excluded.closed_at, version = decisions.version + 1`,
		tx.ws.ID, d.ID, d.Delegation, d.By, d.Kind, d.Words, d.Recommendation, d.Amount, d.Time, d.State, d.Ruling, d.Outside, d.Reason, d.AnsweredBy,
		micros(d.GoesAheadAt), micros(d.At), micros(d.ClosedAt), d.Version)
}

const occurrenceColumns = `id, delegation, due, state, note, price, minutes, closed_at, accept_by`

func scanOccurrence(row scanner) (o work.Occurrence, err error) {
	var due string
	var closed, accept int64
	if err = row.Scan(&o.ID, &o.Delegation, &due, &o.State, &o.Note, &o.Price, &o.Minutes, &closed, &accept); err != nil {
		return o, err
	}
	o.ClosedAt, o.AcceptBy = instant(closed), instant(accept)
	o.Due, err = parseDue(due)
	return o, err
}

// Occurrences lists a standing delegation's turns, the newest first.
func (tx *Tx) Occurrences(ctx context.Context, id work.DelegationID, limit int) ([]work.Occurrence, error) {
	return collect(ctx, tx.session, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrences WHERE workspace = ? AND delegation = ? ORDER BY id DESC LIMIT ?`, tx.ws.ID, id, limit)
}

// Occurrence returns one turn.
func (tx *Tx) Occurrence(ctx context.Context, id work.OccurrenceID) (work.Occurrence, error) {
	o, err := one(ctx, tx.session, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrences WHERE workspace = ? AND id = ?`, tx.ws.ID, id)
	return o, missing(err, "occurrence")
}

// unsettled lists a delegation's turns that are done and wait to count as
// accepted, the oldest first.
func (tx *Tx) unsettled(ctx context.Context, id work.DelegationID) ([]work.Occurrence, error) {
	return collect(ctx, tx.session, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrences WHERE workspace = ? AND delegation = ? AND accept_by > 0 ORDER BY id`, tx.ws.ID, id)
}

// saveOccurrence writes a turn. What a turn was due, for how much, stays as it
// was first written.
func (tx *Tx) saveOccurrence(ctx context.Context, o work.Occurrence) error {
	return tx.exec(ctx, `INSERT INTO occurrences (workspace, `+occurrenceColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (workspace, id) DO UPDATE SET state = excluded.state, note = excluded.note, closed_at = excluded.closed_at, accept_by = excluded.accept_by`,
		tx.ws.ID, o.ID, o.Delegation, o.Due.String(), o.State, o.Note, o.Price, o.Minutes, micros(o.ClosedAt), micros(o.AcceptBy))
}

// A Lookback is one side's reflection as it is kept.
type Lookback struct {
	Person     work.PersonID
	Reflection work.Reflection
	At         time.Time
	Open       bool // both may read it
}

// AddReflection keeps one side's look back, unseen by the other.
func (tx *Tx) AddReflection(ctx context.Context, d work.DelegationID, l Lookback) error {
	return tx.exec(ctx, `INSERT INTO reflections (workspace, id, delegation, person, body, at, open) VALUES (?, ?, ?, ?, ?, ?, 0)`,
		tx.ws.ID, tx.NextID(), d, l.Person, toJSON(l.Reflection), micros(l.At))
}

// OpenReflections lets both sides read what they wrote.
func (tx *Tx) OpenReflections(ctx context.Context, d work.DelegationID) error {
	return tx.exec(ctx, `UPDATE reflections SET open = 1 WHERE workspace = ? AND delegation = ?`, tx.ws.ID, d)
}

// Reflections lists a delegation's look backs, the newest first.
func (tx *Tx) Reflections(ctx context.Context, d work.DelegationID) ([]Lookback, error) {
	return collect(ctx, tx.session, func(row scanner) (l Lookback, err error) {
		var at int64
		err = row.Scan(&l.Person, asJSON(&l.Reflection), &at, &l.Open)
		l.At = instant(at)
		return l, err
	}, `SELECT person, body, at, open FROM reflections WHERE workspace = ? AND delegation = ? ORDER BY id DESC`, tx.ws.ID, d)
}
