package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"baton/internal/app/delegations"
	"baton/internal/ical"
	"baton/internal/phrase"
	"baton/internal/work"
)

// previewPages registers a draft as others will see it, and the ways it
// reaches them.
func (s *server) previewPages() {
	s.member("GET /delegations/{delegation}/preview", (*visit).previewPage)
	s.member("POST /delegations/{delegation}/offer", (*visit).offerDraft)
	s.member("POST /delegations/{delegation}/candidates", (*visit).showDraft)
	s.member("POST /delegations/{delegation}/agreement", (*visit).tellAgreement)
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
		offered := toast{
			Text: "Offered to " + d.Receiver.Name + ". For ten seconds you can take it back unseen.",
			Post: v.base(on.Delegation) + "/moves/" + string(work.MoveUndoOffer), Label: "Take it back",
		}
		if d.Unreached {
			v.said = &offered
			return v.makeLinkTo(on)
		}
		return v.leave(v.base(on.Delegation), offered)
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
