package plan

import (
	"slices"
	"strings"
	"unicode"

	"baton/internal/work"
)

// What a title has to do with a person whom it names. "Drive Nadia to
// orchestra" is about Nadia, who is not the one to drive; "Nadia: order
// supplies" and "@nadia" call upon her.
type naming int

const (
	unnamed naming = iota
	about
	calledUpon
)

// The words around a name that make it the one who is to do it. docs/matching.md
// lists them.
var (
	doneBy  = []string{"by", "via"}                                  // by Nadia
	askedTo = []string{"ask", "tell", "get", "for"}                  // ask Nadia to …, for Nadia to …
	letDo   = []string{"let", "have"}                                // let Nadia …
	passing = []string{"delegate", "assign", "hand", "pass", "give"} // delegate … to Nadia, at the title's beginning
	also    = []string{"and", "or"}                                  // Nadia and Omar: …
)

// A word of a title, and what stands right before and behind it.
type word struct {
	text          string // without an apostrophe and what follows it
	before, after string // signs, without blanks
	owns          bool   // Nadia's
}

// wordsOf cuts a title into words at everything but letters, digits and what
// stands between two of them inside a name: a hyphen, an apostrophe.
func wordsOf(title string) []word {
	var out []word
	signs, runes := "", []rune(title)
	for i := 0; i < len(runes); {
		if !unicode.IsLetter(runes[i]) && !unicode.IsDigit(runes[i]) {
			if !unicode.IsSpace(runes[i]) {
				signs += string(runes[i])
			}
			i++
			continue
		}
		from := i
		for i < len(runes) && (unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i]) || unicode.Is(unicode.Mn, runes[i]) ||
			i+1 < len(runes) && strings.ContainsRune("-'’", runes[i]) && unicode.IsLetter(runes[i+1])) {
			i++
		}
		if len(out) > 0 {
			out[len(out)-1].after = signs
		}
		w := word{text: string(runes[from:i]), before: signs}
		for _, end := range []string{"'s", "’s"} {
			w.text, w.owns = strings.CutSuffix(w.text, end)
			if w.owns {
				break
			}
		}
		out, signs = append(out, w), ""
	}
	if len(out) > 0 {
		out[len(out)-1].after = signs
	}
	return out
}

// namingOf says what a title has to do with somebody who goes by some names.
// Being called upon goes before being named otherwise.
func namingOf(title string, names []string) naming {
	words := wordsOf(title)
	small := !strings.ContainsFunc(title, unicode.IsUpper)
	found := unnamed
	for _, name := range names {
		called := wordsOf(name)
		for i := 0; len(called) > 0 && i+len(called) <= len(words); i++ {
			if !slices.EqualFunc(words[i:i+len(called)], called, func(a, b word) bool { return strings.EqualFold(a.text, b.text) }) {
				continue
			}
			switch n := namingAt(words, i, i+len(called)-1); {
			case n == calledUpon:
				return calledUpon
			case n == about && (small || !unicode.IsLower([]rune(words[i].text)[0])):
				found = about // a small word among capitals only happens to be a name: mark, will, may
			}
		}
	}
	return found
}

// namingAt says what the words around a name make of it, which reaches from
// its first to its last word.
func namingAt(words []word, first, last int) naming {
	before, after := "", ""
	if first > 0 {
		before = strings.ToLower(words[first-1].text)
	}
	if last+1 < len(words) {
		after = strings.ToLower(words[last+1].text)
	}
	ahead, behind := words[first].before, words[last].after
	ends := func(text string, signs ...string) bool {
		return slices.ContainsFunc(signs, func(s string) bool { return strings.HasSuffix(text, s) })
	}
	separated := strings.IndexFunc(behind, func(r rune) bool { return strings.ContainsRune(":,-–—", r) }) == 0
	switch {
	case ends(ahead, "@", "→", "->"):
		return calledUpon
	case words[last].owns:
		return about
	case ends(ahead, "(", "[") && strings.ContainsAny(behind, ")]"):
		return calledUpon
	case first == 0 && separated, first >= 2 && slices.Contains(also, before) && strings.HasPrefix(behind, ":"):
		return calledUpon
	case first == 0 && after != "":
		return unnamed // "Nadia orders supplies", "Nadia birthday party": it may be either
	case slices.Contains(doneBy, before), slices.Contains(letDo, before) && after != "", slices.Contains(askedTo, before) && after == "to":
		return calledUpon
	case before == "to" && slices.Contains(passing, strings.ToLower(words[0].text)):
		return calledUpon
	}
	return about
}

// labels begin the line of a note that holds what a task was labelled with in
// the program it came from.
const labels = "Labels: "

// naming says what a task's words have to do with a candidate: its title, whom
// its author named, its labels.
func (d *desk) naming(t *work.Task, p *Candidate) naming {
	key := nameKey{t.ID, p.ID}
	n, ok := d.named[key]
	if !ok {
		names := d.called[p.ID]
		is := func(name string) bool {
			return slices.ContainsFunc(names, func(called string) bool { return strings.EqualFold(called, strings.TrimSpace(name)) })
		}
		n = namingOf(t.Title, names)
		for line := range strings.Lines(t.Note) {
			if list, ok := strings.CutPrefix(line, labels); ok && slices.ContainsFunc(strings.Split(list, ","), is) {
				n = calledUpon
			}
		}
		if t.Suggested != "" && is(t.Suggested) {
			n = calledUpon
		}
		d.named[key] = n
	}
	return n
}

type nameKey struct {
	task   work.TaskID
	person work.PersonID
}

// callings are the names by which titles may call each candidate: the whole
// name, and a person's first one where nobody else has it. A firm's first word
// is any word.
func callings(people []Candidate) map[work.PersonID][]string {
	firsts := make([]string, len(people))
	times := map[string]int{}
	for i, p := range people {
		if words := wordsOf(p.Name); len(words) > 1 && (p.Kind == work.Teammate || p.Kind == work.Family) {
			firsts[i] = strings.ToLower(words[0].text)
		} else {
			firsts[i] = strings.ToLower(p.Name)
		}
		times[firsts[i]]++
	}
	out := make(map[work.PersonID][]string, len(people))
	for i, p := range people {
		out[p.ID] = []string{p.Name}
		if times[firsts[i]] == 1 && !strings.EqualFold(firsts[i], p.Name) {
			out[p.ID] = append(out[p.ID], firsts[i])
		}
	}
	return out
}
