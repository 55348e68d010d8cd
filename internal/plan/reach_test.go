package plan

import (
	"testing"

	"baton/internal/learn"
	"baton/internal/work"
)

// TestReach holds against hand-made cases whom growing asks: not who masters
// the work, but who is a step away, and before who has never done it; and nobody
// who is paid by the piece.
func TestReach(t *testing.T) {
	choose := func(grow int, people ...string) string {
		in := plate{tasks: []string{"Work | Build the rota | | every friday | 120 |"}, people: people}.input(t)
		in.Grow, in.Lines[0].Task.Skills = grow, []work.Skill{{Name: "scheduling", Level: 3}}
		p := mustMake(t, in).Proposals[0]
		var sum int64
		for _, term := range p.Points {
			sum += term.Points
		}
		if sum != p.Value {
			t.Errorf("the points add up to %d, not %d", sum, p.Value)
		}
		if p.Person == nil {
			return ""
		}
		return p.Person.Name
	}
	const master, step, novice = "Mia | teammate | 5 | | scheduling:5 | |", "Sam | teammate | 5 | | scheduling:2 | |", "Noa | teammate | 5 | | billing:4 | |"
	const paid = "Pam | provider | 5 | | scheduling:2 | |"
	for _, row := range []struct {
		grow   int
		people []string
		want   string
	}{
		{0, []string{master, step, novice}, "Mia"},
		{50, []string{master, step, novice}, "Mia"},
		{100, []string{master, step, novice}, "Sam"},
		{60, []string{master, novice}, "Mia"},
		{100, []string{step, novice}, "Sam"},
		{100, []string{master, paid}, "Mia"},
	} {
		if got := choose(row.grow, row.people...); got != row.want {
			t.Errorf("at %d, of %d people %q has it, want %s", row.grow, len(row.people), got, row.want)
		}
	}
}

// TestWhatIsBeyondSomebodyBeginsCloser: the level and the looks back of a
// hand-over follow how far the work is from whoever gets it.
func TestWhatIsBeyondSomebodyBeginsCloser(t *testing.T) {
	for _, row := range []struct {
		name   string
		grow   int
		person string
		change func(in *Input)
		level  work.Level
		review int
	}{
		{"a step beyond", 75, "Sam | teammate | 5 | | scheduling:3 | |", nil, work.Explain, 1},
		{"able", 75, "Sam | teammate | 5 | | scheduling:4 | |", nil, work.Intend, 3},
		{"beyond, although trusted with less", 75, "Sam | teammate | 5 | | scheduling:3 | |", func(in *Input) {
			in.People[1].Next = map[string]learn.Next{"scheduling": {Level: work.Autonomous}}
		}, work.Explain, 1},
		{"able, and trusted", 75, "Sam | teammate | 5 | | scheduling:4 | |", func(in *Input) {
			in.People[1].Next = map[string]learn.Next{"scheduling": {Level: work.Autonomous}}
		}, work.Autonomous, 3},
		{"beyond, with its decisions", 75, "Sam | teammate | 5 | | scheduling:3 | |", func(in *Input) { in.Lines[0].Verdict = work.Delegate }, work.Consult, 1},
		{"nobody asked for growth", 50, "Sam | teammate | 5 | | scheduling:3 | |", nil, work.Intend, 0},
		{"a provider is not asked to grow", 75, "Sam | provider | 5 | | scheduling:3 | |", nil, work.Intend, 0},
	} {
		in := plate{tasks: []string{"Work | Build the rota | | every friday | 120 |"}, people: []string{row.person}}.input(t)
		in.Grow, in.Lines[0].Task.Skills = row.grow, []work.Skill{{Name: "scheduling", Level: 4}}
		in.Lines[0].Verdict = work.Assign
		if row.change != nil {
			row.change(&in)
		}
		if p := mustMake(t, in).Proposals[0]; p.Level != row.level || p.Review != row.review {
			t.Errorf("%s: level %d and a look back every %d months, want %d and %d", row.name, p.Level, p.Review, row.level, row.review)
		}
	}
}
