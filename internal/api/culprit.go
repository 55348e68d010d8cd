package api

import (
	"encoding"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

var readsText = reflect.TypeFor[encoding.TextUnmarshaler]()

// culprit finds the field of a body whose text its type does not accept, a day
// that is no day, say: the decoder tells what is wrong, but not where. It
// returns the field's path and what its type says of it.
func culprit(body any, t reflect.Type) (path string, wrong error) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if text, ok := body.(string); ok && reflect.PointerTo(t).Implements(readsText) {
		into, _ := reflect.New(t).Interface().(encoding.TextUnmarshaler)
		return "", into.UnmarshalText([]byte(text))
	}
	switch inside := body.(type) {
	case map[string]any:
		if t.Kind() != reflect.Struct {
			return "", nil
		}
		for _, f := range reflect.VisibleFields(t) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if value, sent := inside[name]; sent && name != "" && name != "-" {
				if below, err := culprit(value, f.Type); err != nil {
					return joined(name, below), err
				}
			}
		}
	case []any:
		if !slices.Contains([]reflect.Kind{reflect.Slice, reflect.Array}, t.Kind()) {
			return "", nil
		}
		for i, value := range inside {
			if below, err := culprit(value, t.Elem()); err != nil {
				return joined("["+strconv.Itoa(i)+"]", below), err
			}
		}
	}
	return "", nil
}

// joined puts a path together: terms.brief.parts[0].due.
func joined(name, below string) string {
	if below == "" || strings.HasPrefix(below, "[") {
		return name + below
	}
	return name + "." + below
}
