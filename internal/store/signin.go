package store

import (
	"context"
	"time"

	"baton/internal/work"
)

// A Session is one browser that is signed in.
type Session struct {
	Hash    string // of the secret in its cookie
	Account work.AccountID
	Device  string // what it says it is
	Way     string // by which it came in: link, mail, password or passkey
	Opened  time.Time
	Seen    time.Time // to some minutes
	Expires time.Time
}

const sessionColumns = `hash, account, device, way, opened_at, seen_at, expires_at`

func scanSession(row scanner) (s Session, err error) {
	var opened, seen, expires int64
	err = row.Scan(&s.Hash, &s.Account, &s.Device, &s.Way, &opened, &seen, &expires)
	s.Opened, s.Seen, s.Expires = instant(opened), instant(seen), instant(expires)
	return s, err
}

// AddSession keeps a session, and forgets those that expired.
func (g *Global) AddSession(ctx context.Context, s Session) error {
	if err := g.exec(ctx, `DELETE FROM sessions WHERE expires_at < ?`, micros(s.Opened)); err != nil {
		return err
	}
	return g.exec(ctx, `INSERT INTO sessions (`+sessionColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		s.Hash, s.Account, s.Device, s.Way, micros(s.Opened), micros(s.Seen), micros(s.Expires))
}

// Session returns a session by its hash while it lasts, NotFound otherwise.
func (g *Global) Session(ctx context.Context, hash string, at time.Time) (Session, error) {
	s, err := one(ctx, g.session, scanSession, `SELECT `+sessionColumns+` FROM sessions WHERE hash = ? AND expires_at > ?`, hash, micros(at))
	return s, missing(err, "session")
}

// Sessions lists an account's sessions that last, the one seen latest first.
func (g *Global) Sessions(ctx context.Context, account work.AccountID, at time.Time) ([]Session, error) {
	return collect(ctx, g.session, scanSession, `SELECT `+sessionColumns+` FROM sessions WHERE account = ? AND expires_at > ? ORDER BY seen_at DESC, hash`, account, micros(at))
}

// SeeSession notes when a session was last used, and until when it now lasts.
func (g *Global) SeeSession(ctx context.Context, hash string, at, expires time.Time) error {
	return g.exec(ctx, `UPDATE sessions SET seen_at = ?, expires_at = ? WHERE hash = ?`, micros(at), micros(expires), hash)
}

// EndSession forgets a session.
func (g *Global) EndSession(ctx context.Context, hash string) error {
	return g.exec(ctx, `DELETE FROM sessions WHERE hash = ?`, hash)
}

// EndSessionsBut forgets an account's sessions but one.
func (g *Global) EndSessionsBut(ctx context.Context, account work.AccountID, hash string) error {
	return g.exec(ctx, `DELETE FROM sessions WHERE account = ? AND hash <> ?`, account, hash)
}

// SignedIn reports whether anybody has a session.
func (g *Global) SignedIn(ctx context.Context, at time.Time) (bool, error) {
	n, err := one(ctx, g.session, number[int64], `SELECT COUNT(*) FROM sessions WHERE expires_at > ?`, micros(at))
	return n > 0, err
}

// A SignInAsk is an address that asked for a link to sign in with.
type SignInAsk struct {
	ID       string
	Email    string
	At       time.Time
	Leaves   time.Time // when it is answered, or tried again
	Attempts int
}

func scanSignInAsk(row scanner) (a SignInAsk, err error) {
	var at, leaves int64
	err = row.Scan(&a.ID, &a.Email, &at, &leaves, &a.Attempts)
	a.At, a.Leaves = instant(at), instant(leaves)
	return a, err
}

// AddSignInAsk keeps an ask until it is answered, unless the address has asked
// so often already and has no answer yet.
func (g *Global) AddSignInAsk(ctx context.Context, a SignInAsk, most int64) error {
	n, err := one(ctx, g.session, number[int64], `SELECT COUNT(*) FROM signin_asks WHERE email = ?`, a.Email)
	if err != nil || n >= most {
		return err
	}
	return g.exec(ctx, `INSERT INTO signin_asks (id, email, at, leaves_at, attempts) VALUES (?, ?, ?, ?, ?)`, a.ID, a.Email, micros(a.At), micros(a.Leaves), a.Attempts)
}

// AwaitsSignIn reports whether the time of an ask has come.
func (g *Global) AwaitsSignIn(ctx context.Context, at time.Time) (bool, error) {
	n, err := one(ctx, g.session, number[int64], `SELECT COUNT(*) FROM signin_asks WHERE leaves_at <= ?`, micros(at))
	return n > 0, err
}

// ClaimSignInAsks takes up to limit asks whose time has come for one worker,
// until a moment: no other finds them before.
func (g *Global) ClaimSignInAsks(ctx context.Context, at, until time.Time, limit int) ([]SignInAsk, error) {
	all, err := collect(ctx, g.session, scanSignInAsk, `SELECT id, email, at, leaves_at, attempts FROM signin_asks WHERE leaves_at <= ? ORDER BY leaves_at, id LIMIT ?`+g.d.forUpdate(), micros(at), limit)
	if err != nil {
		return nil, err
	}
	for i, a := range all {
		all[i].Attempts++
		if err := g.exec(ctx, `UPDATE signin_asks SET leaves_at = ?, attempts = attempts + 1 WHERE id = ?`, micros(until), a.ID); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// PutOffSignInAsk lets an ask be tried again at a moment.
func (g *Global) PutOffSignInAsk(ctx context.Context, id string, at time.Time) error {
	return g.exec(ctx, `UPDATE signin_asks SET leaves_at = ? WHERE id = ?`, micros(at), id)
}

// DropSignInAsk forgets an ask.
func (g *Global) DropSignInAsk(ctx context.Context, id string) error {
	return g.exec(ctx, `DELETE FROM signin_asks WHERE id = ?`, id)
}
