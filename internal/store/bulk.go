package store

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"baton/internal/work"
)

// What an import does to hundreds of rows at once: one statement for many of
// them, where one for each would be mostly the calling of it. On SQLite there
// is more to it: a DELETE that cascades makes the full-text index write out
// what it gathered, so that going row by row writes that index row by row.

// blocks are how many rows one INSERT takes: few sizes, so that there are few
// statements to prepare.
var blocks = [...]int{64, 8, 1}

// inBlocks cuts a list into blocks, the large ones first.
func inBlocks[T any](all []T) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		for _, size := range blocks {
			for ; len(all) >= size; all = all[size:] {
				if !yield(all[:size]) {
					return
				}
			}
		}
	}
}

// insert adds rows of values. head ends before VALUES, tail follows the last
// row.
func (s session) insert(ctx context.Context, head, tail string, rows [][]any) error {
	for some := range inBlocks(rows) {
		one := `(` + strings.Repeat(`?, `, len(some[0])-1) + `?)`
		if err := s.exec(ctx, head+` VALUES `+rowsOf(len(some), one)+tail, slices.Concat(some...)...); err != nil {
			return err
		}
	}
	return nil
}

// rowsOf repeats the placeholders of one row.
func rowsOf(n int, one string) string { return strings.Repeat(one+`, `, n-1) + one }

// NumberTask gives a new task its id, its first version and its place at the
// end of a plate. AddTasks writes it down.
func (tx *Tx) NumberTask(t *work.Task) {
	t.ID, t.Version = work.TaskID(tx.NextID()), 1
	if t.Position == "" {
		t.Position = work.Appended(t.ID)
	}
}

// AddTasks writes down tasks that NumberTask numbered.
func (tx *Tx) AddTasks(ctx context.Context, tasks ...*work.Task) error {
	rows := make([][]any, len(tasks))
	for i, t := range tasks {
		rows[i] = append(append([]any{tx.ws.ID}, taskValues(t)...), dueAt(t))
	}
	if err := tx.insert(ctx, `INSERT INTO tasks (workspace, `+taskColumns+`, due_at)`, ``, rows); err != nil {
		return err
	}
	return tx.index(ctx, tx.ws.ID, tasks...)
}

// RemoveTasks takes tasks away for good, with what was said about them.
func (tx *Tx) RemoveTasks(ctx context.Context, ids []work.TaskID) error {
	if err := tx.unindex(ctx, ids...); err != nil {
		return err
	}
	for some := range slices.Chunk(ids, most) {
		marks, args := in(some)
		if err := tx.exec(ctx, `DELETE FROM tasks WHERE workspace = ? AND id IN (`+marks+`)`, append([]any{tx.ws.ID}, args...)...); err != nil {
			return err
		}
	}
	return nil
}

// TasksByID returns tasks by their ids; who is not there is left out.
func (tx *Tx) TasksByID(ctx context.Context, ids []work.TaskID) (map[work.TaskID]work.Task, error) {
	out := make(map[work.TaskID]work.Task, len(ids))
	for some := range slices.Chunk(ids, most) {
		marks, args := in(some)
		found, err := collect(ctx, tx.session, scanTask, `SELECT `+taskColumns+` FROM tasks WHERE workspace = ? AND id IN (`+marks+`)`, append([]any{tx.ws.ID}, args...)...)
		if err != nil {
			return nil, err
		}
		for i := range found {
			out[found[i].ID] = found[i]
		}
	}
	return out, nil
}

// TasksBySource returns the tasks that an author's imports made from keys, by
// key.
func (tx *Tx) TasksBySource(ctx context.Context, author work.PersonID, keys []string) (map[string]work.Task, error) {
	out := map[string]work.Task{}
	for some := range slices.Chunk(keys, most) {
		marks, args := inText(some)
		found, err := collect(ctx, tx.session, scanTask, `SELECT `+taskColumns+` FROM tasks
			WHERE workspace = ? AND author = ? AND source_key IN (`+marks+`) AND source_key <> ''`, append([]any{tx.ws.ID, author}, args...)...)
		if err != nil {
			return nil, err
		}
		for i := range found {
			out[found[i].Source.Key] = found[i]
		}
	}
	return out, nil
}

