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

// hitsOf reads what was found of each noun, up to its ids: no index is asked for
// more than the few that are shown.
var hitsOf = map[Noun]string{
	APerson:   `SELECT 'person', id, name, '', 0, '', '', '' FROM people WHERE workspace = ? AND id IN (`,
	APlaybook: `SELECT 'playbook', id, name, '', 0, '', '', '' FROM playbooks WHERE workspace = ? AND id IN (`,
	ADelegation: `SELECT 'delegation', d.id, t.title, t.kind, d.giver, COALESCE(g.name, ''), COALESCE(r.name, ''), d.state FROM delegations d
		JOIN tasks t ON t.workspace = d.workspace AND t.id = d.task
		LEFT JOIN people g ON g.workspace = d.workspace AND g.id = d.giver
		LEFT JOIN people r ON r.workspace = d.workspace AND r.id = d.receiver
		WHERE d.workspace = ? AND d.id IN (`,
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
	found, err := tx.look(ctx, l)
	if err != nil {
		return nil, err
	}
	ids := map[Noun][]int64{}
	for _, f := range found {
		ids[f.noun] = append(ids[f.noun], f.id)
	}
	var hits []Hit
	for noun, query := range hitsOf {
		for some := range slices.Chunk(ids[noun], most) {
			marks, args := in(some)
			got, err := collect(ctx, tx.session, scanHit, query+marks+`)`, append([]any{tx.ws.ID}, args...)...)
			if err != nil {
				return nil, err
			}
			hits = append(hits, got...)
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int { return cmp.Compare(b.ID, a.ID) })
	return hits, nil
}

// CountHits counts what a look finds from its beginning, up to Many + 1.
func (tx *Tx) CountHits(ctx context.Context, l Look) (int64, error) {
	l.Before, l.Limit = 0, Many+1
	found, err := tx.look(ctx, l)
	return int64(len(found)), err
}

// look finds the newest of the reader's own and of everybody's that have all the
// words; nothing for signs alone.
func (tx *Tx) look(ctx context.Context, l Look) ([]find, error) {
	words := searchWords(l.Words, l.Whole)
	if len(words) == 0 {
		return nil, nil
	}
	var all []find
	for _, reader := range []work.PersonID{l.Reader, everybody} {
		some, err := tx.beneath(ctx, l, reader, words)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return newest(all, l.Limit), nil
}

// A find is something that has the words. No two of a workspace share an id.
type find struct {
	id   int64
	noun Noun
}

func scanFind(row scanner) (f find, err error) {
	err = row.Scan(&f.id, &f.noun)
	return f, err
}

// newest are the first so many, each once.
func newest(found []find, limit int) []find {
	slices.SortFunc(found, func(a, b find) int { return cmp.Compare(b.id, a.id) })
	found = slices.Compact(found)
	return found[:min(len(found), limit)]
}

// beneath finds, beneath one reader, what has all the words. The rarest leads:
// it is walked from its newest, and the others are looked up for each.
func (tx *Tx) beneath(ctx context.Context, l Look, reader work.PersonID, words []string) (found []find, err error) {
	lead, err := tx.rarest(ctx, reader, words)
	if err != nil {
		return nil, err
	}
	others := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == lead.word })
	leads := []string{lead.word}
	if lead.common {
		if leads, err = tx.standsFor(ctx, reader, lead.word); err != nil {
			return nil, err
		}
	}
	for _, word := range leads {
		some, err := tx.led(ctx, l, reader, word, others)
		if err != nil {
			return nil, err
		}
		if found = newest(append(found, some...), l.Limit); l.Limit > Many && len(found) > Many {
			break // it counts, and says no more than this
		}
	}
	return found, nil
}

// A leading word, and whether more have it than are worth reading through.
type leading struct {
	word   string
	common bool
}

const commonWord = 4000

