package web

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"baton/internal/app/workspaces"
	"baton/internal/work"
)

// guestPages registers what a link opens without an account: one delegation,
// for the one person it was made for. No address below it names anything else.
func (s *server) guestPages() {
	s.guestOpen("GET /guest/{secret}", (*visit).delegationPage)
	s.guestOpen("GET /guest/{secret}/moves/{move}", (*visit).moveAddress)
	s.guestOpen("POST /guest/{secret}/moves/{move}", (*visit).delegationMoved)
	s.guestOpen("GET /guest/{secret}/proposal", (*visit).proposalPage)
	s.guestOpen("POST /guest/{secret}/proposal", (*visit).propose)
	s.guestOpen("GET /guest/{secret}/reflection", (*visit).reflectionPage)
	s.guestOpen("POST /guest/{secret}/reflection", (*visit).lookBack)
	s.guestOpen("GET /guest/{secret}/votes/{vote}", (*visit).votePage)
	s.guestOpen("POST /guest/{secret}/votes/{vote}/ballot", (*visit).castLevel)
	s.guestOpen("POST /guest/{secret}/votes/{vote}/words", (*visit).sayWhy)
	s.guestOpen("POST /guest/{secret}/votes/{vote}/settlement", (*visit).settleVote)
}

// guestOpen registers a page for the bearer of a link. The secret is in the
// address, so it is kept from search engines and from other sites.
func (s *server) guestOpen(pattern string, h handler) { s.guestUpTo(maxForm, pattern, h) }

func (s *server) guestUpTo(limit int64, pattern string, h handler) {
	s.handle(limit, pattern, func(v *visit) error {
		v.w.Header().Set("Referrer-Policy", "no-referrer")
		v.w.Header().Set("X-Robots-Tag", "noindex, nofollow")
		secret := v.r.PathValue("secret")
		place, err := workspaces.EnterAsGuest(v.ctx(), v.app, secret)
		if work.KindOf(err) == work.NotFound {
			return v.linkClosed()
		}
		if err != nil {
			return err
		}
		v.place, v.guest = &place, secret
		if err := h(v); work.KindOf(err) != work.NotFound {
			return err
		}
		return v.linkClosed() // what it opened is somebody else's now
	})
}

// showGuest answers with a page for the bearer of a link.
func (v *visit) showGuest(status int, title string, content templ.Component) error {
	return v.write(status, guestDoor(title, v.takeToast(), content))
}

// linkClosed says that a link opens nothing; why is nobody's business.
func (v *visit) linkClosed() error {
	return v.write(http.StatusNotFound, guestDoor("This link is closed", nil, guestClosed()))
}

// notForGuests are moves that need an account.
var notForGuests = []work.MoveName{work.MoveHandOn}

// forGuest leaves out what a guest cannot do.
func (a *agreement) forGuest() {
	a.Can[0] = slices.DeleteFunc(a.Can[0], func(m shownMove) bool { return slices.Contains(notForGuests, m.Name) })
}
