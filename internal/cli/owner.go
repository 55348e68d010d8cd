package cli

import (
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/work"
)

type ownerCmd struct {
	Recover ownerRecoverCmd `cmd:"" help:"Print a one-time sign-in link for the first owner of a workspace, who has no other way in."`
	NewKey  ownerNewKeyCmd  `cmd:"" help:"Go on with a new key file in place of one that is lost: apps for codes are set up anew, and the audit log begins a new chain."`
}

type ownerRecoverCmd struct {
	URL string `help:"Where the server is reached." default:"http://localhost:8470" env:"BATON_URL" placeholder:"URL"`
}

// Run prints the link. It needs the database itself, which only whoever runs
// the server can open.
func (c *ownerRecoverCmd) Run(s *session) error {
	if s.Server != "" {
		return work.Errorf(work.Invalid, "An owner is let back in where the database is; leave --server out.")
	}
	address, err := outside(c.URL, "")
	if err != nil {
		return err
	}
	a, err := s.open(store.Options{})
	if err != nil {
		return err
	}
	a.URL = address
	made, err := workspaces.Recover(s.ctx, a, s.Where)
	if err != nil {
		return err
	}
	if s.JSON {
		return s.json(made)
	}
	s.printf("%s\nIt signs in the owner of %s (%s) once, within a day. Whoever has it is the owner: open it yourself, or pass it on to them alone.\n",
		made.URL, made.Workspace, made.Email)
	return nil
}

type ownerNewKeyCmd struct{}

// Run replaces the key.
func (c *ownerNewKeyCmd) Run(s *session) error {
	if s.Server != "" {
		return work.Errorf(work.Invalid, "The key file is where the database is; leave --server out.")
	}
	a, err := s.open(store.Options{})
	if err != nil {
		return err
	}
	path := s.keyFile(a.Store.DSN())
	if err := a.NewKey(s.ctx, path); err != nil {
		return err
	}
	s.printf("The database goes on with the key file %s. Restart the servers, each with this file; keep a copy of it apart from the backups.\n", path)
	return nil
}
