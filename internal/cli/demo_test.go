package cli

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strings"
	"testing"
	"time"
)

// TestDemoIsThereAndGone starts the demo on a free port, walks in by each of
// its doors, tells it to stop, and looks whether anything is left.
func TestDemoIsThereAndGone(t *testing.T) {
	bare(t)
	t.Setenv("TMPDIR", t.TempDir())
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	r, w := io.Pipe()
	code := make(chan int, 1)
	go func() {
		world := World{In: strings.NewReader(""), Out: w, Err: w, Getenv: func(string) string { return "" }, Now: func() time.Time { return time.Now().UTC() }}
		code <- Main(ctx, []string{"demo", "--addr", "127.0.0.1:0"}, world)
		_ = w.Close()
	}()
	lines := bufio.NewScanner(r)
	said := map[string]string{}
	for len(said) < 4 && lines.Scan() {
		what, url, _ := strings.Cut(lines.Text(), ": ")
		said[what] = url
	}
	if said["Ready"] == "" || said["Sign in"] == "" || len(said) != 4 {
		t.Fatalf("the demo said %v", said)
	}
	for what, url := range said {
		if strings.HasSuffix(url, "/") {
			t.Errorf("%s: %s ends in a slash", what, url)
		}
		for range 2 {
			if status := walkIn(t, url); what != "As the cleaning service, without an account" && status != http.StatusOK {
				t.Errorf("%s: %s answers %d", what, url, status)
			}
		}
	}
	stop()
	for lines.Scan() {
		t.Errorf("at the end it said %q", lines.Text())
	}
	if got := <-code; got != exitDone {
		t.Errorf("it ended with %d", got)
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("it left %v behind (%v)", left, err)
	}
}

func walkIn(t *testing.T, url string) int {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := (&http.Client{Jar: jar}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	return res.StatusCode
}
