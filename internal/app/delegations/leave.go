package delegations

import (
	"context"
	"slices"

	"baton/internal/app"
	"baton/internal/app/people"
	"baton/internal/store"
	"baton/internal/work"
)

// LeaveNow says that somebody leaves, and who follows them.
type LeaveNow struct {
	Person    work.PersonID `path:"person" json:"-"`
	IfMatch   app.Match     `header:"If-Match" json:"-" doc:"Refuse when the version of the person is another"`
	Successor work.PersonID `json:"successor,omitempty" doc:"Who is offered what they gave and carried; without one it ends with the note"`
	Note      string        `json:"note,omitempty" maxLength:"5000" doc:"A hand-over note"`
}

// Left says what became of the delegations of somebody who left.
type Left struct {
	Person  people.Person `json:"person"`
	Offered []Delegation  `json:"offered" doc:"Offered again by or to the successor"`
	Ended   []Delegation  `json:"ended"`
}

// Leave lets somebody leave: each open delegation is offered again by a named
// successor, or ended with a hand-over note.
var Leave = app.Write(app.Describe{
	Name: "person.leave", Method: "POST", Path: "people/{person}/departure", Who: app.AnOwner, Undo: "person.edit", Summary: "Somebody leaves: offer what they gave and carried again, or end it with a note.",
}, leave)

func leave(ctx context.Context, tx *app.Tx, in LeaveNow) (Left, error) {
	out := Left{Offered: []Delegation{}, Ended: []Delegation{}}
	p, err := people.KnownAt(ctx, tx, in.Person, in.IfMatch)
	if err != nil {
		return out, err
	}
	if err := mayLetGo(ctx, tx, &p, in.Successor); err != nil {
		return out, err
	}
	open, err := tx.Delegations(ctx, store.DelegationFilter{Party: p.ID})
	if err != nil {
		return out, err
	}
	slices.Reverse(open) // what was handed on comes after what it was handed on from
	for _, d := range open {
		if err := out.pass(ctx, tx, d.ID, in); err != nil {
			return out, err
		}
	}
	if err := cancelVotes(ctx, tx, &p); err != nil {
		return out, err
	}
	if err := release(ctx, tx, &p); err != nil {
		return out, err
	}
	if err := tx.Happened(ctx, work.Event{Kind: people.PersonLeft, Person: p.ID, Detail: work.Detail{Name: p.Name, Text: in.Note}}); err != nil {
		return out, err
	}
	if err := handOverPlate(ctx, tx, p.ID, in.Successor); err != nil {
		return out, err
	}
	if err := tx.EndSharings(ctx, p.ID); err != nil {
		return out, err
	}
	if err := tx.ForgetTimer(ctx, p.ID); err != nil {
		return out, err
	}
	if err := tx.RemoveMember(ctx, p.ID); err != nil {
		return out, err
	}
	if err := tx.Audit(ctx, app.MemberLeft, int64(p.ID), p.Name); err != nil {
		return out, err
	}
	out.Person, err = people.Show.Within(ctx, tx, people.AskPerson{Person: p.ID})
	return out, err
}

// cancelVotes withdraws the votes on a level to which somebody who leaves is a
// side. The others go on without them once they are released.
func cancelVotes(ctx context.Context, tx *app.Tx, p *work.Person) error {
	going, err := tx.Votes(ctx, store.VoteFilter{Voter: p.ID, Going: true})
	if err != nil {
		return err
	}
	for _, v := range going {
		if v.Giver != p.ID && v.Receiver != p.ID {
			continue
		}
		v.Cancel(tx.Act(), p.Name+" leaves.")
		if err := tx.KeepVote(ctx, v); err != nil {
			return err
		}
	}
	return nil
}

