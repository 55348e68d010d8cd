package accounts_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"baton/internal/app/accounts"
	"baton/internal/seal"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

const (
	email    = "dana@example.org"
	password = "seven green umbrellas"
)

// signedIn opens a browser for the house's owner.
func (h *house) signedIn(t *testing.T) accounts.SignedIn {
	t.Helper()
	s, err := accounts.Open(t.Context(), h.App, h.me.Account, "Firefox on Linux", accounts.ByMail)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestAPasswordSignsIn sets one, signs in with it and with nothing else, and
// signs the other browsers out.
func TestAPasswordSignsIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.Store) {
		h := open(t, db)
		other, me := h.signedIn(t), h.signedIn(t)
		for weak, want := range map[string]string{
			"umbrellas": "12 characters", strings.Repeat("ab", 9): "same few", "i am dana today": "address is in it", strings.Repeat("long ", 50): "200 characters",
		} {
			if err := accounts.SetPassword(t.Context(), h.App, me, weak); work.KindOf(err) != work.Invalid || !strings.Contains(err.Error(), want) {
				t.Errorf("%q: %v", weak, err)
			}
		}
		try := func(email, password string) error {
			step, err := accounts.ByPassword(t.Context(), h.App, email, password)
			if err == nil && step.Account != h.me.Account {
				t.Errorf("%s signs in account %d", email, step.Account)
			}
			return err
		}
		before := try(email, password)
		if err := accounts.SetPassword(t.Context(), h.App, me, password); err != nil {
			t.Fatal(err)
		}
		if err := try(" Dana@Example.org", password); err != nil {
			t.Errorf("the right one: %v", err)
		}
		for _, wrong := range []error{try(email, password+" "), try("zora@example.org", password), try(email, strings.Repeat("x", 500))} {
			if wrong == nil || before == nil || wrong.Error() != before.Error() {
				t.Errorf("wrong ones answer %v and %v", wrong, before)
			}
		}
		if _, err := accounts.Find(t.Context(), h.App, other.Secret); work.KindOf(err) != work.NotFound {
			t.Errorf("the other browser is still in: %v", err)
		}
		if _, err := accounts.Find(t.Context(), h.App, me.Secret); err != nil {
			t.Errorf("this browser: %v", err)
		}
		if err := accounts.SetPassword(t.Context(), h.App, me, ""); err != nil || try(email, password) == nil {
			t.Errorf("taken away, it still signs in (%v)", err)
		}
	})
}

// TestGuessingAPasswordEnds tries wrong ones for an account and for an address
// nobody has: both are refused after as many, the right one too, for a quarter
// of an hour.
func TestGuessingAPasswordEnds(t *testing.T) {
	h := open(t, storetest.Open(t, storetest.DSN(t, "sqlite")))
	if err := accounts.SetPassword(t.Context(), h.App, h.signedIn(t), password); err != nil {
		t.Fatal(err)
	}
	counted := map[string]int{}
	for _, address := range []string{email, "zora@example.org"} {
		for range 30 {
			if _, err := accounts.ByPassword(t.Context(), h.App, address, "wrong"); work.KindOf(err) != work.TooOften {
				counted[address]++
			}
		}
	}
	if counted[email] != 20 || counted["zora@example.org"] != 20 {
		t.Errorf("wrong ones were answered %v times", counted)
	}
	if _, err := accounts.ByPassword(t.Context(), h.App, email, password); work.KindOf(err) != work.TooOften {
		t.Errorf("then the right one: %v", err)
	}
	h.now = h.now.Add(15*time.Minute + time.Second)
	if _, err := accounts.ByPassword(t.Context(), h.App, email, password); err != nil {
		t.Errorf("after a quarter of an hour: %v", err)
	}
}

