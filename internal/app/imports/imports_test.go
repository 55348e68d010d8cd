package imports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baton/internal/app"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/importer/formats"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

// each runs a test on both databases, with an app over a new one and its owner.
func each(t *testing.T, test func(*testing.T, *app.App, app.Actor)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := app.New(s, slog.New(slog.DiscardHandler))
		a.Now = func() time.Time { return time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC) }
		me, err := workspaces.Found(t.Context(), a, workspaces.Founding{
			Workspace: "Clinic", Kind: "team", Currency: "USD", Zone: "America/Chicago", Name: "Ada", Email: "ada@example.org",
		})
		if err != nil {
			t.Fatal(err)
		}
		test(t, a, me)
	})
}

// many is a table of n tasks, every third a part of the one before.
func many(n int) string {
	var b strings.Builder
	b.WriteString("id,title,list,parent,minutes\n")
	for i := range n {
		parent := ""
		if i%3 == 2 {
			parent = fmt.Sprint(i - 1)
		}
		fmt.Fprintf(&b, "%d,Task %d,List %d,%s,30\n", i, i, i%7, parent)
	}
	return b.String()
}

func count(t *testing.T, a *app.App, me app.Actor) int64 {
	t.Helper()
	plate, err := tasks.Plate.Do(t.Context(), a, me, tasks.AskPlate{})
	if err != nil {
		t.Fatal(err)
	}
	return plate.Count
}

// staged leaves an import as a process does that is killed before it applies
// it, and returns its id.
func staged(t *testing.T, a *app.App, me app.Actor, content string) work.ImportID {
	t.Helper()
	here, err := surroundings(t.Context(), a, me)
	if err != nil {
		t.Fatal(err)
	}
	format, rows, err := formats.Open(strings.NewReader(content), "x.csv", "", here)
	if err != nil {
		t.Fatal(err)
	}
	r := &run{app: a, me: me, result: Import{Format: format.Name}}
	if err := r.stage(t.Context(), rows); err != nil {
		t.Fatal(err)
	}
	return r.id
}

