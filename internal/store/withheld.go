package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"baton/internal/work"
)

// withholding puts an event that says nothing where an owner's export leaves
// one out, so that what is brought back has no gap in its event numbers.
type withholding struct {
	to   func(Row) error
	ws   work.WorkspaceID
	next int64 // number to come
	last int64 // the workspace's latest
	at   int64 // microseconds: when the event before happened
}

func (s session) withholding(ctx context.Context, id work.WorkspaceID, to func(Row) error) (*withholding, error) {
	ws, err := one(ctx, s, scanWorkspace, `SELECT `+workspaceColumns+` FROM workspaces WHERE id = ?`, id)
	return &withholding{to: to, ws: id, next: 1, last: ws.nextEvent - 1, at: micros(ws.CreatedAt)}, err
}

// row passes an event on, behind those withheld before it.
func (w *withholding) row(r Row) error {
	var e struct{ Number, At int64 }
	if err := json.Unmarshal(r, &e); err != nil {
		return fmt.Errorf("read an exported event: %w", err)
	}
	if err := w.fill(e.Number - 1); err != nil {
		return err
	}
	w.next, w.at = e.Number+1, e.At
	return w.to(r)
}

// end withholds what came after the last event that was passed on.
func (w *withholding) end() error { return w.fill(w.last) }

// carriedBySeen passes tasks on. One that was handed on to somebody private to
// another member is with the last whom the reader sees.
func (s session) carriedBySeen(ctx context.Context, ws work.WorkspaceID, member work.PersonID, to func(Row) error) (func(Row) error, error) {
	query, args := placed(`SELECT task, receiver FROM delegations WHERE `+seenChain+` AND task IN (SELECT id FROM tasks WHERE workspace = ?W AND carrier IN `+hiddenPeople+`) ORDER BY started_at, id`, ws, member)
	type hand struct {
		task     int64
		receiver int64
	}
	chain, err := collect(ctx, s, func(row scanner) (h hand, err error) { err = row.Scan(&h.task, &h.receiver); return h, err }, query, args...)
	last := map[int64]int64{} // by task: whom it went to last
	for _, h := range chain {
		last[h.task] = h.receiver
	}
	return func(r Row) error {
		var t struct{ ID, Carrier int64 }
		if err := json.Unmarshal(r, &t); err != nil {
			return fmt.Errorf("read an exported task: %w", err)
		}
		if seen, hidden := last[t.ID]; hidden {
			r = bytes.Replace(r, fmt.Appendf(nil, `"carrier":%d,`, t.Carrier), fmt.Appendf(nil, `"carrier":%d,`, seen), 1)
		}
		return to(r)
	}, err
}

// fill withholds the events up to a number. Their moment is that of the event
// before: when something happened is not told either.
func (w *withholding) fill(last int64) error {
	for ; w.next <= last; w.next++ {
		err := w.to(fmt.Appendf(nil, `{"workspace":%d,"number":%d,"at":%d,"by":0,"for_person":0,"kind":%q,"delegation":0,"task":0,"person":0,"item":0,"detail":"{}"}`,
			w.ws, w.next, w.at, work.Withheld))
		if err != nil {
			return err
		}
	}
	return nil
}
