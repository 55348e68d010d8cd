package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"baton/client"
	"baton/internal/api"
	"baton/internal/app"
	"baton/internal/app/backups"
	"baton/internal/app/clock"
	"baton/internal/app/operations"
	"baton/internal/app/workspaces"
	"baton/internal/seal"
	"baton/internal/store"
	"baton/internal/work"
)

// table is the table of operations that commands reach.
var table = operations.All

// session is one run of a command: who acts, on which database or server.
type session struct {
	World
	Globals
	ctx     context.Context
	client  *client.Client
	app     *app.App
	proxies int               // of one's own, in front of what is served
	backups *backups.Schedule // that a server makes by itself
	scratch string            // a directory that goes with the session
	me      app.Actor
	place   *time.Location // where the workspace counts its days, once asked
}

func (s *session) close() error {
	var err error
	if s.app != nil {
		err = s.app.Store.Close()
	}
	if s.scratch != "" {
		err = errors.Join(err, os.RemoveAll(s.scratch))
	}
	return err
}

// usualURL is where a server is reached that was told nothing; what a command
// without one writes into links and mail, unless BATON_URL says another.
const usualURL = "http://localhost:8470"

// open returns an App over the local database, made when it is not there.
func (s *session) open(o store.Options) (*app.App, error) {
	if s.app != nil {
		return s.app, nil
	}
	dsn := s.DB
	if dsn == "" {
		dsn = defaultDB(s.World)
		if err := os.MkdirAll(filepath.Dir(dsn), 0o700); err != nil {
			return nil, work.Errorf(work.Invalid, "The directory %s for the database cannot be made.", filepath.Dir(dsn))
		}
	}
	db, err := store.Open(s.ctx, dsn, o)
	if err != nil {
		return nil, err
	}
	a := app.New(db, slog.New(slog.NewTextHandler(s.Err, nil)))
	a.Now, a.URL = s.Now, usualURL
	a.Key = sync.OnceValues(func() (*seal.Key, error) { return a.KeyOf(s.ctx, s.keyFile(dsn)) })
	s.app = a
	return a, nil
}

// keyFile is the key file of a database: the one that was named, else beside
// its file, else where this user's data is.
func (s *session) keyFile(dsn string) string {
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		dsn = defaultDB(s.World)
	}
	return cmp.Or(s.Key, strings.TrimSuffix(dsn, ".db")+".key")
}

// api returns the client of the API. On an empty local database it first makes
// a workspace for the one person at the keyboard.
func (s *session) api() (*client.Client, error) {
	if s.client != nil {
		return s.client, nil
	}
	secret := s.Guest[strings.LastIndexByte(s.Guest, '/')+1:]
	if s.Server != "" && s.Where != "" {
		return nil, work.Errorf(work.Invalid, "A token acts in its own workspace; give another token instead of --in.")
	}
	if s.Server != "" {
		if err := asAddress(s.Server); err != nil {
			return nil, err
		}
		s.client = client.New(s.Server, s.Token+secret)
		return s.client, nil
	}
	a, err := s.open(store.Options{})
	if err != nil {
		return nil, err
	}
	if a.URL, err = outside(s.Getenv("BATON_URL"), usualURL); err != nil {
		return nil, err
	}
	if s.JSON {
		a.Log = slog.New(slog.DiscardHandler) // standard error holds one document
	}
	if secret != "" {
		s.client = client.Local(api.New(a, table()), secret, nil)
		return s.client, clock.Advance(s.ctx, a, a.Now())
	}
	me, err := workspaces.ActorFor(s.ctx, a, s.As)
	if work.KindOf(err) == work.NotFound && s.As == "" {
		me, err = workspaces.Found(s.ctx, a, founding(s.World))
	}
	if err == nil && s.Where != "" {
		me, err = workspaces.In(s.ctx, a, me, s.Where)
	}
	if err != nil {
		return nil, err
	}
	if err := clock.Advance(s.ctx, a, a.Now()); err != nil {
		return nil, err
	}
	if err := s.resumeImports(a); err != nil {
		return nil, err
	}
	s.me = me
	h := api.New(a, table())
	s.client = client.Local(h, "", func(ctx context.Context) context.Context { return api.WithActor(ctx, me) })
	return s.client, nil
}

// asAddress refuses what cannot be the URL of a server.
func asAddress(told string) error {
	if u, err := url.Parse(told); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return work.FieldError("server", "%q is not the address of a server; write it like https://baton.example.org.", told)
	}
	return nil
}

