package clock

import (
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/calls"
	"baton/internal/app/coaching"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/promises"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/call"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

// A practice is Ada in Chicago, whom Ben in Tokyo coaches, and Cleo, whom he
// coaches too.
type practice struct {
	*app.App
	t              *testing.T
	now            time.Time
	ada, ben, cleo app.Actor
	shared, other  work.SharingID
}

func coached(t *testing.T, s *store.Store) *practice {
	t.Helper()
	m := &practice{t: t, App: app.New(s, slog.New(slog.DiscardHandler)), now: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)}
	m.Now = func() time.Time { return m.now }
	m.URL = "https://baton.example.org"
	var err error
	m.ada, err = workspaces.Found(t.Context(), m.App, workspaces.Founding{Workspace: "Clinic", Kind: "practice", Currency: "USD", Zone: "America/Chicago", Name: "Ada", Email: "ada@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	member := func(name, zone string) app.Actor {
		address, kind := strings.ToLower(name)+"@example.org", work.Teammate
		p := run(m, m.ada, people.Add, people.Fields{Name: &name, Kind: &kind, Email: &address, Zone: &zone})
		run(m, m.ada, workspaces.Invite, workspaces.InvitePerson{Person: p.ID})
		return app.Actor{Workspace: m.ada.Workspace, Person: p.ID}
	}
	m.ben, m.cleo = member("Ben", "Asia/Tokyo"), member("Cleo", "Europe/Berlin")
	m.shared = run(m, m.ada, coaching.Start, coaching.StartSharing{Coach: m.ben.Person, Showing: coaching.Showing{Parts: []work.SharedPart{work.SharePlate}}}).ID
	m.other = run(m, m.cleo, coaching.Start, coaching.StartSharing{Coach: m.ben.Person}).ID
	windows, zone, after := "Thu 9-12", "Asia/Tokyo", work.Minutes(0)
	run(m, m.ben, calls.EditHours, calls.NewHours{Windows: &windows, Zone: &zone, After: &after})
	return m
}

// run does what must succeed.
func run[In, Out any](m *practice, who app.Actor, op app.Op[In, Out], in In) Out {
	m.t.Helper()
	out, err := op.Do(m.t.Context(), m.App, who, in)
	if err != nil {
		m.t.Fatalf("%s: %v", op.Describe().Name, err)
	}
	return out
}

// refused does what must not succeed, for a reason.
func refused[In, Out any](m *practice, who app.Actor, op app.Op[In, Out], in In, want string) {
	m.t.Helper()
	if _, err := op.Do(m.t.Context(), m.App, who, in); err == nil || !strings.Contains(err.Error(), want) {
		m.t.Errorf("%s: %v, want %q", op.Describe().Name, err, want)
	}
}

// mail is what somebody was written since the last time, oldest first.
func (m *practice) mail(to app.Actor) (out []store.Letter) {
	m.t.Helper()
	m.now = m.now.Add(11 * time.Second)
	for range 2 { // the second finds nothing new
		if err := Advance(m.t.Context(), m.App, m.now); err != nil {
			m.t.Fatal(err)
		}
	}
	err := m.Store.Read(m.t.Context(), m.ada.Workspace, func(tx *store.Tx) error {
		all, err := tx.Letters(m.t.Context(), to.Person, 0, 50)
		for i := range all {
			out = append([]store.Letter{all[i]}, out...)
		}
		return err
	})
	if err != nil {
		m.t.Fatal(err)
	}
	return out
}

func (m *practice) sound() {
	m.t.Helper()
	if err := promises.Check(m.t.Context(), m.App, m.ada.Workspace, m.now); err != nil {
		m.t.Error(err)
	}
}

// nine on Thursday in Tokyo is Wednesday evening in Chicago.
var nine = time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)

