package cli

import (
	"fmt"
	"slices"
	"strings"

	"baton/internal/grammar"
)

type completionCmd struct {
	Shell string `arg:"" help:"bash, zsh or fish." enum:"bash,zsh,fish"`
}

// Run prints the completion for a shell. It is made from the grammar itself.
func (c *completionCmd) Run(s *session) error {
	root := commands(&allCommands{})
	switch c.Shell {
	case "bash":
		s.printf("%s", bashCompletion(root))
	case "zsh":
		s.printf("%s", zshCompletion(root))
	case "fish":
		s.printf("%s", fishCompletion(root))
	}
	return nil
}

// words are what can follow a command: its own commands and its flags.
func words(c *grammar.Command) string {
	var out []string
	for _, below := range c.Commands() {
		out = append(out, below.Name)
	}
	for _, f := range c.AllFlags() {
		out = append(out, "--"+f.Name)
		if f.Negatable {
			out = append(out, "--no-"+f.Name)
		}
	}
	return strings.Join(out, " ")
}

// valued are the flags behind which a value stands, of all commands, as a
// pattern of a shell.
func valued(root *grammar.Command) string {
	var out []string
	for _, c := range root.Leaves() {
		for _, f := range c.AllFlags() {
			if !f.Switch() && !slices.Contains(out, "--"+f.Name) {
				out = append(out, "--"+f.Name)
			}
		}
	}
	slices.Sort(out)
	return strings.Join(out, "|")
}

// walk finds, in a shell that has typed words up to one, the command and the
// command below it: flags and their values are neither.
const walk = `  local cmd= sub= w i
  for ((i = %d; i < %s; i++)); do
    w="%s"
    case "$w" in
      %s) i=$((i + 1)) ;;
      -*) ;;
      *) if [ -z "$cmd" ]; then cmd="$w"; elif [ -z "$sub" ]; then sub="$w"; fi ;;
    esac
  done
`

// choicesOf is a case of a shell that sets what can follow.
func choicesOf(root *grammar.Command, set string) string {
	var b strings.Builder
	b.WriteString("  case \"$cmd:$sub\" in\n")
	for _, c := range root.Commands() {
		for _, sub := range c.Commands() {
			fmt.Fprintf(&b, "    %s:%s) "+set+" ;;\n", c.Name, sub.Name, words(sub))
		}
		fmt.Fprintf(&b, "    %s:*) "+set+" ;;\n", c.Name, words(c))
	}
	fmt.Fprintf(&b, "    :) "+set+" ;;\n", words(root))
	b.WriteString("  esac\n")
	return b.String()
}

func bashCompletion(root *grammar.Command) string {
	return "_baton() {\n  local can=\n" + fmt.Sprintf(walk, 1, "COMP_CWORD", "${COMP_WORDS[i]}", valued(root)) + choicesOf(root, "can=\"%s\"") +
		"  COMPREPLY=($(compgen -W \"$can\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n}\ncomplete -o default -F _baton baton\n"
}

// zshCompletion works sourced and as a file called _baton in fpath.
func zshCompletion(root *grammar.Command) string {
	return "#compdef baton\n_baton() {\n  local -a can\n" + fmt.Sprintf(walk, 2, "CURRENT", "${words[i]}", valued(root)) + choicesOf(root, "can=(%s)") +
		"  compadd -a can || _files\n}\nif [ \"$funcstack[1]\" = _baton ]; then _baton; else compdef _baton baton; fi\n"
}

// fishAt finds the command and the one below it as walk does, and holds when
// they are those it is asked about.
const fishAt = `function __baton_at
  set -l cmd ''
  set -l sub ''
  set -l value 0
  for w in (commandline -opc)[2..]
    if test $value = 1
      set value 0
      continue
    end
    switch $w
      case %s
        set value 1
      case '-*'
      case '*'
        if test -z "$cmd"
          set cmd $w
        else if test -z "$sub"
          set sub $w
        end
    end
  end
  test "$cmd" = "$argv[1]"; and begin; test (count $argv) -lt 2; or test "$sub" = "$argv[2]"; end
end
`

func fishCompletion(root *grammar.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, fishAt, strings.ReplaceAll(valued(root), "|", " "))
	flags := func(condition string, all []*grammar.Flag) {
		for _, f := range all {
			takes := ""
			if !f.Switch() {
				takes = " -r"
			}
			fmt.Fprintf(&b, "complete -c baton%s -l %s%s -d %s\n", condition, f.Name, takes, quoted(f.Help))
		}
	}
	for _, c := range root.Commands() {
		fmt.Fprintf(&b, "complete -c baton -n '__baton_at \"\"' -a %s -d %s\n", c.Name, quoted(c.Help))
		for _, sub := range c.Commands() {
			fmt.Fprintf(&b, "complete -c baton -n '__baton_at %s \"\"' -a %s -d %s\n", c.Name, sub.Name, quoted(sub.Help))
			flags(" -n '__baton_at "+c.Name+" "+sub.Name+"'", sub.Flags())
		}
		flags(" -n '__baton_at "+c.Name+"'", c.Flags())
	}
	flags("", root.Flags())
	return b.String()
}

// quoted is a text as a shell reads it literally.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `\'`) + "'" }
