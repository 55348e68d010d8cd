package tasks

import (
	"context"
	"slices"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// MarkTask says marks of a task. Absent marks stay as they are.
type MarkTask struct {
	Task    work.TaskID `path:"task" json:"-"`
	IfMatch app.Match   `header:"If-Match" json:"-" doc:"Refuse when the version of the task is another"`
	work.Said
}

// Marked is what the actor thinks of a task, and the version of the task.
type Marked struct {
	work.Marks
	Version int64 `json:"version"`
}

// Mark keeps what the actor thinks of a task on their plate. Nobody else sees
// it.
var Mark = app.Write(app.Describe{
	Name: "task.mark", Method: "PATCH", Path: "tasks/{task}/marks", Who: app.AnyMember, Undo: "task.mark", Summary: "Mark how much a task needs you, matters, grows somebody, and drains you.",
}, func(ctx context.Context, tx *app.Tx, in MarkTask) (Marked, error) {
	t, err := MineAt(ctx, tx, in.Task, in.IfMatch)
	if err != nil {
		return Marked{}, err
	}
	if err := in.Validate(); err != nil {
		return Marked{}, err
	}
	all, err := tx.Marks(ctx, tx.Me.Person, t.ID)
	if err != nil {
		return Marked{}, err
	}
	said := all[t.ID]
	for _, m := range []struct{ to, from **int }{
		{&said.NeedsMe, &in.NeedsMe}, {&said.Matters, &in.Matters}, {&said.Grows, &in.Grows}, {&said.Energy, &in.Energy},
	} {
		if *m.from != nil {
			*m.to = *m.from
		}
	}
	if err := tx.SaveMarks(ctx, tx.Me.Person, t.ID, said, tx.Now); err != nil {
		return Marked{}, err
	}
	marks, err := marksOf(ctx, tx, &t)
	return Marked{marks, t.Version}, err
})

// marksOf returns what the actor said of a task, and guesses for what they did
// not say.
func marksOf(ctx context.Context, tx *app.Tx, t *work.Task) (work.Marks, error) {
	all, err := tx.Marks(ctx, tx.Me.Person, t.ID)
	if err != nil {
		return work.Marks{}, err
	}
	said := all[t.ID]
	if said.NeedsMe != nil && said.Matters != nil && said.Grows != nil && said.Energy != nil {
		return said.Over(work.Marks{}), nil
	}
	skills, err := tx.SkillNames(ctx, tx.Me.Person)
	return said.Over(work.Guess(t, work.NewVocabulary(skills), tx.Today())), err
}

// JudgeTask is a verdict on a task.
type JudgeTask struct {
	Task    work.TaskID  `path:"task" json:"-"`
	IfMatch app.Match    `header:"If-Match" json:"-" doc:"Refuse when the version of the task is another"`
	Verdict work.Verdict `json:"verdict" enum:"keep,drop,automate,assign,delegate,"`
	Reason  string       `json:"reason,omitempty" maxLength:"500"`
}

// Judge keeps the actor's verdict on a task; an empty one takes it back.
var Judge = app.Write(app.Describe{
	Name: "task.judge", Method: "PUT", Path: "tasks/{task}/verdict", Who: app.AnyMember, Undo: "task.judge", Summary: "Say what to do with a task: keep, drop, automate, assign or delegate.",
}, func(ctx context.Context, tx *app.Tx, in JudgeTask) (Task, error) {
	t, err := MineAt(ctx, tx, in.Task, in.IfMatch)
	if err != nil {
		return Task{}, err
	}
	if in.Verdict != "" && !slices.Contains(work.Verdicts, in.Verdict) {
		return Task{}, work.FieldError("verdict", "A verdict is keep, drop, automate, assign or delegate.")
	}
	if err := tx.SaveVerdict(ctx, tx.Me.Person, t.ID, store.Judgement{Verdict: in.Verdict, Reason: in.Reason, At: tx.Now}); err != nil {
		return Task{}, err
	}
	return viewOne(ctx, tx, t)
})

// A LetGoLine is one task of the let-go list, with what its score is made of.
type LetGoLine struct {
	Task    string       `json:"task"`
	TaskID  work.TaskID  `json:"task_id"`
	Score   int          `json:"score"`
	Weekly  work.Minutes `json:"weekly" doc:"Minutes a week"`
	Points  []work.Point `json:"points"`
	Marks   work.Marks   `json:"marks"`
	Advice  work.Verdict `json:"advice"`
	Because string       `json:"because"`
	Verdict work.Verdict `json:"verdict,omitempty" doc:"Your own, where you gave one"`
}

// LetGo lists the actor's tasks, what is best let go of first.
var LetGo = app.Read(app.Describe{
	Name: "task.letgo", Method: "GET", Path: "letgo", Who: app.AnyMember, Summary: "See what to let go of, and why.",
}, func(ctx context.Context, tx *app.Tx, in app.Page) (app.List[LetGoLine], error) {
	var out app.List[LetGoLine]
	scored, err := Scored(ctx, tx)
	if err != nil {
		return out, err
	}
	verdicts, err := tx.Verdicts(ctx, tx.Me.Person)
	if err != nil {
		return out, err
	}
	work.SortLetGo(scored)
	lines := []LetGoLine{}
	for _, l := range scored {
		if l.Task.Parent != 0 {
			continue
		}
		lines = append(lines, line(l, verdicts[l.Task.ID].Verdict))
	}
	return app.Cut(lines, in, func(l LetGoLine) string { return app.Key(-int64(l.Score), -int64(l.Weekly), int64(l.TaskID)) })
})

func line(l work.LetGo, own work.Verdict) LetGoLine {
	advice, because := work.Advise(l)
	return LetGoLine{
		Task: l.Task.Title, TaskID: l.Task.ID, Score: l.Score, Weekly: l.Weekly, Points: l.Points, Marks: l.Marks,
		Advice: advice, Because: because, Verdict: own,
	}
}

// Scored returns the let-go score of every open task on the actor's plate, in
// the plate's order. Decision areas take no hours and have a board of their own.
func Scored(ctx context.Context, tx *app.Tx) ([]work.LetGo, error) {
	if err := tx.MembersOnly(); err != nil {
		return nil, err
	}
	open, err := tx.Tasks(ctx, store.TaskFilter{Carrier: tx.Me.Person, State: work.TaskOpen, Kind: work.PlainTask})
	if err != nil {
		return nil, err
	}
	return score(ctx, tx, open)
}

// ScoredOf returns the let-go scores of tasks that are on somebody else's
// plate, in their order.
func ScoredOf(ctx context.Context, tx *app.Tx, given []work.Task) ([]work.LetGo, error) {
	return score(ctx, tx, given)
}

// score returns the let-go scores of tasks, in their order.
func score(ctx context.Context, tx *app.Tx, open []work.Task) ([]work.LetGo, error) {
	ids := make([]work.TaskID, len(open))
	for i := range open {
		ids[i] = open[i].ID
	}
	said, err := tx.MarksOn(ctx, tx.Me.Person, ids)
	if err != nil {
		return nil, err
	}
	skills, err := tx.SkillNames(ctx, tx.Me.Person)
	if err != nil {
		return nil, err
	}
	me, err := tx.Member(ctx, tx.Me.Person)
	if err != nil {
		return nil, err
	}
	known := work.NewVocabulary(skills)
	out := make([]work.LetGo, len(open))
	for i := range open {
		t := &open[i]
		marks := said[t.ID].Over(work.Guess(t, known, tx.Today()))
		out[i] = work.ScoreLetGo(t, marks, me.HourPrice, tx.Workspace().Currency, tx.Today())
	}
	return out, nil
}
