package arch

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	direct   = regexp.MustCompile(`(?m)^\t(\S+) v\S+$`) // without the comment "indirect"
	tableRow = regexp.MustCompile(`(?m)^\| (\S+/\S+) \|`)
)

// TestDependenciesHaveReasons holds docs/dependencies.md against go.mod.
func TestDependenciesHaveReasons(t *testing.T) {
	required, explained := matches(t, "../../go.mod", direct), matches(t, "../../docs/dependencies.md", tableRow)
	if diff := cmp.Diff(required, explained); diff != "" {
		t.Errorf("docs/dependencies.md and go.mod differ (-go.mod +docs):\n%s", diff)
	}
	if len(required) > 25 {
		t.Errorf("%d direct dependencies; 25 is the most", len(required))
	}
}

func matches(t *testing.T, file string, pattern *regexp.Regexp) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range pattern.FindAllStringSubmatch(string(text), -1) {
		out = append(out, m[1])
	}
	slices.Sort(out)
	return out
}

// TestLibcIsTheOneSQLiteWasMadeWith guards against a libc that the translated
// SQLite was never tested with.
func TestLibcIsTheOneSQLiteWasMadeWith(t *testing.T) {
	used := list(t, "-f", "{{.Version}}", "modernc.org/libc")
	made, err := os.ReadFile(list(t, "-f", "{{.GoMod}}", "modernc.org/sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(made), "modernc.org/libc "+used+"\n") {
		t.Errorf("go.mod uses modernc.org/libc %s, which is not what modernc.org/sqlite's own go.mod names", used)
	}
}

func list(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list", "-m"}, args...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
