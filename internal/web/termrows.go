package web

import (
	"slices"
	"strconv"

	"baton/internal/ical"
	"baton/internal/work"
)

// A termRow is one thing terms say, in words: what is agreed is listed by rows,
// and two versions are compared by them.
type termRow struct {
	Key   string
	Label string
	Lines []string
	List  bool // the lines are entries of a list
	Brief bool // belongs to the brief, not to the facts beside it
}

// termRows says all that terms say, in the order people read it. What the
// terms leave open has no row.
func termRows(o voice, kind work.DelegationKind, t *work.Terms, names map[work.PersonID]string) []termRow {
	b := &t.Brief
	var rows []termRow
	one := func(key, label, value string, brief bool) {
		if value != "" {
			rows = append(rows, termRow{Key: key, Label: label, Lines: []string{value}, Brief: brief})
		}
	}
	many := func(key, label string, lines []string, brief bool) {
		if len(lines) > 0 {
			rows = append(rows, termRow{Key: key, Label: label, Lines: lines, List: true, Brief: brief})
		}
	}
	one("outcome", "Outcome", b.Outcome, true)
	one("why", "Why", b.Why, true)
	one("why_you", "Why "+o.object(o.receiver), b.WhyYou, true)
	many("success", "How you will both know", b.Success, true)
	one("minimum", "The least that will do", b.Minimum, true)
	many("ask_before", "Ask before", b.AskBefore, true)
	many("resources", "What can be used", b.Resources, true)
	many("instructions", "How it must be done", b.Instructions, true)
	many("parts", "Parts on the way", partLines(b.Parts), true)
	one("reviewer", "Who looks at the delivery", names[b.Reviewer], true)
	one("authority", "Who decides", o.level(kind, t), false)
	many("limits", "Limits", o.limits(t.Authority), false)
	one("price", "Price", o.price(t), false)
	one("due", "Due", dueUnless(t), false)
	one("rule", "Rhythm", rhythmWords(t), false)
	one("effort", "Time it takes", effortWords(t), false)
	one("check_in", "Check-ins", checkInWords(t.CheckIn), false)
	one("review", "Looking back", t.LookBackWords(kind), false)
	one("support", "Help from "+o.object(o.giver), supportWords(t.Support), false)
	one("notice", "Notice to end it", noticeWords(t), false)
	many("path", "The path", pathLines(o, kind, t), false)
	return rows
}

func partLines(parts []work.Part) []string {
	var out []string
	for _, p := range parts {
		line := p.Name
		if !p.Due.IsZero() {
			line += ", by " + dueInFull(p.Due)
		}
		out = append(out, line)
	}
	return out
}

func dueUnless(t *work.Terms) string {
	if t.Standing() {
		return ""
	}
	return dueInFull(t.Due)
}

func rhythmWords(t *work.Terms) string {
	if !t.Standing() {
		return ""
	}
	words := capital(t.Rule.Words())
	if t.Due.Minute != ical.AllDay && !t.Due.IsZero() {
		words += " " + clockWords(t.Due.Minute)
	}
	return words
}

func clockWords(minute int) string {
	return ical.Due{Date: ical.Date{Year: 2000, Month: 1, Day: 1}, Minute: minute}.String()[11:]
}

func effortWords(t *work.Terms) string {
	switch {
	case t.Effort == 0:
		return ""
	case t.Standing():
		return hoursWords(t.Effort) + " each time"
	}
	return hoursWords(t.Effort)
}

func checkInWords(r ical.Rule) string {
	if r.IsZero() {
		return ""
	}
	return capital(r.Words())
}

func supportWords(m work.Minutes) string {
	if m == 0 {
		return ""
	}
	return hoursWords(m) + " a week"
}

func noticeWords(t *work.Terms) string {
	if t.Notice == 0 {
		return ""
	}
	return plural(t.Notice, "day", "days")
}

func pathLines(o voice, kind work.DelegationKind, t *work.Terms) []string {
	var out []string
	for _, s := range t.Ahead() {
		next := *t
		next.Authority.Level = s.Level
		out = append(out, "After "+plural(s.Rounds, "good round", "good rounds")+": "+o.level(kind, &next))
	}
	return out
}

// A termChange is one thing that differs between two versions of terms.
type termChange struct {
	Label         string
	Gone, Came    []string // what was, and what is instead
	Kept          int      // lines of a list that stay as they were
	List, Removed bool
}

// termChanges compares two versions of terms, row by row.
func termChanges(before, after []termRow) []termChange {
	var out []termChange
	row := func(rows []termRow, key string) (termRow, bool) {
		i := slices.IndexFunc(rows, func(r termRow) bool { return r.Key == key })
		if i < 0 {
			return termRow{}, false
		}
		return rows[i], true
	}
	for _, was := range before {
		now, there := row(after, was.Key)
		if slices.Equal(was.Lines, now.Lines) {
			continue
		}
		c := termChange{Label: was.Label, List: was.List, Removed: !there}
		for _, l := range was.Lines {
			if slices.Contains(now.Lines, l) {
				c.Kept++
			} else {
				c.Gone = append(c.Gone, l)
			}
		}
		for _, l := range now.Lines {
			if !slices.Contains(was.Lines, l) {
				c.Came = append(c.Came, l)
			}
		}
		if len(c.Gone)+len(c.Came) > 0 { // else only the order changed
			out = append(out, c)
		}
	}
	for _, now := range after {
		if _, there := row(before, now.Key); !there {
			out = append(out, termChange{Label: now.Label, List: now.List, Came: now.Lines})
		}
	}
	return out
}

// versionName is what pages call a version of terms.
func versionName(n int) string { return "Version " + strconv.Itoa(n) }
