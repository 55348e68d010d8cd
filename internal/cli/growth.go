package cli

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"baton/internal/app/growth"
	"baton/internal/work"
)

type growthCmd struct {
	Person string `arg:"" optional:"" help:"Somebody you delegated to, by number or name: what concerns the two of you; your own record unless said."`
}

// Run shows a growth record; with --json it can be taken along.
func (c *growthCmd) Run(s *session) error {
	q := url.Values{}
	if c.Person != "" {
		id, err := s.person(c.Person)
		if err != nil {
			return err
		}
		q.Set("person", fmt.Sprint(id))
	}
	return show(s, http.MethodGet, "growth", q, nil, s.growth)
}

// growth prints a growth record.
func (s *session) growth(r growth.Record) {
	s.printf("%s\n", r.Name)
	if len(r.Carried)+len(r.Skills)+len(r.Thanks) == 0 {
		s.printf("Nothing is in it yet: what somebody carries stands here, with decisions, levels and thanks.\n")
	}
	for _, c := range r.Carried {
		until := "today"
		if !c.Until.IsZero() {
			until = s.local(c.Until).Format("2006-01-02") + " " + plain(string(c.Outcome))
		}
		s.printf("carried  %s  for %s  %s – %s  level %d", c.Title, c.For, s.local(c.Since).Format("2006-01-02"), until, c.Level)
		if c.Done > 0 {
			s.printf("  %s", work.HoursWords(c.Done))
		}
		s.printf("\n")
	}
	for i := range r.Skills {
		s.printBelief(&r.Skills[i])
	}
	for _, l := range r.Levels {
		s.printf("%s  level %d%s  %s\n", s.local(l.At).Format("2006-01-02"), l.Level, strings.TrimSuffix(" in "+l.Area, " in "), l.Title)
	}
	for _, f := range r.Firsts {
		s.printf("%s  first time: %s  %s\n", s.local(f.At).Format("2006-01-02"), strings.TrimSpace(f.What+" "+f.Area), f.Title)
	}
	for _, d := range r.Decisions {
		s.printf("%s  %s at level %d  %s  (%s)\n", s.local(d.At).Format("2006-01-02"), d.How, d.Level, d.Words, d.Title)
	}
	for _, t := range r.Thanks {
		s.printf("%s  %s thanked %s  %s  (%s)\n", s.local(t.At).Format("2006-01-02"), t.From, t.To, t.Words, t.Title)
	}
}
