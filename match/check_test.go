package match

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// ruled is a problem with every rule in force, its best plan and the plan's
// runners-up. Task 0 is pinned to 0; 1 is forbidden to 0 and no candidate's
// but 1's and 2's; 2 is a stretch for 1, who may have none; 3 may be left; 4
// and 5 take much of 2's hours.
func ruled(t *testing.T) (*Problem, *Solution) {
	t.Helper()
	var b Builder
	for _, hours := range []int64{10, 20, 12} {
		b.Person(hours)
	}
	for range 6 {
		b.Task()
	}
	b.Limit(0, 2, NoLimit)
	b.Limit(1, NoLimit, 0)
	b.Pair(0, 0, 5, 3)
	b.Pair(0, 1, 50, 3)
	b.Pin(0, 0)
	b.Pair(1, 0, 90, 1)
	b.Forbid(1, 0)
	b.Pair(1, 1, 10, 4)
	b.Pair(1, 2, 4, 4)
	b.Stretch(2, 1, 70, 1)
	b.Pair(2, 2, 20, 2)
	b.Pair(3, 0, -20, 3)
	b.MayLeave(3, -5)
	b.Pair(4, 0, 8, 2)
	b.Pair(4, 1, 15, 6)
	b.Pair(4, 2, 20, 7)
	b.Pair(5, 0, 6, 2)
	b.Pair(5, 1, 20, 7)
	b.Pair(5, 2, 22, 8)
	b.Had(5, 1)
	b.SwitchCost = 1
	b.Load.Steps = []Step{{Percent: 80, Price: 100}}
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	s := solved(t, p, Options{})
	if s.Status != Optimal {
		t.Fatalf("%+v", s)
	}
	return p, s
}

// copied is a solution whose slices can be changed.
func copied(s *Solution) *Solution {
	c := *s
	c.Person, c.RunnerUp, c.HourPrice = slices.Clone(s.Person), slices.Clone(s.RunnerUp), slices.Clone(s.HourPrice)
	return &c
}