// mayLetGo refuses a departure that is not the actor's to declare, or that
// would leave the workspace or a plate to nobody.
func mayLetGo(ctx context.Context, tx *app.Tx, p *work.Person, successor work.PersonID) error {
	if err := tx.Owner(); err != nil && p.Owner != tx.Me.Person {
		return err
	}
	if p.Gone(tx.Today()) {
		return work.Errorf(work.Conflict, "%s has left already.", p.Name)
	}
	if successor != 0 {
		s, err := people.Carries(ctx, tx, successor)
		if err != nil || s.ID == p.ID || s.Gone(tx.Today()) {
			return work.FieldError("successor", "Name somebody else who stays.")
		}
	}
	members, err := tx.Members(ctx)
	if err != nil {
		return err
	}
	owners := 0
	for _, m := range members {
		if m.Owner && m.Person != p.ID {
			owners++
		}
	}
	switch {
	case owners == 0:
		return work.Errorf(work.Conflict, "%s is the only owner here; make somebody else one first.", p.Name)
	case successor == 0 && p.ID == tx.Me.Person:
		return work.FieldError("successor", "Name who follows you; somebody must have what is on your plate.")
	}
	return nil
}

// pass settles one delegation of somebody who leaves.
func (out *Left) pass(ctx context.Context, tx *app.Tx, id work.DelegationID, in LeaveNow) error {
	d, err := tx.Delegation(ctx, id)
	if err != nil {
		return err
	}
	switch {
	case d.State == work.Ended:
		return nil
	case d.State == work.Draft && d.Giver == in.Person:
		return tx.DeleteDelegation(ctx, d.ID)
	case d.State == work.Draft:
		d.Receiver = 0
		return tx.SaveDelegation(ctx, d)
	case in.Successor != 0 && in.Successor != d.Other(in.Person):
		loops, err := wouldLoop(ctx, tx, d, in)
		if err != nil {
			return err
		}
		holds, err := holdsLevel(ctx, tx, d, in)
		if err != nil {
			return err
		}
		if !loops && !holds {
			return out.follow(ctx, tx, d, in)
		}
	}
	d.EndFor(tx.Act(), in.Person, in.Note)
	if err := Settle(ctx, tx, d); err != nil {
		return err
	}
	out.Ended = append(out.Ended, View(tx, d))
	return nil
}

// holdsLevel reports whether the two who would be left have a delegation of the
// same decision area already: that one goes on, and this one ends.
func holdsLevel(ctx context.Context, tx *app.Tx, d *work.Delegation, in LeaveNow) (bool, error) {
	if d.TaskKind != work.DecisionArea {
		return false, nil
	}
	f := store.DelegationFilter{Task: d.Task, Giver: d.Giver, Receiver: in.Successor, Going: true, Limit: 1}
	if in.Person == d.Giver {
		f.Giver, f.Receiver = in.Successor, d.Receiver
	}
	found, err := tx.Delegations(ctx, f)
	return len(found) > 0, err
}

// wouldLoop reports whether the successor would be handed what they gave
// further up, or give what they carry further down.
func wouldLoop(ctx context.Context, tx *app.Tx, d *work.Delegation, in LeaveNow) (bool, error) {
	if in.Person == d.Receiver {
		chain, _, err := tx.Chain(ctx, d)
		return work.GivenBy(chain, in.Successor), err
	}
	below, err := tx.Delegations(ctx, childrenOf(d.ID))
	for err == nil && len(below) > 0 {
		next := below[:0:0]
		for _, c := range below {
			if c.State == work.Ended {
				continue
			}
			if c.Receiver == in.Successor {
				return true, nil
			}
			children, err := tx.Delegations(ctx, childrenOf(c.ID))
			if err != nil {
				return false, err
			}
			next = append(next, children...)
		}
		below = next
	}
	return false, err
}

// successor is what a delegation has to know of whoever follows.
func successor(ctx context.Context, tx *app.Tx, id work.PersonID) (work.Successor, error) {
	p, err := tx.Person(ctx, id)
	if err != nil {
		return work.Successor{}, err
	}
	_, err = tx.Member(ctx, id)
	guest := work.KindOf(err) == work.NotFound
	if guest {
		err = nil
	}
	return work.Successor{Person: id, Guest: guest, Agent: p.Kind == work.Agent}, err
}

