package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"baton/internal/mail"
	"baton/internal/store"
	"baton/internal/work"
)

const (
	// lease is how long a claimed mail is its worker's alone. One killed
	// before it could note the outcome leaves the mail to be sent again then.
	lease = 10 * time.Minute
	// handful is how many mails are claimed together; all of them can be sent,
	// each as slowly as may be, within the lease.
	handful = 20
	// tries is how often a mail is tried: over about sixteen hours.
	tries = 12
	// longest is the longest pause between two tries.
	longest = 4 * time.Hour
	// stale is how old a mail may be when it is tried for the first time. What
	// was written while there was no mail server is not news any more.
	stale = 48 * time.Hour
)

// deliver hands every mail whose time has come to the mail server.
func (w *Worker) deliver(ctx context.Context) error {
	if w.send == nil {
		return nil
	}
	var failed []error
	for ctx.Err() == nil {
		claimed, found, err := w.claim(ctx)
		if err != nil {
			return errors.Join(append(failed, err)...)
		}
		for _, l := range claimed {
			if err := w.try(ctx, l); err != nil {
				failed = append(failed, err)
			}
		}
		if found < handful {
			break
		}
	}
	return errors.Join(failed...)
}

// claim takes a handful of mails for this worker, so that no other sends them
// too, and says how many had been found.
func (w *Worker) claim(ctx context.Context) (claimed []store.Letter, found int, err error) {
	now := w.app.Now()
	var leaving []store.Letter
	err = w.app.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		leaving, err = g.LeavingLetters(ctx, now, handful)
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("find mail that leaves: %w", err)
	}
	byWorkspace := map[work.WorkspaceID][]int64{}
	var order []work.WorkspaceID
	for _, l := range leaving {
		if byWorkspace[l.Workspace] == nil {
			order = append(order, l.Workspace)
		}
		byWorkspace[l.Workspace] = append(byWorkspace[l.Workspace], l.ID)
	}
	for _, ws := range order {
		var mine []store.Letter
		err := w.app.Store.Write(ctx, ws, func(tx *store.Tx) (err error) {
			mine, err = take(ctx, tx, byWorkspace[ws], now)
			return err
		})
		if err != nil {
			return claimed, len(leaving), fmt.Errorf("claim mail of workspace %d: %w", ws, err)
		}
		claimed = append(claimed, mine...)
	}
	return claimed, len(leaving), nil
}

// take claims those of some mails that still wait.
func take(ctx context.Context, tx *store.Tx, ids []int64, now time.Time) ([]store.Letter, error) {
	var mine []store.Letter
	for _, id := range ids {
		l, err := tx.Letter(ctx, id)
		switch {
		case err != nil:
			return nil, err
		case !l.SentAt.IsZero(), !l.GivenUpAt.IsZero(), l.LeavesAt.After(now):
			continue // another worker was faster
		case l.Attempts == 0 && now.Sub(l.CreatedAt) > stale:
			l.GivenUpAt, l.Problem = now, "It waited more than two days for a mail server."
		default:
			l.Attempts, l.LeavesAt = l.Attempts+1, now.Add(lease)
			mine = append(mine, l)
		}
		if err := tx.SaveLetter(ctx, l); err != nil {
			return nil, err
		}
	}
	return mine, nil
}

// try sends a claimed mail and notes how that went.
func (w *Worker) try(ctx context.Context, l store.Letter) error {
	err := w.send(ctx, mail.Message{ID: l.MessageID, To: l.To, ReplyTo: l.ReplyTo, Subject: l.Subject, Body: l.Body, Calendar: l.Calendar, At: l.CreatedAt})
	now := w.app.Now()
	var refused mail.Refused
	switch {
	case err == nil:
		l.SentAt, l.Problem = now, ""
	case errors.As(err, &refused), l.Attempts >= tries:
		l.GivenUpAt, l.Problem = now, err.Error()
	case ctx.Err() != nil: // told to stop: the next start tries again at once
		l.Attempts, l.LeavesAt = l.Attempts-1, now
	default:
		l.LeavesAt, l.Problem = now.Add(min(longest, time.Minute<<(l.Attempts-1))), err.Error()
	}
	ctx = context.WithoutCancel(ctx)
	if err := w.app.Store.Write(ctx, l.Workspace, func(tx *store.Tx) error { return tx.SaveLetter(ctx, l) }); err != nil {
		return fmt.Errorf("note how mail %d of workspace %d went: %w", l.ID, l.Workspace, err)
	}
	return nil
}
