package web

import (
	"testing"
	"time"
)

func TestTheNextCallIsProposedOnTheHour(t *testing.T) {
	for zone, want := range map[string]string{
		"Asia/Kathmandu":   "2026-12-03T20:00", // 20:25 there, three quarters off the hours of elsewhere
		"America/St_Johns": "2026-12-03T11:00",
		"UTC":              "2026-12-03T14:00",
	} {
		m := &meeting{}
		m.Zone = zone
		if got := nextWeek(m, time.Date(2026, 11, 26, 14, 40, 13, 7, time.UTC)); got != want {
			t.Errorf("in %s the next call is proposed for %s, want %s", zone, got, want)
		}
	}
}
