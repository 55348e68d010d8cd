package store

import (
	"errors"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"baton/internal/work"
)

// A dialect is what the two databases disagree about.
type dialect interface {
	name() string
	beginRead() string
	forUpdate() string
	// column returns the type behind a {word} of a migration.
	column(word string) string
	// explain turns what the operator can mend into a sentence.
	explain(err error) error
	unique(err error) bool
	// refused reports whether a constraint of the schema refused a row.
	refused(err error) bool
	// rebind gives placeholders the form the driver reads.
	rebind(query string) string
	// search finds the ids of the newest tasks on a plate that have all the
	// words, before one of them.
	search(s lookup) statement
	// indexTasks makes the words of tasks found that were not indexed before.
	indexTasks(ws work.WorkspaceID, tasks []*work.Task) []statement
	// unindexTasks forgets the words of at most so many tasks as most says, which
	// are still as they were indexed.
	unindexTasks(ws work.WorkspaceID, ids []work.TaskID) statement
}

var (
	errReadOnly = work.Errorf(work.Conflict, "The database is read-only; nothing was changed.")
	errFull     = work.Errorf(work.Full, "The disk is full; nothing was changed. Make room and try again.")
)

type sqliteDialect struct{}

func (sqliteDialect) name() string           { return "sqlite" }
func (sqliteDialect) beginRead() string      { return "BEGIN DEFERRED" }
func (sqliteDialect) rebind(q string) string { return q }
func (sqliteDialect) forUpdate() string      { return "" } // BEGIN IMMEDIATE holds the lock

func (sqliteDialect) column(word string) string {
	return map[string]string{"text": "TEXT", "int": "INTEGER", "blob": "BLOB", "strict": " STRICT"}[word]
}

func (sqliteDialect) unique(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}

func (sqliteDialect) refused(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_CONSTRAINT
}

func (sqliteDialect) explain(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	if e.Code() == sqlite3.SQLITE_IOERR_SHMSIZE { // no room for the index of the log
		return errFull
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return errFull
	case sqlite3.SQLITE_READONLY:
		return errReadOnly
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return work.Errorf(work.Invalid, "The file is not a database of Baton, or it is damaged.")
	case sqlite3.SQLITE_CANTOPEN:
		return work.Errorf(work.Invalid, "The database file cannot be opened; check that its directory exists and may be written to.")
	case sqlite3.SQLITE_PERM:
		return work.Errorf(work.Forbidden, "There is no permission to open the database file.")
	}
	if errors.Is(err, syscall.ENOSPC) {
		return errFull
	}
	return err
}

type postgresDialect struct{}

func (postgresDialect) name() string           { return "postgres" }
func (postgresDialect) beginRead() string      { return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" }
func (postgresDialect) rebind(q string) string { return rebind(q) }
func (postgresDialect) forUpdate() string      { return " FOR UPDATE" }

func (postgresDialect) column(word string) string {
	return map[string]string{"text": `TEXT COLLATE "C"`, "int": "BIGINT", "blob": "BYTEA", "strict": ""}[word]
}

func (postgresDialect) unique(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == "23505"
}

func (postgresDialect) refused(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (strings.HasPrefix(e.Code, "23") || strings.HasPrefix(e.Code, "22"))
}

func (postgresDialect) explain(err error) error {
	var e *pgconn.PgError
	var connect *pgconn.ConnectError
	switch {
	case errors.As(err, &connect) && !errors.As(err, &e):
		return work.Errorf(work.Unreachable, "PostgreSQL does not answer at the address given: %s.", plainCause(connect))
	case errors.As(err, &connect):
		return work.Errorf(work.Invalid, "PostgreSQL cannot be reached with the address given: %s.", plainCause(connect))
	case !errors.As(err, &e):
		return err
	case e.Code == "53100":
		return work.Errorf(work.Full, "The disk of the database is full; nothing was changed.")
	case e.Code == "25006":
		return errReadOnly
	}
	return err
}

// plainCause is the innermost reason of a failed connection: it is said once
// for all addresses that were tried, and without the one given, which may hold
// a password.
func plainCause(err error) string {
	for {
		next := errors.Unwrap(err)
		if several, ok := err.(interface{ Unwrap() []error }); ok && len(several.Unwrap()) > 0 {
			next = several.Unwrap()[0]
		}
		if next == nil {
			return strings.TrimSuffix(err.Error(), ".")
		}
		err = next
	}
}
