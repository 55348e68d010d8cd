package cli

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"baton/internal/app"
	"baton/internal/app/accounts"
	"baton/internal/app/workspaces"
	"baton/internal/pgtest"
	"baton/internal/seal"
	"baton/internal/store"
	"baton/internal/storetest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"baton": func() {
			table = witnessed
			os.Exit(Main(context.Background(), os.Args[1:], OS()))
		},
	})
}

// TestScripts runs the stories of testdata/script against the real program, on
// each database; [sqlite] and [postgres] are conditions of a story. `now DAY
// [TIME]` sets the clock of the commands that follow, in UTC.
func TestScripts(t *testing.T) {
	log := filepath.Join(t.TempDir(), "operations")
	for _, database := range storetest.Databases {
		t.Run(database, func(t *testing.T) { runScripts(t, database, log) })
	}
	if !strings.Contains(flag.Lookup("test.run").Value.String(), "/") { // all of them ran
		everyOperationIsReached(t, log)
	}
}

func runScripts(t *testing.T, database, log string) {
	samples, err := filepath.Abs("../../../shared/samples")
	if err != nil {
		t.Fatal(err)
	}
	_, err = os.Stat(samples)
	sampled := err == nil
	if database == "postgres" {
		pgtest.Use(t)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("BATON_DB", storetest.DSN(env.T().(testing.TB), database))
			env.Setenv("BATON_KEY", filepath.Join(env.WorkDir, "baton.key"))
			env.Setenv("BATON_NOW", "2026-11-23T15:00:00Z")
			env.Setenv("TZ", "America/Chicago")
			env.Setenv("USER", "Ada")
			// The race detector lets every program sleep for a second before it ends,
			// for goroutines that still run; a command has none by then.
			env.Setenv("GORACE", "atexit_sleep_ms=10")
			env.Setenv(witnesses, log)
			root, err := filepath.Abs("../..")
			if err != nil {
				return err
			}
			env.Setenv("ROOT", root)
			if sampled {
				env.Setenv("SAMPLES", samples)
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"now": setNow, "guest": setGuest, "quoted": checkQuoted, "lesson": onLesson, "found": foundAnother, "browse": browse, "fresh": func(ts *testscript.TestScript, _ bool, args []string) { setFresh(ts, t, args[0]) }, "damage": damage},
		Condition: func(name string) (bool, error) {
			switch name {
			case "samples":
				return sampled, nil
			case "sqlite", "postgres":
				return name == database, nil
			}
			return false, fmt.Errorf("there is no condition %q", name)
		},
	})
}

// foundAnother makes another workspace in the database, which no command does:
// `found Bakery zoe@bakery.example Europe/Berlin`.
func foundAnother(ts *testscript.TestScript, _ bool, args []string) {
	db, err := store.Open(context.Background(), ts.Getenv("BATON_DB"), store.Options{})
	ts.Check(err)
	name, _, _ := strings.Cut(args[1], "@")
	_, err = workspaces.Found(context.Background(), app.New(db, slog.New(slog.DiscardHandler)), workspaces.Founding{
		Workspace: args[0], Kind: "practice", Currency: "EUR", Zone: args[2], Name: name, Email: args[1],
	})
	ts.Check(errors.Join(err, db.Close()))
}

// browse signs the owner's browsers in, which no command does: each argument is
// what one says it is.
func browse(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	db, err := store.Open(ctx, ts.Getenv("BATON_DB"), store.Options{})
	ts.Check(err)
	a := app.New(db, slog.New(slog.DiscardHandler))
	a.Key = func() (*seal.Key, error) { return a.KeyOf(ctx, ts.Getenv("BATON_KEY")) }
	me, err := workspaces.ActorFor(ctx, a, "")
	for _, device := range args {
		if err == nil {
			_, err = accounts.Open(ctx, a, me.Account, device, accounts.ByLink)
		}
	}
	ts.Check(errors.Join(err, db.Close()))
}

// setFresh lets the commands that follow work in an empty database of a kind,
// and keeps its address: `fresh postgres`.
func setFresh(ts *testscript.TestScript, t *testing.T, kind string) {
	dsn := ts.MkAbs(fmt.Sprintf("fresh%d.db", time.Now().UnixNano()))
	if kind == "postgres" {
		made, drop, err := pgtest.Use(t).Create(context.Background(), "")
		ts.Check(err)
		ts.Defer(func() {
			if err := drop(); err != nil {
				t.Error(err)
			}
		})
		dsn = made
	}
	ts.Setenv("BATON_DB", dsn)
}

// damage turns one bit of a file: `damage FILE POSITION`.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	at, err := strconv.Atoi(args[1])
	ts.Check(err)
	body := []byte(ts.ReadFile(args[0]))
	body[at] ^= 1
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), body, 0o600))
}

// onLesson runs a command on the open lesson of a kind, 0 when there is none:
// `lesson skill 'lesson take'`.
func onLesson(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(ts.Exec("baton", "lessons", "--json"))
	var all []struct {
		ID   int64
		Kind string
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &all))
	id := int64(0)
	for _, l := range all {
		if l.Kind == args[0] {
			id = l.ID
		}
	}
	if err := ts.Exec("baton", append(strings.Fields(args[1]), strconv.FormatInt(id, 10))...); (err != nil) != neg {
		ts.Fatalf("%s %d: %v", args[1], id, err)
	}
}

// setGuest makes the commands that follow act with the link that a file of
// JSON holds; without one, as a member again.
func setGuest(ts *testscript.TestScript, _ bool, args []string) {
	var link struct {
		URL string `json:"url"`
	}
	if len(args) > 0 {
		ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &link))
	}
	ts.Setenv("BATON_GUEST", link.URL)
}

func setNow(ts *testscript.TestScript, _ bool, args []string) {
	at := args[0] + "T15:00:00Z"
	if len(args) > 1 {
		at = args[0] + "T" + args[1] + ":00Z"
	}
	if _, err := time.Parse(time.RFC3339, at); err != nil {
		ts.Fatalf("now DAY [HH:MM]: %v", err)
	}
	ts.Setenv("BATON_NOW", at)
}

// checkQuoted compares the last output with what a document of the repository
// quotes: `quoted README.md plan` looks between <!-- plan --> and
// <!-- /plan -->. With BATON_UPDATE set it writes the output there instead.
func checkQuoted(ts *testscript.TestScript, _ bool, args []string) {
	file := filepath.Join(ts.Getenv("ROOT"), args[0])
	text, err := os.ReadFile(file)
	ts.Check(err)
	want := "```text\n" + ts.ReadFile("stdout") + "```\n"
	before, rest, found := strings.Cut(string(text), "<!-- "+args[1]+" -->\n")
	has, after, closed := strings.Cut(rest, "<!-- /"+args[1]+" -->")
	switch {
	case !found || !closed:
		ts.Fatalf("%s has no <!-- %s --> … <!-- /%[2]s -->", args[0], args[1])
	case has == want:
	case os.Getenv("BATON_UPDATE") == "":
		ts.Fatalf("%s quotes another output; run the test with BATON_UPDATE=1\n%s", args[0], cmp.Diff(want, has))
	default:
		ts.Check(os.WriteFile(file, []byte(before+"<!-- "+args[1]+" -->\n"+want+"<!-- /"+args[1]+" -->"+after), 0o644))
	}
}
