package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"baton/internal/pgtest"
	"baton/internal/work"
)

// TestReleasedMigrationsAreFrozen knows the digest of every migration that was
// released. Until the first release there is none to keep; then its line is
// never changed again.
func TestReleasedMigrationsAreFrozen(t *testing.T) {
	released := map[string]string{}
	for name, want := range released {
		body, err := migrations.ReadFile("migrations/" + name)
		if err != nil {
			t.Error(err)
			continue
		}
		if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != want {
			t.Errorf("%s was released and may not change; add a migration instead", name)
		}
	}
}

// TestOnlyWordsAreStatements looks in the source for statements made by
// formatting: a value belongs in an argument.
func TestOnlyWordsAreStatements(t *testing.T) {
	made := regexp.MustCompile("(?i)Sprintf?\\([\"`][^\"`]*\\b(select|insert|update|delete|where)\\b|(strconv\\.|Itoa|FormatInt|\\.String\\(\\))[^\n]*\\+ ?[\"`][^\"`]*\\b(and|or|values|limit)\\b")
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if found := made.Find(body); found != nil {
			t.Errorf("%s makes a statement of values: %s", file, found)
		}
	}
}

// kinds are the databases as this package opens them, without a schema.
var kinds = []struct {
	name string
	dsn  func(*testing.T) string
}{
	{"sqlite", func(t *testing.T) string { return filepath.Join(t.TempDir(), "baton.db") }},
	{"postgres", func(t *testing.T) string { return pgtest.Database(t, "") }},
}

