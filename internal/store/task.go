package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"baton/internal/ical"
	"baton/internal/work"
)

const taskColumns = `id, kind, title, note, area, author, carrier, parent, state, effort, rule, counted, due, deadline, skills, credentials,
	suggested, position, created_at, closed_at, import, source_key, source_said, version`

func scanTask(row scanner) (t work.Task, err error) {
	var created, closed int64
	err = row.Scan(&t.ID, &t.Kind, &t.Title, &t.Note, &t.Area, &t.Author, &t.Carrier, &t.Parent, &t.State, &t.Effort, kept{&t.Rule}, &t.Counted, asText(&t.Due), asText(&t.Deadline),
		asJSON(&t.Skills), asJSON(&t.Credentials), &t.Suggested, &t.Position, &created, &closed, &t.Source.Import, &t.Source.Key, &t.Source.Said, &t.Version)
	t.CreatedAt, t.ClosedAt = instant(created), instant(closed)
	return t, err
}

func taskValues(t *work.Task) []any {
	return []any{
		t.ID, t.Kind, t.Title, t.Note, t.Area, t.Author, t.Carrier, t.Parent, t.State, t.Effort, t.Rule.String(), t.Counted, t.Due.String(), t.Deadline.String(),
		toJSON(notNil(t.Skills)), toJSON(notNil(t.Credentials)), t.Suggested, t.Position, micros(t.CreatedAt), micros(t.ClosedAt),
		t.Source.Import, t.Source.Key, t.Source.Said, t.Version,
	}
}

// dueAt is the moment after which a task is late; 0 for one that recurs or has
// no day.
func dueAt(t *work.Task) int64 {
	switch {
	case !t.Rule.IsZero():
		return 0
	case !t.Due.IsZero():
		return micros(t.Due.Instant())
	case !t.Deadline.IsZero():
		return micros(t.Deadline.Instant())
	}
	return 0
}

// Task returns a task by id.
func (tx *Tx) Task(ctx context.Context, id work.TaskID) (work.Task, error) {
	t, err := one(ctx, tx.session, scanTask, `SELECT `+taskColumns+` FROM tasks WHERE workspace = ? AND id = ?`, tx.ws.ID, id)
	return t, missing(err, "task")
}

// AddTask writes down a new task, gives it an id and its place at the end.
func (tx *Tx) AddTask(ctx context.Context, t *work.Task) error {
	tx.NumberTask(t)
	return tx.AddTasks(ctx, t)
}

// SaveTask changes a task, unless somebody changed it since.
func (tx *Tx) SaveTask(ctx context.Context, t *work.Task) error {
	if err := tx.unindex(ctx, t.ID); err != nil {
		return err
	}
	if err := tx.retitle(ctx, t); err != nil {
		return err
	}
	t.Version++
	err := tx.change(ctx, `UPDATE tasks SET kind = ?, title = ?, note = ?, area = ?, author = ?, carrier = ?, parent = ?, state = ?, effort = ?, rule = ?, counted = ?,
		due = ?, deadline = ?, skills = ?, credentials = ?, suggested = ?, position = ?, created_at = ?, closed_at = ?, import = ?, source_key = ?, source_said = ?,
		version = ?, due_at = ? WHERE workspace = ? AND id = ? AND version = ?`,
		append(taskValues(t)[1:], dueAt(t), tx.ws.ID, t.ID, t.Version-1)...)
	if err != nil {
		return stale(err, "task")
	}
	return tx.index(ctx, tx.ws.ID, t)
}

// RemoveTask takes a task away for good: an undone capture.
func (tx *Tx) RemoveTask(ctx context.Context, id work.TaskID) error {
	if err := tx.unindex(ctx, id); err != nil {
		return err
	}
	return missing(tx.change(ctx, `DELETE FROM tasks WHERE workspace = ? AND id = ?`, tx.ws.ID, id), "task")
}

