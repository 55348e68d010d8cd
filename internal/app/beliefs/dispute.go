package beliefs

import (
	"context"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/people"
	"baton/internal/learn"
	"baton/internal/store"
	"baton/internal/work"
)

// DisputeBelief says what the actor holds against what is recorded of them.
type DisputeBelief struct {
	Skill string `json:"skill" minLength:"1" maxLength:"200" doc:"As GET beliefs names it"`
	Words string `json:"words" minLength:"1" maxLength:"2000" doc:"In your own words"`
	Own   int    `json:"own_level,omitempty" minimum:"0" maximum:"5" doc:"The level you would give yourself; 0 says none"`
}

// Dispute makes what is recorded of a skill of the actor's count for less
// until it is settled.
var Dispute = app.Write(app.Describe{
	Name: "belief.dispute", Method: "POST", Path: "beliefs/disputes", Who: app.AnyMember, Undo: "belief.settle", Summary: "Dispute what is recorded of a skill of yours, in your own words.",
}, func(ctx context.Context, tx *app.Tx, in DisputeBelief) (Belief, error) {
	p, err := people.Known(ctx, tx, tx.Me.Person)
	if err != nil {
		return Belief{}, err
	}
	switch {
	case strings.TrimSpace(in.Words) == "":
		return Belief{}, work.FieldError("words", "Say in your own words what is wrong.")
	case in.Own < 0 || in.Own > 5:
		return Belief{}, work.FieldError("own_level", "A level of skill is a number from 1 to 5.")
	}
	b, err := Find(ctx, tx, &p, strings.TrimSpace(in.Skill))
	switch {
	case err != nil:
		return Belief{}, err
	case b.Belief.Rounds == 0 && p.SkillLevel(b.Skill) == 0:
		return Belief{}, work.FieldError("skill", "Nothing is recorded about your %s.", in.Skill)
	}
	b.DisputedAt, b.Dispute, b.Own = tx.Now, in.Words, in.Own
	b.Answer, b.AnswerLevel, b.AnsweredBy, b.SettledAt, b.SettledBy = "", 0, 0, time.Time{}, 0
	return keep(ctx, tx, &p, &b, work.BeliefDisputed, in.Words)
})

// keep saves a belief, records what happened to it, tells the other of the two
// it is between, and shows it.
func keep(ctx context.Context, tx *app.Tx, p *work.Person, b *store.Belief, kind work.EventKind, words string) (Belief, error) {
	if err := tx.SaveBelief(ctx, b); err != nil {
		return Belief{}, err
	}
	e := work.Event{At: tx.Now, By: tx.Me.Person, Kind: kind, Person: p.ID, Detail: work.Detail{Name: b.Skill, Text: words}}
	d, err := source(ctx, tx, b)
	switch {
	case err != nil:
		return Belief{}, err
	case d == nil:
		err = tx.Happened(ctx, e)
	default:
		if e.Delegation, e.Task = d.ID, d.Task; tx.Me.Person == p.ID {
			e.Person = b.By
		}
		err = tx.Tell(ctx, d, nil, e)
	}
	if err != nil {
		return Belief{}, err
	}
	return view(ctx, tx, p, b)
}

// source is the delegation whose look back a belief came from, nil for none.
func source(ctx context.Context, tx *app.Tx, b *store.Belief) (*work.Delegation, error) {
	if b.Delegation == 0 {
		return nil, nil //nolint:nilnil // what a card says came from no look back
	}
	d, err := tx.Delegation(ctx, b.Delegation)
	if work.KindOf(err) == work.NotFound {
		return nil, nil //nolint:nilnil // discarded since
	}
	return d, err
}

// SettleBelief ends a dispute, or answers it.
type SettleBelief struct {
	Person  work.PersonID `path:"person" json:"-"`
	IfMatch app.Match     `header:"If-Match" json:"-" doc:"Refuse when the version of the person is another"`
	Skill   string        `json:"skill" minLength:"1" maxLength:"200" doc:"As the dispute names it"`
	Level   int           `json:"level" minimum:"0" maximum:"5" doc:"The level to agree on; the person it is about may say 0: what is recorded stands"`
	Words   string        `json:"words,omitempty" maxLength:"2000" doc:"Why"`
}

