// Package storetest opens stores for tests: each test gets a database of its
// own, on SQLite and on PostgreSQL.
package storetest

import (
	"context"
	"path/filepath"
	"testing"

	"baton/internal/pgtest"
	"baton/internal/store"
)

// Databases names what a store runs on.
var Databases = []string{"sqlite", "postgres"}

// Each runs a test on an empty store of every kind of database.
func Each(t *testing.T, test func(*testing.T, *store.Store)) {
	t.Helper()
	for _, name := range Databases {
		t.Run(name, func(t *testing.T) { test(t, Open(t, DSN(t, name))) })
	}
}

// Open opens a store and closes it after the test.
func Open(t testing.TB, dsn string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), dsn, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// DSN returns the address of a database of one kind, with the schema and
// nothing in it. It is gone after the test.
func DSN(t testing.TB, name string) string {
	t.Helper()
	if name == "sqlite" {
		return filepath.Join(t.TempDir(), "baton.db")
	}
	err := pgtest.Use(t).Template(context.Background(), "baton", func(dsn string) error {
		s, err := store.Open(context.Background(), dsn, store.Options{})
		if err != nil {
			return err
		}
		return s.Close()
	})
	if err != nil {
		t.Fatal(err)
	}
	return pgtest.Database(t, "baton")
}

// Empty returns the address of a PostgreSQL database without a schema.
func Empty(t testing.TB) string { return pgtest.Database(t, "") }