// A TaskFilter says which tasks a list holds.
type TaskFilter struct {
	Carrier work.PersonID
	Author  work.PersonID
	State   work.TaskState
	Kind    work.TaskKind
	Area    work.AreaID
	Parent  work.TaskID // with Parts: the parts of one task
	Parts   bool
	TopOnly bool
	Import  work.ImportID
	Due     Span        // only what falls due then, the soonest first
	After   work.TaskID // keyset: continue behind this task
	ByID    bool        // in the order of ids instead of the plate's
	Longest bool        // those that take most effort at a time first, without paging
	Newest  bool        // those put down last first; with After only what came behind it
	Limit   int
}

// A Span is the time after one moment and up to another.
type Span struct{ After, Until time.Time }

// Tasks lists tasks in the order of the plate.
func (tx *Tx) Tasks(ctx context.Context, f TaskFilter) ([]work.Task, error) {
	where, args := tx.taskWhere(f)
	order := ` ORDER BY position, id`
	switch {
	case !f.Due.Until.IsZero():
		order = ` ORDER BY due_at, id`
		if f.After != 0 {
			where += ` AND (due_at, id) > (SELECT due_at, id FROM tasks WHERE workspace = ? AND id = ?)`
			args = append(args, tx.ws.ID, f.After)
		}
	case f.Longest:
		order = ` ORDER BY effort DESC, id`
	case f.Newest:
		order = ` ORDER BY id DESC`
		where, args = where+` AND id > ?`, append(args, f.After)
	case f.ByID:
		order = ` ORDER BY id`
		if f.After != 0 {
			where, args = where+` AND id > ?`, append(args, f.After)
		}
	case f.After != 0:
		where += ` AND (position, id) > (SELECT position, id FROM tasks WHERE workspace = ? AND id = ?)`
		args = append(args, tx.ws.ID, f.After)
	}
	return collect(ctx, tx.session, scanTask, `SELECT `+taskColumns+` FROM tasks WHERE `+where+order+` LIMIT ?`, append(args, f.limit())...)
}

func (f TaskFilter) limit() int {
	if f.Limit <= 0 {
		return 1_000_000
	}
	return f.Limit
}

// Many is where counts stop: more than this is "1,000+".
const Many = 1000

// CountTasks counts what a filter finds, up to Many + 1.
func (tx *Tx) CountTasks(ctx context.Context, f TaskFilter) (int64, error) {
	f.After = 0
	where, args := tx.taskWhere(f)
	return one(ctx, tx.session, number[int64], `SELECT COUNT(*) FROM (SELECT 1 FROM tasks WHERE `+where+` LIMIT ?) AS few`, append(args, Many+1)...)
}

func (tx *Tx) taskWhere(f TaskFilter) (string, []any) {
	where, args := []string{"workspace = ?"}, []any{tx.ws.ID}
	add := func(use bool, condition string, arg any) {
		if use {
			where, args = append(where, condition), append(args, arg)
		}
	}
	add(f.Carrier != 0, "carrier = ?", f.Carrier)
	add(f.Author != 0, "author = ?", f.Author)
	add(f.State != "", "state = ?", f.State)
	add(f.Kind != "", "kind = ?", f.Kind)
	add(f.Area != 0, "area = ?", f.Area)
	add(f.Parts, "parent = ? AND parent > 0", f.Parent)
	add(f.TopOnly, "parent = ?", 0)
	add(!f.Due.Until.IsZero(), "due_at > ?", max(micros(f.Due.After), 0))
	add(!f.Due.Until.IsZero(), "due_at <= ?", micros(f.Due.Until))
	add(f.Import != 0, "import = ? AND import > 0", f.Import)
	return strings.Join(where, " AND "), args
}

// Marks returns what a member said about tasks on their plate, by task; with a
// task, about that one.
func (tx *Tx) Marks(ctx context.Context, person work.PersonID, task work.TaskID) (map[work.TaskID]work.Said, error) {
	out := map[work.TaskID]work.Said{}
	if task != 0 {
		return out, tx.marks(ctx, out, `task = ? AND person = ?`, int64(task), int64(person))
	}
	return out, tx.marks(ctx, out, `person = ?`, int64(person))
}

