package plans

import (
	"baton/internal/plan"
	"baton/internal/work"
)

// A Plan is a proposal for every task of the plate.
type Plan struct {
	Proposals []Proposal   `json:"proposals"`
	Moves     []Move       `json:"moves" doc:"What is with somebody else than in the plan before, and why; none without one"`
	Stayed    int          `json:"stayed" doc:"How many tasks are with whom they were in the plan before"`
	Moving    int64        `json:"moving,omitempty" doc:"What those moves cost that were not forced, at move_price each"`
	MovePrice work.Minutes `json:"move_price"`
	AsWas     Choices      `json:"as_was" doc:"This plan as the plan before, to be given as was the next time: then only what has to moves"`
	Passings  []Passing    `json:"passings" doc:"Standing work that whoever carries it has outgrown, to pass on; from the middle of the slider on"`
	Value     int64        `json:"value" doc:"Of the whole plan, in minutes of your week or what is worth as much: the proposals' values less evenness and moving"`
	Bound     int64        `json:"bound" doc:"No plan is worth more"`
	Evenness  int64        `json:"evenness" doc:"What nearly full weeks cost"`
	Freed     float64      `json:"hours_freed_per_week" doc:"Net of your help"`
	Payback   int          `json:"payback_weeks" doc:"Until the freed hours have paid for briefing and training; 0 when nothing is freed"`
	Support   float64      `json:"support_hours_per_week" doc:"Of your help"`
	Briefing  float64      `json:"briefing_hours" doc:"Once: briefing and training"`
	Mine      float64      `json:"hours_that_stay_per_week"`
	Over      float64      `json:"hours_over_capacity,omitempty" doc:"What stays although your week is full"`
	Grow      int          `json:"grow" doc:"Where the slider stood"`
	Loads     []PersonLoad `json:"loads" doc:"What everybody would carry"`
	HourPrice work.Money   `json:"hour_price" doc:"Of yours, minor units"`
	Currency  string       `json:"currency" doc:"ISO 4217; of the hour price"`
	Assumed   bool         `json:"hour_price_assumed,omitempty" doc:"You have not said what an hour of yours is worth: one and a half times the dearest hour here"`
}

// A Move is a task that is with somebody else than in the plan before.
type Move struct {
	Task    string         `json:"task"`
	TaskID  work.TaskID    `json:"task_id"`
	From    *string        `json:"from" doc:"Who had it; null: you, or nobody where the cause is new"`
	FromID  *work.PersonID `json:"from_id"`
	To      *string        `json:"to" doc:"Who has it now; null: you, or nobody where the verdict is drop or automate"`
	ToID    *work.PersonID `json:"to_id"`
	Verdict work.Verdict   `json:"verdict"`
	Cause   plan.Cause     `json:"cause" enum:"new,settled,rule,full,stretch,worth" doc:"new: nobody had it; settled: you said so; rule: whoever had it may not have it any more; full: they have no hours left for it; stretch: they have as many stretch tasks as they take; worth: the plan gains by it"`
	Gain    int64          `json:"gain,omitempty" doc:"Where the cause is worth: how much less the plan would be worth if only this went back, after what moving costs"`
	Reason  string         `json:"reason"`
}

// A Passing proposes to pass standing work on to somebody who would grow by it.
type Passing struct {
	Delegation work.DelegationID `json:"delegation"`
	Task       string            `json:"task"`
	TaskID     work.TaskID       `json:"task_id"`
	From       string            `json:"from" doc:"Who carries it and has outgrown it"`
	FromID     work.PersonID     `json:"from_id"`
	To         string            `json:"to" doc:"Who would grow by it"`
	ToID       work.PersonID     `json:"to_id"`
	Hours      float64           `json:"hours_per_week"`
	Next       string            `json:"next,omitempty" doc:"Harder work of your plate for whoever carries it now"`
	NextID     work.TaskID       `json:"next_id,omitempty"`
	Gain       int64             `json:"gain" doc:"Minutes of your week, or what is worth as much, after the price of changing what was agreed"`
	Points     []Term            `json:"points" doc:"What the gain is made of"`
	Reasons    []string          `json:"reasons"`
	Ask        string            `json:"ask" doc:"What whoever carries it would be asked"`
}

