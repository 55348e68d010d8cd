package call

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"baton/internal/ical"
	"baton/internal/work"
)

func TestWindowsAreReadAndSaid(t *testing.T) {
	for text, want := range map[string]string{
		"Tue 14:00–17:00, Thu 9:00-12:00": "Tue 14:00-17:00, Thu 9:00-12:00",
		"tuesday 14 - 17; thu 9-12:30":    "Tue 14:00-17:00, Thu 9:00-12:30",
		"Mon-Wed 9-12\nSat 22:30-24:00":   "Mon 9:00-12:00, Tue 9:00-12:00, Wed 9:00-12:00, Sat 22:30-24:00",
		"Sat–Sun 10-11":                   "Sat 10:00-11:00, Sun 10:00-11:00",
		" , ":                             "",
	} {
		got, err := ParseWindows(text)
		if err != nil || WindowWords(got) != want {
			t.Errorf("%q is %q, %v; want %q", text, WindowWords(got), err, want)
		}
	}
	for _, text := range []string{"Tue", "Xyz 9-12", "Tu 9-12", "Tue 9:5-12", "Tue 9-25", "Tue 9", "9-12", "Tue -1-12", "Tue 24:01-25"} {
		if got, err := ParseWindows(text); err == nil || !strings.Contains(err.Error(), "is not a window") {
			t.Errorf("%q is read as %v, %v", text, got, err)
		}
	}
}

func TestHoursThatCannotBe(t *testing.T) {
	for name, row := range map[string]struct {
		change func(*Hours)
		want   string
	}{
		"zone":     {func(h *Hours) { h.Zone = "Mars/Olympus" }, "not a time zone"},
		"length":   {func(h *Hours) { h.Length = 50 }, "30, 45, 60 or 90"},
		"before":   {func(h *Hours) { h.Before = -1 }, "before a call"},
		"after":    {func(h *Hours) { h.After = 300 }, "after a call"},
		"notice":   {func(h *Hours) { h.Notice = 1000 }, "hours ahead"},
		"horizon":  {func(h *Hours) { h.Horizon = 0 }, "weeks can be booked"},
		"backward": {func(h *Hours) { h.Windows[0].To = 60 }, "ends before it begins"},
		"short":    {func(h *Hours) { h.Windows[0].To = h.Windows[0].From + 30 }, "shorter than a call"},
		"overlap":  {func(h *Hours) { h.Windows = append(h.Windows, Window{time.Tuesday, 9 * 60, 15 * 60}) }, "overlap"},
	} {
		h := Usual(1, "America/Chicago")
		h.Windows = []Window{{time.Tuesday, 14 * 60, 17 * 60}}
		if err := h.Check(); err != nil {
			t.Fatalf("without a change: %v", err)
		}
		row.change(&h)
		if err := h.Check(); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q", name, err, row.want)
		}
	}
}

