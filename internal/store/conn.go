package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"baton/internal/work"
)

// A conn is one connection with the statements prepared on it.
type conn struct {
	c     *sql.Conn
	stmts map[string]*sql.Stmt // nil where the driver keeps its own
	d     dialect
}

func (c *conn) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if st, ok := c.stmts[query]; ok {
		return st, nil
	}
	st, err := c.c.PrepareContext(ctx, query)
	if err == nil {
		c.stmts[query] = st
	}
	return st, err
}

// close gives up the connection and what is prepared on it.
func (c *conn) close() error {
	var err error
	for _, st := range c.stmts {
		err = errors.Join(err, st.Close())
	}
	return errors.Join(err, c.c.Close())
}

// exec runs a statement and returns how many rows it touched. A write is never
// interrupted half way: interrupting one statement would undo its neighbours
// in the same commit.
func (c *conn) exec(ctx context.Context, query string, args []any) (int64, error) {
	if err := readable(args); err != nil {
		return 0, err
	}
	ctx = context.WithoutCancel(ctx)
	var res sql.Result
	var err error
	if c.stmts == nil {
		res, err = c.c.ExecContext(ctx, rebind(query), args...)
	} else {
		var st *sql.Stmt
		if st, err = c.prepare(ctx, query); err == nil {
			res, err = st.ExecContext(ctx, args...)
		}
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", head(query), err)
	}
	return res.RowsAffected()
}

func (c *conn) query(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	if err := readable(args); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	var rows *sql.Rows
	var err error
	if c.stmts == nil {
		rows, err = c.c.QueryContext(ctx, rebind(query), args...)
	} else {
		var st *sql.Stmt
		if st, err = c.prepare(ctx, query); err == nil {
			rows, err = st.QueryContext(ctx, args...)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", head(query), err)
	}
	return rows, nil
}

// readable refuses text that PostgreSQL cannot hold and people cannot read, on
// both databases.
func readable(args []any) error {
	for _, a := range args {
		if s, ok := a.(string); ok && (strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s)) {
			return work.Errorf(work.Invalid, "The text holds bytes that are not characters.")
		}
	}
	return nil
}

// transact runs fn between a begin and a commit, or rolls back.
func (c *conn) transact(ctx context.Context, begin string, fn func() error) (err error) {
	if _, err := c.exec(ctx, begin, nil); err != nil {
		return err
	}
	committed := false
	defer func() {
		if !committed {
			if _, rollback := c.exec(ctx, "ROLLBACK", nil); err == nil {
				err = rollback // else the database may have rolled back itself
			}
		}
	}()
	if err := fn(); err != nil {
		return err
	}
	if _, err := c.exec(ctx, "COMMIT", nil); err != nil {
		return err
	}
	committed = true
	return nil
}

// head is the beginning of a statement, for an error: never its values.
func head(query string) string {
	words := strings.Fields(query)
	return strings.Join(words[:min(len(words), 4)], " ")
}

var rebound sync.Map // query with ? → query with $1, $2, …

// rebind turns ? placeholders into PostgreSQL's numbered ones. No query has a
// question mark of its own.
func rebind(query string) string {
	if done, ok := rebound.Load(query); ok {
		return done.(string)
	}
	var b strings.Builder
	n := 0
	for i := range len(query) {
		if query[i] != '?' {
			b.WriteByte(query[i])
			continue
		}
		n++
		fmt.Fprintf(&b, "$%d", n)
	}
	rebound.Store(query, b.String())
	return b.String()
}

// A pool lends connections, the one used last first, so that few stay warm.
type pool struct {
	db    *sql.DB
	d     dialect
	cache bool
	slots chan struct{}
	mu    sync.Mutex
	idle  []*conn
}

func newPool(db *sql.DB, d dialect, size int, cache bool) *pool {
	return &pool{db: db, d: d, cache: cache, slots: make(chan struct{}, size)}
}

func (p *pool) take(ctx context.Context) (*conn, error) {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if p.cache {
		p.mu.Lock()
		defer p.mu.Unlock()
		if n := len(p.idle); n > 0 {
			c := p.idle[n-1]
			p.idle = p.idle[:n-1]
			return c, nil
		}
	}
	c, err := p.db.Conn(ctx)
	if err != nil {
		<-p.slots
		return nil, p.d.explain(fmt.Errorf("connect: %w", err))
	}
	fresh := &conn{c: c, d: p.d}
	if p.cache {
		fresh.stmts = map[string]*sql.Stmt{}
	}
	return fresh, nil
}

func (p *pool) give(c *conn) {
	if p.cache {
		p.mu.Lock()
		p.idle = append(p.idle, c)
		p.mu.Unlock()
	} else {
		_ = c.c.Close() // back to database/sql's own pool
	}
	<-p.slots
}

// close closes the connections nobody has taken.
func (p *pool) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var err error
	for _, c := range p.idle {
		err = errors.Join(err, c.close())
	}
	p.idle = nil
	return err
}
