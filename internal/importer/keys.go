package importer

import (
	"encoding/base32"
	"hash/fnv"
	"strconv"

	"baton/internal/work"
)

// Keys names rows of formats without ids of their own: by where a row stands,
// what it says, and how many rows before it said the same there. Other lines
// may come and go around it.
type Keys struct {
	format string
	seen   map[uint64]int32
}

// NewKeys makes keys for a format.
func NewKeys(format string) *Keys { return &Keys{format, map[uint64]int32{}} }

// Of returns the key of a row under a parent's key or a section.
func (k *Keys) Of(under, title string) string {
	hash := sum(under, title)
	n := k.seen[hash]
	k.seen[hash] = n + 1
	return k.format + ":" + short(hash) + nth(n)
}

func nth(n int32) string {
	if n == 0 {
		return ""
	}
	return "-" + strconv.Itoa(int(n)+1)
}

func sum(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		_, _ = h.Write([]byte(p)) // a hash takes everything
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}

func short(hash uint64) string {
	var b [8]byte
	for i := range b {
		b[i] = byte(hash >> (8 * i))
	}
	return base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])
}

// ID is the key of a row with an id of its own; a long one is hashed.
func ID(format, id string) string {
	if id = clean(id); len(id) > 60 {
		id = short(sum(id))
	}
	return format + ":" + id
}

// Digest is a short text that stands for long ones.
func Digest(parts ...string) string { return short(sum(parts...)) }

// Seen remembers, in a few bytes each, what was there before.
type Seen map[uint64]int32

// Add notes a text and returns the line on which it was noted first, 0 if this
// is the first time.
func (s Seen) Add(text string, line int) int {
	hash := sum(text)
	if first, ok := s[hash]; ok {
		return int(first)
	}
	s[hash] = int32(line)
	return 0
}

// Has returns whether a text was noted.
func (s Seen) Has(text string) bool {
	_, ok := s[sum(text)]
	return ok
}

// Names finds the key of a row by its title or id, for formats that name a
// parent so. It keeps a few bytes for each.
type Names map[uint64]string

// Set gives a name a key; the latest counts.
func (n Names) Set(name, key string) { n[sum(OneLine(name))] = key }

// Key returns the key of a name, "" if there was none.
func (n Names) Key(name string) string { return n[sum(OneLine(name))] }

// Tidy makes every row fit: texts are clean, no title or note is longer than
// the domain takes, no key stands twice, and a task that still does not fit is
// skipped with the reason.
func Tidy(rows Rows) Rows {
	return func(yield func(Row, error) bool) {
		seen := Seen{}
		for row, err := range rows {
			if err == nil && row.Skip == "" {
				tidy(&row)
				if first := seen.Add(row.Key, row.Line); first != 0 && row.Skip == "" {
					row.Skip = sentence("%s has the same id as what stands on line %d.", Quoted(row.name()), first)
				}
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

func (r *Row) name() string {
	if r.Person != nil {
		return r.Person.Name
	}
	return r.Title
}

// The lengths of the domain, and of what the others find readable.
const (
	titleMost  = 500
	noteMost   = 20_000
	areaMost   = 100
	personMost = 200
)

func tidy(r *Row) {
	if r.Person != nil {
		p := *r.Person
		p.Accountable = 1 // who imports an agent answers for it
		if err := p.Validate(); err != nil {
			r.Skip = err.Error()
		}
		return
	}
	whole := OneLine(r.Title)
	r.Title, r.Note = Cut(whole, titleMost), clean(r.Note)
	if r.Title != whole {
		r.Note = Join(whole, r.Note)
		r.Remark = Join(r.Remark, "The title was too long; all of it is in the note.")
	}
	if len(r.Note) > noteMost {
		r.Note = Cut(r.Note, noteMost)
		r.Remark = Join(r.Remark, "The note was longer than 20,000 characters and was cut.")
	}
	r.Area, r.Suggested = Cut(OneLine(r.Area), areaMost), Cut(OneLine(r.Suggested), personMost)
	if r.Effort < 0 || r.Effort > 10_000 {
		r.Effort = 0
		r.Remark = Join(r.Remark, "Its effort is more than 10,000 minutes for one time and was left out.")
	}
	t := work.Task{Kind: work.PlainTask, Title: r.Title, Note: r.Note, Effort: r.Effort}
	switch err := t.Validate(); {
	case r.Title == "":
		r.Skip = "It has no title."
	case err != nil:
		r.Skip = err.Error()
	}
}
