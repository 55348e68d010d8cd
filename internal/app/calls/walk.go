package calls

import (
	"context"
	"errors"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/call"
	"baton/internal/work"
)

// A Walk is where somebody is in a call of their own: one question after
// another, and then what is decided and when the next call is.
type Walk struct {
	At   int      `json:"at" doc:"The question that is next, from 1; one more than there are: what is decided, and when the next call is"`
	Of   int      `json:"of" doc:"How many questions there are"`
	Step string   `json:"step,omitempty" doc:"What the question belongs to"`
	Part string   `json:"part,omitempty" doc:"What of the packet to look at"`
	Ask  string   `json:"ask,omitempty"`
	Said []string `json:"said,omitempty" doc:"What you answered in this call"`
}

// walkAt is the place of a question in a walk; a place beyond the last is the
// end.
func walkAt(at int, notes []Note) *Walk {
	w := &Walk{At: at, Of: len(call.Questions)}
	if at > w.Of {
		w.At = w.Of + 1
		return w
	}
	q := call.Questions[at-1]
	w.Step, w.Part, w.Ask = q.Step.Title, q.Step.Part, q.Ask
	for _, n := range notes {
		if said := q.Said(n.Text); said != "" && n.Mine {
			w.Said = append(w.Said, said)
		}
	}
	return w
}

// walk adds to a call of the actor's own where they are in it.
func (out *Call) walk(ctx context.Context, tx *app.Tx, c *call.Call) error {
	if !c.Walks() {
		return nil
	}
	at := 1
	e, found, err := tx.LastOf(ctx, c.Client, work.CallWalked)
	if err != nil {
		return err
	}
	if found && e.Detail.Call == c.ID {
		at = e.Detail.Question
	}
	out.Walk = walkAt(at, out.Notes)
	return nil
}

// AskQuestion looks at a question of a call of one's own.
type AskQuestion struct {
	Call     work.CallID `path:"call" json:"-"`
	Question int         `path:"question" json:"-" doc:"From 1; one more than there are is the end"`
}

// Question shows a question of a call of one's own, which may be one that was
// answered: looking back moves nothing.
var Question = app.Read(app.Describe{
	Name: "call.question", Method: "GET", Path: "calls/{call}/questions/{question}", Who: app.AParty, Summary: "Look at a question of a call of your own, with what you answered to it; looking back keeps your place.",
}, func(ctx context.Context, tx *app.Tx, in AskQuestion) (Walk, error) {
	c, err := ours(ctx, tx, in.Call)
	if err != nil {
		return Walk{}, err
	}
	if err := walked(&c, in.Question, true); err != nil {
		return Walk{}, err
	}
	out := Call{}
	if err := out.addNotes(ctx, tx, &c); err != nil {
		return Walk{}, err
	}
	return *walkAt(in.Question, out.Notes), nil
})

func walked(c *call.Call, question int, end bool) error {
	if err := c.Walking(); err != nil {
		return err
	}
	last := len(call.Questions)
	if end {
		last++
	}
	if question < 1 || question > last {
		return work.Errorf(work.NotFound, "This call has questions 1 to %d.", len(call.Questions))
	}
	return nil
}

// AnswerQuestion answers a question of a call of one's own, or passes it by.
type AnswerQuestion struct {
	OnCall
	Question int    `path:"question" json:"-"`
	Answer   string `json:"answer,omitempty" maxLength:"4000" doc:"Kept as a note of yours; nothing: go on without"`
}

// Answer answers a question and goes on to the next one. Where one is stays
// until the call ends, on every device.
var Answer = app.Write(app.Describe{
	Name: "call.answer", Method: "POST", Path: "calls/{call}/questions/{question}", Who: app.AParty, Summary: "Answer a question of a call of your own, or pass it by, and go on to the next; you can leave, and take it up there.",
}, func(ctx context.Context, tx *app.Tx, in AnswerQuestion) (Call, error) {
	c, err := in.load(ctx, tx)
	if err != nil {
		return Call{}, err
	}
	if err := walked(&c, in.Question, false); err != nil {
		return Call{}, err
	}
	if answer := strings.TrimSpace(in.Answer); answer != "" {
		n := call.Note{Author: tx.Me.Person, Text: call.Questions[in.Question-1].Answered(answer), At: tx.Now}
		if err := tx.AddCallNote(ctx, c.ID, &n); err != nil {
			return Call{}, err
		}
	}
	return toldOf(ctx, tx, &c, work.CallWalked, work.Detail{Call: c.ID, Question: in.Question + 1})
})

// PlanCall says when a call of one's own is to be.
type PlanCall struct {
	At   time.Time `json:"at" doc:"When it begins"`
	Wish string    `json:"wish,omitempty" maxLength:"2000" doc:"What you want of it"`
}

// PlanOwn plans a call of the actor's own, with an entry for their calendar and
// a reminder the day before.
var PlanOwn = app.Write(app.Describe{
	Name: "call.plan", Method: "POST", Path: "calls/plans", Who: app.AnyMember, Undo: "call.cancel", Summary: "Plan a call of your own, without a coach: it comes into your calendar, and you are reminded the day before.",
}, func(ctx context.Context, tx *app.Tx, in PlanCall) (Call, error) {
	if err := tx.MembersOnly(); err != nil {
		return Call{}, err
	}
	return plan(ctx, tx, in.At, strings.TrimSpace(in.Wish))
})

// plan books a call of the actor's own, in place of one that is planned.
func plan(ctx context.Context, tx *app.Tx, at time.Time, wish string) (Call, error) {
	all, err := tx.CallsOf(ctx, tx.Me.Person)
	if err != nil {
		return Call{}, err
	}
	for i := range all {
		if c := &all[i]; c.Coach == 0 && c.State == call.Booked && c.From.After(tx.Now) {
			return Call{}, work.FieldError("at", "A call of your own is planned already, call %d; move that.", c.ID)
		}
	}
	c, err := call.Plan(tx.Act(), at, wish)
	if err != nil {
		return Call{}, err
	}
	if err := tx.AddCall(ctx, &c); err != nil {
		return Call{}, err
	}
	return told(ctx, tx, &c, work.CallBooked)
}

// EndCall ends a call; one's own with when the next is.
type EndCall struct {
	OnCall
	Next time.Time `json:"next,omitzero" doc:"Of a call of your own: when the next begins"`
}

// End closes a call that took place.
var End = app.Write(app.Describe{
	Name: "call.end", Coaches: true, Method: "POST", Path: "calls/{call}/end", Who: app.AParty, Summary: "End a call, or say of one whose time is over that it took place; of a call of your own, say when the next is.",
}, func(ctx context.Context, tx *app.Tx, in EndCall) (Call, error) {
	out, err := in.change(ctx, tx, work.CallEnded, func(c *call.Call) error {
		if c.Coach != 0 && !in.Next.IsZero() {
			return work.FieldError("next", "Book the next call at one of your coach's free times.")
		}
		return c.End(tx.Now)
	})
	if err != nil || in.Next.IsZero() {
		return out, err
	}
	next, err := plan(ctx, tx, in.Next, "")
	var wrong *work.Error
	if errors.As(err, &wrong) && wrong.Fields["at"] != "" {
		return out, work.FieldError("next", "%s", wrong.Fields["at"])
	}
	out.Next = &next
	return out, err
})
