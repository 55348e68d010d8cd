// Package plans holds the operations on the plan: who should have which task.
// What it says about people is the giver's alone to see, and is never stored.
package plans

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"baton/internal/app"
	"baton/internal/app/beliefs"
	"baton/internal/app/delegations"
	"baton/internal/app/tasks"
	"baton/internal/learn"
	"baton/internal/plan"
	"baton/internal/store"
	"baton/internal/work"
)

// Operations lists what can be done with the plan.
func Operations() []app.Operation { return []app.Operation{Show, Explain, Draft, PassOn} }

// AskPlan is where the slider stands and what is settled beforehand.
type AskPlan struct {
	Grow   Slider  `query:"grow" json:"-" doc:"0 lighten my load … 100 grow my people; 50 unless said"`
	Pin    Choices `query:"pin" json:"-" doc:"Tasks that have to go to a person, by number: 12:3,14:5"`
	Forbid Choices `query:"forbid" json:"-" doc:"Tasks that may not go to a person, by number: 12:3,14:5"`
	Was    Choices `query:"was" json:"-" doc:"The plan before, as its as_was says: what it gave to somebody moves only where that is worth move_price. What is done, on its way or gone since counts for nothing"`
	Price  Price   `query:"move_price" json:"-" doc:"What the plan has to gain by each task it takes from whoever had it in the plan before, in minutes of your week; 15 unless said"`
}

// A Price is what moving a task costs, in minutes of the leader's week.
type Price struct {
	set   bool
	value work.Minutes
}

// Of returns a price that was said.
func Of(value work.Minutes) Price { return Price{true, value} }

// Value is the price, plan.MovePrice unless said.
func (p Price) Value() work.Minutes {
	if !p.set {
		return plan.MovePrice
	}
	return p.value
}

// Said reports whether the price is not just what it is for everybody.
func (p Price) Said() bool { return p.set && p.value != plan.MovePrice }

// MarshalText renders the price.
func (p Price) MarshalText() ([]byte, error) {
	return strconv.AppendInt(nil, int64(p.Value()), 10), nil
}

// UnmarshalText reads a whole number of minutes.
func (p *Price) UnmarshalText(text []byte) error {
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil || n < 0 || n > int64(plan.MostMovePrice) {
		return fmt.Errorf("what moving a task costs is a whole number of minutes from 0 to %d, not %q", plan.MostMovePrice, text)
	}
	*p = Of(work.Minutes(n))
	return nil
}

// A Slider goes from 0, lighten my load, to 100, grow my people.
type Slider struct {
	set   bool
	value int
}

// At returns a slider that stands at a value.
func At(value int) Slider { return Slider{true, value} }

// Value is where the slider stands, in the middle unless said.
func (s Slider) Value() int {
	if !s.set {
		return 50
	}
	return s.value
}

// MarshalText renders where the slider stands.
func (s Slider) MarshalText() ([]byte, error) {
	return strconv.AppendInt(nil, int64(s.Value()), 10), nil
}

// UnmarshalText reads a whole number from 0 to 100.
func (s *Slider) UnmarshalText(text []byte) error {
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 0 || n > 100 {
		return fmt.Errorf("the slider is a whole number from 0 to 100, not %q", text)
	}
	*s = At(n)
	return nil
}

// Choices are pairs of a task and a person, by number.
type Choices []plan.Choice

// MarshalText renders the pairs as UnmarshalText reads them.
func (c Choices) MarshalText() ([]byte, error) {
	pairs := make([]string, len(c))
	for i, p := range c {
		pairs[i] = fmt.Sprintf("%d:%d", p.Task, p.Person)
	}
	return []byte(strings.Join(pairs, ",")), nil
}

