package api

import (
	"reflect"
	"strings"
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
		More  struct {
			Kind  string   `json:"kind,omitempty" enum:"task,decision_area"`
			Parts []string `json:"parts,omitempty" enum:"plate,mirror" maxItems:"2"`
			Price int64    `json:"price,omitempty" minimum:"1"`
			Good  bool     `json:"good,omitempty"`
			At    string   `json:"at,omitempty" format:"date-time"`
			Say   string   `json:"say,omitempty" enum:"keep,drop,"`
		} `json:"more,omitempty"`
	}
	more := func(field string, value any) map[string]any {
		return map[string]any{"words": "a", "grow": 1.0, "more": map[string]any{field: value}}
	}
	schema := huma.SchemaFromType(registry, reflect.TypeFor[body]())
	for _, c := range []struct {
		name  string
		value map[string]any
		want  string
	}{
		{"empty", map[string]any{"words": "", "grow": 1.0}, "words is empty."},
		{"long", map[string]any{"words": "abcd", "grow": 1.0}, "words is longer than 3 characters."},
		{"small", map[string]any{"words": "a", "grow": -1.0}, "grow is a whole number from 0 to 100, not -1."},
		{"large", map[string]any{"words": "a", "grow": 101.0}, "grow is a whole number from 0 to 100, not 101."},
		{"left out", map[string]any{"words": "a"}, "grow is missing."},
		{"of another kind", map[string]any{"words": true, "grow": 1.0}, "words is text, not true."},
		{"a word for a number", map[string]any{"words": "a", "grow": "much"}, `grow is a whole number from 0 to 100, not "much".`},
		{"a part of a number", map[string]any{"words": "a", "grow": 1.5}, "grow is a whole number from 0 to 100, not 1.5."},
		{"none of some", more("kind", "area"), `more.kind is task or decision_area, not "area".`},
		{"a number for one of some", more("kind", 7.0), "more.kind is task or decision_area, not 7."},
		{"none of some, in a list", more("parts", []any{"plate", "hours"}), `more.parts[1] is plate or mirror, not "hours".`},
		{"a long list", more("parts", []any{"plate", "plate", "mirror"}), "more.parts has more than 2 entries."},
		{"no list", more("parts", "plate"), `more.parts is a list, not "plate".`},
		{"too few", more("price", 0.0), "more.price is a whole number of at least 1, not 0."},
		{"a word for yes or no", more("good", "yes"), `more.good is true or false, not "yes".`},
		{"a day for a moment", more("at", "friday"), `more.at is a moment like 2026-12-01T09:00:00Z, not "friday".`},
		{"none of some, or nothing", more("say", "kept"), `more.say is keep, drop or empty, not "kept".`},
		{"a long one", more("kind", strings.Repeat("x", 99)), `more.kind is task or decision_area, not "` + strings.Repeat("x", 59) + "…."},
	} {
		var found huma.ValidateResult
		huma.Validate(registry, schema, huma.NewPathBuffer(nil, 0), huma.ModeWriteToServer, c.value, &found)
		if err := (shape{registry, schema}).invalid(found.Errors); err.Error() != c.want {
			t.Errorf("%s: %q, want %q", c.name, err, c.want)
		}
	}
}