func TestACallIsBookedMovedAndCancelled(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		m := coached(t, s)
		times := run(m, m.ada, calls.CallTimes, calls.OnSharing{Sharing: m.shared})
		if len(times.Free) == 0 || !times.Free[0].From.Equal(nine) || times.Zone != "Asia/Tokyo" || times.Yours != "America/Chicago" {
			t.Fatalf("free are %+v", times)
		}
		refused(m, m.ben, calls.CallTimes, calls.OnSharing{Sharing: m.shared}, "no such sharing")
		c := run(m, m.ada, calls.Book, calls.BookCall{Sharing: m.shared, At: nine, Wish: "Let go of the rota"})
		refused(m, m.cleo, calls.Book, calls.BookCall{Sharing: m.other, At: nine.Add(30 * time.Minute)}, "Free next: Thursday 26 November 02:00")
		refused(m, m.cleo, calls.Show, calls.AskCall{Call: c.ID}, "no such call")
		mine, his := m.mail(m.ada), m.mail(m.ben)
		last := his[len(his)-1]
		if !strings.Contains(last.Body, "Thursday 26 November 2026, 09:00 – 10:00 (Asia/Tokyo)") || !strings.Contains(last.Body, "For Ada: Wednesday 25 November 2026, 18:00") || !strings.Contains(last.Body, "Let go of the rota") {
			t.Errorf("the coach reads %s", last.Body)
		}
		for _, l := range []store.Letter{last, mine[len(mine)-1]} {
			for _, want := range []string{"METHOD:REQUEST\r\n", "DTSTART:20261126T000000Z\r\n", "DTEND:20261126T010000Z\r\n", "SEQUENCE:0\r\n", "ORGANIZER;CN=Ben:mailto:ben@example.org\r\n"} {
				if !strings.Contains(l.Calendar, want) {
					t.Errorf("the entry for %s has no %q: %s", l.To, want, l.Calendar)
				}
			}
		}
		uid := func(l store.Letter) string { return l.Calendar[strings.Index(l.Calendar, "UID:"):][:30] }
		first := uid(last)

		moved := run(m, m.ben, calls.Move, calls.MoveCall{OnCall: calls.OnCall{Call: c.ID}, At: nine.Add(2 * time.Hour)})
		if moved.Sequence != 1 {
			t.Errorf("moved has sequence %d", moved.Sequence)
		}
		mine = m.mail(m.ada)
		last = mine[len(mine)-1]
		if !strings.Contains(last.Subject, "Ben moved your call") || !strings.Contains(last.Calendar, "SEQUENCE:1\r\n") || uid(last) != first {
			t.Errorf("of the move: %s\n%s", last.Subject, last.Calendar)
		}
		if !strings.Contains(last.Body, "Wednesday 25 November 2026, 20:00 – 21:00 (America/Chicago)") || !strings.Contains(last.Body, "For Ben: Thursday 26 November 2026, 11:00") || !strings.Contains(last.Body, "It was to be on Wednesday 25 November 2026, 18:00.") {
			t.Errorf("the client reads of the move %s", last.Body)
		}
		his = m.mail(m.ben)
		if last = his[len(his)-1]; !strings.Contains(last.Subject, "Your call with Ada is moved") || !strings.Contains(last.Body, "It was to be on Thursday 26 November 2026, 09:00.") || uid(last) != first {
			t.Errorf("who moved it is confirmed %s\n%s", last.Subject, last.Body)
		}
		run(m, m.ada, calls.Cancel, calls.CancelCall{OnCall: calls.OnCall{Call: c.ID}, Reason: "A cold"})
		his = m.mail(m.ben)
		last = his[len(his)-1]
		if !strings.Contains(last.Body, "A cold") || !strings.Contains(last.Calendar, "METHOD:CANCEL\r\n") || !strings.Contains(last.Calendar, "STATUS:CANCELLED\r\n") || uid(last) != first {
			t.Errorf("of the end: %s\n%s", last.Body, last.Calendar)
		}
		refused(m, m.ada, calls.Move, calls.MoveCall{OnCall: calls.OnCall{Call: c.ID}, At: nine}, "is cancelled")
		run(m, m.cleo, calls.Book, calls.BookCall{Sharing: m.other, At: nine})
		m.sound()
	})
}

