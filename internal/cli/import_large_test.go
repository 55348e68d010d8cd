package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// The large import of docs/import.md.
const (
	largeRows   = 200_000
	largeBytes  = 100 << 20
	largeMemory = 200 << 10 // KiB
)

// TestLargeImport measures the real server while the real command line sends
// it 100 MB and 200,000 rows, and while it takes them back: its processor time
// and peak memory, and how long others wait meanwhile. It takes a minute or
// two and runs when BATON_LARGE is set.
func TestLargeImport(t *testing.T) {
	if os.Getenv("BATON_LARGE") == "" {
		t.Skip("set BATON_LARGE to run it")
	}
	dir := t.TempDir()
	program, file, db := filepath.Join(dir, "baton"), filepath.Join(dir, "large.todoist.csv"), filepath.Join(dir, "baton.db")
	run(t, nil, "go", "build", "-o", program, "baton/cmd/baton")
	size := large(t, file)
	run(t, nil, program, "plate", "--db", db) // makes the workspace
	var token struct {
		Token string `json:"token"`
	}
	if err := json.Unmarshal(run(t, nil, program, "token", "large", "--json", "--db", db), &token); err != nil {
		t.Fatal(err)
	}

	server := exec.Command(program, "serve", "--addr", "127.0.0.1:0", "--db", db)
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	server.Stderr = os.Stderr
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Process.Kill(); _ = server.Wait() }()
	url := ready(t, out)

	t.Logf("%d bytes, %d rows", size, largeRows)
	var made struct{ Import, Created, Removed int }
	for _, step := range []struct {
		name string
		args func() []string
	}{
		{"import", func() []string { return []string{"import", file} }},
		{"take back", func() []string { return []string{"import", "--take-back", fmt.Sprint(made.Import)} }},
	} {
		done, waits := make(chan struct{}), make(chan []time.Duration)
		go func() { waits <- others(t, url, token.Token, done) }()
		began, before := time.Now(), processorTime(t, server.Process.Pid)
		answer := run(t, nil, program, append(step.args(), "--json", "--server", url, "--token", token.Token)...)
		took, busy := time.Since(began), processorTime(t, server.Process.Pid)-before
		close(done)
		all := <-waits
		slices.Sort(all)
		if err := json.Unmarshal(answer, &made); err != nil {
			t.Fatalf("%s: %v", answer, err)
		}
		t.Logf("%s: %s, %s of the server's processor time; peak memory %d KiB; %d creates meanwhile, median %s, p99 %s, longest %s", step.name,
			took.Round(time.Second), busy.Round(time.Second), peakMemory(t, server.Process.Pid), len(all), all[len(all)/2], all[len(all)*99/100], all[len(all)-1])
	}
	if peak := peakMemory(t, server.Process.Pid); peak > largeMemory {
		t.Errorf("the server took %d KiB, more than %d", peak, largeMemory)
	}
	if made.Created != largeRows || made.Removed != largeRows {
		t.Errorf("%d tasks came and %d went", made.Created, made.Removed)
	}
}

// processorTime is how long a process and its threads ran so far.
func processorTime(t *testing.T, pid int) time.Duration {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Skip("the system does not say how long a process ran")
	}
	const ticks = 100 // a second, on every Linux
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	var user, system time.Duration
	if _, err := fmt.Sscan(fields[11]+" "+fields[12], &user, &system); err != nil {
		t.Fatal(err)
	}
	return (user + system) * time.Second / ticks
}

func run(t *testing.T, env []string, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env, cmd.Stderr = append(os.Environ(), env...), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %v: %v", name, args, err)
	}
	return out
}

// large writes a Todoist file of random words; the seed is fixed.
func large(t *testing.T, path string) int64 {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	random := rand.New(rand.NewPCG(2026, 11))
	words := strings.Fields("order call plan write check clean mow send invoice newsletter patient rota meeting prepare the a for of with talk")
	some := func(n int) string {
		picked := make([]string, n)
		for i := range picked {
			picked[i] = words[random.IntN(len(words))]
		}
		return strings.Join(picked, " ")
	}
	_, _ = fmt.Fprintln(w, "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,DEADLINE,DEADLINE_LANG")
	for i := range largeRows {
		if i%5000 == 0 {
			_, _ = fmt.Fprintf(w, "section,Section %d,,,,,,,,,,,,\n", i/5000)
		}
		_, _ = fmt.Fprintf(w, "task,%s %d @x,\"%s\",%d,%d,A (1),,every friday,en,America/Chicago,45,minute,,\n", some(5), i, some(77), 1+i%4, 1+min(i%3, 1))
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil || f.Close() != nil {
		t.Fatal(err)
	}
	if info.Size() < largeBytes {
		t.Fatalf("the file has %d bytes only", info.Size())
	}
	return info.Size()
}

// ready waits for the server to say where it answers.
func ready(t *testing.T, out io.Reader) string {
	t.Helper()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if url, ok := strings.CutPrefix(lines.Text(), "Ready: "); ok {
			return url
		}
	}
	t.Fatal("the server never was ready")
	return ""
}

// others adds tasks one after another until done, and returns how long each
// took.
func others(t *testing.T, url, token string, done <-chan struct{}) []time.Duration {
	var waits []time.Duration
	for {
		select {
		case <-done:
			return waits
		default:
		}
		began := time.Now()
		post(t, url+"/api/v1/tasks", token, strings.NewReader(`{"title":"Something else"}`))
		waits = append(waits, time.Since(began))
	}
}

func post(t *testing.T, url, token string, body io.Reader) []byte {
	r, err := http.NewRequest(http.MethodPost, url, body)
	if err != nil {
		t.Error(err)
		return nil
	}
	r.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Error(err)
		return nil
	}
	defer func() { _ = res.Body.Close() }()
	var answer bytes.Buffer
	if _, err := answer.ReadFrom(res.Body); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("%s: %d %s %v", url, res.StatusCode, answer.String(), err)
	}
	return answer.Bytes()
}

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// peakMemory is the most a process had resident, in KiB.
func peakMemory(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Skip("the system does not say how much memory a process takes")
	}
	var peak int
	if m := highWater.FindSubmatch(status); m == nil {
		t.Fatal("no VmHWM")
	} else if _, err := fmt.Sscan(string(m[1]), &peak); err != nil {
		t.Fatal(err)
	}
	return peak
}
