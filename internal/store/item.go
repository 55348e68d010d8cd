package store

import (
	"context"
	"slices"
	"time"

	"baton/internal/work"
)

const itemColumns = `id, kind, holder, principal, since, answer_by, silence, blocking, reminded, overdue, frozen, text, part, final, coached, decision, turn, opened_by, result, closed_at`

func scanItem(row scanner) (it work.Item, err error) {
	var since, answerBy, overdue, frozen, closed int64
	err = row.Scan(&it.ID, &it.Kind, &it.Holder, &it.For, &since, &answerBy, &it.Silence, &it.Blocking, &it.Reminded, &overdue, &frozen, &it.Text, &it.Part,
		&it.Final, &it.Coached, &it.Decision, &it.Turn, &it.Opened, &it.Result, &closed)
	it.Since, it.AnswerBy, it.Overdue, it.Frozen, it.ClosedAt = instant(since), instant(answerBy), instant(overdue), instant(frozen), instant(closed)
	return it, err
}

func (tx *Tx) items(ctx context.Context, where string, args ...any) ([]work.Item, error) {
	return collect(ctx, tx.session, scanItem, `SELECT `+itemColumns+` FROM items WHERE workspace = ? AND `+where+` ORDER BY +id`, append([]any{tx.ws.ID}, args...)...)
}

// Items returns every item a delegation ever had, the oldest first.
func (tx *Tx) Items(ctx context.Context, id work.DelegationID) ([]work.Item, error) {
	return tx.items(ctx, `delegation = ?`, id)
}

// Refusals returns who answered a notice with no, by the active delegation of
// the giver that it was about.
func (tx *Tx) Refusals(ctx context.Context, giver work.PersonID) (map[work.DelegationID]work.PersonID, error) {
	type refusal struct {
		of work.DelegationID
		by work.PersonID
	}
	found, err := collect(ctx, tx.session, func(row scanner) (r refusal, err error) { return r, row.Scan(&r.of, &r.by) },
		`SELECT i.delegation, CASE WHEN i.principal > 0 THEN i.principal ELSE i.holder END FROM delegations d CROSS JOIN items i
		WHERE d.workspace = ? AND d.giver = ? AND d.state = 'active' AND i.workspace = d.workspace AND i.delegation = d.id
		AND i.kind = ? AND i.result = ? AND i.closed_at > 0 ORDER BY i.id`, tx.ws.ID, giver, work.NoticeItem, work.NotAgreed)
	out := make(map[work.DelegationID]work.PersonID, len(found))
	for _, r := range found {
		out[r.of] = r.by
	}
	return out, err
}

// A Waiting is an open item with what it belongs to, and what those are called
// whom it concerns.
type Waiting struct {
	Delegation work.DelegationID
	Title      string // of the task
	Giver      work.PersonID
	Receiver   work.PersonID
	Names      map[work.PersonID]string // of both sides, the holder and whom they answer for
	Item       work.Item
}

// Other is the side of the delegation that the item's holder is not on.
func (w *Waiting) Other() work.PersonID {
	if w.Item.Principal() == w.Giver {
		return w.Receiver
	}
	return w.Giver
}

func scanWaiting(row scanner) (w Waiting, err error) {
	w.Names = make(map[work.PersonID]string, 3)
	var giver, receiver, holder, principal string
	w.Item, err = scanItem(scanAfter{row, []any{&w.Delegation, &w.Title, &w.Giver, &w.Receiver, &giver, &receiver, &holder, &principal}})
	w.Names[w.Giver], w.Names[w.Receiver], w.Names[w.Item.Holder], w.Names[w.Item.For] = giver, receiver, holder, principal
	return w, err
}

// waiting lists the most pressing of the items that a condition finds. Only of
// those it learns what they belong to: the cross join keeps SQLite from walking
// the delegations first.
func (tx *Tx) waiting(ctx context.Context, limit int, where string, args ...any) ([]Waiting, error) {
	args = append(append([]any{tx.ws.ID}, args...), limit, tx.ws.ID)
	return collect(ctx, tx.session, scanWaiting, `SELECT few.delegation, t.title, d.giver, d.receiver, g.name, COALESCE(r.name, ''), COALESCE(h.name, ''), COALESCE(p.name, ''), `+prefixed("few", itemColumns)+`
		FROM (SELECT delegation, `+itemColumns+` FROM items WHERE workspace = ? AND closed_at = 0 AND `+where+` ORDER BY answer_by, id LIMIT ?) AS few
		CROSS JOIN delegations d
		JOIN tasks t ON t.workspace = d.workspace AND t.id = d.task
		JOIN people g ON g.workspace = d.workspace AND g.id = d.giver
		LEFT JOIN people r ON r.workspace = d.workspace AND r.id = d.receiver
		LEFT JOIN people h ON h.workspace = d.workspace AND h.id = few.holder
		LEFT JOIN people p ON p.workspace = d.workspace AND p.id = few.principal
		WHERE d.workspace = ? AND d.id = few.delegation ORDER BY few.answer_by, few.id`, args...)
}

