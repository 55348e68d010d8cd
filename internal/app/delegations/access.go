package delegations

import (
	"context"
	"strings"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// KeepAccess is something that opens a door: a code, where the key is. It is
// kept apart from the terms, so that no mail, playbook, export or coach ever
// holds it.
type KeepAccess struct {
	On
	Label  string `json:"label" minLength:"1" maxLength:"100" doc:"What it opens: Front door"`
	Secret string `json:"secret,omitempty" maxLength:"500" doc:"Empty forgets it"`
}

// KeepSecret writes an access secret down for the receiver.
var KeepSecret = app.Write(app.Describe{
	Name: "access.keep", Method: "PUT", Path: "delegations/{delegation}/access", Who: app.AGiver, Undo: "access.keep",
	Summary: "Keep a door code or the like for the receiver, apart from the terms; empty forgets it.",
}, func(ctx context.Context, tx *app.Tx, in KeepAccess) (app.None, error) {
	d, _, err := in.load(ctx, tx)
	if err != nil {
		return app.None{}, err
	}
	in.Label = strings.TrimSpace(in.Label)
	switch {
	case !d.Is(tx.Me.Person, work.AsGiver) || tx.Me.Guest != 0:
		return app.None{}, work.Errorf(work.Forbidden, "Only the giver keeps access for the receiver.")
	case d.State == work.Ended:
		return app.None{}, work.Errorf(work.Conflict, "It ended; access went with it.")
	case in.Label == "":
		return app.None{}, work.FieldError("label", "Say what it opens.")
	}
	return app.None{}, tx.SaveAccess(ctx, d.ID, store.Access{Label: in.Label, Secret: in.Secret, At: tx.Now})
})

// An Opened door.
type Opened struct {
	Label  string `json:"label"`
	Secret string `json:"secret"`
}

// Reveal tells the two concerned, and nobody else, how to get in. Who looked,
// and when, is an event both can read.
var Reveal = app.Write(app.Describe{
	Name: "access.reveal", Method: "POST", Path: "delegations/{delegation}/access", Who: app.AParty,
	Summary: "Reveal the door codes kept for a delegation that is going on; that you looked is in its history.",
}, func(ctx context.Context, tx *app.Tx, in On) (app.List[Opened], error) {
	out := app.List[Opened]{Items: []Opened{}}
	d, _, err := in.load(ctx, tx)
	if err != nil {
		return out, err
	}
	if !mayOpen(tx, d) {
		return out, work.Errorf(work.Forbidden, "Only the two who agreed may see it, while it is going on.")
	}
	kept, err := tx.Access(ctx, d.ID)
	if err != nil || len(kept) == 0 {
		return out, err
	}
	for _, k := range kept {
		out.Items = append(out.Items, Opened{k.Label, k.Secret})
	}
	return out, tx.Tell(ctx, d, nil, d.Looked(tx.Act()))
})

// mayOpen reports whether the actor may see the access secrets: the giver, and
// the receiver once it is going on. Whoever stands in for them may too, for
// somebody must be let in.
func mayOpen(tx *app.Tx, d *work.Delegation) bool {
	me := tx.Me.Person
	return d.State != work.Ended && d.Is(me, work.AsGiver) || d.State == work.Active && d.Is(me, work.AsReceiver)
}
