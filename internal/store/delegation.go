package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"baton/internal/work"
)

const delegationColumns = `id, kind, task, giver, receiver, parent, state, outcome, reason, terms, proposal, newest, agreed, told, rounds,
	paused_at, offered_at, agreed_at, started_at, ended_at, ends_at, next_check_in, next_turn, next_review, good, delivered, created_at, version, heard_at`

const delegationFields = `d.id, d.kind, d.task, d.giver, d.receiver, d.parent, d.state, d.outcome, d.reason, d.terms, d.proposal, d.newest, d.agreed, d.told, d.rounds,
	d.paused_at, d.offered_at, d.agreed_at, d.started_at, d.ended_at, d.ends_at, d.next_check_in, d.next_turn, d.next_review, d.good, d.delivered, d.created_at, d.version, d.heard_at`

// delegationQuery finds delegations whole: the terms in force and proposed, the
// task's title, and what both sides are called.
const delegationQuery = `SELECT ` + delegationFields + `, t.title, t.kind, COALESCE(f.by, 0), COALESCE(f.at, 0), COALESCE(f.body, ''),
	COALESCE(p.by, 0), COALESCE(p.at, 0), COALESCE(p.body, ''), g.name, COALESCE(r.name, ''), COALESCE(r.kind, ''), CASE WHEN m.person IS NULL THEN 0 ELSE 1 END
	FROM delegations d
	JOIN tasks t ON t.workspace = d.workspace AND t.id = d.task
	JOIN people g ON g.workspace = d.workspace AND g.id = d.giver
	LEFT JOIN people r ON r.workspace = d.workspace AND r.id = d.receiver
	LEFT JOIN members m ON m.workspace = d.workspace AND m.person = d.receiver
	LEFT JOIN terms f ON f.workspace = d.workspace AND f.delegation = d.id AND f.version = d.terms
	LEFT JOIN terms p ON p.workspace = d.workspace AND p.delegation = d.id AND p.version = d.proposal
	WHERE d.workspace = ? AND `

// version is a row of the terms' table before its body is read.
type version struct {
	number int
	by     work.PersonID
	at     int64
	body   string
}

func (v version) terms() (t work.Terms, err error) {
	err = json.Unmarshal([]byte(v.body), &t)
	t.Version, t.By, t.At = v.number, v.by, instant(v.at)
	return t, err
}

func scanDelegation(row scanner) (*work.Delegation, error) {
	d := &work.Delegation{Names: map[work.PersonID]string{}}
	var at [11]int64
	var inForce, proposed version
	var giver, receiver string
	var member bool
	var kind work.PersonKind
	err := row.Scan(&d.ID, &d.Kind, &d.Task, &d.Giver, &d.Receiver, &d.Parent, &d.State, &d.Outcome, &d.Reason, &inForce.number, &proposed.number, &d.Newest, &d.Agreed,
		&d.Told, &d.Rounds, &at[0], &at[1], &at[2], &at[3], &at[4], &at[5], &at[6], &at[7], &at[8], &d.Good, asJSON(&d.Delivered), &at[9], &d.Version, &at[10],
		&d.Title, &d.TaskKind, &inForce.by, &inForce.at, &inForce.body, &proposed.by, &proposed.at, &proposed.body,
		&giver, &receiver, &kind, &member)
	if err != nil {
		return nil, err
	}
	for i, t := range []*time.Time{
		&d.PausedAt, &d.OfferedAt, &d.AgreedAt, &d.StartedAt, &d.EndedAt, &d.EndsAt, &d.NextCheckIn, &d.NextTurn, &d.NextReview, &d.CreatedAt, &d.HeardAt,
	} {
		*t = instant(at[i])
	}
	if d.Terms, err = inForce.terms(); err != nil {
		return nil, fmt.Errorf("terms %d of delegation %d: %w", inForce.number, d.ID, err)
	}
	if proposed.number != 0 {
		p, err := proposed.terms()
		if err != nil {
			return nil, fmt.Errorf("terms %d of delegation %d: %w", proposed.number, d.ID, err)
		}
		d.Proposal = &p
	}
	d.Guest, d.Agent = d.Receiver != 0 && !member, kind == work.Agent
	d.Names[d.Giver] = giver
	if d.Receiver != 0 {
		d.Names[d.Receiver] = receiver
	}
	return d, nil
}

// Delegation returns a delegation with its open items, ready for a move.
func (tx *Tx) Delegation(ctx context.Context, id work.DelegationID) (*work.Delegation, error) {
	found, err := tx.delegations(ctx, `d.id = ?`, id)
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0:
		return nil, missing(errNone, "delegation")
	}
	d := found[0]
	if tx.writable {
		d.NextID = tx.NextID
	}
	if err := tx.furnish(ctx, found); err != nil {
		return nil, err
	}
	if d.Spent, err = tx.spent(ctx, d.ID); err != nil {
		return nil, err
	}
	if d.Unsettled, err = tx.unsettled(ctx, d.ID); err != nil {
		return nil, err
	}
	return d, tx.bounds(ctx, d)
}

