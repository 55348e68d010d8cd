package cli

import (
	"fmt"
	"net/http"

	"baton/internal/app"
	"baton/internal/app/accounts"
)

type sessionsCmd struct {
	End    string `help:"Sign a browser out, by its number or a part of what it says it is." placeholder:"BROWSER"`
	Others bool   `help:"Sign out all of them."`
}

// Run lists the browsers in which somebody is signed in, or signs some out.
func (c *sessionsCmd) Run(s *session) error {
	switch {
	case c.End != "":
		id, err := s.find("browser", "sessions", c.End)
		if err != nil {
			return err
		}
		return show(s, http.MethodDelete, fmt.Sprintf("sessions/%d", id), nil, nil, func(app.None) { s.printf("That browser is signed out.\n") })
	case c.Others:
		return show(s, http.MethodDelete, "sessions", nil, nil, func(e accounts.Ended) { s.printf("%s\n", e.Words()) })
	}
	return list(s, "sessions", nil, func(all []accounts.Session) {
		if len(all) == 0 {
			s.printf("You are signed in with no browser; baton signin makes a link.\n")
			return
		}
		var rows [][]string
		for _, one := range all {
			rows = append(rows, []string{fmt.Sprint(one.ID), one.Device, one.Way, s.local(one.Opened).Format("2006-01-02 15:04"), s.local(one.Seen).Format("2006-01-02 15:04")})
		}
		s.table("ID Browser By Opened Seen", rows)
	})
}
