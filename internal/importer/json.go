package importer

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"baton/internal/work"
)

// entryMost is how long one entry of a JSON file may be.
const entryMost = 4 << 20

// A Stream reads a JSON file token by token and entry by entry.
type Stream struct {
	*json.Decoder
	in *lines
}

// NewStream reads JSON.
func NewStream(r io.Reader) *Stream {
	in := &lines{r: r, line: 1, left: entryMost}
	return &Stream{json.NewDecoder(in), in}
}

// Line is the line the decoder stands on.
func (s *Stream) Line() int { return s.in.at(s.InputOffset()) }

// Entry decodes the next value, which may not be longer than the cap, and
// returns the line it begins on.
func (s *Stream) Entry(to any) (line int, err error) {
	s.in.left = entryMost
	line = s.Line()
	if err := s.Decode(to); err != nil {
		return line, s.explain(err)
	}
	return line, nil
}

// End returns io.EOF when nothing follows.
func (s *Stream) End() error {
	s.in.left = entryMost
	if s.More() {
		return nil
	}
	return io.EOF
}

// Each walks the array that comes next.
func (s *Stream) Each(fn func() (bool, error)) (more bool, err error) {
	if err := s.open('['); err != nil {
		return false, err
	}
	for s.More() {
		if more, err := fn(); !more || err != nil {
			return false, err
		}
	}
	return true, s.close()
}

// Fields walks the object that comes next; fn consumes each value.
func (s *Stream) Fields(fn func(name string) (bool, error)) (more bool, err error) {
	if err := s.open('{'); err != nil {
		return false, err
	}
	for s.More() {
		s.in.left = entryMost
		name, err := s.Token()
		if err != nil {
			return false, s.explain(err)
		}
		if more, err := fn(name.(string)); !more || err != nil {
			return false, err
		}
	}
	return true, s.close()
}

// Pass reads over the value that comes next, however long it is.
func (s *Stream) Pass() error {
	for depth := 0; ; {
		s.in.left = entryMost
		token, err := s.Token()
		if err != nil {
			return s.explain(err)
		}
		switch token {
		case json.Delim('['), json.Delim('{'):
			depth++
		case json.Delim(']'), json.Delim('}'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

func (s *Stream) open(want json.Delim) error {
	s.in.left = entryMost
	token, err := s.Token()
	if err != nil {
		return s.explain(err)
	}
	if token != want {
		return work.Errorf(work.Invalid, "Line %d: there should be a %s.", s.Line(), want)
	}
	return nil
}

func (s *Stream) close() error {
	if _, err := s.Token(); err != nil {
		return s.explain(err)
	}
	return nil
}

// explain names the place where the JSON is wrong.
func (s *Stream) explain(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, errTooLong):
		return work.Errorf(work.Invalid, "Line %d: one entry is longer than 4 MB.", s.Line())
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return work.Errorf(work.Invalid, "Line %d: the file breaks off.", s.in.at(math.MaxInt64))
	case errors.As(err, &syntax):
		return work.Errorf(work.Invalid, "Line %d: this is not JSON (%s).", s.in.at(syntax.Offset), syntax)
	case errors.As(err, &kind):
		return work.Errorf(work.Invalid, "Line %d: %s cannot be a %s.", s.Line(), kind.Field, kind.Value)
	}
	return fmt.Errorf("read the JSON: %w", err)
}

var errTooLong = errors.New("an entry is too long")

// lines counts line ends, and refuses to read on for one entry for ever. It
// remembers the line ends the decoder has read but not yet passed.
type lines struct {
	r      io.Reader
	offset int64
	ahead  []int64 // offsets of the line ends not passed yet
	line   int     // behind the line ends passed
	left   int
}

// Read implements io.Reader.
func (l *lines) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errTooLong
	}
	n, err := l.r.Read(p[:min(len(p), 32<<10)])
	for i, c := range p[:n] {
		if c == '\n' {
			l.ahead = append(l.ahead, l.offset+int64(i))
		}
	}
	l.offset += int64(n)
	l.left -= n
	return n, err
}

// at is the line of an offset that is not behind one asked for before.
func (l *lines) at(offset int64) int {
	passed := 0
	for passed < len(l.ahead) && l.ahead[passed] < offset {
		passed++
	}
	l.line += passed
	l.ahead = append(l.ahead[:0], l.ahead[passed:]...)
	return l.line
}
