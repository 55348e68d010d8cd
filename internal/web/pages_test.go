package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/store"
	"baton/internal/work"
)

// add puts a task on the owner's plate.
func (s *site) add(line string) tasks.Added {
	s.t.Helper()
	added, err := tasks.Add.Do(s.t.Context(), s.app, s.me, tasks.AddTask{Line: line})
	if err != nil {
		s.t.Fatal(err)
	}
	return added
}

// knows adds a person the owner knows.
func (s *site) knows(name string, kind work.PersonKind, skills ...work.Skill) people.Person {
	s.t.Helper()
	p, err := people.Add.Do(s.t.Context(), s.app, s.me, people.Fields{Name: &name, Kind: &kind, Skills: &skills})
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// TestEveryPageOfTheNavigationAnswers asks for each once empty and once
// filled; the kit checks their HTML.
func TestEveryPageOfTheNavigationAnswers(t *testing.T) {
	s := newSite(t)
	visit := func() {
		for _, page := range sections {
			p := s.get(s.to("/%s", page.Path))
			p.is(http.StatusOK)
			if n := p.doc.Find(`nav [aria-current="page"]`).Length(); n != 1 {
				t.Errorf("%s: %d current entries", page.Path, n)
			}
		}
		for _, path := range []string{"/triage", "/mail", "/people/new", "/waiting"} {
			s.get(s.to("%s", path)).is(http.StatusOK)
		}
	}
	visit()
	s.add("Order exam supplies every friday 45m #clinic due 12 dec !2")
	s.add("Coach Jamie every monday 1h #clinic")
	s.knows("Jamie Chen", work.Teammate, work.Skill{Name: "ordering", Level: 3})
	visit()
}

func TestAPlateShowsHoursAndWhatIsDue(t *testing.T) {
	s := newSite(t)
	task := s.add("Order exam supplies every friday 45m #clinic")
	p := s.get(s.to("/plate")).is(http.StatusOK)
	p.has(".rows", "Order exam supplies")
	p.has(".rows", "45 min a week")
	p.has(".rows .chip", "Friday")
	done := s.post(s.to("/tasks/%d/completion", task.ID), nil).is(http.StatusOK)
	done.has(".toast", "Done: “Order exam supplies”.")
	s.post(s.to("/tasks/%d/drop", task.ID), nil).is(http.StatusOK).has(".toast", "Nobody does it")
	s.get(s.to("/plate")).lacks(".rows", "Order")
	s.get(s.to("/plate?state=dropped")).has(".rows", "Order")
	s.post(s.to("/tasks/%d/reopening", task.ID), nil)
	s.get(s.to("/plate")).has(".rows", "Order")
}

func TestTodayShowsWhatFallsDue(t *testing.T) {
	s := newSite(t)
	today := s.app.Now()
	on := func(days int) string { return strings.ToLower(today.AddDate(0, 0, days).Format("2 Jan 2006")) }
	late := s.add("Renew the lease 1h due " + on(3))
	s.add("Send the invoices 1h due " + on(8))
	s.add("File the taxes 1h due " + on(60))
	s.add("Order supplies every friday 45m")
	s.get(s.to("/today")).lacks("main", "Late on your plate").has("main", "Due within a week").has("main .rows", "Renew the lease").lacks("main .rows", "Send the invoices")
	s.now = today.AddDate(0, 0, 5)
	p := s.get(s.to("/today")).has("main", "Late on your plate").has("main .rows", "Renew the lease").has("main .rows", "Send the invoices").lacks("main .rows", "File the taxes")
	p.lacks("main .rows", "Order supplies").lacks("main", "Nothing waits for you")
	s.get(s.to("/plate?due=late")).has(".rows", "Renew the lease").lacks(".rows", "invoices")
	s.post(s.to("/tasks/%d/completion", late.ID), nil).is(http.StatusOK)
	s.get(s.to("/today")).lacks("main", "Late on your plate")
}

func TestSearchFindsWhatIsBesideThePlate(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	page := dana.drafted(dana.onPlate("Count the stock 1h"), work.Assignment, ana.me.Person, url.Values{"brief.outcome": {"The list is right."}})
	dana.get(dana.to("/search?q=stock")).has("#found-delegation", "Delegations").has("main", "Draft, with Ana Lopez")
	ana.get(ana.to("/search?q=stock")).lacks("main", "Count the stock")
	dana.post(page+"/offer", nil).is(http.StatusOK)
	if p := ana.get(ana.to("/search?q=stock")).has("main", "Offered, from Dana Reyes"); p.doc.Find(`a[href="`+page+`"]`).Length() == 0 {
		t.Errorf("no link leads to %s", page)
	}
	dana.get(dana.to("/search?q=lopez")).has("#found-person", "People").has("main", "No task on your plate has these words")
}

// TestTodayFoldsWhatOneDelegationWaitsFor: turns of one delegation that the same
// person is to report are one row.
func TestTodayFoldsWhatOneDelegationWaitsFor(t *testing.T) {
	party := func(id work.PersonID) delegations.Party { return delegations.Party{ID: id} }
	item := func(d work.DelegationID, kind work.ItemKind, holder work.PersonID) delegations.WaitingItem {
		w := delegations.WaitingItem{Delegation: d}
		w.Kind, w.Holder = kind, party(holder)
		return w
	}
	rows := delegations.Fold([]delegations.WaitingItem{item(1, work.Turn, 2), item(1, work.Turn, 2), item(2, work.Turn, 2), item(1, work.CheckIn, 2), item(1, work.Turn, 2), item(1, work.Turn, 3)}, 4)
	var got []int
	for _, r := range rows {
		got = append(got, int(r.Delegation), r.More)
	}
	if want := []int{1, 2, 2, 0, 1, 0, 1, 0}; !slices.Equal(got, want) {
		t.Errorf("folded to %v, want %v", got, want)
	}
	if n := len(delegations.Fold([]delegations.WaitingItem{item(1, work.Turn, 2), item(2, work.Turn, 2)}, 1)); n != 1 {
		t.Errorf("%d rows, want the first alone", n)
	}
}

func TestATaskOfSomebodyElseIsNotThere(t *testing.T) {
	s := newSite(t)
	want := s.get(s.to("/tasks/999")).is(http.StatusNotFound).text("main")
	for _, path := range []string{"/tasks/x", "/tasks/0", "/people/999", "/history?task=x"} {
		if got := s.get(s.to("%s", path)).is(http.StatusNotFound).text("main"); got != want {
			t.Errorf("%s says %q, want %q", path, got, want)
		}
	}
}

func TestARefusedTaskKeepsWhatWasTyped(t *testing.T) {
	s := newSite(t)
	task := s.add("Order exam supplies every friday 45m")
	form := s.get(s.to("/tasks/%d", task.ID)).values("form.form")
	form.Set("effort", "a while")
	form.Set("note", "Ask Jamie first")
	refused := s.post(s.to("/tasks/%d", task.ID), form).is(http.StatusUnprocessableEntity)
	refused.has("#f-effort-wrong", "is not an effort")
	refused.has("#f-note", "Ask Jamie first")
	form.Set("effort", "1h")
	s.post(s.to("/tasks/%d", task.ID), form).is(http.StatusOK).has(".toast", "Saved")
	if again := s.get(s.to("/tasks/%d", task.ID)).values("form.form"); again.Get("effort") != "1h" || again.Get("recurs") != form.Get("recurs") || again.Get("due_words") != form.Get("due_words") {
		t.Errorf("saved as %v", again)
	}
}

func TestAConflictingWriteOffersBothVersions(t *testing.T) {
	s := newSite(t)
	task := s.add("Order exam supplies")
	mine := s.get(s.to("/tasks/%d", task.ID)).values("form.form")
	theirs := url.Values{"version": mine["version"], "title": {"Order gloves"}}
	s.post(s.to("/tasks/%d", task.ID), theirs).is(http.StatusOK)
	mine.Set("title", "Order masks")
	clash := s.post(s.to("/tasks/%d", task.ID), mine).is(http.StatusConflict)
	clash.has("[role=alert]", "in another window")
	clash.has("[role=alert] table", "Order masks")
	clash.has("[role=alert] table", "Order gloves")
	s.post(s.to("/tasks/%d", task.ID), clash.values("[role=alert] form")).is(http.StatusOK).has("h1", "Order masks")
}

func TestTriageAsksTwoQuestionsAndTwoMoreOfTheLongest(t *testing.T) {
	s := newSite(t)
	s.add("Order exam supplies every friday 45m")
	p := s.get(s.to("/triage")).is(http.StatusOK)
	var asked []string
	for range 5 {
		if p.doc.Find("form.triage").Length() == 0 {
			break
		}
		asked = append(asked, p.text("form.triage legend"))
		p.has(".answers", "our guess")
		sent := p.values("form.triage")
		button := p.doc.Find(".answers button").First()
		sent.Set(button.AttrOr("name", ""), button.AttrOr("value", ""))
		p = s.post(s.to("/triage"), sent).is(http.StatusOK)
	}
	if got := strings.Join(asked, " "); got != "Does it need you? Does it drain you? Does it matter? Would somebody grow by it?" {
		t.Errorf("asked %s", got)
	}
	p.has("main", "All answered")
	again := s.get(p.doc.Find(`main a:contains("question before")`).AttrOr("href", "")).is(http.StatusOK)
	again.has("form.triage legend", "Would somebody grow by it?")
	again.has(".answers button.guess", "Nobody would your answer")
	s.get(s.to("/letgo")).has(".scored", "needs nothing only you know")
}

func TestTheLetGoListSaysItsPointsAndTakesAVerdict(t *testing.T) {
	s := newSite(t)
	task := s.add("Order exam supplies every day 45m")
	p := s.get(s.to("/letgo")).is(http.StatusOK)
	sum := 0
	p.doc.Find(".scored > li ul li .numbers").Each(func(_ int, e *goquery.Selection) {
		n, err := strconv.Atoi(strings.Replace(e.Text(), "−", "-", 1))
		if err != nil {
			t.Error(err)
		}
		sum += n
	})
	score, _ := strconv.Atoi(strings.TrimPrefix(p.text(".score"), "Score "))
	if sum != score || score == 0 {
		t.Errorf("the points add up to %d, the score is %d", sum, score)
	}
	s.post(s.to("/tasks/%d/verdict", task.ID), url.Values{"verdict": {"assign"}}).is(http.StatusOK)
	if got := s.get(s.to("/letgo")).doc.Find("select.verdict option[selected]").AttrOr("value", ""); got != "assign" {
		t.Errorf("the verdict is %q", got)
	}
}

func TestPeopleAreAddedChangedAndInvited(t *testing.T) {
	s := newSite(t)
	form := url.Values{"name": {"Jamie Chen"}, "kind": {"teammate"}, "skills": {"ordering: nine"}, "absences": {"2026-07-06 to 2026-07-17"}, "hours_per_week": {"3.5"}, "hourly_cost": {"38.50"}}
	s.post(s.to("/people"), form).is(http.StatusUnprocessableEntity).has("#f-skills-wrong", "ordering: nine")
	form.Set("skills", "ordering: 4, filing")
	s.post(s.to("/people"), form).is(http.StatusOK).has(".rows", "3.5 h a week free")
	link := s.get(s.to("/people")).doc.Find(`.rows a:contains("Jamie")`).AttrOr("href", "")
	again := s.get(link).is(http.StatusOK).values("form.form")
	for name, want := range map[string]string{"skills": "ordering: 4, filing: 3", "absences": "2026-07-06 to 2026-07-17", "hours_per_week": "3.5", "hourly_cost": "38.50"} {
		if again.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, again.Get(name), want)
		}
	}
	s.post(link+"/membership", url.Values{"email": {"jamie@example.org"}}).is(http.StatusOK).has("main code", "/signin/")
	s.post(link+"/departure", url.Values{"note": {"Bye"}}).is(http.StatusOK).has(".toast", "Jamie Chen left")
}

