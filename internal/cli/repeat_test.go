package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"sync/atomic"
	"time"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// repeated counts the keys of this process.
var repeated atomic.Int64

// repeat does a POST of a story with an Idempotency-Key, and then again: the
// answer is the same and nothing happens a second time; with another input the
// key is refused. What does not hold is an error that starts with "repeat".
func repeat(ctx context.Context, o app.Operation, a *app.App, me app.Actor, in any) (any, error) {
	again, err := copies(in, 3)
	if err != nil {
		return nil, err
	}
	key := fmt.Sprintf("%d-%d-%d", os.Getpid(), time.Now().UnixNano(), repeated.Add(1))
	ctx = app.WithIdempotency(ctx, key)
	first, err := o.DoAny(ctx, a, me, again[0])
	if err != nil {
		return first, err
	}
	before, err := digest(ctx, a)
	if err != nil {
		return first, err
	}
	second, refused := o.DoAny(ctx, a, me, again[1])
	switch {
	case o.Describe().Secret && work.KindOf(refused) != work.Conflict:
		return first, fmt.Errorf("repeat: a secret is shown twice, or otherwise refused: %s", fmt.Sprint(refused))
	case !o.Describe().Secret && refused != nil:
		return first, fmt.Errorf("repeat: the second time is refused: %w", refused)
	case !o.Describe().Secret && !same(first, second):
		return first, fmt.Errorf("repeat: the second answer is another: %v, then %v", first, second)
	}
	if other(again[2]) {
		if _, err := o.DoAny(ctx, a, me, again[2]); work.KindOf(err) != work.Conflict {
			return first, fmt.Errorf("repeat: the key of one request is taken for another: %s", fmt.Sprint(err))
		}
	}
	after, err := digest(ctx, a)
	if err == nil && before != after {
		err = errors.New("repeat: something happened a second time")
	}
	return first, err
}

// copies returns an input several times over; a file in it is read once.
func copies(in any, n int) ([]any, error) {
	from := reflect.ValueOf(in).Elem()
	var raw []int
	for _, f := range reflect.VisibleFields(from.Type()) {
		if f.Tag.Get("body") == "raw" {
			raw = f.Index
		}
	}
	var file []byte
	if raw != nil {
		var err error
		if file, err = io.ReadAll(from.FieldByIndex(raw).Interface().(io.Reader)); err != nil {
			return nil, err
		}
	}
	out := make([]any, n)
	for i := range out {
		to := reflect.New(from.Type())
		to.Elem().Set(from)
		if raw != nil {
			to.Elem().FieldByIndex(raw).Set(reflect.ValueOf(bytes.NewReader(file)))
		}
		out[i] = to.Interface()
	}
	return out, nil
}

// other changes the first text or number of an input, and reports whether it
// has one that makes it another request: a trial of an import is none, and its
// format is looked at first.
func other(in any) bool {
	v := reflect.ValueOf(in).Elem()
	if dry := v.FieldByName("DryRun"); dry.IsValid() && dry.Bool() {
		return false
	}
	for _, f := range reflect.VisibleFields(v.Type()) {
		if f.Anonymous || !f.IsExported() || f.Tag.Get("header") != "" || f.Tag.Get("body") != "" || f.Tag.Get("query") == "format" {
			continue
		}
		switch field := v.FieldByIndex(f.Index); field.Kind() {
		case reflect.String:
			field.SetString(field.String() + "x")
			return true
		case reflect.Int, reflect.Int64:
			field.SetInt(field.Int() + 1)
			return true
		}
	}
	return false
}

func same(a, b any) bool {
	first, err := json.Marshal(a)
	second, failed := json.Marshal(b)
	return err == nil && failed == nil && bytes.Equal(first, second)
}

// digest sums up everything an export of the database holds.
func digest(ctx context.Context, a *app.App) (string, error) {
	sum := sha256.New()
	err := a.Store.Export(ctx, store.Sink{
		Table: func(name string) error { _, err := io.WriteString(sum, name); return err },
		Row:   func(r store.Row) error { _, err := sum.Write(r); return err },
	})
	return fmt.Sprintf("%x", sum.Sum(nil)), err
}

// mayRepeat reports whether an operation is one that a client may repeat with
// a key of its own choosing.
func mayRepeat(ctx context.Context, o app.Operation) bool {
	return o.Describe().Method == http.MethodPost && app.RepeatKey(ctx) == ""
}
