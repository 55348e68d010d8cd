package app

import (
	"context"

	"baton/internal/store"
	"baton/internal/work"
)

// FreshAs is Fresh for a thing whose latest event says who changed it.
func (tx *Tx) FreshAs(ctx context.Context, seen Match, now int64, latest store.EventFilter, what string) error {
	if seen.Holds(now) {
		return nil
	}
	latest.Newest, latest.Limit = true, 1
	found, err := tx.Events(ctx, latest)
	if err != nil {
		return err
	}
	var by work.PersonID
	if len(found) > 0 {
		by = found[0].By
	}
	return tx.Fresh(ctx, seen, now, by, what)
}

// Fresh refuses to write over what somebody changed since the actor read it.
// seen is what they say they read; now is the version
// there is, and by whose change it came to be, 0 when that is not known. what
// names the thing within the sentence.
func (tx *Tx) Fresh(ctx context.Context, seen Match, now int64, by work.PersonID, what string) error {
	if seen.Holds(now) {
		return nil
	}
	who := "Somebody"
	switch by {
	case 0:
	case tx.Me.Person:
		who = "You, in another window,"
	default:
		p, err := tx.Person(ctx, by)
		switch {
		case err == nil:
			who = p.Name
		case work.KindOf(err) != work.NotFound:
			return err
		}
	}
	return work.Errorf(work.Stale, "%s changed %s since you read it; it is at version %d now. Read it again, then save yours over it or keep what is there.", who, what, now)
}
