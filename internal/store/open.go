package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"baton/internal/work"
)

//go:embed migrations/*.sql
var migrations embed.FS

func openSQLite(ctx context.Context, path string, o Options) (*Store, error) {
	if dir := filepath.Dir(path); dir != "." {
		switch _, err := os.Stat(dir); {
		case errors.Is(err, fs.ErrPermission):
			return nil, work.Errorf(work.Forbidden, "There is no permission to look into the directory %s of the database.", dir)
		case err != nil:
			return nil, work.Errorf(work.Invalid, "There is no directory %s for the database; make it first.", dir)
		}
	}
	if _, err := os.Stat(path); o.Look && err != nil {
		return nil, work.Errorf(work.NotFound, "There is no database at %s.", path)
	}
	if isBackup(path) {
		return nil, work.Errorf(work.Invalid, "%s is a backup, not a database to work in; bring it back with baton restore.", path)
	}
	makePrivate(path)
	d := sqliteDialect{}
	writer, err := sql.Open("sqlite", sqliteDSN(path, o.pragmas()...))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	writer.SetMaxOpenConns(1)
	if err := migrate(ctx, writer, d, goose.DialectSQLite3, o); err != nil {
		return nil, errors.Join(unopened(path, d.explain(err)), writer.Close())
	}
	reader, err := sql.Open("sqlite", sqliteDSN(path, "query_only(1)"))
	if err != nil {
		return nil, fmt.Errorf("open %s for reading: %w", path, err)
	}
	c, err := writer.Conn(ctx)
	if err != nil {
		return nil, d.explain(fmt.Errorf("connect to %s: %w", path, err))
	}
	return &Store{
		dsn: path, dialect: d, writer: writer, reader: reader,
		readers: newPool(reader, d, 8, true),
		queue:   newQueue(&conn{c: c, stmts: map[string]*sql.Stmt{}, d: d}),
	}, nil
}

// makePrivate makes a database that is not there, empty and for its owner alone:
// SQLite would let everybody on the machine read it. What SQLite writes beside
// it has the same permissions. What cannot be made is said when it is opened.
func makePrivate(path string) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err == nil {
		_ = f.Close() // nothing was written
	}
}

// unopened says why a database that is there could not be opened: SQLite needs
// to write beside it, and says of a directory or a disk that is read-only only
// that the file cannot be opened.
func unopened(path string, err error) error {
	if work.KindOf(err) != work.Invalid {
		return err
	}
	if _, missing := os.Stat(path); missing != nil {
		return err
	}
	probe, failed := os.CreateTemp(filepath.Dir(path), ".baton-*")
	if failed != nil {
		return errReadOnly
	}
	return errors.Join(err, probe.Close(), os.Remove(probe.Name()))
}

// pragmas are those of the connection that writes.
func (o Options) pragmas() []string {
	out := []string{"synchronous(FULL)"}
	if o.Unsynced {
		out[0] = "synchronous(OFF)"
	}
	if o.Look {
		out = append(out, "query_only(1)")
	}
	return out
}

func sqliteDSN(path string, pragmas ...string) string {
	return fileDSN(path, append([]string{"busy_timeout(30000)", "journal_mode(WAL)", "foreign_keys(1)", "temp_store(MEMORY)", "cache_size(-4000)"}, pragmas...)...)
}

func fileDSN(path string, pragmas ...string) string {
	q := url.Values{}
	for _, p := range pragmas {
		q.Add("_pragma", p)
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// Sync makes every commit from here on wait for the disk.
func (s *Store) Sync(ctx context.Context) error {
	if s.queue == nil {
		return nil
	}
	s.queue.close()
	for _, pragma := range []string{"PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA synchronous = FULL"} {
		if _, err := s.queue.conn.c.ExecContext(ctx, pragma); err != nil {
			return fmt.Errorf("%s: %w", pragma, err)
		}
	}
	s.queue = newQueue(s.queue.conn)
	return nil
}

func openPostgres(ctx context.Context, dsn string, o Options) (*Store, error) {
	d := postgresDialect{}
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, work.Errorf(work.Invalid, "The PostgreSQL address cannot be read; write it like postgres://user:password@host:5432/name.")
	}
	config.MaxConns = 24
	pg, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, d.explain(fmt.Errorf("connect: %w", err))
	}
	db := stdlib.OpenDBFromPool(pg)
	if err := db.PingContext(ctx); err != nil {
		pg.Close()
		return nil, errors.Join(d.explain(fmt.Errorf("connect: %w", err)), db.Close())
	}
	if err := migrate(ctx, db, d, goose.DialectPostgres, o); err != nil {
		pg.Close()
		return nil, errors.Join(d.explain(err), db.Close())
	}
	return &Store{
		dsn: dsn, dialect: d, writer: db, reader: db, pg: pg,
		readers: newPool(db, d, 12, false), writers: newPool(db, d, 12, false),
	}, nil
}

