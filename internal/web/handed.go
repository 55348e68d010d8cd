package web

import (
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/work"
)

// handedPages registers the list of what a member handed out and carries for
// others.
func (s *server) handedPages() {
	s.member("GET /delegations", (*visit).handedPage)
}

// A handed list is what the Handed out page shows.
type handed struct {
	Side string // given or received
	Show string // going, draft or ended
	List app.List[delegations.Delegation]
}

func (v *visit) handedPage() error {
	q := v.r.URL.Query()
	h := handed{Side: q.Get("side"), Show: q.Get("show")}
	if h.Side != "received" {
		h.Side = "given"
	}
	ask := delegations.AskList{Page: app.Page{After: q.Get("after")}, Side: h.Side}
	switch h.Show {
	case "draft", "ended":
		ask.State = work.State(h.Show)
	default:
		h.Show, ask.Going = "going", true
	}
	var err error
	if h.List, err = do(v, delegations.List, ask); err != nil {
		return err
	}
	return v.show("Handed out", "delegations", handedView(v, h))
}

var sideOptions = []option{{"given", "Handed out by you"}, {"received", "Carried by you for others"}}

var showOptions = []option{{"going", "Going on"}, {"draft", "Drafts"}, {"ended", "Ended"}}

// stateTone is the colour of a delegation's state.
func stateTone(s work.State) string {
	switch s {
	case work.Active:
		return "calm"
	case work.Offered:
		return "soon"
	}
	return ""
}

// moverWords says whose move it is and for how long: "her move, 2 days", with
// the name, since Baton asks nobody's pronoun.
func moverWords(v *visit, d delegations.Delegation) string {
	whose := d.Mover.Name + "’s move"
	if d.Mover.ID == v.place.Actor.Person {
		whose = "your move"
	}
	return whose + ", " + ageWords(int(v.app.Now().Sub(*d.Since)/(24*time.Hour)))
}

func outcomeWords(outcome string) string { return strings.ReplaceAll(outcome, "_", " ") }
