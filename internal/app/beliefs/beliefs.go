// Package beliefs holds the operations on what is believed of people's skills:
// whoever it is about sees all of it, with its cause, and may dispute it.
package beliefs

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/people"
	"baton/internal/learn"
	"baton/internal/store"
	"baton/internal/work"
)

// Operations lists what can be done with beliefs.
func Operations() []app.Operation { return []app.Operation{Mine, About, Dispute, Settle} }

// A Belief is what is believed of one skill of a person.
type Belief struct {
	Skill      string            `json:"skill" doc:"What it is called"`
	Level      int               `json:"level" doc:"What choices are made with, 1 to 5"`
	Mean       learn.Milli       `json:"mean" doc:"Thousandths of a level"`
	SD         learn.Milli       `json:"sd" doc:"How unsure it is: the standard deviation in thousandths of a level"`
	Rounds     int               `json:"rounds" doc:"Looks back it rests on"`
	Card       int               `json:"card" doc:"The level on the person's card; 0 when it is not there"`
	Words      string            `json:"words" doc:"The belief and what it rests on, in words"`
	Cause      string            `json:"cause,omitempty" doc:"Why: the look back, or what was recorded"`
	By         string            `json:"by,omitempty" doc:"Who took it, or wrote it on the card"`
	At         time.Time         `json:"at,omitzero" doc:"Since when it is believed"`
	Delegation work.DelegationID `json:"delegation,omitempty" doc:"Whose look back it came from, where you may see it"`
	Dispute    *Disagreement     `json:"dispute,omitempty" doc:"While it is disputed it counts for less"`
}

// A Disagreement is what a person says against a belief, and what was answered.
type Disagreement struct {
	At          time.Time `json:"at" doc:"When it was disputed"`
	Words       string    `json:"words" doc:"What is wrong, in the words of whom it is about"`
	Own         int       `json:"own_level,omitempty" doc:"What they say of themselves"`
	Answer      string    `json:"answer,omitempty" doc:"What was answered"`
	AnswerLevel int       `json:"answer_level,omitempty" doc:"Settle with this level to take the answer"`
	AnsweredBy  string    `json:"answered_by,omitempty" doc:"Who answered"`
	MayAnswer   bool      `json:"may_answer,omitempty" doc:"You took what is disputed, and answer"`
}

// A Record is everything recorded about what a person can do and wants.
type Record struct {
	Person    work.PersonID `json:"person" doc:"Whom it is about"`
	Name      string        `json:"name" doc:"What they are called"`
	Skills    []Belief      `json:"skills" doc:"One belief each"`
	Interests []string      `json:"interests" doc:"What interests them"`
	Wishes    []string      `json:"wants_to_grow_in" doc:"What they want to learn"`
	Less      []Less        `json:"wants_less_of" doc:"As they said looking back"`
	Note      string        `json:"note,omitempty" doc:"What the giver wrote of them for both to read"`
}

// Less is work somebody would like less of.
type Less struct {
	Subject string    `json:"subject" doc:"What they want less of"`
	Cause   string    `json:"cause" doc:"The look back in which they said it"`
	At      time.Time `json:"at" doc:"When"`
}

// Mine shows what is recorded about the actor.
var Mine = app.Read(app.Describe{
	Name: "belief.mine", Method: "GET", Path: "beliefs", Who: app.AnyMember, Summary: "See what is recorded about you: who said it, when and why.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (Record, error) {
	return recordOf(ctx, tx, tx.Me.Person)
})

// About shows what is recorded about somebody the actor knows.
var About = app.Read(app.Describe{
	Name: "belief.list", Method: "GET", Path: "people/{person}/beliefs", Who: app.AnyMember, Summary: "See what is recorded about a person you know.",
}, func(ctx context.Context, tx *app.Tx, in people.AskPerson) (Record, error) {
	return recordOf(ctx, tx, in.Person)
})

func recordOf(ctx context.Context, tx *app.Tx, id work.PersonID) (Record, error) {
	p, err := people.Known(ctx, tx, id)
	if err != nil {
		return Record{}, err
	}
	out := Record{Person: p.ID, Name: p.Name, Skills: []Belief{}, Interests: p.Interests, Wishes: p.Wishes, Less: []Less{}, Note: p.Note}
	if out.Skills, err = skillsOf(ctx, tx, &p); err != nil {
		return out, err
	}
	tired, err := Tired(ctx, tx, id)
	for _, l := range tired {
		out.Less = append(out.Less, Less{l.Subject, l.Cause, l.ClosedAt})
	}
	return out, err
}

// Of lists what is believed of a person's skills, each as the actor may see
// it. Whoever asks has said that the actor may know the person.
func Of(ctx context.Context, tx *app.Tx, id work.PersonID) ([]Belief, error) {
	p, err := tx.Person(ctx, id)
	if err != nil {
		return nil, err
	}
	return skillsOf(ctx, tx, &p)
}

