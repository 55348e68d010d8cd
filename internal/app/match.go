package app

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A Match says which versions of a thing its author saw, as RFC 9110 has it in
// If-Match: nil asks for none, and one without versions is never met.
type Match []int64

// matchTag is one entity tag, and where the next begins. A bare number and a
// weak tag count as well: what compresses on the way weakens a tag.
var matchTag = regexp.MustCompile(`^[ \t]*(?:W/)?("[^"]*"|[^", \t]+)[ \t]*(?:,|$)`)

// Seen is the match of one version; 0 is none.
func Seen(version int64) Match {
	if version == 0 {
		return nil
	}
	return Match{version}
}

// UnmarshalText reads a list of entity tags, or *. What is no version of ours
// matches nothing.
func (m *Match) UnmarshalText(text []byte) error {
	rest := strings.TrimSpace(string(text))
	*m = nil
	if rest == "" || rest == "*" {
		return nil
	}
	*m = Match{}
	for rest != "" {
		tag := matchTag.FindStringSubmatch(rest)
		if tag == nil {
			*m = Match{}
			return nil
		}
		if n, err := strconv.ParseInt(strings.Trim(tag[1], `"`), 10, 64); err == nil {
			*m = append(*m, n)
		}
		rest = rest[len(tag[0]):]
	}
	return nil
}

// Holds reports whether a version is one of those that were seen.
func (m Match) Holds(version int64) bool { return m == nil || slices.Contains(m, version) }
