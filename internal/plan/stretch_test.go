package plan

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"baton/internal/work"
)

// TestNobodyIsStretchedTooFar: with what they have already, nobody gets more
// stretch tasks than they take, but by a pin; and each is one.
func TestNobodyIsStretchedTooFar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t, 8, 4)
		p := draw(t, in)
		got := map[work.PersonID]int{}
		for _, one := range p.Proposals {
			if one.Stretch {
				got[one.Person.ID]++
				if one.Person.Kind != work.Teammate && one.Person.Kind != work.Family {
					t.Fatalf("%s is stretched, a %s", one.Person.Name, one.Person.Kind)
				}
			}
		}
		for _, c := range in.People {
			most := c.Stretch
			if most == nil {
				most = in.Stretch
			}
			if most != nil && got[c.ID] > *most {
				t.Fatalf("%s gets %d stretch tasks and takes %d", c.Name, got[c.ID], *most)
			}
		}
		for _, l := range p.Loads {
			if l.Most != nil && got[l.Person] > 0 && l.Stretch > *l.Most {
				t.Fatalf("%s would have %d stretch tasks of %d", l.Name, l.Stretch, *l.Most)
			}
		}
	})
}

// TestALimitOnStretchNeverHelps: more stretch tasks at a time never make a plan
// worse, and a limit above all there is changes nothing.
func TestALimitOnStretchNeverHelps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t, 7, 4)
		for i := range in.People {
			p := *in.People[i].Person
			p.Stretch, in.People[i].Person = nil, &p
		}
		value := func(most *int) int64 {
			in.Stretch = most
			return draw(t, in).Value
		}
		few, all := rapid.IntRange(0, 3).Draw(t, "few"), 100
		more := few + 1
		if a, b, c := value(&few), value(&more), value(nil); a > b || b > c || value(&all) != c {
			t.Fatalf("with %d stretch tasks it is worth %d, with one more %d, without a limit %d", few, a, b, c)
		}
	})
}

// beginners are a team with a rota that nobody can build yet, three times.
func beginners(t *testing.T) Input {
	in := plate{
		tasks:  []string{"Work | Build the rota | | every friday | 60", "Work | Plan the shifts | | every monday | 60", "Work | Staff the counter | | every tuesday | 60"},
		people: []string{"Sam | teammate | 10 | | scheduling:2 | |", "Noa | teammate | 10 | | scheduling:2 | |"},
	}.input(t)
	in.Capacity = 0
	for i := range in.Lines {
		in.Lines[i].Task.Skills = []work.Skill{{Name: "scheduling", Level: 4}}
		in.Lines[i].Verdict = work.Assign
	}
	return in
}

func limited(n int) *int { return &n }

// TestTheStretchLimitSpreadsAndExplains: the third goes to the other, or stays,
// and the words say why.
func TestTheStretchLimitSpreadsAndExplains(t *testing.T) {
	sam := func(p *Plan) (n int) {
		for _, one := range p.Proposals {
			if one.Person != nil && one.Person.Name == "Sam" {
				n++
			}
		}
		return n
	}
	for name, c := range map[string]struct {
		change func(*Input)
		sam    int
		want   string // among reasons, runners-up and changes
	}{
		"no limit": {func(in *Input) { in.People = in.People[:2] }, 3, ""},
		"two at a time": {
			func(in *Input) { in.People, in.Stretch = in.People[:2], limited(2) }, 2,
			"Sam would grow by it. But Sam already carries two stretch tasks, the most at a time.",
		},
		"what would change it": {func(in *Input) { in.People, in.Stretch = in.People[:2], limited(2) }, 2, "If Sam took three stretch tasks at a time, it would go to Sam."},
		"their own limit":      {func(in *Input) { in.Stretch, in.People[1].Stretch = limited(2), limited(1) }, 1, ""},
		"none":                 {func(in *Input) { in.People, in.Stretch = in.People[:2], limited(0) }, 0, "Sam takes no stretch tasks."},
		"carried already": {func(in *Input) {
			in.People, in.Stretch = in.People[:2], limited(1)
			in.People[1].Carries = []Line{{Task: &work.Task{ID: 7, Title: "Weekend rota", Skills: []work.Skill{{Name: "scheduling", Level: 5}}}}}
		}, 0, "Sam already carries one stretch task."},
		"mastered already": {func(in *Input) {
			in.People, in.Stretch = in.People[:2], limited(1)
			in.People[1].Carries = []Line{{Task: &work.Task{ID: 7, Title: "Weekend rota", Skills: []work.Skill{{Name: "scheduling", Level: 1}}}}}
		}, 1, ""},
		"offered already": {func(in *Input) {
			in.People, in.Stretch = in.People[:2], limited(1)
			in.Lines[0].Held = &Held{Person: 2, Kind: work.Assignment, Words: "It is offered to Sam."}
		}, 1, "Sam already carries one stretch task."},
		"pinned": {func(in *Input) {
			in.People, in.Stretch = in.People[:2], limited(1)
			in.Pins = []Choice{{100, 2}, {101, 2}}
		}, 2, "That makes two stretch tasks for Sam, who takes 1 at a time."},
		"plain work": {func(in *Input) {
			in.People, in.Stretch = in.People[:2], limited(0)
			for i := range in.Lines {
				in.Lines[i].Task.Skills, in.Lines[i].Task.Title, in.Lines[i].Marks = nil, "Water the plants", work.Marks{Grows: work.Mark{Value: 1}}
			}
		}, 3, "It needs no special skill"},
		"a provider": {func(in *Input) {
			in.People, in.Stretch = in.People[:2], limited(0)
			in.People[1].Kind = work.Provider
		}, 3, ""},
	} {
		t.Run(name, func(t *testing.T) {
			in := beginners(t)
			c.change(&in)
			p := mustMake(t, in)
			var said []string
			for _, one := range p.Proposals {
				said = append(said, one.Reasons...)
				if one.RunnerUp != nil {
					said = append(said, one.RunnerUp.Lacked)
				}
				if one.Change != nil {
					said = append(said, one.Change.Words)
				}
			}
			if sam(p) != c.sam {
				t.Errorf("Sam has %d: %q", sam(p), said)
			}
			if c.want != "" && !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, c.want) }) {
				t.Errorf("%q does not say %q", said, c.want)
			}
		})
	}
}

// TestMovedForWantOfStretch: what somebody had moves when they take fewer
// stretch tasks.
func TestMovedForWantOfStretch(t *testing.T) {
	in := beginners(t)
	in.People[1].Stretch = limited(2)
	in.Was = []Choice{{100, 2}, {101, 2}, {102, 2}}
	p := mustMake(t, in)
	if len(p.Moves) != 1 || p.Moves[0].Cause != Stretched || p.Moves[0].Reason != "Sam already carries two stretch tasks, the most at a time." {
		t.Errorf("%+v", p.Moves)
	}
}
