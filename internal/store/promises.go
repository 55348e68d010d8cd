package store

import (
	"context"
	"time"

	"baton/internal/work"
)

// A Breach is something a workspace's rows say that must never be so.
type Breach struct {
	Promise int    // of the design's list; 0 for what every promise rests on
	Words   string // what is wrong
	ID      int64  // of the row
}

const (
	// chains finds, below each delegation, all that is handed on from it and
	// not ended.
	chains = `WITH RECURSIVE ws (id) AS (SELECT id FROM workspaces WHERE id = ?), below (top, id, state) AS (
		SELECT c.parent, c.id, c.state FROM delegations c JOIN ws ON ws.id = c.workspace WHERE c.parent > 0 AND c.state <> 'ended'
		UNION SELECT b.top, c.id, c.state FROM below b JOIN ws ON 1 = 1 JOIN delegations c ON c.workspace = ws.id AND c.parent = b.id AND c.state <> 'ended') `
	// carriedHere holds for a delegation of which nobody further down agreed to
	// carry the task.
	carriedHere = `NOT EXISTS (SELECT 1 FROM below b WHERE b.top = d.id AND b.state = 'active')`
)

// breaches are questions whose answer must be empty: each finds the ids of the
// rows that break a promise. All of them take the workspace alone.
var breaches = []struct {
	promise int
	words   string
	query   string
}{
	{0, "event numbers have a gap below this one", `SELECT e.number FROM events e WHERE e.workspace = ? AND e.number > 1
		AND NOT EXISTS (SELECT 1 FROM events b WHERE b.workspace = e.workspace AND b.number = e.number - 1)`},
	{0, "the workspace will hand out an event number again", `SELECT w.id FROM workspaces w WHERE w.id = ?
		AND w.next_event <= (SELECT COALESCE(MAX(number), 0) FROM events e WHERE e.workspace = w.id)`},
	{0, "it is nobody's move in this delegation", `SELECT id FROM delegations WHERE workspace = ? AND state IN ('offered', 'active') AND mover = 0`},
	{0, "a dispute of what is believed says nothing", `SELECT person FROM beliefs WHERE workspace = ? AND disputed_at > 0 AND dispute = ''`},
	{0, "a dispute was answered by nobody", `SELECT person FROM beliefs WHERE workspace = ? AND answer_level > 0 AND answered_by = 0`},
	{0, "what is believed was taken by nobody there is", `SELECT b.person FROM beliefs b WHERE b.workspace = ? AND b.by > 0
		AND NOT EXISTS (SELECT 1 FROM people p WHERE p.workspace = b.workspace AND p.id = b.by)`},
	{0, "an open lesson waits for nobody there is", `SELECT l.id FROM lessons l WHERE l.workspace = ? AND l.state = 'open'
		AND NOT EXISTS (SELECT 1 FROM people p WHERE p.workspace = l.workspace AND p.id = l.holder)`},
	{0, "a lesson was closed at no time, or is open and closed", `SELECT id FROM lessons WHERE workspace = ? AND (state = 'open') <> (closed_at = 0)`},
	{0, "a lesson was taken by nobody", `SELECT id FROM lessons WHERE workspace = ? AND state = 'taken' AND closed_by = 0`},
	{0, "a lesson about a skill was taken and nothing is believed", `SELECT l.id FROM lessons l WHERE l.workspace = ? AND l.state = 'taken' AND l.kind = 'skill'
		AND NOT EXISTS (SELECT 1 FROM beliefs b WHERE b.workspace = l.workspace AND b.person = l.about AND b.key = l.subject)`},
	{1, "an open item is held by nobody there is", `SELECT i.id FROM items i WHERE i.workspace = ? AND i.closed_at = 0
		AND NOT EXISTS (SELECT 1 FROM people p WHERE p.workspace = i.workspace AND p.id = i.holder)`},
	{1, "the clock of an item runs while its holder is away or gone", `SELECT i.id FROM items i JOIN people p ON p.workspace = i.workspace AND p.id = i.holder
		WHERE i.workspace = ? AND i.closed_at = 0 AND i.frozen = 0 AND (p.away = 1 OR p.left_on <> '')`},
	{1, "an ended delegation has a blocking item", `SELECT i.id FROM items i JOIN delegations d ON d.workspace = i.workspace AND d.id = i.delegation
		WHERE i.workspace = ? AND i.closed_at = 0 AND i.blocking = 1 AND d.state = 'ended'`},
	{1, "an offered delegation has nothing to answer", `SELECT d.id FROM delegations d WHERE d.workspace = ? AND d.state = 'offered'
		AND NOT EXISTS (SELECT 1 FROM items i WHERE i.workspace = d.workspace AND i.delegation = d.id AND i.closed_at = 0 AND i.kind IN ('offer', 'proposal'))`},
	{2, "an open task is not with the person who agreed to carry it", chains + `SELECT t.id FROM delegations d JOIN ws ON ws.id = d.workspace
		JOIN tasks t ON t.workspace = d.workspace AND t.id = d.task WHERE d.state = 'active' AND t.kind = 'task' AND t.state = 'open' AND t.carrier <> d.receiver AND ` + carriedHere},
	{2, "two people agreed to carry the same task", chains + `SELECT d.task FROM delegations d JOIN ws ON ws.id = d.workspace
		JOIN tasks t ON t.workspace = d.workspace AND t.id = d.task AND t.kind = 'task'
		WHERE d.state = 'active' AND ` + carriedHere + ` GROUP BY d.task HAVING COUNT(*) > 1`},
	{2, "a decision area is not on the plate of whoever gave it", `SELECT t.id FROM tasks t JOIN delegations d ON d.workspace = t.workspace AND d.task = t.id
		WHERE t.workspace = ? AND t.kind = 'decision_area' AND d.parent = 0 AND d.state IN ('offered', 'active') AND (t.state <> 'open' OR t.carrier <> d.giver)`},
	{2, "somebody holds two levels in one decision area from the same giver", `SELECT d.task FROM delegations d JOIN tasks t ON t.workspace = d.workspace AND t.id = d.task
		WHERE d.workspace = ? AND t.kind = 'decision_area' AND d.state IN ('offered', 'active') GROUP BY d.task, d.giver, d.receiver HAVING COUNT(*) > 1`},
	{2, "an open task is on the plate of somebody who left", `SELECT t.id FROM tasks t JOIN people p ON p.workspace = t.workspace AND p.id = t.carrier
		WHERE t.workspace = ? AND t.state = 'open' AND p.left_on <> ''`},
	{2, "an open task is with somebody who has no plate and did not agree to carry it", `SELECT t.id FROM tasks t WHERE t.workspace = ? AND t.state = 'open' AND t.parent = 0
		AND NOT EXISTS (SELECT 1 FROM members m WHERE m.workspace = t.workspace AND m.person = t.carrier)
		AND NOT EXISTS (SELECT 1 FROM delegations d WHERE d.workspace = t.workspace AND d.task = t.id AND d.state = 'active' AND d.receiver = t.carrier)`},
	{1, "a vote goes on that the clock does not look at", `SELECT id FROM votes WHERE workspace = ? AND state IN ('open', 'revealed') AND due_at = 0`},
	{1, "a vote goes on in a decision area that is closed", `SELECT v.id FROM votes v JOIN tasks t ON t.workspace = v.workspace AND t.id = v.task
		WHERE v.workspace = ? AND v.state IN ('open', 'revealed') AND (t.state <> 'open' OR t.kind <> 'decision_area' OR t.carrier <> v.giver)`},
	{10, "a ballot is open before its round was revealed", `SELECT b.vote FROM ballots b JOIN votes v ON v.workspace = b.workspace AND v.id = b.vote
		WHERE b.workspace = ? AND b.open = 1 AND b.round = v.round AND v.revealed_at = 0`},
	{0, "a vote was closed at no time, or goes on and is closed", `SELECT id FROM votes WHERE workspace = ? AND (state IN ('open', 'revealed')) <> (closed_at = 0)`},
	{0, "a vote was settled on no level, or by nobody who may", `SELECT id FROM votes WHERE workspace = ? AND state = 'settled'
		AND (level = 0 OR settled_by NOT IN (giver, receiver))`},
	{0, "a vote went to a delegation of another decision area", `SELECT v.id FROM votes v WHERE v.workspace = ? AND v.delegation > 0
		AND EXISTS (SELECT 1 FROM delegations d WHERE d.workspace = v.workspace AND d.id = v.delegation AND d.task <> v.task)`}, // a draft may be discarded
	{0, "a vote has no place for its giver or for whom the level is", `SELECT v.id FROM votes v WHERE v.workspace = ?
		AND (SELECT COUNT(*) FROM ballots b WHERE b.workspace = v.workspace AND b.vote = v.id AND b.round = v.round AND b.person IN (v.giver, v.receiver)) < 2`},
	{1, "a vote goes on without its giver or whom the level is for", `SELECT v.id FROM votes v JOIN people p ON p.workspace = v.workspace AND p.id IN (v.giver, v.receiver)
		WHERE v.workspace = ? AND v.state IN ('open', 'revealed') AND p.left_on <> ''`},
	{10, "a round was revealed and hides a ballot that is in", `SELECT b.vote FROM ballots b JOIN votes v ON v.workspace = b.workspace AND v.id = b.vote
		WHERE b.workspace = ? AND b.level > 0 AND b.open = 0 AND (b.round < v.round OR v.revealed_at > 0)`},
	{3, "a version of the terms is missing", `SELECT d.id FROM delegations d WHERE d.workspace = ?
		AND d.newest <> (SELECT COUNT(*) FROM terms f WHERE f.workspace = d.workspace AND f.delegation = d.id)`},
	{3, "terms are in force that nobody agreed to", `SELECT id FROM delegations WHERE workspace = ? AND state = 'active' AND terms <> agreed`},
	{4, "a hand-on outlives what it was handed on from", `SELECT c.id FROM delegations c JOIN delegations d ON d.workspace = c.workspace AND d.id = c.parent
		WHERE c.workspace = ? AND c.parent > 0 AND c.state IN ('offered', 'active') AND d.state = 'ended'`},
	{5, "a decision outside the limits counts as decided without the giver", `SELECT id FROM decisions WHERE workspace = ? AND state = 'decided' AND outside <> '' AND answered_by = 0`},
	{6, "somebody was told of what they did themselves", `SELECT n.event FROM notices n JOIN events e ON e.workspace = n.workspace AND e.number = n.event
		WHERE n.workspace = ? AND n.person = e.by`},
	{6, "somebody was told of an event there is not", `SELECT n.event FROM notices n WHERE n.workspace = ?
		AND NOT EXISTS (SELECT 1 FROM events e WHERE e.workspace = n.workspace AND e.number = n.event)`},
	{10, "something is shown between two who are not both members", `SELECT s.id FROM sharings s WHERE s.workspace = ? AND s.state = 'open'
		AND (NOT EXISTS (SELECT 1 FROM members m WHERE m.workspace = s.workspace AND m.person = s.client)
		OR NOT EXISTS (SELECT 1 FROM members m WHERE m.workspace = s.workspace AND m.person = s.coach))`},
	{10, "somebody who only coaches is shown something of their own", `SELECT s.id FROM sharings s JOIN members m ON m.workspace = s.workspace AND m.person = s.client
		WHERE s.workspace = ? AND m.coach = 1`},
	{10, "somebody who only coaches carries or gives something", `SELECT d.id FROM delegations d JOIN members m ON m.workspace = d.workspace AND m.coach = 1 AND m.person IN (d.giver, d.receiver)
		WHERE d.workspace = ? AND d.state IN ('offered', 'active')`},
	{10, "somebody is their own coach", `SELECT id FROM sharings WHERE workspace = ? AND client = coach`},
	{10, "the client or the coach stands among the third parties of a sharing", `SELECT n.sharing FROM namings n JOIN sharings s ON s.workspace = n.workspace AND s.id = n.sharing
		WHERE n.workspace = ? AND (n.person = s.client OR n.person = s.coach)`},
	{0, "two calls of one coach are at the same time", `SELECT c.id FROM calls c JOIN calls o ON o.workspace = c.workspace AND o.coach = c.coach AND o.id > c.id
		AND o.starts_at < c.ends_at AND c.starts_at < o.ends_at WHERE c.workspace = ? AND c.coach > 0 AND c.state = 'booked' AND o.state = 'booked'`},
	{10, "a call is not between the two of its sharing", `SELECT c.id FROM calls c WHERE c.workspace = ? AND c.coach > 0 AND NOT EXISTS
		(SELECT 1 FROM sharings s WHERE s.workspace = c.workspace AND s.id = c.sharing AND s.client = c.client AND s.coach = c.coach)`},
	{10, "a call is booked for after its sharing ended", `SELECT c.id FROM calls c JOIN sharings s ON s.workspace = c.workspace AND s.id = c.sharing
		WHERE c.workspace = ? AND c.state = 'booked' AND s.state <> 'open' AND c.starts_at > s.ended_at`},
	{10, "somebody private to one member carries for another", `SELECT d.id FROM delegations d JOIN people r ON r.workspace = d.workspace AND r.id = d.receiver
		WHERE d.workspace = ? AND r.owner > 0 AND r.owner <> d.giver AND d.state IN ('offered', 'active')`},
}

