package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"strconv"
	"sync"

	"github.com/a-h/templ"

	"baton/internal/app"
)

var (
	buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	zippers = sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}
)

// write renders a whole page before its first byte leaves, so that a failure
// in the middle is still a page that says so.
func (v *visit) write(status int, page templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := page.Render(v.r.Context(), b); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept-Encoding")
	if b.Len() < 1024 || !app.TakesGzip(v.r.Header.Values("Accept-Encoding")) {
		h.Set("Content-Length", strconv.Itoa(b.Len()))
		v.w.WriteHeader(status)
		_, _ = v.w.Write(b.Bytes()) // the client is gone; there is nobody to tell
		return nil
	}
	h.Set("Content-Encoding", "gzip")
	v.w.WriteHeader(status)
	z := zippers.Get().(*gzip.Writer)
	defer zippers.Put(z)
	z.Reset(v.w)
	_, _ = z.Write(b.Bytes())
	_ = z.Close()
	return nil
}
