package api

import (
	"encoding"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"baton/internal/app"
	"baton/internal/work"
)

// field is a part of an input that does not stand in the body.
type field struct {
	name  string
	in    string // path, query or header
	index []int
	tag   reflect.StructField
}

// fieldsOf finds the fields of an input tagged path, query or header.
func fieldsOf(t reflect.Type) []field {
	var out []field
	for _, f := range reflect.VisibleFields(t) {
		for _, in := range []string{"path", "query", "header"} {
			if name := f.Tag.Get(in); name != "" {
				out = append(out, field{name, in, f.Index, f})
			}
		}
	}
	return out
}

// rawBody returns the index of the field that takes the body as it is: a
// reader tagged body:"raw".
func rawBody(t reflect.Type) []int {
	for _, f := range reflect.VisibleFields(t) {
		if f.Tag.Get("body") == "raw" {
			return f.Index
		}
	}
	return nil
}

// hasBody reports whether an input has fields that stand in the body.
func hasBody(t reflect.Type) bool {
	for _, f := range reflect.VisibleFields(t) {
		if !f.Anonymous && f.IsExported() && f.Tag.Get("json") != "-" {
			return true
		}
	}
	return false
}

func (f field) param(r huma.Registry, owner reflect.Type) *huma.Param {
	p := &huma.Param{
		Name: f.name, In: f.in, Required: f.in == "path", Description: f.tag.Tag.Get("doc"),
		Schema: huma.SchemaFromField(r, f.tag, owner.Name()+f.tag.Name),
	}
	if f.tag.Type == reflect.TypeFor[app.Match]() {
		p.Schema = &huma.Schema{Type: huma.TypeString} // a list of entity tags
	}
	return p
}

// set fills the field from a request; what is absent stays zero.
func (f field) set(in reflect.Value, r *http.Request) error {
	var text string
	switch f.in {
	case "path":
		text = r.PathValue(f.name)
	case "query":
		text = r.URL.Query().Get(f.name)
	default:
		text = strings.Join(r.Header.Values(f.name), ", ")
	}
	if text == "" {
		return nil
	}
	to := in.FieldByIndex(f.index)
	if u, ok := to.Addr().Interface().(encoding.TextUnmarshaler); ok {
		if err := u.UnmarshalText([]byte(text)); err != nil {
			return work.FieldError(f.name, "%s.", err)
		}
		return nil
	}
	switch to.Kind() {
	case reflect.String:
		if err := f.among(text); err != nil {
			return err
		}
		if most, has := bound(f.tag, "maxLength"); has && int64(utf8.RuneCountInString(text)) > most {
			return work.FieldError(f.name, "%s is longer than %d characters.", f.name, most)
		}
		to.SetString(text)
	case reflect.Bool:
		is, err := strconv.ParseBool(text)
		if err != nil {
			return work.FieldError(f.name, "%s is true or false, not %q.", f.name, text)
		}
		to.SetBool(is)
	default:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil && f.in == "path" {
			return work.Errorf(work.NotFound, "There is no such %s.", f.name)
		}
		if err != nil {
			return work.FieldError(f.name, "%s is a whole number, not %q.", f.name, text)
		}
		if err := f.within(n); err != nil {
			return err
		}
		to.SetInt(n)
	}
	return nil
}

// within holds a number against the bounds its tag promises.
func (f field) within(n int64) error {
	low, hasLow := bound(f.tag, "minimum")
	high, hasHigh := bound(f.tag, "maximum")
	switch {
	case hasLow && hasHigh && (n < low || n > high):
		return work.FieldError(f.name, "%s is between %d and %d, not %d.", f.name, low, high, n)
	case hasLow && n < low:
		return work.FieldError(f.name, "%s is at least %d, not %d.", f.name, low, n)
	case hasHigh && n > high:
		return work.FieldError(f.name, "%s is at most %d, not %d.", f.name, high, n)
	}
	return nil
}

// among holds a word against those its tag allows.
func (f field) among(text string) error {
	words := f.tag.Tag.Get("enum")
	if words == "" || slices.Contains(strings.Split(words, ","), text) {
		return nil
	}
	return work.FieldError(f.name, "%s is one of %s, not %q.", f.name, strings.ReplaceAll(words, ",", ", "), text)
}

func bound(f reflect.StructField, name string) (int64, bool) {
	n, err := strconv.ParseInt(f.Tag.Get(name), 10, 64)
	return n, err == nil
}

// schemaName names a type in the description: TaskList for a list of tasks,
// and the package before names that several packages use.
func schemaName(t reflect.Type, hint string) string {
	name := t.Name()
	if open := strings.IndexByte(name, '['); open >= 0 {
		inner := strings.TrimSuffix(name[open+1:], "]")
		inner = inner[strings.LastIndexAny(inner, "./")+1:]
		name = inner + name[:open]
	}
	if name == "" {
		return huma.DefaultSchemaNamer(t, hint)
	}
	pkg := t.PkgPath()
	pkg = pkg[strings.LastIndexByte(pkg, '/')+1:]
	plain := !strings.Contains(t.Name(), "[")
	if name == "Fields" || name == "Area" || plain && (pkg == "calls" && name != "Call" || pkg == "growth") {
		name = strings.ToUpper(pkg[:1]) + pkg[1:] + name
	}
	runes := []rune(name)
	runes[0] = unicode.ToUpper(runes[0])
	return string(runes)
}
