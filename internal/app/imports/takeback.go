package imports

import (
	"context"
	"fmt"
	"math"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// Withdrawn says what taking an import back did.
type Withdrawn struct {
	Import   work.ImportID     `json:"import"`
	State    store.ImportState `json:"state" enum:"taking_back,taken_back"`
	Removed  int64             `json:"removed" doc:"What it had created"`
	Restored int64             `json:"restored" doc:"What it had updated"`
	Kept     []store.Skipped   `json:"kept" doc:"What was changed since, and stays"`
	MoreKept int64             `json:"more_kept,omitempty" doc:"How many more there are than listed"`
}

// TakeBack removes what an import created and restores what it updated, but
// for what was changed since.
var TakeBack = app.Steps(app.Describe{
	Name: "import.take_back", Method: "POST", Path: "imports/{import}/withdrawal", Who: app.AnyMember,
	Summary: "Take an import back; what was changed since stays and is listed.",
}, func(ctx context.Context, a *app.App, me app.Actor, in AskImport) (Withdrawn, error) {
	var before Withdrawn
	again := false
	err := a.Write(ctx, me, func(tx *app.Tx) error {
		var err error
		if before, again, err = asBefore(ctx, tx, in.Import); again || err != nil {
			return err
		}
		m, err := mine(ctx, tx, in.Import)
		if err != nil {
			return err
		}
		switch m.State {
		case store.Applied:
			m.State, m.Runner = store.TakingBack, runner
			if err := tx.SaveImport(ctx, &m); err != nil {
				return err
			}
			return accept(ctx, tx, m.ID)
		case store.TakenBack:
			return work.Errorf(work.Conflict, "Import %d is taken back already.", m.ID)
		}
		return work.Errorf(work.Conflict, "Import %d is still at work; try again when it is done.", m.ID)
	})
	switch {
	case err != nil:
		return Withdrawn{}, err
	case again:
		return before, nil
	}
	return unwind(context.WithoutCancel(ctx), a, me, in.Import)
})

// unwind takes the rows of an import back, the last first, batch by batch.
func unwind(ctx context.Context, a *app.App, me app.Actor, id work.ImportID) (out Withdrawn, err error) {
	for before := int64(math.MaxInt64); ; {
		done := false
		err := a.Write(ctx, me, func(tx *app.Tx) error {
			m, err := tx.Import(ctx, id)
			if err != nil {
				return err
			}
			if m.State == store.TakingBack {
				if before, err = unwindBatch(ctx, tx, &m, before); err != nil {
					return err
				}
			}
			if done = m.State != store.TakingBack; done {
				out, err = undone(ctx, tx, &m)
			}
			return err
		})
		if err != nil || done {
			return out, err
		}
	}
}

func unwindBatch(ctx context.Context, tx *app.Tx, m *store.Import, before int64) (int64, error) {
	rows, err := tx.AppliedRows(ctx, m.ID, before, batchSize)
	if err != nil {
		return before, err
	}
	n, err := nounOf(ctx, tx, m.Format)
	if err != nil {
		return before, err
	}
	if err := n.lookBack(ctx, tx, rows); err != nil {
		return before, err
	}
	for i := range rows {
		row := &rows[i]
		if row.Verdict, row.Body, err = n.back(ctx, tx, row); err != nil {
			return before, fmt.Errorf("line %d: %w", row.Line, err)
		}
		before = row.Number
	}
	if err := n.flush(ctx, tx); err != nil {
		return before, err
	}
	if err := tx.SettleRows(ctx, m.ID, rows); err != nil {
		return before, err
	}
	if len(rows) == batchSize {
		return before, nil
	}
	for _, area := range m.Areas {
		if err := tx.DropEmptyArea(ctx, area); err != nil {
			return before, err
		}
	}
	m.State, m.Runner = store.TakenBack, ""
	if err := tx.Happened(ctx, work.Event{Kind: TookBack, Detail: work.Detail{Name: m.Name}}); err != nil {
		return before, err
	}
	return before, tx.SaveImport(ctx, m)
}

func undone(ctx context.Context, tx *app.Tx, m *store.Import) (out Withdrawn, err error) {
	out = Withdrawn{Import: m.ID, State: m.State, Kept: []store.Skipped{}}
	if out.Removed, err = tx.CountRows(ctx, m.ID, store.RowRemoved); err != nil {
		return out, err
	}
	if out.Restored, err = tx.CountRows(ctx, m.ID, store.RowRestored); err != nil {
		return out, err
	}
	kept, err := tx.CountRows(ctx, m.ID, store.RowKept)
	if err != nil {
		return out, err
	}
	rows, err := tx.KeptRows(ctx, m.ID, mostSkipped)
	for _, r := range rows {
		out.Kept = append(out.Kept, store.Skipped{Line: r.Line, Reason: r.Body})
	}
	out.MoreKept = kept - int64(len(rows))
	return out, err
}