func skillsOf(ctx context.Context, tx *app.Tx, p *work.Person) ([]Belief, error) {
	out := []Belief{}
	kept, err := tx.BeliefsAbout(ctx, p.ID)
	if err != nil {
		return out, err
	}
	for i := range kept {
		one, err := view(ctx, tx, p, &kept[i])
		if err != nil {
			return out, err
		}
		out = append(out, one)
	}
	cards := slices.DeleteFunc(slices.Clone(p.Skills), func(s work.Skill) bool {
		return slices.ContainsFunc(out, func(b Belief) bool { return strings.EqualFold(b.Skill, s.Name) })
	})
	written, err := writers(ctx, tx, p.ID, cards)
	if err != nil {
		return out, err
	}
	for _, s := range cards {
		b := onCard(s)
		if e := written(s); e != nil {
			b.At = e.At
			if b.By, err = name(ctx, tx, e.By); err != nil {
				return out, err
			}
		}
		out = append(out, b)
	}
	slices.SortStableFunc(out, func(a, b Belief) int { return cmp.Compare(strings.ToLower(a.Skill), strings.ToLower(b.Skill)) })
	return out, nil
}

// writers finds the change that wrote a level on a person's card: the newest
// that says what the card says; nil where none is recorded.
func writers(ctx context.Context, tx *app.Tx, id work.PersonID, cards []work.Skill) (func(work.Skill) *work.Event, error) {
	var events []work.Event
	var err error
	if len(cards) > 0 {
		events, err = tx.Events(ctx, store.EventFilter{About: id, Newest: true, Limit: 500})
	}
	return func(s work.Skill) *work.Event {
		for i := range events {
			if slices.ContainsFunc(events[i].Detail.Skills, func(w work.Skill) bool { return strings.EqualFold(w.Name, s.Name) && w.Level == s.Level }) {
				return &events[i]
			}
		}
		return nil
	}, err
}

// Written reports whether it is a level that somebody wrote on the card, which
// no look back has touched.
func (b *Belief) Written() bool { return b.Rounds == 0 && b.Cause == "" }

// onCard is what a level on a card stands for as long as nobody looked back.
func onCard(s work.Skill) Belief {
	b := learn.Recorded(s.Level, time.Time{})
	return Belief{Skill: s.Name, Level: b.Effective(), Mean: b.Mean, SD: b.SD(), Card: s.Level, Words: b.Words()}
}

// view shows a belief as it counts now. The look back it came from is named to
// those who may see the delegation.
func view(ctx context.Context, tx *app.Tx, p *work.Person, k *store.Belief) (Belief, error) {
	card := p.SkillLevel(k.Skill)
	known := k.Known()
	now := known.Now(card, tx.Now)
	out := Belief{
		Skill: k.Skill, Level: now.Effective(), Mean: now.Mean, SD: now.SD(), Rounds: now.Rounds, Card: card, Words: known.Words(now),
		Cause: k.Cause, At: k.Belief.At,
	}
	var err error
	if out.By, err = name(ctx, tx, k.By); err != nil {
		return out, err
	}
	d, err := source(ctx, tx, k)
	switch {
	case err != nil:
		return out, err
	case d != nil && d.Is(tx.Me.Person, work.AsEither):
		out.Delegation = k.Delegation
	case tx.Me.Person != p.ID:
		out.Cause = "" // names work the actor knows nothing of
	}
	if known.Disputed {
		answeredBy, err := name(ctx, tx, k.AnsweredBy)
		if err != nil {
			return out, err
		}
		mine := tx.Me.Person != p.ID && mayAnswer(ctx, tx, k) == nil
		out.Dispute = &Disagreement{k.DisputedAt, k.Dispute, k.Own, k.Answer, k.AnswerLevel, answeredBy, mine}
	}
	return out, nil
}

func name(ctx context.Context, tx *app.Tx, id work.PersonID) (string, error) {
	if id == 0 {
		return "", nil
	}
	p, err := tx.Person(ctx, id)
	return p.Name, err
}

// Find returns what is believed of a person's skill; for what nobody looked
// back on, what their card stands for.
func Find(ctx context.Context, tx *app.Tx, p *work.Person, skill string) (store.Belief, error) {
	kept, err := tx.BeliefsAbout(ctx, p.ID)
	if err != nil {
		return store.Belief{}, err
	}
	for _, b := range kept {
		if strings.EqualFold(b.Skill, skill) {
			return b, nil
		}
	}
	level := p.SkillLevel(skill)
	return store.Belief{Person: p.ID, Skill: skill, Belief: learn.Recorded(level, tx.Now), Recorded: level}, nil
}

// Seen returns a person as choices see them: each skill at the level that what
// is believed of it counts as.
func Seen(ctx context.Context, tx *app.Tx, p *work.Person) (*work.Person, []learn.Known, error) {
	kept, err := tx.BeliefsAbout(ctx, p.ID)
	known := make([]learn.Known, len(kept))
	for i := range kept {
		known[i] = kept[i].Known()
	}
	return learn.Apply(p, known, tx.Now), known, err
}

// Tired lists what a person, or everybody when 0, said looking back that they
// would like less of, unless they said otherwise since.
func Tired(ctx context.Context, tx *app.Tx, person work.PersonID) ([]store.Lesson, error) {
	said, err := tx.Lessons(ctx, store.LessonFilter{About: person, Kind: learn.InterestLesson, State: store.LessonTaken})
	var out []store.Lesson
	type wish struct {
		person  work.PersonID
		subject string
	}
	seen := map[wish]bool{}
	for _, l := range said { // the newest first
		key := wish{l.About, strings.ToLower(l.Subject)}
		if !seen[key] && l.To < 0 {
			out = append(out, l)
		}
		seen[key] = true
	}
	return out, err
}
