package grammar

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// An Error is what is wrong with a command line, in a sentence, and the
// command at which it was seen.
type Error struct {
	At       *Command
	Sentence string
}

// Error implements error; it says where the help is, too.
func (e *Error) Error() string { return e.Sentence + " See " + e.At.Path() + " --help." }

// A Line is a command line that was read.
type Line struct {
	Command *Command // the command it gives
	Help    bool     // or only asks about
}

// Parse reads a command line and sets what it gives. What is wrong with it is
// an *Error, unless it asks for help as well. env reads a variable of the
// environment.
func (c *Command) Parse(args []string, env func(string) string) (Line, error) {
	r := reader{at: c, rest: args, given: map[*Flag]bool{}}
	for len(r.rest) > 0 && r.wrong == nil {
		r.next()
	}
	if r.help || r.wrong != nil && !r.literal && asksHelp(r.rest) {
		return Line{Command: r.at, Help: true}, nil
	}
	if r.wrong == nil {
		r.finish(env)
	}
	if r.wrong != nil {
		return Line{}, r.wrong
	}
	return Line{Command: r.at}, nil
}

func asksHelp(args []string) bool {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	return slices.Contains(args, "--"+helpFlag) || slices.Contains(args, "-h")
}

// A reader goes through a command line word by word.
type reader struct {
	at      *Command
	rest    []string
	literal bool // behind --, where nothing is a flag
	args    int  // how many arguments of the command were given
	given   map[*Flag]bool
	flags   []*Flag // those given, in order
	help    bool
	wrong   error
}

func (r *reader) fail(format string, args ...any) {
	r.wrong = &Error{At: r.at, Sentence: fmt.Sprintf(format, args...)}
}

func (r *reader) next() {
	word := r.rest[0]
	r.rest = r.rest[1:]
	switch {
	case r.literal || !likeFlag(word):
		r.word(word)
	case word == "--":
		r.literal = true
	case strings.HasPrefix(word, "--"):
		r.long(word)
	default:
		r.short(word)
	}
}

// likeFlag tells a flag from a word; - alone is one, for standard input.
func likeFlag(word string) bool { return len(word) > 1 && word[0] == '-' }

// word is a command or an argument.
func (r *reader) word(word string) {
	for _, below := range r.at.Commands() {
		if below.Name == word {
			r.at = below
			return
		}
	}
	if d := r.at.Default(); d != nil && len(d.Args()) > 0 {
		r.at = d
	}
	if len(r.at.Commands()) > 0 {
		r.fail("There is no command %q%s", strings.TrimSpace(r.at.words()+" "+word), meant(word, r.at.names()))
		return
	}
	last := len(r.at.Args()) - 1
	if last < 0 {
		r.fail("%q is more than %s takes: it has only flags.", word, r.at.words())
		return
	}
	if r.args > last && !r.at.Args()[last].list() {
		r.fail("%q is more than %s takes; quote what belongs together.", word, r.at.words())
		return
	}
	arg := r.at.Args()[min(r.args, last)]
	r.args++
	if arg.kind() == reflect.String && strings.TrimSpace(word) == "" {
		r.blank(arg)
		return
	}
	r.fill(arg, word)
}

// blank refuses a text of nothing, as a script gives whose variable is not set:
// nothing would be a part of every name.
func (r *reader) blank(arg *Arg) {
	if arg.Optional {
		r.fail("%s is empty; say it or leave it out.", arg.label())
		return
	}
	r.fail("%s is empty.", arg.label())
}

func (r *reader) fill(arg *Arg, word string) {
	if err := arg.set(arg.label(), word); err != nil {
		r.fail("%s.", err)
	}
}

// long is a flag by its name, with = and its value or without.
func (r *reader) long(word string) {
	name, value, said := strings.Cut(word[2:], "=")
	flag, not := r.named(name)
	switch {
	case flag == nil:
		r.noFlag("--" + name)
	case not && said:
		r.fail("--%s takes no value.", name)
	case not:
		r.set(flag, "--"+name, "false")
	default:
		r.flag(flag, "--"+name, value, said)
	}
}

// short is a row of letters; behind the first that needs one stands a value.
func (r *reader) short(word string) {
	if _, err := strconv.ParseFloat(word, 64); err == nil {
		r.number(word)
		return
	}
	for letters := word[1:]; letters != "" && r.wrong == nil; {
		_, size := utf8.DecodeRuneInString(letters)
		letter := letters[:size]
		letters = letters[size:]
		flag := r.find(func(f *Flag) bool { return f.Short == letter })
		switch {
		case flag == nil:
			r.noFlag("-" + letter)
		case flag.Switch():
			r.flag(flag, "-"+letter, "", false)
		default:
			r.flag(flag, "-"+letter, strings.TrimPrefix(letters, "="), letters != "")
			return
		}
	}
}

