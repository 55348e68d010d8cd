package store

import (
	"context"
	"strings"
	"time"

	"baton/internal/learn"
	"baton/internal/work"
)

// A Belief is what is believed of one person's skill, as it is kept.
type Belief struct {
	Person     work.PersonID
	Skill      string
	Belief     learn.Belief
	Recorded   int           // the level on the person's card then
	By         work.PersonID // who took it
	Delegation work.DelegationID
	Cause      string

	DisputedAt  time.Time // zero when the person does not dispute it
	Dispute     string
	Own         int // what the person says of themselves; 0 for nothing
	Answer      string
	AnswerLevel int // what is answered; 0 for nothing yet
	AnsweredBy  work.PersonID
	SettledAt   time.Time
	SettledBy   work.PersonID
}

// Known is the belief as choices read it.
func (b *Belief) Known() learn.Known {
	return learn.Known{Skill: b.Skill, Belief: b.Belief, Recorded: b.Recorded, Disputed: !b.DisputedAt.IsZero(), Own: b.Own}
}

const beliefColumns = `person, skill, mean, variance, rounds, recorded, at, by, delegation, cause,
	disputed_at, dispute, own_level, answer, answer_level, answered_by, settled_at, settled_by`

func scanBelief(row scanner) (b Belief, err error) {
	var at, disputed, settled int64
	err = row.Scan(&b.Person, &b.Skill, &b.Belief.Mean, &b.Belief.Variance, &b.Belief.Rounds, &b.Recorded, &at, &b.By, &b.Delegation, &b.Cause,
		&disputed, &b.Dispute, &b.Own, &b.Answer, &b.AnswerLevel, &b.AnsweredBy, &settled, &b.SettledBy)
	b.Belief.At, b.DisputedAt, b.SettledAt = instant(at), instant(disputed), instant(settled)
	return b, err
}

// BeliefsAbout lists what is believed of a person, by the name of the skill.
func (tx *Tx) BeliefsAbout(ctx context.Context, person work.PersonID) ([]Belief, error) {
	return collect(ctx, tx.session, scanBelief, `SELECT `+beliefColumns+` FROM beliefs WHERE workspace = ? AND person = ? ORDER BY key`, tx.ws.ID, person)
}

// Known returns what choices rest on beside people's cards, by person.
func (tx *Tx) Known(ctx context.Context) (map[work.PersonID][]learn.Known, error) {
	all, err := collect(ctx, tx.session, scanBelief, `SELECT `+beliefColumns+` FROM beliefs WHERE workspace = ? ORDER BY person, key`, tx.ws.ID)
	out := map[work.PersonID][]learn.Known{}
	for i := range all {
		out[all[i].Person] = append(out[all[i].Person], all[i].Known())
	}
	return out, err
}

// SaveBelief keeps what is believed of a person's skill in place of what was
// believed before.
func (tx *Tx) SaveBelief(ctx context.Context, b *Belief) error {
	return tx.exec(ctx, `INSERT INTO beliefs (workspace, key, `+beliefColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (workspace, person, key) DO UPDATE SET skill = excluded.skill, mean = excluded.mean, variance = excluded.variance, rounds = excluded.rounds,
		recorded = excluded.recorded, at = excluded.at, by = excluded.by, delegation = excluded.delegation, cause = excluded.cause,
		disputed_at = excluded.disputed_at, dispute = excluded.dispute, own_level = excluded.own_level, answer = excluded.answer,
		answer_level = excluded.answer_level, answered_by = excluded.answered_by, settled_at = excluded.settled_at, settled_by = excluded.settled_by`,
		tx.ws.ID, strings.ToLower(b.Skill), b.Person, b.Skill, b.Belief.Mean, b.Belief.Variance, b.Belief.Rounds, b.Recorded, micros(b.Belief.At), b.By,
		b.Delegation, b.Cause, micros(b.DisputedAt), b.Dispute, b.Own, b.Answer, b.AnswerLevel, b.AnsweredBy, micros(b.SettledAt), b.SettledBy)
}
