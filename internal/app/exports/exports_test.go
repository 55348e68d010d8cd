package exports

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baton/internal/app"
	"baton/internal/app/decisionareas"
	"baton/internal/app/delegations"
	"baton/internal/app/history"
	"baton/internal/app/people"
	"baton/internal/app/promises"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

func open(t *testing.T) *app.App {
	t.Helper()
	return over(storetest.Open(t, storetest.DSN(t, "sqlite")))
}

func over(s *store.Store) *app.App {
	a := app.New(s, slog.New(slog.DiscardHandler))
	a.Now = func() time.Time { return time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC) }
	return a
}

// found makes a clinic of Ada, its owner, and Ben, who keeps something private.
func found(t *testing.T, a *app.App) (ada, ben app.Actor) {
	t.Helper()
	ada, err := workspaces.Found(t.Context(), a, workspaces.Founding{Workspace: "Clinic", Kind: "practice", Currency: "USD", Zone: "UTC", Name: "Ada", Email: "ada@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	person, err := people.Add.Do(t.Context(), a, ada, people.Fields{Name: ptr("Ben"), Kind: ptr(work.Teammate), Email: ptr("ben@example.org")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := workspaces.Invite.Do(t.Context(), a, ada, workspaces.InvitePerson{Person: person.ID}); err != nil {
		t.Fatal(err)
	}
	ben = app.Actor{Workspace: ada.Workspace, Person: person.ID}
	if _, err := people.Add.Do(t.Context(), a, ben, people.Fields{Name: ptr("Timothy"), Kind: ptr(work.Family)}); err != nil {
		t.Fatal(err)
	}
	if _, err := workspaces.AddArea.Do(t.Context(), a, ben, workspaces.NewArea{Name: "Allotment", Private: true}); err != nil {
		t.Fatal(err)
	}
	for who, line := range map[app.Actor]string{ada: "Order supplies every friday", ben: "Mow the lawn #Allotment"} {
		if _, err := tasks.Add.Do(t.Context(), a, who, tasks.AddTask{Line: line}); err != nil {
			t.Fatal(err)
		}
	}
	return ada, ben
}

func ptr[T any](v T) *T { return &v }

// TestAnExportComesBackAsItWas goes from each kind of database to each.
func TestAnExportComesBackAsItWas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, from *store.Store) {
		a := over(from)
		found(t, a)
		var first bytes.Buffer
		if err := Write(t.Context(), a, &first); err != nil {
			t.Fatal(err)
		}
		storetest.Each(t, func(t *testing.T, to *store.Store) { comesBack(t, over(to), first.Bytes()) })
	})
}

func comesBack(t *testing.T, b *app.App, export []byte) {
	t.Helper()
	if _, err := Restore(t.Context(), b, bytes.NewReader(export)); err != nil {
		t.Fatal(err)
	}
	var second bytes.Buffer
	if err := Write(t.Context(), b, &second); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(export, second.Bytes()) {
		t.Error("the export of what was brought back differs")
	}
	_, err := Restore(t.Context(), b, bytes.NewReader(export))
	if work.KindOf(err) != work.Conflict {
		t.Errorf("into a database with something in it: %v", err)
	}
	ada, err := workspaces.ActorFor(t.Context(), b, "")
	if err != nil {
		t.Fatal(err)
	}
	hits, err := tasks.Search.Do(t.Context(), b, ada, tasks.AskSearch{Words: "supplies"})
	if err != nil || len(hits.Items) != 1 {
		t.Errorf("search finds %d tasks (%v)", len(hits.Items), err)
	}
}

