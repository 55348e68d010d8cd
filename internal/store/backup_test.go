package store

import (
	"crypto/sha256"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baton/internal/work"
)

// TestAnOlderBackupIsBroughtUpToDate copies a database of an earlier step, as
// it is, and brings it back into one of this step.
func TestAnOlderBackupIsBroughtUpToDate(t *testing.T) {
	ctx := t.Context()
	old := filepath.Join(t.TempDir(), "old.db")
	f, err := openFile(ctx, old, searchStep+1)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`INSERT INTO workspaces (id, name, kind, currency, zone, next_id, next_event, created_at) VALUES (1, 'Clinic', 'team', 'USD', 'UTC', 2000, 1, 0)`,
		`INSERT INTO people (workspace, id, name, kind, email, owner, accountable, skills, interests, wishes, credentials, absences, stand_in, hour_cost, released, zone, note, left_on, away, next_change, digested_at, source_key, source_said, version)
			VALUES (1, 7, 'Ada', 'teammate', '', 0, 0, '[]', '[]', '[]', '[]', '[]', 0, 0, 0, '', '', '', 0, 0, 0, '', '', 1)`,
	} {
		if err := f.exec(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, old, Options{Look: true}); work.KindOf(err) != work.Conflict {
		t.Errorf("looked at as it is: %v", err)
	}
	s, err := Open(ctx, old, Options{Look: true, Older: true})
	if err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	b, err := s.Backup(ctx, backup, time.Time{})
	if err != nil || b.Schema != searchStep+1 || b.Rows() != 2 {
		t.Fatalf("%v, %v", b, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			to := opened(t, kind.dsn(t))
			defer func() { _ = to.Close() }()
			copied := filepath.Join(t.TempDir(), "copied.db")
			again, err := Open(ctx, old, Options{Look: true, Older: true})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = again.Close() }()
			if _, err := again.Backup(ctx, copied, time.Time{}); err != nil {
				t.Fatal(err)
			}
			if _, err := to.BringBack(ctx, copied); err != nil {
				t.Fatal(err)
			}
			err = to.Read(ctx, 1, func(tx *Tx) error {
				hits, err := tx.Found(ctx, Look{Reader: 7, Words: "ada", Limit: 10})
				if len(hits) != 1 {
					t.Errorf("the search finds %v", hits)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestANewerBackupIsRefused and leaves the database as empty as it was.
func TestANewerBackupIsRefused(t *testing.T) {
	ctx := t.Context()
	backup := filepath.Join(t.TempDir(), "backup.db")
	if _, err := filled(t).Backup(ctx, backup, time.Time{}); err != nil {
		t.Fatal(err)
	}
	db, err := openFile(ctx, backup, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.exec(ctx, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`); err != nil {
		t.Fatal(err)
	}
	if err := db.close(); err != nil {
		t.Fatal(err)
	}
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			s := opened(t, kind.dsn(t))
			defer func() { _ = s.Close() }()
			_, err := s.BringBack(ctx, backup)
			if work.KindOf(err) != work.Conflict || !strings.Contains(err.Error(), "newer Baton (schema 9999, this program knows") {
				t.Errorf("%v, want the sentence about the newer program", err)
			}
		})
	}
}

// TestCopiesHaveEveryTable holds the list of what a copy leaves out: a table
// that is not on it comes along by itself.
func TestCopiesHaveEveryTable(t *testing.T) {
	s := opened(t, filepath.Join(t.TempDir(), "baton.db"))
	defer func() { _ = s.Close() }()
	err := s.read(t.Context(), func(c session) error {
		names, err := collect(t.Context(), c, text, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'task_search_%' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
		if err != nil {
			return err
		}
		all, err := c.tables(t.Context())
		if err != nil {
			return err
		}
		copied := map[string]bool{}
		for _, t := range all {
			copied[t.name] = true
		}
		var left []string
		for _, name := range names {
			if !copied[name] {
				left = append(left, name)
			}
		}
		if diff := cmp.Diff([]string{"backups", "goose_db_version", "moving", "schema_floor", "search_words", "task_search"}, left); diff != "" {
			t.Error(diff)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestDigestsTellRowsApart holds that what looks alike is not the same.
func TestDigestsTellRowsApart(t *testing.T) {
	seen := map[string]int{}
	rows := [][]any{{"a", "b"}, {"ab", ""}, {"", "ab"}, {int64(1), "b"}, {"1", "b"}, {nil, "b"}, {[]byte("a"), "b"}, {"b", "a"}, {int64(-1), "b"}}
	for i, row := range rows {
		h := sha256.New()
		if err := digestRow(h, row); err != nil {
			t.Fatal(err)
		}
		digest := string(h.Sum(nil))
		if before, twice := seen[digest]; twice {
			t.Errorf("%v and %v are the same", rows[before], row)
		}
		seen[digest] = i
	}
	if err := digestRow(sha256.New(), []any{1.5}); err == nil {
		t.Error("a column that holds a fraction was digested")
	}
}
