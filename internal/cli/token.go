package cli

import (
	"fmt"
	"net/http"

	"baton/internal/app"
	"baton/internal/app/workspaces"
)

type tokenCmd struct {
	Label  string `arg:"" optional:"" help:"What it is for; without it, list your tokens."`
	Scope  string `help:"What it may do: read looks, act does what is yours to do but nothing that only an owner may, all does everything." default:"act" enum:"read,act,all"`
	Days   int    `help:"How long it is valid." default:"90"`
	Revoke string `help:"Revoke a token, by its number or label." placeholder:"TOKEN"`
}

// Run makes a token, revokes one, or lists them.
func (c *tokenCmd) Run(s *session) error {
	switch {
	case c.Revoke != "":
		id, err := s.find("token", "tokens", c.Revoke)
		if err != nil {
			return err
		}
		return show(s, http.MethodDelete, fmt.Sprintf("tokens/%d", id), nil, nil, func(app.None) {
			s.printf("Revoked: what uses it is refused from now on.\n")
		})
	case c.Label != "":
		in := workspaces.NewToken{Label: c.Label, Scope: app.Scope(c.Scope), Days: c.Days}
		return show(s, http.MethodPost, "tokens", nil, in, func(t workspaces.TokenMade) {
			s.printf("%s\nKeep it; it is shown this once. It %s. Valid until %s.\n", t.Token, in.Scope.Words(), s.local(t.Expires).Format("2 January 2006"))
		})
	}
	return list(s, "tokens", nil, func(all []workspaces.Token) {
		if len(all) == 0 {
			s.printf("No program acts for you.\n")
			return
		}
		var rows [][]string
		for _, t := range all {
			used, until := "never", s.local(t.Expires).Format("2006-01-02")
			if t.Used != nil {
				used = s.local(*t.Used).Format("2006-01-02 15:04")
			}
			if t.Expired {
				until += " (expired)"
			}
			rows = append(rows, []string{fmt.Sprint(t.ID), t.Label, string(t.Scope), s.local(t.Made).Format("2006-01-02"), used, until})
		}
		s.table("ID Label Scope Made Used Until", rows)
	})
}
