package phrase

import (
	"errors"
	"regexp"
	"strings"
)

var (
	// joins are the words that lead from one time to the next.
	joins = map[string]bool{"and": true, "&": true, ",": true}
	// leads are those, and the words that narrow or end a time.
	leads = map[string]bool{
		"and": true, "&": true, ",": true, "or": true, "of": true, "in": true, "on": true, "until": true, "till": true, "from": true,
		"starting": true, "except": true, "but": true, "not": true,
	}
	days = map[string]bool{
		"today": true, "tomorrow": true, "weekday": true, "weekdays": true, "workday": true, "workdays": true, "weekend": true, "weekends": true,
	}
	clockLike = regexp.MustCompile(`^\d{1,2}([:.]\d{2}(am|pm)?|am|pm)$`)
	dateLike  = regexp.MustCompile(`^(\d{1,2}(st|nd|rd|th)|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{4})$`)

	errBeyond = errors.New("this says more about time than can be read")
)

// goesOn returns how many words behind the first n still speak about time, so
// that the first n alone would be half of what was meant: "every 2nd | and 4th
// tuesday", "every friday | at 25:00", "every 15th | of december".
func goesOn(tokens []token, n int) int {
	word := func(i int) string {
		if i >= len(tokens) || tokens[i].quoted {
			return ""
		}
		return strings.Trim(strings.ToLower(tokens[i].text), ",")
	}
	at := n
	for leads[word(at)] || at > n && (word(at) == "the" || word(at) == "next") {
		at++
	}
	w := word(at)
	_, month := monthNames[w]
	_, nextMonth := monthNames[word(at+1)]
	_, unit := units[w]
	count := tokens[n-1].text
	switch {
	case w == "":
		return 0
	case w == "at" && startsWithDigit(word(at+1)):
		at++
	case clockLike.MatchString(w), dateLike.MatchString(w), days[w], isDay(w), month:
	case startsWithDigit(w) && nextMonth:
		at++
	case unit && (at > n || startsWithDigit(count) || counts[strings.ToLower(count)] > 0):
	default:
		return 0
	}
	return at + 1 - n
}

func isDay(w string) bool {
	_, one := dayNames[w]
	_, many := dayNames[strings.TrimSuffix(w, "s")]
	return one || many
}

func startsWithDigit(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }
