package web

import (
	"net/http"

	"baton/internal/app/delegations"
	"baton/internal/work"
)

// accessPages registers what opens the door of a delegation. It is on a page of
// its own, so that it stands on no screen that was opened for something else.
func (s *server) accessPages() {
	s.member("GET /delegations/{delegation}/access", (*visit).accessPage)
	s.member("POST /delegations/{delegation}/access", (*visit).keepAccess)
	s.member("POST /delegations/{delegation}/access/reveal", (*visit).revealAccess)
	s.guestOpen("GET /guest/{secret}/access", (*visit).accessPage)
	s.guestOpen("POST /guest/{secret}/access/reveal", (*visit).revealAccess)
}

// An opening is what the page shows that tells how to get in.
type opening struct {
	delegations.Delegation
	Told  bool // somebody tapped to see the codes
	Codes []delegations.Opened
	Form  *form // of its giver
	Base  string
}

// canOpen reports whether the page of a delegation leads to its codes.
func canOpen(d *delegations.Delegation) bool {
	return d.Side == work.AsGiver && d.State != work.Ended || d.Side == work.AsReceiver && d.State == work.Active
}

// accessPage leads to the codes without telling them: what only looks at an
// address, like a preview of a link, learns nothing.
func (v *visit) accessPage() error {
	on, err := v.delegation()
	if err != nil {
		return err
	}
	return v.showAccess(http.StatusOK, on, opening{Form: fields()})
}

// revealAccess tells the codes to whoever tapped for them.
func (v *visit) revealAccess() error {
	on, err := v.delegation()
	if err != nil {
		return err
	}
	list, err := do(v, delegations.Reveal, on)
	if err != nil {
		return err
	}
	return v.showAccess(http.StatusOK, on, opening{Told: true, Codes: list.Items, Form: fields()})
}

func (v *visit) showAccess(status int, on delegations.On, o opening) error {
	var err error
	if o.Delegation, err = do(v, delegations.Show, on); err != nil {
		return err
	}
	if !canOpen(&o.Delegation) {
		return work.Errorf(work.Forbidden, "Only the two who agreed may see it, while it is going on.")
	}
	o.Base = v.base(on.Delegation)
	if v.guest != "" {
		return v.showGuest(status, o.Title, accessView(&o))
	}
	return v.showAs(status, o.Title, "delegations", accessView(&o))
}

// keepAccess keeps a code, or forgets the one of this label.
func (v *visit) keepAccess() error {
	return v.onForm(func(on delegations.On, f *form) error {
		_, err := do(v, delegations.KeepSecret, delegations.KeepAccess{On: on, Label: f.text("label"), Secret: f.text("secret")})
		if f.refuse(err, "label", "secret") {
			return v.showAccess(http.StatusUnprocessableEntity, on, opening{Form: f})
		}
		if err != nil {
			return err
		}
		done := "Kept apart from everything else; it vanishes at the end."
		if f.text("secret") == "" {
			done = "Forgotten."
		}
		return v.leave(v.base(on.Delegation)+"/access", toast{Text: done})
	})
}