// founding describes the workspace of somebody who just began to type.
func founding(w World) workspaces.Founding {
	name := w.Getenv("USER")
	if u, err := user.Current(); err == nil {
		switch {
		case u.Name != "" && u.Name != u.Username:
			name = u.Name
		case name == "":
			name = u.Username
		}
	}
	if name == "" {
		name = "Me"
	}
	return workspaces.Founding{
		Workspace: "My workspace", Kind: "team", Currency: "USD", Zone: localZone(w), Name: name,
		Email: strings.ToLower(strings.Join(strings.Fields(name), ".")) + "@localhost",
	}
}

// localZone is the machine's IANA zone, UTC when it does not say.
func localZone(w World) string {
	candidates := []string{w.Getenv("TZ")}
	if link, err := os.Readlink("/etc/localtime"); err == nil {
		if _, zone, ok := strings.Cut(link, "zoneinfo/"); ok {
			candidates = append(candidates, zone)
		}
	}
	for _, zone := range candidates {
		if zone == "" || strings.HasPrefix(zone, ":") {
			continue
		}
		if _, err := time.LoadLocation(zone); err == nil {
			return zone
		}
	}
	return "UTC"
}

// call makes one request and reads its answer.
func (s *session) call(method, path string, query url.Values, body, out any) error {
	c, err := s.api()
	if err != nil {
		return err
	}
	return c.Do(s.ctx, client.Request{Method: method, Path: path, Query: query, Body: body}, out)
}

// get reads a resource.
func (s *session) get(path string, out any) error {
	return s.call(http.MethodGet, path, nil, nil, out)
}

// show answers with a resource: as it is with --json, as words otherwise.
func show[T any](s *session, method, path string, query url.Values, body any, words func(T)) error {
	return answer(s, client.Request{Method: method, Path: path, Query: query, Body: body}, words)
}

// answer is show for a request that says more.
func answer[T any](s *session, req client.Request, words func(T)) error {
	c, err := s.api()
	if err != nil {
		return err
	}
	var raw json.RawMessage
	if err := c.Do(s.ctx, req, &raw); err != nil {
		return err
	}
	if s.JSON {
		_, err := fmt.Fprintln(s.Out, strings.TrimSpace(string(raw)))
		return err
	}
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		return fmt.Errorf("read the answer of %s: %w", req.Path, err)
	}
	words(v)
	return nil
}

func (s *session) printf(format string, args ...any) {
	_, _ = io.WriteString(s.Out, harmless(fmt.Sprintf(format, args...)))
}

// harmless is a text as a terminal may show it: what others wrote could hold
// characters that move its cursor, clear it or set its title, and those that
// turn what follows around.
func harmless(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// named is anything that can be called by id or by name.
type named struct {
	ID     int64  `json:"id"`
	Title  string `json:"title"`
	Name   string `json:"name"`
	Label  string `json:"label"`
	Device string `json:"device"`
	State  string `json:"state"`
}

func (n named) label() string { return cmp.Or(n.Title, n.Name, n.Label, n.Device) }

// find turns what somebody typed into an id: a number, the whole name, or a
// part of it that only one thing has.
func (s *session) find(noun, path, typed string) (int64, error) {
	return s.findAmong(noun, path, []url.Values{{}}, typed)
}

// findAmong is find among what any of several queries lists.
func (s *session) findAmong(noun, path string, queries []url.Values, typed string) (int64, error) {
	if id, err := strconv.ParseInt(typed, 10, 64); err == nil {
		return id, nil
	}
	if strings.TrimSpace(typed) == "" {
		return 0, work.Errorf(work.Invalid, "The name of the %s is empty; give its number or a part of its name.", noun)
	}
	c, err := s.api()
	if err != nil {
		return 0, err
	}
	var exact, part []named
	lower := strings.ToLower(strings.TrimSpace(typed))
	sort := func(raw json.RawMessage) error {
		var n named
		if err := json.Unmarshal(raw, &n); err != nil {
			return err
		}
		switch label := strings.ToLower(n.label()); {
		case label == lower:
			exact = append(exact, n)
		case strings.Contains(label, lower):
			part = append(part, n)
		}
		return nil
	}
	for _, query := range queries {
		query.Set("limit", "500")
		if err := c.All(s.ctx, path, query, sort); err != nil {
			return 0, err
		}
	}
	if len(exact) > 0 {
		part = exact
	}
	switch len(part) {
	case 0:
		return 0, work.Errorf(work.NotFound, "There is no %s called %q.", noun, typed)
	case 1:
		return part[0].ID, nil
	}
	labels := make([]string, min(len(part), 5))
	for i := range labels {
		labels[i] = fmt.Sprintf("%d %s", part[i].ID, part[i].label())
	}
	return 0, work.Errorf(work.Invalid, "%q could be several: %s. Use the number.", typed, strings.Join(labels, "; "))
}

func (s *session) task(typed string) (int64, error) { return s.find("task", "tasks", typed) }

func (s *session) person(typed string) (int64, error) { return s.find("person", "people", typed) }
