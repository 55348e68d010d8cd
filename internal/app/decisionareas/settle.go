package decisionareas

import (
	"context"
	"fmt"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/store"
	"baton/internal/work"
)

// A Settlement is the level the two settle on.
type Settlement struct {
	OnVote
	Level work.Level `json:"level" minimum:"1" maximum:"7" doc:"It becomes proposed terms, or a draft"`
}

// Settle closes a revealed vote on a level. It changes no agreement: the level
// becomes terms that the other side answers, or a draft of the giver's.
var Settle = move(app.Describe{
	Name: "vote.settle", Method: "POST", Path: "votes/{vote}/settlement", Who: app.AParty,
	Summary: "Settle on a level: it becomes proposed terms, or a draft; accepted terms change only when both agree.",
}, func(ctx context.Context, tx *app.Tx, v *work.Vote, in Settlement) error {
	if err := v.MaySettle(tx.Act(), in.Level); err != nil {
		return err
	}
	d, err := between(ctx, tx, v)
	if err != nil {
		return err
	}
	var id work.DelegationID
	switch {
	case d == nil:
		id, err = begun(ctx, tx, v, in.Level)
	case d.State == work.Draft:
		id, err = d.ID, revised(ctx, tx, v, d, in.Level)
	default:
		id, err = d.ID, proposed(ctx, tx, v, d, in.Level)
	}
	if err != nil {
		return err
	}
	return v.Settle(tx.Act(), in.Level, id)
})

// between is the delegation of the decision area from the giver to the person
// that has not ended, nil when there is none.
func between(ctx context.Context, tx *app.Tx, v *work.Vote) (*work.Delegation, error) {
	found, err := tx.Delegations(ctx, store.DelegationFilter{Task: v.DecisionArea, Giver: v.Giver, Receiver: v.Receiver})
	if err != nil {
		return nil, err
	}
	for _, d := range found {
		if d.State != work.Ended {
			return tx.Delegation(ctx, d.ID)
		}
	}
	return nil, nil //nolint:nilnil // most votes come before an agreement
}

var errGiverDrafts = work.Errorf(work.Conflict, "There is no agreement yet that the level could go into. Whoever started the vote settles it, and offers it to you.")

// begun is a new draft with the level.
func begun(ctx context.Context, tx *app.Tx, v *work.Vote, level work.Level) (work.DelegationID, error) {
	if tx.Me.Person != v.Giver {
		return 0, errGiverDrafts
	}
	d, err := delegations.Begin.Within(ctx, tx, delegations.StartDelegation{Task: v.DecisionArea, Kind: work.Strategic, Receiver: v.Receiver})
	if err != nil {
		return 0, err
	}
	if d.Terms.Authority.Level == level {
		return d.ID, nil
	}
	whole, err := tx.Delegation(ctx, d.ID)
	if err != nil {
		return 0, err
	}
	return d.ID, revised(ctx, tx, v, whole, level)
}

// revised lays the level over a draft.
func revised(ctx context.Context, tx *app.Tx, v *work.Vote, d *work.Delegation, level work.Level) error {
	if tx.Me.Person != v.Giver {
		return errGiverDrafts
	}
	_, err := delegations.Revise.Within(ctx, tx, delegations.ReviseDraft{
		On: delegations.On{Delegation: d.ID}, Receiver: &v.Receiver, Terms: withLevel(d.Terms, level),
	})
	return err
}

// proposed proposes the level to the other side, unless it is agreed already.
func proposed(ctx context.Context, tx *app.Tx, v *work.Vote, d *work.Delegation, level work.Level) error {
	switch {
	case d.Proposal != nil:
		return work.Errorf(work.Conflict, "Other terms are proposed at this moment; answer those first (delegation %d).", d.ID)
	case d.Terms.Authority.Level == level:
		return nil
	case d.State == work.Offered && tx.Me.Person == v.Giver:
		return work.Errorf(work.Conflict, "Level %d is on offer and not answered; withdraw that offer first (delegation %d).", d.Terms.Authority.Level, d.ID)
	}
	_, err := delegations.Propose.Within(ctx, tx, delegations.OtherTerms{
		On: delegations.On{Delegation: d.ID}, Seen: d.Newest, Terms: withLevel(d.Terms, level), Note: fmt.Sprintf("Level %d, settled after the vote: %s", level, v.Question),
	})
	return err
}

// withLevel are terms at another level; a path that begins no higher has
// nothing left to lead to.
func withLevel(t work.Terms, level work.Level) work.Terms {
	t.Authority.Level = level
	t.Path = t.Ahead()
	return t
}