// bounds loads the authority above a delegation and those below it.
func (tx *Tx) bounds(ctx context.Context, d *work.Delegation) error {
	if d.Parent != 0 {
		parent, err := tx.authorities(ctx, `d.id = ?`, d.Parent)
		if err != nil {
			return err
		}
		d.Above, d.Early = &parent[0].Authority, parent[0].state != work.Active
	}
	below, err := tx.authorities(ctx, `d.parent = ? AND d.parent > 0 AND d.state <> 'ended'`, d.ID)
	for _, b := range below {
		d.Below = append(d.Below, b.Authority)
	}
	return err
}

// bound is the authority of a delegation, and its state.
type bound struct {
	work.Authority
	state work.State
}

func (tx *Tx) authorities(ctx context.Context, where string, id work.DelegationID) ([]bound, error) {
	return collect(ctx, tx.session, func(row scanner) (bound, error) {
		var t work.Terms
		var state work.State
		err := row.Scan(asJSON(&t), &state)
		return bound{t.Authority, state}, err
	}, `SELECT f.body, d.state FROM delegations d JOIN terms f ON f.workspace = d.workspace AND f.delegation = d.id AND f.version = d.terms
		WHERE d.workspace = ? AND `+where, tx.ws.ID, id)
}

// delegations finds delegations with their terms, people's names and who is
// away, but without items.
func (tx *Tx) delegations(ctx context.Context, where string, args ...any) ([]*work.Delegation, error) {
	found, err := collect(ctx, tx.session, scanDelegation, delegationQuery+where, append([]any{tx.ws.ID}, args...)...)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	away, err := tx.Absent(ctx)
	for _, d := range found {
		d.Absent = away
	}
	return found, err
}

// Terms returns one version of a delegation's terms.
func (tx *Tx) Terms(ctx context.Context, id work.DelegationID, version int) (work.Terms, error) {
	t, err := one(ctx, tx.session, scanTerms, `SELECT version, by, at, body FROM terms WHERE workspace = ? AND delegation = ? AND version = ?`, tx.ws.ID, id, version)
	return t, missing(err, "version of the terms")
}

// AllTerms returns every version of a delegation's terms, the oldest first.
func (tx *Tx) AllTerms(ctx context.Context, id work.DelegationID) ([]work.Terms, error) {
	return collect(ctx, tx.session, scanTerms, `SELECT version, by, at, body FROM terms WHERE workspace = ? AND delegation = ? ORDER BY version`, tx.ws.ID, id)
}

// TermsOfGiver returns every version of the terms of all that a member gave, by
// delegation, the oldest first.
func (tx *Tx) TermsOfGiver(ctx context.Context, giver work.PersonID) (map[work.DelegationID][]work.Terms, error) {
	out := map[work.DelegationID][]work.Terms{}
	_, err := collect(ctx, tx.session, func(row scanner) (struct{}, error) {
		var id work.DelegationID
		t, err := scanTerms(behind{row, &id})
		out[id] = append(out[id], t)
		return struct{}{}, err
	}, `SELECT delegation, version, by, at, body FROM terms WHERE workspace = ?
		AND delegation IN (SELECT id FROM delegations WHERE workspace = ? AND giver = ?) ORDER BY delegation, version`, tx.ws.ID, tx.ws.ID, giver)
	return out, err
}

// behind scans a row whose first column is something else.
type behind struct {
	row   scanner
	first any
}

// Scan implements scanner.
func (b behind) Scan(dest ...any) error { return b.row.Scan(append([]any{b.first}, dest...)...) }

func scanTerms(row scanner) (t work.Terms, err error) {
	var body string
	var version int
	var by work.PersonID
	var at int64
	if err := row.Scan(&version, &by, &at, &body); err != nil {
		return t, err
	}
	err = json.Unmarshal([]byte(body), &t)
	t.Version, t.By, t.At = version, by, instant(at)
	return t, err
}

