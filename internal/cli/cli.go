// Package cli is the command line: flags, wiring, and the only package that
// sees everything. Its commands are clients of the API, over the network with
// --server or in this process over the embedded database.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"
	"unicode/utf8"

	"baton/client"
	"baton/internal/grammar"
	"baton/internal/work"
)

// World is what a command may touch of the machine.
type World struct {
	In       io.Reader
	Out, Err io.Writer
	Getenv   func(string) string
	Now      func() time.Time
}

// OS is the world as it is. BATON_NOW sets the clock, for scripts that need
// one day to be another.
func OS() World {
	now := func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) } // what a database keeps of it
	if fixed, err := time.Parse(time.RFC3339, os.Getenv("BATON_NOW")); err == nil {
		now = func() time.Time { return fixed.UTC() }
	}
	return World{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv, Now: now}
}

// Globals are the flags of every command.
type Globals struct {
	DB     string `help:"Database: a file, or postgres://…." env:"BATON_DB" placeholder:"PATH|URL"`
	Key    string `help:"The file of the key that seals secrets in the database; made beside the database when it is needed." env:"BATON_KEY" placeholder:"FILE"`
	Server string `help:"Use the Baton server at this URL instead of a database." env:"BATON_SERVER" placeholder:"URL"`
	Token  string `help:"Token for the server." env:"BATON_TOKEN" placeholder:"TOKEN"`
	As     string `help:"Act for the member with this mail address; the first owner unless said." env:"BATON_AS" placeholder:"EMAIL"`
	Where  string `name:"in" help:"Act in this workspace, of several that the account is in: its name or number." env:"BATON_WORKSPACE" placeholder:"WORKSPACE"`
	Guest  string `help:"Act with a guest's link." env:"BATON_GUEST" placeholder:"LINK"`
	JSON   bool   `help:"Answer in JSON." name:"json"`
}

// The exit codes.
const (
	exitDone = iota
	exitOurs
	exitUsage
	exitRefused
	exitMissing
)

// A runner is a command that can be given.
type runner interface{ Run(s *session) error }

// commands is the grammar of the program; what is parsed with it is set in
// all.
func commands(all *allCommands) *grammar.Command {
	return grammar.Read("baton", "Delegate well: see what to let go of, find who should have it, and hand over the authority with the task.", all)
}

// Main runs one command line and returns its exit code.
func Main(ctx context.Context, args []string, w World) int {
	all := &allCommands{}
	line, err := commands(all).Parse(asked(args), w.Getenv)
	if err == nil {
		err = notText(args)
	}
	switch {
	case err != nil:
		return report(w, all.JSON || wantsJSON(args), usageError{err})
	case line.Help:
		_, _ = io.WriteString(w.Out, line.Command.Page(columns(w)))
		return exitDone
	}
	s := &session{World: w, Globals: all.Globals, ctx: ctx}
	err = line.Command.Target().(runner).Run(s)
	if closing := s.close(); err == nil {
		err = closing
	}
	return report(w, s.JSON, err)
}

// notText refuses a word that is no UTF-8, as of another encoding: it would be
// kept as something else. The name of a file may be anything.
func notText(args []string) error {
	for _, a := range args {
		if utf8.ValidString(a) {
			continue
		}
		if _, err := os.Stat(a); err != nil { //nolint:gosec // it is only looked for
			return fmt.Errorf("%q is not UTF-8 text; is the terminal set to another encoding?", a)
		}
	}
	return nil
}

func wantsJSON(args []string) bool {
	for _, a := range args {
		if a == "--json" {
			return true
		}
	}
	return false
}

type usageError struct{ error }

// report writes what went wrong as a sentence, or as JSON, and returns the
// exit code.
func report(w World, asJSON bool, err error) int {
	if err == nil {
		return exitDone
	}
	kind, message, code := "internal", err.Error(), exitOurs
	var fields map[string]string
	var refused *client.Error
	var ours *work.Error
	var usage usageError
	switch {
	case errors.As(err, &usage):
		kind, code = "usage", exitUsage
	case errors.As(err, &refused):
		kind, message, fields, code = refused.Kind, refused.Message, refused.Fields, exitRefused
	case errors.As(err, &ours):
		kind, message, fields, code = string(ours.Kind), ours.Message, ours.Fields, exitRefused
	}
	switch kind {
	case string(work.NotFound):
		code = exitMissing
	case "internal", string(work.Unreachable):
		code = exitOurs
	}
	if asJSON {
		type body struct {
			Kind    string            `json:"kind"`
			Message string            `json:"message"`
			Fields  map[string]string `json:"fields,omitempty"`
		}
		_ = json.NewEncoder(w.Err).Encode(map[string]body{"error": {kind, message, fields}})
		return code
	}
	_, _ = fmt.Fprintln(w.Err, "baton: "+harmless(message))
	return code
}

// defaultDB is baton.db in the user's data directory.
func defaultDB(w World) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return "baton.db"
	}
	dir := w.Getenv("XDG_DATA_HOME")
	switch {
	case dir != "":
	case runtime.GOOS == "darwin":
		dir = filepath.Join(home, "Library", "Application Support")
	case runtime.GOOS == "windows" && w.Getenv("LOCALAPPDATA") != "":
		dir = w.Getenv("LOCALAPPDATA")
	default:
		dir = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(dir, "baton", "baton.db")
}
