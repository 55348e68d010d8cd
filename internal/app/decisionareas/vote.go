package decisionareas

import (
	"context"
	"slices"
	"strconv"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/phrase"
	"baton/internal/store"
	"baton/internal/work"
)

// A Vote as one of its voters sees it: before the reveal of a round nobody's
// ballot of it but their own.
type Vote struct {
	ID           work.VoteID         `json:"id"`
	DecisionArea work.TaskID         `json:"decision_area" doc:"The decision area's number"`
	Title        string              `json:"title" doc:"What is decided there"`
	Giver        delegations.Party   `json:"giver" doc:"Who started it"`
	Person       delegations.Party   `json:"person" doc:"Whom the level is for"`
	Question     string              `json:"question" doc:"What is asked"`
	Examples     []string            `json:"examples,omitempty" doc:"Decisions to think of"`
	State        work.VoteState      `json:"state" enum:"open,revealed,settled,lapsed,withdrawn" doc:"Levels are hidden while it is open"`
	Why          string              `json:"why,omitempty" doc:"Why it lapsed"`
	Round        int                 `json:"round" doc:"Which round it is, from 1 on"`
	AnswerBy     time.Time           `json:"answer_by" doc:"When the round is over, if not all are in before"`
	Voters       []delegations.Party `json:"voters" doc:"Everybody asked"`
	Away         []delegations.Party `json:"away,omitempty" doc:"Voters who are away, whether they voted or not: the reveal does not wait for them"`
	In           int                 `json:"in" doc:"How many of this round are in"`
	Due          bool                `json:"due,omitempty" doc:"It is yours to vote, or to settle"`
	Ballots      []Ballot            `json:"ballots" doc:"Your own, and all of the rounds that are revealed"`
	Low          work.Level          `json:"low,omitempty" doc:"The lowest of the revealed round"`
	High         work.Level          `json:"high,omitempty" doc:"The highest of the revealed round"`
	Asked        bool                `json:"asked,omitempty" doc:"You said the highest or the lowest: say why"`
	SettleBy     *time.Time          `json:"settle_by,omitempty" doc:"Until when a revealed vote can be settled"`
	Level        work.Level          `json:"level,omitempty" doc:"Settled on"`
	SettledBy    *delegations.Party  `json:"settled_by,omitempty" doc:"Who settled it"`
	Delegation   work.DelegationID   `json:"delegation,omitempty" doc:"Whose terms it went to, where you are a side of it"`
	Moves        []string            `json:"moves" doc:"What you can do: cast, say, again, settle, withdraw"`
	Zone         string              `json:"zone" doc:"In which days are counted"`
	Version      int64               `json:"version"`
}

// A Ballot as a voter sees it.
type Ballot struct {
	Round  int               `json:"round" doc:"Of which round"`
	Person delegations.Party `json:"person" doc:"Who said it"`
	Mine   bool              `json:"mine,omitempty" doc:"It is yours"`
	Level  work.Level        `json:"level" doc:"1 (the giver decides) to 7 (the person decides)"`
	Reason string            `json:"reason,omitempty" doc:"Said with the level"`
	Words  string            `json:"words,omitempty" doc:"Said after the reveal"`
}

// view shows a vote to the actor, who is one of its voters.
func view(tx *app.Tx, v *work.Vote) Vote {
	me := tx.Me.Person
	party := func(p work.PersonID) delegations.Party { return delegations.Party{ID: p, Name: v.Names[p]} }
	out := Vote{
		ID: v.ID, DecisionArea: v.DecisionArea, Title: v.Title, Giver: party(v.Giver), Person: party(v.Receiver), Question: v.Question, Examples: v.Examples,
		State: v.State, Why: v.Why(), Round: v.Round, AnswerBy: v.AnswerBy, In: v.In(), Due: v.Due(me), Ballots: []Ballot{}, Asked: v.Asked(me),
		Level: v.Level, Moves: []string{}, Zone: tx.Zone(), Version: v.Version,
	}
	for _, p := range v.Voters() {
		out.Voters = append(out.Voters, party(p))
	}
	for _, p := range v.Away() {
		out.Away = append(out.Away, party(p))
	}
	for _, b := range v.Seen(me) {
		if b.Level != 0 {
			out.Ballots = append(out.Ballots, Ballot{b.Round, party(b.Person), b.Person == me, b.Level, b.Reason, b.Words})
		}
	}
	out.Low, out.High = v.Extremes()
	if !v.SettleBy.IsZero() && v.State == work.VoteRevealed {
		out.SettleBy = &v.SettleBy
	}
	if v.SettledBy != 0 {
		by := party(v.SettledBy)
		out.SettledBy = &by
	}
	if me == v.Giver || me == v.Receiver {
		out.Delegation = v.Delegation
	}
	out.Moves = append(out.Moves, v.Possible(me)...)
	return out
}

