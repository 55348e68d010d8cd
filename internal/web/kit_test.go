package web

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"baton/internal/app"
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

// A site is a Baton of its own over a temporary database, and a browser
// without scripts in which its first owner is signed in.
type site struct {
	t      *testing.T
	app    *app.App
	me     app.Actor
	server *httptest.Server
	client *http.Client
	now    time.Time

	task   work.TaskID // one of those fill made
	person work.PersonID
}

// monday is the moment tests begin at.
var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// newSite makes an empty workspace and signs its owner in.
func newSite(t *testing.T) *site {
	t.Helper()
	s := bareSite(t, Options{})
	me, err := workspaces.Found(t.Context(), s.app, workspaces.Founding{
		Workspace: "Riverside Clinic", Kind: "practice", Currency: "USD", Zone: "America/Chicago", Name: "Dana Reyes", Email: "dana@example.org",
	})
	if err != nil {
		t.Fatal(err)
	}
	s.me = me
	s.signIn()
	return s
}

// signIn signs whom the site is for in, or in again: a browser that was not
// used for a month is signed out.
func (s *site) signIn() {
	s.t.Helper()
	link, err := workspaces.LinkFor(s.t.Context(), s.app, s.me)
	if err != nil {
		s.t.Fatal(err)
	}
	if got := s.post(strings.TrimPrefix(link, s.app.URL), nil); got.status != http.StatusOK || got.path != s.to("/today") {
		s.t.Fatalf("signing in leads to %s with %d", got.path, got.status)
	}
}

// bareSite has nobody in it.
func bareSite(t *testing.T, o Options) *site {
	t.Helper()
	db, err := store.Open(t.Context(), storetest.DSN(t, "sqlite"), store.Options{Unsynced: true})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, now: monday}
	s.app = app.New(db, slog.New(slog.NewTextHandler(t.Output(), nil)))
	s.app.Now = func() time.Time { return s.now }
	s.server = httptest.NewUnstartedServer(nil)
	s.app.URL = "http://" + s.server.Listener.Addr().String()
	s.server.Config.Handler = New(s.app, o)
	s.server.Start()
	t.Cleanup(func() {
		s.server.Close()
		_ = db.Close()
	})
	jar, _ := cookiejar.New(nil) // never fails
	s.client = &http.Client{Jar: jar}
	return s
}

// to is the address of a page of the workspace.
func (s *site) to(format string, args ...any) string {
	return fmt.Sprintf("/w/%d", s.me.Workspace) + fmt.Sprintf(format, args...)
}

// A sheet is a page that was answered.
type sheet struct {
	t      *testing.T
	status int
	path   string // where redirects led
	doc    *goquery.Document
	body   string
	header http.Header
}

// get asks for a page, by its path.
func (s *site) get(path string) *sheet {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.app.URL+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.send(r)
}

// post sends a form as a browser would, and follows where it leads.
func (s *site) post(path string, values url.Values) *sheet {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.app.URL+path, strings.NewReader(values.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return s.send(r)
}

func (s *site) send(r *http.Request) *sheet {
	s.t.Helper()
	answer, err := s.client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	p := &sheet{t: s.t, status: answer.StatusCode, path: answer.Request.URL.RequestURI(), doc: doc, body: string(body), header: answer.Header}
	if strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		if wrong := unbalanced(p.body); wrong != "" {
			s.t.Errorf("%s: %s", p.path, wrong)
		}
		p.checkHTML()
	}
	return p
}

// text is what a selector's elements say, their space folded.
func (p *sheet) text(selector string) string {
	return strings.Join(strings.Fields(p.doc.Find(selector).Text()), " ")
}

// values are the fields of a form as a browser would send them unchanged.
func (p *sheet) values(selector string) url.Values {
	p.t.Helper()
	form := p.doc.Find(selector).First()
	if form.Length() == 0 {
		p.t.Fatalf("%s has no form %q", p.path, selector)
	}
	out := url.Values{}
	form.Find("input[name], textarea[name], select[name]").Each(func(_ int, e *goquery.Selection) {
		name, kind := e.AttrOr("name", ""), e.AttrOr("type", "")
		_, checked := e.Attr("checked")
		switch {
		case goquery.NodeName(e) == "textarea":
			out.Add(name, e.Text())
		case goquery.NodeName(e) == "select":
			chosen := e.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = e.Find("option").First()
			}
			out.Add(name, chosen.AttrOr("value", ""))
		case kind != "checkbox" && kind != "radio" || checked:
			out.Add(name, e.AttrOr("value", ""))
		}
	})
	return out
}

