package accounts

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// How a password is hashed (argon2id, RFC 9106, with the parameters OWASP
// recommends where memory is scarce): 19 MiB, twice, in one lane.
const (
	hashMemory = 19 * 1024 // KiB
	hashRounds = 2
	hashLength = 32
	saltLength = 16
)

// How long a password is, in characters. A long one needs no odd signs.
const (
	shortest = 12
	longest  = 200
)

// hashing bounds how many passwords are hashed at once: each takes 19 MiB, and
// whoever sends many shall wait, not the rest of Baton.
var hashing = make(chan struct{}, 2)

// passwords counts wrong passwords and codes by the account they are for; those
// of an address count with the sign-in links.
var passwords = app.Throttle{Kind: "password", Most: 20, Within: 15 * time.Minute}

var errWrongPassword = work.FieldError("password", "The address and the password do not belong together. Try again, or sign in another way.")

// SetPassword gives whoever just signed in a password in place of another; ""
// takes it away, and with it the codes that stood behind it. Every other
// browser is signed out.
func SetPassword(ctx context.Context, a *app.App, me SignedIn, password string) error {
	hash, kind := "", app.PasswordRemoved
	if password != "" {
		kind = app.PasswordSet
		w, err := WaysOf(ctx, a, me)
		if err != nil {
			return err
		}
		if err := strong(password, w.Email); err != nil {
			return err
		}
		if hash, err = hashOf(ctx, password); err != nil {
			return err
		}
	}
	return change(ctx, a, me, kind, func(g *store.Global, _ Ways) error {
		if err := g.SavePassword(ctx, me.Account, hash, a.Now()); err != nil {
			return err
		}
		if hash == "" {
			if err := g.DropCodeApp(ctx, me.Account); err != nil {
				return err
			}
		}
		return g.EndSessionsBut(ctx, me.Account, me.Hash)
	})
}

// strong refuses what is guessed first.
func strong(password, email string) error {
	name, _, _ := strings.Cut(email, "@")
	different := map[rune]bool{}
	for _, r := range password {
		different[r] = true
	}
	switch n := utf8.RuneCountInString(password); {
	case n < shortest:
		return work.FieldError("password", "A password has %d characters or more; yours has %d. Several words are easy to remember.", shortest, n)
	case n > longest:
		return work.FieldError("password", "A password has %d characters at most; yours has %d.", longest, n)
	case len(different) < 5:
		return work.FieldError("password", "This repeats the same few characters and is guessed first. Take several words.")
	case len(name) > 3 && strings.Contains(strings.ToLower(password), name):
		return work.FieldError("password", "Your address is in it, and is guessed first. Take several other words.")
	}
	return nil
}

// hashOf is what is kept of a password, in the form other programs write too.
func hashOf(ctx context.Context, password string) (string, error) {
	var salt [saltLength]byte
	_, _ = rand.Read(salt[:]) // never fails
	sum, err := digest(ctx, password, salt[:], hashMemory, hashRounds)
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, hashMemory, hashRounds, b.EncodeToString(salt[:]), b.EncodeToString(sum)), err
}

// digest waits for its turn to hash.
func digest(ctx context.Context, password string, salt []byte, memory, rounds uint32) ([]byte, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
		return argon2.IDKey([]byte(password), salt, rounds, memory, 1, hashLength), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// matches reports whether a password is the one of a hash.
func matches(ctx context.Context, hash, password string) (bool, error) {
	var version, memory, rounds uint32
	parts := strings.Split(hash, "$")
	if len(parts) != 6 {
		return false, fmt.Errorf("a password's hash of %d parts", len(parts))
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=1", &version, &memory, &rounds); err != nil || version != argon2.Version {
		return false, fmt.Errorf("a password's hash of version %d: %w", version, err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("a password's salt: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, fmt.Errorf("a password's hash: %w", err)
	}
	got, err := digest(ctx, password, salt, memory, rounds)
	return subtle.ConstantTimeCompare(got, want) == 1, err
}

// nobodys is a hash that is compared where there is none, so that it takes as
// long to hear no about an address nobody has.
const nobodys = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// A Step is how far signing in came: an account that is in, or the secret with
// which its browser comes back with a code.
type Step struct {
	Account work.AccountID // 0 while the code is missing
	Secret  string
}

// ByPassword signs in with a password. Wrong ones are counted by address and by
// account; the answer is the same whatever was wrong.
func ByPassword(ctx context.Context, a *app.App, email, password string) (Step, error) {
	email = strings.ToLower(strings.TrimSpace(email))
	switch {
	case email == "":
		return Step{}, work.FieldError("email", "Write the mail address you have here.")
	case password == "":
		return Step{}, work.FieldError("password", "Write your password, or choose another way in.")
	case utf8.RuneCountInString(password) > longest:
		return Step{}, errWrongPassword
	}
	if err := open(ctx, a, email); err != nil {
		return Step{}, err
	}
	account, hash, err := passwordOf(ctx, a, email)
	if err != nil {
		return Step{}, err
	}
	right, err := matches(ctx, cmp.Or(hash, nobodys), password)
	switch {
	case err != nil:
		return Step{}, err
	case !right || hash == "":
		return Step{}, cmp.Or(count(ctx, a, email), errWrongPassword)
	}
	return behindPassword(ctx, a, account)
}

// passwordOf is an account's, "" where there is none.
func passwordOf(ctx context.Context, a *app.App, email string) (account work.AccountID, hash string, err error) {
	err = a.Store.ReadGlobal(ctx, func(g *store.Global) error {
		found, err := g.Account(ctx, email)
		if err != nil {
			return err
		}
		account = found.ID
		hash, _, err = g.Password(ctx, account)
		return err
	})
	if work.KindOf(err) == work.NotFound {
		err = nil
	}
	return account, hash, err
}

// open refuses whoever tried too often, by where they are and by whose account
// they try.
func open(ctx context.Context, a *app.App, email string) error {
	if err := app.SignIns.Open(ctx, a); err != nil {
		return err
	}
	return guessed(passwords.OpenFor(ctx, a, email))
}

// count notes a wrong password or code.
func count(ctx context.Context, a *app.App, email string) error {
	return cmp.Or(app.SignIns.Wrong(ctx, a), guessed(passwords.WrongFor(ctx, a, email)))
}

// guessed says of an account, whether there is one or not, that too many tried
// its password: perhaps not from where its owner is.
func guessed(err error) error {
	if work.KindOf(err) == work.TooOften {
		return work.Errorf(work.TooOften, "Too many wrong passwords or codes were tried for this address. Wait a quarter of an hour, or sign in another way.")
	}
	return err
}
