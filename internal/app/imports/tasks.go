package imports

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"baton/internal/app"
	"baton/internal/importer"
	"baton/internal/store"
	"baton/internal/work"
)

// taskNoun makes tasks of rows.
type taskNoun struct {
	areas map[string]work.AreaID // by name in lower case
	names map[work.AreaID]string
	news  []work.AreaID

	byKey map[string]*work.Task // what the batch speaks of, the wholes of its parts included
	adds  []*work.Task          // to be written down
	gone  []work.TaskID         // to be removed
	since since
}

// since is what happened to the tasks of a batch since an import made them.
type since struct {
	tasks     map[work.TaskID]work.Task
	marks     map[work.TaskID]work.Said
	verdicts  map[work.TaskID]store.Judgement
	delegated map[work.TaskID]bool
	parts     map[work.TaskID]int64
}

func newTaskNoun(ctx context.Context, tx *app.Tx) (*taskNoun, error) {
	n := &taskNoun{areas: map[string]work.AreaID{}, names: map[work.AreaID]string{}}
	areas, err := tx.Areas(ctx, tx.Me.Person)
	for _, a := range areas {
		n.areas[strings.ToLower(a.Name)], n.names[a.ID] = a.ID, a.Name
	}
	return n, err
}

func (n *taskNoun) made() []work.AreaID { return n.news }

func (n *taskNoun) look(ctx context.Context, tx *app.Tx, rows []importer.Row) error {
	keys := make([]string, 0, 2*len(rows))
	for i := range rows {
		keys = append(keys, rows[i].Key)
		if rows[i].Parent != "" {
			keys = append(keys, rows[i].Parent)
		}
	}
	slices.Sort(keys)
	found, err := tx.TasksBySource(ctx, tx.Me.Person, slices.Compact(keys))
	n.byKey = make(map[string]*work.Task, len(keys))
	for key, t := range found {
		n.byKey[key] = &t
	}
	return err
}

// flush writes down what was created and removes what was taken back.
func (n *taskNoun) flush(ctx context.Context, tx *app.Tx) error {
	if err := tx.AddTasks(ctx, n.adds...); err != nil {
		return err
	}
	if err := tx.RemoveTasks(ctx, n.gone); err != nil {
		return err
	}
	n.adds, n.gone = nil, nil
	return nil
}

func (n *taskNoun) says(row *importer.Row) said {
	s := said{}
	s.put("title", row.Title)
	s.put("note", long(row.Note))
	s.put("area", strings.ToLower(row.Area))
	s.put("effort", number(row.Effort))
	s.put("when", row.When)
	s.put("rule", row.Rule.String())
	s.put("due", row.Due.String())
	s.put("counted", number(row.Counted))
	s.put("deadline", row.Deadline.String())
	s.put("suggested", row.Suggested)
	if row.Matters != nil {
		s.put("matters", strconv.Itoa(*row.Matters))
	}
	return s
}

func number(m work.Minutes) string {
	if m == 0 {
		return ""
	}
	return strconv.FormatInt(int64(m), 10)
}

// now is what a task says of itself. How much it matters stays with what the
// import said: what the user says about it is a mark and stands above.
func (n *taskNoun) now(t *work.Task) said {
	row := importer.Row{
		Title: t.Title, Note: t.Note, Area: n.names[t.Area], Effort: t.Effort, Rule: t.Rule, Due: t.Due, Counted: t.Counted,
		Deadline: t.Deadline, Suggested: t.Suggested,
	}
	if matters, ok := t.Source.Matters(); ok {
		row.Matters = &matters
	}
	return n.says(&row)
}

func (n *taskNoun) find(_ context.Context, tx *app.Tx, row *importer.Row) (there, error) {
	t := n.byKey[row.Key]
	if t == nil {
		return there{}, nil
	}
	out := there{id: int64(t.ID), before: parseSaid(t.Source.Said), thing: t}
	switch {
	case t.Carrier != tx.Me.Person:
		out.closed = "Somebody else carries it now."
	case t.Finished():
		out.closed = fmt.Sprintf("It is %s here.", t.State)
	default:
		out.now = n.now(t)
	}
	return out, nil
}

// create makes the task of a row. No other row of the file has its key: the
// reader saw to that.
func (n *taskNoun) create(ctx context.Context, tx *app.Tx, id work.ImportID, row *importer.Row) (int64, error) {
	area, err := n.area(ctx, tx, row.Area)
	if err != nil {
		return 0, err
	}
	t := &work.Task{
		Kind: work.PlainTask, Title: row.Title, Note: row.Note, Area: area, Author: tx.Me.Person, Carrier: tx.Me.Person,
		Parent: n.parent(tx, row.Parent), State: work.TaskOpen, Effort: row.Effort, Rule: row.Rule, Counted: row.Counted, Due: row.Due,
		Deadline: row.Deadline, Suggested: row.Suggested, CreatedAt: tx.Now,
		Source: work.Source{Import: id, Key: row.Key, Said: n.says(row).String()},
	}
	tx.NumberTask(t)
	n.adds, n.byKey[row.Key] = append(n.adds, t), t
	return int64(t.ID), nil
}

