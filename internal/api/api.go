// Package api serves the table of operations over HTTP: resources under
// /api/v1, described by OpenAPI 3.1, with problems as RFC 9457 says.
package api

import (
	"context"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"baton/internal/app"
)

// Prefix is where the API lives.
const Prefix = "/api/v1"

// Version is the API's version in its description.
const Version = "1.0.0"

type actorKey struct{}

// WithActor lets requests under ctx act for somebody: what a caller in the
// same process, who has signed in already, uses instead of a token.
func WithActor(ctx context.Context, me app.Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, me)
}

// New returns the handler of the API. What reflection finds out about an
// operation is found out when it is first asked for: a command of the command
// line needs two of a hundred.
func New(a *app.App, operations []app.Operation) http.Handler {
	mux := http.NewServeMux()
	s := &server{app: a}
	for _, o := range operations {
		e := newEndpoint(o)
		mux.HandleFunc(o.Describe().Method+" "+Prefix+"/"+o.Describe().Path, func(w http.ResponseWriter, r *http.Request) { s.answer(e, w, r) })
	}
	description := sync.OnceValue(func() http.Handler { return describe(operations) })
	mux.HandleFunc("GET "+descriptionPath+".json", func(w http.ResponseWriter, r *http.Request) { description().ServeHTTP(w, r) })
	mux.HandleFunc("GET "+descriptionPath+".yaml", func(w http.ResponseWriter, r *http.Request) { description().ServeHTTP(w, r) })
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.nothing(mux, w, r)
	})
	return s.guard(mux)
}

// A server answers requests with operations.
type server struct{ app *app.App }

// endpoint is an operation ready to answer requests.
type endpoint struct {
	op     app.Operation
	fields func() []field // of the path, query and headers
	body   func() shape   // nil where none is read; where it has no fields, every field is one too many
	raw    []int          // the field that takes the body as it is
}

// shape is what a body must look like.
type shape struct {
	registry huma.Registry
	schema   *huma.Schema
}

func newEndpoint(o app.Operation) *endpoint {
	e := &endpoint{op: o, fields: sync.OnceValue(func() []field { return fieldsOf(o.In()) }), raw: rawBody(o.In())}
	if o.Describe().Method != http.MethodGet && e.raw == nil {
		e.body = sync.OnceValue(func() shape {
			r := newRegistry()
			return shape{r, r.Schema(o.In(), true, "")}
		})
	}
	return e
}

// takesJSON reports whether an operation's input stands in a JSON body, at
// least in part.
func takesJSON(o app.Operation) bool {
	return rawBody(o.In()) == nil && o.Describe().Method != http.MethodGet && hasBody(o.In())
}

func newRegistry() huma.Registry { return huma.NewMapRegistry("#/components/schemas/", schemaName) }
