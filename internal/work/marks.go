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

// A cue is a documented reason for a guess: what words suggest. Each is the
// beginning of a word or phrase; "^" says that the title begins with it, "$"
// that the title ends with it, "*" stands for some words between, and a closing
// blank for the end of a word.
// docs/letgo.md shows the table.
type cue struct {
	words []string
	value int
}

// The cues, the strongest first: the first that a title or note has decides.
var (
	needsMeCues = []cue{
		{[]string{"what i am here for", "only i ", "only me", "only * may ", "only * can ", "only * must ", "must be me", "has to be me", "must be my", "nobody else ", "no one else ", "my signature", "of record", "by law", "statutory", "signatory", "countersign", "licence holder", "license holder", "in person by me", "time with my", "time with the family", "time with our"}, 3},
		{[]string{"not mine", "not me ", "not a physician", "not a doctor", "no clinician", "anybody", "anyone", "does not need me", "do not need me", "needs no ", "need no "}, 0},
		{[]string{"sign off", "^sign ", "performance review", "appraisal", "disciplin", "dismiss", "my own therapy", "my own check up"}, 3},
		{[]string{"to the board", "board meeting", "board paper", "governors", "trustees", "investor", "shareholder", "^present", "negotiat", "strateg", "vision", "conference talk", "keynote", "speech", "give a talk", "coach", "mentor", "one on one", "one to one", "1 1 ", "^talk to", "^talk with", "^speak to", "^speak with", "feedback for", "feedback to", "confidential", "diagnos", "salary", "salaries", "pay rise", "safeguarding", "complaint", "my daughter", "my son ", "my children", "my kids", "my partner", "my wife", "my husband", "my mother", "my father", "my parents", "bedtime"}, 2},
		{[]string{"time off", "leave request", "vacation request", "interview", "recruit", "hire ", "expense report"}, 1},
		{[]string{"approve", "approval", "authoris", "authoriz", "decide ", "^choose"}, 2},
		{[]string{"clean", "mow", "copy", "copies", "print ", "printing", "laundry", "errand", "shopping", "shop for", "^shop ", "invoic", "order", "reorder", "sort ", "mail", "book ", "booking", "schedul", "calendar", "log ", "logbook", "records", "file ", "filing", "type up", "format", "layout", "rota", "roster", "meal", "garden", "lawn", "call", "reply", "replies", "chase", "buy", "return", "fix", "declutter", "renew", "updat", "collect", "scan", "tidy", "water the", "pick up", "remind", "back up", "backup", "translat", "receipt", "bills", "timesheet", "data entry", "minutes of", "restock", "stock", "dishes", "groceries", "bins", "homework"}, 0},
	}
	mattersCues = []cue{
		{[]string{"what i am here for", "abnormal", "safety", "safeguarding", "patient", "client", "customer complaint", "to the board", "governors", "trustees", "investor", "time with my", "my daughter", "my son ", "my children", "my kids", "my partner", "mentor", "strateg", "legal", "compliance", "by law", "^lead ", "hiring", "hire ", "payroll", "tax return"}, 3},
		{[]string{"project", "interview", "invoic", "conference talk", "a talk", "curriculum", "quality", "budget", "quote", "parents", "exam "}, 2},
		{[]string{"copy", "copies", "print ", "printing", "mow", "sort ", "handout", "declutter", "nobody reads", "out of habit", "tidy"}, 0},
	}
	growsCues = []cue{
		{[]string{"^lead ", "leading", "project$", "programme", "program$", "new program", "curriculum", "strateg", "launch", "pilot", "set up a", "^build a"}, 3},
		{[]string{"interview", "hiring", "hire ", "^present", "presentation", "conference talk", "a talk", "budget", "quality", "improv", "training", "teach ", "teaching", "mentor", "event ", "events ", "party", "celebration", "wedding", "open day", "trip", "negotiat", "redesign", "assembly", "recruit"}, 2},
		{[]string{"clean", "mow", "copy", "copies", "print ", "printing", "laundry", "sort ", "log ", "logbook", "errand", "bins", "dishes", "bills", "data entry", "tidy", "filing"}, 0},
	}
	energyCues = []cue{
		{[]string{"what i am here for", "i love", "my favourite", "my favorite", "time with my", "coach"}, 2},
		{[]string{"i like", "enjoy", "mentor", "teach ", "teaching", "my daughter", "my son ", "my children", "my kids"}, 1},
		{[]string{"hate", "drain", "on hold", "chase", "chasing", "i do not like", "i don t like", "boring", "nagging", "tedious", "dread"}, -2},
		{[]string{"clean", "copy", "copies", "sort ", "invoic", "log ", "logbook", "approve", "mow", "form ", "bills", "receipt", "data entry", "filing", "timesheet", "tax return", "expense"}, -1},
	}
	automateCues = []cue{{[]string{"automatic", "back up", "backup", "send reminders", "send the reminders", "reminder to", "reminders to", "forward the", "copy * from * into", "export * to", "sync "}, 1}}
	dropCues     = []cue{{[]string{"nobody reads", "no one reads", "nobody uses", "no one uses", "out of habit", "no longer needed", "not needed any more", "never used"}, 1}}
)

