package clock

import (
	"slices"
	"strings"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/calls"
	"baton/internal/app/decisionareas"
	"baton/internal/app/history"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/store"
	"baton/internal/work"
)

// vote asks Ben, and whoever else, for Ben's level in a new decision area.
func (m *team) vote(title string, others ...app.Actor) work.VoteID {
	m.t.Helper()
	kind := work.DecisionArea
	area, err := tasks.Add.Do(m.t.Context(), m.App, m.ada, tasks.AddTask{Fields: tasks.Fields{Title: &title, Kind: &kind}})
	if err != nil {
		m.t.Fatal(err)
	}
	in := decisionareas.NewVote{Task: area.ID, Person: m.ben.Person, Question: "Who decides?"}
	for _, p := range others {
		in.Voters = append(in.Voters, p.Person)
	}
	v, err := decisionareas.StartVote.Do(m.t.Context(), m.App, m.ada, in)
	if err != nil {
		m.t.Fatal(err)
	}
	return v.ID
}

func (m *team) cast(who app.Actor, v work.VoteID, level work.Level) {
	m.t.Helper()
	_, err := decisionareas.Cast.Do(m.t.Context(), m.App, who, decisionareas.CastLevel{OnVote: decisionareas.OnVote{Vote: v}, Level: level})
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *team) ballotBox(who app.Actor, v work.VoteID) decisionareas.Vote {
	m.t.Helper()
	out, err := decisionareas.ShowVote.Do(m.t.Context(), m.App, who, decisionareas.OnVote{Vote: v})
	if err != nil {
		m.t.Fatal(err)
	}
	return out
}

// member adds somebody with an account.
func (m *team) member(name string) app.Actor {
	m.t.Helper()
	a := m.person(name, work.Teammate, strings.ToLower(name)+"@example.org", "")
	if _, err := workspaces.Invite.Do(m.t.Context(), m.App, m.ada, workspaces.InvitePerson{Person: a.Person}); err != nil {
		m.t.Fatal(err)
	}
	return a
}

// mentions lists the letters to somebody that say something.
func (m *team) mentions(who app.Actor, words string) (found []string) {
	m.t.Helper()
	for _, l := range m.letters(who) {
		if strings.Contains(l.Body, words) {
			found = append(found, l.Body)
		}
	}
	return found
}

// TestAVoteRemindsOnce: whoever has not voted half way is told so once, in
// their daily mail, with the decision area and the day it ends; whoever votes
// before the mail leaves, or wants no daily mail, is not told.
func TestAVoteRemindsOnce(t *testing.T) {
	m := gather(t)
	quiet, quick := m.member("Quinn"), m.member("Rae")
	no := false
	if _, err := workspaces.ChangeSettings.Do(t.Context(), m.App, quiet, workspaces.NewSettings{Digest: &no}); err != nil {
		t.Fatal(err)
	}
	v := m.vote("Hiring", quiet, quick)
	m.cast(m.ada, v, 3)
	ends := m.ballotBox(m.ada, v).AnswerBy
	half := m.now.Add(ends.Sub(m.now) / 2)
	for m.now.Before(half) {
		m.pass(1)
	}
	m.cast(quick, v, 4) // between the reminder and the daily mail
	for m.now.Before(ends.Add(-time.Hour)) {
		m.pass(1)
	}
	const words = "Your level is not in yet; the vote on “Hiring” ends on "
	got := m.mentions(m.ben, words)
	if len(got) != 1 || !strings.Contains(got[0], words+ends.In(ical.Location("Asia/Tokyo")).Format("Monday 2 January")) || !strings.Contains(got[0], "/votes/") {
		t.Errorf("Ben got %d reminders: %s", len(got), got)
	}
	for _, who := range []app.Actor{m.ada, quiet, quick} {
		if got := m.mentions(who, words); len(got) > 0 {
			t.Errorf("person %d was reminded: %s", who.Person, got)
		}
	}
	m.pass(48)
	if got := m.mentions(m.ben, words); len(got) != 1 {
		t.Errorf("Ben was reminded %d times", len(got))
	}
}

