package coaching

import (
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/promises"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

// practice is a workspace in which every part of a packet has something of its
// own to show: a canary that nothing else holds.
type practice struct {
	*app.App
	t                *testing.T
	now              time.Time
	ada, ben, zed    app.Actor
	timothy, harriet app.Actor // private to Ada, without an account: with a mail address, and without
	given            map[string]work.DelegationID
}

func (p *practice) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func ptr[T any](v T) *T { return &v }

func (p *practice) person(by app.Actor, name string, kind work.PersonKind, mail string) app.Actor {
	p.t.Helper()
	made, err := people.Add.Do(p.t.Context(), p.App, by, people.Fields{Name: &name, Kind: &kind, Email: &mail})
	p.must(err)
	return app.Actor{Workspace: by.Workspace, Person: made.ID}
}

func (p *practice) member(name, mail string) app.Actor {
	p.t.Helper()
	who := p.person(p.ada, name, work.Teammate, mail)
	_, err := workspaces.Invite.Do(p.t.Context(), p.App, p.ada, workspaces.InvitePerson{Person: who.Person})
	p.must(err)
	return who
}

func (p *practice) task(by app.Actor, line string, said work.Said, verdict work.Verdict) work.TaskID {
	p.t.Helper()
	made, err := tasks.Add.Do(p.t.Context(), p.App, by, tasks.AddTask{Line: line})
	p.must(err)
	_, err = tasks.Mark.Do(p.t.Context(), p.App, by, tasks.MarkTask{Task: made.ID, Said: said})
	p.must(err)
	_, err = tasks.Judge.Do(p.t.Context(), p.App, by, tasks.JudgeTask{Task: made.ID, Verdict: verdict})
	p.must(err)
	return made.ID
}

// give lets somebody agree to carry a task, by the one who gives it when they
// have no account.
func (p *practice) give(by app.Actor, task work.TaskID, to app.Actor, aloud bool) work.DelegationID {
	p.t.Helper()
	terms := work.Terms{Brief: work.Brief{Outcome: "It is done"}, Authority: work.Authority{Level: 5}, Support: 30}
	d, err := delegations.Begin.Do(p.t.Context(), p.App, by, delegations.StartDelegation{Task: task, Receiver: to.Person, Terms: &terms})
	p.must(err)
	on := delegations.On{Delegation: d.ID}
	_, err = delegations.Offer.Do(p.t.Context(), p.App, by, delegations.MakeOffer{On: on, Receiver: to.Person})
	p.must(err)
	if aloud {
		_, err = delegations.AnswerFor.Do(p.t.Context(), p.App, by, delegations.GivenOutside{On: on, Yes: true})
	} else {
		_, err = delegations.Accept.Do(p.t.Context(), p.App, to, delegations.AcceptTerms{On: on, Terms: 1, ReadBack: "It will be done; I begin tomorrow."})
	}
	p.must(err)
	return d.ID
}

func found(t *testing.T, kind string) *practice {
	t.Helper()
	p := &practice{t: t, now: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC), given: map[string]work.DelegationID{}}
	p.App = app.New(storetest.Open(t, storetest.DSN(t, kind)), slog.New(slog.DiscardHandler))
	p.Now = func() time.Time { return p.now }
	var err error
	p.ada, err = workspaces.Found(t.Context(), p.App, workspaces.Founding{Workspace: "Clinic", Kind: "practice", Currency: "USD", Zone: "UTC", Name: "Ada Winter", Email: "ada@example.org"})
	p.must(err)
	p.ben, p.zed = p.member("Benedict Okonkwo", "benedict@example.org"), p.member("Zdenka Quill", "zdenka@example.org")
	p.timothy = p.person(p.ada, "Timotheus Gruber", work.Family, "timotheus@example.org")
	p.harriet = p.person(p.ada, "Harriet Ferro", work.Provider, "")
	p.task(p.ada, "platecanary with Benedict every friday 3h", work.Said{Energy: ptr(-2)}, work.Keep)
	p.task(p.ada, "letcanary for timotheus gruber every monday 5h", work.Said{NeedsMe: ptr(0)}, "")
	p.given["promise"] = p.give(p.ada, p.task(p.ada, "promisecanary for HARRIET 1h", work.Said{}, ""), p.ben, false)
	p.given["home"] = p.give(p.ada, p.task(p.ada, "Windows 1h", work.Said{}, ""), p.timothy, true)
	p.given["hers"] = p.give(p.ada, p.task(p.ada, "Gutters 1h", work.Said{}, ""), p.harriet, true)
	p.task(p.ada, "secretcanary with Zdenka every friday 2h #Allotment", work.Said{Energy: ptr(-1)}, work.Keep)
	p.give(p.ada, p.task(p.ada, "secretcanary promise 1h #Allotment", work.Said{}, ""), p.zed, false)
	_, err = workspaces.AddArea.Do(t.Context(), p.App, p.ben, workspaces.NewArea{Name: "Shed", Private: true})
	p.must(err)
	p.task(p.ben, "benscanary every friday 9h", work.Said{Matters: ptr(3)}, work.Drop)
	on := delegations.On{Delegation: p.given["promise"]}
	_, err = delegations.SetNote.Do(t.Context(), p.App, p.ada, delegations.PrivateNote{On: on, Text: "notecanary"})
	p.must(err)
	_, err = delegations.KeepSecret.Do(t.Context(), p.App, p.ada, delegations.KeepAccess{On: on, Label: "Back door", Secret: "doorcanary"})
	p.must(err)
	_, err = delegations.RequestUpdate.Do(t.Context(), p.App, p.ada, delegations.Text{On: on})
	p.must(err)
	return p
}

