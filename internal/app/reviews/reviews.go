// Package reviews holds the weekly review: what a member looks over in ten
// minutes, step by step. It is theirs alone.
package reviews

import (
	"context"
	"slices"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/store"
	"baton/internal/work"
)

// Operations lists what can be done in a review.
func Operations() []app.Operation { return []app.Operation{Show, Step, Finish} }

// A Stage is one step of the review, and whether it is done.
type Stage struct {
	Step    work.ReviewStep `json:"step" doc:"plate, waiting, stuck, let_go, thanks or hours"`
	Title   string          `json:"title"`
	Ask     string          `json:"ask" doc:"The question of the step"`
	Minutes int             `json:"minutes" doc:"About how long it takes"`
	Done    bool            `json:"done" doc:"It is marked done"`
}

// A Review is the actor's review of this week, with all there is to look over.
type Review struct {
	Week     ical.Date       `json:"week" doc:"Its Monday"`
	Steps    []Stage         `json:"steps" doc:"Six, in their order"`
	Next     work.ReviewStep `json:"next,omitempty" doc:"The first step that is not done"`
	Started  *time.Time      `json:"started,omitempty" doc:"When it was begun"`
	Finished *time.Time      `json:"finished,omitempty" doc:"When it was finished"`
	Did      work.ReviewDid  `json:"did" doc:"What you did since it began"`
	Due      bool            `json:"due" doc:"Today is your day for it"`
	NextOn   *ical.Date      `json:"next_on,omitempty" doc:"When the next is"`
	Count    int             `json:"count" doc:"Reviews you finished so far"`

	Unmarked      []ToMark                `json:"unmarked" doc:"Tasks nobody has marked yet, the longest first"`
	UnmarkedCount int                     `json:"unmarked_count" doc:"How many there are in all"`
	Waiting       delegations.WaitingList `json:"waiting" doc:"Who waits for whom"`
	Stuck         []Stuck                 `json:"stuck" doc:"Where nothing moved"`
	LetGo         []tasks.LetGoLine       `json:"let_go" doc:"The first three to let go of"`
	Thanks        []Owed                  `json:"thanks" doc:"Who is owed thanks"`
	Hours         Hours                   `json:"hours" doc:"Of the last seven days"`
}

// A ToMark is a task nobody has marked yet.
type ToMark struct {
	Task   work.TaskID  `json:"task"`
	Title  string       `json:"title"`
	Weekly work.Minutes `json:"weekly" doc:"Minutes a week"`
}

// Stuck is something that does not move, or comes back.
type Stuck struct {
	Delegation work.DelegationID `json:"delegation"`
	Title      string            `json:"title"`
	With       delegations.Party `json:"with,omitzero" doc:"The other side"`
	Why        string            `json:"why" doc:"What stands still"`
	Say        string            `json:"say,omitempty" doc:"Something you could say"`
}

// Owed is work nobody has said thanks for.
type Owed struct {
	Delegation work.DelegationID `json:"delegation"`
	Title      string            `json:"title"`
	To         delegations.Party `json:"to" doc:"Whom to thank"`
	For        string            `json:"for" doc:"What for"`
}

// Hours are those of the last seven days.
type Hours struct {
	HandedOff float64            `json:"handed_off" doc:"Hours others did for you"`
	Net       float64            `json:"net" doc:"Less briefing, check-ins, support and review"`
	Given     float64            `json:"given" doc:"Hours you recorded for your focus areas"`
	Focus     []workspaces.Focus `json:"focus" doc:"What they went to"`
}

// Show returns the actor's review of this week.
var Show = app.Read(app.Describe{
	Name: "review.show", Method: "GET", Path: "review", Who: app.AnyMember, Summary: "Your weekly review: six steps in ten minutes, with what there is to look over in each.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (Review, error) {
	if err := tx.MembersOnly(); err != nil {
		return Review{}, err
	}
	r, all, err := this(ctx, tx)
	if err != nil {
		return Review{}, err
	}
	out, err := frame(ctx, tx, &r, all)
	if err != nil {
		return Review{}, err
	}
	return out, out.fill(ctx, tx)
})

// MarkStep says that a step is done.
type MarkStep struct {
	Step work.ReviewStep `json:"step" enum:"plate,waiting,stuck,let_go,thanks,hours"`
	Open bool            `json:"open,omitempty" doc:"Do it again instead"`
}

// Step marks a step of this week's review done. The first one begins it.
var Step = app.Write(app.Describe{
	Name: "review.step", Method: "POST", Path: "review/steps", Who: app.AnyMember, Undo: "review.step", Summary: "Mark a step of this week's review done; it can be taken up on another device.",
}, func(ctx context.Context, tx *app.Tx, in MarkStep) (Review, error) {
	return change(ctx, tx, func(r *work.Review) error { return r.Step(in.Step, !in.Open) })
})

// Finish ends this week's review, whatever steps were left out.
var Finish = app.Write(app.Describe{
	Name: "review.finish", Method: "POST", Path: "review/end", Who: app.AnyMember, Undo: "", Summary: "Finish this week's review and see what you did in it.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (Review, error) {
	return change(ctx, tx, func(r *work.Review) error {
		if !r.Finished.IsZero() {
			return nil // finished twice is finished
		}
		var err error
		r.Finished = tx.Now
		r.Did, err = did(ctx, tx, r)
		return err
	})
})

