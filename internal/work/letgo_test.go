package work

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"baton/internal/ical"
)

// TestLetGoScore holds single marks against the formula in words.
func TestLetGoScore(t *testing.T) {
	plain := Marks{NeedsMe: Mark{Value: 1}, Matters: Mark{Value: 1}}
	for _, row := range []struct {
		name   string
		effort Minutes
		marks  func(*Marks)
		price  Money
		want   map[string]int
	}{
		{"two hours a week", 120, nil, 0, map[string]int{"hours": 10, "needs_me": 8}},
		{"never more than forty for hours", 900, nil, 0, map[string]int{"hours": 40, "needs_me": 8}},
		{"needs nothing of me", 60, func(m *Marks) { m.NeedsMe.Value = 0 }, 0, map[string]int{"hours": 5, "needs_me": 20}},
		{"needs me alone", 60, func(m *Marks) { m.NeedsMe.Value = 3 }, 0, map[string]int{"hours": 5, "needs_me": -50}},
		{"a joy", 60, func(m *Marks) { m.Energy.Value = 1 }, 0, map[string]int{"hours": 5, "needs_me": 8, "energy": -6}},
		{"a drain", 60, func(m *Marks) { m.Energy.Value = -2 }, 0, map[string]int{"hours": 5, "needs_me": 8, "energy": 12}},
		{"matters greatly", 60, func(m *Marks) { m.Matters.Value = 3 }, 0, map[string]int{"hours": 5, "needs_me": 8, "matters": -6}},
		{"grows somebody greatly", 60, func(m *Marks) { m.Grows.Value = 3 }, 0, map[string]int{"hours": 5, "needs_me": 8, "grows": 12}},
		{"costs 120 a week", 60, nil, 12000, map[string]int{"hours": 5, "needs_me": 8, "price": 4}},
		{"never more than ten for its price", 600, nil, 10000, map[string]int{"hours": 40, "needs_me": 8, "price": 10}},
	} {
		m := plain
		if row.marks != nil {
			row.marks(&m)
		}
		task := &Task{State: TaskOpen, Effort: row.effort, Rule: ical.MustRule("FREQ=WEEKLY")}
		got := map[string]int{}
		for _, p := range ScoreLetGo(task, m, row.price, "USD", monday).Points {
			got[p.Term] = p.Points
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s: %s", row.name, diff)
		}
	}
}

// TestLetGoPointsAddUp: the score is its points, each with words, and the same
// input has the same score; more hours never lower it.
func TestLetGoPointsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mark := func(name string, low, high int) Mark { return Mark{Value: rapid.IntRange(low, high).Draw(t, name)} }
		task := Task{State: TaskOpen, Effort: Minutes(rapid.Int64Range(0, 3000).Draw(t, "effort")), Rule: ical.MustRule("FREQ=WEEKLY")}
		m := Marks{NeedsMe: mark("needs", 0, 3), Matters: mark("matters", 0, 3), Grows: mark("grows", 0, 3), Energy: mark("energy", -2, 2)}
		price, code := Money(rapid.Int64Range(0, 1_000_000).Draw(t, "price")), rapid.SampledFrom([]string{"USD", "JPY", "KWD"}).Draw(t, "money")
		got := ScoreLetGo(&task, m, price, code, monday)
		sum, terms := 0, map[string]bool{}
		for _, p := range got.Points {
			sum += p.Points
			if p.Words == "" || p.Points == 0 || terms[p.Term] {
				t.Fatalf("a point that says nothing, or twice: %+v", p)
			}
			terms[p.Term] = true
		}
		if sum != got.Score {
			t.Fatalf("the points are %d, the score %d", sum, got.Score)
		}
		if diff := cmp.Diff(got.Points, ScoreLetGo(&task, m, price, code, monday).Points); diff != "" {
			t.Fatalf("asked again it says %s", diff)
		}
		longer := task
		longer.Effort += Minutes(rapid.Int64Range(0, 600).Draw(t, "more"))
		if more := ScoreLetGo(&longer, m, price, code, monday); more.Score < got.Score {
			t.Fatalf("with more hours the score falls from %d to %d", got.Score, more.Score)
		}
	})
}