func TestWhatIsPrivateStaysWithItsMember(t *testing.T) {
	a := open(t)
	ada, ben := found(t, a)
	for _, row := range []struct {
		name      string
		who       app.Actor
		workspace bool
		without   []string
		with      []string
	}{
		{"the owner's workspace", ada, true, []string{"Timothy", "Allotment", "Mow"}, []string{"Ben", "supplies", "ben@example.org"}},
		{"the owner's own", ada, false, []string{"Timothy", "Allotment", "Mow", "ben@example.org\",\"name"}, []string{"supplies"}},
		{"the member's own", ben, false, []string{"supplies"}, []string{"Timothy", "Allotment", "Mow"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			out, err := Show.Do(t.Context(), a, row.who, Ask{Workspace: row.workspace})
			if err != nil {
				t.Fatal(err)
			}
			body, err := json.Marshal(out)
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range row.without {
				if strings.Contains(string(body), word) {
					t.Errorf("it holds %q", word)
				}
			}
			for _, word := range row.with {
				if !strings.Contains(string(body), word) {
					t.Errorf("it lacks %q", word)
				}
			}
			_, err = Restore(t.Context(), open(t), bytes.NewReader(body))
			if row.workspace && err != nil || !row.workspace && work.KindOf(err) != work.Conflict {
				t.Errorf("bringing it back: %v", err)
			}
		})
	}
	if _, err := Show.Do(t.Context(), a, ben, Ask{Workspace: true}); work.KindOf(err) != work.Forbidden {
		t.Errorf("a member exports the workspace: %v", err)
	}
}