// MarksOn returns what a member said about some tasks, by task.
func (tx *Tx) MarksOn(ctx context.Context, person work.PersonID, tasks []work.TaskID) (map[work.TaskID]work.Said, error) {
	out := map[work.TaskID]work.Said{}
	for some := range slices.Chunk(tasks, most) {
		marks, args := in(some)
		if err := tx.marks(ctx, out, `task IN (`+marks+`) AND person = ?`, append(args, int64(person))...); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (tx *Tx) marks(ctx context.Context, into map[work.TaskID]work.Said, where string, args ...any) error {
	_, err := collect(ctx, tx.session, func(row scanner) (struct{}, error) {
		var id work.TaskID
		var s work.Said
		err := row.Scan(&id, &s.NeedsMe, &s.Matters, &s.Grows, &s.Energy)
		into[id] = s
		return struct{}{}, err
	}, `SELECT task, needs_me, matters, grows, energy FROM marks WHERE workspace = ? AND `+where, append([]any{tx.ws.ID}, args...)...)
	return err
}

// SaveMarks keeps what a member says about a task.
func (tx *Tx) SaveMarks(ctx context.Context, person work.PersonID, task work.TaskID, s work.Said, at time.Time) error {
	return tx.SaveAllMarks(ctx, person, []Saying{{task, s}}, at)
}

// A Judgement is a member's verdict on a task.
type Judgement struct {
	Verdict work.Verdict
	Reason  string
	At      time.Time
}

// Verdicts returns all of a member's verdicts by task.
func (tx *Tx) Verdicts(ctx context.Context, person work.PersonID) (map[work.TaskID]Judgement, error) {
	out := map[work.TaskID]Judgement{}
	return out, tx.verdicts(ctx, out, `person = ?`, int64(person))
}

// VerdictsOn returns a member's verdicts on some tasks, by task.
func (tx *Tx) VerdictsOn(ctx context.Context, person work.PersonID, tasks []work.TaskID) (map[work.TaskID]Judgement, error) {
	out := map[work.TaskID]Judgement{}
	for some := range slices.Chunk(tasks, most) {
		marks, args := in(some)
		if err := tx.verdicts(ctx, out, `task IN (`+marks+`) AND person = ?`, append(args, int64(person))...); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (tx *Tx) verdicts(ctx context.Context, into map[work.TaskID]Judgement, where string, args ...any) error {
	_, err := collect(ctx, tx.session, func(row scanner) (struct{}, error) {
		var id work.TaskID
		var j Judgement
		var at int64
		err := row.Scan(&id, &j.Verdict, &j.Reason, &at)
		j.At = instant(at)
		into[id] = j
		return struct{}{}, err
	}, `SELECT task, verdict, reason, at FROM verdicts WHERE workspace = ? AND `+where, append([]any{tx.ws.ID}, args...)...)
	return err
}

// SaveVerdict keeps a member's verdict; an empty one takes it back.
func (tx *Tx) SaveVerdict(ctx context.Context, person work.PersonID, task work.TaskID, j Judgement) error {
	if j.Verdict == "" {
		return tx.exec(ctx, `DELETE FROM verdicts WHERE workspace = ? AND task = ? AND person = ?`, tx.ws.ID, task, person)
	}
	return tx.exec(ctx, `INSERT INTO verdicts (workspace, task, person, verdict, reason, at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (workspace, task, person) DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason, at = excluded.at`,
		tx.ws.ID, task, person, j.Verdict, j.Reason, micros(j.At))
}

// PositionAfter returns the ordering key that follows another on a plate, ""
// at its end.
func (tx *Tx) PositionAfter(ctx context.Context, carrier work.PersonID, position string) (string, error) {
	found, err := collect(ctx, tx.session, func(row scanner) (s string, err error) { err = row.Scan(&s); return s, err },
		`SELECT position FROM tasks WHERE workspace = ? AND carrier = ? AND state = 'open' AND position > ? ORDER BY position LIMIT 1`, tx.ws.ID, carrier, position)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// A Carry is what the open tasks on a plate take.
type Carry struct {
	Weekly  work.Minutes // minutes a week
	Unknown int          // tasks without an effort
	More    bool         // there are tasks beyond those looked at
}

// Carried adds up the open tasks on a plate, those that take most effort at a
// time first and no more than so many.
func (tx *Tx) Carried(ctx context.Context, carrier work.PersonID, today ical.Date, limit int) (Carry, error) {
	var c Carry
	n := 0
	_, err := collect(ctx, tx.session, func(row scanner) (struct{}, error) {
		t := work.Task{State: work.TaskOpen}
		if n++; n > limit {
			c.More = true
			return struct{}{}, nil
		}
		err := row.Scan(&t.Kind, &t.Effort, kept{&t.Rule}, asText(&t.Due), asText(&t.Deadline))
		c.Weekly += t.Weekly(today)
		if t.Effort == 0 && t.Kind != work.DecisionArea {
			c.Unknown++
		}
		return struct{}{}, err
	}, `SELECT kind, effort, rule, due, deadline FROM tasks WHERE workspace = ? AND carrier = ? AND state = 'open' ORDER BY effort DESC, id LIMIT ?`, tx.ws.ID, carrier, limit+1)
	return c, err
}

// Finished adds up the estimates of the tasks somebody did themselves in
// [from, to).
func (tx *Tx) Finished(ctx context.Context, carrier work.PersonID, from, to time.Time) (work.Minutes, error) {
	return one(ctx, tx.session, number[work.Minutes], `SELECT CAST(COALESCE(SUM(effort), 0) AS BIGINT) FROM tasks
		WHERE workspace = ? AND carrier = ? AND state = 'done' AND closed_at >= ? AND closed_at < ?`, tx.ws.ID, carrier, micros(from), micros(to))
}

// HandedOver lists the open tasks that somebody carries for somebody else: those
// of active delegations.
func (tx *Tx) HandedOver(ctx context.Context) ([]work.Task, error) {
	return collect(ctx, tx.session, scanTask, `SELECT `+taskColumns+` FROM tasks WHERE workspace = ? AND state = 'open' AND kind = 'task'
		AND id IN (SELECT task FROM delegations WHERE workspace = ? AND state = 'active') ORDER BY id`, tx.ws.ID, tx.ws.ID)
}

// Loads returns, by person, the minutes a week of the tasks they carry for
// somebody else: what active delegations put on their plates. With people it
// looks at theirs alone.
func (tx *Tx) Loads(ctx context.Context, today ical.Date, people ...work.PersonID) (map[work.PersonID]work.Minutes, error) {
	where, args := ``, []any{tx.ws.ID}
	if len(people) > 0 {
		marks, ids := in(people)
		where, args = ` AND d.receiver IN (`+marks+`)`, append(args, ids...)
	}
	loads := map[work.PersonID]work.Minutes{}
	_, err := collect(ctx, tx.session, func(row scanner) (struct{}, error) {
		t := work.Task{State: work.TaskOpen}
		err := row.Scan(&t.Carrier, &t.Effort, kept{&t.Rule}, &t.Counted, asText(&t.Due), asText(&t.Deadline))
		loads[t.Carrier] += t.Weekly(today)
		return struct{}{}, err
	}, `SELECT t.carrier, t.effort, t.rule, t.counted, t.due, t.deadline FROM delegations d
		JOIN tasks t ON t.workspace = d.workspace AND t.id = d.task AND t.carrier = d.receiver AND t.state = 'open'
		WHERE d.workspace = ? AND d.state = 'active'`+where, args...)
	return loads, err
}
