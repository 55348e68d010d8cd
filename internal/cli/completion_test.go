package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// shells say how each completes a line of words: a script that reads the
// completion of $1 and completes the words behind it, one answer a line.
var shells = map[string]string{
	"bash": `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _baton; printf '%s\n' "${COMPREPLY[@]}"`,
	"zsh": `compdef() { :; }; _files() { :; }; compadd() { print -l -- ${(M)can:#${words[CURRENT]}*}; }
source "$1"; shift; words=("$@"); CURRENT=$#; _baton`,
	"fish": `source $argv[1]; complete -C (string join ' ' -- $argv[2..]) | string replace -r '\t.*' ''`,
}

// TestEveryShellCompletes asks the shells themselves.
func TestEveryShellCompletes(t *testing.T) {
	bare(t)
	for shell, script := range shells {
		t.Run(shell, func(t *testing.T) {
			path, err := exec.LookPath(shell)
			if err != nil && os.Getenv("BATON_TEST_STRICT") != "" {
				t.Fatal(err)
			}
			if err != nil {
				t.Skip("there is no " + shell + " here")
			}
			code, completion, wrong := typed(t, "completion", shell)
			if code != exitDone {
				t.Fatal(wrong)
			}
			file := filepath.Join(t.TempDir(), "_baton")
			if err := os.WriteFile(file, []byte(completion), 0o600); err != nil {
				t.Fatal(err)
			}
			ask := func(words ...string) []string {
				args := append([]string{"-c", script}, file)
				if shell != "fish" {
					args = append([]string{"-c", script, shell}, file)
				}
				out, err := exec.CommandContext(t.Context(), path, append(args, words...)...).CombinedOutput()
				if err != nil {
					t.Fatalf("%v: %v\n%s", words, err, out)
				}
				return strings.Fields(string(out))
			}
			for _, row := range []struct {
				typed      []string
				has, lacks string
			}{
				{[]string{"baton", "pe"}, "people", "plate"},
				{[]string{"baton", "people", "a"}, "away", "edit"},
				{[]string{"baton", "people", "add", "--sk"}, "--skill", "--server"},
				{[]string{"baton", "--db", "people", "le"}, "ledger", "leave"},
				{[]string{"baton", "reflect", "--out"}, "--outcome", "--outside"},
			} {
				got := ask(row.typed...)
				if !slices.Contains(got, row.has) || slices.Contains(got, row.lacks) {
					t.Errorf("%v: %v", row.typed, got)
				}
			}
		})
	}
}
