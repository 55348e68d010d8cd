package cli

import (
	"cmp"
	"fmt"
	"net/url"

	"baton/internal/app/workspaces"
)

type auditCmd struct {
	Limit int `help:"How many at most." default:"50"`
}

// Run lists the audit log.
func (c *auditCmd) Run(s *session) error {
	return list(s, "audit", url.Values{"limit": {fmt.Sprint(c.Limit)}}, func(all []workspaces.Audited) {
		if len(all) == 0 {
			s.printf("Nobody signed in, was let in or took anything out yet.\n")
			return
		}
		var rows [][]string
		for _, a := range all {
			rows = append(rows, []string{fmt.Sprint(a.Number), s.local(a.At).Format("2006-01-02 15:04"), cmp.Or(a.Name, "the server"), a.Words, a.Note})
		}
		s.table("No When Who What Note", rows)
	})
}