// A CueRow is one line of the documented table of cues.
type CueRow struct {
	About string // needs_me, matters, grows, energy, automate or drop
	Value int    // of the mark; 1 for automate and drop
	Words []string
}

// Cues returns the whole table, in the order in which the cues are tried.
func Cues() []CueRow {
	var out []CueRow
	for _, table := range []struct {
		about string
		cues  []cue
	}{
		{"needs_me", needsMeCues},
		{"matters", mattersCues},
		{"grows", growsCues},
		{"energy", energyCues},
		{"automate", automateCues},
		{"drop", dropCues},
	} {
		for _, c := range table.cues {
			out = append(out, CueRow{table.about, c.value, c.words})
		}
	}
	return out
}

// priorityCues say what a guess rests on where the program a task came from
// had a priority for it: that goes before any word.
var priorityCues = [...]string{"came as one that does not matter", "came with a low priority", "came with a middling priority", "came with a high priority"}

const (
	unsaid   = "nothing says that only you can"
	noGrowth = "nothing says that somebody would grow by it"
)

// MixedCue is the cue of a task that says what its author likes about it and
// what not: it could be split.
const MixedCue = "says what you like and what you do not"

// Guess marks a task nobody has marked from its words, its recurrence and its
// hours. skills are the names of the workspace's skills: a task that shares a
// stem with one is likely somebody else's to do. The same task always gets
// the same guesses.
func Guess(t *Task, skills Vocabulary, today ical.Date) Marks {
	text := taskText(t)
	m := Marks{
		NeedsMe: text.guess(needsMeCues, 1, unsaid),
		Matters: text.guess(mattersCues, 1, "nothing says how much it matters"),
		Grows:   text.guess(growsCues, 1, noGrowth),
		Energy:  text.guess(energyCues, 0, "nothing says whether it drains you"),
	}
	if matters, ok := t.Source.Matters(); ok && t.Carrier == t.Author {
		// Whoever else carries it never sees what its author thinks of it.
		m.Matters = Mark{Value: matters, Guessed: true, Cue: priorityCues[matters]}
	}
	if text.has("i like") && (text.has("i do not like") || text.has("i don t like")) {
		m.Energy = Mark{Value: 1, Guessed: true, Cue: MixedCue}
	}
	if m.NeedsMe.Value == 1 && m.NeedsMe.Cue == unsaid {
		title, note := newText(t.Title), newText(t.Note)
		for i := range skills {
			if s := &skills[i]; related(&title, &note, s) >= inField {
				m.NeedsMe = Mark{Value: 0, Guessed: true, Cue: "somebody has the skill " + s.name}
				break
			}
		}
	}
	if per, weeks := t.Rule.PerWeek(); m.NeedsMe.Value == 1 && per >= 5*weeks && t.Effort <= 20 {
		m.NeedsMe = Mark{Value: 0, Guessed: true, Cue: "short and daily"}
	}
	if ends := t.Rule.IsZero() || !t.Deadline.IsZero(); m.Grows.Value == 1 && m.Grows.Cue == noGrowth && ends && t.Weekly(today) >= 60 {
		m.Grows = Mark{Value: 2, Guessed: true, Cue: "a larger piece of work with an end"}
	}
	return m
}

// text is a title or note made ready for cues: lower case, and as words.
type text struct {
	whole  string // with a blank before and after each word
	words  []string
	stems  []string
	title  int        // how much of whole is the title
	begins [16]uint64 // which pairs of letters a word begins with; see pair
}

// pair is the bit of a text's begins for two letters. Others may share it: it
// only says quickly, for nearly every cue, that no word begins like it.
func pair(a, b byte) (word, bit int) {
	n := int(a&31)<<5 | int(b&31)
	return n >> 6, n & 63
}

// mayBegin reports whether a word of the text could begin with a stem.
func (t *text) mayBegin(stem string) bool {
	if len(stem) < 2 || t.words == nil {
		return true
	}
	word, bit := pair(stem[0], stem[1])
	return t.begins[word]&(1<<bit) != 0
}

func taskText(t *Task) text {
	both := newText(t.Title + " . " + t.Note)
	both.title = newText(t.Title).title
	return both
}

