// Package storetest opens stores for tests: each test gets a database of its
// own, on SQLite and on PostgreSQL.
package storetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
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
		file, err := template()
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "baton.db")
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
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

// template is the file of a SQLite database with the schema and nothing in it,
// made once: to make the schema takes longer than most tests do.
var template = sync.OnceValues(func() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "baton-template-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "baton.db")
	s, err := store.Open(context.Background(), path, store.Options{Unsynced: true})
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Empty returns the address of a PostgreSQL database without a schema.
func Empty(t testing.TB) string { return pgtest.Database(t, "") }
