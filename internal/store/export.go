package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"baton/internal/work"
)

// A Scope says how much of a database an export holds.
type Scope string

// The scopes.
const (
	Everything  Scope = "everything" // what the one who runs the database keeps
	OfWorkspace Scope = "workspace"  // for its owner: without what is private to others
	OfMember    Scope = "member"     // what one member wrote, gave and carries
)

// exported is a table in an export. mine and shared are conditions on its rows
// in a member's and an owner's export; ?W stands for the workspace and ?M for
// the member.
type exported struct {
	name   string
	mine   string
	shared string // as mine when empty
}

// Rows of a workspace that a member and an owner must not see hang on people
// and areas private to somebody else. A plate is its owner's alone: a task of
// somebody else is there when it was handed out.
const (
	hiddenPeople = `(SELECT id FROM people WHERE workspace = ?W AND (owner <> 0 AND owner <> ?M OR ` + onlyCoaches + `) AND id <> ?M)`
	hiddenAreas  = `(SELECT id FROM areas WHERE workspace = ?W AND (owner <> 0 AND owner <> ?M OR ` + onlyCoaches + `))`
	onlyCoaches  = `EXISTS (SELECT 1 FROM members WHERE workspace = ?W AND person = ?M AND coach = 1)` // and knows nobody here
	openTasks    = `(SELECT id FROM tasks WHERE workspace = ?W AND (carrier NOT IN ` + hiddenPeople + ` OR id IN (SELECT task FROM delegations WHERE ` + seenChain + `))
		AND author NOT IN ` + hiddenPeople + ` AND (area NOT IN ` + hiddenAreas + ` OR author = ?M))`
	// seenChain are the hand-overs that carry a task as far as is seen: behind the
	// last of them it may be with somebody private.
	seenChain         = `workspace = ?W AND state = 'active' AND giver NOT IN ` + hiddenPeople + ` AND receiver NOT IN ` + hiddenPeople
	sharedDelegations = `(SELECT id FROM delegations WHERE workspace = ?W AND state <> 'draft' AND giver NOT IN ` + hiddenPeople + `
		AND receiver NOT IN ` + hiddenPeople + ` AND task IN ` + openTasks + `
		UNION SELECT id FROM delegations WHERE workspace = ?W AND giver = ?M AND task IN ` + openTasks + `)`
	myDelegations = `(SELECT id FROM delegations WHERE workspace = ?W AND (giver = ?M OR receiver = ?M AND state <> 'draft'))`
	sharedTasks   = `workspace = ?W AND id IN ` + openTasks + ` AND (author = ?M OR carrier = ?M OR id IN (SELECT task FROM delegations WHERE workspace = ?W AND id IN ` + sharedDelegations + `))`
	// myVotes are those a member votes in; a vote in which they do not is none of
	// theirs, an owner's neither.
	myVotes     = `(SELECT vote FROM ballots WHERE workspace = ?W AND person = ?M)`
	sharedVotes = `(SELECT id FROM votes WHERE workspace = ?W AND id IN ` + myVotes + ` AND task IN (SELECT id FROM tasks WHERE ` + sharedTasks + `))`
	ofShared    = `workspace = ?W AND delegation IN ` + sharedDelegations
	ofMine      = `workspace = ?W AND delegation IN ` + myDelegations
)

