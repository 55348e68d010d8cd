package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/work"
)

// declared lists the string constants of a type in package work.
func declared(t *testing.T, file, typ string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "../work/"+file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); !ok || name.Name != typ {
			return true
		}
		value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, value)
		return true
	})
	if len(out) == 0 {
		t.Fatalf("%s declares no %s", file, typ)
	}
	return out
}

func TestEverythingThatHappensHasWords(t *testing.T) {
	for _, kind := range declared(t, "event.go", "EventKind") {
		if storyWords[work.EventKind(kind)].Words == "" {
			t.Errorf("the event %q has no words", kind)
		}
	}
	for _, kind := range declared(t, "item.go", "ItemKind") {
		if itemWords[work.ItemKind(kind)].Title == "" {
			t.Errorf("the item %q has no title", kind)
		}
	}
	for _, outcome := range declared(t, "delegation.go", "Outcome") {
		if o := work.Outcome(outcome); endedWords[o] == "" || outcomeWords[o] == "" {
			t.Errorf("the outcome %q has no words", outcome)
		}
	}
	for _, state := range declared(t, "authority.go", "DecisionState") {
		if decisionWords[work.DecisionState(state)] == "" {
			t.Errorf("the decision state %q has no words", state)
		}
	}
}

func TestEveryMoveHasAForm(t *testing.T) {
	for _, m := range work.Moves {
		how, ok := moveForms[m.Name]
		if !ok || how.Send == nil && how.Page == "" && how.Group != elsewhere {
			t.Errorf("the move %q has no form", m.Name)
		}
	}
	for name := range moveForms {
		if !strings.Contains(strings.Join(declared(t, "moves.go", "MoveName"), " "), string(name)) {
			t.Errorf("a form for %q, which is no move", name)
		}
	}
}

// join makes a member and signs them in, in a browser of their own.
func (s *site) join(name, email string) *site {
	s.t.Helper()
	p := s.somebody(name, work.Teammate, email)
	invited, err := workspaces.Invite.Do(s.t.Context(), s.app, s.me, workspaces.InvitePerson{Person: p})
	if err != nil {
		s.t.Fatal(err)
	}
	other := *s
	jar, _ := cookiejar.New(nil) // never fails
	other.client = &http.Client{Jar: jar}
	other.me.Person, other.me.Owner = p, false
	other.post(strings.TrimPrefix(invited.URL, s.app.URL), nil).is(http.StatusOK)
	return &other
}

func (s *site) somebody(name string, kind work.PersonKind, email string) work.PersonID {
	s.t.Helper()
	shared := false
	p, err := people.Add.Do(s.t.Context(), s.app, s.me, people.Fields{Name: &name, Kind: &kind, Email: &email, Private: &shared})
	if err != nil {
		s.t.Fatal(err)
	}
	return p.ID
}

func (s *site) onPlate(line string) work.TaskID {
	s.t.Helper()
	added, err := tasks.Add.Do(s.t.Context(), s.app, s.me, tasks.AddTask{Line: line})
	if err != nil {
		s.t.Fatal(err)
	}
	return added.ID
}

// move sends a move's form from the page that shows it, its hidden fields
// included, and fails the test when the page does not offer it.
func (s *site) move(page string, move work.MoveName, typed url.Values) *sheet {
	s.t.Helper()
	p := s.get(page).is(http.StatusOK)
	form := p.doc.Find(`form[action$="/moves/` + string(move) + `"]`).First()
	if form.Length() == 0 {
		s.t.Fatalf("%s offers no %s: %s", page, move, p.text("main"))
	}
	values := url.Values{}
	for _, in := range form.Find("input[type=hidden]").EachIter() {
		values.Set(in.AttrOr("name", ""), in.AttrOr("value", ""))
	}
	for name, v := range typed {
		values[name] = v
	}
	return s.post(form.AttrOr("action", ""), values)
}

// drafted begins a delegation and writes its brief on the pages.
func (s *site) drafted(task work.TaskID, kind work.DelegationKind, to work.PersonID, typed url.Values) (page string) {
	s.t.Helper()
	begun := s.post(s.to("/tasks/%d/delegation", task), url.Values{"kind": {string(kind)}, "receiver": {idField(to)}}).is(http.StatusOK)
	page = strings.TrimSuffix(begun.path, "/draft")
	values := url.Values{"kind": {string(kind)}, "receiver": {idField(to)}, "then": {"preview"}}
	for name, v := range typed {
		values[name] = v
	}
	s.post(page+"/draft", values).is(http.StatusOK).has("main", "Nobody sees it yet")
	return page
}

