//go:build linux

package cli

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"baton/internal/storetest"
)

// TestAServerBacksUpByItself as it starts, and says so to the doctor.
func TestAServerBacksUpByItself(t *testing.T) {
	bare(t)
	path := program(t)
	for _, database := range storetest.Databases {
		t.Run(database, func(t *testing.T) {
			dsn, dir := storetest.DSN(t, database), t.TempDir()
			t.Setenv("BATON_KEY", filepath.Join(t.TempDir(), "baton.key"))
			if code, _, wrong := baton(t, path, 0, "add", "Order gloves", "--db", dsn); code != exitDone {
				t.Fatal(wrong)
			}
			ctx, stop := context.WithTimeout(t.Context(), time.Minute)
			defer stop()
			server := exec.CommandContext(ctx, path, "serve", "--addr", "127.0.0.1:0", "--db", dsn, "--backup-dir", dir, "--backup-recipient", "age1jryegundhxtcr4ndpzp6ygzl79ej20lqmvlrvjn3vkl5fdhf9ees9qgh05")
			says, err := server.StderrPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := server.Start(); err != nil {
				t.Fatal(err)
			}
			for lines := bufio.NewScanner(says); lines.Scan(); {
				if strings.Contains(lines.Text(), "backed up") {
					_ = server.Process.Signal(os.Interrupt)
				}
			}
			if err := server.Wait(); err != nil {
				t.Error(err)
			}
			files, err := filepath.Glob(filepath.Join(dir, "*"))
			if err != nil || len(files) != 1 || !strings.HasSuffix(files[0], ".db.gz.age") {
				t.Fatalf("%q, %v", files, err)
			}
			key := filepath.Join(t.TempDir(), "key")
			if err := os.WriteFile(key, []byte("AGE-SECRET-KEY-1ZX82MUG99U4FQSN2WKAC09NZDVEC6WMSJNASUWE74VDNT3GE4LHQ845DZN\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			if code, out, wrong := baton(t, path, 0, "restore", "--check", files[0], "--identity", key); code != exitDone {
				t.Error(out, wrong)
			}
			if code, out, wrong := baton(t, path, 0, "doctor", "--db", dsn); code != exitDone || !strings.Contains(out, "backups   The last one: ") {
				t.Error(out, wrong)
			}
			if code, out, wrong := baton(t, path, 0, "backup", "--db", dsn); code != exitDone || !strings.Contains(out, filepath.Base(files[0])) {
				t.Error(out, wrong)
			}
		})
	}
}
