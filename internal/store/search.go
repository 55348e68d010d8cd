package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"baton/internal/work"
)

// A search finds the same tasks on both databases because the words are cut
// here, not by their tokenizers: letters and digits, small, without accents.

// prefixLetters is how long a typed word must be to stand for words that begin
// with it. Shorter ones would match half the database.
const prefixLetters = 3

// longestWord is where a word is cut: PostgreSQL keeps none beyond 2,046 bytes.
const longestWord = 200

// lexemes cuts text into words as they are indexed.
func lexemes(text string) []string {
	plain := work.Folded(strings.ToValidUTF8(text, " "))
	words := strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		if len(w) > longestWord {
			words[i] = strings.ToValidUTF8(w[:longestWord], "")
		}
	}
	return words
}

// searchWords splits what somebody typed. The last word ends in a * when it
// stands for all that begin with it.
func searchWords(typed string, whole bool) []string {
	words := lexemes(typed)
	words = words[:min(len(words), 8)]
	if n := len(words); n > 0 && !whole && len([]rune(words[n-1])) >= prefixLetters {
		words[n-1] += "*"
	}
	return words
}

// A Search is what somebody looks for on one plate.
type Search struct {
	Plate  work.PersonID
	Words  string      // the last one may be a beginning
	Whole  bool        // the last word, too, is a whole word
	Before work.TaskID // continue behind this one; 0 begins with the newest
	Limit  int
}

// Search lists the tasks on a plate that have all the words, the newest first.
func (tx *Tx) Search(ctx context.Context, s Search) ([]work.Task, error) {
	ids, ok := tx.ids(s, s.Limit)
	if !ok {
		return nil, nil
	}
	return collect(ctx, tx.session, scanTask, `SELECT `+taskColumns+` FROM tasks WHERE workspace = ? AND id IN (`+ids.query+`) ORDER BY id DESC`,
		append([]any{tx.ws.ID}, ids.args...)...)
}

// CountFound counts what a search finds from its beginning, up to Many + 1.
func (tx *Tx) CountFound(ctx context.Context, s Search) (int64, error) {
	s.Before = 0
	ids, ok := tx.ids(s, Many+1)
	if !ok {
		return 0, nil
	}
	return one(ctx, tx.session, number[int64], `SELECT COUNT(*) FROM (`+ids.query+`) AS few`, ids.args...)
}

// ids returns the statement for a search; none for signs alone, which find
// nothing.
func (tx *Tx) ids(s Search, limit int) (statement, bool) {
	words := searchWords(s.Words, s.Whole)
	if len(words) == 0 {
		return statement{}, false
	}
	return tx.d.search(lookup{tx.ws.ID, s.Plate, words, cmp.Or(s.Before, oldest), limit}), true
}

// A lookup is a search as a dialect sees it.
type lookup struct {
	ws     work.WorkspaceID
	plate  work.PersonID
	words  []string // a last one that ends in * stands for its beginning
	before work.TaskID
	limit  int
}

// statement is a query with its arguments.
type statement struct {
	query string
	args  []any
}

// taskBits is how many bits of a row id hold the task below its plate.
const taskBits = 40

// oldest is behind every task: where a search begins that continues nowhere.
const oldest work.TaskID = 1 << taskBits

func (sqliteDialect) search(s lookup) statement {
	terms := make([]string, len(s.words))
	for i, w := range s.words {
		stem, prefix := strings.CutSuffix(w, "*")
		terms[i] = `"` + stem + `"`
		if prefix {
			terms[i] += "*"
		}
	}
	return statement{
		`SELECT few.rowid & ? AS id FROM task_search_plates p CROSS JOIN task_search few
		WHERE p.workspace = ? AND p.person = ? AND few.task_search MATCH ? AND few.rowid BETWEEN p.plate << ? AND (p.plate << ?) + ? ORDER BY few.rowid DESC LIMIT ?`,
		[]any{int64(oldest) - 1, int64(s.ws), int64(s.plate), strings.Join(terms, " "), taskBits, taskBits, int64(s.before) - 1, s.limit},
	}
}

func (sqliteDialect) indexTasks(ws work.WorkspaceID, tasks []*work.Task) []statement {
	var out []statement
	plates := map[work.PersonID]bool{}
	args := []any{taskBits}
	for _, t := range tasks {
		if !plates[t.Carrier] {
			plates[t.Carrier] = true
			out = append(out, statement{`INSERT INTO task_search_plates (workspace, person) VALUES (?, ?) ON CONFLICT DO NOTHING`, []any{int64(ws), int64(t.Carrier)}})
		}
		args = append(args, int64(t.ID), int64(t.Carrier), strings.Join(lexemes(t.Title), " "), strings.Join(lexemes(t.Note), " "))
	}
	return append(out, statement{
		`INSERT INTO task_search (rowid, title, note) SELECT (p.plate << ?) | column1, column3, column4
		FROM (VALUES ` + rowsOf(len(tasks), `(?, ?, ?, ?)`) + `) JOIN task_search_plates p ON p.workspace = ? AND p.person = column2`,
		append(args, int64(ws)),
	})
}

