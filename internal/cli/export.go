package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"

	"baton/internal/app/exports"
	"baton/internal/store"
	"baton/internal/work"
)

type exportCmd struct {
	File  string `arg:"" optional:"" help:"Where to; - is standard output." default:"-"`
	Scope string `help:"everything (where the database is), workspace (as its owner, without what is private to others) or member (yours)." enum:"everything,workspace,member," placeholder:"SCOPE"`
}

// Run exports as JSON: a local database whole, from a server what is the
// member's own, unless told otherwise.
func (c *exportCmd) Run(s *session) error {
	if c.Scope == "" {
		c.Scope = string(store.Everything)
		if s.Server != "" || s.As != "" {
			c.Scope = string(store.OfMember)
		}
	}
	if c.Scope != string(store.Everything) {
		return s.toFile(c.File, func(w io.Writer) error { return s.exportOwn(w, c.Scope) })
	}
	if s.Server != "" {
		return work.Errorf(work.Invalid, "Everything is exported where the database is; from a server, export your workspace or what is yours.")
	}
	a, err := s.open(store.Options{})
	if err != nil {
		return err
	}
	return s.toFile(c.File, func(w io.Writer) error { return exports.Write(s.ctx, a, w) })
}

func (s *session) exportOwn(w io.Writer, scope string) error {
	q := url.Values{}
	if scope == string(store.OfWorkspace) {
		q.Set("workspace", "true")
	}
	var raw json.RawMessage
	if err := s.call(http.MethodGet, "export", q, nil, &raw); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, raw, "", " "); err != nil {
		return fmt.Errorf("indent the export: %w", err)
	}
	b.WriteByte('\n')
	_, err := w.Write(b.Bytes())
	return err
}

// toFile writes a file as a whole: one that was there stays until the new one
// is complete.
func (s *session) toFile(path string, write func(io.Writer) error) (err error) {
	if path == "-" || path == "" {
		return write(s.Out)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return work.Errorf(work.Invalid, "%s cannot be written: %s.", path, plainly(err))
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err == nil {
		return nil
	}
	_ = os.Remove(f.Name()) // it was half a file
	if path := (*os.PathError)(nil); errors.As(err, &path) {
		err = work.Errorf(work.Full, "%s cannot be written: %s.", filepath.Base(path.Path), path.Err)
	}
	return err
}

// exportBegins matches the beginning of an export of Baton.
var exportBegins = regexp.MustCompile(`^\s*\{\s*"format"\s*:\s*"` + exports.Format + `"`)

// isExport reports whether what is about to be read is an export of Baton.
func isExport(r *bufio.Reader) bool {
	head, _ := r.Peek(64) // less when there is less
	return exportBegins.Match(head)
}

// restore brings an export back into an empty local database.
func (s *session) restore(from io.Reader) error {
	if s.Server != "" {
		return work.Errorf(work.Invalid, "An export is brought back where the database is; leave --server out.")
	}
	a, err := s.open(store.Options{})
	if err != nil {
		return err
	}
	done, err := exports.Restore(s.ctx, a, from)
	if err != nil {
		return err
	}
	if s.JSON {
		return s.json(done)
	}
	s.printf("%d rows of %d tables are back.\n", done.Rows, done.Tables)
	return nil
}