// shares says of every canary which part shows it, private ones only with
// work.SharePrivate.
var shares = map[string][]work.SharedPart{
	"platecanary": {work.SharePlate, work.ShareLetGo}, "letcanary": {work.SharePlate, work.ShareLetGo},
	"promisecanary": {work.SharePromises, work.ShareHours, work.ShareMirror}, "askscanary": {work.ShareQuestions},
}

// names are the words of third parties' names that must not be read.
var names = []string{"benedict", "okonkwo", "timotheus", "gruber", "harriet", "ferro", "zdenka", "quill", "example.org"}

// TestACoachReadsNoMoreThanIsShown invites a coach with any set of parts, lets
// anybody agree to be named or take it back, and reads the packet for every
// word that must not be in it.
func TestACoachReadsNoMoreThanIsShown(t *testing.T) {
	p := found(t, "sqlite")
	made, err := Invite.Do(t.Context(), p.App, p.ada, InviteCoach{Name: "Cora Vance", Email: "cora@coach.example", Showing: Showing{Parts: []work.SharedPart{}}})
	p.must(err)
	id, cora := made.Sharing.ID, app.Actor{Workspace: p.ada.Workspace, Person: made.Sharing.Coach.ID, Coach: true}
	third := []struct {
		app.Actor
		words []string
	}{{p.ben, []string{"benedict", "okonkwo"}}, {p.zed, []string{"zdenka", "quill"}}}
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfDistinct(rapid.SampledFrom(work.SharedParts), func(s work.SharedPart) work.SharedPart { return s }).Draw(t, "parts")
		if _, err := Change.Do(p.t.Context(), p.App, p.ada, ChangeSharing{Sharing: id, Showing: Showing{Parts: parts, Asks: "askscanary for Harriet"}}); err != nil {
			t.Fatal(err)
		}
		named := []string{}
		for _, who := range third {
			yes := rapid.Bool().Draw(t, "named")
			_, err := Answer.Do(p.t.Context(), p.App, who.Actor, AnswerNaming{Sharing: id, Yes: yes})
			if work.KindOf(err) == work.NotFound {
				continue // appears in nothing that was shown so far
			}
			if err != nil {
				t.Fatal(err)
			}
			if yes {
				named = append(named, who.words...)
			}
		}
		p.now = p.now.Add(time.Minute)
		seen, err := Look.Do(p.t.Context(), p.App, cora, OnSharing{Sharing: id})
		if err != nil {
			t.Fatal(err)
		}
		body, err := json.Marshal(seen)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ToLower(string(body))
		check(t, text, parts, named)
		preview, err := Preview.Do(p.t.Context(), p.App, p.ada, OnSharing{Sharing: id})
		if err != nil {
			t.Fatal(err)
		}
		if again, err := json.Marshal(preview); err != nil || string(again) != string(body) {
			t.Fatalf("the client previews\n%s\nand the coach sees\n%s (%v)", again, body, err)
		}
	})
	p.must(promises.Check(t.Context(), p.App, p.ada.Workspace, p.now))
}

