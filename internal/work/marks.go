package work

import (
	"strings"

	"baton/internal/ical"
)

// A Mark is one judgement about a task: said by its author, or guessed from a
// documented cue and shown as a guess.
type Mark struct {
	Value   int    `json:"value"`
	Guessed bool   `json:"guessed"`
	Cue     string `json:"cue,omitempty" doc:"What the guess rests on"`
}

// Marks decide what to let go of. They are their author's alone to see.
type Marks struct {
	NeedsMe Mark `json:"needs_me"` // 0 anybody … 3 only me
	Matters Mark `json:"matters"`  // 0 not … 3 greatly
	Grows   Mark `json:"grows"`    // 0 nobody would grow … 3 somebody would greatly
	Energy  Mark `json:"energy"`   // -2 drains me … +2 gives me energy
}

// Said holds only the marks somebody made; nil is not said.
type Said struct {
	NeedsMe *int `json:"needs_me,omitempty" minimum:"0" maximum:"3" doc:"0 anybody can do it … 3 only I can"`
	Matters *int `json:"matters,omitempty" minimum:"0" maximum:"3" doc:"0 does not matter … 3 matters greatly"`
	Grows   *int `json:"grows,omitempty" minimum:"0" maximum:"3" doc:"0 nobody would grow by it … 3 somebody would greatly"`
	Energy  *int `json:"energy,omitempty" minimum:"-2" maximum:"2" doc:"-2 drains me … 2 gives me energy"`
}

// Validate reports a mark outside its range.
func (s Said) Validate() error {
	for _, m := range []struct {
		name     string
		v        *int
		low, top int
	}{
		{"needs_me", s.NeedsMe, 0, 3},
		{"matters", s.Matters, 0, 3},
		{"grows", s.Grows, 0, 3},
		{"energy", s.Energy, -2, 2},
	} {
		if m.v != nil && (*m.v < m.low || *m.v > m.top) {
			return FieldError(m.name, "The mark %s is a number from %d to %d.", m.name, m.low, m.top)
		}
	}
	return nil
}

// Over lays what was said over guesses.
func (s Said) Over(guess Marks) Marks {
	set := func(m *Mark, v *int) {
		if v != nil {
			*m = Mark{Value: *v}
		}
	}
	set(&guess.NeedsMe, s.NeedsMe)
	set(&guess.Matters, s.Matters)
	set(&guess.Grows, s.Grows)
	set(&guess.Energy, s.Energy)
	return guess
}

// A cue is a documented reason for a guess: word stems or phrases, and what
// they suggest. docs/letgo.md shows the table.
type cue struct {
	words []string
	value int
}

// The cues, the strongest first. A cue written with a space must occur as
// written; a single stem must begin a word.
var (
	needsMeCues = []cue{
		{[]string{"only i ", "only the ", "only me", "what i am here for", "must be me", "my signature", "of record", "nobody else"}, 3},
		{[]string{"coach", "mentor", "sign off", "performance review", "my daughter", "my son", "my children", "my family", "my partner", "confidential", "diagnos"}, 3},
		{[]string{"board", "present", "negotiat", "strategy", "vision", "talk", "keynote", "i like", "interview"}, 2},
		{[]string{"not mine", "not me", "not a physician", "no clinician", "anybody", "anyone", "does not need", "need no"}, 0},
		{[]string{"clean", "mow", "copy", "copies", "print", "laundry", "errand", "shop", "invoic", "order", "reorder", "sort", "mail", "book", "schedul", "calendar", "log", "file", "filing", "typ", "format", "layout", "rota", "roster", "approv", "meal", "garden", "lawn", "call", "repl", "chase", "buy", "return", "fix", "declutter", "renew", "updat"}, 0},
	}
	mattersCues = []cue{
		{[]string{"what i am here for", "abnormal", "safety", "patient", "client", "board", "my daughter", "my son", "mentor", "strategy", "legal", "compliance", "lead", "hir"}, 3},
		{[]string{"project", "interview", "invoic", "talk", "curriculum", "quality", "budget"}, 2},
		{[]string{"copy", "copies", "print", "mow", "sort", "handout", "log", "declutter"}, 0},
	}
	growsCues = []cue{
		{[]string{"lead", "project", "program", "curriculum", "strategy", "launch"}, 3},
		{[]string{"interview", "hir", "present", "talk", "rota", "roster", "budget", "quality", "improv", "train", "teach", "mentor", "event", "plan", "newsletter"}, 2},
		{[]string{"clean", "mow", "copy", "copies", "print", "laundry", "sort", "log", "errand", "shop"}, 0},
	}
	energyCues = []cue{
		{[]string{"what i am here for", "i like", "i love", "enjoy", "my daughter", "my son", "coach"}, 2},
		{[]string{"mentor", "teach"}, 1},
		{[]string{"hate", "drain", "on hold", "chase", "i do not like", "boring", "nagging"}, -2},
		{[]string{"clean", "copy", "copies", "sort", "invoic", "log", "approv", "mow", "form", "bill"}, -1},
	}
)

