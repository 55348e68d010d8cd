package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/backups"
	"baton/internal/app/promises"
	"baton/internal/mail"
	"baton/internal/store"
	"baton/internal/work"
)

type doctorCmd struct {
	SMTP      string `help:"Also see whether this mail server lets Baton in." env:"BATON_SMTP" placeholder:"URL"`
	BackupDir string `help:"Also see whether the newest backup in this directory is whole and of the last days." env:"BATON_BACKUP_DIR" placeholder:"DIR"`
}

// A check is one thing the doctor looked at.
type check struct {
	Name string   `json:"name"`
	OK   bool     `json:"ok"`
	Says string   `json:"says"`
	Do   string   `json:"do,omitempty"`
	More []string `json:"more,omitempty"`
}

// Run looks at everything and says what to do about what is wrong.
func (c *doctorCmd) Run(s *session) error {
	if s.Server != "" {
		return work.Errorf(work.Invalid, "The doctor looks at a database where it is; leave --server out.")
	}
	a, err := s.open(store.Options{Look: true})
	if err != nil {
		return err
	}
	checks := []check{s.checkFile(a)}
	if checks[0].OK {
		checks = append(checks, s.checkTime(a), s.checkPromises(a), s.checkAudit(a), s.checkMail(a, c.SMTP), s.checkBackups(a))
		if c.BackupDir != "" {
			checks = append(checks, s.checkNewest(c.BackupDir))
		}
	}
	if !a.Store.Postgres() {
		checks = append(checks, checkDisk(filepath.Dir(a.Store.DSN())))
	}
	wrong := 0
	for _, k := range checks {
		if !k.OK {
			wrong++
		}
	}
	if err := s.printChecks(checks, wrong == 0); err != nil || wrong == 0 {
		return err
	}
	return work.Errorf(work.Conflict, "%d of %d checks found something wrong.", wrong, len(checks))
}

func (s *session) printChecks(checks []check, healthy bool) error {
	if s.JSON {
		return s.json(map[string]any{"ok": healthy, "checks": checks})
	}
	for _, k := range checks {
		word := "ok"
		if !k.OK {
			word = "WRONG"
		}
		s.printf("%-6s %-9s %s\n", word, k.Name, k.Says)
		for i, m := range k.More {
			if i == shown {
				s.printf("%17s… and %d more\n", "", len(k.More)-shown)
				break
			}
			s.printf("%17s- %s\n", "", m)
		}
		if k.Do != "" {
			s.printf("%17s%s\n", "", k.Do)
		}
	}
	return nil
}

// shown is how many findings of one check are printed.
const shown = 20

func (s *session) checkFile(a *app.App) check {
	k := check{Name: "database", OK: true, Says: "whole, and its schema is current"}
	if a.Store.Postgres() {
		k.Says = "PostgreSQL answers, and the schema is current"
	}
	found, err := a.Store.Damage(s.ctx)
	if err != nil {
		found = append(found, err.Error())
	}
	if len(found) > 0 {
		k.OK, k.Says, k.More = false, "damaged", found
		k.Do = "Stop Baton, keep a copy of the file, and go back to the latest backup."
	}
	return k
}

// stuck is how long after something fell due others can go on before it is
// called stuck: each of their commands would have looked at it.
const stuck = time.Hour

// near is how far two machines' clocks may be apart.
const near = time.Minute

// fallenDue lists what the clock has not looked at yet.
func (s *session) fallenDue(a *app.App, now time.Time) (due []store.Due, err error) {
	err = a.Store.ReadGlobal(s.ctx, func(g *store.Global) (err error) {
		due, err = g.DueDelegations(s.ctx, now, 1000)
		return err
	})
	return due, err
}

// checkTime looks whether time can pass, and whether the machine's clock is
// behind what was written with it.
func (s *session) checkTime(a *app.App) check {
	k := check{Name: "time", OK: true, Says: "passes"}
	now := a.Now()
	due, err := s.fallenDue(a, now)
	if err != nil {
		return check{Name: "time", Says: err.Error()}
	}
	if apart, err := a.Store.ClockApart(s.ctx); err != nil || apart.Abs() > near {
		k.OK, k.Says = false, fmt.Sprintf("the clocks of this machine and of PostgreSQL's differ by %s", apart.Round(time.Second))
		k.Do = "Let both follow a time server."
		if err != nil {
			k.Says = err.Error()
		}
		return k
	}
	if len(due) > 0 {
		k.Says = fmt.Sprintf("%d fell due since and wait for the server or the next command", len(due))
	}
	err = s.eachWorkspace(a, func(tx *store.Tx) error {
		last, err := tx.LastEventAt(s.ctx)
		if err == nil && last.Sub(now) > 5*time.Minute {
			k.OK, k.Says = false, fmt.Sprintf("the clock of this machine is behind: something happened at %s", last.Format(time.RFC3339))
			k.Do = "Set the clock; until then what is due waits."
		}
		for _, d := range due {
			if d.Workspace == tx.Workspace().ID && err == nil && last.Sub(d.At) > stuck {
				k.OK, k.Says, k.Do = false, "does not pass everywhere", "Report this; the rest goes on meanwhile."
				k.More = append(k.More, fmt.Sprintf("workspace %d: delegation %d is due since %s", d.Workspace, d.Delegation, d.At.Format(time.RFC3339)))
			}
		}
		return err
	})
	if err != nil {
		k.OK, k.Says = false, err.Error()
	}
	return k
}

