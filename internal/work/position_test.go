package work

import (
	"testing"

	"pgregory.net/rapid"
)

func TestBetweenKeepsOrderWithoutTouchingOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := []string{Appended(1), Appended(2), Appended(63)}
		for range rapid.IntRange(1, 60).Draw(t, "inserts") {
			at := rapid.IntRange(0, len(keys)).Draw(t, "at")
			low, high := "", ""
			if at > 0 {
				low = keys[at-1]
			}
			if at < len(keys) {
				high = keys[at]
			}
			key := Between(low, high)
			if key <= low || (high != "" && key >= high) {
				t.Fatalf("Between(%q, %q) = %q", low, high, key)
			}
			keys = append(keys[:at], append([]string{key}, keys[at:]...)...)
		}
	})
}

func TestAppendedGrowsWithTheId(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64Range(1, 1<<50).Draw(t, "a")
		b := rapid.Int64Range(a+1, 1<<51).Draw(t, "b")
		if Appended(TaskID(a)) >= Appended(TaskID(b)) {
			t.Fatalf("Appended(%d) does not sort before Appended(%d)", a, b)
		}
	})
}
