package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"baton/internal/app"
	"baton/internal/app/decisionareas"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/work"
)

// votePages registers the blind vote on a level.
func (s *server) votePages() {
	s.member("GET /votes", (*visit).votesPage)
	s.member("GET /votes/{vote}", (*visit).votePage)
	s.member("GET /tasks/{task}/votes", (*visit).newVotePage)
	s.member("POST /tasks/{task}/votes", (*visit).startVote)
	s.member("POST /votes/{vote}/ballot", (*visit).castLevel)
	s.member("POST /votes/{vote}/words", (*visit).sayWhy)
	s.member("POST /votes/{vote}/rounds", (*visit).voteAgain)
	s.member("POST /votes/{vote}/settlement", (*visit).settleVote)
	s.member("POST /votes/{vote}/withdrawal", (*visit).withdrawVote)
}

// A ballotBox is what the page of a vote shows.
type ballotBox struct {
	decisionareas.Vote
	form *form
	Base string
}

// mine is the reader's ballot of this round, nil before.
func (b *ballotBox) mine() *decisionareas.Ballot {
	for i := range b.Ballots {
		if b.Ballots[i].Mine && b.Ballots[i].Round == b.Round {
			return &b.Ballots[i]
		}
	}
	return nil
}

// can reports whether the reader can do something now.
func (b *ballotBox) can(move string) bool {
	return slices.Contains(b.Moves, move)
}

// rounds are the revealed rounds, the latest first.
func (b *ballotBox) rounds() []int {
	var out []int
	for n := b.Round; n > 0; n-- {
		if n < b.Round || b.Low != 0 {
			out = append(out, n)
		}
	}
	return out
}

// of are the ballots of a round.
func (b *ballotBox) of(round int) []decisionareas.Ballot {
	var out []decisionareas.Ballot
	for _, one := range b.Ballots {
		if one.Round == round {
			out = append(out, one)
		}
	}
	return out
}

// outermost says which end of what was said the reader's own level is, of those
// who are asked to say why.
func (b *ballotBox) outermost() string {
	if mine := b.mine(); mine != nil && mine.Level == b.High {
		return "highest"
	}
	return "lowest"
}

func (v *visit) votesPage() error {
	all, err := do(v, decisionareas.Votes, decisionareas.AskVotes{})
	if err != nil {
		return err
	}
	return v.show("Votes", "decision-areas", votesView(v, all.Items))
}

// votesDue are the votes that wait for the reader.
func (v *visit) votesDue() ([]decisionareas.Vote, error) {
	going, err := do(v, decisionareas.Votes, decisionareas.AskVotes{Going: true})
	return slices.DeleteFunc(going.Items, func(one decisionareas.Vote) bool { return !one.Due }), err
}

func (v *visit) votePage() error {
	id, err := number[work.VoteID](v, "vote")
	if err != nil {
		return err
	}
	return v.showVote(http.StatusOK, id, nil)
}

func (v *visit) showVote(status int, id work.VoteID, f *form) error {
	one, err := do(v, decisionareas.ShowVote, decisionareas.OnVote{Vote: id})
	if err != nil {
		return err
	}
	b := &ballotBox{Vote: one, form: f, Base: v.voteAt(id)}
	if f == nil {
		b.form = fields()
		if mine := b.mine(); mine != nil {
			b.form = fields("level", strconv.Itoa(int(mine.Level)), "reason", mine.Reason, "words", mine.Words)
		}
	}
	if v.guest != "" {
		return v.showGuest(status, "Vote: "+one.Title, guestVoteView(v, b))
	}
	return v.showAs(status, "Vote: "+one.Title, "decision-areas", voteView(v, b))
}

// voteAt is the address of a vote for its reader.
func (v *visit) voteAt(id work.VoteID) string {
	if v.guest != "" {
		return fmt.Sprintf("/guest/%s/votes/%d", v.guest, id)
	}
	return v.to("/votes/%d", id)
}

// onVote answers a form of a vote: the rule's sentence beside its field, or the
// vote as it stands then.
func (v *visit) onVote(done string, rule func(decisionareas.OnVote, *form) (decisionareas.Vote, error), shown ...string) error {
	id, err := number[work.VoteID](v, "vote")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	_, err = rule(decisionareas.OnVote{Vote: id}, f)
	if f.refuse(err, shown...) {
		return v.showVote(http.StatusUnprocessableEntity, id, f)
	}
	if err != nil {
		return err
	}
	return v.leave(v.voteAt(id), toast{Text: done})
}

// levelField reads a level; 0 stands for none.
func levelField(f *form) work.Level {
	n, err := strconv.Atoi(f.text("level"))
	if err != nil {
		return 0
	}
	return work.Level(n)
}

func (v *visit) castLevel() error {
	return v.onVote("Your level is in.", func(on decisionareas.OnVote, f *form) (decisionareas.Vote, error) {
		return do(v, decisionareas.Cast, decisionareas.CastLevel{OnVote: on, Level: levelField(f), Reason: f.text("reason")})
	}, "level")
}

