package store

import (
	"context"
	"time"

	"baton/internal/work"
)

// Password returns the hash of an account's password, NotFound without one.
func (g *Global) Password(ctx context.Context, account work.AccountID) (hash string, changed time.Time, err error) {
	type row struct {
		hash string
		at   int64
	}
	r, err := one(ctx, g.session, func(s scanner) (r row, err error) { err = s.Scan(&r.hash, &r.at); return r, err },
		`SELECT hash, changed_at FROM passwords WHERE account = ?`, account)
	return r.hash, instant(r.at), missing(err, "password")
}

// SavePassword keeps the hash of an account's password in place of another; ""
// takes it away.
func (g *Global) SavePassword(ctx context.Context, account work.AccountID, hash string, at time.Time) error {
	if err := g.exec(ctx, `DELETE FROM passwords WHERE account = ?`, account); err != nil || hash == "" {
		return err
	}
	return g.exec(ctx, `INSERT INTO passwords (account, hash, changed_at) VALUES (?, ?, ?)`, account, hash, micros(at))
}

// A CodeApp shows an account's codes: the second step behind a password.
type CodeApp struct {
	Account   work.AccountID
	Secret    string    // sealed
	Confirmed time.Time // zero until its first code was right
	Step      int64     // of the newest code that was used
}

// CodeApp returns an account's, NotFound without one.
func (g *Global) CodeApp(ctx context.Context, account work.AccountID) (CodeApp, error) {
	c, err := one(ctx, g.session, func(s scanner) (c CodeApp, err error) {
		var at int64
		err = s.Scan(&c.Account, &c.Secret, &at, &c.Step)
		c.Confirmed = instant(at)
		return c, err
	}, `SELECT account, secret, confirmed_at, step FROM code_apps WHERE account = ?`, account)
	return c, missing(err, "app for codes")
}

// SaveCodeApp keeps an account's in place of another.
func (g *Global) SaveCodeApp(ctx context.Context, c CodeApp) error {
	return g.exec(ctx, `INSERT INTO code_apps (account, secret, confirmed_at, step) VALUES (?, ?, ?, ?)
		ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, confirmed_at = excluded.confirmed_at, step = excluded.step`,
		c.Account, c.Secret, micros(c.Confirmed), c.Step)
}

// UseCodeStep notes that the code of a step was used and its app shows right
// ones, NotFound when that of a newer one was.
func (g *Global) UseCodeStep(ctx context.Context, c CodeApp) error {
	return missing(g.change(ctx, `UPDATE code_apps SET step = ?, confirmed_at = ? WHERE account = ? AND step < ?`, c.Step, micros(c.Confirmed), c.Account, c.Step), "step")
}

// DropCodeApp takes an account's away, and its recovery codes.
func (g *Global) DropCodeApp(ctx context.Context, account work.AccountID) error {
	if err := g.SaveRecoveryCodes(ctx, account, nil); err != nil {
		return err
	}
	return g.exec(ctx, `DELETE FROM code_apps WHERE account = ?`, account)
}

// SaveRecoveryCodes keeps the hashes of an account's codes in place of others.
func (g *Global) SaveRecoveryCodes(ctx context.Context, account work.AccountID, hashes []string) error {
	if err := g.exec(ctx, `DELETE FROM recovery_codes WHERE account = ?`, account); err != nil {
		return err
	}
	for _, hash := range hashes {
		if err := g.exec(ctx, `INSERT INTO recovery_codes (account, hash) VALUES (?, ?)`, account, hash); err != nil {
			return err
		}
	}
	return nil
}

// RecoveryCodes says how many an account has left.
func (g *Global) RecoveryCodes(ctx context.Context, account work.AccountID) (int64, error) {
	return one(ctx, g.session, number[int64], `SELECT COUNT(*) FROM recovery_codes WHERE account = ?`, account)
}

// UseRecoveryCode takes one away, NotFound when it is none of the account's.
func (g *Global) UseRecoveryCode(ctx context.Context, account work.AccountID, hash string) error {
	return missing(g.change(ctx, `DELETE FROM recovery_codes WHERE account = ? AND hash = ?`, account, hash), "recovery code")
}

