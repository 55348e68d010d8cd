package calls

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"baton/internal/app"
	"baton/internal/app/coaching"
	"baton/internal/app/workspaces"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/work"
)

// A Client is somebody whose coach the actor is, in one of their workspaces.
type Client struct {
	Workspace Place `json:"workspace" doc:"Where they are; a client elsewhere is looked at there"`
	coaching.Sharing
	Zone  string    `json:"zone" doc:"By whose clock you read"`
	Next  *Call     `json:"next,omitempty" doc:"The call that goes on, or the next one booked"`
	Last  *Before   `json:"last,omitempty" doc:"The last call that took place: what was agreed, and what became of it"`
	Waits []Waiting `json:"waits" doc:"What waits for you"`
}

// A Place is a workspace by name.
type Place struct {
	ID   work.WorkspaceID `json:"id"`
	Name string           `json:"name"`
}

// A Waiting is something that waits for a coach.
type Waiting struct {
	Words string      `json:"words"`
	Call  work.CallID `json:"call,omitempty"`
}

// Clients lists whose coach the actor is: in every workspace of the account
// that signed in, each read there as its member; with a token in that of the
// token.
var Clients = app.Steps(app.Describe{
	Name: "coach.clients", Coaches: true, Method: "GET", Path: "clients", Who: app.AnyMember, Summary: "See whose coach you are, in all your workspaces: the next call, what was agreed and what became of it, and what waits for you. A token sees its own workspace.",
}, func(ctx context.Context, a *app.App, me app.Actor, in app.Page) (app.List[Client], error) {
	var all []Client
	places := []app.Actor{me}
	if me.Guest == 0 {
		var err error
		if places, err = workspaces.Places(ctx, a, me); err != nil {
			return app.List[Client]{}, err
		}
	}
	for _, place := range places {
		err := a.Read(ctx, place, func(tx *app.Tx) error {
			here, err := clientsHere(ctx, tx)
			all = append(all, here...)
			return err
		})
		if err != nil {
			return app.List[Client]{}, err
		}
	}
	slices.SortFunc(all, func(a, b Client) int { return cmp.Compare(a.rank(), b.rank()) })
	return app.Cut(all, in, Client.rank)
})

// rank orders clients: those for whom something waits, then by the next call.
func (c Client) rank() string {
	idle, next := int64(1), int64(math.MaxInt64)
	if len(c.Waits) > 0 {
		idle = 0
	}
	if c.Next != nil {
		next = c.Next.From.UnixMicro()
	}
	return app.Key(idle, next, int64(c.Workspace.ID), int64(c.ID))
}

// clientsHere lists the actor's clients in the workspace of the transaction.
func clientsHere(ctx context.Context, tx *app.Tx) ([]Client, error) {
	if err := tx.MembersOnly(); err != nil {
		return nil, err
	}
	all, err := tx.SharingsOf(ctx, tx.Me.Person)
	if err != nil {
		return nil, err
	}
	var out []Client
	for i := range all {
		s := &all[i]
		if s.Coach != tx.Me.Person || s.State != work.SharingOpen {
			continue
		}
		c, err := clientOf(ctx, tx, s)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// clientOf shows a client to the coach.
func clientOf(ctx context.Context, tx *app.Tx, s *work.Sharing) (Client, error) {
	w := tx.Workspace()
	out := Client{Workspace: Place{w.ID, w.Name}, Waits: []Waiting{}}
	var err error
	if out.Sharing, err = coaching.View(ctx, tx, s); err != nil {
		return out, err
	}
	if out.Zone, err = clock(ctx, tx); err != nil {
		return out, err
	}
	all, err := tx.CallsOf(ctx, s.Client)
	if err != nil {
		return out, err
	}
	all = slices.DeleteFunc(all, func(c call.Call) bool { return c.Coach != s.Coach || c.Client != s.Client })
	if out.Last, err = latest(ctx, tx, all, func(*call.Call) bool { return true }); err != nil {
		return out, err
	}
	slices.Reverse(all) // the earliest first
	for i := range all {
		c := &all[i]
		if !c.Open() {
			continue
		}
		if w := out.waits(tx.Now, c); w != "" {
			out.Waits = append(out.Waits, Waiting{w, c.ID})
		}
		if out.Next == nil && (c.State == call.Running || c.To.After(tx.Now)) {
			next, err := short(ctx, tx, c)
			if err != nil {
				return out, err
			}
			out.Next = &next
		}
	}
	return out, out.prepare(ctx, tx, s)
}

// waits says what a call that is open waits for from its coach, "" for nothing.
func (c *Client) waits(now time.Time, of *call.Call) string {
	when := of.From.In(ical.Location(c.Zone)).Format("Monday 2 January")
	switch {
	case of.State == call.Running && now.After(of.To):
		return "The call of " + when + " still goes on; end it when it is over."
	case of.State == call.Running:
		return "The call goes on."
	case now.After(of.To):
		return "Say whether the call of " + when + " took place."
	case of.CanBegin(now):
		return "The call can begin."
	}
	return ""
}

// soon is how long before a call its coach is asked to look at what is shown.
const soon = 24 * time.Hour

// prepare says what a coach has to do before a call can be booked or held.
func (c *Client) prepare(ctx context.Context, tx *app.Tx, s *work.Sharing) error {
	near := c.Next != nil && c.Next.State == call.Booked && c.Next.From.Sub(tx.Now) <= soon
	switch {
	case len(s.Parts) == 0:
	case s.SeenAt.IsZero():
		c.Waits = append(c.Waits, Waiting{Words: "You have not looked yet at what they show you."})
	case near && s.SeenAt.Before(c.Next.From.Add(-2*soon)):
		c.Waits = append(c.Waits, Waiting{Words: fmt.Sprintf("Look at what they show you before the call; you last did on %s.", s.SeenAt.In(ical.Location(c.Zone)).Format("2 January")), Call: c.Next.ID})
	}
	h, _, err := hoursOf(ctx, tx, s.Coach)
	if err == nil && len(h.Windows) == 0 && c.Next == nil {
		c.Waits = append(c.Waits, Waiting{Words: "You keep no hours for calls, so that they can book none."})
	}
	return err
}
