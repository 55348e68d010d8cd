package cli

import (
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/work"
)

type ownerCmd struct {
	Recover ownerRecoverCmd `cmd:"" help:"Print a one-time sign-in link for the first owner of a workspace, who has no other way in."`
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