// TestWhatIsCarriedIsDoneWhereBothSeeIt: on the receiver's own plate the circle,
// the task's page and handing over lead to what was agreed, and the rule says
// where to.
func TestWhatIsCarriedIsDoneWhereBothSeeIt(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	task := dana.onPlate("Sort the archive 2h due tomorrow")
	page := dana.drafted(task, work.Assignment, ana.me.Person, url.Values{"brief.outcome": {"Every folder stands on the shelf."}, "due": {"tomorrow"}})
	dana.post(page+"/offer", nil).is(http.StatusOK)
	ana.move(page, work.MoveAccept, nil).is(http.StatusOK)

	for _, path := range []string{"/today", "/plate"} {
		p := ana.get(ana.to("%s", path)).is(http.StatusOK)
		p.has(".meta", "carried for Dana Reyes").has("a.tick[href='"+page+"']", "Report “Sort the archive” to Dana Reyes")
		if p.doc.Find(`form[action$="/completion"]`).Length() != 0 {
			t.Errorf("%s lets somebody close what they carry for somebody else", path)
		}
	}
	own := ana.get(ana.to("/tasks/%d", task)).is(http.StatusOK)
	own.has(".notice", "You carry this for Dana Reyes").has(".pagehead a[href='"+page+"']", "What you agreed")
	own.lacks(".pagehead", "Drop").lacks(".pagehead", "Done")
	if got := ana.get(ana.to("/delegations/new?task=%d", task)); got.path != page+"/hand-on" {
		t.Errorf("handing over leads to %s", got.path)
	}
	ana.post(ana.to("/tasks/%d/completion", task), nil).has(".toast", "You carry it for Dana Reyes: deliver it, or hand it back")
	ana.onPlate("Buy stamps due tomorrow")
	if n := ana.get(ana.to("/plate")).doc.Find(`form[action$="/completion"]`).Length(); n != 1 {
		t.Errorf("%d of one's own tasks can be closed on the plate", n)
	}
}

func TestAssignmentFromTaskToAcceptedDelivery(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	task := dana.onPlate("Sort the archive 2h due 12 mar")
	dana.get(dana.to("/delegations/new")).is(http.StatusOK).has(".rows", "Sort the archive")
	dana.get(dana.to("/delegations/new?task=%d", task)).is(http.StatusOK).has("h1", "Hand over")
	page := dana.drafted(task, work.Assignment, ana.me.Person, url.Values{
		"brief.outcome": {"Every folder of 2024 stands on the shelf by name."}, "price": {"38.50"}, "per": {"whole"}, "due": {"12 mar"},
	})
	ana.get(page).is(http.StatusNotFound)
	offered := dana.post(page+"/offer", nil).is(http.StatusOK)
	offered.has(".mover", "Ana Lopez’s move, since today")
	offered.has(".agreement", "38.50 USD for all of it")

	got := ana.get(page).is(http.StatusOK)
	got.has("h2", "What Dana Reyes offers you")
	got.has(".mover", "Your move")
	ana.move(page, work.MoveAccept, nil).is(http.StatusOK).has(".toast", "Agreed.")
	ana.move(page, work.MoveDeliver, url.Values{"note": {"On shelf 3"}}).is(http.StatusOK)
	dana.get(page).has(".item", "On shelf 3")
	done := dana.move(page, work.MoveReceive, nil).is(http.StatusOK)
	done.has(".chip", "Completed")
	done.has(".timeline", "Ana Lopez delivered it")
	done.has(".timeline", "You accepted it")
	dana.get(dana.to("/delegations?state=ended")).is(http.StatusOK).has(".rows", "Sort the archive")
}

