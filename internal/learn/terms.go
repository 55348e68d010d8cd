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
	var why string
	terms.CheckIn, why = rhythmFor(&terms, today, known)
	return terms, append(reasons, why)
}

// rhythmFor proposes the check-ins of terms, with the reason.
func rhythmFor(terms *work.Terms, today ical.Date, known Experience) (ical.Rule, string) {
	return ProposeRhythm(Circumstances{Level: terms.Authority.Level, Weeks: weeksTo(terms, today), Ready: known.Ready, Good: known.Good})
}

// RhythmWhy says how often to meet under terms as they stand, and why.
func RhythmWhy(terms *work.Terms, today ical.Date, known Experience) string {
	_, why := rhythmFor(terms, today, known)
	return why
}

// weeksTo is how many weeks the work lasts, rounded up; 0 when it goes on or
// says no end.
func weeksTo(t *work.Terms, today ical.Date) int {
	if t.Standing() || t.Due.IsZero() {
		return 0
	}
	return max(1, (ical.DaysBetween(today, t.Due.Date)+6)/7)
}