// TestACoachIsWrittenInitials in a mail and its entry for the calendar, where
// the client's own name everybody.
func TestACoachIsWrittenInitials(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		m := coached(t, s)
		c := run(m, m.ada, calls.Book, calls.BookCall{Sharing: m.shared, At: nine, Wish: "Cleo has too much"})
		read := func(who app.Actor, want, not string) {
			t.Helper()
			all := m.mail(who)
			last := all[len(all)-1]
			text := last.Body + strings.ReplaceAll(last.Calendar, "\r\n ", "")
			if n := strings.Count(text, want); n == 0 || strings.Contains(text, not) {
				t.Errorf("%s reads %d times %q: %s", last.To, n, want, text)
			}
		}
		read(m.ben, "C. has too much", "Cleo")
		read(m.ada, "Cleo has too much", "C. has")
		run(m, m.ada, calls.Cancel, calls.CancelCall{OnCall: calls.OnCall{Call: c.ID}, Reason: "Cleo is ill"})
		read(m.ben, "C. is ill", "Cleo")
		read(m.ada, "Cleo is ill", "C. is")
	})
}

// cancels looks for the mails that take calls out of somebody's calendar: how
// many, of what, and whether they lead to a page.
func (m *practice) cancels(who app.Actor, n int, of string, linked bool) {
	m.t.Helper()
	var got []store.Letter
	for _, l := range m.mail(who) {
		if strings.Contains(l.Calendar, "METHOD:CANCEL\r\n") && strings.Contains(l.Calendar, "SEQUENCE:1\r\n") {
			got = append(got, l)
		}
	}
	if len(got) != n {
		m.t.Fatalf("%d mails take a call out of the calendar of %d, want %d", len(got), who.Person, n)
	}
	for _, l := range got {
		if !strings.Contains(l.Subject, of) || !strings.Contains(l.Body, "November 2026, ") || strings.Contains(l.Body, "https://") != linked {
			m.t.Errorf("%s reads %s\n%s", l.To, l.Subject, l.Body)
		}
	}
}

// TestACallEndsWithItsSharing ends what is shown from either side, and lets
// either leave: nobody is left waiting for a call.
func TestACallEndsWithItsSharing(t *testing.T) {
	ends := map[string]func(m *practice) (stays app.Actor){
		"the client stops": func(m *practice) app.Actor {
			run(m, m.ada, coaching.Stop, coaching.OnSharing{Sharing: m.shared})
			return m.ben
		},
		"the coach stops": func(m *practice) app.Actor {
			run(m, m.ben, coaching.Stop, coaching.OnSharing{Sharing: m.shared})
			return m.ada
		},
		"the coach leaves": func(m *practice) app.Actor {
			run(m, m.ada, delegations.Leave, delegations.LeaveNow{Person: m.ben.Person})
			return m.ada
		},
		"the client leaves": func(m *practice) app.Actor {
			// Somebody else has to own the workspace before she can.
			owner := m.cleo
			err := m.Write(m.t.Context(), m.ada, func(tx *app.Tx) error {
				c, err := tx.Member(m.t.Context(), m.cleo.Person)
				if err != nil {
					return err
				}
				c.Owner = true
				return tx.SaveMember(m.t.Context(), &c)
			})
			if err != nil {
				m.t.Fatal(err)
			}
			owner.Owner = true
			run(m, owner, delegations.Leave, delegations.LeaveNow{Person: m.ada.Person})
			return m.ben
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				m := coached(t, s)
				run(m, m.ada, calls.Book, calls.BookCall{Sharing: m.shared, At: nine})
				other := run(m, m.cleo, calls.Book, calls.BookCall{Sharing: m.other, At: nine.Add(2 * time.Hour)})
				m.mail(m.ada)
				stays := end(m)
				if all := run(m, m.ada, calls.List, app.Page{}); all.Items[0].State != call.Cancelled {
					t.Errorf("the call is %s", all.Items[0].State)
				}
				goes := m.ada
				if stays == m.ada {
					goes = m.ben
				}
				leaves := strings.HasSuffix(name, "leaves")
				m.cancels(stays, 1, "cancelled your call", true)
				n := 1
				if name == "the coach leaves" {
					n = 2 // Cleo's as well
				}
				m.cancels(goes, n, "is cancelled", !leaves)
				if name != "the coach leaves" {
					if c := run(m, m.cleo, calls.Show, calls.AskCall{Call: other.ID}); c.State != call.Booked {
						t.Errorf("another client's call is %s", c.State)
					}
				}
				m.sound()
			})
		})
	}
}

