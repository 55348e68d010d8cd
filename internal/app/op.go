package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"baton/internal/store"
	"baton/internal/work"
)

// Who says which side an operation is for. It tells people and tests; the
// check itself is in the operation, on the object it is about.
type Who string

// Who may do an operation.
const (
	AnyMember Who = "member"   // about their own things
	AnOwner   Who = "owner"    // of the workspace
	AParty    Who = "party"    // a side of the delegation, or who stands in for it
	AGiver    Who = "giver"    // of the delegation
	AReceiver Who = "receiver" // of the delegation, also as a guest
	AHolder   Who = "holder"   // of the item, also as a guest
)

// A Describe names an operation: one row of the one table.
type Describe struct {
	Name    string // noun.verb
	Method  string // GET reads; everything else writes
	Path    string // the resource, below /api/v1
	Summary string // one sentence
	Who     Who
	Undo    string // "undo", or the name of the operation that takes it back
	Secret  bool   // its answer holds a secret that is shown once: it is not kept for a repeat
	Coaches bool   // somebody who only coaches may too
}

// ErrOnlyCoaches refuses whatever is not for somebody who only coaches.
var ErrOnlyCoaches = work.Errorf(work.Forbidden, "You are here as a coach: you see what your clients show you, and your own settings.")

// An Op is one thing a person can do: one function, one transaction,
// permission included.
type Op[In, Out any] struct {
	describe Describe
	write    bool
	fn       func(context.Context, *Tx, In) (Out, error)
	steps    func(context.Context, *App, Actor, In) (Out, error)
}

// Write makes an operation that changes something.
func Write[In, Out any](d Describe, fn func(context.Context, *Tx, In) (Out, error)) Op[In, Out] {
	return Op[In, Out]{describe: d, write: true, fn: fn}
}

// Read makes an operation that only looks, on one consistent snapshot.
func Read[In, Out any](d Describe, fn func(context.Context, *Tx, In) (Out, error)) Op[In, Out] {
	return Op[In, Out]{describe: d, fn: fn}
}

// Steps makes an operation of many transactions, between which others work:
// for what is too long for one. It can stop half way; how it goes on then is
// its own affair, and so is what a repeated request does.
func Steps[In, Out any](d Describe, fn func(context.Context, *App, Actor, In) (Out, error)) Op[In, Out] {
	return Op[In, Out]{describe: d, steps: fn}
}

// An Operation is an Op whose types are known at run time only.
type Operation interface {
	Describe() Describe
	In() reflect.Type
	Out() reflect.Type
	// DoAny runs the operation; in is a pointer to its input.
	DoAny(ctx context.Context, a *App, me Actor, in any) (any, error)
}

// Describe returns the operation's row of the table.
func (o Op[In, Out]) Describe() Describe { return o.describe }

// In returns the type of the input.
func (o Op[In, Out]) In() reflect.Type { return reflect.TypeFor[In]() }

// Out returns the type of the output.
func (o Op[In, Out]) Out() reflect.Type { return reflect.TypeFor[Out]() }

// DoAny runs the operation; in is a *In.
func (o Op[In, Out]) DoAny(ctx context.Context, a *App, me Actor, in any) (any, error) {
	return o.Do(ctx, a, me, *in.(*In))
}

// Do runs the operation for an actor.
func (o Op[In, Out]) Do(ctx context.Context, a *App, me Actor, in In) (out Out, err error) {
	run := func(tx *Tx) error {
		out, err = o.once(ctx, tx, in)
		return err
	}
	switch {
	case me.Coach && !o.describe.Coaches:
		return out, ErrOnlyCoaches
	case o.steps != nil:
		return o.steps(ctx, a, me, in)
	case o.write:
		return out, a.Write(ctx, me, run)
	}
	return out, a.Read(ctx, me, run)
}

// Within runs the operation inside a transaction another one holds. One made
// by Steps has no single transaction and cannot.
func (o Op[In, Out]) Within(ctx context.Context, tx *Tx, in In) (Out, error) {
	return o.fn(ctx, tx, in)
}

type idempotencyKey struct{}

// WithIdempotency makes the one write operation run under ctx answer the same
// when it is asked again with the same key within a day.
func WithIdempotency(ctx context.Context, key string) context.Context {
	return context.WithValue(ctx, idempotencyKey{}, key)
}

// RepeatKey returns the key with which the request under ctx may be repeated,
// "" for none. Operations made by Steps keep their answers themselves.
func RepeatKey(ctx context.Context) string {
	key, _ := ctx.Value(idempotencyKey{}).(string)
	return key
}

// RepliesSince is since when an answer may be repeated.
func (a *App) RepliesSince() time.Time { return a.Now().Add(-replies) }

// replies is how long a request may be repeated.
const replies = 24 * time.Hour

// once runs the function, or repeats what it answered to the same key. The
// answer is kept in the same transaction.
func (o Op[In, Out]) once(ctx context.Context, tx *Tx, in In) (Out, error) {
	key := RepeatKey(ctx)
	if key == "" || !o.write {
		return o.fn(ctx, tx, in)
	}
	var out Out
	asked, err := fingerprint(o.describe.Name, in)
	if err != nil {
		return out, err
	}
	kept, found, err := tx.Reply(ctx, tx.Me.Person, key, tx.Now.Add(-replies))
	switch {
	case err != nil:
		return out, err
	case found && kept.Request != asked:
		return out, ErrKeyUsed(key)
	case found && o.describe.Secret:
		return out, work.Errorf(work.Conflict, "This was answered already, and its secret is shown once; ask again with a new Idempotency-Key.")
	case found:
		return out, json.Unmarshal([]byte(kept.Response), &out)
	}
	if out, err = o.fn(ctx, tx, in); err != nil {
		return out, err
	}
	var answer []byte
	if !o.describe.Secret {
		if answer, err = json.Marshal(out); err != nil {
			return out, fmt.Errorf("keep the answer: %w", err)
		}
	}
	return out, tx.SaveReply(ctx, tx.Me.Person, key, store.Reply{Request: asked, Response: string(answer)}, tx.Now)
}

// ErrKeyUsed refuses a key that another request had.
func ErrKeyUsed(key string) error {
	return work.Errorf(work.Conflict, "The Idempotency-Key %q was used for another request; use a new one.", key)
}

// fingerprint hashes what is asked: the operation and all fields of its
// input, those of the path included.
func fingerprint(name string, in any) (string, error) {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s %#v", name, pathFields(in))
	body, err := json.Marshal(in)
	if err != nil {
		return "", fmt.Errorf("fingerprint of the request: %w", err)
	}
	sum.Write(body)
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// pathFields collects the fields that JSON leaves out and that say what the
// request is about.
func pathFields(in any) []any {
	v := reflect.ValueOf(in)
	var out []any
	for _, f := range reflect.VisibleFields(v.Type()) {
		if f.Tag.Get("path") != "" || f.Tag.Get("query") != "" {
			out = append(out, v.FieldByIndex(f.Index).Interface())
		}
	}
	return out
}

// None is an input or output without anything in it.
type None struct{}
