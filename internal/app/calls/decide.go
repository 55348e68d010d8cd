package calls

import (
	"context"
	"slices"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/work"
)

// NewNote is a note of a call.
type NewNote struct {
	OnCall
	Text   string `json:"text" minLength:"1" maxLength:"5000"`
	Shared bool   `json:"shared,omitempty" doc:"Both see it; otherwise you alone"`
}

// AddNote keeps a note of a call, before, during or after it.
var AddNote = app.Write(app.Describe{
	Name: "call.note", Coaches: true, Method: "POST", Path: "calls/{call}/notes", Who: app.AParty, Summary: "Note something about a call: for you alone, or for both.",
}, func(ctx context.Context, tx *app.Tx, in NewNote) (Call, error) {
	c, err := in.load(ctx, tx)
	if err != nil {
		return Call{}, err
	}
	n := call.Note{Author: tx.Me.Person, Shared: in.Shared, Text: strings.TrimSpace(in.Text), At: tx.Now}
	if n.Text == "" {
		return Call{}, work.FieldError("text", "Say what to note.")
	}
	if err := tx.AddCallNote(ctx, c.ID, &n); err != nil {
		return Call{}, err
	}
	return view(ctx, tx, &c)
})

// NewDecision is something decided in a call.
type NewDecision struct {
	OnCall
	Kind     call.Kind     `json:"kind" enum:"delegate,drop,automate,keep,promise"`
	Task     work.TaskID   `json:"task,omitempty" doc:"Of the client's plate; a coach names one of those shown to them"`
	Receiver work.PersonID `json:"receiver,omitempty" doc:"Who should have it; the client can choose somebody else"`
	Words    string        `json:"words,omitempty" maxLength:"1000" doc:"Of a promise: what is promised"`
	Due      ical.Date     `json:"due,omitzero" doc:"Of a promise"`
}

// Decide writes a decision down. A coach's stays a proposal until the client
// takes it; the client's own is taken at once.
var Decide = app.Write(app.Describe{
	Name: "call.decide", Coaches: true, Method: "POST", Path: "calls/{call}/decisions", Who: app.AParty, Undo: "call.let_go", Summary: "Decide something about the client's plate in a call; a coach's decision is a proposal that the client takes or lets go.",
}, func(ctx context.Context, tx *app.Tx, in NewDecision) (Call, error) {
	c, err := in.load(ctx, tx)
	if err != nil {
		return Call{}, err
	}
	if c.State != call.Running {
		return Call{}, work.Errorf(work.Conflict, "Decisions are written down while the call goes on; begin it first.")
	}
	d := call.Decision{Call: c.ID, Kind: in.Kind, Task: in.Task, Receiver: in.Receiver, Words: strings.TrimSpace(in.Words), Due: in.Due, By: tx.Me.Person, At: tx.Now, State: call.IsProposed}
	if err := d.Check(); err != nil {
		return Call{}, err
	}
	if today := tx.Today(); !d.Due.IsZero() && d.Due.Compare(today) < 0 {
		return Call{}, work.FieldError("due", "%s is over; a promise is for a day still to come.", d.Due.In(time.UTC).Format("2 January 2006"))
	}
	if err := nameTask(ctx, tx, &c, &d); err != nil {
		return Call{}, err
	}
	if d.Receiver != 0 {
		if d.Receiver == c.Client {
			return Call{}, work.FieldError("receiver", "Nobody delegates to themselves.")
		}
		if _, err := people.Known(ctx, tx, d.Receiver); err != nil || tx.Me.Coach {
			return Call{}, work.FieldError("receiver", "There is no such person; leave it to the client to choose.")
		}
	}
	if tx.Me.Person == c.Client {
		if err := carryOut(ctx, tx, &d); err != nil {
			return Call{}, err
		}
	}
	if err := tx.AddCallDecision(ctx, &d); err != nil {
		return Call{}, err
	}
	return told(ctx, tx, &c, work.CallProposed)
})

// nameTask looks up the task a decision is about, if who decides may name it.
func nameTask(ctx context.Context, tx *app.Tx, c *call.Call, d *call.Decision) error {
	if d.Task == 0 {
		return nil
	}
	missing := work.FieldError("task", "There is no such task on the client's plate that you can see.")
	t, err := tx.Task(ctx, d.Task)
	if work.KindOf(err) == work.NotFound {
		return missing
	}
	if err != nil {
		return err
	}
	ok := t.Author == c.Client || t.Carrier == c.Client
	if ok && tx.Me.Person == c.Coach {
		lines, err := shownLines(ctx, tx, c)
		if err != nil {
			return err
		}
		ok = slices.ContainsFunc(lines, func(l Choice) bool { return l.Task == t.ID })
	}
	if !ok {
		return missing
	}
	d.Title = t.Title
	return nil
}

