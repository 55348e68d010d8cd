package coach

import (
	"fmt"
	"strings"

	"baton/internal/work"
)

// A Rule names why a question is asked.
type Rule string

// A Question for the call, with what it rests on.
type Question struct {
	Rule  Rule            `json:"rule"`
	Part  work.SharedPart `json:"part" doc:"What it rests on"`
	Words string          `json:"words"`
}

// Facts are what questions are made of: only of parts that are shown. What is
// not shown is empty and asks nothing.
type Facts struct {
	Capacity  work.Minutes // a week
	Load      work.Minutes
	Freed     float64 // hours in the ledger's span
	Given     float64 // hours of them that went to what matters
	Unjudged  []Line  // best let go of, without a verdict
	Drained   []Line  // marked as draining, and kept
	Waiting   []Line  // to be handed over by their verdict for two weeks or longer, and not begun
	OnlyMe    []Line  // two hours a week or more, and only the client can
	Mine      []Line  // promised by the client, and overdue
	Theirs    []Line  // promised to the client, and overdue
	Returned  []Line  // given, and returned with notes twice or oftener
	Beyond    int     // interventions beyond the levels in the last four weeks
	KeptAway  []Line  // praise of the mirror
	Returning []Line  // on its way back
}

// A Line is one thing a question is about.
type Line struct {
	Title  string
	Weekly work.Minutes
}

// Rules lists the questions in the order of the call, with when each is asked.
var Rules = []struct {
	Rule  Rule
	Part  work.SharedPart
	When  string
	words func(*Facts) string
}{
	{"over_capacity", work.ShareHours, "The week holds more than its capacity.", func(f *Facts) string {
		if f.Capacity == 0 || f.Load <= f.Capacity {
			return ""
		}
		return fmt.Sprintf("Your week holds %s against a capacity of %s. What would you put down first, and who would notice?", work.HoursWords(f.Load), work.HoursWords(f.Capacity))
	}},
	{"freed_for_what", work.ShareHours, "Five hours or more were freed in the ledger's span, and less than half of them were given to what matters.", func(f *Facts) string {
		if f.Freed < 5 || f.Given*2 >= f.Freed {
			return ""
		}
		return fmt.Sprintf("%.1f hours were freed, and %.1f of them are written down for what matters. Where did the rest go, and where should it go?", f.Freed, f.Given)
	}},
	{"decided_not_begun", work.SharePlate, "A verdict says to assign or delegate a task, it is two weeks old, and no hand-over of it has begun.", about(func(f *Facts) []Line { return f.Waiting },
		"You decided to hand over %s and it is still with you. What is the first step?", "You decided to hand over %s, and they are still with you. Which is easiest to begin with?")},
	{"drains_and_kept", work.ShareLetGo, "A task is marked as draining (by the client, not by a guess), and its verdict is keep.", about(func(f *Facts) []Line { return f.Drained },
		"%s drains you, and you keep it. What keeps it with you?", "%s drain you, and you keep them. What keeps them with you?")},
	{"no_verdict", work.ShareLetGo, "Of the ten tasks with most to say for letting go, three or more have no verdict.", func(f *Facts) string {
		if len(f.Unjudged) < 3 {
			return ""
		}
		return capital(fmt.Sprintf("%s with most to say for letting go have no verdict yet, %s among them. What would you need to know to decide?", tasks(len(f.Unjudged)), titles(f.Unjudged[:1])))
	}},
	{"only_me", work.ShareLetGo, "A task is marked as only the client's to do (not by a guess), and takes two hours a week or more.", about(func(f *Facts) []Line { return f.OnlyMe },
		"Only you can do %s, you say. What would have to be true for somebody else to do a part of it?", "Only you can do %s, you say. For which of them could somebody else do a part, and what would they need?")},
	{"mine_overdue", work.SharePromises, "Something the client promised is past its date.", about(func(f *Facts) []Line { return f.Mine },
		"You promised %s, and its date is over. Do you keep it, agree on another date, or give it back?", "You promised %s, and their dates are over. Which do you keep, which get another date, which do you give back?")},
	{"theirs_overdue", work.SharePromises, "Something promised to the client is past its date.", about(func(f *Facts) []Line { return f.Theirs },
		"%s was promised to you, and its date is over. When did you last speak about it, and what did you agree?", "%s were promised to you, and their dates are over. When did you last speak about them?")},
	{"returned_twice", work.SharePromises, "Something the client gave was returned with notes twice or oftener.", about(func(f *Facts) []Line { return f.Returned },
		"You returned %s more than once. What did the brief leave open?", "You returned %s more than once each. What did their briefs leave open?")},
	{"stepped_in", work.ShareMirror, "The client stepped in beyond the agreed levels in the last four weeks.", func(f *Facts) string {
		if f.Beyond == 0 {
			return ""
		}
		return fmt.Sprintf("You stepped in %s beyond the levels you agreed to in the last four weeks. What did you fear would happen otherwise?", times(f.Beyond))
	}},
	{"kept_away", work.ShareMirror, "The mirror says where the client kept away.", about(func(f *Facts) []Line { return f.KeptAway },
		"You kept away from %s. What made that possible, and where else would it work?", "You kept away from %s. What made that possible, and where else would it work?")},
	{"coming_back", work.ShareMirror, "Something handed over is on its way back.", about(func(f *Facts) []Line { return f.Returning },
		"%s is on its way back to you. What would you say to leave it where it is?", "%s are on their way back to you. What would you say to leave them where they are?")},
}

// Questions are what the data asks, in the order of the call, one for each rule
// that holds. The same facts always ask the same.
func Questions(f *Facts) []Question {
	out := []Question{}
	for _, r := range Rules {
		if words := r.words(f); words != "" {
			out = append(out, Question{r.Rule, r.Part, words})
		}
	}
	return out
}

// about asks about one thing or about several.
func about(which func(*Facts) []Line, one, several string) func(*Facts) string {
	return func(f *Facts) string {
		lines := which(f)
		switch len(lines) {
		case 0:
			return ""
		case 1:
			return fmt.Sprintf(one, titles(lines))
		}
		return fmt.Sprintf(several, titles(lines))
	}
}

// named is how many titles a question names; of more it says how many.
const named = 3

// titles joins titles: “A”, “B” and 2 more.
func titles(lines []Line) string {
	var quoted []string
	for _, l := range lines[:min(len(lines), named)] {
		quoted = append(quoted, "“"+l.Title+"”")
	}
	if more := len(lines) - named; more > 0 {
		quoted = append(quoted, fmt.Sprintf("%d more", more))
	}
	if len(quoted) == 1 {
		return quoted[0]
	}
	return strings.Join(quoted[:len(quoted)-1], ", ") + " and " + quoted[len(quoted)-1]
}

func tasks(n int) string {
	small := []string{"", "", "", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n < len(small) && small[n] != "" {
		return small[n] + " tasks"
	}
	return fmt.Sprintf("%d tasks", n)
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}
