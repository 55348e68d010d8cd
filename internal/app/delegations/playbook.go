package delegations

import (
	"context"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// KeepUnder names a playbook.
type KeepUnder struct {
	On
	Name     string `json:"name" minLength:"1" maxLength:"200"`
	Replaces int64  `json:"replaces,omitempty" doc:"The version of your playbook of this name to write over; without it one that is there stays"`
}

// KeepPlaybook keeps a delegation's terms for the next time.
var KeepPlaybook = app.Write(app.Describe{
	Name: "playbook.keep", Method: "POST", Path: "delegations/{delegation}/playbook", Who: app.AParty, Undo: "playbook.forget", Summary: "Keep these terms as a playbook for the next time.",
}, func(ctx context.Context, tx *app.Tx, in KeepUnder) (store.Playbook, error) {
	if err := tx.MembersOnly(); err != nil {
		return store.Playbook{}, err
	}
	d, _, err := in.load(ctx, tx)
	if err != nil {
		return store.Playbook{}, err
	}
	p := store.Playbook{Owner: tx.Me.Person, Name: work.OneLine(in.Name), Kind: d.Kind, Terms: d.Terms}
	if p.Name == "" {
		return p, work.FieldError("name", "A playbook needs a name.")
	}
	mine, err := tx.Playbooks(ctx, tx.Me.Person)
	if err != nil {
		return p, err
	}
	for _, there := range mine {
		if there.Name != p.Name {
			continue
		}
		if in.Replaces == 0 {
			return p, work.Errorf(work.Stale, "You have a playbook called “%s” already, at version %d. Write over it, saying replaces %d, or keep this one under another name.", p.Name, there.Version, there.Version)
		}
		if err := tx.Fresh(ctx, app.Seen(in.Replaces), there.Version, there.Owner, "“"+p.Name+"”"); err != nil {
			return p, err
		}
		p.ID, p.Version = there.ID, there.Version
	}
	return p, tx.SavePlaybook(ctx, &p)
})

// Playbooks lists the actor's playbooks.
var Playbooks = app.Read(app.Describe{
	Name: "playbook.list", Method: "GET", Path: "playbooks", Who: app.AnyMember, Summary: "List your playbooks.",
}, func(ctx context.Context, tx *app.Tx, in app.Page) (app.List[store.Playbook], error) {
	if err := tx.MembersOnly(); err != nil {
		return app.List[store.Playbook]{}, err
	}
	all, err := tx.Playbooks(ctx, tx.Me.Person)
	if err != nil {
		return app.List[store.Playbook]{}, err
	}
	return app.Cut(all, in, func(p store.Playbook) string { return app.Key(p.Name) })
})

// AskPlaybook names a playbook.
type AskPlaybook struct {
	Playbook work.PlaybookID `path:"playbook" json:"-"`
}

// ForgetPlaybook throws a playbook away.
var ForgetPlaybook = app.Write(app.Describe{
	Name: "playbook.forget", Method: "DELETE", Path: "playbooks/{playbook}", Who: app.AnyMember, Undo: "playbook.keep", Summary: "Forget a playbook.",
}, func(ctx context.Context, tx *app.Tx, in AskPlaybook) (app.None, error) {
	if err := tx.MembersOnly(); err != nil {
		return app.None{}, err
	}
	return app.None{}, tx.DeletePlaybook(ctx, tx.Me.Person, in.Playbook)
})
