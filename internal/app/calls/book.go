package calls

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/work"
)

// OnSharing asks for the free times of the coach of a sharing.
type OnSharing struct {
	Sharing work.SharingID `path:"sharing" json:"-"`
	AskFree
}

// mine loads a sharing whose client is the actor; any other is not there.
func mine(ctx context.Context, tx *app.Tx, id work.SharingID) (work.Sharing, error) {
	if err := tx.MembersOnly(); err != nil {
		return work.Sharing{}, err
	}
	s, err := tx.Sharing(ctx, id)
	if err == nil && s.Client != tx.Me.Person {
		err = work.Errorf(work.NotFound, "There is no such sharing.")
	}
	return s, err
}

// CallTimes shows a client when their coach is free.
var CallTimes = app.Read(app.Describe{
	Name: "call.times", Method: "GET", Path: "sharings/{sharing}/times", Who: app.AnyMember, Summary: "See when your coach is free for a call.",
}, func(ctx context.Context, tx *app.Tx, in OnSharing) (Times, error) {
	s, err := mine(ctx, tx, in.Sharing)
	if err != nil {
		return Times{}, err
	}
	if s.State != work.SharingOpen {
		return Times{}, work.Errorf(work.Conflict, "This ended; share with your coach again to book a call.")
	}
	zone, err := clock(ctx, tx)
	if err != nil {
		return Times{}, err
	}
	return bothFree(ctx, tx, s.Coach, s.Client, in.span(tx.Now, zone), zone, 0)
})

// bothFree are the free times of a coach at which the client has no other call.
func bothFree(ctx context.Context, tx *app.Tx, coach, client work.PersonID, in call.Span, zone string, but work.CallID) (Times, error) {
	out, err := freeTimes(ctx, tx, coach, in, but)
	out.Yours = zone
	if err != nil {
		return out, err
	}
	taken, err := tx.BookedSpans(ctx, client, in.From.AddDate(0, 0, -1), in.To.AddDate(0, 0, 1), but)
	if err != nil {
		return out, err
	}
	out.Free = slices.DeleteFunc(out.Free, func(s call.Span) bool { return slices.ContainsFunc(taken, s.Overlaps) })
	return out, nil
}

// BookCall asks for one of the free times.
type BookCall struct {
	Sharing work.SharingID `path:"sharing" json:"-"`
	IfMatch app.Match      `header:"If-Match" json:"-" doc:"Refuse when the version of the sharing is another"`
	At      time.Time      `json:"at" doc:"When it begins: one of the free times"`
	Wish    string         `json:"wish,omitempty" maxLength:"2000" doc:"What you want of the call; your coach reads it"`
}

// Book books a call at a free time. Two people cannot have the same one: the
// transaction holds the workspace.
var Book = app.Write(app.Describe{
	Name: "call.book", Method: "POST", Path: "sharings/{sharing}/calls", Who: app.AnyMember, Undo: "call.cancel", Summary: "Book a call with your coach at one of their free times.",
}, func(ctx context.Context, tx *app.Tx, in BookCall) (Call, error) {
	s, err := mine(ctx, tx, in.Sharing)
	if err != nil {
		return Call{}, err
	}
	if err := tx.Fresh(ctx, in.IfMatch, s.Version, s.Client, "what is shown"); err != nil {
		return Call{}, err
	}
	when, err := slot(ctx, tx, s.Coach, s.Client, in.At, 0)
	if err != nil {
		return Call{}, err
	}
	c, err := call.Book(tx.Act(), &s, when, strings.TrimSpace(in.Wish))
	if err != nil {
		return Call{}, err
	}
	if err := tx.AddCall(ctx, &c); err != nil {
		return Call{}, err
	}
	return told(ctx, tx, &c, work.CallBooked)
})

// slot is the free time that begins at a moment. One that is not free says
// which are, after it and before.
func slot(ctx context.Context, tx *app.Tx, coach, client work.PersonID, at time.Time, but work.CallID) (call.Span, error) {
	zone, err := clock(ctx, tx)
	if err != nil {
		return call.Span{}, err
	}
	free, err := bothFree(ctx, tx, coach, client, call.Span{From: tx.Now, To: tx.Now.AddDate(0, 0, 190)}, zone, but)
	if err != nil {
		return call.Span{}, err
	}
	var next []string
	for _, s := range free.Free {
		if s.From.Equal(at) {
			return s, nil
		}
		if s.From.After(at) && len(next) < 3 {
			next = append(next, s.From.In(ical.Location(zone)).Format("Monday 2 January 15:04"))
		}
	}
	sentence := "That time has gone, or it never was free."
	if len(next) > 0 {
		sentence += fmt.Sprintf(" Free next: %s (%s).", strings.Join(next, "; "), zone)
	}
	return call.Span{}, &work.Error{Kind: work.Conflict, Message: sentence, Fields: map[string]string{"at": sentence}}
}

