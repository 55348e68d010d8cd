package app

import (
	"context"

	"baton/internal/call"
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

// KeepVote keeps what a move did to a vote: its events with a notice for
// everybody who is to hear of them.
func (tx *Tx) KeepVote(ctx context.Context, v *work.Vote) error {
	if err := tx.SaveVote(ctx, v); err != nil {
		return err
	}
	for _, e := range v.Events() {
		recorded, err := tx.Record(ctx, e)
		if err != nil {
			return err
		}
		for _, n := range v.Recipients(recorded) {
			if err := tx.announce(ctx, n); err != nil {
				return err
			}
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
		zone, err := tx.ZoneOf(ctx, &p)
		if err != nil {
			return err
		}
		leaves = work.NextDigest(leaves, zone)
	}
	return tx.AddNotice(ctx, n, leaves)
}

// TellOf records an event of a sharing and keeps a notice for the other side,
// where one is due.
func (tx *Tx) TellOf(ctx context.Context, s *work.Sharing, e work.Event) error {
	e.At, e.By = tx.Now, tx.Me.Person
	recorded, err := tx.Record(ctx, e)
	if err != nil {
		return err
	}
	for _, n := range s.Recipients(recorded) {
		if err := tx.announce(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

// EndSharings ends what somebody who leaves shows and sees, with the calls to
// come, those of their own too.
func (tx *Tx) EndSharings(ctx context.Context, who work.PersonID) error {
	all, err := tx.SharingsOf(ctx, who)
	if err != nil {
		return err
	}
	for i := range all {
		s := &all[i]
		if s.State != work.SharingOpen {
			continue
		}
		if err := s.Stop(work.Act{At: tx.Now, Zone: tx.Zone()}); err != nil {
			return err
		}
		if err := tx.SaveSharing(ctx, s); err != nil {
			return err
		}
		stays := s.Client
		if who == s.Client {
			stays = s.Coach
		}
		if err := tx.TellOf(ctx, s, work.Event{Kind: work.SharingStopped, Person: stays}); err != nil {
			return err
		}
		cancelled := work.Event{Kind: work.CallCancelled, By: who, Person: stays}
		if err := tx.CancelCallsOf(ctx, s, cancelled, CallConfirmedTo(who)); err != nil {
			return err
		}
	}
	return tx.cancelOwnCalls(ctx, who)
}

// cancelOwnCalls cancels the calls that somebody who leaves planned without a
// coach.
func (tx *Tx) cancelOwnCalls(ctx context.Context, who work.PersonID) error {
	all, err := tx.CallsOf(ctx, who)
	if err != nil {
		return err
	}
	for i := range all {
		c := &all[i]
		if c.Coach != 0 || c.State != call.Booked {
			continue
		}
		if err := c.Cancel("", tx.Now); err != nil {
			return err
		}
		if err := tx.SaveCall(ctx, c); err != nil {
			return err
		}
		e := CallConfirmedTo(who)
		e.At, e.Detail.Call = tx.Now, c.ID
		if err := tx.TellOfCall(ctx, c, e); err != nil {
			return err
		}
	}
	return nil
}

// CallConfirmedTo confirms to somebody that a call is cancelled.
func CallConfirmedTo(who work.PersonID) work.Event {
	return work.Event{Kind: work.CallConfirmed, Person: who, Detail: work.Detail{Kind: string(work.CallCancelled)}}
}

// CancelCallsOf cancels the calls to come of a sharing that ended. Each gets
// the events, filled in, so that whom they name takes it out of the calendar.
func (tx *Tx) CancelCallsOf(ctx context.Context, s *work.Sharing, events ...work.Event) error {
	all, err := tx.CallsOf(ctx, s.Client)
	if err != nil {
		return err
	}
	for i := range all {
		c := &all[i]
		if c.Sharing != s.ID || c.State != call.Booked || !c.From.After(tx.Now) {
			continue
		}
		if err := c.Cancel("What was shown for it ended.", tx.Now); err != nil {
			return err
		}
		if err := tx.SaveCall(ctx, c); err != nil {
			return err
		}
		for _, e := range events {
			e.At, e.Detail.Call = tx.Now, c.ID
			if err := tx.TellOfCall(ctx, c, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// TellOfCall records an event of a call and keeps a notice for everybody who is
// to hear of it.
func (tx *Tx) TellOfCall(ctx context.Context, c *call.Call, e work.Event) error {
	recorded, err := tx.Record(ctx, e)
	if err != nil {
		return err
	}
	for _, n := range work.CallRecipients(recorded, c.Client, c.Coach) {
		if err := tx.announce(ctx, n); err != nil {
			return err
		}
	}
	return nil
}
