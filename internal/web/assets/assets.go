// Package assets holds what pages load: one stylesheet, one script, the font
// and the icons. Each is served under a hash of its content, so that a browser
// may keep it for ever, and is compressed once, when it is first asked for.
//
// css/ and js/ are the sources; `make generate` bundles them into dist/.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"baton/internal/app"
)

// Prefix is where assets are served.
const Prefix = "/assets/"

//go:embed dist/app.css dist/app.js font/*.woff2 icons/*.svg
var files embed.FS

// An asset is one file as it is served.
type asset struct {
	url, kind string
	body      []byte
	zipped    func() []byte // nil where it would not help
}

// built holds every asset by its plain name, made at first use.
var built = sync.OnceValue(build)

func build() map[string]asset {
	all := map[string]asset{}
	add := func(name, kind string, body []byte) {
		sum := sha256.Sum256(body)
		ext := path.Ext(name)
		a := asset{url: Prefix + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext, kind: kind, body: body}
		if kind != "font/woff2" {
			a.zipped = sync.OnceValue(func() []byte { return zip(body) })
		}
		all[name] = a
	}
	fonts, _ := fs.Glob(files, "font/*.woff2") // the pattern is right
	var renamed []string
	for _, f := range fonts {
		name := path.Base(f)
		add(name, "font/woff2", read(f))
		renamed = append(renamed, Prefix+name, all[name].url)
	}
	css := strings.NewReplacer(renamed...).Replace(string(read("dist/app.css")))
	add("app.css", "text/css; charset=utf-8", []byte(css))
	add("app.js", "text/javascript; charset=utf-8", read("dist/app.js"))
	add("icons.svg", "image/svg+xml", sprite())
	add("favicon.svg", "image/svg+xml", []byte(favicon))
	return all
}

func read(name string) []byte {
	body, err := files.ReadFile(name)
	if err != nil {
		panic("assets: " + err.Error()) // embedded: it is there or the program was not built
	}
	return body
}

func zip(body []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is right
	_, _ = z.Write(body)                                  // a buffer takes all
	_ = z.Close()
	return b.Bytes()
}

var drawing = regexp.MustCompile(`(?s)<svg[^>]*>(.*)</svg>`)

// sprite puts every icon into one file, each a symbol called by its name.
func sprite() []byte {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide icons, ISC license; see icons/LICENSE -->`)
	names, _ := fs.Glob(files, "icons/*.svg")
	for _, name := range names {
		inner := drawing.FindSubmatch(read(name))
		if inner == nil {
			panic("assets: " + name + " is no drawing")
		}
		fmt.Fprintf(&b, `<symbol id="%s" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">%s</symbol>`,
			strings.TrimSuffix(path.Base(name), ".svg"), bytes.Join(bytes.Fields(inner[1]), []byte(" ")))
	}
	b.WriteString(`</svg>`)
	return []byte(b.String())
}

// favicon is the baton: a stick that changes hands.
const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1f6f5c"/><path d="M9 23 23 9" stroke="#fff" stroke-width="5" stroke-linecap="round"/><path d="m15 17 2-2" stroke="#f2b44c" stroke-width="5"/></svg>`

// URL returns where an asset is served. Asking for one that does not exist is
// a mistake in a template.
func URL(name string) string {
	a, ok := built()[name]
	if !ok {
		panic("assets: there is no " + name)
	}
	return a.url
}

// Icon returns the address of an icon inside the sprite.
func Icon(name string) string { return URL("icons.svg") + "#" + name }

// Handler serves every asset under its hashed name, and nothing else.
func Handler() http.Handler {
	byURL := sync.OnceValue(func() map[string]asset {
		all := map[string]asset{}
		for _, a := range built() {
			all[a.url] = a
		}
		return all
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := byURL()[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", a.kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Vary", "Accept-Encoding")
		body := a.body
		if a.zipped != nil && app.TakesGzip(r.Header.Values("Accept-Encoding")) {
			body = a.zipped()
			h.Set("Content-Encoding", "gzip")
			h.Set("Content-Length", strconv.Itoa(len(body)))
		}
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	})
}
