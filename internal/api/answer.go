package api

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/store"
	"baton/internal/work"
)

// A field's name is one text, not every way to write it: what is checked here
// is what the decoder reads.
func init() { huma.ValidateStrictCasing = true }

// How long a request's body may be: one of JSON, and one that is a file and is
// read as it comes.
const (
	largest     = 4 << 20
	largestFile = 1 << 30
)

// answer runs one operation for one request.
func (s *server) answer(e *endpoint, w http.ResponseWriter, r *http.Request) {
	me, err := s.actor(r)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	in, err := s.read(e, w, r)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	ctx := r.Context()
	if key := r.Header.Get("Idempotency-Key"); key != "" && r.Method != http.MethodGet {
		if len(key) > 200 {
			s.refuse(w, r, work.Errorf(work.Invalid, "An Idempotency-Key has at most 200 characters."))
			return
		}
		ctx = app.WithIdempotency(ctx, key)
	}
	out, err := e.op.DoAny(ctx, s.app, me, in)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.send(w, r, out)
}

// actor says for whom a request acts: the one a caller in this process put in
// its context, or the member a token belongs to.
func (s *server) actor(r *http.Request) (app.Actor, error) {
	if me, ok := r.Context().Value(actorKey{}).(app.Actor); ok {
		return me, nil
	}
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	secret = strings.TrimSpace(secret)
	if !strings.EqualFold(scheme, "Bearer") || secret == "" {
		return app.Actor{}, errNoToken
	}
	now := s.app.Now()
	hash := delegations.HashSecret(secret)
	if !strings.HasPrefix(secret, "baton_") {
		return s.guest(r.Context(), hash, now)
	}
	var token store.Token
	err := s.app.Store.ReadGlobal(r.Context(), func(g *store.Global) (err error) {
		token, err = g.Token(r.Context(), hash, now)
		return err
	})
	if work.KindOf(err) == work.NotFound {
		return app.Actor{}, cmp.Or(app.Bearers.Wrong(r.Context(), s.app), errNoToken)
	}
	if err != nil {
		return app.Actor{}, err
	}
	if now.Sub(token.UsedAt) > time.Minute {
		err = s.app.Store.WriteGlobal(r.Context(), func(g *store.Global) error { return g.TouchToken(r.Context(), hash, now) })
	}
	scope := app.Scope(token.Scope)
	return app.Actor{Workspace: token.Workspace, Person: token.Person, Owner: token.Owner && scope == app.ScopeAll, Coach: token.Coach, Scope: scope}, err
}

// guest returns whom a guest's link acts for: one person, on one delegation.
func (s *server) guest(ctx context.Context, hash string, now time.Time) (app.Actor, error) {
	var link store.Link
	err := s.app.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		link, err = g.GuestLink(ctx, hash, now)
		return err
	})
	if work.KindOf(err) == work.NotFound {
		return app.Actor{}, cmp.Or(app.Bearers.Wrong(ctx, s.app), errNoLink)
	}
	return app.Actor{Workspace: link.Workspace, Person: link.Person, Guest: link.Delegation}, err
}

// read fills an operation's input from a request.
func (s *server) read(e *endpoint, w http.ResponseWriter, r *http.Request) (any, error) {
	in := reflect.New(e.op.In())
	if e.body != nil {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largest))
		if most := (*http.MaxBytesError)(nil); errors.As(err, &most) {
			return nil, tooLong(work.Errorf(work.Invalid, "The request is longer than %d MB.", largest>>20))
		}
		if err != nil {
			return nil, work.Errorf(work.Invalid, "The request did not arrive whole.")
		}
		if err := s.parse(e, body, in.Interface()); err != nil {
			return nil, err
		}
	}
	if e.raw != nil {
		in.Elem().FieldByIndex(e.raw).Set(reflect.ValueOf(&upload{http.MaxBytesReader(w, r.Body, largestFile)}))
	}
	for _, f := range e.fields() {
		if err := f.set(in.Elem(), r); err != nil {
			return nil, err
		}
	}
	return in.Interface(), nil
}

// upload is a body that an operation reads as it comes. What is wrong with it
// is a sentence.
type upload struct{ body io.Reader }

// Read implements io.Reader.
func (u *upload) Read(p []byte) (int, error) {
	n, err := u.body.Read(p)
	if err == nil || errors.Is(err, io.EOF) {
		return n, err
	}
	if most := (*http.MaxBytesError)(nil); errors.As(err, &most) {
		return n, tooLong(work.Errorf(work.Invalid, "The file is longer than %d MB.", largestFile>>20))
	}
	if work.KindOf(err) != "" {
		return n, err
	}
	return n, work.Errorf(work.Invalid, "The file did not arrive whole.")
}