func TestSettingsAndFocusAreasAreKept(t *testing.T) {
	s := newSite(t)
	s.post(s.to("/settings"), url.Values{"capacity": {"many"}, "hour_price": {"90"}}).is(http.StatusUnprocessableEntity).has("#f-capacity-wrong", "like 3.5")
	s.post(s.to("/settings"), url.Values{"capacity": {"32.5"}, "hour_price": {"90"}, "digest": {"yes"}}).is(http.StatusOK)
	p := s.get(s.to("/settings"))
	if got := p.values(`form[action$="/settings"]`); got.Get("capacity") != "32.5" || got.Get("hour_price") != "90" || got.Get("digest") != "yes" || got.Get("urgent") != "" {
		t.Errorf("settings are %v", got)
	}
	if out := s.get(s.to("/export?workspace=yes")).is(http.StatusOK); !strings.HasPrefix(out.header.Get("Content-Disposition"), "attachment") || !strings.Contains(out.body, `"tables"`) {
		t.Errorf("the export is %.80s", out.body)
	}
	s.post(s.to("/tokens"), url.Values{"label": {"Calendar"}}).is(http.StatusOK).has("main code", "baton_")
	s.post(s.to("/areas"), url.Values{"name": {"Garden"}, "private": {"yes"}}).is(http.StatusOK)
	s.post(s.to("/focus-areas"), url.Values{"name": {"Teaching"}, "weekly": {"4"}}).is(http.StatusOK).has("main", "Teaching")
	action := s.get(s.to("/ledger")).doc.Find("form.addon").AttrOr("action", "")
	s.post(action, url.Values{"time": {"1h30"}}).is(http.StatusOK).has("main", "1.5 h in the last 4 weeks of 16 h wished")
}