// TestAnAbsenceRevealsAVote: when the one who is missing goes away, at the
// moment they do, all who are here read all; a late clock says the same.
func TestAnAbsenceRevealsAVote(t *testing.T) {
	for _, late := range []bool{false, true} {
		m := gather(t)
		v := m.vote("Hiring", m.member("Rae"))
		rae := m.ballotBox(m.ada, v).Voters[2]
		m.cast(m.ada, v, 3)
		m.cast(m.ben, v, 5)
		day := ical.Today(m.now, "America/Chicago").AddDays(1)
		away := []work.Absence{{From: day, To: day.AddDays(30)}}
		if _, err := people.Edit.Do(t.Context(), m.App, m.ada, people.EditPerson{Person: rae.ID, Fields: people.Fields{Absences: &away}}); err != nil {
			t.Fatal(err)
		}
		if got := m.ballotBox(m.ada, v); got.State != work.VoteOpen || len(got.Away) > 0 {
			t.Fatalf("before the absence: %s, away %v", got.State, got.Away)
		}
		if late {
			m.now = m.now.Add(20 * 24 * time.Hour).Truncate(time.Hour)
		}
		m.pass(24)
		got := m.ballotBox(m.ada, v)
		want, state := day.In(ical.Location("America/Chicago")), work.VoteRevealed
		if late {
			state = work.VoteLapsed // nobody settled
		}
		if got.State != state || len(got.Ballots) != 2 {
			t.Errorf("late %t: %s with %v", late, got.State, got.Ballots)
		}
		if at := m.happened(v, work.VoteRevealedNow); !at.Equal(want) {
			t.Errorf("late %t: revealed at %s, want %s", late, at, want)
		}
	}
}

// happened is when a vote's event of a kind was.
func (m *team) happened(v work.VoteID, kind work.EventKind) time.Time {
	m.t.Helper()
	var at time.Time
	err := m.Read(m.t.Context(), m.ada, func(tx *app.Tx) error {
		all, err := tx.Events(m.t.Context(), store.EventFilter{Limit: 10_000})
		i := slices.IndexFunc(all, func(e work.Event) bool { return e.Kind == kind && e.Detail.Vote == v })
		if i >= 0 {
			at = all[i].At
		}
		return err
	})
	if err != nil {
		m.t.Fatal(err)
	}
	return at
}

// TestTheDailyMailKeepsTheHoursOfWhoSaidThem: whoever has hours for calls
// elsewhere and no clock besides is written at their own morning, within a day.
func TestTheDailyMailKeepsTheHoursOfWhoSaidThem(t *testing.T) {
	m := gather(t)
	rae := m.member("Rae")
	windows, zone := "Mon 9-12", "Asia/Tokyo"
	if _, err := calls.EditHours.Do(t.Context(), m.App, rae, calls.NewHours{Windows: &windows, Zone: &zone}); err != nil {
		t.Fatal(err)
	}
	v := m.vote("Hiring", rae)
	half := m.now.Add(m.ballotBox(m.ada, v).AnswerBy.Sub(m.now) / 2)
	for m.now.Before(half.Add(24 * time.Hour)) {
		m.pass(1)
	}
	if got := m.mentions(rae, "Your level is not in yet"); len(got) != 1 {
		t.Errorf("Rae was reminded %d times by %s", len(got), m.now)
	}
}

// TestACountOfEventsTellsNoVote pages through what happened to a decision area,
// one at a time: nobody learns from a page how many have voted.
func TestACountOfEventsTellsNoVote(t *testing.T) {
	m := gather(t)
	pages := func() (n int) {
		in := history.AskEvents{Task: m.areaOf(t, "Hiring")}
		in.Limit = 1
		for {
			out, err := history.Events.Do(t.Context(), m.App, m.ada, in)
			if err != nil {
				t.Fatal(err)
			}
			n++
			if out.Next == "" {
				return n
			}
			in.After = out.Next
		}
	}
	v := m.vote("Hiring", m.member("Rae"))
	before := pages()
	m.cast(m.ben, v, 5)
	if after := pages(); after != before {
		t.Errorf("history has %d pages before Ben votes, %d after", before, after)
	}
	m.cast(m.ada, v, 3)
	if after := pages(); after != before+1 {
		t.Errorf("history has %d pages once Ada voted, want her own vote besides %d", after, before)
	}
}

func (m *team) areaOf(t *testing.T, title string) work.TaskID {
	t.Helper()
	found, err := tasks.Search.Do(t.Context(), m.App, m.ada, tasks.AskSearch{Words: title})
	if err != nil || len(found.Items) != 1 {
		t.Fatalf("%q is found %d times (%v)", title, len(found.Items), err)
	}
	return found.Items[0].ID
}
