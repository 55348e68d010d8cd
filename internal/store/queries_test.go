package store_test

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/clock"
	"baton/internal/app/decisionareas"
	"baton/internal/app/delegations"
	persons "baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/work"
)

// board is a workspace with decision areas on Ada's plate, and a vote among a
// team in each.
type board struct {
	*app.App
	t         *testing.T
	now       time.Time
	ran       func() int64 // statements since it was asked last
	ada, ben  app.Actor
	team      []work.PersonID
	last      work.VoteID
	nextTitle int
}

func newBoard(t *testing.T, areas, team int) *board {
	t.Helper()
	s, n := store.Counted(t, filepath.Join(t.TempDir(), "baton.db"))
	b := &board{App: app.New(s, slog.New(slog.DiscardHandler)), t: t, now: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)}
	b.Now = func() time.Time { return b.now }
	b.ran = func() int64 { return n.Swap(0) }
	var err error
	b.ada, err = workspaces.Found(t.Context(), b.App, workspaces.Founding{Workspace: "Clinic", Kind: "practice", Currency: "USD", Zone: "UTC", Name: "Ada", Email: "ada@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range team {
		b.team = append(b.team, b.member(fmt.Sprintf("Person %d", i)))
	}
	b.ben = app.Actor{Workspace: b.ada.Workspace, Person: b.team[0]}
	for range areas {
		b.vote()
	}
	return b
}

func must[In, Out any](b *board, me app.Actor, o app.Op[In, Out], in In) Out {
	b.t.Helper()
	out, err := o.Do(b.t.Context(), b.App, me, in)
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

func (b *board) member(name string) work.PersonID {
	b.t.Helper()
	kind, mail := work.Teammate, fmt.Sprintf("%d@example.org", len(name)*1000+int(name[len(name)-1]))
	p := must(b, b.ada, persons.Add, persons.Fields{Name: &name, Kind: &kind, Email: &mail})
	must(b, b.ada, workspaces.Invite, workspaces.InvitePerson{Person: p.ID})
	return p.ID
}

// vote adds a decision area, and asks the team, for a year, for the level of its
// first one there.
func (b *board) vote() work.TaskID {
	b.t.Helper()
	b.nextTitle++
	kind, title := work.DecisionArea, fmt.Sprintf("Area %d", b.nextTitle)
	area := must(b, b.ada, tasks.Add, tasks.AddTask{Fields: tasks.Fields{Title: &title, Kind: &kind}})
	v := must(b, b.ada, decisionareas.StartVote, decisionareas.NewVote{
		Task: area.ID, Person: b.team[0], Voters: b.team[1:], Question: "Who decides?", AnswerBy: b.now.AddDate(1, 0, 0),
	})
	b.last = v.ID
	return area.ID
}

// offer offers everybody of the team a level in a decision area.
func (b *board) offer(area work.TaskID) {
	b.t.Helper()
	for _, p := range b.team {
		d := must(b, b.ada, delegations.Begin, delegations.StartDelegation{Task: area, Kind: work.Strategic, Receiver: p})
		terms := d.Terms
		terms.Brief.Outcome = "It goes well"
		on := delegations.On{Delegation: d.ID}
		must(b, b.ada, delegations.Revise, delegations.ReviseDraft{On: on, Receiver: &p, Terms: terms})
		must(b, b.ada, delegations.Offer, delegations.MakeOffer{On: on, Receiver: p})
	}
}

// count counts the statements of what is done.
func (b *board) count(do func()) int64 {
	b.ran()
	do()
	return b.ran()
}

// TestQueriesDoNotGrowWithTheBoard: one decision area with one person takes as
// many statements as many with many, on the board and for votes.
func TestQueriesDoNotGrowWithTheBoard(t *testing.T) {
	small, large := newBoard(t, 0, 1), newBoard(t, 0, 5)
	small.offer(small.vote())
	for range 9 {
		large.offer(large.vote())
	}
	for _, row := range []struct {
		name string
		do   func(*board)
	}{
		{"the board of who gives", func(b *board) {
			got := must(b, b.ada, decisionareas.List, app.None{})
			if len(got.Areas) != b.nextTitle || len(got.Areas[0].Levels) != len(b.team) || len(got.People) != len(b.team) {
				t.Errorf("the board is %+v", got)
			}
		}},
		{"the board of who holds a level", func(b *board) {
			got := must(b, b.ben, decisionareas.List, app.None{})
			if len(got.Areas) != b.nextTitle || got.Areas[0].Giver.Name != "Ada" || len(got.Areas[0].Levels) != 1 {
				t.Errorf("the board is %+v", got)
			}
		}},
		{"the votes", func(b *board) {
			got := must(b, b.ben, decisionareas.Votes, decisionareas.AskVotes{Going: true})
			if len(got.Items) != b.nextTitle || got.Items[0].Title == "" || got.Items[0].Voters[0].Name != "Ada" {
				t.Errorf("the votes are %+v", got)
			}
		}},
		{"one vote", func(b *board) {
			if got := must(b, b.ben, decisionareas.ShowVote, decisionareas.OnVote{Vote: b.last}); len(got.Voters) != len(b.team)+1 {
				t.Errorf("the vote is %+v", got)
			}
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			few, many := small.count(func() { row.do(small) }), large.count(func() { row.do(large) })
			if few == 0 || many != few {
				t.Errorf("%d statements for one, %d for many", few, many)
			}
		})
	}
}

// TestAMailAsksTheSameForManyVotes: the mail that lists the votes which wait
// takes as many statements for many as for one.
func TestAMailAsksTheSameForManyVotes(t *testing.T) {
	mailed := func(areas int) int64 {
		b := newBoard(t, areas, 1)
		pass := func() {
			b.now = b.now.Add(24 * time.Hour)
			if err := clock.Advance(t.Context(), b.App, b.now); err != nil {
				t.Fatal(err)
			}
		}
		pass() // it tells of the votes
		b.vote()
		n := b.count(pass)
		letters := must(b, b.ben, workspaces.Letters, app.Page{})
		if last := letters.Items[0]; !strings.Contains(last.Body, fmt.Sprintf("“Area %d”: say your level", b.nextTitle)) {
			t.Errorf("the last mail is %+v", last)
		}
		return n
	}
	if few, many := mailed(1), mailed(9); many != few {
		t.Errorf("%d statements for one vote that waits, %d for nine", few, many)
	}
}
