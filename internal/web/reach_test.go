package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"baton/internal/app/operations"
)

// notByPage are the operations that no page reaches, each with a reason.
var notByPage = map[string]string{
	"belief.mine": "a member's own page asks belief.list about themselves, which answers the same",
}

// TestEveryOperationIsReachedByAPage holds what the pages' handlers name
// against the table of operations.
func TestEveryOperationIsReachedByAPage(t *testing.T) {
	declared := declaredOperations(t)
	reached := map[string]bool{}
	for _, file := range sources(t, "*.go") {
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if pkg, ok := s.X.(*ast.Ident); ok {
					reached[declared[pkg.Name+"."+s.Sel.Name]] = true
				}
			}
			return true
		})
	}
	for _, o := range operations.All() {
		switch name := o.Describe().Name; {
		case !reached[name] && notByPage[name] == "":
			t.Errorf("no page reaches %s", name)
		case reached[name] && notByPage[name] != "":
			t.Errorf("%s is reached by a page; it is no exception", name)
		}
	}
}

// sources parses files of the program, not its tests.
func sources(t *testing.T, pattern string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatal(pattern, err)
	}
	var out []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, parsed)
	}
	return out
}

// declaredOperations are the names of operations by the variables that hold
// them: "tasks.Add" is task.add.
func declaredOperations(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, file := range sources(t, "../app/*/*.go") {
		for _, decl := range file.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.VAR {
				continue
			}
			for _, spec := range gen.Specs {
				v := spec.(*ast.ValueSpec)
				for i, value := range v.Values {
					if name := operationName(value); name != "" {
						out[file.Name.Name+"."+v.Names[i].Name] = name
					}
				}
			}
		}
	}
	if have, want := len(out), len(operations.All()); have != want {
		t.Fatalf("%d operations are found in the source, the table has %d", have, want)
	}
	return out
}

// operationName reads the name of an operation from the call that makes it:
// app.Write(app.Describe{Name: "task.add", …}, …) or move("accept", …).
func operationName(value ast.Expr) string {
	call, ok := value.(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return ""
	}
	if fn, ok := call.Fun.(*ast.Ident); ok && fn.Name == "move" {
		if name := literal(call.Args[0]); name != "" {
			return "delegation." + name
		}
	}
	described, ok := call.Args[0].(*ast.CompositeLit)
	if !ok {
		return ""
	}
	for _, e := range described.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := kv.Key.(*ast.Ident); ok && key.Name == "Name" {
				return literal(kv.Value)
			}
		}
	}
	return ""
}

// literal is a literal's value.
func literal(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok {
		return ""
	}
	s, _ := strconv.Unquote(lit.Value) // what is no text has no name
	return s
}