// WaitingFor lists the open items a person holds, the most pressing first.
func (tx *Tx) WaitingFor(ctx context.Context, holder work.PersonID, limit int) ([]Waiting, error) {
	return tx.waiting(ctx, limit, `holder = ? AND frozen = 0`, holder)
}

// awaited is what a side of a delegation waits for: what others hold, but for
// their look backs. A draft is its giver's alone.
const awaited = `holder <> ? AND kind <> 'reflection' AND delegation IN (
	SELECT id FROM delegations WHERE workspace = ? AND giver = ? UNION ALL SELECT id FROM delegations WHERE workspace = ? AND receiver = ? AND state <> 'draft')`

func (tx *Tx) awaitedArgs(me work.PersonID) []any {
	return []any{me, tx.ws.ID, me, tx.ws.ID, me}
}

// Awaited lists the open items a person waits for as a side of a delegation,
// the most pressing first.
func (tx *Tx) Awaited(ctx context.Context, me work.PersonID, limit int) ([]Waiting, error) {
	return tx.waiting(ctx, limit, awaited, tx.awaitedArgs(me)...)
}

// CountAwaited counts the open items a person waits for.
func (tx *Tx) CountAwaited(ctx context.Context, me work.PersonID) (int64, error) {
	return one(ctx, tx.session, number[int64], `SELECT COUNT(*) FROM items WHERE workspace = ? AND closed_at = 0 AND `+awaited, append([]any{tx.ws.ID}, tx.awaitedArgs(me)...)...)
}

// HeldBy lists the delegations in which somebody is to answer an open item, be
// it that another answers for them, or that they answer for another.
func (tx *Tx) HeldBy(ctx context.Context, who work.PersonID) ([]work.DelegationID, error) {
	return collect(ctx, tx.session, number[work.DelegationID], `SELECT +delegation AS held FROM items WHERE workspace = ? AND holder = ? AND closed_at = 0
		UNION SELECT +delegation FROM items WHERE workspace = ? AND principal = ? AND principal > 0 AND closed_at = 0 ORDER BY 1`, tx.ws.ID, who, tx.ws.ID, who)
}

// scanAfter scans some columns before those another scan function knows.
type scanAfter struct {
	row   scanner
	first []any
}

// Scan reads the first columns and then dest.
func (s scanAfter) Scan(dest ...any) error { return s.row.Scan(append(s.first, dest...)...) }

func (tx *Tx) saveItem(ctx context.Context, d work.DelegationID, it *work.Item) error {
	return tx.exec(ctx, `INSERT INTO items (workspace, delegation, `+itemColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (workspace, id) DO UPDATE SET holder = excluded.holder, principal = excluded.principal, since = excluded.since,
			answer_by = excluded.answer_by, reminded = excluded.reminded, overdue = excluded.overdue, frozen = excluded.frozen, text = excluded.text,
			result = excluded.result, closed_at = excluded.closed_at`,
		tx.ws.ID, d, it.ID, it.Kind, it.Holder, it.For, micros(it.Since), micros(it.AnswerBy), it.Silence, bit(it.Blocking), bit(it.Reminded), micros(it.Overdue), micros(it.Frozen),
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

// OpenReflections lets both sides read what they wrote since the look back
// before, and returns it, the oldest first.
func (tx *Tx) OpenReflections(ctx context.Context, d work.DelegationID) ([]Lookback, error) {
	all, err := tx.Reflections(ctx, d)
	if err != nil {
		return nil, err
	}
	fresh := slices.DeleteFunc(all, func(l Lookback) bool { return l.Open })
	slices.Reverse(fresh)
	return fresh, tx.exec(ctx, `UPDATE reflections SET open = 1 WHERE workspace = ? AND delegation = ?`, tx.ws.ID, d)
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
