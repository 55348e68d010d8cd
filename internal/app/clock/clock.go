// Package clock lets time pass: items falling due, occurrences, absences, and
// the mail that tells people. Advance is idempotent; a sweep calls it every
// minute, tests and the demo with a clock of their own.
package clock

import (
	"context"
	"fmt"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/ical"
	"baton/internal/mail"
	"baton/internal/store"
	"baton/internal/work"
)

// batch is how many delegations one look at the database finds.
const batch = 500

// Advance does everything that is due by a moment, each thing at its own
// moment and in that order across delegations and absences. So one late call
// leaves what many timely ones would have; only mail differs, because it tells
// at once what it would have told on several days.
func Advance(ctx context.Context, a *app.App, now time.Time) error {
	for {
		more, err := strike(ctx, a, now)
		if err != nil {
			return err
		}
		if !more {
			return post(ctx, a, now)
		}
	}
}

// strike does all that is due at the earliest moment there is, and reports
// whether there was one.
func strike(ctx context.Context, a *app.App, now time.Time) (bool, error) {
	var due []store.Due
	var changes []store.Change
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		if due, err = g.DueDelegations(ctx, now, batch); err == nil {
			changes, err = g.DueChanges(ctx, now)
		}
		return err
	})
	switch {
	case err != nil:
		return false, fmt.Errorf("find what is due: %w", err)
	case len(changes) > 0 && (len(due) == 0 || !changes[0].At.After(due[0].At)):
		c := changes[0]
		if err := at(ctx, a, c.Workspace, c.At, func(tx *app.Tx) error { return attend(ctx, tx, c.Person) }); err != nil {
			return false, fmt.Errorf("presence of person %d: %w", c.Person, err)
		}
		return true, nil
	}
	for _, d := range due {
		if !d.At.Equal(due[0].At) {
			break
		}
		if err := tick(ctx, a, d); err != nil {
			return false, fmt.Errorf("delegation %d of workspace %d: %w", d.Delegation, d.Workspace, err)
		}
	}
	return len(due) > 0, nil
}

// at runs fn as the clock in one transaction of a workspace.
func at(ctx context.Context, a *app.App, ws work.WorkspaceID, now time.Time, fn func(*app.Tx) error) error {
	return a.Store.Write(ctx, ws, func(s *store.Tx) error {
		return fn(&app.Tx{Tx: s, App: a, Me: app.Actor{Workspace: ws}, Now: now})
	})
}

func tick(ctx context.Context, a *app.App, due store.Due) error {
	return at(ctx, a, due.Workspace, due.At, func(tx *app.Tx) error {
		d, err := tx.Delegation(ctx, due.Delegation)
		if err != nil {
			return err
		}
		open := map[work.DecisionID]work.Decision{}
		for _, it := range d.Items {
			if it.Decision != 0 {
				if open[it.Decision], err = tx.Decision(ctx, it.Decision); err != nil {
					return err
				}
			}
		}
		chain, _, err := tx.Chain(ctx, d)
		if err != nil {
			return err
		}
		d.Tick(tx.Act(), open, chain)
		return delegations.Settle(ctx, tx, d)
	})
}

// attend sends a person away or lets them come back. An absence told of late
// begins when it is told, not before what happened meanwhile.
func attend(ctx context.Context, tx *app.Tx, id work.PersonID) error {
	last, err := tx.LastEventAt(ctx)
	if err != nil {
		return err
	}
	if last.After(tx.Now) {
		tx.Now = last
	}
	p, err := tx.Person(ctx, id)
	if err != nil {
		return err
	}
	was, err := tx.Away(ctx, id)
	if err != nil {
		return err
	}
	zone := p.Zone
	if zone == "" {
		zone = tx.Zone()
	}
	_, away := p.AwayOn(ical.Today(tx.Now, zone))
	if err := tx.SetAway(ctx, &p, away, tx.Now); err != nil || away == was {
		return err
	}
	going, err := tx.Delegations(ctx, store.DelegationFilter{Party: id, Going: true})
	if err != nil {
		return err
	}
	act := work.Act{At: tx.Now, Zone: tx.Zone()}
	for _, found := range going {
		d, err := tx.Delegation(ctx, found.ID)
		if err != nil {
			return err
		}
		if away {
			d.GoAway(act, id, p.StandIn)
		} else {
			d.ComeBack(act, id)
		}
		if err := delegations.Settle(ctx, tx, d); err != nil {
			return err
		}
	}
	return nil
}

