package plan

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"baton/internal/learn"
	"baton/internal/work"
	"baton/match"
)

// anyInput draws a small plate and team from a few words, so that skills,
// wishes and titles meet often.
func anyInput(t *rapid.T, tasks, people int) Input {
	subject := rapid.SampledFrom([]string{"rota", "supplies", "invoices", "newsletter", "project", "cleaning", "hiring", "nothing"})
	in := Input{
		Me: 1, Currency: "USD", Grow: rapid.SampledFrom([]int{0, 25, 50, 100}).Draw(t, "grow"),
		Capacity: work.Minutes(rapid.SampledFrom([]int{0, 60, 300, 2400}).Draw(t, "capacity")), HourPrice: work.Money(rapid.IntRange(0, 9000).Draw(t, "price")),
	}
	in.Today = today
	for i := range rapid.IntRange(0, people).Draw(t, "people") {
		p := &work.Person{
			ID: work.PersonID(i + 2), Name: fmt.Sprint("P", i), Kind: rapid.SampledFrom([]work.PersonKind{work.Teammate, work.Teammate, work.Provider, work.Family}).Draw(t, "kind"),
			Released: work.Minutes(rapid.IntRange(0, 300).Draw(t, "hours")), HourCost: work.Money(rapid.IntRange(0, 6000).Draw(t, "cost")),
		}
		for range rapid.IntRange(0, 2).Draw(t, "skills") {
			p.Skills = append(p.Skills, work.Skill{Name: subject.Draw(t, "skill"), Level: rapid.IntRange(1, 5).Draw(t, "level")})
		}
		if rapid.Bool().Draw(t, "wants") {
			p.Wishes = []string{subject.Draw(t, "wish")}
		}
		in.People = append(in.People, Candidate{
			Person: p, Carried: work.Minutes(rapid.IntRange(0, 60).Draw(t, "carried")),
			Less: rapid.SliceOfN(subject, 0, 1).Draw(t, "less"), Next: map[string]learn.Next{"appointments": {Level: work.Level(rapid.IntRange(0, 7).Draw(t, "next")), Cause: "As before."}},
		})
	}
	mark := func(low, high int) work.Mark { return work.Mark{Value: rapid.IntRange(low, high).Draw(t, "mark")} }
	for i := range rapid.IntRange(0, tasks).Draw(t, "tasks") {
		in.Lines = append(in.Lines, Line{
			Task: &work.Task{
				ID: work.TaskID(100 + i), State: work.TaskOpen, Kind: work.PlainTask, Title: "See to the " + subject.Draw(t, "title"),
				Effort: work.Minutes(rapid.IntRange(0, 900).Draw(t, "effort")),
			},
			Area:    rapid.SampledFrom([]string{"", "Home", "Office"}).Draw(t, "area"),
			Marks:   work.Marks{NeedsMe: mark(0, 3), Matters: mark(0, 3), Grows: mark(0, 3), Energy: mark(-2, 2)},
			Verdict: rapid.SampledFrom([]work.Verdict{"", "", "", work.Keep, work.Assign, work.Delegate, work.Drop}).Draw(t, "verdict"),
		})
	}
	if most := rapid.IntRange(-1, 3).Draw(t, "stretch tasks at a time"); most >= 0 {
		in.Stretch = &most
	}
	for i := range in.People {
		for range rapid.IntRange(0, 2).Draw(t, "carries") {
			in.People[i].Carries = append(in.People[i].Carries, Line{Task: &work.Task{ID: work.TaskID(900 + i), State: work.TaskOpen, Title: "Go on with the " + subject.Draw(t, "going on")}})
		}
		if most := rapid.IntRange(-3, 2).Draw(t, "own limit"); most >= 0 {
			p := *in.People[i].Person
			p.Stretch, in.People[i].Person = &most, &p
		}
	}
	in.MovePrice = work.Minutes(rapid.SampledFrom([]int{0, 1, 15, 60}).Draw(t, "move price"))
	return in
}

// anyBefore draws a plan before, good or not, in which most tasks have
// somebody.
func anyBefore(t *rapid.T, in Input) (was []Choice) {
	who := []work.PersonID{in.Me}
	for _, c := range in.People {
		who = append(who, c.ID)
	}
	for _, l := range in.Lines {
		if rapid.IntRange(0, 4).Draw(t, "new") > 0 {
			was = append(was, Choice{l.Task.ID, rapid.SampledFrom(who).Draw(t, "had")})
		}
	}
	return was
}

