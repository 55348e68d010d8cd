package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/work"
)

// plate is a filled database.
type plate struct {
	db         string
	workspace  work.WorkspaceID
	tasks      int
	task       work.TaskID       // somewhere in the middle
	delegation work.DelegationID // with a history of its own
}

// fill makes a database with n tasks on one plate, a team of twelve and forty
// delegations, by the operations people use. One task in a thousand says
// "zebra", three in ten say "invoice".
func fill(ctx context.Context, dir string, n int) (*plate, error) {
	p := &plate{db: filepath.Join(dir, fmt.Sprintf("plate-%d.db", n)), tasks: n}
	db, err := store.Open(ctx, p.db, store.Options{Unsynced: true})
	if err != nil {
		return nil, err
	}
	a := app.New(db, slog.New(slog.DiscardHandler))
	me, err := workspaces.Found(ctx, a, workspaces.Founding{
		Workspace: "Bench", Kind: "team", Currency: "USD", Zone: "America/Chicago", Name: "Ada", Email: "ada@example.org",
	})
	if err != nil {
		return nil, err
	}
	p.workspace = me.Workspace
	for i := range n {
		added, err := tasks.Add.Do(ctx, a, me, tasks.AddTask{Line: line(i)})
		if err != nil {
			return nil, err
		}
		if i == n/2 {
			p.task = added.ID
		}
	}
	if err := p.delegate(ctx, a, me); err != nil {
		return nil, err
	}
	if err := db.Sync(ctx); err != nil {
		return nil, err
	}
	return p, db.Close()
}

// line is what the i-th task says.
func line(i int) string {
	subject := [...]string{"Check supplies", "Answer messages", "Plan the rota", "Send invoices", "Update the log", "Pay an invoice", "Call suppliers", "Sort an invoice", "Book rooms", "Prepare minutes"}[i%10]
	if i%1000 == 7 {
		subject = "Feed the zebra"
	}
	when := ""
	if i%4 == 0 {
		when = " every friday"
	}
	return fmt.Sprintf("%s number %d%s %dm #clinic", subject, i, when, 15+15*(i%8))
}

// delegate hands out forty tasks, and gives the last a history.
func (p *plate) delegate(ctx context.Context, a *app.App, me app.Actor) error {
	for i := range 40 {
		name := fmt.Sprintf("Person %d", i%12)
		kind, released, shared := work.Teammate, work.Minutes(600), false
		who, err := people.Add.Do(ctx, a, me, people.Fields{Name: &name, Kind: &kind, Released: &released, Private: &shared})
		if err != nil {
			return err
		}
		given, err := tasks.Add.Do(ctx, a, me, tasks.AddTask{Line: fmt.Sprintf("Hand out %d every monday 30m", i)})
		if err != nil {
			return err
		}
		d, err := delegations.Begin.Do(ctx, a, me, delegations.StartDelegation{Task: given.ID, Receiver: who.ID})
		if err != nil {
			return err
		}
		terms := d.Terms
		terms.Brief.Outcome = "Done by Monday evening"
		on := delegations.On{Delegation: d.ID}
		if _, err = delegations.Revise.Do(ctx, a, me, delegations.ReviseDraft{On: on, Receiver: &who.ID, Terms: terms}); err != nil {
			return err
		}
		if _, err = delegations.Tell.Do(ctx, a, me, delegations.Agreement{On: on, Receiver: who.ID, Started: time.Now().AddDate(0, 0, -14)}); err != nil {
			return err
		}
		p.delegation = d.ID
	}
	for i := range 30 {
		help := delegations.Help{On: delegations.On{Delegation: p.delegation}, Minutes: 5, Note: fmt.Sprintf("Went through it, part %d", i)}
		if _, err := delegations.Support.Do(ctx, a, me, help); err != nil {
			return err
		}
	}
	return nil
}