// digestHour is when the daily mail leaves, in the workspace's zone.
const digestHour = 7

// post writes mail: at once for what cannot wait, and one a day with only what
// needs its reader.
func post(ctx context.Context, a *app.App, now time.Time) error {
	var workspaces []work.WorkspaceID
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		workspaces, err = g.WorkspacesWithNotices(ctx, now)
		return err
	})
	if err != nil {
		return fmt.Errorf("find notices: %w", err)
	}
	for _, ws := range workspaces {
		err := at(ctx, a, ws, now, func(tx *app.Tx) error {
			members, err := tx.Members(ctx)
			if err != nil {
				return err
			}
			for i := range members {
				if err := write(ctx, tx, &members[i]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("write mail of workspace %d: %w", ws, err)
		}
	}
	return nil
}

// write puts a member's mail into the outbox.
func write(ctx context.Context, tx *app.Tx, m *work.Member) error {
	p, err := tx.Person(ctx, m.Person)
	if err != nil || p.Email == "" {
		return err
	}
	last, err := tx.DigestedAt(ctx, m.Person)
	if err != nil {
		return err
	}
	local := tx.Now.In(ical.Location(tx.Zone()))
	daily := local.Hour() >= digestHour && ical.Today(last, tx.Zone()).Compare(ical.Today(tx.Now, tx.Zone())) < 0
	pending, err := tx.PendingNotices(ctx, m.Person, tx.Now, !daily)
	if err != nil || len(pending) == 0 {
		return err
	}
	wanted := daily && m.Digest || !daily && m.Urgent
	if daily {
		if err := tx.SetDigested(ctx, m.Person, tx.Now); err != nil {
			return err
		}
	}
	numbers := make([]work.EventNumber, len(pending))
	for i, n := range pending {
		numbers[i] = n.Event.Number
	}
	if wanted {
		letter, err := compose(ctx, tx, &p, pending, daily)
		if err != nil {
			return err
		}
		if err := tx.AddLetter(ctx, letter); err != nil {
			return err
		}
	} else if !daily {
		return nil // it waits for the daily mail
	}
	return tx.MarkMailed(ctx, m.Person, numbers, tx.Now)
}

func compose(ctx context.Context, tx *app.Tx, p *work.Person, pending []store.Pending, daily bool) (store.Letter, error) {
	var lines []mail.Line
	for _, n := range pending {
		line := mail.Line{Kind: n.Event.Kind, Detail: n.Event.Detail}
		if n.Event.Delegation != 0 {
			d, err := tx.Delegation(ctx, n.Event.Delegation)
			if work.KindOf(err) == work.NotFound {
				continue // a discarded draft
			}
			if err != nil {
				return store.Letter{}, err
			}
			line.Title, line.Who = d.Title, d.Name(n.Event.By)
			line.URL = fmt.Sprintf("%s/w/%d/delegations/%d", tx.App.URL, tx.Workspace().ID, d.ID)
		}
		lines = append(lines, line)
	}
	waiting, err := tx.WaitingFor(ctx, p.ID, 20)
	if err != nil {
		return store.Letter{}, err
	}
	subject, body := mail.Compose(p.Name, lines, len(waiting), daily, fmt.Sprintf("%s/w/%d/today", tx.App.URL, tx.Workspace().ID))
	return store.Letter{
		Person: p.ID, To: p.Email, Subject: subject, Body: body, CreatedAt: tx.Now, LeavesAt: tx.Now,
		MessageID: fmt.Sprintf("%d.%d.%d@baton", tx.Workspace().ID, p.ID, pending[len(pending)-1].Event.Number),
	}, nil
}
