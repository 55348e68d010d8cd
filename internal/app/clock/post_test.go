package clock

import (
	"database/sql"
	"log/slog"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

// team is a workspace whose clock the test moves: Ada gives to Ben, a member in
// Tokyo, to Cara, who has an address and no account, and to Dora, who has
// neither.
type team struct {
	*app.App
	t                    testing.TB
	db                   string
	now                  time.Time
	ada, ben, cara, dora app.Actor
}

func gather(t testing.TB) *team {
	t.Helper()
	m := &team{t: t, db: storetest.DSN(t, "sqlite"), now: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)}
	s, err := store.Open(t.Context(), m.db, store.Options{Unsynced: true})
	if err != nil {
		t.Fatal(err)
	}
	m.App = app.New(s, slog.New(slog.DiscardHandler))
	m.Now = func() time.Time { return m.now }
	m.URL = "https://baton.example.org"
	m.ada, err = workspaces.Found(t.Context(), m.App, workspaces.Founding{Workspace: "Clinic", Kind: "practice", Currency: "USD", Zone: "America/Chicago", Name: "Ada", Email: "ada@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	m.ben = m.person("Ben", work.Teammate, "ben@example.org", "Asia/Tokyo")
	m.cara, m.dora = m.person("Cara", work.Provider, "cara@example.org", ""), m.person("Dora", work.Provider, "", "")
	if _, err := workspaces.Invite.Do(t.Context(), m.App, m.ada, workspaces.InvitePerson{Person: m.ben.Person}); err != nil {
		t.Fatal(err)
	}
	return m
}

func (m *team) person(name string, kind work.PersonKind, mail, zone string) app.Actor {
	m.t.Helper()
	p, err := people.Add.Do(m.t.Context(), m.App, m.ada, people.Fields{Name: &name, Kind: &kind, Email: &mail, Zone: &zone})
	if err != nil {
		m.t.Fatal(err)
	}
	return app.Actor{Workspace: m.ada.Workspace, Person: p.ID}
}

// offer hands a new task to somebody.
func (m *team) offer(title string, to app.Actor) work.DelegationID {
	m.t.Helper()
	task, err := tasks.Add.Do(m.t.Context(), m.App, m.ada, tasks.AddTask{Fields: tasks.Fields{Title: &title}})
	if err != nil {
		m.t.Fatal(err)
	}
	terms := work.Terms{Brief: work.Brief{Outcome: "done"}, Authority: work.Authority{Level: 6}}
	d, err := delegations.Begin.Do(m.t.Context(), m.App, m.ada, delegations.StartDelegation{Task: task.ID, Receiver: to.Person, Terms: &terms})
	if err != nil {
		m.t.Fatal(err)
	}
	if _, err := delegations.Offer.Do(m.t.Context(), m.App, m.ada, delegations.MakeOffer{On: delegations.On{Delegation: d.ID}, Receiver: to.Person}); err != nil {
		m.t.Fatal(err)
	}
	return d.ID
}

// pass lets time pass an hour at a time, so that mail is written when it is
// due.
func (m *team) pass(hours int) {
	m.t.Helper()
	for range hours {
		m.now = m.now.Truncate(time.Hour).Add(time.Hour)
		if err := Advance(m.t.Context(), m.App, m.now); err != nil {
			m.t.Fatal(err)
		}
	}
}

// letters lists the mail to somebody.
func (m *team) letters(who app.Actor) (mine []store.Letter) {
	m.t.Helper()
	err := m.Store.Read(m.t.Context(), who.Workspace, func(tx *store.Tx) error {
		all, err := tx.Letters(m.t.Context(), who.Person, 0, 10_000)
		for _, l := range all {
			if l.Person == who.Person {
				mine = append(mine, l)
			}
		}
		return err
	})
	if err != nil {
		m.t.Fatal(err)
	}
	return mine
}

// told counts the events that mail told of.
func told(all []store.Letter) (n int) {
	for _, l := range all {
		news, _, _ := strings.Cut(l.Body, "\nWaiting for you:")
		if i := strings.Index(news, " things wait for you:"); i >= 0 {
			news = news[:i]
		}
		n += strings.Count(news, "\n- ")
	}
	return n
}

func TestAnOfferReachesSomebodyWithoutAnAccountByMail(t *testing.T) {
	m := gather(t)
	defer func() { _ = m.Store.Close() }()
	d := m.offer("Clean the house", m.cara)
	if got := m.letters(m.cara); len(got) != 0 {
		t.Fatal("mail leaves before its ten seconds are over")
	}
	m.now = m.now.Add(work.OfferStays)
	if err := Advance(t.Context(), m.App, m.now); err != nil {
		t.Fatal(err)
	}
	got := m.letters(m.cara)
	if len(got) != 1 || got[0].To != "cara@example.org" || got[0].Giver != m.ada.Person || got[0].ReplyTo != "ada@example.org" {
		t.Fatalf("%+v", got)
	}
	_, rest, _ := strings.Cut(got[0].Body, "https://baton.example.org/guest/")
	secret, _, _ := strings.Cut(rest, "\n")
	err := m.Store.ReadGlobal(t.Context(), func(g *store.Global) error {
		link, err := g.GuestLink(t.Context(), delegations.HashSecret(secret), m.now)
		if link.Delegation != d || link.Person != m.cara.Person {
			t.Errorf("the link opens %+v", link)
		}
		return err
	})
	if err != nil {
		t.Errorf("%v in\n%s", err, got[0].Body)
	}
}

func TestAnUndoneOfferIsToldToNobody(t *testing.T) {
	m := gather(t)
	defer func() { _ = m.Store.Close() }()
	d := m.offer("Clean the house", m.cara)
	m.now = m.now.Add(work.OfferStays / 2)
	if _, err := delegations.UndoOffer.Do(t.Context(), m.App, m.ada, delegations.On{Delegation: d}); err != nil {
		t.Fatal(err)
	}
	m.pass(48)
	if got := m.letters(m.cara); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestEverybodyIsToldOnce plays at random and counts: of each event that is
// for somebody, mail tells them once, at the times and of the urgency they
// wish, and of a day's news in one mail.
func TestEverybodyIsToldOnce(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		m := gather(t)
		defer func() { _ = m.Store.Close() }()
		wants := map[app.Actor]wish{
			m.ada: m.wish(r, m.ada, "Ada"), m.ben: m.wish(r, m.ben, "Ben"), m.cara: {digest: true, urgent: true}, m.dora: {},
		}
		zones := map[app.Actor]string{m.ada: "America/Chicago", m.ben: "Asia/Tokyo", m.cara: "America/Chicago"}
		m.play(r)
		m.pass(26) // the last daily mail everywhere
		expected := m.entitled(wants, zones)
		for who, want := range expected {
			all := m.letters(who)
			if got := told(all); got != want {
				r.Errorf("person %d is told of %d events, want %d (%+v)", who.Person, got, want, wants[who])
			}
			days := map[string]bool{}
			for _, l := range all {
				local := l.CreatedAt.In(ical.Location(zones[who]))
				day := local.Format(time.DateOnly)
				if daily := local.Hour() == 7 && local.Minute() == 0; daily || !wants[who].urgent {
					if days[day] || !daily {
						r.Errorf("person %d has a mail too many on %s at %s", who.Person, day, local)
					}
					days[day] = true
				}
			}
		}
	})
}

// wish is which mail somebody wants.
type wish struct{ digest, urgent bool }

func (m *team) wish(r *rapid.T, who app.Actor, name string) wish {
	w := wish{rapid.Bool().Draw(r, name+" wants the daily mail"), rapid.Bool().Draw(r, name+" wants urgent mail")}
	if _, err := workspaces.ChangeSettings.Do(m.t.Context(), m.App, who, workspaces.NewSettings{Digest: &w.digest, Urgent: &w.urgent}); err != nil {
		m.t.Fatal(err)
	}
	return w
}

// play makes moves at random; those that are refused are no harm.
func (m *team) play(r *rapid.T) {
	ctx := m.t.Context()
	receivers := []app.Actor{m.ben, m.cara, m.dora}
	var open []delegations.On
	var held []app.Actor
	for range rapid.IntRange(1, 25).Draw(r, "moves") {
		if len(open) == 0 || rapid.IntRange(0, 4).Draw(r, "again") == 0 {
			to := rapid.SampledFrom(receivers).Draw(r, "to")
			open, held = append(open, delegations.On{Delegation: m.offer("Rota", to)}), append(held, to)
			continue
		}
		i := rapid.IntRange(0, len(open)-1).Draw(r, "which")
		on, who := open[i], held[i]
		who.Guest = 0
		var err error
		switch rapid.IntRange(0, 6).Draw(r, "move") {
		case 0:
			_, err = delegations.Accept.Do(ctx, m.App, who, delegations.AcceptTerms{On: on, Terms: 1})
		case 1:
			_, err = delegations.Ask.Do(ctx, m.App, who, delegations.AskQuestion{On: on, Text: "which one?"})
		case 2:
			_, err = delegations.Pause.Do(ctx, m.App, m.ada, delegations.Why{On: on})
		case 3:
			_, err = delegations.RequestUpdate.Do(ctx, m.App, m.ada, delegations.Text{On: on})
		case 4:
			_, err = delegations.Decline.Do(ctx, m.App, who, delegations.Why{On: on})
		case 5:
			_, err = delegations.Decide.Do(ctx, m.App, who, delegations.StateDecision{On: on, Words: "blue"})
		default:
			m.pass(rapid.IntRange(1, 40).Draw(r, "hours"))
		}
		if err != nil && work.KindOf(err) == "" {
			m.t.Fatal(err)
		}
	}
}

// entitled counts, for everybody, the events that are for them, that they want
// mail of, and whose mail has had its time.
func (m *team) entitled(wants map[app.Actor]wish, zones map[app.Actor]string) map[app.Actor]int {
	m.t.Helper()
	out := map[app.Actor]int{m.ada: 0, m.ben: 0, m.cara: 0, m.dora: 0}
	err := m.Store.Read(m.t.Context(), m.ada.Workspace, func(tx *store.Tx) error {
		events, err := tx.Events(m.t.Context(), store.EventFilter{})
		if err != nil {
			return err
		}
		for _, e := range events {
			if e.Delegation == 0 {
				continue
			}
			d, err := tx.Delegation(m.t.Context(), e.Delegation)
			if err != nil {
				return err
			}
			for _, n := range d.Recipients(e, nil) {
				for who, w := range wants {
					leaves := e.At.Add(work.OfferStays)
					if !n.Urgent || !w.urgent {
						leaves = work.NextDigest(leaves, zones[who])
					}
					if who.Person == n.To && (w.digest || w.urgent && n.Urgent) && !leaves.After(m.now) {
						out[who]++
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		m.t.Fatal(err)
	}
	return out
}

// TestOneThatFailsDoesNotStopTime breaks the delegation at the head of what is
// due.
func TestOneThatFailsDoesNotStopTime(t *testing.T) {
	m := gather(t)
	defer func() { _ = m.Store.Close() }()
	broken, whole := m.offer("Rota", m.ben), m.offer("Supplies", m.ben)
	raw, err := sql.Open("sqlite", m.db)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.ExecContext(t.Context(), `UPDATE terms SET body = '{' WHERE delegation = ?`, broken); err != nil {
		t.Fatal(err)
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	m.now = m.now.AddDate(0, 0, 30)
	for range 2 {
		if err := Advance(t.Context(), m.App, m.now); err == nil || strings.Count(err.Error(), "terms 1 of delegation") == 0 {
			t.Errorf("Advance says %v", err)
		}
	}
	err = m.Store.Read(t.Context(), m.ada.Workspace, func(tx *store.Tx) error {
		d, err := tx.Delegation(t.Context(), whole)
		if err == nil && d.Outcome != work.Lapsed {
			t.Errorf("the one behind it is %s", d.State)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
