package store

import (
	"context"
	"errors"
	"sync"
)

// A queue runs writes one after another in the order they came. Writers that
// wait at the same time share one commit: each runs in a savepoint of its own,
// and all are answered after the one synced COMMIT. A writer that fails takes
// only its own savepoint back.
type queue struct {
	conn *conn
	jobs chan *job
	quit chan struct{}
	over chan struct{} // nobody is answered any more
	once sync.Once
	gone sync.WaitGroup
}

type job struct {
	ctx      context.Context
	fn       func(session) error
	err      error
	panicked any
	done     chan struct{}
}

// together is how many writers share one commit at most.
const together = 64

var errClosed = errors.New("the database is closed")

func newQueue(c *conn) *queue {
	q := &queue{conn: c, jobs: make(chan *job, together), quit: make(chan struct{}), over: make(chan struct{})}
	q.gone.Add(1)
	go q.run()
	return q
}

func (q *queue) close() {
	q.once.Do(func() { close(q.quit) })
	q.gone.Wait()
}

// do waits for its turn, runs fn and returns once its commit is synced.
func (q *queue) do(ctx context.Context, fn func(session) error) error {
	j := &job{ctx: ctx, fn: fn, done: make(chan struct{})}
	select {
	case q.jobs <- j:
	case <-ctx.Done():
		return ctx.Err()
	case <-q.quit:
		return errClosed
	}
	select {
	case <-j.done:
	case <-q.over:
		select {
		case <-j.done:
		default:
			return errClosed // it came after the last was refused
		}
	}
	if j.panicked != nil {
		panic(j.panicked)
	}
	return j.err
}

func (q *queue) run() {
	defer q.gone.Done()
	defer close(q.over)
	for {
		select {
		case j := <-q.jobs:
			q.group(j)
		case <-q.quit:
			q.refuse()
			return
		}
	}
}

// refuse answers whoever still waits when the store closes.
func (q *queue) refuse() {
	for {
		select {
		case j := <-q.jobs:
			j.err = errClosed
			close(j.done)
		default:
			return
		}
	}
}

// group runs the first job and all that wait behind it in one transaction.
func (q *queue) group(first *job) {
	jobs := []*job{first}
	ctx := context.Background()
	err := q.conn.transact(ctx, "BEGIN IMMEDIATE", func() error {
		wrote, lost := q.one(first)
		for len(jobs) < together && lost == nil {
			select {
			case j := <-q.jobs:
				jobs = append(jobs, j)
				var stands bool
				stands, lost = q.one(j)
				wrote = stands || wrote
				continue
			default:
			}
			break
		}
		if lost == nil && !wrote {
			return errNothing
		}
		return lost
	})
	for _, j := range jobs {
		if err != nil && !errors.Is(err, errNothing) && j.err == nil {
			j.err = err
		}
		close(j.done)
	}
}

// errNothing rolls back a transaction in which every writer failed.
var errNothing = errors.New("nothing was written")

// one runs a job in its savepoint and reports whether it stands. A full disk or
// a failing one may end the whole transaction and not the savepoint alone; then
// lost is why, and nobody's write of this group stands.
func (q *queue) one(j *job) (stands bool, lost error) {
	if j.err = j.ctx.Err(); j.err != nil {
		return false, nil //nolint:nilerr // its own writer is told; the group goes on
	}
	if _, j.err = q.conn.exec(j.ctx, "SAVEPOINT job", nil); j.err != nil {
		return false, j.err
	}
	j.err = q.safely(j)
	last := "RELEASE job"
	if j.err != nil || j.panicked != nil {
		last = "ROLLBACK TO job"
	}
	if _, err := q.conn.exec(j.ctx, last, nil); err != nil {
		j.err = errors.Join(j.err, err)
		return false, j.err
	}
	return j.err == nil && j.panicked == nil, nil
}

// safely keeps a panic to the job it belongs to; its caller panics again.
func (q *queue) safely(j *job) error {
	defer func() { j.panicked = recover() }()
	return j.fn(session{q.conn, q.conn.d})
}
