package web

import (
	"net/http"

	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/work"
)

// proposalPages registers other terms, and handing on.
func (s *server) proposalPages() {
	s.member("GET /delegations/{delegation}/proposal", (*visit).proposalPage)
	s.member("POST /delegations/{delegation}/proposal", (*visit).propose)
	s.member("GET /delegations/{delegation}/hand-on", (*visit).handOnPage)
	s.member("POST /delegations/{delegation}/hand-on", (*visit).handOn)
}

// A counter is what the page of other terms shows.
type counter struct {
	*agreement
	On   *work.Terms // what the form began from: the newest terms on the table
	form *form
}

func (v *visit) counter(on delegations.On) (*counter, error) {
	a, err := v.agreement(on, nil)
	if err != nil {
		return nil, err
	}
	c := &counter{agreement: a, On: &a.Terms}
	if a.Proposal != nil {
		c.On = a.Proposal
	}
	return c, nil
}

func (v *visit) proposalPage() error {
	on, err := v.delegation()
	if err != nil {
		return err
	}
	c, err := v.counter(on)
	if err != nil {
		return err
	}
	c.form = termForm(c.On, v.place.Workspace.Currency)
	c.form.Set("stands", stands(c.TaskKind))
	return v.showCounter(http.StatusOK, c)
}

func (v *visit) showCounter(status int, c *counter) error {
	if v.guest != "" {
		return v.showGuest(status, "Other terms", counterView(v, c))
	}
	return v.showAs(status, "Other terms", "delegations", counterView(v, c))
}

func (v *visit) propose() error {
	return v.onForm(func(on delegations.On, f *form) error {
		c, err := v.counter(on)
		if err != nil {
			return err
		}
		s := &sentMove{form: f, on: on}
		terms, err := v.readTerms(f, *c.On)
		if err == nil {
			_, err = do(v, delegations.Propose, delegations.OtherTerms{On: on, Seen: s.number("seen"), Terms: terms, Note: f.text("proposal_note")})
		}
		if f.refuse(err, termFields...) {
			c.form = f
			status := http.StatusUnprocessableEntity
			if work.KindOf(err) != work.Invalid {
				status = statuses[work.KindOf(err)]
			}
			return v.showCounter(status, c)
		}
		if err != nil {
			return err
		}
		return v.leave(c.Base, toast{Text: "Proposed. What you agreed before stays until the other side answers."})
	})
}

// A further is what the page of a hand-on shows.
type further struct {
	*agreement
	People []people.Person
	form   *form
}

func (v *visit) handOnPage() error {
	on, err := v.delegation()
	if err != nil {
		return err
	}
	return v.showHandOn(http.StatusOK, on, fields())
}

func (v *visit) showHandOn(status int, on delegations.On, f *form) error {
	a, err := v.agreement(on, nil)
	if err != nil {
		return err
	}
	h := &further{agreement: a, form: f}
	if h.People, err = v.others(); err != nil {
		return err
	}
	return v.showAs(status, "Hand on", "delegations", handOnView(v, h))
}

func (v *visit) handOn() error {
	return v.onForm(func(on delegations.On, f *form) error {
		receiver, err := id[work.PersonID](f, "receiver")
		var d delegations.Delegation
		if err == nil {
			d, err = do(v, delegations.HandOn, delegations.HandFurther{On: on, Receiver: receiver})
		}
		if f.refuse(err, "receiver") {
			return v.showHandOn(http.StatusUnprocessableEntity, on, f)
		}
		if err != nil {
			return err
		}
		return v.leave(v.to("/delegations/%d/draft", d.ID), toast{})
	})
}
