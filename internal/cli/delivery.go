package cli

import (
	"strings"

	"baton/internal/app/delegations"
	"baton/internal/ical"
	"baton/internal/work"
)

type deliverCmd struct {
	on
	Part string `help:"A part of the brief; the whole unless said."`
	Note string `help:"A note."`
}

// Run delivers.
func (c *deliverCmd) Run(s *session) error {
	return c.move(s, "deliveries", delegations.HandOver{Part: c.Part, Note: c.Note})
}

type receiveCmd struct{ said }

// Run accepts a delivery.
func (c *receiveCmd) Run(s *session) error { return c.move(s, "deliveries/acceptance", c.item()) }

type returnCmd struct {
	said
	Turn string `help:"Of a standing delegation, the turn that was due on this day, like 2026-11-20; the latest done unless said." placeholder:"DAY"`
}

// Run returns a delivery, or a turn of a standing delegation.
func (c *returnCmd) Run(s *session) error {
	d, err := c.load(s, work.AsGiver)
	if err != nil {
		return err
	}
	for _, m := range d.Moves {
		if m.Move == work.MoveReturn && c.Turn == "" {
			return c.move(s, "deliveries/return", c.item())
		}
	}
	if !d.Standing {
		return c.move(s, "deliveries/return", c.item())
	}
	turn, err := c.turn(d)
	if err != nil {
		return err
	}
	return c.move(s, "occurrences/return", delegations.NoteTurn{Turn: turn, Note: c.text()})
}

// turn finds the turn that was due on a day among those that can be returned;
// 0 is the latest.
func (c *returnCmd) turn(d delegations.Delegation) (work.OccurrenceID, error) {
	if c.Turn == "" {
		return 0, nil
	}
	var days []string
	for _, o := range d.Done {
		due, err := ical.ParseDue(o.Due, "")
		if err != nil {
			return 0, err
		}
		if due.Date.String() == c.Turn {
			return o.ID, nil
		}
		days = append(days, due.Date.String())
	}
	if len(days) == 0 {
		return 0, work.Errorf(work.Conflict, "No turn of it is waiting to be accepted; there is nothing to return.")
	}
	return 0, work.FieldError("turn", "No turn that can be returned was due on %s; there is %s.", c.Turn, strings.Join(days, ", "))
}

type doneCmd struct{ said }

// Run marks a turn done.
func (c *doneCmd) Run(s *session) error { return c.move(s, "occurrences/done", c.item()) }

type skipCmd struct{ said }

// Run skips a turn.
func (c *skipCmd) Run(s *session) error { return c.move(s, "occurrences/skip", c.item()) }

type mendedCmd struct{ said }

// Run says that something is mended.
func (c *mendedCmd) Run(s *session) error { return c.move(s, "defects/mending", c.item()) }

type defectCmd struct{ said }

// Run reports a defect.
func (c *defectCmd) Run(s *session) error {
	return c.move(s, "defects", delegations.Text{Text: c.text()})
}
