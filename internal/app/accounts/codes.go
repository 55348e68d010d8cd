package accounts

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/store"
	"baton/internal/work"
)

// The kinds of step a browser comes back with.
const (
	stepCode       = "code"
	stepPasskey    = "passkey"
	stepNewPasskey = "new_passkey"
)

// stepLasts is how long it may take.
const stepLasts = 10 * time.Minute

// period is how long an app shows one code, in seconds.
const period = 30

// recoveryCodes is how many there are.
const recoveryCodes = 10

var (
	errWrongCode = work.FieldError("code", "This is not the code of this moment. Wait for the next one and try again.")
	errStepOver  = work.Errorf(work.NotFound, "It took too long. Sign in again from the beginning.")
	errNoCodes   = work.Errorf(work.Conflict, "Codes stand behind a password; set one first.")
)

// sealedFor binds a sealed secret to its account.
func sealedFor(account work.AccountID) string {
	return "codes of account " + strconv.FormatInt(int64(account), 10)
}

// behindPassword is what follows a right password: a code where the account has
// an app that shows them.
func behindPassword(ctx context.Context, a *app.App, account work.AccountID) (Step, error) {
	secret, hash := delegations.Secret()
	now, in := a.Now(), Step{Account: account}
	err := a.Store.WriteGlobal(ctx, func(g *store.Global) error {
		codes, err := g.CodeApp(ctx, account)
		if work.KindOf(err) == work.NotFound || err == nil && codes.Confirmed.IsZero() {
			return nil
		}
		if err != nil {
			return err
		}
		in = Step{Secret: secret}
		return g.AddSignInStep(ctx, hash, store.SignInStep{Account: account, Kind: stepCode, Expires: now.Add(stepLasts)}, now)
	})
	return in, err
}

// ByCode ends signing in with a code, or with a recovery code in its place.
func ByCode(ctx context.Context, a *app.App, secret, code string) (work.AccountID, error) {
	hash := delegations.HashSecret(secret)
	var step store.SignInStep
	var account store.Account
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		if step, err = g.SignInStep(ctx, hash, stepCode, a.Now()); err != nil {
			return err
		}
		account, err = g.AccountByID(ctx, step.Account)
		return err
	})
	if work.KindOf(err) == work.NotFound {
		return 0, errStepOver
	}
	if err == nil {
		err = open(ctx, a, account.Email)
	}
	if err != nil {
		return 0, err
	}
	right := false
	err = a.Store.WriteGlobal(ctx, func(g *store.Global) error {
		right, err = useCode(ctx, a, g, step.Account, code)
		if err != nil || !right {
			return err
		}
		return g.EndSignInStep(ctx, hash)
	})
	if err == nil && !right {
		err = cmp.Or(count(ctx, a, account.Email), audited(ctx, a, account.ID, app.CodeRefused, ""), errWrongCode)
	}
	if err != nil {
		return 0, err
	}
	return step.Account, nil
}

// useCode reports whether a code is right, and sees to it that it is not again.
func useCode(ctx context.Context, a *app.App, g *store.Global, account work.AccountID, code string) (bool, error) {
	code = strings.ToLower(strings.Join(strings.FieldsFunc(code, func(r rune) bool { return r == ' ' || r == '-' }), ""))
	switch err := g.UseRecoveryCode(ctx, account, delegations.HashSecret(code)); {
	case err == nil:
		return true, nil
	case work.KindOf(err) != work.NotFound:
		return false, err
	}
	codes, err := g.CodeApp(ctx, account)
	if err != nil {
		return false, err
	}
	step, err := stepOf(a, codes, code)
	if err != nil || step <= codes.Step {
		return false, err
	}
	codes.Step = step
	if codes.Confirmed.IsZero() {
		codes.Confirmed = a.Now()
	}
	err = g.UseCodeStep(ctx, codes)
	if work.KindOf(err) == work.NotFound {
		return false, nil // somebody else was faster with it
	}
	return err == nil, err
}

