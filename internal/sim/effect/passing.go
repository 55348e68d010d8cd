package effect

import (
	"context"

	"baton/internal/app/delegations"
	"baton/internal/app/plans"
	"baton/internal/work"
)

// dear is from what liking on somebody keeps work that they have outgrown.
const dear = 0.45

// passOn asks those who have outgrown standing work, as the plan says, whether
// it may be passed on.
func (t *team) passOn(ctx context.Context, l *leader) error {
	grow := slider
	asked, err := plans.PassOn.Do(ctx, t.app, l.actor, plans.AskToPass{Frame: plans.Frame{Grow: &grow}, All: true})
	for range asked.Asked {
		t.charge(l, briefBase)
	}
	return err
}

// passed puts back on the plates of the leaders what those who carried it
// agreed to pass on.
func (t *team) passed(ctx context.Context) error {
	for _, one := range t.world.tasks {
		if !one.leaving {
			continue
		}
		d, err := delegations.Show.Do(ctx, t.app, one.leader.actor, delegations.On{Delegation: one.deleg})
		if err != nil {
			return err
		}
		if d.State == work.Ended {
			one.free()
		}
	}
	return nil
}
