package cli

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"text/tabwriter"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/work"
)

// table writes rows in columns.
func (s *session) table(head string, rows [][]string) {
	w := tabwriter.NewWriter(s.Out, 0, 4, 2, ' ', 0)
	if head != "" {
		_, _ = fmt.Fprintln(w, strings.ReplaceAll(head, " ", "\t"))
	}
	for _, r := range rows {
		_, _ = fmt.Fprintln(w, strings.Join(r, "\t"))
	}
	_ = w.Flush()
}

type addCmd struct {
	Line   []string `arg:"" help:"Order exam supplies every friday 45m #clinic @assistant due 12 dec !2"`
	Note   string   `help:"A note."`
	Parent string   `help:"The task it is a part of." placeholder:"TASK"`
}

// Run puts a task on the plate.
func (c *addCmd) Run(s *session) error {
	in := tasks.AddTask{Line: strings.Join(c.Line, " ")}
	if c.Note != "" {
		in.Note = &c.Note
	}
	if c.Parent != "" {
		id, err := s.task(c.Parent)
		if err != nil {
			return err
		}
		in.Parent = work.TaskID(id)
	}
	return show(s, http.MethodPost, "tasks", nil, in, func(t tasks.Added) {
		s.printf("%d  %s\n", t.ID, t.Title)
		for _, chip := range t.Chips {
			s.printf("     %s: %s\n", chip.Kind, chip.Words)
		}
	})
}

type plateCmd struct {
	State string `help:"open, done or dropped." enum:"open,done,dropped" default:"open"`
	Limit int    `help:"At most this many." default:"100"`
	After string `help:"Continue behind the next of the page before."`
}

// Run lists the plate.
func (c *plateCmd) Run(s *session) error {
	q := url.Values{"state": {c.State}, "limit": {fmt.Sprint(c.Limit)}}
	if c.After != "" {
		q.Set("after", c.After)
	}
	return show(s, http.MethodGet, "tasks", q, nil, func(l app.List[tasks.Task]) {
		if c.State != string(work.TaskOpen) || l.Next != "" {
			s.printTasks(l)
			return
		}
		s.printWeek(l)
	})
}

// printWeek lists open tasks, the support promised to others, and what it all
// comes to.
func (s *session) printWeek(l app.List[tasks.Task]) {
	var w delegations.Week
	if err := s.get("load", nil, &w); err != nil || len(l.Items)+len(w.Support) == 0 {
		s.printTasks(l)
		return
	}
	if len(l.Items) > 0 {
		s.printTasks(l)
	}
	for _, p := range w.Support {
		s.printf("Support %s with %s: %s a week\n", p.With, p.Title, work.HoursWords(p.Minutes))
	}
	s.printf("%s a week", work.HoursWords(w.Total))
	if w.Capacity > 0 {
		s.printf(" of %s", work.HoursWords(w.Capacity))
	}
	s.printf(".\n")
	if w.Over > 0 {
		s.printf("That is %s more than your week holds. What will you put down?\n", work.HoursWords(w.Over))
	}
}

func (s *session) printTasks(l app.List[tasks.Task]) {
	var rows [][]string
	for _, t := range l.Items {
		title := t.Title
		if t.Parent != 0 {
			title = "  " + title
		}
		rows = append(rows, []string{fmt.Sprint(t.ID), title, work.HoursWords(t.Weekly), t.Recurs, t.Area, string(t.Verdict)})
	}
	if len(rows) == 0 {
		s.printf("Nothing there.\n")
		return
	}
	s.table("ID Task Weekly Recurs Area Verdict", rows)
}

type taskCmd struct {
	Task string `arg:"" help:"Number or title."`
}

// Run shows a task.
func (c *taskCmd) Run(s *session) error {
	id, err := s.task(c.Task)
	if err != nil {
		return err
	}
	return show(s, http.MethodGet, fmt.Sprintf("tasks/%d", id), nil, nil, func(t tasks.Whole) {
		s.printf("%d  %s  (%s)\n", t.ID, t.Title, t.State)
		if t.Note != "" {
			s.printf("%s\n", t.Note)
		}
		s.printf("%s a week. %s\n", work.HoursWords(t.Weekly), t.Recurs)
		for _, m := range []struct {
			name string
			mark work.Mark
		}{{"needs me", t.Marks.NeedsMe}, {"matters", t.Marks.Matters}, {"grows", t.Marks.Grows}, {"energy", t.Marks.Energy}} {
			guess := ""
			if m.mark.Guessed {
				guess = " (guess: " + m.mark.Cue + ")"
			}
			s.printf("%-9s %d%s\n", m.name, m.mark.Value, guess)
		}
		for _, p := range t.Parts {
			s.printf("  - %d %s (%s%s)\n", p.ID, p.Title, p.State, after(", with ", p.With))
		}
		if t.With != "" {
			s.printf("With %s now.\n", t.With)
		}
		if b := t.Back; b != nil {
			s.printf("Back from %s (%s)%s\n", b.From, plain(string(b.Outcome)), after(": ", b.Reason))
			if b.NextBest != nil {
				s.printf("Next best: %s\n", b.NextBest.Name)
			}
		}
	})
}