// check holds the text of a packet against what may be in it.
func check(t *rapid.T, text string, parts []work.SharedPart, named []string) {
	for canary, by := range shares {
		shown := slices.ContainsFunc(by, func(s work.SharedPart) bool { return slices.Contains(parts, s) })
		if strings.Contains(text, canary) && !shown {
			t.Fatalf("%v show %s: %s", parts, canary, text)
		}
	}
	for _, s := range []struct {
		part work.SharedPart
		word string
	}{{work.SharePlate, "platecanary"}, {work.ShareLetGo, "letcanary"}, {work.SharePromises, "promisecanary"}, {work.ShareQuestions, "askscanary"}} {
		if slices.Contains(parts, s.part) && !strings.Contains(text, s.word) {
			t.Fatalf("%v do not show %s", parts, s.word)
		}
	}
	if strings.Contains(text, "secretcanary") && !slices.Contains(parts, work.SharePrivate) {
		t.Fatalf("private work is shown: %s", text)
	}
	if !slices.Contains(parts, work.ShareMirror) && (strings.Contains(text, "interventions") || strings.Contains(text, "update_requested")) {
		t.Fatalf("the mirror is shown: %s", text)
	}
	for _, never := range []string{"benscanary", "notecanary", "doorcanary", "back door"} {
		if strings.Contains(text, never) {
			t.Fatalf("%s is shown: %s", never, text)
		}
	}
	for _, name := range names {
		if strings.Contains(text, name) && !slices.Contains(named, name) {
			t.Fatalf("%s is named: %s", name, text)
		}
	}
}

// TestWhoLeavesShowsAndSeesNothing: what was shown ends with either of the two.
func TestWhoLeavesShowsAndSeesNothing(t *testing.T) {
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			p := found(t, kind)
			in := StartSharing{Coach: p.zed.Person, Showing: Showing{Parts: []work.SharedPart{work.SharePromises}}}
			if _, err := Start.Do(t.Context(), p.App, p.ada, StartSharing{Coach: p.ada.Person}); work.KindOf(err) != work.Invalid {
				t.Errorf("coaching oneself: %v", err)
			}
			if _, err := Start.Do(t.Context(), p.App, p.ada, StartSharing{Coach: p.timothy.Person}); work.KindOf(err) != work.Invalid {
				t.Errorf("a coach without an account: %v", err)
			}
			made, err := Start.Do(t.Context(), p.App, p.ada, in)
			p.must(err)
			if _, err := Start.Do(t.Context(), p.App, p.ada, in); work.KindOf(err) != work.Conflict {
				t.Errorf("a second time: %v", err)
			}
			_, err = Look.Do(t.Context(), p.App, p.zed, OnSharing{Sharing: made.ID})
			p.must(err)
			_, err = delegations.Leave.Do(t.Context(), p.App, p.ada, delegations.LeaveNow{Person: p.zed.Person, Successor: p.ben.Person})
			p.must(err)
			mine, err := List.Do(t.Context(), p.App, p.ada, app.Page{})
			p.must(err)
			if len(mine.Items) != 1 || mine.Items[0].State != work.SharingEnded || mine.Items[0].SeenAt != p.now {
				t.Errorf("after the coach left: %+v", mine.Items)
			}
			if _, err := Look.Do(t.Context(), p.App, p.zed, OnSharing{Sharing: made.ID}); work.KindOf(err) != work.Conflict {
				t.Errorf("who left looks: %v", err)
			}
			p.must(promises.Check(t.Context(), p.App, p.ada.Workspace, p.now))
		})
	}
}

