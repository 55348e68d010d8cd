package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"baton/internal/work"
)

// A move fills an empty database with all that another holds, a block of rows
// after the other, each in a commit of its own. Tables and rows go in order, so
// that what is there is always the beginning of what is to be there: a move that
// was broken off goes on behind it, once its digests say that it is so. Until
// all is there the target says that it is unfinished, and nobody can open it.

// A Moving is told how far a move is.
type Moving struct {
	Table func(Sum)          // which rows of a table went now
	Again func(table string) // the source changed since the move was broken off; it begins anew
}

// A mover moves between two databases.
type mover struct {
	from   session // which nobody writes to meanwhile
	to     *Store
	tables []table
	at     time.Time
	tell   Moving
}

// Move fills a database with what another holds, and returns what each table
// holds now. Nobody can write to the source meanwhile. The target was opened
// with Options.Unfinished, and is empty or the unfinished move of this source.
func Move(ctx context.Context, from, to *Store, at time.Time, tell Moving) (sums []Sum, err error) {
	if from.Postgres() && to.Postgres() {
		return nil, work.Errorf(work.Invalid, "Between two PostgreSQL databases use pg_dump, or baton backup and baton restore.")
	}
	one := from
	if from.Postgres() {
		one = to
	}
	m := &mover{to: to, at: at, tell: tell}
	err = one.read(ctx, func(c session) (err error) {
		m.tables, err = c.tables(ctx)
		return err
	})
	if err != nil {
		return nil, one.dialect.explain(err)
	}
	err = from.held(ctx, m.tables, func(c session) (err error) {
		m.from = c
		sums, err = m.move(ctx)
		return err
	})
	return sums, from.dialect.explain(to.dialect.explain(err))
}

// held runs fn on a snapshot that nobody can write past.
func (s *Store) held(ctx context.Context, all []table, fn func(session) error) error {
	if !s.Postgres() {
		return s.write(ctx, fn) // there is one writer
	}
	names := make([]string, len(all))
	for i, t := range all {
		names[i] = t.name
	}
	c, err := s.writers.take(ctx)
	if err != nil {
		return err
	}
	defer s.writers.give(c)
	return c.transact(ctx, "BEGIN ISOLATION LEVEL REPEATABLE READ", func() error {
		held := session{c, s.dialect}
		if err := held.exec(ctx, `LOCK TABLE `+strings.Join(names, ", ")+` IN SHARE MODE`); err != nil {
			return err
		}
		return fn(held)
	})
}

func (m *mover) move(ctx context.Context) ([]Sum, error) {
	last, err := m.begin(ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range m.tables {
		went, err := copyTable(ctx, m.from, t, span{after: last[t.name]}, func(rows [][]any) error {
			return m.to.write(ctx, func(c session) error { return c.addRows(ctx, t, rows) })
		})
		if err != nil {
			return nil, fmt.Errorf("move %s: %w", t.name, err)
		}
		m.tell.Table(went)
	}
	sums, err := m.from.sums(ctx, m.tables)
	if err != nil {
		return nil, err
	}
	return sums, m.to.write(ctx, func(c session) error {
		if err := c.complete(ctx, m.tables, sums); err != nil {
			return err
		}
		return c.exec(ctx, `DELETE FROM moving`)
	})
}

// begin marks the target, or finds out how far an unfinished move came: the
// last key of each table that has rows.
func (m *mover) begin(ctx context.Context) (last map[string][]any, err error) {
	source, err := m.source(ctx)
	if err != nil {
		return nil, err
	}
	changed := ""
	err = m.to.write(ctx, func(c session) error {
		marks, err := collect(ctx, c, text, `SELECT source FROM moving`)
		if err != nil {
			return err
		}
		if len(marks) == 0 {
			if err := c.clear(ctx, m.tables); err != nil {
				return err
			}
			return c.exec(ctx, `INSERT INTO moving (source, began_at) VALUES (?, ?)`, source, micros(m.at))
		}
		if !slices.Contains(marks, source) {
			return work.Errorf(work.Conflict, "The target is the unfinished copy of another database. Name an empty one, or take that one away first.")
		}
		if last, changed, err = m.came(ctx, c); err != nil || changed == "" {
			return err
		}
		last = nil
		return c.empty(ctx, m.tables)
	})
	if err == nil && changed != "" {
		m.tell.Again(changed)
	}
	return last, err
}

// came finds the last key of each table that has rows in the target, or the
// first table whose rows are not the first ones of the source.
func (m *mover) came(ctx context.Context, to session) (last map[string][]any, changed string, err error) {
	last = map[string][]any{}
	for _, t := range m.tables {
		var row []any
		has, err := to.each(ctx, t, span{}, func(values []any) error { row = values; return nil })
		if err != nil {
			return nil, "", err
		}
		if has.Rows == 0 {
			continue
		}
		is, err := m.from.sum(ctx, t, span{first: has.Rows})
		if err != nil {
			return nil, "", err
		}
		if is != has {
			return nil, t.name, nil
		}
		for _, k := range t.key {
			last[t.name] = append(last[t.name], row[slices.Index(t.columns, k)])
		}
	}
	return last, "", nil
}

// source tells the database by its workspaces, which neither end nor change
// when they began.
func (m *mover) source(ctx context.Context) (string, error) {
	of, err := m.from.sum(ctx, table{"workspaces", []string{"id", "created_at"}, []string{"id"}}, span{first: 1})
	if err != nil {
		return "", err
	}
	if of.Rows == 0 {
		return "", work.Errorf(work.NotFound, "There is no workspace in the database to move.")
	}
	return of.Digest, nil
}
