package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// bench is one kind of request, and what it may cost.
type bench struct {
	name   string
	budget float64 // CPU ms
	method string
	path   func(*plate) string
	body   string
}

func at(path string) func(*plate) string { return func(*plate) string { return path } }

func page(name string) func(*plate) string {
	return func(p *plate) string { return fmt.Sprintf("/w/%d/%s", p.workspace, name) }
}

var benches = []bench{
	{"create a task", 0.9, http.MethodPost, at("/api/v1/tasks"), `{"line":"Order paper every friday 15m"}`},
	{"list of 50", 1.5, http.MethodGet, at("/api/v1/tasks?limit=50"), ""},
	{"get a task", 0.3, http.MethodGet, func(p *plate) string { return fmt.Sprintf("/api/v1/tasks/%d", p.task) }, ""},
	{"search, a term in 0.1 %", 2, http.MethodGet, at("/api/v1/search?q=zebra"), ""},
	{"search, a term in 30 %", 2, http.MethodGet, at("/api/v1/search?q=invoice"), ""},
	{"search, a prefix in 30 %", 0, http.MethodGet, at("/api/v1/search?q=invo*"), ""},
	{"Today page", 3, http.MethodGet, page("today"), ""},
	{"Plate page", 0, http.MethodGet, page("plate"), ""},
	{"delegation page", 3, http.MethodGet, func(p *plate) string { return fmt.Sprintf("/w/%d/delegations/%d", p.workspace, p.delegation) }, ""},
}

// sample is what one case cost in one round.
type sample struct {
	cpu  time.Duration // of a request
	took []time.Duration
}

// requests measures each kind of request on both plates.
func requests(ctx context.Context, out *strings.Builder, dir, binary string, s settings) error {
	var servers [2]*server
	var plates [2]*plate
	for i, n := range []int{s.small, s.large} {
		p, err := fill(ctx, dir, n)
		if err != nil {
			return fmt.Errorf("fill %d tasks: %w", n, err)
		}
		plates[i] = p
		if servers[i], err = start(ctx, binary, p.db); err != nil {
			return err
		}
		if err := servers[i].signIn(ctx, binary, p.db); err != nil {
			return err
		}
	}
	got := map[string][2][]sample{}
	for round := range s.rounds + 1 {
		for _, b := range benches {
			both := got[b.name]
			for i := range servers {
				one, err := servers[i].repeat(ctx, b, plates[i], s.requests)
				if err != nil {
					return fmt.Errorf("%s: %w", b.name, err)
				}
				if round > 0 { // the first warms up
					both[i] = append(both[i], one)
				}
			}
			got[b.name] = both
		}
	}
	table(out, s, got)
	fmt.Fprintf(out, "\nMemory after this load: %.0f MiB on the small plate, %.0f MiB on the large one (budget 90).\n", servers[0].memory(), servers[1].memory())
	for i := range servers {
		if err := servers[i].stop(); err != nil {
			return err
		}
	}
	return nil
}

// repeat makes n requests of a case, one after another.
func (s *server) repeat(ctx context.Context, b bench, p *plate, n int) (sample, error) {
	one := sample{took: make([]time.Duration, 0, n)}
	before := s.cpu()
	for range n {
		began := time.Now()
		if err := s.do(ctx, b.method, b.path(p), b.body); err != nil {
			return one, err
		}
		one.took = append(one.took, time.Since(began))
	}
	one.cpu = (s.cpu() - before) / time.Duration(n)
	return one, nil
}

// do makes one request and reads its answer to the end.
func (s *server) do(ctx context.Context, method, path, body string) error {
	r, err := http.NewRequestWithContext(ctx, method, s.url+path, bytes.NewReader([]byte(body)))
	if err != nil {
		return err
	}
	if strings.HasPrefix(path, "/api/") {
		r.Header.Set("Authorization", "Bearer "+s.token)
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := s.client.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	got, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s answered %d: %.200s", method, path, answer.StatusCode, got)
	}
	return err
}

func table(out *strings.Builder, s settings, got map[string][2][]sample) {
	fmt.Fprintf(out, "\n### Requests\n\nCPU milliseconds of the server per request, p50 and p99 in milliseconds; one client, medians of %d rounds of %d requests.\n\n", s.rounds, s.requests)
	fmt.Fprintf(out, "| request | budget, CPU | %d tasks: CPU | p50 | p99 | %d tasks: CPU | p50 | p99 | ratio of CPU |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n", s.small, s.large)
	for _, b := range benches {
		budget := "–"
		if b.budget > 0 {
			budget = fmt.Sprintf("%.1f", b.budget)
		}
		small, large := summary(got[b.name][0]), summary(got[b.name][1])
		fmt.Fprintf(out, "| %s | %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |\n", b.name, budget,
			small[0], small[1], small[2], large[0], large[1], large[2], large[0]/small[0])
	}
}

// summary returns the medians of CPU, p50 and p99 over the rounds, in ms.
func summary(rounds []sample) [3]float64 {
	var cols [3][]float64
	for _, r := range rounds {
		slices.Sort(r.took)
		cols[0] = append(cols[0], ms(r.cpu))
		cols[1] = append(cols[1], ms(quantile(r.took, 0.5)))
		cols[2] = append(cols[2], ms(quantile(r.took, 0.99)))
	}
	var out [3]float64
	for i := range cols {
		slices.Sort(cols[i])
		out[i] = cols[i][len(cols[i])/2]
	}
	return out
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// quantile of sorted durations.
func quantile(sorted []time.Duration, q float64) time.Duration {
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}