func (v *visit) sayWhy() error {
	return v.onVote("Everybody who voted can read it now.", func(on decisionareas.OnVote, f *form) (decisionareas.Vote, error) {
		return do(v, decisionareas.Say, decisionareas.SayWhy{OnVote: on, Words: f.text("words")})
	}, "words")
}

func (v *visit) voteAgain() error {
	return v.onVote("The second round is open.", func(on decisionareas.OnVote, f *form) (decisionareas.Vote, error) {
		return do(v, decisionareas.Again, decisionareas.AnotherRound{OnVote: on, AnswerByWords: f.text("answer_by_words")})
	}, "answer_by_words")
}

func (v *visit) settleVote() error {
	return v.onVote("Settled. What comes of it in terms is agreed as terms are.", func(on decisionareas.OnVote, f *form) (decisionareas.Vote, error) {
		return do(v, decisionareas.Settle, decisionareas.Settlement{OnVote: on, Level: levelField(f)})
	}, "level")
}

func (v *visit) withdrawVote() error {
	return v.onVote("Withdrawn. What was not revealed stays so.", func(on decisionareas.OnVote, _ *form) (decisionareas.Vote, error) {
		return do(v, decisionareas.Withdraw, decisionareas.TakeBack{OnVote: on})
	})
}

// A newVote is what the page shows on which a vote begins.
type newVote struct {
	Task   tasks.Whole
	People []people.Person // others who have a place in which to vote
	form   *form
}

func (v *visit) newVotePage() error {
	return v.showNewVote(http.StatusOK, fields("person", v.r.URL.Query().Get("person")))
}

func (v *visit) showNewVote(status int, f *form) error {
	task, err := number[work.TaskID](v, "task")
	if err != nil {
		return err
	}
	n := &newVote{form: f}
	if n.Task, err = do(v, tasks.Show, tasks.AskTask{Task: task}); err != nil {
		return err
	}
	all, err := do(v, people.Everybody, app.Whole)
	if err != nil {
		return err
	}
	board, err := do(v, decisionareas.List, app.None{})
	if err != nil {
		return err
	}
	for _, p := range all.Items {
		if p.ID != v.place.Actor.Person && p.LeftOn.IsZero() && (p.Member || board.HoldsLevel(task, p.ID)) {
			n.People = append(n.People, p)
		}
	}
	return v.showAs(status, "Vote on a level", "decision-areas", newVoteView(v, n))
}

func (v *visit) startVote() error {
	task, err := number[work.TaskID](v, "task")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	in := decisionareas.NewVote{Task: task, Question: f.text("question"), Examples: f.lines("examples"), AnswerByWords: f.text("answer_by_words")}
	if in.Person, err = id[work.PersonID](f, "person"); err != nil {
		return err
	}
	for _, typed := range f.Values["voters"] {
		n, err := strconv.ParseInt(typed, 10, 64)
		if err != nil {
			return errNoPage
		}
		in.Voters = append(in.Voters, work.PersonID(n))
	}
	started, err := do(v, decisionareas.StartVote, in)
	if f.refuse(err, "person", "question", "answer_by_words", "voters") {
		return v.showNewVote(http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return v.leave(v.to("/votes/%d", started.ID), toast{Text: "The vote is open. Say your own level, too."})
}

// voteBy says until when, in the reader's words.
func (v *visit) voteBy(one *decisionareas.Vote) string {
	if one.State == work.VoteRevealed && one.SettleBy != nil {
		return dayWords(v.dayOf(*one.SettleBy), v.today())
	}
	return dayWords(v.dayOf(one.AnswerBy), v.today())
}

// voteState says where a vote stands, in a sentence.
func (v *visit) voteState(one *decisionareas.Vote) string {
	switch one.State {
	case work.VoteOpen:
		return strconv.Itoa(one.In) + " of " + strconv.Itoa(len(one.Voters)) + " are in, by " + v.voteBy(one) + "."
	case work.VoteRevealed:
		return "Revealed. To be settled by " + v.voteBy(one) + "."
	case work.VoteSettled:
		return "Settled on level " + strconv.Itoa(int(one.Level)) + " by " + v.called(*one.SettledBy) + "."
	case work.VoteLapsed:
		return one.Why
	}
	return "Withdrawn by " + v.called(one.Giver) + "."
}

// called is what the reader calls somebody: you, or by name.
func (v *visit) called(p delegations.Party) string {
	if p.ID == v.place.Actor.Person {
		return "you"
	}
	return p.Name
}

// settleLevels are the levels to settle on: a choice of the two, never an
// average.
func settleLevels() []option {
	var out []option
	for l := work.Tell; l <= work.Autonomous; l++ {
		out = append(out, option{strconv.Itoa(int(l)), capital(levelShort(l)) + ": " + levelOf[l]})
	}
	return out
}
