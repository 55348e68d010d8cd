package jobs

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	netmail "net/mail"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"baton/internal/app"
	"baton/internal/app/workspaces"
	"baton/internal/mail"
	"baton/internal/store"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// inbox is a mail server in this process: it keeps what arrives, and answers
// as told.
type inbox struct {
	mu     sync.Mutex
	got    []*netmail.Message
	answer func() error // to the next mail's data; nil takes it
}

func (i *inbox) NewSession(*smtp.Conn) (smtp.Session, error) { return visit{i}, nil }
func (i *inbox) ids() (out []string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, m := range i.got {
		out = append(out, m.Header.Get("Message-ID"))
	}
	return out
}

type visit struct{ *inbox }

func (visit) Reset()                               {}
func (visit) Logout() error                        { return nil }
func (visit) Mail(string, *smtp.MailOptions) error { return nil }
func (v visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	if strings.HasPrefix(to, "nobody@") {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such mailbox"}
	}
	return nil
}

func (v visit) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := netmail.ReadMessage(bytes.NewReader(body))
	if err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.answer != nil {
		if err := v.answer(); err != nil {
			return err
		}
	}
	v.got = append(v.got, m)
	return nil
}

// office is an app with a clock of the test's, an inbox, and a worker.
type office struct {
	*app.App
	*inbox
	now    time.Time
	server *mail.Server
	worker *Worker
	me     app.Actor
	log    bytes.Buffer
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{inbox: &inbox{}, now: noon}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(o.inbox)
	server.Domain = "localhost"
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "baton.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(server.Close(), s.Close()); err != nil {
			t.Error(err)
		}
		<-done
	})
	o.App = app.New(s, slog.New(slog.NewTextHandler(&o.log, nil)))
	o.Now = func() time.Time { return o.now }
	o.URL = "https://baton.example.org"
	if o.server, err = mail.ParseServer("smtp://" + l.Addr().String() + "?from=baton@example.org"); err != nil {
		t.Fatal(err)
	}
	o.worker = New(o.App, o.server)
	o.me, err = workspaces.Found(t.Context(), o.App, workspaces.Founding{Workspace: "Clinic", Kind: "practice", Currency: "USD", Zone: "UTC", Name: "Ada", Email: "ada@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	no := false // mail but the test's own
	if _, err := workspaces.ChangeSettings.Do(t.Context(), o.App, o.me, workspaces.NewSettings{ReviewMail: &no}); err != nil {
		t.Fatal(err)
	}
	return o
}

// letter puts a mail to somebody into the outbox.
func (o *office) letter(t *testing.T, to, id string) {
	t.Helper()
	err := o.Store.Write(t.Context(), o.me.Workspace, func(tx *store.Tx) error {
		return tx.AddLetter(t.Context(), store.Letter{
			ID: tx.NextID(), Person: o.me.Person, To: to, Subject: "Über „Rota“", Body: "Hello Ada\n", MessageID: id, CreatedAt: o.now, LeavesAt: o.now,
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// letters lists the outbox, the newest first.
func (o *office) letters(t *testing.T) (all []store.Letter) {
	t.Helper()
	err := o.Store.Read(t.Context(), o.me.Workspace, func(tx *store.Tx) (err error) {
		all, err = tx.Letters(t.Context(), o.me.Person, 0, 100)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestMailLeavesWithItsHeaders(t *testing.T) {
	o := open(t)
	o.letter(t, "ada@example.org", "1.2@baton.example.org")
	o.worker.Turn(t.Context())
	o.worker.Turn(t.Context()) // nothing is left to send
	if diff := cmp.Diff([]string{"<1.2@baton.example.org>"}, o.ids()); diff != "" {
		t.Fatal(diff)
	}
	h := o.got[0].Header
	got := map[string]string{}
	for _, k := range []string{"From", "To", "Auto-Submitted", "Date", "Content-Type"} {
		got[k] = h.Get(k)
	}
	want := map[string]string{
		"From": `"Baton" <baton@example.org>`, "To": "<ada@example.org>", "Auto-Submitted": "auto-generated",
		"Date": "Mon, 23 Nov 2026 12:00:00 +0000", "Content-Type": "text/plain; charset=UTF-8",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if l := o.letters(t)[0]; l.SentAt != noon || l.Problem != "" {
		t.Errorf("the letter says %v %q", l.SentAt, l.Problem)
	}
}

func TestAPassingFailureIsTriedAgainWithTheSameID(t *testing.T) {
	o := open(t)
	busy := 2
	o.answer = func() error {
		if busy--; busy >= 0 {
			return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "Busy"}
		}
		return nil
	}
	o.letter(t, "ada@example.org", "1.2@x")
	o.worker.Turn(t.Context())
	if l := o.letters(t)[0]; l.Attempts != 1 || !strings.Contains(l.Problem, "Busy") || !l.GivenUpAt.IsZero() {
		t.Errorf("after a failure: %d attempts, %q, given up %v", l.Attempts, l.Problem, l.GivenUpAt)
	}
	o.now = o.now.Add(59 * time.Second)
	o.worker.Turn(t.Context())
	if l := o.letters(t)[0]; l.Attempts != 1 {
		t.Error("it is tried again before a minute is over")
	}
	for _, pause := range []time.Duration{time.Second, 2 * time.Minute} {
		o.now = o.now.Add(pause)
		o.worker.Turn(t.Context())
	}
	if diff := cmp.Diff([]string{"<1.2@x>"}, o.ids()); diff != "" {
		t.Error(diff)
	}
	if l := o.letters(t)[0]; l.SentAt.IsZero() || l.Problem != "" || l.Attempts != 3 {
		t.Errorf("at the end: %+v", l)
	}
}

func TestWhatFailsForGoodKeepsItsProblem(t *testing.T) {
	o := open(t)
	o.letter(t, "nobody@example.org", "1.2@x")
	o.letter(t, "ada@example.org", "1.3@x")
	o.worker.Turn(t.Context())
	all := o.letters(t)
	if l := all[1]; l.GivenUpAt.IsZero() || !strings.Contains(l.Problem, "No such mailbox") {
		t.Errorf("a refused letter: %+v", l)
	}
	if all[0].SentAt.IsZero() {
		t.Error("the letter behind a refused one did not leave")
	}
}

func TestALetterIsGivenUpInTheEnd(t *testing.T) {
	o := open(t)
	o.answer = func() error { return &smtp.SMTPError{Code: 451, Message: "Busy"} }
	o.letter(t, "ada@example.org", "1.2@x")
	for range 2 * tries {
		o.worker.Turn(t.Context())
		o.now = o.now.Add(longest)
	}
	if l := o.letters(t)[0]; l.Attempts != tries || l.GivenUpAt.IsZero() || l.Problem == "" {
		t.Errorf("%d attempts, given up %v, %q", l.Attempts, l.GivenUpAt, l.Problem)
	}
}

// TestAKillBetweenSendingAndNoting sends again with the same id, once the
// lease of the killed worker is over, and not before.
func TestAKillBetweenSendingAndNoting(t *testing.T) {
	o := open(t)
	o.letter(t, "ada@example.org", "1.2@x")
	killed := New(o.App, o.server)
	claimed, _, err := killed.claim(t.Context())
	if err != nil || len(claimed) != 1 {
		t.Fatal(len(claimed), err)
	}
	if err := killed.send(t.Context(), mail.Message{ID: claimed[0].MessageID, To: claimed[0].To, Subject: "x", Body: "x", At: o.now}); err != nil {
		t.Fatal(err)
	}
	o.worker.Turn(t.Context())
	if got := o.ids(); len(got) != 1 {
		t.Fatalf("another worker sends what is leased: %v", got)
	}
	o.now = o.now.Add(lease)
	o.worker.Turn(t.Context())
	if diff := cmp.Diff([]string{"<1.2@x>", "<1.2@x>"}, o.ids()); diff != "" {
		t.Error(diff)
	}
}

func TestTwoWorkersNeverSendTheSame(t *testing.T) {
	o := open(t)
	const many = 3 * handful
	for range many {
		o.letter(t, "ada@example.org", time.Now().Format("150405.000000000")+"@x")
	}
	var wg sync.WaitGroup
	for range 2 {
		w := New(o.App, o.server)
		wg.Go(func() { w.Turn(t.Context()) })
	}
	wg.Wait()
	seen := map[string]bool{}
	for _, id := range o.ids() {
		if seen[id] {
			t.Errorf("%s arrived twice", id)
		}
		seen[id] = true
	}
	if len(seen) != many {
		t.Errorf("%d of %d arrived", len(seen), many)
	}
}

func TestOldNewsDoesNotLeave(t *testing.T) {
	o := open(t)
	o.letter(t, "ada@example.org", "1.2@x")
	New(o.App, nil).Turn(t.Context()) // no mail server yet
	o.now = o.now.Add(stale + time.Second)
	o.worker.Turn(t.Context())
	if l := o.letters(t)[0]; len(o.ids()) != 0 || l.GivenUpAt.IsZero() || l.Problem == "" {
		t.Errorf("%v arrived; %+v", o.ids(), l)
	}
}

func TestAStopBreaksOffAndTheNextStartGoesOn(t *testing.T) {
	o := open(t)
	o.letter(t, "ada@example.org", "1.2@x")
	ctx, stop := context.WithCancel(t.Context())
	o.worker.send = func(context.Context, mail.Message) error { stop(); return ctx.Err() }
	o.worker.Turn(ctx)
	New(o.App, o.server).Turn(t.Context())
	if l := o.letters(t)[0]; len(o.ids()) != 1 || l.Attempts != 1 {
		t.Errorf("%v arrived after %d attempts", o.ids(), l.Attempts)
	}
}

func TestAFailureIsLoggedOnce(t *testing.T) {
	o := open(t)
	for range 3 {
		o.letter(t, "ada@example.org", time.Now().Format("150405.000000000")+"@x")
	}
	o.worker.send = func(context.Context, mail.Message) error { return nil }
	if err := o.Store.Close(); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		o.worker.Turn(t.Context())
	}
	if n := strings.Count(o.log.String(), "background work failed"); n != 1 {
		t.Errorf("logged %d times:\n%s", n, o.log.String())
	}
}
