package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"time"

	"baton/internal/store"
	"baton/internal/work"
)

// A Throttle slows down whoever tries secrets from one address. It counts in
// the database, so that all processes that serve it count together.
type Throttle struct {
	Kind   string // of secret
	Most   int64  // wrong ones from one address
	Within time.Duration
}

// What is throttled. A right token or guest's link works from any address: many
// may share one, and nobody finds 256 random bits by trying.
var (
	Bearers = Throttle{"bearer", 60, 15 * time.Minute}  // tokens and guests' links
	SignIns = Throttle{"sign-in", 20, 15 * time.Minute} // sign-in and set-up links
	Asks    = Throttle{"ask", 20, 15 * time.Minute}     // for a mailed link, whether right or wrong
)

// ErrTooOften refuses an address from which too many wrong secrets came.
var ErrTooOften = work.Errorf(work.TooOften, "Too many wrong attempts came from your address. Wait a quarter of an hour and try again.")

// Open refuses an address that has used up its attempts.
func (t Throttle) Open(ctx context.Context, a *App) error { return t.open(ctx, a, t.source(ctx)) }

func (t Throttle) open(ctx context.Context, a *App, source string) error {
	if source == "" {
		return nil
	}
	var wrong int64
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		wrong, err = g.Attempts(ctx, source, a.Now().Add(-t.Within))
		return err
	})
	if err == nil && wrong >= t.Most {
		err = ErrTooOften
	}
	return err
}

// Wrong counts a wrong attempt, and refuses what is one too many.
func (t Throttle) Wrong(ctx context.Context, a *App) error { return t.wrong(ctx, a, t.source(ctx)) }

func (t Throttle) wrong(ctx context.Context, a *App, source string) error {
	if source == "" {
		return nil
	}
	if err := t.open(ctx, a, source); err != nil {
		return err
	}
	now := a.Now()
	return a.Store.WriteGlobal(ctx, func(g *store.Global) error { return g.AddAttempt(ctx, source, now.Add(-t.Within), now) })
}

// OpenFor refuses more attempts at one thing, wherever they come from.
func (t Throttle) OpenFor(ctx context.Context, a *App, subject string) error {
	return t.open(ctx, a, t.hash(subject))
}

// WrongFor counts a wrong attempt at one thing, and refuses what is one too
// many.
func (t Throttle) WrongFor(ctx context.Context, a *App, subject string) error {
	return t.wrong(ctx, a, t.hash(subject))
}

// source is what an address is counted by: "" for a caller in this process.
func (t Throttle) source(ctx context.Context) string {
	address, ok := ctx.Value(addressKey{}).(netip.Addr)
	if !ok {
		return ""
	}
	return t.hash(address.String())
}

func (t Throttle) hash(subject string) string {
	sum := sha256.Sum256([]byte(t.Kind + " " + subject))
	return hex.EncodeToString(sum[:])
}

type addressKey struct{}

// WithAddress says from where a request came. One household or office has a
// network of 64 bits in IPv6, which counts as one.
func WithAddress(ctx context.Context, address netip.Addr) context.Context {
	address = address.Unmap().WithZone("")
	if address.Is6() {
		if network, err := address.Prefix(64); err == nil {
			address = network.Addr()
		}
	}
	return context.WithValue(ctx, addressKey{}, address)
}