// TestAnOwnerSeesHowTheBackupsStand in Settings; other members do not.
func TestAnOwnerSeesHowTheBackupsStand(t *testing.T) {
	s := newSite(t)
	s.get(s.to("/settings")).has("main", "No server makes backups by itself")
	err := s.app.Store.WriteGlobal(t.Context(), func(g *store.Global) error {
		day := store.BackupDay{Day: "2026-11-23", Server: "desk", BeganAt: s.app.Now()}
		if _, err := g.BeginBackup(t.Context(), day, day.BeganAt, day.BeganAt); err != nil {
			return err
		}
		day.EndedAt, day.File = day.BeganAt, "/srv/backup/baton-20261123-150000.db.gz"
		return g.EndBackup(t.Context(), day)
	})
	if err != nil {
		t.Fatal(err)
	}
	s.get(s.to("/settings")).has("main", "baton-20261123-150000.db.gz on the server desk")
}

func TestWordsOfOthersAreNeverMarkup(t *testing.T) {
	s := newSite(t)
	s.add(`"<script>alert(1)</script>" every day 30m #<b>`)
	for _, path := range []string{"/plate", "/letgo", "/triage", "/today", "/search?q=script", "/history"} {
		if p := s.get(s.to("%s", path)).is(http.StatusOK); strings.Contains(p.body, "<script>alert") {
			t.Errorf("%s shows markup as markup", path)
		}
	}
}