func TestRefusedFormsKeepWhatWasTyped(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	task := dana.onPlate("Plan the open day 6h due 12 mar")
	begun := dana.post(dana.to("/tasks/%d/delegation", task), url.Values{"kind": {"strategic"}, "receiver": {idField(ana.me.Person)}})
	page := strings.TrimSuffix(begun.path, "/draft")
	begun.has(".finding", "It does not say what will be true")
	typed := url.Values{
		"kind": {"strategic"}, "receiver": {idField(ana.me.Person)}, "brief.outcome": {"Forty families came and want to come again."},
		"due": {"the day after never"}, "authority.level": {"5"}, "price": {"much"}, "check_in": {"every blue moon"}, "total": {"12,x"}, "path": {"six"},
	}
	refused := dana.post(page+"/draft", typed).is(http.StatusUnprocessableEntity)
	for name, want := range typed {
		field := refused.doc.Find(`[name="` + name + `"]`)
		value := field.AttrOr("value", field.Text())
		if name == "kind" || name == "receiver" {
			value = field.Find("[selected]").AttrOr("value", "")
		}
		if name == "authority.level" {
			value = refused.doc.Find(`[name="authority.level"][checked]`).AttrOr("value", "")
		}
		if value != want[0] {
			t.Errorf("%s came back as %q, want %q", name, value, want[0])
		}
	}
	for _, name := range []string{"due", "price", "check_in", "total", "path"} {
		if refused.doc.Find(`[id="f-`+name+`-wrong"]`).Length() != 1 {
			t.Errorf("nothing says what is wrong with %s", name)
		}
	}
	delete(typed, "price")
	typed.Set("due", "12 mar")
	typed.Set("check_in", "every monday")
	typed.Set("total", "1200")
	typed.Set("path", "6 after 2")
	typed.Set("then", "preview")
	preview := dana.post(page+"/draft", typed).is(http.StatusOK)
	preview.has(".agreement", "You decide after telling Dana Reyes")
	preview.has(".agreement", "1200 USD")
	dana.post(page+"/offer", nil).is(http.StatusOK)

	ana.move(page, work.MoveAccept, nil).is(http.StatusUnprocessableEntity).has(".wrong", "in your own words")
	ana.move(page, work.MoveAccept, url.Values{"read_back": {"Families come back; first I ask the school."}}).is(http.StatusOK)
	dana.move(page, work.MoveReadBackNo, nil).is(http.StatusUnprocessableEntity).has(".wrong", "what the read-back misses")
	dana.move(page, work.MoveReadBackOK, nil).is(http.StatusOK)
	wrong := ana.move(page, work.MoveDecide, url.Values{"words": {"Rent a tent"}, "amount": {"lots"}}).is(http.StatusUnprocessableEntity)
	wrong.has(".wrong", "not an amount")
	if got := wrong.text(`textarea[name=words]`); !strings.Contains(got, "Rent a tent") {
		t.Errorf("the decision came back as %q", got)
	}
	ana.move(page, work.MoveDecide, url.Values{"words": {"Rent a tent"}, "amount": {"300"}}).is(http.StatusOK).has("section[aria-labelledby=decisions]", "Intended")
	dana.move(page, work.MoveObject, nil).is(http.StatusUnprocessableEntity).has(".wrong", "speaks against it")
	dana.move(page, work.MoveObject, url.Values{"reason": {"The yard has trees."}}).is(http.StatusOK)
	ana.get(page).has(".item", "The yard has trees.")
}

func TestStaleTermsAreRefusedAndShown(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	page := dana.drafted(dana.onPlate("Count the stock 1h due 12 mar"), work.Assignment, ana.me.Person, url.Values{"brief.outcome": {"The list is right."}, "due": {"12 mar"}})
	draft := url.Values{"kind": {"assignment"}, "receiver": {idField(ana.me.Person)}, "brief.outcome": {"The list is right."}, "due": {"12 mar"}}
	dana.post(page+"/offer", nil).is(http.StatusOK)
	dana.post(page+"/moves/"+string(work.MoveUndoOffer), nil).is(http.StatusOK)
	draft.Set("brief.outcome", "The list and the shelf agree.")
	dana.post(page+"/draft", draft).is(http.StatusOK)
	dana.post(page+"/offer", nil).is(http.StatusOK)
	stale := ana.post(page+"/moves/accept", url.Values{"terms": {"1"}}).is(http.StatusConflict)
	stale.has(".problem", "The terms changed since you read them")
	stale.has(".agreement", "Version 2")
}

// TestAnAbsenceInTheWayIsNamedBeforeItBegins: at the preview, with the offer, and
// when it was just accepted.
func TestAnAbsenceInTheWayIsNamedBeforeItBegins(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	today := ical.Today(dana.now, "America/Chicago")
	due := today.AddDays(5)
	away := []work.Absence{{From: today.AddDays(2), To: today.AddDays(9)}}
	if _, err := people.Edit.Do(t.Context(), dana.app, dana.me, people.EditPerson{Person: ana.me.Person, Fields: people.Fields{Absences: &away}}); err != nil {
		t.Fatal(err)
	}
	page := dana.drafted(dana.onPlate("Count the stock 1h"), work.Assignment, ana.me.Person, url.Values{"brief.outcome": {"The list is right."}, "due": {due.String()}})
	dana.get(page+"/preview").has(".gap", "Ana Lopez is away from").has(".gap", "Move the date")
	dana.post(page+"/offer", nil).is(http.StatusOK).has(".gap", "Ana Lopez is away from")
	ana.get(page).has(".gap", "You are away from").has(".gap", "Propose another date").has(".gap", "Name a stand-in")
	ana.move(page, work.MoveAccept, nil).is(http.StatusOK).has(".gap", "You are away from")
	dana.now = dana.now.AddDate(0, 0, 1)
	dana.get(page).lacks("main", "is away from")
}

