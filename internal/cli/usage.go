package cli

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// asked reads what people try before they know the commands: "baton help
// offer" and "baton --version".
func asked(args []string) []string {
	switch {
	case len(args) == 0:
		return []string{"--help"}
	case args[0] == "help":
		return append(args[1:len(args):len(args)], "--help")
	case len(args) == 1 && args[0] == "--version":
		return []string{"version"}
	}
	return args
}

var (
	tooMany  = regexp.MustCompile(`^unexpected argument (.*?)(?:, did you mean (?:one of )?(.*)\?)?$`)
	needs    = regexp.MustCompile(`^(?:expected|missing positional arguments) (.*)$`)
	flags    = regexp.MustCompile(`^missing flags: (.*)$`)
	noNumber = regexp.MustCompile(`^(--?\S+): expected a(?:n int| valid \d+ bit u?int| float) but got (.*?)(?: \(.*\))?$`)
	noValue  = regexp.MustCompile(`^(--?\S+): expected .* but got "EOL"`)
	dashed   = regexp.MustCompile(`^(--?\S+): expected .* but got "(-.*)" \(short flag\)`)
	noChoice = regexp.MustCompile(`^(--?\S+|<\S+>) must be one of (.*) but got (.*)$`)
	noFlag   = regexp.MustCompile(`^unknown flag (\S+?)(?:, did you mean (?:one of )?(.*)\?)?$`)
)

// usageWords says what is wrong with a command line as a sentence: what it
// lacks or has too much, and where its help is.
func usageWords(err error) error {
	help, chosen := "baton --help", ""
	var within []string // the commands of a group
	if parse, ok := errors.AsType[*kong.ParseError](err); ok && parse.Context != nil {
		if node := parse.Context.Selected(); node != nil {
			chosen = node.Path()
			help = "baton " + chosen + " --help"
			for _, child := range node.Children {
				within = append(within, child.Name)
			}
		}
	}
	text := err.Error()
	said := func(format string, args ...any) error {
		return fmt.Errorf(format+" See %s.", append(args, help)...)
	}
	if m := tooMany.FindStringSubmatch(text); m != nil {
		switch {
		case chosen == "" && m[2] != "":
			return said("There is no command %q; did you mean %s?", m[1], choices(m[2]))
		case chosen == "":
			return said("There is no command %q.", m[1])
		}
		return said("%q is more than %s takes; quote what belongs together.", m[1], chosen)
	}
	if m := needs.FindStringSubmatch(text); m != nil && len(within) > 0 {
		return said("Something is missing: %s.", choices(strings.Join(within, ", ")))
	} else if m != nil {
		return said("Something is missing: %s.", strings.TrimSuffix(strings.ReplaceAll(m[1], `"`, ""), " ..."))
	}
	if m := flags.FindStringSubmatch(text); m != nil {
		return said("Something is missing: %s.", m[1])
	}
	if m := noValue.FindStringSubmatch(text); m != nil {
		return said("%s needs a value behind it.", m[1])
	}
	if m := dashed.FindStringSubmatch(text); m != nil {
		return said("%s reads like a flag; if it is the value, write %s=%s.", m[2], m[1], m[2])
	}
	if m := noNumber.FindStringSubmatch(text); m != nil {
		return said("%s takes a number, not %s.", m[1], m[2])
	}
	if m := noChoice.FindStringSubmatch(text); m != nil {
		there := strings.TrimSuffix(strings.ReplaceAll(m[2], ",", ", "), `, ""`) // none is no choice to offer
		return said("%s is %s, not %s.", m[1], choices(there), m[3])
	}
	if m := noFlag.FindStringSubmatch(text); m != nil {
		if m[2] != "" {
			return said("There is no flag %s; did you mean %s?", m[1], choices(m[2]))
		}
		return said("There is no flag %s.", m[1])
	}
	return err
}

// choices joins quoted names: "a, b or c".
func choices(quoted string) string {
	names := strings.Split(strings.ReplaceAll(quoted, `"`, ""), ", ")
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}
