package delegations

import (
	"context"
	"slices"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

func eventsOf(id work.DelegationID) store.EventFilter { return store.EventFilter{Delegation: id} }

func childrenOf(id work.DelegationID) store.DelegationFilter {
	return store.DelegationFilter{Parent: id}
}

// Settle keeps what a move did to a delegation, and everything that follows
// from it in the same transaction: events with their notices, the task on the
// right plate, and the end of what was handed on below.
func Settle(ctx context.Context, tx *app.Tx, d *work.Delegation) error {
	if err := tx.SaveDelegation(ctx, d); err != nil {
		return err
	}
	_, above, err := tx.Chain(ctx, d)
	if err != nil {
		return err
	}
	for _, e := range d.Events() {
		if err := tx.Tell(ctx, d, above, e); err != nil {
			return err
		}
		if e.Kind == work.ReflectionsOpen {
			if err := teach(ctx, tx, d); err != nil {
				return err
			}
		}
	}
	if err := proposeStep(ctx, tx, d, above); err != nil {
		return err
	}
	if err := overtake(ctx, tx, d); err != nil {
		return err
	}
	if err := proposeRhythm(ctx, tx, d); err != nil {
		return err
	}
	if err := place(ctx, tx, d); err != nil {
		return err
	}
	if d.State != work.Ended {
		return nil
	}
	if err := tx.DropAccess(ctx, d.ID); err != nil {
		return err
	}
	if d.Guest {
		if err := leaveVotes(ctx, tx, d); err != nil {
			return err
		}
	}
	if d.Outcome == work.PassedOn {
		return nil // what was handed on follows the successor
	}
	return revokeBelow(ctx, tx, d)
}

// revokeBelow ends every hand-on of a delegation that ended.
func revokeBelow(ctx context.Context, tx *app.Tx, d *work.Delegation) error {
	children, err := tx.Delegations(ctx, childrenOf(d.ID))
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
		child.Revoke(work.Act{By: 0, At: tx.Now, Zone: tx.Zone()}, d.Outcome)
		if err := Settle(ctx, tx, child); err != nil {
			return err
		}
		// The child put the task on its giver's plate; it belongs further up.
		if err := place(ctx, tx, d); err != nil {
			return err
		}
	}
	return nil
}

// place puts the task on the plate where the delegation's state says it is,
// its open parts with it, and closes it when it is finished for good. A decision
// area stays with whoever gave it.
func place(ctx context.Context, tx *app.Tx, d *work.Delegation) error {
	if d.State == work.Draft || d.State == work.Offered || d.State == work.Ended && !just(d, work.EndedNow) {
		return nil // whoever is thanked long after the end gets nothing back
	}
	t, err := tx.Task(ctx, d.Task)
	if err != nil || t.Finished() || t.Kind == work.DecisionArea {
		return err
	}
	was := t.Carrier
	switch {
	case d.State == work.Active:
		handed, err := handedOn(ctx, tx, d)
		if err != nil || handed || was == d.Receiver && !just(d, work.TermsAgreed, work.AcceptedTerms, work.ToldAloud) {
			return err
		}
		t.Carrier, t.Effort, t.Rule = d.Receiver, d.Terms.Effort, d.Terms.Rule
		if !d.Terms.Due.IsZero() {
			t.Due = d.Terms.Due
		}
	case d.Outcome == work.Completed && d.Parent == 0:
		t.Carrier, t.State, t.ClosedAt = d.Receiver, work.TaskDone, tx.Now
	case d.Outcome == work.Moot && d.Parent == 0:
		t.Carrier, t.State, t.ClosedAt = d.Giver, work.TaskDropped, tx.Now
	case was == d.Receiver:
		if err := backAs(ctx, tx, d, &t); err != nil {
			return err
		}
	default:
		return nil
	}
	if err := tx.SaveTask(ctx, &t); err != nil {
		return err
	}
	return placeParts(ctx, tx, &t, was)
}

// backAs gives a task that comes back to its giver, who carries it as it was
// agreed with them, where they have it from somebody in turn.
func backAs(ctx context.Context, tx *app.Tx, d *work.Delegation, t *work.Task) error {
	t.Carrier = d.Giver
	if d.Parent == 0 {
		return nil
	}
	above, err := tx.Delegation(ctx, d.Parent)
	if err != nil || above.State != work.Active {
		return err
	}
	t.Effort, t.Rule, t.Due = above.Terms.Effort, above.Terms.Rule, above.Terms.Due
	return nil
}

// just reports whether the moves just made had one of some effects.
func just(d *work.Delegation, kinds ...work.EventKind) bool {
	return slices.ContainsFunc(d.Events(), func(e work.Event) bool { return slices.Contains(kinds, e.Kind) })
}

// handedOn reports whether what was accepted is carried by somebody further
// down, be it below an offer to the successor of somebody who left.
func handedOn(ctx context.Context, tx *app.Tx, d *work.Delegation) (bool, error) {
	children, err := tx.Delegations(ctx, childrenOf(d.ID))
	if err != nil {
		return false, err
	}
	for _, c := range children {
		switch c.State {
		case work.Active:
			return true, nil
		case work.Offered:
			if below, err := handedOn(ctx, tx, c); below || err != nil {
				return below, err
			}
		}
	}
	return false, nil
}

// placeParts moves the parts that went along before, and closes those still
// open when the whole is closed.
func placeParts(ctx context.Context, tx *app.Tx, whole *work.Task, was work.PersonID) error {
	parts, err := tx.Tasks(ctx, store.TaskFilter{Parts: true, Parent: whole.ID, State: work.TaskOpen})
	if err != nil {
		return err
	}
	for i := range parts {
		if parts[i].Carrier != was {
			continue // given to somebody else
		}
		parts[i].Carrier = whole.Carrier
		if whole.Finished() {
			parts[i].State, parts[i].ClosedAt = whole.State, tx.Now
		}
		if err := tx.SaveTask(ctx, &parts[i]); err != nil {
			return err
		}
		if err := placeParts(ctx, tx, &parts[i], was); err != nil {
			return err
		}
	}
	return nil
}