// parse checks a JSON body against its schema and reads it.
func (s *server) parse(e *endpoint, body []byte, in any) error {
	if len(bytes.TrimSpace(body)) == 0 {
		body = []byte("{}")
	}
	if !utf8.Valid(body) {
		return work.Errorf(work.Invalid, "The body holds bytes that are not UTF-8.")
	}
	var loose any
	if err := json.Unmarshal(body, &loose); err != nil {
		if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) {
			return work.Errorf(work.Invalid, "The body holds a number that is too large.")
		}
		return work.Errorf(work.Invalid, "The body is not JSON: %s.", err)
	}
	if err := twice(body); err != nil {
		return err
	}
	var found huma.ValidateResult
	path := huma.NewPathBuffer(make([]byte, 0, 64), 0)
	shape := e.body()
	huma.Validate(shape.registry, shape.schema, path, huma.ModeWriteToServer, loose, &found)
	if len(found.Errors) > 0 {
		return shape.invalid(found.Errors)
	}
	if err := json.Unmarshal(body, in); err != nil {
		if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) {
			return work.FieldError(wrong.Field, "%s cannot be a %s.", wrong.Field, wrong.Value)
		}
		if where, wrong := culprit(loose, reflect.TypeOf(in)); wrong != nil {
			return work.FieldError(where, "%s: %s.", where, wrong)
		}
		return work.Errorf(work.Invalid, "The body cannot be read: %s.", err)
	}
	return nil
}

// errTooLong marks the sentence about a body that is longer than allowed.
var errTooLong = errors.New("the body is too long")

func tooLong(sentence error) error { return fmt.Errorf("%w: %w", errTooLong, sentence) }

// send writes an operation's output.
func (s *server) send(w http.ResponseWriter, r *http.Request, out any) {
	body, err := json.Marshal(out)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	h := w.Header()
	if v := reflect.ValueOf(out); v.Kind() == reflect.Struct {
		if version := v.FieldByName("Version"); version.IsValid() && version.Kind() == reflect.Int64 && version.Int() > 0 {
			h.Set("ETag", `"`+strconv.FormatInt(version.Int(), 10)+`"`)
		}
		if next := v.FieldByName("Next"); next.IsValid() && next.Kind() == reflect.String && next.String() != "" {
			q := r.URL.Query()
			q.Set("after", next.String())
			h.Set("Link", `<`+r.URL.Path+`?`+q.Encode()+`>; rel="next"`)
		}
	}
	write(w, r, http.StatusOK, "application/json", body)
}

var zippers = sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}

// write sends a body, compressed where it is long and the client takes it.
func write(w http.ResponseWriter, r *http.Request, status int, kind string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept-Encoding")
	if len(body) < 1024 || !app.TakesGzip(r.Header.Values("Accept-Encoding")) {
		h.Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(status)
		_, _ = w.Write(body) // the client is gone; there is nobody to tell
		return
	}
	h.Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	z := zippers.Get().(*gzip.Writer)
	defer zippers.Put(z)
	z.Reset(w)
	_, _ = z.Write(body)
	_ = z.Close()
}

// guard turns a panic into an answer and logs it once.
func (s *server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				s.app.Log.ErrorContext(r.Context(), "panic", "method", r.Method, "path", r.URL.Path, "panic", p)
				s.problem(w, r, http.StatusInternalServerError, problem{Kind: "internal", Detail: ourFault})
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// Why it is not known for whom a request acts.
var (
	errNoToken = errors.New("no token")
	errNoLink  = fmt.Errorf("%w: no link of a guest either", errNoToken)
)

const ourFault = "Something went wrong on our side."

func notThere(path string) error {
	return work.Errorf(work.NotFound, "There is nothing at %s; what there is stands in %s.json.", path, descriptionPath)
}

// nothing answers a request for what is not there, or not by this method.
func (s *server) nothing(mux *http.ServeMux, w http.ResponseWriter, r *http.Request) {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := mux.Handler(other); pattern != "/" {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		s.refuse(w, r, notThere(r.URL.Path))
		return
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	s.problem(w, r, http.StatusMethodNotAllowed, problem{
		Kind: string(work.Invalid), Detail: fmt.Sprintf("%s cannot be used here; what can: %s.", r.Method, strings.Join(allowed, ", ")),
	})
}

// refuse answers with a problem. Only our own mistakes are logged.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	var sentence *work.Error
	switch {
	case errors.Is(err, errNoToken):
		detail := "Send a token that is valid, as Authorization: Bearer …"
		if errors.Is(err, errNoLink) {
			detail = "This token or link is not valid any more; make a new token, or ask whoever sent the link for a new one."
		}
		w.Header().Set("WWW-Authenticate", `Bearer realm="baton"`)
		s.problem(w, r, http.StatusUnauthorized, problem{Kind: "unauthorized", Detail: detail})
	case errors.Is(err, errTooLong) && errors.As(err, &sentence):
		s.problem(w, r, http.StatusRequestEntityTooLarge, problemOf(sentence))
	case errors.As(err, &sentence):
		s.problem(w, r, statuses[sentence.Kind], problemOf(sentence))
	case errors.Is(err, context.Canceled):
		s.problem(w, r, 499, problem{Kind: "canceled", Detail: "The request was given up."})
	default:
		s.app.Log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "error", err)
		s.problem(w, r, http.StatusInternalServerError, problem{Kind: "internal", Detail: ourFault})
	}
}
