package grammar

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Page is what --help says of a command, in lines of at most so many columns
// where the words allow it.
func (c *Command) Page(columns int) string {
	p := page{columns: columns}
	p.line("Usage: " + c.usage())
	if c.Help != "" {
		p.line("")
		p.text(c.Help)
	}
	if c.Detail != "" {
		p.line("")
		p.text(c.Detail)
	}
	var args []row
	for _, a := range c.Args() {
		args = append(args, row{a.Summary(), a.about("")})
	}
	p.section("Arguments", args)
	p.flags(c)
	var commands []row
	for _, below := range c.Commands() {
		commands = append(commands, row{below.words(), below.Help})
	}
	p.section("Commands", commands)
	if c.Parent == nil {
		p.line("")
		p.line(fmt.Sprintf("Run \"%s <command> --help\" for more information on a command.", c.Name))
	}
	return p.String()
}

func (c *Command) usage() string {
	out := c.Path()
	switch {
	case c.Default() != nil:
		out += " [<command>]"
	case len(c.Commands()) > 0:
		out += " <command>"
	}
	for _, a := range c.Args() {
		out += " " + a.Summary()
	}
	for _, f := range c.Flags() {
		if f.Required {
			out += " " + f.label()
		}
	}
	return out + " [flags]"
}

// label is a flag as it is typed, with what stands for its value.
func (f *Flag) label() string {
	switch {
	case f.Negatable:
		return "--[no-]" + f.Name
	case f.Switch():
		return "--" + f.Name
	}
	return "--" + f.Name + "=" + f.Placeholder()
}

// label is an argument as it is typed: <task>.
func (a *Arg) label() string { return "<" + a.Name + ">" }

// Summary is an argument as the help shows it: [<reason> ...].
func (a *Arg) Summary() string {
	out := a.label()
	if a.list() {
		out += " ..."
	}
	if a.Optional {
		out = "[" + out + "]"
	}
	return out
}

// A page is a help page as it is written.
type page struct {
	strings.Builder
	columns int
}

// A row is something and what it is for.
type row struct{ what, about string }

func (p *page) line(s string) { _, _ = p.WriteString(strings.TrimRight(s, " ") + "\n") } // never fails

// text writes paragraphs; lines that begin with a space stay as they are, a
// bit further in.
func (p *page) text(s string) {
	for line := range strings.SplitSeq(s, "\n") {
		if strings.HasPrefix(line, " ") {
			p.line("  " + line)
			continue
		}
		for _, l := range wrap(line, p.columns) {
			p.line(l)
		}
	}
}

// flags writes the flags of a command: those of what it is below, its own, and
// each group under its heading.
func (p *page) flags(c *Command) {
	var rows []row
	var groups []string
	grouped := map[string][]row{}
	for _, of := range c.lineage() {
		if len(rows) > 0 && len(of.Flags()) > 0 {
			rows = append(rows, row{})
		}
		for _, f := range of.Flags() {
			what := "    " + f.label()
			if f.Short != "" {
				what = "-" + f.Short + ", " + f.label()
			}
			if f.Group == "" {
				rows = append(rows, row{what, f.about(f.Env)})
				continue
			}
			if grouped[f.Group] == nil {
				groups = append(groups, f.Group)
			}
			grouped[f.Group] = append(grouped[f.Group], row{f.label(), f.about(f.Env)})
		}
	}
	p.section("Flags", rows)
	for _, g := range groups {
		p.section(strings.ToUpper(g[:1])+g[1:], grouped[g])
	}
}

// section writes rows in two columns. One whose first is very wide has the
// second below it.
func (p *page) section(heading string, rows []row) {
	if len(rows) == 0 {
		return
	}
	p.line("")
	p.line(heading + ":")
	const indent, gap = 2, 4
	widest, left := max(30, p.columns*3/8), 0
	for _, r := range rows {
		if n := utf8.RuneCountInString(r.what); n < widest {
			left = max(left, n)
		}
	}
	left += indent + gap
	for _, r := range rows {
		at := strings.Repeat(" ", indent) + r.what
		for i, l := range wrap(r.about, p.columns-left) {
			n := utf8.RuneCountInString(at)
			if i == 0 && n > left-gap {
				p.line(at)
				at, n = "", 0
			}
			p.line(at + strings.Repeat(" ", left-n) + l)
			at = ""
		}
	}
}

// wrap breaks a text between words into lines of at most so many columns; a
// word that is longer has a line of its own.
func wrap(s string, columns int) []string {
	var lines []string
	line, n := "", 0
	for word := range strings.FieldsSeq(s) {
		long := utf8.RuneCountInString(word)
		if line != "" && n+1+long > columns {
			lines = append(lines, line)
			line, n = "", 0
		}
		if line != "" {
			line, n = line+" ", n+1
		}
		line, n = line+word, n+long
	}
	return append(lines, line)
}
