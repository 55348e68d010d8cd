package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"slices"
	"strings"

	"baton/internal/work"
)

// Tables are copied whole, row by row in the order of their primary keys. What
// a copy holds is told by digests, which are the same on both databases.

// A table is one whose rows are copied.
type table struct {
	name    string
	columns []string // without those the database computes
	key     []string // of its primary key, in order
}

// apart are tables whose rows a copy makes anew or has of its own: the search
// is built from what was copied, the schema's version is the program's, and which
// backups were made is of the place, not of what is copied.
func apart(name string) bool {
	return strings.HasPrefix(name, "sqlite_") || strings.HasPrefix(name, "task_search") ||
		slices.Contains([]string{"search_words", "goose_db_version", "schema_floor", "moving", "backups", aboutTable, sumsTable}, name)
}

// tables lists the tables of a SQLite database whose rows are copied, each
// after those it refers to. PostgreSQL has the same ones: both are made by the
// same steps.
func (s session) tables(ctx context.Context) ([]table, error) {
	names, err := collect(ctx, s, text, `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, apart)
	var out []table
	placed := map[string]bool{}
	for len(out) < len(names) {
		before := len(out)
		for _, name := range names {
			if placed[name] {
				continue
			}
			parents, err := collect(ctx, s, text, `SELECT DISTINCT "table" FROM pragma_foreign_key_list(?)`, name)
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(parents, func(p string) bool { return p != name && !placed[p] }) {
				continue
			}
			t, err := s.table(ctx, name)
			if err != nil {
				return nil, err
			}
			out, placed[name] = append(out, t), true
		}
		if len(out) == before {
			return nil, errors.New("tables refer to each other in a circle")
		}
	}
	return out, nil
}

func (s session) table(ctx context.Context, name string) (t table, err error) {
	t.name = name
	if t.columns, err = collect(ctx, s, text, `SELECT name FROM pragma_table_info(?) ORDER BY cid`, name); err != nil {
		return t, err
	}
	t.key, err = collect(ctx, s, text, `SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk`, name)
	if err == nil && len(t.key) == 0 {
		err = fmt.Errorf("the table %s has no primary key to copy it by", name)
	}
	return t, err
}

// A Sum is what a table holds: how many rows, and a digest of them all.
type Sum struct {
	Table  string `json:"table"`
	Rows   int64  `json:"rows"`
	Digest string `json:"digest"` // SHA-256 over the rows in the order of their keys, in hexadecimal
}

// A span is a part of a table's rows in the order of their keys; all of them
// when it says nothing.
type span struct {
	after []any // behind this key
	first int64 // at most so many, 0 for all
}

// each hands the rows of a table to fn in the order of their keys, and sums up
// what it handed out. The values belong to fn.
func (s session) each(ctx context.Context, t table, of span, fn func([]any) error) (sum Sum, err error) {
	query, args := `SELECT `+strings.Join(t.columns, ", ")+` FROM `+t.name, of.after
	if of.after != nil {
		query += ` WHERE (` + strings.Join(t.key, ", ") + `) > (` + rowsOf(len(t.key), `?`) + `)`
	}
	query += ` ORDER BY ` + strings.Join(t.key, ", ")
	if of.first > 0 {
		query, args = query+` LIMIT ?`, append(slices.Clone(args), of.first)
	}
	rows, err := s.conn.query(ctx, query, args)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	sum.Table = t.name
	digest := sha256.New()
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return sum, err
		}
		values, into := make([]any, len(t.columns)), make([]any, len(t.columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return sum, fmt.Errorf("scan %s: %w", t.name, err)
		}
		if err := digestRow(digest, values); err != nil {
			return sum, fmt.Errorf("a row of %s: %w", t.name, err)
		}
		sum.Rows++
		if err := fn(values); err != nil {
			return sum, err
		}
	}
	sum.Digest = hex.EncodeToString(digest.Sum(nil))
	return sum, rows.Err()
}

// digestRow writes a row so that no two rows are written the same: of each
// value what it is, its length and its bytes.
func digestRow(to hash.Hash, values []any) error {
	for _, v := range values {
		switch v := v.(type) {
		case nil:
			to.Write([]byte{'n'})
		case int64:
			to.Write(binary.BigEndian.AppendUint64([]byte{'i'}, uint64(v)))
		case string:
			to.Write(binary.BigEndian.AppendUint64([]byte{'t'}, uint64(len(v))))
			to.Write([]byte(v))
		case []byte:
			to.Write(binary.BigEndian.AppendUint64([]byte{'b'}, uint64(len(v))))
			to.Write(v)
		default:
			return fmt.Errorf("a column holds a %T", v)
		}
	}
	return nil
}

// sums digests tables as they are.
func (s session) sums(ctx context.Context, all []table) ([]Sum, error) {
	out := make([]Sum, len(all))
	for i, t := range all {
		var err error
		if out[i], err = s.sum(ctx, t, span{}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s session) sum(ctx context.Context, t table, of span) (Sum, error) {
	return s.each(ctx, t, of, func([]any) error { return nil })
}

// How much of a table is held at once: photos are large.
const (
	someRows  = 16 * 64
	someBytes = 1 << 20
)

// copyTable reads rows of a table and hands them to add, some at once, in the
// order of their keys.
func copyTable(ctx context.Context, from session, t table, of span, add func([][]any) error) (Sum, error) {
	var rows [][]any
	size := 0
	sum, err := from.each(ctx, t, of, func(values []any) error {
		rows, size = append(rows, values), size+bytesOf(values)
		if len(rows) < someRows && size < someBytes {
			return nil
		}
		err := add(rows)
		rows, size = rows[:0], 0
		return err
	})
	if err == nil && len(rows) > 0 {
		err = add(rows)
	}
	return sum, err
}

// addRows adds rows of a table.
func (s session) addRows(ctx context.Context, t table, rows [][]any) error {
	return s.insert(ctx, `INSERT INTO `+t.name+` (`+strings.Join(t.columns, ", ")+`)`, ``, rows)
}

// copyAll copies whole tables into a session's own.
func (s session) copyAll(ctx context.Context, from session, all []table) (sums []Sum, err error) {
	sums = make([]Sum, len(all))
	for i, t := range all {
		sums[i], err = copyTable(ctx, from, t, span{}, func(rows [][]any) error { return s.addRows(ctx, t, rows) })
		if err != nil {
			return nil, err
		}
	}
	return sums, nil
}

// empty takes every row away, of tables before those they refer to.
func (s session) empty(ctx context.Context, all []table) error {
	for _, t := range slices.Backward(all) {
		if err := s.exec(ctx, `DELETE FROM `+t.name); err != nil {
			return err
		}
	}
	return nil
}

func bytesOf(values []any) (n int) {
	for _, v := range values {
		switch v := v.(type) {
		case string:
			n += len(v)
		case []byte:
			n += len(v)
		default:
			n += 8
		}
	}
	return n
}

// differing names the tables whose sums are not the same.
func differing(a, b []Sum) (names []string) {
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			names = append(names, a[i].Table)
		}
	}
	return names
}

// findable builds the search from what was copied.
func (s session) findable(ctx context.Context) error {
	type row struct {
		ws   work.WorkspaceID
		task work.Task
	}
	scan := func(from scanner) (*row, error) {
		var r row
		err := from.Scan(&r.ws, &r.task.ID, &r.task.Carrier, &r.task.Title, &r.task.Note)
		return &r, err
	}
	for last := new(row); ; {
		some, err := collect(ctx, s, scan, `SELECT workspace, id, carrier, title, note FROM tasks WHERE (workspace, id) > (?, ?)
			ORDER BY workspace, id LIMIT 512`, last.ws, last.task.ID)
		if err != nil {
			return err
		}
		if len(some) == 0 {
			return (&Restoring{s, nil}).rewordRestored(ctx)
		}
		for rest := some; len(rest) > 0; {
			var tasks []*work.Task
			ws := rest[0].ws
			for ; len(rest) > 0 && rest[0].ws == ws; rest = rest[1:] {
				tasks = append(tasks, &rest[0].task)
			}
			if err := s.index(ctx, ws, tasks...); err != nil {
				return err
			}
		}
		last = some[len(some)-1]
	}
}
