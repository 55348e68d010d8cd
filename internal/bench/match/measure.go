package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"runtime"
	"time"

	"golang.org/x/sys/unix"

	"baton/match"
)

// A row is what was measured on an instance, or on several.
type row struct {
	solution       *match.Solution
	took           float64 // seconds of processor time
	onePercent     float64 // until the value was so near the best known, or the last bound; below 0: never
	tenthPercent   float64
	count, right   int
	slowest        float64
	best           int64
	bestIsOurBound bool
}

func cpu() float64 {
	var u unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// measure solves one instance. The limit is one of processor time.
func measure(ctx context.Context, p *match.Problem, one instance, scale float64) (row, error) {
	runtime.GC()
	type moment struct {
		at    float64
		value int64
	}
	var history []moment
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	start := cpu()
	go func() {
		for left := one.limit * scale; left > 0 && ctx.Err() == nil; left = one.limit*scale - (cpu() - start) {
			time.Sleep(time.Duration(left/2*float64(time.Second)) + 2*time.Millisecond)
		}
		cancel()
	}()
	s, err := match.Solve(ctx, p, match.Options{NoRunnersUp: true, Progress: func(now match.Progress) {
		if now.Found {
			history = append(history, moment{cpu() - start, now.Value})
		}
	}})
	took := cpu() - start
	if err == nil {
		err = match.Check(p, s)
	}
	if err != nil {
		return row{}, fmt.Errorf("%s: %w", one.name, err)
	}
	r := row{solution: s, took: took, onePercent: -1, tenthPercent: -1, best: one.best}
	if !one.known {
		r.best, r.bestIsOurBound = s.Bound, true
	}
	for _, m := range history {
		off := part(r.best, m.value)
		if r.onePercent < 0 && off <= 0.01 {
			r.onePercent = m.at
		}
		if r.tenthPercent < 0 && off <= 0.001 {
			r.tenthPercent = m.at
		}
	}
	return r, nil
}

// part is how far a value is below another, as a part of that.
func part(best, value int64) float64 {
	return (float64(best) - float64(value)) / math.Max(1, math.Abs(float64(best)))
}

// add counts a row among several.
func (r *row) add(one row) {
	r.count++
	r.took += one.took
	r.slowest = max(r.slowest, one.took)
	if one.solution.Status == match.Optimal && one.solution.Value == one.best {
		r.right++
	}
}

func (r *row) write(w io.Writer, one instance, p *match.Problem) {
	s := r.solution
	known, proven, value := fmt.Sprint(abs(r.best)), "", "none"
	off := "–"
	if r.bestIsOurBound {
		known = ""
	}
	if s.Status == match.Optimal {
		proven = fmt.Sprintf("%.2f", r.took)
	}
	if s.Found() {
		value, off = fmt.Sprint(abs(s.Value)), fmt.Sprintf("%.3f", 100*part(r.best, s.Value))
	}
	fmt.Fprintf(w, "| %s | %d × %d | %g | %s | %d | %s | %s | %.3f | %s | %s | %s |\n", one.name, p.Tasks(), p.People(), one.limit,
		value, abs(s.Bound), known, off, math.Abs(100*part(r.best, s.Bound)), when(r.onePercent), when(r.tenthPercent), proven)
}

func when(t float64) string {
	if t < 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f", t)
}

func abs(v int64) int64 { return max(v, -v) }
