package imports

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"baton/internal/app"
	"baton/internal/importer"
	"baton/internal/importer/formats"
	"baton/internal/store"
	"baton/internal/work"
)

func start(ctx context.Context, a *app.App, me app.Actor, in File) (Import, error) {
	if in.Body == nil {
		return Import{}, work.Errorf(work.Invalid, "There is no file; send it as the body.")
	}
	again, err := repeated(ctx, a, me, &in)
	if err != nil || again.answer != nil {
		return again.known(), err
	}
	here, err := surroundings(ctx, a, me)
	if err != nil {
		return Import{}, err
	}
	format, rows, err := formats.Open(in.Body, in.Name, in.Format, here)
	if err != nil {
		return Import{}, err
	}
	r := &run{app: a, me: me, result: Import{Format: format.Name, Name: in.Name, Skipped: []store.Skipped{}}}
	if in.DryRun {
		return r.result, r.preview(ctx, rows)
	}
	if err := r.stage(ctx, rows); err != nil {
		return Import{}, err
	}
	// Whoever asked may be gone by now; what is staged is applied all the same.
	ctx = context.WithoutCancel(ctx)
	out, err := finish(ctx, a, me, r.id)
	if err != nil {
		return out, err
	}
	return out, again.keep(ctx, a, me, out)
}

// surroundings are what a file is read against.
func surroundings(ctx context.Context, a *app.App, me app.Actor) (c importer.Context, err error) {
	return c, a.Read(ctx, me, func(tx *app.Tx) error {
		if err := tx.MembersOnly(); err != nil {
			return err
		}
		p, err := tx.Person(ctx, me.Person)
		c = importer.Context{Now: tx.Now, Zone: tx.Zone(), Currency: tx.Workspace().Currency, Me: []string{p.Name, p.Email}}
		return err
	})
}

// A run is an import while its file is read.
type run struct {
	app    *app.App
	me     app.Actor
	id     work.ImportID
	result Import
}

// batches hands out rows in batches and notes those that are skipped. A batch
// is no longer than so many rows, or so much text.
func (r *run) batches(ctx context.Context, rows importer.Rows) iter.Seq2[[]importer.Row, error] {
	const mostText = 4 << 20
	return func(yield func([]importer.Row, error) bool) {
		var batch []importer.Row
		text := 0
		for row, err := range rows {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if row.Skip != "" {
				r.result.skip(row.Line, row.Skip)
				continue
			}
			batch, text = append(batch, row), text+len(row.Title)+len(row.Note)
			if len(batch) < batchSize && text < mostText {
				continue
			}
			if !yield(batch, nil) {
				return
			}
			batch, text = batch[:0], 0
		}
		if len(batch) > 0 {
			yield(batch, nil)
		}
	}
}

