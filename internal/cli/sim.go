package cli

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"baton/internal/sim/effect"
)

type simCmd struct {
	Scenarios simScenariosCmd `cmd:"" default:"" help:"List the scenarios that come with Baton."`
	Run       simRunCmd       `cmd:"" help:"Simulate a team under every policy of delegating, and compare."`
}

type simScenariosCmd struct{}

// Run lists the scenarios.
func (c *simScenariosCmd) Run(s *session) error {
	all, err := effect.Scenarios()
	if err != nil {
		return err
	}
	type line struct {
		Name  string `json:"name"`
		About string `json:"about"`
	}
	list := make([]line, len(all))
	for i, one := range all {
		list[i] = line{one.Name, one.About}
	}
	if s.JSON {
		return s.json(list)
	}
	for _, one := range list {
		s.printf("%-14s %s\n", one.Name, one.About)
	}
	return nil
}

type simRunCmd struct {
	File     string `arg:"" optional:"" help:"A scenario file; docs/effect.md has the format."`
	Scenario string `help:"One of the scenarios that come with Baton." placeholder:"NAME"`
	Seeds    int    `help:"How many random worlds, the same ones for every policy." default:"30"`
	Weeks    int    `help:"How many weeks each lasts." default:"52"`
}

// Run simulates, in databases of its own that are thrown away.
func (c *simRunCmd) Run(s *session) error {
	scenario, err := c.scenario(s)
	if err != nil {
		return err
	}
	r := effect.Run{Scenario: scenario, Seeds: c.Seeds, Weeks: c.Weeks}
	if onTerminal(s.Err) {
		r.Done = func(done, of int) { _, _ = fmt.Fprintf(s.Err, "\r%d of %d runs", done, of) }
		defer func() { _, _ = fmt.Fprint(s.Err, "\r\x1b[K") }()
	}
	debug.SetGCPercent(hasty)
	result, err := effect.Simulate(s.ctx, r)
	if err != nil {
		return err
	}
	if s.JSON {
		return s.json(result)
	}
	s.printEffect(scenario, result)
	return nil
}

func (c *simRunCmd) scenario(s *session) (*effect.Scenario, error) {
	switch {
	case (c.File == "") == (c.Scenario == ""):
		return nil, usageError{errors.New("say which scenario: a file, or --scenario NAME, not both; baton sim scenarios lists the names")}
	case c.Scenario != "":
		return effect.Named(c.Scenario)
	}
	text, err := s.readAll(c.File)
	if err != nil {
		return nil, err
	}
	return effect.Read(text)
}

// onTerminal reports whether what is written there is read as it comes.
func onTerminal(w any) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (s *session) printEffect(scenario *effect.Scenario, r *effect.Result) {
	s.printf("%s, %s of %s; means with 95 %% intervals\n\n", scenario.Name, plural(len(r.Seeds), "seed"), plural(r.Weeks, "week"))
	s.printf("%-16s", "")
	for _, title := range []string{"net hours/week", "quality", "growth/year", "load gini", "overload weeks"} {
		s.printf("  %-22s", title)
	}
	s.printf("\n")
	for _, p := range effect.Policies {
		row := fmt.Sprintf("%-16s", p.Name)
		for _, m := range effect.Measures {
			e := r.Policies[p.Name][m]
			row += fmt.Sprintf("  %-22s", fmt.Sprintf("%.2f (%.2f … %.2f)", e.Mean, e.Low, e.High))
		}
		s.printf("%s\n", strings.TrimRight(row, " "))
	}
	s.printf("\nHours: freed a leader and week, net of what delegating costs. Quality: 0 to 1. Growth: true\nlevels of skill a person and year. Gini: 0 all equally busy. Overload: weeks a person and year.\n")
}
