package cli

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baton/internal/grammar"
)

// TestCommandsDocument holds the list of commands in docs/cli.md against the
// grammar. BATON_UPDATE writes it.
func TestCommandsDocument(t *testing.T) {
	const file, begin, end = "../../docs/cli.md", "<!-- commands -->\n", "<!-- /commands -->"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	has, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("%s has no %q … %q", file, begin, end)
	}
	want := commandList(commands(&allCommands{}))
	if os.Getenv("BATON_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := cmp.Diff(want, has); diff != "" {
		t.Errorf("docs/cli.md lists other commands; BATON_UPDATE=1 go test ./internal/cli -run CommandsDocument\n%s", diff)
	}
}

// commandList says of every command what it does and which flags it has. The
// flags of terms, which several have, are said once.
func commandList(app *grammar.Command) string {
	var b strings.Builder
	b.WriteString("Of every command:\n\n")
	for _, f := range app.Flags() {
		writeFlag(&b, f)
	}
	b.WriteString("\nOf the commands that write terms (*terms* below):\n\n")
	terms := map[string]bool{}
	for _, n := range app.Leaves() {
		for _, flag := range n.Flags() {
			if flag.Group == "terms" && !terms[flag.Name] {
				terms[flag.Name] = true
				writeFlag(&b, flag)
			}
		}
	}
	for _, n := range app.Leaves() {
		fmt.Fprintf(&b, "\n### baton %s\n\n%s\n", usage(n), n.Help)
		if n.Detail != "" {
			b.WriteString("\n" + strings.ReplaceAll(n.Detail, "\n  ", "\n    ") + "\n")
		}
		heading := true
		for _, f := range n.Flags() {
			if f.Group == "terms" {
				continue
			}
			if heading {
				b.WriteString("\n")
				heading = false
			}
			writeFlag(&b, f)
		}
	}
	return b.String()
}

func usage(n *grammar.Command) string {
	out := strings.TrimPrefix(n.Path(), "baton ")
	for _, p := range n.Args() {
		out += " " + p.Summary()
	}
	for _, f := range n.Flags() {
		if f.Group == "terms" {
			return out + " *terms*"
		}
	}
	return out
}

func writeFlag(b *strings.Builder, f *grammar.Flag) {
	if f.Name == "help" {
		return
	}
	name := "--" + f.Name
	if f.Negatable {
		name = "--[no-]" + f.Name
	}
	if !f.Switch() {
		name += " " + f.Placeholder()
	}
	fmt.Fprintf(b, "- `%s`: %s", name, f.Help)
	if f.Default != "" {
		fmt.Fprintf(b, " By default `%s`.", f.Default)
	}
	if f.Env != "" {
		fmt.Fprintf(b, " Also `%s`.", f.Env)
	}
	b.WriteString("\n")
}
