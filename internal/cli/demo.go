package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/workspaces"
	"baton/internal/sim"
	"baton/internal/store"
	"baton/internal/web"
	"baton/internal/work"
)

type demoCmd struct{ serving }

// hasty is how far the heap may grow while the story is made: a few megabytes
// in a second are not worth collecting.
const hasty = 800

// Run makes the demo's story in a database of its own and serves it.
func (c *demoCmd) Run(s *session) (err error) {
	if s.Server != "" {
		return usageError{errors.New("demo runs a server of its own; leave --server out")}
	}
	if s.DB == "" {
		dir, err := os.MkdirTemp("", "baton-demo-")
		if err != nil {
			return fmt.Errorf("a directory for the demo: %w", err)
		}
		s.DB = filepath.Join(dir, "baton.db")
		s.scratch = dir
	}
	a, err := s.open(store.Options{Unsynced: true})
	if err != nil {
		return err
	}
	post, err := c.mailServer()
	if err != nil {
		return err
	}
	listener, err := s.bind(a, c.serving)
	if err != nil {
		return err
	}
	cast, err := s.fill(a)
	if err != nil {
		if s.ctx.Err() != nil {
			return listener.Close() // told to stop before it began
		}
		return errors.Join(err, listener.Close())
	}
	return s.serve(a, listener, post, web.Options{SignInByGET: true}, func() error { return s.invite(a, cast) })
}

// fill makes the story in an empty database. Until it is whole nothing is
// synced: there is nothing to lose.
func (s *session) fill(a *app.App) (sim.Cast, error) {
	debug.SetGCPercent(hasty)
	_, err := workspaces.ActorFor(s.ctx, a, "")
	switch {
	case err == nil:
		return sim.Cast{}, work.Errorf(work.Conflict, "There is something in this database already, and the demo fills an empty one. To look at what is there: baton serve --db %s", s.DB)
	case work.KindOf(err) != work.NotFound:
		return sim.Cast{}, err
	}
	cast, err := sim.Demo(s.ctx, a, s.Now())
	if err != nil {
		return cast, err
	}
	return cast, a.Store.Sync(s.ctx)
}

// invite prints the ways into the demo: as a leader, as a teammate, and as a
// provider without an account.
func (s *session) invite(a *app.App, cast sim.Cast) error {
	leader, err := workspaces.LinkFor(s.ctx, a, cast.Leader)
	if err != nil {
		return err
	}
	teammate, err := workspaces.LinkFor(s.ctx, a, cast.Teammate)
	if err != nil {
		return err
	}
	guest, err := delegations.MakeLink.Do(s.ctx, a, cast.Leader, delegations.On{Delegation: cast.Provider.Guest})
	if err != nil {
		return err
	}
	s.printf("Sign in: %s\n", leader)
	s.printf("As a teammate who carries and hands on: %s\n", teammate)
	s.printf("As the cleaning service, without an account: %s\n", guest.URL)
	return nil
}
