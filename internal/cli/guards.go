package cli

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"baton/internal/guard"
)

type guardsCmd struct{}

// Run lists what is on its way back.
func (c *guardsCmd) Run(s *session) error {
	return list(s, "guards", nil, func(all []guard.Return) {
		for _, r := range all {
			s.printf("%d %s (%s)\n  %s\n", r.Delegation, r.Title, plain(string(r.Rule)), r.Sentence)
			s.printEvidence(r.Events)
			s.printf("  You could say: %s\n", r.Answer)
		}
		if len(all) == 0 {
			s.printf("Nothing is on its way back to you.\n")
		}
	})
}

// printEvidence lists the events something rests on, the newest last.
func (s *session) printEvidence(events []guard.Evidence) {
	for _, e := range events {
		s.printf("    %s  %s\n", s.local(e.At).Format(time.DateOnly), plain(string(e.Kind)))
	}
}

type mirrorCmd struct {
	Spans int `help:"So many times four weeks." default:"6"`
}

// Run shows the actor's interventions against the agreed levels.
func (c *mirrorCmd) Run(s *session) error {
	return show(s, http.MethodGet, "mirror", url.Values{"spans": {fmt.Sprint(c.Spans)}}, nil, func(m guard.Image) {
		for _, n := range slices.Concat(m.Praise, m.Notes) {
			s.printf("%d %s\n  %s\n", n.Delegation, n.Title, n.Sentence)
			s.printEvidence(n.Events)
		}
		if !slices.ContainsFunc(m.Spans, func(sc guard.SpanCount) bool { return sc.Delegations > 0 }) {
			s.printf("Nothing to see yet: once somebody carries something of yours, this shows where you kept away and where you stepped in.\n")
			return
		}
		for len(m.Spans) > 1 && m.Spans[0].Delegations == 0 { // nothing was with others yet
			m.Spans = m.Spans[1:]
		}
		s.printf("%-25s %11s %6s %7s\n", "four weeks", "delegations", "times", "beyond")
		for _, span := range m.Spans {
			times := 0
			for _, n := range span.Acts {
				times += n
			}
			s.printf("%s – %s %11d %6d %7d\n", s.local(span.From).Format(time.DateOnly), s.local(span.To).Format(time.DateOnly), span.Delegations, times, span.Beyond)
		}
	})
}
