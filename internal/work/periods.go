package work

import (
	"slices"
	"time"
)

// A Period is what the five promises came to in one part of a span of time.
type Period struct {
	From   time.Time           `json:"from"`
	To     time.Time           `json:"to"`
	Values map[string]*float64 `json:"values" doc:"By promise, in its unit; null where nothing was counted"`
}

// Periods cuts the span [from, to) into periods of so many days, the last of
// them whole, and computes the promises of each as NewLedger does, from the
// same events (oldest first, from the beginning). What is before anything
// happened is left out. It takes one pass over the events.
func Periods(me PersonID, from, to time.Time, days int, events []Event, lines map[DelegationID]LedgerLine, focus []FocusEntry) []Period {
	cuts := cutsOf(from, to, days, firstOf(me, events, lines, focus))
	if len(cuts) < 2 {
		return nil
	}
	t := newTally()
	var out []Period
	next := 0
	for i := 1; i < len(cuts); i++ {
		begin, end := cuts[i-1], cuts[i]
		t = t.fresh()
		for ; next < len(events) && events[next].At.Before(end); next++ {
			e := events[next]
			if line, known := lines[e.Delegation]; known && line.Giver == me {
				t.add(e, line, !e.At.Before(begin))
			}
		}
		given, entries := focusIn(focus, begin, end)
		values := map[string]*float64{}
		for _, p := range t.promises(given, entries) {
			values[p.Name] = nil
			if p.Unit != unitPercent || p.Of > 0 {
				values[p.Name] = &p.Value
			}
		}
		out = append(out, Period{begin, end, values})
	}
	return out
}

// cutsOf are where the periods of [from, to) begin and end, oldest first; none
// that ends before anything happened.
func cutsOf(from, to time.Time, days int, first time.Time) []time.Time {
	if days < 1 || first.IsZero() || !first.Before(to) {
		return nil
	}
	if first.After(from) {
		from = first
	}
	cuts := []time.Time{to}
	for at := to; at.After(from); {
		at = at.AddDate(0, 0, -days)
		cuts = append(cuts, at)
	}
	slices.Reverse(cuts)
	return cuts
}

// firstOf is when the first thing happened that the ledger counts.
func firstOf(me PersonID, events []Event, lines map[DelegationID]LedgerLine, focus []FocusEntry) time.Time {
	var first time.Time
	for _, e := range events {
		if line, known := lines[e.Delegation]; known && line.Giver == me {
			first = e.At
			break
		}
	}
	for _, f := range focus {
		if first.IsZero() || f.At.Before(first) {
			first = f.At
		}
	}
	return first
}

// fresh begins another period: what was counted is forgotten, what is known of
// levels and of who carried something stays.
func (t *tally) fresh() tally {
	n := newTally()
	n.level, n.carried = t.level, t.carried
	return n
}
