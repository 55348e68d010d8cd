// Package taskwarrior reads what `task export` writes: an array of tasks, or
// one task after another.
package taskwarrior

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"baton/internal/ical"
	"baton/internal/importer"
)

// Format is Taskwarrior's JSON.
var Format = importer.Format{
	Name: "taskwarrior", Words: "Taskwarrior JSON", Read: read,
	Looks: func(_, head string) bool {
		head = strings.TrimSpace(head)
		return (strings.HasPrefix(head, "[") || strings.HasPrefix(head, "{")) &&
			strings.Contains(head, `"uuid"`) && strings.Contains(head, `"description"`) || head == "[]"
	},
}

// A task as Taskwarrior writes it.
type task struct {
	UUID        string   `json:"uuid"`
	Description string   `json:"description"`
	Status      string   `json:"status"`
	Due         string   `json:"due"`
	Project     string   `json:"project"`
	Priority    string   `json:"priority"`
	Recur       string   `json:"recur"`
	Parent      string   `json:"parent"`
	Tags        []string `json:"tags"`
	Annotations []struct {
		Description string `json:"description"`
	} `json:"annotations"`
}

func read(r io.Reader, c importer.Context) importer.Rows {
	return func(yield func(importer.Row, error) bool) {
		s := importer.NewStream(r)
		turns := importer.Seen{}
		each := func() (bool, error) {
			var t task
			line, err := s.Entry(&t)
			if err != nil {
				return false, err
			}
			return yield(row(t, line, c, turns), nil), nil
		}
		var err error
		if strings.HasPrefix(strings.TrimSpace(c.Head), "[") {
			_, err = s.Each(each)
		} else {
			for more := true; more && err == nil; {
				more, err = each()
				if more && errors.Is(s.End(), io.EOF) {
					return
				}
			}
		}
		if err != nil {
			yield(importer.Row{}, err)
		}
	}
}

// row reads a task. Of a recurring one, whose turns are tasks of their own
// there, the first met stands for all.
func row(t task, line int, c importer.Context, turns importer.Seen) importer.Row {
	switch t.Status {
	case "completed", "deleted":
		return importer.Skipped(line, "%s is %s.", importer.Quoted(t.Description), t.Status)
	}
	id := t.UUID
	if t.Parent != "" {
		id = t.Parent
	}
	if id == "" {
		return importer.Skipped(line, "%s has no uuid.", importer.Quoted(t.Description))
	}
	if t.Parent != "" || t.Recur != "" {
		if turns.Add(id, line) != 0 {
			return importer.Skipped(line, "%s is another turn of a recurring task.", importer.Quoted(t.Description))
		}
	}
	notes := make([]string, len(t.Annotations))
	for i, a := range t.Annotations {
		notes[i] = a.Description
	}
	area, rest, _ := strings.Cut(t.Project, ".")
	r := importer.Row{
		Line: line, Key: importer.ID("taskwarrior", id), Title: t.Description, Area: area, Matters: importer.Matters(t.Priority),
		Note: importer.Join(importer.Join(notes...), importer.Named("Project", rest), importer.Named("Tags", strings.Join(t.Tags, ", "))),
	}
	if t.Recur == "" {
		r.Time(t.Due, c)
		return r
	}
	recurs(&r, t, c)
	return r
}

// recurs reads Taskwarrior's words for a recurrence. A turn's own due is not
// part of what the file says about the whole: it moves on by itself.
func recurs(r *importer.Row, t task, c importer.Context) {
	rule, ok := ruleOf(t.Recur)
	if !ok {
		r.Time("every "+t.Recur, c)
		return
	}
	r.Rule, r.When = rule, t.Recur
	due, ok := importer.Instant(t.Due, c)
	if !ok {
		due = ical.DayDue(ical.Today(c.Now, c.Zone), c.Zone)
	}
	if next, ok := rule.Next(due, c.Now); ok && due.Instant().Before(c.Now) {
		due = next
	}
	r.Due = due
}

var words = map[string]string{
	"daily": "FREQ=DAILY", "day": "FREQ=DAILY", "weekdays": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "weekly": "FREQ=WEEKLY", "sennight": "FREQ=WEEKLY",
	"biweekly": "FREQ=WEEKLY;INTERVAL=2", "fortnight": "FREQ=WEEKLY;INTERVAL=2", "monthly": "FREQ=MONTHLY", "month": "FREQ=MONTHLY",
	"bimonthly": "FREQ=MONTHLY;INTERVAL=2", "quarterly": "FREQ=MONTHLY;INTERVAL=3", "semiannual": "FREQ=MONTHLY;INTERVAL=6",
	"annual": "FREQ=YEARLY", "yearly": "FREQ=YEARLY", "biannual": "FREQ=YEARLY;INTERVAL=2", "biyearly": "FREQ=YEARLY;INTERVAL=2",
}

var (
	counted = regexp.MustCompile(`^(\d{1,3})\s*(d|day|days|w|wk|wks|week|weeks|mo|mos|mth|mths|month|months|q|qtr|qtrs|quarter|quarters|y|yr|yrs|year|years)$`)
	iso     = regexp.MustCompile(`^P(\d{1,3})([DWMY])$`)
)

func ruleOf(text string) (ical.Rule, bool) {
	text = strings.TrimSpace(text)
	rule, ok := words[strings.ToLower(text)]
	if !ok {
		m := iso.FindStringSubmatch(strings.ToUpper(text))
		if m == nil {
			m = counted.FindStringSubmatch(strings.ToLower(text))
		}
		if m == nil {
			return ical.Rule{}, false
		}
		freq, times := "", m[1]
		switch unit := strings.ToUpper(m[2]); unit[0] {
		case 'D':
			freq = "DAILY"
		case 'W':
			freq = "WEEKLY"
		case 'M':
			freq = "MONTHLY"
		case 'Q':
			n, _ := strconv.Atoi(times) // digits only
			freq, times = "MONTHLY", strconv.Itoa(3*n)
		case 'Y':
			freq = "YEARLY"
		}
		rule = "FREQ=" + freq + ";INTERVAL=" + times
	}
	parsed, err := ical.ParseRule(rule)
	return parsed, err == nil && !parsed.IsZero()
}