// exports lists every table with something of people's own in it, each after
// those it refers to. Sessions, sign-in links, tokens, answers kept for repeated
// requests and door codes are secrets, and stay behind.
var exports = []exported{
	{"workspaces", `id = ?W`, ``},
	{"accounts", `id IN (SELECT account FROM members WHERE workspace = ?W AND person = ?M)`, `id IN (SELECT account FROM members WHERE workspace = ?W)`},
	{"people", `workspace = ?W AND id NOT IN ` + hiddenPeople, ``},
	{"members", `workspace = ?W AND person = ?M`, `workspace = ?W`},
	{"areas", `workspace = ?W AND id NOT IN ` + hiddenAreas, ``},
	{"focus_areas", `workspace = ?W AND owner = ?M`, ``},
	{"focus_entries", `workspace = ?W AND owner = ?M`, ``},
	{"pulses", `workspace = ?W AND person = ?M`, ``},
	{
		"tasks", `workspace = ?W AND (author = ?M OR carrier = ?M OR id IN (SELECT task FROM delegations WHERE workspace = ?W AND id IN ` + myDelegations + `))`,
		sharedTasks,
	},
	{"marks", `workspace = ?W AND person = ?M`, ``},
	{"verdicts", `workspace = ?W AND person = ?M`, ``},
	{"delegations", `workspace = ?W AND id IN ` + myDelegations, `workspace = ?W AND id IN ` + sharedDelegations},
	{"terms", ofMine, ofShared},
	{"items", ofMine + ` AND (kind <> 'interest' OR holder = ?M OR delegation IN (SELECT id FROM delegations WHERE workspace = ?W AND giver = ?M))`, ofShared + ` AND kind <> 'interest'`},
	{"decisions", ofMine + untold, ofShared + untold},
	{"occurrences", ofMine, ofShared},
	{"photos", ofMine, ofShared},
	{"reflections", ofMine + ` AND (open = 1 OR person = ?M)`, ``},
	{"beliefs", `workspace = ?W AND (person = ?M OR by = ?M) AND person NOT IN ` + hiddenPeople, `workspace = ?W AND person NOT IN ` + hiddenPeople},
	{"lessons", `workspace = ?W AND (holder = ?M OR about = ?M OR giver = ?M)`, ``},
	{"rounds", ofMine, ``},
	{"votes", `workspace = ?W AND id IN ` + myVotes, `workspace = ?W AND id IN ` + sharedVotes},
	{"ballots", `workspace = ?W AND vote IN ` + myVotes + ` AND (open = 1 OR person = ?M)`, `workspace = ?W AND vote IN ` + sharedVotes},
	{"audit", `workspace = ?W AND by = ?M`, `workspace = ?W`},
	{"audit_notes", `workspace = ?W AND number IN (SELECT number FROM audit WHERE workspace = ?W AND by = ?M)`, `workspace = ?W`},
	{"events", `workspace = ?W AND (by = ?M AND (delegation = 0 OR delegation IN ` + myDelegations + `) OR ` + told + `)`, ``},
	{"undos", `workspace = ?W AND person = ?M`, ``},
	{"notices", `workspace = ?W AND person = ?M`, ``},
	{"outbox", `workspace = ?W AND person = ?M`, ``},
	{"coach_hours", `workspace = ?W AND person = ?M`, ``},
	{"busy_sources", `workspace = ?W AND person = ?M`, ``},
	{"busy_times", `workspace = ?W AND person = ?M`, ``},
	{"calls", `workspace = ?W AND (client = ?M OR coach = ?M)`, ``},
	{"call_notes", `workspace = ?W AND (author = ?M OR shared = 1 AND call IN ` + ownCalls + `)`, ``},
	{"call_decisions", `workspace = ?W AND call IN ` + ownCalls, ``},
	{"playbooks", `workspace = ?W AND owner = ?M`, ``},
	{"imports", `workspace = ?W AND person = ?M`, ``},
	{"import_rows", `workspace = ?W AND import IN (SELECT id FROM imports WHERE workspace = ?W AND person = ?M)`, ``},
	{"guest_links", `1 = 0`, ``},
	{"sharings", `workspace = ?W AND (client = ?M OR coach = ?M)`, ``},
	{
		"namings", `workspace = ?W AND (person = ?M OR sharing IN (SELECT id FROM sharings WHERE workspace = ?W AND client = ?M))`,
		`workspace = ?W AND sharing IN (SELECT id FROM sharings WHERE workspace = ?W AND (client = ?M OR coach = ?M)) AND person NOT IN ` + hiddenPeople,
	},
	{"private_notes", `workspace = ?W AND owner = ?M`, ``},
	{"timers", `workspace = ?W AND owner = ?M`, ``},
	{"reviews", `workspace = ?W AND owner = ?M`, ``},
}

