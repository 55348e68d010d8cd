package cli

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

type completionCmd struct {
	Shell string `arg:"" help:"bash, zsh or fish." enum:"bash,zsh,fish"`
}

// Run prints the completion for a shell. It is made from the grammar itself.
func (c *completionCmd) Run(s *session) error {
	parser, err := kong.New(&allCommands{}, kong.Vars{"db": defaultDB(s.World)})
	if err != nil {
		return fmt.Errorf("read the grammar: %w", err)
	}
	switch c.Shell {
	case "zsh":
		s.printf("#compdef baton\nautoload -U +X bashcompinit && bashcompinit\n")
		fallthrough
	case "bash":
		s.printf("%s", bashCompletion(parser.Model.Node))
	case "fish":
		s.printf("%s", fishCompletion(parser.Model.Node))
	}
	return nil
}

// words are what can follow a command: its own commands and its flags.
func words(n *kong.Node) string {
	var out []string
	for _, c := range n.Children {
		if !c.Hidden {
			out = append(out, c.Name)
		}
	}
	for _, group := range n.AllFlags(true) {
		for _, f := range group {
			out = append(out, "--"+f.Name)
		}
	}
	return strings.Join(out, " ")
}

func bashCompletion(root *kong.Node) string {
	var b strings.Builder
	b.WriteString("_baton() {\n  local words\n  case \"$COMP_CWORD:${COMP_WORDS[1]}:${COMP_WORDS[2]}\" in\n")
	fmt.Fprintf(&b, "    1:*) words=\"%s\" ;;\n", words(root))
	for _, c := range root.Children {
		for _, sub := range c.Children {
			fmt.Fprintf(&b, "    [3-9]*:%s:%s) words=\"%s\" ;;\n", c.Name, sub.Name, words(sub))
		}
		fmt.Fprintf(&b, "    *:%s:*) words=\"%s\" ;;\n", c.Name, words(c))
	}
	b.WriteString("  esac\n  COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n}\ncomplete -o default -F _baton baton\n")
	return b.String()
}

func fishCompletion(root *kong.Node) string {
	var b strings.Builder
	for _, c := range root.Children {
		fmt.Fprintf(&b, "complete -c baton -n __fish_use_subcommand -a %s -d %s\n", c.Name, quoted(c.Help))
		for _, sub := range c.Children {
			fmt.Fprintf(&b, "complete -c baton -n '__fish_seen_subcommand_from %s' -a %s -d %s\n", c.Name, sub.Name, quoted(sub.Help))
		}
		for _, f := range c.Flags {
			fmt.Fprintf(&b, "complete -c baton -n '__fish_seen_subcommand_from %s' -l %s -d %s\n", c.Name, f.Name, quoted(f.Help))
		}
	}
	for _, f := range root.Flags {
		fmt.Fprintf(&b, "complete -c baton -l %s -d %s\n", f.Name, quoted(f.Help))
	}
	return b.String()
}

// quoted is a text as a shell reads it literally.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `\'`) + "'" }
