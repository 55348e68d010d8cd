package store_test

import (
	"database/sql"
	"log/slog"
	"net/http"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/history"
	"baton/internal/app/operations"
	"baton/internal/app/tasks"
	"baton/internal/sim"
	"baton/internal/store"
	"baton/internal/work"
)

// walk is a step that reads a whole table or all that a workspace has of it.
var walk = regexp.MustCompile(`^(?:SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?INDEX (\w+))?(?: USING PRIMARY KEY)?(?: \(workspace=\?\))?$`)

// few are what may be walked: tables with a row for each person or less, or for
// each skill of a person, what
// a statement made itself, and indexes that hold only what goes on.
var few = map[string]bool{
	"people": true, "members": true, "areas": true, "focus_areas": true, "playbooks": true, "workspaces": true, "accounts": true, "imports": true,
	"beliefs": true, "few": true, "chain": true, "found": true, "delegations_active": true,
}

// TestNoStatementWalksATable asks SQLite how it answers every statement that a
// story of many operations prepared.
func TestNoStatementWalksATable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "baton.db")
	s, err := store.Open(t.Context(), path, store.Options{Unsynced: true})
	if err != nil {
		t.Fatal(err)
	}
	a := app.New(s, slog.New(slog.DiscardHandler))
	cast, err := sim.Demo(t.Context(), a, time.Date(2026, 11, 25, 15, 30, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	look(t, a, cast.Leader)
	prepared := s.Prepared()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, query := range prepared {
		if !strings.ContainsAny(query, "=?") || strings.Contains(query, "MAX(") {
			continue // begins or ends a transaction, or looks at the end of an index
		}
		for _, step := range explain(t, db, query) {
			if m := walk.FindStringSubmatch(step); m != nil && !few[names[m[1]]] && !few[m[1]] && !few[m[2]] {
				t.Errorf("%s\n%s", strings.Join(strings.Fields(query), " "), step)
			}
		}
	}
}

// names are what short names in statements stand for.
var names = map[string]string{"p": "people", "g": "people", "r": "people", "m": "members", "w": "workspaces"}

// look makes every operation that only reads and needs no more than who asks.
func look(t *testing.T, a *app.App, me app.Actor) {
	t.Helper()
	for _, o := range operations.All() {
		// An export reads everything, and is asked for once in a while.
		if d := o.Describe(); d.Method == http.MethodGet && !strings.Contains(d.Path, "{") && !strings.HasPrefix(d.Name, "export") {
			_, _ = o.DoAny(t.Context(), a, me, reflect.New(o.In()).Interface())
		}
	}
	for _, in := range []history.AskEvents{{Delegation: 1}, {Task: 1}, {Person: me.Person}} {
		if _, err := history.Events.Do(t.Context(), a, me, in); err != nil && work.KindOf(err) == "" {
			t.Error(err)
		}
	}
	given, err := delegations.List.Do(t.Context(), a, me, delegations.AskList{Side: "given"})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range given.Items {
		if _, err := delegations.History.Do(t.Context(), a, me, delegations.On{Delegation: d.ID}); err != nil {
			t.Error(err)
		}
		if _, err := tasks.Show.Do(t.Context(), a, me, tasks.AskTask{Task: d.Task}); err != nil {
			t.Error(err)
		}
	}
	for _, due := range []string{tasks.Late, tasks.Soon} {
		if _, err := tasks.Plate.Do(t.Context(), a, me, tasks.AskPlate{Due: due}); err != nil {
			t.Error(err)
		}
	}
	for _, words := range []string{"clean clinic", "clin*"} {
		if _, err := tasks.Others.Do(t.Context(), a, me, tasks.AskSearch{Words: words}); err != nil {
			t.Error(err)
		}
	}
	if _, err := tasks.Search.Do(t.Context(), a, me, tasks.AskSearch{Words: "clean clinic"}); err != nil {
		t.Error(err)
	}
}

// explain returns the steps of SQLite's plan for a statement.
func explain(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	args := make([]any, strings.Count(query, "?"))
	for i := range args {
		args[i] = int64(1)
	}
	rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer func() { _ = rows.Close() }()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return steps
}