// clocks renders when spans begin, by the clock of a zone.
func clocks(spans []Span, zone string) []string {
	out := []string{}
	for _, s := range spans {
		out = append(out, s.From.In(ical.Location(zone)).Format("Mon 2 Jan 15:04 MST"))
	}
	return out
}

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestFreeTimes(t *testing.T) {
	now := at("2026-11-23T15:00:00Z") // a Monday, 9:00 in Chicago
	hours := func(windows string, change func(*Hours)) Hours {
		h := Usual(1, "America/Chicago")
		h.Windows, _ = ParseWindows(windows)
		h.After, h.Notice = 0, 0
		if change != nil {
			change(&h)
		}
		if err := h.Check(); err != nil {
			t.Fatal(err)
		}
		return h
	}
	week := Span{now, now.AddDate(0, 0, 7)}
	for name, row := range map[string]struct {
		hours Hours
		in    Span
		taken Taken
		want  []string
	}{
		"half hours": {hours("Tue 14-16", nil), week, Taken{}, []string{"Tue 24 Nov 14:00 CST", "Tue 24 Nov 14:30 CST", "Tue 24 Nov 15:00 CST"}},
		"busy":       {hours("Tue 14-17", nil), week, Taken{Busy: []Span{{at("2026-11-24T20:30:00Z"), at("2026-11-24T21:30:00Z")}}}, []string{"Tue 24 Nov 15:30 CST", "Tue 24 Nov 16:00 CST"}},
		"buffer around busy": {
			hours("Tue 13-17", func(h *Hours) { h.Before, h.After = 15, 30 }), week,
			Taken{Busy: []Span{{at("2026-11-24T20:30:00Z"), at("2026-11-24T21:15:00Z")}}},
			[]string{"Tue 24 Nov 13:00 CST", "Tue 24 Nov 15:30 CST", "Tue 24 Nov 16:00 CST"},
		},
		"the longer buffer between calls": {
			hours("Tue 13-17", func(h *Hours) { h.Before, h.After = 15, 30 }), week,
			Taken{Calls: []Span{{at("2026-11-24T20:30:00Z"), at("2026-11-24T21:30:00Z")}}},
			[]string{"Tue 24 Nov 13:00 CST", "Tue 24 Nov 16:00 CST"},
		},
		"notice":      {hours("Mon 9-12", func(h *Hours) { h.Notice = 2 }), week, Taken{}, []string{"Mon 23 Nov 11:00 CST"}},
		"horizon":     {hours("Mon 9-10", func(h *Hours) { h.Horizon = 1 }), Span{now.AddDate(0, 0, 1), now.AddDate(1, 0, 0)}, Taken{}, []string{"Mon 30 Nov 09:00 CST"}},
		"day off":     {hours("Tue-Wed 9-10", func(h *Hours) { h.Off = []ical.Date{{Year: 2026, Month: 11, Day: 24}} }), week, Taken{}, []string{"Wed 25 Nov 09:00 CST"}},
		"absence":     {hours("Tue-Thu 9-10", nil), week, Taken{Absences: []work.Absence{{From: ical.Date{Year: 2026, Month: 11, Day: 24}, To: ical.Date{Year: 2026, Month: 11, Day: 25}}}}, []string{"Thu 26 Nov 09:00 CST"}},
		"to midnight": {hours("Tue 23-24", nil), week, Taken{}, []string{"Tue 24 Nov 23:00 CST"}},
		"nine stays nine when clocks go forward": {
			hours("Sat-Mon 9-10", func(h *Hours) { h.Horizon = 26 }),
			Span{at("2027-03-13T00:00:00Z"), at("2027-03-16T00:00:00Z")},
			Taken{},
			[]string{"Sat 13 Mar 09:00 CST", "Sun 14 Mar 09:00 CDT", "Mon 15 Mar 09:00 CDT"},
		},
		"half past two is skipped": {
			hours("Sun 1-5", func(h *Hours) { h.Horizon = 26 }),
			Span{at("2027-03-14T00:00:00Z"), at("2027-03-15T00:00:00Z")},
			Taken{},
			[]string{"Sun 14 Mar 01:00 CST", "Sun 14 Mar 03:00 CDT", "Sun 14 Mar 03:30 CDT", "Sun 14 Mar 04:00 CDT"},
		},
	} {
		if got := clocks(row.hours.Free(now, row.in.From, row.in.To, row.taken), row.hours.Zone); !cmp.Equal(got, row.want) {
			t.Errorf("%s: %s", name, cmp.Diff(row.want, got))
		}
	}
	back := hours("Sun 0-4", func(h *Hours) { h.Length = 30 })
	got := clocks(back.Free(at("2026-10-25T12:00:00Z"), at("2026-11-01T00:00:00Z"), at("2026-11-02T00:00:00Z"), Taken{}), back.Zone)
	want := []string{"Sun 1 Nov 00:00 CDT", "Sun 1 Nov 00:30 CDT", "Sun 1 Nov 01:00 CDT", "Sun 1 Nov 01:30 CDT", "Sun 1 Nov 02:00 CST", "Sun 1 Nov 02:30 CST", "Sun 1 Nov 03:00 CST", "Sun 1 Nov 03:30 CST"}
	if !cmp.Equal(got, want) {
		t.Errorf("an hour twice: %s", cmp.Diff(want, got))
	}
}

// drawn is hours, what is taken and a moment to look, at random.
type drawn struct {
	hours    Hours
	now      time.Time
	from, to time.Time
	taken    Taken
}

func draw(t *rapid.T) drawn {
	zone := rapid.SampledFrom([]string{"America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago", "Africa/Cairo"}).Draw(t, "zone")
	h := Usual(1, zone)
	h.Length = rapid.SampledFrom(Lengths).Draw(t, "length")
	h.Before, h.After = work.Minutes(rapid.IntRange(0, 60).Draw(t, "before")), work.Minutes(rapid.IntRange(0, 60).Draw(t, "after"))
	h.Notice, h.Horizon = rapid.IntRange(0, 72).Draw(t, "notice"), rapid.IntRange(1, 26).Draw(t, "horizon")
	for day := range time.Weekday(7) {
		if rapid.Bool().Draw(t, "window") {
			begin := rapid.IntRange(0, 24*60-90).Draw(t, "begin")
			h.Windows = append(h.Windows, Window{day, begin, rapid.IntRange(begin+90, 24*60).Draw(t, "end")})
		}
	}
	if err := h.Check(); err != nil {
		t.Fatal(err)
	}
	// Near a change of clocks of most zones as often as not.
	base := rapid.SampledFrom([]time.Time{at("2026-03-01T00:00:00Z"), at("2026-10-20T00:00:00Z"), at("2026-07-01T00:00:00Z"), at("2026-04-01T00:00:00Z")}).Draw(t, "base")
	now := base.Add(time.Duration(rapid.IntRange(0, 20*24*60).Draw(t, "now")) * time.Minute)
	spans := func(name string, most int) (out []Span) {
		for range rapid.IntRange(0, most).Draw(t, name) {
			begin := now.Add(time.Duration(rapid.IntRange(-2000, 60*24*12).Draw(t, "from")) * time.Minute)
			out = append(out, Span{begin, begin.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "long")) * time.Minute)})
		}
		return out
	}
	d := drawn{h, now, now, now.AddDate(0, 0, 12), Taken{Busy: spans("busy", 20), Calls: spans("calls", 5)}}
	if rapid.Bool().Draw(t, "away") {
		day := ical.Today(now, zone).AddDays(rapid.IntRange(0, 20).Draw(t, "away from"))
		d.taken.Absences = []work.Absence{{From: day, To: day.AddDays(rapid.IntRange(0, 5).Draw(t, "days"))}}
	}
	return d
}

