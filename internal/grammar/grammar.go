// Package grammar reads a command line by the types of its commands. A command
// is a struct; its fields are the commands below it, its flags and its
// arguments, and an embedded struct lends its fields. Their tags say the rest:
//
//	cmd          the field is a command
//	arg          the field is an argument; else it is a flag
//	name         what it is called, unless as the field
//	help         what it is for, a sentence
//	default      a flag's or an argument's value unless given; the command that
//	             is meant where none is named
//	optional     an argument that can be left out
//	required     a flag that cannot
//	enum         the values there are, between commas
//	placeholder  what stands for a flag's value in the help
//	short        a flag's letter
//	env          the variable that sets a flag that is not given
//	sep:"none"   a comma does not begin another value of a list
//	negatable    a switch that can be said with no- in front
//	xor          flags that exclude each other have the same
//	group        the heading of the help under which a flag stands
//
// A value is a text, a number, a list of texts, or a pointer to one, which is
// nil unless given; a bool is a switch.
package grammar

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"
)

// A Command is one that can be given, or a group of them.
type Command struct {
	Name, Help string
	Detail     string // what the method Help of its type says
	Parent     *Command
	at         reflect.Value
	read       bool // what follows; a line is about few of many commands
	commands   []*Command
	meant      *Command
	flags      []*Flag
	args       []*Arg
}

// A Flag is a value that is given by name.
type Flag struct {
	Value
	Short     string
	Env       string
	Group     string
	Required  bool
	Negatable bool
	xor       string
}

// An Arg is a value that is given by its place.
type Arg struct {
	Value
	Optional bool
}

// helpFlag is the flag of every command.
const helpFlag = "help"

// Read makes the grammar of a program from a pointer to the struct that holds
// its commands. Parsing fills the struct in. A type that makes no grammar is a
// mistake in the program and panics when it is come upon.
func Read(name, help string, commands any) *Command {
	c := &Command{Name: name, Help: help, at: reflect.ValueOf(commands).Elem()}
	var asked bool
	c.flags = []*Flag{{Value: Value{Name: helpFlag, Help: "Show this help.", at: reflect.ValueOf(&asked).Elem()}, Short: "h"}}
	return c
}

// Commands are those below a command.
func (c *Command) Commands() []*Command { return c.whole().commands }

// Default is the one below that is meant where none is named, or nil.
func (c *Command) Default() *Command { return c.whole().meant }

// Flags are a command's own.
func (c *Command) Flags() []*Flag { return c.whole().flags }

// Args are a command's arguments, in order.
func (c *Command) Args() []*Arg { return c.whole().args }

// whole is the command with the fields of its struct read.
func (c *Command) whole() *Command {
	if !c.read {
		c.read = true
		c.fields(c.at)
	}
	return c
}

func (c *Command) fields(v reflect.Value) {
	for field, at := range v.Fields() {
		_, command := field.Tag.Lookup("cmd")
		_, arg := field.Tag.Lookup("arg")
		switch {
		case field.Anonymous:
			c.fields(at)
		case !field.IsExported():
		case command:
			c.add(field, at)
		case arg:
			c.args = append(c.args, readArg(field, at))
		default:
			c.flags = append(c.flags, readFlag(field, at))
		}
	}
}

func (c *Command) add(field reflect.StructField, at reflect.Value) {
	below := &Command{Name: name(field), Help: field.Tag.Get("help"), Parent: c, at: at}
	if more, ok := at.Addr().Interface().(interface{ Help() string }); ok {
		below.Detail = more.Help()
	}
	c.commands = append(c.commands, below)
	if _, ok := field.Tag.Lookup("default"); ok {
		c.meant = below
	}
}

func readFlag(field reflect.StructField, at reflect.Value) *Flag {
	_, required := field.Tag.Lookup("required")
	_, negatable := field.Tag.Lookup("negatable")
	return &Flag{
		Value: readValue(field, at), Short: field.Tag.Get("short"), Env: field.Tag.Get("env"), Group: field.Tag.Get("group"),
		Required: required, Negatable: negatable, xor: field.Tag.Get("xor"),
	}
}

func readArg(field reflect.StructField, at reflect.Value) *Arg {
	_, optional := field.Tag.Lookup("optional")
	a := &Arg{Value: readValue(field, at), Optional: optional}
	a.whole = true // each word is one
	return a
}

func readValue(field reflect.StructField, at reflect.Value) Value {
	v := Value{
		Name: name(field), Help: field.Tag.Get("help"), placeholder: field.Tag.Get("placeholder"), Default: field.Tag.Get("default"),
		whole: field.Tag.Get("sep") == "none", at: at,
	}
	if enum, ok := field.Tag.Lookup("enum"); ok {
		v.enum = strings.Split(enum, ",")
	}
	if v.kind() == reflect.Invalid {
		panic(fmt.Sprintf("grammar: no value of a command line is a %s, as %s is", at.Type(), field.Name))
	}
	return v
}

// name is what a field is called: AnswerBy is answer-by.
func name(f reflect.StructField) string {
	if said := f.Tag.Get("name"); said != "" {
		return said
	}
	var b strings.Builder
	letters := []rune(f.Name)
	for i, r := range letters {
		begins := i > 0 && unicode.IsUpper(r) && (!unicode.IsUpper(letters[i-1]) || i+1 < len(letters) && unicode.IsLower(letters[i+1]))
		if begins {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// Target is a pointer to the struct of a command.
func (c *Command) Target() any { return c.at.Addr().Interface() }

// Path is a command as it is typed: the program and the names down to it.
func (c *Command) Path() string {
	if c.Parent == nil {
		return c.Name
	}
	return c.Parent.Path() + " " + c.Name
}

// words is the path without the program.
func (c *Command) words() string {
	_, names, _ := strings.Cut(c.Path(), " ")
	return names
}

// names are those of the commands below.
func (c *Command) names() []string {
	out := make([]string, len(c.Commands()))
	for i, below := range c.Commands() {
		out[i] = below.Name
	}
	return out
}

// Leaves are the commands that can be given, of all groups below a command.
func (c *Command) Leaves() []*Command {
	if len(c.Commands()) == 0 {
		return []*Command{c}
	}
	var out []*Command
	for _, below := range c.Commands() {
		out = append(out, below.Leaves()...)
	}
	return out
}

// AllFlags are the flags a command can be given: those of the groups it is in,
// then its own.
func (c *Command) AllFlags() []*Flag {
	var out []*Flag
	for _, of := range c.lineage() {
		out = append(out, of.Flags()...)
	}
	return out
}

// lineage is the way down to a command, from the program on.
func (c *Command) lineage() []*Command {
	if c.Parent == nil {
		return []*Command{c}
	}
	return append(c.Parent.lineage(), c)
}
