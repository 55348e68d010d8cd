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
	for _, schema := range h.OpenAPI().Components.Schemas.Map() {
		describeUsual(schema)
	}
	return mux
}

// usual are the fields that are the same thing wherever they stand, by their
// type and name.
var usual = map[[2]string]string{
	{huma.TypeInteger, "id"}:         "Its number",
	{huma.TypeInteger, "version"}:    "It grows with every change; the ETag says it",
	{huma.TypeInteger, "task"}:       "The task's number",
	{huma.TypeInteger, "task_id"}:    "The task's number",
	{huma.TypeInteger, "delegation"}: "The delegation's number",
	{huma.TypeInteger, "person"}:     "The person's number",
	{huma.TypeInteger, "person_id"}:  "The person's number",
	{huma.TypeInteger, "item"}:       "The number of the open item that is meant",
	{huma.TypeInteger, "number"}:     "The number of the event in its workspace",
	{huma.TypeArray, "items"}:        "What this page holds",
	{huma.TypeString, "at"}:          "When",
	{huma.TypeString, "title"}:       "Of the task, the decision area or the delegation of it",
	{huma.TypeString, "mover_since"}: "Since when it is their move",
	{huma.TypeString, "zone"}:        "A time zone, like America/Chicago",
	{huma.TypeString, "email"}:       "Mail address",
	{huma.TypeString, "currency"}:    "ISO 4217",
	{huma.TypeString, "answer_by"}:   "Until when an answer is expected",
}

// describeUsual says what the usual fields of a schema are, where its type does
// not say something of its own.
func describeUsual(schema *huma.Schema) {
	for name, field := range schema.Properties {
		if field.Description == "" {
			field.Description = usual[[2]string{field.Type, name}]
		}
	}
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
