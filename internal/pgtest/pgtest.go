// Package pgtest lends tests a PostgreSQL of their own: a throw-away cluster
// for each process, started from the distribution's binaries at first use, and
// a database for each test.
//
// A shell minds the cluster and waits on a pipe from this process. However the
// process ends, the pipe closes, and the shell stops the cluster and removes
// its files. There is no port: connections go over a socket in its directory.
package pgtest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

// A Cluster is a running PostgreSQL.
type Cluster struct {
	dir   string
	mu    sync.Mutex
	admin *pgx.Conn
	made  int
	mind  io.Closer // the pipe that keeps the cluster alive
}

var errMissing = errors.New("PostgreSQL is not installed; install the package postgresql")

var shared = sync.OnceValues(start)

// Use returns this process's cluster. Without PostgreSQL on the machine the
// test is skipped, or fails where BATON_TEST_STRICT says that nothing may be
// missing.
func Use(t testing.TB) *Cluster {
	t.Helper()
	c, err := shared()
	switch {
	case errors.Is(err, errMissing) && os.Getenv("BATON_TEST_STRICT") == "":
		t.Skip(err)
	case err != nil:
		t.Fatal(err)
	}
	return c
}

// Database returns the address of a new database that is gone after the test:
// empty, or a copy of one that Template made.
func Database(t testing.TB, template string) string {
	t.Helper()
	dsn, drop, err := Use(t).Create(context.Background(), template)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := drop(); err != nil {
			t.Error(err)
		}
	})
	return dsn
}

// Create makes a database, a copy of a template or empty, and returns its
// address and what drops it.
func (c *Cluster) Create(ctx context.Context, template string) (dsn string, drop func() error, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.made++
	name := fmt.Sprintf("test%d", c.made)
	if template == "" {
		template = "template1"
	}
	if _, err := c.admin.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE "+pgx.Identifier{template}.Sanitize()); err != nil {
		return "", nil, fmt.Errorf("create a database for the test: %w", err)
	}
	return c.dsn(name), func() error { return c.drop(name) }, nil
}

// Template makes a database that others are copies of, filled once by fill.
func (c *Cluster) Template(ctx context.Context, name string, fill func(dsn string) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var there bool
	if err := c.admin.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", name).Scan(&there); err != nil || there {
		return err
	}
	if _, err := c.admin.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()); err != nil {
		return fmt.Errorf("create the template %s: %w", name, err)
	}
	if err := fill(c.dsn(name)); err != nil {
		return fmt.Errorf("fill the template %s: %w", name, err)
	}
	return nil
}

func (c *Cluster) drop(name string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := c.admin.Exec(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
		return fmt.Errorf("drop the test's database: %w", err)
	}
	return nil
}

func (c *Cluster) dsn(name string) string {
	return "postgres://postgres@/" + name + "?host=" + url.QueryEscape(c.dir)
}

// script makes a cluster, says "ready" and minds it until its input ends. The
// default collation is a language's on purpose: text that must sort bytewise
// says so itself, or a test sees it.
const script = `
bin=$1 dir=$2
trap 'rm -rf "$dir"' EXIT
made() { "$bin/initdb" -D "$dir/data" -U postgres --auth=trust -E UTF8 --no-sync "$@" >"$dir/log" 2>&1; }
made --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US || made --locale=C.UTF-8 || made --locale=C || { cat "$dir/log"; exit 1; }
settings="-k $dir -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=32MB -c max_connections=200 -c jit=off"
"$bin/pg_ctl" -s -w -D "$dir/data" -l "$dir/log" -o "$settings" start </dev/null >/dev/null 2>&1 || { cat "$dir/log"; exit 1; }
echo ready
read -r _
"$bin/pg_ctl" -s -m immediate -D "$dir/data" stop >/dev/null 2>&1
`

func start() (*Cluster, error) {
	bin := binaries()
	if bin == "" {
		return nil, errMissing
	}
	dir, err := os.MkdirTemp("", "baton-postgres-")
	if err != nil {
		return nil, err
	}
	mind := exec.Command("sh", "-c", script, "sh", bin, dir)
	mind.Dir = dir
	mind.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // an interrupt of the tests is not one of the shell
	if os.Geteuid() == 0 {
		if mind.SysProcAttr.Credential, err = ordinary(dir); err != nil {
			return nil, err
		}
	}
	input, err := mind.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := mind.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := mind.Start(); err != nil {
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	lines := bufio.NewReader(output)
	if said, _ := lines.ReadString('\n'); said != "ready\n" {
		rest, _ := io.ReadAll(lines)
		return nil, fmt.Errorf("PostgreSQL does not start: %s%s", said, rest)
	}
	c := &Cluster{dir: dir, mind: input}
	if c.admin, err = pgx.Connect(context.Background(), c.dsn("postgres")); err != nil {
		return nil, errors.Join(err, input.Close())
	}
	return c, nil
}

// binaries is the directory of the newest initdb, "" where there is none.
func binaries() string {
	var found string
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin/initdb", "/usr/pgsql-*/bin/initdb", "/opt/homebrew/opt/postgresql*/bin/initdb"} {
		names, _ := filepath.Glob(pattern) // the pattern is right
		if len(names) > 0 {
			found = names[len(names)-1]
		}
	}
	if found == "" {
		found, _ = exec.LookPath("initdb")
	}
	if found == "" {
		return ""
	}
	return filepath.Dir(found)
}

// ordinary is a user who is not root, whom initdb refuses, and gives them the
// directory.
func ordinary(dir string) (*syscall.Credential, error) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, fmt.Errorf("user %s: %w", name, err)
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, os.Chown(dir, int(uid), int(gid))
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody")
}
