package workspaces

import (
	"context"
	"strconv"
	"time"

	"baton/internal/app"
	"baton/internal/work"
)

// An Audited is one row of the audit log as an owner reads it.
type Audited struct {
	Number  int64         `json:"number"`
	At      time.Time     `json:"at"`
	Kind    app.AuditKind `json:"kind"`
	By      work.PersonID `json:"by,omitempty" doc:"Absent for whoever runs the server"`
	Name    string        `json:"name,omitempty" doc:"Who that is"`
	Subject int64         `json:"subject,omitempty" doc:"The id of what it was done to: a person, a token, a browser, a delegation"`
	Note    string        `json:"note,omitempty"`
	Words   string        `json:"words" doc:"What was done, in words"`
	MAC     string        `json:"mac" doc:"Binds the row to the one before; only the key file makes it"`
}

// Audit lists who got in, who was let in and what was taken out.
var Audit = app.Read(app.Describe{
	Name: "audit.list", Method: "GET", Path: "audit", Who: app.AnOwner, Summary: "See who signed in, who was let in and what was taken out, the newest first.",
}, func(ctx context.Context, tx *app.Tx, in app.Page) (app.List[Audited], error) {
	out := app.List[Audited]{Items: []Audited{}}
	if err := tx.Owner(); err != nil {
		return out, err
	}
	before, err := in.Behind()
	if err != nil {
		return out, err
	}
	rows, err := tx.Tx.Audit(ctx, before, in.Size()+1)
	if err != nil {
		return out, err
	}
	if len(rows) > in.Size() {
		rows = rows[:in.Size()]
		out.Next = strconv.FormatInt(rows[len(rows)-1].Number, 10)
	}
	names := map[work.PersonID]string{}
	for _, r := range rows {
		if _, known := names[r.By]; !known && r.By != 0 {
			p, err := tx.Person(ctx, r.By)
			if err != nil {
				return out, err
			}
			names[r.By] = p.Name
		}
		kind := app.AuditKind(r.Kind)
		out.Items = append(out.Items, Audited{r.Number, r.At, kind, r.By, names[r.By], r.Subject, r.Note, app.AuditWords[kind], r.MAC})
	}
	return out, nil
})
