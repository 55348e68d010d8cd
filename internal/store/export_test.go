package store

import (
	"path/filepath"
	"slices"
	"testing"
)

// TestEveryTableIsExportedOrASecret fails for a new table until somebody says
// which of the two it is.
func TestEveryTableIsExportedOrASecret(t *testing.T) {
	stays := []string{"schema_floor", "goose_db_version", "sqlite_sequence", "sessions", "signin_links", "setup_links", "tokens", "idempotency", "access_secrets"}
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
