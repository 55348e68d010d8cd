// Package decisionareas holds what stands: the board of decision areas with the
// level agreed with each person. A decision area itself is a line on a plate,
// added, changed and dropped by the operations of package tasks.
package decisionareas

import (
	"cmp"
	"context"
	"slices"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/store"
	"baton/internal/work"
)

// Operations lists what can be done with decision areas.
func Operations() []app.Operation {
	return []app.Operation{List, StartVote, Votes, ShowVote, Cast, Say, Again, Settle, Withdraw}
}

// A Board is decision areas against people.
type Board struct {
	People []delegations.Party `json:"people" doc:"Who has a level in any of them, by name"`
	Areas  []Row               `json:"decision_areas" doc:"Those on your plate, and those in which you have a level"`
}

// HoldsLevel reports whether the giver of a decision area offered somebody a
// level in it, or agreed on one with them.
func (b *Board) HoldsLevel(area work.TaskID, person work.PersonID) bool {
	return slices.ContainsFunc(b.Areas, func(r Row) bool {
		return r.Task == area && slices.ContainsFunc(r.Levels, func(c Cell) bool {
			return c.Person.ID == person && c.From.ID == r.Giver.ID && c.State != work.Draft
		})
	})
}

// A Row is one decision area, with the levels the actor may see in it.
type Row struct {
	Task   work.TaskID       `json:"task" doc:"The decision area's number"`
	Title  string            `json:"title" doc:"What is decided there"`
	Note   string            `json:"note,omitempty" doc:"Its author's, on their own plate"`
	Giver  delegations.Party `json:"giver" doc:"Who answers for it: it is on their plate"`
	Mine   bool              `json:"mine" doc:"It is on your plate"`
	Levels []Cell            `json:"levels" doc:"One for each person with a level, or one on offer"`
}

// A Cell is the level of one person in one decision area.
type Cell struct {
	Person     delegations.Party  `json:"person" doc:"Whose level it is"`
	From       delegations.Party  `json:"from" doc:"Who gave it: another than the decision area's giver where it is handed on"`
	Delegation work.DelegationID  `json:"delegation" doc:"The delegation that holds it"`
	State      work.State         `json:"state" doc:"draft, offered or active"`
	Level      work.Level         `json:"level,omitempty" doc:"Agreed; absent before there is an agreement"`
	Words      string             `json:"words" doc:"What the level means, to the person"`
	Proposed   work.Level         `json:"proposed,omitempty" doc:"On offer, or in the terms proposed, where that is another"`
	Told       bool               `json:"told,omitempty" doc:"Recorded by the giver; the person has not confirmed it"`
	Paused     bool               `json:"paused,omitempty" doc:"Decisions are paused"`
	Limits     work.Limits        `json:"limits,omitzero" doc:"What narrows the level"`
	Mover      *delegations.Party `json:"mover,omitempty" doc:"Whose move it is"`
	Since      *time.Time         `json:"mover_since,omitempty" doc:"Since when it is their move"`
}

