package arch

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "baton/"

// layers lists the packages from the ground up. A package imports only what
// stands on a line above its own; those of one line don't import each other. A
// name stands for the packages below it too, which may import one another.
var layers = [][]string{
	{"client", "match", "internal/ical", "internal/grammar"},
	{"internal/work", "internal/phrase"},
	{"internal/learn", "internal/call", "internal/photo", "internal/passkey", "internal/seal"},
	{"internal/plan", "internal/guard", "internal/coach", "internal/store", "internal/importer", "internal/mail"},
	{"internal/app"},
	{"internal/web", "internal/api", "internal/mcp", "internal/jobs", "internal/sim"},
	{"internal/cli"},
	{"cmd"},
}

// aside lists what no layer holds: only tests and make use it.
var aside = []string{"internal/arch", "internal/bench", "internal/pgtest", "internal/storetest", "build"}

// alone lists the packages that import the standard library only, so that
// others can take them as they are.
var alone = []string{"client", "match", "internal/grammar", "build"}

// pure lists the packages that decide: the same input, the same answer. They
// see no clock, no machine and no chance.
var pure = []string{"match", "internal/grammar", "internal/ical", "internal/work", "internal/phrase", "internal/learn", "internal/call", "internal/photo", "internal/passkey", "internal/plan", "internal/guard", "internal/coach"}

var impure = []string{"os", "net", "net/http", "os/exec", "database/sql", "math/rand", "math/rand/v2", "crypto/rand", "io/ioutil", "log", "log/slog", "syscall"}

var clock = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

// A source is one file that is part of the program.
type source struct {
	path string // from the root of the module
	tree *ast.File
	fset *token.FileSet
}

func TestArrowsPointDown(t *testing.T) {
	for _, s := range sources(t, "../..") {
		for _, problem := range wrong(s) {
			t.Error(problem)
		}
	}
}

func TestPureStaysPure(t *testing.T) {
	for _, s := range sources(t, "../..") {
		if among(s.path, pure) == "" {
			continue
		}
		for _, problem := range impurities(s) {
			t.Error(problem)
		}
	}
}

// TestWrongsAreSeen checks the checks: each row is a file nobody may write.
func TestWrongsAreSeen(t *testing.T) {
	for _, row := range []struct{ path, body, want string }{
		{"internal/store/store.go", `import _ "baton/internal/app"`, "internal/store/store.go imports internal/app, which is not below it"},
		{"internal/web/web.go", `import _ "baton/internal/api"`, "internal/web/web.go imports internal/api, which is not below it"},
		{"internal/web/a/web.go", `import _ "baton/internal/web/b"`, ""},
		{"internal/importer/trello/trello.go", `import _ "baton/internal/work"`, ""},
		{"internal/odd/odd.go", ``, "internal/odd/odd.go has no place in the layers; give its package one in internal/arch"},
		{"internal/app/app.go", `import _ "baton/internal/pgtest"`, "internal/app/app.go imports internal/pgtest, which only tests use"},
		{"match/match.go", `import _ "example.org/fast"`, "match/match.go imports example.org/fast; match has the standard library only"},
		{"internal/work/work.go", `import _ "os"`, "internal/work/work.go imports os; internal/work is pure"},
		{"internal/work/work.go", "import \"time\"\nvar at = time.Now()", "internal/work/work.go:2 asks time.Now; internal/work is pure"},
	} {
		fset := token.NewFileSet()
		tree, err := parser.ParseFile(fset, row.path, "package p; "+row.body, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		s := source{row.path, tree, fset}
		got := wrong(s)
		if among(s.path, pure) != "" {
			got = append(got, impurities(s)...)
		}
		if strings.Join(got, "\n") != row.want {
			t.Errorf("%s with %s: %q, want %q", row.path, row.body, got, row.want)
		}
	}
}

// wrong says which imports of a file point up or sideways.
func wrong(s source) (problems []string) {
	mine, group := place(s.path)
	if mine < 0 && among(s.path, aside) == "" {
		return []string{s.path + " has no place in the layers; give its package one in internal/arch"}
	}
	for _, imported := range imports(s.tree) {
		local, ours := strings.CutPrefix(imported, module)
		first, _, _ := strings.Cut(imported, "/")
		if lonely := among(s.path, alone); lonely != "" && (ours && !under(local, lonely) || strings.Contains(first, ".")) {
			problems = append(problems, fmt.Sprintf("%s imports %s; %s has the standard library only", s.path, imported, lonely))
			continue
		}
		if !ours || mine < 0 {
			continue
		}
		theirs, other := place(local + "/")
		switch {
		case among(local+"/", aside) != "":
			problems = append(problems, fmt.Sprintf("%s imports %s, which only tests use", s.path, local))
		case theirs >= mine && other != group, theirs < 0:
			problems = append(problems, fmt.Sprintf("%s imports %s, which is not below it", s.path, local))
		}
	}
	return problems
}

// impurities says where a file looks at the world.
func impurities(s source) (problems []string) {
	group := among(s.path, pure)
	for _, imported := range imports(s.tree) {
		if slices.Contains(impure, imported) {
			problems = append(problems, fmt.Sprintf("%s imports %s; %s is pure", s.path, imported, group))
		}
	}
	ast.Inspect(s.tree, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(clock, sel.Sel.Name) {
				line := s.fset.Position(sel.Pos()).Line
				problems = append(problems, fmt.Sprintf("%s:%d asks time.%s; %s is pure", s.path, line, sel.Sel.Name, group))
			}
		}
		return true
	})
	return problems
}

func imports(tree *ast.File) (paths []string) {
	for _, spec := range tree.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err == nil {
			paths = append(paths, imported)
		}
	}
	return paths
}

// place returns the layer of a file and the name it has there; -1 for none.
func place(file string) (layer int, group string) {
	for i, names := range layers {
		if name := among(file, names); name != "" {
			return i, name
		}
	}
	return -1, ""
}

// among returns which of some names a file is under, or "".
func among(file string, names []string) string {
	for _, name := range names {
		if under(file, name) {
			return name
		}
	}
	return ""
}

func under(file, name string) bool { return file == name || strings.HasPrefix(file, name+"/") }

// sources parses every file of the program, tests and samples left out.
func sources(t *testing.T, root string) (all []source) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(root), ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || file != "." && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go"):
			return nil
		}
		fset := token.NewFileSet()
		tree, err := parser.ParseFile(fset, filepath.Join(root, file), nil, parser.SkipObjectResolution)
		all = append(all, source{file, tree, fset})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("found only %d files under %s", len(all), root)
	}
	return all
}
