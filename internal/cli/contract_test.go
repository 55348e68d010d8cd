package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/grammar"
)

// bare takes the variables that every command reads out of the environment of
// a test.
func bare(t *testing.T) {
	t.Helper()
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "BATON_") {
			t.Setenv(name, "") // for it to be put back
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// leaves are all commands of the grammar.
func leaves() []*grammar.Command { return commands(&allCommands{}).Leaves() }

// sensible is a command with something for each argument it needs, and its
// required flags.
func sensible(n *grammar.Command) []string {
	out := strings.Fields(n.Path())[1:]
	if choice := chosen[strings.Join(out, " ")]; choice != "" {
		return append(out, strings.Fields(choice)...)
	}
	for _, p := range n.Args() {
		switch {
		case p.Optional:
		case len(p.Choices()) > 0:
			out = append(out, p.Choices()[0])
		default:
			out = append(out, "1")
		}
	}
	for _, f := range n.Flags() {
		if f.Required {
			out = append(out, "--"+f.Name+"=1")
		}
	}
	return out
}

// typed runs one command line.
func typed(t *testing.T, args ...string) (code int, out, wrong string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	w := World{In: strings.NewReader(""), Out: &stdout, Err: &stderr, Getenv: os.Getenv, Now: time.Now}
	code = Main(t.Context(), args, w)
	return code, stdout.String(), stderr.String()
}

// kindOf reads an error as scripts do: one document on one line of standard
// error, nothing else.
func kindOf(t *testing.T, wrong string) string {
	t.Helper()
	var e struct {
		Error *struct {
			Kind    string            `json:"kind"`
			Message string            `json:"message"`
			Fields  map[string]string `json:"fields"`
		} `json:"error"`
	}
	d := json.NewDecoder(strings.NewReader(wrong))
	d.DisallowUnknownFields()
	if err := d.Decode(&e); err != nil || e.Error == nil || e.Error.Message == "" || d.More() || strings.Count(wrong, "\n") != 1 {
		t.Errorf("this is no error of JSON: %q (%v)", wrong, err)
		return ""
	}
	return e.Error.Kind
}

// withoutDatabase are the commands that need none; sim makes its own, match works on a file.
var withoutDatabase = map[string]bool{"completion": true, "version": true, "sim": true, "match": true}

// chosen is what a command needs though each of its arguments is optional.
var chosen = map[string]string{"import": "1", "edit": "1 --title=1", "move": "1"}

// TestEveryCommandKeepsTheContractForScripts gives every command a flag it
// does not have, and a database that cannot be.
func TestEveryCommandKeepsTheContractForScripts(t *testing.T) {
	bare(t)
	nowhere := filepath.Join(t.TempDir(), "no", "such", "directory", "baton.db")
	file := filepath.Join(t.TempDir(), "1")
	if err := os.WriteFile(file, []byte("- Order gloves\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Dir(file)) // what reads a file finds one called 1
	for _, n := range leaves() {
		args := sensible(n)
		t.Run(strings.Join(strings.Fields(n.Path())[1:], " "), func(t *testing.T) {
			code, out, wrong := typed(t, append([]string{args[0], "--nonsense", "--json"}, args[1:]...)...)
			if kind := kindOf(t, wrong); code != exitUsage || out != "" || kind != "usage" {
				t.Errorf("a flag that is none: exit %d, %q, %s", code, out, wrong)
			}
			code, out, wrong = typed(t, append(args, "--json", "--db", nowhere)...)
			if withoutDatabase[args[0]] {
				if args[0] != "sim" && args[0] != "match" && (code != exitDone || wrong != "") {
					t.Errorf("without a database: exit %d, %s", code, wrong)
				}
				return
			}
			if kind := kindOf(t, wrong); code != exitRefused || out != "" || kind != "invalid" {
				t.Errorf("no such database: exit %d, %q, %s", code, out, wrong)
			}
			t.Setenv("BATON_DB", nowhere)
			if again, _, same := typed(t, append(args, "--json")...); again != code || same != wrong {
				t.Errorf("with BATON_DB: exit %d, %s", again, same)
			}
			plain, _, sentence := typed(t, args...)
			if plain != code || !strings.HasPrefix(sentence, "baton: ") || strings.Count(sentence, "\n") != 1 {
				t.Errorf("as a sentence: exit %d, %q", plain, sentence)
			}
		})
	}
}

// TestADatabaseThatDoesNotAnswer is told from an address that is wrong.
func TestADatabaseThatDoesNotAnswer(t *testing.T) {
	bare(t)
	const nobody = "postgres://baton:hunter2@127.0.0.1:1/baton?connect_timeout=5"
	code, out, wrong := typed(t, "plate", "--json", "--db", nobody)
	if kind := kindOf(t, wrong); code != exitOurs || out != "" || kind != "unreachable" || strings.Contains(wrong, "hunter2") {
		t.Errorf("exit %d, %q, %s", code, out, wrong)
	}
	code, _, wrong = typed(t, "plate", "--db", nobody)
	if code != exitOurs || strings.Count(wrong, "\n") != 1 || strings.Count(wrong, "refused") != 1 {
		t.Errorf("exit %d, %q", code, wrong)
	}
}

// TestOurFaultIsOneDocument has an operation fail for no reason of the user's.
func TestOurFaultIsOneDocument(t *testing.T) {
	bare(t)
	all := table
	t.Cleanup(func() { table = all })
	table = func() []app.Operation {
		d := app.Describe{Name: "workspace.show", Method: "GET", Path: "workspace", Who: app.AnyMember, Summary: "Fail."}
		return []app.Operation{app.Read(d, func(context.Context, *app.Tx, app.None) (app.None, error) {
			return app.None{}, errors.New("the disk is on fire")
		})}
	}
	db := filepath.Join(t.TempDir(), "baton.db")
	code, out, wrong := typed(t, "workspace", "--json", "--db", db)
	if kind := kindOf(t, wrong); code != exitOurs || out != "" || kind != "internal" {
		t.Errorf("exit %d, %q, %s", code, out, wrong)
	}
	if _, _, wrong := typed(t, "workspace", "--db", db); !strings.Contains(wrong, "the disk is on fire") {
		t.Errorf("the cause is said nowhere: %s", wrong)
	}
}
