// Command effect simulates every shipped scenario under every policy and
// writes what came out into the measured part of docs/effect.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"baton/internal/sim/effect"
)

func main() {
	seeds, weeks := flag.Int("seeds", 30, "random worlds"), flag.Int("weeks", 52, "weeks of each")
	out := flag.String("out", "docs/effect.md", "the document whose measured part is replaced")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *seeds, *weeks, *out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const begin, end = "<!-- measured -->\n", "<!-- /measured -->"

func run(ctx context.Context, seeds, weeks int, file string) error {
	debug.SetGCPercent(400)
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(text), begin)
	_, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		return fmt.Errorf("%s has no measured part", file)
	}
	all, err := effect.Scenarios()
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\nSeeds 1 to %d, %d weeks each, the same seeds for every policy. Means with 95 %% intervals (Student's t over seeds).\n", seeds, weeks)
	for _, s := range all {
		began := time.Now()
		r, err := effect.Simulate(ctx, effect.Run{Scenario: s, Seeds: seeds, Weeks: weeks, Policies: everybody, Done: func(done, of int) {
			fmt.Fprintf(os.Stderr, "\r%s: %d of %d runs ", s.Name, done, of)
		}})
		if err != nil {
			return err
		}
		table(&b, s, r)
		fmt.Fprintf(os.Stderr, "in %s\n", time.Since(began).Round(time.Second))
	}
	fmt.Fprintf(&b, "\nMade by `make effect` with %s.\n\n", runtime.Version())
	return os.WriteFile(file, []byte(before+begin+b.String()+end+after), 0o644)
}

// everybody is who is measured: the policies and the bounds.
var everybody = append(append(slices.Clone(effect.Policies), effect.Oracle), effect.Foresights...)

// table writes one scenario's measures, and how Baton stands to the aims.
func table(b *strings.Builder, s *effect.Scenario, r *effect.Result) {
	fmt.Fprintf(b, "\n### %s\n\n%s\n\n", s.Name, s.About)
	fmt.Fprintf(b, "    baton sim run --scenario %s --seeds %d --weeks %d\n\n", s.Name, len(r.Seeds), r.Weeks)
	b.WriteString("| policy | net hours a week | quality | growth | load Gini | overload weeks |\n|---|--:|--:|--:|--:|--:|\n")
	for _, p := range everybody {
		fmt.Fprintf(b, "| %s |", p.Name)
		for _, m := range effect.Measures {
			e := r.Policies[p.Name][m]
			digits := 1
			if m == effect.Quality || m == effect.LoadGini || m == effect.SkillGrowth {
				digits = 3
			}
			fmt.Fprintf(b, " %.*f (%.*f … %.*f) |", digits, e.Mean, digits, e.Low, digits, e.High)
		}
		b.WriteString("\n")
	}
	best, grown := "", 0.0
	for _, p := range effect.Policies[1:5] {
		if v := r.Policies[p.Name][effect.SkillGrowth].Mean; v > grown {
			best, grown = p.Name, v
		}
	}
	baton, skilled := r.Policies["baton"], r.Policies["most_skilled"]
	times := func(name string) float64 { return r.Policies[name][effect.SkillGrowth].Mean / max(grown, 0.001) }
	beside := func(name string) float64 {
		return r.Policies[name][effect.Quality].Mean - skilled[effect.Quality].Mean
	}
	fmt.Fprintf(b, "\nBaton frees %.1f h a leader and week; people grow %.2f times as much as under the best simple policy (%s); quality is %+.3f beside most_skilled. ",
		baton[effect.NetHours].Mean, times("baton"), best, beside("baton"))
	fmt.Fprintf(b, "Looking at growth alone the oracle reaches %.1f times, with %.1f h and %+.3f.", times("oracle"), r.Policies["oracle"][effect.NetHours].Mean, beside("oracle"))
	for _, p := range effect.Foresights {
		fmt.Fprintf(b, " `%s` reaches %.2f times, with %.1f h and %+.3f.", p.Name, times(p.Name), r.Policies[p.Name][effect.NetHours].Mean, beside(p.Name))
	}
	b.WriteString("\n")
}
