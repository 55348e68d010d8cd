package store

import (
	"context"
	"slices"
	"strings"

	"baton/internal/work"
)

// growthKinds are the events a growth record is made of.
var growthKinds = []work.EventKind{
	work.TurnDone, work.TurnAccepted, work.EndedNow, work.DeliveryAccepted, work.DecisionAsk, work.DecisionIntend, work.DecisionMade, work.WentAhead,
	work.DecisionApproved, work.AcceptedTerms, work.TermsAgreed, work.ToldAloud,
}

// GrowthEvents lists what a growth record is made of in delegations, the
// oldest first.
func (tx *Tx) GrowthEvents(ctx context.Context, of []work.DelegationID) ([]work.Event, error) {
	kinds := make([]any, len(growthKinds))
	for i, k := range growthKinds {
		kinds[i] = k
	}
	kindMarks := strings.Repeat("?, ", len(kinds)-1) + "?"
	var out []work.Event
	for some := range slices.Chunk(of, most) {
		marks, ids := in(some)
		found, err := collect(ctx, tx.session, scanEvent, `SELECT `+eventColumns+` FROM events WHERE workspace = ?
			AND delegation > 0 AND delegation IN (`+marks+`) AND kind IN (`+kindMarks+`) ORDER BY +number`, slices.Concat([]any{tx.ws.ID}, ids, kinds)...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	slices.SortFunc(out, func(a, b work.Event) int { return int(a.Number - b.Number) })
	return out, nil
}

// Thanks lists the words of thanks a person received and gave, the newest
// first.
func (tx *Tx) Thanks(ctx context.Context, person work.PersonID) ([]work.Event, error) {
	return collect(ctx, tx.session, scanEvent, `SELECT `+eventColumns+` FROM events WHERE workspace = ? AND number IN (
			SELECT number FROM events WHERE workspace = ? AND person = ? AND person > 0 AND kind = ?
			UNION ALL SELECT number FROM events WHERE workspace = ? AND by = ? AND kind = ?) ORDER BY number DESC`,
		tx.ws.ID, tx.ws.ID, person, work.Thanked, tx.ws.ID, person, work.Thanked)
}
