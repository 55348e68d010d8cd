package imports

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"baton/internal/app"
	"baton/internal/importer"
	"baton/internal/store"
	"baton/internal/work"
)

// taskNoun makes tasks of rows.
type taskNoun struct {
	areas   map[string]work.AreaID // by name in lower case
	names   map[work.AreaID]string
	parents map[string]work.TaskID // by key
	news    []work.AreaID
}

func newTaskNoun(ctx context.Context, tx *app.Tx) (*taskNoun, error) {
	n := &taskNoun{map[string]work.AreaID{}, map[work.AreaID]string{}, map[string]work.TaskID{}, nil}
	areas, err := tx.Areas(ctx, tx.Me.Person)
	for _, a := range areas {
		n.areas[strings.ToLower(a.Name)], n.names[a.ID] = a.ID, a.Name
	}
	return n, err
}

func (n *taskNoun) made() []work.AreaID { return n.news }

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

// now is what a task says of itself.
func (n *taskNoun) now(t *work.Task, marks work.Said) said {
	return n.says(&importer.Row{
		Title: t.Title, Note: t.Note, Area: n.names[t.Area], Effort: t.Effort, Rule: t.Rule, Due: t.Due, Counted: t.Counted,
		Deadline: t.Deadline, Suggested: t.Suggested, Matters: marks.Matters,
	})
}

func (n *taskNoun) find(ctx context.Context, tx *app.Tx, row *importer.Row) (there, error) {
	t, err := tx.TaskSource(ctx, tx.Me.Person, row.Key)
	if err != nil || t.ID == 0 {
		return there{}, err
	}
	out := there{id: int64(t.ID), before: parseSaid(t.Source.Said), thing: t}
	switch {
	case t.Carrier != tx.Me.Person:
		out.closed = "Somebody else carries it now."
	case t.Finished():
		out.closed = fmt.Sprintf("It is %s here.", t.State)
	default:
		marks, err := tx.Marks(ctx, tx.Me.Person, t.ID)
		if err != nil {
			return out, err
		}
		out.now = n.now(&t, marks[t.ID])
	}
	return out, nil
}

