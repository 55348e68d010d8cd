package plan

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"baton/internal/ical"
	"baton/internal/learn"
	"baton/internal/work"
)

// running is standing work of two hours a week at level 2, carried by the
// first person for long enough to be proven.
func running(t *testing.T, people ...string) Input {
	t.Helper()
	in := plate{tasks: []string{"Work | Count the stock | | every friday | 120 |", "Work | Talk to the suppliers | | every friday | 60 |"}, people: people}.input(t)
	in.Lines[0].Task.Skills = []work.Skill{{Name: "inventory", Level: 2}}
	in.Lines[1].Task.Skills = []work.Skill{{Name: "inventory", Level: 5}}
	in.Standing = []Standing{{Delegation: 7, Task: in.Lines[0].Task, Person: 2, Clean: 12}}
	in.Lines = in.Lines[1:]
	in.Grow = 75
	return in
}

const outgrew, learner = "Ben | teammate | 5 | | inventory:4 | |", "Ana | teammate | 5 | | inventory:1 | |"

// TestOutgrownWorkIsPassedOn holds the proposal against hand-made cases.
func TestOutgrownWorkIsPassedOn(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(in *Input)
		people []string
		want   string // "" for none
	}{
		{"a step beyond somebody with room", nil, []string{outgrew, learner}, "Ana"},
		{"who wants to grow in it comes first", nil, []string{outgrew, learner, "Cem | teammate | 5 | | inventory:1 | inventory |"}, "Cem"},
		{"not proven yet", func(in *Input) { in.Standing[0].Clean = 1 }, []string{outgrew, learner}, ""},
		{"a good look back is a proof", func(in *Input) {
			in.Standing[0].Clean = 0
			in.People[1].Next = map[string]learn.Next{"inventory": {Good: 2}}
		}, []string{outgrew, learner}, "Ana"},
		{"a poor look back is none", func(in *Input) { in.People[1].Next = map[string]learn.Next{"inventory": {Good: -1}} }, []string{outgrew, learner}, ""},
		{"just able, and little shown", func(in *Input) { in.Standing[0].Clean = 4 }, []string{"Ben | teammate | 5 | | inventory:2 | |", learner}, ""},
		{"said no, or something is under way", func(in *Input) { in.Standing[0].Settled = true }, []string{outgrew, learner}, ""},
		{"only the leader can do it", func(in *Input) { in.Standing[0].Marks.NeedsMe.Value = 3 }, []string{outgrew, learner}, ""},
		{"a provider is paid for what they master", nil, []string{strings.Replace(outgrew, "teammate", "provider", 1), learner}, ""},
		{"a provider is not asked to grow", nil, []string{outgrew, strings.Replace(learner, "teammate", "provider", 1)}, ""},
		{"no hours left", nil, []string{outgrew, strings.Replace(learner, "| 5 |", "| 1 |", 1)}, ""},
		{"takes no stretch tasks", func(in *Input) { in.People[2].Stretch = limited(0) }, []string{outgrew, learner}, ""},
		{"as many stretch tasks as they take", func(in *Input) {
			in.Stretch, in.People[2].Carries = limited(1), []Line{{Task: &work.Task{ID: 9, Title: "Count the till", Skills: []work.Skill{{Name: "inventory", Level: 3}}}}}
		}, []string{outgrew, learner}, ""},
		{"one stretch task more", func(in *Input) { in.Stretch = limited(1) }, []string{outgrew, learner}, "Ana"},
		{"ruled out", func(in *Input) { in.Standing[0].Task.Credentials = []string{"forklift"} }, []string{outgrew, learner}, ""},
		{"who wants to lighten their load lets it run", func(in *Input) { in.Grow = 49 }, []string{outgrew, learner}, ""},
		{"they like it, and there is nothing better", func(in *Input) {
			in.People[1].Interests, in.Lines = []string{"inventory"}, nil
		}, []string{outgrew, learner}, ""},
		{"they like it, and there is more of it", func(in *Input) { in.People[1].Interests = []string{"inventory"} }, []string{outgrew, learner}, "Ana"},
		{"too small to be worth a change", func(in *Input) { in.Standing[0].Task.Effort = 10 }, []string{outgrew, learner}, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			in := running(t, row.people...)
			if row.change != nil {
				row.change(&in)
			}
			got := ""
			for _, p := range mustMake(t, in).Passings {
				got += p.To.Name
			}
			if got != row.want {
				t.Errorf("passed on to %q, want %q", got, row.want)
			}
		})
	}
}