// TestACallAfterTheEndIsABreach puts a call back that was cancelled
// with its sharing.
func TestACallAfterTheEndIsABreach(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		m := coached(t, s)
		booked := run(m, m.ada, calls.Book, calls.BookCall{Sharing: m.shared, At: nine})
		run(m, m.ada, coaching.Stop, coaching.OnSharing{Sharing: m.shared})
		err := m.Write(t.Context(), m.ada, func(tx *app.Tx) error {
			c, err := tx.Call(t.Context(), booked.ID)
			if err != nil {
				return err
			}
			c.State = call.Booked
			return tx.SaveCall(t.Context(), &c)
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := promises.Check(t.Context(), m.App, m.ada.Workspace, m.now); err == nil || !strings.Contains(err.Error(), "booked for after its sharing ended") {
			t.Errorf("the check says %v", err)
		}
		refused(m, m.ada, calls.Move, calls.MoveCall{OnCall: calls.OnCall{Call: booked.ID}, At: nine.Add(time.Hour)}, "ended")
	})
}

func TestTheClockRemindsAndAsksOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		m := coached(t, s)
		c := run(m, m.ada, calls.Book, calls.BookCall{Sharing: m.shared, At: nine})
		before := len(m.mail(m.ada))
		m.now = nine.Add(-23 * time.Hour)
		mine := m.mail(m.ada)
		if len(mine) != before+1 || !strings.Contains(mine[before].Subject, "Your call with Ben is tomorrow") {
			t.Fatalf("the day before: %d letters", len(mine)-before)
		}
		m.now = nine.Add(3 * time.Hour)
		m.mail(m.ada)
		got := run(m, m.ada, calls.Show, calls.AskCall{Call: c.ID})
		if !got.Unsaid || got.State != call.Booked {
			t.Errorf("afterwards it is %s, unsaid %v", got.State, got.Unsaid)
		}
		refused(m, m.ada, calls.Cancel, calls.CancelCall{OnCall: calls.OnCall{Call: c.ID, IfMatch: app.Match{got.Version + 1}}}, "changed")
		if done := run(m, m.ben, calls.End, calls.EndCall{OnCall: calls.OnCall{Call: c.ID}}); done.State != call.Ended || done.Unsaid {
			t.Errorf("it took place: %s", done.State)
		}
		refused(m, m.ada, calls.Miss, calls.OnCall{Call: c.ID}, "is over")
		m.sound()
	})
}

