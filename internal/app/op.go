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
	Admits  bool   // it lets somebody or something in: a token needs the scope all
}

// ErrOnlyCoaches refuses whatever is not for somebody who only coaches.
var ErrOnlyCoaches = work.Errorf(work.Forbidden, "You are here as a coach: you see what your clients show you, and your own settings.")

// An Operation is an Op whose types are known at run time only.
type Operation interface {
	Describe() Describe
	In() reflect.Type
	Out() reflect.Type
	// DoAny runs the operation. The input is a pointer to an In, the answer an Out.
	DoAny(ctx context.Context, a *App, me Actor, in any) (any, error)
}

// An Op is one thing a person can do: one function, one transaction,
// permission included. All but its types is in operation, so that the program
// does not hold the same code once for every pair of types.
type Op[In, Out any] struct{ *operation }

// An operation is what all of them share.
type operation struct {
	describe Describe
	write    bool
	in, out  reflect.Type
	// These take a pointer to the input and answer an output.
	fn    func(ctx context.Context, tx *Tx, in any) (any, error)
	steps func(ctx context.Context, a *App, me Actor, in any) (any, error)
}

// Write makes an operation that changes something.
func Write[In, Out any](d Describe, fn func(context.Context, *Tx, In) (Out, error)) Op[In, Out] {
	o := Read(d, fn)
	o.write = true
	return o
}

// Read makes an operation that only looks, on one consistent snapshot.
func Read[In, Out any](d Describe, fn func(context.Context, *Tx, In) (Out, error)) Op[In, Out] {
	return Op[In, Out]{&operation{
		describe: d, in: reflect.TypeFor[In](), out: reflect.TypeFor[Out](),
		fn: func(ctx context.Context, tx *Tx, in any) (any, error) { return fn(ctx, tx, *in.(*In)) },
	}}
}

// Steps makes an operation of many transactions, between which others work:
// for what is too long for one. It can stop half way; how it goes on then is
// its own affair, and so is what a repeated request does.
func Steps[In, Out any](d Describe, fn func(context.Context, *App, Actor, In) (Out, error)) Op[In, Out] {
	return Op[In, Out]{&operation{
		describe: d, in: reflect.TypeFor[In](), out: reflect.TypeFor[Out](),
		steps: func(ctx context.Context, a *App, me Actor, in any) (any, error) { return fn(ctx, a, me, *in.(*In)) },
	}}
}

// Do runs the operation for an actor.
func (o Op[In, Out]) Do(ctx context.Context, a *App, me Actor, in In) (Out, error) {
	return answered[Out](o.DoAny(ctx, a, me, &in))
}

// Within runs the operation inside a transaction another one holds. One made
// by Steps has no single transaction and cannot.
func (o Op[In, Out]) Within(ctx context.Context, tx *Tx, in In) (Out, error) {
	return answered[Out](o.fn(ctx, tx, &in))
}

// answered gives an answer its type back; without one it is empty.
func answered[Out any](answer any, err error) (Out, error) {
	out, _ := answer.(Out)
	return out, err
}

// Describe returns the operation's row of the table.
func (o *operation) Describe() Describe { return o.describe }

// In returns the type of the input.
func (o *operation) In() reflect.Type { return o.in }

// Out returns the type of the output.
func (o *operation) Out() reflect.Type { return o.out }

// DoAny runs the operation.
func (o *operation) DoAny(ctx context.Context, a *App, me Actor, in any) (out any, err error) {
	run := func(tx *Tx) error {
		out, err = o.once(ctx, tx, in)
		return err
	}
	if err := me.within(o.describe); err != nil {
		return nil, err
	}
	switch {
	case me.Coach && !o.describe.Coaches:
		return nil, ErrOnlyCoaches
	case o.steps != nil:
		return o.steps(ctx, a, me, in)
	case o.write:
		err = a.Write(ctx, me, run)
	default:
		err = a.Read(ctx, me, run)
	}
	return out, err
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
func (o *operation) once(ctx context.Context, tx *Tx, in any) (any, error) {
	key := RepeatKey(ctx)
	if key == "" || !o.write {
		return o.fn(ctx, tx, in)
	}
	asked, err := fingerprint(o.describe.Name, in)
	if err != nil {
		return nil, err
	}
	kept, found, err := tx.Reply(ctx, tx.Me.Person, key, tx.Now.Add(-replies))
	switch {
	case err != nil:
		return nil, err
	case found && kept.Request != asked:
		return nil, ErrKeyUsed(key)
	case found && o.describe.Secret:
		return nil, work.Errorf(work.Conflict, "This was answered already, and its secret is shown once; ask again with a new Idempotency-Key.")
	case found:
		out := reflect.New(o.out)
		err := json.Unmarshal([]byte(kept.Response), out.Interface())
		return out.Elem().Interface(), err
	}
	out, err := o.fn(ctx, tx, in)
	if err != nil {
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
	v := reflect.Indirect(reflect.ValueOf(in))
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