var errNoVote = work.Errorf(work.NotFound, "There is no such vote.")

// mineVote returns a vote the actor votes in; any other is not there for them.
// A guest's link opens those on the level of the one delegation it opens.
func mineVote(ctx context.Context, tx *app.Tx, id work.VoteID) (*work.Vote, error) {
	v, err := tx.Vote(ctx, id)
	if err != nil {
		return nil, err
	}
	f, err := mineVotes(ctx, tx)
	switch {
	case err != nil:
		return nil, err
	case !slices.Contains(v.Voters(), tx.Me.Person), f.Task != 0 && f.Task != v.DecisionArea, f.Giver != 0 && f.Giver != v.Giver:
		return nil, errNoVote
	}
	return v, nil
}

// mineVotes says which votes the actor votes in: a guest in those in the
// decision area of their delegation that its giver started, until it is over.
func mineVotes(ctx context.Context, tx *app.Tx) (store.VoteFilter, error) {
	f := store.VoteFilter{Voter: tx.Me.Person}
	if tx.Me.Guest == 0 {
		return f, nil
	}
	d, err := tx.Delegation(ctx, tx.Me.Guest)
	if work.KindOf(err) == work.NotFound || err == nil && (d.Receiver != tx.Me.Person || d.State == work.Draft || d.State == work.Ended) {
		return f, errNoVote
	}
	if err != nil {
		return f, err
	}
	f.Task, f.Giver = d.Task, d.Giver
	return f, nil
}

// OnVote names a vote.
type OnVote struct {
	Vote    work.VoteID `path:"vote" json:"-"`
	IfMatch app.Match   `header:"If-Match" json:"-" doc:"Refuse when the version is another"`
}

func (o OnVote) on() OnVote { return o }

// move makes an operation on a vote of a rule.
func move[In interface{ on() OnVote }](d app.Describe, rule func(context.Context, *app.Tx, *work.Vote, In) error) app.Op[In, Vote] {
	return app.Write(d, func(ctx context.Context, tx *app.Tx, in In) (Vote, error) {
		on := in.on()
		v, err := mineVote(ctx, tx, on.Vote)
		if err != nil {
			return Vote{}, err
		}
		if err := tx.Fresh(ctx, on.IfMatch, v.Version, 0, "the vote"); err != nil {
			return Vote{}, err
		}
		if err := rule(ctx, tx, v, in); err != nil {
			return Vote{}, err
		}
		if err := tx.KeepVote(ctx, v); err != nil {
			return Vote{}, err
		}
		return view(tx, v), nil
	})
}

// NewVote is what it takes to ask for a level.
type NewVote struct {
	Task     work.TaskID     `path:"task" json:"-"`
	IfMatch  app.Match       `header:"If-Match" json:"-" doc:"Refuse when the version of the decision area is another"`
	Person   work.PersonID   `json:"person" doc:"Whom the level is for; they vote too"`
	Voters   []work.PersonID `json:"voters,omitempty" maxItems:"10" doc:"Who votes beside the two of you: members whom it concerns, and those without an account who hold a level in it"`
	Question string          `json:"question" minLength:"1" maxLength:"1000" doc:"What is asked"`
	Examples []string        `json:"examples,omitempty" maxItems:"10" doc:"Decisions to think of"`
	AnswerBy time.Time       `json:"answer_by,omitzero" doc:"Three working days unless said"`

	AnswerByWords string `json:"answer_by_words,omitempty" maxLength:"100" doc:"A day in words, instead of answer_by: friday"`
}