// stepOf is the time step whose code it is (RFC 6238): this one, or one before
// or behind it for clocks that differ; 0 when it is none of them.
func stepOf(a *app.App, c store.CodeApp, code string) (int64, error) {
	key, err := a.Key()
	if err != nil {
		return 0, err
	}
	secret, err := key.Open(c.Secret, sealedFor(c.Account))
	if err != nil {
		return 0, err
	}
	now := a.Now().Unix() / period
	for step := now - 1; step <= now+1; step++ {
		want, err := totp.GenerateCodeCustom(secret, time.Unix(step*period, 0), totp.ValidateOpts{Period: period, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, err
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return step, nil
		}
	}
	return 0, nil
}

// A NewCodeApp is what an app for codes is set up with.
type NewCodeApp struct {
	Secret string // as it is typed
	URL    string // as a picture holds it: otpauth://…
}

// BeginCodes makes a secret for an app that shows codes. It counts once its
// first code was right.
func BeginCodes(ctx context.Context, a *app.App, me SignedIn) error {
	key, err := a.Key()
	if err != nil {
		return err
	}
	var raw [20]byte
	_, _ = rand.Read(raw[:]) // never fails
	secret := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw[:])
	return change(ctx, a, me, "", func(g *store.Global, w Ways) error {
		switch {
		case w.Password.IsZero():
			return errNoCodes
		case w.Codes:
			return work.Errorf(work.Conflict, "An app shows your codes already. Take it away before you set up another.")
		}
		return g.SaveCodeApp(ctx, store.CodeApp{Account: me.Account, Secret: key.Seal(secret, sealedFor(me.Account))})
	})
}

// Begun is the app that was begun and has not shown a code yet, NotFound
// without one.
func Begun(ctx context.Context, a *app.App, me SignedIn) (NewCodeApp, error) {
	key, err := a.Key()
	if err != nil {
		return NewCodeApp{}, err
	}
	var made NewCodeApp
	err = change(ctx, a, me, "", func(g *store.Global, w Ways) error {
		codes, err := g.CodeApp(ctx, me.Account)
		if err == nil && w.Codes {
			err = work.Errorf(work.NotFound, "An app shows your codes already.")
		}
		if err != nil {
			return err
		}
		made.Secret, err = key.Open(codes.Secret, sealedFor(me.Account))
		made.URL = "otpauth://totp/" + url.PathEscape("Baton:"+w.Email) + "?" + url.Values{"secret": {made.Secret}, "issuer": {"Baton"}}.Encode()
		return err
	})
	return made, err
}

// ConfirmCodes takes the first code of an app, from which on a password asks
// for one. It answers with recovery codes, which are shown this once.
func ConfirmCodes(ctx context.Context, a *app.App, me SignedIn, code string) (recovery []string, err error) {
	err = change(ctx, a, me, app.CodesBegun, func(g *store.Global, _ Ways) error {
		right, err := useCode(ctx, a, g, me.Account, code)
		if work.KindOf(err) == work.NotFound {
			return work.Errorf(work.Conflict, "Begin to set up an app for codes first.")
		}
		if err == nil && !right {
			err = errWrongCode
		}
		if err == nil {
			recovery, err = newRecovery(ctx, g, me.Account)
		}
		return err
	})
	return recovery, err
}

// NewRecovery makes new recovery codes; those from before are void.
func NewRecovery(ctx context.Context, a *app.App, me SignedIn) (recovery []string, err error) {
	err = change(ctx, a, me, app.RecoveryMade, func(g *store.Global, w Ways) error {
		if !w.Codes {
			return work.Errorf(work.Conflict, "Recovery codes stand in for an app that shows codes; you have none.")
		}
		recovery, err = newRecovery(ctx, g, me.Account)
		return err
	})
	return recovery, err
}

func newRecovery(ctx context.Context, g *store.Global, account work.AccountID) (codes []string, err error) {
	hashes := make([]string, recoveryCodes)
	codes = make([]string, recoveryCodes)
	for i := range codes {
		var raw [10]byte
		_, _ = rand.Read(raw[:]) // never fails
		code := strings.ToLower(base32.StdEncoding.EncodeToString(raw[:]))
		hashes[i] = delegations.HashSecret(code)
		codes[i] = code[:4] + "-" + code[4:8] + "-" + code[8:12] + "-" + code[12:]
	}
	return codes, g.SaveRecoveryCodes(ctx, account, hashes)
}

// StopCodes takes the app and the recovery codes away: a password is enough.
func StopCodes(ctx context.Context, a *app.App, me SignedIn) error {
	return change(ctx, a, me, app.CodesEnded, func(g *store.Global, _ Ways) error { return g.DropCodeApp(ctx, me.Account) })
}
