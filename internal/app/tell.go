package app

import (
	"cmp"
	"context"

	"baton/internal/work"
)

// Tell records an event of a delegation and keeps a notice for everybody who
// is to hear of it. above are the givers further up the chain.
func (tx *Tx) Tell(ctx context.Context, d *work.Delegation, above []work.PersonID, e work.Event) error {
	recorded, err := tx.Record(ctx, e)
	if err != nil {
		return err
	}
	for _, n := range d.Recipients(recorded, above) {
		if err := tx.announce(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

// announce keeps a notice until mail may tell of it: after the seconds in
// which an offer can be undone, or with the daily mail of its reader.
func (tx *Tx) announce(ctx context.Context, n work.Notice) error {
	leaves := tx.Now.Add(work.OfferStays)
	if !n.Urgent {
		p, err := tx.Person(ctx, n.To)
		if err != nil {
			return err
		}
		leaves = work.NextDigest(leaves, cmp.Or(p.Zone, tx.Zone()))
	}
	return tx.AddNotice(ctx, n, leaves)
}
