// Package lessons holds the operations on what looks back propose: to see it,
// to take it, to let it go.
package lessons

import (
	"context"
	"strconv"
	"time"

	"baton/internal/app"
	"baton/internal/learn"
	"baton/internal/store"
	"baton/internal/work"
)

// Operations lists what can be done with lessons.
func Operations() []app.Operation { return []app.Operation{List, Take, LetGo} }

// A Lesson as one of the two it concerns sees it.
type Lesson struct {
	ID         store.LessonID    `json:"id"`
	Kind       learn.Kind        `json:"kind" enum:"effort,skill,interest,level,rhythm,playbook" doc:"What it would change"`
	Words      string            `json:"words" doc:"What would change"`
	Cause      string            `json:"cause" doc:"The look back it comes from, and what was said there"`
	Worked     string            `json:"worked,omitempty" doc:"Of a playbook: what worked"`
	Improve    string            `json:"improve,omitempty" doc:"Of a playbook: what to change"`
	Delegation work.DelegationID `json:"delegation"`
	Title      string            `json:"title" doc:"Of the delegation looked back on"`
	About      string            `json:"about,omitempty" doc:"The person it is about"`
	Holder     string            `json:"holder" doc:"Who is to agree"`
	Mine       bool              `json:"mine" doc:"You are to agree"`
	State      store.LessonState `json:"state" enum:"open,taken,let_go" doc:"Only an open one can be taken"`
	At         time.Time         `json:"at" doc:"When it was proposed"`
	ClosedAt   time.Time         `json:"closed_at,omitzero" doc:"When it was taken or let go"`
}

// AskLessons says which lessons to list.
type AskLessons struct {
	app.Page
	Delegation work.DelegationID `query:"delegation" json:"-"`
	State      store.LessonState `query:"state" json:"-" enum:"open,taken,let_go" doc:"Open ones unless said"`
	Mine       bool              `query:"mine" json:"-" doc:"Only what you are to agree to, counted"`
}

// List shows what looks back propose: what the actor is to agree to, what is
// about them, and what came of work they gave.
var List = app.Read(app.Describe{
	Name: "lesson.list", Method: "GET", Path: "lessons", Who: app.AnyMember, Summary: "See what looks back propose: to you, and about you.",
}, func(ctx context.Context, tx *app.Tx, in AskLessons) (app.List[Lesson], error) {
	out := app.List[Lesson]{Items: []Lesson{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	f := store.LessonFilter{Of: tx.Me.Person, Delegation: in.Delegation, State: in.State, Limit: in.Size() + 1}
	if f.State == "" {
		f.State = store.LessonOpen
	}
	before, err := in.Behind()
	if err != nil {
		return out, err
	}
	f.Before = store.LessonID(before)
	if in.Mine {
		f.Of, f.Holder = 0, tx.Me.Person
		n, err := tx.CountLessons(ctx, f.Holder, f.State)
		if err != nil {
			return out, err
		}
		out.Count = n
	}
	found, err := tx.Lessons(ctx, f)
	if err != nil {
		return out, err
	}
	if len(found) > in.Size() {
		found = found[:in.Size()]
		out.Next = strconv.FormatInt(int64(found[len(found)-1].ID), 10)
	}
	for i := range found {
		one, err := view(ctx, tx, &found[i])
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, one)
	}
	return out, nil
})

func view(ctx context.Context, tx *app.Tx, l *store.Lesson) (Lesson, error) {
	d, err := tx.Delegation(ctx, l.Delegation)
	if err != nil {
		return Lesson{}, err
	}
	out := Lesson{
		ID: l.ID, Kind: l.Kind, Words: l.Words(d.Name(d.Receiver)), Cause: l.Cause, Worked: l.Worked, Improve: l.Improve, Delegation: l.Delegation,
		Title: d.Title, Holder: d.Name(l.Holder), Mine: l.Holder == tx.Me.Person, State: l.State, At: l.At, ClosedAt: l.ClosedAt,
	}
	if l.About != 0 {
		out.About = d.Name(l.About)
	}
	return out, nil
}

// AskLesson names one lesson.
type AskLesson struct {
	Lesson store.LessonID `path:"lesson" json:"-"`
}

// open loads an open lesson that the actor may close.
func (in AskLesson) open(ctx context.Context, tx *app.Tx) (*store.Lesson, *work.Delegation, error) {
	if err := tx.MembersOnly(); err != nil {
		return nil, nil, err
	}
	found, err := tx.Lessons(ctx, store.LessonFilter{ID: in.Lesson, Of: tx.Me.Person, Limit: 1})
	switch {
	case err != nil:
		return nil, nil, err
	case len(found) == 0 || found[0].ID != in.Lesson:
		return nil, nil, work.Errorf(work.NotFound, "There is no such lesson.")
	}
	l := &found[0]
	d, err := tx.Delegation(ctx, l.Delegation)
	switch {
	case err != nil:
		return nil, nil, err
	case l.Holder != tx.Me.Person:
		return nil, nil, work.Errorf(work.Forbidden, "%s is to agree to this; what is recorded about you, you can dispute.", d.Name(l.Holder))
	case l.State != store.LessonOpen:
		return nil, nil, work.Errorf(work.Conflict, "This lesson is closed: it was %s.", map[store.LessonState]string{store.LessonTaken: "taken", store.LessonLetGo: "let go"}[l.State])
	}
	return l, d, nil
}

// LetGo leaves everything as it is.
var LetGo = app.Write(app.Describe{
	Name: "lesson.let_go", Method: "POST", Path: "lessons/{lesson}/refusal", Who: app.AHolder, Summary: "Let go of what a look back proposes: everything stays as it is.",
}, func(ctx context.Context, tx *app.Tx, in AskLesson) (Lesson, error) {
	l, _, err := in.open(ctx, tx)
	if err != nil {
		return Lesson{}, err
	}
	return closed(ctx, tx, l, store.LessonLetGo)
})

// closed closes a lesson and shows it.
func closed(ctx context.Context, tx *app.Tx, l *store.Lesson, state store.LessonState) (Lesson, error) {
	if err := tx.CloseLesson(ctx, l.ID, state, tx.Me.Person, tx.Now); err != nil {
		return Lesson{}, err
	}
	l.State, l.ClosedAt, l.ClosedBy = state, tx.Now, tx.Me.Person
	return view(ctx, tx, l)
}
