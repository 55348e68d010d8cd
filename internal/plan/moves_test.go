package plan

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"baton/internal/ical"
	"baton/internal/work"
	"baton/match"
)

// TestNothingMovesWithoutACause plans again with the plan itself as the one
// before: it stays as it is, whatever moving costs.
func TestNothingMovesWithoutACause(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t, 7, 4)
		first := draw(t, in)
		in.Was = first.Choices
		again := draw(t, in)
		if again.Value != first.Value || again.Moving != 0 || again.Stayed != len(in.Was) {
			t.Fatalf("worth %d, again %d; %d for moving; %d of %d stayed", first.Value, again.Value, again.Moving, again.Stayed, len(in.Was))
		}
		for _, m := range again.Moves {
			t.Fatalf("%s moved: %s", m.Task.Title, m.Reason)
		}
	})
}

// TestAPlanOfMovesStays: what was moved for its worth is not moved again.
func TestAPlanOfMovesStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t, 7, 4)
		in.Was = anyBefore(t, in)
		in.Was = draw(t, in).Choices
		if again := draw(t, in); len(again.Moves) > 0 {
			t.Fatalf("%s moved: %s", again.Moves[0].Task.Title, again.Moves[0].Reason)
		}
	})
}

// TestDearerMovesAreFewer raises the price of moving.
func TestDearerMovesAreFewer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t, 7, 4)
		in.Was = anyBefore(t, in)
		before := draw(t, in)
		in.MovePrice += work.Minutes(rapid.SampledFrom([]int{1, 60, 300}).Draw(t, "more"))
		after := draw(t, in)
		if len(after.Moves) > len(before.Moves) {
			t.Fatalf("%d moves, %d at a higher price", len(before.Moves), len(after.Moves))
		}
	})
}

// TestEveryMoveIsTrue holds every move against the plan before, and its reason
// against a plan in which only this one goes back.
func TestEveryMoveIsTrue(t *testing.T) {
	causes := map[Cause]int{}
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t, 10, 4)
		in.Was, in.MovePrice = anyBefore(t, in), work.Minutes(rapid.IntRange(0, 5).Draw(t, "cheap"))
		settleSome(t, &in)
		p, err := Make(context.Background(), in)
		if work.KindOf(err) == work.Conflict {
			return // a pin that cannot be
		}
		if err != nil {
			t.Fatal(err)
		}
		now := map[work.TaskID]work.PersonID{}
		for _, c := range p.Choices {
			now[c.Task] = c.Person
		}
		moved := map[work.TaskID]Move{}
		for _, m := range p.Moves {
			moved[m.Task.ID] = m
			causes[m.Cause]++
			checkMove(t, in, p, m)
		}
		for _, c := range in.Was {
			if _, listed := moved[c.Task]; listed == (now[c.Task] == c.Person) {
				t.Fatalf("task %d was with %d and is with %d; a move: %v", c.Task, c.Person, now[c.Task], listed)
			}
		}
	})
	for _, c := range []Cause{Appeared, Settled, Ruled, Full, Worth} {
		if causes[c] == 0 {
			t.Errorf("no move was %q: %v", c, causes)
		}
	}
}

// settleSome pins and forbids some of the first tasks.
func settleSome(t *rapid.T, in *Input) {
	if len(in.Lines) < 2 || len(in.People) == 0 {
		return
	}
	any := rapid.SampledFrom(in.People).Draw(t, "settled")
	switch rapid.IntRange(0, 3).Draw(t, "settles") {
	case 1:
		in.Pins = []Choice{{in.Lines[0].Task.ID, any.ID}}
	case 2:
		in.Forbids = []Choice{{in.Lines[0].Task.ID, any.ID}, {in.Lines[1].Task.ID, in.Me}}
	}
}

