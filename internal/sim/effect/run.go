package effect

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// A Run is what to simulate: every policy through the same seeds.
type Run struct {
	Scenario *Scenario
	Seeds    int // from 1 to this
	Weeks    int
	Policies []*Policy                                                        // all unless said
	Check    func(ctx context.Context, a *app.App, ws work.WorkspaceID) error // of every database at its end
	Done     func(done, of int)                                               // after each run
}

// A Result holds the measures of every policy.
type Result struct {
	Policies map[string]map[string]Estimate `json:"policies"`
	Scenario string                         `json:"scenario"`
	Seeds    []uint64                       `json:"seeds"`
	Weeks    int                            `json:"weeks"`
}

// The bounds of a run.
const (
	mostSeeds = 1000
	mostWeeks = 520
)

// Simulate runs every policy through every seed, as many at once as there are
// processors.
func Simulate(ctx context.Context, r Run) (*Result, error) {
	switch {
	case r.Seeds < 1 || r.Seeds > mostSeeds:
		return nil, work.FieldError("seeds", "Seeds go from 1 to %d, not %d.", mostSeeds, r.Seeds)
	case r.Weeks < 1 || r.Weeks > mostWeeks:
		return nil, work.FieldError("weeks", "Weeks go from 1 to %d, not %d.", mostWeeks, r.Weeks)
	}
	if len(r.Policies) == 0 {
		r.Policies = Policies
	}
	values, err := r.all(ctx)
	if err != nil {
		return nil, err
	}
	out := &Result{Policies: map[string]map[string]Estimate{}, Scenario: r.Scenario.Name, Weeks: r.Weeks}
	for seed := range r.Seeds {
		out.Seeds = append(out.Seeds, uint64(seed+1))
	}
	for i, p := range r.Policies {
		out.Policies[p.Name] = map[string]Estimate{}
		for _, m := range Measures {
			var of []float64
			for seed := range r.Seeds {
				of = append(of, values[i*r.Seeds+seed][m])
			}
			out.Policies[p.Name][m] = estimate(of)
		}
	}
	return out, nil
}

// all runs everything and returns the measures by policy and seed.
func (r *Run) all(ctx context.Context) ([]map[string]float64, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	values := make([]map[string]float64, len(r.Policies)*r.Seeds)
	next := make(chan int)
	var mu sync.Mutex
	done := 0
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(values)) {
		wait.Go(func() {
			for n := range next {
				p, seed := r.Policies[n/r.Seeds], uint64(n%r.Seeds+1)
				v, err := r.one(ctx, p, seed)
				if err != nil {
					cancel(fmt.Errorf("policy %s, seed %d: %w", p.Name, seed, err))
					continue
				}
				values[n] = v
				mu.Lock()
				done++
				if r.Done != nil {
					r.Done(done, len(values))
				}
				mu.Unlock()
			}
		})
	}
	for n := range values {
		select {
		case next <- n:
		case <-ctx.Done():
		}
	}
	close(next)
	wait.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return values, nil
}

// one runs one policy through one seed, in a database that is thrown away.
func (r *Run) one(ctx context.Context, p *Policy, seed uint64) (map[string]float64, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	dir, err := os.MkdirTemp("", "baton-sim-")
	if err != nil {
		return nil, fmt.Errorf("a directory for the database: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	s, err := store.Open(ctx, filepath.Join(dir, "baton.db"), store.Options{Unsynced: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Close() }()
	w := newWorld(r.Scenario, seed)
	t, err := newTeam(ctx, app.New(s, slog.New(slog.DiscardHandler)), w, p)
	if err != nil {
		return nil, err
	}
	for range r.Weeks {
		if err := t.week(ctx); err != nil {
			return nil, err
		}
	}
	if r.Check != nil {
		if err := r.Check(ctx, t.app, t.owner.Workspace); err != nil {
			return nil, err
		}
	}
	return w.tally.measures(len(w.leaders)), nil
}
