// Command match measures the engine on the published instances of a directory
// and on generated ones, one processor at work, and writes what came out into
// docs/matching-benchmarks.md.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"time"
)

func main() {
	dir := flag.String("gap", "", "directory of the published instances with their best_known.csv")
	only := flag.String("only", "", "measure only instances whose name begins so, several with commas between, and keep the other rows")
	out := flag.String("out", "docs/matching-benchmarks.md", "the document whose measured part is replaced")
	scale := flag.Float64("scale", 1, "time limits times this")
	peer := flag.Bool("peer", false, "run HiGHS from python3-scipy in turns on the instances of PEER_TABLE")
	flag.Parse()
	runtime.GOMAXPROCS(1)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *dir, *only, *out, *scale, *peer); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const begin, end = "<!-- measured -->\n", "<!-- /measured -->"

func run(ctx context.Context, dir, only, file string, scale float64, peer bool) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(text), begin)
	old, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		return fmt.Errorf("%s has no %q … %q", file, begin, end)
	}
	var table bytes.Buffer
	fmt.Fprintf(&table, "\n%s, one processor of %d, %s. Time is processor time of the whole process, reading aside.\n\n",
		runtime.Version(), runtime.NumCPU(), time.Now().Format("2 January 2006"))
	fmt.Fprint(&table, "| instance | tasks × people | limit s | value | bound | best known | value off % | bound off % | s to 1 % | s to 0.1 % | proven after s |\n|---|---|---|---|---|---|---|---|---|---|---|\n")
	known, err := published(dir)
	if err != nil {
		return err
	}
	var small row
	for _, one := range append(known, generated()...) {
		if !wanted(one.name, only) {
			continue
		}
		p, err := one.problem()
		if err != nil {
			return err
		}
		r, err := measure(ctx, p, one, scale)
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%s %.2f s\n", one.name, r.took)
		if strings.HasPrefix(one.name, "gap") {
			small.add(r)
			continue
		}
		r.write(&table, one, p)
	}
	if small.count > 0 {
		fmt.Fprintf(&table, "\nThe %d rows of gap1 to gap12: %d proven optimal and equal to the best known, %.2f s together, the slowest %.2f s.\n", small.count, small.right, small.took, small.slowest)
	}
	if peer {
		if err := beside(ctx, &table, known); err != nil {
			return err
		}
	}
	fmt.Fprintln(&table)
	measured := table.String()
	if only != "" {
		measured = anew(old, measured)
	}
	return os.WriteFile(file, []byte(before+begin+measured+end+after), 0o644)
}

// anew is the old measured part with the rows that were measured anew, and a
// line that names them with the day.
func anew(old, measured string) string {
	var names []string
	lines := strings.Split(old, "\n")
	for row := range strings.SplitSeq(measured, "\n") {
		cells := strings.SplitN(row, "|", 3)
		if len(cells) < 3 {
			continue
		}
		name := cells[0] + "|" + cells[1] + "|"
		if n := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, name) }); n > 4 {
			lines[n] = row
			names = append(names, strings.TrimSpace(cells[1]))
		}
	}
	end := slices.Index(lines[5:], "") + 5
	lines = slices.Insert(lines, end, "", "Measured anew on "+time.Now().Format("2 January 2006")+": "+strings.Join(names, "; ")+".")
	return strings.Join(lines, "\n")
}

func wanted(name, only string) bool {
	if only == "" {
		return true
	}
	for one := range strings.SplitSeq(only, ",") {
		if strings.HasPrefix(name, one) {
			return true
		}
	}
	return false
}