// preview says of each row what an import would do.
func (r *run) preview(ctx context.Context, rows importer.Rows) error {
	for batch, err := range r.batches(ctx, rows) {
		if err != nil {
			return err
		}
		err = r.app.Read(ctx, r.me, func(tx *app.Tx) error {
			n, err := nounOf(ctx, tx, r.result.Format)
			if err != nil {
				return err
			}
			if err := n.look(ctx, tx, batch); err != nil {
				return err
			}
			for i := range batch {
				there, err := n.find(ctx, tx, &batch[i])
				if err != nil {
					return err
				}
				j := judge(there, n.says(&batch[i]))
				r.result.preview(Preview{Line: batch[i].Line, Title: name(&batch[i]), Verdict: j.verdict, Reason: importer.Join(j.words, batch[i].Remark)})
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func name(row *importer.Row) string {
	if row.Person != nil {
		return row.Person.Name
	}
	return row.Title
}

// stage keeps the rows of a file under a new import. When the file turns out
// to be wrong, nothing stays.
func (r *run) stage(ctx context.Context, rows importer.Rows) error {
	m := store.Import{Person: r.me.Person, Format: r.result.Format, Name: r.result.Name, State: store.Staging, Runner: runner, At: r.app.Now()}
	err := r.app.Write(ctx, r.me, func(tx *app.Tx) error { return tx.AddImport(ctx, &m) })
	if err != nil {
		return err
	}
	r.id = m.ID
	number := int64(0)
	for batch, err := range r.batches(ctx, rows) {
		if err == nil {
			err = r.app.Write(ctx, r.me, func(tx *app.Tx) error { return stageAll(ctx, tx, m.ID, batch, number) })
		}
		if err != nil {
			if dropped := discard(context.WithoutCancel(ctx), r.app, r.me, m.ID); dropped != nil {
				r.app.Log.ErrorContext(ctx, "an import that failed is left over", "import", m.ID, "error", dropped)
			}
			return err
		}
		number += int64(len(batch))
	}
	return r.app.Write(ctx, r.me, func(tx *app.Tx) error {
		m.State, m.Skipped, m.More = store.Applying, r.result.Skipped, r.result.MoreSkipped
		if err := tx.SaveSkipped(ctx, &m); err != nil {
			return err
		}
		return tx.SaveImport(ctx, &m)
	})
}

func stageAll(ctx context.Context, tx *app.Tx, id work.ImportID, batch []importer.Row, number int64) error {
	rows := make([]store.StagedRow, len(batch))
	for i := range batch {
		body, err := json.Marshal(&batch[i])
		if err != nil {
			return fmt.Errorf("stage line %d: %w", batch[i].Line, err)
		}
		number++
		rows[i] = store.StagedRow{Number: number, Line: batch[i].Line, Body: string(body)}
	}
	return tx.StageRows(ctx, id, rows)
}

// discard forgets an import that was not applied.
func discard(ctx context.Context, a *app.App, me app.Actor, id work.ImportID) error {
	for {
		var n int64
		err := a.Write(ctx, me, func(tx *app.Tx) (err error) {
			n, err = tx.DropRows(ctx, id, 10*batchSize)
			return err
		})
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
	}
	return a.Write(ctx, me, func(tx *app.Tx) error { return tx.DropImport(ctx, id) })
}

// finish applies what is staged, batch by batch, and returns the whole import.
func finish(ctx context.Context, a *app.App, me app.Actor, id work.ImportID) (out Import, err error) {
	for after := int64(0); ; {
		done := false
		err := a.Write(ctx, me, func(tx *app.Tx) error {
			m, err := tx.Import(ctx, id)
			if err != nil {
				return err
			}
			if m.State == store.Applying {
				after, err = applyBatch(ctx, tx, &m, after)
			}
			done, out = m.State != store.Applying, view(&m)
			if done && m.Created+m.Updated == 0 {
				out.Import = 0
			}
			return err
		})
		if err != nil || done {
			return out, err
		}
	}
}

// applyBatch applies the rows behind a number and returns the last one's. The
// import is applied when there are no more.
func applyBatch(ctx context.Context, tx *app.Tx, m *store.Import, after int64) (int64, error) {
	staged, err := tx.StagedRows(ctx, m.ID, after, batchSize)
	if err != nil {
		return after, err
	}
	n, err := nounOf(ctx, tx, m.Format)
	if err != nil {
		return after, err
	}
	rows := make([]importer.Row, len(staged))
	for i := range staged {
		if err := json.Unmarshal([]byte(staged[i].Body), &rows[i]); err != nil {
			return after, fmt.Errorf("line %d: %w", staged[i].Line, err)
		}
	}
	if err := n.look(ctx, tx, rows); err != nil {
		return after, err
	}
	for i := range staged {
		if err := applyRow(ctx, tx, n, m, &rows[i], &staged[i]); err != nil {
			return after, fmt.Errorf("line %d: %w", staged[i].Line, err)
		}
		after = staged[i].Number
	}
	if err := n.flush(ctx, tx); err != nil {
		return after, err
	}
	if err := tx.SettleRows(ctx, m.ID, staged); err != nil {
		return after, err
	}
	m.Areas = append(m.Areas, n.made()...)
	if len(staged) < batchSize {
		m.State, m.Runner = store.Applied, ""
		if m.Created+m.Updated == 0 {
			return after, tx.DropImport(ctx, m.ID) // nothing happened; nothing is to be told or taken back
		}
		if err := tx.Happened(ctx, work.Event{Kind: Imported, Detail: work.Detail{Name: m.Name, Text: words(m)}}); err != nil {
			return after, err
		}
	}
	return after, tx.SaveImport(ctx, m)
}

func words(m *store.Import) string {
	return fmt.Sprintf("%d created, %d updated, %d unchanged, %d skipped", m.Created, m.Updated, m.Unchanged, len(m.Skipped)+m.More)
}

func applyRow(ctx context.Context, tx *app.Tx, n noun, m *store.Import, row *importer.Row, staged *store.StagedRow) error {
	there, err := n.find(ctx, tx, row)
	if err != nil {
		return err
	}
	j := judge(there, n.says(row))
	staged.Verdict, staged.Body, staged.Target = j.verdict, "", there.id
	switch j.verdict {
	case store.RowCreated:
		m.Created++
		staged.Target, err = n.create(ctx, tx, m.ID, row)
	case store.RowUpdated:
		m.Updated++
		staged.Body, err = n.update(ctx, tx, there, row, j.take)
	default:
		m.Unchanged++
	}
	return err
}
