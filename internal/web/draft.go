package web

import (
	"errors"
	"net/http"

	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/work"
)

// draftPages registers the writing of a brief.
func (s *server) draftPages() {
	s.member("GET /delegations/{delegation}/draft", (*visit).draftPage)
	s.member("POST /delegations/{delegation}/draft", (*visit).saveDraft)
	s.member("POST /delegations/{delegation}/draft/discard", (*visit).discardDraft)
}

// A draft is what the page of a draft shows.
type draft struct {
	delegations.Delegation
	Task     tasks.Whole
	People   []people.Person
	Findings []work.Finding
	Voice    voice
	form     *form
	Clash    *clash // another change came first
	Base     string
}

func (v *visit) loadDraft(on delegations.On) (*draft, error) {
	d, err := do(v, delegations.Show, on)
	if err != nil {
		return nil, err
	}
	if d.State != work.Draft || d.Side != work.AsGiver {
		return nil, errNotDraft
	}
	out := &draft{Delegation: d, Voice: voiceOf(v.place.Actor.Person, v.place.Workspace.Currency, &d), Base: v.base(d.ID)}
	if out.Task, err = do(v, tasks.Show, tasks.AskTask{Task: d.Task}); err != nil {
		return nil, err
	}
	if out.People, err = v.others(); err != nil {
		return nil, err
	}
	found, err := do(v, delegations.Check, on)
	out.Findings = found.Findings
	for _, l := range found.Learned {
		if l.Field == "authority.level" { // check-ins say theirs in the hint
			out.Findings = append(out.Findings, work.Finding{Field: l.Field, Sentence: delegations.ProposedWords(l.Sentence)})
		}
	}
	return out, err
}

// errNotDraft leads to the delegation itself: it was offered meanwhile.
var errNotDraft = work.Errorf(work.Conflict, "This is no draft any more.")

func (v *visit) draftPage() error {
	on, err := v.delegation()
	if err != nil {
		return err
	}
	d, err := v.loadDraft(on)
	if errors.Is(err, errNotDraft) {
		return v.leave(v.base(on.Delegation), toast{})
	}
	if err != nil {
		return err
	}
	d.form = v.draftForm(d)
	return v.show(d.Title, "delegations", draftView(v, d))
}

// draftForm is a draft as its form shows it.
func (v *visit) draftForm(d *draft) *form {
	f := termForm(&d.Terms, v.place.Workspace.Currency)
	f.Set("version", idField(d.Version))
	f.Set("kind", string(d.Kind))
	f.Set("receiver", idField(d.Receiver.ID))
	f.Set("stands", stands(d.TaskKind))
	return f
}

// stands marks a form of terms of a decision area: it asks for no dates, no
// effort and no parts.
func stands(kind work.TaskKind) string {
	if kind == work.DecisionArea {
		return "yes"
	}
	return ""
}

// saveDraft keeps what was typed, and goes on to the preview when asked to.
func (v *visit) saveDraft() error {
	return v.onForm(func(on delegations.On, f *form) error {
		d, err := v.loadDraft(on)
		if errors.Is(err, errNotDraft) {
			return v.act(v.base(on.Delegation), err, "")
		}
		if err != nil {
			return err
		}
		err = v.revise(d, f)
		if work.KindOf(err) == work.Stale {
			d.Clash = newClash(err, f, v.draftForm(d), draftFields, termLabels, d.Base+"/draft")
			d.form, d.Kind = f, work.DelegationKind(f.Get("kind"))
			return v.showAs(http.StatusConflict, d.Title, "delegations", draftView(v, d))
		}
		if f.refuse(err, termFields...) {
			d.form, d.Kind = f, work.DelegationKind(f.Get("kind"))
			return v.showAs(http.StatusUnprocessableEntity, d.Title, "delegations", draftView(v, d))
		}
		if err != nil {
			return err
		}
		if f.Get("then") == "preview" {
			return v.leave(d.Base+"/preview", toast{})
		}
		return v.leave(d.Base+"/draft", toast{Text: "The draft is kept. Nobody else sees it."})
	})
}

func (v *visit) revise(d *draft, f *form) error {
	terms, err := v.readTerms(f, d.Terms)
	if err != nil {
		return err
	}
	receiver, err := id[work.PersonID](f, "receiver")
	if err != nil {
		return err
	}
	_, err = do(v, delegations.Revise, delegations.ReviseDraft{
		On: delegations.On{Delegation: d.ID, IfMatch: f.seen()}, Kind: work.DelegationKind(f.Get("kind")), Receiver: &receiver, Terms: terms,
	})
	return err
}

func (v *visit) discardDraft() error {
	return v.onForm(func(on delegations.On, _ *form) error {
		d, err := do(v, delegations.Show, on)
		if err != nil {
			return err
		}
		if _, err := do(v, delegations.Discard, on); err != nil {
			return v.act(v.base(on.Delegation), err, "")
		}
		return v.leave(v.to("/tasks/%d", d.Task), toast{Text: "The draft is gone. The task stays on your plate."})
	})
}
