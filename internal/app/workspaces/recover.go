package workspaces

import (
	"context"
	"strconv"
	"strings"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// A Recovery lets the owner of a workspace in who has no other way left.
type Recovery struct {
	URL       string `json:"url"` // signs in once
	Workspace string `json:"workspace"`
	Email     string `json:"email"` // the owner's
}

// Recover makes a one-time link for the first owner of a workspace, called by
// its name or number; it need not be named where there is only one.
func Recover(ctx context.Context, a *app.App, workspace string) (Recovery, error) {
	var out Recovery
	var owner store.Membership
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) error {
		all, err := g.Workspaces(ctx)
		if err != nil {
			return err
		}
		w, err := called(all, workspace)
		if err != nil {
			return err
		}
		out.Workspace = w.Name
		owner, err = g.OwnerOf(ctx, w.ID)
		return err
	})
	if err != nil {
		return out, err
	}
	me := actorOf(owner, 0)
	err = a.Store.Read(ctx, owner.Workspace, func(tx *store.Tx) error {
		p, err := tx.Person(ctx, owner.Person)
		out.Email = p.Email
		return err
	})
	if err == nil {
		out.URL, err = printed(ctx, a, me)
	}
	return out, err
}

// isCalled reports whether a name or number is a workspace's.
func isCalled(w store.Workspace, name string) bool {
	return strconv.FormatInt(int64(w.ID), 10) == name || strings.EqualFold(w.Name, name)
}

// called is the one workspace of a name or number; "" where there is one.
func called(all []store.Workspace, name string) (store.Workspace, error) {
	var found []store.Workspace
	var names []string
	for _, w := range all {
		names = append(names, strconv.FormatInt(int64(w.ID), 10)+" "+w.Name)
		if name == "" || isCalled(w, name) {
			found = append(found, w)
		}
	}
	switch {
	case len(all) == 0:
		return store.Workspace{}, work.Errorf(work.NotFound, "There is no workspace in this database yet; baton serve prints the link that makes the first one.")
	case len(found) == 0:
		return store.Workspace{}, work.Errorf(work.NotFound, "There is no workspace called %s; there are: %s.", name, strings.Join(names, "; "))
	case len(found) > 1:
		return store.Workspace{}, work.Errorf(work.Invalid, "There are several workspaces; say whose owner with --in: %s.", strings.Join(names, "; "))
	}
	return found[0], nil
}
