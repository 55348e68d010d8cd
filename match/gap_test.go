package match

import (
	"bufio"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// A benchmark is one row of the published best known values.
type benchmark struct {
	name, file string
	maximise   bool
	best       int64
	proven     bool
}

const gapDir = "../../shared/gap"

// benchmarks lists the published instances, or skips the test without them.
func benchmarks(t testing.TB) []benchmark {
	f, err := os.Open(filepath.Join(gapDir, "best_known.csv"))
	if err != nil {
		t.Skip("no benchmark instances here")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []benchmark
	for _, row := range rows[1:] {
		best, err := strconv.ParseInt(row[5], 10, 64)
		if err != nil {
			t.Fatalf("%s: %v", row[0], err)
		}
		list = append(list, benchmark{row[0], row[1], row[4] == "max", best, row[7] == "yes"})
	}
	return list
}

// value is the best known value as this package counts it.
func (b benchmark) value() int64 {
	if b.maximise {
		return b.best
	}
	return -b.best
}

// problem reads the instance: people, tasks, values, efforts, capacities.
func (b benchmark) problem(t testing.TB) *Problem {
	f, err := os.Open(filepath.Join(gapDir, b.file))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	words := bufio.NewScanner(f)
	words.Split(bufio.ScanWords)
	next := func() int64 {
		words.Scan()
		n, err := strconv.ParseInt(words.Text(), 10, 64)
		if err != nil {
			t.Fatalf("%s: %v", b.file, err)
		}
		return n
	}
	people, tasks := int(next()), int(next())
	values, efforts := make([]int64, people*tasks), make([]int64, people*tasks)
	for k := range values {
		values[k] = next()
		if !b.maximise {
			values[k] = -values[k]
		}
	}
	for k := range efforts {
		efforts[k] = next()
	}
	var build Builder
	for range people {
		build.Person(next())
	}
	for j := range tasks {
		build.Task()
		for i := range people {
			build.Pair(j, i, values[i*tasks+j], efforts[i*tasks+j])
		}
	}
	p, err := build.Problem()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The small published instances are proven optimal, both ways.
func TestPublishedSmall(t *testing.T) {
	for _, b := range benchmarks(t) {
		if !strings.HasPrefix(b.name, "gap") {
			continue
		}
		p := b.problem(t)
		s := solved(t, p, Options{NoRunnersUp: true})
		if s.Status != Optimal || s.Value != b.value() {
			t.Errorf("%s: %d, bound %d, %v; the best is %d", b.name, s.Value, s.Bound, s.Status, b.value())
		}
	}
}

// On larger ones a short solve stays on both sides of the best known value.
func TestPublishedLarge(t *testing.T) {
	for _, b := range benchmarks(t) {
		if strings.HasPrefix(b.name, "gap") {
			continue
		}
		s := solved(t, b.problem(t), Options{NoRunnersUp: true, IterationLimit: 20})
		if s.Found() && s.Value > b.value() && b.proven || s.Bound < b.value() {
			t.Errorf("%s: %d, bound %d; the best known is %d", b.name, s.Value, s.Bound, b.value())
		}
	}
}
