package grammar

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// A Value is what a flag and an argument have in common.
type Value struct {
	Name, Help  string
	Default     string
	placeholder string
	enum        []string
	whole       bool // commas are part of it
	at          reflect.Value
}

// kind is what sort of value it is, whether there or behind a pointer; Invalid
// is none that can be given.
func (v *Value) kind() reflect.Kind {
	t := v.at.Type()
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch k := t.Kind(); k {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64, reflect.Uint64, reflect.Float64:
		return k
	case reflect.Slice:
		if t.Elem().Kind() == reflect.String {
			return k
		}
	}
	return reflect.Invalid
}

// list says that several words can be its.
func (v *Value) list() bool { return v.kind() == reflect.Slice }

// Switch says that a flag is said alone: nothing stands behind it.
func (v *Value) Switch() bool { return v.kind() == reflect.Bool }

// Choices are the values there are; none for anything that fits.
func (v *Value) Choices() []string {
	return slices.DeleteFunc(slices.Clone(v.enum), func(s string) bool { return s == "" }) // none is no choice to offer
}

// Placeholder stands for the value in the help.
func (v *Value) Placeholder() string {
	switch k := v.kind(); {
	case v.placeholder != "" && k == reflect.Slice && !v.whole:
		return v.placeholder + ",..."
	case v.placeholder != "":
		return v.placeholder
	case k == reflect.String || k == reflect.Slice && v.whole:
		return strings.ToUpper(v.Name)
	case k == reflect.Slice:
		return strings.ToUpper(v.Name) + ",..."
	}
	return "N"
}

// about is the help with the default and a variable in brackets.
func (v *Value) about(variable string) string {
	var more []string
	if v.Default != "" {
		more = append(more, "default "+v.Default)
	}
	if variable != "" {
		more = append(more, "$"+variable)
	}
	if len(more) == 0 {
		return v.Help
	}
	return strings.TrimSuffix(v.Help, ".") + " (" + strings.Join(more, ", ") + ")."
}

// set gives the value what was typed; label is what was typed it for.
func (v *Value) set(label, typed string) error {
	if v.enum != nil && !slices.Contains(v.enum, typed) {
		return fmt.Errorf("%s is %s, not %q", label, either(v.Choices()), typed)
	}
	at := v.at
	if at.Kind() == reflect.Pointer {
		at = reflect.New(at.Type().Elem()).Elem()
	}
	if wants := v.fill(at, typed); wants != "" {
		return fmt.Errorf("%s takes %s, not %q", label, wants, typed)
	}
	if v.at.Kind() == reflect.Pointer {
		v.at.Set(at.Addr())
	}
	return nil
}

// fill sets what was typed, or says what it should have been.
func (v *Value) fill(at reflect.Value, typed string) (wants string) {
	var err error
	switch at.Kind() {
	case reflect.String:
		at.SetString(typed)
	case reflect.Slice:
		v.add(at, typed)
	case reflect.Bool:
		wants = "true or false"
		var is bool
		is, err = strconv.ParseBool(typed)
		at.SetBool(is)
	case reflect.Float64:
		wants = "a number"
		var n float64
		n, err = strconv.ParseFloat(typed, 64)
		at.SetFloat(n)
	case reflect.Uint64:
		wants = "a whole number, 0 or more"
		var n uint64
		n, err = strconv.ParseUint(typed, 10, 64)
		at.SetUint(n)
	default:
		wants = "a whole number"
		var n int64
		n, err = strconv.ParseInt(typed, 10, at.Type().Bits())
		at.SetInt(n)
	}
	if err != nil {
		return wants
	}
	return ""
}

// add adds to a list: one text, or several with commas between them. Behind a
// backslash a comma is part of the text.
func (v *Value) add(at reflect.Value, typed string) {
	if v.whole {
		at.Set(reflect.Append(at, reflect.ValueOf(typed)))
		return
	}
	const escaped = "\x00"
	for part := range strings.SplitSeq(strings.ReplaceAll(typed, `\,`, escaped), ",") {
		at.Set(reflect.Append(at, reflect.ValueOf(strings.ReplaceAll(part, escaped, ","))))
	}
}

// either names several things of which one is meant.
func either(names []string) string { return series(names, "or") }

// series joins names: a, b and c.
func series(names []string, last string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " " + last + " " + names[len(names)-1]
}