const (
	// untold leaves out decisions at level 7, of which the giver is not told.
	untold = ` AND (by = ?M OR ruling <> 'decides' OR delegation NOT IN (SELECT delegation FROM terms WHERE workspace = ?W AND body LIKE '%"level":7%'))`
	// ownCalls are those a member is the client of. What clients wrote stands
	// here with all names, so that no coach takes it with them.
	ownCalls = `(SELECT id FROM calls WHERE workspace = ?W AND client = ?M)`
	// told are the events a member was told of.
	told = `number IN (SELECT event FROM notices WHERE workspace = ?W AND person = ?M)`
)

// Row is one row of an exported table: a JSON object.
type Row = json.RawMessage

// A Sink takes an export: table is called before the rows of each table.
type Sink struct {
	Table func(name string) error
	Row   func(Row) error
}

// Export hands everything in the database to a sink, table by table in an
// order in which it can be brought back.
func (s *Store) Export(ctx context.Context, to Sink) error {
	return s.read(ctx, func(c session) error { return c.exportAll(ctx, Everything, 0, 0, to) })
}

// Export hands what a member may take with them to a sink.
func (tx *Tx) Export(ctx context.Context, scope Scope, member work.PersonID, to Sink) error {
	return tx.exportAll(ctx, scope, tx.ws.ID, member, to)
}

func (s session) exportAll(ctx context.Context, scope Scope, ws work.WorkspaceID, member work.PersonID, to Sink) error {
	for _, t := range exports {
		if err := to.Table(t.name); err != nil {
			return err
		}
		query, args := t.query(scope, ws, member)
		row, end := to.Row, func() error { return nil }
		if t.name == "tasks" && scope != Everything {
			var err error
			if row, err = s.carriedBySeen(ctx, ws, member, to.Row); err != nil {
				return err
			}
		}
		if t.name == "events" && scope == OfWorkspace {
			w, err := s.withholding(ctx, ws, to.Row)
			if err != nil {
				return err
			}
			row, end = w.row, w.end
		}
		if err := s.export(ctx, t.name, query, args, member, row); err != nil {
			return err
		}
		if err := end(); err != nil {
			return err
		}
	}
	return nil
}

// query selects a table's rows in a scope. A copy takes every column there is,
// those of later versions too.
func (t exported) query(scope Scope, ws work.WorkspaceID, member work.PersonID) (string, []any) {
	query, args := "SELECT * FROM "+t.name, []any(nil)
	condition := t.mine
	if scope == OfWorkspace && t.shared != "" {
		condition = t.shared
	}
	if scope != Everything {
		condition, args = placed(condition, ws, member)
		query += " WHERE " + condition
	}
	return query + " ORDER BY " + keys[t.name], args
}

// placed puts a workspace and a member where ?W and ?M stand.
func placed(condition string, ws work.WorkspaceID, member work.PersonID) (string, []any) {
	var b strings.Builder
	var args []any
	for rest := condition; ; {
		before, after, found := strings.Cut(rest, "?")
		b.WriteString(before)
		if !found {
			return b.String(), args
		}
		b.WriteByte('?')
		if after[0] == 'W' {
			args = append(args, ws)
		} else {
			args = append(args, member)
		}
		rest = after[1:]
	}
}