func (s *session) checkPromises(a *app.App) check {
	k := check{Name: "promises", OK: true, Says: "every row keeps them"}
	err := s.eachWorkspace(a, func(tx *store.Tx) error {
		// What fell due since is no breach; checkTime looks at it.
		broken, err := promises.Broken(s.ctx, a, tx.Workspace().ID, time.Time{})
		for _, b := range broken {
			k.More = append(k.More, fmt.Sprintf("workspace %d: %s (%d)", tx.Workspace().ID, b.Words, b.ID))
		}
		return err
	})
	if err != nil {
		k.More = append(k.More, err.Error())
	}
	if len(k.More) > 0 {
		k.OK, k.Says, k.Do = false, "not every row keeps them", "Report this with what is listed; it holds no names."
	}
	return k
}

// checkAudit follows the chain of every workspace's audit log.
func (s *session) checkAudit(a *app.App) check {
	k := check{Name: "audit", OK: true}
	var rows int64
	err := s.eachWorkspace(a, func(tx *store.Tx) error {
		head, err := (&app.Tx{Tx: tx, App: a}).VerifyAudit(s.ctx)
		rows += head.Number
		if work.KindOf(err) == work.Conflict {
			k.More = append(k.More, fmt.Sprintf("workspace %d: %s", tx.Workspace().ID, err))
			err = nil
		}
		return err
	})
	k.Says = fmt.Sprintf("%s, each bound to the one before", plural(int(rows), "row"))
	if err != nil {
		k.More = append(k.More, err.Error())
	}
	if len(k.More) > 0 {
		k.OK, k.Says = false, "the log is not as it was written"
		k.Do = "Name the key file the server uses with --key. If it is that, somebody changed rows: compare with a backup."
	}
	return k
}

func (s *session) checkMail(a *app.App, address string) check {
	k := check{Name: "mail", OK: true, Says: "no mail server is named; mail is read in Settings"}
	var b store.Backlog
	err := a.Store.ReadGlobal(s.ctx, func(g *store.Global) (err error) {
		b, err = g.Backlog(s.ctx, a.Now().AddDate(0, 0, -7))
		return err
	})
	if address != "" && err == nil {
		var server *mail.Server
		if server, err = mail.ParseServer(address); err == nil {
			err = server.Check(s.ctx)
			k.Says = server.String() + " lets Baton in"
		}
	}
	if b.Waiting+b.GivenUp > 0 {
		k.More = append(k.More, fmt.Sprintf("%d tried and not sent yet, %d given up in the last week; the last problem: %s", b.Waiting, b.GivenUp, b.Problem))
		k.OK = false
	}
	if err != nil {
		k.OK, k.More = false, append(k.More, err.Error())
	}
	if !k.OK {
		k.Says, k.Do = "does not leave", "Check --smtp with your mail provider; what waits is tried again by itself."
	}
	return k
}

// checkBackups looks how the backups stand that servers make by themselves.
func (s *session) checkBackups(a *app.App) check {
	k := check{Name: "backups", OK: true}
	h, err := backups.HealthOf(s.ctx, a)
	lines := healthWords(h)
	switch {
	case err != nil:
		k.OK, k.Says = false, err.Error()
	case h.Last == nil && h.Problem == "":
		k.Says, k.Do = "none is made by a server", "Let one: baton serve --backup-dir DIR; or see to it that baton backup runs every day."
	case h.Worry == "":
		k.Says = lines[0]
	default:
		k.OK, k.Says, k.More, k.Do = false, h.Worry, lines, "See that a server runs with --backup-dir, that its disk has room, and then baton restore --check the file."
	}
	return k
}

// checkNewest looks at the newest backup in a directory.
func (s *session) checkNewest(dir string) check {
	k := check{Name: "newest", Do: "Make one with baton backup, and see why none was made."}
	file, at, err := backups.Newest(dir)
	switch {
	case err != nil:
		k.Says = err.Error()
		return k
	case s.Now().Sub(at) > 48*time.Hour:
		k.Says = fmt.Sprintf("%s is %d days old", filepath.Base(file), int(s.Now().Sub(at).Hours()/24))
		return k
	case strings.HasSuffix(file, ".age"):
		return check{Name: "newest", OK: true, Says: filepath.Base(file) + " is locked; baton restore --check sees whether it is whole"}
	}
	if err := s.whole(file); err != nil {
		k.Says, k.Do = filepath.Base(file)+": "+err.Error(), "Make another with baton backup, and see how the disk is."
		return k
	}
	return check{Name: "newest", OK: true, Says: filepath.Base(file) + " is whole"}
}

// whole checks every row of a backup.
func (s *session) whole(file string) error {
	from, _, err := s.source(file)
	if err != nil {
		return err
	}
	b, err := backups.Open(s.ctx, from, nil)
	if err == nil {
		err = b.Close()
	}
	return errors.Join(err, from.Close())
}

// little is how much room a disk should have at least.
const little = 100 << 20

func checkDisk(dir string) check {
	k := check{Name: "disk", OK: true}
	free, err := room(dir)
	switch {
	case err != nil:
		k.Says = "how much room there is cannot be told: " + err.Error()
	case free < little:
		k.OK, k.Says, k.Do = false, fmt.Sprintf("only %d MB are free", free>>20), "Make room; a full disk refuses every change."
	default:
		k.Says = fmt.Sprintf("%d MB are free", free>>20)
	}
	return k
}

// eachWorkspace reads every workspace in turn.
func (s *session) eachWorkspace(a *app.App, fn func(*store.Tx) error) error {
	var all []store.Workspace
	err := a.Store.ReadGlobal(s.ctx, func(g *store.Global) (err error) {
		all, err = g.Workspaces(s.ctx)
		return err
	})
	for _, w := range all {
		if err == nil {
			err = a.Store.Read(s.ctx, w.ID, fn)
		}
	}
	return err
}