// checkMove holds one move against a plan in which all else is as it is now.
func checkMove(t *rapid.T, in Input, p *Plan, m Move) {
	t.Helper()
	had := slices.IndexFunc(in.Was, func(c Choice) bool { return c.Task == m.Task.ID })
	if (had < 0) != (m.Cause == Appeared) {
		t.Fatalf("%s: %s, and it was in the plan before: %v", m.Task.Title, m.Reason, had >= 0)
	}
	if had < 0 {
		return
	}
	if from := in.Was[had].Person; (m.From == nil) != (from == in.Me) || m.From != nil && m.From.ID != from {
		t.Fatalf("%s was with %d: %+v", m.Task.Title, from, m.From)
	}
	without, err := match.Solve(context.Background(), alone(t, in, m.Task.ID, in.Was[had].Person), match.Options{})
	if err != nil {
		t.Fatal(err)
	}
	switch m.Cause {
	case Worth:
		if !without.Found() || m.Gain <= 0 || p.Value-without.Value != m.Gain {
			t.Fatalf("%s: %s The plan is worth %d, without the move %+v", m.Task.Title, m.Reason, p.Value, without)
		}
	case Full, Stretched:
		if without.Found() || (m.Cause == Full) != (without.Reason.Limit == match.OfEffort) {
			t.Fatalf("%s: %s There is room: %+v, %v", m.Task.Title, m.Reason, without, without.Reason)
		}
	case Ruled:
		e, err := Explain(context.Background(), in, m.Task.ID)
		if err != nil {
			t.Fatal(err)
		}
		out := slices.ContainsFunc(e.Choices, func(c PersonChoice) bool { return m.From != nil && c.Person.ID == m.From.ID && c.Out != "" })
		if !out && !slices.Contains(in.Forbids, Choice{m.Task.ID, in.Me}) {
			t.Fatalf("%s: %s No rule says so.", m.Task.Title, m.Reason)
		}
	case Settled:
		l := in.Lines[slices.IndexFunc(in.Lines, func(l Line) bool { return l.Task.ID == m.Task.ID })]
		pinned := slices.ContainsFunc(in.Pins, func(c Choice) bool { return c.Task == m.Task.ID })
		if l.Verdict == "" && !pinned && l.Marks.NeedsMe.Value < 3 && m.Verdict != work.Drop && m.Verdict != work.Automate {
			t.Fatalf("%s: %s Nobody said so.", m.Task.Title, m.Reason)
		}
	}
}

// alone is the problem in which everything is as planned, but for one task that
// is with whoever had it.
func alone(t *rapid.T, in Input, task work.TaskID, had work.PersonID) *match.Problem {
	t.Helper()
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
	for k, i := range d.solution.Person {
		stays := d.jobs[k].line.Task.ID == task
		if stays {
			i = d.candidate(had) + 1
		}
		if i != match.Nobody && (!stays || i > 0) {
			p.Leave[k] = match.MustDo
		}
		for e := p.Start[k]; e < p.Start[k+1]; e++ {
			p.Forbidden[e] = p.Forbidden[e] || p.Person[e] != i
		}
	}
	return p
}

