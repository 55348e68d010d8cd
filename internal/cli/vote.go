package cli

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"baton/internal/app/decisionareas"
	"baton/internal/app/delegations"
	"baton/internal/ical"
	"baton/internal/work"
)

type voteCmd struct {
	List     voteListCmd     `cmd:"" default:"" help:"List the votes you take part in."`
	Start    voteStartCmd    `cmd:"" help:"Ask some people, blind, which level somebody should have in a decision area of yours."`
	Show     voteShowCmd     `cmd:"" help:"Look at a vote."`
	Cast     voteCastCmd     `cmd:"" help:"Say your level; nobody sees it before the reveal."`
	Say      voteSayCmd      `cmd:"" help:"Say why yours was the highest or the lowest level."`
	Again    voteAgainCmd    `cmd:"" help:"Vote once more."`
	Settle   voteSettleCmd   `cmd:"" help:"Settle on a level: it becomes proposed terms, or a draft."`
	Withdraw voteWithdrawCmd `cmd:"" help:"Take a vote back."`
}

type voteListCmd struct {
	All bool `help:"Those that are over, too."`
}

// Run lists votes.
func (c *voteListCmd) Run(s *session) error {
	return list(s, "votes", goingVotes(!c.All), func(all []decisionareas.Vote) {
		for i := range all {
			s.printf("%d  %s, for %s: %s\n", all[i].ID, all[i].Title, all[i].Person.Name, voteStands(&all[i]))
		}
		if len(all) == 0 {
			s.printf("No vote goes on.\n")
		}
	})
}

func goingVotes(only bool) url.Values {
	if only {
		return url.Values{"going": {"true"}}
	}
	return nil
}

// voteStands says in a sentence where a vote stands.
func voteStands(v *decisionareas.Vote) string {
	by := func(t time.Time) string { return t.In(ical.Location(v.Zone)).Format("2 January") }
	switch v.State {
	case work.VoteOpen:
		line := fmt.Sprintf("%d of %d are in, by %s.", v.In, len(v.Voters), by(v.AnswerBy))
		if v.Due {
			line += " Your level is not."
		}
		return line
	case work.VoteRevealed:
		return fmt.Sprintf("revealed, to be settled by %s.", by(*v.SettleBy))
	case work.VoteSettled:
		return fmt.Sprintf("settled on level %d by %s.", v.Level, v.SettledBy.Name)
	case work.VoteLapsed:
		return "lapsed. " + v.Why
	}
	return "withdrawn."
}

func (s *session) printVote(v decisionareas.Vote) {
	s.printf("%d  %s, for %s\n     %s\n", v.ID, v.Title, v.Person.Name, v.Question)
	for _, e := range v.Examples {
		s.printf("       such as: %s\n", e)
	}
	round := ""
	if v.Round > 1 {
		round = fmt.Sprintf("Round %d: ", v.Round)
	}
	s.printf("     %s%s\n", round, voteStands(&v))
	if len(v.Away) > 0 {
		s.printf("     Away: %s. The reveal does not wait for them.\n", partyNames(v.Away))
	}
	for _, b := range v.Ballots {
		who := b.Person.Name
		if b.Mine {
			who = "You"
		}
		s.printf("     Round %d: %s, level %d%s\n", b.Round, who, b.Level, after(": ", b.Reason))
		if b.Words != "" {
			s.printf("       %s\n", b.Words)
		}
	}
	if v.Asked {
		s.printf("     Yours was the highest or the lowest: baton vote say %d WHY\n", v.ID)
	}
	if v.Delegation != 0 {
		s.printf("     It went to delegation %d.\n", v.Delegation)
	}
	if len(v.Moves) > 0 {
		s.printf("     You can: %s\n", strings.Join(v.Moves, ", "))
	}
}

func partyNames(all []delegations.Party) string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

type voteStartCmd struct {
	Area     string   `arg:"" help:"The decision area: number or title."`
	Person   string   `arg:"" help:"Whom the level is for; they vote too."`
	Question string   `help:"What is asked." required:""`
	Example  []string `help:"A decision to think of; repeat for each." sep:"none"`
	Voter    []string `help:"Who votes beside the two of you; repeat for each." placeholder:"PERSON"`
	By       string   `help:"Until when, in words; three working days unless said." placeholder:"DAY"`
}

