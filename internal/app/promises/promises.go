// Package promises holds the promises of the design against what a database
// says: one check for whoever looks after a database, for the simulated teams
// and for every test that lets people act at random.
package promises

import (
	"context"
	"fmt"
	"slices"
	"time"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// Broken lists what in a workspace breaks a promise by a moment up to which
// the clock has let time pass. It reads every row.
func Broken(ctx context.Context, a *app.App, ws work.WorkspaceID, now time.Time) ([]store.Breach, error) {
	var out []store.Breach
	err := a.Store.Read(ctx, ws, func(tx *store.Tx) error {
		for _, look := range []func(context.Context, *store.Tx) ([]store.Breach, error){
			func(ctx context.Context, tx *store.Tx) ([]store.Breach, error) { return tx.Breaches(ctx) },
			func(ctx context.Context, tx *store.Tx) ([]store.Breach, error) { return overdue(ctx, tx, now) },
			wider, silent,
		} {
			found, err := look(ctx, tx)
			if err != nil {
				return err
			}
			out = append(out, found...)
		}
		return nil
	})
	return out, err
}

// Check is Broken as an error: one line for each breach.
func Check(ctx context.Context, a *app.App, ws work.WorkspaceID, now time.Time) error {
	found, err := Broken(ctx, a, ws, now)
	if err != nil || len(found) == 0 {
		return err
	}
	text := ""
	for _, b := range found {
		text += fmt.Sprintf("\npromise %d: %s (%d)", b.Promise, b.Words, b.ID)
	}
	return fmt.Errorf("workspace %d breaks its promises:%s", ws, text)
}

func overdue(ctx context.Context, tx *store.Tx, now time.Time) ([]store.Breach, error) {
	late, err := tx.Overdue(ctx, now)
	var out []store.Breach
	for _, id := range late {
		out = append(out, store.Breach{Promise: 0, Words: "time stands still in this delegation", ID: int64(id)})
	}
	return out, err
}

// wider finds hand-ons with more authority than they were handed on from.
func wider(ctx context.Context, tx *store.Tx) ([]store.Breach, error) {
	below, err := tx.HandOns(ctx)
	if err != nil {
		return nil, err
	}
	above := make([]work.DelegationID, len(below))
	for i, d := range below {
		above[i] = d.Parent
	}
	parents, err := tx.DelegationsByID(ctx, above)
	if err != nil {
		return nil, err
	}
	var out []store.Breach
	for _, d := range below {
		if p := parents[d.Parent]; p == nil || p.Terms.Authority.Narrows(d.Terms.Authority) != "" {
			out = append(out, store.Breach{Promise: 4, Words: "a hand-on has more authority than it was handed on from", ID: int64(d.ID)})
		}
	}
	return out, nil
}

// silent finds money that passed because nobody said a word: an intention
// without a limit agreed beforehand, or a delivery that is paid for.
func silent(ctx context.Context, tx *store.Tx) ([]store.Breach, error) {
	suspects, err := tx.SilentYeses(ctx)
	if err != nil {
		return nil, err
	}
	var out []store.Breach
	for _, d := range suspects {
		versions, err := tx.AllTerms(ctx, d.ID)
		if err != nil {
			return nil, err
		}
		covered := slices.ContainsFunc(versions, func(t work.Terms) bool { return t.Authority.CoversMoney() })
		free := slices.ContainsFunc(versions, func(t work.Terms) bool { return t.Price == 0 || t.Per == work.PerOccurrence })
		decisions, err := tx.Decisions(ctx, d.ID)
		if err != nil {
			return nil, err
		}
		spent := slices.ContainsFunc(decisions, func(dec work.Decision) bool {
			return dec.State == work.DecisionDecided && dec.Ruling == work.Intends && dec.Amount > 0 && dec.AnsweredBy == 0
		})
		if spent && !covered || !spent && !free {
			out = append(out, store.Breach{Promise: 5, Words: "silence approved money", ID: int64(d.ID)})
		}
	}
	return out, nil
}
