package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"sync/atomic"
	"testing"
)

// Counted opens a SQLite database for a test and counts the statements that run
// on it from then on.
func Counted(t *testing.T, path string) (*Store, *atomic.Int64) {
	t.Helper()
	s, err := Open(t.Context(), path, Options{Unsynced: true})
	if err != nil {
		t.Fatal(err)
	}
	n := &atomic.Int64{}
	open := func(pragmas ...string) *sql.DB {
		return sql.OpenDB(counting{s.reader.Driver(), sqliteDSN(path, pragmas...), n})
	}
	s.queue.close()
	for _, closed := range []error{s.queue.conn.close(), s.writer.Close(), s.reader.Close()} {
		if closed != nil {
			t.Fatal(closed)
		}
	}
	s.writer, s.reader = open(Options{Unsynced: true}.pragmas()...), open("query_only(1)")
	c, err := s.writer.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.queue = newQueue(&conn{c: c, stmts: map[string]*sql.Stmt{}, d: s.dialect})
	s.readers = newPool(s.reader, s.dialect, 8, true)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, n
}

// counting is a driver in front of another that counts what runs.
type counting struct {
	driver driver.Driver
	dsn    string
	n      *atomic.Int64
}

// Driver implements driver.Connector.
func (c counting) Driver() driver.Driver { return c.driver }

// Connect implements driver.Connector.
func (c counting) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.driver.Open(c.dsn)
	return countedConn{conn, c.n}, err
}

type countedConn struct {
	driver.Conn
	n *atomic.Int64
}

// PrepareContext implements driver.ConnPrepareContext.
func (c countedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	st, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
	return countedStmt{st, c.n}, err
}

type countedStmt struct {
	driver.Stmt
	n *atomic.Int64
}

// QueryContext implements driver.StmtQueryContext.
func (s countedStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	s.n.Add(1)
	return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
}

// ExecContext implements driver.StmtExecContext.
func (s countedStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	s.n.Add(1)
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}
