package sim

import (
	"database/sql"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"baton/internal/app"
	"baton/internal/app/promises"
	"baton/internal/store"
)

const (
	oneActive = `(SELECT MIN(id) FROM delegations WHERE state = 'active')`
	another   = `(SELECT MAX(id) FROM delegations WHERE state = 'active')`
	oneEnded  = `(SELECT MIN(id) FROM delegations WHERE state = 'ended')`
	// reopen lets votes that are over go on.
	reopen = `UPDATE votes SET state = 'revealed', closed_at = 0, due_at = settle_by`
	// believe writes something down about somebody.
	believe = `INSERT INTO beliefs SELECT workspace, id, 'rotas', 'rotas', 3000, 1, 1, 3, 1, id, 0, '', 0, '', 0, '', 0, 0, 0, 0 FROM people ORDER BY id LIMIT 1`
)

// corruptions break one promise each: nothing the program does leaves such
// rows, so they are written past it.
var corruptions = []struct {
	promise int
	words   string
	sql     []string
}{
	{0, "event numbers have a gap below this one", []string{`DELETE FROM events WHERE number = 5`}},
	{0, "the workspace will hand out an event number again", []string{`UPDATE workspaces SET next_event = 3`}},
	{0, "it is nobody's move in this delegation", []string{`UPDATE delegations SET mover = 0 WHERE id = ` + oneActive}},
	{0, "time stands still in this delegation", []string{`UPDATE delegations SET due_at = 1 WHERE id = ` + oneActive}},
	{0, "a dispute of what is believed says nothing", []string{believe, `UPDATE beliefs SET disputed_at = 1`}},
	{0, "a dispute was answered by nobody", []string{believe, `UPDATE beliefs SET answer_level = 3, answered_by = 0`}},
	{0, "what is believed was taken by nobody there is", []string{believe, `UPDATE beliefs SET by = 999999`}},
	{0, "an open lesson waits for nobody there is", []string{`UPDATE lessons SET holder = 999999, state = 'open', closed_at = 0`}},
	{0, "a lesson was closed at no time, or is open and closed", []string{`UPDATE lessons SET state = 'let_go', closed_at = 0`}},
	{0, "a lesson was taken by nobody", []string{`UPDATE lessons SET state = 'taken', closed_at = 1, closed_by = 0`}},
	{0, "a lesson about a skill was taken and nothing is believed", []string{
		`UPDATE lessons SET state = 'taken', kind = 'skill', subject = 'no such skill', closed_at = 1`,
	}},
	{1, "an open item is held by nobody there is", []string{`UPDATE items SET holder = 999999 WHERE id = (SELECT MIN(id) FROM items WHERE closed_at = 0)`}},
	{1, "the clock of an item runs while its holder is away or gone", []string{`UPDATE people SET away = 1 WHERE id = (SELECT MIN(holder) FROM items WHERE closed_at = 0 AND frozen = 0)`}},
	{1, "an ended delegation has a blocking item", []string{`UPDATE items SET closed_at = 0, blocking = 1 WHERE id = (SELECT MIN(id) FROM items WHERE delegation = ` + oneEnded + `)`}},
	{1, "an offered delegation has nothing to answer", []string{`UPDATE items SET closed_at = 1 WHERE kind IN ('offer', 'proposal')`}},
	{2, "an open task is not with the person who agreed to carry it", []string{
		`UPDATE tasks SET carrier = (SELECT giver FROM delegations WHERE id = ` + oneActive + `) WHERE id = (SELECT task FROM delegations WHERE id = ` + oneActive + `)`,
	}},
	{2, "two people agreed to carry the same task", []string{`UPDATE delegations SET task = (SELECT task FROM delegations WHERE id = ` + oneActive + `) WHERE id = ` + another}},
	{2, "an open task is on the plate of somebody who left", []string{`UPDATE people SET left_on = '2026-01-01' WHERE id = (SELECT MIN(carrier) FROM tasks WHERE state = 'open')`}},
	{2, "an open task is with somebody who has no plate and did not agree to carry it", []string{
		`UPDATE tasks SET carrier = (SELECT MIN(id) FROM people WHERE id NOT IN (SELECT person FROM members))
			WHERE id = (SELECT MIN(id) FROM tasks WHERE state = 'open' AND parent = 0 AND id NOT IN (SELECT task FROM delegations WHERE state = 'active'))`,
	}},
	{0, "a vote was closed at no time, or goes on and is closed", []string{`UPDATE votes SET closed_at = 0`}},
	{0, "a vote was settled on no level, or by nobody who may", []string{`UPDATE votes SET level = 0`}},
	{0, "a vote was settled on no level, or by nobody who may", []string{`UPDATE votes SET settled_by = 999999`}},
	{0, "a vote went to a delegation of another decision area", []string{`UPDATE votes SET delegation = (SELECT MIN(d.id) FROM delegations d WHERE d.task <> votes.task)`}},
	{0, "a vote has no place for its giver or for whom the level is", []string{`DELETE FROM ballots WHERE person IN (SELECT receiver FROM votes)`}},
	{1, "a vote goes on without its giver or whom the level is for", []string{
		reopen, `UPDATE people SET left_on = '2026-01-01' WHERE id IN (SELECT receiver FROM votes)`,
	}},
	{1, "a vote goes on that the clock does not look at", []string{reopen, `UPDATE votes SET due_at = 0`}},
	{1, "a vote goes on in a decision area that is closed", []string{reopen, `UPDATE tasks SET state = 'dropped' WHERE id IN (SELECT task FROM votes)`}},
	{10, "a ballot is open before its round was revealed", []string{`UPDATE votes SET revealed_at = 0`}},
	{10, "a round was revealed and hides a ballot that is in", []string{`UPDATE ballots SET open = 0 WHERE person IN (SELECT giver FROM votes)`}},
	{3, "a version of the terms is missing", []string{`DELETE FROM terms WHERE delegation = ` + oneActive + ` AND version = 1`}},
	{3, "terms are in force that nobody agreed to", []string{`UPDATE delegations SET agreed = agreed + 1 WHERE id = ` + oneActive}},
	{4, "a hand-on outlives what it was handed on from", []string{`UPDATE delegations SET parent = ` + oneEnded + ` WHERE id = ` + oneActive}},
	{4, "a hand-on has more authority than it was handed on from", []string{
		`UPDATE terms SET body = json_set(body, '$.authority.level', 1) WHERE delegation = ` + oneActive,
		`UPDATE terms SET body = json_set(body, '$.authority.level', 7) WHERE delegation = ` + another,
		`UPDATE delegations SET parent = ` + oneActive + ` WHERE id = ` + another,
	}},
	{5, "a decision outside the limits counts as decided without the giver", []string{
		`UPDATE decisions SET state = 'decided', outside = 'too dear', answered_by = 0 WHERE id = (SELECT MIN(id) FROM decisions)`,
	}},
	{5, "silence approved money", []string{
		`UPDATE terms SET body = json_remove(body, '$.authority.limits') WHERE delegation = (SELECT delegation FROM decisions ORDER BY id LIMIT 1)`,
		`UPDATE decisions SET state = 'decided', outside = '', ruling = 'intends', amount = 100, answered_by = 0 WHERE id = (SELECT MIN(id) FROM decisions)`,
	}},
	{5, "silence approved money", []string{
		`UPDATE items SET result = 'accepted by silence' WHERE kind = 'delivery'`,
		`UPDATE terms SET body = json_set(body, '$.price', 100, '$.per', 'whole')`,
	}},
	{6, "somebody was told of what they did themselves", []string{
		`INSERT INTO notices SELECT workspace, number, by, 0, 0, 1, 0 FROM events WHERE by > 0 ORDER BY number LIMIT 1`,
	}},
	{6, "somebody was told of an event there is not", []string{`INSERT INTO notices SELECT id, 999999, 1, 0, 0, 1, 0 FROM workspaces`}},
	{10, "somebody private to one member carries for another", []string{`UPDATE people SET owner = 999 WHERE id = (SELECT receiver FROM delegations WHERE id = ` + oneActive + `)`}},
}