func TestDraftsNobodyReadAreNoVersions(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	draft := url.Values{"kind": {"assignment"}, "receiver": {idField(ana.me.Person)}, "brief.outcome": {"The list is right."}}
	page := dana.drafted(dana.onPlate("Count the stock 1h"), work.Assignment, ana.me.Person, draft)
	for _, outcome := range []string{"The list is right on Monday.", "The list and the shelf agree."} {
		draft.Set("brief.outcome", outcome)
		dana.post(page+"/draft", draft).is(http.StatusOK)
	}
	dana.post(page+"/offer", nil).is(http.StatusOK)
	for _, who := range []*site{dana, ana} {
		who.get(page).has(".agreement", "Version 1,").has(".agreement", "The list and the shelf agree.").lacks("#versions", "Versions")
	}
}

func TestStrangersSeeNothing(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	kim := dana.join("Kim Park", "kim@example.org")
	page := dana.drafted(dana.onPlate("Count the stock 1h"), work.Assignment, ana.me.Person, url.Values{"brief.outcome": {"The list is right."}})
	dana.post(page+"/offer", nil).is(http.StatusOK)
	want := kim.get(kim.to("/delegations/99999")).is(http.StatusNotFound).text("main")
	for _, path := range []string{page, page + "/draft", page + "/preview", page + "/proposal", page + "/reflection", page + "/hand-on"} {
		if got := kim.get(path).is(http.StatusNotFound).text("main"); got != want {
			t.Errorf("%s says %q to a stranger", path, got)
		}
	}
	for _, path := range []string{"/moves/accept", "/moves/ask", "/note", "/links", "/links/end", "/playbook", "/offer", "/draft", "/draft/discard"} {
		kim.post(page+path, url.Values{"text": {"?"}, "terms": {"2"}, "name": {"x"}}).is(http.StatusNotFound)
	}
	if d, err := delegations.Waiting.Do(t.Context(), kim.app, kim.me, delegations.AskWaiting{}); err != nil || len(d.Mine)+len(d.Theirs) != 0 {
		t.Errorf("a stranger waits for %v, %v", d, err)
	}
}

func TestWhatWasDraftedIsItsGiversAlone(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	page := dana.drafted(dana.onPlate("Count the stock 1h"), work.Assignment, ana.me.Person, url.Values{
		"brief.outcome": {"The list is right."}, "brief.why": {"Kim never gets it right."},
	})
	dana.post(page+"/draft", url.Values{"kind": {"assignment"}, "receiver": {idField(ana.me.Person)}, "brief.why": {"We ran out of gloves twice."}})
	dana.post(page+"/offer", nil).is(http.StatusOK).has(".timeline", "You changed the draft")
	got := ana.get(page).is(http.StatusOK)
	got.has(".agreement", "We ran out of gloves twice.")
	got.lacks("main", "Kim never")
	got.lacks("main", "draft")
}

func TestSeveralAreShownADraftAndDoNotSeeEachOther(t *testing.T) {
	dana := newSite(t)
	ana, kim := dana.join("Ana Lopez", "ana@example.org"), dana.join("Kim Park", "kim@example.org")
	page := dana.drafted(dana.onPlate("Lead the book club 1h every friday"), work.Strategic, 0, url.Values{"brief.outcome": {"Six people come and come again."}, "authority.level": {"5"}})
	dana.post(page+"/candidates", nil).is(http.StatusUnprocessableEntity).has(".wrong", "Choose whom")
	dana.post(page+"/candidates", url.Values{"people": {idField(ana.me.Person), idField(kim.me.Person)}}).is(http.StatusOK).has(".rows", "No answer yet")
	seen := ana.get(page).is(http.StatusOK)
	seen.has(".item", "Would you like to have this?")
	seen.lacks("main", "Kim")
	ana.post(page+"/moves/interest", url.Values{"answer": {"yes"}, "note": {"I read one a week."}}).is(http.StatusOK)
	ana.get(page).is(http.StatusNotFound)
	preview := dana.get(page + "/preview").is(http.StatusOK)
	preview.has(".rows", "Interested")
	preview.has(".rows", "I read one a week.")
	dana.post(page+"/offer", url.Values{"receiver": {idField(ana.me.Person)}}).is(http.StatusOK).has(".mover", "Ana Lopez’s move")
	kim.get(page).is(http.StatusNotFound)
}

func TestAgreementMadeAloudIsConfirmed(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	page := dana.drafted(dana.onPlate("Water the plants 15m every friday"), work.Assignment, ana.me.Person, url.Values{"brief.outcome": {"They live."}, "rule": {"every friday"}, "authority.level": {"7"}})
	dana.post(page+"/agreement", url.Values{"started": {"tomorrow"}}).is(http.StatusUnprocessableEntity).has(".wrong", "started in the past")
	dana.post(page+"/agreement", url.Values{"started": {"2026-02-20"}, "told_words": {"In the kitchen"}}).is(http.StatusOK).has(".notice", "It proves no consent until Ana Lopez confirms or corrects it")
	ana.get(page).has(".notice", "until you confirm or correct it")
	ana.move(page, work.MoveConfirm, nil).is(http.StatusOK).lacks(".notice", "proves no consent")
}
