package calls

import (
	"context"

	"baton/internal/app"
	"baton/internal/app/coaching"
	"baton/internal/call"
	"baton/internal/work"
)

// maskDecisions puts initials in place of third parties for a coach, as the
// packet does; the coach's own words stay as they wrote them.
func maskDecisions(ctx context.Context, tx *app.Tx, c *call.Call, all []call.Decision, out []Decision) error {
	s, err := tx.Sharing(ctx, c.Sharing)
	if err != nil {
		return err
	}
	var others []work.PersonID
	for i := range all {
		if all[i].Receiver != 0 {
			others = append(others, all[i].Receiver)
		}
	}
	m, err := coaching.MaskOf(ctx, tx, &s, others...)
	if err != nil {
		return err
	}
	for i := range out {
		v := &out[i]
		v.Title, v.Who, v.Became = m.Text(v.Title), m.Text(v.Who), m.Text(v.Became)
		if all[i].By != c.Coach {
			v.Words = m.Text(v.Words)
		}
	}
	return nil
}
