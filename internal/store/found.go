package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"baton/internal/work"
)

// The search beside the plate finds people, delegations and playbooks. Each of
// their words stands in one table beneath whoever may read it, so that a word is
// one stretch of one index, the newest last.

// A Noun is what a search beside the plate finds.
type Noun string

// What is found by words. A decision area is found by the delegation of it.
const (
	APerson     Noun = "person"
	ADelegation Noun = "delegation"
	APlaybook   Noun = "playbook"
)

// everybody is who reads what is shared with the workspace.
const everybody work.PersonID = 0

// wordy is something with its words and who may read it.
type wordy struct {
	ws      work.WorkspaceID
	noun    Noun
	id      int64
	text    string
	readers []work.PersonID
}

// reword writes the words of something anew.
func (s session) reword(ctx context.Context, w wordy) error {
	if err := s.unword(ctx, w.ws, w.id); err != nil {
		return err
	}
	return s.insert(ctx, addWords, ``, w.rows())
}

const addWords = `INSERT INTO search_words (workspace, reader, word, id, noun)`

// rows are what stands in the table for it.
func (w wordy) rows() (rows [][]any) {
	words := lexemes(w.text)
	slices.Sort(words)
	words = slices.Compact(words)
	slices.Sort(w.readers)
	for _, reader := range slices.Compact(w.readers) {
		for _, word := range words[:min(len(words), mostWords)] {
			rows = append(rows, []any{int64(w.ws), int64(reader), word, w.id, string(w.noun)})
		}
	}
	return rows
}

// mostWords is how many words of one thing are found.
const mostWords = 200

// unword forgets the words of something.
func (s session) unword(ctx context.Context, ws work.WorkspaceID, id int64) error {
	return s.exec(ctx, `DELETE FROM search_words WHERE workspace = ? AND id = ?`, ws, id)
}

func personWords(ws work.WorkspaceID, p *work.Person) wordy {
	words := []string{p.Name}
	for _, s := range p.Skills {
		words = append(words, s.Name)
	}
	return wordy{ws, APerson, int64(p.ID), strings.Join(words, " "), []work.PersonID{p.Owner}}
}

func playbookWords(ws work.WorkspaceID, p *Playbook) wordy {
	return wordy{ws, APlaybook, int64(p.ID), p.Name, []work.PersonID{p.Owner}}
}

// delegationWords are read by the giver, and by the receiver once it is more
// than a draft.
func delegationWords(ws work.WorkspaceID, d *work.Delegation, title string) wordy {
	readers := []work.PersonID{d.Giver}
	if d.State != work.Draft && d.Receiver != 0 {
		readers = append(readers, d.Receiver)
	}
	return wordy{ws, ADelegation, int64(d.ID), title, readers}
}

// sides are the events after which others may read a delegation than before.
var sides = []work.EventKind{work.OfferMade, work.OfferUndone, work.ToldAloud}

// rewordDelegation writes the words of a delegation whose readers changed.
func (tx *Tx) rewordDelegation(ctx context.Context, d *work.Delegation, fresh bool) error {
	if !fresh && !slices.ContainsFunc(d.Events(), func(e work.Event) bool { return slices.Contains(sides, e.Kind) }) {
		return nil
	}
	return tx.reword(ctx, delegationWords(tx.ws.ID, d, d.Title))
}

// retitle gives the delegations of a task the words of a new title.
func (tx *Tx) retitle(ctx context.Context, t *work.Task) error {
	of, err := collect(ctx, tx.session, scanSides, `SELECT d.id, d.giver, d.receiver, d.state FROM tasks t
		JOIN delegations d ON d.workspace = t.workspace AND d.task = t.id WHERE t.workspace = ? AND t.id = ? AND t.title <> ?`, tx.ws.ID, t.ID, t.Title)
	if err != nil {
		return err
	}
	for i := range of {
		if err := tx.reword(ctx, delegationWords(tx.ws.ID, &of[i], t.Title)); err != nil {
			return err
		}
	}
	return nil
}

