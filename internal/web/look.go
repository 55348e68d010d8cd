package web

import (
	"slices"
	"strings"

	"baton/internal/app"
	"baton/internal/app/coaching"
	"baton/internal/app/delegations"
	"baton/internal/app/history"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/work"
)

// lookPages registers what only looks: search, and the playbooks.
func (s *server) lookPages() {
	s.member("GET /search", (*visit).searchPage)
	s.member("GET /playbooks", (*visit).playbooksPage)
	s.member("POST /playbooks/{playbook}/end", (*visit).forgetPlaybook)
	s.member("GET /history", (*visit).historyPage)
}

// A finding is what a search found.
type finding struct {
	Words  string
	List   app.List[tasks.Task]
	Others app.List[tasks.Found]
}

func (v *visit) searchPage() error {
	q := v.r.URL.Query()
	found := finding{Words: strings.TrimSpace(q.Get("q"))}
	if found.Words != "" {
		var err error
		ask := tasks.AskSearch{Page: app.Page{After: q.Get("after")}, Words: found.Words}
		if found.List, err = do(v, tasks.Search, ask); err != nil {
			return err
		}
		beside := tasks.AskSearch{Page: app.Page{After: q.Get("behind")}, Words: found.Words}
		if found.Others, err = do(v, tasks.Others, beside); err != nil {
			return err
		}
	}
	return v.show("Search", "search", searchView(v, found))
}

// foundGroups are the things a search found beside the plate, by what they are.
func foundGroups(all []tasks.Found) []foundGroup {
	groups := []foundGroup{
		{Noun: tasks.FoundPerson, Title: "People"},
		{Noun: tasks.FoundDelegation, Title: "Delegations"},
		{Noun: tasks.FoundDecisionArea, Title: "Decision areas"},
		{Noun: tasks.FoundPlaybook, Title: "Playbooks"},
	}
	for _, f := range all {
		i := slices.IndexFunc(groups, func(g foundGroup) bool { return g.Noun == f.Noun })
		groups[i].Items = append(groups[i].Items, f)
	}
	return slices.DeleteFunc(groups, func(g foundGroup) bool { return len(g.Items) == 0 })
}

type foundGroup struct {
	Noun, Title string
	Items       []tasks.Found
}

// foundPath leads to what was found.
func (v *visit) foundPath(f *tasks.Found) string {
	switch f.Noun {
	case tasks.FoundPerson:
		return v.to("/people/%d", f.ID)
	case tasks.FoundPlaybook:
		return v.to("/delegations/new?playbook=%d", f.ID)
	}
	return v.to("/delegations/%d", f.ID)
}

// foundWords says of a delegation whose it is and where it stands.
func foundWords(f *tasks.Found) string {
	switch {
	case f.State == "":
		return ""
	case f.With == "":
		return capital(string(f.State))
	case f.Mine:
		return capital(string(f.State)) + ", with " + f.With
	}
	return capital(string(f.State)) + ", from " + f.With
}

func (v *visit) playbooksPage() error {
	list, err := do(v, delegations.Playbooks, app.Whole)
	if err != nil {
		return err
	}
	return v.show("Playbooks", "playbooks", playbooksView(v, list.Items))
}

func (v *visit) forgetPlaybook() error {
	playbook, err := number[work.PlaybookID](v, "playbook")
	if err != nil {
		return err
	}
	_, err = do(v, delegations.ForgetPlaybook, delegations.AskPlaybook{Playbook: playbook})
	return v.act(v.to("/playbooks"), err, "The playbook is gone.")
}

func (v *visit) historyPage() error {
	q := v.r.URL.Query()
	about := fields("task", q.Get("task"), "person", q.Get("person"))
	ask := history.AskEvents{Page: app.Page{After: q.Get("after")}}
	var err error
	if ask.Task, err = id[work.TaskID](about, "task"); err != nil {
		return errNoPage
	}
	if ask.Person, err = id[work.PersonID](about, "person"); err != nil {
		return errNoPage
	}
	list, err := do(v, history.Events, ask)
	if err != nil {
		return err
	}
	more := ""
	if list.Next != "" {
		more = v.to("/history?task=%s&person=%s&after=%s", about.Get("task"), about.Get("person"), list.Next)
	}
	return v.show("History", "history", historyView(v, list.Items, more, ask.Task == 0 && ask.Person == 0))
}

// playbookWords sums up the terms a playbook keeps.
func playbookWords(p store.Playbook) string {
	words := []string{string(p.Kind)}
	if n := len(p.Terms.Brief.Success); n > 0 {
		words = append(words, plural(n, "test of success", "tests of success"))
	}
	if n := len(p.Terms.Brief.Parts); n > 0 {
		words = append(words, plural(n, "part", "parts"))
	}
	return capital(strings.Join(words, ", "))
}

// happened says an event in words. Kinds are past tenses already; those that
// read badly on their own have a phrase here.
func happened(kind work.EventKind) string {
	if words, ok := eventWords[kind]; ok {
		return words
	}
	return strings.ReplaceAll(string(kind), "_", " ")
}

var eventWords = map[work.EventKind]string{
	tasks.TaskAdded: "added", tasks.TaskEdited: "changed", tasks.TaskSplit: "split", tasks.TaskFinished: "done", tasks.TaskDropped: "dropped",
	tasks.TaskReopened: "put back", tasks.TaskMoved: "moved", history.ChangeUndone: "taken back",
	"person_added": "added", "person_edited": "changed", "person_left": "left", "member_invited": "invited", workspaces.TokenWasMade: "token made", workspaces.TokenWasRevoked: "token revoked",
	work.ToldAloud: "recorded as agreed aloud", work.QuestionTurned: "turned the question back", work.Suggested: "said what they would do", work.SaidGo: "said go", work.AddedTo: "said go, and added to it", work.DecisionAsk: "asked for a decision",
	work.DecisionIntend: "said what they intend", work.DecisionDenied: "said no to a decision", work.DecisionApproved: "said yes to a decision",
	work.TurnDue: "turn fell due", work.TurnDone: "turn done", work.TurnSkipped: "turn skipped", work.TurnMissed: "turn missed", work.TurnAccepted: "turn accepted",
	work.WentAhead: "went ahead", work.InterestSaid: "said whether they are interested", work.ItHappened: "recorded what happened",
	history.FocusGiven: "time given to", work.PulseGiven: "what you said of a week", "pulses": "weeks you said something of", "skills": "skills that a look back showed", "levels_up": "more authority", "levels_down": "less authority",
	work.SharingBegun: "chose what a coach sees", work.SharingChanged: "chose anew what a coach sees", work.SharingStopped: "ended what a coach sees", work.SharingSeen: "looked as a coach",
	work.SharedAbout: "told that a coach sees it", work.NamingSaid: "said whether a coach reads their name", coaching.CoachInvited: "coach invited",
	work.DeliveryReturned: "returned with notes", work.ReflectionsOpen: "reflections opened", work.EndedNow: "ended",
}
