package work

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"baton/internal/ical"
)

func day(t *testing.T, text string) ical.Date {
	t.Helper()
	d, err := ical.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPulseIsAskedAtTheEndOfAWeekAndOnce(t *testing.T) {
	for _, row := range []struct {
		today, week string
		asked       bool
	}{
		{"2026-11-24", "2026-11-23", false}, // Tuesday
		{"2026-11-27", "2026-11-23", false},
		{"2026-11-28", "2026-11-23", true},
		{"2026-11-29", "2026-11-23", true},
		{"2026-11-30", "2026-11-23", true}, // the Monday after
		{"2026-12-01", "2026-11-30", false},
		{"2027-01-04", "2026-12-28", true}, // over the end of a year
	} {
		today := day(t, row.today)
		if got := PulseWeek(today).String(); got != row.week {
			t.Errorf("on %s the week of %s, want %s", row.today, got, row.week)
		}
		if got := (Pulse{}).Asked(today); got != row.asked {
			t.Errorf("on %s asked: %v", row.today, got)
		}
		if (Pulse{Full: 1, Matters: 5}).Asked(today) {
			t.Errorf("on %s asked again", row.today)
		}
		if got := (Pulse{Full: 3}).Asked(today); got != row.asked {
			t.Errorf("on %s with one answer asked: %v", row.today, got)
		}
		if (Pulse{PutOff: today}).Asked(today) {
			t.Errorf("on %s asked though put off", row.today)
		}
		if got := (Pulse{PutOff: today.AddDays(-1)}).Asked(today); got != row.asked {
			t.Errorf("on %s, put off the day before, asked: %v", row.today, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		today := ical.DateOf(ledgerStart).AddDays(rapid.IntRange(-4000, 4000).Draw(t, "days"))
		week := PulseWeek(today)
		if n := ical.DaysBetween(week, today); week.Weekday() != time.Monday || n < 1 || n > 7 {
			t.Fatalf("on %s the week of %s", today, week)
		}
	})
}

func TestGivePulse(t *testing.T) {
	for _, row := range []struct {
		name          string
		had           Pulse
		full, matters int
		want          Pulse
		refused       string
	}{
		{"both", Pulse{}, 4, 2, Pulse{Full: 4, Matters: 2, At: ledgerStart}, ""},
		{"one after the other", Pulse{Full: 4}, 0, 2, Pulse{Full: 4, Matters: 2, At: ledgerStart}, ""},
		{"another answer", Pulse{Full: 4, Matters: 2}, 5, 0, Pulse{Full: 5, Matters: 2, At: ledgerStart}, ""},
		{"nothing", Pulse{}, 0, 0, Pulse{}, "full"},
		{"fuller than full", Pulse{}, 6, 1, Pulse{}, "full"},
		{"less than nothing", Pulse{Full: 2}, 0, -1, Pulse{Full: 2}, "matters"},
	} {
		p := row.had
		err := p.Give(row.full, row.matters, ledgerStart)
		if (err != nil) != (row.refused != "") {
			t.Errorf("%s: %v", row.name, err)
		}
		if diff := cmp.Diff(row.want, p); diff != "" {
			t.Errorf("%s: %s", row.name, diff)
		}
	}
}

// TestPulseCountsInTheWeekItIsAbout though it was said on the Monday after.
func TestPulseCountsInTheWeekItIsAbout(t *testing.T) {
	zone := "America/Chicago"
	first := day(t, "2026-11-02")
	b := &Books{Me: 1, Zone: zone}
	for i, said := range [][2]int{{4, 1}, {2, 0}, {0, 0}, {3, 5}} {
		week := first.AddDays(7 * i)
		b.Pulses = append(b.Pulses, Pulse{Week: week, Full: said[0], Matters: said[1], At: week.AddDays(7).In(ical.Location(zone)).Add(9 * time.Hour)})
	}
	from, to := first.In(ical.Location(zone)).UTC(), first.AddDays(28).In(ical.Location(zone)).UTC()
	l := b.Ledger(from, to)
	got := map[string]float64{}
	for _, p := range l.Promises {
		for _, a := range p.Amounts {
			if a.Unit == UnitOfFive {
				got[p.Name+" "+a.Name] = a.Value
			}
		}
	}
	want := map[string]float64{LessOverload + " week_full": 3, Space + " went_to_what_matters": 3}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := l.Promises[0].Counts["pulses"]; n != 3 {
		t.Errorf("%d weeks were answered for", n)
	}
	var full []float64
	for _, p := range b.Periods(from, to, EveryWeek(ical.Location(zone))) {
		v, said := p.Amounts[LessOverload]["week_full"]
		if !said {
			v = -1
		}
		full = append(full, v)
	}
	if diff := cmp.Diff([]float64{4, 2, -1, 3}, full); diff != "" {
		t.Error(diff)
	}
	var listed []string
	for _, s := range b.Sources(LessOverload, from, to) {
		listed = append(listed, s.Event.Detail.Text)
	}
	if diff := cmp.Diff([]string{"3 of 5", "2 of 5", "4 of 5"}, listed); diff != "" {
		t.Error(diff)
	}
	if got := b.Sources(Space, from, to); len(got) != 2 {
		t.Errorf("%d sources of space", len(got))
	}
}