// UnmarshalText reads "12:3,14:5".
func (c *Choices) UnmarshalText(text []byte) error {
	*c = nil
	for one := range strings.SplitSeq(string(text), ",") {
		if one == "" {
			continue
		}
		task, person, ok := strings.Cut(one, ":")
		t, errTask := strconv.ParseInt(task, 10, 64)
		p, errPerson := strconv.ParseInt(person, 10, 64)
		if !ok || errTask != nil || errPerson != nil {
			return fmt.Errorf("%q is not a task and a person; write their numbers like 12:3", one)
		}
		*c = append(*c, plan.Choice{Task: work.TaskID(t), Person: work.PersonID(p)})
	}
	return nil
}

// Query is how the plan is asked for in an address.
func (in AskPlan) Query() url.Values {
	q := url.Values{"grow": {strconv.Itoa(in.Grow.Value())}}
	for name, list := range map[string]Choices{"pin": in.Pin, "forbid": in.Forbid, "was": in.Was} {
		if text, _ := list.MarshalText(); len(text) > 0 { // never fails
			q.Set(name, string(text))
		}
	}
	if in.Price.Said() {
		q.Set("move_price", strconv.FormatInt(int64(in.Price.Value()), 10))
	}
	return q
}

// Show plans the actor's plate.
var Show = app.Read(app.Describe{
	Name: "plan.show", Method: "GET", Path: "plan", Who: app.AnyMember, Summary: "See who should have which of your tasks, and why.",
}, func(ctx context.Context, tx *app.Tx, in AskPlan) (Plan, error) {
	made, err := in.make(ctx, tx)
	if err != nil {
		return Plan{}, err
	}
	return view(in, tx.Workspace().Currency, made), nil
})

// AskExplanation names one task of the plan.
type AskExplanation struct {
	Task work.TaskID `path:"task" json:"-"`
	AskPlan
}

// Explain says everything about one task of the plan: what every choice is
// worth, by term, and who is out by which rule.
var Explain = app.Read(app.Describe{
	Name: "plan.explain", Method: "GET", Path: "plan/{task}", Who: app.AnyMember, Summary: "See for one task what every choice is worth, and what would change the plan.",
}, func(ctx context.Context, tx *app.Tx, in AskExplanation) (Explanation, error) {
	input, err := in.input(ctx, tx)
	if err != nil {
		return Explanation{}, err
	}
	e, err := plan.Explain(ctx, input, in.Task)
	if err != nil {
		return Explanation{}, err
	}
	return explanation(e), nil
})

func (in AskPlan) make(ctx context.Context, tx *app.Tx) (*plan.Plan, error) {
	input, err := in.input(ctx, tx)
	if err != nil {
		return nil, err
	}
	return plan.Make(ctx, input)
}

// input loads all that a plan rests on.
func (in AskPlan) input(ctx context.Context, tx *app.Tx) (plan.Input, error) {
	w := tx.Workspace()
	out := plan.Input{
		Me: tx.Me.Person, Currency: w.Currency, Today: tx.Today(), Household: w.Kind == "household",
		Grow: in.Grow.Value(), Pins: in.Pin, Forbids: in.Forbid, Was: in.Was, MovePrice: in.Price.Value(),
	}
	scored, err := tasks.Scored(ctx, tx)
	if err != nil {
		return out, err
	}
	me, err := tx.Member(ctx, tx.Me.Person)
	if err != nil {
		return out, err
	}
	out.Capacity, out.HourPrice = me.Capacity, me.HourPrice
	all, err := tx.Delegations(ctx, store.DelegationFilter{Party: tx.Me.Person})
	if err != nil {
		return out, err
	}
	if out.Lines, err = lines(ctx, tx, scored, all); err != nil {
		return out, err
	}
	if out.Standing, err = standing(ctx, tx, all); err != nil {
		return out, err
	}
	people, err := tx.People(ctx, tx.Me.Person)
	if err != nil {
		return out, err
	}
	loads, err := tx.Loads(ctx, tx.Today())
	if err != nil {
		return out, err
	}
	if out.People, err = candidates(ctx, tx, people, loads); err != nil {
		return out, err
	}
	out.Stretch = &w.Stretch
	return out, carried(ctx, tx, out.People)
}