// Run starts a vote.
func (c *voteStartCmd) Run(s *session) error {
	area, err := s.task(c.Area)
	if err != nil {
		return err
	}
	person, err := s.person(c.Person)
	if err != nil {
		return err
	}
	in := decisionareas.NewVote{Person: work.PersonID(person), Question: c.Question, Examples: c.Example, AnswerByWords: c.By}
	for _, typed := range c.Voter {
		id, err := s.person(typed)
		if err != nil {
			return err
		}
		in.Voters = append(in.Voters, work.PersonID(id))
	}
	return show(s, http.MethodPost, fmt.Sprintf("tasks/%d/votes", area), nil, in, s.printVote)
}

type oneVote struct {
	Vote string `arg:"" help:"Number, or the decision area's title while the vote goes on."`
}

// last is the newest vote that is over on a decision area of this title.
func (c *oneVote) last(s *session) (int64, error) {
	var id int64
	err := each(s, "votes", func(v decisionareas.Vote) {
		if strings.Contains(strings.ToLower(v.Title), strings.ToLower(strings.TrimSpace(c.Vote))) {
			id = max(id, int64(v.ID))
		}
	})
	if err == nil && id == 0 {
		err = work.Errorf(work.NotFound, "There is no vote called %q; baton vote list --all lists those there were.", c.Vote)
	}
	return id, err
}

func (c *oneVote) send(s *session, method, resource string, in any) error {
	id, err := s.findAmong("vote that goes on", "votes", []url.Values{goingVotes(true)}, c.Vote)
	if err != nil {
		return err
	}
	return show(s, method, fmt.Sprintf("votes/%d%s", id, resource), nil, in, s.printVote)
}

type voteShowCmd struct {
	Vote string `arg:"" help:"Number, or the decision area's title: the vote that goes on, else the last that was."`
}

// Run shows a vote.
func (c *voteShowCmd) Run(s *session) error {
	one := oneVote{c.Vote}
	err := one.send(s, http.MethodGet, "", nil)
	if _, number := strconv.ParseInt(c.Vote, 10, 64); number == nil || work.KindOf(err) != work.NotFound {
		return err
	}
	id, err := one.last(s)
	if err != nil {
		return err
	}
	return show(s, http.MethodGet, fmt.Sprintf("votes/%d", id), nil, nil, s.printVote)
}

type voteCastCmd struct {
	oneVote
	Level  int      `arg:"" help:"1 (the giver decides) to 7 (the person decides)."`
	Reason []string `arg:"" optional:"" help:"Why."`
}

// Run says a level.
func (c *voteCastCmd) Run(s *session) error {
	return c.send(s, http.MethodPut, "/ballot", decisionareas.CastLevel{Level: work.Level(c.Level), Reason: strings.Join(c.Reason, " ")})
}

type voteSayCmd struct {
	oneVote
	Words []string `arg:"" help:"Why."`
}

// Run says why.
func (c *voteSayCmd) Run(s *session) error {
	return c.send(s, http.MethodPut, "/words", decisionareas.SayWhy{Words: strings.Join(c.Words, " ")})
}

type voteAgainCmd struct {
	oneVote
	By string `help:"Until when, in words; three working days unless said." placeholder:"DAY"`
}

// Run begins a second round.
func (c *voteAgainCmd) Run(s *session) error {
	return c.send(s, http.MethodPost, "/rounds", decisionareas.AnotherRound{AnswerByWords: c.By})
}

type voteSettleCmd struct {
	oneVote
	Level int `arg:"" help:"1 to 7."`
}

// Run settles a vote.
func (c *voteSettleCmd) Run(s *session) error {
	return c.send(s, http.MethodPost, "/settlement", decisionareas.Settlement{Level: work.Level(c.Level)})
}

type voteWithdrawCmd struct {
	oneVote
	Reason []string `arg:"" optional:"" help:"Why."`
}

// Run withdraws a vote.
func (c *voteWithdrawCmd) Run(s *session) error {
	return c.send(s, http.MethodPost, "/withdrawal", decisionareas.TakeBack{Reason: strings.Join(c.Reason, " ")})
}
