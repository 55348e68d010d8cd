package web

import (
	"strings"

	"baton/internal/app/coaching"
	"baton/internal/work"
)

// How a packet is looked at.
const (
	asCoach   = "coach"
	asPreview = "preview"
	asSelf    = "self"
)

// A packet is one page for a call, and who looks at it.
type packet struct {
	coaching.Packet
	As string
}

func (p packet) title() string {
	switch p.As {
	case asSelf:
		return "The call on your own"
	case asPreview:
		return "What your coach sees"
	}
	return p.Client
}

func (p packet) sentence(v *visit) string {
	day := p.At.In(v.zone()).Format("2 January 2006")
	switch p.As {
	case asSelf:
		return "Step by step, " + day + ", with all names: only you see it."
	case asPreview:
		return "To the letter, " + day + ". Only you know that you looked."
	}
	return "Prepared on " + day + ". They see when you looked last."
}

// verdictTitles head the tasks of each verdict.
var verdictTitles = map[work.Verdict]string{
	work.Keep: "Keep", work.Drop: "Drop", work.Automate: "Automate", work.Assign: "Assign", work.Delegate: "Delegate", "": "No verdict yet",
}

// promiseSays is how a promise stands, in words.
func (v *visit) promiseSays(l *coaching.PromiseLine) string {
	var words []string
	switch {
	case l.Overdue:
		words = append(words, "open, its date was "+dueWords(l.Due, v.today()))
	case l.State == work.Active && !l.Due.IsZero():
		words = append(words, "open, due "+dueWords(l.Due, v.today()))
	case l.State == work.Active:
		words = append(words, "going on")
	case l.Kept():
		words = append(words, "kept")
	default:
		words = append(words, strings.ReplaceAll(string(l.Outcome), "_", " "))
	}
	for _, n := range []struct {
		n         int
		one, many string
	}{
		{l.Late, "delivery late", "deliveries late"},
		{l.Returned, "return with notes", "returns with notes"},
		{l.Done, "turn done", "turns done"},
		{l.Missed, "turn missed", "turns missed"},
		{l.CheckIns, "check-in not given in time", "check-ins not given in time"},
	} {
		if n.n > 0 {
			words = append(words, plural(n.n, n.one, n.many))
		}
	}
	return strings.Join(words, ", ")
}

// scoreWords says what a let-go score is made of.
func scoreWords(points []work.Point) string {
	words := make([]string, len(points))
	for i, p := range points {
		words[i] = signed(p.Points) + ": " + p.Words
	}
	return strings.Join(words, "; ")
}
