package cli

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
)

// TestCommandsDocument holds the list of commands in docs/cli.md against the
// grammar. BATON_UPDATE writes it.
func TestCommandsDocument(t *testing.T) {
	const file, begin, end = "../../docs/cli.md", "<!-- commands -->\n", "<!-- /commands -->"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	parser, err := kong.New(&allCommands{}, kong.Vars{"db": "baton.db"})
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	has, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("%s has no %q … %q", file, begin, end)
	}
	want := commandList(parser.Model)
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
func commandList(app *kong.Application) string {
	var b strings.Builder
	b.WriteString("Of every command:\n\n")
	for _, f := range app.Flags {
		writeFlag(&b, f)
	}
	b.WriteString("\nOf the commands that write terms (*terms* below):\n\n")
	terms := map[string]bool{}
	for _, f := range app.Leaves(true) {
		for _, flag := range f.Flags {
			if flag.Group != nil && flag.Group.Key == "terms" && !terms[flag.Name] {
				terms[flag.Name] = true
				writeFlag(&b, flag)
			}
		}
	}
	for _, n := range app.Leaves(true) {
		fmt.Fprintf(&b, "\n### baton %s\n\n%s\n", usage(n), n.Help)
		if n.Detail != "" {
			b.WriteString("\n" + strings.ReplaceAll(n.Detail, "\n  ", "\n    ") + "\n")
		}
		heading := true
		for _, f := range n.Flags {
			if f.Group != nil && f.Group.Key == "terms" {
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

func usage(n *kong.Node) string {
	out := strings.TrimPrefix(n.Path(), "baton ")
	for _, p := range n.Positional {
		out += " " + p.Summary()
	}
	for _, f := range n.Flags {
		if f.Group != nil && f.Group.Key == "terms" {
			return out + " *terms*"
		}
	}
	return out
}

func writeFlag(b *strings.Builder, f *kong.Flag) {
	if f.Hidden || f.Name == "help" {
		return
	}
	name := "--" + f.Name
	if f.Tag.Negatable != "" {
		name = "--[no-]" + f.Name
	}
	if !f.IsBool() {
		name += " " + strings.ToUpper(f.FormatPlaceHolder())
	}
	fmt.Fprintf(b, "- `%s`: %s", name, f.Help)
	for _, env := range f.Envs {
		fmt.Fprintf(b, " Also `%s`.", env)
	}
	b.WriteString("\n")
}
