package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/ical"
	"baton/internal/phrase"
	"baton/internal/store"
	"baton/internal/work"
)

// draftPages registers how a delegation begins: from a task to an offer.
func (s *server) draftPages() {
	s.member("GET /delegations/new", (*visit).startPage)
	s.member("POST /tasks/{task}/delegation", (*visit).start)
	s.member("GET /delegations/{delegation}/draft", (*visit).draftPage)
	s.member("POST /delegations/{delegation}/draft", (*visit).saveDraft)
	s.member("POST /delegations/{delegation}/draft/discard", (*visit).discardDraft)
	s.member("GET /delegations/{delegation}/preview", (*visit).previewPage)
	s.member("POST /delegations/{delegation}/offer", (*visit).offerDraft)
	s.member("POST /delegations/{delegation}/candidates", (*visit).showDraft)
	s.member("POST /delegations/{delegation}/agreement", (*visit).tellAgreement)
}

// A beginning is what the page shows on which a delegation begins.
type beginning struct {
	Task      tasks.Whole
	People    []people.Person
	Playbooks []store.Playbook
	form      *form
}

func (v *visit) beginning(task work.TaskID, f *form) (*beginning, error) {
	b := &beginning{form: f}
	var err error
	if b.Task, err = do(v, tasks.Show, tasks.AskTask{Task: task}); err != nil {
		return nil, err
	}
	if b.People, err = v.others(); err != nil {
		return nil, err
	}
	books, err := do(v, delegations.Playbooks, app.None{})
	b.Playbooks = books.Items
	return b, err
}

// others are the people the member can hand something to.
func (v *visit) others() ([]people.Person, error) {
	all, err := do(v, people.Everybody, app.None{})
	return slices.DeleteFunc(all.Items, func(p people.Person) bool {
		return p.ID == v.place.Actor.Person || !p.LeftOn.IsZero()
	}), err
}

func (v *visit) startPage() error {
	q := v.r.URL.Query()
	f := &form{Values: q}
	task, err := id[work.TaskID](f, "task")
	if err != nil {
		return errNoPage
	}
	if task == 0 {
		return v.chooseTask(q)
	}
	kind := work.Assignment
	if q.Get("kind") == string(work.Strategic) {
		kind = work.Strategic
	}
	b, err := v.beginning(task, fields("kind", string(kind), "receiver", q.Get("person"), "playbook", q.Get("playbook")))
	if err != nil {
		return err
	}
	return v.show("Hand over", "delegations", startView(v, b))
}

// chooseTask lists what can be handed over, and keeps what was chosen already.
func (v *visit) chooseTask(chosen url.Values) error {
	open, err := do(v, tasks.Plate, tasks.AskPlate{Page: app.Page{Limit: most}, State: work.TaskOpen, Top: true})
	if err != nil {
		return err
	}
	return v.show("Hand over", "delegations", chooseTaskView(v, open.Items, chosen))
}

// with is the address of the start page for a task.
func (v *visit) with(chosen url.Values, task work.TaskID) string {
	q := url.Values{"task": {idField(task)}}
	for _, name := range []string{"playbook", "person", "kind"} {
		if chosen.Has(name) {
			q.Set(name, chosen.Get(name))
		}
	}
	return v.to("/delegations/new?") + q.Encode()
}

func (v *visit) start() error {
	task, err := number[work.TaskID](v, "task")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	d, err := v.begin(task, f)
	if f.refuse(err, "kind", "receiver", "playbook") {
		b, err := v.beginning(task, f)
		if err != nil {
			return err
		}
		return v.showAs(http.StatusUnprocessableEntity, "Hand over", "delegations", startView(v, b))
	}
	if err != nil {
		return err
	}
	return v.leave(v.to("/delegations/%d/draft", d.ID), toast{})
}

func (v *visit) begin(task work.TaskID, f *form) (delegations.Delegation, error) {
	receiver, err := id[work.PersonID](f, "receiver")
	if err != nil {
		return delegations.Delegation{}, err
	}
	playbook, err := id[work.PlaybookID](f, "playbook")
	if err != nil {
		return delegations.Delegation{}, err
	}
	return do(v, delegations.Begin, delegations.StartDelegation{
		Task: task, Kind: work.DelegationKind(f.Get("kind")), Receiver: receiver, Playbook: playbook,
	})
}

func (b *beginning) playbookOptions() []option {
	out := []option{{"", "Begin from the task"}}
	for _, p := range b.Playbooks {
		out = append(out, option{idField(p.ID), p.Name})
	}
	return out
}

func personOptions(all []people.Person, none string) []option {
	out := []option{{"", none}}
	for _, p := range all {
		out = append(out, option{idField(p.ID), p.Name + personHint(&p)})
	}
	return out
}

func personHint(p *people.Person) string {
	if p.Kind == work.Teammate {
		return ""
	}
	return ", " + string(p.Kind)
}

