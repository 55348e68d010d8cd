package match

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestProbe(t *testing.T) {
	want := os.Getenv("PROBE")
	if want == "" {
		t.Skip()
	}
	secs, _ := strconv.ParseFloat(os.Getenv("SECS"), 64)
	if secs == 0 {
		secs = 5
	}
	var total time.Duration
	for _, b := range benchmarks(t) {
		if ok, _ := filepath.Match(want, b.name); !ok && !strings.HasPrefix(b.name, want) {
			continue
		}
		p := b.problem(t)
		ctx, cancel := context.WithTimeout(context.Background(), time.Duration(secs*1e9))
		start := time.Now()
		s, err := Solve(ctx, p, Options{NoRunnersUp: true})
		cancel()
		took := time.Since(start)
		total += took
		if err != nil {
			t.Fatal(err)
		}
		if err := Check(p, s); err != nil {
			t.Errorf("%s: %v", b.name, err)
		}
		best := b.best
		if !b.maximise {
			best = -best
		}
		fmt.Printf("%-10s best %7d value %7d bound %7d %-10v nodes %7d evals %7d %8.1f ms\n", b.name, best, s.Value, s.Bound, s.Status, s.Nodes, s.Iterations, float64(took.Microseconds())/1000)
	}
	fmt.Println("total", total)
}