type editCmd struct {
	Task   string   `arg:"" help:"Number or title."`
	Title  *string  `help:"New title."`
	Note   *string  `help:"New note."`
	Area   *string  `help:"Area by name."`
	Effort *int64   `help:"Minutes for one time."`
	Recurs *string  `help:"A recurrence in words; empty for once."`
	Due    *string  `help:"A date in words; empty for none."`
	Skill  []string `help:"A skill it needs, like scheduling:3." placeholder:"NAME:LEVEL"`
}

// Run changes a task.
func (c *editCmd) Run(s *session) error {
	id, err := s.task(c.Task)
	if err != nil {
		return err
	}
	in := tasks.Fields{Title: c.Title, Note: c.Note, Area: c.Area, Recurs: c.Recurs, DueWords: c.Due, Effort: (*work.Minutes)(c.Effort)}
	if len(c.Skill) > 0 {
		skills, err := parseSkills(c.Skill)
		if err != nil {
			return err
		}
		in.Skills = &skills
	}
	return s.showTask(http.MethodPatch, fmt.Sprintf("tasks/%d", id), in)
}

func (s *session) showTask(method, path string, in any) error {
	return show(s, method, path, nil, in, func(t tasks.Task) { s.printf("%d  %s  (%s)\n", t.ID, t.Title, t.State) })
}

type splitCmd struct {
	Task  string   `arg:"" help:"Number or title."`
	Parts []string `arg:"" help:"A title for each part."`
}

// Run splits a task.
func (c *splitCmd) Run(s *session) error {
	id, err := s.task(c.Task)
	if err != nil {
		return err
	}
	return show(s, http.MethodPost, fmt.Sprintf("tasks/%d/parts", id), nil, tasks.SplitTask{Parts: c.Parts}, s.printTasks)
}

type oneTask struct {
	Task string `arg:"" help:"Number or title."`
}

func (c *oneTask) post(s *session, resource string) error {
	id, err := s.task(c.Task)
	if err != nil {
		return err
	}
	return s.showTask(http.MethodPost, fmt.Sprintf("tasks/%d/%s", id, resource), struct{}{})
}

type completeCmd struct{ oneTask }

// Run marks a task done.
func (c *completeCmd) Run(s *session) error { return c.post(s, "completion") }

type dropCmd struct{ oneTask }

// Run drops a task.
func (c *dropCmd) Run(s *session) error { return c.post(s, "drop") }

type reopenCmd struct{ oneTask }

// Run reopens a task.
func (c *reopenCmd) Run(s *session) error { return c.post(s, "reopening") }

type searchCmd struct {
	Words []string `arg:""`
}

// Run finds tasks.
func (c *searchCmd) Run(s *session) error {
	return show(s, http.MethodGet, "search", url.Values{"q": {strings.Join(c.Words, " ")}}, nil, s.printTasks)
}

type markCmd struct {
	Task    string `arg:"" help:"Number or title."`
	NeedsMe *int   `help:"0 anybody can do it … 3 only I can."`
	Matters *int   `help:"0 does not matter … 3 matters greatly."`
	Grows   *int   `help:"0 nobody would grow by it … 3 somebody would greatly."`
	Energy  *int   `help:"-2 drains me … 2 gives me energy."`
}

// Run keeps marks.
func (c *markCmd) Run(s *session) error {
	id, err := s.task(c.Task)
	if err != nil {
		return err
	}
	in := work.Said{NeedsMe: c.NeedsMe, Matters: c.Matters, Grows: c.Grows, Energy: c.Energy}
	return show(s, http.MethodPatch, fmt.Sprintf("tasks/%d/marks", id), nil, in, func(m work.Marks) {
		s.printf("needs me %d, matters %d, grows %d, energy %d\n", m.NeedsMe.Value, m.Matters.Value, m.Grows.Value, m.Energy.Value)
	})
}

type judgeCmd struct {
	Task    string `arg:"" help:"Number or title."`
	Verdict string `arg:"" help:"keep, drop, automate, assign, delegate, or none." enum:"keep,drop,automate,assign,delegate,none"`
	Reason  string `help:"Why."`
}

