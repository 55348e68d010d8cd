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
	Name string `json:"name" minLength:"1" maxLength:"200"`
}

// KeepPlaybook keeps a delegation's terms for the next time.
var KeepPlaybook = app.Write(app.Describe{
	Name: "playbook.keep", Method: "POST", Path: "delegations/{delegation}/playbook", Who: app.AParty, Undo: "playbook.forget", Summary: "Keep these terms as a playbook for the next time.",
}, func(ctx context.Context, tx *app.Tx, in KeepUnder) (store.Playbook, error) {
	if err := tx.MembersOnly(); err != nil {
		return store.Playbook{}, err
	}
	d, _, err := load(ctx, tx, in.Delegation)
	if err != nil {
		return store.Playbook{}, err
	}
	p := store.Playbook{Owner: tx.Me.Person, Name: in.Name, Kind: d.Kind, Terms: d.Terms}
	return p, tx.SavePlaybook(ctx, &p)
})

// Playbooks lists the actor's playbooks.
var Playbooks = app.Read(app.Describe{
	Name: "playbook.list", Method: "GET", Path: "playbooks", Who: app.AnyMember, Summary: "List your playbooks.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (app.List[store.Playbook], error) {
	if err := tx.MembersOnly(); err != nil {
		return app.List[store.Playbook]{}, err
	}
	all, err := tx.Playbooks(ctx, tx.Me.Person)
	return app.List[store.Playbook]{Items: all}, err
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
