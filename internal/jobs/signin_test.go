package jobs

import (
	"io"
	"regexp"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"baton/internal/app/accounts"
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/work"
)

// ask asks for a link with an address.
func (o *office) ask(t *testing.T, email string) {
	t.Helper()
	if err := accounts.AskLink(t.Context(), o.App, email); err != nil {
		t.Fatal(err)
	}
}

// waiting is how many asks were not answered yet.
func (o *office) waiting(t *testing.T) int {
	t.Helper()
	asks, err := accounts.ClaimAsks(t.Context(), o.App, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	return len(asks)
}

// TestAskingForALinkMailsIt asks twice: with the address of a member, in
// another spelling, and with one that nobody has. One letter leaves, whose
// link signs the member in once.
func TestAskingForALinkMailsIt(t *testing.T) {
	o := open(t)
	o.Mails = true
	o.ask(t, " "+address(t, o)+" ")
	o.ask(t, "stranger@example.org")
	o.worker.Turn(t.Context())
	if len(o.got) != 1 || o.waiting(t) != 0 {
		t.Fatalf("%d letters left, %d asks wait", len(o.got), o.waiting(t))
	}
	body, err := io.ReadAll(o.got[0].Body)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`/signin/([A-Za-z0-9_=\r\n-]{43,60})`).FindSubmatch(body)
	if found == nil {
		t.Fatalf("no link in:\n%s", body)
	}
	secret := regexp.MustCompile(`=\r?\n`).ReplaceAllString(string(found[1]), "")[:43]
	in, err := workspaces.SignIn(t.Context(), o.App, secret)
	if err != nil || in.Actor.Person != o.me.Person || in.Way != accounts.ByMail {
		t.Fatalf("the link signs in %+v: %v", in, err)
	}
	if _, err := workspaces.SignIn(t.Context(), o.App, secret); work.KindOf(err) != work.NotFound {
		t.Errorf("the second time: %v", err)
	}
}

// TestAnAnswerIsTriedAgainWhileItIsNews: the server is busy, then takes the
// letter with the Message-ID it had; one that would come after half an hour is
// not sent, and no more than three are on their way to one address.
func TestAnAnswerIsTriedAgainWhileItIsNews(t *testing.T) {
	o := open(t)
	o.Mails = true
	var ids []string
	busy := &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 2}, Message: "Busy"}
	o.answer = func() error { return busy }
	for range 5 {
		o.ask(t, address(t, o))
	}
	o.worker.Turn(t.Context())
	if len(o.got) != 0 {
		t.Fatalf("%d letters arrived", len(o.got))
	}
	o.now = o.now.Add(2 * time.Minute)
	o.answer = nil
	o.worker.Turn(t.Context())
	if ids = o.ids(); len(ids) != 3 || ids[0] == ids[1] {
		t.Fatalf("letters %v arrived, want three", ids)
	}
	o.answer = func() error { return busy }
	o.ask(t, address(t, o))
	o.worker.Turn(t.Context())
	o.now = o.now.Add(31 * time.Minute)
	o.answer = nil
	o.worker.Turn(t.Context())
	if len(o.got) != 3 || o.waiting(t) != 0 {
		t.Errorf("%d letters arrived, %d asks wait", len(o.got), o.waiting(t))
	}
}

// TestWithoutMailNobodyAsks says what to do instead.
func TestWithoutMailNobodyAsks(t *testing.T) {
	o := open(t)
	if err := accounts.AskLink(t.Context(), o.App, address(t, o)); work.KindOf(err) != work.Conflict {
		t.Errorf("without a mail server: %v", err)
	}
}

// address is the mail address of the office's owner.
func address(t *testing.T, o *office) (email string) {
	t.Helper()
	err := o.Store.Read(t.Context(), o.me.Workspace, func(tx *store.Tx) error {
		p, err := tx.Person(t.Context(), o.me.Person)
		email = p.Email
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return email
}
