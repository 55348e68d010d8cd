package work

import (
	"cmp"
	"fmt"
	"slices"

	"baton/internal/ical"
)

// A Point is one reason of the let-go score, with its words.
type Point struct {
	Term   string `json:"term" doc:"hours, needs_me, energy, matters, grows or price"`
	Points int    `json:"points"`
	Words  string `json:"words"`
}

// A LetGo says how much speaks for letting a task go. The score is the sum of
// its points, nothing else.
type LetGo struct {
	Task   *Task
	Marks  Marks
	Weekly Minutes
	Score  int
	Points []Point
}

// ScoreLetGo computes the let-go score of a task from its hours a week, its
// marks and what an hour is worth to the member. The formula, in points:
//
//	hours     5 for each hour a week, at most 40
//	needs me  +20, +8, -20, -50 for 0, 1, 2, 3
//	energy    -6 for each step of joy, +6 for each step of drain
//	matters   +6 for 0, 0 for 1, -3 for 2, -6 for 3
//	grows     +4 for each step
//	price     2 for each 50 units of money a week it costs at the member's own
//	          hour price, at most 10
//
// The same input always gives the same score.
func ScoreLetGo(t *Task, m Marks, hourPrice Money, money string, today ical.Date) LetGo {
	l := LetGo{Task: t, Marks: m, Weekly: t.Weekly(today)}
	add := func(term string, points int, format string, args ...any) {
		if points != 0 {
			l.Points = append(l.Points, Point{term, points, fmt.Sprintf(format, args...)})
			l.Score += points
		}
	}
	add("hours", min(40, int(l.Weekly)*5/60), "%s a week", HoursWords(l.Weekly))
	add("needs_me", [...]int{20, 8, -20, -50}[m.NeedsMe.Value], "%s", [...]string{
		"needs nothing only you know", "needs a little of what you know", "needs much of what only you know", "only you can do it",
	}[m.NeedsMe.Value])
	add("energy", -6*m.Energy.Value, "%s", [...]string{
		"it drains you much", "it drains you", "", "you enjoy it", "it gives you much energy",
	}[m.Energy.Value+2])
	add("matters", [...]int{6, 0, -3, -6}[m.Matters.Value], "%s", [...]string{
		"it hardly matters", "", "it matters", "it matters greatly",
	}[m.Matters.Value])
	add("grows", 4*m.Grows.Value, "%s", [...]string{
		"", "somebody would grow a little by it", "somebody would grow by it", "somebody would grow greatly by it",
	}[m.Grows.Value])
	if worth := int64(hourPrice) * int64(l.Weekly) / 60; worth > 0 {
		units := worth / pow10(Digits(money))
		add("price", int(min(10, units/50*2)), "costs %s of your time a week", Money(worth).Format(money))
	}
	return l
}

// SortLetGo orders a list by score, the longest first among equals.
func SortLetGo(list []LetGo) {
	slices.SortStableFunc(list, func(a, b LetGo) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Weekly, a.Weekly), cmp.Compare(a.Task.ID, b.Task.ID))
	})
}

// HoursWords says minutes as people do: "45 min", "3.5 h".
func HoursWords(m Minutes) string {
	if m < 60 {
		return fmt.Sprintf("%d min", m)
	}
	tenths := (m*10 + 30) / 60
	if tenths%10 == 0 {
		return fmt.Sprintf("%d h", tenths/10)
	}
	return fmt.Sprintf("%d.%d h", tenths/10, tenths%10)
}

// A Verdict is what to do with a task.
type Verdict string

// The verdicts.
const (
	Keep     Verdict = "keep"
	Drop     Verdict = "drop"
	Automate Verdict = "automate"
	Assign   Verdict = "assign"
	Delegate Verdict = "delegate"
)

// Verdicts lists every verdict, in the order pages show them.
var Verdicts = []Verdict{Keep, Drop, Automate, Assign, Delegate}

// Advise suggests a verdict from the marks and the task's own words: what only
// you can do, or what needs much of you, you keep; what nobody uses is dropped;
// what a machine can do is automated; what grows somebody is delegated; the
// rest assigned.
func Advise(l LetGo) (Verdict, string) {
	m := l.Marks
	said := taskText(l.Task)
	switch {
	case said.guess(dropCues, 0, "").Value > 0 && m.NeedsMe.Value < 3:
		return Drop, "By its own words nobody needs it."
	case said.guess(automateCues, 0, "").Value > 0 && m.NeedsMe.Value == 0 && !l.Task.Rule.IsZero():
		return Automate, "It recurs, and a machine can do it."
	case m.NeedsMe.Value >= 3:
		return Keep, "Only you can do it."
	case m.NeedsMe.Value == 2 && m.Energy.Value > 0:
		return Keep, "It needs much of you, and you enjoy it."
	case m.Grows.Value >= 2:
		return Delegate, "Somebody would grow by it."
	case m.NeedsMe.Value == 2:
		return Keep, "It needs much of what only you know."
	}
	return Assign, "It needs nothing only you know."
}