// TestCodesStandBehindThePassword sets up an app for codes: a password alone is
// not enough any more, a code is good once, and so is each recovery code.
func TestCodesStandBehindThePassword(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.Store) {
		h := open(t, db)
		key, err := seal.New([]byte(strings.Repeat("k", 32)))
		if err != nil {
			t.Fatal(err)
		}
		h.Key = func() (*seal.Key, error) { return key, nil }
		me := h.signedIn(t)
		if err := accounts.BeginCodes(t.Context(), h.App, me); work.KindOf(err) != work.Conflict {
			t.Errorf("without a password: %v", err)
		}
		if err := errors.Join(accounts.SetPassword(t.Context(), h.App, me, password), accounts.BeginCodes(t.Context(), h.App, me)); err != nil {
			t.Fatal(err)
		}
		made, err := accounts.Begun(t.Context(), h.App, me)
		if err != nil || !strings.HasPrefix(made.URL, "otpauth://totp/Baton:dana@example.org?issuer=Baton&secret="+made.Secret) {
			t.Fatalf("the app gets %s: %v", made.URL, err)
		}
		code := func(at time.Time) string {
			c, err := totp.GenerateCode(made.Secret, at)
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		if step, err := accounts.ByPassword(t.Context(), h.App, email, password); err != nil || step.Account == 0 {
			t.Errorf("before the first code a password is enough: %+v, %v", step, err)
		}
		if _, err := accounts.ConfirmCodes(t.Context(), h.App, me, "000000"); work.KindOf(err) != work.Invalid && code(h.now) != "000000" {
			t.Errorf("a wrong first code: %v", err)
		}
		recovery, err := accounts.ConfirmCodes(t.Context(), h.App, me, code(h.now))
		if err != nil || len(recovery) != 10 || !regexp.MustCompile(`^[a-z2-7]{4}(-[a-z2-7]{4}){3}$`).MatchString(recovery[0]) {
			t.Fatalf("recovery codes %v: %v", recovery, err)
		}
		enter := func(code string) error {
			step, err := accounts.ByPassword(t.Context(), h.App, email, password)
			if err != nil || step.Account != 0 || step.Secret == "" {
				t.Fatalf("a password leads to %+v: %v", step, err)
			}
			account, err := accounts.ByCode(t.Context(), h.App, step.Secret, code)
			if err == nil && account != h.me.Account {
				t.Errorf("account %d is in", account)
			}
			if again, secondly := accounts.ByCode(t.Context(), h.App, step.Secret, code); err == nil && secondly == nil {
				t.Errorf("the step is good twice, for %d", again)
			}
			return err
		}
		if enter(code(h.now)) == nil {
			t.Error("the code that set it up signs in")
		}
		h.now = h.now.Add(time.Minute)
		if err := enter(code(h.now.Add(20 * time.Second))); err != nil {
			t.Errorf("the next code: %v", err)
		}
		if enter(code(h.now)) == nil {
			t.Error("a code from before is good again")
		}
		if err := enter(strings.ToUpper(recovery[3])); err != nil {
			t.Errorf("a recovery code: %v", err)
		}
		if enter(recovery[3]) == nil {
			t.Error("a recovery code is good twice")
		}
		if w, err := accounts.WaysOf(t.Context(), h.App, me); err != nil || w.Recovery != 9 || !w.Codes {
			t.Errorf("%d codes are left: %v", w.Recovery, err)
		}
		if err := accounts.StopCodes(t.Context(), h.App, me); err != nil {
			t.Fatal(err)
		}
		if step, err := accounts.ByPassword(t.Context(), h.App, email, password); err != nil || step.Account == 0 {
			t.Errorf("without codes: %+v, %v", step, err)
		}
	})
}

// TestABrowserLeftOpenChangesNoWayIn: after a quarter of an hour whoever could
// sign in again has to; who only ever had a link may set a way up.
func TestABrowserLeftOpenChangesNoWayIn(t *testing.T) {
	h := open(t, storetest.Open(t, storetest.DSN(t, "sqlite")))
	me := h.signedIn(t)
	h.now = h.now.Add(time.Hour)
	if err := accounts.SetPassword(t.Context(), h.App, me, password); err != nil {
		t.Errorf("with a link alone: %v", err)
	}
	if err := accounts.SetPassword(t.Context(), h.App, me, password+"s"); !errors.Is(err, accounts.ErrSignInAgain) {
		t.Errorf("with a password: %v", err)
	}
	if err := accounts.SetPassword(t.Context(), h.App, h.signedIn(t), ""); err != nil {
		t.Errorf("having signed in again: %v", err)
	}
	h.Mails = true
	if err := accounts.SetPassword(t.Context(), h.App, me, password); !errors.Is(err, accounts.ErrSignInAgain) {
		t.Errorf("with mail: %v", err)
	}
	if err := accounts.SetPassword(t.Context(), h.App, accounts.SignedIn{}, password); !errors.Is(err, accounts.ErrSignInAgain) {
		t.Errorf("nobody: %v", err)
	}
}