// AskCall names a call.
type AskCall struct {
	Call work.CallID `path:"call" json:"-"`
}

// OnCall names a call that something is done to.
type OnCall struct {
	Call    work.CallID `path:"call" json:"-"`
	IfMatch app.Match   `header:"If-Match" json:"-" doc:"Refuse when the version is another"`
}

// ours loads a call the actor takes part in; any other is not there.
func ours(ctx context.Context, tx *app.Tx, id work.CallID) (call.Call, error) {
	if err := tx.MembersOnly(); err != nil {
		return call.Call{}, err
	}
	c, err := tx.Call(ctx, id)
	if err == nil && !c.Of(tx.Me.Person) {
		err = work.Errorf(work.NotFound, "There is no such call.")
	}
	return c, err
}

func (in OnCall) load(ctx context.Context, tx *app.Tx) (call.Call, error) {
	c, err := ours(ctx, tx, in.Call)
	if err != nil {
		return c, err
	}
	return c, tx.Fresh(ctx, in.IfMatch, c.Version, 0, "this call")
}

// other is the side of a call that does not act.
func other(tx *app.Tx, c *call.Call) work.PersonID {
	if tx.Me.Person == c.Client {
		return c.Coach
	}
	return c.Client
}

// told records what happened to a call, tells the other side, and confirms it
// to who did it where that changes their calendar.
func told(ctx context.Context, tx *app.Tx, c *call.Call, kind work.EventKind) (Call, error) {
	return toldOf(ctx, tx, c, kind, work.Detail{Call: c.ID})
}

func toldOf(ctx context.Context, tx *app.Tx, c *call.Call, kind work.EventKind, what work.Detail) (Call, error) {
	events := []work.Event{{Kind: kind, At: tx.Now, By: tx.Me.Person, Person: other(tx, c), Detail: what}}
	if kind == work.CallBooked || kind == work.CallMoved || kind == work.CallCancelled {
		what.Kind = string(kind)
		events = append(events, work.Event{Kind: work.CallConfirmed, At: tx.Now, Person: tx.Me.Person, Detail: what})
	}
	for _, e := range events {
		if err := tx.TellOfCall(ctx, c, e); err != nil {
			return Call{}, err
		}
	}
	return view(ctx, tx, c)
}

// MoveCall gives a call another time.
type MoveCall struct {
	OnCall
	At time.Time `json:"at" doc:"When it begins: one of the free times"`
}

// Move moves a booked call to another free time, and tells the other side.
var Move = app.Write(app.Describe{
	Name: "call.move", Coaches: true, Method: "PUT", Path: "calls/{call}/time", Who: app.AParty, Undo: "call.move", Summary: "Move a booked call to another free time; the other side is told.",
}, func(ctx context.Context, tx *app.Tx, in MoveCall) (Call, error) {
	c, err := in.load(ctx, tx)
	if err != nil {
		return Call{}, err
	}
	if err := c.IsBooked(); err != nil {
		return Call{}, err
	}
	was := c.From
	if err := in.move(ctx, tx, &c); err != nil {
		return Call{}, err
	}
	if err := tx.SaveCall(ctx, &c); err != nil {
		return Call{}, err
	}
	return toldOf(ctx, tx, &c, work.CallMoved, work.Detail{Call: c.ID, Was: was})
})

// move gives a call its other time: a free one of the coach, or of one's own any
// that is to come.
func (in MoveCall) move(ctx context.Context, tx *app.Tx, c *call.Call) error {
	if c.Coach == 0 {
		return c.Put(in.At, tx.Now)
	}
	s, err := tx.Sharing(ctx, c.Sharing)
	if err != nil {
		return err
	}
	if s.State != work.SharingOpen {
		return work.Errorf(work.Conflict, "What was shown for this call ended; say whether it took place, or share again to book another.")
	}
	when, err := slot(ctx, tx, c.Coach, c.Client, in.At, c.ID)
	if err != nil {
		return err
	}
	return c.Move(when, tx.Now)
}

