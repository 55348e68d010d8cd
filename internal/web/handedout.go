package web

import (
	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/work"
)

// handedOutPages registers the list of delegations.
func (s *server) handedOutPages() { s.member("GET /delegations", (*visit).handedOutPage) }

// A handedOut is what the list of delegations shows: what goes on, or what
// ended.
type handedOut struct {
	Given, Carried, Drafts []delegations.Delegation
	Theirs                 []delegations.WaitingItem
	Past                   bool
	Ended                  app.List[delegations.Delegation]
}

// most is how many delegations that go on one page shows.
const most = 200

func (v *visit) handedOutPage() error {
	q := v.r.URL.Query()
	h := &handedOut{Past: q.Get("state") == string(work.Ended)}
	var err error
	if h.Past {
		h.Ended, err = do(v, delegations.List, delegations.AskList{Page: app.Page{After: q.Get("after")}, State: work.Ended})
	} else {
		err = v.goingOn(h)
	}
	if err != nil {
		return err
	}
	return v.show("Handed out", "delegations", handedOutView(v, h))
}

func (v *visit) goingOn(h *handedOut) error {
	waiting, err := do(v, delegations.Waiting, delegations.AskWaiting{})
	if err != nil {
		return err
	}
	h.Theirs = waiting.Theirs
	drafts, err := do(v, delegations.List, delegations.AskList{Page: app.Page{Limit: most}, State: work.Draft})
	if err != nil {
		return err
	}
	h.Drafts = drafts.Items
	going, err := do(v, delegations.List, delegations.AskList{Page: app.Page{Limit: most}, Going: true})
	for _, d := range going.Items {
		if d.Side == work.AsReceiver {
			h.Carried = append(h.Carried, d)
		} else {
			h.Given = append(h.Given, d)
		}
	}
	return err
}
