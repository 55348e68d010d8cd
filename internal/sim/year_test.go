package sim

import (
	"os"
	"strconv"
	"testing"
	"time"

	"baton/internal/app/promises"
)

// TestAYear lets a year of a team of twelve pass, and holds the promises
// against the database every month. BATON_SEED repeats one that failed.
func TestAYear(t *testing.T) {
	seed := uint64(time.Now().UnixNano() % 1_000_000)
	if said, err := strconv.ParseUint(os.Getenv("BATON_SEED"), 10, 64); err == nil {
		seed = said
	}
	t.Log("BATON_SEED =", seed)
	begin := time.Date(2027, 1, 4, 13, 0, 0, 0, time.UTC)
	a := open(t)
	team, err := NewTeam(t.Context(), a, seed, 12, begin)
	if err != nil {
		t.Fatal(err)
	}
	days := 365
	if testing.Short() {
		days = 91
	}
	began := time.Now()
	for day := 1; day <= days; day++ {
		if err := team.Day(t.Context()); err != nil {
			t.Fatal(err)
		}
		if day%30 != 0 && day != days {
			continue
		}
		if err := promises.Check(t.Context(), a, team.Workspace, team.Now().Add(-24*time.Hour)); err != nil {
			t.Fatalf("%s: %v", team.Now().Format(time.DateOnly), err)
		}
	}
	t.Logf("%d kinds of move, refused %v, in %s", len(team.Made), team.Refused, time.Since(began))
	if !testing.Short() && len(team.Made) < 45 {
		t.Errorf("in a year they made %d kinds of move only: %v", len(team.Made), team.Made)
	}
}
