package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"baton/internal/work"
)

// invalid gathers what is wrong with a body, by field.
func (s shape) invalid(errs []error) error {
	fields := map[string]string{}
	first := ""
	slices.SortStableFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) }) // the validator goes by map
	for _, err := range errs {
		var detail *huma.ErrorDetail
		if !errors.As(err, &detail) {
			continue
		}
		where, sentence := s.wrongField(detail)
		fields[where] = sentence
		if first == "" {
			first = sentence
		}
	}
	return &work.Error{Kind: work.Invalid, Message: first, Fields: fields}
}

// missing reads the field from how the validator says that it is not there.
func missing(message string) (field string, ok bool) {
	field, ok = strings.CutPrefix(message, "expected required property ")
	if ok {
		field, ok = strings.CutSuffix(field, " to be present")
	}
	return field, ok
}

// wrongField turns what the validator says into the path of a field and a
// sentence. Where only some values are allowed it names them.
func (s shape) wrongField(detail *huma.ErrorDetail) (where, sentence string) {
	where = strings.Trim(detail.Location, ".")
	if field, ok := missing(detail.Message); ok {
		where = strings.TrimPrefix(where+"."+field, ".")
		return where, where + " is missing."
	}
	switch {
	case strings.HasPrefix(detail.Message, "unexpected property"):
		return where, "There is no field called " + where + "."
	case where == "":
		return where, detail.Message
	case detail.Message == "expected length >= 1":
		return where, where + " is empty."
	}
	for told, words := range map[string]string{
		"expected length <= ": "%s is longer than %s characters.", "expected length >= ": "%s is shorter than %s characters.",
		"expected array length <= ": "%s has more than %s entries.", "expected array length >= ": "%s has fewer than %s entries.",
	} {
		if limit, ok := strings.CutPrefix(detail.Message, told); ok {
			return where, fmt.Sprintf(words, where, limit)
		}
	}
	if allowed := allowed(s.at(where), detail.Message); allowed != "" {
		return where, fmt.Sprintf("%s is %s, not %s.", where, allowed, quoted(detail.Value))
	}
	return where, where + ": " + detail.Message + "."
}

// at finds the schema of a field by its path; nil where the path leads to no
// one schema.
func (s shape) at(where string) *huma.Schema {
	schema := s.schema
	for _, name := range strings.Split(strings.ReplaceAll(where, "[", ".["), ".") {
		if schema = s.whole(schema); schema == nil {
			return nil
		}
		if strings.HasPrefix(name, "[") {
			schema = schema.Items
		} else {
			schema = schema.Properties[name]
		}
	}
	return s.whole(schema)
}

// whole follows references.
func (s shape) whole(schema *huma.Schema) *huma.Schema {
	for schema != nil && schema.Ref != "" {
		schema = s.registry.SchemaFromRef(schema.Ref)
	}
	return schema
}

// allowed says what a value must be, as a part of a sentence; "" where there is
// no more to say than the validator did.
func allowed(s *huma.Schema, message string) string {
	switch {
	case s == nil:
		return ""
	case len(s.Enum) > 0:
		return oneOf(s.Enum)
	case s.Type == huma.TypeInteger || s.Type == huma.TypeNumber:
		return numbers(s)
	case message == "expected string to be RFC 3339 date-time":
		return "a moment like 2026-12-01T09:00:00Z"
	}
	return map[string]string{
		"expected string": "text", "expected boolean": "true or false", "expected array": "a list", "expected object": "an object",
	}[message]
}

// numbers says which numbers are allowed.
func numbers(s *huma.Schema) string {
	kind := "a number"
	if s.Type == huma.TypeInteger {
		kind = "a whole number"
	}
	switch {
	case s.Minimum != nil && s.Maximum != nil:
		return fmt.Sprintf("%s from %v to %v", kind, *s.Minimum, *s.Maximum)
	case s.Minimum != nil:
		return fmt.Sprintf("%s of at least %v", kind, *s.Minimum)
	case s.Maximum != nil:
		return fmt.Sprintf("%s of at most %v", kind, *s.Maximum)
	}
	return kind
}

// oneOf names some values, an empty one as such.
func oneOf(values []any) string {
	names := make([]string, len(values))
	for i, v := range values {
		if names[i] = fmt.Sprint(v); names[i] == "" {
			names[i] = "empty"
		}
	}
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// quoted shows a value as it stood in the body, its beginning where it is long.
func quoted(value any) string {
	const most = 60
	text, err := json.Marshal(value)
	if err != nil {
		return "that"
	}
	if r := []rune(string(text)); len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(text)
}