// follow lets the successor take the leaving person's place: a new offer with
// the same terms, above what was handed on from the old one.
func (out *Left) follow(ctx context.Context, tx *app.Tx, d *work.Delegation, in LeaveNow) error {
	successor, err := successor(ctx, tx, in.Successor)
	if err != nil {
		return err
	}
	next, err := d.Succeed(tx.Act(), work.DelegationID(tx.NextID()), in.Person, successor, in.Note)
	if err != nil {
		return err
	}
	if err := Settle(ctx, tx, d); err != nil {
		return err
	}
	if err := Settle(ctx, tx, next); err != nil {
		return err
	}
	if err := adopt(ctx, tx, d.ID, next.ID); err != nil {
		return err
	}
	carried, err := handedOn(ctx, tx, next)
	if err != nil {
		return err
	}
	t, err := tx.Task(ctx, d.Task)
	if err != nil {
		return err
	}
	if t.Kind == work.DecisionArea {
		carried = next.Parent != 0 // it stays with whoever gave it first
	}
	if !carried && t.Carrier != next.Giver && !t.Finished() {
		was := t.Carrier
		t.Carrier = next.Giver
		if err := tx.SaveTask(ctx, &t); err != nil {
			return err
		}
		if err := placeParts(ctx, tx, &t, was); err != nil {
			return err
		}
	}
	view, err := reload(ctx, tx, next.ID)
	out.Offered = append(out.Offered, view)
	return err
}

// adopt puts what was handed on from one delegation below another.
func adopt(ctx context.Context, tx *app.Tx, from, to work.DelegationID) error {
	children, err := tx.Delegations(ctx, childrenOf(from))
	if err != nil {
		return err
	}
	for _, c := range children {
		if c.State == work.Ended {
			continue
		}
		child, err := tx.Delegation(ctx, c.ID)
		if err != nil {
			return err
		}
		child.Parent = to
		if err := tx.SaveDelegation(ctx, child); err != nil {
			return err
		}
	}
	return nil
}

// release lets somebody go for good, and takes from them what they hold in
// delegations of others: what they stood in for is its owner's again, or the
// next one's, a review the giver's, and what they were shown they no longer
// answer.
func release(ctx context.Context, tx *app.Tx, p *work.Person) error {
	held, err := tx.HeldBy(ctx, p.ID)
	if err != nil {
		return err
	}
	for _, id := range held {
		d, err := tx.Delegation(ctx, id)
		if err != nil {
			return err
		}
		d.Release(tx.Act(), p.ID)
		if err := Settle(ctx, tx, d); err != nil {
			return err
		}
	}
	return Attend(ctx, tx, p.ID, func() error {
		p.LeftOn = tx.Today()
		if err := tx.SavePerson(ctx, p); err != nil {
			return err
		}
		return tx.ForgetStandIn(ctx, p.ID)
	})
}

// handOverPlate moves what is left on a plate to the successor, or to whoever
// lets the person go. What lies in an area private to the person nobody else
// may see: it is dropped.
func handOverPlate(ctx context.Context, tx *app.Tx, from, to work.PersonID) error {
	if to == 0 {
		to = tx.Me.Person
	}
	areas, err := tx.Areas(ctx, from)
	if err != nil {
		return err
	}
	private := map[work.AreaID]bool{}
	for _, a := range areas {
		private[a.ID] = a.Owner == from
	}
	left, err := tx.Tasks(ctx, store.TaskFilter{Carrier: from, State: work.TaskOpen})
	if err != nil {
		return err
	}
	for i := range left {
		t := &left[i]
		if private[t.Area] {
			t.State, t.ClosedAt = work.TaskDropped, tx.Now
		} else {
			t.Carrier = to
		}
		if err := tx.SaveTask(ctx, t); err != nil {
			return err
		}
	}
	return nil
}