// A Passkey is the public half of one.
type Passkey struct {
	ID      string // base64url
	Account work.AccountID
	Key     string // PKIX in base64url
	Counter int64
	Label   string
	Made    time.Time
	Used    time.Time // zero for never
}

const passkeyColumns = `id, account, key, counter, label, made_at, used_at`

func scanPasskey(row scanner) (p Passkey, err error) {
	var made, used int64
	err = row.Scan(&p.ID, &p.Account, &p.Key, &p.Counter, &p.Label, &made, &used)
	p.Made, p.Used = instant(made), instant(used)
	return p, err
}

// AddPasskey keeps a passkey; Conflict when there is one of its id.
func (g *Global) AddPasskey(ctx context.Context, p Passkey) error {
	err := g.exec(ctx, `INSERT INTO passkeys (`+passkeyColumns+`) VALUES (?, ?, ?, ?, ?, ?, 0)`, p.ID, p.Account, p.Key, p.Counter, p.Label, micros(p.Made))
	if err != nil && g.d.unique(err) {
		return work.Errorf(work.Conflict, "This passkey is kept here already.")
	}
	return err
}

// Passkeys lists an account's, the oldest first.
func (g *Global) Passkeys(ctx context.Context, account work.AccountID) ([]Passkey, error) {
	return collect(ctx, g.session, scanPasskey, `SELECT `+passkeyColumns+` FROM passkeys WHERE account = ? ORDER BY made_at, id`, account)
}

// Passkey returns one by its id.
func (g *Global) Passkey(ctx context.Context, id string) (Passkey, error) {
	p, err := one(ctx, g.session, scanPasskey, `SELECT `+passkeyColumns+` FROM passkeys WHERE id = ?`, id)
	return p, missing(err, "passkey")
}

// UsePasskey notes what a passkey counted when it was used; NotFound when it was
// used meanwhile.
func (g *Global) UsePasskey(ctx context.Context, p Passkey, counter int64, at time.Time) error {
	return missing(g.change(ctx, `UPDATE passkeys SET counter = ?, used_at = ? WHERE id = ? AND counter = ?`, counter, micros(at), p.ID, p.Counter), "passkey")
}

// DropPasskey takes one of an account's away.
func (g *Global) DropPasskey(ctx context.Context, account work.AccountID, id string) error {
	return missing(g.change(ctx, `DELETE FROM passkeys WHERE account = ? AND id = ?`, account, id), "passkey")
}

// A SignInStep is what a browser is to come back with.
type SignInStep struct {
	Account work.AccountID // 0 while it is not known
	Kind    string         // code, passkey or new_passkey
	Expires time.Time
}

// AddSignInStep keeps a step by the hash of its secret, and forgets old ones.
func (g *Global) AddSignInStep(ctx context.Context, hash string, s SignInStep, at time.Time) error {
	if err := g.exec(ctx, `DELETE FROM signin_steps WHERE expires_at < ?`, micros(at)); err != nil {
		return err
	}
	return g.exec(ctx, `INSERT INTO signin_steps (hash, account, kind, expires_at) VALUES (?, ?, ?, ?)`, hash, s.Account, s.Kind, micros(s.Expires))
}

// SignInStep returns a step of a kind that is not over.
func (g *Global) SignInStep(ctx context.Context, hash, kind string, at time.Time) (SignInStep, error) {
	s, err := one(ctx, g.session, func(row scanner) (s SignInStep, err error) {
		var expires int64
		err = row.Scan(&s.Account, &s.Kind, &expires)
		s.Expires = instant(expires)
		return s, err
	}, `SELECT account, kind, expires_at FROM signin_steps WHERE hash = ? AND kind = ? AND expires_at > ?`, hash, kind, micros(at))
	return s, missing(err, "step")
}

// EndSignInStep forgets a step; the second to try finds nothing.
func (g *Global) EndSignInStep(ctx context.Context, hash string) error {
	return missing(g.change(ctx, `DELETE FROM signin_steps WHERE hash = ?`, hash), "step")
}
