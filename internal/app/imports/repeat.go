package imports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// A repeat lets the same request with the same Idempotency-Key be answered the
// same. The file is hashed as it is read. The answer is kept right after the
// import; when that is lost, the import runs again and finds nothing to do.
type repeat struct {
	key    string
	sum    hash.Hash
	body   io.Reader
	answer *Import // to the same request before
}

// repeated looks for the answer to the same request; without one it makes the
// file hash itself on the way.
func repeated(ctx context.Context, a *app.App, me app.Actor, in *File) (*repeat, error) {
	r := &repeat{key: app.RepeatKey(ctx), sum: sha256.New()}
	if r.key == "" || in.DryRun {
		r.key = ""
		return r, nil
	}
	_, _ = fmt.Fprintf(r.sum, "%q %q ", in.Name, in.Format) // a hash takes everything
	r.body = io.TeeReader(in.Body, r.sum)
	in.Body = r.body
	var kept store.Reply
	var found bool
	err := a.Read(ctx, me, func(tx *app.Tx) (err error) {
		if err := tx.MembersOnly(); err != nil {
			return err
		}
		kept, found, err = tx.Reply(ctx, me.Person, r.key, a.RepliesSince())
		return err
	})
	if err != nil || !found {
		return r, err
	}
	asked, err := r.asked()
	if err != nil {
		return r, err
	}
	if asked != kept.Request {
		return r, app.ErrKeyUsed(r.key)
	}
	r.answer = &Import{}
	return r, json.Unmarshal([]byte(kept.Response), r.answer)
}

// asked is the fingerprint of the request, once all of the file is read.
func (r *repeat) asked() (string, error) {
	if _, err := io.Copy(io.Discard, r.body); err != nil {
		return "", fmt.Errorf("read the file: %w", err)
	}
	return "import.start " + hex.EncodeToString(r.sum.Sum(nil)), nil
}

func (r *repeat) known() Import {
	if r.answer == nil {
		return Import{}
	}
	return *r.answer
}

// keep keeps the answer for whoever asks again.
func (r *repeat) keep(ctx context.Context, a *app.App, me app.Actor, out Import) error {
	if r.key == "" {
		return nil
	}
	asked, err := r.asked()
	if err != nil {
		return err
	}
	answer, err := json.Marshal(out)
	if err != nil {
		return fmt.Errorf("keep the answer: %w", err)
	}
	return a.Write(ctx, me, func(tx *app.Tx) error {
		return tx.SaveReply(ctx, me.Person, r.key, store.Reply{Request: asked, Response: string(answer)}, tx.Now)
	})
}

// withdrawal is the fingerprint of a request to take an import back.
func withdrawal(id work.ImportID) string { return fmt.Sprintf("import.take_back %d", id) }

// accept notes that a request to take an import back is at work, for whoever
// asks again with its key. Its answer is what the import says by then.
func accept(ctx context.Context, tx *app.Tx, id work.ImportID) error {
	key := app.RepeatKey(ctx)
	if key == "" {
		return nil
	}
	return tx.SaveReply(ctx, tx.Me.Person, key, store.Reply{Request: withdrawal(id)}, tx.Now)
}

// asBefore answers a request to take an import back that was made before, and
// reports whether it was.
func asBefore(ctx context.Context, tx *app.Tx, id work.ImportID) (out Withdrawn, found bool, err error) {
	key := app.RepeatKey(ctx)
	if key == "" {
		return out, false, nil
	}
	kept, found, err := tx.Reply(ctx, tx.Me.Person, key, tx.App.RepliesSince())
	switch {
	case err != nil || !found:
		return out, false, err
	case kept.Request != withdrawal(id):
		return out, false, app.ErrKeyUsed(key)
	}
	m, err := mine(ctx, tx, id)
	if err != nil {
		return out, true, err
	}
	out, err = undone(ctx, tx, &m)
	return out, true, err
}
