package learn

import (
	"baton/internal/ical"
	"baton/internal/work"
)

// Experience is what was learned of a receiver that terms can rest on.
type Experience struct {
	Ready int // their level in the work: 0 is new to it
	Next
}

// ProposeTerms is work.ProposeTerms with a check-in rhythm that fits, and with
// the level a look back proposed. The reasons say what either rests on.
func ProposeTerms(t *work.Task, kind work.DelegationKind, receiver *work.Person, today ical.Date, known Experience) (terms work.Terms, reasons []string) {
	terms = work.ProposeTerms(t, kind, receiver, today)
	if known.Level != 0 {
		terms.Authority.Level = known.Level
		reasons = append(reasons, known.Cause)
		if len(terms.Path) > 0 {
			terms.Path[0].Level = min(known.Level+1, work.Autonomous)
		}
	}
	if kind != work.Strategic {
		return terms, reasons
	}
	rule, why := ProposeRhythm(Circumstances{Level: terms.Authority.Level, Weeks: weeksTo(&terms, today), Ready: known.Ready, Good: known.Good})
	terms.CheckIn = rule
	return terms, append(reasons, why)
}

// weeksTo is how many weeks the work lasts, rounded up; 0 when it goes on or
// says no end.
func weeksTo(t *work.Terms, today ical.Date) int {
	if t.Standing() || t.Due.IsZero() {
		return 0
	}
	return max(1, (ical.DaysBetween(today, t.Due.Date)+6)/7)
}
