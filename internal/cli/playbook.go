package cli

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/store"
)

type playbookCmd struct {
	List   playbookListCmd   `cmd:"" default:"" help:"List them."`
	Keep   playbookKeepCmd   `cmd:"" help:"Keep the terms of a delegation as a playbook."`
	Forget playbookForgetCmd `cmd:"" help:"Forget a playbook."`
}

type playbookListCmd struct{}

// Run lists playbooks.
func (c *playbookListCmd) Run(s *session) error {
	return list(s, "playbooks", nil, func(all []store.Playbook) {
		for _, p := range all {
			s.printf("%d  %s  (%s, version %d)\n", p.ID, p.Name, p.Kind, p.Version)
		}
		if len(all) == 0 {
			s.printf("There is no playbook yet.\n")
		}
	})
}

type playbookKeepCmd struct {
	on
	Name     string `arg:"" help:"Its name."`
	Replaces int64  `help:"Write over your playbook of this name, at this version." placeholder:"VERSION"`
}

// Run keeps a playbook.
func (c *playbookKeepCmd) Run(s *session) error {
	id, err := s.delegation(c.Delegation, "")
	if err != nil {
		return err
	}
	in := delegations.KeepUnder{Name: c.Name, Replaces: c.Replaces}
	return show(s, http.MethodPost, fmt.Sprintf("delegations/%d/playbook", id), nil, in, func(p store.Playbook) {
		s.printf("Kept as “%s”, version %d.\n", p.Name, p.Version)
	})
}

type playbookForgetCmd struct {
	Playbook string `arg:"" help:"Number or name."`
}

// Run forgets a playbook.
func (c *playbookForgetCmd) Run(s *session) error {
	id, err := s.find("playbook", "playbooks", c.Playbook)
	if err != nil {
		return err
	}
	return show(s, http.MethodDelete, fmt.Sprintf("playbooks/%d", id), nil, nil, func(app.None) { s.printf("Forgotten.\n") })
}

type noteCmd struct {
	on
	Text   []string `arg:"" optional:"" help:"What you want to remember, in place of what is there; without words, read it."`
	Forget bool     `help:"Forget the note."`
}

// Run keeps a private note about a delegation, or shows the one there is.
func (c *noteCmd) Run(s *session) error {
	in := delegations.PrivateNote{Text: strings.TrimSpace(strings.Join(c.Text, " "))}
	switch {
	case c.Forget && in.Text != "":
		return usageError{errors.New("give words to keep, or --forget; not both")}
	case len(c.Text) > 0 && in.Text == "":
		return usageError{errors.New("the note is empty; --forget forgets the one there is")}
	}
	id, err := s.delegation(c.Delegation, "")
	if err != nil {
		return err
	}
	if len(c.Text) == 0 && !c.Forget {
		return s.readNote(id)
	}
	said := "Kept; only you see it."
	if c.Forget {
		said = "Forgotten."
	}
	return show(s, http.MethodPut, fmt.Sprintf("delegations/%d/note", id), nil, in, func(app.None) { s.printf("%s\n", said) })
}

// readNote shows the note that the actor keeps about a delegation.
func (s *session) readNote(id int64) error {
	var t delegations.Timeline
	if err := s.get(fmt.Sprintf("delegations/%d/history", id), &t); err != nil {
		return err
	}
	switch {
	case s.JSON:
		return s.json(map[string]string{"text": t.Note})
	case t.Note == "":
		s.printf("You keep no note about it; baton note %d WORDS keeps one.\n", id)
	default:
		s.printf("%s\n", t.Note)
	}
	return nil
}