func (sqliteDialect) unindexTasks(ws work.WorkspaceID, ids []work.TaskID) statement {
	marks, args := in(ids)
	return statement{
		`DELETE FROM task_search WHERE rowid IN (SELECT (p.plate << ?) | t.id FROM tasks t
		JOIN task_search_plates p ON p.workspace = t.workspace AND p.person = t.carrier WHERE t.workspace = ? AND t.id IN (` + marks + `))`,
		append([]any{taskBits, int64(ws)}, args...),
	}
}

func (postgresDialect) search(s lookup) statement {
	terms := []string{plateLexeme(s.ws, s.plate)}
	for _, w := range s.words {
		stem, prefix := strings.CutSuffix(w, "*")
		term := "'" + stem + "'"
		if prefix {
			term += ":*"
		}
		terms = append(terms, term)
	}
	return statement{
		`SELECT task AS id FROM task_search WHERE words @@ CAST(? AS tsquery) AND workspace = ? AND task < ? ORDER BY task DESC LIMIT ?`,
		[]any{strings.Join(terms, " & "), int64(s.ws), int64(s.before), s.limit},
	}
}

// plateLexeme is a word no text has, quoted.
func plateLexeme(ws work.WorkspaceID, plate work.PersonID) string {
	return "'p:" + strconv.FormatInt(int64(ws), 10) + ":" + strconv.FormatInt(int64(plate), 10) + "'"
}

func (postgresDialect) indexTasks(ws work.WorkspaceID, tasks []*work.Task) []statement {
	var args []any
	for _, t := range tasks {
		args = append(args, int64(ws), int64(t.ID), vector(ws, t))
	}
	return []statement{{`INSERT INTO task_search (workspace, task, words) VALUES ` + rowsOf(len(tasks), `(?, ?, CAST(? AS tsvector))`), args}}
}

func (postgresDialect) unindexTasks(ws work.WorkspaceID, ids []work.TaskID) statement {
	marks, args := in(ids)
	return statement{`DELETE FROM task_search WHERE workspace = ? AND task IN (` + marks + `)`, append([]any{int64(ws)}, args...)}
}

// vector holds the words of a task and its plate's, as PostgreSQL reads them.
func vector(ws work.WorkspaceID, t *work.Task) string {
	words := lexemes(t.Title + " " + t.Note)
	slices.Sort(words)
	words = slices.Compact(words)
	var b strings.Builder
	b.WriteString(plateLexeme(ws, t.Carrier))
	for _, w := range words[:min(len(words), 20_000)] { // a tsvector holds a megabyte
		b.WriteString(" '" + w + "'")
	}
	return b.String()
}

// index makes tasks found by their words.
func (s session) index(ctx context.Context, ws work.WorkspaceID, tasks ...*work.Task) error {
	for some := range inBlocks(tasks) {
		for _, st := range s.d.indexTasks(ws, some) {
			if err := s.exec(ctx, st.query, st.args...); err != nil {
				return err
			}
		}
	}
	return nil
}

// unindex forgets the words of tasks, before they change or go.
func (tx *Tx) unindex(ctx context.Context, ids ...work.TaskID) error {
	for some := range slices.Chunk(ids, most) {
		st := tx.d.unindexTasks(tx.ws.ID, some)
		if err := tx.exec(ctx, st.query, st.args...); err != nil {
			return err
		}
	}
	return nil
}

// indexAll makes the search find the tasks that were there before it.
func indexAll(ctx context.Context, tx *sql.Tx, d dialect) error {
	type row struct {
		ws   work.WorkspaceID
		task work.Task
	}
	var last row
	for {
		rows, err := tx.QueryContext(ctx, d.rebind(`SELECT workspace, id, carrier, title, note FROM tasks WHERE (workspace, id) > (?, ?) ORDER BY workspace, id LIMIT 500`), last.ws, last.task.ID)
		if err != nil {
			return fmt.Errorf("read tasks: %w", err)
		}
		var some []row
		for rows.Next() {
			var r row
			if err := rows.Scan(&r.ws, &r.task.ID, &r.task.Carrier, &r.task.Title, &r.task.Note); err != nil {
				return fmt.Errorf("read a task: %w", err)
			}
			some = append(some, r)
		}
		if err := rows.Err(); err != nil {
			return fmt.Errorf("read tasks: %w", err)
		}
		if len(some) == 0 {
			return nil
		}
		for i := range some {
			for _, st := range d.indexTasks(some[i].ws, []*work.Task{&some[i].task}) {
				if _, err := tx.ExecContext(ctx, d.rebind(st.query), st.args...); err != nil {
					return fmt.Errorf("index task %d: %w", some[i].task.ID, err)
				}
			}
		}
		last = some[len(some)-1]
	}
}
