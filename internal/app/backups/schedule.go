package backups

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// A Schedule says how servers back up by themselves, once a day. Of several on
// one database, one makes the day's backup, into its own directory.
type Schedule struct {
	Dir    string
	Hour   int // of the day, 0 to 23, from which on it is made
	Zone   *time.Location
	Daily  int // of so many days the latest is kept
	Weekly int // and of so many weeks
	To     []age.Recipient
	Server string // its name, for people
}

const (
	// lost is how long a server may be at a backup before another takes it for
	// stopped in the middle.
	lost = 2 * time.Hour
	// again is how long a backup that failed is not tried again.
	again = time.Hour
)

// Day is the day whose backup is due: a day begins at the hour of the schedule,
// so that what was missed while no server ran is made up for.
func (s Schedule) Day(now time.Time) string {
	return now.In(s.Zone).Add(-time.Duration(s.Hour) * time.Hour).Format(time.DateOnly)
}

// Turn makes the backup of the day unless it is made, or being made, and takes
// away what need not be kept any more. That it failed is noted, and mailed to
// the owners once a day.
func (s Schedule) Turn(ctx context.Context, a *app.App) error {
	now := a.Now()
	day := store.BackupDay{Day: s.Day(now), Server: s.Server, BeganAt: now}
	var before store.BackupDay
	mine := false
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		before, _, err = g.BackupDays(ctx)
		return err
	})
	if err != nil || before.Day == day.Day && before.Good() {
		return err
	}
	err = a.Store.WriteGlobal(ctx, func(g *store.Global) (err error) {
		mine, err = g.BeginBackup(ctx, day, now.Add(-lost), now.Add(-again))
		return err
	})
	if err != nil || !mine {
		return err
	}
	made, failed := Write(ctx, a, filepath.Join(s.Dir, Name(a, s.To)), s.To)
	if ctx.Err() != nil { // the next server need not wait
		return a.Store.WriteGlobal(context.WithoutCancel(ctx), func(g *store.Global) error { return g.ForgetBackup(ctx, day) })
	}
	day.EndedAt, day.File, day.Bytes = a.Now(), made.File, made.Bytes
	if failed != nil {
		day.File, day.Problem = "", failed.Error()
	}
	if err := a.Store.WriteGlobal(ctx, func(g *store.Global) error { return g.EndBackup(ctx, day) }); err != nil {
		return errors.Join(failed, err)
	}
	if failed == nil {
		a.Log.InfoContext(ctx, "backed up", "file", made.File, "rows", made.Rows(), "bytes", made.Bytes)
		return s.prune(filepath.Base(made.File), now)
	}
	if before.Day != day.Day || before.Problem == "" {
		failed = errors.Join(failed, tell(ctx, a, day))
	}
	return fmt.Errorf("back up: %w", failed)
}

// tell mails the owners of every workspace that a backup failed.
func tell(ctx context.Context, a *app.App, day store.BackupDay) error {
	var all []store.Workspace
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		all, err = g.Workspaces(ctx)
		return err
	})
	if err != nil {
		return err
	}
	for _, w := range all {
		if err := a.Write(ctx, app.Actor{Workspace: w.ID}, func(tx *app.Tx) error { return mailOwners(ctx, tx, day) }); err != nil {
			return err
		}
	}
	return nil
}

func mailOwners(ctx context.Context, tx *app.Tx, day store.BackupDay) error {
	members, err := tx.Members(ctx)
	if err != nil {
		return err
	}
	for _, m := range members {
		if !m.Owner {
			continue
		}
		p, err := tx.Person(ctx, m.Person)
		if err != nil {
			return err
		}
		if p.Email == "" || p.Gone(tx.Today()) {
			continue
		}
		id := tx.NextID()
		err = tx.AddLetter(ctx, store.Letter{
			ID: id, Person: p.ID, To: p.Email, Subject: "Baton could not be backed up", CreatedAt: tx.Now, LeavesAt: tx.Now, MessageID: tx.App.MessageID(tx.Workspace().ID, id, tx.Now),
			Body: fmt.Sprintf("Hello %s,\n\nthe backup of %s failed on the server %s:\n\n  %s\n\nIt is tried again every hour. Please pass this on to whoever runs the server, if that is not you. How the backups stand is in Settings:\n\n  %s/w/%d/settings\n",
				p.Name, day.Day, day.Server, day.Problem, tx.App.URL, tx.Workspace().ID),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ours matches the names that Name gives.
var ours = regexp.MustCompile(`^baton-(\d{8})-\d{6}\.db\.gz(\.age)?$`)

// Newest is the newest backup in a directory by its name, and when it was made.
func Newest(dir string) (file string, at time.Time, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", at, work.Errorf(work.NotFound, "The directory %s cannot be read.", dir)
	}
	for _, e := range entries { // in the order of their names
		if ours.MatchString(e.Name()) {
			file = e.Name()
		}
	}
	if file == "" {
		return "", at, work.Errorf(work.NotFound, "There is no backup in %s.", dir)
	}
	at, err = time.Parse("20060102-150405", file[len("baton-"):len("baton-20060102-150405")])
	return filepath.Join(dir, file), at, err
}

// spare lists the backups that need not be kept: all but the one just made, the
// latest of each of the last days and of each of the last weeks that have one.
// What Name did not name is left alone.
func spare(names []string, made string, daily, weekly int) (out []string) {
	type dated struct {
		name string
		day  time.Time
	}
	var all []dated
	for _, name := range names {
		m := ours.FindStringSubmatch(name)
		if m == nil {
			continue
		}
		if day, err := time.Parse("20060102", m[1]); err == nil {
			all = append(all, dated{name, day})
		}
	}
	slices.SortFunc(all, func(a, b dated) int { return strings.Compare(b.name, a.name) }) // the latest first
	days, weeks := map[string]bool{}, map[string]bool{}
	for _, d := range all {
		year, number := d.day.ISOWeek()
		day, week := d.day.Format(time.DateOnly), fmt.Sprintf("%d-%d", year, number)
		ofDay := !days[day] && len(days) < daily
		ofWeek := !weeks[week] && len(weeks) < weekly
		if ofDay {
			days[day] = true
		}
		if ofWeek {
			weeks[week] = true
		}
		if !ofDay && !ofWeek && d.name != made {
			out = append(out, d.name)
		}
	}
	return out
}

// prune takes away the backups that need not be kept, and what is left of those
// that were broken off more than a day ago.
func (s Schedule) prune(made string, now time.Time) error {
	entries, err := os.ReadDir(s.Dir)
	if err != nil {
		return err
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	var failed []error
	for _, name := range spare(names, made, s.Daily, s.Weekly) {
		failed = append(failed, os.Remove(filepath.Join(s.Dir, name)))
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && e.IsDir() && strings.HasPrefix(e.Name(), unfinished) && now.Sub(info.ModTime()) > 24*time.Hour {
			failed = append(failed, os.RemoveAll(filepath.Join(s.Dir, e.Name())))
		}
	}
	return errors.Join(failed...)
}
