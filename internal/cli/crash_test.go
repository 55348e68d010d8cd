//go:build linux

package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	netmail "net/mail"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"baton/client"
	"baton/internal/app/delegations"
	"baton/internal/storetest"
	"baton/internal/work"
)

// TestNothingAnsweredIsLost kills the program with SIGKILL at random moments
// while clients write to it, ten times on each database, or as often as
// BATON_KILLS says. Each client keeps what was answered and asks again, with the
// same key, what was not. After each restart what was answered since the one
// before is there, at every fiftieth and in the end all of it, and nothing twice; then every offer's mail arrived, repeats with the same
// Message-ID, and the doctor finds nothing.
func TestNothingAnsweredIsLost(t *testing.T) {
	kills, seed := 10, uint64(time.Now().UnixNano())
	if said := os.Getenv(killsEnv); said != "" {
		var err error
		if kills, err = strconv.Atoi(said); err != nil {
			t.Fatal(err)
		}
	}
	bare(t)
	t.Logf("seed %d, %d kills on each database", seed, kills)
	path := program(t)
	for _, database := range storetest.Databases {
		t.Run(database, func(t *testing.T) {
			t.Setenv("BATON_KEY", filepath.Join(t.TempDir(), "baton.key"))
			c := &crashing{t: t, path: path, dsn: storetest.DSN(t, database), chance: rand.New(rand.NewPCG(seed, 0)), answered: map[string]bool{}, post: openPost(t)}
			c.back.L = &c.mu
			t.Cleanup(c.leave)
			run(t, nil, path, "plate", "--db", c.dsn) // makes the workspace
			var token struct{ Token string }
			if err := json.Unmarshal(run(t, nil, path, "token", "crash", "--scope", "all", "--json", "--db", c.dsn), &token); err != nil {
				t.Fatal(err)
			}
			c.token = token.Token
			c.whileWriting(kills)
			c.whileMailing(max(3, kills/10))
			t.Setenv("BATON_NOW", c.now.Format(time.RFC3339))
			_, out, _ := baton(t, path, 0, "doctor", "--db", c.dsn, "--json")
			var found struct{ Checks []check }
			if err := json.Unmarshal([]byte(out), &found); err != nil || len(found.Checks) < 5 {
				t.Errorf("the doctor says %s: %v", out, err)
			}
			for _, k := range found.Checks {
				if !k.OK && k.Name != "mail" { // the last one may have come as the server was stopped, and leave again
					t.Errorf("the doctor says %+v", k)
				}
			}
			t.Logf("%d kills, %d requests answered, %d asked again, %d mails, %d of them again", c.killed, len(c.answered), c.again.Load(), len(c.post.ids), c.post.repeats)
		})
	}
}

// killsEnv says how often the program is killed.
const killsEnv = "BATON_KILLS"

// writers is how many clients write at once.
const writers = 4

// crashing is a server that is killed and started again, and its clients.
type crashing struct {
	t      *testing.T
	path   string
	dsn    string
	token  string
	chance *rand.Rand
	post   *mailbox
	killed int
	now    time.Time // that the servers were told last

	mu       sync.Mutex
	back     sync.Cond // a server answers at another address, or nobody writes any more
	url      string
	over     bool
	lost     bool            // something went wrong, and no other server starts
	answered map[string]bool // by key; what was answered is there
	fresh    []string        // resources that were answered since they were last looked at

	server  *exec.Cmd
	moments atomic.Int64 // at which a client sent a request or had its answer
	end     atomic.Int64 // the moment at which the server is killed
	next    atomic.Int64 // story
	again   atomic.Int64 // requests
}

// start serves the database, at a moment when one is given.
func (c *crashing) start(now time.Time) {
	c.t.Helper()
	c.end.Store(1 << 62)
	c.server = exec.Command(c.path, "serve", "--addr", "127.0.0.1:0", "--db", c.dsn, "--smtp", c.post.address)
	c.server.Env, c.server.Stderr = os.Environ(), os.Stderr
	if !now.IsZero() {
		c.server.Env = append(c.server.Env, "BATON_NOW="+now.Format(time.RFC3339))
	}
	out, err := c.server.StdoutPipe()
	if err != nil {
		c.t.Fatal(err)
	}
	if err := c.server.Start(); err != nil {
		c.t.Fatal(err)
	}
	at := ready(c.t, out)
	go func() { _, _ = io.Copy(io.Discard, out) }() // until it ends
	c.mu.Lock()
	defer c.mu.Unlock()
	c.url = at
	c.back.Broadcast()
}

// leave ends what a test that failed leaves behind.
func (c *crashing) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.over, c.lost = true, true
	c.back.Broadcast()
	if c.server != nil {
		_ = c.server.Process.Kill() // most ended long ago
	}
}

// dies waits until the server was killed.
func (c *crashing) dies() {
	c.t.Helper()
	_ = c.server.Wait() // that it was killed is what is asked next
	if status, ok := c.server.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGKILL {
		c.t.Fatalf("the server ended by itself: %s", c.server.ProcessState)
	}
	c.killed++
}