// Every way an answer can be wrong is found, and for the right reason.
func TestCheckFindsEveryViolation(t *testing.T) {
	p, s := ruled(t)
	give := func(task, person int) func(*Solution) { return func(s *Solution) { s.Person[task] = person } }
	for _, row := range []struct {
		name  string
		spoil func(*Solution)
		want  string
	}{
		{"pin", give(0, 1), "as pinned"},
		{"pinned left", give(0, Nobody), "as pinned"},
		{"forbidden", give(1, 0), "may not have it"},
		{"no candidate", give(2, 0), "may not have it"},
		{"no person", give(1, 3), "may not have it"},
		{"below nobody", give(1, -2), "may not have it"},
		{"stretch", give(2, 1), "stretch tasks of 0"},
		{"left undone", give(1, Nobody), "left undone"},
		{"capacity", func(s *Solution) { s.Person[4], s.Person[5] = 2, 2 }, "carries"},
		{"count", func(s *Solution) { s.Person[3], s.Person[4], s.Person[5] = 0, 0, 0 }, "tasks of 2"},
		{"too few", func(s *Solution) { s.Person = s.Person[:5] }, "given out"},
		{"too many", func(s *Solution) { s.Person = append(s.Person, 0) }, "given out"},
		{"value up", func(s *Solution) { s.Value++; s.Bound++ }, "is worth"},
		{"value down", func(s *Solution) { s.Value--; s.Bound-- }, "is worth"},
		{"bound below", func(s *Solution) { s.Bound-- }, "below"},
		{"optimal with a gap", func(s *Solution) { s.Bound++ }, "status"},
		{"stopped without a gap", func(s *Solution) { s.Status = Stopped }, "status"},
		{"no status", func(s *Solution) { s.Status, s.Bound = 0, s.Bound+1 }, "status"},
		{"unknown status", func(s *Solution) { s.Status, s.Bound = Infeasible+1, s.Bound+1 }, "status"},
		{"plan and infeasible", func(s *Solution) { s.Status = Infeasible }, "reason"},
		{"plan and reason", func(s *Solution) { s.Reason = &Reason{Tasks: []int{0}} }, "reason"},
		{"hour prices", func(s *Solution) { s.HourPrice = []int64{0} }, "hour prices"},
		{"hour price", func(s *Solution) { s.HourPrice = []int64{0, -1, 0} }, "an hour of"},
		{"runners-up", func(s *Solution) { s.RunnerUp = s.RunnerUp[1:] }, "runners-up"},
		{"own runner-up", func(s *Solution) { s.RunnerUp[4] = Alternative{Possible: true, Person: s.Person[4]} }, "their own"},
		{"runner-up better", func(s *Solution) { s.RunnerUp[3] = Alternative{Possible: true, Person: 0, Cost: -1} }, "costs"},
		{"runner-up nobody", func(s *Solution) { s.RunnerUp[1] = Alternative{Possible: true, Person: Nobody} }, "nobody"},
		{"runner-up forbidden", func(s *Solution) { s.RunnerUp[1] = Alternative{Possible: true, Person: 0} }, "may not have it"},
		{"runner-up no candidate", func(s *Solution) { s.RunnerUp[2] = Alternative{Possible: true, Person: 0} }, "may not have it"},
		{"runner-up of a pin", func(s *Solution) { s.RunnerUp[0] = Alternative{Possible: true, Person: 1} }, "may not have it"},
		{"no plan, optimal", func(s *Solution) { s.Person, s.RunnerUp, s.Value = nil, nil, 0 }, "no plan"},
		{"no plan, value", func(s *Solution) { s.Person, s.Status = nil, Stopped }, "no plan"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := copied(s)
			row.spoil(c)
			if err := Check(p, c); err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("%v, want %q\n%+v", err, row.want, c)
			}
		})
	}
	if err := Check(p, nil); err == nil {
		t.Error("no solution is a good one")
	}
}

// Each soft rule counts in the value: without it the same plan is worth
// something else.
func TestCheckCountsEveryPrice(t *testing.T) {
	p, s := ruled(t)
	for _, row := range []struct {
		name   string
		change func(*Problem)
	}{
		{"load", func(q *Problem) { q.Load.Steps = []Step{{Percent: 0, Price: 1000}} }},
		{"switching", func(q *Problem) { q.Previous, q.SwitchCost = []int{1, -1, -1, -1, -1, -1}, 3 }},
		{"leaving", func(q *Problem) {
			q.Leave = slices.Clone(p.Leave)
			q.Leave[slices.Index(s.Person, Nobody)]--
		}},
		{"pair", func(q *Problem) {
			q.Value = slices.Clone(p.Value)
			q.Value[0]++
		}},
	} {
		q := *p
		row.change(&q)
		if err := Check(&q, s); err == nil || !strings.Contains(err.Error(), "is worth") {
			t.Errorf("%s: %v", row.name, err)
		}
	}
}

// An answer of no plan needs a reason that names what there is.
func TestCheckFindsBadReasons(t *testing.T) {
	var b Builder
	b.Person(1)
	b.Task()
	b.Pair(0, 0, 1, 2)
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	s, err := Solve(context.Background(), p, Options{})
	if err != nil || s.Status != Infeasible || Check(p, s) != nil {
		t.Fatalf("%+v, %v, %v", s, err, Check(p, s))
	}
	for name, bad := range map[string]*Reason{
		"none": nil, "no tasks": {}, "task": {Tasks: []int{1}}, "negative": {Tasks: []int{-1}},
		"person": {Tasks: []int{0}, People: []int{1}}, "nobody": {Tasks: []int{0}, People: []int{Nobody}},
	} {
		if Check(p, &Solution{Status: Infeasible, Reason: bad}) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
