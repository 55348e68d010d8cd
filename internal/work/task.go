package work

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"baton/internal/ical"
)

// TaskKind tells a task from a decision area.
type TaskKind string

// The kinds of line on a plate.
const (
	PlainTask    TaskKind = "task"
	DecisionArea TaskKind = "decision_area" // a standing responsibility: "hiring for the front desk"
)

// TaskState is where a task stands.
type TaskState string

// The states of a task.
const (
	TaskOpen    TaskState = "open"
	TaskDone    TaskState = "done"
	TaskDropped TaskState = "dropped"
)

// A Task is one line on a plate.
type Task struct {
	ID          TaskID
	Kind        TaskKind
	Title       string
	Note        string
	Area        AreaID
	Author      PersonID // who put it there; marks are theirs
	Carrier     PersonID // whose plate it is on
	Parent      TaskID   // the task it is a part of
	State       TaskState
	Effort      Minutes // per occurrence; 0 is not known
	Rule        ical.Rule
	Counted     Minutes  // a week, as an imported calendar counts them; 0 leaves it to effort and rule
	Due         ical.Due // of a recurring task: its next turn
	Deadline    ical.Due // when all of it must be over
	Skills      []Skill  // needed, with the level that does
	Credentials []string // needed
	Suggested   string   // who its author named when it was written down
	Position    string   // ordering key among its siblings, bytewise
	CreatedAt   time.Time
	ClosedAt    time.Time
	Source      Source
	Version     int64
}

// A Source says which line of an import a task came from, and what it said
// then, so that a second run can tell the user's own changes apart.
type Source struct {
	Import ImportID `json:"import,omitempty"`
	Key    string   `json:"key,omitempty"`
	Said   string   `json:"said,omitempty"` // the imported fields as JSON
}

// Matters is how much the task matters as the program says that it came from:
// a priority there. It is what a guess rests on, never what the user said.
func (s Source) Matters() (value int, ok bool) {
	if !strings.Contains(s.Said, `"matters"`) {
		return 0, false
	}
	var said struct {
		Matters string `json:"matters"`
	}
	if err := json.Unmarshal([]byte(s.Said), &said); err != nil {
		return 0, false
	}
	value, err := strconv.Atoi(said.Matters)
	return value, err == nil && value >= 0 && value <= 3
}

// Finished reports whether nothing is left to do.
func (t *Task) Finished() bool { return t.State != TaskOpen }

// OneOffSpan is over how many weeks a task without recurrence and without due
// spreads its effort when hours per week are counted.
const OneOffSpan = 8

// Weekly returns the minutes a week the task takes: effort times recurrence,
// or its effort spread over the weeks until it is due (at least one, at most
// OneOffSpan). It rounds up. What a calendar counted goes before that.
func (t *Task) Weekly(today ical.Date) Minutes {
	if !t.Finished() && t.Counted > 0 {
		return t.Counted
	}
	if t.Finished() || t.Effort <= 0 {
		return 0
	}
	times, weeks := int64(1), int64(OneOffSpan)
	if !t.Rule.IsZero() {
		times, weeks = t.Rule.PerWeek()
	} else if end := t.end(); !end.IsZero() {
		weeks = min(max((int64(ical.DaysBetween(today, end.Date))+6)/7, 1), OneOffSpan)
	}
	if weeks <= 0 {
		return 0
	}
	return Minutes((int64(t.Effort)*times + weeks - 1) / weeks)
}

func (t *Task) end() ical.Due {
	if !t.Due.IsZero() {
		return t.Due
	}
	return t.Deadline
}

// OneLine folds the line breaks, other control characters and runs of space of
// a title or a name into single blanks.
func OneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }), " ")
}

// Folded is a text as words are compared and found: in small letters, without
// accents, however these were typed.
func Folded(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
}

// Validate reports what is wrong with the task, by field.
func (t *Task) Validate() error {
	switch {
	case strings.TrimSpace(t.Title) == "":
		return FieldError("title", "A task needs a title.")
	case len(t.Title) > 500:
		return FieldError("title", "A title has at most 500 characters; put the rest in the note.")
	case len(t.Note) > 20_000:
		return FieldError("note", "A note has at most 20,000 characters.")
	case t.Effort < 0 || t.Effort > 10_000:
		return FieldError("effort", "Effort is in minutes, from 0 to 10,000 for one time.")
	case t.Parent != 0 && t.Parent == t.ID:
		return FieldError("parent", "A task cannot be a part of itself.")
	case t.Kind != PlainTask && t.Kind != DecisionArea:
		return FieldError("kind", "A line on a plate is a task or a decision_area.")
	}
	if t.Kind == DecisionArea {
		if err := t.stands(); err != nil {
			return err
		}
	}
	for _, s := range t.Skills {
		if strings.TrimSpace(s.Name) == "" || s.Level < 0 || s.Level > 5 {
			return FieldError("skills", "A needed skill has a name and a level from 0 to 5.")
		}
	}
	return nil
}

// stands refuses what a decision area has not: it is never due and never done,
// and takes no time of its own.
func (t *Task) stands() error {
	switch {
	case t.Effort != 0:
		return FieldError("effort", "A decision area has no effort of its own; leave it empty.")
	case !t.Rule.IsZero():
		return FieldError("recurs", "A decision area does not recur; it stands until you close it.")
	case !t.Due.IsZero():
		return FieldError("due", "A decision area is never due; it stands until you close it.")
	case !t.Deadline.IsZero():
		return FieldError("deadline", "A decision area has no deadline; it stands until you close it.")
	case t.Parent != 0:
		return FieldError("parent", "A decision area is not a part of anything; write it down by itself.")
	}
	return nil
}
