package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"baton/internal/app"
	"baton/internal/app/tasks"
	"baton/internal/work"
)

// triagePages registers the two questions about each task, one by one.
func (s *server) triagePages() {
	s.member("GET /triage", (*visit).triagePage)
	s.member("POST /triage", (*visit).triageAnswer)
}

// A question of triage: one mark, with an answer for each of its values.
type question struct {
	Name, Asks string
	Answers    []answer
	All        bool // of every task, not only the ten longest
	mark       func(*work.Marks) *work.Mark
	said       func(*work.Said) **int
}

// An answer to a question.
type answer struct {
	Value int
	Words string
}

var questions = []question{
	{
		Name: "needs_me", Asks: "Does it need you?", All: true,
		Answers: []answer{{0, "Anybody could do it"}, {1, "It needs a little of what I know"}, {2, "It needs much of what only I know"}, {3, "Only I can do it"}},
		mark:    func(m *work.Marks) *work.Mark { return &m.NeedsMe }, said: func(s *work.Said) **int { return &s.NeedsMe },
	},
	{
		Name: "energy", Asks: "Does it drain you?", All: true,
		Answers: []answer{{-2, "It drains me much"}, {-1, "It drains me"}, {0, "Neither"}, {1, "I enjoy it"}, {2, "It gives me much energy"}},
		mark:    func(m *work.Marks) *work.Mark { return &m.Energy }, said: func(s *work.Said) **int { return &s.Energy },
	},
	{
		Name: "matters", Asks: "Does it matter?",
		Answers: []answer{{0, "It hardly matters"}, {1, "Somewhat"}, {2, "It matters"}, {3, "It matters greatly"}},
		mark:    func(m *work.Marks) *work.Mark { return &m.Matters }, said: func(s *work.Said) **int { return &s.Matters },
	},
	{
		Name: "grows", Asks: "Would somebody grow by it?",
		Answers: []answer{{0, "Nobody would"}, {1, "A little"}, {2, "Yes"}, {3, "Greatly"}},
		mark:    func(m *work.Marks) *work.Mark { return &m.Grows }, said: func(s *work.Said) **int { return &s.Grows },
	},
}

// askedInFull is how many of the longest tasks get all four questions.
const askedInFull = 10

// A triage is where a member stands in it.
type triage struct {
	Task     *tasks.LetGoLine // nil at the end
	Question question
	Note     string // of the task
	Guess    work.Mark
	Done     int // answered tasks
	All      int
	Skipped  []string // ids, put off for this time
	Only     work.TaskID
	Again    string // the question about that task to ask once more
	Before   string // where the question before is asked again; "" without one
}

func (v *visit) triagePage() error {
	q := v.r.URL.Query()
	list, err := do(v, tasks.LetGo, app.Whole)
	if err != nil {
		return err
	}
	t := triage{Before: v.questionBefore(q.Get("before"), q.Get("skip")), Skipped: strings.FieldsFunc(q.Get("skip"), func(r rune) bool { return r == ',' })}
	if one, err := strconv.ParseInt(q.Get("task"), 10, 64); err == nil {
		t.Only, t.Again = work.TaskID(one), q.Get("again")
	}
	t.find(list.Items)
	if t.Task != nil {
		whole, err := do(v, tasks.Show, tasks.AskTask{Task: t.Task.TaskID})
		if err != nil {
			return err
		}
		t.Note = whole.Note
	}
	return v.show("Triage", "plate", triageView(v, t))
}

// questionBefore is the address at which the question answered last is asked
// again.
func (v *visit) questionBefore(answered, skipped string) string {
	task, asked := lastAnswer(answered)
	if task == 0 {
		return ""
	}
	return v.to("/triage?task=%d&again=%s&skip=%s", task, asked, url.QueryEscape(skipped))
}

// find looks for the next question: the longest task first, each until all
// its questions are answered.
func (t *triage) find(list []tasks.LetGoLine) {
	slices.SortStableFunc(list, func(a, b tasks.LetGoLine) int {
		return cmp.Or(cmp.Compare(b.Weekly, a.Weekly), cmp.Compare(a.TaskID, b.TaskID))
	})
	t.All = len(list)
	for i := range list {
		l := &list[i]
		open := slices.IndexFunc(questions, func(q question) bool {
			return (q.All || i < askedInFull) && q.mark(&l.Marks).Guessed || l.TaskID == t.Only && q.Name == t.Again
		})
		if open < 0 {
			t.Done++
			continue
		}
		skipped := slices.Contains(t.Skipped, strconv.FormatInt(int64(l.TaskID), 10))
		if t.Task == nil && !skipped && (t.Only == 0 || t.Only == l.TaskID) {
			t.Task, t.Question = l, questions[open]
			t.Guess = *t.Question.mark(&l.Marks)
		}
	}
}

// skip is the list of skipped tasks with the present one.
func (t *triage) skip() string {
	return strings.Join(append(slices.Clone(t.Skipped), strconv.FormatInt(int64(t.Task.TaskID), 10)), ",")
}

func (v *visit) triageAnswer() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	task, err := id[work.TaskID](f, "task")
	if err != nil {
		return err
	}
	var said work.Said
	asked := ""
	for _, q := range questions {
		if value, err := strconv.Atoi(f.Get(q.Name)); err == nil {
			*q.said(&said), asked = &value, q.Name
		}
	}
	if said == (work.Said{}) {
		return work.FieldError("answer", "Choose one of the answers.")
	}
	_, err = do(v, tasks.Mark, tasks.MarkTask{Task: task, Said: said})
	if err != nil {
		return err
	}
	return v.leave(v.to("/triage?skip=%s&before=%d-%s", strings.Join(f.skipped(), ","), task, asked), toast{})
}

// lastAnswer reads which question was answered before this one: its task and
// its name. Anything else that was sent there is none.
func lastAnswer(text string) (task work.TaskID, asked string) {
	number, name, _ := strings.Cut(text, "-")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || !slices.ContainsFunc(questions, func(q question) bool { return q.Name == name }) {
		return 0, ""
	}
	return work.TaskID(n), name
}

// skipped are the ids of tasks put off, and nothing else that was sent there.
func (f *form) skipped() []string {
	return strings.FieldsFunc(f.Get("skip"), func(r rune) bool { return r < '0' || r > '9' })
}
