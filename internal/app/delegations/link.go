package delegations

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"time"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// A GuestLink opens one delegation for its receiver, without an account.
type GuestLink struct {
	URL     string    `json:"url"`
	Expires time.Time `json:"expires"`
}

// linkDays is how long a guest's link opens.
const linkDays = 30

// MakeLink makes a link for the receiver.
var MakeLink = app.Write(app.Describe{
	Name: "delegation.link", Secret: true, Method: "POST", Path: "delegations/{delegation}/links", Who: app.AGiver, Undo: "delegation.end_links", Summary: "Make a link that opens this one delegation for its receiver.",
}, func(ctx context.Context, tx *app.Tx, in On) (GuestLink, error) {
	d, _, err := in.load(ctx, tx)
	if err != nil {
		return GuestLink{}, err
	}
	switch {
	case !d.Is(tx.Me.Person, work.AsGiver) || tx.Me.Guest != 0:
		return GuestLink{}, work.Errorf(work.Forbidden, "Only the giver makes links.")
	case d.Receiver == 0 || d.State == work.Draft:
		return GuestLink{}, work.Errorf(work.Conflict, "Offer it first; the link is for its receiver.")
	}
	if err := tx.Audit(ctx, app.GuestLinkMade, int64(d.ID), ""); err != nil {
		return GuestLink{}, err
	}
	return LinkFor(ctx, tx, d.ID, d.Receiver)
})

// LinkFor makes a link that opens one delegation for one person.
func LinkFor(ctx context.Context, tx *app.Tx, id work.DelegationID, person work.PersonID) (GuestLink, error) {
	secret, hash := Secret()
	link := store.Link{Delegation: id, Person: person, Expires: tx.Now.AddDate(0, 0, linkDays)}
	if err := tx.AddGuestLink(ctx, hash, link, tx.Now); err != nil {
		return GuestLink{}, err
	}
	return GuestLink{URL: tx.App.URL + "/guest/" + secret, Expires: link.Expires}, nil
}

// EndLinks revokes every link to a delegation.
var EndLinks = app.Write(app.Describe{
	Name: "delegation.end_links", Method: "DELETE", Path: "delegations/{delegation}/links", Who: app.AGiver, Undo: "delegation.link", Summary: "Revoke every link to this delegation.",
}, func(ctx context.Context, tx *app.Tx, in On) (app.None, error) {
	d, _, err := in.load(ctx, tx)
	if err != nil {
		return app.None{}, err
	}
	if !d.Is(tx.Me.Person, work.AsGiver) || tx.Me.Guest != 0 {
		return app.None{}, work.Errorf(work.Forbidden, "Only the giver revokes links.")
	}
	if _, err := tx.RevokeGuestLinks(ctx, d.ID, tx.Now); err != nil {
		return app.None{}, err
	}
	return app.None{}, tx.Audit(ctx, app.GuestLinksEnded, int64(d.ID), "")
})

// Secret returns 256 random bits as text, and the hash that is kept of them.
func Secret() (secret, hash string) {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails
	secret = base64.RawURLEncoding.EncodeToString(b[:])
	return secret, HashSecret(secret)
}

// ShortOf is the number a secret is called by, of its hash's first 32 bits: they
// say nothing about the secret.
func ShortOf(hash string) int64 {
	n, err := strconv.ParseUint(hash[:8], 16, 32)
	if err != nil {
		panic("delegations: a hash that is not hexadecimal: " + hash)
	}
	return int64(n)
}

// HashSecret is what is kept of a secret.
func HashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
