package sim

import (
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baton/internal/app"
	"baton/internal/app/clock"
	"baton/internal/app/people"
	"baton/internal/app/promises"
	"baton/internal/ical"
	"baton/internal/seal"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

// left out of a comparison: when mail was written and how much of it in one
// letter is the one thing that may differ, and a letter takes an id of the
// same count as everything else.
var incidental = map[string][]string{
	"workspaces": {"next_id"}, "people": {"digested_at"}, "items": {"id", "turn", "decision"}, "events": {"item"},
	"occurrences": {"id"}, "decisions": {"id"}, "notices": {"mailed_at", "leaves_at"}, "undos": {"id"}, "reflections": {"id"},
}

// uncompared are the letters themselves, and what holds random secrets.
var uncompared = []string{"outbox", "guest_links", "accounts"}

// state is all that a database says, by table, each row as text.
func state(t *testing.T, a *app.App) map[string][]string {
	t.Helper()
	out, table := map[string][]string{}, ""
	err := a.Store.Export(t.Context(), store.Sink{
		Table: func(name string) error { table = name; return nil },
		Row: func(r store.Row) error {
			var row map[string]any
			if err := json.Unmarshal(r, &row); err != nil || slices.Contains(uncompared, table) {
				return err
			}
			for _, column := range incidental[table] {
				delete(row, column)
			}
			if table == "notices" {
				row["letter"] = row["letter"] != 0.0
			}
			if detail, ok := row["detail"].(string); ok && table == "events" {
				row["detail"] = withoutDecision(t, detail)
			}
			text, err := json.Marshal(row)
			out[table] = append(out[table], string(text))
			return err
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, rows := range out {
		slices.Sort(rows)
	}
	return out
}

// withoutDecision leaves the id of a decision out of what an event says.
func withoutDecision(t *testing.T, detail string) map[string]any {
	t.Helper()
	var said map[string]any
	if err := json.Unmarshal([]byte(detail), &said); err != nil {
		t.Fatal(err)
	}
	delete(said, "decision")
	return said
}

// busy is a team after six weeks of random work, the same for the same seed,
// that will be away in turns, each with the next one standing in.
func busy(t *testing.T, kind string, seed uint64) (*app.App, *Team) {
	t.Helper()
	a := app.New(storetest.Open(t, storetest.DSN(t, kind)), slog.New(slog.DiscardHandler))
	a.Key = func() (*seal.Key, error) { return seal.New([]byte(strings.Repeat("k", 32))) } // the same rows, the same chain
	team, err := NewTeam(t.Context(), a, seed, 5, time.Date(2027, 1, 4, 13, 0, 0, 0, time.UTC))
	for day := 0; day < 42 && err == nil; day++ {
		err = team.Day(t.Context())
	}
	for i, m := range team.members {
		from := ical.Date{Year: 2027, Month: 3, Day: 1}.AddDays(10 * i)
		away := []work.Absence{{From: from, To: from.AddDays(13)}, {From: from.AddDays(120), To: from.AddDays(130)}}
		next := team.members[(i+1)%len(team.members)].Person
		if err == nil {
			_, err = people.Edit.Do(t.Context(), team.app, m, people.EditPerson{Person: m.Person, Fields: people.Fields{Absences: &away, StandIn: &next}})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return a, team
}

// TestAYearAtOnceIsAYearDayByDay: everybody stops, and time passes. Whether the
// clock looked every day or once at the end makes no difference to anything
// but the letters; nor does the database.
func TestAYearAtOnceIsAYearDayByDay(t *testing.T) {
	const seed, days = 7, 365
	var first map[string][]string
	for _, kind := range storetest.Databases {
		daily, team := busy(t, kind, seed)
		late, _ := busy(t, kind, seed)
		if diff := cmp.Diff(state(t, daily), state(t, late)); diff != "" {
			t.Fatalf("%s: two teams of one seed differ: %s", kind, diff)
		}
		before := len(state(t, daily)["events"])
		end := team.Now().AddDate(0, 0, days)
		for day := 1; day <= days; day++ {
			if err := clock.Advance(t.Context(), daily, team.Now().AddDate(0, 0, day)); err != nil {
				t.Fatal(err)
			}
		}
		if err := clock.Advance(t.Context(), late, end); err != nil {
			t.Fatal(err)
		}
		got, want := state(t, late), state(t, daily)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: a year at once differs from day by day: %s", kind, diff)
		}
		t.Logf("%s: %d events in the year, %d notices", kind, len(want["events"])-before, len(want["notices"]))
		if len(want["events"]) < before+100 {
			t.Errorf("%s: in a year there were %d events only", kind, len(want["events"])-before)
		}
		for _, a := range []*app.App{daily, late} {
			if err := promises.Check(t.Context(), a, team.Workspace, end); err != nil {
				t.Errorf("%s: %v", kind, err)
			}
		}
		if first == nil {
			first = want
		} else if diff := cmp.Diff(first, want); diff != "" {
			t.Errorf("the databases differ: %s", diff)
		}
	}
}