func scanSides(row scanner) (d work.Delegation, err error) {
	err = row.Scan(&d.ID, &d.Giver, &d.Receiver, &d.State)
	return d, err
}

// A Hit is something a search beside the plate found.
type Hit struct {
	Noun  Noun
	ID    int64
	Title string        // of a delegation its task's
	Area  bool          // the delegation is of a decision area
	Giver work.PersonID // of a delegation
	Sides [2]string     // the names of giver and receiver
	State work.State    // of a delegation
}

func scanHit(row scanner) (h Hit, err error) {
	var kind work.TaskKind
	err = row.Scan(&h.Noun, &h.ID, &h.Title, &kind, &h.Giver, &h.Sides[0], &h.Sides[1], &h.State)
	h.Area = kind == work.DecisionArea
	return h, err
}

// A Look is what somebody looks for beside their plate.
type Look struct {
	Reader work.PersonID
	Words  string // the last one may be a beginning
	Whole  bool   // the last word, too, is a whole word
	Before int64  // continue behind this one; 0 begins with the newest
	Limit  int
}

// Found lists the people, delegations and playbooks a member may read that have
// all the words, the newest first.
func (tx *Tx) Found(ctx context.Context, l Look) ([]Hit, error) {
	st, ok := tx.look(l)
	if !ok {
		return nil, nil
	}
	return collect(ctx, tx.session, scanHit, `SELECT few.noun, few.id, COALESCE(p.name, b.name, t.title), COALESCE(t.kind, ''), COALESCE(d.giver, 0), COALESCE(g.name, ''), COALESCE(r.name, ''), COALESCE(d.state, '')
		FROM (`+st.query+`) AS few
		LEFT JOIN people p ON few.noun = 'person' AND p.workspace = ? AND p.id = few.id
		LEFT JOIN playbooks b ON few.noun = 'playbook' AND b.workspace = ? AND b.id = few.id
		LEFT JOIN delegations d ON few.noun = 'delegation' AND d.workspace = ? AND d.id = few.id
		LEFT JOIN tasks t ON t.workspace = d.workspace AND t.id = d.task
		LEFT JOIN people g ON g.workspace = d.workspace AND g.id = d.giver
		LEFT JOIN people r ON r.workspace = d.workspace AND r.id = d.receiver
		ORDER BY few.id DESC`, append(st.args, tx.ws.ID, tx.ws.ID, tx.ws.ID)...)
}

// CountHits counts what a look finds from its beginning, up to Many + 1.
func (tx *Tx) CountHits(ctx context.Context, l Look) (int64, error) {
	l.Before, l.Limit = 0, Many+1
	st, ok := tx.look(l)
	if !ok {
		return 0, nil
	}
	return one(ctx, tx.session, number[int64], `SELECT COUNT(*) FROM (`+st.query+`) AS few`, st.args...)
}

// look is the statement of what is found: the newest of the reader's own and the
// newest of everybody's. None for signs alone.
func (tx *Tx) look(l Look) (statement, bool) {
	words := searchWords(l.Words, l.Whole)
	if len(words) == 0 {
		return statement{}, false
	}
	own, shared := tx.beneath(l, l.Reader, words), tx.beneath(l, everybody, words)
	return statement{
		`SELECT DISTINCT id, noun FROM (SELECT id, noun FROM (` + own.query + `) AS few UNION ALL SELECT id, noun FROM (` + shared.query + `) AS few) AS found ORDER BY id DESC LIMIT ?`,
		slices.Concat(own.args, shared.args, []any{l.Limit}),
	}, true
}

// mayRead is what the table says no more of: whether the reader may see it now.
const mayRead = ` AND (w.noun <> 'delegation' OR EXISTS (SELECT 1 FROM delegations d WHERE d.workspace = w.workspace AND d.id = w.id AND (d.giver = ? OR d.receiver = ? AND d.state <> 'draft')))
	AND (w.noun <> 'person' OR EXISTS (SELECT 1 FROM people p WHERE p.workspace = w.workspace AND p.id = w.id AND (p.owner = 0 OR p.owner = ?))
		AND NOT EXISTS (SELECT 1 FROM members m WHERE m.workspace = w.workspace AND m.person = w.id AND m.coach = 1 AND m.person <> ?))`