// carried adds to those who are to grow what they carry for anybody, so that
// its stretch tasks can be counted. Of what others gave only the number tells.
func carried(ctx context.Context, tx *app.Tx, people []plan.Candidate) error {
	all, err := tx.HandedOver(ctx)
	if err != nil {
		return err
	}
	by := map[work.PersonID]*plan.Candidate{}
	for i := range people {
		if plan.Grows(&people[i]) && !people[i].Gone(tx.Today()) {
			by[people[i].ID] = &people[i]
		}
	}
	all = slices.DeleteFunc(all, func(t work.Task) bool { return by[t.Carrier] == nil })
	scored, err := tasks.ScoredOf(ctx, tx, all)
	if err != nil {
		return err
	}
	for i := range scored {
		p := by[all[i].Carrier]
		p.Carries = append(p.Carries, plan.Line{Task: scored[i].Task, Marks: scored[i].Marks})
	}
	return nil
}

// candidates are people as choices see them, with what was learned of them.
func candidates(ctx context.Context, tx *app.Tx, people []work.Person, loads map[work.PersonID]work.Minutes) ([]plan.Candidate, error) {
	known, err := tx.Known(ctx)
	if err != nil {
		return nil, err
	}
	nexts, err := delegations.Nexts(ctx, tx, 0)
	if err != nil {
		return nil, err
	}
	tired, err := beliefs.Tired(ctx, tx, 0)
	if err != nil {
		return nil, err
	}
	out := make([]plan.Candidate, len(people))
	for i := range people {
		p := &people[i]
		out[i] = plan.Candidate{Person: learn.Apply(p, known[p.ID], tx.Now), Carried: loads[p.ID], Next: nexts[p.ID], Shown: map[string]string{}}
		for _, k := range known[p.ID] {
			out[i].Shown[strings.ToLower(k.Skill)] = k.Words(k.Now(p.SkillLevel(k.Skill), tx.Now))
		}
		for _, l := range tired {
			if l.About == p.ID {
				out[i].Less = append(out[i].Less, l.Subject)
			}
		}
	}
	return out, nil
}

// lines are the tasks of the plate with the actor's verdicts, and what is
// offered or carried already.
func lines(ctx context.Context, tx *app.Tx, scored []work.LetGo, all []*work.Delegation) ([]plan.Line, error) {
	verdicts, err := tx.Verdicts(ctx, tx.Me.Person)
	if err != nil {
		return nil, err
	}
	areas, err := tx.Areas(ctx, tx.Me.Person)
	if err != nil {
		return nil, err
	}
	names := map[work.AreaID]string{}
	for _, a := range areas {
		names[a.ID] = a.Name
	}
	held, before := holds(tx, all), predecessors(tx, all)
	out := make([]plan.Line, len(scored))
	for i, l := range scored {
		out[i] = plan.Line{Task: l.Task, Area: names[l.Task.Area], Marks: l.Marks, Verdict: verdicts[l.Task.ID].Verdict, Held: held[l.Task.ID], Before: before[l.Task.ID]}
	}
	return out, nil
}

// holds finds the tasks of the actor that a delegation holds already.
func holds(tx *app.Tx, all []*work.Delegation) map[work.TaskID]*plan.Held {
	out := map[work.TaskID]*plan.Held{}
	for _, d := range all {
		switch {
		case d.State == work.Active && d.Receiver == tx.Me.Person:
			out[d.Task] = &plan.Held{Person: tx.Me.Person, Kind: d.Kind, Words: "You carry it for " + d.Name(d.Giver) + "; hand it on if your authority allows."}
		case d.Giver != tx.Me.Person || d.Receiver == 0:
		case d.State == work.Offered:
			out[d.Task] = &plan.Held{Person: d.Receiver, Kind: d.Kind, Words: "It is offered to " + d.Name(d.Receiver) + "."}
		case d.State == work.Draft:
			out[d.Task] = &plan.Held{Person: d.Receiver, Kind: d.Kind, Words: "There is a draft for " + d.Name(d.Receiver) + "; complete it and offer it."}
		}
	}
	return out
}
