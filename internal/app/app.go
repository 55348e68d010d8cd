// Package app is the kernel of Baton's operations: what an operation is, who
// acts, and the transaction it runs in. The operations themselves are in the
// packages below it, by noun, and the one table of them in app/operations.
package app

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"baton/internal/ical"
	"baton/internal/seal"
	"baton/internal/store"
	"baton/internal/work"
)

// An App runs operations over a store.
type App struct {
	Store *store.Store
	Now   func() time.Time
	Log   *slog.Logger
	URL   string // where people reach it; links in mail begin with it
	Mails bool   // a mail server takes the mail

	// Key returns the key of the key file, which is made when it is first needed;
	// until a file is named, one that goes with the process.
	Key func() (*seal.Key, error)
}

// New returns an App over a store with the machine's clock.
func New(s *store.Store, log *slog.Logger) *App {
	return &App{
		Store: s, Now: func() time.Time { return time.Now().UTC() }, Log: log,
		Key: sync.OnceValues(seal.Chance),
	}
}

// MessageID is the id of a mail, the same however often it is sent.
func (a *App) MessageID(ws work.WorkspaceID, letter int64, at time.Time) string {
	host := "localhost"
	if u, err := url.Parse(a.URL); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return fmt.Sprintf("%d.%d.%x@%s", ws, letter, at.UnixMicro(), host)
}

// An Actor is who acts, where, and by which way in.
type Actor struct {
	Workspace work.WorkspaceID
	Person    work.PersonID
	Owner     bool
	Coach     bool              // only coaches: what Describe.Coaches allows, nothing else
	Guest     work.DelegationID // a guest's link opens this one and nothing else
	Scope     Scope             // of the token; "" for somebody in person
	Account   work.AccountID    // who signed in, whose other workspaces may be listed; 0 for a token, which is one member's
	Session   string            // hash of the browser's session; "" without one
}

// A Tx is the transaction an operation runs in, with who acts and when.
type Tx struct {
	*store.Tx
	App *App
	Me  Actor
	Now time.Time

	last work.EventNumber // of the operation's latest event, for undo
}

// Write runs fn for an actor in one transaction that may change something.
func (a *App) Write(ctx context.Context, me Actor, fn func(*Tx) error) error {
	return a.Store.Write(ctx, me.Workspace, func(s *store.Tx) error { return fn(&Tx{Tx: s, App: a, Me: me, Now: a.Now()}) })
}

// Read runs fn for an actor on one consistent snapshot.
func (a *App) Read(ctx context.Context, me Actor, fn func(*Tx) error) error {
	return a.Store.Read(ctx, me.Workspace, func(s *store.Tx) error { return fn(&Tx{Tx: s, App: a, Me: me, Now: a.Now()}) })
}

// Zone is the IANA zone in which the workspace counts days.
func (tx *Tx) Zone() string { return tx.Workspace().Zone }

// ZoneOf is the zone by whose clock somebody reads: their own, else that of the
// hours they keep for calls, else the workspace's.
func (tx *Tx) ZoneOf(ctx context.Context, p *work.Person) (string, error) {
	if p.Zone != "" {
		return p.Zone, nil
	}
	h, err := tx.CoachHours(ctx, p.ID, tx.Zone())
	return h.Zone, err
}

// Today is the workspace's date.
func (tx *Tx) Today() ical.Date { return ical.Today(tx.Now, tx.Zone()) }

// Act is the actor's move at this moment.
func (tx *Tx) Act() work.Act { return work.Act{By: tx.Me.Person, At: tx.Now, Zone: tx.Zone()} }

// MembersOnly refuses a guest: their link opens one delegation, nothing else.
func (tx *Tx) MembersOnly() error {
	if tx.Me.Guest != 0 {
		return work.Errorf(work.NotFound, "This link opens one delegation only.")
	}
	return nil
}

// Owner refuses anybody but the workspace's owner.
func (tx *Tx) Owner() error {
	if !tx.Me.Owner {
		return work.Errorf(work.Forbidden, "Only an owner of the workspace can do this.")
	}
	return nil
}

// Happened records an event that is not a delegation's: a task, a person, the
// workspace changed.
func (tx *Tx) Happened(ctx context.Context, e work.Event) error {
	e.At, e.By = tx.Now, tx.Me.Person
	recorded, err := tx.Record(ctx, e)
	tx.last = recorded.Number
	return err
}

// Undoable says how the event recorded last is taken back: by putting the row
// back as it was before, as long as nobody touched it since.
func (tx *Tx) Undoable(ctx context.Context, noun string, id, after int64, before string) error {
	if number, ok := ctx.Value(undoKey{}).(*work.EventNumber); ok {
		*number = tx.last
	}
	return tx.SaveUndo(ctx, store.Undo{Number: tx.last, Person: tx.Me.Person, Noun: noun, ID: id, After: after, Before: before})
}

type undoKey struct{}

// WithUndo lets the one write operation run under ctx say which change of it
// can be taken back: the number it leaves behind is what undo takes.
func WithUndo(ctx context.Context, number *work.EventNumber) context.Context {
	return context.WithValue(ctx, undoKey{}, number)
}

// Kept renders a row for an undo; a nil row did not exist.
func Kept[T any](row *T) string {
	if row == nil {
		return ""
	}
	b, err := json.Marshal(row)
	if err != nil {
		panic("app: a row that cannot be kept: " + err.Error())
	}
	return string(b)
}
