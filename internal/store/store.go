// Package store remembers what the domain decides, in SQLite or PostgreSQL.
//
// There is one set of queries for both; what the databases disagree about is in
// dialect.go. A transaction is bound to one workspace and begins by locking its
// row, which hands out ids and event numbers: no two decisions race. SQLite has
// one writing connection with a fair queue whose waiting writers share one
// synced commit, and a pool of readers.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"baton/internal/work"
)

// Options say how a database is opened.
type Options struct {
	// Unsynced leaves syncing to the operating system. It is for filling a new
	// database that may be thrown away; Sync switches it on.
	Unsynced bool
	// Look opens a database that is there to look at it: it is not made, its
	// schema is not brought up to date, and on SQLite nothing can be written.
	Look bool
	// Older looks at a database with an older schema, too: to copy it.
	Older bool
	// Unfinished opens a database that does not hold yet all that is moved there.
	Unfinished bool
}

// A Store is an open database.
type Store struct {
	dsn     string
	dialect dialect
	writer  *sql.DB
	reader  *sql.DB
	readers *pool
	writers *pool // PostgreSQL
	pg      *pgxpool.Pool
	queue   *queue // SQLite

	watcher atomic.Pointer[func()]
	closed  atomic.Bool
}

// Open opens the database a DSN names, a file or a postgres:// URL, and brings
// its schema up to date. What can be wrong with it is a sentence.
func Open(ctx context.Context, dsn string, o Options) (*Store, error) {
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		return openPostgres(ctx, dsn, o)
	}
	if kind, _, isURL := strings.Cut(dsn, "://"); isURL {
		return nil, work.Errorf(work.Invalid, "A database is a file, for SQLite, or begins with postgres://; %s:// is neither.", kind)
	}
	if info, err := os.Stat(dsn); err == nil && info.IsDir() {
		return nil, work.Errorf(work.Invalid, "%s is a directory; name a file in it for the database, like %s.", dsn, filepath.Join(dsn, "baton.db"))
	}
	return openSQLite(ctx, dsn, o)
}

// Postgres reports whether the database is PostgreSQL.
func (s *Store) Postgres() bool { return s.queue == nil }

// DSN returns what the store was opened with.
func (s *Store) DSN() string { return s.dsn }

// Close waits for the write in progress and closes every connection. The last
// one of a SQLite database takes its log into the file. A closed store may be
// closed again.
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	var err error
	if s.queue != nil {
		s.queue.close()
		err = s.queue.conn.close()
	}
	err = errors.Join(err, s.readers.close(), s.reader.Close())
	if s.writer != s.reader {
		err = errors.Join(err, s.writer.Close())
	}
	if s.pg != nil {
		s.pg.Close() // database/sql only borrowed it
	}
	return err
}

// A Tx is a transaction bound to one workspace. Everything a Tx returns belongs
// to that workspace.
type Tx struct {
	session
	ws        Workspace
	writable  bool
	nextID    int64
	nextEvent int64
	after     []func()
	away      map[work.PersonID]work.PersonID // read once, nil until then
}

// A Global is a transaction over the named list of tables that belong to no
// workspace: accounts, links, sessions, tokens, and the workspaces themselves.
type Global struct{ session }

// session runs statements on one connection inside a transaction.
type session struct {
	conn *conn
	d    dialect
}

// Write runs fn in one transaction bound to a workspace. What fn did is there,
// synced, when Write returns nil, and not at all when it returns an error.
func (s *Store) Write(ctx context.Context, ws work.WorkspaceID, fn func(*Tx) error) error {
	var after []func()
	err := s.write(ctx, func(c session) error {
		tx := &Tx{session: c, writable: true}
		if err := tx.lock(ctx, ws); err != nil {
			return err
		}
		if err := fn(tx); err != nil {
			return err
		}
		after = tx.after
		return tx.release(ctx)
	})
	if err != nil {
		return s.dialect.explain(err)
	}
	for _, f := range after {
		f()
	}
	s.hint()
	return nil
}

// hint tells the watcher that something was committed.
func (s *Store) hint() {
	if watch := s.watcher.Load(); watch != nil {
		(*watch)()
	}
}

// Watch calls fn after every commit from here on: a hint that
// something may fall due. fn must not wait. There is one watcher; nil for none.
func (s *Store) Watch(fn func()) {
	if fn == nil {
		s.watcher.Store(nil)
		return
	}
	s.watcher.Store(&fn)
}

// WriteGlobal runs fn in one transaction over the global tables.
func (s *Store) WriteGlobal(ctx context.Context, fn func(*Global) error) error {
	err := s.write(ctx, func(c session) error { return fn(&Global{c}) })
	if err != nil {
		return s.dialect.explain(err)
	}
	s.hint()
	return nil
}

