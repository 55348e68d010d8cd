package calls

import (
	"context"
	"slices"
	"time"

	"baton/internal/app"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/store"
	"baton/internal/work"
)

// A Decision of a call, and what became of it.
type Decision struct {
	ID         work.CallDecisionID `json:"id"`
	Kind       call.Kind           `json:"kind" enum:"delegate,drop,automate,keep,promise" doc:"What is decided"`
	Task       work.TaskID         `json:"task,omitempty"`
	Title      string              `json:"title,omitempty"`
	Receiver   work.PersonID       `json:"receiver,omitempty" doc:"Who should have it"`
	Who        string              `json:"who,omitempty" doc:"The receiver's name"`
	Words      string              `json:"words,omitempty" doc:"What is promised, or why"`
	Due        ical.Date           `json:"due,omitzero" doc:"Until when it is promised"`
	By         string              `json:"by" doc:"Who decided or proposed it"`
	State      call.DecisionState  `json:"state" enum:"proposed,taken,let_go" doc:"A coach's waits as proposed"`
	Delegation work.DelegationID   `json:"delegation,omitempty" doc:"The draft it became"`
	Kept       string              `json:"kept,omitempty" enum:"kept,not_kept" doc:"Of a promise, once it is said"`
	Became     string              `json:"became" doc:"What became of it, now"`
	Settled    bool                `json:"settled" doc:"Nothing of it is open"`
}

// Before is what became of the call before.
type Before struct {
	Call      work.CallID `json:"call"`
	From      time.Time   `json:"from"`
	Decisions []Decision  `json:"decisions"`
}

// notShown stands for a task that a coach may not read of.
const notShown = "Something that is not shown to you"

// decisions lists what was decided in a call. A coach reads no more of a task
// than the client shows now, and what they proposed themselves.
func decisions(ctx context.Context, tx *app.Tx, c *call.Call) ([]Decision, error) {
	all, err := tx.CallDecisions(ctx, c.ID)
	if err != nil || len(all) == 0 {
		return []Decision{}, err
	}
	now, err := presentOf(ctx, tx, c, all)
	if err != nil {
		return nil, err
	}
	out := make([]Decision, len(all))
	for i := range all {
		out[i] = now.view(&all[i])
	}
	if !now.coach {
		return out, nil
	}
	return out, now.mask(ctx, tx, all, out)
}

// A present is what there is now of what the decisions of a call are about.
type present struct {
	call        *call.Call
	coach       bool // the coach reads it
	today       ical.Date
	names       map[work.PersonID]string
	tasks       map[work.TaskID]work.Task
	verdicts    map[work.TaskID]store.Judgement
	delegations map[work.DelegationID]*work.Delegation
	shown       func(work.TaskID) bool // to the coach
}

func presentOf(ctx context.Context, tx *app.Tx, c *call.Call, all []call.Decision) (*present, error) {
	n := &present{call: c, coach: tx.Me.Person == c.Coach, names: map[work.PersonID]string{}}
	client, err := side(ctx, tx, c.Client)
	if err != nil {
		return nil, err
	}
	n.today = ical.Today(tx.Now, client.Zone)
	var about []work.TaskID
	var made []work.DelegationID
	for i := range all {
		d := &all[i]
		for _, who := range []work.PersonID{d.By, d.Receiver} {
			if err := n.name(ctx, tx, who); err != nil {
				return nil, err
			}
		}
		if d.Task != 0 {
			about = append(about, d.Task)
		}
		if d.Delegation != 0 {
			made = append(made, d.Delegation)
		}
	}
	if n.tasks, err = tx.TasksByID(ctx, about); err != nil {
		return nil, err
	}
	if n.verdicts, err = tx.VerdictsOn(ctx, c.Client, about); err != nil {
		return nil, err
	}
	if n.delegations, err = tx.DelegationsByID(ctx, made); err != nil {
		return nil, err
	}
	if n.coach {
		n.shown, err = n.showing(ctx, tx)
	}
	return n, err
}

func (n *present) name(ctx context.Context, tx *app.Tx, who work.PersonID) error {
	if _, known := n.names[who]; known || who == 0 {
		return nil
	}
	p, err := tx.Person(ctx, who)
	n.names[who] = p.Name
	return err
}

// showing says which tasks the client shows the coach now. It is wider than
// what a packet lists: what was decided may have left the plate since.
func (n *present) showing(ctx context.Context, tx *app.Tx) (func(work.TaskID) bool, error) {
	s, err := current(ctx, tx, n.call)
	if err != nil || !s.Shows(work.SharePlate) && !s.Shows(work.ShareLetGo) {
		return func(work.TaskID) bool { return false }, err
	}
	areas, err := tx.Areas(ctx, n.call.Coach)
	return func(id work.TaskID) bool {
		t, there := n.tasks[id]
		switch {
		case !there || t.Author != n.call.Client && t.Carrier != n.call.Client:
			return false
		case s.Shows(work.SharePrivate) || t.Area == 0:
			return true
		}
		return slices.ContainsFunc(areas, func(a work.Area) bool { return a.ID == t.Area && a.Owner == 0 })
	}, err
}

func (n *present) view(d *call.Decision) Decision {
	v := Decision{
		ID: d.ID, Kind: d.Kind, Task: d.Task, Title: d.Title, Receiver: d.Receiver, Who: n.names[d.Receiver], Words: d.Words, Due: d.Due, By: n.names[d.By],
		State: d.State, Delegation: d.Delegation, Kept: d.Kept,
	}
	if n.coach {
		v.Delegation, v.Receiver = 0, 0
		if d.Task != 0 && !n.shown(d.Task) {
			if d.By != n.call.Coach {
				v.Task, v.Title, v.Words, v.Who = 0, notShown, "", ""
			}
			return v
		}
	}
	f := call.Facts{Today: n.today, Verdict: n.verdicts[d.Task].Verdict, Delegation: n.delegations[d.Delegation]}
	if t, there := n.tasks[d.Task]; there {
		f.Task = &t
	}
	v.Became, v.Settled = d.Became(f)
	return v
}

// before is the call before a call of the same two, with what became of it.
func before(ctx context.Context, tx *app.Tx, c *call.Call) (*Before, error) {
	all, err := tx.CallsOf(ctx, c.Client)
	if err != nil {
		return nil, err
	}
	return latest(ctx, tx, all, func(o *call.Call) bool {
		return o.Coach == c.Coach && o.ID != c.ID && o.From.Before(c.From)
	})
}

// latest is what became of the latest of the calls that took place and are
// wanted; all are given the latest first.
func latest(ctx context.Context, tx *app.Tx, all []call.Call, want func(*call.Call) bool) (*Before, error) {
	i := slices.IndexFunc(all, func(c call.Call) bool { return c.State == call.Ended && want(&c) })
	if i < 0 {
		return nil, nil //nolint:nilnil // the first call has none before it
	}
	b := &Before{Call: all[i].ID, From: all[i].From}
	var err error
	b.Decisions, err = decisions(ctx, tx, &all[i])
	return b, err
}
