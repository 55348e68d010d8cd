package match

import (
	"fmt"
	"strings"
)

// A Status says how a solve ended.
type Status int

// The ways a solve can end.
const (
	Optimal    Status = iota + 1 // the value is the bound
	WithinGap                    // the value is as near the bound as Options.Gap asked for
	Stopped                      // cancelled, or a limit was reached; value and bound are valid
	Infeasible                   // proven: no plan keeps all rules, and Reason says why
)

// String is the status in lower case.
func (s Status) String() string {
	switch s {
	case Optimal:
		return "optimal"
	case WithinGap:
		return "within gap"
	case Stopped:
		return "stopped"
	case Infeasible:
		return "infeasible"
	}
	return fmt.Sprintf("Status(%d)", int(s))
}

// A Solution says who does what, and how good that is known to be.
type Solution struct {
	Person []int // by task; Nobody for a task left undone. nil when no plan is known
	Value  int64 // of the whole plan; 0 when no plan is known
	Bound  int64 // no plan is worth more; 0 when Infeasible
	Status Status
	Reason *Reason // only when Infeasible

	RunnerUp []Alternative // by task; nil when no plan is known or Options.NoRunnersUp

	// HourPrice is, by person, what 60 more units of their effort would be worth
	// at the prices of the linear relaxation, rounded down: an estimate of the
	// margin, 0 where the relaxation leaves them room. Tasks that are more than
	// all of their capacity do not count. nil when no plan is known.
	HourPrice []int64

	Nodes      int64 // of the search tree
	Iterations int64 // evaluations of the dual bound
}

// Found says whether there is a plan in the solution.
func (s *Solution) Found() bool { return s.Person != nil }

// Gap is the distance from value to bound, relative to the bound, in millionths
// rounded up; -1 when no plan is known.
func (s *Solution) Gap() int64 {
	if s.Person == nil {
		return -1
	}
	return gapMillionths(s.Value, s.Bound)
}

// An Alternative is the best other choice for one task, everything else being
// rearranged around it. Small problems are solved again for each task, its
// choice ruled out, within a limit on the work; where that was not proven, and
// on larger problems, Cost is what the cheapest change found costs, often of
// moving this task alone, and Exact is false. A pinned task has no other choice.
type Alternative struct {
	Possible bool  // false: no other choice was found
	Person   int   // who would have the task instead, or Nobody
	Cost     int64 // how much less the best plan known with that choice is worth
	Exact    bool  // proven: no other choice costs less, or none exists
}

// A Why is the kind of a Reason.
type Why int

// The reasons why no plan may exist.
const (
	NoCandidate Why = iota + 1 // nobody may have the task, or it is too much for each who may
	PinsTooMuch                // what is pinned to a person is over a limit of theirs
	TooMuch                    // each of the tasks could be done, all of them cannot
)

// A Limit is a kind of limit that a person has.
type Limit int

// The limits that may stand in the way.
const (
	OfEffort  Limit = iota + 1 // Capacity, whatever the numbers are
	OfTasks                    // MaxTasks
	OfStretch                  // MaxStretch
)

// A Reason says in the problem's own terms why no plan exists.
type Reason struct {
	Why    Why
	Tasks  []int // cannot all be done
	People []int // the only ones who may have them
	Limit  Limit // what is in the way: without the limits of this kind, and those after it, they could
	Need   int64 // least effort that Tasks take together; number of Tasks when a number is over
	Have   int64 // capacity of People together; the number they may have
}

// String is the reason in one sentence, with tasks and people by number.
func (r *Reason) String() string {
	tasks, people := numbers("task", r.Tasks), numbers("person", r.People)
	switch r.Why {
	case NoCandidate:
		if len(r.People) == 0 {
			return "nobody may have " + tasks
		}
		if r.Limit != OfEffort {
			return fmt.Sprintf("%s would be one %s too many for %s", tasks, strings.TrimSuffix(r.Limit.noun(), "s"), people)
		}
		return fmt.Sprintf("%s takes at least %d, more than any of %s has", tasks, r.Need, people)
	case PinsTooMuch:
		if r.Limit != OfEffort {
			return fmt.Sprintf("%s pinned to %s: of %s they may have %d", tasks, people, r.Limit.noun(), r.Have)
		}
		return fmt.Sprintf("%s pinned to %s take %d of %d", tasks, people, r.Need, r.Have)
	}
	if r.Limit != OfEffort {
		return fmt.Sprintf("%s cannot all be done by %s with the limits on their number of %s", tasks, people, r.Limit.noun())
	}
	return fmt.Sprintf("%s cannot all be done by %s: they take at least %d of %d", tasks, people, r.Need, r.Have)
}

// noun is what the limit is on.
func (l Limit) noun() string {
	switch l {
	case OfTasks:
		return "tasks"
	case OfStretch:
		return "stretch tasks"
	}
	return "effort"
}

func numbers(noun string, list []int) string {
	if len(list) == 1 {
		return fmt.Sprintf("%s %d", noun, list[0])
	}
	if noun == "person" {
		noun = "people"
	} else {
		noun += "s"
	}
	words := make([]string, 0, len(list))
	for i, n := range list {
		if i == 10 && len(list) > 11 {
			words = append(words, fmt.Sprintf("and %d more", len(list)-i))
			break
		}
		words = append(words, fmt.Sprint(n))
	}
	return noun + " " + strings.Join(words, ", ")
}
