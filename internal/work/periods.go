package work

import (
	"slices"
	"time"
)

// A Period is what the five promises came to in one part of a span of time.
type Period struct {
	From   time.Time           `json:"from" doc:"Its first moment"`
	To     time.Time           `json:"to" doc:"The first moment behind it"`
	Values map[string]*float64 `json:"values" doc:"By promise, in its unit; null where nothing was counted"`
	// Amounts and Counts are by promise and name, without those that are 0.
	Amounts map[string]map[string]float64 `json:"amounts" doc:"By promise and name, what stands beside its number; none that is 0"`
	Counts  map[string]map[string]int     `json:"counts" doc:"By promise and name, what it is made of; none that is 0"`
	Focus   []FocusShare                  `json:"focus,omitempty" doc:"Where the hours went, by focus area, the most first"`
}

// FreedHours are the hours freed in a period, and those that went to what
// matters: what is left went nowhere in particular.
func (p Period) FreedHours() (freed, given float64) {
	if v := p.Values[Space]; v != nil {
		given = *v
	}
	return p.Amounts[Space]["freed"], given
}

// period sums up the promises of a part of time.
func period(from, to time.Time, promises []Promise) Period {
	out := Period{From: from, To: to, Values: map[string]*float64{}, Amounts: map[string]map[string]float64{}, Counts: map[string]map[string]int{}}
	for _, p := range promises {
		out.Values[p.Name] = nil
		if p.Unit != unitPercent || p.Of > 0 {
			out.Values[p.Name] = &p.Value
		}
		amounts, counts := map[string]float64{}, map[string]int{}
		for _, a := range p.Amounts {
			if a.Value != 0 {
				amounts[a.Name] = a.Value
			}
		}
		for name, n := range p.Counts {
			if n != 0 {
				counts[name] = n
			}
		}
		out.Amounts[p.Name], out.Counts[p.Name] = amounts, counts
		if p.Name == Space {
			out.Focus = p.Focus
		}
	}
	return out
}

// A Cut says where the period begins that ends at a moment.
type Cut func(end time.Time) time.Time

// EveryDays cuts into periods of so many days, the last of them whole.
func EveryDays(n int) Cut {
	return func(end time.Time) time.Time { return end.AddDate(0, 0, -n) }
}

// EveryWeek cuts where the weeks of the calendar begin, on Mondays, in a zone.
func EveryWeek(zone *time.Location) Cut {
	return func(end time.Time) time.Time {
		last := end.Add(-time.Microsecond).In(zone)
		return time.Date(last.Year(), last.Month(), last.Day()-(int(last.Weekday())+6)%7, 0, 0, 0, 0, zone).UTC()
	}
}

// EveryQuarter cuts where the quarters of the calendar begin, in a zone.
func EveryQuarter(zone *time.Location) Cut {
	return func(end time.Time) time.Time {
		last := end.Add(-time.Microsecond).In(zone)
		return time.Date(last.Year(), last.Month()-(last.Month()-1)%3, 1, 0, 0, 0, 0, zone).UTC()
	}
}

// Periods cuts the span [from, to) into periods and computes the promises of
// each as Ledger does, from the same books. The first is whole, also where it
// begins before the span; what is before anything happened is left out. It
// takes one pass over the events.
func (b *Books) Periods(from, to time.Time, cut Cut) []Period {
	cuts := cutsOf(from, to, cut, b.first())
	if len(cuts) < 2 {
		return nil
	}
	t := newTally()
	var out []Period
	next := 0
	for i := 1; i < len(cuts); i++ {
		begin, end := cuts[i-1], cuts[i]
		t = t.fresh()
		for ; next < len(b.Events) && b.Events[next].At.Before(end); next++ {
			e := b.Events[next]
			if line, known := b.Lines[e.Delegation]; known && line.Giver == b.Me {
				t.add(e, line, !e.At.Before(begin), b.Steps[e.Number])
			}
		}
		out = append(out, period(begin, end, b.promises(&t, begin, end)))
	}
	return out
}

// cutsOf are where the periods of [from, to) begin and end, oldest first; none
// that ends before anything happened.
func cutsOf(from, to time.Time, cut Cut, first time.Time) []time.Time {
	if first.IsZero() || !first.Before(to) {
		return nil
	}
	if first.After(from) {
		from = first
	}
	cuts := []time.Time{to}
	for at := to; at.After(from); {
		at = cut(at)
		cuts = append(cuts, at)
	}
	slices.Reverse(cuts)
	return cuts
}

// first is when the first thing happened that the ledger counts.
func (b *Books) first() time.Time {
	var first time.Time
	for _, e := range b.Events {
		if line, known := b.Lines[e.Delegation]; known && line.Giver == b.Me {
			first = e.At
			break
		}
	}
	for _, f := range b.Focus {
		if first.IsZero() || f.At.Before(first) {
			first = f.At
		}
	}
	for _, p := range b.Pulses {
		if at := b.began(p); p.Said() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}
