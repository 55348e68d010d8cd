package api

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"baton/internal/app"
)

const descriptionPath = Prefix + "/openapi"

// describe returns a handler that answers with the description of the API, as
// OpenAPI 3.1 says.
func describe(operations []app.Operation) http.Handler {
	mux := http.NewServeMux()
	config := huma.DefaultConfig("Baton", Version)
	config.OpenAPIPath = descriptionPath
	config.DocsPath, config.SchemasPath = "", ""
	config.CreateHooks = nil // no $schema links in answers
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	config.Components.Schemas = newRegistry()
	h := humago.New(mux, config)
	for _, o := range operations {
		h.OpenAPI().AddOperation(describeOne(h.OpenAPI().Components.Schemas, o))
	}
	return mux
}

func describeOne(registry huma.Registry, o app.Operation) *huma.Operation {
	d := o.Describe()
	op := &huma.Operation{
		OperationID: strings.ReplaceAll(d.Name, ".", "-"), Method: d.Method, Path: Prefix + "/" + d.Path, Summary: d.Summary,
		Tags: []string{strings.Split(d.Name, ".")[0]}, Security: []map[string][]string{{"token": {}}},
		Extensions: map[string]any{"x-who": string(d.Who), "x-undo": d.Undo},
		Responses:  map[string]*huma.Response{},
	}
	for _, f := range fieldsOf(o.In()) {
		op.Parameters = append(op.Parameters, f.param(registry, o.In()))
	}
	switch {
	case rawBody(o.In()) != nil:
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
		}}
	case takesJSON(o):
		op.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{"application/json": {Schema: registry.Schema(o.In(), true, "")}}}
	}
	op.Responses["200"] = &huma.Response{
		Description: "Done", Content: map[string]*huma.MediaType{"application/json": {Schema: registry.Schema(o.Out(), true, "")}},
	}
	op.Responses["default"] = &huma.Response{
		Description: "A sentence that says what is wrong", Content: map[string]*huma.MediaType{"application/problem+json": {Schema: registry.Schema(problemType, true, "")}},
	}
	return op
}
