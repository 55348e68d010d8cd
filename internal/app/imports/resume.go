package imports

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"baton/internal/app"
	"baton/internal/store"
)

// runner names this process in the imports it works on: where it runs, its
// number there, and a mark of its own, for numbers are used again.
var runner = func() string {
	host, err := os.Hostname()
	if err != nil {
		host = "?"
	}
	return fmt.Sprintf("%s/%d/%s", host, os.Getpid(), rand.Text()[:8])
}()

// Resume takes up what a stopped process left: an import that was read to its
// end is applied, one being taken back is taken back, and one whose file was
// not read to its end is forgotten, for the rest of the file is gone. Imports
// that a living process works on are left to it. It returns how many it took
// up.
func Resume(ctx context.Context, a *app.App) (int, error) {
	var all []store.Unfinished
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		all, err = g.UnfinishedImports(ctx)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("find unfinished imports: %w", err)
	}
	taken := 0
	for _, u := range all {
		if alive(u.Import.Runner, a.Now().Sub(u.Import.At)) {
			continue
		}
		taken++
		me := app.Actor{Workspace: u.Workspace, Person: u.Import.Person}
		switch u.Import.State {
		case store.Staging:
			err = discard(ctx, a, me, u.Import.ID)
		case store.Applying:
			_, err = finish(ctx, a, me, u.Import.ID)
		case store.TakingBack:
			_, err = unwind(ctx, a, me, u.Import.ID)
		}
		if err != nil {
			return taken, fmt.Errorf("import %d of workspace %d: %w", u.Import.ID, u.Workspace, err)
		}
	}
	return taken, nil
}

// patience is how long a process on another machine, of which nothing can be
// known, is left to its work.
const patience = time.Hour

// alive reports whether the process that works on an import may still do so.
func alive(named string, age time.Duration) bool {
	parts := strings.Split(named, "/")
	ours := strings.Split(runner, "/")
	switch {
	case len(parts) != 3:
		return false
	case named == runner:
		return true
	case parts[0] != ours[0]:
		return age < patience
	case parts[1] == ours[1]:
		return false // this number was another process then
	}
	pid, err := strconv.Atoi(parts[1])
	if err != nil {
		return false
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || err == syscall.EPERM //nolint:errorlint // the system's own number
}
