package backups

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestWhatIsSpare holds what is kept over random directories: always the one
// just made and the latest, the latest of each of the last days, at most as many
// as were asked for, and nothing of others.
func TestWhatIsSpare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		daily, weekly := rapid.IntRange(1, 8).Draw(t, "daily"), rapid.IntRange(0, 6).Draw(t, "weekly")
		first := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
		var names []string
		for _, minute := range rapid.SliceOfNDistinct(rapid.IntRange(0, 90*24*60), 1, 60, rapid.ID[int]).Draw(t, "minutes") {
			name := "baton-" + first.Add(time.Duration(minute)*time.Minute).Format("20060102-150405") + ".db.gz"
			if minute%3 == 0 {
				name += ".age"
			}
			names = append(names, name)
		}
		made := rapid.SampledFrom(names).Draw(t, "made") // the clock may have been turned back
		others := []string{"baton.db", "baton-20261101-000000.db", "baton-20261101-000000.db.gz.part", "notes.txt", "baton-20269999-000000.db.gz"}
		gone := spare(slices.Concat(others, names), made, daily, weekly)
		left := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return slices.Contains(gone, n) })
		latest := slices.Max(names)
		days := map[string]string{} // day → its latest
		for _, n := range names {
			days[n[6:14]] = max(days[n[6:14]], n)
		}
		newest := slices.Sorted(func(yield func(string) bool) {
			for d := range days {
				if !yield(d) {
					return
				}
			}
		})
		switch {
		case slices.Contains(gone, made):
			t.Fatalf("%s was just made", made)
		case slices.Contains(gone, latest):
			t.Fatalf("%s is the latest", latest)
		case len(left) > daily+weekly+1:
			t.Fatalf("%d are left of %d days and %d weeks", len(left), daily, weekly)
		}
		for _, other := range others {
			if slices.Contains(gone, other) {
				t.Fatalf("%s is not ours", other)
			}
		}
		for _, day := range newest[max(0, len(newest)-daily):] {
			if slices.Contains(gone, days[day]) {
				t.Fatalf("%s is the latest of one of the last %d days", days[day], daily)
			}
		}
		if again := spare(left, made, daily, weekly); len(again) > 0 {
			t.Fatalf("%v are spare at the second look", again)
		}
	})
}

// TestWeeksReachBackFurther than days: a year of one backup a day leaves the
// days and the last of each week.
func TestWeeksReachBackFurther(t *testing.T) {
	var names []string
	for day := range 365 {
		made := fmt.Sprintf("baton-%s-030000.db.gz", time.Date(2026, 1, 1+day, 0, 0, 0, 0, time.UTC).Format("20060102"))
		names = append(names, made)
		gone := spare(names, made, 3, 4)
		names = slices.DeleteFunc(names, func(n string) bool { return slices.Contains(gone, n) })
	}
	want := []string{ // Sundays, and from Tuesday to Thursday, 31 December
		"baton-20261213-030000.db.gz", "baton-20261220-030000.db.gz", "baton-20261227-030000.db.gz",
		"baton-20261229-030000.db.gz", "baton-20261230-030000.db.gz", "baton-20261231-030000.db.gz",
	}
	if !slices.Equal(names, want) {
		t.Errorf("left are %q, want %q", names, want)
	}
}
