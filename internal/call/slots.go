package call

import (
	"slices"
	"time"

	"baton/internal/ical"
	"baton/internal/work"
)

// A Span of time: from a moment on, up to another.
type Span struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// Overlaps reports whether two spans have a moment in common.
func (s Span) Overlaps(o Span) bool { return s.From.Before(o.To) && o.From.Before(s.To) }

// Taken is what a coach's hours are not free for.
type Taken struct {
	Busy     []Span // of their own calendar
	Calls    []Span // booked
	Absences []work.Absence
}

// every is how far apart two times to begin are in a window.
const every = 30

// Free lists the times a call can have at a moment, of those that begin in
// [from, to), in order.
//
// A call begins with a window or so many half hours later and ends within it.
// Windows stand by the clock of their zone: nine o'clock stays nine o'clock
// across a change of clocks. A beginning that the clocks skip is not offered,
// of one they show twice it is the first, and no call goes over a change. Busy
// times keep Before and After free around a call; between two calls is the
// longer of both.
//
// The cost is that of sorting what is taken, and then a step for each half hour
// of the windows and for each thing taken.
func (h Hours) Free(now, from, to time.Time, taken Taken) []Span {
	loc := ical.Location(h.Zone)
	earliest := now.Add(time.Duration(h.Notice) * time.Hour)
	if from.Before(earliest) {
		from = earliest
	}
	last := ical.Today(now, h.Zone).AddDays(7 * h.Horizon)
	blocked := h.blocked(taken)
	long := time.Duration(h.Length) * time.Minute
	var out []Span
	for day := ical.DateOf(from.In(loc)); day.Compare(last) <= 0 && day.In(loc).Before(to); day = day.AddDays(1) {
		if h.closed(day, taken.Absences) {
			continue
		}
		for _, w := range h.Windows {
			if w.Day != day.Weekday() {
				continue
			}
			for m := w.From; m+int(h.Length) <= w.To; m += every {
				s, ok := h.at(day, m, long)
				if !ok || s.From.Before(from) || !s.From.Before(to) {
					continue
				}
				for len(blocked) > 0 && !blocked[0].To.After(s.From) {
					blocked = blocked[1:]
				}
				if len(blocked) == 0 || !blocked[0].From.Before(s.From) {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// at is the call that begins at a minute of a day, if the clocks let it.
func (h Hours) at(day ical.Date, minute int, long time.Duration) (Span, bool) {
	loc := ical.Location(h.Zone)
	start := ical.Due{Date: day, Minute: minute, Zone: h.Zone}.Start()
	local := start.In(loc)
	if ical.DateOf(local) != day || local.Hour()*60+local.Minute() != minute {
		return Span{}, false // skipped
	}
	_, offset := local.Zone()
	_, later := local.Add(long - time.Minute).Zone()
	return Span{start, start.Add(long)}, offset == later
}

// closed reports whether a day has no calls.
func (h Hours) closed(day ical.Date, absences []work.Absence) bool {
	p := work.Person{Absences: absences}
	_, away := p.AwayOn(day)
	return away || slices.Contains(h.Off, day)
}

// blocked are the spans, merged and in order, strictly within which no call may
// begin, and up to whose end.
func (h Hours) blocked(taken Taken) []Span {
	long := time.Duration(h.Length) * time.Minute
	before, after := time.Duration(h.Before)*time.Minute, time.Duration(h.After)*time.Minute
	apart := max(before, after)
	all := make([]Span, 0, len(taken.Busy)+len(taken.Calls))
	add := func(spans []Span, after, before time.Duration) {
		for _, s := range spans {
			if s.From.Before(s.To) {
				all = append(all, Span{s.From.Add(-after - long), s.To.Add(before)})
			}
		}
	}
	add(taken.Busy, after, before)
	add(taken.Calls, apart, apart)
	return Merge(all)
}

// Merge joins spans that overlap, and orders them. Those that only touch stay
// two: what may begin where one ends may do so before the next.
func Merge(all []Span) []Span {
	slices.SortFunc(all, func(a, b Span) int { return a.From.Compare(b.From) })
	out := all[:0]
	for _, s := range all {
		if n := len(out); n > 0 && s.From.Before(out[n-1].To) {
			if s.To.After(out[n-1].To) {
				out[n-1].To = s.To
			}
			continue
		}
		out = append(out, s)
	}
	return out
}
