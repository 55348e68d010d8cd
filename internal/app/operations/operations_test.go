package operations

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNamesAndResourcesAreUnique(t *testing.T) {
	names, resources := map[string]bool{}, map[string]bool{}
	for _, o := range All() {
		d := o.Describe()
		resource := d.Method + " " + d.Path
		if names[d.Name] || resources[resource] {
			t.Errorf("%s at %s stands twice", d.Name, resource)
		}
		names[d.Name], resources[resource] = true, true
		if d.Summary == "" || d.Who == "" || strings.HasPrefix(d.Path, "/") {
			t.Errorf("%s needs a summary, who may do it, and a relative path", d.Name)
		}
	}
	for _, o := range All() {
		if undo := o.Describe().Undo; undo != "" && undo != "undo" && !names[undo] {
			t.Errorf("%s says it is undone by %s, which is no operation", o.Describe().Name, undo)
		}
	}
}

// TestEveryOperationIsInTheTable counts the operations that the packages
// below app declare, so that none is forgotten here.
func TestEveryOperationIsInTheTable(t *testing.T) {
	files, err := filepath.Glob("../*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no sources found", err)
	}
	declared := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, source, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			declared += operationsIn(decl)
		}
	}
	if got := len(All()); got != declared {
		t.Errorf("%d operations are declared, the table has %d", declared, got)
	}
}

// operationsIn counts package variables made by app.Write, app.Read, app.Steps or move.
func operationsIn(decl ast.Decl) int {
	gen, ok := decl.(*ast.GenDecl)
	if !ok || gen.Tok != token.VAR {
		return 0
	}
	n := 0
	for _, spec := range gen.Specs {
		for _, value := range spec.(*ast.ValueSpec).Values {
			call, ok := value.(*ast.CallExpr)
			if !ok {
				continue
			}
			switch fn := call.Fun.(type) {
			case *ast.SelectorExpr:
				if pkg, ok := fn.X.(*ast.Ident); ok && pkg.Name == "app" && (fn.Sel.Name == "Write" || fn.Sel.Name == "Read" || fn.Sel.Name == "Steps") {
					n++
				}
			case *ast.Ident:
				if fn.Name == "move" {
					n++
				}
			}
		}
	}
	return n
}
