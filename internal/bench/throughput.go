package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// crowd is what many clients at once got.
type crowd struct {
	failed int64
	took   []time.Duration
	wall   time.Duration
}

// create lets clients create tasks until n are made.
func (s *server) create(ctx context.Context, clients, n int) crowd {
	var c crowd
	var left atomic.Int64
	left.Store(int64(n))
	var mu sync.Mutex
	var all sync.WaitGroup
	began := time.Now()
	for range clients {
		all.Go(func() {
			var mine []time.Duration
			for left.Add(-1) >= 0 {
				at := time.Now()
				if err := s.do(ctx, benches[0].method, benches[0].path(nil), benches[0].body); err != nil {
					atomic.AddInt64(&c.failed, 1)
				}
				mine = append(mine, time.Since(at))
			}
			mu.Lock()
			defer mu.Unlock()
			c.took = append(c.took, mine...)
		})
	}
	all.Wait()
	c.wall = time.Since(began)
	slices.Sort(c.took)
	return c
}

// fresh serves a new, small plate.
func fresh(ctx context.Context, dir, binary, name string, wrap ...string) (*server, error) {
	p, err := fill(ctx, dir, 100)
	if err != nil {
		return nil, err
	}
	db := filepath.Join(dir, name+".db")
	if err := os.Rename(p.db, db); err != nil {
		return nil, err
	}
	s, err := start(ctx, binary, db, wrap...)
	if err != nil {
		return nil, err
	}
	return s, s.signIn(ctx, binary, db)
}

// throughput measures creates by many clients at once.
func throughput(ctx context.Context, out *strings.Builder, dir, binary string, s settings) error {
	fmt.Fprintf(out, "\n### Creates by many clients\n\n%d creates on SQLite with `synchronous=FULL`, through the API; budget: none fails, and at 16 clients at least 700/s with p99 at most 60 ms.\n\n", s.creates)
	out.WriteString("| clients | creates/s | p50 ms | p99 ms | failed |\n|--:|--:|--:|--:|--:|\n")
	srv, err := fresh(ctx, dir, binary, "throughput")
	if err != nil {
		return err
	}
	for _, clients := range []int{1, 16, 64} {
		c := srv.create(ctx, clients, s.creates)
		fmt.Fprintf(out, "| %d | %.0f | %.2f | %.2f | %d |\n", clients, float64(s.creates)/c.wall.Seconds(), ms(quantile(c.took, 0.5)), ms(quantile(c.took, 0.99)), c.failed)
	}
	return srv.stop()
}

var totalCalls = regexp.MustCompile(`(?m)^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?f(?:data)?sync$`)

// syncs counts how often the database is synced for answered creates.
func syncs(ctx context.Context, out *strings.Builder, dir, binary string, _ settings) error {
	out.WriteString("\n### Syncs\n\n")
	if tool, _ := exec.LookPath("strace"); tool == "" {
		out.WriteString("Not measured: strace is not installed.\n")
		return nil
	}
	out.WriteString("Calls of fsync and fdatasync while creates are answered, counted by strace. Writers that wait together share a commit; there is never an answer before its commit group is synced.\n\n| clients | creates | syncs | creates a sync |\n|--:|--:|--:|--:|\n")
	for _, clients := range []int{1, 16} {
		counts := filepath.Join(dir, fmt.Sprintf("syncs-%d", clients))
		srv, err := fresh(ctx, dir, binary, fmt.Sprintf("syncs-%d", clients), "strace", "-f", "-c", "-e", "trace=fsync,fdatasync", "-o", counts)
		if err != nil {
			return err
		}
		const creates = 500
		srv.create(ctx, clients, creates)
		if err := srv.signalServer(); err != nil {
			return err
		}
		n, err := counted(counts)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "| %d | %d | %d | %.1f |\n", clients, creates, n, creates/float64(max(n, 1)))
	}
	return nil
}

// signalServer stops a server that runs under a wrapper.
func (s *server) signalServer() error {
	p, err := os.FindProcess(s.pid())
	if err != nil {
		return err
	}
	if err := p.Signal(os.Interrupt); err != nil {
		return err
	}
	return s.cmd.Wait()
}

func counted(file string) (int, error) {
	report, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	total := 0
	for _, m := range totalCalls.FindAllStringSubmatch(string(report), -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

// footprint measures starts and memory.
func footprint(ctx context.Context, out *strings.Builder, dir, binary string, s settings) error {
	var first, later []time.Duration
	var idle float64
	for i := range s.rounds {
		db := filepath.Join(dir, fmt.Sprintf("first-%d.db", i))
		for _, times := range []*[]time.Duration{&first, &later} {
			srv, err := start(ctx, binary, db)
			if err != nil {
				return err
			}
			*times = append(*times, srv.ready)
			idle = max(idle, srv.memory())
			if err := srv.stop(); err != nil {
				return err
			}
		}
	}
	slices.Sort(first)
	slices.Sort(later)
	info, err := os.Stat(binary)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\n### Start and size\n\n| what | measured | budget |\n|---|--:|--:|\n")
	fmt.Fprintf(out, "| first start to the first answer, median | %.0f ms | 100 ms |\n", ms(first[len(first)/2]))
	fmt.Fprintf(out, "| later start to the first answer, median | %.0f ms | 40 ms |\n", ms(later[len(later)/2]))
	fmt.Fprintf(out, "| resident when idle, highest | %.0f MiB | 30 MiB |\n", idle)
	fmt.Fprintf(out, "| the program, static | %.1f MB | 30 MB |\n", float64(info.Size())/1e6)
	return nil
}

// machine says what was measured, on what.
func machine(out *strings.Builder, binary string, s settings) {
	model, cores := "unknown processor", 0
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for l := range strings.Lines(string(info)) {
			if _, name, ok := strings.Cut(l, ":"); ok && strings.HasPrefix(l, "model name") {
				model = strings.TrimSpace(name)
				cores++
			}
		}
	}
	version, _ := exec.Command(binary, "version").Output()
	fmt.Fprintf(out, "Taken on %s with %s, %d cores of %s: the server on one core (`GOMAXPROCS=1`), the load from another, HTTP over loopback, answers uncompressed, SQLite with `synchronous=FULL`; plates of %d and %d tasks.\n",
		time.Now().UTC().Format("2 January 2006"), strings.TrimSpace(string(version)), cores, model, s.small, s.large)
}
