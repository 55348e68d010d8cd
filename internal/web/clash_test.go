package web

import (
	"net/http"
	"testing"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/workspaces"
	"baton/internal/work"
)

// TestEveryConflictingWriteOffersBothVersions opens the form of everything
// that can be edited, changes it from elsewhere, and sends the form: it is
// refused, says who was faster, shows both, and either can be had.
func TestEveryConflictingWriteOffersBothVersions(t *testing.T) {
	s := newSite(t)
	s.fill()
	jamie := must(s, people.Show, people.AskPerson{Person: s.person})
	email := "jamie@example.org"
	must(s, people.Edit, people.EditPerson{Person: jamie.ID, Fields: people.Fields{Email: &email}})
	must(s, workspaces.Invite, workspaces.InvitePerson{Person: jamie.ID, Owner: true})
	other := app.Actor{Workspace: s.me.Workspace, Person: jamie.ID, Owner: true} // who changes what is shared
	area := must(s, workspaces.AddArea, workspaces.NewArea{Name: "Garden"})
	focus := must(s, workspaces.FocusAreas, app.Whole).Items[0]
	draft := must(s, delegations.List, delegations.AskList{}).Items[0]
	inTerms := func(outcome string) work.Terms {
		terms := draft.Terms
		terms.Brief.Outcome = outcome
		return terms
	}
	as := func(me app.Actor, fn func() error) {
		t.Helper()
		if err := fn(); err != nil {
			t.Fatalf("%v: %v", me, err)
		}
	}
	theirName, hours, digest := "Green & Daughters", work.Minutes(20*60), false
	for _, row := range []struct {
		name, page, form, action string
		field, mine, theirs, who string
		change                   func() error
	}{
		{"a person", s.to("/people/%d", s.person), "form.form", s.to("/people/%d", s.person), "name", "Jamie C.", theirName, theirName, func() error {
			_, err := people.Edit.Do(t.Context(), s.app, other, people.EditPerson{Person: s.person, Fields: people.Fields{Name: &theirName}})
			return err
		}},
		{"settings", s.to("/settings"), `form[action$="/settings"]`, s.to("/settings"), "capacity", "30", "20", "You, in another window,", func() error {
			_, err := workspaces.ChangeSettings.Do(t.Context(), s.app, s.me, workspaces.NewSettings{Capacity: &hours, Digest: &digest})
			return err
		}},
		{"the workspace", s.to("/settings"), `form[action$="/workspace"]`, s.to("/workspace"), "name", "Clinic by the river", "Riverside", "Jamie C.", func() error {
			name := "Riverside"
			_, err := workspaces.ChangeWorkspace.Do(t.Context(), s.app, other, workspaces.NewWorkspace{Name: &name})
			return err
		}},
		{"an area", s.to("/settings"), `form[action$="/areas/` + idField(area.ID) + `"]`, s.to("/areas/%d", area.ID), "name", "Back garden", "Front garden", "Jamie C.", func() error {
			_, err := workspaces.EditArea.Do(t.Context(), s.app, other, workspaces.ChangeArea{Area: area.ID, NewArea: workspaces.NewArea{Name: "Front garden"}})
			return err
		}},
		{"a focus area", s.to("/ledger"), `form[action$="/focus-areas/` + idField(focus.ID) + `"]`, s.to("/focus-areas/%d", focus.ID), "name", "Research", "Writing", "You, in another window,", func() error {
			_, err := workspaces.EditFocusArea.Do(t.Context(), s.app, s.me, workspaces.ChangeFocus{Focus: focus.ID, NewFocus: workspaces.NewFocus{Name: "Writing"}})
			return err
		}},
		{"a draft", s.to("/delegations/%d/draft", draft.ID), `form[action$="/draft"]`, s.to("/delegations/%d/draft", draft.ID), "brief.outcome", "The rota hangs", "The rota is out", "You, in another window,", func() error {
			_, err := delegations.Revise.Do(t.Context(), s.app, s.me, delegations.ReviseDraft{On: delegations.On{Delegation: draft.ID}, Terms: inTerms("The rota is out")})
			return err
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			form := s.get(row.page).is(http.StatusOK).values(row.form)
			if form.Get("version") == "" {
				t.Fatalf("the form does not say what it was made of: %v", form)
			}
			as(s.me, row.change)
			form.Set(row.field, row.mine)
			clash := s.post(row.action, form).is(http.StatusConflict)
			clash.has("[role=alert]", row.who)
			clash.has("[role=alert] table", row.mine)
			clash.has("[role=alert] table", row.theirs)
			if got := s.get(row.page).values(row.form).Get(row.field); got != row.theirs {
				t.Errorf("after the refusal it is %q", got)
			}
			s.post(row.action, clash.values("[role=alert] form")).is(http.StatusOK)
			if got := s.get(row.page).values(row.form).Get(row.field); got != row.mine {
				t.Errorf("saved over it, it is %q", got)
			}
		})
	}
}

func TestAPlaybookIsNotWrittenOverUnasked(t *testing.T) {
	s := newSite(t)
	s.fill()
	draft := must(s, delegations.List, delegations.AskList{}).Items[0]
	on := delegations.On{Delegation: draft.ID}
	first := must(s, delegations.KeepPlaybook, delegations.KeepUnder{On: on, Name: "Rota"})
	terms := draft.Terms
	terms.Brief.Outcome = "Everybody knows their shifts"
	must(s, delegations.Revise, delegations.ReviseDraft{On: on, Terms: terms})
	clash := s.post(s.to("/delegations/%d/playbook", draft.ID), map[string][]string{"name": {"Rota"}}).is(http.StatusConflict)
	clash.has("[role=alert] table", "Everybody knows their shifts")
	if books := must(s, delegations.Playbooks, app.Whole).Items; len(books) != 1 || books[0].Version != first.Version {
		t.Errorf("it was written over: %+v", books)
	}
	s.post(s.to("/delegations/%d/playbook", draft.ID), clash.values("[role=alert] form")).is(http.StatusOK)
	books := must(s, delegations.Playbooks, app.Whole).Items
	if len(books) != 1 || books[0].ID != first.ID || books[0].Terms.Brief.Outcome != terms.Brief.Outcome {
		t.Errorf("it was not written over when asked: %+v", books)
	}
}

func TestTokensAreListedAndRevoked(t *testing.T) {
	s := newSite(t)
	s.post(s.to("/tokens"), map[string][]string{"label": {"Calendar"}}).is(http.StatusOK).has("main code", "baton_")
	p := s.get(s.to("/settings")).is(http.StatusOK)
	p.has("main .rows", "Calendar")
	p.has("main .rows", "Never used")
	p.lacks("main", "baton_")
	end := p.doc.Find(`form[action*="/tokens/"][action$="/end"]`).AttrOr("action", "")
	s.post(end, nil).is(http.StatusOK).has(".toast", "Revoked")
	s.get(s.to("/settings")).lacks("main", "Calendar")
}
