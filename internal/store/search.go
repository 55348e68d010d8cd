package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

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
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(strings.ToValidUTF8(text, " ")))
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

// taskBits is how many bits of a row id hold the task below its workspace.
const taskBits = 40

func rowID(ws work.WorkspaceID, id work.TaskID) int64 { return int64(ws)<<taskBits | int64(id) }

// oldest is behind every task: where a search begins that continues nowhere.
const oldest work.TaskID = 1 << taskBits

func (sqliteDialect) search(ws work.WorkspaceID, words []string, before work.TaskID) (string, []any) {
	terms := make([]string, len(words))
	for i, w := range words {
		stem, prefix := strings.CutSuffix(w, "*")
		terms[i] = `"` + stem + `"`
		if prefix {
			terms[i] += "*"
		}
	}
	condition := `id IN (SELECT rowid & ? FROM task_search WHERE task_search MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?)`
	return condition, []any{int64(1)<<taskBits - 1, strings.Join(terms, " "), rowID(ws, 0), rowID(ws, 0) + int64(before) - 1, Many + 1}
}

func (sqliteDialect) index() (head, one, tail string) {
	return `INSERT OR REPLACE INTO task_search (rowid, title, note)`, `(?, ?, ?)`, ``
}

func (sqliteDialect) words(ws work.WorkspaceID, t *work.Task) []any {
	return []any{rowID(ws, t.ID), strings.Join(lexemes(t.Title), " "), strings.Join(lexemes(t.Note), " ")}
}

func (sqliteDialect) unindex(ws work.WorkspaceID, ids []work.TaskID) (string, []any) {
	rows := make([]int64, len(ids))
	for i, id := range ids {
		rows[i] = rowID(ws, id)
	}
	marks, args := in(rows)
	return `DELETE FROM task_search WHERE rowid IN (` + marks + `)`, args
}

func (postgresDialect) search(ws work.WorkspaceID, words []string, before work.TaskID) (string, []any) {
	terms := []string{workspaceLexeme(ws)}
	for _, w := range words {
		stem, prefix := strings.CutSuffix(w, "*")
		term := "'" + stem + "'"
		if prefix {
			term += ":*"
		}
		terms = append(terms, term)
	}
	condition := `id IN (SELECT task FROM task_search WHERE words @@ CAST(? AS tsquery) AND workspace = ? AND task < ? ORDER BY task DESC LIMIT ?)`
	return condition, []any{strings.Join(terms, " & "), int64(ws), int64(before), Many + 1}
}

// workspaceLexeme is a word no text has, quoted.
func workspaceLexeme(ws work.WorkspaceID) string {
	return "'w:" + strconv.FormatInt(int64(ws), 10) + "'"
}

func (postgresDialect) index() (head, one, tail string) {
	return `INSERT INTO task_search (workspace, task, words)`, `(?, ?, CAST(? AS tsvector))`,
		` ON CONFLICT (workspace, task) DO UPDATE SET words = excluded.words`
}

func (postgresDialect) words(ws work.WorkspaceID, t *work.Task) []any {
	words := lexemes(t.Title + " " + t.Note)
	slices.Sort(words)
	words = slices.Compact(words)
	var b strings.Builder
	b.WriteString(workspaceLexeme(ws))
	for _, w := range words[:min(len(words), 20_000)] { // a tsvector holds a megabyte
		b.WriteString(" '" + w + "'")
	}
	return []any{int64(ws), int64(t.ID), b.String()}
}

func (postgresDialect) unindex(ws work.WorkspaceID, ids []work.TaskID) (string, []any) {
	marks, args := in(ids)
	return `DELETE FROM task_search WHERE workspace = ? AND task IN (` + marks + `)`, append([]any{int64(ws)}, args...)
}

// indexTask returns the statement that puts one task into the index.
func indexTask(d dialect, ws work.WorkspaceID, t *work.Task) (query string, args []any) {
	head, one, tail := d.index()
	return head + ` VALUES ` + one + tail, d.words(ws, t)
}

func (tx *Tx) index(ctx context.Context, t *work.Task) error {
	query, args := indexTask(tx.d, tx.ws.ID, t)
	return tx.exec(ctx, query, args...)
}

// indexAll makes the search find the tasks that were there before it.
func indexAll(ctx context.Context, tx *sql.Tx, d dialect) error {
	type row struct {
		ws   work.WorkspaceID
		task work.Task
	}
	var last row
	for {
		rows, err := tx.QueryContext(ctx, d.rebind(`SELECT workspace, id, title, note FROM tasks WHERE (workspace, id) > (?, ?) ORDER BY workspace, id LIMIT 500`), last.ws, last.task.ID)
		if err != nil {
			return fmt.Errorf("read tasks: %w", err)
		}
		var some []row
		for rows.Next() {
			var r row
			if err := rows.Scan(&r.ws, &r.task.ID, &r.task.Title, &r.task.Note); err != nil {
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
			query, args := indexTask(d, some[i].ws, &some[i].task)
			if _, err := tx.ExecContext(ctx, d.rebind(query), args...); err != nil {
				return fmt.Errorf("index task %d: %w", some[i].task.ID, err)
			}
		}
		last = some[len(some)-1]
	}
}
