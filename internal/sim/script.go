package sim

import (
	"bufio"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// An act is one thing somebody does: an operation, on what, with which fields.
type act struct {
	at        time.Time
	by        string
	operation string
	subject   string // the label of what it is about
	label     string // of what it makes; the subject unless said
	fields    []field
	place     string // file and line, for errors
}

type field struct{ name, text string }

// parse reads a script. Its lines are moments ("@ -12 09:30", in working days
// before the end), acts below them ("noor delegation.offer rota", with "as calls"
// behind it where what it makes has another label) and, indented below an act,
// its fields ("receiver: theo"). A long text goes on in lines
// that begin with "| ". Everything behind "# " at the beginning is a comment.
func parse(name, text string, c calendar) ([]act, error) {
	var acts []act
	var at time.Time
	lines := bufio.NewScanner(strings.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line, place := lines.Text(), fmt.Sprintf("%s:%d", name, n)
		body := strings.TrimSpace(line)
		switch {
		case body == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "@ "):
			var err error
			if at, err = c.moment(body[2:]); err != nil {
				return nil, fmt.Errorf("%s: %w", place, err)
			}
		case line[0] == ' ':
			if len(acts) == 0 {
				return nil, fmt.Errorf("%s: a field below nothing", place)
			}
			if err := acts[len(acts)-1].add(body); err != nil {
				return nil, fmt.Errorf("%s: %w", place, err)
			}
		default:
			words := strings.Fields(body)
			if len(words) < 2 || at.IsZero() {
				return nil, fmt.Errorf("%s: %q is not an act at a moment", place, body)
			}
			a := act{at: at, by: words[0], operation: words[1], place: place}
			if len(words) > 2 {
				a.subject, a.label = words[2], words[len(words)-1]
			}
			acts = append(acts, a)
		}
	}
	return acts, lines.Err()
}

// add takes in one line of fields.
func (a *act) add(line string) error {
	if more, ok := strings.CutPrefix(line, "| "); ok && len(a.fields) > 0 {
		a.fields[len(a.fields)-1].text += " " + more
		return nil
	}
	name, text, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("%q is not a field; write it like name: text", line)
	}
	a.fields = append(a.fields, field{name, strings.TrimSpace(text)})
	return nil
}

// merge puts the acts of several scripts in the order of time.
func merge(scripts ...[]act) []act {
	all := slices.Concat(scripts...)
	slices.SortStableFunc(all, func(a, b act) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
	return all
}