func newText(s string) text {
	lower := strings.ToLower(s)
	words := strings.FieldsFunc(lower, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127)
	})
	whole := " " + strings.Join(words, " ") + " "
	t := text{whole: whole, words: words, stems: make([]string, len(words)), title: len(whole)}
	for i, w := range words {
		t.stems[i] = Stem(w)
	}
	for i := 0; i+2 < len(whole); i++ {
		if whole[i] == ' ' {
			word, bit := pair(whole[i+1], whole[i+2])
			t.begins[word] |= 1 << bit
		}
	}
	return t
}

// asSaid takes the signs out of a cue.
var asSaid = strings.NewReplacer("^", "", "$", "", "*", "…")

func (t *text) guess(cues []cue, otherwise int, why string) Mark {
	for _, c := range cues {
		for _, w := range c.words {
			if t.has(w) {
				return Mark{Value: c.value, Guessed: true, Cue: "says “" + strings.TrimSpace(asSaid.Replace(w)) + "”"}
			}
		}
	}
	return Mark{Value: otherwise, Guessed: true, Cue: why}
}

// gapReach is how many bytes may lie between the parts of a cue with a gap.
const gapReach = 50

func (t *text) has(cue string) bool {
	if !t.mayBegin(strings.TrimPrefix(cue, "^")) {
		return false
	}
	if rest, begins := strings.CutPrefix(cue, "^"); begins {
		return strings.HasPrefix(t.whole[1:], rest)
	}
	if rest, ends := strings.CutSuffix(cue, "$"); ends {
		return strings.HasSuffix(t.whole[:t.title], " "+rest+" ")
	}
	first, rest, gap := strings.Cut(cue, "*")
	at := t.wordAt(first)
	if !gap || at < 0 {
		return at >= 0
	}
	after := t.whole[at+len(first)-1:]
	return (&text{whole: after[:min(len(after), gapReach)]}).has(strings.TrimSpace(rest) + closing(rest))
}

// wordAt finds where a word of the text begins with a stem, -1 if none does.
func (t *text) wordAt(stem string) int {
	for from := 0; ; {
		at := strings.Index(t.whole[from:], stem)
		switch {
		case at < 0:
			return -1
		case from+at > 0 && t.whole[from+at-1] == ' ':
			return from + at
		}
		from += at + 1
	}
}

// closing keeps the blank that ends a word.
func closing(cue string) string {
	if strings.HasSuffix(cue, " ") {
		return " "
	}
	return ""
}

// shares reports whether a word of the text has the stem of a skill's word.
func (t *text) shares(word, stem string) bool {
	if len(stem) < 3 {
		return false
	}
	for i, w := range t.words {
		if t.stems[i] == stem && (doer(word) || !doer(w)) && !(w == "books" && word == "booking") {
			return true
		}
	}
	return false
}

// doer reports a word for who does something: finding a teacher is not
// teaching.
func doer(w string) bool { return strings.HasSuffix(w, "er") || strings.HasSuffix(w, "ers") }

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

// What a task and a skill have in common, in hundredths: the same words, or
// the same field of work. A note counts half a title.
const (
	sameWords = 100
	inField   = 80
)

// Related returns how much a skill or wish has to do with a task, in
// hundredths: the share of its words that stand in the title or note, or 80
// when both speak of the same field of work. Words that say nothing do not
// count.
func Related(t *Task, name string) int {
	title, note, called := newText(t.Title), newText(t.Note), newText(name)
	return related(&title, &note, &term{words: called, fields: fieldsIn(&called)})
}

// A Vocabulary is the names of skills made ready to be looked for in many
// tasks.
type Vocabulary []term

type term struct {
	name   string
	words  text
	fields []int // of work that the name speaks of
}

// NewVocabulary makes the names of skills ready.
func NewVocabulary(skills []string) Vocabulary {
	v := make(Vocabulary, len(skills))
	for i, name := range skills {
		words := newText(name)
		v[i] = term{name, words, fieldsIn(&words)}
	}
	return v
}

func related(title, note *text, called *term) int {
	found, all := 0, 0
	for i, s := range called.words.words {
		if len(s) < 3 || s == "and" || s == "the" {
			continue
		}
		all++
		switch stem := called.words.stems[i]; {
		case title.shares(s, stem):
			found += sameWords
		case note.shares(s, stem):
			found += sameWords / 2
		}
	}
	best := 0
	if all > 0 {
		best = found / all
	}
	for _, i := range called.fields {
		switch f := &Fields[i]; {
		case f.in(title):
			best = max(best, inField)
		case f.in(note):
			best = max(best, inField/2)
		}
	}
	return best
}