// inText is in for texts.
func inText(texts []string) (string, []any) {
	numbers := make([]int64, len(texts))
	marks, args := in(numbers)
	for i := range args {
		args[i] = texts[min(i, len(texts)-1)]
	}
	return marks, args
}

// PartsOf counts the parts of tasks, by the whole.
func (tx *Tx) PartsOf(ctx context.Context, ids []work.TaskID) (map[work.TaskID]int64, error) {
	out := map[work.TaskID]int64{}
	return out, tx.pairs(ctx, ids, `SELECT parent, COUNT(*) FROM tasks WHERE workspace = ? AND parent > 0 AND parent IN `, ` GROUP BY parent`, func(whole work.TaskID, parts int64) {
		out[whole] = parts
	})
}

// EverDelegated tells which of some tasks a delegation was ever about.
func (tx *Tx) EverDelegated(ctx context.Context, ids []work.TaskID) (map[work.TaskID]bool, error) {
	out := map[work.TaskID]bool{}
	return out, tx.pairs(ctx, ids, `SELECT task, COUNT(*) FROM delegations WHERE workspace = ? AND task IN `, ` GROUP BY task`, func(task work.TaskID, _ int64) {
		out[task] = true
	})
}

// pairs hands out a task and a number from each row that a query finds for
// ids, which stand between its head and its tail.
func (tx *Tx) pairs(ctx context.Context, ids []work.TaskID, head, tail string, each func(work.TaskID, int64)) error {
	for some := range slices.Chunk(ids, most) {
		marks, args := in(some)
		_, err := collect(ctx, tx.session, func(row scanner) (struct{}, error) {
			var id work.TaskID
			var n int64
			err := row.Scan(&id, &n)
			each(id, n)
			return struct{}{}, err
		}, head+`(`+marks+`)`+tail, append([]any{tx.ws.ID}, args...)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// A Saying is what a member says about one task.
type Saying struct {
	Task work.TaskID
	Said work.Said
}

// SaveAllMarks keeps what a member says about tasks.
func (tx *Tx) SaveAllMarks(ctx context.Context, person work.PersonID, all []Saying, at time.Time) error {
	rows := make([][]any, len(all))
	for i, one := range all {
		s := one.Said
		rows[i] = []any{tx.ws.ID, one.Task, person, s.NeedsMe, s.Matters, s.Grows, s.Energy, micros(at)}
	}
	return tx.insert(ctx, `INSERT INTO marks (workspace, task, person, needs_me, matters, grows, energy, at)`,
		` ON CONFLICT (workspace, task, person) DO UPDATE SET needs_me = excluded.needs_me, matters = excluded.matters, grows = excluded.grows, energy = excluded.energy, at = excluded.at`, rows)
}

// StageRows keeps rows until they are applied.
func (tx *Tx) StageRows(ctx context.Context, id work.ImportID, staged []StagedRow) error {
	return tx.insert(ctx, insertStaged, ``, tx.stagedValues(id, staged))
}

const insertStaged = `INSERT INTO import_rows (workspace, import, number, line, body, target, verdict)`

func (tx *Tx) stagedValues(id work.ImportID, staged []StagedRow) [][]any {
	rows := make([][]any, len(staged))
	for i, r := range staged {
		rows[i] = []any{tx.ws.ID, id, r.Number, r.Line, r.Body, r.Target, r.Verdict}
	}
	return rows
}

// SettleRows notes what became of rows. Those that changed nothing are
// forgotten.
func (tx *Tx) SettleRows(ctx context.Context, id work.ImportID, settled []StagedRow) error {
	var gone []int64
	var stay []StagedRow
	for _, r := range settled {
		if r.Verdict == RowUnchanged {
			gone = append(gone, r.Number)
		} else {
			stay = append(stay, r)
		}
	}
	for some := range slices.Chunk(gone, most) {
		marks, args := in(some)
		if err := tx.exec(ctx, `DELETE FROM import_rows WHERE workspace = ? AND import = ? AND number IN (`+marks+`)`, append([]any{tx.ws.ID, id}, args...)...); err != nil {
			return err
		}
	}
	return tx.insert(ctx, insertStaged, ` ON CONFLICT (workspace, import, number) DO UPDATE SET
		target = excluded.target, verdict = excluded.verdict, body = excluded.body`, tx.stagedValues(id, stay))
}
