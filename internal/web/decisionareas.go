package web

import (
	"fmt"
	"net/http"

	"baton/internal/app"
	"baton/internal/app/decisionareas"
	"baton/internal/app/delegations"
	"baton/internal/app/tasks"
	"baton/internal/work"
)

// decisionAreaPages registers the board of decision areas.
func (s *server) decisionAreaPages() {
	s.member("GET /decision-areas", (*visit).boardPage)
	s.member("POST /decision-areas", (*visit).addDecisionArea)
}

// A boardSheet is what the board shows.
type boardSheet struct {
	decisionareas.Board
	Votes []decisionareas.Vote // that go on
	form  *form
}

func (v *visit) boardPage() error { return v.showBoard(http.StatusOK, fields()) }

func (v *visit) showBoard(status int, f *form) error {
	b, err := do(v, decisionareas.List, app.None{})
	if err != nil {
		return err
	}
	votes, err := do(v, decisionareas.Votes, decisionareas.AskVotes{Going: true})
	if err != nil {
		return err
	}
	return v.showAs(status, "Decision areas", "decision-areas", boardView(v, &boardSheet{b, votes.Items, f}))
}

func (v *visit) addDecisionArea() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	title, kind := f.text("title"), work.DecisionArea
	added, err := do(v, tasks.Add, tasks.AddTask{Fields: tasks.Fields{Kind: &kind, Title: &title}})
	if f.refuse(err, "title") {
		return v.showBoard(http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return v.leave(v.to("/decision-areas"), toast{Text: fmt.Sprintf("“%s” is on your plate. Now agree on a level with somebody.", added.Title)})
}

// at are the levels of somebody in a decision area: of the board's giver one,
// and one more from each who handed theirs on to them.
func at(r *decisionareas.Row, person work.PersonID) []decisionareas.Cell {
	var out []decisionareas.Cell
	for _, c := range r.Levels {
		if c.Person.ID == person {
			out = append(out, c)
		}
	}
	return out
}

// unnamed are the drafts of a decision area that name nobody yet.
func unnamed(r *decisionareas.Row) []decisionareas.Cell { return at(r, 0) }

// startable reports whether the reader can agree on a level with somebody.
func (v *visit) startable(r *decisionareas.Row, p delegations.Party) bool {
	return r.Mine && p.ID != r.Giver.ID
}

// levelShort names a level in two words.
func levelShort(l work.Level) string { return fmt.Sprintf("level %d", l) }

// cellLevel is what a cell says first.
func cellLevel(c *decisionareas.Cell) string {
	switch c.State {
	case work.Active:
		return capital(levelShort(c.Level))
	case work.Offered:
		return capital(levelShort(c.Proposed)) + " offered"
	}
	return capital(levelShort(c.Proposed)) + ", a draft"
}

// cellMore is what else there is to say of a cell; "" for nothing.
func (v *visit) cellMore(c *decisionareas.Cell) string {
	if c.State == work.Draft || c.Mover == nil || c.State == work.Active && c.Proposed == 0 {
		return ""
	}
	out := ""
	if c.State == work.Active {
		out = capital(levelShort(c.Proposed)) + " is proposed. "
	}
	days := int(v.app.Now().Sub(*c.Since).Hours() / 24)
	if c.Mover.ID == v.place.Actor.Person {
		return out + "Your move, " + ageWords(days) + "."
	}
	return out + c.Mover.Name + "’s move, " + ageWords(days) + "."
}
