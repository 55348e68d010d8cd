package api

import (
	"bytes"
	"encoding/json"

	"baton/internal/work"
)

// twice refuses a body in which an object has a field twice: which of the two
// counts is up to each reader (RFC 8259, 4), so that what was checked on the
// way could be another than what is done here.
func twice(body []byte) error {
	type object struct {
		seen map[string]bool // nil for an array
		key  bool            // whether a key comes next
	}
	var open []*object
	d := json.NewDecoder(bytes.NewReader(body))
	for {
		token, err := d.Token()
		if err != nil {
			return nil //nolint:nilerr // it was read whole before: this is its end
		}
		var in *object
		if len(open) > 0 {
			in = open[len(open)-1]
		}
		name, text := token.(string)
		switch {
		case token == json.Delim('}') || token == json.Delim(']'):
			open = open[:len(open)-1]
			continue
		case in != nil && in.key && text:
			if in.seen[name] {
				return work.FieldError(name, "%s stands there twice; say it once.", name)
			}
			in.seen[name], in.key = true, false
			continue
		case in != nil && in.seen != nil:
			in.key = true // behind this value
		}
		switch token {
		case json.Delim('{'):
			open = append(open, &object{seen: map[string]bool{}, key: true})
		case json.Delim('['):
			open = append(open, &object{})
		}
	}
}
