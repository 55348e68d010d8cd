package work

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestATimerRecordsWhatItRan(t *testing.T) {
	start := time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name    string
		ran     time.Duration
		said    Minutes
		want    Minutes
		refused bool
	}{
		{"a moment counts as a minute", 5 * time.Second, 0, 1, false},
		{"minutes are rounded", 14*time.Minute + 40*time.Second, 0, 15, false},
		{"its owner knows better", 40 * time.Minute, 10, 10, false},
		{"three hours are believed", 3 * time.Hour, 0, 180, false},
		{"more are not", 3*time.Hour + time.Second, 0, 0, true},
		{"unless said", 30 * time.Hour, 25, 25, false},
		{"no day is longer than a day", time.Hour, 1441, 0, true},
		{"nobody helps less than nothing", time.Hour, -1, 0, true},
		{"a clock put back counts as a minute", -time.Hour, 0, 1, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Timer{Started: start}.Stop(start.Add(c.ran), c.said)
			if got != c.want || (err != nil) != c.refused {
				t.Errorf("%d minutes, %v; want %d, refused %v", got, err, c.want, c.refused)
			}
		})
	}
}

// TestATimerNeverRecordsNonsense holds whatever its owner does: between a
// minute and three hours, unless they say it.
func TestATimerNeverRecordsNonsense(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		ran := time.Duration(rapid.Int64Range(0, int64(100*24*time.Hour)).Draw(t, "ran"))
		got, err := Timer{Started: start}.Stop(start.Add(ran), 0)
		if err == nil && (got < 1 || got > 180) || err != nil && ran <= ForgottenAfter {
			t.Fatalf("%s records %d minutes, %v", ran, got, err)
		}
	})
}
