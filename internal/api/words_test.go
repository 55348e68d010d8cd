package api

import (
	"reflect"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

// TestWhatTheValidatorFoundIsASentence holds the words of its messages, which
// are not ours, against what people read.
func TestWhatTheValidatorFoundIsASentence(t *testing.T) {
	registry := huma.NewMapRegistry("#/", huma.DefaultSchemaNamer)
	type body struct {
		Words string `json:"words" minLength:"1" maxLength:"3"`
		Grow  int    `json:"grow" minimum:"0" maximum:"100"`
	}
	schema := huma.SchemaFromType(registry, reflect.TypeFor[body]())
	for _, c := range []struct {
		name  string
		value map[string]any
		want  string
	}{
		{"empty", map[string]any{"words": "", "grow": 1.0}, "words is empty."},
		{"long", map[string]any{"words": "abcd", "grow": 1.0}, "words is longer than 3 characters."},
		{"small", map[string]any{"words": "a", "grow": -1.0}, "grow must be 0 or more."},
		{"large", map[string]any{"words": "a", "grow": 101.0}, "grow must be 100 or less."},
		{"left out", map[string]any{"words": "a"}, "grow is missing."},
		{"of another kind", map[string]any{"words": true, "grow": 1.0}, "words: expected string."},
	} {
		var found huma.ValidateResult
		huma.Validate(registry, schema, huma.NewPathBuffer(nil, 0), huma.ModeWriteToServer, c.value, &found)
		if err := invalid(found.Errors); err.Error() != c.want {
			t.Errorf("%s: %q, want %q", c.name, err, c.want)
		}
	}
}