// List shows the decision areas the actor gives with the levels of everybody in
// them, and those they hold a level in with their own and what they handed on.
var List = app.Read(app.Describe{
	Name: "decisionarea.list", Method: "GET", Path: "decision-areas", Who: app.AnyMember,
	Summary: "See the decision areas you give or hold a level in, and the level agreed with each person.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (Board, error) {
	out := Board{People: []delegations.Party{}, Areas: []Row{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	areas, err := mine(ctx, tx)
	if err != nil {
		return out, err
	}
	if out.Areas, err = rowsOf(ctx, tx, areas); err != nil {
		return out, err
	}
	known := map[delegations.Party]bool{}
	for _, row := range out.Areas {
		for _, c := range row.Levels {
			if c.Person.ID != 0 && !known[c.Person] {
				known[c.Person], out.People = true, append(out.People, c.Person)
			}
		}
	}
	slices.SortFunc(out.People, byName)
	return out, nil
})

func byName(a, b delegations.Party) int {
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
}

// most is how many decision areas of the actor's a board holds at most, and of
// others': together few enough for one statement.
const most = 200

// mine are the open decision areas on the actor's plate, in its order, then
// those of others in which they hold a level.
func mine(ctx context.Context, tx *app.Tx) ([]work.Task, error) {
	out, err := tx.Tasks(ctx, store.TaskFilter{Carrier: tx.Me.Person, State: work.TaskOpen, Kind: work.DecisionArea, Limit: most})
	if err != nil {
		return nil, err
	}
	held, err := tx.Delegations(ctx, store.DelegationFilter{Receiver: tx.Me.Person, Kind: work.DecisionArea, Going: true, Limit: most})
	if err != nil {
		return nil, err
	}
	there := make(map[work.TaskID]bool, len(out))
	for i := range out {
		there[out[i].ID] = true
	}
	var others []work.TaskID
	for _, d := range slices.Backward(held) {
		if !there[d.Task] {
			there[d.Task], others = true, append(others, d.Task)
		}
	}
	found, err := tx.TasksByID(ctx, others)
	for _, id := range others {
		if t, ok := found[id]; ok {
			out = append(out, t)
		}
	}
	return out, err
}

// rowsOf shows decision areas with the levels in them that the actor may see. It
// asks the database the same few questions for one as for all.
func rowsOf(ctx context.Context, tx *app.Tx, areas []work.Task) ([]Row, error) {
	rows := make([]Row, len(areas))
	ids, givers := make([]work.TaskID, len(areas)), make([]work.PersonID, len(areas))
	for i := range areas {
		ids[i], givers[i] = areas[i].ID, areas[i].Carrier
	}
	if len(areas) == 0 {
		return rows, nil
	}
	names, err := tx.Names(ctx, givers)
	if err != nil {
		return nil, err
	}
	all, err := tx.Delegations(ctx, store.DelegationFilter{Tasks: ids, Open: true})
	if err != nil {
		return nil, err
	}
	of := make(map[work.TaskID][]*work.Delegation, len(areas))
	for _, d := range all {
		of[d.Task] = append(of[d.Task], d)
	}
	for i := range areas {
		t := &areas[i]
		rows[i] = Row{
			Task: t.ID, Title: t.Title, Mine: t.Carrier == tx.Me.Person,
			Giver: delegations.Party{ID: t.Carrier, Name: names[t.Carrier]}, Levels: cells(tx.Me.Person, of[t.ID]),
		}
		if rows[i].Mine && t.Author == tx.Me.Person {
			rows[i].Note = t.Note
		}
	}
	return rows, nil
}

// cells are the levels of one decision area that somebody sees, by name.
func cells(me work.PersonID, all []*work.Delegation) []Cell {
	out := []Cell{}
	for _, d := range all {
		if seen(me, d, all) {
			out = append(out, cellOf(d))
		}
	}
	slices.SortFunc(out, func(a, b Cell) int {
		return cmp.Or(byName(a.Person, b.Person), cmp.Compare(a.Delegation, b.Delegation))
	})
	return out
}

// seen reports whether somebody sees a level on the board: they gave it, hold
// it, or gave what it was handed on from. A draft is its giver's.
func seen(me work.PersonID, d *work.Delegation, all []*work.Delegation) bool {
	if d.State == work.Draft {
		return d.Giver == me
	}
	if d.Receiver == me {
		return true
	}
	for d.Giver != me && d.Parent != 0 {
		above := slices.IndexFunc(all, func(p *work.Delegation) bool { return p.ID == d.Parent })
		if above < 0 {
			return false
		}
		d = all[above]
	}
	return d.Giver == me
}

func cellOf(d *work.Delegation) Cell {
	party := func(p work.PersonID) delegations.Party { return delegations.Party{ID: p, Name: d.Names[p]} }
	c := Cell{
		Person: party(d.Receiver), From: party(d.Giver), Delegation: d.ID, State: d.State, Told: d.Told,
		Paused: !d.PausedAt.IsZero(), Words: d.Terms.Authority.Level.Words(), Limits: d.Terms.Authority.Limits,
	}
	if d.State == work.Active {
		c.Level = d.Terms.Authority.Level
	} else {
		c.Proposed = d.Terms.Authority.Level
	}
	if d.Proposal != nil && d.Proposal.Authority.Level != c.Level {
		c.Proposed = d.Proposal.Authority.Level
	}
	if who, since := d.Mover(); who != 0 {
		p := party(who)
		c.Mover, c.Since = &p, &since
	}
	return c
}
