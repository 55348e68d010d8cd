package plan

import (
	"testing"

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
		{75, []string{master, novice}, "Mia"},
		{100, []string{step, novice}, "Sam"},
		{100, []string{master, paid}, "Mia"},
	} {
		if got := choose(row.grow, row.people...); got != row.want {
			t.Errorf("at %d, of %d people %q has it, want %s", row.grow, len(row.people), got, row.want)
		}
	}
}
