package work

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var voteDay = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

const (
	voteGiver PersonID = iota + 1
	voteReceiver
	voteOther
	voteStranger
)

func voting(p PersonID, at time.Time) Act { return Act{By: p, At: at, Zone: "UTC"} }

func aVote(t interface{ Fatal(...any) }, others ...PersonID) *Vote {
	area := &Task{ID: 4, Kind: DecisionArea, Title: "Hiring", State: TaskOpen, Carrier: voteGiver}
	v, err := StartVote(voting(voteGiver, voteDay), 7, area, voteReceiver, others, Vote{Question: "Who hires?"})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestAVoteIsRefused says which votes cannot begin and which moves not be made.
func TestAVoteIsRefused(t *testing.T) {
	area := Task{ID: 4, Kind: DecisionArea, Title: "Hiring", State: TaskOpen}
	for _, row := range []struct {
		name   string
		change func(*Task, *PersonID, *[]PersonID, *Vote)
		want   string
	}{
		{"a task", func(a *Task, _ *PersonID, _ *[]PersonID, _ *Vote) { a.Kind = PlainTask }, "is on a decision area"},
		{"a closed area", func(a *Task, _ *PersonID, _ *[]PersonID, _ *Vote) { a.State = TaskDropped }, "is closed"},
		{"for oneself", func(_ *Task, p *PersonID, _ *[]PersonID, _ *Vote) { *p = voteGiver }, "somebody else than you"},
		{"without a question", func(_ *Task, _ *PersonID, _ *[]PersonID, v *Vote) { v.Question = " " }, "Ask a question"},
		{"until yesterday", func(_ *Task, _ *PersonID, _ *[]PersonID, v *Vote) { v.AnswerBy = voteDay.Add(-time.Hour) }, "in the past"},
		{"for the next generation", func(_ *Task, _ *PersonID, _ *[]PersonID, v *Vote) {
			v.AnswerBy = time.Date(9999, 12, 31, 23, 0, 0, 0, time.FixedZone("", -8*60*60))
		}, "within a year"},
		{"of a crowd", func(_ *Task, _ *PersonID, o *[]PersonID, _ *Vote) {
			for p := PersonID(10); p < 30; p++ {
				*o = append(*o, p)
			}
		}, "At most 12"},
	} {
		t.Run(row.name, func(t *testing.T) {
			a, p, v, others := area, voteReceiver, Vote{Question: "Who hires?"}, []PersonID(nil)
			row.change(&a, &p, &others, &v)
			if _, err := StartVote(voting(voteGiver, voteDay), 7, &a, p, others, v); err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want %q", err, row.want)
			}
		})
	}
	v := aVote(t)
	for _, row := range []struct {
		name string
		err  error
		want string
	}{
		{"level 8", v.Cast(voting(voteGiver, voteDay), 8, ""), "from 1 to 7"},
		{"a stranger's", v.Cast(voting(voteStranger, voteDay), 3, ""), "no such vote"},
		{"settled before the reveal", v.Settle(voting(voteGiver, voteDay), 3, 0), "after the reveal"},
		{"explained before the reveal", v.Say(voting(voteGiver, voteDay), "Because"), "once all is revealed"},
		{"another round before the reveal", v.Again(voting(voteGiver, voteDay), time.Time{}), "after a reveal"},
		{"withdrawn by the receiver", v.Withdraw(voting(voteReceiver, voteDay), ""), "Only who started"},
	} {
		if row.err == nil || !strings.Contains(row.err.Error(), row.want) {
			t.Errorf("%s: got %v, want %q", row.name, row.err, row.want)
		}
	}
}