// TestWhyItMoved has a cause for each sentence.
func TestWhyItMoved(t *testing.T) {
	firm := func() Input {
		in := plate{
			tasks: []string{"Office | Bookkeeping | | every friday | 120", "Office | Payroll | | every friday | 60"},
			people: []string{
				"Berta | teammate | 4 | 20 | bookkeeping:4, payroll:4 | |", "Carlo | teammate | 4 | 20 | bookkeeping:4, payroll:4 | |",
			},
		}.input(t)
		for i := range in.Lines {
			in.Lines[i].Verdict = work.Assign
		}
		in.MovePrice = MovePrice
		in.Was = []Choice{{100, 2}, {101, 2}}
		return in
	}
	for name, c := range map[string]struct {
		change func(*Input)
		want   []string // title: from to: reason
	}{
		"nothing": {func(*Input) {}, nil},
		"left":    {func(in *Input) { in.People[1].LeftOn = ical.DateOf(monday) }, []string{"Bookkeeping: Berta has left.", "Payroll: Berta has left."}},
		"away": {func(in *Input) {
			in.People[1].Absences = []work.Absence{{From: ical.DateOf(monday), To: ical.DateOf(monday).AddDays(25)}}
		}, []string{"Bookkeeping: Berta is away until 18 December.", "Payroll: Berta is away until 18 December."}},
		"forbidden": {func(in *Input) { in.Forbids = []Choice{{100, 2}} }, []string{"Bookkeeping: You ruled Berta out."}},
		"pinned":    {func(in *Input) { in.Pins = []Choice{{100, 3}} }, []string{"Bookkeeping: You pinned it to Carlo."}},
		"mine":      {func(in *Input) { in.Pins = []Choice{{100, 1}} }, []string{"Bookkeeping: You pinned it to yourself."}},
		"kept":      {func(in *Input) { in.Lines[0].Verdict = work.Keep }, []string{"Bookkeeping: You said to keep it."}},
		"dropped":   {func(in *Input) { in.Lines[0].Verdict = work.Drop }, []string{"Bookkeeping: You said to drop it."}},
		"fewer hours": {
			func(in *Input) { in.People[1].Released = 60 },
			[]string{"Bookkeeping: Berta has 1 h a week left, and it takes 2 h."},
		},
		"no hours any more": {
			func(in *Input) { in.People[1].Carried = 240 },
			[]string{"Bookkeeping: Berta has no hours left: 4 h a week are carried already.", "Payroll: Berta has no hours left: 4 h a week are carried already."},
		},
		"offers none": {func(in *Input) { in.People[1].Released = 0 }, []string{"Bookkeeping: Berta offers no hours any more.", "Payroll: Berta offers no hours any more."}},
		"pushed out": {func(in *Input) {
			in.People[1].Carried, in.Was, in.Pins = 120, []Choice{{100, 2}, {101, 3}}, []Choice{{101, 2}}
		}, []string{"Bookkeeping: Berta has no hours left for it: 3 h of 4 h a week are taken, now by “Payroll” too.", "Payroll: You pinned it to Berta."}},
		"new":     {func(in *Input) { in.Was = in.Was[:1] }, []string{"Payroll: Nobody had it in the plan before."}},
		"said so": {func(in *Input) { in.Was = []Choice{{100, 1}, {101, 2}} }, []string{"Bookkeeping: You said to assign it."}},
		"worth it": {func(in *Input) { in.People[1].HourCost *= 3 }, []string{
			"Bookkeeping: With Carlo the plan is worth 12 more than if it stayed with Berta, the 15 that moving it costs already taken off.",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			in := firm()
			c.change(&in)
			var got []string
			p := mustMake(t, in)
			for _, m := range p.Moves {
				got = append(got, m.Task.Title+": "+m.Reason)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
			if len(c.want)+p.Stayed != 2 {
				t.Errorf("%d stay beside %d moves", p.Stayed, len(c.want))
			}
		})
	}
}

// TestMovingIsNotWorthIt: somebody would be a little better, and the plan says
// why it stays.
func TestMovingIsNotWorthIt(t *testing.T) {
	in := plate{
		tasks:  []string{"Office | Bookkeeping | | every friday | 120"},
		people: []string{"Berta | teammate | 4 | 20 | bookkeeping:4 | |", "Carlo | teammate | 4 | 18 | bookkeeping:4 | |"},
	}.input(t)
	in.Lines[0].Verdict, in.Was, in.MovePrice = work.Assign, []Choice{{100, 2}}, MovePrice
	one := mustMake(t, in).Proposals[0]
	if !one.Stayed || one.Person.Name != "Berta" || !strings.Contains(one.RunnerUp.Lacked, "moving it costs more than that") {
		t.Errorf("%+v, runner-up %+v", one, one.RunnerUp)
	}
	in.MovePrice = 0
	if m := mustMake(t, in).Moves; len(m) != 1 || m[0].To.Name != "Carlo" || m[0].Gain <= 0 || m[0].Gain >= int64(MovePrice) {
		t.Errorf("where moving costs nothing: %+v", m)
	}
	in.Was = nil
	if one := mustMake(t, in).Proposals[0]; one.Stayed || one.Person.Name != "Carlo" {
		t.Errorf("without a plan before, %s has it", one.Person.Name)
	}
}

// TestALargePlateMovesNothingWithoutACause: also where a plan is nearly the
// best only.
func TestALargePlateMovesNothingWithoutACause(t *testing.T) {
	in := large(t, 3)
	in.NoReasons, in.MovePrice = true, MovePrice
	first := mustMake(t, in)
	in.Was = first.Choices
	for _, m := range mustMake(t, in).Moves {
		t.Errorf("%s: %s", m.Task.Title, m.Reason)
	}
	in.Was = slices.DeleteFunc(slices.Clone(in.Was), func(c Choice) bool { return c.Task%7 == 0 })
	for i := range in.Was {
		in.Was[i].Person = in.People[i%len(in.People)].ID
	}
	again := mustMake(t, in)
	for _, m := range again.Moves {
		if m.Cause == Worth && m.Gain <= 0 {
			t.Errorf("%s: %s", m.Task.Title, m.Reason)
		}
	}
	if again.Value > again.Bound {
		t.Errorf("worth %d of %d", again.Value, again.Bound)
	}
}
