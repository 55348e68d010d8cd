package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is the program under measurement.
type server struct {
	cmd    *exec.Cmd
	url    string
	token  string
	client *http.Client
	ready  time.Duration // from the start to "Ready:"
}

// running are the servers started, so that none outlives a failed run.
var running []*exec.Cmd

func killAll() {
	for _, cmd := range running {
		_ = cmd.Process.Kill() // most have ended long ago
	}
}

// start serves a database on core 0 and waits until requests are answered.
func start(ctx context.Context, binary, db string, wrap ...string) (*server, error) {
	args := append(wrap, pin(0)...)
	args = append(args, binary, "serve", "--addr", "127.0.0.1:0", "--db", db)
	s := &server{cmd: exec.CommandContext(ctx, args[0], args[1:]...)}
	s.cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	running = append(running, s.cmd)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if url, ok := strings.CutPrefix(lines.Text(), "Ready: "); ok {
			s.url = url
			break
		}
	}
	if s.url == "" {
		return nil, fmt.Errorf("the server did not say that it is ready: %w", s.cmd.Wait())
	}
	go func() {
		for lines.Scan() {
		}
	}()
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	s.client = &http.Client{Jar: jar, Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 100}}
	answer, err := s.client.Get(s.url + "/signin")
	if err != nil {
		return nil, err
	}
	s.ready = time.Since(began)
	return s, answer.Body.Close()
}

// signIn lets requests act for the first owner: by token and by session.
func (s *server) signIn(ctx context.Context, binary, db string) error {
	var token struct{ Token string }
	if err := ask(ctx, binary, &token, "token", "bench", "--json", "--db", db); err != nil {
		return err
	}
	s.token = token.Token
	var link struct{ URL string }
	if err := ask(ctx, binary, &link, "signin", "--json", "--db", db, "--url", s.url); err != nil {
		return err
	}
	answer, err := s.client.PostForm(link.URL, nil)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// ask runs a command of the program and reads its JSON.
func ask(ctx context.Context, binary string, into any, args ...string) error {
	out, err := exec.CommandContext(ctx, binary, args...).Output()
	if err != nil {
		return fmt.Errorf("%s: %w", strings.Join(args, " "), err)
	}
	return json.NewDecoder(bytes.NewReader(out)).Decode(into)
}

func (s *server) stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.cmd.Wait()
}

// pid is the server's own process, which a wrapper may have started.
func (s *server) pid() int {
	pid := s.cmd.Process.Pid
	for {
		children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
		first, _, _ := strings.Cut(strings.TrimSpace(string(children)), " ")
		child, bad := strconv.Atoi(first)
		if err != nil || bad != nil {
			return pid
		}
		pid = child
	}
}

// cpu is the time the server's threads have run so far. Threads of a Go
// program do not end, so none is missed.
func (s *server) cpu() time.Duration {
	var total time.Duration
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", s.pid()))
	for _, file := range threads {
		stat, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		ran, _, _ := strings.Cut(string(stat), " ")
		ns, _ := strconv.ParseInt(ran, 10, 64)
		total += time.Duration(ns)
	}
	return total
}

// memory is the server's resident set in MiB.
func (s *server) memory() float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.pid()))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, _ := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
			return kib / 1024
		}
	}
	return 0
}