// Breaches lists what a workspace's rows say against the promises. It reads
// every row; it is for whoever looks after the database, and for tests.
func (tx *Tx) Breaches(ctx context.Context) ([]Breach, error) {
	var out []Breach
	for _, b := range breaches {
		ids, err := collect(ctx, tx.session, number[int64], b.query, tx.ws.ID)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			out = append(out, Breach{b.promise, b.words, id})
		}
	}
	return out, nil
}

// Overdue lists the delegations the clock should have looked at by a moment.
func (tx *Tx) Overdue(ctx context.Context, at time.Time) ([]work.DelegationID, error) {
	return collect(ctx, tx.session, number[work.DelegationID], `SELECT id FROM delegations WHERE workspace = ? AND due_at > 0 AND due_at <= ? ORDER BY id`, tx.ws.ID, micros(at))
}

// HandOns lists the delegations that are handed on from another and not ended.
func (tx *Tx) HandOns(ctx context.Context) ([]*work.Delegation, error) {
	return tx.delegations(ctx, `d.parent > 0 AND d.state IN ('draft', 'offered', 'active')`)
}

// SilentYeses lists the delegations in which silence let money pass: an
// intention that cost something went ahead, or a delivery that is paid for was
// accepted.
func (tx *Tx) SilentYeses(ctx context.Context) ([]*work.Delegation, error) {
	return tx.delegations(ctx, `(EXISTS (SELECT 1 FROM decisions c WHERE c.workspace = d.workspace AND c.delegation = d.id AND c.state = 'decided'
			AND c.ruling = 'intends' AND c.amount > 0 AND c.answered_by = 0)
		OR EXISTS (SELECT 1 FROM items i WHERE i.workspace = d.workspace AND i.delegation = d.id AND i.kind = 'delivery' AND i.result = 'accepted by silence'))`)
}
