package match

import (
	"errors"
	"math"
)

// Nobody stands where a person is expected for a task that is left undone, or
// that nobody had before.
const Nobody = -1

// NoLimit in MaxTasks or MaxStretch sets no limit.
const NoLimit = -1

// MustDo in Leave says that a task may not be left undone.
const MustDo = math.MinInt64

// ErrInvalid is wrapped by every error that says what is wrong with a Problem.
var ErrInvalid = errors.New("invalid problem")

// A Problem is tasks, people and what each pair is worth, in flat form: the
// candidates of task t are the pairs Start[t] to Start[t+1]-1. [Builder] makes
// one pair by pair. A nil slice where "nil" is mentioned means the same as one
// full of the value named there.
type Problem struct {
	// By task.
	Start    []int   // first pair of each task, and one past the last: len = tasks+1
	Leave    []int64 // value of leaving the task undone, or MustDo; nil: MustDo
	Pinned   []int   // the person who has to have it, or Nobody; nil: Nobody
	Previous []int   // who has it in the plan people agreed to, or Nobody; nil: Nobody

	// By pair, people ascending and different within a task.
	Person    []int
	Value     []int64
	Effort    []int64 // not negative
	Stretch   []bool  // nil: false
	Forbidden []bool  // as if the pair was not there; nil: false

	// By person.
	Capacity   []int64 // in the unit of Effort, not negative
	MaxTasks   []int   // or NoLimit; nil: NoLimit
	MaxStretch []int   // or NoLimit; nil: NoLimit

	Load       Load  // price of uneven load; the zero value is none
	SwitchCost int64 // for each task taken from who has it in Previous, not negative
}

// A Load is a soft price on being near one's capacity, the same rule for
// everybody. A person with capacity C and load L costs
//
//	ceil( sum over steps of Price * max(0, L - floor(C*Percent/100)) / 1000 )
//
// which is convex and piecewise linear before it is rounded up to a whole
// unit of value. No steps: no price.
type Load struct {
	Steps []Step
}

// A Step makes every 1,000 units of effort above Percent of the capacity cost
// Price more. Both are not negative.
type Step struct {
	Percent int
	Price   int64
}

// Tasks is the number of tasks.
func (p *Problem) Tasks() int { return max(0, len(p.Start)-1) }

// People is the number of people.
func (p *Problem) People() int { return len(p.Capacity) }

// Pairs is the number of candidate pairs.
func (p *Problem) Pairs() int { return len(p.Person) }

// Pair finds the pair of a task and a person by binary search; it is false
// when the person is no candidate.
func (p *Problem) Pair(task, person int) (int, bool) {
	lo, hi := p.Start[task], p.Start[task+1]
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if p.Person[mid] < person {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < p.Start[task+1] && p.Person[lo] == person
}