func (n *taskNoun) create(ctx context.Context, tx *app.Tx, id work.ImportID, row *importer.Row) (int64, error) {
	area, err := n.area(ctx, tx, row.Area)
	if err != nil {
		return 0, err
	}
	parent, err := n.parent(ctx, tx, row.Parent)
	if err != nil {
		return 0, err
	}
	t := work.Task{
		Kind: work.PlainTask, Title: row.Title, Note: row.Note, Area: area, Author: tx.Me.Person, Carrier: tx.Me.Person, Parent: parent,
		State: work.TaskOpen, Effort: row.Effort, Rule: row.Rule, Counted: row.Counted, Due: row.Due, Deadline: row.Deadline,
		Suggested: row.Suggested, CreatedAt: tx.Now, Source: work.Source{Import: id, Key: row.Key, Said: n.says(row).String()},
	}
	if err := tx.AddTask(ctx, &t); err != nil {
		return 0, err
	}
	n.parents[row.Key] = t.ID
	if row.Matters != nil {
		err = tx.SaveMarks(ctx, tx.Me.Person, t.ID, work.Said{Matters: row.Matters}, tx.Now)
	}
	return int64(t.ID), err
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
func (n *taskNoun) parent(ctx context.Context, tx *app.Tx, key string) (work.TaskID, error) {
	if key == "" {
		return 0, nil
	}
	if id, ok := n.parents[key]; ok {
		return id, nil
	}
	t, err := tx.TaskSource(ctx, tx.Me.Person, key)
	if err != nil {
		return 0, err
	}
	if t.Finished() || t.Carrier != tx.Me.Person {
		t.ID = 0
	}
	n.parents[key] = t.ID
	return t.ID, nil
}

// formerly is a task before an import changed it.
type formerly struct {
	Task    work.Task
	Matters *int
}

func (n *taskNoun) update(ctx context.Context, tx *app.Tx, out there, row *importer.Row, take []string) (string, error) {
	t := out.thing.(work.Task)
	marks, err := tx.Marks(ctx, tx.Me.Person, t.ID)
	if err != nil {
		return "", err
	}
	mine := marks[t.ID]
	before := app.Kept(&formerly{t, mine.Matters})
	for _, f := range take {
		switch f {
		case "title":
			t.Title = row.Title
		case "note":
			t.Note = row.Note
		case "area":
			t.Area, err = n.area(ctx, tx, row.Area)
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
		case "matters":
			mine.Matters = row.Matters
			err = tx.SaveMarks(ctx, tx.Me.Person, t.ID, mine, tx.Now)
		}
		if err != nil {
			return "", err
		}
	}
	t.Source.Said = n.says(row).String()
	return before, tx.SaveTask(ctx, &t)
}

func (n *taskNoun) back(ctx context.Context, tx *app.Tx, row store.StagedRow) (store.RowVerdict, string, error) {
	t, err := tx.Task(ctx, work.TaskID(row.Target))
	if work.KindOf(err) == work.NotFound {
		return store.RowRemoved, "", nil // somebody was faster
	}
	if err != nil {
		return "", "", err
	}
	why, mine, err := n.touched(ctx, tx, &t, row.Verdict == store.RowCreated)
	if err != nil {
		return "", "", err
	}
	if why != "" {
		return store.RowKept, importer.Quoted(t.Title) + " " + why, nil
	}
	if row.Verdict == store.RowCreated {
		return store.RowRemoved, "", tx.RemoveTask(ctx, t.ID)
	}
	var was formerly
	if err := json.Unmarshal([]byte(row.Body), &was); err != nil {
		return "", "", err
	}
	f := was.Task
	t.Title, t.Note, t.Area, t.Effort, t.Rule, t.Due, t.Counted = f.Title, f.Note, f.Area, f.Effort, f.Rule, f.Due, f.Counted
	t.Deadline, t.Suggested, t.Source = f.Deadline, f.Suggested, f.Source
	mine.Matters = was.Matters
	if err := tx.SaveMarks(ctx, tx.Me.Person, t.ID, mine, tx.Now); err != nil {
		return "", "", err
	}
	return store.RowRestored, "", tx.SaveTask(ctx, &t)
}

// touched says what happened to a task since an import made or changed it.
// Whoever would lose it must have it untouched in every way.
func (n *taskNoun) touched(ctx context.Context, tx *app.Tx, t *work.Task, whole bool) (string, work.Said, error) {
	all, err := tx.Marks(ctx, tx.Me.Person, t.ID)
	mine := all[t.ID]
	if err != nil {
		return "", mine, err
	}
	was := parseSaid(t.Source.Said)
	switch changed := differing(was, n.now(t, mine)); {
	case t.Carrier != tx.Me.Person:
		return "is on somebody else's plate.", mine, nil
	case t.Finished():
		return fmt.Sprintf("is %s.", t.State), mine, nil
	case len(changed) > 0:
		return "was changed since: " + strings.Join(changed, ", ") + ".", mine, nil
	case !whole:
		return "", mine, nil
	case mine.NeedsMe != nil || mine.Grows != nil || mine.Energy != nil:
		return "was marked since.", mine, nil
	case len(t.Skills) > 0 || len(t.Credentials) > 0 || t.Kind != work.PlainTask:
		return "was changed since.", mine, nil
	}
	verdicts, err := tx.VerdictsOn(ctx, tx.Me.Person, []work.TaskID{t.ID})
	if err != nil || len(verdicts) > 0 {
		return "was judged since.", mine, err
	}
	given, err := tx.Delegations(ctx, store.DelegationFilter{Task: t.ID, Limit: 1})
	if err != nil || len(given) > 0 {
		return "was delegated since.", mine, err
	}
	parts, err := tx.Tasks(ctx, store.TaskFilter{Parts: true, Parent: t.ID, Limit: 1})
	if err != nil || len(parts) > 0 {
		return "has parts that stay.", mine, err
	}
	return "", mine, nil
}