// number says of a number below zero that it was taken for a flag.
func (r *reader) number(word string) {
	at := r.at
	if d := at.Default(); d != nil {
		at = d
	}
	if len(at.Args()) == 0 {
		r.fail("%s reads like a flag, and %s takes no value without the name of one in front.", word, r.at.words())
		return
	}
	r.fail("%s reads like a flag; if it is a value, write -- in front of it.", word)
}

// find returns a flag the command can be given; of a group, also one of the
// command that is meant where none is named.
func (r *reader) find(is func(*Flag) bool) *Flag {
	flags := r.at.AllFlags()
	if r.at.Default() != nil {
		flags = r.at.Default().AllFlags()
	}
	for _, f := range flags {
		if is(f) {
			return f
		}
	}
	return nil
}

func (r *reader) named(name string) (flag *Flag, not bool) {
	if f := r.find(func(f *Flag) bool { return f.Name == name }); f != nil {
		return f, false
	}
	positive, no := strings.CutPrefix(name, "no-")
	return r.find(func(f *Flag) bool { return no && f.Negatable && f.Name == positive }), true
}

func (r *reader) noFlag(label string) {
	var names []string
	for _, f := range r.at.AllFlags() {
		names = append(names, "--"+f.Name)
	}
	r.fail("There is no flag %s%s", label, meant(label, names))
}

// flag sets a flag to the value said with it, or to the word behind it.
func (r *reader) flag(flag *Flag, label, value string, said bool) {
	switch {
	case flag.Name == helpFlag:
		r.help = true
		return
	case said:
	case flag.Switch():
		value = "true"
	case len(r.rest) == 0:
		r.fail("%s needs a value behind it.", label)
		return
	case likeFlag(r.rest[0]):
		r.fail("%s reads like a flag; if it is the value, write %s=%[1]s.", r.rest[0], label)
		return
	default:
		value, r.rest = r.rest[0], r.rest[1:]
	}
	r.set(flag, label, value)
}

func (r *reader) set(flag *Flag, label, value string) {
	if !r.given[flag] {
		r.given[flag] = true
		r.flags = append(r.flags, flag)
	}
	if err := flag.set(label, value); err != nil {
		r.fail("%s.", err)
	}
}

// finish chooses the command where none was named, looks for what is missing
// or does not go together, and sets what was not given.
func (r *reader) finish(env func(string) string) {
	if len(r.at.Commands()) > 0 && r.at.Default() == nil {
		r.fail("Something is missing: %s.", either(r.at.names()))
		return
	}
	if r.at.Default() != nil {
		r.at = r.at.Default()
	}
	for _, step := range []func(){r.belong, r.exclude, func() { r.fromOutside(env) }, r.missing, r.defaults} {
		if step(); r.wrong != nil {
			return
		}
	}
}

// belong holds the flags given before the command was known against it.
func (r *reader) belong() {
	can := r.at.AllFlags()
	for _, f := range r.flags {
		if slices.Contains(can, f) {
			continue
		}
		if flag, _ := r.named(f.Name); flag != nil {
			r.fail("--%s stands before its command; write it behind.", f.Name)
		} else {
			r.noFlag("--" + f.Name)
		}
		return
	}
}

func (r *reader) exclude() {
	first := map[string]*Flag{}
	for _, f := range r.flags {
		if other := first[f.xor]; f.xor != "" && other != nil {
			r.fail("--%s and --%s exclude each other; give one of them.", other.Name, f.Name)
			return
		}
		first[f.xor] = f
	}
}

func (r *reader) fromOutside(env func(string) string) {
	for _, f := range r.at.AllFlags() {
		if f.Env == "" || r.given[f] {
			continue
		}
		if value := env(f.Env); value != "" {
			r.set(f, "$"+f.Env, value)
		}
		if r.wrong != nil {
			return
		}
	}
}

func (r *reader) missing() {
	var names []string
	for i, a := range r.at.Args() {
		if i >= r.args && !a.Optional {
			names = append(names, a.label())
		}
	}
	for _, f := range r.at.Flags() {
		if f.Required && !r.given[f] {
			names = append(names, f.label())
		}
	}
	if len(names) > 0 {
		r.fail("Something is missing: %s.", series(names, "and"))
	}
}

func (r *reader) defaults() {
	for _, f := range r.at.AllFlags() {
		if f.Default != "" && !r.given[f] {
			r.set(f, f.label(), f.Default)
		}
	}
	for i, a := range r.at.Args() {
		if a.Default != "" && i >= r.args {
			r.fill(a, a.Default)
		}
	}
}