// carryOut takes a decision for the client: their plate changes now.
func carryOut(ctx context.Context, tx *app.Tx, d *call.Decision) error {
	if err := d.Take(tx.Now); err != nil {
		return err
	}
	judge := func(v work.Verdict) error {
		_, err := tasks.Judge.Within(ctx, tx, tasks.JudgeTask{Task: d.Task, Verdict: v, Reason: d.Words})
		return err
	}
	switch d.Kind {
	case call.Delegate:
		if err := judge(work.Delegate); err != nil {
			return err
		}
		made, err := delegations.Begin.Within(ctx, tx, delegations.StartDelegation{Task: d.Task, Receiver: d.Receiver})
		d.Delegation = made.ID
		return err
	case call.Drop:
		_, err := tasks.Drop.Within(ctx, tx, tasks.OnTask{Task: d.Task})
		return err
	case call.Automate:
		return judge(work.Automate)
	case call.Keep:
		return judge(work.Keep)
	}
	return nil
}

// OnDecision names a decision of a call.
type OnDecision struct {
	OnCall
	Decision work.CallDecisionID `path:"decision" json:"-"`
}

// load finds a decision for its client.
func (in OnDecision) load(ctx context.Context, tx *app.Tx) (call.Call, call.Decision, error) {
	c, err := in.OnCall.load(ctx, tx)
	if err != nil {
		return c, call.Decision{}, err
	}
	all, err := tx.CallDecisions(ctx, c.ID)
	if err != nil {
		return c, call.Decision{}, err
	}
	i := slices.IndexFunc(all, func(d call.Decision) bool { return d.ID == in.Decision })
	switch {
	case i < 0:
		return c, call.Decision{}, work.Errorf(work.NotFound, "There is no such decision.")
	case tx.Me.Person != c.Client:
		return c, call.Decision{}, work.Errorf(work.Forbidden, "Only the client answers this.")
	}
	return c, all[i], nil
}

func (in OnDecision) change(ctx context.Context, tx *app.Tx, do func(*call.Decision) error) (Call, error) {
	c, d, err := in.load(ctx, tx)
	if err != nil {
		return Call{}, err
	}
	if err := do(&d); err != nil {
		return Call{}, err
	}
	if err := tx.SaveCallDecision(ctx, &d); err != nil {
		return Call{}, err
	}
	return told(ctx, tx, &c, work.CallTaken)
}

// TakeDecision makes a proposal the client's own.
type TakeDecision struct {
	OnDecision
	Receiver work.PersonID `json:"receiver,omitempty" doc:"Somebody else than proposed"`
}

// Take carries a proposal out on the client's plate.
var Take = app.Write(app.Describe{
	Name: "call.take", Method: "POST", Path: "calls/{call}/decisions/{decision}/agreement", Who: app.AParty, Summary: "As the client, take what was proposed: it becomes a draft, a drop or a verdict on your plate.",
}, func(ctx context.Context, tx *app.Tx, in TakeDecision) (Call, error) {
	return in.change(ctx, tx, func(d *call.Decision) error {
		if in.Receiver != 0 {
			d.Receiver = in.Receiver
		}
		return carryOut(ctx, tx, d)
	})
})

// LetGo lets a proposal go.
var LetGo = app.Write(app.Describe{
	Name: "call.let_go", Method: "POST", Path: "calls/{call}/decisions/{decision}/refusal", Who: app.AParty, Summary: "As the client, let go of what was proposed: your plate stays as it is.",
}, func(ctx context.Context, tx *app.Tx, in OnDecision) (Call, error) {
	return in.change(ctx, tx, func(d *call.Decision) error { return d.Refuse(tx.Now) })
})

// SayKept says whether a promise was kept.
type SayKept struct {
	OnDecision
	Kept bool `json:"kept"`
}

// Say says whether a promise of the client's was kept.
var Say = app.Write(app.Describe{
	Name: "call.say_kept", Method: "PUT", Path: "calls/{call}/decisions/{decision}/promise", Who: app.AParty, Undo: "call.say_kept", Summary: "Say whether you kept what you promised in a call.",
}, func(ctx context.Context, tx *app.Tx, in SayKept) (Call, error) {
	return in.change(ctx, tx, func(d *call.Decision) error { return d.Say(in.Kept) })
})