// TestTheLastBallotReveals follows a vote to its settlement over two rounds.
func TestTheLastBallotReveals(t *testing.T) {
	v := aVote(t, voteOther)
	cast := func(p PersonID, l Level) {
		t.Helper()
		if err := v.Cast(voting(p, voteDay.Add(time.Hour)), l, "because"); err != nil {
			t.Fatal(err)
		}
	}
	cast(voteGiver, 3)
	cast(voteGiver, 2) // thought again
	cast(voteReceiver, 6)
	if v.State != VoteOpen || len(v.Seen(voteGiver)) != 1 {
		t.Fatalf("%s, the giver sees %v", v.State, v.Seen(voteGiver))
	}
	cast(voteOther, 4)
	low, high := v.Extremes()
	if v.State != VoteRevealed || low != 2 || high != 6 || len(v.Seen(voteOther)) != 3 {
		t.Fatalf("%s from %d to %d, seen %v", v.State, low, high, v.Seen(voteOther))
	}
	if !v.Asked(voteGiver) || !v.Asked(voteReceiver) || v.Asked(voteOther) {
		t.Error("the highest and the lowest are asked, nobody else")
	}
	if err := v.Say(voting(voteReceiver, voteDay), "I did it twice"); err != nil {
		t.Fatal(err)
	}
	if err := v.Again(voting(voteGiver, voteDay.Add(2*time.Hour)), time.Time{}); err != nil {
		t.Fatal(err)
	}
	if seen := v.Seen(voteOther); v.State != VoteOpen || len(seen) != 4 || seen[3].Level != 0 {
		t.Fatalf("the second round begins %s with %v", v.State, seen)
	}
	for _, p := range v.Voters() {
		cast(p, 5)
	}
	if v.Asked(voteGiver) {
		t.Error("all said the same; nobody is asked why")
	}
	if err := v.Again(voting(voteGiver, voteDay), time.Time{}); err == nil || !strings.Contains(err.Error(), "Talk about it") {
		t.Errorf("a third round: %v", err)
	}
	if err := v.Settle(voting(voteReceiver, voteDay), 5, 9); err != nil || v.State != VoteSettled || v.Level != 5 || !v.DueAt().IsZero() {
		t.Errorf("settled as %s at %d, %v", v.State, v.Level, err)
	}
}

// TestTimeClosesVotes lets the time of a vote run out.
func TestTimeClosesVotes(t *testing.T) {
	for _, row := range []struct {
		voted []PersonID
		want  VoteState
		later VoteState // once nobody settled
	}{
		{nil, VoteLapsed, VoteLapsed},
		{[]PersonID{voteOther}, VoteLapsed, VoteLapsed},
		{[]PersonID{voteGiver, voteOther}, VoteRevealed, VoteLapsed},
	} {
		v := aVote(t, voteOther)
		for i, p := range row.voted {
			if err := v.Cast(voting(p, voteDay), Level(i+2), ""); err != nil {
				t.Fatal(err)
			}
		}
		v.Tick(voting(0, v.AnswerBy.Add(-time.Second)))
		if v.State != VoteOpen {
			t.Fatalf("closed before its time: %s", v.State)
		}
		v.Tick(voting(0, v.AnswerBy))
		if v.State != row.want || len(v.Seen(voteReceiver)) > len(row.voted)+1 {
			t.Errorf("%d voted: %s, want %s", len(row.voted), v.State, row.want)
		}
		v.Tick(voting(0, voteDay.AddDate(1, 0, 0)))
		if v.State != row.later || v.Why() == "" {
			t.Errorf("%d voted, and nobody settled: %s", len(row.voted), v.State)
		}
	}
}