// StartVote asks some people, blind, for a level.
var StartVote = app.Write(app.Describe{
	Name: "vote.start", Method: "POST", Path: "tasks/{task}/votes", Who: app.AnyMember, Undo: "vote.withdraw",
	Summary: "Ask some people, blind, which level somebody should have in a decision area of yours.",
}, func(ctx context.Context, tx *app.Tx, in NewVote) (Vote, error) {
	t, err := tasks.MineAt(ctx, tx, in.Task, in.IfMatch)
	if err != nil {
		return Vote{}, err
	}
	if t.Carrier != tx.Me.Person {
		return Vote{}, work.Errorf(work.Forbidden, "“%s” is on somebody else's plate; only they start a vote on it.", t.Title)
	}
	for _, p := range append([]work.PersonID{in.Person}, in.Voters...) {
		if err := mayVote(ctx, tx, t.ID, p); err != nil {
			return Vote{}, err
		}
	}
	there, err := tx.Votes(ctx, store.VoteFilter{Task: t.ID, Going: true})
	if err != nil {
		return Vote{}, err
	}
	if slices.ContainsFunc(there, func(v *work.Vote) bool { return v.Receiver == in.Person }) {
		return Vote{}, work.Errorf(work.Conflict, "A vote on this level goes on already; settle it or withdraw it first.")
	}
	until, err := answerBy(tx, in.AnswerBy, in.AnswerByWords)
	if err != nil {
		return Vote{}, err
	}
	v, err := work.StartVote(tx.Act(), work.VoteID(tx.NextID()), &t, in.Person, in.Voters, work.Vote{Question: in.Question, Examples: in.Examples, AnswerBy: until})
	if err != nil {
		return Vote{}, err
	}
	if err := tx.KeepVote(ctx, v); err != nil {
		return Vote{}, err
	}
	v, err = tx.Vote(ctx, v.ID)
	if err != nil {
		return Vote{}, err
	}
	return view(tx, v), nil
})

// answerBy reads until when to vote: a moment, or a day in words.
func answerBy(tx *app.Tx, at time.Time, words string) (time.Time, error) {
	if words == "" {
		return at, nil
	}
	due, err := phrase.Day(words, phrase.Context{Now: tx.Now, Zone: tx.Zone()})
	if err != nil {
		return at, work.FieldError("answer_by_words", "%s.", err)
	}
	return due.Instant().Add(-time.Minute), nil // still on that day
}

// mayVote refuses who has no place of their own in which to vote unseen: an
// account, or the link to their delegation of the decision area.
func mayVote(ctx context.Context, tx *app.Tx, area work.TaskID, id work.PersonID) error {
	if id == 0 {
		return nil // the rule says what is missing
	}
	p, err := people.Known(ctx, tx, id)
	switch {
	case err != nil:
		return err
	case p.Gone(tx.Today()):
		return work.FieldError("voters", "%s has left.", p.Name)
	case p.Kind == work.Agent:
		return work.FieldError("voters", "%s is software, and software does not vote.", p.Name)
	}
	m, err := tx.Member(ctx, id)
	switch {
	case err == nil && m.Coach:
		return work.FieldError("voters", "%s is here as a coach, and a coach does not vote.", p.Name)
	case work.KindOf(err) != work.NotFound:
		return err
	}
	held, err := tx.Delegations(ctx, store.DelegationFilter{Task: area, Giver: tx.Me.Person, Receiver: id, Going: true, Limit: 1})
	if err == nil && len(held) == 0 {
		return work.FieldError("voters", "%s has no account here and no level in this decision area, so no page on which to vote unseen. Offer them a level first, or invite them.", p.Name)
	}
	return err
}

// AskVotes says which votes to list.
type AskVotes struct {
	app.Page
	Going bool `query:"going" json:"-" doc:"Only those that are open, or revealed and not settled"`
}

