package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"baton/internal/work"
)

// A backup is a SQLite database, whatever it was made of: the tables of one
// moment, and two more that say what it is and what each table must hold. It is
// nobody's database; Open refuses it.

const (
	aboutTable = "backup_about"
	sumsTable  = "backup_tables"
	// mark is the application id in the header of a backup: "Batn".
	mark = 0x4261746e
)

// A Backup says what is in one.
type Backup struct {
	MadeAt time.Time `json:"made_at"`
	Schema int64     `json:"schema"`
	Tables []Sum     `json:"tables"`
}

// Rows counts the rows of all tables.
func (b Backup) Rows() (n int64) {
	for _, t := range b.Tables {
		n += t.Rows
	}
	return n
}

// Backup writes what the database holds at one moment to a SQLite file that is
// not there yet, and reads it back: the error says when what is in the file is
// not what was read. Others go on writing to the database meanwhile.
func (s *Store) Backup(ctx context.Context, path string, at time.Time) (b Backup, err error) {
	err = s.read(ctx, func(from session) error {
		version, err := one(ctx, from, number[int64], `SELECT MAX(version_id) FROM goose_db_version`)
		if err != nil {
			return err
		}
		b, err = from.backUp(ctx, path, Backup{MadeAt: at, Schema: version})
		return err
	})
	if err != nil {
		return b, s.dialect.explain(sqliteDialect{}.explain(err))
	}
	read, err := InspectBackup(ctx, path)
	if err == nil && len(differing(b.Tables, read.Tables)) > 0 {
		err = fmt.Errorf("the backup reads otherwise than it was written: %v", differing(b.Tables, read.Tables))
	}
	return b, err
}

