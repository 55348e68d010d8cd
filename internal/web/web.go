package web

import (
	"net/http"
	"strings"

	"baton/internal/app"
	"baton/internal/web/assets"
)

// Options say how the pages are served.
type Options struct {
	// SignInByGET lets a sign-in link work at once when it is opened, and again.
	// It is for the demo: mail scanners open links, so a mailed one has a button.
	SignInByGET bool
}

// A server answers requests for pages.
type server struct {
	app     *app.App
	options Options
	secure  bool // people reach it over TLS
	mux     *http.ServeMux
}

// New returns the handler of all pages and their assets. Its caller mounts the
// API beside it.
func New(a *app.App, o Options) http.Handler {
	s := &server{app: a, options: o, secure: strings.HasPrefix(a.URL, "https://"), mux: http.NewServeMux()}
	s.mux.Handle("GET "+assets.Prefix, assets.Handler())
	s.doors()
	s.guestPages()
	s.pages()
	s.open("/", func(*visit) error { return errNoPage })
	return s.guard(s.mux)
}

// pages registers every page of a workspace. A path is below /w/{workspace}.
func (s *server) pages() {
	s.todayPages()
	s.weekPages()
	s.addPages()
	s.platePages()
	s.taskPages()
	s.letGoPages()
	s.triagePages()
	s.lookPages()
	s.importPages()
	s.planPages()
	s.peoplePages()
	s.ledgerPages()
	s.mirrorPages()
	s.coachPages()
	s.coachHoursPages()
	s.pulsePages()
	s.callPages()
	s.walkPages()
	s.growthPages()
	s.settingsPages()
	s.signingInPages()
	s.handedOutPages()
	s.decisionAreaPages()
	s.votePages()
	s.beginningPages()
	s.draftPages()
	s.previewPages()
	s.delegationPages()
	s.accessPages()
	s.photoPages()
	s.supportPages()
	s.reviewPages()
	s.proposalPages()
	s.reflectionPages()
	s.learningPages()
	s.historyPages()
	s.member("GET /{rest...}", func(*visit) error { return errNoPage }) // with the navigation around it
}

// member registers a page for a signed-in member of the workspace in its path.
func (s *server) member(pattern string, h handler) { s.memberUpTo(maxForm, pattern, h) }

// upload registers a form whose answer may hold a file.
func (s *server) upload(pattern string, h handler) { s.memberUpTo(maxFile, pattern, h) }

func (s *server) memberUpTo(limit int64, pattern string, h handler) {
	method, path, _ := strings.Cut(pattern, " ")
	s.handle(limit, method+" /w/{workspace}"+path, func(v *visit) error {
		if err := v.enter(); err != nil {
			return err
		}
		return h(v)
	})
}

// open registers a page that anybody may ask for.
func (s *server) open(pattern string, h handler) { s.handle(maxForm, pattern, h) }

// handle registers a handler: what it returns becomes a page in one place.
func (s *server) handle(limit int64, pattern string, h handler) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		v := &visit{server: s, w: w, r: r}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		defer v.recovered()
		if err := h(v); err != nil {
			v.fail(err)
		}
	})
}

// How large a form may be, and one with a file to import.
const (
	maxForm = 1 << 20
	maxFile = 128 << 20
)

// guard refuses what other sites send in a member's name and tells browsers
// what these pages may do.
func (s *server) guard(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	if s.app.URL != "" {
		_ = protection.AddTrustedOrigin(s.app.URL) // one that is no origin is not trusted
	}
	// A guest's page has a secret in its address, which another site does not
	// know; old phones send no more than “Origin: null” from there.
	protection.AddInsecureBypassPattern("/guest/")
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		(&visit{server: s, w: w, r: r}).fail(errForeign)
	}))
	inner := protection.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if s.secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		inner.ServeHTTP(w, r)
	})
}