// TestOneTimeIsBookedOnce lets both clients ask for the same times at once.
func TestOneTimeIsBookedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		m := coached(t, s)
		free := run(m, m.ada, calls.CallTimes, calls.OnSharing{Sharing: m.shared, AskFree: calls.AskFree{Days: 4}}).Free
		var wait sync.WaitGroup
		var mu sync.Mutex
		booked := 0
		for _, at := range free {
			for _, who := range []struct {
				actor   app.Actor
				sharing work.SharingID
			}{{m.ada, m.shared}, {m.cleo, m.other}} {
				wait.Go(func() {
					_, err := calls.Book.Do(t.Context(), m.App, who.actor, calls.BookCall{Sharing: who.sharing, At: at.From})
					if err != nil && work.KindOf(err) != work.Conflict {
						t.Error(err)
					}
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						booked++
					}
				})
			}
		}
		wait.Wait()
		// Of half hours from nine to eleven, each takes an hour: two or three fit.
		if booked < 2 || booked > 3 {
			t.Errorf("%d were booked at %v", booked, free)
		}
		var spans []call.Span
		err := m.Store.Read(t.Context(), m.ben.Workspace, func(tx *store.Tx) (err error) {
			spans, err = tx.BookedSpans(t.Context(), m.ben.Person, m.now, m.now.AddDate(0, 0, 30), 0)
			return err
		})
		if err != nil || len(spans) != booked {
			t.Errorf("%d are kept, %v", len(spans), err)
		}
		for i := 1; i < len(spans); i++ {
			if spans[i].Overlaps(spans[i-1]) {
				t.Errorf("%v overlaps %v", spans[i], spans[i-1])
			}
		}
		m.sound()
	})
}

func TestDecisionsOfACallBecomeTheClients(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		m := coached(t, s)
		task := func(title string) work.TaskID {
			return run(m, m.ada, tasks.Add, tasks.AddTask{Fields: tasks.Fields{Title: &title}}).ID
		}
		rota, minutes, private := task("Write the rota"), task("Type the minutes"), task("See the lawyer")
		area := run(m, m.ada, workspaces.AddArea, workspaces.NewArea{Name: "Mine", Private: true}).Name
		run(m, m.ada, tasks.Edit, tasks.EditTask{Task: private, Fields: tasks.Fields{Area: &area}})
		c := run(m, m.ada, calls.Book, calls.BookCall{Sharing: m.shared, At: nine})
		decide := func(kind call.Kind, id work.TaskID) calls.NewDecision {
			return calls.NewDecision{OnCall: calls.OnCall{Call: c.ID}, Kind: kind, Task: id}
		}
		refused(m, m.ben, calls.Decide, decide(call.Drop, minutes), "begin it first")
		refused(m, m.ben, calls.Begin, calls.OnCall{Call: c.ID}, "an hour before its time")
		m.now = nine
		run(m, m.ben, calls.Begin, calls.OnCall{Call: c.ID})
		run(m, m.ben, calls.AddNote, calls.NewNote{OnCall: calls.OnCall{Call: c.ID}, Text: "She looks tired"})
		run(m, m.ben, calls.AddNote, calls.NewNote{OnCall: calls.OnCall{Call: c.ID}, Text: "Begin with the rota", Shared: true})
		refused(m, m.ben, calls.Decide, decide(call.Drop, private), "no such task")
		refused(m, m.ben, calls.Decide, calls.NewDecision{OnCall: calls.OnCall{Call: c.ID}, Kind: call.Promise}, "what is promised")

		// The coach proposes; the plate stays as it is until the client takes it.
		give := decide(call.Delegate, rota)
		give.Receiver = m.cleo.Person
		run(m, m.ben, calls.Decide, give)
		seen := run(m, m.ben, calls.Decide, decide(call.Drop, minutes))
		if open := run(m, m.ada, tasks.Show, tasks.AskTask{Task: minutes}); open.State != work.TaskOpen {
			t.Fatal("a coach dropped a task")
		}
		refused(m, m.ben, calls.Take, calls.TakeDecision{OnDecision: calls.OnDecision{OnCall: calls.OnCall{Call: c.ID}, Decision: seen.Decisions[0].ID}}, "Only the client")
		run(m, m.ada, calls.Take, calls.TakeDecision{OnDecision: calls.OnDecision{OnCall: calls.OnCall{Call: c.ID}, Decision: seen.Decisions[0].ID}})
		run(m, m.ada, calls.Take, calls.TakeDecision{OnDecision: calls.OnDecision{OnCall: calls.OnCall{Call: c.ID}, Decision: seen.Decisions[1].ID}})
		refused(m, m.ada, calls.LetGo, calls.OnDecision{OnCall: calls.OnCall{Call: c.ID}, Decision: seen.Decisions[1].ID}, "answered already")
		run(m, m.ada, calls.Decide, decide(call.Automate, private))
		mine := run(m, m.ada, calls.Decide, calls.NewDecision{OnCall: calls.OnCall{Call: c.ID}, Kind: call.Promise, Words: "Fridays off"})

		said := func(c calls.Call) (out []string) {
			for _, d := range c.Decisions {
				out = append(out, d.Title+"|"+d.Who+"|"+d.Became)
			}
			return out
		}
		want := "Write the rota|Cleo|Still a draft.;Type the minutes||The task was dropped.;See the lawyer||Still on the plate, to be automated.;||Not said yet whether it is kept."
		if got := strings.Join(said(mine), ";"); got != want || len(mine.Notes) != 1 {
			t.Errorf("the client sees %s and %d notes", got, len(mine.Notes))
		}
		his := run(m, m.ben, calls.Show, calls.AskCall{Call: c.ID})
		if got := strings.Join(said(his), ";"); strings.Contains(got, "lawyer") || !strings.Contains(got, "Something that is not shown to you") || len(his.Notes) != 2 {
			t.Errorf("the coach sees %s and %d notes", got, len(his.Notes))
		}
		run(m, m.ada, calls.End, calls.EndCall{OnCall: calls.OnCall{Call: c.ID}})

		// The next call begins with what became of them.
		run(m, m.ada, calls.Say, calls.SayKept{OnDecision: calls.OnDecision{OnCall: calls.OnCall{Call: c.ID}, Decision: mine.Decisions[3].ID}, Kept: true})
		next := run(m, m.ada, calls.Book, calls.BookCall{Sharing: m.shared, At: nine.AddDate(0, 0, 7)})
		if next.Before == nil || next.Before.Call != c.ID || next.Before.Decisions[3].Became != "Kept." || !next.Before.Decisions[3].Settled || next.Before.Decisions[0].Settled {
			t.Errorf("the next begins with %+v", next.Before)
		}
		m.sound()
	})
}

func TestACallOfOnesOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		m := coached(t, s)
		c := run(m, m.ada, calls.Guide, calls.GuideCall{Wish: "Less"})
		if again := run(m, m.ada, calls.Guide, calls.GuideCall{}); again.ID != c.ID || again.Coach != nil {
			t.Errorf("a second one began: %+v", again)
		}
		run(m, m.ada, calls.Decide, calls.NewDecision{OnCall: calls.OnCall{Call: c.ID}, Kind: call.Promise, Words: "Say no once a day"})
		run(m, m.ada, calls.End, calls.EndCall{OnCall: calls.OnCall{Call: c.ID}})
		m.now = m.now.AddDate(0, 0, 7)
		next := run(m, m.ada, calls.Guide, calls.GuideCall{})
		if next.Before == nil || len(next.Before.Decisions) != 1 {
			t.Errorf("the next begins with %+v", next.Before)
		}
		refused(m, m.ben, calls.Show, calls.AskCall{Call: c.ID}, "no such call")
		m.sound()
	})
}

// TestAWalkKeepsItsPlace while whoever walks holds another's call.
func TestAWalkKeepsItsPlace(t *testing.T) {
	m := coached(t, storetest.Open(t, storetest.DSN(t, "sqlite")))
	c := run(m, m.ada, calls.Book, calls.BookCall{Sharing: m.shared, At: nine})
	own := run(m, m.ben, calls.Guide, calls.GuideCall{})
	run(m, m.ben, calls.Answer, calls.AnswerQuestion{OnCall: calls.OnCall{Call: own.ID}, Question: 1, Answer: "The rota went well"})
	m.now = nine
	run(m, m.ben, calls.Begin, calls.OnCall{Call: c.ID})
	if got := run(m, m.ben, calls.Guide, calls.GuideCall{}); got.ID != own.ID || got.Walk.At != 2 {
		t.Errorf("call %d goes on at question %d, want call %d at 2", got.ID, got.Walk.At, own.ID)
	}
}