// has fails the test unless some element of a selector says something.
func (p *sheet) has(selector, words string) *sheet {
	p.t.Helper()
	if got := p.text(selector); !strings.Contains(got, words) {
		p.t.Errorf("%s: %q says %q, want %q in it", p.path, selector, got, words)
	}
	return p
}

// lacks fails the test when some element of a selector says something.
func (p *sheet) lacks(selector, words string) *sheet {
	p.t.Helper()
	if got := p.text(selector); strings.Contains(got, words) {
		p.t.Errorf("%s: %q says %q, want no %q in it", p.path, selector, got, words)
	}
	return p
}

// is fails the test unless the page has a status.
func (p *sheet) is(status int) *sheet {
	p.t.Helper()
	if p.status != status {
		p.t.Fatalf("%s answered %d, want %d: %s", p.path, p.status, status, p.text("main"))
	}
	return p
}

// checkHTML reports what a validator would: ids that stand twice, fields
// without a label, references to nothing, headings that skip a level.
func (p *sheet) checkHTML() {
	p.t.Helper()
	ids := map[string]int{}
	p.doc.Find("[id]").Each(func(_ int, e *goquery.Selection) { ids[e.AttrOr("id", "")]++ })
	for name, n := range ids {
		if n > 1 {
			p.t.Errorf("%s: the id %q stands %d times", p.path, name, n)
		}
	}
	p.doc.Find("input, select, textarea").Each(func(_ int, e *goquery.Selection) {
		if e.AttrOr("type", "") == "hidden" || e.Closest("label").Length() > 0 || e.AttrOr("aria-label", "") != "" {
			return
		}
		if own := e.AttrOr("id", ""); own == "" || p.doc.Find(`label[for="`+own+`"]`).Length() == 0 {
			p.t.Errorf("%s: the field %q has no label", p.path, e.AttrOr("name", ""))
		}
	})
	for _, attr := range []string{"for", "aria-describedby", "aria-labelledby", "aria-controls", "popovertarget"} {
		p.doc.Find("[" + attr + "]").Each(func(_ int, e *goquery.Selection) {
			for _, name := range strings.Fields(e.AttrOr(attr, "")) {
				if ids[name] == 0 {
					p.t.Errorf("%s: %s=%q names nothing", p.path, attr, name)
				}
			}
		})
	}
	if n := p.doc.Find("h1").Length(); n != 1 {
		p.t.Errorf("%s: %d h1 elements", p.path, n)
	}
	before := 1
	p.doc.Find("h1, h2, h3, h4").Each(func(_ int, e *goquery.Selection) {
		level := int(goquery.NodeName(e)[1] - '0')
		if level > before+1 {
			p.t.Errorf("%s: the heading %q skips a level", p.path, e.Text())
		}
		before = level
	})
	if n := p.doc.Find("[style], script:not([src]), style, [onclick]").Length(); n != 0 && p.header.Get("Content-Disposition") == "" { // a file to keep brings its own
		p.t.Errorf("%s: %d inline styles or scripts", p.path, n)
	}
	p.checkNesting()
}

// checkNesting reports what a parser had to mend silently: a form in a form,
// a button in a link, a block in a paragraph.
func (p *sheet) checkNesting() {
	p.t.Helper()
	for _, bad := range []string{"a a", "a button", "button a", "button button", "form form", "p div", "p form", "ul > :not(li, script, template)", "label label"} {
		if n := p.doc.Find(bad).Length(); n != 0 {
			p.t.Errorf("%s: %q nests %d times", p.path, bad, n)
		}
	}
}

// unbalanced returns the first tag of a page that is closed wrongly.
func unbalanced(page string) string {
	void := []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
	var open []string
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return strings.Join(open, " > ")
		case html.StartTagToken, html.EndTagToken:
			name, _ := z.TagName()
			tag := string(name)
			switch {
			case slices.Contains(void, tag):
			case kind == html.StartTagToken:
				open = append(open, tag)
			case len(open) == 0 || open[len(open)-1] != tag:
				return "</" + tag + "> closes " + strings.Join(open, " > ")
			default:
				open = open[:len(open)-1]
			}
		}
	}
}
