package delegations

import (
	"context"
	"time"

	"baton/internal/app"
	"baton/internal/ical"
	"baton/internal/work"
)

// A Gap is an absence of one side between the beginning of a delegation and the
// first day that needs both: what is to be asked about before it begins.
type Gap struct {
	Person  Party     `json:"person"`
	From    ical.Date `json:"from"`
	To      ical.Date `json:"to"`
	Until   ical.Date `json:"until" doc:"The day it is due, or of the first check-in"`
	StandIn string    `json:"stand_in,omitempty" doc:"Who answers meanwhile"`
	Words   string    `json:"words" doc:"A sentence that says it, and asks"`
}

// gaps are the absences in the way of a delegation that is about to begin, or
// began today.
func gaps(ctx context.Context, tx *app.Tx, d *work.Delegation) ([]Gap, error) {
	begins := d.State == work.Draft || d.State == work.Offered || d.State == work.Active && ical.Today(d.AgreedAt, tx.Zone()) == tx.Today()
	until, named := firstDay(d, tx)
	if !begins || until.IsZero() || !d.Is(tx.Me.Person, work.AsEither) {
		return nil, nil
	}
	var out []Gap
	for _, side := range []work.PersonID{d.Receiver, d.Giver} {
		if side == 0 {
			continue
		}
		p, err := tx.Person(ctx, side)
		if err != nil {
			return nil, err
		}
		for _, a := range p.Absences {
			if a.From.Compare(until) > 0 || a.To.Compare(tx.Today()) < 0 {
				continue
			}
			g := Gap{Person: Party{p.ID, p.Name}, From: a.From, To: a.To, Until: until}
			if p.StandIn != 0 {
				s, err := tx.Person(ctx, p.StandIn)
				if err != nil {
					return nil, err
				}
				g.StandIn = s.Name
			}
			g.Words = g.sentence(tx.Me.Person, named)
			out = append(out, g)
		}
	}
	return out, nil
}

// firstDay is the day up to which both are needed: when it is due, else, and
// where it recurs, the first check-in; and what that day is.
func firstDay(d *work.Delegation, tx *app.Tx) (ical.Date, string) {
	if !d.Terms.Due.IsZero() && !d.Standing() {
		return d.Terms.Due.Date, "it is due on "
	}
	start := ical.DayDue(tx.Today(), tx.Zone())
	if next, ok := d.Terms.CheckIn.Next(start, start.Start()); ok {
		return next.Date, "the first check-in is on "
	}
	return ical.Date{}, ""
}

// sentence names the absence to a reader and asks about it.
func (g *Gap) sentence(reader work.PersonID, named string) string {
	day := func(d ical.Date) string { return d.In(time.UTC).Format("2 January") }
	who := g.Person.Name + " is"
	if g.Person.ID == reader {
		who = "You are"
	}
	when := " away from " + day(g.From) + " to " + day(g.To)
	if g.From == g.To {
		when = " away on " + day(g.From)
	}
	ask := " Go ahead as it is, move the date, or name a stand-in?"
	if g.StandIn != "" {
		ask = " " + g.StandIn + " stands in. Go ahead as it is, or move the date?"
	}
	return who + when + "; " + named + day(g.Until) + "." + ask
}