// TestWhoAppearsIsToldOnce: members and people with a mail address, once for
// each coach; a guest's link says it too, and lets them be named.
func TestWhoAppearsIsToldOnce(t *testing.T) {
	p := found(t, "sqlite")
	made, err := Start.Do(t.Context(), p.App, p.ada, StartSharing{Coach: p.zed.Person, Showing: Showing{Parts: []work.SharedPart{work.SharePromises}}})
	p.must(err)
	for range 3 {
		p.now = p.now.Add(2 * time.Hour)
		_, err := Look.Do(t.Context(), p.App, p.zed, OnSharing{Sharing: made.ID})
		p.must(err)
	}
	told := map[work.PersonID]int{}
	looks := 0
	p.must(p.Read(t.Context(), p.ada, func(tx *app.Tx) error {
		all, err := tx.Events(t.Context(), store.EventFilter{})
		for _, e := range all {
			switch e.Kind {
			case work.SharedAbout:
				told[e.Person]++
			case work.SharingSeen:
				looks++
			}
		}
		return err
	}))
	want := map[work.PersonID]int{p.ben.Person: 1, p.timothy.Person: 1}
	if diff := cmp.Diff(want, told); diff != "" || looks != 3 {
		t.Errorf("told %s, %d looks", diff, looks)
	}
	guest := app.Actor{Workspace: p.ada.Workspace, Person: p.harriet.Person, Guest: p.given["hers"]}
	list, err := Namings.Do(t.Context(), p.App, guest, app.Page{})
	p.must(err)
	if len(list.Items) != 1 || list.Items[0].Coach != "Zdenka Quill" || list.Items[0].Named {
		t.Fatalf("a guest reads %+v", list.Items)
	}
	_, err = Answer.Do(t.Context(), p.App, guest, AnswerNaming{Sharing: made.ID, Yes: true})
	p.must(err)
	seen, err := Preview.Do(t.Context(), p.App, p.ada, OnSharing{Sharing: made.ID})
	p.must(err)
	if !slices.ContainsFunc(seen.Promises.Theirs, func(l PromiseLine) bool { return l.With == "Harriet Ferro" }) {
		t.Errorf("%+v", seen.Promises.Theirs)
	}
	if _, err := Answer.Do(t.Context(), p.App, app.Actor{Workspace: p.ada.Workspace, Person: 9999}, AnswerNaming{Sharing: made.ID, Yes: true}); work.KindOf(err) != work.NotFound {
		t.Errorf("somebody who does not appear: %v", err)
	}
}

// TestAnInvitationOpensNoOtherWorkspace: somebody with an account elsewhere
// signs in as they do.
func TestAnInvitationOpensNoOtherWorkspace(t *testing.T) {
	p := found(t, "sqlite")
	_, err := workspaces.Found(t.Context(), p.App, workspaces.Founding{Workspace: "Elsewhere", Kind: "team", Currency: "USD", Zone: "UTC", Name: "Cora Vance", Email: "cora@coach.example"})
	p.must(err)
	made, err := Invite.Do(t.Context(), p.App, p.ada, InviteCoach{Name: "Cora", Email: "Cora@coach.example", Showing: Showing{Parts: []work.SharedPart{}}})
	p.must(err)
	if made.URL != "" {
		t.Errorf("a link into the account of somebody else: %s", made.URL)
	}
	again, err := Invite.Do(t.Context(), p.App, p.ben, InviteCoach{Name: "Cora", Email: "cora@coach.example", Showing: Showing{Parts: []work.SharedPart{}}})
	p.must(err)
	if again.Sharing.Coach.ID != made.Sharing.Coach.ID || again.URL != "" {
		t.Errorf("the second client has another coach: %+v", again)
	}
}
