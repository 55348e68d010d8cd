// Package client speaks Baton's HTTP API from Go. It needs the standard
// library alone.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// A Client makes requests to one server, or to a handler in this process.
type Client struct {
	base  string
	token string
	http  *http.Client
}

// patience is how long a client waits for what it only reads. What changes
// something is waited for as long as the line lives: a huge import takes its
// time to be sent and to be applied, and giving up would not stop it.
const patience = 5 * time.Minute

// New returns a client of the server at a URL, acting with a token.
func New(server, token string) *Client {
	return &Client{base: strings.TrimSuffix(server, "/"), token: token, http: &http.Client{}}
}

// Local returns a client of a handler in this process, acting with a token, or
// with who acts set on each request's context.
func Local(h http.Handler, token string, with func(context.Context) context.Context) *Client {
	if with == nil {
		with = func(ctx context.Context) context.Context { return ctx }
	}
	return &Client{base: "http://local", token: token, http: &http.Client{Transport: local{h, with}}}
}

// local carries requests to a handler without a network.
type local struct {
	handler http.Handler
	with    func(context.Context) context.Context
}

// RoundTrip answers a request with the handler.
func (l local) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	w := &recorder{header: http.Header{}, status: http.StatusOK}
	l.handler.ServeHTTP(w, r.WithContext(l.with(r.Context())))
	return &http.Response{
		StatusCode: w.status, Status: http.StatusText(w.status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.header, Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()), Request: r,
	}, nil
}

// recorder keeps what a handler answers.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header returns the answer's header.
func (w *recorder) Header() http.Header { return w.header }

// WriteHeader sets the answer's status.
func (w *recorder) WriteHeader(status int) { w.status = status }

// Write appends to the answer's body.
func (w *recorder) Write(b []byte) (int, error) { return w.body.Write(b) }

// An Error is a refusal in the server's own words.
type Error struct {
	Status  int               `json:"-"`
	Kind    string            `json:"kind"` // invalid, forbidden, not_found, conflict, stale, full, too_often, unreachable, unauthorized or internal
	Message string            `json:"message"`
	Fields  map[string]string `json:"fields,omitempty"`
}

// Error returns the sentence.
func (e *Error) Error() string { return e.Message }

// A Request is one call. Path is below /api/v1; Body is sent as JSON.
type Request struct {
	Method  string
	Path    string
	Query   url.Values
	Body    any
	Stream  io.Reader // a file to send as it is, once, instead of Body
	Key     string    // Idempotency-Key: the same key answers the same
	IfMatch int64     // refuse when the row's version is another
}

// tries is how often a request that may be repeated is sent.
const tries = 3

// Do makes a call and reads the answer into out, which may be nil or a
// *json.RawMessage. A request with a Key, or a GET, is repeated when the
// connection breaks.
func (c *Client) Do(ctx context.Context, req Request, out any) error {
	var body []byte
	if req.Body != nil {
		var err error
		if body, err = json.Marshal(req.Body); err != nil {
			return fmt.Errorf("%s %s: %w", req.Method, req.Path, err)
		}
	}
	var err error
	for range tries {
		var again bool
		if again, err = c.once(ctx, req, body, out); !again || ctx.Err() != nil || req.Stream != nil || req.Method != http.MethodGet && req.Key == "" {
			break
		}
	}
	return err
}

// once makes one attempt; again says that the connection broke.
func (c *Client) once(ctx context.Context, req Request, body []byte, out any) (again bool, err error) {
	if req.Method == http.MethodGet {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, patience)
		defer stop()
	}
	address := c.base + "/api/v1/" + req.Path
	if len(req.Query) > 0 {
		address += "?" + req.Query.Encode()
	}
	var content io.Reader = bytes.NewReader(body)
	kind := "application/json"
	if req.Stream != nil {
		content, kind = req.Stream, "application/octet-stream"
	}
	r, err := http.NewRequestWithContext(ctx, req.Method, address, content)
	if err != nil {
		return false, fmt.Errorf("%s %s: %w", req.Method, req.Path, err)
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	if len(body) > 0 || req.Stream != nil {
		r.Header.Set("Content-Type", kind)
	}
	if req.Key != "" {
		r.Header.Set("Idempotency-Key", req.Key)
	}
	if req.IfMatch != 0 {
		r.Header.Set("If-Match", fmt.Sprintf(`"%d"`, req.IfMatch))
	}
	res, err := c.http.Do(r)
	if err != nil {
		var refused *url.Error
		if errors.As(err, &refused) {
			err = refused.Err
		}
		return true, &Error{Kind: "unreachable", Message: fmt.Sprintf("The server at %s cannot be reached: %s.", c.base, err)}
	}
	defer func() { err = errors.Join(err, res.Body.Close()) }()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return true, fmt.Errorf("%s %s: %w", req.Method, req.Path, err)
	}
	if res.StatusCode >= 400 {
		return false, refusal(res.StatusCode, answer)
	}
	if raw, ok := out.(*json.RawMessage); ok {
		*raw = answer
		return false, nil
	}
	if out == nil {
		return false, nil
	}
	return false, json.Unmarshal(answer, out)
}

// refusal reads a problem as RFC 9457 writes it.
func refusal(status int, body []byte) error {
	var p struct {
		Detail string `json:"detail"`
		Kind   string `json:"kind"`
		Errors []struct {
			Location string `json:"location"`
			Message  string `json:"message"`
		} `json:"errors"`
	}
	if err := json.Unmarshal(body, &p); err != nil || p.Detail == "" {
		p.Detail = fmt.Sprintf("The server answered %d %s.", status, http.StatusText(status))
	}
	e := &Error{Status: status, Kind: p.Kind, Message: p.Detail}
	for _, f := range p.Errors {
		if e.Fields == nil {
			e.Fields = map[string]string{}
		}
		e.Fields[f.Location] = f.Message
	}
	return e
}

// All walks every page of a list and hands each item's JSON to fn.
func (c *Client) All(ctx context.Context, path string, query url.Values, fn func(json.RawMessage) error) error {
	q := url.Values{}
	for k, v := range query {
		q[k] = v
	}
	for {
		var page struct {
			Items []json.RawMessage `json:"items"`
			Next  string            `json:"next"`
		}
		if err := c.Do(ctx, Request{Method: http.MethodGet, Path: path, Query: q}, &page); err != nil {
			return err
		}
		for _, item := range page.Items {
			if err := fn(item); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		q.Set("after", page.Next)
	}
}
