package plans

import (
	"slices"
	"testing"
)

// TestAFrameAsksTheSame: who acts on a plan gets the one that was seen, and an
// address asks for it again.
func TestAFrameAsksTheSame(t *testing.T) {
	ask := AskPlan{
		Grow: At(30), Pin: Choices{{Task: 12, Person: 3}}, Forbid: Choices{{Task: 14, Person: 5}, {Task: 14, Person: 6}},
		Was: Choices{{Task: 12, Person: 4}, {Task: 15, Person: 3}}, Price: Of(40),
	}
	same := func(how string, got AskPlan) {
		t.Helper()
		if got.Grow.Value() != 30 || got.Price.Value() != 40 || !slices.Equal(got.Pin, ask.Pin) || !slices.Equal(got.Forbid, ask.Forbid) || !slices.Equal(got.Was, ask.Was) {
			t.Errorf("%s, it asks %+v", how, got)
		}
	}
	same("as a frame", ask.Frame().ask())
	var read AskPlan
	q := ask.Query()
	for name, to := range map[string]interface{ UnmarshalText([]byte) error }{
		"grow": &read.Grow, "pin": &read.Pin, "forbid": &read.Forbid, "was": &read.Was, "move_price": &read.Price,
	} {
		if err := to.UnmarshalText([]byte(q.Get(name))); err != nil {
			t.Errorf("%s %q: %v", name, q.Get(name), err)
		}
	}
	same("in an address", read)
	if got := (Frame{}).ask(); got.Grow.Value() != 50 || got.Price.Value() != 15 || got.Price.Said() {
		t.Errorf("nothing said asks %+v", got)
	}
}
