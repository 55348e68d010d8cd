package match

import "testing"

// Two tasks that each fit and together do not are named with their efforts and
// what is left beside a pinned one.
func TestTooMuchNamesEfforts(t *testing.T) {
	var b Builder
	i := b.Person(100)
	for range 3 {
		b.Pair(b.Task(), i, 1, 40)
	}
	b.Pin(0, i)
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	const want = "tasks 1, 2 cannot all be done by person 0: they take at least 80 of 60"
	if s := solved(t, p, Options{}); s.Reason == nil || s.Reason.String() != want {
		t.Fatalf("%+v, not %q", s, want)
	}
}