// Votes lists the votes the actor takes part in, the newest first.
var Votes = app.Read(app.Describe{
	Name: "vote.list", Method: "GET", Path: "votes", Who: app.AnyMember, Summary: "List the votes on levels that you take part in.",
}, func(ctx context.Context, tx *app.Tx, in AskVotes) (app.List[Vote], error) {
	out := app.List[Vote]{Items: []Vote{}}
	before, err := in.Behind()
	if err != nil {
		return out, err
	}
	f, err := mineVotes(ctx, tx)
	if work.KindOf(err) == work.NotFound {
		return out, nil // their link opens what they hold no level in
	}
	if err != nil {
		return out, err
	}
	f.Going, f.Before, f.Limit = in.Going, work.VoteID(before), in.Size()+1
	found, err := tx.Votes(ctx, f)
	if err != nil {
		return out, err
	}
	if len(found) > in.Size() {
		found = found[:in.Size()]
		out.Next = strconv.FormatInt(int64(found[len(found)-1].ID), 10)
	}
	for _, v := range found {
		out.Items = append(out.Items, view(tx, v))
	}
	return out, nil
})

// ShowVote returns one vote.
var ShowVote = app.Read(app.Describe{
	Name: "vote.show", Method: "GET", Path: "votes/{vote}", Who: app.AParty, Summary: "Look at a vote: your own level, and everybody's once it is revealed.",
}, func(ctx context.Context, tx *app.Tx, in OnVote) (Vote, error) {
	v, err := mineVote(ctx, tx, in.Vote)
	if err != nil {
		return Vote{}, err
	}
	return view(tx, v), nil
})

// A CastLevel is what a voter says.
type CastLevel struct {
	OnVote
	Level  work.Level `json:"level" minimum:"1" maximum:"7" doc:"1 (the giver decides) to 7 (the person decides)"`
	Reason string     `json:"reason,omitempty" maxLength:"2000" doc:"Why; read after the reveal"`
}

// Cast keeps the actor's level, unseen until the reveal.
var Cast = move(app.Describe{
	Name: "vote.cast", Method: "PUT", Path: "votes/{vote}/ballot", Who: app.AParty, Undo: "vote.cast", Summary: "Say which level you would give; nobody sees it before all who are here have voted or the time is over.",
}, func(_ context.Context, tx *app.Tx, v *work.Vote, in CastLevel) error {
	return v.Cast(tx.Act(), in.Level, in.Reason)
})

// SayWhy is what the highest and the lowest are asked after the reveal.
type SayWhy struct {
	OnVote
	Words string `json:"words" minLength:"1" maxLength:"2000" doc:"Why yours was the highest or the lowest"`
}

// Say keeps why the actor was the highest or the lowest.
var Say = move(app.Describe{
	Name: "vote.say", Method: "PUT", Path: "votes/{vote}/words", Who: app.AParty, Undo: "vote.say", Summary: "Say why yours was the highest or the lowest level.",
}, func(_ context.Context, tx *app.Tx, v *work.Vote, in SayWhy) error {
	return v.Say(tx.Act(), in.Words)
})

// AnotherRound says until when.
type AnotherRound struct {
	OnVote
	AnswerBy time.Time `json:"answer_by,omitzero" doc:"Three working days unless said"`

	AnswerByWords string `json:"answer_by_words,omitempty" maxLength:"100" doc:"A day in words, instead of answer_by: friday"`
}

// Again begins a second round.
var Again = move(app.Describe{
	Name: "vote.again", Method: "POST", Path: "votes/{vote}/rounds", Who: app.AParty, Summary: "Vote once more, with what was said in mind.",
}, func(_ context.Context, tx *app.Tx, v *work.Vote, in AnotherRound) error {
	until, err := answerBy(tx, in.AnswerBy, in.AnswerByWords)
	if err != nil {
		return err
	}
	return v.Again(tx.Act(), until)
})

// TakeBack says why.
type TakeBack struct {
	OnVote
	Reason string `json:"reason,omitempty" maxLength:"2000" doc:"Why"`
}

// Withdraw takes a vote back.
var Withdraw = move(app.Describe{
	Name: "vote.withdraw", Method: "POST", Path: "votes/{vote}/withdrawal", Who: app.AParty, Undo: "vote.start", Summary: "Take a vote back; what was not revealed stays so.",
}, func(_ context.Context, tx *app.Tx, v *work.Vote, in TakeBack) error {
	return v.Withdraw(tx.Act(), in.Reason)
})