// Read runs fn on one consistent snapshot of a workspace.
func (s *Store) Read(ctx context.Context, ws work.WorkspaceID, fn func(*Tx) error) error {
	return s.read(ctx, func(c session) error {
		tx := &Tx{session: c}
		var err error
		if tx.ws, err = tx.workspace(ctx, ws, ""); err != nil {
			return err
		}
		return fn(tx)
	})
}

// ReadGlobal runs fn on one consistent snapshot of the global tables.
func (s *Store) ReadGlobal(ctx context.Context, fn func(*Global) error) error {
	return s.read(ctx, func(c session) error { return fn(&Global{c}) })
}

func (s *Store) write(ctx context.Context, fn func(session) error) error {
	if s.queue != nil {
		return s.queue.do(ctx, fn)
	}
	c, err := s.writers.take(ctx)
	if err != nil {
		return err
	}
	defer s.writers.give(c)
	return c.transact(ctx, "BEGIN", func() error { return fn(session{c, s.dialect}) })
}

func (s *Store) read(ctx context.Context, fn func(session) error) error {
	c, err := s.readers.take(ctx)
	if err != nil {
		return err
	}
	defer s.readers.give(c)
	return c.transact(ctx, s.dialect.beginRead(), func() error { return fn(session{c, s.dialect}) })
}

// Workspace is the workspace a transaction is bound to.
func (tx *Tx) Workspace() Workspace { return tx.ws }

// AfterCommit runs fn once the transaction is committed and synced.
func (tx *Tx) AfterCommit(fn func()) { tx.after = append(tx.after, fn) }

// NextID hands out the workspace's next id.
func (tx *Tx) NextID() int64 {
	tx.nextID++
	return tx.nextID - 1
}

func (tx *Tx) lock(ctx context.Context, id work.WorkspaceID) error {
	ws, err := tx.workspace(ctx, id, tx.d.forUpdate())
	if err != nil {
		return err
	}
	tx.ws, tx.nextID, tx.nextEvent = ws, ws.nextID, ws.nextEvent
	return nil
}

// release writes back the ids and numbers that were handed out.
func (tx *Tx) release(ctx context.Context) error {
	if tx.nextID == tx.ws.nextID && tx.nextEvent == tx.ws.nextEvent {
		return nil
	}
	return tx.exec(ctx, `UPDATE workspaces SET next_id = ?, next_event = ? WHERE id = ?`, tx.nextID, tx.nextEvent, tx.ws.ID)
}

// scanner is a row about to be read.
type scanner interface{ Scan(dest ...any) error }

// errNone says that a query that should find one row found none.
var errNone = errors.New("no such row")

func (s session) exec(ctx context.Context, query string, args ...any) error {
	_, err := s.conn.exec(ctx, query, args)
	return err
}

// change runs a statement that must touch a row; errNone when it touched none.
func (s session) change(ctx context.Context, query string, args ...any) error {
	n, err := s.conn.exec(ctx, query, args)
	if err == nil && n == 0 {
		return errNone
	}
	return err
}

// collect runs a query and scans all its rows.
func collect[T any](ctx context.Context, s session, scan func(scanner) (T, error), query string, args ...any) (_ []T, err error) {
	rows, err := s.conn.query(ctx, query, args)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("scan: %w", err)
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// one runs a query that finds one row, or errNone.
func one[T any](ctx context.Context, s session, scan func(scanner) (T, error), query string, args ...any) (T, error) {
	all, err := collect(ctx, s, scan, query, args...)
	var zero T
	switch {
	case err != nil:
		return zero, err
	case len(all) == 0:
		return zero, errNone
	}
	return all[0], nil
}

// most is how many ids one statement asks about at once.
const most = 512

// in returns placeholders and arguments for a list of at most so many ids. It
// repeats the last one up to a few fixed lengths, so that there are few
// statements to prepare.
func in[T ~int64](ids []T) (string, []any) {
	size := 1
	for size < len(ids) {
		size *= 8
	}
	args := make([]any, size)
	for i := range args {
		args[i] = int64(ids[min(i, len(ids)-1)])
	}
	return strings.Repeat("?, ", size-1) + "?", args
}

// missing turns errNone into the sentence for a thing that is not there, the
// same whether it never was or belongs to somebody else.
func missing(err error, noun string) error {
	if errors.Is(err, errNone) {
		return work.Errorf(work.NotFound, "There is no such %s.", noun)
	}
	return err
}

func number[T ~int64](row scanner) (T, error) {
	var n T
	return n, row.Scan(&n)
}

// micros is how instants are kept: UTC microseconds, 0 for none.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func instant(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// Global is the same transaction over the global tables, for what must happen
// together with a workspace's own change.
func (tx *Tx) Global() *Global { return &Global{tx.session} }