// backUp fills a new file from a snapshot.
func (s session) backUp(ctx context.Context, path string, b Backup) (_ Backup, err error) {
	f, err := openFile(ctx, path, b.Schema)
	if err != nil {
		return b, err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	err = f.conn.transact(ctx, "BEGIN", func() error {
		all, err := f.tables(ctx)
		if err != nil {
			return err
		}
		if b.Tables, err = f.copyAll(ctx, s, all); err != nil {
			return err
		}
		return f.describe(ctx, b)
	})
	return b, err
}

// describe writes down what a backup is and what it must hold.
func (s session) describe(ctx context.Context, b Backup) error {
	for _, statement := range []string{
		fmt.Sprintf("PRAGMA application_id = %d", mark),
		`CREATE TABLE ` + aboutTable + ` (made_at INTEGER NOT NULL) STRICT`,
		`CREATE TABLE ` + sumsTable + ` (position INTEGER PRIMARY KEY, name TEXT NOT NULL, count INTEGER NOT NULL, digest TEXT NOT NULL) STRICT`,
	} {
		if err := s.exec(ctx, statement); err != nil {
			return err
		}
	}
	if err := s.exec(ctx, `INSERT INTO `+aboutTable+` (made_at) VALUES (?)`, micros(b.MadeAt)); err != nil {
		return err
	}
	for i, t := range b.Tables {
		if err := s.exec(ctx, `INSERT INTO `+sumsTable+` (position, name, count, digest) VALUES (?, ?, ?, ?)`, i, t.Table, t.Rows, t.Digest); err != nil {
			return err
		}
	}
	return nil
}

// InspectBackup checks a backup: the file, its references, and each row by the
// digest of its table. What is wrong is a sentence.
func InspectBackup(ctx context.Context, path string) (Backup, error) {
	if !isBackup(path) {
		return Backup{}, work.Errorf(work.Invalid, "This is no backup of Baton, or it is damaged; use another one.")
	}
	f, err := openFile(ctx, path, 0)
	if err != nil {
		return Backup{}, damagedBackup(err)
	}
	b, err := f.inspect(ctx)
	return b, errors.Join(damagedBackup(err), f.close())
}

func (s session) inspect(ctx context.Context) (b Backup, err error) {
	if b.Schema, err = one(ctx, s, number[int64], `SELECT MAX(version_id) FROM goose_db_version`); err != nil {
		return b, err
	}
	at, err := one(ctx, s, number[int64], `SELECT made_at FROM `+aboutTable)
	if err != nil {
		return b, err
	}
	b.MadeAt = instant(at)
	found, err := s.damage(ctx, `PRAGMA integrity_check`)
	if err != nil {
		return b, err
	}
	if len(found) > 0 {
		return b, errAltered(found[0])
	}
	written, err := collect(ctx, s, func(row scanner) (t Sum, err error) {
		return t, row.Scan(&t.Table, &t.Rows, &t.Digest)
	}, `SELECT name, count, digest FROM `+sumsTable+` ORDER BY position`)
	if err != nil {
		return b, err
	}
	for _, w := range written {
		t, err := s.table(ctx, w.Table)
		if err != nil {
			return b, err
		}
		has, err := s.sum(ctx, t, span{})
		if err != nil {
			return b, err
		}
		b.Tables = append(b.Tables, has)
	}
	all, err := s.tables(ctx)
	switch wrong := differing(written, b.Tables); {
	case err != nil:
		return b, err
	case len(wrong) > 0:
		return b, errAltered("rows of " + strings.Join(wrong, ", ") + " are not what was written")
	case len(all) > len(written):
		return b, errAltered("it has more tables than it says")
	}
	return b, nil
}

func errAltered(how string) error {
	return work.Errorf(work.Invalid, "The backup is damaged (%s); use another one.", how)
}

// damagedBackup turns what SQLite finds into the sentence about a backup.
func damagedBackup(err error) error {
	if err == nil || work.KindOf(err) != "" {
		return err
	}
	if explained := (sqliteDialect{}).explain(err); work.KindOf(explained) == work.Full {
		return explained
	}
	return errAltered(err.Error())
}

// BringBack fills an empty database from a backup that InspectBackup found
// whole: all of it or nothing. An older backup is brought up to date in its
// file, which changes.
func (s *Store) BringBack(ctx context.Context, path string) (b Backup, err error) {
	newest, err := newestStep()
	if err != nil {
		return b, err
	}
	if b, err = InspectBackup(ctx, path); err != nil {
		return b, err
	}
	if b.Schema > newest {
		return b, work.Errorf(work.Conflict, "The backup was made by a newer Baton (schema %d, this program knows %d); install the newer one.", b.Schema, newest)
	}
	f, err := openFile(ctx, path, newest)
	if err != nil {
		return b, err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	err = s.write(ctx, func(to session) error {
		all, err := f.tables(ctx)
		if err != nil {
			return err
		}
		if err := to.clear(ctx, all); err != nil {
			return err
		}
		read, err := to.copyAll(ctx, f.session, all)
		if err != nil {
			return err
		}
		return to.complete(ctx, all, read)
	})
	return b, s.dialect.explain(err)
}

// complete checks that tables hold what was read elsewhere, and makes it found.
func (s session) complete(ctx context.Context, all []table, read []Sum) error {
	there, err := s.sums(ctx, all)
	if err != nil {
		return err
	}
	if wrong := differing(read, there); len(wrong) > 0 {
		return fmt.Errorf("rows of %v read otherwise than they were written", wrong)
	}
	return s.findable(ctx)
}

// clear refuses a database that holds a workspace or an account, and takes away
// what an empty one holds all the same, such as a link to set it up.
func (s session) clear(ctx context.Context, all []table) error {
	there, err := one(ctx, s, number[int64], `SELECT (SELECT COUNT(*) FROM workspaces) + (SELECT COUNT(*) FROM accounts)`)
	if err != nil {
		return err
	}
	if there > 0 {
		return work.Errorf(work.Conflict, "The database holds a workspace already, and nothing is written over it. Name an empty one, a file that is not there yet or a new PostgreSQL database.")
	}
	return s.empty(ctx, all)
}

// A file is a SQLite database that is nobody's: a backup being written or read.
type file struct {
	session
	db *sql.DB
}

// openFile opens such a file and brings its schema to a version; 0 leaves it
// as it is and refuses to change it. It is not synced.
func openFile(ctx context.Context, path string, version int64) (*file, error) {
	pragmas := []string{"journal_mode(MEMORY)", "synchronous(OFF)"}
	if version == 0 {
		pragmas = []string{"query_only(1)"}
	}
	d := sqliteDialect{}
	db, err := sql.Open("sqlite", fileDSN(path, append(pragmas, "temp_store(MEMORY)", "foreign_keys(1)", "cache_size(-16000)")...))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	if version > 0 {
		if err := climbTo(ctx, db, d, goose.DialectSQLite3, version); err != nil {
			return nil, errors.Join(err, db.Close())
		}
	}
	c, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("connect to %s: %w", path, err), db.Close())
	}
	return &file{session{&conn{c: c, stmts: map[string]*sql.Stmt{}, d: d}, d}, db}, nil
}

func (f *file) close() error { return errors.Join(f.conn.close(), f.db.Close()) }

// climbTo brings a schema to one version.
func climbTo(ctx context.Context, db *sql.DB, d dialect, name goose.Dialect, version int64) error {
	steps, err := steps(d)
	if err != nil {
		return err
	}
	provider, err := ladder(db, steps, name)
	if err != nil {
		return err
	}
	if _, err := provider.UpTo(ctx, version); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// newestStep is the schema's version that this program makes.
func newestStep() (int64, error) {
	all, err := steps(sqliteDialect{})
	if err != nil {
		return 0, err
	}
	return all[len(all)-1].Version, nil
}

// isBackup reports whether a file says that it is a backup.
func isBackup(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // it was only read
	var id [4]byte
	_, err = f.ReadAt(id[:], 68) // where SQLite keeps the application id
	return (err == nil || errors.Is(err, io.EOF)) && binary.BigEndian.Uint32(id[:]) == mark
}
