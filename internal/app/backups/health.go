package backups

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"baton/internal/app"
	"baton/internal/store"
)

// Operations lists what a member can do with backups.
func Operations() []app.Operation { return []app.Operation{Show} }

// A Health says how the backups stand that servers make by themselves.
type Health struct {
	Last    *Last  `json:"last,omitempty" doc:"The last backup there is"`
	Worry   string `json:"worry,omitempty" doc:"What is wrong with them, in a sentence"`
	Problem string `json:"problem,omitempty" doc:"Why the latest one failed"`
}

// A Last is a backup that a server made.
type Last struct {
	At     time.Time `json:"at"`
	File   string    `json:"file" doc:"Its name in the server's directory"`
	Bytes  int64     `json:"bytes"`
	Server string    `json:"server"`
}

// Show tells an owner how the backups stand.
var Show = app.Read(app.Describe{
	Name: "backup.show", Method: "GET", Path: "backup", Who: app.AnOwner, Summary: "See how the backups stand that the server makes by itself.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (Health, error) {
	if err := tx.Owner(); err != nil {
		return Health{}, err
	}
	latest, good, err := tx.Global().BackupDays(ctx)
	return healthOf(latest, good, tx.Now), err
})

// old is how old the last backup may be of servers that make one a day.
const old = 36 * time.Hour

// HealthOf says how the backups of a database stand at a moment.
func HealthOf(ctx context.Context, a *app.App) (h Health, err error) {
	err = a.Store.ReadGlobal(ctx, func(g *store.Global) error {
		latest, good, err := g.BackupDays(ctx)
		h = healthOf(latest, good, a.Now())
		return err
	})
	return h, err
}

func healthOf(latest, good store.BackupDay, now time.Time) (h Health) {
	if good.Good() {
		h.Last = &Last{good.EndedAt, filepath.Base(good.File), good.Bytes, good.Server}
	}
	h.Problem = latest.Problem
	switch {
	case latest.Day == "":
		h.Worry = "No server makes backups by itself; whoever runs it names a place with baton serve --backup-dir."
	case h.Problem != "":
		h.Worry = fmt.Sprintf("The backup of %s failed on the server %s.", latest.Day, latest.Server)
	case h.Last == nil:
		h.Worry = "The first backup is not there yet."
	case now.Sub(h.Last.At) > old:
		h.Worry = fmt.Sprintf("The last backup is %d days old; no server with --backup-dir has run since.", int(now.Sub(h.Last.At).Hours()/24))
	}
	return h
}