// area finds an area by name, or makes one that is private to the actor.
func (n *taskNoun) area(ctx context.Context, tx *app.Tx, name string) (work.AreaID, error) {
	if name == "" {
		return 0, nil
	}
	if id, ok := n.areas[strings.ToLower(name)]; ok {
		return id, nil
	}
	a := work.Area{Name: name, Owner: tx.Me.Person}
	if err := tx.AddArea(ctx, &a); err != nil {
		return 0, err
	}
	n.areas[strings.ToLower(name)], n.names[a.ID] = a.ID, name
	n.news = append(n.news, a.ID)
	return a.ID, nil
}

// parent finds the task a row is a part of. One that is no longer open on the
// plate takes no parts.
func (n *taskNoun) parent(tx *app.Tx, key string) work.TaskID {
	t := n.byKey[key]
	if t == nil || t.Finished() || t.Carrier != tx.Me.Person {
		return 0
	}
	return t.ID
}

// formerly is a task before an import changed it.
type formerly struct {
	Task work.Task
}

func (n *taskNoun) update(ctx context.Context, tx *app.Tx, out there, row *importer.Row, take []string) (string, error) {
	t := out.thing.(*work.Task)
	before := app.Kept(&formerly{*t})
	for _, f := range take {
		switch f {
		case "title":
			t.Title = row.Title
		case "note":
			t.Note = row.Note
		case "area":
			var err error
			if t.Area, err = n.area(ctx, tx, row.Area); err != nil {
				return "", err
			}
		case "effort":
			t.Effort = row.Effort
		case "rule":
			t.Rule = row.Rule
		case "due":
			t.Due = row.Due
		case "counted":
			t.Counted = row.Counted
		case "deadline":
			t.Deadline = row.Deadline
		case "suggested":
			t.Suggested = row.Suggested
		}
	}
	t.Source.Said = n.says(row).String()
	return before, tx.SaveTask(ctx, t)
}

func (n *taskNoun) lookBack(ctx context.Context, tx *app.Tx, rows []store.StagedRow) (err error) {
	ids := make([]work.TaskID, len(rows))
	for i := range rows {
		ids[i] = work.TaskID(rows[i].Target)
	}
	if n.since.tasks, err = tx.TasksByID(ctx, ids); err != nil {
		return err
	}
	if n.since.marks, err = tx.MarksOn(ctx, tx.Me.Person, ids); err != nil {
		return err
	}
	if n.since.verdicts, err = tx.VerdictsOn(ctx, tx.Me.Person, ids); err != nil {
		return err
	}
	if n.since.delegated, err = tx.EverDelegated(ctx, ids); err != nil {
		return err
	}
	n.since.parts, err = tx.PartsOf(ctx, ids)
	return err
}

func (n *taskNoun) back(ctx context.Context, tx *app.Tx, row *store.StagedRow) (store.RowVerdict, string, error) {
	t, ok := n.since.tasks[work.TaskID(row.Target)]
	if !ok {
		return store.RowRemoved, "", nil // somebody was faster
	}
	whole := row.Verdict == store.RowCreated
	if why := n.touched(tx, &t, whole); why != "" {
		return store.RowKept, importer.Quoted(t.Title) + " " + why, nil
	}
	if whole {
		n.gone = append(n.gone, t.ID)
		n.since.parts[t.Parent]--
		return store.RowRemoved, "", nil
	}
	var was formerly
	if err := json.Unmarshal([]byte(row.Body), &was); err != nil {
		return "", "", err
	}
	f := was.Task
	t.Title, t.Note, t.Area, t.Effort, t.Rule, t.Due, t.Counted = f.Title, f.Note, f.Area, f.Effort, f.Rule, f.Due, f.Counted
	t.Deadline, t.Suggested, t.Source = f.Deadline, f.Suggested, f.Source
	err := tx.SaveTask(ctx, &t)
	n.since.tasks[t.ID] = t // a line before may be about it, too
	return store.RowRestored, "", err
}

// touched says what happened to a task since an import made or changed it.
// Whoever would lose it must have it untouched in every way.
func (n *taskNoun) touched(tx *app.Tx, t *work.Task, whole bool) string {
	changed := differing(parseSaid(t.Source.Said), n.now(t))
	switch {
	case t.Carrier != tx.Me.Person:
		return "is on somebody else's plate."
	case t.Finished():
		return fmt.Sprintf("is %s.", t.State)
	case len(changed) > 0:
		return "was changed since: " + strings.Join(changed, ", ") + "."
	case !whole:
		return ""
	case n.since.marks[t.ID] != work.Said{}:
		return "was marked since."
	case len(t.Skills) > 0 || len(t.Credentials) > 0 || t.Kind != work.PlainTask:
		return "was changed since."
	case n.since.verdicts[t.ID].Verdict != "":
		return "was judged since."
	case n.since.delegated[t.ID]:
		return "was delegated since."
	case n.since.parts[t.ID] > 0:
		return "has parts that stay."
	}
	return ""
}
