package phrase

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"baton/internal/ical"
)

// A Chip is something a line was understood to say, and where: it can be taken
// back by quoting those words.
type Chip struct {
	Kind  string `json:"kind" doc:"recurrence, effort, area, person, due or matters"`
	From  int    `json:"from" doc:"First byte in the line"`
	To    int    `json:"to" doc:"Behind the last byte"`
	Text  string `json:"text" doc:"What was written"`
	Words string `json:"words" doc:"What was understood"`
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
// What is not understood stays in the title; a line without a title is refused.
func QuickAdd(line string, c Context) (Capture, error) {
	got := Capture{Matters: -1}
	tokens := split(line)
	var title []string
	for i := 0; i < len(tokens); {
		if n := got.read(line, tokens[i:], c); n > 0 {
			i += n
			continue
		}
		title = append(title, tokens[i].text)
		i++
	}
	got.Title = strings.Join(title, " ")
	if got.Title == "" {
		return got, fmt.Errorf("the line says no title; write what is to be done")
	}
	return got, nil
}

// split cuts a line into words; a quoted part is one word without its quotes,
// and so is the name behind a sign: @"Bright Homes".
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
		case (line[i] == '#' || line[i] == '@') && strings.HasPrefix(line[i+1:], `"`) && strings.IndexByte(line[i+2:], '"') > 0:
			end := i + 2 + strings.IndexByte(line[i+2:], '"')
			out = append(out, token{line[i:i+1] + line[i+2:end], i, end + 1, false})
			i = end + 1
		default:
			end := i + strings.IndexAny(line[i:]+" ", " \t\n\r")
			out = append(out, token{line[i:end], i, end, false})
			i = end
		}
	}
	return out
}

// read tries to understand the words at the front and returns how many it took.
func (g *Capture) read(line string, tokens []token, c Context) int {
	if tokens[0].quoted {
		return 0
	}
	word := tokens[0].text
	lower := strings.ToLower(word)
	switch {
	case strings.HasPrefix(word, "#") && len(word) > 1 && g.Area == "":
		g.Area = word[1:]
		return g.chip(line, "area", "in "+g.Area, tokens[:1])
	case strings.HasPrefix(word, "@") && len(word) > 1 && g.Person == "":
		g.Person = word[1:]
		return g.chip(line, "person", "for "+g.Person, tokens[:1])
	case len(word) == 2 && word[0] == '!' && word[1] >= '0' && word[1] <= '3' && g.Matters < 0:
		g.Matters = int(word[1] - '0')
		return g.chip(line, "matters", "matters "+word[1:]+" of 3", tokens[:1])
	case lower == "every" || lower == "every!" || plainRules[lower] != "" && g.Rule.IsZero():
		return g.recurrence(line, tokens, c)
	case lower == "due" || lower == "by":
		return g.due(line, tokens, c)
	}
	return g.effort(line, tokens)
}

func (g *Capture) chip(line, kind, words string, tokens []token) int {
	from, to := tokens[0].from, tokens[len(tokens)-1].to
	g.Chips = append(g.Chips, Chip{Kind: kind, From: from, To: to, Text: line[from:to], Words: words})
	return len(tokens)
}

// recurrence takes the longest run of words that is one.
func (g *Capture) recurrence(line string, tokens []token, c Context) int {
	if !g.Rule.IsZero() {
		return 0
	}
	for n := min(longest, len(tokens)); n >= 1; n-- {
		when, err := Recur(text(tokens[:n]), c)
		if errors.Is(err, errTwoWays) {
			return 0 // a part of what could be two things is not what was meant
		}
		if err != nil || when.Rule.IsZero() {
			continue
		}
		if goesOn(tokens[n:]) {
			return 0
		}
		g.Rule = when.Rule
		if g.Due.IsZero() {
			g.Due = when.Due
		}
		return g.chip(line, "recurrence", when.Words, tokens[:n])
	}
	return 0
}

// goesOn reports whether a date or recurrence is followed by a time that was
// not understood with it.
func goesOn(rest []token) bool {
	if len(rest) > 1 && strings.EqualFold(rest[0].text, "at") && !rest[0].quoted {
		rest = rest[1:]
		return !rest[0].quoted && rest[0].text[0] >= '0' && rest[0].text[0] <= '9'
	}
	return len(rest) > 0 && !rest[0].quoted && clockLike(rest[0].text)
}

// clockLike reports whether a word is put like a time of day: 25:00.
func clockLike(word string) bool {
	hour, minute, found := strings.Cut(word, ":")
	_, noHour := strconv.Atoi(hour)
	_, noMinute := strconv.Atoi(minute)
	return found && noHour == nil && noMinute == nil
}

// said reports whether the line said something of a kind already.
func (g *Capture) said(kind string) bool {
	return slices.ContainsFunc(g.Chips, func(c Chip) bool { return c.Kind == kind })
}

func (g *Capture) due(line string, tokens []token, c Context) int {
	if g.said("due") {
		return 0
	}
	for n := min(longest, len(tokens)); n >= 2; n-- {
		due, err := Day(text(tokens[1:n]), c)
		if err != nil {
			continue
		}
		if goesOn(tokens[n:]) {
			return 0
		}
		g.Due = due
		return g.chip(line, "due", "due "+longDate(due), tokens[:n])
	}
	return 0
}

func (g *Capture) effort(line string, tokens []token) int {
	if g.Effort != 0 || tokens[0].text[0] < '0' || tokens[0].text[0] > '9' {
		return 0
	}
	for n := min(3, len(tokens)); n >= 1; n-- {
		minutes, err := Effort(text(tokens[:n]))
		if err != nil || n > 1 && tokens[n-1].quoted {
			continue
		}
		g.Effort = minutes
		return g.chip(line, "effort", fmt.Sprintf("%d minutes", minutes), tokens[:n])
	}
	return 0
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
