package web

import (
	"baton/internal/app"
	"baton/internal/app/tasks"
	"baton/internal/work"
)

// letGoPages registers the let-go list and the verdicts on it.
func (s *server) letGoPages() {
	s.member("GET /letgo", (*visit).letGoPage)
	s.member("POST /tasks/{task}/verdict", (*visit).judge)
}

// shownToLetGo is how many tasks the list shows at once.
const shownToLetGo = 50

func (v *visit) letGoPage() error {
	list, err := do(v, tasks.LetGo, app.Whole)
	if err != nil {
		return err
	}
	all := v.r.URL.Query().Get("all") != ""
	more := 0
	if !all && len(list.Items) > shownToLetGo {
		more = len(list.Items) - shownToLetGo
		list.Items = list.Items[:shownToLetGo]
	}
	return v.show("Let go", "letgo", letGoView(v, list.Items, more))
}

func (v *visit) judge() error {
	task, err := number[work.TaskID](v, "task")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	verdict := work.Verdict(f.text("verdict"))
	t, err := do(v, tasks.Judge, tasks.JudgeTask{Task: task, Verdict: verdict, Reason: f.text("reason")})
	if verdict == "" {
		return v.act(v.to("/letgo"), err, "Your verdict on “%s” is taken back.", t.Title)
	}
	return v.act(v.to("/letgo"), err, "“%s”: %s.", t.Title, verdict)
}

// verdictOptions are the verdicts, and none.
func verdictOptions(advice work.Verdict) []option {
	first := "No verdict yet"
	if advice != "" {
		first = "Suggested: " + string(advice)
	}
	out := []option{{"", first}}
	for _, w := range work.Verdicts {
		out = append(out, option{string(w), verdictWords(w)})
	}
	return out
}

// guesses counts the tasks whose score rests on guesses alone.
func guesses(list []tasks.LetGoLine) int {
	n := 0
	for _, l := range list {
		if l.Marks.NeedsMe.Guessed && l.Marks.Energy.Guessed {
			n++
		}
	}
	return n
}
