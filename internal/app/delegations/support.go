package delegations

import (
	"context"
	"fmt"
	"slices"
	"time"

	"baton/internal/app"
	"baton/internal/work"
)

// Help is support given.
type Help struct {
	On
	Minutes work.Minutes `json:"minutes" minimum:"1" maximum:"1440"`
	Note    string       `json:"note,omitempty" maxLength:"2000"`
}

// Support records minutes spent helping.
var Support = move("support", "support", "Record minutes you spent helping.", app.AGiver, "", func(s *scene, in Help) error {
	return s.d.Support(s.act, in.Minutes, in.Note)
})

// A Running timer is help the actor is giving now.
type Running struct {
	Running    bool              `json:"running" doc:"A timer of yours runs"`
	Delegation work.DelegationID `json:"delegation,omitempty"`
	Title      string            `json:"title,omitempty"`
	With       *Party            `json:"with,omitempty" doc:"Who is helped"`
	Since      *time.Time        `json:"since,omitempty" doc:"When it was started"`
	Minutes    work.Minutes      `json:"minutes,omitempty" doc:"That it has run"`
	Forgotten  bool              `json:"forgotten,omitempty" doc:"It ran for more than three hours: stopping it asks how long the help really took"`
	Over       bool              `json:"over,omitempty" doc:"Support can no longer be recorded there; throw the timer away"`
}

// SupportTimer shows the timer that runs for the actor, on any device.
var SupportTimer = app.Read(app.Describe{
	Name: "support.timer", Method: "GET", Path: "support/timer", Who: app.AnyMember, Summary: "See whether a timer of your support is running, for whom and since when.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (Running, error) {
	if err := tx.MembersOnly(); err != nil {
		return Running{}, err
	}
	return running(ctx, tx)
})

// running is the actor's timer as they see it.
func running(ctx context.Context, tx *app.Tx) (Running, error) {
	t, there, err := tx.Timer(ctx, tx.Me.Person)
	if err != nil || !there {
		return Running{}, err
	}
	d, err := tx.Delegation(ctx, t.Delegation)
	if err != nil {
		return Running{}, fmt.Errorf("delegation of the running timer: %w", err)
	}
	return Running{
		Running: true, Delegation: d.ID, Title: d.Title, With: &Party{d.Receiver, d.Names[d.Receiver]}, Since: &t.Started,
		Minutes: t.Ran(tx.Now), Forgotten: t.Forgotten(tx.Now), Over: !supports(tx, d),
	}, nil
}

// supports reports whether the actor may record support on a delegation now.
func supports(tx *app.Tx, d *work.Delegation) bool {
	return slices.ContainsFunc(d.Possible(tx.Act()), func(c work.Choice) bool { return c.Name == work.MoveSupport })
}

// StartSupport starts a timer: help begins now.
var StartSupport = app.Write(app.Describe{
	Name: "support.start", Method: "POST", Path: "delegations/{delegation}/support/timer", Who: app.AGiver, Undo: "support.stop", Summary: "Start a timer of your support: one at a time, kept until you stop it.",
}, func(ctx context.Context, tx *app.Tx, in On) (Running, error) {
	if err := tx.MembersOnly(); err != nil {
		return Running{}, err
	}
	d, _, err := in.load(ctx, tx)
	if err != nil {
		return Running{}, err
	}
	if _, err := d.Meant(tx.Act(), work.MoveSupport, 0); err != nil {
		return Running{}, err
	}
	now, err := running(ctx, tx)
	switch {
	case err != nil:
		return Running{}, err
	case now.Running:
		return Running{}, work.Errorf(work.Conflict, "A timer runs already for “%s”, and has run for %s. Stop it first.", now.Title, work.HoursWords(now.Minutes))
	}
	if err := tx.StartTimer(ctx, work.Timer{Owner: tx.Me.Person, Delegation: d.ID, Started: tx.Now}); err != nil {
		return Running{}, err
	}
	return running(ctx, tx)
})

// StopTimer says what to make of the running timer.
type StopTimer struct {
	Minutes work.Minutes `json:"minutes,omitempty" minimum:"0" maximum:"1440" doc:"How long the help really took; what the timer ran unless said"`
	Note    string       `json:"note,omitempty" maxLength:"2000"`
	Discard bool         `json:"discard,omitempty" doc:"Throw the timer away and record nothing"`
}

// A Stopped timer, and the minutes it recorded.
type Stopped struct {
	Delegation work.DelegationID `json:"delegation"`
	Title      string            `json:"title"`
	Minutes    work.Minutes      `json:"minutes" doc:"Recorded as support; none when it was thrown away"`
}

// StopSupport stops the running timer and records its minutes as support.
var StopSupport = app.Write(app.Describe{
	Name: "support.stop", Method: "POST", Path: "support/timer/end", Who: app.AnyMember, Undo: "", Summary: "Stop your running timer: its minutes are recorded as support.",
}, func(ctx context.Context, tx *app.Tx, in StopTimer) (Stopped, error) {
	if err := tx.MembersOnly(); err != nil {
		return Stopped{}, err
	}
	t, there, err := tx.Timer(ctx, tx.Me.Person)
	if err != nil {
		return Stopped{}, err
	}
	if !there {
		return Stopped{}, work.Errorf(work.Conflict, "No timer of yours is running.")
	}
	d, err := tx.Delegation(ctx, t.Delegation)
	if err != nil {
		return Stopped{}, fmt.Errorf("delegation of the running timer: %w", err)
	}
	out := Stopped{Delegation: d.ID, Title: d.Title}
	if in.Discard {
		return out, tx.EndTimer(ctx, tx.Me.Person)
	}
	if !supports(tx, d) {
		return Stopped{}, work.Errorf(work.Conflict, "“%s” is %s: support can no longer be recorded there. Throw the timer away.", d.Title, d.State)
	}
	if out.Minutes, err = t.Stop(tx.Now, in.Minutes); err != nil {
		return Stopped{}, err
	}
	if _, err := Support.Within(ctx, tx, Help{On: On{Delegation: d.ID}, Minutes: out.Minutes, Note: in.Note}); err != nil {
		return Stopped{}, err
	}
	return out, tx.EndTimer(ctx, tx.Me.Person)
})
