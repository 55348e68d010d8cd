// Package coach holds what is pure about coaching: how names are taken out of
// what a coach reads, and which questions the data asks. docs/coaching.md says
// the same in words.
package coach

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"baton/internal/work"
)

// Somebody is a person a text may name.
type Somebody struct {
	Name  string
	Email string
	Named bool // they agreed, or are the client or the coach
}

// A Mask puts initials in place of the names of people who did not agree to be
// named.
type Mask struct {
	words   map[string]string // words in small letters, a space between, to what stands there instead; "" keeps them
	longest int               // words of the longest name
	mails   map[string]string
}

// NewMask makes the mask for a text that may name these people. A word that is
// part of the name of somebody who did not agree goes, though somebody who did
// has it too; the whole name of the latter stays.
func NewMask(people []Somebody) *Mask {
	m := &Mask{words: map[string]string{}, mails: map[string]string{}}
	for _, p := range people {
		if words := namesOf(p.Name); p.Named && len(words) > 1 {
			m.keep(words)
		}
	}
	for _, p := range people {
		if !p.Named {
			m.hide(p)
		}
	}
	return m
}

func (m *Mask) keep(words []string) {
	m.words[strings.Join(words, " ")] = ""
	m.longest = max(m.longest, len(words))
}

func (m *Mask) hide(p Somebody) {
	initials := Initials(p.Name)
	if p.Email != "" {
		m.mails[strings.ToLower(p.Email)] = initials
	}
	words := namesOf(p.Name)
	set := func(key string) {
		if utf8.RuneCountInString(key) < 2 {
			return
		}
		if was := m.words[key]; was != "" && was != initials {
			first, _ := utf8.DecodeRuneInString(key)
			m.words[key] = string(unicode.ToUpper(first)) + "." // several people: no more than the letter
			return
		}
		m.words[key] = initials
	}
	set(strings.Join(words, " "))
	m.longest = max(m.longest, len(words))
	if len(words) == 1 {
		return
	}
	set(strings.Join(words, ""))
	for _, w := range words {
		if tells(w) {
			set(w)
		}
	}
}

// quiet are words in names that tell nobody apart; alone they stay.
var quiet = []string{
	"von", "van", "de", "der", "den", "del", "della", "da", "di", "du", "la", "le", "el", "al", "bin", "ibn", "the", "and", "of", "for", "at", "in", "on", "to",
	"dr", "mr", "mrs", "ms", "prof", "jr", "sr", "st", "co", "inc", "ltd", "llc", "gmbh", "ag", "company", "service", "services",
}

func tells(word string) bool {
	return !slices.Contains(quiet, word) && strings.ContainsFunc(word, unicode.IsLetter)
}

// namesOf splits a name into its words, as they are compared: who writes Jose
// means José.
func namesOf(name string) []string {
	return strings.FieldsFunc(work.Folded(name), func(r rune) bool { return !inWord(r) })
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }

// Initials are the first letters of a name: "Imani Okafor" is "I. O.".
func Initials(name string) string {
	var out []string
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return !inWord(r) }) {
		first, _ := utf8.DecodeRuneInString(w)
		out = append(out, string(unicode.ToUpper(first))+".")
	}
	if len(out) == 0 {
		return "N. N."
	}
	return strings.Join(out, " ")
}

// address finds mail addresses in a text.
var address = regexp.MustCompile(`[^\s<>()"',;:]+@[^\s<>()"',;:]+`)

// Text takes the names out of a text. A mail address goes whoever it belongs
// to.
func (m *Mask) Text(text string) string {
	text = address.ReplaceAllStringFunc(text, func(found string) string {
		if initials := m.mails[strings.ToLower(strings.TrimRight(found, ".!?"))]; initials != "" {
			return initials
		}
		return "…@…"
	})
	words := split(text)
	var b strings.Builder
	at := 0
	for i := 0; i < len(words); {
		instead, n := m.match(words[i:])
		if n == 0 {
			i++
			continue
		}
		last := words[i+n-1]
		if instead != "" {
			if strings.HasPrefix(text[last.to:], ".") { // which ends the initials, too
				instead = strings.TrimSuffix(instead, ".")
			}
			b.WriteString(text[at:words[i].from])
			b.WriteString(instead)
			at = last.to
		}
		i += n
	}
	b.WriteString(text[at:])
	return b.String()
}

// A span is a word of a text.
type span struct {
	from, to int
	low      string
}

func split(text string) []span {
	var out []span
	from := -1
	for i, r := range text + " " {
		switch {
		case inWord(r) && from < 0:
			from = i
		case !inWord(r) && from >= 0:
			out = append(out, span{from, i, work.Folded(text[from:i])})
			from = -1
		}
	}
	return out
}

// gap is how many bytes may stand between the words of one name.
const gap = 4

// match finds the longest name the words begin with: what stands there
// instead ("" for a name that stays), and how many words it is; 0 for none.
func (m *Mask) match(words []span) (string, int) {
	n := 1
	for n < min(m.longest, len(words)) && words[n].from-words[n-1].to <= gap {
		n++
	}
	for ; n > 0; n-- {
		lows := make([]string, n)
		for i := range lows {
			lows[i] = words[i].low
		}
		key := strings.Join(lows, " ")
		if instead, known := m.words[key]; known {
			return instead, n
		}
		if stem, ok := strings.CutSuffix(key, "s"); ok { // "Imanis list"
			if instead, known := m.words[stem]; known && instead != "" {
				return instead, n
			}
		}
	}
	return "", 0
}

// Apply takes the names out of every text below a pointer. Types made of
// strings are Baton's own words and stay, and so do fields tagged mask:"-":
// a new text that nobody thought of loses its names.
func (m *Mask) Apply(to any) { m.apply(reflect.ValueOf(to)) }

func (m *Mask) apply(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			m.apply(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Tag.Get("mask") != "-" {
				m.apply(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			m.apply(v.Index(i))
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && v.CanSet() {
			v.SetString(m.Text(v.String()))
		}
	}
}
