package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"baton/internal/ical"
	"baton/internal/work"
)

// A DelegationFilter says which delegations a list holds.
type DelegationFilter struct {
	Giver    work.PersonID
	Receiver work.PersonID
	Party    work.PersonID // giver or receiver
	Task     work.TaskID
	Tasks    []work.TaskID // any of them; at most as many as one statement asks about
	Parent   work.DelegationID
	State    work.State
	Kind     work.TaskKind // of what is handed over
	Going    bool          // offered or active
	Open     bool          // a draft, offered or active
	Before   work.DelegationID
	Limit    int
}

// Delegations lists delegations with their open items, the newest first.
func (tx *Tx) Delegations(ctx context.Context, f DelegationFilter) ([]*work.Delegation, error) {
	ids, err := tx.newest(ctx, f)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	found, err := tx.DelegationsByID(ctx, ids)
	out := make([]*work.Delegation, 0, len(found))
	for _, id := range ids {
		if d := found[id]; d != nil {
			out = append(out, d)
		}
	}
	return out, err
}

// newest finds the ids of a list, the newest first, in an index of the side
// that is asked for: the plus keeps SQLite from walking the table by id.
func (tx *Tx) newest(ctx context.Context, f DelegationFilter) ([]work.DelegationID, error) {
	where, args := `workspace = ?`, []any{tx.ws.ID}
	add := func(use bool, condition string, values ...any) {
		if use {
			where, args = where+` AND `+condition, append(args, values...)
		}
	}
	add(f.Giver != 0, `giver = ?`, f.Giver)
	add(f.Receiver != 0, `receiver = ?`, f.Receiver)
	add(f.Task != 0, `task = ?`, f.Task)
	if len(f.Tasks) > 0 {
		marks, ids := in(f.Tasks)
		add(true, `task IN (`+marks+`)`, ids...)
	}
	add(f.Parent != 0, `parent = ? AND parent > 0`, f.Parent)
	add(f.State != "", inState(f.State))
	add(f.Going, `state IN ('offered', 'active')`)
	add(f.Open, `state IN ('draft', 'offered', 'active')`)
	add(f.Kind != "", `EXISTS (SELECT 1 FROM tasks k WHERE k.workspace = delegations.workspace AND k.id = delegations.task AND k.kind = ?)`, f.Kind)
	add(f.Before != 0, `id < ?`, f.Before)
	query := `SELECT id FROM delegations WHERE ` + where
	if f.Party != 0 {
		query += ` AND giver = ? UNION ALL ` + query + ` AND receiver = ?`
		args = slices.Concat(args, []any{f.Party}, args, []any{f.Party})
	}
	if f.Limit <= 0 {
		f.Limit = 100_000
	}
	return collect(ctx, tx.session, number[work.DelegationID], `SELECT id FROM (`+query+`) AS found ORDER BY +id DESC LIMIT ?`, append(args, f.Limit)...)
}

// inState is written out: SQLite would prepare a statement with a placeholder
// anew every time, to see whether an index of active ones alone will do.
func inState(s work.State) string {
	switch s {
	case work.Draft:
		return `state = 'draft'`
	case work.Offered:
		return `state = 'offered'`
	case work.Active:
		return `state = 'active'`
	case work.Ended:
		return `state = 'ended'`
	}
	return `1 = 0`
}

// DelegationsByID returns delegations by id, with their open items.
func (tx *Tx) DelegationsByID(ctx context.Context, ids []work.DelegationID) (map[work.DelegationID]*work.Delegation, error) {
	out := make(map[work.DelegationID]*work.Delegation, len(ids))
	for some := range slices.Chunk(ids, most) {
		marks, args := in(some)
		found, err := tx.delegations(ctx, `d.id IN (`+marks+`)`, args...)
		if err != nil {
			return nil, err
		}
		if err := tx.furnish(ctx, found); err != nil {
			return nil, err
		}
		for _, d := range found {
			out[d.ID] = d
		}
	}
	return out, nil
}

// itemOf is an item with the delegation it belongs to.
type itemOf struct {
	delegation work.DelegationID
	work.Item
}

func scanOf(row scanner) (it itemOf, err error) {
	it.Item, err = scanItem(scanAfter{row, []any{&it.delegation}})
	return it, err
}

