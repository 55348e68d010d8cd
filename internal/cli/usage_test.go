package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// TestAWrongCommandLineIsAnsweredInASentence tries what somebody types who
// does not know the commands.
func TestAWrongCommandLineIsAnsweredInASentence(t *testing.T) {
	for line, want := range map[string]string{
		"plat":                       `There is no command "plat"; did you mean plate or plan? See baton --help.`,
		"xyzzyxyzzy":                 `There is no command "xyzzyxyzzy". See baton --help.`,
		"lesson":                     `Something is missing: take or let-go. See baton lesson --help.`,
		"vote stat":                  `There is no command "vote stat"; did you mean start? See baton vote --help.`,
		"vote start Hiring":          "Something is missing: <person> and --question=QUESTION. See baton vote start --help.",
		"add a\xffb":                 `"a\xffb" is not UTF-8 text; is the terminal set to another encoding?`,
		"plate foo":                  `"foo" is more than plate takes: it has only flags. See baton plate --help.`,
		"people foo":                 `There is no command "people foo". See baton people --help.`,
		"add":                        "Something is missing: <line>. See baton add --help.",
		"offer":                      "Something is missing: <delegation>. See baton offer --help.",
		"edit 2 --effort -5":         `-5 reads like a flag; if it is the value, write --effort=-5. See baton edit --help.`,
		"ledger --days x":            `--days takes a whole number, not "x". See baton ledger --help.`,
		"plate --nonsense":           "There is no flag --nonsense. See baton plate --help.",
		"plate --stat=open":          "There is no flag --stat; did you mean --state? See baton plate --help.",
		"export --scope x":           `--scope is everything, workspace or member, not "x". See baton export --help.`,
		"completion dash":            `<shell> is bash, zsh or fish, not "dash". See baton completion --help.`,
		"ledger --days":              "--days needs a value behind it. See baton ledger --help.",
		"reflect 2 --more --less":    "--more and --less exclude each other; give one of them. See baton reflect --help.",
		"settings --no-digest=maybe": "--no-digest takes no value. See baton settings --help.",
		"settings --digest=maybe":    `--digest takes true or false, not "maybe". See baton settings --help.`,
		"match solve 1 --seed=-1":    `--seed takes a whole number, 0 or more, not "-1". See baton match solve --help.`,
	} {
		var out, wrong bytes.Buffer
		code := Main(t.Context(), strings.Fields(line), World{Out: &out, Err: &wrong, Getenv: func(string) string { return "" }, Now: time.Now})
		if got := strings.TrimSpace(wrong.String()); code != exitUsage || got != "baton: "+want {
			t.Errorf("baton %s: exit %d, %q, want %q", line, code, got, want)
		}
	}
}

func TestHelpAndVersionAreFoundHoweverAsked(t *testing.T) {
	for line, want := range map[string]string{"": "Usage: baton <command>", "help": "Usage: baton <command>", "help offer": "Usage: baton offer", "--version": "baton "} {
		var out, wrong bytes.Buffer
		code := Main(t.Context(), strings.Fields(line), World{Out: &out, Err: &wrong, Getenv: func(string) string { return "" }, Now: time.Now})
		if code != exitDone || !strings.HasPrefix(out.String(), want) {
			t.Errorf("baton %s: exit %d, %q", line, code, out.String()+wrong.String())
		}
	}
}
