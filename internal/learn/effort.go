package learn

import "baton/internal/work"

// How sure an estimate of effort is, and one piece of work that was measured:
// variances in squared percent of the estimate.
const (
	effortPrior = 50 * 50
	effortNoise = 25 * 25
)

// Effort is what to expect of the next time, for work that was estimated and
// took what it took. rounds is how many measured times the estimate rests on
// already. It is a multiple of five minutes, and never none.
func Effort(estimate, took work.Minutes, rounds int) work.Minutes {
	if estimate <= 0 {
		return tidy(int64(took))
	}
	// What the estimate has left of its variance after so many measurements is
	// effortPrior·effortNoise / (effortNoise + rounds·effortPrior).
	left := int64(effortPrior)
	if rounds > 0 {
		left = effortPrior * effortNoise / (effortNoise + int64(rounds)*effortPrior)
	}
	return tidy(int64(estimate) + rounded(left*int64(took-estimate), left+effortNoise))
}

// tidy rounds minutes to fives.
func tidy(minutes int64) work.Minutes { return work.Minutes(max(5, rounded(minutes, 5)*5)) }

// worthTelling is from how much of the estimate on a change is proposed, in
// percent.
const worthTelling = 10

func tells(from, to work.Minutes) bool {
	diff := max(to-from, from-to)
	return diff > 0 && int64(diff)*100 >= int64(from)*worthTelling
}
