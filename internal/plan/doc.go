// Package plan says who should have which task. It turns a plate, people,
// marks, verdicts, loads and the slider into a match.Problem, and the answer
// into words. docs/matching.md explains it to a leader first.
//
// It is pure: no clock, no database, no randomness, integers only, so that the
// same input gives the same plan on every machine. Efforts are minutes a week;
// values are minutes of the leader's own week, or what is worth as much.
package plan

import (
	"baton/internal/ical"
	"baton/internal/learn"
	"baton/internal/work"
)

// An Input is everything a plan rests on.
type Input struct {
	Me        work.PersonID
	Capacity  work.Minutes // what the leader's own week holds
	HourPrice work.Money   // what an hour is worth to the leader; 0 is not said
	Currency  string
	Today     ical.Date
	Household bool // everything is at home
	Grow      int  // the slider: 0 lighten my load … 100 grow my people
	Stretch   *int // stretch tasks people take at a time who do not say; nil for no limit
	Lines     []Line
	Standing  []Standing // what is carried for the leader already
	People    []Candidate
	Pins      []Choice // a task has to go to a person, who may be the leader
	Forbids   []Choice
	Was       []Choice     // who had which task in the plan before, the leader included; nil for no such plan
	MovePrice work.Minutes // what the plan has to gain by each task it takes from whoever had it, see MovePrice
	NoReasons bool         // only who gets what: no runners-up, options and changes
}

// A Line is one open task of the plate, parts included.
type Line struct {
	Task    *work.Task
	Area    string
	Marks   work.Marks
	Verdict work.Verdict  // the leader's own; "" for none
	Held    *Held         // it is not free to be planned
	Before  work.PersonID // who carried it last and agreed to pass it on; 0 for nobody
}

// Held says that a task is offered to somebody already, or carried for
// somebody.
type Held struct {
	Person work.PersonID // who has or is asked to take it; 0 is the leader
	Kind   work.DelegationKind
	Words  string
}

// A Candidate is somebody who may carry tasks, with the minutes a week they
// carry for others already and what looks back showed. The skills of the person
// are those that learn.Apply makes of the card.
type Candidate struct {
	*work.Person
	Carried work.Minutes
	Shown   map[string]string     // what a skill's level rests on, by its name in small letters
	Next    map[string]learn.Next // by area in small letters
	Less    []string              // what they would like less of
	Carries []Line                // what they carry for anybody, to count its stretch tasks
}

// Room is what is left of the minutes a candidate offers.
func (c Candidate) Room() work.Minutes { return max(0, c.Released-c.Carried) }

// A Choice is a task and a person.
type Choice struct {
	Task   work.TaskID
	Person work.PersonID
}

// A Plan is a proposal for every line of the plate, in its order. The sum of
// the proposals' values less Evenness and Moving is Value, and no plan is worth
// more than Bound.
type Plan struct {
	Proposals []Proposal
	Passings  []Passing // of what is carried already
	Moves     []Move    // what is with somebody else than in the plan before
	Stayed    int       // tasks that are with whom they were
	Moving    int64     // what the moves cost that were not forced
	Choices   []Choice  // who has which task, to be the plan before of the next
	Value     int64
	Bound     int64
	Evenness  int64        // what near-full weeks cost, everybody's by the same rule
	Freed     work.Minutes // a week, net of support
	Support   work.Minutes // a week
	Briefing  work.Minutes // once: briefing and training
	Payback   int          // weeks until the freed time has paid for Briefing; 0 when nothing is freed
	Over      work.Minutes // a week that stays beyond the leader's capacity
	Mine      work.Minutes // a week that stays with the leader
	Loads     []PersonLoad // of everybody who would carry something
	HourPrice work.Money   // used, and whether it was said
	Assumed   bool         // the hour price is a guess
}

// A PersonLoad is what somebody would carry.
type PersonLoad struct {
	Person  work.PersonID
	Name    string
	Offered work.Minutes
	Carried work.Minutes // now, for others
	Planned work.Minutes // in this plan
	Stretch int          // stretch tasks, with those they have already
	Most    *int         // stretch tasks they take at a time; nil for no limit
}

// A Proposal is what to do with one line of the plate.
type Proposal struct {
	Task    *work.Task
	PartOf  work.TaskID // it goes where that task goes
	Verdict work.Verdict
	Person  *work.Person // nil where it stays, or goes to nobody
	Kind    work.DelegationKind
	Level   work.Level
	Weekly  work.Minutes
	Support work.Minutes // a week, of the leader's
	Once    work.Minutes // briefing and training
	Review  int          // months between looks back; 0 is as its kind has it
	Value   int64
	Points  []Term
	Reasons []string
	Over    bool         // it stays although the leader's week is full
	Skill   string       // of the person, that speaks for it
	Wish    string       // of the person, that it serves
	Before  *work.Person // who outgrew it, passed it on and can show how
	Held    bool         // offered or carried already: nothing to draft
	Stretch bool         // beyond what the person can do now
	Stayed  bool         // with whoever had it in the plan before

	RunnerUp    *Alternative
	Safest      *Option
	MostGrowing *Option
	Change      *Change
}

// A Term is one reason of a pair's value, in minutes of the leader's week.
type Term struct {
	Name   string
	Points int64
	Words  string
}

// An Alternative is the best other choice for a task, everything else being
// rearranged around it. Person is nil where the task would stay.
type Alternative struct {
	Person *work.Person
	Cost   int64  // how much less the whole plan would be worth
	Lacked string // what the other choice had that this one has not
}

// An Option is one way to hand a task over, whether or not the plan has room
// for it.
type Option struct {
	Person *work.Person
	Level  work.Level
	Value  int64
	Words  string
	Room   bool // the person has the minutes in this plan
}

// A Change is one thing that, were it so, would send the task elsewhere. It was
// found by planning again with it.
type Change struct {
	Words   string
	To      *work.Person // nil: it would stay with the leader
	Person  work.PersonID
	Skill   *work.Skill
	Wish    string
	Minutes work.Minutes // offered a week instead
	Stretch *int         // stretch tasks at a time instead
	Grow    *int
	Energy  int          // with Needs: what the leader would have to mark
	Needs   int          // 0: not this
	New     *work.Person // somebody there is not yet
}
