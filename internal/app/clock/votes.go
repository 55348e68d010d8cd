package clock

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"baton/internal/app"
	"baton/internal/ical"
	"baton/internal/mail"
	"baton/internal/store"
	"baton/internal/work"
)

// closeVotes closes the votes whose time is over. They stand by themselves:
// nothing of a delegation hangs on when a vote is over.
func closeVotes(ctx context.Context, a *app.App, now time.Time) error {
	stuck := map[store.DueVote]bool{}
	var failed []error
	for {
		var due []store.DueVote
		err := a.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
			due, err = g.DueVotes(ctx, now, batch+len(stuck))
			return err
		})
		if err != nil {
			return errors.Join(append(failed, fmt.Errorf("find votes that are over: %w", err))...)
		}
		due = slices.DeleteFunc(due, func(d store.DueVote) bool { return stuck[d] })
		if len(due) == 0 || ctx.Err() != nil {
			return errors.Join(append(failed, ctx.Err())...)
		}
		for _, d := range due {
			if err := closeVote(ctx, a, d); err != nil {
				stuck[d] = true
				failed = append(failed, fmt.Errorf("vote %d of workspace %d: %w", d.Vote, d.Workspace, err))
			}
		}
	}
}

func closeVote(ctx context.Context, a *app.App, d store.DueVote) error {
	return at(ctx, a, d.Workspace, d.At, func(tx *app.Tx) error {
		v, err := tx.Vote(ctx, d.Vote)
		if err != nil {
			return err
		}
		v.Tick(tx.Act())
		return tx.KeepVote(ctx, v)
	})
}

// ofVote lets a line of a mail tell of a vote: which decision area, who did it
// and where it is found. Nothing in it says a level before the reveal.
func (l *letters) ofVote(ctx context.Context, e work.Event, line *mail.Line) error {
	t, err := l.tx.Task(ctx, e.Task)
	if err != nil {
		return err
	}
	line.Title = t.Title
	line.URL = fmt.Sprintf("%s/w/%d/votes/%d", l.tx.App.URL, l.tx.Workspace().ID, e.Detail.Vote)
	if e.By == 0 {
		return nil
	}
	p, err := l.tx.Person(ctx, e.By)
	line.Who = p.Name
	return err
}

// votes lists the votes that wait for the reader, as sentences.
func (l *letters) votes(ctx context.Context) ([]string, error) {
	going, err := l.tx.Votes(ctx, store.VoteFilter{Voter: l.to.ID, Going: true})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, v := range going {
		if !v.Due(l.to.ID) {
			continue
		}
		t, err := l.tx.Task(ctx, v.DecisionArea)
		if err != nil {
			return nil, err
		}
		asks := "say your level"
		if v.State == work.VoteRevealed {
			asks = "settle the vote"
		}
		out = append(out, fmt.Sprintf("“%s”: %s, by %s", t.Title, asks, v.DueAt().In(ical.Location(l.to.zone)).Format("Monday 2 January")))
	}
	return out, nil
}