// A draft is what the page of a draft shows.
type draft struct {
	delegations.Delegation
	Task     tasks.Whole
	People   []people.Person
	Findings []work.Finding
	Voice    voice
	form     *form
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
	d.form = termForm(&d.Terms, v.place.Workspace.Currency)
	d.form.Set("kind", string(d.Kind))
	d.form.Set("receiver", idField(d.Receiver.ID))
	return v.show(d.Title, "delegations", draftView(v, d))
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
		On: delegations.On{Delegation: d.ID}, Kind: work.DelegationKind(f.Get("kind")), Receiver: receiver, Terms: terms,
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

// A preview is the draft as its receiver will see it, and the ways to send it.
type preview struct {
	*agreement
	Draft      *draft
	Candidates []candidate
	Problem    *form
}

// A candidate is somebody a draft was shown to, and what they said.
type candidate struct {
	Name, Said, Note string
	Person           work.PersonID
}

func (v *visit) previewPage() error {
	on, err := v.delegation()
	if err != nil {
		return err
	}
	return v.showPreview(http.StatusOK, on, fields())
}

func (v *visit) showPreview(status int, on delegations.On, f *form) error {
	d, err := v.loadDraft(on)
	if errors.Is(err, errNotDraft) {
		return v.leave(v.base(on.Delegation), toast{})
	}
	if err != nil {
		return err
	}
	a, err := v.agreement(on, nil)
	if err != nil {
		return err
	}
	p := &preview{agreement: a, Draft: d, Candidates: candidates(d, a), Problem: f}
	a.Voice.me = a.Receiver.ID // the page speaks to the receiver
	if a.Receiver.ID == 0 {
		a.Voice.me = -1
		a.Voice.receiver = delegations.Party{ID: -1, Name: "you"}
	}
	return v.showAs(status, a.Title, "delegations", previewView(v, p))
}

// candidates are those a draft was shown to, with their answers.
func candidates(d *draft, a *agreement) []candidate {
	var out []candidate
	for i := range a.Items {
		if it := &a.Items[i]; it.Kind == work.Interest {
			out = append(out, candidate{Name: it.Holder.Name, Person: it.Holder.ID, Said: "No answer yet"})
		}
	}
	for i := range a.Story.Events {
		e := &a.Story.Events[i]
		if e.Kind != work.InterestSaid || slices.ContainsFunc(out, func(c candidate) bool { return c.Name == e.About }) {
			continue
		}
		c := candidate{Name: e.About, Said: capital(statusOf(e.Detail.Status)), Note: e.Detail.Text}
		for _, p := range d.People {
			if p.Name == e.About {
				c.Person = p.ID
			}
		}
		out = append(out, c)
	}
	return out
}

// offerDraft offers a draft, to whom it names or to a chosen candidate.
func (v *visit) offerDraft() error {
	return v.onForm(func(on delegations.On, f *form) error {
		in := delegations.MakeOffer{On: on}
		err := v.fill(f, &in)
		var d delegations.Delegation
		if err == nil {
			d, err = do(v, delegations.Offer, in)
		}
		if f.refuse(err, "answer_by") {
			return v.showPreview(http.StatusUnprocessableEntity, on, f)
		}
		if err != nil {
			return err
		}
		return v.leave(v.base(on.Delegation), toast{
			Text: "Offered to " + d.Receiver.Name + ". For ten seconds you can take it back unseen.",
			Post: v.base(on.Delegation) + "/moves/" + string(work.MoveUndoOffer), Label: "Take it back",
		})
	})
}

func (v *visit) fill(f *form, in *delegations.MakeOffer) (err error) {
	if in.Receiver, err = id[work.PersonID](f, "receiver"); err != nil {
		return err
	}
	due, err := v.dayField(f, "answer_by")
	if err == nil && !due.IsZero() {
		in.AnswerBy = due.Instant()
	}
	return err
}

// dayField reads a day in words; "" is none.
func (v *visit) dayField(f *form, name string) (ical.Due, error) {
	s := f.text(name)
	if s == "" {
		return ical.Due{}, nil
	}
	due, err := phrase.Day(s, phrase.Context{Now: v.app.Now(), Zone: v.place.Workspace.Zone})
	if err != nil {
		return due, work.FieldError(name, "%s.", capital(err.Error()))
	}
	return due, nil
}

// showDraft shows a draft to several people.
func (v *visit) showDraft() error {
	return v.onForm(func(on delegations.On, f *form) error {
		in := delegations.ShowTo{On: on}
		for _, s := range f.Values["people"] {
			n, err := strconv.ParseInt(s, 10, 64)
			if err != nil {
				return errNoPage
			}
			in.People = append(in.People, work.PersonID(n))
		}
		err := work.FieldError("people", "Choose whom to show it to.")
		if len(in.People) > 0 {
			_, err = do(v, delegations.ShowSeveral, in)
		}
		if f.refuse(err, "people") {
			return v.showPreview(http.StatusUnprocessableEntity, on, f)
		}
		if err != nil {
			return err
		}
		return v.leave(v.base(on.Delegation)+"/preview", toast{Text: "Shown to " + plural(len(in.People), "person", "people") + ". They do not see each other."})
	})
}

// tellAgreement records what was agreed aloud.
func (v *visit) tellAgreement() error {
	return v.onForm(func(on delegations.On, f *form) error {
		in := delegations.Agreement{On: on, Words: f.text("told_words")}
		due, err := v.dayField(f, "started")
		var d delegations.Delegation
		if err == nil {
			if !due.IsZero() {
				in.Started = due.Start()
			}
			d, err = do(v, delegations.Tell, in)
		}
		if f.refuse(err, "started") {
			return v.showPreview(http.StatusUnprocessableEntity, on, f)
		}
		if err != nil {
			return err
		}
		return v.leave(v.base(on.Delegation), toast{Text: "Written down. " + d.Receiver.Name + " is asked to confirm it."})
	})
}