// TestWhoIsAwayHoldsNothingUp reveals a round once all who are here have voted,
// by a ballot, by an absence or by a departure, and never with one ballot.
func TestWhoIsAwayHoldsNothingUp(t *testing.T) {
	away := map[PersonID]PersonID{voteOther: 0}
	for _, row := range []struct {
		name   string
		absent map[PersonID]PersonID // before the ballots
		then   map[PersonID]PersonID // after them
		gone   bool
		voted  []PersonID
		want   VoteState
		away   int // named before the reveal
	}{
		{"all are here", nil, nil, false, []PersonID{voteGiver, voteReceiver}, VoteOpen, 0},
		{"one is away", away, away, false, []PersonID{voteGiver, voteReceiver}, VoteRevealed, 1},
		{"one is away and voted first", away, away, false, []PersonID{voteOther, voteGiver}, VoteOpen, 1},
		{"one goes away", nil, away, false, []PersonID{voteGiver, voteReceiver}, VoteRevealed, 0},
		{"one comes back", away, nil, false, []PersonID{voteGiver}, VoteOpen, 1},
		{"one leaves", nil, away, true, []PersonID{voteGiver, voteReceiver}, VoteRevealed, 0},
		{"all but one are away", map[PersonID]PersonID{voteOther: 0, voteReceiver: voteOther}, away, false, []PersonID{voteGiver}, VoteOpen, 2},
	} {
		t.Run(row.name, func(t *testing.T) {
			v := aVote(t, voteOther)
			v.Absent = row.absent
			if got := len(v.Away()); got != row.away {
				t.Errorf("%d are named as away, want %d", got, row.away)
			}
			for _, p := range row.voted {
				if err := v.Cast(voting(p, voteDay.Add(time.Hour)), 4, ""); err != nil {
					t.Fatal(err)
				}
			}
			v.Absent = row.then
			if row.gone {
				v.ballot(voteOther).Gone = true
			}
			v.Attend(voting(0, voteDay.Add(2*time.Hour)))
			if v.State != row.want || v.State == VoteRevealed && (len(v.Seen(voteGiver)) < 2 || len(v.Away()) > 0) {
				t.Errorf("%s, the giver sees %v", v.State, v.Seen(voteGiver))
			}
			events := len(v.Events())
			if v.Attend(voting(0, voteDay.Add(2*time.Hour))); len(v.Events()) != events {
				t.Error("a second look at the same presence changed something")
			}
		})
	}
}

// TestWhoLeftVotesNoMore drops whoever left from the voters, and keeps what they
// had said.
func TestWhoLeftVotesNoMore(t *testing.T) {
	v := aVote(t, voteOther)
	v.ballot(voteOther).Gone = true
	if got := v.Voters(); slices.Contains(got, voteOther) {
		t.Errorf("%v vote", got)
	}
	v.Ballots[2].Gone = false
	for _, p := range v.Voters() {
		if err := v.Cast(voting(p, voteDay), 3, ""); err != nil {
			t.Fatal(err)
		}
	}
	v.ballot(voteOther).Gone = true
	if !slices.Contains(v.Voters(), voteOther) || len(v.Seen(voteGiver)) != 3 {
		t.Error("what was said is gone with whoever said it")
	}
	if err := v.Again(voting(voteGiver, voteDay), time.Time{}); err != nil {
		t.Fatal(err)
	}
	if got := v.Voters(); slices.Contains(got, voteOther) || len(got) != 2 {
		t.Errorf("%v vote again", got)
	}
}

// TestAReminderGoesOnce tells, half way, whoever is here and has not voted.
func TestAReminderGoesOnce(t *testing.T) {
	v := aVote(t, voteOther, voteStranger)
	v.Absent = map[PersonID]PersonID{voteStranger: voteOther}
	half := v.DueAt()
	if !half.After(voteDay) || !half.Before(v.AnswerBy) {
		t.Fatalf("of %s to %s the reminder is at %s", voteDay, v.AnswerBy, half)
	}
	if err := v.Cast(voting(voteGiver, voteDay), 3, ""); err != nil {
		t.Fatal(err)
	}
	reminded := func() (to []PersonID) {
		for _, e := range v.Events() {
			for _, n := range v.Recipients(e) {
				if e.Kind == VoteReminded {
					to = append(to, n.To)
				}
			}
		}
		return to
	}
	v.Tick(voting(0, half.Add(-time.Microsecond)))
	if got := reminded(); got != nil {
		t.Fatalf("too early to %v", got)
	}
	v.Tick(voting(0, half))
	v.Tick(voting(0, v.AnswerBy.Add(-time.Microsecond)))
	if got := reminded(); !slices.Equal(got, []PersonID{voteReceiver, voteOther}) {
		t.Errorf("reminded are %v", got)
	}
	if !v.DueAt().Equal(v.AnswerBy) {
		t.Errorf("looks at the vote next at %s", v.DueAt())
	}
}

