package store

import (
	"path/filepath"
	"slices"
	"testing"

	"baton/internal/work"
)

// TestEveryTableIsExportedOrASecret fails for a new table until somebody says
// which of the two it is.
func TestEveryTableIsExportedOrASecret(t *testing.T) {
	stays := []string{"schema_floor", "goose_db_version", "sqlite_sequence", "sessions", "signin_links", "signin_asks", "key_check", "signin_steps", "passwords", "code_apps", "recovery_codes", "passkeys", "setup_links", "tokens", "attempts", "idempotency", "access_secrets", "search_words", "moving", "backups"}
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "baton.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	var tables []string
	err = s.ReadGlobal(t.Context(), func(g *Global) (err error) {
		tables, err = collect(t.Context(), g.session, func(row scanner) (name string, err error) { err = row.Scan(&name); return name, err },
			`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'task_search%'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		taken := slices.ContainsFunc(exports, func(e exported) bool { return e.name == table })
		if taken == slices.Contains(stays, table) {
			t.Errorf("%s must be in exports or in the list of what stays", table)
		}
		if taken && keys[table] == "" {
			t.Errorf("%s has no order", table)
		}
	}
}

// TestWhatAnotherKeepsToThemselvesIsBlank exports a task and a membership for
// their owner and for somebody else.
func TestWhatAnotherKeepsToThemselvesIsBlank(t *testing.T) {
	for _, row := range []struct {
		table, whose string
		columns      []string
		private      []any
	}{
		{"members", "person", []string{"capacity", "hour_price"}, []any{int64(2400), int64(9000)}},
		{"tasks", "author", []string{"source_key", "source_said"}, []any{"todoist:1", `{"matters":"3"}`}},
	} {
		for reader, blank := range map[work.PersonID]bool{1: false, 2: true} {
			columns, values := append([]string{row.whose}, row.columns...), append([]any{int64(1)}, row.private...)
			keepOwn(row.table, columns, values, reader)
			for i, was := range row.private {
				if gone := values[i+1] != was; gone != blank {
					t.Errorf("%s.%s of 1 in an export for %d is %v", row.table, row.columns[i], reader, values[i+1])
				}
			}
		}
	}
}