func change(ctx context.Context, tx *app.Tx, fn func(*work.Review) error) (Review, error) {
	if err := tx.MembersOnly(); err != nil {
		return Review{}, err
	}
	r, _, err := this(ctx, tx)
	if err != nil {
		return Review{}, err
	}
	if r.Started.IsZero() {
		r.Started = tx.Now
	}
	if err := fn(&r); err != nil {
		return Review{}, err
	}
	if err := tx.SaveReview(ctx, &r); err != nil {
		return Review{}, err
	}
	return Show.Within(ctx, tx, app.None{})
}

// own is the zone by whose clock a member looks over their week, and the day it
// is there: theirs, not the workspace's.
func own(ctx context.Context, tx *app.Tx, person work.PersonID) (zone string, today ical.Date, err error) {
	p, err := tx.Person(ctx, person)
	if err == nil {
		zone, err = tx.ZoneOf(ctx, &p)
	}
	return zone, ical.Today(tx.Now, zone), err
}

// this is the actor's review of this week, begun or not, and all there were.
func this(ctx context.Context, tx *app.Tx) (work.Review, []work.Review, error) {
	_, today, err := own(ctx, tx, tx.Me.Person)
	if err != nil {
		return work.Review{}, nil, err
	}
	week := work.WeekOf(today)
	all, err := tx.Reviews(ctx, tx.Me.Person)
	i := slices.IndexFunc(all, func(r work.Review) bool { return r.Week == week })
	if i < 0 {
		return work.Review{Owner: tx.Me.Person, Week: week}, all, err
	}
	return all[i], all, err
}

// frame is the review without what there is to look over.
func frame(ctx context.Context, tx *app.Tx, r *work.Review, all []work.Review) (Review, error) {
	out := Review{Week: r.Week, Next: r.Next(), Did: r.Did, Steps: make([]Stage, 0, len(work.ReviewParts))}
	for _, p := range work.ReviewParts {
		out.Steps = append(out.Steps, Stage{p.Step, p.Title, p.Ask, p.Minutes, slices.Contains(r.Done, p.Step)})
	}
	for i := range all {
		if !all[i].Finished.IsZero() {
			out.Count++
		}
	}
	out.Started, out.Finished = moment(r.Started), moment(r.Finished)
	m, err := tx.Member(ctx, tx.Me.Person)
	if err != nil {
		return out, err
	}
	zone, today, err := own(ctx, tx, tx.Me.Person)
	if err != nil {
		return out, err
	}
	next, some := work.NextReview(m.ReviewDay, last(all, zone), today)
	if some {
		out.NextOn, out.Due = &next, next == today
	}
	if !r.Started.IsZero() && r.Finished.IsZero() {
		out.Did, err = did(ctx, tx, r)
	}
	return out, err
}

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// last is the day of the latest review that was finished.
func last(all []work.Review, zone string) ical.Date {
	var day ical.Date
	for i := range all {
		if f := all[i].Finished; !f.IsZero() && day.Compare(ical.Today(f, zone)) < 0 {
			day = ical.Today(f, zone)
		}
	}
	return day
}

// Due reports whether today is a member's day for a review.
func Due(ctx context.Context, tx *app.Tx, person work.PersonID) (bool, error) {
	all, err := tx.Reviews(ctx, person)
	if err != nil {
		return false, err
	}
	return due(ctx, tx, person, all)
}

// due is Due of a member whose reviews are these, by their own clock.
func due(ctx context.Context, tx *app.Tx, person work.PersonID, all []work.Review) (bool, error) {
	m, err := tx.Member(ctx, person)
	if err != nil || m.Coach {
		return false, err // who only coaches has no week to look over
	}
	zone, today, err := own(ctx, tx, person)
	next, some := work.NextReview(m.ReviewDay, last(all, zone), today)
	return some && next == today, err
}

// Reminder reports what to remind a member of today: that it is their day for
// a review, or that they began one this week and did not finish it.
func Reminder(ctx context.Context, a *app.App, me app.Actor) (today, begun bool, err error) {
	err = a.Read(ctx, me, func(tx *app.Tx) error {
		r, all, err := this(ctx, tx)
		if err != nil {
			return err
		}
		begun = !r.Started.IsZero() && r.Finished.IsZero()
		today, err = due(ctx, tx, me.Person, all)
		return err
	})
	return today, begun, err
}

// latest is how many of the actor's latest events a review looks through.
const latest = 1000

// did counts what the actor did since a review began.
func did(ctx context.Context, tx *app.Tx, r *work.Review) (work.ReviewDid, error) {
	var out work.ReviewDid
	events, err := tx.Events(ctx, store.EventFilter{By: tx.Me.Person, Newest: true, Limit: latest})
	if err != nil {
		return out, err
	}
	for _, e := range events {
		switch {
		case e.At.Before(r.Started):
		case e.Kind == tasks.TaskAdded:
			out.Added++
		case e.Kind == work.Drafted:
			out.Begun++
		case e.Kind == work.Thanked:
			out.Thanks++
		case e.Delegation != 0 && e.Kind != work.Revised:
			out.Moved++
		}
	}
	focus, err := tx.FocusEntries(ctx, tx.Me.Person, r.Started)
	for _, f := range focus {
		out.Focus += f.Minutes
	}
	return out, err
}
