// Summary reads the stream of go test -json and writes what a person wants of
// it: a line for each package, the output of what failed, why tests were
// skipped, and last of all how many passed, failed and were skipped. It fails
// when a test did, and when there was none.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// event is one line of the stream, as go doc test2json describes it.
type event struct {
	Action     string
	Package    string
	Test       string
	ImportPath string // of a package that did not build
	Output     string
	Elapsed    float64
}

type summary struct {
	out                     io.Writer
	said                    map[string][]string // by package and test
	skips                   map[string]int      // by reason
	passed, failed, skipped int
	broken                  int // packages that failed without a test of theirs
	failedIn                map[string]bool
}

func main() {
	s := &summary{out: os.Stdout, said: map[string][]string{}, skips: map[string]int{}, failedIn: map[string]bool{}}
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			s.line(line)
		}
		if err != nil {
			break
		}
	}
	if !s.end() {
		os.Exit(1)
	}
}

func (s *summary) line(line []byte) {
	var e event
	if json.Unmarshal(line, &e) != nil {
		_, _ = s.out.Write(line) // not from a test: show it
		return
	}
	key := e.Package + " " + e.Test
	switch e.Action {
	case "output":
		s.said[key] = append(s.said[key], e.Output)
	case "build-output":
		s.printf("%s", e.Output)
	case "pass", "fail", "skip":
		s.finish(e, key)
		delete(s.said, key)
	}
}

func (s *summary) finish(e event, key string) {
	if e.Test == "" {
		s.finishPackage(e, key)
		return
	}
	switch e.Action {
	case "pass":
		s.passed++
	case "fail":
		s.failed++
		s.failedIn[e.Package] = true
		s.printf("%s", strings.Join(s.said[key], ""))
	case "skip":
		s.skipped++
		s.skips[reason(s.said[key])]++
	}
}

func (s *summary) finishPackage(e event, key string) {
	switch e.Action {
	case "pass":
		s.printf("ok    %-40s %6.1fs\n", e.Package, e.Elapsed)
	case "fail":
		if !s.failedIn[e.Package] {
			s.broken++
			s.printf("%s", strings.Join(s.said[key], ""))
		}
		s.printf("FAIL  %-40s %6.1fs\n", e.Package, e.Elapsed)
	}
}

// reason is the last thing a skipped test said, without the place it said it.
func reason(said []string) string {
	for _, line := range slices.Backward(said) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "---") || strings.HasPrefix(line, "===") {
			continue
		}
		if at, rest, ok := strings.Cut(line, ": "); ok && strings.Contains(at, ".go:") {
			return rest
		}
		return line
	}
	return "no reason given"
}

// end writes the closing lines and reports whether all is well.
func (s *summary) end() bool {
	for _, why := range slices.Sorted(maps.Keys(s.skips)) {
		s.printf("skipped %d: %s\n", s.skips[why], why)
	}
	if s.broken > 0 {
		s.printf("%d packages did not build or end\n", s.broken)
	}
	s.printf("%d passed, %d failed, %d skipped\n", s.passed, s.failed+s.broken, s.skipped)
	return s.failed == 0 && s.broken == 0 && s.passed > 0
}

func (s *summary) printf(format string, args ...any) { _, _ = fmt.Fprintf(s.out, format, args...) }
