package clock

import (
	"context"
	"errors"
	"fmt"
	"time"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// fade takes photos away whose time is over.
func fade(ctx context.Context, a *app.App, now time.Time) error {
	var of []work.WorkspaceID
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		of, err = g.PhotosGone(ctx, now)
		return err
	})
	if err != nil {
		return fmt.Errorf("find photos whose time is over: %w", err)
	}
	var failed []error
	for _, ws := range of {
		if err := at(ctx, a, ws, now, func(tx *app.Tx) error { return tx.DropPhotos(ctx, now) }); err != nil {
			failed = append(failed, fmt.Errorf("take photos away from workspace %d: %w", ws, err))
		}
	}
	return errors.Join(failed...)
}
