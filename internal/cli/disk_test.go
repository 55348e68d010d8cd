//go:build linux

package cli

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

// program builds the real program.
func program(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "baton")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", path, "../../cmd/baton").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return path
}

// small mounts a disk of so many bytes, for as long as the test takes.
func small(t *testing.T, bytes int) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d,mode=0777", bytes)); err != nil {
		t.Skipf("only who may mount can have a full disk: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// baton runs the program; user is who runs it, 0 for whoever runs the test.
func baton(t *testing.T, path string, user uint32, args ...string) (code int, out, wrong string) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	c := exec.CommandContext(ctx, path, args...)
	c.Env = append(os.Environ(), "HOME="+filepath.Dir(path))
	if user != 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: user, Gid: user}}
	}
	var stdout, stderr strings.Builder
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return c.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

// refuses checks that a command is refused with one clear sentence.
func refuses(t *testing.T, what, want string, code int, out, wrong string) {
	t.Helper()
	if code != exitRefused || out != "" || strings.Count(wrong, "\n") != 1 || !strings.Contains(wrong, want) {
		t.Errorf("%s: exit %d, %q, %q; want %q", what, code, out, wrong, want)
	}
}

// TestAFullDiskIsASentence fills the disk under a database: what is refused
// changed nothing, what was answered is there, and with room it goes on.
func TestAFullDiskIsASentence(t *testing.T) {
	bare(t)
	path, dir := program(t), small(t, 3<<20)
	db := filepath.Join(dir, "baton.db")
	if code, _, wrong := baton(t, path, 0, "add", "Order gloves", "--db", db); code != exitDone {
		t.Fatal(wrong)
	}
	ballast := filepath.Join(dir, "ballast")
	fill(t, ballast)
	note := strings.Repeat("gloves and masks ", 1200)
	kept, refused := 1, false
	for i := range 50 {
		code, out, wrong := baton(t, path, 0, "add", fmt.Sprintf("Task %d", i), "--note", note, "--db", db)
		if code == exitDone {
			kept++
			continue
		}
		refuses(t, "add", "The disk is full; nothing was changed. Make room and try again.", code, out, wrong)
		refused = true
		break
	}
	if !refused {
		t.Fatal("the disk never was full")
	}
	_, out, wrong := baton(t, path, 0, "plate", "--json", "--db", db)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if code, after, said := baton(t, path, 0, "plate", "--json", "--db", db); code != exitDone || strings.Count(after, `"title":`) != kept {
		t.Errorf("%d were answered; with room again: %d, %s %s; before: %s %s", kept, code, after, said, out, wrong)
	}
	if code, _, wrong := baton(t, path, 0, "add", "Go on", "--db", db); code != exitDone {
		t.Error(wrong)
	}
	if code, out, wrong := baton(t, path, 0, "doctor", "--db", db); code != exitDone && !strings.Contains(out, "only") {
		t.Error(out, wrong)
	}
}

// TestAFullDiskHasNoRoomForANewDatabase begins on a disk that is full.
func TestAFullDiskHasNoRoomForANewDatabase(t *testing.T) {
	bare(t)
	path, dir := program(t), small(t, 1<<20)
	fill(t, filepath.Join(dir, "ballast"))
	code, out, wrong := baton(t, path, 0, "add", "Order gloves", "--db", filepath.Join(dir, "baton.db"))
	refuses(t, "add", "The disk is full; nothing was changed.", code, out, wrong)
}

// fill writes until there is no room.
func fill(t *testing.T, file string) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // what did not fit is lost on purpose
	for block := make([]byte, 4096); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
}

// open lets everybody into a directory of the test's own.
func open(t *testing.T, dir string) {
	t.Helper()
	for ; dir != filepath.Clean(os.TempDir()) && dir != "/"; dir = filepath.Dir(dir) {
		modes(t, 0o755, dir)
	}
}

// nobody is a user without rights.
const nobody = 65534

// TestAReadOnlyDatabaseIsASentence lets somebody use a database they may read
// and not write: the file, its directory, and a disk mounted so.
func TestAReadOnlyDatabaseIsASentence(t *testing.T) {
	bare(t)
	if os.Getuid() != 0 {
		t.Skip("only root can run the program as somebody else")
	}
	path := program(t)
	open(t, filepath.Dir(path))
	for _, row := range []struct {
		name string
		lock func(t *testing.T, dir, db string)
		user uint32
	}{
		{"the file", func(t *testing.T, dir, db string) { modes(t, 0o777, dir); modes(t, 0o444, db) }, nobody},
		{"the directory", func(t *testing.T, dir, db string) { modes(t, 0o666, db); modes(t, 0o555, dir) }, nobody},
		{"both", func(t *testing.T, dir, db string) { modes(t, 0o444, db); modes(t, 0o555, dir) }, nobody},
		{"the disk", func(t *testing.T, dir, _ string) {
			if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
				t.Fatal(err)
			}
		}, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			dir := small(t, 8<<20)
			open(t, filepath.Dir(dir))
			db := filepath.Join(dir, "baton.db")
			if code, _, wrong := baton(t, path, 0, "add", "Order gloves", "--db", db); code != exitDone {
				t.Fatal(wrong)
			}
			row.lock(t, dir, db)
			before := sum(t, db)
			code, out, wrong := baton(t, path, row.user, "add", "Order masks", "--db", db)
			refuses(t, "add", "read-only; nothing was changed", code, out, wrong)
			code, out, wrong = baton(t, path, row.user, "add", "Order masks", "--json", "--db", db)
			if kindOf(t, wrong) != "conflict" || code != exitRefused || out != "" {
				t.Errorf("--json: exit %d, %q, %q", code, out, wrong)
			}
			if sum(t, db) != before {
				t.Error("the file was changed")
			}
		})
	}
}

func modes(t *testing.T, mode os.FileMode, path string) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

func sum(t *testing.T, file string) [32]byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(b)
}

// TestANewerDatabaseIsASentence opens a database that only newer programs
// understand.
func TestANewerDatabaseIsASentence(t *testing.T) {
	bare(t)
	path, file := program(t), filepath.Join(t.TempDir(), "baton.db")
	if code, _, wrong := baton(t, path, 0, "add", "Order gloves", "--db", file); code != exitDone {
		t.Fatal(wrong)
	}
	db, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`, `UPDATE schema_floor SET oldest = 9999`, `PRAGMA wal_checkpoint(TRUNCATE)`} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before := sum(t, file)
	for _, command := range [][]string{{"add", "Order masks"}, {"plate"}, {"doctor"}, {"serve", "--addr", "127.0.0.1:0"}, {"export"}} {
		code, out, wrong := baton(t, path, 0, append(command, "--db", file)...)
		refuses(t, command[0], "The database was made by a newer Baton (schema 9999, this program knows", code, out, wrong)
	}
	if sum(t, file) != before {
		t.Error("the file was changed")
	}
}