// keys are the columns that order an exported table: its primary key.
var keys = map[string]string{
	"workspaces": "id", "accounts": "id", "people": "workspace, id", "members": "workspace, person", "areas": "workspace, id", "focus_areas": "workspace, id",
	"focus_entries": "workspace, id", "pulses": "workspace, person, week", "tasks": "workspace, id", "marks": "workspace, task, person", "verdicts": "workspace, task, person",
	"delegations": "workspace, id", "terms": "workspace, delegation, version", "items": "workspace, id", "decisions": "workspace, id",
	"occurrences": "workspace, id", "photos": "workspace, id", "reflections": "workspace, id",
	"beliefs": "workspace, person, key", "lessons": "workspace, id", "rounds": "workspace, id", "audit": "workspace, number", "audit_notes": "workspace, number", "events": "workspace, number", "undos": "workspace, number",
	"coach_hours": "workspace, person", "busy_sources": "workspace, person, source", "busy_times": "workspace, person, source, starts_at",
	"calls": "workspace, id", "call_notes": "workspace, id", "call_decisions": "workspace, id",
	"votes": "workspace, id", "ballots": "workspace, vote, round, person",
	"notices": "workspace, event, person", "outbox": "workspace, id", "playbooks": "workspace, id", "imports": "workspace, id",
	"import_rows": "workspace, import, number", "guest_links": "hash", "private_notes": "workspace, owner, delegation",
	"sharings": "workspace, id", "namings": "workspace, sharing, person",
	"timers": "workspace, owner", "reviews": "workspace, owner, week",
}

// export hands the rows a query finds to row as JSON. What members keep to
// themselves is left out for everybody but the member.
func (s session) export(ctx context.Context, table, query string, args []any, member work.PersonID, row func(Row) error) (err error) {
	rows, err := s.conn.query(ctx, query, args)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return fmt.Errorf("columns of %s: %w", table, err)
	}
	values := make([]any, len(columns))
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("scan %s: %w", table, err)
		}
		if member != 0 {
			keepOwn(table, columns, values, member)
		}
		if table == "outbox" {
			keepLinks(columns, values)
		}
		object, err := rowJSON(columns, values)
		if err != nil {
			return fmt.Errorf("write a row of %s: %w", table, err)
		}
		if err := row(object); err != nil {
			return err
		}
	}
	return rows.Err()
}

// own are the columns that hold what a member keeps to themselves, and what
// stands there for others.
var own = map[string]struct {
	whose string
	blank map[string]any
	open  string // says 1 where it was revealed
}{
	"members": {"person", map[string]any{"capacity": int64(0), "hour_price": int64(0)}, ""},
	"tasks":   {"author", map[string]any{"source_key": "", "source_said": ""}, ""},                 // what the author's file thinks it is worth
	"ballots": {"person", map[string]any{"level": int64(0), "reason": "", "at": int64(0)}, "open"}, // to be said again
	// What a client wrote for a coach, who reads it with initials.
	"calls":    {"client", map[string]any{"wish": "", "reason": ""}, ""},
	"sharings": {"client", map[string]any{"asks": ""}, ""},
}

// keepOwn blanks what another member keeps to themselves.
func keepOwn(table string, columns []string, values []any, member work.PersonID) {
	o, some := own[table]
	if !some || values[slices.Index(columns, o.whose)] == int64(member) {
		return
	}
	if o.open != "" && values[slices.Index(columns, o.open)] == int64(1) {
		return
	}
	for name, blank := range o.blank {
		values[slices.Index(columns, name)] = blank
	}
}

func rowJSON(columns []string, values []any) (Row, error) {
	b := []byte{'{'}
	for i, c := range columns {
		if i > 0 {
			b = append(b, ',')
		}
		v := values[i]
		if text, ok := v.([]byte); ok {
			v = string(text)
		}
		value, err := json.Marshal(v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c, err)
		}
		b = append(append(append(append(b, '"'), c...), '"', ':'), value...)
	}
	return append(b, '}'), nil
}

// later are the columns that tables got after their first version. An export
// that was made before has none of them, and they keep their defaults.
var later = map[string][]string{
	"workspaces": {"version", "changed_by", "stretch"}, "areas": {"changed_by"}, "people": {"answered_by", "stretch"}, "members": {"coach", "review_day", "review_hour", "review_mail", "review_at"}, "outbox": {"calendar"},
}

