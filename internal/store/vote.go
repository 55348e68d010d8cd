package store

import (
	"context"
	"slices"
	"time"

	"baton/internal/work"
)

const voteColumns = `id, task, giver, receiver, question, examples, state, round, answer_by, started_at, revealed_at, settle_by, closed_at,
	level, settled_by, delegation, version`

// voteQuery finds votes with the title of their decision area.
const voteQuery = `SELECT ` + voteColumns + `, due_at, (SELECT t.title FROM tasks t WHERE t.workspace = votes.workspace AND t.id = votes.task)
	FROM votes WHERE workspace = ?`

func scanVote(row scanner) (*work.Vote, error) {
	v := &work.Vote{Names: map[work.PersonID]string{}}
	var at [6]int64
	err := row.Scan(&v.ID, &v.DecisionArea, &v.Giver, &v.Receiver, &v.Question, asJSON(&v.Examples), &v.State, &v.Round, &at[0], &at[1], &at[2], &at[3], &at[4],
		&v.Level, &v.SettledBy, &v.Delegation, &v.Version, &at[5], &v.Title)
	for i, t := range []*time.Time{&v.AnswerBy, &v.StartedAt, &v.RevealedAt, &v.SettleBy, &v.ClosedAt, &v.RemindAt} {
		*t = instant(at[i])
	}
	if v.State != work.VoteOpen || !v.RemindAt.Before(v.AnswerBy) {
		v.RemindAt = time.Time{} // the clock looks at its end next, if at all
	}
	return v, err
}

// Vote returns a vote with all its ballots. Who may see which is for the caller.
func (tx *Tx) Vote(ctx context.Context, id work.VoteID) (*work.Vote, error) {
	v, err := one(ctx, tx.session, scanVote, voteQuery+` AND id = ?`, tx.ws.ID, id)
	if err != nil {
		return nil, missing(err, "vote")
	}
	return v, tx.ballots(ctx, []*work.Vote{v})
}

// ballots reads those of some votes, with what their voters are called and who
// of them is away: of each round the giver's first, then the receiver's.
func (tx *Tx) ballots(ctx context.Context, votes []*work.Vote) error {
	if len(votes) == 0 {
		return nil
	}
	away, err := tx.Absent(ctx)
	if err != nil {
		return err
	}
	of, ids := map[work.VoteID]*work.Vote{}, make([]work.VoteID, len(votes))
	for i, v := range votes {
		of[v.ID], ids[i], v.Absent = v, v.ID, away
	}
	for some := range slices.Chunk(ids, most) {
		marks, args := in(some)
		_, err := collect(ctx, tx.session, func(row scanner) (struct{}, error) {
			var vote work.VoteID
			var b work.Ballot
			var at int64
			var name string
			err := row.Scan(&vote, &b.Round, &b.Person, &b.Level, &b.Reason, &at, &b.Open, &b.Words, &name, &b.Gone)
			if b.At = instant(at); err == nil {
				of[vote].Ballots = append(of[vote].Ballots, b)
				of[vote].Names[b.Person] = name
			}
			return struct{}{}, err
		}, `SELECT b.vote, b.round, b.person, b.level, b.reason, b.at, b.open, b.words, p.name,
			CASE WHEN p.left_on <> '' OR NOT EXISTS (SELECT 1 FROM members m WHERE m.workspace = v.workspace AND m.person = b.person) AND NOT EXISTS
				(SELECT 1 FROM delegations d WHERE d.workspace = v.workspace AND d.task = v.task AND d.giver = v.giver AND d.receiver = b.person
				AND d.state IN ('offered', 'active')) THEN 1 ELSE 0 END
			FROM votes v JOIN ballots b ON b.workspace = v.workspace AND b.vote = v.id JOIN people p ON p.workspace = b.workspace AND p.id = b.person
			WHERE v.workspace = ? AND v.id IN (`+marks+`)
			ORDER BY b.vote, b.round, CASE WHEN b.person = v.giver THEN 0 WHEN b.person = v.receiver THEN 1 ELSE 2 END, b.person`, append([]any{tx.ws.ID}, args...)...)
		if err != nil {
			return err
		}
	}
	return tx.presences(ctx, votes)
}

