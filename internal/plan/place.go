package plan

import (
	"slices"
	"strings"

	"baton/internal/ical"
	"baton/internal/work"
)

// homeWords begin words of areas, and of titles of tasks without one, that
// belong to the home. Work does not follow a teammate there, and family is
// asked to help there only.
var (
	homeAreas  = []string{"home", "house", "household", "family", "garden", "kids", "personal", "private"}
	homeTitles = []string{
		"house", "laundry", "garage", "gutter", "grandma", "grandpa", "grocer", "dishes", "lawn", "garden", "bins", "bedroom", "kitchen",
		"soccer", "football practice", "library books", "birthday", "dinner", "holiday", "school run", "bedtime", "pets", "dog", "cat",
	}
)

// place says where a task belongs.
type place int

const (
	anywhere place = iota
	atHome
	atWork
)

func placeOf(l *Line, household bool) place {
	switch {
	case household, l.Area != "" && begins(l.Area, homeAreas):
		return atHome
	case l.Area != "":
		return atWork
	case begins(l.Task.Title, homeTitles):
		return atHome
	}
	return anywhere
}

// begins reports whether a word of the text begins with one of the stems.
func begins(text string, stems []string) bool {
	text = " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ' ' || r == '-' || r == '/' || r == ',' }), " ")
	return slices.ContainsFunc(stems, func(s string) bool { return strings.Contains(text, " "+s) })
}

// horizon is how many days ahead an absence counts for a task without a due.
const horizon = 28

// awayLong reports an absence that covers more than half of the days in which
// the task is to be done: until its due for a single piece of work, the next
// four weeks for anything else.
func awayLong(p *work.Person, t *work.Task, today ical.Date) (work.Absence, bool) {
	if len(p.Absences) == 0 {
		return work.Absence{}, false
	}
	days := horizon
	if end := t.Due; t.Rule.IsZero() && !end.IsZero() {
		days = min(max(ical.DaysBetween(today, end.Date)+1, 1), 56)
	}
	away, last := 0, work.Absence{}
	for i := range days {
		if a, ok := p.AwayOn(today.AddDays(i)); ok {
			away, last = away+1, a
		}
	}
	return last, away*2 > days
}

// excluded says by which hard rule a person may not have a task, or "". What
// is pinned by hand only has to keep the rules that are nobody's to waive.
func (d *desk) excluded(j *job, p *Candidate, pinned bool) string {
	switch {
	case p.Gone(d.in.Today):
		return p.Name + " has left"
	case p.Owner != 0 && p.Owner != d.in.Me:
		return "not known to you"
	}
	if a, long := awayLong(p.Person, j.line.Task, d.in.Today); long {
		return p.Name + " is away until " + a.To.In(utc).Format("2 January")
	}
	for _, c := range j.line.Task.Credentials {
		if !p.Holds(c, d.in.Today) {
			return p.Name + " does not hold " + c
		}
	}
	if d.forbidden[Choice{j.line.Task.ID, p.ID}] {
		return "you ruled " + p.Name + " out"
	}
	if p.Kind == work.Agent && d.kind(j, p) == work.Strategic {
		return p.Name + " is software, which decides at level 5 at most"
	}
	if pinned {
		return ""
	}
	return d.unsuited(j, p)
}

// unsuited says why a person is not asked although no law forbids it.
func (d *desk) unsuited(j *job, p *Candidate) string {
	if j.line.Before == p.ID {
		return p.Name + " has outgrown it and passed it on"
	}
	if d.naming(j.line.Task, p) == about {
		return "it is about " + p.Name
	}
	switch p.Kind {
	case work.Provider, work.Agent:
		if d.offers(j, p) < 80 {
			return p.Name + " does not offer this"
		}
	case work.Family:
		if j.place == atWork {
			return p.Name + " is asked at home only"
		}
	case work.Teammate:
		if j.place == atHome && !d.in.Household {
			return p.Name + " is not asked to work in your home"
		}
	}
	return ""
}
