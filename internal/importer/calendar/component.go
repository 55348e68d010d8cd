package calendar

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	ics "github.com/arran4/golang-ical"

	"baton/internal/work"
)

// The caps of a calendar's text. What a component says beyond them is not
// read.
const (
	longestLine    = 1 << 20
	mostProperties = 5000
	mostNesting    = 20
)

// A component of a calendar: an event, a to-do or a time zone, without what is
// nested in it.
type component struct {
	name  string
	line  int
	props []*ics.BaseProperty
}

// get returns the first property of a name.
func (c *component) get(name string) *ics.BaseProperty {
	for _, p := range c.props {
		if p.IANAToken == name {
			return p
		}
	}
	return nil
}

// text returns a property's text without its escapes.
func (c *component) text(name string) string {
	if p := c.get(name); p != nil {
		return unescape.Replace(p.Value)
	}
	return ""
}

var unescape = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";")

// all returns every property of a name.
func (c *component) all(name string) []*ics.BaseProperty {
	var out []*ics.BaseProperty
	for _, p := range c.props {
		if p.IANAToken == name {
			out = append(out, p)
		}
	}
	return out
}

func param(p *ics.BaseProperty, name string) string {
	for k, v := range p.ICalParameters {
		if strings.EqualFold(k, name) && len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

// visitor is told of what a calendar holds.
type visitor struct {
	calendar func(*ics.BaseProperty)               // a property of the calendar itself
	end      func(*component) (more bool, _ error) // a whole component
}

// walk reads a calendar line by line. Lines that are no property are passed
// over, and so is everything in components within events.
func walk(r io.Reader, v visitor) error {
	lines := &unfolder{in: bufio.NewReaderSize(r, 64<<10)}
	var stack []string
	var open *component
	for {
		text, n, err := lines.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		p := property(text)
		if p == nil {
			continue
		}
		switch p.IANAToken {
		case "BEGIN":
			if stack = append(stack, strings.ToUpper(p.Value)); len(stack) > mostNesting {
				return work.Errorf(work.Invalid, "Line %d: components are nested too deep.", n)
			}
			if len(stack) == 2 {
				open = &component{name: stack[1], line: n}
			}
		case "END":
			if len(stack) == 2 && open != nil {
				if more, err := v.end(open); !more || err != nil {
					return err
				}
				open = nil
			}
			stack = stack[:max(len(stack)-1, 0)]
		default:
			keep(v, stack, open, p)
		}
	}
	if len(stack) > 0 {
		return work.Errorf(work.Invalid, "Line %d: the file breaks off inside a %s.", lines.line, stack[len(stack)-1])
	}
	return nil
}

// keep puts a property where it belongs. Of what is nested in a component only
// the offsets of a time zone count.
func keep(v visitor, stack []string, open *component, p *ics.BaseProperty) {
	switch {
	case len(stack) == 1 && v.calendar != nil:
		v.calendar(p)
	case open == nil || len(open.props) >= mostProperties:
	case len(stack) == 2 || stack[1] == "VTIMEZONE" && p.IANAToken == "TZOFFSETTO" && stack[2] == "STANDARD":
		open.props = append(open.props, p)
	}
}

// property reads a content line; a parameter that is wrong loses its line's
// parameters, not its value.
func property(text string) *ics.BaseProperty {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	p, err := ics.ParseProperty(ics.ContentLine(text))
	if err != nil || p == nil {
		if p, err = ics.LooseParser(ics.ContentLine(text)); err != nil || p == nil {
			return nil
		}
	}
	p.IANAToken = strings.ToUpper(p.IANAToken)
	p.Value = strings.TrimRight(p.Value, " \t")
	return p
}

// unfolder joins lines that go on with a blank.
type unfolder struct {
	in   *bufio.Reader
	line int // lines read
}

// next returns a whole content line and the number of its first line.
func (u *unfolder) next() (text string, n int, err error) {
	var b strings.Builder
	for {
		part, err := u.physical(&b)
		if err != nil || !part {
			return "", 0, err
		}
		if n == 0 {
			n = u.line
		}
		more, _ := u.in.Peek(1) // none at the end
		if len(more) == 0 || more[0] != ' ' && more[0] != '\t' {
			return b.String(), n, nil
		}
		_, _ = u.in.Discard(1) // it was just seen there
	}
}

// physical appends one line of the file, without its end; what passes the cap
// is dropped.
func (u *unfolder) physical(b *strings.Builder) (bool, error) {
	read := false
	for {
		part, err := u.in.ReadSlice('\n')
		read = read || len(part) > 0
		if b.Len() < longestLine {
			b.WriteString(strings.TrimRight(string(part), "\r\n"))
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && !read:
			return false, io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return false, fmt.Errorf("read the calendar: %w", err)
		}
		u.line++
		return true, nil
	}
}