func draw(t *rapid.T, in Input) *Plan {
	p, err := Make(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSameInputSamePlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t, 6, 4)
		if diff := cmp.Diff(draw(t, in), draw(t, in), cmpopts.EquateComparable(work.Task{}.Rule, work.Task{}.Due)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestPlanKeepsItsPromises: never over anybody's hours, no forbidden pair,
// value within the bound, a proposal for each line, verdicts obeyed, and the
// engine's checker agrees.
func TestPlanKeepsItsPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t, 8, 5)
		in.Was = anyBefore(t, in)
		if len(in.Lines) > 0 && len(in.People) > 0 {
			in.Forbids = []Choice{{rapid.SampledFrom(in.Lines).Draw(t, "line").Task.ID, rapid.SampledFrom(in.People).Draw(t, "person").ID}}
		}
		p := draw(t, in)
		if len(p.Proposals) != len(in.Lines) || p.Value > p.Bound {
			t.Fatalf("%d proposals for %d lines, value %d, bound %d", len(p.Proposals), len(in.Lines), p.Value, p.Bound)
		}
		used, sum := map[work.PersonID]int64{}, int64(0)
		for i, one := range p.Proposals {
			sum += one.Value
			if one.Person == nil {
				continue
			}
			used[one.Person.ID] += max(int64(one.Weekly), 1)
			if slices.Contains(in.Forbids, Choice{one.Task.ID, one.Person.ID}) {
				t.Fatalf("a forbidden pair: %s, %s", one.Task.Title, one.Person.Name)
			}
			if v := in.Lines[i].Verdict; v == work.Keep || v == work.Drop {
				t.Fatalf("%s goes to %s although the verdict is %s", one.Task.Title, one.Person.Name, v)
			}
		}
		if sum-p.Evenness-p.Moving != p.Value {
			t.Fatalf("the proposals are worth %d less %d and %d, the plan %d", sum, p.Evenness, p.Moving, p.Value)
		}
		for _, c := range in.People {
			if used[c.ID] > int64(c.Room()) {
				t.Fatalf("%s would carry %d of %d", c.Name, used[c.ID], c.Room())
			}
		}
		d, err := newDesk(in)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.solve(context.Background()); err != nil {
			t.Fatal(err)
		}
		problem, err := d.problem()
		if err != nil {
			t.Fatal(err)
		}
		if err := match.Check(problem, d.solution); err != nil {
			t.Fatal(err)
		}
	})
}

// TestRelabelling gives other ids and names and another order of people: the
// plan is worth the same.
func TestRelabelling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t, 7, 5)
		other := in
		other.People, other.Lines = slices.Clone(in.People), slices.Clone(in.Lines)
		for i := range other.People {
			p := *in.People[i].Person
			p.ID, p.Name = work.PersonID(1000-i), fmt.Sprint("Z", 9-i)
			other.People[i].Person = &p
		}
		for i := range other.Lines {
			task := *in.Lines[i].Task
			task.ID = work.TaskID(5000 - i)
			other.Lines[i].Task = &task
		}
		slices.Reverse(other.People)
		slices.Reverse(other.Lines)
		if a, b := draw(t, in), draw(t, other); a.Value != b.Value || a.Bound != b.Bound {
			t.Fatalf("worth %d (%d), relabelled %d (%d)", a.Value, a.Bound, b.Value, b.Bound)
		}
	})
}

// TestMoreHoursNeverHurt gives one person, or the leader, more hours.
func TestMoreHoursNeverHurt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t, 7, 4)
		before := draw(t, in).Value
		if len(in.People) == 0 || rapid.Bool().Draw(t, "the leader") {
			in.Capacity += 120
		} else {
			i := rapid.IntRange(0, len(in.People)-1).Draw(t, "who")
			p := *in.People[i].Person
			p.Released += 120
			in.People = slices.Clone(in.People)
			in.People[i].Person = &p
		}
		if after := draw(t, in).Value; after < before {
			t.Fatalf("worth %d, with more hours %d", before, after)
		}
	})
}

// TestTinyTeams tries every plan there is.
func TestTinyTeams(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t, 5, 3)
		in.Was = anyBefore(t, in)
		d, err := newDesk(in)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.solve(context.Background()); err != nil {
			t.Fatal(err)
		}
		p, err := d.problem()
		if err != nil {
			t.Fatal(err)
		}
		if best := bruteForce(p); best != d.solution.Value {
			t.Fatalf("the plan is worth %d, the best %d", d.solution.Value, best)
		}
	})
}

// bruteForce is what the best of all plans is worth.
func bruteForce(p *match.Problem) int64 {
	best, first := int64(0), true
	used, stretches := make([]int64, p.People()), make([]int, p.People())
	had := func(t, i int) int64 {
		if p.Previous[t] == match.Nobody || p.Previous[t] == i {
			return 0
		}
		return p.SwitchCost
	}
	var try func(t int, value int64)
	try = func(t int, value int64) {
		if t == p.Tasks() {
			for i, load := range used {
				value -= penalty(p, i, load)
			}
			if first || value > best {
				best, first = value, false
			}
			return
		}
		if p.Leave[t] != match.MustDo {
			try(t+1, value+p.Leave[t]-had(t, match.Nobody))
		}
		for e := p.Start[t]; e < p.Start[t+1]; e++ {
			i := p.Person[e]
			if p.Forbidden[e] || p.Pinned[t] != match.Nobody && p.Pinned[t] != i || used[i]+p.Effort[e] > p.Capacity[i] {
				continue
			}
			stretch := 0
			if p.Stretch[e] {
				stretch = 1
			}
			if p.MaxStretch[i] != match.NoLimit && stretches[i]+stretch > p.MaxStretch[i] {
				continue
			}
			used[i], stretches[i] = used[i]+p.Effort[e], stretches[i]+stretch
			try(t+1, value+p.Value[e]-had(t, i))
			used[i], stretches[i] = used[i]-p.Effort[e], stretches[i]-stretch
		}
	}
	try(0, 0)
	return best
}

func penalty(p *match.Problem, person int, load int64) int64 {
	sum := int64(0)
	for _, s := range p.Load.Steps {
		sum += s.Price * max(0, load-p.Capacity[person]*int64(s.Percent)/100)
	}
	return (sum + 999) / 1000
}