// beneath finds, beneath one reader, what has all the words. The first is
// walked from its newest; the others are looked up for each.
func (tx *Tx) beneath(l Look, reader work.PersonID, words []string) statement {
	query, args := `SELECT w.id, w.noun FROM search_words w WHERE w.workspace = ? AND w.reader = ? AND `, []any{tx.ws.ID, reader}
	has := func(alias, word string) string {
		stem, prefix := strings.CutSuffix(word, "*")
		if !prefix {
			args = append(args, stem)
			return alias + `.word = ?`
		}
		args = append(args, stem, stem+string(rune(0x10FFFF)))
		return alias + `.word >= ? AND ` + alias + `.word < ?`
	}
	query += has("w", words[0])
	query, args = query+` AND w.id < ?`, append(args, cmp.Or(l.Before, math.MaxInt64))
	for _, word := range words[1:] {
		query += ` AND EXISTS (SELECT 1 FROM search_words o WHERE o.workspace = w.workspace AND o.id = w.id AND o.reader = w.reader AND ` + has("o", word) + `)`
	}
	me := l.Reader
	query, args = query+mayRead, append(args, me, me, me, me)
	if strings.HasSuffix(words[0], "*") { // one thing may have several words that begin so
		query += ` GROUP BY w.id, w.noun`
	}
	return statement{query + ` ORDER BY w.id DESC LIMIT ?`, append(args, l.Limit)}
}

// everyWord lists what is found with who may read it, as rewordAll reads it.
const everyWord = `SELECT workspace, 'person', id, name, skills, owner, owner FROM people
	UNION ALL SELECT workspace, 'playbook', id, name, '[]', owner, owner FROM playbooks
	UNION ALL SELECT d.workspace, 'delegation', d.id, t.title, '[]', d.giver, CASE WHEN d.state = 'draft' OR d.receiver = 0 THEN d.giver ELSE d.receiver END
		FROM delegations d JOIN tasks t ON t.workspace = d.workspace AND t.id = d.task`

// rewordAll makes everything found that was there before it could be.
func rewordAll(rows *sql.Rows, exec func(query string, args ...any) error) error {
	all, err := everything(rows)
	if err != nil {
		return fmt.Errorf("read what is to be found: %w", err)
	}
	for _, w := range all {
		for some := range inBlocks(w.rows()) {
			if err := exec(addWords+` VALUES `+rowsOf(len(some), `(?, ?, ?, ?, ?)`), slices.Concat(some...)...); err != nil {
				return fmt.Errorf("index %s %d: %w", w.noun, w.id, err)
			}
		}
	}
	return nil
}

// everything reads what everyWord lists.
func everything(rows *sql.Rows) (all []wordy, err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		w := wordy{readers: make([]work.PersonID, 2)}
		var skills []work.Skill
		if err := rows.Scan(&w.ws, &w.noun, &w.id, &w.text, asJSON(&skills), &w.readers[0], &w.readers[1]); err != nil {
			return nil, err
		}
		for _, s := range skills {
			w.text += " " + s.Name
		}
		all = append(all, w)
	}
	return all, rows.Err()
}

// rewordAtStep is rewordAll at the end of a migration.
func rewordAtStep(ctx context.Context, tx *sql.Tx, d dialect) error {
	rows, err := tx.QueryContext(ctx, everyWord)
	if err != nil {
		return fmt.Errorf("read what is to be found: %w", err)
	}
	return rewordAll(rows, func(query string, args ...any) error {
		_, err := tx.ExecContext(ctx, d.rebind(query), args...)
		return err
	})
}

// rewordRestored is rewordAll at the end of a restore.
func (r *Restoring) rewordRestored(ctx context.Context) error {
	rows, err := r.conn.query(ctx, everyWord, nil)
	if err != nil {
		return fmt.Errorf("read what is to be found: %w", err)
	}
	return rewordAll(rows, func(query string, args ...any) error { return r.exec(ctx, query, args...) })
}
