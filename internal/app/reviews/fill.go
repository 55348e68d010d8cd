package reviews

import (
	"context"
	"slices"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/guards"
	"baton/internal/app/history"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/work"
)

// fill puts in what there is to look over.
func (out *Review) fill(ctx context.Context, tx *app.Tx) error {
	var err error
	if out.Waiting, err = delegations.Waiting.Within(ctx, tx, delegations.AskWaiting{}); err != nil {
		return err
	}
	for _, part := range []func(context.Context, *app.Tx) error{out.plate, out.given, out.coming, out.hours} {
		if err := part(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

const (
	unmarkedShown = 8 // of the tasks nobody has marked
	letGoShown    = 3
)

// plate finds the tasks nobody has marked, and the first to let go of.
func (out *Review) plate(ctx context.Context, tx *app.Tx) error {
	list, err := tasks.LetGo.Within(ctx, tx, app.Whole)
	if err != nil {
		return err
	}
	out.Unmarked, out.LetGo = []ToMark{}, []tasks.LetGoLine{}
	for _, l := range list.Items {
		m := l.Marks
		if m.NeedsMe.Guessed && m.Matters.Guessed && m.Grows.Guessed && m.Energy.Guessed && l.Verdict == "" {
			out.Unmarked = append(out.Unmarked, ToMark{l.TaskID, l.Task, l.Weekly})
		}
		if open := l.Verdict == "" || l.Verdict == work.Assign || l.Verdict == work.Delegate; open && l.Score > 0 && len(out.LetGo) < letGoShown {
			out.LetGo = append(out.LetGo, l)
		}
	}
	slices.SortStableFunc(out.Unmarked, func(a, b ToMark) int { return int(b.Weekly - a.Weekly) })
	out.UnmarkedCount = len(out.Unmarked)
	out.Unmarked = out.Unmarked[:min(unmarkedShown, len(out.Unmarked))]
	return nil
}

// given finds, among what the actor gave, what is stuck and what nobody has
// said thanks for.
func (out *Review) given(ctx context.Context, tx *app.Tx) error {
	out.Stuck, out.Thanks = []Stuck{}, []Owed{}
	all, err := tx.Delegations(ctx, store.DelegationFilter{Giver: tx.Me.Person})
	if err != nil {
		return err
	}
	events, err := tx.EventsOfGiver(ctx, tx.Me.Person)
	if err != nil {
		return err
	}
	of := map[work.DelegationID][]work.Event{}
	for _, e := range events {
		if e.Kind == work.DecisionMade && e.Detail.Level == work.Autonomous {
			continue // the giver is not told
		}
		of[e.Delegation] = append(of[e.Delegation], e)
	}
	for _, d := range all {
		to := delegations.Party{ID: d.Receiver, Name: d.Names[d.Receiver]}
		if why, stuck := d.Stuck(of[d.ID], tx.Now); stuck {
			out.Stuck = append(out.Stuck, Stuck{Delegation: d.ID, Title: d.Title, With: to, Why: why})
		}
		if what, owed := d.ThanksOwed(of[d.ID], tx.Now); owed {
			out.Thanks = append(out.Thanks, Owed{d.ID, d.Title, to, what})
		}
	}
	return nil
}

// coming adds what is on its way back to the actor.
func (out *Review) coming(ctx context.Context, tx *app.Tx) error {
	found, err := guards.Returns.Within(ctx, tx, guards.AskReturns{})
	if err != nil {
		return err
	}
	for _, r := range found.Items {
		out.Stuck = append(out.Stuck, Stuck{Delegation: r.Delegation, Title: r.Title, Why: r.Sentence, Say: r.Answer})
	}
	return nil
}

// hours are those of the last week, and what they went to.
func (out *Review) hours(ctx context.Context, tx *app.Tx) error {
	l, err := history.Ledger.Within(ctx, tx, history.AskLedger{Days: 7})
	if err != nil {
		return err
	}
	for _, p := range l.Promises {
		switch p.Name {
		case work.LessOverload:
			out.Hours.Net = p.Value
			for _, a := range p.Amounts {
				if a.Name == "handed_off" {
					out.Hours.HandedOff = a.Value
				}
			}
		case work.Space:
			out.Hours.Given = p.Value
		}
	}
	focus, err := workspaces.FocusAreas.Within(ctx, tx, app.Whole)
	out.Hours.Focus = focus.Items
	return err
}