// TestEveryPromiseCanBreak shows each check able to fail.
func TestEveryPromiseCanBreak(t *testing.T) {
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole.db")
	a := at(t, whole)
	cast, err := Demo(t.Context(), a, wednesday)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := promises.Broken(t.Context(), a, cast.Leader.Workspace, wednesday); err != nil || len(found) > 0 {
		t.Fatalf("before anything is broken: %v %v", found, err)
	}
	file := filepath.Join(dir, "copy.db")
	change(t, whole, `VACUUM INTO '`+file+`'`)
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range corruptions {
		t.Run(row.words, func(t *testing.T) {
			file := filepath.Join(dir, strconv.Itoa(i)+".db")
			if err := os.WriteFile(file, content, 0o600); err != nil {
				t.Fatal(err)
			}
			for _, statement := range row.sql {
				change(t, file, statement)
			}
			found, err := promises.Broken(t.Context(), at(t, file), cast.Leader.Workspace, wednesday)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(found, func(b store.Breach) bool { return b.Promise == row.promise && b.Words == row.words }) {
				t.Errorf("found %v", found)
			}
		})
	}
}

// at opens the database in a file and closes it after the test.
func at(t *testing.T, file string) *app.App {
	t.Helper()
	s, err := store.Open(t.Context(), file, store.Options{Unsynced: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return app.New(s, slog.New(slog.DiscardHandler))
}

// change runs a statement past the program, with nothing checked, and refuses
// one that changes no row.
func change(t *testing.T, file, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=ignore_check_constraints(1)&_pragma=foreign_keys(0)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	result, err := db.ExecContext(t.Context(), statement)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 && statement[:6] != "VACUUM" {
		t.Fatalf("%s: %d rows, %v", statement, n, err)
	}
}
