package plan

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// crowd is a plate of 60 tasks and a team of 15, made of the leaders above.
func crowd(t testing.TB) Input {
	var all plate
	for round := range 2 {
		for _, name := range []string{"firm", "household", "headteacher"} {
			for _, task := range leaders[name].tasks {
				area, rest, _ := strings.Cut(task, "|")
				title, rest, _ := strings.Cut(rest, "|")
				all.tasks = append(all.tasks, fmt.Sprintf("%s|%s %d|%s", area, title, round, rest))
			}
			for _, person := range leaders[name].people {
				all.people = append(all.people, fmt.Sprint("P", round, person))
			}
		}
	}
	all.tasks, all.people = all.tasks[:60], all.people[:15]
	return all.input(t)
}

func BenchmarkMake(b *testing.B) {
	in := crowd(b)
	for b.Loop() {
		if _, err := Make(context.Background(), in); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkExplain(b *testing.B) {
	in := crowd(b)
	for b.Loop() {
		if _, err := Explain(context.Background(), in, in.Lines[0].Task.ID); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMakeAgain plans with the plan before, a limit on stretch tasks and
// one person who has fewer hours.
func BenchmarkMakeAgain(b *testing.B) {
	in := crowd(b)
	in.MovePrice, in.Stretch = MovePrice, limited(2)
	in.Was = mustMake(b, in).Choices
	in.People[1].Released /= 2
	for b.Loop() {
		if _, err := Make(context.Background(), in); err != nil {
			b.Fatal(err)
		}
	}
}