// Settle ends a dispute when both say the same level: whoever took the belief
// agrees with the person's own, or the person with the answer. The person may
// also let what is recorded stand. Any other level of whoever took it is an
// answer, and the dispute goes on.
var Settle = app.Write(app.Describe{
	Name: "belief.settle", Method: "POST", Path: "people/{person}/beliefs/settlement", Who: app.AnyMember, Undo: "belief.dispute",
	Summary: "Settle a dispute about what is recorded of somebody, or answer it.",
}, func(ctx context.Context, tx *app.Tx, in SettleBelief) (Belief, error) {
	p, err := people.KnownAt(ctx, tx, in.Person, in.IfMatch)
	if err != nil {
		return Belief{}, err
	}
	b, err := Find(ctx, tx, &p, strings.TrimSpace(in.Skill))
	switch {
	case err != nil:
		return Belief{}, err
	case b.DisputedAt.IsZero():
		return Belief{}, work.Errorf(work.Conflict, "%s does not dispute what is recorded of their %s.", p.Name, in.Skill)
	case in.Level < 0 || in.Level > 5:
		return Belief{}, work.FieldError("level", "A level of skill is a number from 1 to 5.")
	}
	if tx.Me.Person == p.ID {
		return settleOwn(ctx, tx, &p, &b, in)
	}
	if err := mayAnswer(ctx, tx, &b); err != nil {
		return Belief{}, err
	}
	if in.Level == 0 {
		return Belief{}, work.FieldError("level", "Answer with a level from 1 to 5; %s says %d.", p.Name, b.Own)
	}
	if in.Level == b.Own {
		return settle(ctx, tx, &p, &b, in.Level, in.Words)
	}
	b.Answer, b.AnswerLevel, b.AnsweredBy = in.Words, in.Level, tx.Me.Person
	return keep(ctx, tx, &p, &b, work.BeliefAnswered, in.Words)
})

// settleOwn is the person's part: to take the answer, or to let it stand.
func settleOwn(ctx context.Context, tx *app.Tx, p *work.Person, b *store.Belief, in SettleBelief) (Belief, error) {
	switch {
	case in.Level == 0:
		b.DisputedAt, b.SettledAt, b.SettledBy = time.Time{}, tx.Now, p.ID
		return keep(ctx, tx, p, b, work.BeliefSettled, in.Words)
	case b.AnswerLevel != 0 && in.Level == b.AnswerLevel:
		return settle(ctx, tx, p, b, in.Level, in.Words)
	}
	return Belief{}, work.FieldError("level", "You can agree to the answer, or let what is recorded stand with 0; to say another level, dispute it again.")
}

// mayAnswer lets whoever took the belief answer; when nobody did or they left,
// an owner of the workspace.
func mayAnswer(ctx context.Context, tx *app.Tx, b *store.Belief) error {
	if b.By == tx.Me.Person {
		return nil
	}
	if b.By != 0 {
		by, err := tx.Person(ctx, b.By)
		if err != nil {
			return err
		}
		if !by.Gone(tx.Today()) {
			return work.Errorf(work.Forbidden, "%s took what is disputed, and answers.", by.Name)
		}
	}
	return tx.Owner()
}

// settle records the level both agree on, on the card too.
func settle(ctx context.Context, tx *app.Tx, p *work.Person, b *store.Belief, level int, words string) (Belief, error) {
	rounds := b.Belief.Rounds
	b.Belief = learn.Recorded(level, tx.Now)
	b.Belief.Rounds, b.Recorded = rounds, level
	b.DisputedAt, b.SettledAt, b.SettledBy = time.Time{}, tx.Now, tx.Me.Person
	if err := Write(ctx, tx, p, b.Skill, level); err != nil {
		return Belief{}, err
	}
	return keep(ctx, tx, p, b, work.BeliefSettled, words)
}

// Write puts a level on a person's card.
func Write(ctx context.Context, tx *app.Tx, p *work.Person, skill string, level int) error {
	skills := append([]work.Skill{}, p.Skills...)
	found := false
	for i := range skills {
		if strings.EqualFold(skills[i].Name, skill) {
			found = true
			if skills[i].Level == level {
				return nil
			}
			skills[i].Level = level
		}
	}
	if !found {
		skills = append(skills, work.Skill{Name: skill, Level: level})
	}
	edited, err := people.Edit.Within(ctx, tx, people.EditPerson{Person: p.ID, Fields: people.Fields{Skills: &skills}})
	p.Skills, p.Version = skills, edited.Version
	return err
}
