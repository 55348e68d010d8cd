package work

import "time"

// ForgottenAfter is how long a timer of support is believed. One that ran
// longer was forgotten: its owner says how long the help really took.
const ForgottenAfter = 3 * time.Hour

// A Timer is support being given now. A member has one at most.
type Timer struct {
	Owner      PersonID
	Delegation DelegationID
	Started    time.Time
}

// Ran is how long it has run, in whole minutes and at least one.
func (t Timer) Ran(now time.Time) Minutes {
	return max(1, Minutes(now.Sub(t.Started).Round(time.Minute)/time.Minute))
}

// Forgotten reports whether it has run too long to be believed.
func (t Timer) Forgotten(now time.Time) bool { return now.Sub(t.Started) > ForgottenAfter }

// Stop is how many minutes to record: those its owner says, else those it ran.
// A forgotten timer records nothing by itself.
func (t Timer) Stop(now time.Time, said Minutes) (Minutes, error) {
	switch {
	case said < 0 || said > 24*60:
		return 0, FieldError("minutes", "Support is recorded in minutes, from 1 to 1,440.")
	case said > 0:
		return said, nil
	case t.Forgotten(now):
		return 0, FieldError("minutes", "The timer has run for %s. Say how many minutes of it were really help, or throw it away.", HoursWords(t.Ran(now)))
	}
	return t.Ran(now), nil
}