// stop tells the server to stop, and waits until it did.
func (c *crashing) stop() {
	c.t.Helper()
	if err := errors.Join(c.server.Process.Signal(syscall.SIGTERM), c.server.Wait()); err != nil {
		c.t.Error(err)
	}
}

// moment is a client's: the server may be killed at it.
func (c *crashing) moment() {
	if c.moments.Add(1) == c.end.Load() {
		_ = c.server.Process.Kill() // whether it was is seen when it dies
	}
}

func (c *crashing) whileWriting(kills int) {
	var wg sync.WaitGroup
	c.start(time.Time{})
	for range writers {
		wg.Go(func() {
			for c.writing() {
				c.story(c.next.Add(1))
			}
		})
	}
	for range kills {
		c.end.Store(c.moments.Load() + writers + 1 + c.chance.Int64N(60))
		c.dies()
		if c.t.Failed() {
			break
		}
		c.start(time.Time{})
		if c.killed%50 == 0 {
			c.check()
		}
		c.look()
	}
	c.mu.Lock()
	c.over, c.lost = true, c.t.Failed()
	c.back.Broadcast()
	c.mu.Unlock()
	wg.Wait()
	if c.t.Failed() {
		c.t.FailNow()
	}
	c.check()
	c.stop()
}

func (c *crashing) writing() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.over && !c.t.Failed()
}

// story writes a task, and of every third one hands it to somebody new, who has
// a mail address and no account.
func (c *crashing) story(n int64) {
	var made struct{ ID int64 }
	if !c.ask(fmt.Sprintf("Task %d", n), http.MethodPost, "tasks", map[string]any{"title": fmt.Sprintf("Task %d", n)}, &made) {
		return
	}
	c.keep("tasks/%d", made.ID)
	if n%3 != 0 {
		return
	}
	var who struct{ ID int64 }
	name := fmt.Sprintf("Person %d", n)
	if !c.ask(name, http.MethodPost, "people", map[string]any{"name": name, "kind": "provider", "email": fmt.Sprintf("p%d@example.org", n)}, &who) {
		return
	}
	c.keep("people/%d", who.ID)
	var d delegations.Delegation
	if !c.ask(fmt.Sprintf("Draft %d", n), http.MethodPost, fmt.Sprintf("tasks/%d/delegation", made.ID), map[string]any{"receiver": who.ID}, &d) {
		return
	}
	c.keep("delegations/%d", int64(d.ID))
	to := work.PersonID(who.ID)
	revised := delegations.ReviseDraft{Receiver: &to, Terms: d.Terms}
	revised.Terms.Brief.Outcome = "It is done"
	if c.ask(fmt.Sprintf("Revision %d", n), http.MethodPost, fmt.Sprintf("delegations/%d/draft", d.ID), revised, nil) {
		c.ask(fmt.Sprintf("Offer %d", n), http.MethodPost, fmt.Sprintf("delegations/%d/offer", d.ID), delegations.MakeOffer{Receiver: to}, nil)
	}
}

// keep notes what was answered, until it is looked at after a restart.
func (c *crashing) keep(resource string, id int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fresh = append(c.fresh, fmt.Sprintf(resource, id))
}

// look asks for each thing that was answered since the last look.
func (c *crashing) look() {
	c.t.Helper()
	c.mu.Lock()
	fresh, at := c.fresh, c.url
	c.fresh = nil
	c.mu.Unlock()
	for _, resource := range fresh {
		if err := client.New(at, c.token).Do(context.Background(), client.Request{Method: http.MethodGet, Path: resource}, nil); err != nil {
			c.t.Errorf("after %d kills: %s was answered, and now: %v", c.killed, resource, err)
		}
	}
}

// ask makes a request until it is answered, by one server or the next; false
// when the answer is a refusal.
func (c *crashing) ask(key, method, path string, body, into any) bool {
	c.mu.Lock()
	at := c.url
	c.mu.Unlock()
	for {
		c.moment()
		err := client.New(at, c.token).Do(context.Background(), client.Request{Method: method, Path: path, Body: body, Key: key}, into)
		var refused *client.Error
		switch {
		case err == nil:
			c.mu.Lock()
			c.answered[key] = true
			c.mu.Unlock()
			c.moment()
			return true
		case errors.As(err, &refused) && refused.Kind != string(work.Unreachable):
			c.t.Errorf("%s: %v", key, err)
			_ = c.server.Process.Kill() // that is enough
			return false
		}
		c.again.Add(1)
		c.mu.Lock()
		for c.url == at && !c.lost {
			c.back.Wait()
		}
		lost := c.lost
		at = c.url
		c.mu.Unlock()
		if lost {
			return false
		}
	}
}