// presences tells open votes who last changed what is known of those away.
func (tx *Tx) presences(ctx context.Context, votes []*work.Vote) error {
	var missing []work.PersonID
	for _, v := range votes {
		missing = append(missing, v.Away()...)
	}
	if len(missing) == 0 {
		return nil
	}
	slices.Sort(missing)
	var changes []work.Event // the newest of each person
	for some := range slices.Chunk(slices.Compact(missing), most) {
		marks, args := in(some)
		found, err := collect(ctx, tx.session, scanEvent, `SELECT `+eventColumns+` FROM events WHERE workspace = ? AND number IN (
			SELECT MAX(number) FROM events WHERE workspace = ? AND person IN (`+marks+`) AND person > 0 AND delegation = 0 AND task = 0 AND by > 0 GROUP BY person)`,
			append([]any{tx.ws.ID, tx.ws.ID}, args...)...)
		if err != nil {
			return err
		}
		changes = append(changes, found...)
	}
	for _, v := range votes {
		v.Doubt(changes)
	}
	return nil
}

// A VoteFilter says which votes a list holds.
type VoteFilter struct {
	Voter  work.PersonID
	Giver  work.PersonID
	Task   work.TaskID
	Going  bool // open or revealed
	Before work.VoteID
	Limit  int
}

// Votes lists votes with their ballots, the newest first.
func (tx *Tx) Votes(ctx context.Context, f VoteFilter) ([]*work.Vote, error) {
	where, args := ``, []any{tx.ws.ID}
	if f.Voter != 0 {
		where, args = where+` AND id IN (SELECT vote FROM ballots WHERE workspace = ? AND person = ?)`, append(args, tx.ws.ID, f.Voter)
	}
	if f.Giver != 0 {
		where, args = where+` AND giver = ?`, append(args, f.Giver)
	}
	if f.Task != 0 {
		where, args = where+` AND task = ?`, append(args, f.Task)
	}
	if f.Before != 0 {
		where, args = where+` AND id < ?`, append(args, f.Before)
	}
	if f.Going {
		where += ` AND closed_at = 0`
	}
	if f.Limit <= 0 {
		f.Limit = 1000
	}
	found, err := collect(ctx, tx.session, scanVote, voteQuery+where+` ORDER BY id DESC LIMIT ?`, append(args, f.Limit)...)
	if err != nil {
		return nil, err
	}
	return found, tx.ballots(ctx, found)
}

// SaveVote writes a vote as its moves left it, with its ballots.
func (tx *Tx) SaveVote(ctx context.Context, v *work.Vote) error {
	fresh := v.Version == 0
	v.Version++
	values := []any{
		v.ID, v.DecisionArea, v.Giver, v.Receiver, v.Question, toJSON(notNil(v.Examples)), v.State, v.Round, micros(v.AnswerBy), micros(v.StartedAt),
		micros(v.RevealedAt), micros(v.SettleBy), micros(v.ClosedAt), v.Level, v.SettledBy, v.Delegation, v.Version,
	}
	var err error
	if fresh {
		err = tx.exec(ctx, `INSERT INTO votes (workspace, `+voteColumns+`, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			append(append([]any{tx.ws.ID}, values...), micros(v.DueAt()))...)
	} else {
		err = stale(tx.change(ctx, `UPDATE votes SET task = ?, giver = ?, receiver = ?, question = ?, examples = ?, state = ?, round = ?, answer_by = ?, started_at = ?,
			revealed_at = ?, settle_by = ?, closed_at = ?, level = ?, settled_by = ?, delegation = ?, version = ?, due_at = ?
			WHERE workspace = ? AND id = ? AND version = ?`,
			append(values[1:], micros(v.DueAt()), tx.ws.ID, v.ID, v.Version-1)...), "vote")
	}
	if err != nil {
		return err
	}
	for _, b := range v.Ballots {
		err := tx.exec(ctx, `INSERT INTO ballots (workspace, vote, round, person, level, reason, at, open, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (workspace, vote, round, person) DO UPDATE SET level = excluded.level, reason = excluded.reason, at = excluded.at,
			open = excluded.open, words = excluded.words`,
			tx.ws.ID, v.ID, b.Round, b.Person, b.Level, b.Reason, micros(b.At), bit(b.Open), b.Words)
		if err != nil {
			return err
		}
	}
	return nil
}

// A DueVote is a vote the clock is to look at.
type DueVote struct {
	Workspace work.WorkspaceID
	Vote      work.VoteID
	At        time.Time
}

// DueVotes lists what is due by a moment, the earliest first.
func (g *Global) DueVotes(ctx context.Context, at time.Time, limit int) ([]DueVote, error) {
	return collect(ctx, g.session, func(row scanner) (d DueVote, err error) {
		var at int64
		err = row.Scan(&d.Workspace, &d.Vote, &at)
		d.At = instant(at)
		return d, err
	}, `SELECT workspace, id, due_at FROM votes WHERE due_at > 0 AND due_at <= ? ORDER BY due_at, workspace, id LIMIT ?`, micros(at), limit)
}