// TestNobodySeesABallotBeforeTheReveal walks through random histories: what is
// not open is seen by its author alone, events and notices say no level before a
// settlement, and what is closed waits for nobody.
func TestNobodySeesABallotBeforeTheReveal(t *testing.T) {
	people := []PersonID{voteGiver, voteReceiver, voteOther, voteStranger}
	rapid.Check(t, func(t *rapid.T) {
		v, at := aVote(t, voteOther), voteDay
		opened := map[int]bool{}
		for range rapid.IntRange(1, 25).Draw(t, "moves") {
			p := rapid.SampledFrom(people).Draw(t, "who")
			at = at.Add(time.Duration(rapid.Int64Range(0, int64(30*time.Hour)).Draw(t, "passes")))
			v.Tick(voting(0, at))
			v.Absent = map[PersonID]PersonID{}
			for _, p := range people {
				if rapid.IntRange(0, 4).Draw(t, "away") == 0 {
					v.Absent[p] = 0
				}
			}
			v.Attend(voting(0, at))
			holdsVote(t, v, people, opened)
			level := Level(rapid.IntRange(0, 8).Draw(t, "level"))
			could := v.Possible(p)
			var err error
			move := rapid.SampledFrom([]string{"cast", "cast", "cast", "say", "again", "settle", "withdraw"}).Draw(t, "move")
			switch move {
			case "cast":
				err = v.Cast(voting(p, at), level, "reason")
			case "say":
				err = v.Say(voting(p, at), "words")
			case "again":
				err = v.Again(voting(p, at), time.Time{})
			case "settle":
				err = v.Settle(voting(p, at), level, 0)
			case "withdraw":
				err = v.Withdraw(voting(p, at), "")
			}
			valid := level >= Tell && level <= Autonomous || move != "cast" && move != "settle"
			if possible := slices.Contains(could, move); possible && valid && err != nil || !possible && err == nil {
				t.Fatalf("%d can %v, and %s gave %v", p, could, move, err)
			}
			holdsVote(t, v, people, opened)
		}
	})
}

func holdsVote(t *rapid.T, v *Vote, people []PersonID, opened map[int]bool) {
	if v.State == VoteRevealed {
		opened[v.Round] = true
	}
	for _, p := range people {
		for _, b := range v.Seen(p) {
			if b.Person != p && !opened[b.Round] {
				t.Fatalf("%d sees the ballot of %d of round %d before its reveal", p, b.Person, b.Round)
			}
		}
	}
	if len(v.Seen(voteStranger)) > 0 || v.Due(voteStranger) {
		t.Fatal("a stranger sees the vote")
	}
	for _, e := range v.Events() {
		if e.Detail.Level != 0 && e.Kind != VoteSettledOn || strings.Contains(e.Detail.Text, "reason") || e.Detail.Vote != v.ID {
			t.Fatalf("%s says %+v", e.Kind, e.Detail)
		}
		to := v.Recipients(e)
		for i, n := range to {
			if n.To == e.By || slices.Contains(to[:i], n) {
				t.Fatalf("%s tells %v", e.Kind, to)
			}
		}
	}
	if v.State == VoteOpen && v.In() >= 2 && len(v.Silent()) == 0 || v.State == VoteRevealed && v.In() < 2 {
		t.Fatalf("%s with %d ballots, and %v are silent", v.State, v.In(), v.Silent())
	}
	if v.Over() != v.DueAt().IsZero() {
		t.Fatalf("%s is due at %s", v.State, v.DueAt())
	}
	for _, p := range people {
		if v.Over() && (v.Due(p) || len(v.Possible(p)) > 0) {
			t.Fatalf("%s waits for %d", v.State, p)
		}
	}
}