// Run keeps a verdict.
func (c *judgeCmd) Run(s *session) error {
	id, err := s.task(c.Task)
	if err != nil {
		return err
	}
	verdict := work.Verdict(strings.TrimSuffix(c.Verdict, "none"))
	return s.showTask(http.MethodPut, fmt.Sprintf("tasks/%d/verdict", id), tasks.JudgeTask{Verdict: verdict, Reason: c.Reason})
}

type letgoCmd struct{}

// Run lists what to let go of. Its JSON is the list itself.
func (c *letgoCmd) Run(s *session) error {
	return list(s, "letgo", nil, func(lines []tasks.LetGoLine) {
		if len(lines) == 0 {
			s.printf("Your plate is empty: there is nothing to let go of.\n")
		}
		for _, l := range lines {
			points := make([]string, len(l.Points))
			for i, p := range l.Points {
				points[i] = fmt.Sprintf("%+d: %s", p.Points, p.Words)
			}
			s.printf("%4d  %s  [%s]\n      %s\n", l.Score, l.Task, l.Advice, strings.Join(points, "; "))
		}
	})
}

// list answers with the items of a list alone.
func list[T any](s *session, path string, query url.Values, words func([]T)) error {
	var page app.List[T]
	if err := s.get(path, query, &page); err != nil {
		return err
	}
	if s.JSON {
		return s.json(page.Items)
	}
	words(page.Items)
	return nil
}

type areaCmd struct {
	Name    string `arg:"" optional:"" help:"Make an area of this name; without one, list them."`
	Private bool   `help:"Only you see it."`
}

// Run lists areas or makes one.
func (c *areaCmd) Run(s *session) error {
	if c.Name != "" {
		return show(s, http.MethodPost, "areas", nil, workspaces.NewArea{Name: c.Name, Private: c.Private}, func(a workspaces.Area) { s.printf("%d  %s\n", a.ID, a.Name) })
	}
	return list(s, "areas", nil, func(all []workspaces.Area) {
		for _, a := range all {
			s.printf("%d  %s%s\n", a.ID, a.Name, map[bool]string{true: "  (private)"}[a.Private])
		}
	})
}

type focusCmd struct {
	Name    string `arg:"" optional:"" help:"A focus area; without one, list them."`
	Minutes int64  `help:"Record so many minutes that went to it."`
}

// Run lists focus areas, makes one, or records time.
func (c *focusCmd) Run(s *session) error {
	switch {
	case c.Name == "":
		return list(s, "focus-areas", nil, func(all []workspaces.Focus) {
			if len(all) == 0 {
				s.printf("No focus area yet; baton focus NAME adds one.\n")
			}
			for _, f := range all {
				s.printf("%d  %s  %s in four weeks\n", f.ID, f.Name, work.HoursWords(f.Given))
			}
		})
	case c.Minutes > 0:
		id, err := s.find("focus area", "focus-areas", c.Name)
		if err != nil {
			return err
		}
		return show(s, http.MethodPost, fmt.Sprintf("focus-areas/%d/time", id), nil, workspaces.FocusTime{Minutes: work.Minutes(c.Minutes)}, func(app.None) { s.printf("Recorded.\n") })
	}
	return show(s, http.MethodPost, "focus-areas", nil, workspaces.NewFocus{Name: c.Name}, func(f workspaces.Focus) { s.printf("%d  %s\n", f.ID, f.Name) })
}

type settingsCmd struct {
	Hours     *float64 `help:"Hours a week may hold."`
	HourPrice *string  `help:"What an hour of yours is worth, like 90 or 90.50."`
	Digest    *bool    `help:"One mail a day." negatable:""`
	Urgent    *bool    `help:"Mail at once for what cannot wait." negatable:""`
}

// Run shows or changes settings.
func (c *settingsCmd) Run(s *session) error {
	var now workspaces.Setting
	if err := s.get("settings", nil, &now); err != nil {
		return err
	}
	in := workspaces.NewSettings{Digest: c.Digest, Urgent: c.Urgent}
	if c.Hours != nil {
		m := work.Minutes(*c.Hours * 60)
		in.Capacity = &m
	}
	if c.HourPrice != nil {
		price, err := work.ParseMoney(*c.HourPrice, now.Currency)
		if err != nil {
			return err
		}
		in.HourPrice = &price
	}
	return show(s, http.MethodPatch, "settings", nil, in, func(v workspaces.Setting) {
		s.printf("%s in %s (%s, %s)\n", v.Me.Name, v.Workspace, v.Currency, v.Zone)
		s.printf("%s a week, an hour is worth %s\n", work.HoursWords(v.Capacity), v.HourPrice.Format(v.Currency))
	})
}
