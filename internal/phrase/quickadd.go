package phrase

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"baton/internal/ical"
)

// A Chip is something a line was understood to say, and where: it can be taken
// back by quoting those words.
type Chip struct {
	Kind  string `json:"kind" doc:"recurrence, effort, area, person, due or matters; unclear for what stays title because it can be read in two ways or in none"`
	From  int    `json:"from" doc:"First byte in the line"`
	To    int    `json:"to" doc:"Behind the last byte"`
	Text  string `json:"text" doc:"What was written"`
	Words string `json:"words" doc:"What was understood, or why not"`
}

// A Capture is what a line of quick add says.
type Capture struct {
	Title   string
	Rule    ical.Rule
	Due     ical.Due
	Effort  int // minutes
	Area    string
	Person  string
	Matters int // -1 unsaid, else 0 to 3
	Chips   []Chip
}

// token is a word of the line and where it stands; quoted words are title.
type token struct {
	text     string
	from, to int
	quoted   bool
}

// longest is how many words a date or recurrence can take.
const longest = 8

// QuickAdd reads one line:
//
//	Order exam supplies every friday 45m #clinic @assistant due 12 dec !2
//
// Recurrence, effort, area, proposed person, due and how much it matters are
// taken out and the rest is the title. Quotes keep their words in the title.
// What is not understood stays in the title, and where it looked like a time a
// chip says why; a line without a title is refused.
func QuickAdd(line string, c Context) (Capture, error) {
	got := Capture{Matters: -1}
	tokens := split(line)
	var title []string
	for i := 0; i < len(tokens); {
		n, understood := got.read(line, tokens[i:], c)
		if !understood {
			n = max(n, 1)
			for _, t := range tokens[i : i+n] {
				title = append(title, t.text)
			}
		}
		i += n
	}
	got.Title = strings.Join(title, " ")
	if got.Title == "" {
		return got, fmt.Errorf("the line says no title; write what is to be done")
	}
	return got, nil
}

// split cuts a line into words; a quoted part is one word without its quotes,
// and so is a name in quotes behind its sign.
func split(line string) []token {
	var out []token
	for i := 0; i < len(line); {
		switch {
		case line[i] == ' ' || line[i] == '\t' || line[i] == '\n' || line[i] == '\r':
			i++
		case line[i] == '"' && strings.IndexByte(line[i+1:], '"') >= 0:
			end := i + 1 + strings.IndexByte(line[i+1:], '"')
			out = append(out, token{line[i+1 : end], i, end + 1, true})
			i = end + 1
		case strings.HasPrefix(line[i:], `#"`) || strings.HasPrefix(line[i:], `@"`):
			end := i + 2 + strings.IndexByte(line[i+2:], '"') + 1
			if end < i+3 || end < len(line) && !strings.ContainsRune(" \t\n\r", rune(line[end])) {
				end = i + strings.IndexAny(line[i:]+" ", " \t\n\r")
				out = append(out, token{line[i:end], i, end, true}) // no name: the quotes do not close around one
			} else {
				name := strings.Join(strings.Fields(line[i+2:end-1]), " ")
				out = append(out, token{line[i:i+1] + name, i, end, name == ""})
			}
			i = end
		default:
			end := i + strings.IndexAny(line[i:]+" ", " \t\n\r")
			out = append(out, token{line[i:end], i, end, false})
			i = end
		}
	}
	return out
}

