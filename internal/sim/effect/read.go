package effect

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"baton/internal/work"
)

//go:embed scenarios/*.json
var shipped embed.FS

// Scenarios returns the scenarios that come with the program, by name.
func Scenarios() ([]*Scenario, error) {
	files, err := shipped.ReadDir("scenarios")
	if err != nil {
		return nil, fmt.Errorf("list the scenarios: %w", err)
	}
	var out []*Scenario
	for _, f := range files {
		text, err := shipped.ReadFile(path.Join("scenarios", f.Name()))
		if err != nil {
			return nil, fmt.Errorf("scenario %s: %w", f.Name(), err)
		}
		s, err := Read(text)
		if err != nil {
			return nil, fmt.Errorf("scenario %s: %w", f.Name(), err)
		}
		out = append(out, s)
	}
	return out, nil
}

// Named returns the shipped scenario with a name.
func Named(name string) (*Scenario, error) {
	all, err := Scenarios()
	if err != nil {
		return nil, err
	}
	names := make([]string, len(all))
	for i, s := range all {
		if names[i] = s.Name; strings.EqualFold(s.Name, name) {
			return s, nil
		}
	}
	return nil, work.Errorf(work.NotFound, "There is no scenario called %q; there are: %s.", name, strings.Join(names, ", "))
}

// Read reads and checks a scenario. What is wrong with it is a sentence.
func Read(text []byte) (*Scenario, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	s := &Scenario{}
	if err := d.Decode(s); err != nil {
		return nil, unreadable(text, d, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, work.Errorf(work.Invalid, "Something follows the scenario at line %d; a file holds one.", lineAt(text, d.InputOffset()))
	}
	return s, s.check()
}

// unreadable says in a sentence why JSON is no scenario.
func unreadable(text []byte, d *json.Decoder, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	name, unknown := strings.CutPrefix(err.Error(), "json: unknown field ")
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return work.Errorf(work.Invalid, "The scenario is empty; docs/effect.md has the format.")
	case errors.As(err, &kind):
		field := kind.Field
		if field == "" {
			return work.Errorf(work.Invalid, "A scenario is a JSON object in braces, not %s.", kind.Value)
		}
		return work.FieldError(field, "%s at line %d cannot be %s.", field, lineAt(text, kind.Offset), article(kind.Value))
	case errors.As(err, &syntax):
		return work.Errorf(work.Invalid, "Line %d of the scenario is not JSON: %s.", lineAt(text, syntax.Offset), strings.TrimPrefix(syntax.Error(), "json: "))
	case errors.Is(err, io.ErrUnexpectedEOF):
		return work.Errorf(work.Invalid, "The scenario ends in the middle; a brace or bracket is missing.")
	case unknown:
		return work.Errorf(work.Invalid, "A scenario has no field %s here (near line %d); docs/effect.md lists the fields.", name, lineAt(text, d.InputOffset()))
	}
	return work.Errorf(work.Invalid, "The scenario cannot be read: %s.", err)
}

func article(value string) string {
	if strings.HasPrefix(value, "number ") {
		return "the " + value
	}
	if strings.ContainsRune("aeiou", rune(value[0])) {
		return "an " + value
	}
	return "a " + value
}

func lineAt(text []byte, offset int64) int {
	return 1 + bytes.Count(text[:min(offset, int64(len(text)))], []byte("\n"))
}
