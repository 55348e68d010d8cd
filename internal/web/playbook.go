package web

import (
	"net/http"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/work"
)

func (v *visit) keepPlaybook() error {
	return v.onForm(func(on delegations.On, f *form) error {
		if f.text("name") == "" {
			return v.act(v.base(on.Delegation), work.FieldError("name", "A playbook needs a name."), "")
		}
		p, err := do(v, delegations.KeepPlaybook, delegations.KeepUnder{On: on, Name: f.text("name"), Replaces: f.version()})
		if work.KindOf(err) == work.Stale {
			return v.playbookClash(on, f, err)
		}
		return v.act(v.base(on.Delegation), err, "Kept as “%s”.", p.Name)
	})
}

// playbookClash shows a playbook beside the terms that would be kept in its
// place.
func (v *visit) playbookClash(on delegations.On, f *form, err error) error {
	a, failed := v.agreement(on, nil)
	if failed != nil {
		return failed
	}
	all, failed := do(v, delegations.Playbooks, app.Whole)
	if failed != nil {
		return failed
	}
	currency := v.place.Workspace.Currency
	a.Clash = newClash(err, f, fields(), []string{"name"}, nil, a.Base+"/playbook")
	a.Clash.Title, a.Clash.Rows = "There is a playbook of this name", nil
	for _, p := range all.Items {
		if p.Name != f.text("name") {
			continue
		}
		mine, theirs := termForm(&a.Terms, currency), termForm(&p.Terms, currency)
		theirs.Set("version", idField(p.Version))
		both := newClash(err, mine, theirs, termFields, termLabels, "")
		a.Clash.Rows, a.Clash.Sent = both.Rows, []hidden{{"name", p.Name}, {"version", idField(p.Version)}}
	}
	a.Clash.Keep = a.Base
	return v.showAs(http.StatusConflict, a.Title, "delegations", delegationView(v, a))
}