// A PersonLoad is what somebody would carry, in minutes a week.
type PersonLoad struct {
	Person   string        `json:"person"`
	PersonID work.PersonID `json:"person_id"`
	Offered  work.Minutes  `json:"offered"`
	Carried  work.Minutes  `json:"carried" doc:"Now, for others"`
	Planned  work.Minutes  `json:"planned"`
	Stretch  int           `json:"stretch_tasks" doc:"Beyond what they can do now, with those they carry already"`
	Most     *int          `json:"stretch_limit" doc:"How many of those they take at a time"`
}

// A Proposal is what to do with one task.
type Proposal struct {
	Task     string               `json:"task"`
	TaskID   work.TaskID          `json:"task_id"`
	PartOf   work.TaskID          `json:"part_of,omitempty" doc:"It goes where that task goes"`
	Person   *string              `json:"person" doc:"null where it stays, or goes to nobody"`
	PersonID *work.PersonID       `json:"person_id"`
	Verdict  work.Verdict         `json:"verdict"`
	Kind     *work.DelegationKind `json:"kind"`
	Level    *work.Level          `json:"level"`
	Hours    float64              `json:"hours_per_week"`
	Value    int64                `json:"value" doc:"Minutes of your week, or what is worth as much; 0 where it stays"`
	Points   []Term               `json:"points" doc:"What the value is made of"`
	Reasons  []string             `json:"reasons"`
	RunnerUp *Alternative         `json:"runner_up"`
	Safest   *Option              `json:"safest,omitempty"`
	Growing  *Option              `json:"most_growing,omitempty"`
	Change   *Change              `json:"change,omitempty" doc:"What would send it elsewhere"`
	Over     bool                 `json:"over_capacity,omitempty" doc:"It stays although your week is full"`
	Held     bool                 `json:"held,omitempty" doc:"Offered, drafted or carried already"`
	Stretch  bool                 `json:"stretch,omitempty" doc:"Beyond what the person can do now"`
	Stayed   bool                 `json:"stayed,omitempty" doc:"With whoever had it in the plan before"`
}

// A Term of a value.
type Term struct {
	Term   string `json:"term"`
	Points int64  `json:"points"`
	Words  string `json:"words"`
}

// An Alternative is the best other choice.
type Alternative struct {
	Person   *string        `json:"person" doc:"null: it would stay"`
	PersonID *work.PersonID `json:"person_id"`
	Cost     int64          `json:"cost" doc:"How much less the whole plan would be worth"`
	Lacked   string         `json:"lacked"`
}

// An Option is one way to hand a task over.
type Option struct {
	Person   string        `json:"person"`
	PersonID work.PersonID `json:"person_id"`
	Level    work.Level    `json:"level"`
	Value    int64         `json:"value"`
	Words    string        `json:"words"`
	Room     bool          `json:"room" doc:"They have the minutes in this plan"`
}

// A Change is one thing that, were it so, would send the task elsewhere.
type Change struct {
	Words    string         `json:"words"`
	Person   *string        `json:"person" doc:"Who would have it then; null: you"`
	PersonID *work.PersonID `json:"person_id"`
}

// An Explanation is everything about one task of the plan.
type Explanation struct {
	Proposal Proposal    `json:"proposal"`
	Move     *Move       `json:"move,omitempty" doc:"Where it is with somebody else than in the plan before"`
	Choices  []Candidate `json:"choices" doc:"Everybody you know of, the most valuable first"`
}

// A Candidate is somebody having the task.
type Candidate struct {
	Person   string              `json:"person"`
	PersonID work.PersonID       `json:"person_id"`
	Out      string              `json:"out,omitempty" doc:"The rule by which they cannot have it"`
	Kind     work.DelegationKind `json:"kind,omitempty"`
	Level    work.Level          `json:"level,omitempty"`
	Value    int64               `json:"value"`
	Points   []Term              `json:"points,omitempty"`
	Support  work.Minutes        `json:"support,omitempty" doc:"Minutes of your help a week"`
	Once     work.Minutes        `json:"briefing,omitempty" doc:"Minutes of briefing and training, once"`
}

