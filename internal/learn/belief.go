package learn

import (
	"fmt"
	"time"

	"baton/internal/work"
)

// Milli counts thousandths of a level of skill: 3600 is 3.6.
type Milli int64

// Of returns a whole level in thousandths.
func Of(level int) Milli { return Milli(level) * 1000 }

// String renders a level with one decimal: "3.6".
func (m Milli) String() string {
	tenths := (m + 50) / 100
	return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
}

// Variances, in millionths of a squared level. Their roots are in levels.
const (
	priorCard     = 640_000   // 0.8²: somebody wrote the level on the person's card
	priorNothing  = 1_440_000 // 1.2²: nothing is known
	meanNothing   = 1500      // of what nothing is known of, in thousandths
	drift         = 160_000   // 0.4² a year: people learn and forget
	noise         = 490_000   // 0.7²: what both sides say of one piece of work
	noiseAlone    = 810_000   // 0.9²: what one side says
	ownWord       = 1_000_000 // 1²: what somebody says of themselves when they dispute
	disputeWeight = 4         // how many times the variance of a disputed belief counts
)

// lowest and highest are where an observation can lie, in thousandths.
const lowest, highest = Milli(500), Milli(5500)

// year is the mean Gregorian year, in seconds.
const year = 31_556_952

// A Belief is what is believed of one person's skill: a Gaussian over the
// levels 1 to 5. The variance and not its root is kept, for it is what adds up
// over time: rounded roots would stand still when they are widened day by day.
type Belief struct {
	Mean     Milli
	Variance int64     // in millionths of a squared level
	Rounds   int       // looks back it rests on
	At       time.Time // until when it is widened; zero for what has no date
}

// Recorded is the belief that a level on a person's card stands for. Level 0
// is nothing recorded.
func Recorded(level int, at time.Time) Belief {
	if level <= 0 {
		return Belief{Mean: meanNothing, Variance: priorNothing, At: at}
	}
	return Belief{Mean: Of(level), Variance: priorCard, At: at}
}

// SD is the standard deviation.
func (b Belief) SD() Milli { return Milli(root(b.Variance)) }

// Widen is the belief at a later moment: a random walk of 0.4 levels a year,
// until no less is known than of somebody one knows nothing of. An earlier
// moment changes nothing.
func (b Belief) Widen(to time.Time) Belief {
	if b.At.IsZero() || !to.After(b.At) {
		if b.At.IsZero() {
			b.At = to
		}
		return b
	}
	seconds := min(int64(to.Sub(b.At)/time.Second), 100*year)
	b.Variance = max(b.Variance, min(b.Variance+seconds*drift/year, priorNothing))
	b.At = to
	return b
}

// An Observation is what one look back says of a skill.
type Observation struct {
	Level    Milli     `json:"level"`
	Variance int64     `json:"variance"` // in millionths of a squared level
	At       time.Time `json:"at"`
}

// Update joins an observation to the belief: the scalar Kalman filter. The
// belief is widened to the observation's moment first; an observation older
// than the belief counts as if it were made now.
func (b Belief) Update(o Observation) Belief {
	b = b.Widen(o.At)
	b.Mean, b.Variance = join(b.Mean, b.Variance, o.Level, o.Variance)
	b.Rounds++
	return b
}

// join weighs two Gaussians by how sure they are.
func join(mean Milli, variance int64, level Milli, noise int64) (Milli, int64) {
	sum := max(variance+noise, 1)
	return mean + Milli(rounded(variance*int64(level-mean), sum)), max(variance*noise/sum, 1)
}

// Corrected joins what somebody wrote on the card after the belief was last
// changed: as sure as any level on a card, and no look back.
func (b Belief) Corrected(level int) Belief {
	if level > 0 {
		b.Mean, b.Variance = join(b.Mean, b.Variance, Of(level), priorCard)
	}
	return b
}

// Disputed is the belief as it counts while the person it is about disputes
// it: with four times its variance, and with what they say of themselves (0
// for nothing) beside it.
func (b Belief) Disputed(own int) Belief {
	b.Variance *= disputeWeight
	if own > 0 {
		b.Mean, b.Variance = join(b.Mean, b.Variance, Of(own), ownWord)
	}
	return b
}