// migrate brings the schema up to date, or refuses a database that only newer
// programs understand. Programs that start together stumble over each other's
// steps; who stumbles looks again.
func migrate(ctx context.Context, db *sql.DB, d dialect, name goose.Dialect, o Options) error {
	steps, err := steps(d)
	if err != nil {
		return err
	}
	if o.Look {
		if err := current(ctx, db, steps[len(steps)-1].Version, o.Older); err != nil {
			return err
		}
		return moved(ctx, db, o)
	}
	for range len(steps) + 2 {
		if err = climb(ctx, db, steps, name); err == nil || work.KindOf(err) != "" {
			break
		}
	}
	if err != nil {
		return err
	}
	return moved(ctx, db, o)
}

// moved refuses a database that does not hold yet all that is being moved there.
func moved(ctx context.Context, db *sql.DB, o Options) error {
	if o.Older || o.Unfinished { // an older one knows of no moves
		return nil
	}
	var n int64
	if err := db.QueryRowContext(ctx, `SELECT COUNT(*) FROM moving`).Scan(&n); err != nil {
		return fmt.Errorf("see whether it was moved here: %w", err)
	}
	if n > 0 {
		return work.Errorf(work.Conflict, "The database is the unfinished copy of another one; give the same baton move again, and it goes on where it was.")
	}
	return nil
}

// ladder is what goes up the steps of a database.
func ladder(db *sql.DB, steps []*goose.Migration, name goose.Dialect) (*goose.Provider, error) {
	provider, err := goose.NewProvider(name, db, nil, goose.WithGoMigrations(steps...), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("prepare migrations: %w", err)
	}
	return provider, nil
}

func climb(ctx context.Context, db *sql.DB, steps []*goose.Migration, name goose.Dialect) error {
	provider, err := ladder(db, steps, name)
	if err != nil {
		return err
	}
	newest := steps[len(steps)-1].Version
	have, err := provider.GetDBVersion(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("read the schema's version: %w", err)
	case have == newest:
		return nil
	case have > newest:
		return tooNew(ctx, db, newest)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// current refuses a database whose schema is another than this program's, an
// older one unless it will do.
func current(ctx context.Context, db *sql.DB, newest int64, older bool) error {
	var have int64
	if err := db.QueryRowContext(ctx, `SELECT MAX(version_id) FROM goose_db_version`).Scan(&have); err != nil {
		return work.Errorf(work.NotFound, "There is nothing of Baton in this database.")
	}
	switch {
	case have > newest:
		return tooNew(ctx, db, newest)
	case have < newest && !older:
		return work.Errorf(work.Conflict, "The database was made by an older Baton (schema %d, this program makes it %d); any command brings it up to date. Keep a copy of it first.", have, newest)
	}
	return nil
}

func tooNew(ctx context.Context, db *sql.DB, newest int64) error {
	var oldest int64
	if err := db.QueryRowContext(ctx, `SELECT oldest FROM schema_floor`).Scan(&oldest); err != nil {
		return fmt.Errorf("read the schema's floor: %w", err)
	}
	if oldest > newest {
		return work.Errorf(work.Conflict, "The database was made by a newer Baton (schema %d, this program knows %d); install the newer one.", oldest, newest)
	}
	return nil
}

var braced = regexp.MustCompile(`\{(\w+)\}`)

// steps reads the embedded migrations for a dialect: 00002_search.sqlite.sql
// is for SQLite alone, 00001_first.sql for both.
func steps(d dialect) ([]*goose.Migration, error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	var out []*goose.Migration
	for _, file := range files {
		base := strings.TrimSuffix(filepath.Base(file), ".sql")
		if ext := filepath.Ext(base); ext != "" && ext != "."+d.name() {
			continue
		}
		version, err := strconv.ParseInt(base[:5], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("migration %s: %w", file, err)
		}
		body, err := migrations.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("migration %s: %w", file, err)
		}
		text := braced.ReplaceAllStringFunc(string(body), func(w string) string { return d.column(strings.Trim(w, "{}")) })
		out = append(out, goose.NewGoMigration(version, &goose.GoFunc{RunTx: runAll(d, text, version)}, nil))
	}
	return out, nil
}

// searchStep is the migration after which every task is indexed anew.
const searchStep = 3

// wordsStep is the migration after which all else that is found is indexed.
const wordsStep = 14

// runAll runs the statements of a migration one by one.
func runAll(d dialect, text string, version int64) func(context.Context, *sql.Tx) error {
	return func(ctx context.Context, tx *sql.Tx) error {
		for statement := range strings.SplitSeq(text, ";\n") {
			if strings.TrimSpace(statement) == "" {
				continue
			}
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", head(statement), err)
			}
		}
		switch version {
		case searchStep:
			return indexAll(ctx, tx, d)
		case wordsStep:
			return rewordAtStep(ctx, tx, d)
		}
		return nil
	}
}
