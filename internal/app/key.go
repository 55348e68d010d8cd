package app

import (
	"context"
	"errors"
	"os"

	"baton/internal/seal"
	"baton/internal/store"
	"baton/internal/work"
)

// which is what a key is known by in the database it is used with.
const which = "which key this is"

// knowKey notes, with what it is used for first, which key the database is used
// with: within that transaction, because beside it SQLite has no other writer.
func (tx *Tx) knowKey(ctx context.Context, key *seal.Key) error {
	known, err := tx.Global().KeyCheck(ctx)
	if err != nil || known != "" {
		return err
	}
	return tx.Global().SaveKeyCheck(ctx, key.MAC(which))
}

// KeyOf returns the key of a file for the App's database, and makes the file
// for a database that had none. Another key than the one the database is used
// with is refused before anything is done with it.
func (a *App) KeyOf(ctx context.Context, path string) (*seal.Key, error) {
	known := ""
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		known, err = g.KeyCheck(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); known != "" && errors.Is(err, os.ErrNotExist) {
		return nil, work.Errorf(work.Conflict, "The key file %s, with which this database is used, is not there. Put it back, or name it with --key. If it is lost, baton owner new-key goes on with a new one.", path)
	}
	key, err := seal.Load(path)
	switch {
	case err != nil:
		return nil, err
	case known != "" && known != key.MAC(which):
		return nil, work.Errorf(work.Conflict, "This database is used with another key file than %s. Name the right one with --key. If it is lost, baton owner new-key goes on with this one.", path)
	}
	return key, nil
}

// NewKey goes on with the key of a file, which is made when it is not there,
// in place of one that is lost. What that one sealed stays closed; the audit
// log begins a new chain behind a row that says so.
func (a *App) NewKey(ctx context.Context, path string) error {
	key, err := seal.Load(path)
	if err != nil {
		return err
	}
	var all []store.Workspace
	err = a.Store.WriteGlobal(ctx, func(g *store.Global) error {
		if all, err = g.Workspaces(ctx); err != nil {
			return err
		}
		return g.SaveKeyCheck(ctx, key.MAC(which))
	})
	a.Key = func() (*seal.Key, error) { return key, nil }
	for _, w := range all {
		if err == nil {
			err = a.Write(ctx, Actor{Workspace: w.ID}, func(tx *Tx) error { return tx.Audit(ctx, KeyReplaced, 0, "") })
		}
	}
	return err
}
