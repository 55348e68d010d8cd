package clock

import (
	"context"
	"fmt"
	"time"

	"baton/internal/app"
	"baton/internal/ical"
	"baton/internal/mail"
	"baton/internal/store"
	"baton/internal/work"
)

// count lets the clock look at a vote: it reminds, reveals or lets it lapse.
func count(ctx context.Context, tx *app.Tx, id work.VoteID) error {
	v, err := tx.Vote(ctx, id)
	if err != nil {
		return err
	}
	v.Tick(tx.Act())
	return tx.KeepVote(ctx, v)
}

// ofVote lets a line of a mail tell of a vote: which decision area, who did it,
// until when and where it is found. Nothing in it says a level before the reveal.
// It returns the vote, nil for what is not told: a reminder of a level that came
// in, and what somebody without an account has no link to any more.
func (l *letters) ofVote(ctx context.Context, e work.Event, line *mail.Line) (*work.Vote, error) {
	v, err := l.tx.Vote(ctx, e.Detail.Vote)
	if err != nil {
		return nil, err
	}
	if e.Kind == work.VoteReminded && (v.State != work.VoteOpen || v.Round != e.Detail.Round || !v.Due(l.to.ID)) {
		return nil, nil //nolint:nilnil // there is nothing to tell
	}
	line.Title, line.Who, line.Until = v.Title, v.Names[e.By], l.day(v.AnswerBy)
	line.URL = fmt.Sprintf("%s/w/%d/votes/%d", l.tx.App.URL, l.tx.Workspace().ID, v.ID)
	if l.to.member {
		return v, nil
	}
	held, err := l.tx.Delegations(ctx, store.DelegationFilter{Task: v.DecisionArea, Giver: v.Giver, Receiver: l.to.ID, Going: true, Limit: 1})
	if err != nil || len(held) == 0 {
		return nil, err
	}
	link, err := l.link(ctx, held[0])
	line.URL = fmt.Sprintf("%s/votes/%d", link, v.ID)
	return v, err
}

// day is a moment's day by the reader's clock.
func (l *letters) day(at time.Time) string {
	return at.In(ical.Location(l.to.zone)).Format("Monday 2 January")
}

// votes lists the votes that wait for the reader, as sentences; to somebody
// without an account those of one giver.
func (l *letters) votes(ctx context.Context, giver work.PersonID) ([]string, error) {
	going, err := l.tx.Votes(ctx, store.VoteFilter{Voter: l.to.ID, Giver: giver, Going: true})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, v := range going {
		if !v.Due(l.to.ID) {
			continue
		}
		asks, by := "say your level", v.AnswerBy
		if v.State == work.VoteRevealed {
			asks, by = "settle the vote", v.SettleBy
		}
		out = append(out, fmt.Sprintf("“%s”: %s, by %s", v.Title, asks, l.day(by)))
	}
	return out, nil
}