// Effective is the whole level, 1 to 5, that choices are made with: half a
// standard deviation below the mean, rounded to the nearest. A level
// on a card stays what it is (4 - 0.4 is nearest to 4); the same mean resting
// on nothing or on a dispute counts for less, so that what is uncertain is not
// taken for certain.
func (b Belief) Effective() int {
	level := int(rounded(int64(b.Mean)*2-int64(b.SD()), 2000))
	return min(max(level, 1), 5)
}

// Words says what a belief is and rests on: "3.6, from two looks back".
func (b Belief) Words() string {
	switch b.Rounds {
	case 0:
		return b.Mean.String() + ", as recorded"
	case 1:
		return b.Mean.String() + ", from one look back"
	}
	return fmt.Sprintf("%s, from %s looks back", b.Mean, count(b.Rounds))
}

// Observe says what a look back shows of a skill. demand is the level the work
// needs, aid what the help it was done with stands in for; a side that said
// nothing is nil, and with both nil nothing is shown.
//
// The giver says how hard the work was beside its level: half a level a point.
// Beside that, a good outcome shows the level and no more, for a level is what
// does the work well: three quarters of a level a point, less the help. The
// receiver says how hard it was for them: a level a point, the harder the less
// they have. Both together are surer than one voice alone; outcomes that
// differ by two points or more are half as sure.
func Observe(demand int, aid Milli, giver, receiver *work.Reflection, at time.Time) (Observation, bool) {
	if giver == nil && receiver == nil {
		return Observation{}, false
	}
	needed := Of(demand)
	if giver != nil {
		needed += Milli(giver.Hard-asItsLevel) * 500
	}
	outcome := mean(giver, receiver, outcomes)
	level := needed + Milli(rounded(3*(outcome-doneWell), 4)) - aid
	if receiver != nil {
		felt := needed - Of(receiver.Hard-asItsLevel)
		level = Milli(rounded(int64(level+felt), 2))
	}
	variance := int64(noise)
	switch {
	case giver == nil || receiver == nil:
		variance = noiseAlone
	case giver.Outcome-receiver.Outcome >= 2 || receiver.Outcome-giver.Outcome >= 2:
		variance *= 2
	}
	return Observation{min(max(level, lowest), highest), variance, at}, true
}

// What answers of a look back stand for.
const (
	asItsLevel = 3    // hard: as its level says, or as somebody of that level would find it
	doneWell   = 4000 // outcome, in thousandths: what the level does well
)

// fullAid is how much help in an hour of the work stands in for a whole level.
const fullAid work.Minutes = 15

// Aid is what help stands in for while so much of the work was done: at most a
// level, as tutoring hardly does more.
func Aid(help, worked work.Minutes) Milli {
	if help <= 0 || worked <= 0 {
		return 0
	}
	return Milli(min(1000, rounded(int64(help)*60*1000, int64(worked*fullAid))))
}

// Demand is the level of skill a piece of work needs: what the task says, else
// 2 for an assignment and 3 for what goes with decisions.
func Demand(said int, kind work.DelegationKind) int {
	switch {
	case said > 0:
		return min(said, 5)
	case kind == work.Strategic:
		return 3
	}
	return 2
}

func outcomes(r *work.Reflection) int { return r.Outcome }

// mean is the mean of an answer over the sides that gave one, in thousandths.
func mean(giver, receiver *work.Reflection, answer func(*work.Reflection) int) int64 {
	sum, n := int64(0), int64(0)
	for _, r := range []*work.Reflection{giver, receiver} {
		if r != nil {
			sum, n = sum+int64(answer(r))*1000, n+1
		}
	}
	return sum / max(n, 1)
}

// rounded divides, to the nearest, halves away from zero; b is positive.
func rounded(a, b int64) int64 {
	if a < 0 {
		return -rounded(-a, b)
	}
	return (a + b/2) / b
}

// root is the whole square root, rounded down.
func root(n int64) int64 {
	if n <= 0 {
		return 0
	}
	r := n
	for next := (n + 1) / 2; next < r; next = (r + n/r) / 2 {
		r = next
	}
	return r
}

var numbers = [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

// count writes small numbers as words.
func count(n int) string {
	if n >= 0 && n < len(numbers) {
		return numbers[n]
	}
	return fmt.Sprint(n)
}
