// Package api serves the table of operations over HTTP: resources under
// /api/v1, described by OpenAPI 3.1, with problems as RFC 9457 says.
package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

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

// New returns the handler of the API.
func New(a *app.App, operations []app.Operation) http.Handler {
	mux := http.NewServeMux()
	config := huma.DefaultConfig("Baton", Version)
	config.OpenAPIPath = Prefix + "/openapi"
	config.DocsPath, config.SchemasPath = "", ""
	config.CreateHooks = nil // no $schema links in answers
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	h := humago.New(mux, config)
	s := &server{app: a, api: h}
	for _, o := range operations {
		s.register(o)
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, notThere(r.URL.Path))
	})
	return s.guard(mux)
}

// A server answers requests with operations.
type server struct {
	app *app.App
	api huma.API
}

// endpoint is an operation ready to answer requests.
type endpoint struct {
	op     app.Operation
	fields []field // of the path, query and headers
	body   *huma.Schema
	raw    []int // the field that takes the body as it is
}

func (s *server) register(o app.Operation) {
	d := o.Describe()
	registry := s.api.OpenAPI().Components.Schemas
	e := &endpoint{op: o, fields: fieldsOf(o.In())}
	op := &huma.Operation{
		OperationID: strings.ReplaceAll(d.Name, ".", "-"), Method: d.Method, Path: Prefix + "/" + d.Path, Summary: d.Summary,
		Tags: []string{strings.Split(d.Name, ".")[0]}, Security: []map[string][]string{{"token": {}}},
		Extensions: map[string]any{"x-who": string(d.Who), "x-undo": d.Undo},
		Responses:  map[string]*huma.Response{},
	}
	for _, f := range e.fields {
		op.Parameters = append(op.Parameters, f.param(registry, o.In()))
	}
	if e.raw = rawBody(o.In()); e.raw != nil {
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
		}}
	} else if d.Method != http.MethodGet && hasBody(o.In()) {
		e.body = registry.Schema(o.In(), true, "")
		op.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{"application/json": {Schema: e.body}}}
	}
	op.Responses["200"] = &huma.Response{
		Description: "Done", Content: map[string]*huma.MediaType{"application/json": {Schema: registry.Schema(o.Out(), true, "")}},
	}
	op.Responses["default"] = &huma.Response{
		Description: "A sentence that says what is wrong", Content: map[string]*huma.MediaType{"application/problem+json": {Schema: registry.Schema(problemType, true, "")}},
	}
	s.api.OpenAPI().AddOperation(op)
	s.api.Adapter().Handle(op, func(ctx huma.Context) {
		r, w := humago.Unwrap(ctx)
		s.answer(e, w, r)
	})
}