func opened(t *testing.T, dsn string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// run executes a statement of the test's own.
func (s *Store) run(t *testing.T, text string) {
	t.Helper()
	err := s.write(t.Context(), func(c session) error { return c.exec(t.Context(), text) })
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

// TestAFilledDatabaseMigrates goes back to the first step, in which nothing was
// indexed, fills the tables and comes up again with everything kept and found.
func TestAFilledDatabaseMigrates(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			dsn := kind.dsn(t)
			s := opened(t, dsn)
			ctx := t.Context()
			for _, step := range []string{
				`DROP TABLE task_search`, `DROP TABLE IF EXISTS task_search_plates`,
				`DROP TABLE beliefs`, `DROP TABLE lessons`, `DROP TABLE rounds`,
				`DROP TABLE pulses`, `DROP INDEX people_away`, `DROP INDEX items_principal`, `ALTER TABLE people DROP COLUMN answered_by`,
				`ALTER TABLE workspaces DROP COLUMN version`, `ALTER TABLE workspaces DROP COLUMN changed_by`, `ALTER TABLE areas DROP COLUMN changed_by`,
				`DROP TABLE ballots`, `DROP TABLE votes`, `DROP INDEX tasks_decision_areas`,
				`DROP TABLE attempts`, `DROP TABLE key_check`, `DROP TABLE audit_notes`, `DROP TABLE audit`, `DROP TABLE signin_asks`, `DROP TABLE signin_steps`, `DROP TABLE passwords`, `DROP TABLE code_apps`, `DROP TABLE recovery_codes`, `DROP TABLE passkeys`, `ALTER TABLE signin_links DROP COLUMN mailed`, `ALTER TABLE tokens DROP COLUMN scope`, `DROP INDEX tokens_person`, `DROP INDEX undos_row`,
				`DROP TABLE namings`, `DROP TABLE sharings`, `ALTER TABLE members DROP COLUMN coach`,
				`DROP TABLE call_decisions`, `DROP TABLE call_notes`, `DROP TABLE calls`, `DROP TABLE busy_times`, `DROP TABLE busy_sources`, `DROP TABLE coach_hours`,
				`ALTER TABLE outbox DROP COLUMN calendar`, `ALTER TABLE items DROP COLUMN overdue`,
				`DROP TABLE moving`, `DROP TABLE backups`,
				`ALTER TABLE workspaces DROP COLUMN stretch`, `ALTER TABLE people DROP COLUMN stretch`,
				`DROP TABLE photos`, `DROP TABLE timers`, `DROP TABLE reviews`, `ALTER TABLE members DROP COLUMN review_day`,
				`DROP INDEX members_review`, `ALTER TABLE members DROP COLUMN review_at`, `ALTER TABLE members DROP COLUMN review_hour`, `ALTER TABLE members DROP COLUMN review_mail`,
				`DELETE FROM goose_db_version WHERE version_id > 1`,
				`INSERT INTO workspaces (id, name, kind, currency, zone, next_id, next_event, created_at) VALUES (1, 'Clinic', 'team', 'USD', 'UTC', 2000, 1, 0), (2, 'Home', 'household', 'USD', 'UTC', 3, 1, 0)`,
			} {
				s.run(t, step)
			}
			fillTasks(t, s)
			s.run(t, `DROP TABLE search_words`)
			s.run(t, `UPDATE people SET away = 1, stand_in = 77 WHERE name = 'Ada'`)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s = opened(t, dsn)
			defer func() { _ = s.Close() }()
			err := s.Read(ctx, 1, func(tx *Tx) error {
				all, err := tx.Tasks(ctx, TaskFilter{ByID: true})
				if err != nil || len(all) != 1200 || all[1199].Title != "Café 1200" {
					t.Errorf("%d tasks are left, %v", len(all), err)
				}
				some, err := tx.Search(ctx, Search{Plate: all[0].Carrier, Words: "cafe 1200", Limit: 10})
				if len(some) != 1 {
					t.Errorf("the search finds %d old tasks, want 1", len(some))
				}
				if hits, err := tx.Found(ctx, Look{Reader: all[0].Carrier, Words: "ada", Limit: 10}); err != nil || len(hits) != 1 || hits[0].Noun != APerson {
					t.Errorf("the search finds %v beside the plate, %v, want Ada", hits, err)
				}
				if away, err := tx.Absent(ctx); err != nil || len(away) != 1 || slices.Collect(maps.Values(away))[0] != 77 {
					t.Errorf("away are %v, want Ada with 77 (%v)", away, err)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestADatabaseIsItsOwnersAlone makes one where everybody may read new files.
func TestADatabaseIsItsOwnersAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "baton.db")
	s := opened(t, path)
	defer func() { _ = s.Close() }()
	for _, name := range []string{path, path + "-wal"} {
		if info, err := os.Stat(name); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s may be read by others: %v, %v", filepath.Base(name), info, err)
		}
	}
}

// fillTasks writes tasks past the index, as a program of the first step did.
func fillTasks(t *testing.T, s *Store) {
	t.Helper()
	err := s.write(t.Context(), func(c session) error {
		tx := &Tx{session: c}
		ada := work.Person{ID: 1, Name: "Ada", Kind: work.Teammate}
		if err := tx.exec(t.Context(), `INSERT INTO people (workspace, id, name, kind, email, owner, accountable, skills, interests, wishes, credentials, absences,
			stand_in, hour_cost, released, zone, note, left_on, away, next_change, digested_at, source_key, source_said, version)
			VALUES (1, ?, ?, ?, '', 0, 0, '[]', '[]', '[]', '[]', '[]', 0, 0, 0, '', '', '', 0, 0, 0, '', '', 1)`, ada.ID, ada.Name, ada.Kind); err != nil {
			return err
		}
		for i := range 1200 {
			task := work.Task{ID: work.TaskID(i + 1), Kind: work.PlainTask, Title: fmt.Sprintf("Café %d", i+1), Carrier: ada.ID, State: work.TaskOpen, Version: 1}
			marks := strings.TrimSuffix(strings.Repeat("?, ", len(taskValues(&task))+2), ", ")
			query := `INSERT INTO tasks (workspace, ` + taskColumns + `, due_at) VALUES (` + marks + `)`
			if err := tx.exec(t.Context(), query, append(append([]any{1}, taskValues(&task)...), 0)...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestANewerSchemaIsRefused(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			dsn := kind.dsn(t)
			s := opened(t, dsn)
			s.run(t, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, TRUE)`)
			again, err := Open(t.Context(), dsn, Options{})
			if err != nil {
				t.Fatalf("a newer schema that still serves this program: %v", err)
			}
			_ = again.Close()
			s.run(t, `UPDATE schema_floor SET oldest = 99`)
			_, err = Open(t.Context(), dsn, Options{})
			if work.KindOf(err) != work.Conflict || !strings.Contains(err.Error(), "newer Baton") {
				t.Errorf("err = %v, want the sentence about the newer program", err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// filled is a SQLite store with one workspace and one person.
func filled(t *testing.T) *Store {
	t.Helper()
	s := opened(t, filepath.Join(t.TempDir(), "baton.db"))
	t.Cleanup(func() { _ = s.Close() })
	err := s.WriteGlobal(t.Context(), func(g *Global) error {
		_, err := g.AddWorkspace(t.Context(), Workspace{Name: "x", Kind: "team", Currency: "USD", Zone: "UTC"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Write(t.Context(), 1, func(tx *Tx) error {
		return tx.AddPerson(t.Context(), &work.Person{Name: "Ada", Kind: work.Teammate})
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *Store) addTask(title, note string) error {
	ctx := context.Background()
	return s.Write(ctx, 1, func(tx *Tx) error {
		return tx.AddTask(ctx, &work.Task{Kind: work.PlainTask, Title: title, Note: note, Carrier: 1, State: work.TaskOpen})
	})
}

func (s *Store) count(t *testing.T) (n int64) {
	t.Helper()
	err := s.Read(t.Context(), 1, func(tx *Tx) (err error) {
		n, err = tx.CountTasks(t.Context(), TaskFilter{})
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return n
}

// pragma sets something on the writing connection, between two writes.
func (s *Store) pragma(t *testing.T, text string) {
	t.Helper()
	err := s.queue.do(t.Context(), func(c session) error {
		rows, err := c.conn.c.QueryContext(t.Context(), text)
		if err != nil {
			return err
		}
		for rows.Next() {
			continue
		}
		return errors.Join(rows.Err(), rows.Close())
	})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

// TestAFullDiskIsOneSentence fills the file to its limit by writers who share
// commits: who is told that it went in finds it, everybody else gets the
// sentence and left nothing.
func TestAFullDiskIsOneSentence(t *testing.T) {
	s := filled(t)
	s.pragma(t, `PRAGMA max_page_count = 1`) // as small as it is now
	var mu sync.Mutex
	went, refused := 0, 0
	var wg sync.WaitGroup
	for i := range 64 {
		wg.Go(func() {
			err := s.addTask("x", strings.Repeat("long ", i%2*5000))
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				went++
			case work.KindOf(err) == work.Full:
				refused++
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := s.count(t); n != int64(went) || refused == 0 {
		t.Errorf("%d tasks are there; %d were told they went in, %d were refused", n, went, refused)
	}
	s.pragma(t, `PRAGMA max_page_count = 1000000`)
	if err := s.addTask("x", strings.Repeat("long ", 5000)); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

func TestWritesOfAReadOnlyDatabaseAreOneSentence(t *testing.T) {
	s := filled(t)
	s.pragma(t, `PRAGMA query_only = 1`)
	err := s.addTask("x", "")
	if work.KindOf(err) != work.Conflict || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("err = %v, want the sentence", err)
	}
	if n := s.count(t); n != 0 {
		t.Errorf("%d tasks", n)
	}
}

// TestTheQueueIsFair holds the writer while others line up: they are served in
// the order they came.
func TestTheQueueIsFair(t *testing.T) {
	s := filled(t)
	hold, held := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = s.queue.do(context.Background(), func(session) error { close(held); <-hold; return nil })
	})
	<-held
	var mu sync.Mutex
	var order, want []int
	for i := range together {
		wg.Go(func() {
			_ = s.queue.do(context.Background(), func(session) error {
				mu.Lock()
				defer mu.Unlock()
				order = append(order, i)
				return nil
			})
		})
		for len(s.queue.jobs) != i+1 {
			runtime.Gosched() // until it stands in line
		}
		want = append(want, i)
	}
	close(hold)
	wg.Wait()
	if !slices.Equal(order, want) {
		t.Errorf("served in the order %v", order)
	}
}

// TestAClosedDatabaseIsOneFile holds that nothing is left in SQLite's log.
func TestAClosedDatabaseIsOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "baton.db")
	s := opened(t, path)
	s.run(t, `INSERT INTO workspaces (id, name, kind, currency, zone, next_id, next_event, created_at) VALUES (1, 'Clinic', 'team', 'USD', 'UTC', 1, 1, 0)`)
	if err := s.Read(t.Context(), 1, func(*Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(path + "*")
	if err != nil || len(left) != 1 {
		t.Errorf("%q are left, %v; want the database alone", left, err)
	}
}