// read tries to understand the words at the front. It returns how many belong
// together, and whether they were understood; what was not is title.
func (g *Capture) read(line string, tokens []token, c Context) (n int, understood bool) {
	if tokens[0].quoted {
		return 1, false
	}
	word := tokens[0].text
	lower := strings.ToLower(word)
	named := len(word) > 1 && !strings.Contains(word, `"`)
	switch {
	case word[0] == '#' && named && g.Area == "":
		g.Area = word[1:]
		return g.chip(line, "area", "in "+g.Area, tokens[:1])
	case word[0] == '@' && named && g.Person == "":
		g.Person = word[1:]
		return g.chip(line, "person", "for "+g.Person, tokens[:1])
	case len(word) == 2 && word[0] == '!' && word[1] >= '0' && word[1] <= '3' && g.Matters < 0:
		g.Matters = int(word[1] - '0')
		return g.chip(line, "matters", "matters "+word[1:]+" of 3", tokens[:1])
	case lower == "every" || lower == "every!" || plainRules[lower] != "":
		return g.recurrence(line, tokens, c)
	case lower == "due" || lower == "by":
		return g.due(line, tokens, c)
	}
	return g.effort(line, tokens)
}

func (g *Capture) chip(line, kind, words string, tokens []token) (int, bool) {
	from, to := tokens[0].from, tokens[len(tokens)-1].to
	g.Chips = append(g.Chips, Chip{Kind: kind, From: from, To: to, Text: line[from:to], Words: words})
	return len(tokens), true
}

// unclear leaves words in the title and says why.
func (g *Capture) unclear(line string, tokens []token, why error) (int, bool) {
	n, _ := g.chip(line, "unclear", why.Error(), tokens)
	return n, false
}

// recurrence takes the longest run of words that is one. Where a longer run is
// refused, or goes on about time, no shorter one is taken: that would be a
// guess.
func (g *Capture) recurrence(line string, tokens []token, c Context) (int, bool) {
	if !g.Rule.IsZero() {
		return 1, false
	}
	for n := min(longest, len(tokens)); n >= 1; n-- {
		if joins[strings.ToLower(tokens[n-1].text)] {
			continue
		}
		when, err := Recur(text(tokens[:n]), c)
		if refused(err) {
			return g.unclear(line, tokens[:n], err)
		}
		if err != nil || when.Rule.IsZero() {
			continue
		}
		if more := goesOn(tokens, n); more > 0 {
			_, err := Recur(text(tokens[:n+more]), c)
			return g.unclear(line, tokens[:n+more], cmp.Or(err, errBeyond))
		}
		g.Rule = when.Rule
		if g.Due.IsZero() {
			g.Due = when.Due
		}
		return g.chip(line, "recurrence", when.Words, tokens[:n])
	}
	return 1, false
}

// due takes the longest run of words that is a date, as recurrence does.
func (g *Capture) due(line string, tokens []token, c Context) (int, bool) {
	if slices.ContainsFunc(g.Chips, func(c Chip) bool { return c.Kind == "due" }) {
		return 1, false
	}
	for n := min(longest, len(tokens)); n >= 2; n-- {
		due, err := Day(text(tokens[1:n]), c)
		if refused(err) {
			return g.unclear(line, tokens[:n], err)
		}
		if err != nil {
			continue
		}
		if more := goesOn(tokens, n); more > 0 {
			_, err := Day(text(tokens[1:n+more]), c)
			return g.unclear(line, tokens[:n+more], cmp.Or(err, errBeyond))
		}
		g.Due = due
		return g.chip(line, "due", "due "+longDate(due), tokens[:n])
	}
	return 1, false
}

func (g *Capture) effort(line string, tokens []token) (int, bool) {
	if g.Effort != 0 || tokens[0].text[0] < '0' || tokens[0].text[0] > '9' {
		return 1, false
	}
	for n := min(3, len(tokens)); n >= 1; n-- {
		minutes, err := Effort(text(tokens[:n]))
		if err != nil || n > 1 && tokens[n-1].quoted {
			continue
		}
		g.Effort = minutes
		return g.chip(line, "effort", fmt.Sprintf("%d minutes", minutes), tokens[:n])
	}
	return 1, false
}

func text(tokens []token) string {
	words := make([]string, len(tokens))
	for i, t := range tokens {
		if t.quoted {
			return "\"" // a quoted word is title, never part of a date
		}
		words[i] = t.text
	}
	return strings.Join(words, " ")
}
