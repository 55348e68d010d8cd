package sim

import (
	"testing"
	"time"

	"baton/internal/app/promises"
)

func TestThePromisesHoldInTheDemo(t *testing.T) {
	for _, later := range []time.Duration{0, 77 * time.Hour} {
		at := wednesday.Add(later)
		a, cast := play(t, at)
		if err := promises.Check(t.Context(), a, cast.Leader.Workspace, at); err != nil {
			t.Error(err)
		}
	}
}