// MoveTimes shows either side the free times a call can move to.
var MoveTimes = app.Read(app.Describe{
	Name: "call.other_times", Coaches: true, Method: "GET", Path: "calls/{call}/times", Who: app.AParty, Summary: "See the free times a booked call can move to.",
}, func(ctx context.Context, tx *app.Tx, in AskCallTimes) (Times, error) {
	c, err := ours(ctx, tx, in.Call)
	if err != nil {
		return Times{}, err
	}
	zone, err := clock(ctx, tx)
	if err != nil || c.Coach == 0 {
		return Times{Yours: zone, Zone: zone, Free: []call.Span{}}, err
	}
	return bothFree(ctx, tx, c.Coach, c.Client, in.span(tx.Now, zone), zone, c.ID)
})

// AskCallTimes asks for the free times a call can move to.
type AskCallTimes struct {
	Call work.CallID `path:"call" json:"-"`
	AskFree
}

// CancelCall takes a call back.
type CancelCall struct {
	OnCall
	Reason string `json:"reason,omitempty" maxLength:"1000" doc:"The other side reads it"`
}

// Cancel cancels a booked call, and tells the other side.
var Cancel = app.Write(app.Describe{
	Name: "call.cancel", Coaches: true, Method: "POST", Path: "calls/{call}/cancellation", Who: app.AParty, Undo: "call.book", Summary: "Cancel a booked call; the other side is told.",
}, func(ctx context.Context, tx *app.Tx, in CancelCall) (Call, error) {
	return in.change(ctx, tx, work.CallCancelled, func(c *call.Call) error { return c.Cancel(strings.TrimSpace(in.Reason), tx.Now) })
})

// change does something to a call and tells of it.
func (in OnCall) change(ctx context.Context, tx *app.Tx, kind work.EventKind, do func(*call.Call) error) (Call, error) {
	c, err := in.load(ctx, tx)
	if err != nil {
		return Call{}, err
	}
	if err := do(&c); err != nil {
		return Call{}, err
	}
	if err := tx.SaveCall(ctx, &c); err != nil {
		return Call{}, err
	}
	return told(ctx, tx, &c, kind)
}

// Begin opens a call.
var Begin = app.Write(app.Describe{
	Name: "call.begin", Coaches: true, Method: "POST", Path: "calls/{call}/beginning", Who: app.AParty, Summary: "Begin a booked call, an hour before its time at the earliest.",
}, func(ctx context.Context, tx *app.Tx, in OnCall) (Call, error) {
	return in.change(ctx, tx, work.CallBegun, func(c *call.Call) error { return c.Begin(tx.Now) })
})

// Miss says that a call did not take place.
var Miss = app.Write(app.Describe{
	Name: "call.not_held", Coaches: true, Method: "POST", Path: "calls/{call}/absence", Who: app.AParty, Summary: "Say that a call did not take place.",
}, func(ctx context.Context, tx *app.Tx, in OnCall) (Call, error) {
	return in.change(ctx, tx, work.CallMissed, func(c *call.Call) error { return c.Miss(tx.Now) })
})

// GuideCall begins a call without a coach.
type GuideCall struct {
	Wish string `json:"wish,omitempty" maxLength:"2000" doc:"What you want of it"`
}

// Guide begins a call without a coach; one that runs is gone on with, and one
// that was planned for now begins.
var Guide = app.Write(app.Describe{
	Name: "call.guide", Method: "POST", Path: "calls", Who: app.AnyMember, Undo: "call.end", Summary: "Begin a strategy call of your own, without a coach; one that runs goes on.",
}, func(ctx context.Context, tx *app.Tx, in GuideCall) (Call, error) {
	if err := tx.MembersOnly(); err != nil {
		return Call{}, err
	}
	all, err := tx.CallsOf(ctx, tx.Me.Person)
	if err != nil {
		return Call{}, err
	}
	for i := range all {
		if c := &all[i]; c.Coach == 0 && c.State == call.Running {
			return view(ctx, tx, c)
		}
	}
	for i := range all {
		if c := &all[i]; c.Coach == 0 && c.State == call.Booked && c.CanBegin(tx.Now) {
			return OnCall{Call: c.ID}.change(ctx, tx, work.CallBegun, func(c *call.Call) error { return c.Begin(tx.Now) })
		}
	}
	c := call.Guide(tx.Act(), strings.TrimSpace(in.Wish))
	if err := tx.AddCall(ctx, &c); err != nil {
		return Call{}, err
	}
	return told(ctx, tx, &c, work.CallBegun)
})
