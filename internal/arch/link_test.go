package arch

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestNothingKeepsUnusedMethods links the program and asks the linker whether
// it had to keep every exported method of every type: it does when anything in
// the program looks a method up by a name that is computed, as kong,
// text/template and others do. That costs megabytes, whoever brings it in.
func TestNothingKeepsUnusedMethods(t *testing.T) {
	build := exec.CommandContext(t.Context(), "go", "build", "-ldflags=-dumpdep", "-o", filepath.Join(t.TempDir(), "baton"), "../../cmd/baton")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	said, err := build.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := build.Start(); err != nil {
		t.Fatal(err)
	}
	edges := 0
	for lines := bufio.NewScanner(said); lines.Scan(); edges++ {
		if from, to, _ := strings.Cut(lines.Text(), " -> "); strings.Contains(to, "<ReflectMethod>") {
			t.Errorf("%s looks methods up by name; it is there for %s", to, from)
		}
	}
	if err := build.Wait(); err != nil || edges < 10_000 {
		t.Fatalf("the linker told of %d symbols: %v", edges, err)
	}
}