// SaveDelegation writes a delegation as the moves left it, with everything
// they did beside: items, terms, decisions, occurrences. Events are Record's.
func (tx *Tx) SaveDelegation(ctx context.Context, d *work.Delegation) error {
	fresh := d.Version == 0
	d.Version++
	var err error
	if fresh {
		err = tx.exec(ctx, `INSERT INTO delegations (workspace, `+delegationColumns+`, due_at, mover)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			append([]any{tx.ws.ID}, delegationValues(d)...)...)
	} else {
		err = stale(tx.change(ctx, `UPDATE delegations SET kind = ?, task = ?, giver = ?, receiver = ?, parent = ?, state = ?, outcome = ?, reason = ?, terms = ?,
			proposal = ?, newest = ?, agreed = ?, told = ?, rounds = ?, paused_at = ?, offered_at = ?, agreed_at = ?, started_at = ?, ended_at = ?, ends_at = ?,
			next_check_in = ?, next_turn = ?, next_review = ?, good = ?, delivered = ?, created_at = ?, version = ?, heard_at = ?, due_at = ?, mover = ?
			WHERE workspace = ? AND id = ? AND version = ?`,
			append(delegationValues(d)[1:], tx.ws.ID, d.ID, d.Version-1)...), "delegation")
	}
	if err != nil {
		return err
	}
	if err := tx.rewordDelegation(ctx, d, fresh); err != nil {
		return err
	}
	if err := tx.saveTerms(ctx, d); err != nil {
		return err
	}
	for i := range d.Items {
		if err := tx.saveItem(ctx, d.ID, &d.Items[i]); err != nil {
			return err
		}
	}
	for _, dec := range d.Decisions() {
		if err := tx.saveDecision(ctx, dec); err != nil {
			return err
		}
	}
	for _, turn := range d.Turns() {
		if err := tx.saveOccurrence(ctx, turn); err != nil {
			return err
		}
	}
	return nil
}

func delegationValues(d *work.Delegation) []any {
	proposal := 0
	if d.Proposal != nil {
		proposal = d.Proposal.Version
	}
	mover, _ := d.Mover()
	return []any{
		d.ID, d.Kind, d.Task, d.Giver, d.Receiver, d.Parent, d.State, d.Outcome, d.Reason, d.Terms.Version, proposal, d.Newest, d.Agreed, bit(d.Told), d.Rounds,
		micros(d.PausedAt), micros(d.OfferedAt), micros(d.AgreedAt), micros(d.StartedAt), micros(d.EndedAt), micros(d.EndsAt), micros(d.NextCheckIn),
		micros(d.NextTurn), micros(d.NextReview), d.Good, toJSON(notNil(d.Delivered)), micros(d.CreatedAt), d.Version, micros(d.HeardAt), micros(d.DueAt()), mover,
	}
}

// WasShown reports whether a draft was shown to somebody, or was an offer that
// was undone: either may have been read.
func (tx *Tx) WasShown(ctx context.Context, id work.DelegationID) (bool, error) {
	n, err := one(ctx, tx.session, number[int64], `SELECT COUNT(*) FROM (SELECT 1 FROM items WHERE workspace = ? AND delegation = ? AND kind IN ('interest', 'offer') LIMIT 1) AS few`, tx.ws.ID, id)
	return n > 0, err
}

// saveTerms writes the versions that are not written yet. A version that is
// there never changes, but for a draft's, which its giver may write over.
func (tx *Tx) saveTerms(ctx context.Context, d *work.Delegation) error {
	there := `NOTHING`
	if d.State == work.Draft {
		there = `UPDATE SET by = excluded.by, at = excluded.at, body = excluded.body`
	}
	for _, t := range []*work.Terms{&d.Terms, d.Proposal} {
		if t == nil {
			continue
		}
		err := tx.exec(ctx, `INSERT INTO terms (workspace, delegation, version, by, at, body) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (workspace, delegation, version) DO `+there, tx.ws.ID, d.ID, t.Version, t.By, micros(t.At), toJSON(t))
		if err != nil {
			return err
		}
	}
	return nil
}

// DeleteDelegation takes a discarded draft away.
func (tx *Tx) DeleteDelegation(ctx context.Context, id work.DelegationID) error {
	if err := tx.unword(ctx, tx.ws.ID, int64(id)); err != nil {
		return err
	}
	return missing(tx.change(ctx, `DELETE FROM delegations WHERE workspace = ? AND id = ? AND state = 'draft'`, tx.ws.ID, id), "draft")
}

// spent sums the money and time of all decisions that count under a
// delegation and every hand-on below it.
func (tx *Tx) spent(ctx context.Context, id work.DelegationID) (work.Spent, error) {
	return one(ctx, tx.session, func(row scanner) (s work.Spent, err error) { err = row.Scan(&s.Money, &s.Time); return s, err },
		`WITH RECURSIVE chain (id) AS (
			SELECT CAST(? AS BIGINT) UNION ALL SELECT d.id FROM chain CROSS JOIN delegations d WHERE d.workspace = ? AND d.parent = chain.id AND d.parent > 0)
		SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT), CAST(COALESCE(SUM(minutes), 0) AS BIGINT) FROM decisions
		WHERE workspace = ? AND delegation IN (SELECT id FROM chain) AND state IN ('decided', 'intended', 'happened', 'ratified', 'to_mend')`,
		id, tx.ws.ID, tx.ws.ID)
}

// Chain returns a delegation's authority and each above it, with what was
// spent under each, and the givers above.
func (tx *Tx) Chain(ctx context.Context, d *work.Delegation) (links []work.Link, above []work.PersonID, err error) {
	links = []work.Link{{Delegation: d.ID, Giver: d.Giver, Authority: d.Terms.Authority, Spent: d.Spent, Paused: !d.PausedAt.IsZero(), Notice: d.Terms.Intention}}
	for next := d.Parent; next != 0; {
		found, err := tx.delegations(ctx, `d.id = ?`, next)
		if err != nil {
			return nil, nil, err
		}
		p := found[0]
		spent, err := tx.spent(ctx, p.ID)
		if err != nil {
			return nil, nil, err
		}
		links = append(links, work.Link{Delegation: p.ID, Giver: p.Giver, Authority: p.Terms.Authority, Spent: spent, Paused: !p.PausedAt.IsZero(), Notice: p.Terms.Intention})
		above = append(above, p.Giver)
		next = p.Parent
	}
	return links, above, nil
}
