package cli

import (
	"reflect"
	"strings"
)

// grammar is the part of the commands that a command line can be about: the
// one command it begins with, all of them otherwise. Reading all of them costs
// as much time as a small command takes.
func grammar(args []string) (commands any, globals *Globals) {
	all := reflect.TypeFor[allCommands]()
	if len(args) > 0 {
		for f := range all.Fields() {
			if f.Anonymous || commandName(f) != args[0] {
				continue
			}
			one := reflect.New(reflect.StructOf([]reflect.StructField{all.Field(0), f}))
			return one.Interface(), one.Elem().Field(0).Addr().Interface().(*Globals)
		}
	}
	c := &allCommands{}
	return c, &c.Globals
}

// commandName is what a field's command is called.
func commandName(f reflect.StructField) string {
	if name := f.Tag.Get("name"); name != "" {
		return name
	}
	var b strings.Builder
	for i, r := range f.Name {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}
