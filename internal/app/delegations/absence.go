package delegations

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/ical"
	"baton/internal/store"
	"baton/internal/work"
)

// Attend makes a change to who is away, or to who answers for them, and lets
// everything they hold follow, and the votes that waited for them: who is the
// person whose presence changes.
func Attend(ctx context.Context, tx *app.Tx, who work.PersonID, change func() error) error {
	was, err := tx.Absent(ctx)
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	is, err := tx.Absent(ctx)
	if err != nil {
		return err
	}
	ids, err := concerned(ctx, tx, relying(who, was, is))
	if err != nil {
		return err
	}
	for _, id := range ids {
		d, err := tx.Delegation(ctx, id)
		if err != nil {
			return err
		}
		before := slices.Clone(d.Items)
		d.Absent = was
		d.Attend(work.Act{At: tx.Now, Zone: tx.Zone()}, is)
		if len(d.Events()) == 0 && slices.Equal(before, d.Items) {
			continue
		}
		if err := Settle(ctx, tx, d); err != nil {
			return err
		}
	}
	return attendVotes(ctx, tx, who)
}

// attendVotes lets the votes of somebody follow their presence.
func attendVotes(ctx context.Context, tx *app.Tx, who work.PersonID) error {
	going, err := tx.Votes(ctx, store.VoteFilter{Voter: who, Going: true})
	if err != nil {
		return err
	}
	for _, v := range going {
		v.Attend(work.Act{At: tx.Now, Zone: tx.Zone()})
		if err := keepMoved(ctx, tx, v); err != nil {
			return err
		}
	}
	return nil
}

// keepMoved keeps a vote to which something happened.
func keepMoved(ctx context.Context, tx *app.Tx, v *work.Vote) error {
	if len(v.Events()) == 0 {
		return nil
	}
	return tx.KeepVote(ctx, v)
}

// leaveVotes lets the votes in a decision area go on without somebody who has no
// account, and no level in it any more: they have no page left on which to vote.
// One on their own level is over.
func leaveVotes(ctx context.Context, tx *app.Tx, d *work.Delegation) error {
	held, err := tx.Delegations(ctx, store.DelegationFilter{Task: d.Task, Giver: d.Giver, Receiver: d.Receiver, Going: true, Limit: 1})
	if err != nil || len(held) > 0 {
		return err
	}
	going, err := tx.Votes(ctx, store.VoteFilter{Task: d.Task, Giver: d.Giver, Voter: d.Receiver, Going: true})
	if err != nil {
		return err
	}
	for _, v := range going {
		act := tx.Act()
		if v.Receiver == d.Receiver {
			v.Cancel(act, v.Names[d.Receiver]+" holds no level in it any more.")
		} else {
			v.Attend(act)
		}
		if err := keepMoved(ctx, tx, v); err != nil {
			return err
		}
	}
	return nil
}

// relying lists somebody, and those away whose stand-ins lead to them.
func relying(who work.PersonID, presences ...map[work.PersonID]work.PersonID) []work.PersonID {
	out := []work.PersonID{who}
	for _, absent := range presences {
		for p := range absent {
			next := absent[p]
			for range absent { // a circle ends after everybody in it
				if next == who {
					out = append(out, p)
					break
				}
				next = absent[next]
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// concerned lists the delegations in which some people are a side or are to
// answer something, the oldest first.
func concerned(ctx context.Context, tx *app.Tx, people []work.PersonID) ([]work.DelegationID, error) {
	var ids []work.DelegationID
	for _, p := range people {
		going, err := tx.Delegations(ctx, store.DelegationFilter{Party: p, Going: true})
		if err != nil {
			return nil, err
		}
		for _, d := range going {
			ids = append(ids, d.ID)
		}
		held, err := tx.HeldBy(ctx, p)
		if err != nil {
			return nil, err
		}
		ids = append(ids, held...)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// absences are the last days of those away that were looked up already.
type absences map[work.PersonID]ical.Date

// tellOf says until when of all items of a delegation that rest on an absence.
func (known absences) tellOf(ctx context.Context, tx *app.Tx, d *work.Delegation, v *Delegation) error {
	for i := range v.Items {
		if err := known.tell(ctx, tx, &v.Items[i], d.Item(v.Items[i].ID).Opened); err != nil {
			return err
		}
	}
	return nil
}

// tell adds until when somebody is away: to an item that their absence opened,
// and to one whose clock stands still until they are back. Their dates may have
// changed since.
func (known absences) tell(ctx context.Context, tx *app.Tx, it *Item, opened work.PersonID) error {
	switch {
	case it.Kind == work.Away:
		last, err := known.last(ctx, tx, opened)
		if err == nil && !last.IsZero() {
			it.Text = strings.TrimSuffix(it.Text, ".") + " until " + last.In(time.UTC).Format("2 January") + "."
		}
		return err
	case it.Paused:
		last, err := known.last(ctx, tx, it.Holder.ID)
		it.AwayUntil = last
		return err
	}
	return nil
}

// last is somebody's last day away, zero when they are here.
func (known absences) last(ctx context.Context, tx *app.Tx, who work.PersonID) (ical.Date, error) {
	if last, looked := known[who]; looked {
		return last, nil
	}
	p, err := tx.Person(ctx, who)
	if err != nil {
		return ical.Date{}, err
	}
	a, _ := p.AwayOn(ical.Today(tx.Now, cmp.Or(p.Zone, tx.Zone())))
	known[who] = a.To
	return a.To, nil
}