func view(in AskPlan, currency string, p *plan.Plan) Plan {
	v := Plan{
		Moves: []Move{}, Stayed: p.Stayed, Moving: p.Moving, MovePrice: in.Price.Value(), AsWas: p.Choices, Proposals: []Proposal{}, Passings: []Passing{}, Value: p.Value, Bound: p.Bound, Evenness: p.Evenness, Freed: hours(p.Freed), Payback: p.Payback,
		Support: hours(p.Support), Briefing: hours(p.Briefing), Mine: hours(p.Mine), Over: hours(p.Over), Grow: in.Grow.Value(),
		Loads: []PersonLoad{}, HourPrice: p.HourPrice, Currency: currency, Assumed: p.Assumed,
	}
	for i := range p.Proposals {
		v.Proposals = append(v.Proposals, proposal(&p.Proposals[i]))
	}
	for i := range p.Moves {
		v.Moves = append(v.Moves, move(&p.Moves[i]))
	}
	for i := range p.Passings {
		v.Passings = append(v.Passings, passing(&p.Passings[i]))
	}
	for _, l := range p.Loads {
		v.Loads = append(v.Loads, PersonLoad{l.Name, l.Person, l.Offered, l.Carried, l.Planned, l.Stretch, l.Most})
	}
	return v
}

func move(m *plan.Move) Move {
	v := Move{Task: m.Task.Title, TaskID: m.Task.ID, Verdict: m.Verdict, Cause: m.Cause, Gain: m.Gain, Reason: m.Reason}
	v.From, v.FromID = called(m.From)
	v.To, v.ToID = called(m.To)
	return v
}

func passing(p *plan.Passing) Passing {
	v := Passing{
		Delegation: p.Delegation, Task: p.Task.Title, TaskID: p.Task.ID, From: p.From.Name, FromID: p.From.ID, To: p.To.Name, ToID: p.To.ID,
		Hours: hours(p.Weekly), Gain: p.Gain, Points: terms(p.Points), Reasons: p.Reasons, Ask: p.Ask,
	}
	if p.Next != nil {
		v.Next, v.NextID = p.Next.Title, p.Next.ID
	}
	return v
}

// hours rounds to a hundredth of an hour.
func hours(m work.Minutes) float64 { return float64(int64(m)*100/60) / 100 }

func proposal(p *plan.Proposal) Proposal {
	v := Proposal{
		Task: p.Task.Title, TaskID: p.Task.ID, PartOf: p.PartOf, Verdict: p.Verdict, Hours: hours(p.Weekly), Value: p.Value,
		Points: terms(p.Points), Reasons: p.Reasons, Over: p.Over, Held: p.Held, Stretch: p.Stretch, Stayed: p.Stayed, Safest: option(p.Safest), Growing: option(p.MostGrowing),
	}
	v.Person, v.PersonID = called(p.Person)
	if p.Person != nil {
		v.Kind, v.Level = &p.Kind, &p.Level
	}
	if r := p.RunnerUp; r != nil {
		v.RunnerUp = &Alternative{Cost: r.Cost, Lacked: r.Lacked}
		v.RunnerUp.Person, v.RunnerUp.PersonID = called(r.Person)
	}
	if c := p.Change; c != nil {
		v.Change = &Change{Words: c.Words}
		v.Change.Person, v.Change.PersonID = called(c.To)
	}
	return v
}

func called(p *work.Person) (*string, *work.PersonID) {
	if p == nil {
		return nil, nil
	}
	return &p.Name, &p.ID
}

func terms(list []plan.Term) []Term {
	out := make([]Term, len(list))
	for i, t := range list {
		out[i] = Term{t.Name, t.Points, t.Words}
	}
	return out
}

func option(o *plan.Option) *Option {
	if o == nil {
		return nil
	}
	return &Option{o.Person.Name, o.Person.ID, o.Level, o.Value, o.Words, o.Room}
}

func explanation(e *plan.Explanation) Explanation {
	v := Explanation{Proposal: proposal(&e.Proposal), Choices: []Candidate{}}
	if e.Move != nil {
		m := move(e.Move)
		v.Move = &m
	}
	for _, c := range e.Choices {
		v.Choices = append(v.Choices, Candidate{
			Person: c.Person.Name, PersonID: c.Person.ID, Out: c.Out, Kind: c.Kind, Level: c.Level, Value: c.Value,
			Points: terms(c.Points), Support: c.Support, Once: c.Once,
		})
	}
	return v
}