// furnish loads the open items of delegations, and what those are called who
// hold them without being a side.
func (tx *Tx) furnish(ctx context.Context, list []*work.Delegation) error {
	byID := make(map[work.DelegationID]*work.Delegation, len(list))
	for _, d := range list {
		byID[d.ID] = d
	}
	for some := range slices.Chunk(list, most) {
		ids := make([]work.DelegationID, len(some))
		for i, d := range some {
			ids[i] = d.ID
		}
		marks, args := in(ids)
		found, err := collect(ctx, tx.session, scanOf, `SELECT delegation, `+itemColumns+` FROM items
			WHERE workspace = ? AND closed_at = 0 AND delegation IN (`+marks+`)`, append([]any{tx.ws.ID}, args...)...)
		if err != nil {
			return err
		}
		slices.SortFunc(found, func(a, b itemOf) int { return cmp.Compare(a.ID, b.ID) })
		for _, it := range found {
			d := byID[it.delegation]
			d.Items = append(d.Items, it.Item)
		}
	}
	return tx.introduce(ctx, list)
}

// Ready loads what the moves of listed delegations depend on besides their
// open items: turns that are not settled, what was handed on from them, and
// what was spent. It makes them as whole as Delegation does, but for the
// authority above.
func (tx *Tx) Ready(ctx context.Context, list []*work.Delegation) error {
	byID := make(map[work.DelegationID]*work.Delegation, len(list))
	for _, d := range list {
		byID[d.ID] = d
	}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(byID)), most) {
		marks, ids := in(some)
		args := append([]any{tx.ws.ID}, ids...)
		turns, err := collect(ctx, tx.session, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrences
			WHERE workspace = ? AND delegation IN (`+marks+`) AND accept_by > 0 ORDER BY +id`, args...)
		if err != nil {
			return err
		}
		for _, o := range turns {
			byID[o.Delegation].Unsettled = append(byID[o.Delegation].Unsettled, o)
		}
		below := func(row scanner) (struct{}, error) {
			var parent work.DelegationID
			var t work.Terms
			err := row.Scan(&parent, asJSON(&t))
			if d := byID[parent]; d != nil {
				d.Below = append(d.Below, t.Authority)
			}
			return struct{}{}, err
		}
		if _, err := collect(ctx, tx.session, below, `SELECT d.parent, f.body FROM delegations d JOIN terms f ON f.workspace = d.workspace AND f.delegation = d.id AND f.version = d.terms
			WHERE d.workspace = ? AND d.parent IN (`+marks+`) AND d.parent > 0 AND d.state <> 'ended'`, args...); err != nil {
			return err
		}
		spent := func(row scanner) (struct{}, error) {
			var id work.DelegationID
			var s work.Spent
			err := row.Scan(&id, &s.Money, &s.Time)
			if d := byID[id]; d != nil {
				d.Spent = s
			}
			return struct{}{}, err
		}
		if _, err := collect(ctx, tx.session, spent, `WITH RECURSIVE chain (root, id) AS (
				SELECT id, id FROM delegations WHERE workspace = ? AND id IN (`+marks+`)
				UNION ALL SELECT chain.root, d.id FROM chain CROSS JOIN delegations d WHERE d.workspace = ? AND d.parent = chain.id AND d.parent > 0)
			SELECT chain.root, CAST(SUM(c.amount) AS BIGINT), CAST(SUM(c.minutes) AS BIGINT) FROM chain CROSS JOIN decisions c
			WHERE c.workspace = ? AND c.delegation = chain.id AND c.state IN ('decided', 'intended', 'happened', 'ratified', 'to_mend') GROUP BY chain.root`,
			append(args, tx.ws.ID, tx.ws.ID)...); err != nil {
			return err
		}
	}
	return nil
}

// introduce learns the names of stand-ins and of those a draft was shown to.
func (tx *Tx) introduce(ctx context.Context, list []*work.Delegation) error {
	unknown := map[work.PersonID][]*work.Delegation{}
	for _, d := range list {
		for _, it := range d.Items {
			if d.Names[it.Holder] == "" {
				unknown[it.Holder] = append(unknown[it.Holder], d)
			}
		}
	}
	names, err := tx.Names(ctx, slices.Sorted(maps.Keys(unknown)))
	for id, name := range names {
		for _, d := range unknown[id] {
			d.Names[id] = name
		}
	}
	return err
}

// A Due is a delegation the clock must look at, and from when on.
type Due struct {
	Workspace  work.WorkspaceID
	Delegation work.DelegationID
	At         time.Time
}

// DueDelegations lists what the clock must look at by a moment, the most
// overdue first.
func (g *Global) DueDelegations(ctx context.Context, at time.Time, limit int) ([]Due, error) {
	return collect(ctx, g.session, func(row scanner) (d Due, err error) {
		var due int64
		err = row.Scan(&d.Workspace, &d.Delegation, &due)
		d.At = instant(due)
		return d, err
	}, `SELECT workspace, id, due_at FROM delegations WHERE due_at > 0 AND due_at <= ? ORDER BY due_at, workspace, id LIMIT ?`, micros(at), limit)
}

func parseDue(text string) (d ical.Due, err error) {
	err = d.UnmarshalText([]byte(text))
	return d, err
}