// rarest is the word that the fewest have beneath a reader; of common ones the
// first, so that a beginning leads only where it stands alone or is rare.
func (tx *Tx) rarest(ctx context.Context, reader work.PersonID, words []string) (leading, error) {
	var lead leading
	fewest := int64(math.MaxInt64)
	if len(words) == 1 && !strings.HasSuffix(words[0], "*") {
		return leading{word: words[0]}, nil
	}
	for _, word := range words {
		is, args := isWord(word)
		n, err := one(ctx, tx.session, number[int64], `SELECT COUNT(*) FROM (SELECT 1 AS one FROM search_words WHERE workspace = ? AND reader = ? AND `+is+` LIMIT ?) AS few`,
			slices.Concat([]any{tx.ws.ID, reader}, args, []any{commonWord})...)
		if err != nil {
			return lead, err
		}
		if n < fewest {
			lead, fewest = leading{word, n == commonWord}, n
		}
	}
	return lead, nil
}

// isWord compares a word with what was typed.
func isWord(typed string) (string, []any) {
	stem, prefix := strings.CutSuffix(typed, "*")
	if !prefix {
		return `word = ?`, []any{stem}
	}
	return `word >= ? AND word < ?`, []any{stem, stem + string(rune(0x10FFFF))}
}

// mostBegun is how many words a common beginning stands for: the first in their
// order, so always the word itself.
const mostBegun = 32

// standsFor lists the words beneath a reader that a typed one stands for.
func (tx *Tx) standsFor(ctx context.Context, reader work.PersonID, typed string) ([]string, error) {
	stem, prefix := strings.CutSuffix(typed, "*")
	if !prefix {
		return []string{stem}, nil
	}
	const next = `SELECT word FROM search_words WHERE workspace = ? AND reader = ? AND word < ? AND word `
	end := stem + string(rune(0x10FFFF))
	return collect(ctx, tx.session, text, `WITH RECURSIVE begun (word, n) AS (
		SELECT (`+next+`>= ? ORDER BY word LIMIT 1), 1
		UNION ALL SELECT (`+next+`> begun.word ORDER BY word LIMIT 1), n + 1 FROM begun WHERE begun.word IS NOT NULL AND n < ?
	) SELECT word FROM begun WHERE word IS NOT NULL`, tx.ws.ID, reader, end, stem, tx.ws.ID, reader, end, mostBegun)
}

// mayRead is what the table says no more of: whether the reader may see it now.
const mayRead = ` AND (w.noun <> 'delegation' OR EXISTS (SELECT 1 FROM delegations d WHERE d.workspace = w.workspace AND d.id = w.id AND (d.giver = ? OR d.receiver = ? AND d.state <> 'draft')))
	AND (w.noun <> 'person' OR EXISTS (SELECT 1 FROM people p WHERE p.workspace = w.workspace AND p.id = w.id AND (p.owner = 0 OR p.owner = ?))
		AND NOT EXISTS (SELECT 1 FROM members m WHERE m.workspace = w.workspace AND m.person = w.id AND m.coach = 1 AND m.person <> ?))`

// led walks one word from its newest and keeps what has the others too. They
// are counted and not joined, so that no database begins with them. A beginning
// is rare, so all of it is read.
func (tx *Tx) led(ctx context.Context, l Look, reader work.PersonID, lead string, others []string) ([]find, error) {
	is, its := isWord(lead)
	query := `SELECT w.id, w.noun FROM search_words w WHERE w.workspace = ? AND w.reader = ? AND ` + is + ` AND w.id < ?`
	args := slices.Concat([]any{tx.ws.ID, reader}, its, []any{cmp.Or(l.Before, math.MaxInt64)})
	for _, word := range others {
		is, its := isWord(word)
		query += ` AND (SELECT COUNT(*) FROM search_words WHERE workspace = w.workspace AND id = w.id AND reader = w.reader AND ` + is + `) > 0`
		args = append(args, its...)
	}
	me := l.Reader
	query, args = query+mayRead, append(args, me, me, me, me)
	if !strings.HasSuffix(lead, "*") {
		query, args = query+` ORDER BY w.id DESC LIMIT ?`, append(args, l.Limit)
	}
	return collect(ctx, tx.session, scanFind, query, args...)
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
