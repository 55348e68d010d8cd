package guard

import (
	"slices"
	"strings"

	"baton/internal/work"
)

// requests begin a question that asks somebody to act.
var requests = []string{"can you", "could you", "would you", "will you", "please", "do you mind", "would you mind", "are you able to", "you should", "you need to", "it needs you to", "i need you to", "you will have to", "you have to"}

// telling are verbs that ask to know or to say something, not to do the work:
// such a question stays a question.
var telling = []string{
	"tell", "say", "explain", "confirm", "clarify", "advise", "recommend", "suggest", "remind", "let", "show", "point", "help", "teach", "share", "give", "see", "think", "know", "agree", "accept", "live",
	"approve", "decide", "look", "have", "be", "remember", "imagine", "prefer", "like", "want", "find", "support", "describe", "name", "answer", "hear", "read", "check", "comment", "respond", "reply", "sign", "authorise", "authorize", "join", "meet", "come", "talk", "listen",
}

// askers make what follows a question to know something.
var askers = []string{"what", "which", "how", "where", "when", "who", "whom", "why"}

// softeners stand between the request and its verb.
var softeners = []string{"please", "just", "maybe", "perhaps", "quickly", "also", "kindly", "possibly", "still", "not", "you", "to", "can", "could", "would", "will"}

// AsksToAct reports whether a question asks its reader to do something, by the
// words it is put in. English only; what it does not recognise it leaves alone.
func AsksToAct(text string) bool {
	words := plain(text)
	for _, r := range requests {
		first := strings.Fields(r)
		for i := range words {
			wondering := i > 0 && slices.Contains(askers, words[i-1]) // "what would you do?"
			if !wondering && i+len(first) < len(words) && slices.Equal(words[i:i+len(first)], first) && acts(words[i+len(first):]) {
				return true
			}
		}
	}
	return false
}

// acts reports whether the first verb that follows a request is one of doing.
func acts(rest []string) bool {
	for len(rest) > 0 && slices.Contains(softeners, rest[0]) {
		rest = rest[1:]
	}
	if len(rest) == 0 {
		return false
	}
	verb := rest[0]
	if len(rest) > 1 && (rest[1] == "me" || rest[1] == "us" || rest[1] == "a" && len(rest) > 2 && rest[2] == "look") {
		return false // "send me the list" is how they get on with it
	}
	return !slices.ContainsFunc(telling, func(t string) bool { return verb == t || verb == t+"ing" || verb == strings.TrimSuffix(t, "e")+"ing" })
}

// plain splits a text into lower-case words.
func plain(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127)
	})
}

// empty words say nothing about what work is meant.
var empty = []string{"the", "and", "for", "with", "from", "our", "your", "their", "his", "her", "all", "new", "this", "that", "every", "about", "into", "week", "weekly", "month", "monthly", "daily"}

// stems are the words of a title that say which work it is.
func stems(title string) []string {
	var out []string
	for _, w := range plain(title) {
		if s := work.Stem(w); len(w) > 2 && !slices.Contains(empty, w) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// sayTheSame reports whether two titles mean the same work: two words or more
// in common that are at least two thirds of the shorter one.
func sayTheSame(a, b []string) bool {
	common := 0
	for _, s := range a {
		if slices.Contains(b, s) {
			common++
		}
	}
	return common >= 2 && 3*common >= 2*min(len(a), len(b))
}

// short is the beginning of what somebody wrote.
func short(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if r := []rune(line); len(r) > 90 {
		line = strings.TrimSpace(string(r[:89])) + "…"
	}
	return line
}