// orphan makes an import belong to a process that is gone.
func orphan(t *testing.T, a *app.App, me app.Actor, id work.ImportID, state store.ImportState) {
	t.Helper()
	err := a.Write(t.Context(), me, func(tx *app.Tx) error {
		m, err := tx.Import(t.Context(), id)
		if err != nil {
			return err
		}
		m.State, m.Runner = state, "?"
		return tx.SaveImport(t.Context(), &m)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAKilledImportIsTakenUp(t *testing.T) { each(t, testAKilledImportIsTakenUp) }

func testAKilledImportIsTakenUp(t *testing.T, a *app.App, me app.Actor) {
	id := staged(t, a, me, many(1200))
	if n := count(t, a, me); n != 0 {
		t.Fatalf("%d tasks show before they are applied", n)
	}
	if n, err := Resume(t.Context(), a); n != 0 || err != nil {
		t.Fatalf("what this process works on was taken up: %d, %v", n, err)
	}
	// A part of it is applied when the process dies.
	err := a.Write(t.Context(), me, func(tx *app.Tx) error {
		m, err := tx.Import(t.Context(), id)
		if err != nil {
			return err
		}
		_, err = applyBatch(t.Context(), tx, &m, 0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	orphan(t, a, me, id, store.Applying)
	if n, err := Resume(t.Context(), a); n != 1 || err != nil {
		t.Fatalf("Resume = %d, %v", n, err)
	}
	m, err := Show.Do(t.Context(), a, me, AskImport{id})
	if err != nil || m.State != store.Applied || m.Created != 1200 {
		t.Errorf("%+v, %v", m, err)
	}
	if n := count(t, a, me); n != store.Many+1 {
		t.Errorf("%d tasks on the plate", n)
	}
}

func TestAKilledTakingBackIsTakenUp(t *testing.T) { each(t, testAKilledTakingBackIsTakenUp) }

func testAKilledTakingBackIsTakenUp(t *testing.T, a *app.App, me app.Actor) {
	done, err := Start.Do(t.Context(), a, me, File{Body: strings.NewReader(many(3*batchSize + 10))})
	if err != nil {
		t.Fatal(err)
	}
	orphan(t, a, me, done.Import, store.TakingBack)
	// One batch of it is taken back when the process dies.
	err = a.Write(t.Context(), me, func(tx *app.Tx) error {
		m, err := tx.Import(t.Context(), done.Import)
		if err != nil {
			return err
		}
		_, err = unwindBatch(t.Context(), tx, &m, math.MaxInt64)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, a, me); n != int64(2*batchSize+10) {
		t.Errorf("%d tasks are left after one batch", n)
	}
	if n, err := Resume(t.Context(), a); n != 1 || err != nil {
		t.Fatalf("Resume = %d, %v", n, err)
	}
	m, err := Show.Do(t.Context(), a, me, AskImport{done.Import})
	if err != nil || m.State != store.TakenBack || count(t, a, me) != 0 {
		t.Errorf("%+v, %v; %d tasks are left", m, err, count(t, a, me))
	}
	found, err := tasks.Search.Do(t.Context(), a, me, tasks.AskSearch{Words: "task"})
	if err != nil || len(found.Items) != 0 {
		t.Errorf("the search finds %d tasks that are gone, %v", len(found.Items), err)
	}
}

// TestWhatStays touches imported tasks in every way that keeps them.
func TestWhatStays(t *testing.T) { each(t, testWhatStays) }

func testWhatStays(t *testing.T, a *app.App, me app.Actor) {
	m, err := Start.Do(t.Context(), a, me, File{Body: strings.NewReader("id,title,priority\n1,Untouched,high\n2,Marked,high\n3,Judged,\n4,Split,\n5,Renamed,\n6,Done,\n")})
	if err != nil || m.Created != 6 {
		t.Fatalf("%+v, %v", m, err)
	}
	three, name := 3, "Another"
	for _, touched := range []error{
		failure(tasks.Mark.Do(t.Context(), a, me, tasks.MarkTask{Task: called(t, a, me, "Marked"), Said: work.Said{Matters: &three}})),
		failure(tasks.Judge.Do(t.Context(), a, me, tasks.JudgeTask{Task: called(t, a, me, "Judged"), Verdict: work.Keep})),
		failure(tasks.Split.Do(t.Context(), a, me, tasks.SplitTask{Task: called(t, a, me, "Split"), Parts: []string{"A part"}})),
		failure(tasks.Edit.Do(t.Context(), a, me, tasks.EditTask{Task: called(t, a, me, "Renamed"), Fields: tasks.Fields{Title: &name}})),
		failure(tasks.Finish.Do(t.Context(), a, me, tasks.OnTask{Task: called(t, a, me, "Done")})),
	} {
		if touched != nil {
			t.Fatal(touched)
		}
	}
	back, err := TakeBack.Do(t.Context(), a, me, AskImport{m.Import})
	want := []store.Skipped{
		{Line: 3, Reason: "“Marked” was marked since."},
		{Line: 4, Reason: "“Judged” was judged since."},
		{Line: 5, Reason: "“Split” has parts that stay."},
		{Line: 6, Reason: "“Another” was changed since: title."},
		{Line: 7, Reason: "“Done” is done."},
	}
	if diff := cmp.Diff(want, back.Kept); err != nil || back.Removed != 1 || diff != "" {
		t.Errorf("%d removed, %v\n%s", back.Removed, err, diff)
	}
}

// TestAPriorityIsAGuess takes what another program said of how much a task
// matters for a guess, which a mark of the user's overrides for good.
func TestAPriorityIsAGuess(t *testing.T) { each(t, testAPriorityIsAGuess) }

func testAPriorityIsAGuess(t *testing.T, a *app.App, me app.Actor) {
	matters := func(priority string) work.Mark {
		t.Helper()
		file := "id,title,priority\n1,Copy handouts," + priority + "\n"
		if _, err := Start.Do(t.Context(), a, me, File{Body: strings.NewReader(file)}); err != nil {
			t.Fatal(err)
		}
		got, err := tasks.Show.Do(t.Context(), a, me, tasks.AskTask{Task: called(t, a, me, "Copy handouts")})
		if err != nil {
			t.Fatal(err)
		}
		return got.Marks.Matters
	}
	if m := matters("high"); m.Value != 3 || !m.Guessed || !strings.Contains(m.Cue, "priority") {
		t.Errorf("a high priority: %+v", m)
	}
	if m := matters("medium"); m.Value != 2 || !m.Guessed {
		t.Errorf("the file changed its mind: %+v", m)
	}
	none := 0
	if _, err := tasks.Mark.Do(t.Context(), a, me, tasks.MarkTask{Task: called(t, a, me, "Copy handouts"), Said: work.Said{Matters: &none}}); err != nil {
		t.Fatal(err)
	}
	if m := matters("high"); m.Value != 0 || m.Guessed {
		t.Errorf("what the user said was overruled: %+v", m)
	}
}

func TestAHalfReadImportIsForgotten(t *testing.T) { each(t, testAHalfReadImportIsForgotten) }

func testAHalfReadImportIsForgotten(t *testing.T, a *app.App, me app.Actor) {
	orphan(t, a, me, staged(t, a, me, many(700)), store.Staging)
	if n, err := Resume(t.Context(), a); n != 1 || err != nil {
		t.Fatalf("Resume = %d, %v", n, err)
	}
	all, err := List.Do(t.Context(), a, me, app.Page{})
	if err != nil || len(all.Items) != 0 || count(t, a, me) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestAFileThatBreaksOffLeavesNothing(t *testing.T) { each(t, testAFileThatBreaksOffLeavesNothing) }

func testAFileThatBreaksOffLeavesNothing(t *testing.T, a *app.App, me app.Actor) {
	broken := errors.New("the line is dead")
	body := io.MultiReader(strings.NewReader(many(3000)), failing{broken})
	if _, err := Start.Do(t.Context(), a, me, File{Body: body}); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	all, err := List.Do(t.Context(), a, me, app.Page{})
	if err != nil || len(all.Items) != 0 || count(t, a, me) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}

type failing struct{ error }

// Read implements io.Reader.
func (f failing) Read([]byte) (int, error) { return 0, f.error }

func TestAgainAndBack(t *testing.T) { each(t, testAgainAndBack) }

func testAgainAndBack(t *testing.T, a *app.App, me app.Actor) {
	do := func(content string, dry bool) Import {
		t.Helper()
		m, err := Start.Do(t.Context(), a, me, File{Body: strings.NewReader(content), DryRun: dry})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	if m := do(many(1100), true); m.Created != 1100 || len(m.Rows) != mostRows || m.MoreRows != 100 || m.Import != 0 {
		t.Errorf("preview: %d created, %d rows and %d more", m.Created, len(m.Rows), m.MoreRows)
	}
	first := do(many(1100), false)
	if again := do(many(1100), false); again.Created+again.Updated != 0 || again.Unchanged != 1100 || again.Import != 0 {
		t.Errorf("again: %+v", again)
	}
	second := do(strings.Replace(many(1101), "Task 7,", "Task seven,", 1), false)
	if second.Created != 1 || second.Updated != 1 {
		t.Errorf("second: %+v", second)
	}
	// What an import made and a later one changed goes back with the first,
	// for the later one's words are the file's and not the user's.
	if _, err := tasks.Drop.Do(t.Context(), a, me, tasks.OnTask{Task: called(t, a, me, "Task 42")}); err != nil {
		t.Fatal(err)
	}
	back, err := TakeBack.Do(t.Context(), a, me, AskImport{first.Import})
	if err != nil || back.Removed != 1098 || len(back.Kept) != 2 ||
		!strings.Contains(back.Kept[0].Reason, "is dropped") || !strings.Contains(back.Kept[1].Reason, "has parts that stay") {
		t.Errorf("back: %+v, %v", back, err)
	}
}

// called finds a task by its title.
func called(t *testing.T, a *app.App, me app.Actor, title string) work.TaskID {
	t.Helper()
	found, err := tasks.Search.Do(t.Context(), a, me, tasks.AskSearch{Words: title})
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range found.Items {
		if task.Title == title {
			return task.ID
		}
	}
	t.Fatalf("there is no task %q", title)
	return 0
}

func TestOthersImportsAreNotThere(t *testing.T) { each(t, testOthersImportsAreNotThere) }

func testOthersImportsAreNotThere(t *testing.T, a *app.App, me app.Actor) {
	m, err := Start.Do(t.Context(), a, me, File{Body: strings.NewReader(many(3))})
	if err != nil {
		t.Fatal(err)
	}
	other := app.Actor{Workspace: me.Workspace, Person: me.Person + 1000}
	for name, err := range map[string]error{
		"show": failure(Show.Do(t.Context(), a, other, AskImport{m.Import})), "take back": failure(TakeBack.Do(t.Context(), a, other, AskImport{m.Import})),
		"as a guest": failure(Start.Do(t.Context(), a, app.Actor{Workspace: me.Workspace, Person: me.Person, Guest: 1}, File{Body: strings.NewReader(many(3))})),
	} {
		if work.KindOf(err) != work.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func failure[T any](_ T, err error) error { return err }

func TestOthersWorkBetweenBatches(t *testing.T) { each(t, testOthersWorkBetweenBatches) }

func testOthersWorkBetweenBatches(t *testing.T, a *app.App, me app.Actor) {
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan int)
	go func() {
		n := 0
		for ctx.Err() == nil {
			title := fmt.Sprintf("Mine %d", n)
			if _, err := tasks.Add.Do(t.Context(), a, me, tasks.AddTask{Fields: tasks.Fields{Title: &title}}); err != nil {
				t.Error(err)
				break
			}
			n++
		}
		done <- n
	}()
	m, err := Start.Do(t.Context(), a, me, File{Body: strings.NewReader(many(3000))})
	stop()
	if n := <-done; err != nil || m.Created != 3000 || n < 6 {
		t.Errorf("%d others' tasks were added meanwhile; %+v, %v", n, m, err)
	}
}

func TestARepeatedRequestIsAnsweredTheSame(t *testing.T) {
	each(t, testARepeatedRequestIsAnsweredTheSame)
}

func testARepeatedRequestIsAnsweredTheSame(t *testing.T, a *app.App, me app.Actor) {
	ctx := app.WithIdempotency(t.Context(), "k")
	do := func(content string) (Import, error) {
		return Start.Do(ctx, a, me, File{Body: strings.NewReader(content)})
	}
	first, err := do(many(3))
	if err != nil || first.Created != 3 {
		t.Fatal(first, err)
	}
	if again, err := do(many(3)); err != nil || again.Created != 3 || again.Import != first.Import {
		t.Errorf("again: %+v, %v", again, err)
	}
	if _, err := do(many(4)); work.KindOf(err) != work.Conflict {
		t.Errorf("another file with the same key: %v", err)
	}
}