// Guess marks a task nobody has marked from its words, its recurrence and its
// hours. skills are the names of the workspace's skills: a task that shares a
// stem with one is likely somebody else's to do. The same task always gets
// the same guesses.
func Guess(t *Task, skills []string, today ical.Date) Marks {
	text := newText(t.Title + " . " + t.Note)
	m := Marks{
		NeedsMe: text.guess(needsMeCues, 1, "nothing says that only you can"),
		Matters: text.guess(mattersCues, 1, "nothing says how much it matters"),
		Grows:   text.guess(growsCues, 1, "nothing says that somebody would grow by it"),
		Energy:  text.guess(energyCues, 0, "nothing says whether it drains you"),
	}
	title := newText(t.Title)
	if m.NeedsMe.Value == 1 {
		for _, s := range skills {
			if stem := title.shares(s); stem != "" {
				m.NeedsMe = Mark{Value: 0, Guessed: true, Cue: "somebody has the skill " + s}
				break
			}
		}
	}
	if per, weeks := t.Rule.PerWeek(); m.NeedsMe.Value == 1 && per >= 5*weeks && t.Effort <= 20 {
		m.NeedsMe = Mark{Value: 0, Guessed: true, Cue: "short and daily"}
	}
	if m.Grows.Value == 1 && t.Rule.IsZero() && t.Weekly(today) >= 60 {
		m.Grows = Mark{Value: 2, Guessed: true, Cue: "a larger piece of work with an end"}
	}
	return m
}

// text is a title or note made ready for cues: lower case, and as words.
type text struct {
	whole string
	words []string
}

func newText(s string) text {
	lower := strings.ToLower(s)
	words := strings.FieldsFunc(lower, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127)
	})
	return text{" " + strings.Join(words, " ") + " ", words}
}

func (t text) guess(cues []cue, otherwise int, why string) Mark {
	for _, c := range cues {
		for _, w := range c.words {
			if t.has(w) {
				return Mark{Value: c.value, Guessed: true, Cue: "says “" + strings.TrimSpace(w) + "”"}
			}
		}
	}
	return Mark{Value: otherwise, Guessed: true, Cue: why}
}

func (t text) has(cue string) bool {
	return strings.Contains(t.whole, " "+cue)
}

// shares returns the stem a skill's name has in common with the text, or "".
func (t text) shares(skill string) string {
	for _, s := range newText(skill).words {
		stem := Stem(s)
		for _, w := range t.words {
			if len(stem) >= 3 && Stem(w) == stem {
				return stem
			}
		}
	}
	return ""
}

// Stem cuts the common English endings off a lower-case word, so that
// "invoicing" and "invoices" meet as "invoic". It is a light form of Porter's
// first step (An algorithm for suffix stripping, 1980) and leaves short words
// alone.
func Stem(w string) string {
	for _, end := range []string{"ations", "ation", "ings", "ing", "ers", "ies", "er", "es", "ed", "s", "e", "y"} {
		if cut, ok := strings.CutSuffix(w, end); ok && len(cut) >= 4 || ok && len(cut) == 3 && len(end) > 1 {
			if n := len(cut); n > 3 && cut[n-1] == cut[n-2] && cut[n-1] != 's' && cut[n-1] != 'l' {
				cut = cut[:n-1]
			}
			return cut
		}
	}
	return w
}

// Related returns the share of a skill's or wish's stems that stand in the
// title or note of a task, in hundredths. Words that say nothing do not count.
func Related(t *Task, name string) int {
	in := newText(t.Title + " . " + t.Note)
	title := newText(t.Title)
	found, all := 0, 0
	for _, s := range newText(name).words {
		if len(s) < 3 || s == "and" || s == "the" {
			continue
		}
		all++
		switch {
		case title.shares(s) != "":
			found += 100
		case in.shares(s) != "":
			found += 50
		}
	}
	if all == 0 {
		return 0
	}
	return found / all
}
