package tasks

import (
	"context"
	"strconv"
	"strings"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// What a search beside the plate finds.
const (
	FoundPerson       = "person"
	FoundDelegation   = "delegation"
	FoundDecisionArea = "decision_area"
	FoundPlaybook     = "playbook"
)

// Found is something beside the plate that has the words.
type Found struct {
	Noun  string     `json:"noun" enum:"person,delegation,decision_area,playbook"`
	ID    int64      `json:"id" doc:"Of a decision area the delegation that gives or takes a level in it"`
	Title string     `json:"title"`
	Mine  bool       `json:"mine,omitempty" doc:"A delegation you gave"`
	With  string     `json:"with,omitempty" doc:"The other side of a delegation"`
	State work.State `json:"state,omitempty" doc:"Of a delegation"`
}

// Others finds people, delegations, decision areas and playbooks by their
// words, the newest first: what the actor may read, and nothing else.
var Others = app.Read(app.Describe{
	Name: "search.others", Method: "GET", Path: "search/others", Who: app.AnyMember, Summary: "Find people, delegations, decision areas and playbooks by words.",
}, func(ctx context.Context, tx *app.Tx, in AskSearch) (app.List[Found], error) {
	out := app.List[Found]{Items: []Found{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	after, err := in.Behind()
	if err != nil {
		return out, err
	}
	l := store.Look{Reader: tx.Me.Person, Words: in.Words, Whole: !strings.HasSuffix(strings.TrimSpace(in.Words), "*"), Limit: 1}
	if l.Whole { // beginnings are found where no whole word is
		there, err := tx.Found(ctx, l)
		if err != nil {
			return out, err
		}
		l.Whole = len(there) > 0
	}
	l.Before, l.Limit = after, in.Size()+1
	hits, err := tx.Found(ctx, l)
	if err != nil {
		return out, err
	}
	whole := in.After == "" && len(hits) <= in.Size()
	if len(hits) > in.Size() {
		hits = hits[:in.Size()]
		out.Next = strconv.FormatInt(hits[len(hits)-1].ID, 10)
	}
	for i := range hits {
		out.Items = append(out.Items, foundOf(tx, &hits[i]))
	}
	if out.Count = int64(len(hits)); !whole {
		out.Count, err = tx.CountHits(ctx, l)
	}
	return out, err
})

func foundOf(tx *app.Tx, h *store.Hit) Found {
	f := Found{Noun: string(h.Noun), ID: h.ID, Title: h.Title, State: h.State}
	if h.Noun != store.ADelegation {
		return f
	}
	if h.Area {
		f.Noun = FoundDecisionArea
	}
	if f.Mine = h.Giver == tx.Me.Person; f.Mine {
		f.With = h.Sides[1]
	} else {
		f.With = h.Sides[0]
	}
	return f
}
