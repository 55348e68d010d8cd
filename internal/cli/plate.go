package cli

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"text/tabwriter"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/tasks"
	"baton/internal/ical"
	"baton/internal/work"
)

// table writes rows in columns.
func (s *session) table(head string, rows [][]string) {
	w := tabwriter.NewWriter(s.Out, 0, 4, 2, ' ', 0)
	if head != "" {
		_, _ = fmt.Fprintln(w, strings.ReplaceAll(head, " ", "\t"))
	}
	for _, r := range rows {
		_, _ = fmt.Fprintln(w, harmless(strings.Join(r, "\t")))
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
	Due   string `help:"Only what is late, or falls due soon: within a week." enum:",late,soon" placeholder:"WHEN"`
	Limit int    `help:"At most this many." default:"100"`
	After string `help:"Continue behind the next of the page before."`
}

// Run lists the plate.
func (c *plateCmd) Run(s *session) error {
	q := url.Values{"state": {c.State}, "limit": {fmt.Sprint(c.Limit)}}
	if c.After != "" {
		q.Set("after", c.After)
	}
	if c.Due != "" {
		q.Set("due", c.Due)
		return show(s, http.MethodGet, "tasks", q, nil, s.printDue)
	}
	return show(s, http.MethodGet, "tasks", q, nil, func(l app.List[tasks.Task]) {
		if c.State != string(work.TaskOpen) || l.Next != "" {
			s.printTasks(l)
			return
		}
		s.printWeek(l)
	})
}

// printDue lists tasks with the days they fall due on.
func (s *session) printDue(l app.List[tasks.Task]) {
	for _, t := range l.Items {
		due := t.Due
		if due.IsZero() {
			due = t.Deadline
		}
		s.printf("%4d  %s: %s\n", t.ID, t.Title, dueDay(due))
	}
	if len(l.Items) == 0 {
		s.printf("Nothing of yours falls due then.\n")
	}
}

// dueDay says a due with its weekday, and its time where it has one.
func dueDay(d ical.Due) string {
	day := d.Date.In(time.UTC).Format("Monday, 2 January")
	if d.Minute != ical.AllDay {
		day += fmt.Sprintf(", %02d:%02d", d.Minute/60, d.Minute%60)
	}
	return day
}

// printWeek lists open tasks, the support promised to others, and what it all
// comes to.
func (s *session) printWeek(l app.List[tasks.Task]) {
	var w delegations.Week
	if err := s.get("load", &w); err != nil || len(l.Items)+len(w.Support) == 0 {
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

type weekCmd struct{}

// Run sums the week up.
func (c *weekCmd) Run(s *session) error {
	return show(s, http.MethodGet, "week", nil, nil, func(w tasks.WeekView) {
		least := ""
		if w.AtLeast {
			least = "at least "
		}
		s.printf("%s%s of %s a week", least, work.HoursWords(w.Carried), work.HoursWords(w.Capacity))
		if w.Unknown > 0 {
			s.printf("; %d without an effort", w.Unknown)
		}
		s.printf(".\n")
		if w.LetGo != nil {
			s.printf("Let go of next: %d %s (%s)\n", w.LetGo.TaskID, w.LetGo.Task, w.LetGo.Advice)
		}
	})
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
	if c.Title == nil && c.Note == nil && c.Area == nil && c.Effort == nil && c.Recurs == nil && c.Due == nil && len(c.Skill) == 0 {
		return usageError{errors.New("nothing is to be changed: say --title, --note, --area, --effort, --recurs, --due or --skill")}
	}
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
func (c *reopenCmd) Run(s *session) error {
	finished := []url.Values{{"state": {string(work.TaskDone)}}, {"state": {string(work.TaskDropped)}}}
	id, err := s.findAmong("finished task", "tasks", finished, c.Task)
	if err != nil {
		return err
	}
	return s.showTask(http.MethodPost, fmt.Sprintf("tasks/%d/reopening", id), struct{}{})
}

type moveCmd struct {
	Task   string `arg:"" optional:"" help:"Number or title."`
	Behind string `help:"The task it goes behind; the top unless said." placeholder:"TASK"`
	From   string `help:"Instead, move the whole database from this one; --db unless said." placeholder:"PATH|URL"`
	To     string `help:"The empty database that everything is moved to, SQLite or PostgreSQL." placeholder:"PATH|URL"`
}

// Run moves a task on the plate, or the whole database.
func (c *moveCmd) Run(s *session) error {
	switch whole := c.From != "" || c.To != ""; {
	case whole && c.To == "":
		return usageError{errors.New("--from says where everything comes from; say with --to where it goes")}
	case whole && (c.Task != "" || c.Behind != ""):
		return usageError{errors.New("--to moves the whole database; a task moves without it")}
	case whole:
		return s.moveAll(cmp.Or(c.From, s.DB, defaultDB(s.World)), c.To)
	case c.Task == "":
		return usageError{errors.New("say which task moves: its number or a part of its title")}
	}
	id, err := s.task(c.Task)
	if err != nil {
		return err
	}
	var in tasks.MoveTask
	if c.Behind != "" {
		behind, err := s.task(c.Behind)
		if err != nil {
			return err
		}
		in.Behind = work.TaskID(behind)
	}
	return s.showTask(http.MethodPut, fmt.Sprintf("tasks/%d/position", id), in)
}

type searchCmd struct {
	Words  []string `arg:""`
	Others bool     `help:"Only people, delegations, decision areas and playbooks."`
}

// Run finds tasks.
func (c *searchCmd) Run(s *session) error {
	q := url.Values{"q": {strings.Join(c.Words, " ")}}
	if c.Others {
		return show(s, http.MethodGet, "search/others", q, nil, s.printFound)
	}
	return show(s, http.MethodGet, "search", q, nil, func(l app.List[tasks.Task]) {
		s.printTasks(l)
		var others app.List[tasks.Found]
		if err := s.call(http.MethodGet, "search/others", q, nil, &others); err == nil && len(others.Items) > 0 {
			s.printf("\n")
			s.printFound(others)
		}
	})
}

// printFound lists what was found beside the plate.
func (s *session) printFound(l app.List[tasks.Found]) {
	var rows [][]string
	for _, f := range l.Items {
		with := f.With
		switch {
		case with == "":
		case f.Mine:
			with = "with " + with
		default:
			with = "from " + with
		}
		rows = append(rows, []string{fmt.Sprint(f.ID), f.Title, plain(f.Noun), string(f.State), with})
	}
	if len(rows) == 0 {
		s.printf("No person, delegation, decision area or playbook has these words.\n")
		return
	}
	s.table("", rows)
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