// TestFreeTimesKeepTheirRules checks every free time against the rules one by
// one, and that none is missing which keeps them.
func TestFreeTimesKeepTheirRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		free := d.hours.Free(d.now, d.from, d.to, d.taken)
		want := plainly(d)
		if !cmp.Equal(free, want) {
			t.Fatalf("at %s in %+v with %+v: %s", d.now, d.hours, d.taken, cmp.Diff(want, free))
		}
	})
}

// plainly looks at every minute there is and asks of it what the rules say, in
// the words of the rules.
func plainly(d drawn) (out []Span) {
	loc := ical.Location(d.hours.Zone)
	long := time.Duration(d.hours.Length) * time.Minute
	seen := map[string]bool{} // local beginnings: of two the first
	inWindow := func(s Span, w Window) bool {
		day := ical.DateOf(s.From.In(loc))
		for m := s.From; m.Before(s.To); m = m.Add(time.Minute) {
			local := m.In(loc)
			if ical.DateOf(local) != day || day.Weekday() != w.Day || local.Hour()*60+local.Minute() < w.From || local.Hour()*60+local.Minute() >= w.To {
				return false
			}
		}
		_, a := s.From.In(loc).Zone()
		_, b := s.To.Add(-time.Minute).In(loc).Zone()
		return a == b
	}
	for m := d.from.Truncate(time.Minute); m.Before(d.to); m = m.Add(time.Minute) {
		s := Span{m.UTC(), m.Add(long).UTC()}
		local := m.In(loc)
		clock := local.Hour()*60 + local.Minute()
		w := slices.IndexFunc(d.hours.Windows, func(w Window) bool {
			return local.Weekday() == w.Day && clock >= w.From && clock < w.To && (clock-w.From)%every == 0
		})
		if w < 0 {
			continue
		}
		name := local.Format("2006-01-02 15:04")
		if seen[name] {
			continue
		}
		seen[name] = true
		if !inWindow(s, d.hours.Windows[w]) || m.Before(d.now.Add(time.Duration(d.hours.Notice)*time.Hour)) || m.Before(d.from) {
			continue
		}
		day := ical.DateOf(local)
		away := work.Person{Absences: d.taken.Absences}
		if _, gone := away.AwayOn(day); gone || ical.DaysBetween(ical.Today(d.now, d.hours.Zone), day) > 7*d.hours.Horizon {
			continue
		}
		before, after := time.Duration(d.hours.Before)*time.Minute, time.Duration(d.hours.After)*time.Minute
		clear := func(spans []Span, before, after time.Duration) bool {
			wide := Span{s.From.Add(-before), s.To.Add(after)}
			return !slices.ContainsFunc(spans, func(o Span) bool { return o.From.Before(o.To) && wide.Overlaps(o) })
		}
		if clear(d.taken.Busy, before, after) && clear(d.taken.Calls, max(before, after), max(before, after)) {
			out = append(out, s)
		}
	}
	return out
}

// TestFreeTimesAreTheSameForEveryViewer asks for the same days through the
// clocks of other zones.
func TestFreeTimesAreTheSameForEveryViewer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		viewer := ical.Location(rapid.SampledFrom([]string{"Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata"}).Draw(t, "viewer"))
		here := d.hours.Free(d.now, d.from, d.to, d.taken)
		there := d.hours.Free(d.now.In(viewer), d.from.In(viewer), d.to.In(viewer), d.taken)
		if !cmp.Equal(here, there) {
			t.Fatal(cmp.Diff(here, there))
		}
		// Cut in two anywhere, the halves are the whole.
		cut := d.from.Add(time.Duration(rapid.Int64Range(0, int64(d.to.Sub(d.from))).Draw(t, "cut")))
		halves := append(d.hours.Free(d.now, d.from, cut, d.taken), d.hours.Free(d.now, cut, d.to, d.taken)...)
		if !slices.Equal(here, halves) {
			t.Fatal(cmp.Diff(here, halves))
		}
	})
}

func BenchmarkFree(b *testing.B) {
	h := Usual(1, "America/Chicago")
	h.Windows, _ = ParseWindows("Mon-Sun 0-24")
	h.Horizon = 26
	now := at("2026-11-23T15:00:00Z")
	var busy []Span
	for i := range 20_000 {
		begin := now.Add(time.Duration(i*13) * time.Minute)
		busy = append(busy, Span{begin, begin.Add(5 * time.Minute)})
	}
	for b.Loop() {
		h.Free(now, now, now.AddDate(0, 0, 7*26), Taken{Busy: busy})
	}
}
