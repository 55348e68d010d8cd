package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"baton/internal/work"
	"baton/match"
)

type matchCmd struct {
	Solve matchSolveCmd `cmd:"" help:"Give the tasks of a file to its people as well as possible, and say how good that is."`
}

type matchSolveCmd struct {
	File      string  `arg:"" help:"The problem; - for standard input. docs/matching.md has the forms."`
	Format    string  `help:"Form of the file: auto (by what it looks like), orlib (numbers) or json." enum:"auto,orlib,json" default:"auto"`
	Maximise  bool    `help:"The numbers of orlib are profits, not costs."`
	Instance  int     `help:"Which instance of an orlib file that has several, from 1 on." placeholder:"N"`
	TimeLimit float64 `help:"Stop after so many seconds with the best so far; 0: only when it is proven." placeholder:"SECONDS"`
	Gap       float64 `help:"Stop when the value is at most so many percent from the bound." placeholder:"PERCENT"`
	Seed      uint64  `help:"Seed of the random choices; the same seed gives the same answer when no time limit stops it."`
	Plot      bool    `help:"Draw value and bound over time."`
}

// A solving is one solve as its user sees it: as costs, or as profits.
type solving struct {
	sign    int64 // -1 when values are costs
	began   time.Time
	cpu     time.Duration
	history []moment
}

// A moment is what was known when.
type moment struct {
	after        time.Duration
	found        bool
	value, bound int64
}

// Run solves the problem.
func (c *matchSolveCmd) Run(s *session) error {
	v := solving{sign: 1, began: time.Now(), cpu: cpuTime()}
	if err := c.check(); err != nil {
		return err
	}
	p, warm, err := c.problem(s, &v)
	if err != nil {
		return err
	}
	ctx := s.ctx
	if c.TimeLimit > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithDeadline(ctx, v.began.Add(time.Duration(c.TimeLimit*float64(time.Second))))
		defer stop()
	}
	debug.SetGCPercent(hasty)
	live := onTerminal(s.Err) && !s.JSON
	solution, err := match.Solve(ctx, p, match.Options{
		Gap: int64(math.Floor(c.Gap * 10_000)), Seed: c.Seed, NoRunnersUp: true, WarmStart: warm,
		Progress: func(now match.Progress) {
			v.note(now)
			if live {
				_, _ = fmt.Fprintf(s.Err, "\r\x1b[K%s", v.line())
			}
		},
	})
	if live {
		_, _ = fmt.Fprint(s.Err, "\r\x1b[K")
	}
	if err != nil {
		return notAProblem(c.File, err)
	}
	if s.JSON {
		return s.json(v.document(solution))
	}
	if c.Plot {
		s.printf("%s\n", plot(v.history, v.sign))
	}
	s.printSolution(solution, &v)
	return nil
}

func (c *matchSolveCmd) check() error {
	switch {
	case c.TimeLimit < 0 || math.IsNaN(c.TimeLimit) || c.TimeLimit > 1e9:
		return usageError{errors.New("--time-limit is a number of seconds, 0 or more")}
	case c.Gap < 0 || math.IsNaN(c.Gap) || c.Gap > 1e6:
		return usageError{errors.New("--gap is a number of percent, 0 or more")}
	case c.Instance < 0:
		return usageError{errors.New("--instance counts from 1")}
	}
	return nil
}

// problem reads the file, and the plan to begin with that it may hold.
func (c *matchSolveCmd) problem(s *session, v *solving) (*match.Problem, []int, error) {
	text, err := s.readAll(c.File)
	if err != nil {
		return nil, nil, err
	}
	form := c.Format
	if form == "auto" {
		form = "orlib"
		if start := bytes.TrimLeft(text, " \t\r\n\ufeff"); len(start) > 0 && start[0] == '{' {
			form = "json"
		}
	}
	if form == "json" {
		if c.Maximise || c.Instance > 0 {
			return nil, nil, usageError{errors.New("--maximise and --instance are for orlib files; the values of a json file are always maximised")}
		}
		p, warm, err := match.ReadJSON(bytes.NewReader(text))
		return p, warm, notAProblem(c.File, err)
	}
	if !c.Maximise {
		v.sign = -1
	}
	list, err := match.ReadORLib(bytes.NewReader(text), c.Maximise)
	switch {
	case err != nil:
		return nil, nil, notAProblem(c.File, err)
	case c.Instance == 0 && len(list) > 1:
		return nil, nil, usageError{fmt.Errorf("%s has %d instances; say which with --instance N", c.File, len(list))}
	case c.Instance > len(list) || len(list) == 0:
		return nil, nil, work.Errorf(work.NotFound, "%s has %s, so there is no instance %d.", c.File, plural(len(list), "instance"), max(1, c.Instance))
	}
	return list[max(0, c.Instance-1)], nil, nil
}