// A Restoring brings an export back into an empty database.
type Restoring struct {
	session
	columns map[string][]string
}

// Restore runs fn in one transaction over a database without a workspace.
func (s *Store) Restore(ctx context.Context, fn func(*Restoring) error) error {
	return s.dialect.explain(s.write(ctx, func(c session) error {
		there, err := one(ctx, c, number[int64], `SELECT COUNT(*) FROM workspaces`)
		if err != nil {
			return err
		}
		if there > 0 {
			return work.Errorf(work.Conflict, "The database holds a workspace already. An export is brought back into an empty database; name a new one with --db.")
		}
		r := &Restoring{c, map[string][]string{}}
		if err := fn(r); err != nil {
			return err
		}
		return r.rewordRestored(ctx)
	}))
}

// Table refuses a table that no export has.
func (r *Restoring) Table(ctx context.Context, name string) error {
	_, err := r.known(ctx, name)
	return err
}

// Add brings back one row of a table.
func (r *Restoring) Add(ctx context.Context, table string, fields map[string]any) error {
	all, err := r.known(ctx, table)
	if err != nil {
		return err
	}
	columns, args := make([]string, 0, len(all)), make([]any, 0, len(all))
	for _, c := range all {
		v, ok := fields[c]
		if !ok && slices.Contains(later[table], c) {
			continue
		}
		if !ok {
			return work.Errorf(work.Invalid, "A row of %s has no %s; this export was made by another version of Baton.", table, c)
		}
		value, err := plain(v)
		if err != nil {
			return work.Errorf(work.Invalid, "%s of a row of %s cannot be read.", c, table)
		}
		columns, args = append(columns, c), append(args, value)
	}
	if len(fields) > len(columns) {
		return work.Errorf(work.Invalid, "A row of %s says more than this Baton knows; this export was made by a newer one.", table)
	}
	query := `INSERT INTO ` + table + ` (` + strings.Join(columns, ", ") + `) VALUES (` + strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ") + `)`
	if err := r.exec(ctx, query, args...); err != nil {
		if r.d.refused(err) {
			return work.Errorf(work.Invalid, "A row of %s contradicts the rest of the export; it was changed or cut off.", table)
		}
		return err
	}
	if table == "tasks" {
		return r.find(ctx, columns, args)
	}
	return nil
}

// find makes a task that was brought back found by its words.
func (r *Restoring) find(ctx context.Context, columns []string, args []any) error {
	of := func(c string) any { return args[slices.Index(columns, c)] }
	id, _ := of("id").(int64)
	ws, _ := of("workspace").(int64)
	title, _ := of("title").(string)
	note, _ := of("note").(string)
	carrier, _ := of("carrier").(int64)
	return r.index(ctx, work.WorkspaceID(ws), &work.Task{ID: work.TaskID(id), Carrier: work.PersonID(carrier), Title: title, Note: note})
}

// known returns the columns of a table of an export.
func (r *Restoring) known(ctx context.Context, table string) (columns []string, err error) {
	if columns, ok := r.columns[table]; ok {
		return columns, nil
	}
	if _, ok := keys[table]; !ok {
		return nil, work.Errorf(work.Invalid, "There is no table %q; this export was made by a newer Baton.", table)
	}
	rows, err := r.conn.query(ctx, `SELECT * FROM `+table+` WHERE 1 = 0`, nil)
	if err != nil {
		return nil, err
	}
	columns, err = rows.Columns()
	r.columns[table] = columns
	return columns, errors.Join(err, rows.Err(), rows.Close())
}

// plain turns a JSON value into what a column holds.
func plain(v any) (any, error) {
	switch v := v.(type) {
	case nil, string:
		return v, nil
	case json.Number:
		return v.Int64()
	}
	return nil, fmt.Errorf("a column holds no %T", v)
}