// TestAPassingSaysWhyAndAsks: the reasons are the leader's; what the holder is
// asked speaks of nobody's level.
func TestAPassingSaysWhyAndAsks(t *testing.T) {
	p := mustMake(t, running(t, outgrew, learner)).Passings[0]
	want := []string{
		"Ben has outgrown it: inventory at level 4, and it needs 2; 12 times in a row went well without a note.",
		"Ana would grow by it: it is beyond what they do now.",
		"Ben can show Ana how, so that fewer questions come to you.",
		"Ben could have “Talk to the suppliers” instead, which asks more.",
	}
	if diff := cmp.Diff(want, p.Reasons); diff != "" {
		t.Error(diff)
	}
	if p.Next == nil || strings.Contains(p.Ask, "level") || !strings.Contains(p.Ask, "If you agree") {
		t.Errorf("next %v, ask %q", p.Next, p.Ask)
	}
	var sum int64
	for _, term := range p.Points {
		sum += term.Points
	}
	if sum != p.Gain {
		t.Errorf("the points add up to %d, not %d", sum, p.Gain)
	}
}

// TestWhoPassedItOnIsNotAskedAgain unless pinned by hand.
func TestWhoPassedItOnIsNotAskedAgain(t *testing.T) {
	in := running(t, outgrew)
	in.Lines, in.Standing = []Line{{Task: in.Standing[0].Task, Before: 2}}, nil
	if p := mustMake(t, in).Proposals[0]; p.Person != nil {
		t.Errorf("it goes to %s again", p.Person.Name)
	}
	in.Pins = []Choice{{in.Lines[0].Task.ID, 2}}
	if p := mustMake(t, in).Proposals[0]; p.Person == nil {
		t.Error("a pin is not obeyed")
	}
}

// TestPassingsKeepTheirPromises: nothing settled or unproven is passed on, to
// nobody without hours or ruled out, to and from each at most once, for more
// than its price, and the same input gives the same.
func TestPassingsKeepTheirPromises(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t, 6, 5)
		in.Grow, in.Stretch = rapid.SampledFrom([]int{25, 75, 100}).Draw(t, "growing"), nil
		for i := range rapid.IntRange(2, 7).Draw(t, "standing") {
			if len(in.People) == 0 {
				break
			}
			s := Standing{
				Delegation: work.DelegationID(i + 1), Clean: rapid.SampledFrom([]int{1, 30, 30}).Draw(t, "clean"), Settled: rapid.IntRange(0, 3).Draw(t, "settled") == 0,
				Person: in.People[rapid.IntRange(0, len(in.People)-1).Draw(t, "holder")].ID,
			}
			need := "rota"
			s.Task = &work.Task{ID: work.TaskID(500 + i), State: work.TaskOpen, Title: "Standing work", Effort: 120, Rule: ical.MustRule("FREQ=WEEKLY"), Skills: []work.Skill{{Name: need, Level: rapid.IntRange(1, 3).Draw(t, "level")}}}
			in.Standing = append(in.Standing, s)
		}
		for i := range in.People { // who could carry it, or has
			in.People[i].Skills = append(in.People[i].Skills, work.Skill{Name: "rota", Level: rapid.IntRange(1, 5).Draw(t, "rota")})
			in.People[i].Released, in.People[i].Stretch = in.People[i].Released+480, nil
		}
		p := draw(t, in)
		again, err := Make(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p.Passings, again.Passings, cmpopts.EquateComparable(work.Task{}.Rule, work.Task{}.Due)); diff != "" {
			t.Fatal(diff)
		}
		seen := map[work.PersonID]bool{}
		for _, one := range p.Passings {
			found++
			s := in.Standing[one.Delegation-1]
			to := in.People[slices.IndexFunc(in.People, func(c Candidate) bool { return c.ID == one.To.ID })]
			used := int64(one.Weekly)
			for _, q := range p.Proposals {
				if q.Person != nil && q.Person.ID == to.ID && q.PartOf == 0 {
					used += int64(q.Weekly)
				}
			}
			switch {
			case in.Grow < 50, s.Settled, s.Clean < 2:
				t.Fatalf("%+v is passed on at %d", s, in.Grow)
			case one.Gain <= 0 || !slices.ContainsFunc(one.Points, func(x Term) bool { return x.Name == "changing" && x.Points < 0 }):
				t.Fatalf("it is worth %d, after %v", one.Gain, one.Points)
			case seen[one.From.ID] || seen[one.To.ID] || one.From.ID == one.To.ID || one.From.ID != s.Person:
				t.Fatalf("from %s to %s", one.From.Name, one.To.Name)
			case to.Kind != work.Teammate && to.Kind != work.Family:
				t.Fatalf("%s is asked to grow", to.Kind)
			case used > int64(to.Room()):
				t.Fatalf("%s would carry %d of %d", to.Name, used, to.Room())
			}
			seen[one.From.ID], seen[one.To.ID] = true, true
		}
	})
	t.Logf("%d passings", found)
	if found == 0 {
		t.Error("no drawn plate passes anything on: the test shows nothing")
	}
}
