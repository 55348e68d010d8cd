package imports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/importer/formats"
	"baton/internal/store"
	"baton/internal/work"
)

// open returns an app over a new database, and its owner.
func open(t *testing.T) (*app.App, app.Actor) {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "baton.db"), store.Options{Unsynced: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	a := app.New(s, slog.New(slog.DiscardHandler))
	a.Now = func() time.Time { return time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC) }
	me, err := workspaces.Found(t.Context(), a, workspaces.Founding{
		Workspace: "Clinic", Kind: "team", Currency: "USD", Zone: "America/Chicago", Name: "Ada", Email: "ada@example.org",
	})
	if err != nil {
		t.Fatal(err)
	}
	return a, me
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

func TestAKilledImportIsTakenUp(t *testing.T) {
	a, me := open(t)
	id := staged(t, a, me, many(1200))
	if n := count(t, a, me); n != 0 {
		t.Fatalf("%d tasks show before they are applied", n)
	}
	if n, err := Resume(t.Context(), a); n != 0 || err != nil {
		t.Fatalf("what this process works on was taken up: %d, %v", n, err)
	}
	// Half of it is applied when the process dies.
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

func TestAHalfReadImportIsForgotten(t *testing.T) {
	a, me := open(t)
	orphan(t, a, me, staged(t, a, me, many(700)), store.Staging)
	if n, err := Resume(t.Context(), a); n != 1 || err != nil {
		t.Fatalf("Resume = %d, %v", n, err)
	}
	all, err := List.Do(t.Context(), a, me, app.None{})
	if err != nil || len(all.Items) != 0 || count(t, a, me) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestAFileThatBreaksOffLeavesNothing(t *testing.T) {
	a, me := open(t)
	broken := errors.New("the line is dead")
	body := io.MultiReader(strings.NewReader(many(3000)), failing{broken})
	if _, err := Start.Do(t.Context(), a, me, File{Body: body}); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	all, err := List.Do(t.Context(), a, me, app.None{})
	if err != nil || len(all.Items) != 0 || count(t, a, me) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}

type failing struct{ error }

// Read implements io.Reader.
func (f failing) Read([]byte) (int, error) { return 0, f.error }

func TestAgainAndBack(t *testing.T) {
	a, me := open(t)
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
	if _, err := tasks.Drop.Do(t.Context(), a, me, tasks.AskTask{Task: first42(t, a, me)}); err != nil {
		t.Fatal(err)
	}
	back, err := TakeBack.Do(t.Context(), a, me, AskImport{first.Import})
	if err != nil || back.Removed != 1098 || len(back.Kept) != 2 ||
		!strings.Contains(back.Kept[0].Reason, "is dropped") || !strings.Contains(back.Kept[1].Reason, "has parts that stay") {
		t.Errorf("back: %+v, %v", back, err)
	}
}

// first42 is the task of line 44.
func first42(t *testing.T, a *app.App, me app.Actor) work.TaskID {
	t.Helper()
	found, err := tasks.Search.Do(t.Context(), a, me, tasks.AskSearch{Words: "task 42"})
	if err != nil || len(found.Items) == 0 {
		t.Fatal(err)
	}
	for _, task := range found.Items {
		if task.Title == "Task 42" {
			return task.ID
		}
	}
	t.Fatal("there is no task 42")
	return 0
}

func TestOthersImportsAreNotThere(t *testing.T) {
	a, me := open(t)
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

func TestOthersWorkBetweenBatches(t *testing.T) {
	a, me := open(t)
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
	a, me := open(t)
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
