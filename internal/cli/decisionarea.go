package cli

import (
	"fmt"
	"net/http"
	"strings"

	"baton/internal/app/decisionareas"
	"baton/internal/app/tasks"
	"baton/internal/work"
)

type decisionAreaCmd struct {
	Title []string `arg:"" optional:"" help:"Put a decision area of this title on your plate; without one, see the board."`
	Note  string   `help:"A note of your own."`
	Area  string   `help:"Area by name."`
}

// Run shows the board, or puts a decision area on the plate.
func (c *decisionAreaCmd) Run(s *session) error {
	if len(c.Title) == 0 {
		return show(s, http.MethodGet, "decision-areas", nil, nil, s.printBoard)
	}
	title, kind := strings.Join(c.Title, " "), work.DecisionArea
	in := tasks.AddTask{Fields: tasks.Fields{Kind: &kind, Title: &title}}
	if c.Note != "" {
		in.Note = &c.Note
	}
	if c.Area != "" {
		in.Area = &c.Area
	}
	return show(s, http.MethodPost, "tasks", nil, in, func(t tasks.Added) { s.printf("%d  %s  (decision area)\n", t.ID, t.Title) })
}

func (s *session) printBoard(b decisionareas.Board) {
	if len(b.Areas) == 0 {
		s.printf("No decision area yet; baton decision-area TITLE puts one on your plate.\n")
	}
	for _, a := range b.Areas {
		from := ""
		if !a.Mine {
			from = ", from " + a.Giver.Name
		}
		s.printf("%d  %s%s\n", a.Task, a.Title, from)
		for i := range a.Levels {
			s.printf("     %s\n", levelLine(&a.Levels[i], a.Giver.ID))
		}
		if len(a.Levels) == 0 {
			s.printf("     Nobody has a level in it yet.\n")
		}
	}
}

// levelLine says one level of a board: with whom, agreed or not, and whose move
// it is.
func levelLine(c *decisionareas.Cell, giver work.PersonID) string {
	who := c.Person.Name
	if who == "" {
		who = "Nobody named yet"
	}
	if c.From.ID != giver {
		who += ", from " + c.From.Name
	}
	line := fmt.Sprintf("[%d] %s: ", c.Delegation, who)
	switch c.State {
	case work.Active:
		line += fmt.Sprintf("level %d. %s", c.Level, c.Words)
	case work.Offered:
		line += fmt.Sprintf("level %d is offered.", c.Proposed)
	default:
		line += fmt.Sprintf("level %d, a draft.", c.Proposed)
	}
	if c.State == work.Active && c.Proposed != 0 {
		line += fmt.Sprintf(" Level %d is proposed.", c.Proposed)
	}
	if c.Told {
		line += " Not confirmed yet."
	}
	if c.Paused {
		line += " Decisions are paused."
	}
	if c.Mover != nil && (c.State == work.Offered || c.Proposed != 0) {
		line += " " + c.Mover.Name + "'s move."
	}
	return line
}
