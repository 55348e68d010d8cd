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
	Board boardCmd           `cmd:"" default:"" help:"See the board of decision areas and the level of each person; with a title, add one."`
	Add   addDecisionAreaCmd `cmd:"" help:"Put a decision area on your plate."`
}

type decisionAreaFlags struct {
	Note string `help:"A note of your own."`
	Area string `help:"Area by name."`
}

type boardCmd struct {
	Title []string `arg:"" optional:"" help:"Put a decision area of this title on your plate; without one, see the board."`
	decisionAreaFlags
}

// Run shows the board, or puts a decision area on the plate.
func (c *boardCmd) Run(s *session) error {
	if len(c.Title) == 0 {
		return show(s, http.MethodGet, "decision-areas", nil, nil, s.printBoard)
	}
	return c.add(s, c.Title)
}

type addDecisionAreaCmd struct {
	Title []string `arg:"" help:"What is decided there, in a few words."`
	decisionAreaFlags
}

// Run puts a decision area on the plate.
func (c *addDecisionAreaCmd) Run(s *session) error { return c.add(s, c.Title) }

// Help shows a decision area from its title to a vote on a level.
func (addDecisionAreaCmd) Help() string {
	return `A decision area is something you answer for that never ends, without effort or a date. It stays on your plate, and several people hold a level in it at the same time:

  baton decision-area add 'Hiring for the front desk' --note 'Two desks, weekdays'
  baton delegate Hiring Ben --outcome 'The desk is never empty' --level 4 --offer
  baton vote start Hiring Ben --question 'Who picks whom we hire?' --voter Imani --by friday
  baton decision-area`
}

func (c *decisionAreaFlags) add(s *session, words []string) error {
	title, kind := strings.Join(words, " "), work.DecisionArea
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
		s.printf("No decision area yet; baton decision-area add TITLE puts one on your plate.\n")
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
