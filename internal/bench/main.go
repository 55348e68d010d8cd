// Command bench measures the running program the way its users meet it: the
// built binary as a server on one core, requests over loopback from another.
//
//	go run ./internal/bench -out docs/performance.md
//
// Every figure of a table comes from one run: the cases take turns in each of
// its rounds, over a small and a large plate at the same time, and the medians
// of the rounds are what is printed. CPU time is the server's own, summed over
// its threads, so that a noisy neighbour does not change it much.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
)

// settings of a run.
type settings struct {
	small, large int // tasks on the plate
	rounds       int
	requests     int // of a case in a round
	creates      int // of the throughput runs
	out          string
	pinned       bool
}

func main() {
	var s settings
	flag.IntVar(&s.small, "small", 1_000, "tasks on the small plate")
	flag.IntVar(&s.large, "large", 100_000, "tasks on the large plate")
	flag.IntVar(&s.rounds, "rounds", 7, "rounds; the median counts")
	flag.IntVar(&s.requests, "requests", 150, "requests of a case in a round")
	flag.IntVar(&s.creates, "creates", 4_000, "creates of a throughput run")
	flag.StringVar(&s.out, "out", "", "file whose measured part is replaced")
	flag.BoolVar(&s.pinned, "pinned", false, "this process was put on its core already")
	flag.Parse()
	if !s.pinned {
		os.Exit(onCore(1))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// onCore runs this program again, bound to one core, so that the load and the
// server do not take each other's time. Without taskset it runs unbound.
func onCore(core int) int {
	args := append(pin(core), os.Args[0])
	args = append(append(args, os.Args[1:]...), "-pinned")
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return 1
	}
	return 0
}

// pin is the command prefix that binds what follows to a core.
func pin(core int) []string {
	if _, err := exec.LookPath("taskset"); err != nil {
		return nil
	}
	return []string{"taskset", "-c", fmt.Sprint(core)}
}

func run(ctx context.Context, s settings) error {
	dir, err := os.MkdirTemp("", "baton-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	defer killAll()
	binary := filepath.Join(dir, "baton")
	build := exec.CommandContext(ctx, "make", "build", "BINARY="+binary)
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("build the program: %w", err)
	}
	var report strings.Builder
	machine(&report, binary, s)
	for _, part := range []func(context.Context, *strings.Builder, string, string, settings) error{requests, throughput, syncs, footprint} {
		if err := part(ctx, &report, dir, binary, s); err != nil {
			return err
		}
	}
	return publish(s.out, report.String())
}

// markers enclose the measured part of the document.
const (
	begin = "<!-- measured -->"
	end   = "<!-- /measured -->"
)

// publish prints the report and puts it between the document's markers.
func publish(path, report string) error {
	fmt.Print(report)
	if path == "" {
		return nil
	}
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(old), begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		return fmt.Errorf("%s has no part between %s and %s", path, begin, end)
	}
	return os.WriteFile(path, []byte(before+begin+"\n\n"+report+"\n"+end+after), 0o644)
}
