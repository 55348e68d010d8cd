package calls

import (
	"context"

	"baton/internal/app"
	"baton/internal/app/coaching"
	"baton/internal/call"
	"baton/internal/work"
)

// current is what the client of a call shows its coach now; when nothing is
// shown any more, what the call was booked by.
func current(ctx context.Context, tx *app.Tx, c *call.Call) (work.Sharing, error) {
	s, err := tx.Sharing(ctx, c.Sharing)
	if err != nil || s.State == work.SharingOpen {
		return s, err
	}
	all, err := tx.SharingsOf(ctx, c.Client)
	for _, other := range all {
		if other.Client == c.Client && other.Coach == c.Coach && other.State == work.SharingOpen {
			return other, err
		}
	}
	return s, err
}

// Words is how somebody reads what the client of a call wrote: its coach
// through the mask of the packet, with initials for third parties who did not
// agree to be named, the client as it is. others are people known to be named.
func Words(ctx context.Context, tx *app.Tx, c *call.Call, reader work.PersonID, others ...work.PersonID) (func(string) string, error) {
	if c.Coach == 0 || reader != c.Coach {
		return func(text string) string { return text }, nil
	}
	s, err := current(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	m, err := coaching.MaskOf(ctx, tx, &s, others...)
	if err != nil {
		return nil, err
	}
	return m.Text, nil
}

// mask puts initials in place of third parties in decisions; the coach's own
// words stay as they wrote them.
func (n *present) mask(ctx context.Context, tx *app.Tx, all []call.Decision, out []Decision) error {
	var others []work.PersonID
	for i := range all {
		if all[i].Receiver != 0 {
			others = append(others, all[i].Receiver)
		}
	}
	for _, d := range n.delegations {
		others = append(others, d.Giver, d.Receiver)
	}
	words, err := Words(ctx, tx, n.call, n.call.Coach, others...)
	if err != nil {
		return err
	}
	for i := range out {
		v := &out[i]
		v.Title, v.Who, v.Became = words(v.Title), words(v.Who), words(v.Became)
		if all[i].By != n.call.Coach {
			v.Words = words(v.Words)
		}
	}
	return nil
}