// TestAPrivateNoteIsItsAuthorsAlone: both write one about the same delegation;
// each sees theirs, on the page and in their export, and nobody the other's.
func TestAPrivateNoteIsItsAuthorsAlone(t *testing.T) {
	a := open(t)
	ada, ben := found(t, a)
	task, err := tasks.Add.Do(t.Context(), a, ada, tasks.AddTask{Line: "Build the rota"})
	if err != nil {
		t.Fatal(err)
	}
	terms := work.Terms{Brief: work.Brief{Outcome: "It hangs", Minimum: "It is legible"}, Authority: work.Authority{Level: 2}}
	d, err := delegations.Begin.Do(t.Context(), a, ada, delegations.StartDelegation{Task: task.ID, Kind: work.Assignment, Receiver: ben.Person, Terms: &terms})
	if err != nil {
		t.Fatal(err)
	}
	on := delegations.On{Delegation: d.ID}
	if _, err := delegations.Tell.Do(t.Context(), a, ada, delegations.Agreement{On: on, Receiver: ben.Person}); err != nil {
		t.Fatal(err)
	}
	for who, text := range map[app.Actor]string{ada: "canary of Ada", ben: "canary of Ben"} {
		if _, err := delegations.SetNote.Do(t.Context(), a, who, delegations.PrivateNote{On: on, Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range []struct {
		name         string
		who          app.Actor
		workspace    bool
		own, another string
	}{
		{"the owner's workspace", ada, true, "canary of Ada", "canary of Ben"},
		{"the giver's own", ada, false, "canary of Ada", "canary of Ben"},
		{"the receiver's own", ben, false, "canary of Ben", "canary of Ada"},
	} {
		out, err := Show.Do(t.Context(), a, row.who, Ask{Workspace: row.workspace})
		if err != nil {
			t.Fatal(err)
		}
		kept, err := json.Marshal(out)
		if err != nil {
			t.Fatal(err)
		}
		story, err := delegations.History.Do(t.Context(), a, row.who, on)
		if err != nil {
			t.Fatal(err)
		}
		shown, err := json.Marshal(story)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(kept), row.own) || !strings.Contains(string(shown), row.own) {
			t.Errorf("%s lacks what they wrote", row.name)
		}
		if strings.Contains(string(kept)+string(shown), row.another) {
			t.Errorf("%s holds what the other wrote", row.name)
		}
	}
}

// TestAnOwnersExportComesBackWithoutGaps restores what an owner may see of a
// workspace: others' own events come first, between and last, and tell nothing.
func TestAnOwnersExportComesBackWithoutGaps(t *testing.T) {
	storetest.Each(t, func(t *testing.T, from *store.Store) {
		a := over(from)
		ada, ben := found(t, a)
		if _, err := people.Add.Do(t.Context(), a, ben, people.Fields{Name: ptr("Wilma"), Kind: ptr(work.Provider)}); err != nil {
			t.Fatal(err)
		}
		out, err := Show.Do(t.Context(), a, ada, Ask{Workspace: true})
		if err != nil {
			t.Fatal(err)
		}
		body, err := json.Marshal(out)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(body), `"kind":"withheld"`); n < 3 {
			t.Fatalf("%d events are withheld; Ben added two people and a task", n)
		}
		storetest.Each(t, func(t *testing.T, to *store.Store) { comesBackWhole(t, over(to), body, ada, ben) })
	})
}

func comesBackWhole(t *testing.T, b *app.App, export []byte, ada, ben app.Actor) {
	t.Helper()
	if _, err := Restore(t.Context(), b, bytes.NewReader(export)); err != nil {
		t.Fatal(err)
	}
	if err := promises.Check(t.Context(), b, ada.Workspace, b.Now()); err != nil {
		t.Error(err)
	}
	if _, err := tasks.Add.Do(t.Context(), b, ada, tasks.AddTask{Line: "Sweep"}); err != nil {
		t.Fatal(err)
	}
	if err := promises.Check(t.Context(), b, ada.Workspace, b.Now()); err != nil {
		t.Errorf("after the next change: %v", err)
	}
	for _, who := range []app.Actor{ada, ben} {
		past, err := history.Events.Do(t.Context(), b, who, history.AskEvents{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range past.Items {
			if e.Kind == work.Withheld {
				t.Errorf("%d reads event %d, which was withheld", who.Person, e.Number)
			}
		}
	}
}

// TestSecretsOfLinksInMailStayBehind exports mail that has left and mail that
// has not, and brings it back.
func TestSecretsOfLinksInMailStayBehind(t *testing.T) {
	const secret = "mnVq0Y3hJ8sT6wK2xB5cD9eF1gH4iL7oP-rU_aZyXwV"
	storetest.Each(t, func(t *testing.T, from *store.Store) {
		a := over(from)
		ada, _ := found(t, a)
		letters := []store.Letter{
			{ID: 901, Body: "Ada offers you “Mow”\nhttps://baton.example.org/guest/" + secret + "\nBye", Subject: "left"},
			{ID: 902, Body: "https://baton.example.org/signin/" + secret, Subject: "waits"},
			{ID: 903, Body: "https://baton.example.org/w/1/delegations/7", Subject: "no secret"},
		}
		err := a.Write(t.Context(), ada, func(tx *app.Tx) error {
			for _, l := range letters {
				l.Person, l.Giver, l.To, l.MessageID, l.CreatedAt, l.LeavesAt = ada.Person, ada.Person, "eve@example.org", l.Subject, tx.Now, tx.Now
				if err := tx.AddLetter(t.Context(), l); err != nil {
					return err
				}
			}
			left := letters[0]
			left.LeavesAt, left.Attempts, left.SentAt = tx.Now, 1, tx.Now
			return tx.SaveLetter(t.Context(), left)
		})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := Write(t.Context(), a, &out); err != nil {
			t.Fatal(err)
		}
		mine, err := Show.Do(t.Context(), a, ada, Ask{})
		if err != nil {
			t.Fatal(err)
		}
		own, err := json.Marshal(mine)
		if err != nil {
			t.Fatal(err)
		}
		for _, body := range [][]byte{out.Bytes(), own} {
			if bytes.Contains(body, []byte(secret)) || !bytes.Contains(body, []byte("/guest/…")) || !bytes.Contains(body, []byte("/delegations/7")) {
				t.Errorf("the mail in it: %s", body)
			}
		}
		storetest.Each(t, func(t *testing.T, to *store.Store) {
			b := over(to)
			comesBack(t, b, out.Bytes())
			waiting(t, b, "no secret")
		})
	})
}

// waiting checks whose mail would still leave, by subject.
func waiting(t *testing.T, a *app.App, want ...string) {
	t.Helper()
	var got []string
	err := a.Store.ReadGlobal(t.Context(), func(g *store.Global) error {
		all, err := g.LeavingLetters(t.Context(), a.Now().Add(time.Hour), 10)
		for _, l := range all {
			got = append(got, l.Subject)
		}
		return err
	})
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// TestAnOlderExportComesBack leaves out what came into the schema later.
func TestAnOlderExportComesBack(t *testing.T) {
	a := open(t)
	found(t, a)
	var whole bytes.Buffer
	if err := Write(t.Context(), a, &whole); err != nil {
		t.Fatal(err)
	}
	older := strings.ReplaceAll(whole.String(), `,"answered_by":0`, "")
	if older == whole.String() {
		t.Fatal("the export has no such column")
	}
	if _, err := Restore(t.Context(), open(t), strings.NewReader(older)); err != nil {
		t.Errorf("an export from before: %v", err)
	}
}

func TestABrokenExportBringsNothingBack(t *testing.T) {
	a := open(t)
	found(t, a)
	var whole bytes.Buffer
	if err := Write(t.Context(), a, &whole); err != nil {
		t.Fatal(err)
	}
	text := whole.String()
	for name, broken := range map[string]string{
		"empty": "", "another file": `{"a":1}`, "not JSON": "TYPE,CONTENT", "cut off": text[:len(text)/2], "no tables": `{"format":"baton","version":1,"scope":"everything"}`,
		"newer":            strings.Replace(text, `"version":1`, `"version":2`, 1),
		"another column":   strings.Replace(text, `"next_id"`, `"next_one"`, 1),
		"another table":    strings.Replace(text, `"focus_areas"`, `"passwords"`, 1),
		"a missing person": strings.Replace(text, `"carrier":`, `"carrier":9`, 1),
		"a wrong type":     strings.Replace(text, `"name":"Clinic"`, `"name":["Clinic"]`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t)
			_, err := Restore(t.Context(), b, strings.NewReader(broken))
			if work.KindOf(err) == "" {
				t.Errorf("want a sentence, not %v", err)
			}
			if _, err := workspaces.ActorFor(t.Context(), b, ""); work.KindOf(err) != work.NotFound {
				t.Errorf("something came back: %v", err)
			}
		})
	}
}

// TestATaskHandedOnToSomebodyPrivateIsExported: Ben hands on what Ada gave him
// to his Wilma, of whom Ada knows nothing. For her it is with Ben.
func TestATaskHandedOnToSomebodyPrivateIsExported(t *testing.T) {
	storetest.Each(t, func(t *testing.T, from *store.Store) {
		a := over(from)
		ada, ben := found(t, a)
		task, wilma, given := handedOn(t, a, ada, ben)
		for _, row := range []struct {
			name    string
			who     app.Actor
			carrier work.PersonID
		}{{"the owner", ada, ben.Person}, {"whose Wilma is", ben, wilma}} {
			for _, whole := range []bool{true, false} {
				if whole && row.who == ben {
					continue // no owner
				}
				out, err := Show.Do(t.Context(), a, row.who, Ask{Workspace: whole})
				if err != nil {
					t.Fatal(err)
				}
				body, err := json.Marshal(out)
				if err != nil {
					t.Fatal(err)
				}
				if got := carrierIn(t, body, task); got != row.carrier {
					t.Errorf("%s, workspace %t: %d carries it, want %d", row.name, whole, got, row.carrier)
				}
				if whole {
					b := open(t)
					comesBackWhole(t, b, body, ada, ben)
					d, err := delegations.Show.Do(t.Context(), b, ada, delegations.On{Delegation: given})
					if err != nil || d.State != work.Active || d.Receiver.ID != ben.Person {
						t.Errorf("brought back it is %s with %d, %v", d.State, d.Receiver.ID, err)
					}
				}
			}
		}
	})
}

// handedOn is a task that Ada gave Ben and he gave his Wilma, and what she gave.
func handedOn(t *testing.T, a *app.App, ada, ben app.Actor) (work.TaskID, work.PersonID, work.DelegationID) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	task, err := tasks.Add.Do(t.Context(), a, ada, tasks.AddTask{Line: "Order paper"})
	must(err)
	terms := work.Terms{Brief: work.Brief{Outcome: "There is paper", Minimum: "A pack"}, Authority: work.Authority{Level: 7}}
	d, err := delegations.Begin.Do(t.Context(), a, ada, delegations.StartDelegation{Task: task.ID, Kind: work.Assignment, Receiver: ben.Person, Terms: &terms})
	must(err)
	_, err = delegations.Tell.Do(t.Context(), a, ada, delegations.Agreement{On: delegations.On{Delegation: d.ID}, Receiver: ben.Person})
	must(err)
	_, err = delegations.Confirm.Do(t.Context(), a, ben, delegations.Seen{On: delegations.On{Delegation: d.ID}, Terms: 1})
	must(err)
	wilma, err := people.Add.Do(t.Context(), a, ben, people.Fields{Name: ptr("Wilma"), Kind: ptr(work.Family)})
	must(err)
	child, err := delegations.HandOn.Do(t.Context(), a, ben, delegations.HandFurther{On: delegations.On{Delegation: d.ID}, Kind: work.Assignment, Receiver: wilma.ID, Terms: &terms})
	must(err)
	_, err = delegations.Tell.Do(t.Context(), a, ben, delegations.Agreement{On: delegations.On{Delegation: child.ID}, Receiver: wilma.ID})
	must(err)
	return task.ID, wilma.ID, d.ID
}

// carrierIn is who carries a task in an export.
func carrierIn(t *testing.T, body []byte, task work.TaskID) work.PersonID {
	t.Helper()
	var doc struct {
		Tables []struct {
			Name string
			Rows []struct {
				ID      work.TaskID
				Carrier work.PersonID
			}
		}
	}
	if err := json.Unmarshal(body, &doc); err != nil {
		t.Fatal(err)
	}
	for _, table := range doc.Tables {
		for _, r := range table.Rows {
			if table.Name == "tasks" && r.ID == task {
				return r.Carrier
			}
		}
	}
	return 0
}

// TestAnOpenVoteComesBackBlind restores what an owner may see of a workspace
// while a vote is open: all voters are there, and whose level the owner did not
// know has to say it again.
func TestAnOpenVoteComesBackBlind(t *testing.T) {
	a, b := open(t), open(t)
	ada, ben := found(t, a)
	area, err := tasks.Add.Do(t.Context(), a, ada, tasks.AddTask{Fields: tasks.Fields{Title: ptr("Hiring"), Kind: ptr(work.DecisionArea)}})
	if err != nil {
		t.Fatal(err)
	}
	v, err := decisionareas.StartVote.Do(t.Context(), a, ada, decisionareas.NewVote{Task: area.ID, Person: ben.Person, Question: "Who hires?"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := decisionareas.Cast.Do(t.Context(), a, ben, decisionareas.CastLevel{OnVote: decisionareas.OnVote{Vote: v.ID}, Level: 6, Reason: "I know them all"}); err != nil {
		t.Fatal(err)
	}
	out, err := Show.Do(t.Context(), a, ada, Ask{Workspace: true})
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(body), "I know them all") {
		t.Error("the owner's export tells what Ben said")
	}
	if _, err := Restore(t.Context(), b, bytes.NewReader(body)); err != nil {
		t.Fatal(err)
	}
	back, err := decisionareas.ShowVote.Do(t.Context(), b, ada, decisionareas.OnVote{Vote: v.ID})
	if err != nil || len(back.Voters) != 2 || back.In != 0 || back.State != work.VoteOpen {
		t.Errorf("it came back %s with %d of %d in (%v)", back.State, back.In, len(back.Voters), err)
	}
	for who, level := range map[app.Actor]work.Level{ada: 3, ben: 6} {
		if _, err := decisionareas.Cast.Do(t.Context(), b, who, decisionareas.CastLevel{OnVote: decisionareas.OnVote{Vote: v.ID}, Level: level}); err != nil {
			t.Fatal(err)
		}
	}
	if back, err = decisionareas.ShowVote.Do(t.Context(), b, ada, decisionareas.OnVote{Vote: v.ID}); err != nil || back.State != work.VoteRevealed {
		t.Errorf("after both voted it is %s (%v)", back.State, err)
	}
	if err := promises.Check(t.Context(), b, ada.Workspace, b.Now()); err != nil {
		t.Error(err)
	}
}