// check holds all that is there against what was answered before it is looked at.
func (c *crashing) check() {
	c.t.Helper()
	c.mu.Lock()
	want := make([]string, 0, len(c.answered))
	for key := range c.answered {
		want = append(want, key)
	}
	at := c.url
	c.mu.Unlock()
	there := map[string]int{}
	for path, keys := range map[string]func(n item) []string{
		"tasks":  func(n item) []string { return []string{n.Title} },
		"people": func(n item) []string { return []string{n.Name} },
		"delegations": func(n item) []string {
			var number string
			if _, err := fmt.Sscanf(n.Title, "Task %s", &number); err != nil {
				c.t.Errorf("a delegation is called %q", n.Title)
			}
			keys := []string{"Draft " + number}
			if n.State == string(work.Offered) {
				keys = append(keys, "Revision "+number, "Offer "+number)
			}
			return keys
		},
	} {
		err := client.New(at, c.token).All(context.Background(), path, url.Values{"limit": {"500"}}, func(raw json.RawMessage) error {
			var n item
			err := json.Unmarshal(raw, &n)
			for _, key := range keys(n) {
				there[key]++
			}
			return err
		})
		if err != nil {
			c.t.Fatalf("%s: %v", path, err)
		}
	}
	for _, key := range want {
		var number string
		if _, err := fmt.Sscanf(key, "Revision %s", &number); err == nil && there["Offer "+number] == 0 {
			continue // seen by its offer alone
		}
		if there[key] == 0 {
			c.t.Errorf("after %d kills: %s was answered and is not there", c.killed, key)
		}
	}
	for key, n := range there {
		if n > 1 {
			c.t.Errorf("after %d kills: %s is there %d times", c.killed, key, n)
		}
	}
}

// An item is a row of a list.
type item struct{ Title, Name, State string }

// whileMailing lets an hour pass with each start, so that mail leaves, and kills
// the server in the middle of it.
func (c *crashing) whileMailing(kills int) {
	c.t.Helper()
	want := map[string]bool{}
	for key := range c.answered {
		var n int
		if _, err := fmt.Sscanf(key, "Offer %d", &n); err == nil {
			want[fmt.Sprintf("p%d@example.org", n)] = true
		}
	}
	c.now = time.Now()
	for left := kills; ; left-- {
		c.now = c.now.Add(time.Hour)
		more := c.post.missing(want)
		if more == 0 {
			break
		}
		if left > 0 {
			more = min(more, 1+c.chance.IntN(3))
		}
		arrived := c.post.expect(want, more)
		c.start(c.now)
		<-arrived
		if left <= 0 {
			c.stop()
			break
		}
		_ = c.server.Process.Kill() // whether it was is seen when it dies
		c.dies()
	}
	for to := range want {
		if n := len(c.post.ids[to]); n != 1 {
			c.t.Errorf("%s had mails with %d Message-IDs for one offer", to, n)
		}
	}
	if n := c.post.missing(want); n > 0 {
		c.t.Errorf("%d of %d mails never arrived", n, len(want))
	}
}

// A mailbox is a mail server in this process: it keeps the ids of what arrived, by
// recipient.
type mailbox struct {
	address string

	mu      sync.Mutex
	ids     map[string]map[string]bool
	repeats int
	want    map[string]bool
	until   int // so many of want are missing
	arrived chan struct{}
}

func openPost(t *testing.T) *mailbox {
	t.Helper()
	p := &mailbox{ids: map[string]map[string]bool{}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(p)
	server.Domain, server.ErrorLog = "localhost", log.New(io.Discard, "", 0) // who is killed hangs up
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	p.address = "smtp://" + l.Addr().String() + "?from=baton@example.org"
	return p
}

// missing counts those who had no mail yet.
func (p *mailbox) missing(want map[string]bool) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.without(want)
}

func (p *mailbox) without(want map[string]bool) (n int) {
	for to := range want {
		if len(p.ids[to]) == 0 {
			n++
		}
	}
	return n
}

// expect returns what is closed once so many more of those who are to have mail
// have it.
func (p *mailbox) expect(want map[string]bool, more int) <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.want, p.until, p.arrived = want, p.without(want)-more, make(chan struct{})
	return p.arrived
}

func (p *mailbox) arrive(to, id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ids[to] == nil {
		p.ids[to] = map[string]bool{}
	}
	if p.ids[to][id] {
		p.repeats++
	}
	p.ids[to][id] = true
	if p.arrived != nil && p.without(p.want) <= p.until {
		close(p.arrived)
		p.arrived = nil
	}
}

// NewSession implements smtp.Backend.
func (p *mailbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &delivery{mailbox: p}, nil }

// A delivery is one session with the mail server.
type delivery struct {
	*mailbox
	to string
}

// Reset implements smtp.Session.
func (*delivery) Reset() {}

// Logout implements smtp.Session.
func (*delivery) Logout() error { return nil }

// Mail implements smtp.Session.
func (*delivery) Mail(string, *smtp.MailOptions) error { return nil }

// Rcpt implements smtp.Session.
func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error { d.to = to; return nil }

// Data implements smtp.Session.
func (d *delivery) Data(r io.Reader) error {
	m, err := netmail.ReadMessage(r)
	if err == nil {
		_, err = io.Copy(io.Discard, m.Body)
	}
	if err == nil {
		d.arrive(d.to, m.Header.Get("Message-ID"))
	}
	return err
}