// notAProblem says what is wrong with a file; nil when nothing is.
func notAProblem(file string, err error) error {
	if errors.Is(err, match.ErrInvalid) {
		_, what, _ := strings.Cut(err.Error(), ": ")
		return work.Errorf(work.Invalid, "%s is no problem to solve: %s.", file, what)
	}
	return err
}

func (v *solving) note(now match.Progress) {
	v.history = append(v.history, moment{time.Since(v.began), now.Found, now.Value, now.Bound})
}

// line is what is known, in one line.
func (v *solving) line() string {
	last := v.history[len(v.history)-1]
	if !last.found {
		return fmt.Sprintf("%.1f s  no plan yet, bound %d", last.after.Seconds(), v.sign*last.bound)
	}
	return fmt.Sprintf("%.1f s  value %d  bound %d  gap %s", last.after.Seconds(), v.sign*last.value, v.sign*last.bound, percent(last.value, last.bound))
}

// away is how far a value is from the bound, as a part of the bound.
func away(value, bound int64) float64 {
	if value == bound {
		return 0
	}
	return (float64(bound) - float64(value)) / math.Max(1, math.Abs(float64(bound)))
}

func percent(value, bound int64) string {
	return strconv.FormatFloat(100*away(value, bound), 'f', 4, 64) + " %"
}

// A matchDocument is the answer as JSON. Value, bound, gap and assignment are
// null when there is no plan.
type matchDocument struct {
	Value      *int64   `json:"value"`
	Bound      *int64   `json:"bound"`
	Gap        *float64 `json:"gap"`
	Status     string   `json:"status"`
	CPUSeconds float64  `json:"cpu_seconds"`
	Nodes      int64    `json:"nodes"`
	Assignment []int    `json:"assignment"`
	Reason     string   `json:"reason,omitempty"`
}

func (v *solving) document(s *match.Solution) matchDocument {
	d := matchDocument{Status: s.Status.String(), CPUSeconds: (cpuTime() - v.cpu).Seconds(), Nodes: s.Nodes}
	if s.Status == match.Infeasible {
		d.Reason = s.Reason.String()
		return d
	}
	bound := v.sign * s.Bound
	d.Bound = &bound
	if s.Found() {
		value, gap := v.sign*s.Value, away(s.Value, s.Bound)
		d.Value, d.Gap, d.Assignment = &value, &gap, s.Person
	}
	return d
}

func (s *session) printSolution(r *match.Solution, v *solving) {
	took := fmt.Sprintf("%.2f s of CPU, %s", (cpuTime() - v.cpu).Seconds(), plural(int(r.Nodes), "node"))
	switch {
	case r.Status == match.Infeasible:
		s.printf("Infeasible: %s.\n%s\n", r.Reason, took)
		return
	case !r.Found():
		s.printf("Stopped before a plan was found; bound %d.\n%s\n", v.sign*r.Bound, took)
		return
	}
	s.printf("value   %d\nbound   %d\ngap     %s\nstatus  %s\ntime    %s\n\n", v.sign*r.Value, v.sign*r.Bound, percent(r.Value, r.Bound), r.Status, took)
	tasks := make(map[int][]string)
	last := match.Nobody
	for t, i := range r.Person {
		tasks[i] = append(tasks[i], strconv.Itoa(t))
		last = max(last, i)
	}
	for i := range last + 1 {
		if len(tasks[i]) > 0 {
			s.printf("person %d: %s\n", i, strings.Join(tasks[i], " "))
		}
	}
	if len(tasks[match.Nobody]) > 0 {
		s.printf("nobody: %s\n", strings.Join(tasks[match.Nobody], " "))
	}
}
